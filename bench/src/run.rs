//! A run: database, server, rounds, report.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use sqlx::Connection as _;
use tradehall::graphql::id::global;
use tradehall_domain::organization::OrganizationId;
use tradehall_verify::cluster::{Durability, PrivateCluster};

use crate::arguments::{Engine, RunOptions};
use crate::ceiling::{Ceiling, Length};
use crate::connection::Connection;
use crate::load::Round;
use crate::market::{self, CUSTOMERS_FROM, Kind, PASSWORD, email, id};
use crate::measure::Figures;
use crate::outcome::Outcome;
use crate::process;
use crate::report::{At, Item, Report};
use crate::searching;
use crate::server::Server;
use crate::statements::{Inside, parse};
use crate::work::{Caller, WORKS, Work};

/// Most requests of one round that uses targets up.
const TARGETS_OF_ROUND: u64 = 600;
/// Requests that warm a work item up before it is measured, on each side.
const WARM_UP: u64 = 100;
/// Different requests of a reading round, sent in turn.
const VARIETY: u64 = 64;

/// Everything that a measurement needs.
struct Bench {
    options: RunOptions,
    database: String,
    postmaster: Option<u32>,
    ceiling: Option<Ceiling>,
    server: Server,
}

/// Prepares, measures and reports.
pub async fn run(options: RunOptions) -> Outcome<()> {
    let directory = tempfile::tempdir()?;
    let cluster = match (options.engine, &options.database) {
        (Engine::Postgres, None) => Some(PrivateCluster::start(Durability::Full)?),
        _ => None,
    };
    let file: PathBuf = directory.path().join("market.db");
    let database = match (&options.database, &cluster) {
        (Some(database), _) => database.clone(),
        (None, Some(cluster)) => cluster.url(),
        (None, None) => format!("sqlite://{}", file.display()),
    };
    if options.database.is_none() {
        eprintln!("filling {:?}", options.size);
        market::fill(&database, &options.size).await?;
    }
    let postmaster = settle(&database).await?;
    let ceiling = postmaster.map(|_| Ceiling::find(&database)).transpose()?;
    let server = Server::start(options.server.clone(), &database, options.worker, directory.path()).await?;
    let begun = Instant::now();
    let mut report = Report::begin(&options, &server)?;
    let mut bench = Bench { options, database, postmaster, ceiling, server };
    if bench.wants("search") {
        let token = bench.sign_in(Caller::Owner(CUSTOMERS_FROM)).await?;
        let products = bench.options.size.products;
        report.index_built_in_s = searching::built(&bench.server, token.as_deref(), products, begun).await?.as_secs();
    }
    let inside = Inside::open(&bench.database, Some(&bench.server.search)).await?;
    for work in WORKS {
        if bench.wants(work.name) {
            let item = bench.measure(&work, &inside).await?;
            eprintln!("{}", item.brief());
            report.items.push(item);
        }
    }
    report.memory_under_load = bench.server.memory()?.highest;
    println!("{}", report.table());
    std::fs::write(&bench.options.json, serde_json::to_vec_pretty(&report)?)?;
    Ok(())
}

/// Has the database take stock after the filling; the first of its processes, if it has processes of its own.
async fn settle(database: &str) -> Outcome<Option<u32>> {
    if database.starts_with("sqlite:") {
        let mut connection = sqlx::SqliteConnection::connect(database).await?;
        sqlx::query("ANALYZE").execute(&mut connection).await?;
        return Ok(None);
    }
    let mut connection = sqlx::PgConnection::connect(database).await?;
    sqlx::query("VACUUM ANALYZE").execute(&mut connection).await?;
    let backend: i32 = sqlx::query_scalar("SELECT pg_backend_pid()").fetch_one(&mut connection).await?;
    Ok(Some(process::parent(u32::try_from(backend)?)?))
}

impl Bench {
    /// Whether the work of that name is to be measured.
    fn wants(&self, name: &str) -> bool {
        self.options.work.is_empty() || self.options.work.iter().any(|one| one == name)
    }

