//! Clients that are known by a credential, as they are over HTTP, and the mails that people get.

use std::fs;
use std::net::IpAddr;

use serde_json::{Value, json};
use tradehall::app::{AuthError, RequestMeta, Session};
use tradehall::graphql::Schema;
use tradehall::identity::authenticate;
use tradehall::mail::deliver;

use crate::operation::operation;
use crate::person::execute;
use crate::{Answer, World};

/// Somebody who sends requests with an `Authorization` header.
#[derive(Clone)]
pub struct Client {
    world: World,
    /// The header, if one is sent.
    pub authorization: Option<String>,
    /// The network address that the requests come from.
    pub remote: Option<IpAddr>,
}

impl World {
    /// A client without a credential.
    pub fn client(&self) -> Client {
        Client { world: self.clone(), authorization: None, remote: None }
    }

    /// Has the waiting mails sent and answers those to `address` that were never read, oldest first, as their whole text.
    pub async fn mails(&self, address: &str) -> Vec<String> {
        while deliver(&self.app).await.unwrap() > 0 {}
        let mut files: Vec<_> = fs::read_dir(self.mail.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
        // Names are version 7 UUIDs, which sort by time.
        files.sort();
        let read = |path: &std::path::PathBuf| {
            let text = fs::read_to_string(path).unwrap();
            let is_theirs = text.contains(&format!("To: {address}\r\n"));
            is_theirs.then(|| {
                fs::remove_file(path).unwrap();
                text
            })
        };
        files.iter().filter_map(read).collect()
    }

    /// The token in the one mail that `address` got.
    ///
    /// # Panics
    ///
    /// When there is not exactly one, or it holds no token.
    pub async fn mailed_token(&self, address: &str) -> String {
        let mails = self.mails(address).await;
        let [mail] = mails.as_slice() else { panic!("{} mails to {address}", mails.len()) };
        // A mail with letters beyond ASCII travels as quoted-printable (RFC 2045 §6.7).
        let mail = mail.replace("=\r\n", "").replace("=3D", "=");
        let (_, rest) = mail.split_once("#token=").unwrap_or_else(|| panic!("no token in {mail}"));
        rest.lines().next().unwrap().trim().to_owned()
    }
}

impl Client {
    /// The same client with a bearer token.
    pub fn bearing(&self, token: &Value) -> Self {
        let token = token.as_str().unwrap_or_else(|| panic!("{token} is no token"));
        Self { authorization: Some(format!("Bearer {token}")), ..self.clone() }
    }

    /// The same client at another network address.
    pub fn at(&self, remote: &str) -> Self {
        Self { remote: Some(remote.parse().unwrap()), ..self.clone() }
    }

    pub(crate) fn schema(&self) -> &Schema {
        &self.world.schema
    }

    /// Who the market takes them for.
    pub async fn session(&self) -> Result<Session, AuthError> {
        let meta = RequestMeta { request_id: "test".to_owned(), remote: self.remote, ..RequestMeta::default() };
        authenticate(&self.world.app, self.authorization.as_deref(), meta).await
    }

    /// Why the market does not take their credential.
    pub async fn refused(&self) -> AuthError {
        self.session().await.expect_err("the credential is not accepted")
    }

    /// Sends the committed operation `name`.
    pub async fn run(&self, name: &str, variables: Value) -> Answer {
        self.ask(operation(name), variables).await
    }

    /// Sends the committed operation `name`, whose one variable is `input`.
    pub async fn send(&self, name: &str, input: Value) -> Answer {
        self.run(name, json!({ "input": input })).await
    }

    /// Sends a document.
    pub async fn ask(&self, document: &str, variables: Value) -> Answer {
        let session = self.session().await.expect("the credential is accepted");
        execute(&self.world.schema, session, document, variables).await
    }
}
