//! One server in one directory: made, started, stopped, killed.

use std::{
    fs,
    io::Write,
    os::unix::net::UnixStream,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::Duration,
};

use super::{ClusterError, account::Account, programs::Programs};

/// The role that tests connect as. It is no superuser, so that row-level security binds it as it binds production.
const ROLE: &str = "tradehall";
/// An empty database of that role.
const DATABASE: &str = "tradehall";
/// The number in the socket's name; nothing listens on the network.
const PORT: u16 = 5432;
/// The longest wait for a server to start or stop.
const WAIT_S: u16 = 60;
/// The longest wait for a dead server to leave the table of processes; some containers never clear it.
const BURIAL_S: u16 = 3;

/// What a commit means on the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// A commit is on the disk before it is acknowledged, as in production. Tests of faults need it.
    Full,
    /// A commit may be lost when the machine stops. Faster where disks are slow.
    Off,
}

/// A server whose files are all in one directory: `data`, `socket` and `log`.
#[derive(Debug)]
pub(super) struct Server {
    directory: PathBuf,
    programs: Programs,
    account: Account,
}

impl Server {
    /// A server in `directory`, which exists; nothing is done yet.
    pub(super) fn at(directory: &Path) -> Result<Self, ClusterError> {
        Ok(Self { directory: directory.to_owned(), programs: Programs::find()?, account: Account::choose()? })
    }

