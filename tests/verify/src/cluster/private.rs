//! A cluster that a test may kill.

use std::{
    fs::{self, DirBuilder},
    os::unix::fs::DirBuilderExt,
    path::PathBuf,
    process,
    sync::atomic::{AtomicU32, Ordering},
};

use super::{
    ClusterError,
    server::{Durability, Server},
};

/// A cluster of one test's own, which may kill it. Dropping it ends the server and deletes its files.
#[derive(Debug)]
pub struct PrivateCluster {
    server: Server,
    directory: PathBuf,
}

impl PrivateCluster {
    /// Makes and starts a cluster.
    ///
    /// # Errors
    ///
    /// When programs are missing or fail.
    pub fn start(durability: Durability) -> Result<Self, ClusterError> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        // A directory that every user may enter, with a path short enough for a socket (about 100 bytes).
        let directory = PathBuf::from(format!("/tmp/tradehall-cluster-{}-{number}", process::id()));
        let made = DirBuilder::new().mode(0o755).create(&directory);
        made.map_err(ClusterError::io(format!("making {}", directory.display())))?;
        let cluster = Self { server: Server::at(&directory)?, directory };
        cluster.server.create(durability)?;
        cluster.server.start()?;
        Ok(cluster)
    }

    /// The URL of an empty database; its role owns it, may create databases and roles and is no superuser.
    pub fn url(&self) -> String {
        self.server.url()
    }

    /// Ends all its processes at once, as a power cut would.
    ///
    /// # Errors
    ///
    /// When it does not run or does not end.
    pub fn kill(&self) -> Result<(), ClusterError> {
        self.server.kill()
    }

    /// Starts it again; recovery has ended when this returns.
    ///
    /// # Errors
    ///
    /// When it does not start.
    pub fn restart(&self) -> Result<(), ClusterError> {
        self.server.start()
    }
}

impl Drop for PrivateCluster {
    fn drop(&mut self) {
        // A test that failed half-way may have left it killed; there is nobody to tell.
        let _ = self.server.stop();
        let _ = self.server.remove();
        let _ = fs::remove_dir(&self.directory);
    }
}
