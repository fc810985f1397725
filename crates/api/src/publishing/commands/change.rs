//! Writing the changes of a version: many in one request, each with an answer of its own.

use std::collections::{HashMap, HashSet};

use tradehall_domain::access::Permission;
use tradehall_domain::catalog::{Product, ProductDetails, ProductDraft, ProductId, ProductTypeId};
use tradehall_domain::organization::OrganizationId;
use tradehall_domain::problem::{Code, Problem, Problems};
use tradehall_domain::publishing::{
    CatalogChange, CatalogChangeId, CatalogVersion, CatalogVersionEvent, CatalogVersionId, ChangeDraft, Proposal,
};
use tradehall_persistence::Tx;
use tradehall_persistence::catalog::product;
use tradehall_persistence::publishing::{change, version};

use super::{check_count, owned};
use crate::app::{Command, Error};
use crate::catalog::{Place, Shelves};

/// What a product is to be, as it was sent.
#[derive(Debug, Clone)]
pub struct Content {
    /// Its words.
    pub draft: ProductDraft,
    /// Of which type it is.
    pub product_type: Option<ProductTypeId>,
    /// Of which product it is a variant.
    pub variant_of: Option<ProductId>,
}

/// A change to make, as it was sent. The number beside a product is the version that its author looked at.
#[derive(Debug, Clone)]
pub enum ChangeRequest {
    /// Adds and shows a product.
    Add(Content),
    /// Describes a product otherwise.
    Revise(ProductId, i64, Content),
    /// Shows a product.
    Publish(ProductId, i64),
    /// Shows a product no longer.
    Withdraw(ProductId, i64),
}

/// What became of each item, in their order, and the version after all of them.
pub type Changed = (CatalogVersion, Vec<Result<CatalogChange, Problems>>);

impl ChangeRequest {
    const fn product(&self) -> Option<ProductId> {
        match self {
            Self::Add(_) => None,
            Self::Revise(product, ..) | Self::Publish(product, _) | Self::Withdraw(product, _) => Some(*product),
        }
    }

    const fn content(&self) -> Option<&Content> {
        match self {
            Self::Add(content) | Self::Revise(_, _, content) => Some(content),
            Self::Publish(..) | Self::Withdraw(..) => None,
        }
    }

    /// Where in an item's input what is wrong with it stands.
    const fn field(&self) -> &'static str {
        match self {
            Self::Add(_) => "add",
            Self::Revise(..) => "revise",
            Self::Publish(..) => "publish",
            Self::Withdraw(..) => "withdraw",
        }
    }
}

/// Adds changes to a draft. A change of a product that the version changes already takes the place of that one, and so does an addition
/// under a number that the version adds already: sending it again does no harm.
#[derive(Debug)]
pub struct AddCatalogChanges {
    /// To which version.
    pub version: CatalogVersionId,
    /// Which changes.
    pub changes: Vec<ChangeRequest>,
}

impl Command for AddCatalogChanges {
    const PERMISSION: Permission = Permission::CatalogManage;
    type Output = Changed;

    async fn run(self, tx: &mut Tx) -> Result<Changed, Error> {
        check_count(self.changes.len(), "changes")?;
        let mut version = owned(tx, self.version).await?;
        version.can_be_written()?;
        let mut desk = Desk::read(tx, &version, &self.changes).await?;
        let mut results = Vec::with_capacity(self.changes.len());
        for request in self.changes {
            let field = request.field();
            results.push(desk.take(request).map_err(|problems| problems.at(field)));
        }
        let event = version.write(i64::try_from(desk.fresh.len()).unwrap_or(i64::MAX), 0)?;
        if desk.fresh.is_empty() && desk.replaced.is_empty() {
            return Ok((version, results));
        }
        change::insert_all(tx, &desk.fresh)?;
        change::save_all(tx, &mut desk.replaced)?;
        version::save(tx, &mut version, &event)?;
        Ok((version, results))
    }
}

