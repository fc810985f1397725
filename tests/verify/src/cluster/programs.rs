//! Where the server programs of PostgreSQL are.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use super::{ClusterError, OLDEST_VERSION};

/// Directories of distributions, with `*` for one level. Debian keeps server programs out of PATH.
const USUAL_PLACES: [(&str, &str); 5] = [
    ("/usr/lib/postgresql", "bin"),
    ("/usr/lib64/pgsql", "bin"),
    ("/usr/local/opt", "bin"),
    ("/opt/homebrew/opt", "bin"),
    ("/usr/local/pgsql", ""),
];

/// The directory that holds `initdb`, `pg_ctl` and `postgres` of one installation.
#[derive(Debug, Clone)]
pub(super) struct Programs {
    directory: PathBuf,
}

impl Programs {
    /// The newest installation that is supported.
    pub(super) fn find() -> Result<Self, ClusterError> {
        let mut installations: Vec<(u32, PathBuf)> =
            candidates().into_iter().filter_map(|directory| Some((version(&directory)?, directory))).collect();
        installations.sort();
        match installations.pop() {
            Some((version, directory)) if version >= OLDEST_VERSION => Ok(Self { directory }),
            Some((version, directory)) => {
                Err(ClusterError::NoPrograms { found: Some(format!("version {version} in {}", directory.display())) })
            }
            None => Err(ClusterError::NoPrograms { found: None }),
        }
    }

    pub(super) fn path(&self, program: &str) -> PathBuf {
        self.directory.join(program)
    }
}

/// The directory of `program` in PATH, with links followed.
pub(super) fn in_path(program: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    let found = env::split_paths(&path).map(|directory| directory.join(program)).find(|path| path.is_file())?;
    Some(fs::canonicalize(found).ok()?.parent()?.to_owned())
}

fn candidates() -> Vec<PathBuf> {
    let mut directories: Vec<PathBuf> = in_path("initdb").into_iter().collect();
    for (place, below) in USUAL_PLACES {
        let entries = fs::read_dir(place).into_iter().flatten().flatten();
        directories.extend(entries.map(|entry| entry.path().join(below)));
    }
    directories.retain(|directory| ["initdb", "pg_ctl", "postgres"].iter().all(|name| directory.join(name).is_file()));
    directories
}

/// The major version: `postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)` is 15.
fn version(directory: &Path) -> Option<u32> {
    let output = Command::new(directory.join("postgres")).arg("--version").output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let number = text.split_whitespace().find(|word| word.starts_with(|c: char| c.is_ascii_digit()))?;
    number.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}
