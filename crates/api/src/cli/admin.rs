//! What whoever runs the market does by hand.

use std::io::{BufRead, Write};
use std::path::Path;

use tradehall_domain::access::{Actor, SystemTask};
use tradehall_domain::import::ImportMode;
use tradehall_domain::language::Language;
use tradehall_persistence::{Meter, event, migrate as schema};

use crate::config::Config;
use crate::demo;
use crate::identity::{self, NewUser};
use crate::import;
use crate::service::connect;

pub(super) async fn migrate(config: &Config, check: bool) -> Result<(), String> {
    let url = config.database.url.expose();
    if check {
        return match schema::pending(&url).await.map_err(|error| error.to_string())? {
            0 => Ok(()),
            n => Err(format!("{n} schema changes are missing")),
        };
    }
    let applied = schema::migrate(&url).await.map_err(|error| error.to_string())?;
    println!("{applied} schema changes applied");
    Ok(())
}

pub(super) async fn seed(config: &Config) -> Result<(), String> {
    let app = connect(config).await?;
    demo::seed(&app).await.map_err(|error| error.to_string())?;
    println!("{}", demo::WELCOME.replace("{url}", &config.http.public_url));
    Ok(())
}

pub(super) async fn import(config: &Config, dir: &Path, all_or_nothing: bool, trial: bool) -> Result<(), String> {
    let app = connect(config).await?;
    let mode = if all_or_nothing { ImportMode::AllOrNothing } else { ImportMode::KeepGoodRows };
    let options = import::Options { mode, trial };
    let mut progress = |progress: import::Progress| {
        eprint!("\r{:<28} {:>8} rows", progress.file, progress.rows);
        drop(std::io::stderr().flush());
    };
    let report = import::adventureworks(&app, dir, options, &mut progress).await.map_err(|error| error.to_string())?;
    eprintln!();
    for file in &report.import.files {
        let counts = &file.counts;
        println!(
            "{:<28} {:>6} created {:>6} changed {:>6} unchanged {:>6} rejected",
            file.file, counts.created, counts.changed, counts.unchanged, counts.rejected
        );
    }
    for refusal in &report.refusals {
        println!("{} line {}: {}", refusal.file, refusal.line, refusal.problems);
    }
    println!("{}", report.import.status);
    Ok(())
}

pub(super) async fn create_user(config: &Config, email: &str, full_name: &str, staff: bool) -> Result<(), String> {
    let mut password = String::new();
    eprint!("Password: ");
    std::io::stdin().lock().read_line(&mut password).map_err(|error| error.to_string())?;
    let app = connect(config).await?;
    let password = password.trim_end_matches(['\r', '\n']);
    let new = NewUser { email, password, full_name, language: Language::English, staff };
    let user = identity::create_user(&app, new).await.map_err(|error| error.to_string())?;
    println!("{}", user.id);
    Ok(())
}

pub(super) async fn rotate_keys(config: &Config, compromised: bool) -> Result<(), String> {
    let app = connect(config).await?;
    let key = identity::rotate_keys(&app, compromised).await.map_err(|error| error.to_string())?;
    println!("the next key is {key}");
    Ok(())
}

pub(super) async fn verify(config: &Config) -> Result<(), String> {
    let app = connect(config).await?;
    let store = app.store();
    let tx = store.read(Actor::system(SystemTask::Audit), Meter::default()).await.map_err(|error| error.to_string())?;
    let breaks = event::relay::verify(&tx).await.map_err(|error| error.to_string())?;
    for found in &breaks {
        println!("the chain breaks at event {} (position {:?})", found.event, found.position);
    }
    if breaks.is_empty() {
        println!("every chain holds");
        Ok(())
    } else {
        Err(format!("{} chains do not hold", breaks.len()))
    }
}
