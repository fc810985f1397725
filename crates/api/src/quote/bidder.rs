//! The viewer before a request: what it is told that it can do goes by the rule that refuses the commands.

use async_graphql::{Context, Result};
use tradehall_domain::problem::{Code, Problem};
use tradehall_domain::rfq::{Bidder, Invitation, Rfq};

use crate::graphql::loader::{load_maybe, session};
use crate::venue::SellsIn;

/// Whether the viewer's organization, whose invitation is `invitation`, can quote on `rfq` just now; why not is the inner answer.
///
/// # Errors
/// That the database is away.
pub async fn may_quote(ctx: &Context<'_>, rfq: &Rfq, invitation: Option<&Invitation>) -> Result<Result<(), Problem>> {
    let session = session(ctx)?;
    let Some(seller) = session.actor().organization else { return Ok(Err(Code::NoOrganization.into())) };
    let standing = load_maybe(ctx, SellsIn(rfq.venue)).await?;
    Ok(rfq.lets_quote(&Bidder::of(seller, invitation, standing.as_ref()), session.app().store().now()))
}
