//! The server under measurement: a process of its own, started, watched and ended.

use std::fs::{self, File};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::connection::Connection;
use crate::outcome::Outcome;
use crate::process;

/// How long a server may take to its first answer before the run is given up.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often it is tried.
const STEP: Duration = Duration::from_millis(2);

/// A running server. Dropping it ends it.
pub struct Server {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
    /// From the start of the process to the first answer.
    pub started_in: Duration,
    /// The size of its program.
    pub binary_bytes: u64,
    /// Where its search index is.
    pub search: PathBuf,
}

impl Server {
    /// Starts `program`, or the `tradehall` beside this program, on `database`, with its files in `directory`, and waits for its
    /// first answer.
    pub async fn start(program: Option<PathBuf>, database: &str, worker: bool, directory: &Path) -> Outcome<Self> {
        let program = program.map_or_else(|| std::env::current_exe().map(|own| own.with_file_name("tradehall")), Ok)?;
        let (log, search) = (directory.join("server.log"), directory.join("search"));
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let mut command = Command::new(&program);
        command
            .arg("serve")
            .env("TRADEHALL_DATABASE_URL", database)
            .env("TRADEHALL_LISTEN", address.to_string())
            .env("TRADEHALL_RATE_PER_SECOND", "off")
            .env("TRADEHALL_WORKER", if worker { "on" } else { "off" })
            .env("TRADEHALL_FILES_URL", format!("file://{}", directory.join("files").display()))
            .env("TRADEHALL_SEARCH_DIR", &search)
            .env("TRADEHALL_MAIL_DIR", directory.join("mail"));
        // Logs are written, as they are by default, but to a file that nobody reads meanwhile.
        command.stdin(Stdio::null()).stdout(File::create(&log)?).stderr(File::options().append(true).open(&log)?);
        let began = Instant::now();
        let child = command.spawn()?;
        let mut server =
            Self { child, address, started_in: Duration::ZERO, binary_bytes: fs::metadata(&program)?.len(), search };
        while began.elapsed() < PATIENCE {
            if let Ok(mut connection) = Connection::open(address).await
                && connection.ask(None, br#"{"query":"{ __typename }"}"#).await.is_ok()
            {
                server.started_in = began.elapsed();
                return Ok(server);
            }
            if let Some(status) = server.child.try_wait()? {
                return Err(format!("the server ended with {status}:\n{}", fs::read_to_string(&log)?).into());
            }
            tokio::time::sleep(STEP).await;
        }
        Err("the server does not answer".into())
    }

    /// What it has taken of the processors so far.
    pub fn cpu(&self) -> Outcome<Duration> {
        process::cpu(self.child.id())
    }

    /// Its resident memory now and at its highest, in bytes.
    pub fn memory(&self) -> Outcome<process::Memory> {
        process::memory(self.child.id())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
