//! Subscriptions that people hold open.

use std::time::Duration;

use async_graphql::{Request, Variables};
use futures_util::StreamExt as _;
use serde_json::Value;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};
use tradehall::app::Session;
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

impl Person {
    /// Subscribes by the committed operation `name`, and returns when the subscription listens or has ended by itself.
    pub async fn subscribe(&self, name: &str, variables: Value) -> Live {
        Live::open(&self.schema, self.session(), name, variables).await
    }
}

impl Client {
    /// The same for whoever the credential belongs to.
    pub async fn subscribe(&self, name: &str, variables: Value) -> Live {
        Live::open(self.schema(), self.session().await.expect("the credential is accepted"), name, variables).await
    }
}

impl Live {
    async fn open(schema: &Schema, session: Session, name: &str, variables: Value) -> Self {
        let app = session.app().clone();
        let request = Request::new(operation(name))
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
            while app.feed().subscribers() <= before && !task.is_finished() {
                sleep(Duration::from_millis(1)).await;
            }
        };
        timeout(PATIENCE, listening).await.expect("the subscription never listened");
        Self { results, task }
    }

    /// The next result; none when the subscription has ended.
    pub async fn result(&mut self) -> Option<Value> {
        timeout(PATIENCE, self.results.recv()).await.expect("nothing more is told")
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
