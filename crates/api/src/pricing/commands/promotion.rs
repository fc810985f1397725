//! What can be done to promotions.

use tradehall_domain::access::Permission;
use tradehall_domain::catalog::{CategoryId, ProductId};
use tradehall_domain::organization::{Capability, OrganizationId};
use tradehall_domain::pricing::{Promotion, PromotionChange, PromotionDraft, PromotionId, PromotionTarget, StatusStep};
use tradehall_persistence::catalog::{category, product};
use tradehall_persistence::{Tx, pricing};
use uuid::Uuid;

use super::Beneficiary;
use crate::app::{Command, Error, IdempotencyKey, Repeatable, acting_as, check_version};

/// Makes a promotion, at first as a draft.
#[derive(Debug)]
pub struct CreatePromotion {
    /// What it is to be; its rank and group are looked up.
    pub draft: PromotionDraft,
    /// For whom it is.
    pub beneficiary: Beneficiary,
    /// Makes a retry harmless.
    pub key: Option<IdempotencyKey>,
}

impl Command for CreatePromotion {
    const PERMISSION: Permission = Permission::PriceManage;
    type Output = Promotion;

    async fn run(self, tx: &mut Tx) -> Result<Promotion, Error> {
        let seller = acting_as(tx, Capability::Seller)?;
        let (rank, group) = self.beneficiary.group(tx, seller).await?;
        let draft = PromotionDraft { rank, group, ..self.draft };
        let (promotion, event) = Promotion::open(&draft, seller, tx.now())?;
        match &promotion.target {
            PromotionTarget::Category(ids) => check_categories(tx, seller, ids).await?,
            PromotionTarget::Products(ids) => check_products(tx, seller, ids).await?,
            PromotionTarget::All | PromotionTarget::Brand(_) => {}
        }
        pricing::insert_promotion(tx, &promotion, &event)?;
        Ok(promotion)
    }
}

async fn check_categories(tx: &Tx, seller: OrganizationId, ids: &[CategoryId]) -> Result<(), Error> {
    let found = category::load_many(tx, ids).await?;
    let own = found.iter().filter(|category| category.owner == seller).count();
    if own == ids.len() { Ok(()) } else { Err(Error::NotFound.at("categoryIds")) }
}

async fn check_products(tx: &Tx, seller: OrganizationId, ids: &[ProductId]) -> Result<(), Error> {
    let found = product::load_many(tx, ids).await?;
    let own = found.iter().filter(|product| product.owner == seller).count();
    if own == ids.len() { Ok(()) } else { Err(Error::NotFound.at("productIds")) }
}

impl Repeatable for CreatePromotion {
    const NAME: &'static str = "createPromotion";

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn receipt(promotion: &Promotion) -> Vec<Uuid> {
        vec![promotion.id.uuid()]
    }

    async fn recall(tx: &Tx, made: &[Uuid]) -> Result<Promotion, Error> {
        let id = made.first().copied().map(PromotionId::from_uuid).ok_or(Error::NotFound)?;
        Ok(pricing::load_promotion(tx, id).await?)
    }
}

/// Changes what a promotion is called, takes off, and when.
#[derive(Debug)]
pub struct RevisePromotion {
    /// Which promotion.
    pub promotion: PromotionId,
    /// The version that the change was made against.
    pub expected_version: i64,
    /// What is to change.
    pub change: PromotionChange,
}

impl Command for RevisePromotion {
    const PERMISSION: Permission = Permission::PriceManage;
    type Output = Promotion;

    async fn run(self, tx: &mut Tx) -> Result<Promotion, Error> {
        let mut promotion = pricing::lock_promotion(tx, self.promotion).await?;
        check_version(promotion.version, self.expected_version)?;
        if let Some(event) = promotion.revise(&self.change, tx.now())? {
            pricing::save_promotion(tx, &mut promotion, &event).await?;
        }
        Ok(promotion)
    }
}

/// Puts a promotion in force, stops it, takes it up again or ends it.
#[derive(Debug)]
pub struct StepPromotion {
    /// Which promotion.
    pub promotion: PromotionId,
    /// What to do.
    pub step: StatusStep,
}

impl Command for StepPromotion {
    const PERMISSION: Permission = Permission::PriceManage;
    type Output = Promotion;

    async fn run(self, tx: &mut Tx) -> Result<Promotion, Error> {
        let mut promotion = pricing::lock_promotion(tx, self.promotion).await?;
        let event = promotion.step(self.step, tx.now())?;
        pricing::save_promotion(tx, &mut promotion, &event).await?;
        Ok(promotion)
    }
}