    /// Makes a new cluster, in place of one that may be there.
    pub(super) fn create(&self, durability: Durability) -> Result<(), ClusterError> {
        self.remove()?;
        for name in ["data", "socket", "log"] {
            let path = self.directory.join(name);
            fs::create_dir(&path).map_err(ClusterError::io(format!("making {}", path.display())))?;
            self.account.own(&path)?;
        }
        // `--no-sync`: until the first test's commit there is nothing in it to lose.
        let mut initdb = self.command("initdb");
        initdb.args(["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "-D"]);
        run("initdb", initdb.arg(self.data()))?;
        self.configure(durability)?;
        // Single-user mode needs no client program and no running server.
        // The role owns a database, because since version 15 nobody else may create tables in a schema `public`.
        let role = format!("create role {ROLE} login createdb createrole;\ncreate database {DATABASE} owner {ROLE};\n");
        run_with_input(
            "postgres --single",
            self.command("postgres").arg("--single").arg("-D").arg(self.data()).arg("postgres"),
            &role,
        )
    }

    /// Starts the server and waits until it accepts connections.
    pub(super) fn start(&self) -> Result<(), ClusterError> {
        let mut pg_ctl = self.command("pg_ctl");
        pg_ctl.arg("start").arg("-D").arg(self.data()).arg("-l").arg(self.directory.join("log/server.log"));
        let started = run("pg_ctl start", pg_ctl.args(["--wait", "-t"]).arg(WAIT_S.to_string()));
        started.map_err(|error| match error {
            ClusterError::Step { step, output } => ClusterError::Step { step, output: output + &self.log_end() },
            other => other,
        })
    }

    /// Ends the server without waiting for its clients, but in good order.
    pub(super) fn stop(&self) -> Result<(), ClusterError> {
        let mut pg_ctl = self.command("pg_ctl");
        pg_ctl.arg("stop").arg("-D").arg(self.data()).args(["--mode=fast", "--wait", "-t"]);
        run("pg_ctl stop", pg_ctl.arg(WAIT_S.to_string()))
    }

    /// Ends the server and all its processes at once, as a power cut would.
    pub(super) fn kill(&self) -> Result<(), ClusterError> {
        let pid = self.postmaster().ok_or_else(|| missing("the server is not running"))?;
        // Stopped first, so that it cannot start another process between the listing and the end.
        kill("-STOP", &[pid])?;
        let mut pids = children(pid);
        pids.push(pid);
        kill("-KILL", &pids)?;
        // Dead is not yet buried: while the first process of the machine has not taken notice, the server's number counts as
        // a running process, and the next server would refuse to start beside it.
        let is_dead = || pids.iter().all(|pid| !Path::new(&format!("/proc/{pid}/fd/0")).exists());
        wait_until(WAIT_S, is_dead, "the end of the killed server")?;
        if wait_until(BURIAL_S, || !Path::new(&format!("/proc/{pid}")).exists(), "its burial").is_err() {
            for lock in [self.data().join("postmaster.pid"), self.socket().join(format!(".s.PGSQL.{PORT}.lock"))] {
                fs::remove_file(&lock).map_err(ClusterError::io(format!("deleting {}", lock.display())))?;
            }
        }
        Ok(())
    }

    /// Whether something answers on the socket.
    pub(super) fn is_up(&self) -> bool {
        UnixStream::connect(self.socket().join(format!(".s.PGSQL.{PORT}"))).is_ok()
    }

    /// Deletes all files of a server that does not run.
    pub(super) fn remove(&self) -> Result<(), ClusterError> {
        for name in ["data", "socket", "log"] {
            let path = self.directory.join(name);
            match fs::remove_dir_all(&path) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(ClusterError::io(format!("deleting {}", path.display()))(error));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// The URL of the role's own database, over the socket.
    pub(super) fn url(&self) -> String {
        format!("postgres://{ROLE}@localhost:{PORT}/{DATABASE}?host={}", self.socket().display())
    }

    fn data(&self) -> PathBuf {
        self.directory.join("data")
    }

    fn socket(&self) -> PathBuf {
        self.directory.join("socket")
    }

    fn command(&self, program: &str) -> Command {
        self.account.command(&self.programs.path(program), &self.directory)
    }

    fn configure(&self, durability: Durability) -> Result<(), ClusterError> {
        let switch = if durability == Durability::Full { "on" } else { "off" };
        let settings = format!(
            "\nlisten_addresses = ''\nunix_socket_directories = '{}'\nport = {PORT}\n\
             fsync = {switch}\nsynchronous_commit = {switch}\nfull_page_writes = {switch}\n\
             max_connections = 300\nmax_wal_size = '2GB'\ncheckpoint_timeout = '15min'\n\
             timezone = 'UTC'\nlog_timezone = 'UTC'\nlog_min_messages = 'warning'\n",
            self.socket().display()
        );
        let path = self.data().join("postgresql.conf");
        let file = fs::OpenOptions::new().append(true).open(&path);
        file.and_then(|mut file| file.write_all(settings.as_bytes()))
            .map_err(ClusterError::io("writing postgresql.conf"))
    }

    fn postmaster(&self) -> Option<u32> {
        fs::read_to_string(self.data().join("postmaster.pid")).ok()?.lines().next()?.trim().parse().ok()
    }

    fn log_end(&self) -> String {
        const LINES: usize = 20;
        let log = fs::read_to_string(self.directory.join("log/server.log")).unwrap_or_default();
        let lines: Vec<&str> = log.lines().collect();
        lines.iter().skip(lines.len().saturating_sub(LINES)).map(|line| format!("\n{line}")).collect()
    }
}

fn run(step: &str, command: &mut Command) -> Result<(), ClusterError> {
    run_with_input(step, command, "")
}

fn run_with_input(step: &str, command: &mut Command, input: &str) -> Result<(), ClusterError> {
    // The server inherits these from `pg_ctl`; output goes through a file, as a pipe would stay open as long as the server.
    let said = tempfile(step)?;
    let copy = || said.1.try_clone().map_err(ClusterError::io(step));
    let spawned = command.stdin(Stdio::piped()).stdout(copy()?).stderr(copy()?).spawn();
    let mut child = spawned.map_err(ClusterError::io(step))?;
    if let Some(mut stdin) = child.stdin.take() {
        // A program that ended early closes its end; its exit status tells more than the broken pipe.
        let _ = stdin.write_all(input.as_bytes());
    }
    let status = child.wait().map_err(ClusterError::io(step))?;
    let output = fs::read_to_string(&said.0).unwrap_or_default();
    let _ = fs::remove_file(&said.0);
    if status.success() { Ok(()) } else { Err(ClusterError::Step { step: step.to_owned(), output }) }
}

/// A new file of ours in the temporary directory.
fn tempfile(step: &str) -> Result<(PathBuf, fs::File), ClusterError> {
    use std::sync::atomic::{AtomicU32, Ordering};
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let path = std::env::temp_dir().join(format!("tradehall-verify-{}-{number}", std::process::id()));
    let _ = fs::remove_file(&path);
    let file = fs::File::create_new(&path).map_err(ClusterError::io(step))?;
    Ok((path, file))
}

fn kill(signal: &str, pids: &[u32]) -> Result<(), ClusterError> {
    let pids = pids.iter().map(u32::to_string);
    // Processes that are gone already make `kill` fail; the wait for their end decides.
    Command::new("kill").arg(signal).args(pids).stderr(Stdio::null()).status().map_err(ClusterError::io("kill"))?;
    Ok(())
}

/// The children of a process (Linux); elsewhere they notice by themselves that the server has died.
fn children(pid: u32) -> Vec<u32> {
    let listed = fs::read_to_string(format!("/proc/{pid}/task/{pid}/children")).unwrap_or_default();
    listed.split_whitespace().filter_map(|pid| pid.parse().ok()).collect()
}

fn wait_until(limit_s: u16, is_done: impl Fn() -> bool, what: &str) -> Result<(), ClusterError> {
    const STEP: Duration = Duration::from_millis(20);
    let steps = Duration::from_secs(limit_s.into()).as_millis() / STEP.as_millis();
    for _ in 0..steps {
        if is_done() {
            return Ok(());
        }
        thread::sleep(STEP);
    }
    Err(missing(what))
}

fn missing(what: &str) -> ClusterError {
    ClusterError::Step { step: "waiting for the server".to_owned(), output: what.to_owned() }
}
