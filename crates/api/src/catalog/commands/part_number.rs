//! Numbers under which others know products.

use std::collections::{HashMap, HashSet};

use tradehall_domain::access::Permission;
use tradehall_domain::catalog::{
    PART_NUMBERS_AT_ONCE_MAX, PART_NUMBERS_PER_HOLDER_MAX, PartNumber, PartNumberDraft, PartNumberId, ProductId,
};
use tradehall_domain::problem::{Code, Problem, Problems};
use tradehall_persistence::catalog::{part_number, product};
use tradehall_persistence::{Tx, organization};

use crate::app::{Command, Error, organization_of};

/// Records numbers of products that the actor sees. One that is recorded already stays as it is, so sending it again does no harm.
#[derive(Debug)]
pub struct RecordPartNumbers {
    /// The products and their numbers.
    pub entries: Vec<(ProductId, PartNumberDraft)>,
}

impl Command for RecordPartNumbers {
    const PERMISSION: Permission = Permission::CatalogManage;
    type Output = Vec<Result<PartNumber, Problems>>;

    async fn run(self, tx: &mut Tx) -> Result<Self::Output, Error> {
        let own = organization_of(tx)?;
        check_count(self.entries.len(), "entries")?;
        let ids: HashSet<_> = self.entries.iter().map(|(product, _)| *product).collect();
        let ids: Vec<_> = ids.into_iter().collect();
        let owners: HashMap<_, _> =
            product::load_many(tx, &ids).await?.into_iter().map(|product| (product.id, product.owner)).collect();
        let customers: HashSet<_> = self.entries.iter().filter_map(|(_, draft)| draft.customer).collect();
        let customers: Vec<_> = customers.into_iter().collect();
        let known = match customers.as_slice() {
            [] => Vec::new(),
            customers => organization::load_many(tx, customers).await?,
        };
        let mut standing: HashMap<_, _> =
            part_number::part_numbers_of(tx, &ids).await?.into_iter().map(|one| (place(&one), one)).collect();
        let mut fresh = Vec::new();
        let mut results = Vec::with_capacity(self.entries.len());
        for (product, draft) in self.entries {
            let Some(owner) = owners.get(&product) else {
                results.push(Err(Problem::new(Code::NotFound).at("productId").into()));
                continue;
            };
            if draft.customer.is_some_and(|customer| !known.iter().any(|one| one.id == customer)) {
                results.push(Err(Problem::new(Code::NotFound).at("buyerId").into()));
                continue;
            }
            let number = match PartNumber::record(&draft, (product, *owner), own) {
                Ok(number) => number,
                Err(problems) => {
                    results.push(Err(problems));
                    continue;
                }
            };
            if let Some(stands) = standing.get(&place(&number)) {
                results.push(Ok(stands.clone()));
                continue;
            }
            let alike = |one: &&PartNumber| holding(one) == holding(&number);
            if standing.values().filter(alike).count() >= PART_NUMBERS_PER_HOLDER_MAX {
                let full = Problem::new(Code::TooMany).with("max", PART_NUMBERS_PER_HOLDER_MAX);
                results.push(Err(full.at("number").into()));
                continue;
            }
            fresh.push(number.clone());
            standing.insert(place(&number), number.clone());
            results.push(Ok(number));
        }
        part_number::insert_all(tx, &fresh)?;
        Ok(results)
    }
}

/// Of which an organization has [`PART_NUMBERS_PER_HOLDER_MAX`] at most.
fn holding(number: &PartNumber) -> impl Eq + use<> {
    (number.product, number.kind, number.holder)
}

/// What no two numbers have in common.
fn place(number: &PartNumber) -> impl Eq + std::hash::Hash + use<> {
    (number.product, number.kind, number.holder, number.key())
}

/// Takes numbers away: an owner those of its products, a customer its own.
#[derive(Debug)]
pub struct DropPartNumbers {
    /// Which numbers.
    pub numbers: Vec<PartNumberId>,
}

impl Command for DropPartNumbers {
    const PERMISSION: Permission = Permission::CatalogManage;
    type Output = Vec<PartNumberId>;

    async fn run(self, tx: &mut Tx) -> Result<Vec<PartNumberId>, Error> {
        let own = organization_of(tx)?;
        check_count(self.numbers.len(), "partNumberIds")?;
        let found = part_number::load_many(tx, &self.numbers).await?;
        let mut problems = Problems::new();
        for (n, id) in self.numbers.iter().enumerate() {
            match found.iter().find(|number| number.id == *id) {
                None => problems.push(Problem::new(Code::NotFound).at(n).at("partNumberIds")),
                Some(number) if number.owner != own && number.holder != own => {
                    problems.push(Problem::new(Code::WrongSide).at(n).at("partNumberIds"));
                }
                Some(_) => {}
            }
        }
        problems.check()?;
        part_number::delete(tx, &found).await?;
        Ok(self.numbers)
    }
}

fn check_count(count: usize, field: &str) -> Result<(), Error> {
    match count {
        0 => Err(Problem::new(Code::TooFew).with("min", 1).at(field).into()),
        1..=PART_NUMBERS_AT_ONCE_MAX => Ok(()),
        _ => Err(Problem::new(Code::TooMany).with("max", PART_NUMBERS_AT_ONCE_MAX).at(field).into()),
    }
}
