//! A round: clients that ask one after the other on connections of their own, from one thread.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use tokio::task::JoinSet;

use crate::connection::{Connection, find};
use crate::outcome::Outcome;

/// What a round sends.
#[derive(Clone)]
pub struct Round {
    /// Where to.
    pub address: SocketAddr,
    /// Connections at once.
    pub clients: usize,
    /// Whole requests, see [`Connection::request`].
    pub requests: Arc<Vec<Vec<u8>>>,
    /// How long to send them again and again; none sends each once.
    pub time: Option<Duration>,
}

/// What a round took.
#[derive(Debug, Clone, Default)]
pub struct Sample {
    /// Of each request, sorted.
    pub latencies: Vec<Duration>,
    /// Of the round.
    pub elapsed: Duration,
}

/// Every so many answers of a reading round are read for errors.
const LOOK: usize = 64;

impl Round {
    /// Runs it on a thread of its own.
    pub async fn run(self) -> Outcome<Sample> {
        tokio::task::spawn_blocking(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(self.clients())
        })
        .await?
    }

    async fn clients(self) -> Outcome<Sample> {
        let next = Arc::new(AtomicUsize::new(0));
        let mut connections = Vec::new();
        for _ in 0..self.clients {
            connections.push(Connection::open(self.address).await?);
        }
        let began = Instant::now();
        let mut tasks = JoinSet::new();
        for connection in connections {
            tasks.spawn(client(connection, self.clone(), Arc::clone(&next), began));
        }
        let mut sample = Sample::default();
        while let Some(done) = tasks.join_next().await {
            sample.latencies.extend(done??);
        }
        sample.elapsed = began.elapsed();
        sample.latencies.sort_unstable();
        Ok(sample)
    }
}

async fn client(
    mut connection: Connection,
    round: Round,
    next: Arc<AtomicUsize>,
    began: Instant,
) -> Outcome<Vec<Duration>> {
    let mut latencies = Vec::new();
    loop {
        let n = next.fetch_add(1, Ordering::Relaxed);
        let place = match round.time {
            Some(time) if began.elapsed() >= time => break,
            Some(_) => n % round.requests.len(),
            None => n,
        };
        let Some(request) = round.requests.get(place) else { break };
        let asked = Instant::now();
        let answer = connection.send(request).await?;
        latencies.push(asked.elapsed());
        if round.time.is_none() || n.is_multiple_of(LOOK) {
            check(answer)?;
        }
    }
    Ok(latencies)
}

/// An answer says `"errors"` only when there is one, and a mutation's `userErrors` are empty.
pub fn check(answer: &[u8]) -> Outcome<()> {
    let refused = find(answer, b"\"errors\":").is_some() || find(answer, b"\"userErrors\":[{").is_some();
    if refused { Err(String::from_utf8_lossy(answer).into_owned().into()) } else { Ok(()) }
}
