//! What can be done to requests and invitations.

mod award;
mod draft;
mod invite;
mod step;

pub use award::{AwardRfq, Choice};
pub use draft::{AmendRfq, CopyRfq, DraftRfq};
pub use invite::{AnswerInvitation, InvitationAnswer, InviteSuppliers};
pub use step::{CancelRfq, CloseRfq, DeclineAllQuotes, EvaluateRfq, ExtendRfq, LapseRfq, OpenRfq, PublishRfq};

use tradehall_domain::attachment::Visibility;
use tradehall_domain::organization::OrganizationId;
use tradehall_domain::rfq::{Rfq, RfqAudience, RfqId};
use tradehall_domain::side::{As, Buyer};
use tradehall_persistence::{Tx, rfq};

use crate::app::{Error, organization_of};

/// Who sees the files of a published request for which `sellers` are asked: whoever sees the request.
fn shown_with(rfq: &Rfq, sellers: Vec<OrganizationId>) -> Visibility {
    match rfq.audience {
        RfqAudience::Public => Visibility::Everyone,
        RfqAudience::Invited => Visibility::Organizations(sellers),
    }
}

/// A request in its buyer's hands, locked.
async fn own(tx: &mut Tx, id: RfqId) -> Result<As<Buyer, Rfq>, Error> {
    let organization = organization_of(tx)?;
    let rfq = rfq::lock(tx, id).await?;
    Ok(As::claim(rfq, Some(organization))?)
}
