//! Which changes of a version cannot go live as the catalog is now.

use std::sync::LazyLock;

use sea_orm::ColumnTrait;
use sea_orm::sea_query::Expr;
use tradehall_domain::id::Id;
use tradehall_domain::named::Named;
use tradehall_domain::problem::Code;
use tradehall_domain::publishing::{CatalogChangeId, CatalogVersionId, Conflicts};
use tradehall_domain::unit::Unit;
use uuid::Uuid;

use crate::{Engine, StoreError, Tx};

/// Every change among `mine` that conflicts, with the code that says why; a change can stand in several rows.
static CONFLICTING: LazyLock<String> = LazyLock::new(|| format!("{DESCRIBED} UNION ALL {}", counted()));

/// Those whose product is another by now, or cannot be told from another.
const DESCRIBED: &str = "\
    SELECT m.id AS id, 'STALE' AS code FROM mine m JOIN product p ON p.id = m.product_id WHERE p.version <> m.made_against \
    UNION ALL \
    SELECT m.id, 'PRODUCT_NUMBER_TAKEN' FROM mine m JOIN product p ON p.owner_id = m.owner_id AND p.number = m.number \
    WHERE p.id <> m.product_id \
    UNION ALL \
    SELECT m.id, 'VARIANT_EXISTS' FROM mine m JOIN product p ON p.parent_id = m.parent_id AND p.axes = m.axes \
    WHERE p.id <> m.product_id \
    UNION ALL \
    SELECT m.id, 'VARIANT_NESTED' FROM mine m JOIN product p ON p.id = m.parent_id \
    WHERE p.parent_id IS NOT NULL OR p.type_id IS DISTINCT FROM m.type_id \
    UNION ALL \
    SELECT m.id, 'VARIANT_TYPE_DIFFERS' FROM mine m JOIN product p ON p.parent_id = m.product_id \
    WHERE m.kind = 'REVISE' AND (m.parent_id IS NOT NULL OR p.type_id IS DISTINCT FROM m.type_id) \
    UNION ALL \
    SELECT m.id, 'PRODUCT_TYPE_NARROWED' FROM mine m JOIN product_type t ON t.id = m.type_id WHERE t.narrowed_at > m.made_at";

/// Those that change a unit which something counts: what `Counted::check` says of one product.
fn counted() -> String {
    let packed = "SELECT m.id, 'UNITS_DIFFER' FROM mine m JOIN product p ON p.id = m.product_id WHERE m.unit <> p.unit";
    let in_kit = "SELECT m.id, 'UNIT_IN_KIT' FROM mine m JOIN product p ON p.id = m.product_id WHERE m.unit <> p.unit";
    let component = "FROM product_relation r WHERE r.kind = 'COMPONENT'";
    format!(
        "{packed} AND {} <> {} AND EXISTS (SELECT 1 FROM product_packaging k WHERE k.product_id = p.id) \
         UNION ALL {in_kit} AND (EXISTS (SELECT 1 {component} AND r.other_id = p.id) \
         OR EXISTS (SELECT 1 {component} AND r.product_id = p.id))",
        kin("m.unit"),
        kin("p.unit"),
    )
}

/// The unit that stands for all which have a fixed relation to that of `column`.
fn kin(column: &str) -> String {
    let others = Unit::all().filter(|unit| unit.kin() != *unit);
    let cases: Vec<_> = others.map(|unit| format!("WHEN '{}' THEN '{}'", unit.code(), unit.kin().code())).collect();
    format!("CASE {column} {} ELSE {column} END", cases.join(" "))
}

/// That `column` is the id of a change of one of `versions` that conflicts.
pub(super) fn conflicts<C: ColumnTrait>(tx: &Tx, column: C, versions: &[CatalogVersionId]) -> Expr {
    let among = match tx.engine() {
        Engine::Postgres => "catalog_version_id = ANY(?::uuid[])",
        Engine::Sqlite => "catalog_version_id IN (SELECT unhex(value) FROM json_each(?))",
    };
    let sql = format!(
        "? IN (WITH mine AS (SELECT * FROM catalog_change WHERE {among}) SELECT found.id FROM ({}) AS found)",
        *CONFLICTING
    );
    tx.expression(&sql, [Expr::col(column.as_column_ref()), Expr::val(tx.list(versions))])
}

/// How many changes of a version conflict with the catalog as it is now.
///
/// # Errors
/// When the database is away.
pub async fn count(tx: &Tx, version: CatalogVersionId) -> Result<u64, StoreError> {
    let sql = format!(
        "WITH mine AS (SELECT * FROM catalog_change WHERE catalog_version_id = $1) \
         SELECT count(DISTINCT found.id) FROM ({}) AS found",
        *CONFLICTING
    );
    let rows = tx.query(&sql, [version.uuid().into()]).await?;
    let count = rows.first().map(|row| row.try_get_by_index::<i64>(0)).transpose()?;
    Ok(count.and_then(|count| u64::try_from(count).ok()).unwrap_or(0))
}

/// Why which of these changes conflict with the catalog as it is now.
///
/// # Errors
/// When the database is away.
pub async fn of(tx: &Tx, changes: &[CatalogChangeId]) -> Result<Conflicts, StoreError> {
    let among = tx.engine().among_ids("id", 1);
    let sql = format!("WITH mine AS (SELECT * FROM catalog_change WHERE {among}) {}", *CONFLICTING);
    let rows = tx.query(&sql, [tx.list(changes).into()]).await?;
    let mut conflicts = Conflicts::default();
    for row in rows {
        let (id, code): (Uuid, String) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        let code = Code::from_name(&code).ok_or_else(|| StoreError::Corrupt(code))?;
        conflicts.note(Id::from_uuid(id), code);
    }
    Ok(conflicts)
}
