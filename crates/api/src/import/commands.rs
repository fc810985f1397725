//! Importing on behalf of an organization.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use tradehall_domain::access::Permission;
use tradehall_domain::catalog::{Offer, OfferEvent, OfferStatus, OfferTerms, Product, ProductId};
use tradehall_domain::id::Id;
use tradehall_domain::import::{Import, ImportKind, ImportMode, ImportStatus};
use tradehall_domain::organization::Capability;
use tradehall_domain::organization::OrganizationId;
use tradehall_domain::problem::{Code, Problem, Problems};
use tradehall_persistence::Tx;
use tradehall_persistence::catalog::{offer, product};
use tradehall_persistence::import;
use uuid::Uuid;

use super::offers::{COLUMNS, Named, OfferRow, told_by_column};
use super::table::{Next, Table};
use super::tally::{Outcome, Tally};
use crate::app::{Command, Error, IdempotencyKey, Repeatable, acting_as};

/// The largest file that travels inside a request, in bytes: as a JSON string it may take twice as many, and the body of a request
/// may have 1 MiB.
pub const CSV_BYTES_MAX: usize = 512 * 1024;

/// How many rows one request imports.
pub const CSV_ROWS_MAX: usize = 10_000;

/// What the rows of a file that came without a name are told by.
const FILE: &str = "offers.csv";

/// Reads the actor's organization's offers from a CSV file; see [`super::offers`] for its columns.
#[derive(Debug)]
pub struct ImportOffers {
    /// The file.
    pub csv: String,
    /// Whose product numbers the file uses.
    pub product_owner: Option<OrganizationId>,
    /// What becomes of good rows beside bad ones.
    pub mode: ImportMode,
    /// Whether only to report what would happen.
    pub trial: bool,
    /// Makes a retry harmless.
    pub key: Option<IdempotencyKey>,
}

impl Command for ImportOffers {
    const PERMISSION: Permission = Permission::CatalogManage;
    type Output = Import;

    async fn run(self, tx: &mut Tx) -> Result<Import, Error> {
        let seller = acting_as(tx, Capability::Seller)?;
        let now = tx.now();
        let mut tally = Tally::default();
        tally.begin(FILE);
        let rows = read(&self.csv, &mut tally).map_err(|problems| Error::from(problems).at("csv"))?;
        offer::lock_list(tx, seller).await?;
        let products = products(tx, &rows, self.product_owner.unwrap_or(seller)).await?;
        let ids: Vec<_> = products.values().map(|product| product.id).collect();
        let known = offer::open_of(tx, Some(seller), &ids).await?;
        let mut changes = decide(rows, &products, known, seller, now, &mut tally);
        let status = Import::outcome(self.mode, self.trial, tally.rejected());
        if status == ImportStatus::Completed {
            offer::insert_all(tx, &changes.made)?;
            offer::save_all(tx, &mut changes.revised).await?;
        }
        let (files, refusals) = tally.finish();
        let run = Import {
            id: Id::new(),
            organization: Some(seller),
            kind: ImportKind::Offers,
            mode: self.mode,
            status,
            files,
            started_at: now,
            finished_at: now,
        };
        import::insert(tx, &run, &refusals)?;
        Ok(run)
    }
}

impl Repeatable for ImportOffers {
    const NAME: &'static str = "importOffers";

    fn key(&self) -> Option<&IdempotencyKey> {
        self.key.as_ref()
    }

    fn receipt(run: &Import) -> Vec<Uuid> {
        vec![run.id.uuid()]
    }

    async fn recall(tx: &Tx, made: &[Uuid]) -> Result<Import, Error> {
        let id = made.first().ok_or_else(|| Error::Internal("a receipt names nothing".to_owned()))?;
        Ok(import::load(tx, Id::from_uuid(*id)).await?)
    }
}

