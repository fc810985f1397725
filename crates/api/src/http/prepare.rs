//! From parameters to an operation that may be executed, and what it costs.

use std::sync::Arc;

use async_graphql::{Request, parser::types::OperationType};

use super::{
    application::{Application, Caller as _},
    gateway::Gateway,
    params::Params,
    rate::Allowance,
    record::Record,
    refusal::Refusal,
};
use crate::app::ErrorCode;
use crate::graphql::{answer_budget::AnswerBudget, document::Document, guard::Estimate, shape::Shape};

/// An operation within all limits, not validated against the schema.
pub(super) struct Prepared {
    /// For the executor; its data is still empty.
    pub(super) request: Request,
    pub(super) kind: OperationType,
    pub(super) document: Arc<Document>,
    /// Whether it need not be validated again, see [`Operation::is_plain`](crate::graphql::document::Operation::is_plain).
    pub(super) plain: bool,
    /// Of its answer.
    pub(super) shape: Shape,
    /// In points, see [`crate::graphql::guard::estimate`].
    pub(super) cost: u64,
    /// What its answer may hold.
    pub(super) budget: AnswerBudget,
    /// What the caller has left after it; `None` when callers are unlimited.
    pub(super) allowance: Option<Allowance>,
}

/// What a request costs that is refused before its own cost is known.
const REFUSAL_POINTS: u64 = 1;

impl<A: Application> Gateway<A> {
    /// Finds, checks and charges the operation. `allow` says which kinds the carrier can carry.
    pub(super) fn prepare(
        &self,
        params: Params,
        session: &A::Session,
        record: &mut Record,
        allow: impl FnOnce(OperationType) -> Result<(), Refusal>,
    ) -> Result<Prepared, Refusal> {
        let prepared = self.check(params, session, record).and_then(|prepared| allow(prepared.kind).map(|()| prepared));
        let points = prepared.as_ref().map_or(REFUSAL_POINTS, |prepared| prepared.cost);
        let allowance = match &self.budget {
            Some(budget) => Some(budget.charge(session.rate_key(), points)?),
            None => None,
        };
        prepared.map(|prepared| Prepared { allowance, ..prepared })
    }

    fn check(&self, mut params: Params, session: &A::Session, record: &mut Record) -> Result<Prepared, Refusal> {
        let settings = self.settings();
        let document = self.document(&params)?;
        if document.introspects() && !settings.introspection {
            return Err(Refusal::unprocessable(
                ErrorCode::IntrospectionDisabled,
                "Introspection is switched off here.",
            ));
        }
        let variables = params.take_variables();
        let operation = document.operation(params.operation_name()).ok_or_else(|| {
            Refusal::unprocessable(
                ErrorCode::OperationResolutionFailure,
                match params.operation_name() {
                    Some(name) => format!("The document has no operation named \"{name}\"."),
                    None => "The document has several operations: say which by `operationName`.".to_owned(),
                },
            )
        })?;
        let kind = operation.kind();
        let Estimate { cost, scalars } = operation.estimate(&variables);
        record.operation(kind.into(), operation.name, cost);
        if let Some((name, ty)) = operation.missing_variables(&variables).next() {
            let message = format!("The variable \"${name}\" of type \"{ty}\" has no value.");
            return Err(Refusal::unprocessable(ErrorCode::BadUserInput, message));
        }
        let maximum = if session.is_visitor() { settings.limits.visitor_cost } else { settings.limits.cost };
        if cost > maximum {
            let message = format!("The operation costs {cost} points, at most {maximum} are allowed.");
            return Err(Refusal::unprocessable(ErrorCode::QueryTooComplex, message)
                .detail("cost", cost)
                .detail("maximum", maximum));
        }
        let (plain, shape) = (operation.is_plain(), operation.shape());
        let mut request = Request::new(String::new()).variables(variables);
        request.operation_name = operation.name.map(str::to_owned);
        request.set_parsed_query(document.to_executable());
        let budget = AnswerBudget::new(settings.limits.answer_values, scalars);
        Ok(Prepared { request, kind, document, plain, shape, cost, budget, allowance: None })
    }
}
