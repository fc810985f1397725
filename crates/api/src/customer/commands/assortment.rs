//! What can be done to assortments.

use std::collections::HashSet;

use tradehall_domain::access::Permission;
use tradehall_domain::catalog::{CategoryId, ProductId};
use tradehall_domain::customer::{
    ASSORTMENTS_MAX, Assortment, AssortmentDraft, AssortmentEvent, AssortmentGrant, AssortmentId, GRANTS_MAX,
    GrantEffect, Grantee,
};
use tradehall_domain::id::Id;
use tradehall_domain::organization::OrganizationId;
use tradehall_domain::problem::{Code, Problem};
use tradehall_persistence::catalog::{category, product};
use tradehall_persistence::customer::{assortment, segment, showing, sorting};
use tradehall_persistence::{Turn, Tx};
use uuid::Uuid;

use super::customers;
use crate::app::{Command, Error, IdempotencyKey, Repeatable, check_version, organization_of};

/// How many products one request lists in an assortment or takes off its list.
pub const PRODUCTS_MAX: usize = 1_000;

/// Makes an assortment in the actor's organization.
#[derive(Debug)]
pub struct DefineAssortment {
    /// What it is.
    pub draft: AssortmentDraft,
    /// Makes a retry harmless.
    pub key: Option<IdempotencyKey>,
}

impl Command for DefineAssortment {
    const PERMISSION: Permission = Permission::CustomerManage;
    type Output = Assortment;

    async fn run(self, tx: &mut Tx) -> Result<Assortment, Error> {
        let seller = organization_of(tx)?;
        let (made, event) = Assortment::open(&self.draft, seller, tx.now())?;
        let turn = Turn::take(tx, seller).await?;
        check_categories(tx, seller, &made.rule.categories).await?;
        if assortment::all(tx, seller).await?.len() >= ASSORTMENTS_MAX {
            return Err(Problem::new(Code::TooMany).with("max", ASSORTMENTS_MAX).into());
        }
        assortment::insert(tx, &made, &event)?;
        if !made.rule.is_empty() {
            sorting::sort(tx, &turn, None).await?;
        }
        Ok(made)
    }
}

impl Repeatable for DefineAssortment {
    const NAME: &'static str = "defineAssortment";

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn receipt(output: &Assortment) -> Vec<Uuid> {
        vec![output.id.uuid()]
    }

    async fn recall(tx: &Tx, made: &[Uuid]) -> Result<Assortment, Error> {
        let id = made.first().copied().ok_or(Error::NotFound)?;
        Ok(assortment::load(tx, Id::from_uuid(id)).await?)
    }
}

/// Changes what an assortment is called, means or covers.
#[derive(Debug)]
pub struct AmendAssortment {
    /// Which assortment.
    pub assortment: AssortmentId,
    /// The version that the change was made against.
    pub expected_version: i64,
    /// What is to change.
    pub draft: AssortmentDraft,
}

impl Command for AmendAssortment {
    const PERMISSION: Permission = Permission::CustomerManage;
    type Output = Assortment;

    async fn run(self, tx: &mut Tx) -> Result<Assortment, Error> {
        let seller = organization_of(tx)?;
        let turn = Turn::take(tx, seller).await?;
        let mut known = assortment::load(tx, self.assortment).await?;
        check_version(known.version, self.expected_version)?;
        let (kind, rule) = (known.kind, known.rule.clone());
        let event = known.amend(&self.draft)?;
        check_categories(tx, seller, &known.rule.categories).await?;
        assortment::save(tx, &mut known, &event)?;
        if known.rule != rule {
            sorting::sort(tx, &turn, None).await?;
        }
        if known.kind != kind {
            showing::show_guests(tx, &turn).await?;
            showing::show_customers(tx, &turn).await?;
        }
        Ok(known)
    }
}

/// Lists products in an assortment, and takes others off its list.
#[derive(Debug)]
pub struct ListInAssortment {
    /// Which assortment.
    pub assortment: AssortmentId,
    /// What is listed.
    pub add: Vec<ProductId>,
    /// What is taken off.
    pub remove: Vec<ProductId>,
}

impl Command for ListInAssortment {
    const PERMISSION: Permission = Permission::CustomerManage;
    type Output = Assortment;

