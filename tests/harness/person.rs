//! People who ask.

use async_graphql::{Request, Variables};
use serde_json::Value;
use tradehall::app::{RequestMeta, Session};
use tradehall::graphql::Schema;
use tradehall::graphql::answer_budget::AnswerBudget;
use tradehall::graphql::batching::batched;
use tradehall::graphql::document::Document;
use tradehall::graphql::limits::Limits;
use tradehall::graphql::loader::loaders;
use tradehall_domain::access::Actor;
use tradehall_domain::language::Language;
use tradehall_domain::organization::OrganizationId;

use crate::live;
use crate::operation::operation;

/// Somebody who sends requests to one market.
#[derive(Clone)]
pub struct Person {
    pub(crate) app: tradehall::app::App,
    pub(crate) schema: Schema,
    /// Who they are to the market.
    pub actor: Actor,
    /// The language they are answered in.
    pub language: Language,
}

/// What the market answered, and what that cost.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The whole response as JSON.
    pub json: Value,
    /// How many data statements were sent.
    pub statements: u32,
}

impl Person {
    /// The organization they act for.
    pub fn organization(&self) -> OrganizationId {
        self.actor.organization.expect("this person acts for an organization")
    }

    /// A request of theirs.
    pub fn session(&self) -> Session {
        let meta = RequestMeta { request_id: "test".to_owned(), language: self.language, remote: None };
        Session::new(self.app.clone(), self.actor, meta, None)
    }

    /// Sends the committed operation `name`.
    pub async fn run(&self, name: &str, variables: Value) -> Answer {
        self.ask(operation(name), variables).await
    }

    /// Sends a document.
    pub async fn ask(&self, document: &str, variables: Value) -> Answer {
        execute(&self.schema, self.session(), document, variables).await
    }
}

/// What `session` gets for a document; for a subscription its first result, or nothing as soon as it listens.
pub(crate) async fn execute(schema: &Schema, session: Session, document: &str, variables: Value) -> Answer {
    let variables = Variables::from_json(variables);
    let limits = Limits::default();
    // A document that is refused before it runs is none of ours: the transport's tests send those.
    let parsed = Document::parse(document, &limits).ok();
    let estimate = parsed.as_ref().and_then(|parsed| Some(parsed.operation(None)?.estimate(&variables)));
    let budget = AnswerBudget::new(limits.answer_values, estimate.map_or(1, |estimate| estimate.scalars));
    let request =
        Request::new(document).variables(variables).data(budget).data(loaders(session.clone())).data(session.clone());
    let response = if document.trim_start().starts_with("subscription") {
        live::first(schema.execute_stream(request), session.app()).await
    } else {
        batched(schema.execute(request)).await
    };
    Answer { json: serde_json::to_value(&response).unwrap(), statements: session.meter().statements() }
}

impl Answer {
    /// The data of an answer without any error; the path leads into it.
    ///
    /// # Panics
    ///
    /// When there is an error at top level or in `userErrors`.
    pub fn ok(self) -> Value {
        assert!(self.json.get("errors").is_none(), "{:#}", self.json);
        let data = self.json.get("data").cloned().unwrap_or_default();
        for field in data.as_object().into_iter().flat_map(|fields| fields.values()) {
            if let Some(errors) = field.get("userErrors").and_then(Value::as_array) {
                assert!(errors.is_empty(), "{:#}", self.json);
            }
        }
        data
    }

    /// The one root field of an answer without any error.
    ///
    /// # Panics
    ///
    /// As [`Answer::ok`].
    pub fn only(self) -> Value {
        let data = self.ok();
        let mut fields = data.as_object().cloned().unwrap_or_default().into_iter();
        fields.next().map(|(_, value)| value).unwrap_or_default()
    }

    /// The codes of all user errors, each with its path joined by points.
    pub fn refusals(&self) -> Vec<(String, String)> {
        let data = self.json.get("data").and_then(Value::as_object).cloned().unwrap_or_default();
        let errors = data.values().filter_map(|field| field.get("userErrors").and_then(Value::as_array)).flatten();
        errors
            .map(|error| {
                let path: Vec<_> = error["path"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
                (error["code"].as_str().unwrap_or_default().to_owned(), path.join("."))
            })
            .collect()
    }

    /// The code of the first user error.
    ///
    /// # Panics
    ///
    /// When there is none.
    pub fn refusal(&self) -> String {
        self.refusals().first().unwrap_or_else(|| panic!("not refused: {:#}", self.json)).0.clone()
    }

    /// The code of the first top-level error.
    ///
    /// # Panics
    ///
    /// When there is none.
    pub fn error(&self) -> String {
        let code = &self.json["errors"][0]["extensions"]["code"];
        code.as_str().unwrap_or_else(|| panic!("no error: {:#}", self.json)).to_owned()
    }
}
