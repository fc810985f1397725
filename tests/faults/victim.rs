//! A process that is killed where it stands.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Command, Stdio};

use serde_json::Value;
use tradehall_tests::errand::{Errand, Work};

/// More statements than anything here sends.
pub const POINTS_MAX: u64 = 200;

/// How a process ended.
#[derive(Debug, PartialEq)]
pub enum End {
    /// It was killed before the statement that it was to stop at.
    Killed,
    /// It had done its work before it came to that statement, and answered this.
    Done(Value),
}

/// Has a process of its own do `work` on the database at `url`, and kills it before its `n`th statement.
pub async fn send(url: &str, work: Work, n: u64) -> End {
    send_with_files(url, None, work, n).await
}

/// The same with uploaded files at `files`.
pub async fn send_with_files(url: &str, files: Option<&str>, work: Work, n: u64) -> End {
    let files = files.map(str::to_owned);
    let errand = serde_json::to_string(&Errand { url: url.to_owned(), files, stops_at: n, work }).unwrap();
    tokio::task::spawn_blocking(move || run(&errand, n)).await.unwrap()
}

fn run(errand: &str, n: u64) -> End {
    let mut child = Command::new(env!("CARGO_BIN_EXE_tradehall-under-test"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(errand.as_bytes()).unwrap();
    let mut said = String::new();
    for line in BufReader::new(child.stderr.take().unwrap()).lines() {
        let line = line.unwrap();
        if line == format!("FAULT POINT {n}") {
            // SIGKILL, and waiting until nothing of it runs any more.
            child.kill().unwrap();
            child.wait().unwrap();
            return End::Killed;
        }
        said.push_str(&line);
        said.push('\n');
    }
    let mut answer = String::new();
    child.stdout.take().unwrap().read_to_string(&mut answer).unwrap();
    let status = child.wait().unwrap();
    assert!(status.success(), "{status}: {said}");
    End::Done(serde_json::from_str(&answer).unwrap_or_else(|error| panic!("{error}: {answer} {said}")))
}