    async fn run(self, tx: &mut Tx) -> Result<Assortment, Error> {
        let seller = organization_of(tx)?;
        for (list, field) in [(&self.add, "addProductIds"), (&self.remove, "removeProductIds")] {
            if list.len() > PRODUCTS_MAX {
                return Err(Problem::new(Code::TooMany).with("max", PRODUCTS_MAX).at(field).into());
            }
        }
        let turn = Turn::take(tx, seller).await?;
        let known = assortment::load(tx, self.assortment).await?;
        let wanted: HashSet<_> = self.add.iter().copied().collect();
        let own = product::load_many(tx, &self.add).await?;
        if own.iter().filter(|product| product.owner == seller).count() != wanted.len() {
            return Err(Problem::new(Code::NotFound).at("addProductIds").into());
        }
        let listed: HashSet<_> = assortment::listed(tx, known.id, &self.add).await?.into_iter().collect();
        let new: Vec<_> = wanted.difference(&listed).copied().collect();
        let gone: HashSet<_> = self.remove.iter().copied().collect();
        if assortment::listed(tx, known.id, &self.remove).await?.len() != gone.len() {
            return Err(Problem::new(Code::NotFound).at("removeProductIds").into());
        }
        assortment::relist(tx, &known, &new, &self.remove).await?;
        let touched: Vec<_> = new.iter().chain(&self.remove).copied().collect();
        sorting::sort(tx, &turn, Some(&touched)).await?;
        Ok(known)
    }
}

/// Shows an assortment to somebody, or hides it from them.
#[derive(Debug)]
pub struct GrantAssortment {
    /// Which assortment.
    pub assortment: AssortmentId,
    /// To whom.
    pub grantee: Grantee,
    /// What the grant does.
    pub effect: GrantEffect,
}

impl Command for GrantAssortment {
    const PERMISSION: Permission = Permission::CustomerManage;
    type Output = Assortment;

    async fn run(self, tx: &mut Tx) -> Result<Assortment, Error> {
        let seller = organization_of(tx)?;
        let turn = Turn::take(tx, seller).await?;
        let known = assortment::load(tx, self.assortment).await?;
        check_grantee(tx, seller, self.grantee).await?;
        let granted = assortment::grants_of(tx, &[known.id]).await?.remove(&known.id).unwrap_or_default();
        if granted.len() >= GRANTS_MAX {
            return Err(Problem::new(Code::TooMany).with("max", GRANTS_MAX).into());
        }
        let grant = AssortmentGrant {
            id: Id::new(),
            assortment: known.id,
            seller,
            grantee: self.grantee.uuid(),
            effect: self.effect,
        };
        assortment::grant(tx, &known, &grant, &AssortmentEvent::Granted { effect: self.effect }).await?;
        showing::show_customers(tx, &turn).await?;
        Ok(known)
    }
}

/// Takes a grant of an assortment back.
#[derive(Debug)]
pub struct RevokeAssortment {
    /// Which assortment.
    pub assortment: AssortmentId,
    /// From whom.
    pub grantee: Grantee,
}

impl Command for RevokeAssortment {
    const PERMISSION: Permission = Permission::CustomerManage;
    type Output = Assortment;

    async fn run(self, tx: &mut Tx) -> Result<Assortment, Error> {
        let turn = Turn::take(tx, organization_of(tx)?).await?;
        let known = assortment::load(tx, self.assortment).await?;
        assortment::revoke(tx, &known, self.grantee.uuid()).await?;
        showing::show_customers(tx, &turn).await?;
        Ok(known)
    }
}

async fn check_categories(tx: &Tx, seller: OrganizationId, ids: &[CategoryId]) -> Result<(), Error> {
    if ids.is_empty() {
        return Ok(());
    }
    let found = category::load_many(tx, ids).await?;
    match found.iter().filter(|category| category.owner == seller).count() == ids.len() {
        true => Ok(()),
        false => Err(Problem::new(Code::NotFound).at("categoryIds").at("rule").into()),
    }
}

async fn check_grantee(tx: &Tx, seller: OrganizationId, grantee: Grantee) -> Result<(), Error> {
    let found = match grantee {
        Grantee::Segment(id) => segment::load(tx, id).await.map(drop).map_err(Error::from),
        Grantee::Customer(id) => customers(tx, seller, &[id]).await.map(drop),
    };
    found.map_err(|error| error.at("grantee"))
}
