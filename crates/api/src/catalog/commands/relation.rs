//! How products stand to each other.

use std::collections::HashSet;

use tradehall_domain::access::Permission;
use tradehall_domain::catalog::{
    PartNumber, PartNumberDraft, PartNumberKind, Product, ProductId, ProductStatus, Relation, RelationDraft,
    RelationKind,
};
use tradehall_domain::problem::{Code, Problem, Problems};
use tradehall_persistence::catalog::{part_number, product, relation};
use tradehall_persistence::{Turn, Tx};

use super::product::owned;
use crate::app::{Command, Error, organization_of};

/// Says which products stand to a product in one way: all of them.
#[derive(Debug)]
pub struct RelateProduct {
    /// Which product.
    pub product: ProductId,
    /// In which way.
    pub kind: RelationKind,
    /// The others from now on.
    pub drafts: Vec<RelationDraft>,
}

impl Command for RelateProduct {
    const PERMISSION: Permission = Permission::CatalogManage;
    type Output = Product;

    async fn run(self, tx: &mut Tx) -> Result<Product, Error> {
        // Two changes that are each harmless can make a circle together.
        Turn::take(tx, organization_of(tx)?).await?;
        let one = owned(tx, self.product).await?;
        let relations =
            Relation::list(one.owner, one.id, self.kind, &self.drafts).map_err(|problems| problems.at("relations"))?;
        let others: Vec<_> = relations.iter().map(|relation| relation.other).collect();
        check_owner(tx, &one, &others).await?;
        if self.kind.is_acyclic() && !others.is_empty() && relation::leads_back(tx, &one, self.kind, &others).await? {
            return Err(Problem::new(Code::RelationCycle).at("relations").into());
        }
        if self.kind == RelationKind::Successor {
            hand_over(tx, &one, &others).await?;
        }
        relation::replace(tx, &one, self.kind, &relations).await?;
        Ok(one)
    }
}

/// The others are the owner's too; another's are as good as none.
async fn check_owner(tx: &Tx, one: &Product, others: &[ProductId]) -> Result<(), Error> {
    if others.is_empty() {
        return Ok(());
    }
    let found = product::load_many(tx, others).await?;
    let own: HashSet<_> = found.into_iter().filter(|other| other.owner == one.owner).map(|other| other.id).collect();
    let mut problems = Problems::new();
    for (n, _) in others.iter().enumerate().filter(|(_, id)| !own.contains(id)) {
        problems.push(Problem::new(Code::NotFound).at("productId").at(n).at("relations"));
    }
    Ok(problems.check()?)
}

/// A product that was shown is looked for by its number when it is shown no longer: its successors answer to it.
async fn hand_over(tx: &mut Tx, one: &Product, successors: &[ProductId]) -> Result<(), Error> {
    let old = relation::of_products(tx, &[one.id]).await?;
    let old: Vec<_> = old.iter().filter(|old| old.kind == RelationKind::Successor).map(|old| old.other).collect();
    if !old.is_empty() {
        let gone = part_number::taken_over(tx, &old, &one.details.number).await?;
        if !gone.is_empty() {
            part_number::delete(tx, &gone).await?;
        }
    }
    if one.status == ProductStatus::Draft {
        return Ok(());
    }
    let draft = PartNumberDraft {
        kind: PartNumberKind::Predecessor,
        customer: None,
        issuer: None,
        number: one.details.number.to_string(),
    };
    let numbers = successors.iter().map(|successor| PartNumber::record(&draft, (*successor, one.owner), one.owner));
    // A number without a letter or digit cannot be looked up.
    let numbers: Vec<_> = numbers.filter_map(Result::ok).collect();
    Ok(part_number::insert_all(tx, &numbers)?)
}