/// Everything that items are checked against, and what becomes of them.
struct Desk {
    version: (CatalogVersionId, OrganizationId),
    now: jiff::Timestamp,
    products: HashMap<ProductId, Product>,
    shelves: Shelves,
    /// What the version changes already, by product.
    standing: HashMap<ProductId, CatalogChange>,
    /// The products to which the version gives a number, by that number.
    numbers: HashMap<String, ProductId>,
    /// The products that items of this request are about.
    seen: HashSet<ProductId>,
    fresh: Vec<CatalogChange>,
    replaced: Vec<CatalogChange>,
}

impl Desk {
    async fn read(tx: &Tx, version: &CatalogVersion, requests: &[ChangeRequest]) -> Result<Self, Error> {
        let ids: Vec<_> = requests.iter().filter_map(ChangeRequest::product).collect();
        let contents = || requests.iter().filter_map(ChangeRequest::content);
        let numbers: Vec<_> = contents().map(|content| content.draft.number.trim()).collect();
        let places: Vec<_> = contents()
            .map(|content| Place {
                category: content.draft.category,
                product_type: content.product_type,
                variant_of: content.variant_of,
            })
            .collect();
        let products = match ids.as_slice() {
            [] => Vec::new(),
            ids => product::load_many(tx, ids).await?,
        };
        let standing = change::about(tx, version.id, &ids, &numbers).await?;
        let number = |change: &CatalogChange| {
            let proposal = change.proposal.as_ref()?;
            Some((proposal.details.number.to_string(), change.product))
        };
        Ok(Self {
            version: (version.id, version.owner),
            now: tx.now(),
            products: products
                .into_iter()
                .filter(|product| product.owner == version.owner)
                .map(|product| (product.id, product))
                .collect(),
            shelves: Shelves::read(tx, version.owner, &places).await?,
            numbers: standing.iter().filter_map(number).collect(),
            standing: standing.into_iter().map(|change| (change.product, change)).collect(),
            seen: HashSet::new(),
            fresh: Vec::new(),
            replaced: Vec::new(),
        })
    }

    /// One item: what it becomes, or everything that is wrong with it.
    fn take(&mut self, request: ChangeRequest) -> Result<CatalogChange, Problems> {
        let unknown = || Problems::from(Problem::new(Code::NotFound).at("productId"));
        let known = match request.product() {
            Some(id) => Some(self.products.get(&id).ok_or_else(unknown)?),
            None => None,
        };
        let draft = match request {
            ChangeRequest::Add(content) => ChangeDraft::Add(Box::new(self.proposal(&content)?)),
            ChangeRequest::Revise(id, expected, content) => {
                let proposal = self.proposal(&content).map_err(|problems| problems.at("content"))?;
                ChangeDraft::Revise(id, expected, Box::new(proposal))
            }
            ChangeRequest::Publish(id, expected) => ChangeDraft::Publish(id, expected),
            ChangeRequest::Withdraw(id, expected) => ChangeDraft::Withdraw(id, expected),
        };
        let mut change = CatalogChange::make(draft, known, self.version, self.now)?;
        let is_addition = change.made_against.is_none();
        let number = change.proposal.as_ref().map(|proposal| proposal.details.number.to_string());
        if let Some(holder) = number.as_ref().and_then(|number| self.numbers.get(number)).copied() {
            let is_sent_again = self.standing.get(&holder).is_some_and(|old| old.made_against.is_none());
            if is_addition && is_sent_again {
                change.product = holder;
            } else if holder != change.product {
                let at = if is_addition { &["number"][..] } else { &["content", "number"] };
                let duplicate = Problem::new(Code::Duplicate);
                return Err(at.iter().rev().fold(duplicate, |problem, step| problem.at(step)).into());
            }
        }
        if !self.seen.insert(change.product) {
            return Err(Code::Duplicate.into());
        }
        self.numbers.extend(number.map(|number| (number, change.product)));
        match self.standing.get(&change.product) {
            Some(old) => {
                (change.id, change.version) = (old.id, old.version);
                self.replaced.push(change.clone());
            }
            None => self.fresh.push(change.clone()),
        }
        Ok(change)
    }

