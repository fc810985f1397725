//! The whole service as a process of its own, asked over HTTP.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;
use tradehall_tests::operation::operation;

/// Longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(60);
const TICK: Duration = Duration::from_millis(20);

/// The running service; dropping it kills it.
pub struct Service {
    child: Child,
    address: SocketAddr,
    folder: TempDir,
    url: String,
    log: Arc<Mutex<String>>,
}

/// What somebody was answered.
pub struct Answer {
    pub status: u16,
    pub json: Value,
}

fn command(url: &str, folder: &TempDir, argument: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tradehall-under-test"));
    command
        .args(argument)
        .env_clear()
        .env("TRADEHALL_DATABASE_URL", url)
        .env("TRADEHALL_DATABASE_ACQUIRE_TIMEOUT", "500ms")
        .env("TRADEHALL_DATABASE_STATEMENT_TIMEOUT", "1s")
        .env("TRADEHALL_LISTEN", "127.0.0.1:0")
        .env("TRADEHALL_MAIL_DIR", folder.path().join("mail"))
        .env("TRADEHALL_FILES_URL", format!("file://{}", folder.path().join("files").display()))
        .env("TRADEHALL_SEARCH_DIR", folder.path().join("search"))
        .env("TRADEHALL_LOG", "debug")
        .env("TRADEHALL_LOG_FORMAT", "json");
    command
}

/// Runs a command of the service to its end, with `input` for it to read.
fn run(url: &str, folder: &TempDir, arguments: &[&str], input: &str) -> String {
    let mut child = command(url, folder, arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{arguments:?}: {said}");
    said
}

impl Service {
    /// Migrates the database at `url` and serves it.
    pub fn start(url: &str) -> Self {
        let folder = TempDir::new().unwrap();
        let log = Arc::new(Mutex::new(run(url, &folder, &["migrate"], "")));
        let mut child = command(url, &folder, &["serve"]).stderr(Stdio::piped()).spawn().unwrap();
        let errors = BufReader::new(child.stderr.take().unwrap());
        let (found, address) = std::sync::mpsc::channel();
        let lines = Arc::clone(&log);
        std::thread::spawn(move || {
            for line in errors.lines().map_while(Result::ok) {
                let told: Value = serde_json::from_str(&line).unwrap_or_default();
                if told["message"] == "serving" {
                    let _ = found.send(told["address"].as_str().unwrap().parse().unwrap());
                }
                let mut lines = lines.lock().unwrap();
                lines.push_str(&line);
                lines.push('\n');
            }
        });
        let address = address.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("not served: {}", log.lock().unwrap()));
        Self { child, address, folder, url: url.to_owned(), log }
    }

    /// Opens an account from the command line.
    pub fn open_account(&self, email: &str, password: &str) {
        let said = run(&self.url, &self.folder, &["user", "create", email, "Ann"], &format!("{password}\n"));
        self.log.lock().unwrap().push_str(&said);
    }

    /// Everything that was logged so far.
    pub fn log(&self) -> String {
        self.log.lock().unwrap().clone()
    }

    /// The status and text of a GET.
    pub async fn get(&self, path: &str) -> (u16, String) {
        let request = tradehall_tests::client().get(format!("http://{}{path}", self.address));
        let response = tokio::time::timeout(PATIENCE, request.send()).await.expect("no answer").unwrap();
        (response.status().as_u16(), response.text().await.unwrap())
    }

    /// Sends the committed operation `name`.
    pub async fn send(&self, token: Option<&str>, name: &str, input: Value) -> Answer {
        self.run(token, name, json!({ "input": input })).await
    }

    /// The same with any variables.
    pub async fn run(&self, token: Option<&str>, name: &str, variables: Value) -> Answer {
        let mut request = tradehall_tests::client()
            .post(format!("http://{}/graphql", self.address))
            .header("content-type", "application/json")
            .body(json!({ "query": operation(name), "variables": variables }).to_string());
        if let Some(token) = token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        let response = tokio::time::timeout(PATIENCE, request.send()).await.expect("no answer").unwrap();
        let (status, text) = (response.status().as_u16(), response.text().await.unwrap());
        Answer { status, json: serde_json::from_str(&text).unwrap_or(Value::String(text)) }
    }

    /// The token of the next mail that was not read yet.
    pub async fn mailed_token(&self) -> String {
        let begun = Instant::now();
        loop {
            let files = std::fs::read_dir(self.folder.path().join("mail")).into_iter().flatten();
            for path in
                files.map(|entry| entry.unwrap().path()).filter(|path| path.extension().is_some_and(|end| end == "eml"))
            {
                let text = std::fs::read_to_string(&path).unwrap().replace("=\r\n", "").replace("=3D", "=");
                std::fs::remove_file(path).unwrap();
                if let Some((_, rest)) = text.split_once("#token=") {
                    return rest.lines().next().unwrap().trim().to_owned();
                }
            }
            assert!(begun.elapsed() < PATIENCE, "no mail came: {}", self.log());
            tokio::time::sleep(TICK).await;
        }
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Answer {
    /// The one root field of an answer without any error.
    pub fn only(&self) -> &Value {
        assert!(self.status == 200 && self.json.get("errors").is_none(), "{} {:#}", self.status, self.json);
        let found = self.json["data"].as_object().and_then(|fields| fields.values().next()).unwrap();
        assert!(found["userErrors"].as_array().is_none_or(Vec::is_empty), "{:#}", self.json);
        found
    }

    /// The code of the first top-level error.
    pub fn error(&self) -> &str {
        self.json["errors"][0]["extensions"]["code"].as_str().unwrap_or_default()
    }
}
