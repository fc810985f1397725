//! Subscriptions that people hold open.

use std::time::Duration;

use async_graphql::{Request, Response, Variables};
use futures_util::{Stream, StreamExt as _};
use serde_json::Value;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};
use tradehall::app::{App, Session};
use tradehall::graphql::Schema;
use tradehall::graphql::loader::loaders;

use crate::operation::operation;
use crate::{Client, Person};

/// Longer than anything here takes: what is waited for so long will not come.
const PATIENCE: Duration = Duration::from_secs(30);

/// An open subscription; dropping it ends it.
pub struct Live {
    results: UnboundedReceiver<Value>,
    task: JoinHandle<()>,
}

/// How often to look whether something has come about.
const TICK: Duration = Duration::from_millis(1);

/// Returns when more than `before` subscriptions listen.
async fn listens(app: &App, before: usize) {
    while app.feed().subscribers() <= before {
        sleep(TICK).await;
    }
}

/// The first result of a subscription, or an empty one as soon as it listens.
pub(crate) async fn first(mut results: impl Stream<Item = Response> + Unpin, app: &App) -> Response {
    let before = app.feed().subscribers();
    tokio::select! {
        result = results.next() => result.unwrap_or_default(),
        () = listens(app, before) => Response::default(),
    }
}

impl Person {
    /// Subscribes by the committed operation `name`, and returns when the subscription listens or has ended by itself.
    pub async fn subscribe(&self, name: &str, variables: Value) -> Live {
        self.listen(operation(name), variables).await
    }

    /// The same by a document.
    pub async fn listen(&self, document: &str, variables: Value) -> Live {
        Live::open(&self.schema, self.session(), document, variables).await
    }
}

impl Client {
    /// The same for whoever the credential belongs to.
    pub async fn subscribe(&self, name: &str, variables: Value) -> Live {
        let session = self.session().await.expect("the credential is accepted");
        Live::open(self.schema(), session, operation(name), variables).await
    }
}

impl Live {
    async fn open(schema: &Schema, session: Session, document: &str, variables: Value) -> Self {
        let app = session.app().clone();
        let request = Request::new(document)
            .variables(Variables::from_json(variables))
            .data(loaders(session.clone()))
            .data(session);
        let mut stream = schema.execute_stream(request);
        let (sender, results) = unbounded_channel();
        let before = app.feed().subscribers();
        let task = tokio::spawn(async move {
            while let Some(response) = stream.next().await {
                if sender.send(serde_json::to_value(&response).unwrap()).is_err() {
                    return;
                }
            }
        });
        let listening = async {
            tokio::select! {
                () = listens(&app, before) => {}
                () = async { while !task.is_finished() { sleep(TICK).await } } => {}
            }
        };
        timeout(PATIENCE, listening).await.expect("the subscription never listened");
        Self { results, task }
    }

    /// The next result; none when the subscription has ended.
    pub async fn result(&mut self) -> Option<Value> {
        timeout(PATIENCE, self.results.recv()).await.expect("nothing more is told")
    }

    /// What was told already and not taken; nothing when it has been silent.
    pub fn told(&mut self) -> Option<Value> {
        self.results.try_recv().ok()
    }

    /// The next notice: the one root field of a result without errors.
    pub async fn next(&mut self) -> Value {
        let result = self.result().await.expect("the subscription has ended");
        assert!(result.get("errors").is_none(), "{result:#}");
        result["data"].as_object().unwrap().values().next().unwrap().clone()
    }

    /// The kind of the next event.
    pub async fn kind(&mut self) -> String {
        self.next().await["event"]["kind"].as_str().unwrap().to_owned()
    }

    /// The code of the error with which it ends.
    pub async fn error(&mut self) -> String {
        let result = self.result().await.expect("the subscription has ended without an error");
        let code = result["errors"][0]["extensions"]["code"].as_str();
        let code = code.unwrap_or_else(|| panic!("no error: {result:#}")).to_owned();
        assert_eq!(self.result().await, None, "nothing follows an error");
        code
    }

    /// Ends it, and returns when it is over.
    pub async fn end(mut self) {
        self.task.abort();
        // Aborted or done: over.
        let _ = (&mut self.task).await;
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        self.task.abort();
    }
}
