//! Reading agreements.

use async_graphql::{Context, Object, Result};
use tradehall_domain::access::Permission;
use tradehall_domain::agreement::Agreement;
use tradehall_domain::problem::Code;
use tradehall_domain::side::Side;
use tradehall_persistence::agreement::{self, AgreementFilter};

use super::inputs::AgreementFilterInput;
use super::types::AgreementNode;
use crate::graphql::closed::Closed;
use crate::graphql::connection::{List, Paging};
use crate::graphql::id::GlobalId;
use crate::graphql::loader::{allowed, load_one};

/// The root fields that read agreements.
#[derive(Debug, Default)]
pub struct AgreementQuery;

#[Object]
impl AgreementQuery {
    /// One framework agreement of the viewer's organization; a draft of the other side is not there. Needs AGREEMENT_READ.
    async fn agreement(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The agreement's global id.")] id: GlobalId<Agreement>,
    ) -> Result<Option<AgreementNode>> {
        allowed(ctx, Permission::AgreementRead)?;
        load_one(ctx, id.0).await.map(AgreementNode).map(Some)
    }

    /// The framework agreements in which the viewer's organization is BUYER or SELLER, newest first. Needs AGREEMENT_READ.
    #[expect(clippy::too_many_arguments, reason = "they are the field's arguments")]
    async fn agreements(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "On which side the viewer's organization stands in them.")] side: Closed<Side>,
        #[graphql(desc = "Which of them; all when left out.")] filter: Option<AgreementFilterInput>,
        #[graphql(desc = "That many from the start, or from `after` on; 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "Continue after this cursor.")] after: Option<String>,
        #[graphql(desc = "That many from the end, or up to `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "End before this cursor.")] before: Option<String>,
    ) -> Result<List<AgreementNode>> {
        let session = allowed(ctx, Permission::AgreementRead)?;
        let party = session.actor().organization.ok_or_else(|| session.fail(Code::NoOrganization.into()))?;
        let filter = filter.unwrap_or_default();
        let filter = AgreementFilter {
            party,
            side: side.0,
            status: filter.status.map(|status| status.0),
            counterparty: filter.counterparty_id.map(|id| id.0),
        };
        let fetch = async |page: &_| Ok(agreement::list(&*session.reading().await?, &filter, page).await?);
        session.list(Paging::of(first, after, last, before), fetch, agreement::cursor, AgreementNode).await
    }
}
