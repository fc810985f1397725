//! A market that keeps files in a folder of its own and serves them on a real socket.

use std::path::Path;
use std::time::Duration;

use actix_web::dev::ServerHandle;
use actix_web::middleware::Compress;
use actix_web::{App as Web, HttpServer, web};
use serde_json::Value;
use tradehall::app::App;
use tradehall::attachment::{FileSettings, Files, routes};
use tradehall_tests::{Person, World, json};

/// The shortest file that begins as a PDF does.
pub const PDF: &[u8] = b"%PDF-1.7\n%%EOF\n";

/// A market on a real socket.
pub struct Market {
    /// The market's people and clock.
    pub world: World,
    /// Where it listens: `127.0.0.1` and a port.
    pub address: String,
    folder: tempfile::TempDir,
    server: ServerHandle,
}

/// What the server answered.
#[derive(Debug)]
pub struct Reply {
    /// The status.
    pub status: u16,
    /// The body.
    pub body: Vec<u8>,
    headers: reqwest::header::HeaderMap,
}

impl Market {
    /// With the usual limits.
    pub async fn open(world: World) -> Self {
        Self::open_with(world, FileSettings::default()).await
    }

    /// With limits of the test's own.
    pub async fn open_with(world: World, settings: FileSettings) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let files = Files::open(&format!("file://{}", folder.path().display()), settings).unwrap();
        let world = world.keeping(files);
        let app = web::Data::new(world.app.clone());
        let server =
            HttpServer::new(move || Web::new().app_data(app.clone()).configure(routes).wrap(Compress::default()))
                .workers(2)
                .disable_signals()
                .client_disconnect_timeout(Duration::from_millis(100))
                .bind(("127.0.0.1", 0))
                .unwrap();
        let address = server.addrs()[0].to_string();
        let running = server.run();
        let server = running.handle();
        tokio::spawn(running);
        Self { world, address, folder, server }
    }

    /// Sends a request whole.
    pub async fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Vec<u8>) -> Reply {
        let url = format!("http://{}{path}", self.address);
        let mut request = tradehall_tests::client().request(method.parse().unwrap(), url).body(body);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Reply { status, headers, body: response.bytes().await.unwrap().to_vec() }
    }

    /// Sends a file to an upload's link.
    pub async fn put(&self, path: &str, body: &[u8]) -> Reply {
        self.send("PUT", path, &[], body.to_vec()).await
    }

    /// Reads a file.
    pub async fn get(&self, path: &str, headers: &[(&str, &str)]) -> Reply {
        self.send("GET", path, headers, Vec::new()).await
    }

    /// Asks for an upload and answers its link.
    pub async fn ask(&self, person: &Person, name: &str, media_type: &str, size: usize) -> String {
        let input = json!({ "input": { "fileName": name, "mediaType": media_type, "size": size } });
        let answer = person.run("requestUpload", input).await.only();
        answer["upload"]["url"].as_str().unwrap().to_owned()
    }

    /// Uploads a file and answers its global id.
    pub async fn upload(&self, person: &Person, name: &str, media_type: &str, body: &[u8]) -> Value {
        let link = self.ask(person, name, media_type, body.len()).await;
        let reply = self.put(&link, body).await;
        assert_eq!(reply.status, 201, "{reply:?}");
        reply.json()["attachmentId"].clone()
    }

    /// A link to read the file of that global id.
    pub async fn link(&self, person: &Person, id: &Value) -> String {
        let file = person.run("attachment", json!({ "id": id })).await.only();
        file["url"].as_str().unwrap().to_owned()
    }

    /// How many files lie in the folder, whatever their names.
    pub fn kept(&self) -> usize {
        count(self.folder.path())
    }
}

impl Drop for Market {
    fn drop(&mut self) {
        drop(self.server.stop(false));
    }
}

impl Reply {
    /// The header, or nothing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    /// The status and the code of a refusal.
    pub fn refusal(&self) -> (u16, String) {
        assert_eq!(self.header("content-type"), "application/problem+json", "{self:?}");
        let body = self.json();
        assert_eq!(body["status"], self.status);
        (self.status, body["code"].as_str().unwrap().to_owned())
    }
}

fn count(folder: &Path) -> usize {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.map(|path| if path.is_dir() { count(&path) } else { 1 }).sum()
}
