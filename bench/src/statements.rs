//! How many statements a request sends, counted by the meter that every request has.

use std::path::Path;

use async_graphql::{Request, Response, Variables};
use serde_json::Value;
use tradehall::app::{App, RequestMeta, Session};
use tradehall::graphql::batching::batched;
use tradehall::graphql::loader::loaders;
use tradehall::graphql::{Schema, document};
use tradehall_domain::access::{Actor, Principal, SystemRole};
use tradehall_domain::id::Id;
use tradehall_domain::organization::{Capabilities, CapabilityStatus::Granted, Entitlement, Verification};

use crate::market::{Kind, id};
use crate::outcome::Outcome;
use crate::work::{Caller, Work};

/// A market inside this process, without the transport.
pub struct Inside {
    app: App,
    schema: Schema,
}

/// Statements of one request.
#[derive(Debug, Clone, Copy, serde::Serialize)]
pub struct Statements {
    /// Those that read or wrote data.
    pub data: u32,
    /// Those that opened, scoped and closed transactions.
    pub frames: u32,
}

impl Inside {
    /// The market on the database at that URL, searched in the index of that directory.
    pub async fn open(database: &str, search: Option<&Path>) -> Outcome<Self> {
        Ok(Self { app: crate::market::connect(database, search).await?, schema: tradehall::graphql::build() })
    }

    /// Executes `work` once as number `number`.
    pub async fn once(&self, work: &Work, document: &document::Document, number: u64) -> Outcome<Statements> {
        let session = Session::new(self.app.clone(), actor(work.caller), RequestMeta::default(), None);
        let variables = Variables::from_json((work.variables)(number));
        let mut request =
            Request::new(String::new()).variables(variables).data(loaders(session.clone())).data(session.clone());
        request.set_parsed_query(document.to_executable());
        let response: Response = batched(self.schema.execute(request)).await;
        crate::load::check(Value::to_string(&serde_json::to_value(&response)?).as_bytes())?;
        let meter = session.meter();
        Ok(Statements { data: meter.statements(), frames: meter.frames() })
    }
}

/// The document of `work`, parsed.
pub fn parse(work: &Work) -> Outcome<document::Document> {
    Ok(document::Document::parse(work.document, &tradehall::graphql::limits::Limits::default())?)
}

fn actor(caller: Caller) -> Actor {
    match caller {
        Caller::Nobody => Actor::ANONYMOUS,
        Caller::Owner(number) => Actor {
            principal: Principal::User(Id::new()),
            organization: Some(id(Kind::Organization, number)),
            entitlement: Entitlement {
                capabilities: Capabilities { buyer: Some(Granted), seller: Some(Granted), operator: None },
                verification: Verification::Verified,
            },
            permissions: SystemRole::Owner.permissions(),
            task: None,
        },
    }
}
