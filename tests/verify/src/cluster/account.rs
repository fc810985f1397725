//! Who runs the server: PostgreSQL refuses to run as root.

use std::{
    os::unix::{fs::chown, process::CommandExt},
    path::Path,
    process::Command,
};

use super::ClusterError;

/// The user under whom server programs run.
#[derive(Debug, Clone, Copy)]
pub(super) enum Account {
    /// Whoever runs the tests.
    Own,
    /// Another user, because the tests run as root.
    Other { uid: u32, gid: u32 },
}

impl Account {
    /// Ourselves, or the first unprivileged user there is.
    pub(super) fn choose() -> Result<Self, ClusterError> {
        if own_uid()? != 0 {
            return Ok(Self::Own);
        }
        let other = ["postgres", "nobody"].into_iter().find_map(|name| {
            let uid = id(&["-u", name])?;
            let gid = id(&["-g", name])?;
            Some(Self::Other { uid, gid })
        });
        other.ok_or(ClusterError::NoAccount)
    }

    /// A command that runs as this user, with nothing of our environment that would change what the server does.
    pub(super) fn command(self, program: &Path, directory: &Path) -> Command {
        let mut command = Command::new(program);
        command.env_clear().env("LC_ALL", "C").env("HOME", directory).current_dir(directory);
        if let Some(path) = std::env::var_os("PATH") {
            command.env("PATH", path);
        }
        if let Self::Other { uid, gid } = self {
            // The standard library also drops root's supplementary groups here.
            command.uid(uid).gid(gid);
        }
        command
    }

    /// Gives `path` to this user.
    pub(super) fn own(self, path: &Path) -> Result<(), ClusterError> {
        match self {
            Self::Own => Ok(()),
            Self::Other { uid, gid } => {
                chown(path, Some(uid), Some(gid)).map_err(ClusterError::io(format!("giving away {}", path.display())))
            }
        }
    }
}

/// The user id of this process; the standard library has no name for it.
///
/// # Errors
///
/// When the program `id` gives no number.
pub fn own_uid() -> Result<u32, ClusterError> {
    id(&["-u"]).ok_or_else(|| ClusterError::Step { step: "`id -u`".to_owned(), output: "it gave no number".to_owned() })
}

fn id(arguments: &[&str]) -> Option<u32> {
    let output = Command::new("id").args(arguments).output().ok()?;
    String::from_utf8(output.stdout).ok()?.trim().parse().ok()
}
