//! One cluster for all processes of a run, ended after the last of them.
//!
//! Whoever uses the cluster holds a shared lock on the file `lease`; the kernel takes it back however the process ends. A small
//! watchdog (`flock` and `sh`) waits for an exclusive lock on it, that is, until nobody uses the cluster, lets some seconds pass
//! in case another test begins, and then stops the server. Starting and stopping both happen under `start.lock`.

use std::{
    fs::{self, DirBuilder, File, TryLockError},
    hash::{DefaultHasher, Hash, Hasher},
    os::unix::{
        fs::{DirBuilderExt, MetadataExt},
        process::CommandExt,
    },
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use super::{
    ClusterError,
    account::own_uid,
    programs::in_path,
    server::{Durability, Server},
};

/// How long a cluster outlives its last user, in seconds.
const IDLE_S: u32 = 20;

const WATCHDOG: &str = r#"
while :; do
    flock -x lease true
    sleep "$1"
    flock -x -n start.lock flock -x -n lease sh -c '
        kill -INT "$(head -n 1 data/postmaster.pid)"
        tries=0
        while [ -e data/postmaster.pid ] && [ "$tries" -lt 300 ]; do
            sleep 0.1
            tries=$((tries + 1))
        done
        rm -rf data socket log
    ' && exit
done
"#;

/// The right to use the shared cluster, until it is dropped or the process ends.
#[derive(Debug)]
pub(super) struct Lease {
    url: String,
    _lock: File,
}

impl Lease {
    /// Starts the cluster of the checkout that `key` lies in, unless it runs, and takes a lease of it.
    pub(super) fn take(key: &Path) -> Result<Self, ClusterError> {
        if in_path("flock").is_none() {
            return Err(ClusterError::NoFlock);
        }
        let directory = directory(key)?;
        let starting = open(&directory.join("start.lock"))?;
        starting.lock().map_err(ClusterError::io("waiting for the start of the cluster"))?;
        let server = Server::at(&directory)?;
        if !server.is_up() {
            // Nothing outlives the tests that share it, and a checkpoint that syncs hundreds of databases stops them all for minutes.
            server.create(Durability::Off)?;
            server.start()?;
        }
        let lock = open(&directory.join("lease"))?;
        lock.lock_shared().map_err(ClusterError::io("taking a lease of the cluster"))?;
        watch(&directory)?;
        Ok(Self { url: server.url(), _lock: lock })
    }

    pub(super) fn url(&self) -> String {
        self.url.clone()
    }
}

/// A short path, because a socket's path may have about 100 bytes, and one that every user may enter.
fn directory(key: &Path) -> Result<PathBuf, ClusterError> {
    let uid = own_uid()?;
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    let directory = PathBuf::from(format!("/tmp/tradehall-tests-{uid}-{:08x}", hasher.finish() >> 32));
    let made = DirBuilder::new().mode(0o755).create(&directory);
    if let Err(error) = made
        && error.kind() != std::io::ErrorKind::AlreadyExists
    {
        return Err(ClusterError::io(format!("making {}", directory.display()))(error));
    }
    // The name can be guessed: do not follow what another user may have put there.
    let found = fs::symlink_metadata(&directory).map_err(ClusterError::io("looking at the cluster's directory"))?;
    if !found.is_dir() || found.uid() != uid {
        let output = format!("{} exists and is not ours; delete it", directory.display());
        return Err(ClusterError::Step { step: "making the cluster's directory".to_owned(), output });
    }
    Ok(directory)
}

fn open(path: &Path) -> Result<File, ClusterError> {
    let opened = File::options().create(true).truncate(false).read(true).write(true).open(path);
    opened.map_err(ClusterError::io(format!("opening {}", path.display())))
}

/// Starts the watchdog unless one is there: each holds `watch.lock` as long as it lives.
fn watch(directory: &Path) -> Result<(), ClusterError> {
    let lock = open(&directory.join("watch.lock"))?;
    match lock.try_lock() {
        Err(TryLockError::WouldBlock) => return Ok(()),
        Err(TryLockError::Error(error)) => return Err(ClusterError::io("looking for the watchdog")(error)),
        Ok(()) => drop(lock),
    }
    let mut watchdog = Command::new("flock");
    watchdog.args(["-n", "watch.lock", "sh", "-c", WATCHDOG, "watchdog"]).arg(IDLE_S.to_string());
    // Apart from our terminal and output: it must outlive us, and a runner waits for whoever holds its pipe.
    watchdog.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    watchdog.current_dir(directory).process_group(0).spawn().map_err(ClusterError::io("starting the watchdog"))?;
    Ok(())
}