/// The rows that can be read; the others are refused.
fn read(csv: &str, tally: &mut Tally) -> Result<Vec<OfferRow>, Problems> {
    if csv.len() > CSV_BYTES_MAX {
        return Err(Problem::new(Code::TooLong).with("max", CSV_BYTES_MAX).into());
    }
    let mut table = Table::open(csv.as_bytes(), COLUMNS)?;
    let mut rows = Vec::new();
    while let Some(next) = table.next()? {
        match next {
            Next::Bad(line, problems) => tally.refuse(line, problems),
            Next::Row(row) => match OfferRow::read(&row) {
                Ok(row) => rows.push(row),
                Err(problems) => tally.refuse(row.line, problems),
            },
        }
        if rows.len() > CSV_ROWS_MAX {
            return Err(Problem::new(Code::TooMany).with("max", CSV_ROWS_MAX).into());
        }
    }
    Ok(rows)
}

/// The products that the rows name and that the actor may see: at most two statements.
async fn products(tx: &Tx, rows: &[OfferRow], owner: OrganizationId) -> Result<HashMap<Named, Product>, Error> {
    let mut ids: Vec<ProductId> = Vec::new();
    let mut numbers: Vec<&str> = Vec::new();
    for row in rows {
        match &row.product {
            Named::Id(id) => ids.push(*id),
            Named::Number(number) => numbers.push(number),
        }
    }
    let mut found = HashMap::new();
    if !ids.is_empty() {
        let products = product::load_many(tx, &ids).await?;
        found.extend(products.into_iter().map(|product| (Named::Id(product.id), product)));
    }
    if !numbers.is_empty() {
        let products = product::by_numbers(tx, owner, &numbers).await?;
        found.extend(products.into_iter().map(|product| (Named::Number(product.details.number.to_string()), product)));
    }
    Ok(found)
}

/// What is to be written.
#[derive(Debug, Default)]
struct Changes {
    made: Vec<(Offer, OfferEvent)>,
    revised: Vec<(Offer, OfferEvent)>,
}

fn decide(
    rows: Vec<OfferRow>,
    products: &HashMap<Named, Product>,
    known: Vec<Offer>,
    seller: OrganizationId,
    now: Timestamp,
    tally: &mut Tally,
) -> Changes {
    let mut by_product: HashMap<ProductId, Vec<Offer>> = HashMap::new();
    for offer in known {
        by_product.entry(offer.product).or_default().push(offer);
    }
    let mut seen = HashSet::new();
    let mut changes = Changes::default();
    for row in rows {
        let decided = match products.get(&row.product) {
            None => Err(Problem::new(Code::NotFound).at(row.product.column()).into()),
            Some(product) if !seen.insert((product.id, row.currency, row.unit(product))) => {
                Err(Problem::new(Code::Duplicate).at(row.product.column()).into())
            }
            Some(product) => {
                let offers = by_product.get(&product.id).map_or(&[][..], Vec::as_slice);
                // The active one if there is one: at most one is.
                let meant = offers.iter().filter(|offer| row.means(product, offer));
                let meant = meant.min_by_key(|offer| offer.status != OfferStatus::Active);
                take(&row, product, meant, seller, now, &mut changes)
            }
        };
        match decided {
            Ok(outcome) => tally.note(outcome),
            Err(problems) => tally.refuse(row.line, told_unless_product(problems)),
        }
    }
    changes
}

/// Makes or revises the offer that a row stands for.
fn take(
    row: &OfferRow,
    product: &Product,
    known: Option<&Offer>,
    seller: OrganizationId,
    now: Timestamp,
    changes: &mut Changes,
) -> Result<Outcome, Problems> {
    match known {
        Some(known) => {
            let mut offer = known.clone();
            let terms = offer.terms.changed(&row.change(), now)?;
            match offer.revise(terms)? {
                Some(event) => {
                    changes.revised.push((offer, event));
                    Ok(Outcome::Changed)
                }
                None => Ok(Outcome::Unchanged),
            }
        }
        None => {
            let terms = OfferTerms::parse(&row.draft(product), now)?;
            changes.made.push(Offer::open(product, seller, terms, now)?);
            Ok(Outcome::Created)
        }
    }
}

/// Problems of terms are told by column; those of the product name theirs already.
fn told_unless_product(problems: Problems) -> Problems {
    let of_product = problems.iter().any(|problem| problem.path.iter().any(|step| step.starts_with("product_")));
    if of_product { problems } else { told_by_column(problems) }
}