    fn proposal(&self, content: &Content) -> Result<Proposal, Problems> {
        let details = ProductDetails::parse(&content.draft)?;
        let place = Place {
            category: content.draft.category,
            product_type: content.product_type,
            variant_of: content.variant_of,
        };
        let (details, classification) = self.shelves.sort(details, &place)?;
        Ok(Proposal { details, classification })
    }
}

/// Takes changes out of a draft.
#[derive(Debug)]
pub struct DropCatalogChanges {
    /// Out of which version.
    pub version: CatalogVersionId,
    /// Which changes.
    pub changes: Vec<CatalogChangeId>,
}

impl Command for DropCatalogChanges {
    const PERMISSION: Permission = Permission::CatalogManage;
    type Output = CatalogVersion;

    async fn run(self, tx: &mut Tx) -> Result<CatalogVersion, Error> {
        check_count(self.changes.len(), "catalogChangeIds")?;
        let mut version = owned(tx, self.version).await?;
        version.can_be_written()?;
        let found = change::load_many(tx, version.id, &self.changes).await?;
        check_all_found(&self.changes, &found)?;
        let event = version.write(0, i64::try_from(found.len()).unwrap_or(i64::MAX))?;
        change::delete(tx, &self.changes).await?;
        version::save(tx, &mut version, &event)?;
        Ok(version)
    }
}

/// Puts changes on top of their products as these are now: what was edited directly meanwhile gives way.
#[derive(Debug)]
pub struct RebaseCatalogChanges {
    /// Of which version.
    pub version: CatalogVersionId,
    /// Which changes.
    pub changes: Vec<CatalogChangeId>,
}

impl Command for RebaseCatalogChanges {
    const PERMISSION: Permission = Permission::CatalogManage;
    type Output = Changed;

    async fn run(self, tx: &mut Tx) -> Result<Changed, Error> {
        check_count(self.changes.len(), "catalogChangeIds")?;
        let mut version = owned(tx, self.version).await?;
        version.can_be_rebased()?;
        let found = change::load_many(tx, version.id, &self.changes).await?;
        check_all_found(&self.changes, &found)?;
        let ids: Vec<_> = found.iter().map(|change| change.product).collect();
        let products: HashMap<_, _> =
            product::load_many(tx, &ids).await?.into_iter().map(|product| (product.id, product)).collect();
        let mut found: HashMap<_, _> = found.into_iter().map(|change| (change.id, change)).collect();
        let mut results = Vec::with_capacity(self.changes.len());
        let mut rebased = Vec::new();
        for (n, id) in self.changes.iter().enumerate() {
            let Some(mut change) = found.remove(id) else {
                results.push(Err(Problem::new(Code::Duplicate).at(n).at("catalogChangeIds").into()));
                continue;
            };
            let outcome = match products.get(&change.product) {
                Some(product) => change.rebase(product, tx.now()),
                // Nothing stands below an addition.
                None => Ok(()),
            };
            if outcome.is_ok() && change.made_against.is_some() {
                rebased.push(change.clone());
            }
            results.push(outcome.map(|()| change).map_err(Problems::from));
        }
        if !rebased.is_empty() {
            let event = CatalogVersionEvent::Rebased { changes: rebased.len() };
            change::save_all(tx, &mut rebased)?;
            version::save(tx, &mut version, &event)?;
        }
        Ok((version, results))
    }
}

/// NOT_FOUND at the place of each that the version does not have.
fn check_all_found(wanted: &[CatalogChangeId], found: &[CatalogChange]) -> Result<(), Error> {
    let found: HashSet<_> = found.iter().map(|change| change.id).collect();
    let mut problems = Problems::new();
    for (n, _) in wanted.iter().enumerate().filter(|(_, id)| !found.contains(id)) {
        problems.push(Problem::new(Code::NotFound).at(n).at("catalogChangeIds"));
    }
    Ok(problems.check()?)
}
