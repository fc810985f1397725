//! Changing what is noted of customers.

use async_graphql::{Context, InputObject, MaybeUndefined, Object, Result};
use tradehall_domain::customer::{Customer, CustomerChange, CustomerReach};

use super::super::commands::AmendCustomer;
use super::super::types::CustomerNode;
use crate::graphql::closed::Closed;
use crate::graphql::id::GlobalId;
use crate::graphql::loader::session;
use crate::graphql::payload::payload;

payload! {
    /// What `amendCustomer` answers.
    CustomerPayload {
        /// The customer as it is now.
        customer: CustomerNode,
    }
}

/// A change of what is noted of a customer; what is left out stays, what is null goes.
#[derive(Debug, InputObject)]
pub struct AmendCustomerInput {
    /// Which customer.
    pub customer_id: GlobalId<Customer>,
    /// The version that was read, 0 while nothing was noted; a newer one refuses the change with STALE.
    pub expected_version: i64,
    /// The seller's number for it, 1 to 60 characters, unique among its customers.
    pub number: MaybeUndefined<String>,
    /// What else the seller wants to remember, up to 2000 characters.
    pub note: MaybeUndefined<String>,
    /// Which part of the goods it is shown from now on.
    pub reach: Option<Closed<CustomerReach>>,
}

/// The root fields that change customers.
#[derive(Debug, Default)]
pub struct CustomerMutation;

#[Object]
impl CustomerMutation {
    /// Notes something else of a customer of the viewer's shop. Needs CUSTOMER_MANAGE.
    async fn amend_customer(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to change.")] input: AmendCustomerInput,
    ) -> Result<CustomerPayload> {
        let command = AmendCustomer {
            customer: input.customer_id.0,
            expected_version: input.expected_version,
            change: CustomerChange {
                number: input.number.as_opt_ref().map(|number| number.cloned()),
                note: input.note.as_opt_ref().map(|note| note.cloned()),
                reach: input.reach.map(|reach| reach.0),
            },
        };
        let outcome = session(ctx)?.execute(command).await;
        session(ctx)?.answer(outcome, |(part, noted)| (CustomerNode((part, Some(noted))),))
    }
}
