//! The command line: `tradehall serve | work | migrate | schema | seed | import | user | keys | audit | health | demo`.

mod admin;
mod serve;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::config::{self, Config, TABLE};
use crate::telemetry::Telemetry;

/// A headless B2B marketplace: companies trade with companies through one GraphQL API.
#[derive(Debug, Parser)]
#[command(name = "tradehall", version, after_help = variables())]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the API on TRADEHALL_LISTEN, with the worker inside unless TRADEHALL_WORKER is off.
    Serve,
    /// Run only the worker: events, deadlines, mails, clean-up.
    Work {
        /// Do what is due once and end, instead of going on.
        #[arg(long)]
        once: bool,
    },
    /// Bring the database to the present schema.
    Migrate {
        /// Only say how many changes are missing; fails if any is.
        #[arg(long)]
        check: bool,
    },
    /// Print the GraphQL schema.
    Schema,
    /// Fill an empty market with the demo: companies, people and requests in several states.
    Seed,
    /// Migrate, seed the demo, and serve it, with passwords that everyone knows. For a local look only.
    Demo,
    /// Load a data set.
    #[command(subcommand)]
    Import(Import),
    /// Look after accounts.
    #[command(subcommand)]
    User(User),
    /// Look after the keys that sign access tokens.
    #[command(subcommand)]
    Keys(Keys),
    /// Check what is kept for proof.
    #[command(subcommand)]
    Audit(Audit),
    /// Ask the service on this machine whether it is ready; for health checks.
    Health,
}

#[derive(Debug, Subcommand)]
enum Import {
    /// The AdventureWorks sample: one maker, its products, vendors with offers, and stores.
    Adventureworks(ImportArgs),
}

#[derive(Debug, Args)]
struct ImportArgs {
    /// The folder with its CSV files.
    dir: PathBuf,
    /// Keep nothing unless every row is good, instead of keeping the good rows.
    #[arg(long)]
    all_or_nothing: bool,
    /// Only report what would happen.
    #[arg(long)]
    dry_run: bool,
}

#[derive(Debug, Subcommand)]
enum User {
    /// Open an account; the password is read from standard input.
    Create {
        /// The e-mail address to sign in with.
        email: String,
        /// What others call the person.
        full_name: String,
        /// The person works for the market itself.
        #[arg(long)]
        staff: bool,
    },
}

#[derive(Debug, Subcommand)]
enum Keys {
    /// Make a new signing key; tokens signed with the old one stay good until they end.
    Rotate {
        /// The old key is known to others: its tokens end at once.
        #[arg(long)]
        compromised: bool,
    },
}

#[derive(Debug, Subcommand)]
enum Audit {
    /// Recompute every organization's chain of events; fails at the first that does not hold.
    Verify,
}

/// Runs the command line of this process.
#[must_use]
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(cli.command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("tradehall: {message}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<(), String> {
    if matches!(command, Command::Schema) {
        print!("{}", crate::graphql::sdl(&crate::graphql::build()));
        return Ok(());
    }
    let config = Config::from_environment().map_err(|faults| faults.to_string())?;
    if matches!(command, Command::Health) {
        return crate::probe::ready(config.http.listen).map_err(|error| error.to_string());
    }
    let telemetry = Telemetry::start(&config.telemetry).map_err(|error| error.to_string())?;
    for name in config::unknown_names(std::env::vars().map(|(name, _)| name)) {
        tracing::warn!("{name} is no variable of this service");
    }
    let outcome = actix_web::rt::System::new().block_on(async {
        match command {
            Command::Serve => serve::serve(&config).await,
            Command::Demo => serve::demo(config).await,
            Command::Work { once } => serve::work(&config, once).await,
            Command::Migrate { check } => admin::migrate(&config, check).await,
            Command::Seed => admin::seed(&config).await,
            Command::Import(Import::Adventureworks(args)) => {
                admin::import(&config, &args.dir, args.all_or_nothing, args.dry_run).await
            }
            Command::User(User::Create { email, full_name, staff }) => {
                admin::create_user(&config, &email, &full_name, staff).await
            }
            Command::Keys(Keys::Rotate { compromised }) => admin::rotate_keys(&config, compromised).await,
            Command::Audit(Audit::Verify) => admin::verify(&config).await,
            Command::Schema | Command::Health => Ok(()),
        }
    });
    telemetry.stop();
    outcome
}

fn variables() -> String {
    format!("Everything else is set by environment variables:\n\n{}", config::reference::help(TABLE))
}
