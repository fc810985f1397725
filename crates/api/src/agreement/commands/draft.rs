//! Writing a first version, which only its drafter sees.

use tradehall_domain::access::Permission;
use tradehall_domain::agreement::{Agreement, AgreementDraft, AgreementId, Parties};
use tradehall_domain::customer::CustomerId;
use tradehall_domain::organization::{Capability, OrganizationId};
use tradehall_domain::problem::{Code, Problem};
use tradehall_domain::side::Side;
use tradehall_domain::venue::ParticipationId;
use tradehall_persistence::{Tx, agreement, venue};
use uuid::Uuid;

use super::{content, held_to_trade};
use crate::app::{Command, Error, IdempotencyKey, Repeatable, acting_as, check_version};

/// With whom an agreement is negotiated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Partner {
    /// The actor buys from this organization, whose customer it is.
    Seller(OrganizationId),
    /// The actor sells to this customer of its shop.
    Customer(CustomerId),
}

/// Drafts an agreement.
#[derive(Debug)]
pub struct DraftAgreement {
    /// With whom.
    pub partner: Partner,
    /// Its content.
    pub draft: AgreementDraft,
    /// Makes a retry harmless.
    pub key: Option<IdempotencyKey>,
}

impl Command for DraftAgreement {
    const PERMISSION: Permission = Permission::AgreementManage;
    type Output = Agreement;

    async fn run(self, tx: &mut Tx) -> Result<Agreement, Error> {
        let (parties, side) = self.partner.meet(tx).await?;
        let content = content(tx, &self.draft, parties.seller).await?;
        let (agreement, version, event) = Agreement::draft(parties, side, content, tx.now())?;
        agreement::insert(tx, &agreement, &version, &event)?;
        Ok(agreement)
    }
}

impl Repeatable for DraftAgreement {
    const NAME: &'static str = "draftAgreement";

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn receipt(output: &Agreement) -> Vec<Uuid> {
        vec![output.id.uuid()]
    }

    async fn recall(tx: &Tx, made: &[Uuid]) -> Result<Agreement, Error> {
        let id = made.first().copied().map(AgreementId::from_uuid).ok_or(Error::NotFound)?;
        Ok(agreement::load(tx, id).await?)
    }
}

impl Partner {
    /// The two sides, and on which the actor stands.
    async fn meet(self, tx: &Tx) -> Result<(Parties, Side), Error> {
        let refused = |code: Code, field: &str| Error::from(Problem::new(code).at(field).at("partner"));
        match self {
            Self::Seller(seller) => {
                let buyer = acting_as(tx, Capability::Buyer)?;
                let shop = venue::shop_of(tx, seller).await?.ok_or_else(|| refused(Code::NotFound, "sellerId"))?;
                let part = venue::participation(tx, shop.id, buyer, Side::Buyer).await?;
                if !part.is_some_and(|part| part.is_active()) {
                    return Err(refused(Code::NotInVenue, "sellerId"));
                }
                Ok((Parties { buyer, seller, venue: shop.id }, Side::Buyer))
            }
            Self::Customer(customer) => {
                let seller = acting_as(tx, Capability::Seller)?;
                let shop = venue::shop_of(tx, seller).await?.ok_or(Code::NoShop)?;
                let part = ParticipationId::from_uuid(customer.uuid());
                let part = venue::participations_by_id(tx, &[part]).await?.pop();
                let part = part.filter(|part| part.venue == shop.id && part.side == Side::Buyer);
                let part = part.ok_or_else(|| refused(Code::NotFound, "customerId"))?;
                if !part.is_active() {
                    return Err(refused(Code::NotApproved, "customerId"));
                }
                Ok((Parties { buyer: part.organization, seller, venue: shop.id }, Side::Seller))
            }
        }
    }
}

/// Rewrites a draft.
#[derive(Debug)]
pub struct ReviseAgreementDraft {
    /// Which agreement.
    pub agreement: AgreementId,
    /// The version that the change was made against.
    pub expected_version: i64,
    /// Its new content.
    pub draft: AgreementDraft,
}

impl Command for ReviseAgreementDraft {
    const PERMISSION: Permission = Permission::AgreementManage;
    type Output = Agreement;

    async fn run(self, tx: &mut Tx) -> Result<Agreement, Error> {
        let (mut agreement, by) = held_to_trade(tx, self.agreement).await?;
        check_version(agreement.version, self.expected_version)?;
        agreement.is_drafted_by(by, tx.now())?;
        let content = content(tx, &self.draft, agreement.seller).await?;
        let mut version = agreement::current_version(tx, &agreement).await?;
        let event = agreement.revise(by, &mut version, content, tx.now())?;
        agreement::save_version(tx, &mut version)?;
        agreement::save(tx, &mut agreement, &[event])?;
        Ok(agreement)
    }
}
