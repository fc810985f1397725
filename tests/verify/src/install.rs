//! Installs PostgreSQL's server programs on Debian and its relatives, where that needs no question.

use std::process::{Command, Stdio};

/// Whether PostgreSQL was installed. Needs `apt-get`, and root or `sudo` without a password.
pub(crate) fn postgres() -> bool {
    if !succeeds(&mut quiet("apt-get", &["--version"])) {
        return false;
    }
    let prefix: &[&str] = if is_root() {
        &[]
    } else if succeeds(&mut quiet("sudo", &["-n", "true"])) {
        &["sudo", "-n"]
    } else {
        return false;
    };
    println!("==> PostgreSQL is not installed: apt-get install postgresql");
    apt_get(prefix, &["update", "-q"])
        && apt_get(prefix, &["install", "-q", "-y", "--no-install-recommends", "postgresql"])
}

fn apt_get(prefix: &[&str], arguments: &[&str]) -> bool {
    // Through `env`, because sudo does not hand on variables; without a frontend no package asks a question.
    let words = [prefix, &["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"], arguments].concat();
    let Some((program, arguments)) = words.split_first() else { return false };
    succeeds(Command::new(program).args(arguments).stdin(Stdio::null()))
}

fn is_root() -> bool {
    let output = Command::new("id").arg("-u").output();
    output.is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

fn quiet(program: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

fn succeeds(command: &mut Command) -> bool {
    command.status().is_ok_and(|status| status.success())
}