    async fn measure(&mut self, work: &Work, inside: &Inside) -> Outcome<Item> {
        let (first, count) = work.targets(&self.options.size);
        let mut next = first + self.options.from;
        let statements = inside.once(work, &parse(work)?, next).await?;
        next += 1;
        let token = self.sign_in(work.caller).await?;
        let rounds = u64::try_from(self.options.rounds * self.options.clients.len())?;
        let left = (first + count).saturating_sub(next + WARM_UP);
        let each = (left / rounds).min(TARGETS_OF_ROUND);
        if work.target.is_some() && each == 0 {
            return Err(format!("no targets are left for {}", work.name).into());
        }
        let start = next;
        self.product(work, token.as_deref(), &mut next, 1, WARM_UP).await?;
        self.ceiling(work, start + count, 1, WARM_UP)?;
        let mut at: Vec<(usize, Vec<Figures>, Vec<Figures>)> =
            self.options.clients.iter().map(|clients| (*clients, Vec::new(), Vec::new())).collect();
        for _ in 0..self.options.rounds {
            for (clients, product, ceiling) in &mut at {
                let start = next;
                product.push(self.product(work, token.as_deref(), &mut next, *clients, each).await?);
                ceiling.extend(self.ceiling(work, start + count, *clients, each)?);
            }
        }
        let at = at.iter().map(|(clients, product, ceiling)| At {
            clients: *clients,
            product: Figures::median(product),
            ceiling: (!ceiling.is_empty()).then(|| Figures::median(ceiling)),
        });
        Ok(Item::new(work, statements, at.collect()))
    }

    /// A round of the product; of writing work it uses `each` targets up.
    async fn product(
        &self,
        work: &Work,
        token: Option<&str>,
        next: &mut u64,
        clients: usize,
        each: u64,
    ) -> Outcome<Figures> {
        let (numbers, time) = match work.target {
            Some(_) => (*next..*next + each, None),
            None => (0..VARIETY, Some(Duration::from_secs(self.options.seconds))),
        };
        if work.target.is_some() {
            *next += each;
        }
        let address = self.server.address;
        let requests = numbers.map(|number| Connection::request(address, token, &work.body(number))).collect();
        let round = Round { address, clients, requests: Arc::new(requests), time };
        let before = (self.server.cpu()?, self.database_cpu()?);
        let sample = round.run().await?;
        let after = (self.server.cpu()?, self.database_cpu()?);
        Ok(Figures::of(&sample, after.0.saturating_sub(before.0), after.1.saturating_sub(before.1)))
    }

    /// A round of the hand-written statements, if there are any; of writing work it uses up as many targets.
    fn ceiling(&self, work: &Work, first: u64, clients: usize, each: u64) -> Outcome<Option<Figures>> {
        let (Some(ceiling), Some(sql)) = (&self.ceiling, work.sql) else { return Ok(None) };
        let organization: OrganizationId = match work.caller {
            Caller::Nobody => return Ok(None),
            Caller::Owner(number) => id(Kind::Organization, number),
        };
        let length = match work.target {
            Some(_) => Length::Targets { first, each: (each / u64::try_from(clients)?).max(1) },
            None => Length::Seconds(self.options.seconds),
        };
        let before = self.database_cpu()?;
        let done = ceiling.round(sql, &organization.to_string(), clients, length)?;
        Ok(Some(done.figures(self.database_cpu()?.saturating_sub(before))))
    }

    fn database_cpu(&self) -> Outcome<Duration> {
        self.postmaster.map_or(Ok(Duration::ZERO), process::cpu_of_family)
    }

    /// A fresh access token: it is good for a quarter of an hour, which no work item takes.
    async fn sign_in(&self, caller: Caller) -> Outcome<Option<String>> {
        let Caller::Owner(number) = caller else { return Ok(None) };
        let organization: OrganizationId = id(Kind::Organization, number);
        let input = json!({ "email": email(number), "password": PASSWORD, "organizationId": global(organization).0 });
        let query = include_str!("../../tests/operations/identity/signIn.graphql");
        let body = json!({ "query": query, "variables": { "input": input } }).to_string();
        let mut connection = Connection::open(self.server.address).await?;
        let answer: Value = serde_json::from_slice(connection.ask(None, body.as_bytes()).await?)?;
        let token = answer.pointer("/data/signIn/accessToken/token").and_then(Value::as_str);
        Ok(Some(token.ok_or_else(|| format!("{} cannot sign in: {answer}", self.database))?.to_owned()))
    }
}
