//! The one statement that reads whatever can make a price, and how the products are packed, for many of them at once.
//!
//! It starts from the groups of the buyer, not from lists: prices are found by product and group, so that lists of other customers are
//! not even touched, however many name the product. Whose rows are read is said here for both engines; on PostgreSQL row-level
//! security says it once more. The columns are those that [`row`](super::row) reads, in its order.

use std::sync::LazyLock;

use super::candidates::Breadth;
use crate::Engine;

/// A join to the rows of `table` that fulfil `condition`, looked up by an index for each row before it. Planners are not asked: they do not
/// know how few the products and groups are, and would rather read the whole table once.
fn seek(engine: Engine, table: &str, alias: &str, condition: &str) -> String {
    match engine {
        Engine::Postgres => {
            format!("CROSS JOIN LATERAL (SELECT * FROM {table} {alias} WHERE {condition} OFFSET 0) {alias}")
        }
        Engine::Sqlite => format!("CROSS JOIN {table} {alias} ON {condition}"),
    }
}

/// That a row stood on the books at the time by which they are read.
fn stood(alias: &str) -> String {
    format!("{alias}.recorded_at <= $3 AND ({alias}.ended_at IS NULL OR {alias}.ended_at > $3)")
}

/// That a row holds at the time that is asked about.
fn holds(alias: &str) -> String {
    format!(
        "({alias}.valid_from IS NULL OR {alias}.valid_from <= $5) AND ({alias}.valid_until IS NULL OR {alias}.valid_until > $5)"
    )
}

/// What stands in the place of the origin in a row that states no price but a packaging.
pub(super) const PACKAGING: &str = "PACKAGING";

/// What a column answers that a kind of row does not have.
const NO_NUMBER: &str = "CAST(NULL AS bigint)";
const NO_TEXT: &str = "CAST(NULL AS text)";

/// The statement. `$1` are the wanted products as JSON, `$2` the buyer or once more `$4`, `$3` the time by which the books are read, `$4` as
/// whom in general is asked (see `Scope::audience`); where only what holds is wanted, `$5` is the time at which it must. That choice is no
/// parameter: PostgreSQL would plan each request anew, which takes longer than running it.
pub(super) fn candidates(engine: Engine, breadth: Breadth) -> &'static str {
    static POSTGRES: LazyLock<[String; 2]> = LazyLock::new(|| both(Engine::Postgres));
    static SQLITE: LazyLock<[String; 2]> = LazyLock::new(|| both(Engine::Sqlite));
    let [in_force, whole] = match engine {
        Engine::Postgres => &*POSTGRES,
        Engine::Sqlite => &*SQLITE,
    };
    match breadth {
        Breadth::InForce => in_force,
        Breadth::Whole => whole,
    }
}

fn both(engine: Engine) -> [String; 2] {
    [Breadth::InForce, Breadth::Whole].map(|breadth| {
        let beginnings = beginnings(engine);
        let parts = [listed(engine, breadth), promoted(engine, breadth), offered(engine, breadth), packed(engine)];
        format!("WITH RECURSIVE {beginnings} {}", parts.join(" UNION ALL "))
    })
}

/// The end of a part: of the rows of `aliases`, which are active while the first is, those that hold, or all of them.
fn narrowed(breadth: Breadth, aliases: &[&str]) -> String {
    match (breadth, aliases) {
        (Breadth::InForce, [first, ..]) => {
            let holding: Vec<_> = aliases.iter().map(|alias| holds(alias)).collect();
            format!("WHERE {first}.active AND {}", holding.join(" AND "))
        }
        _ => String::new(),
    }
}

/// The wanted products, the groups of their sellers that the buyer belongs to, and all that a promotion could name to mean a product.
fn beginnings(engine: Engine) -> String {
    let (wanted, viewers) = match engine {
        Engine::Postgres => (
            "SELECT r.product_id, r.seller_id, r.category_id, r.brand FROM json_to_recordset($1::json) \
             AS r(product_id uuid, seller_id uuid, category_id uuid, brand text)",
            "SELECT $4::uuid AS id UNION SELECT $2::uuid",
        ),
        Engine::Sqlite => (
            "SELECT unhex(json_extract(value, '$.product_id')) AS product_id, \
             unhex(json_extract(value, '$.seller_id')) AS seller_id, \
             unhex(json_extract(value, '$.category_id')) AS category_id, \
             json_extract(value, '$.brand') AS brand FROM json_each($1)",
            "SELECT $4 AS id UNION SELECT $2",
        ),
    };
    let belongs = "v.seller_id = s.seller_id AND v.viewer_id = b.id AND v.prices AND v.since <= $3 AND (v.until IS NULL OR v.until > $3)";
    let membership = seek(engine, "viewing", "v", belongs);
    let parent = seek(engine, "category", "c", "c.id = a.category_id AND c.parent_id IS NOT NULL");
    format!(
        "wanted AS ({wanted}), \
         member(seller_id, group_id) AS (\
           SELECT v.seller_id, v.group_id FROM (SELECT DISTINCT w.seller_id FROM wanted w) s CROSS JOIN ({viewers}) b {membership} \
           UNION SELECT w.seller_id, w.seller_id FROM wanted w WHERE w.seller_id = $2), \
         above(product_id, seller_id, category_id) AS (\
           SELECT w.product_id, w.seller_id, w.category_id FROM wanted w WHERE w.category_id IS NOT NULL \
           UNION SELECT a.product_id, a.seller_id, c.parent_id FROM above a {parent}), \
         target(product_id, seller_id, target_id, brand) AS (\
           SELECT w.product_id, w.seller_id, w.seller_id, w.brand FROM wanted w \
           UNION ALL SELECT w.product_id, w.seller_id, w.product_id, {NO_TEXT} FROM wanted w \
           UNION ALL SELECT a.product_id, a.seller_id, a.category_id, {NO_TEXT} FROM above a)"
    )
}

/// Prices of lists and of agreements.
fn listed(engine: Engine, breadth: Breadth) -> String {
    let price = format!("p.product_id = w.product_id AND p.group_id = m.group_id AND {}", stood("p"));
    let term = format!("t.source_id = p.source_id AND {}", stood("t"));
    format!(
        "SELECT w.product_id, w.seller_id, t.origin, p.id, p.source_id, t.priority, {NO_NUMBER}, p.amount, p.currency, p.unit, \
                p.min_quantity, p.order_minimum, p.order_multiple, {NO_NUMBER}, p.valid_from, p.valid_until, t.valid_from, t.valid_until, \
                t.active, {NO_TEXT} \
           FROM wanted w JOIN member m ON m.seller_id = w.seller_id {} {} {}",
        seek(engine, "price", "p", &price),
        seek(engine, "price_term", "t", &term),
        narrowed(breadth, &["t", "p"]),
    )
}

/// Promotions and discounts of agreements. What several products have in common, such as a category, is looked up once.
fn promoted(engine: Engine, breadth: Breadth) -> String {
    let target = "g.target_id = d.target_id AND g.group_id = m.group_id";
    let term = format!("t.promotion_id = g.promotion_id AND {}", stood("t"));
    format!(
        "SELECT k.product_id, k.seller_id, f.origin, f.id, f.promotion_id, f.priority, f.percent, f.amount, f.currency, f.unit, \
                f.min_quantity, {NO_NUMBER}, {NO_NUMBER}, {NO_NUMBER}, f.valid_from, f.valid_until, {NO_NUMBER}, {NO_NUMBER}, f.active, f.name \
           FROM (SELECT g.target_id, g.brand, t.id, t.origin, t.promotion_id, t.priority, t.percent, t.amount, t.currency, t.unit, \
                        t.min_quantity, t.valid_from, t.valid_until, t.active, t.name \
                   FROM (SELECT DISTINCT seller_id, target_id FROM target) d JOIN member m ON m.seller_id = d.seller_id {} {} {}) f \
           JOIN target k ON k.target_id = f.target_id AND (f.brand IS NULL OR f.brand = k.brand)",
        seek(engine, "promotion_target", "g", target),
        seek(engine, "promotion_term", "t", &term),
        narrowed(breadth, &["t"]),
    )
}

/// The seller's own public offers, which are list prices.
fn offered(engine: Engine, breadth: Breadth) -> String {
    let offer = format!("o.product_id = w.product_id AND o.seller_id = w.seller_id AND o.public AND {}", stood("o"));
    format!(
        "SELECT w.product_id, w.seller_id, 'OFFER', o.id, o.offer_id, 0, {NO_NUMBER}, o.amount, o.currency, o.unit, {NO_NUMBER}, \
                o.min_quantity, o.multiple, o.max_quantity, o.valid_from, o.valid_until, {NO_NUMBER}, {NO_NUMBER}, o.active, {NO_TEXT} \
           FROM wanted w JOIN member m ON m.seller_id = w.seller_id AND m.group_id = w.seller_id {} {}",
        seek(engine, "offer_term", "o", &offer),
        narrowed(breadth, &["o"]),
    )
}

/// How the products are packed, as they are now. Packagings keep no history, so that a price as of an earlier time counts by them, too.
fn packed(engine: Engine) -> String {
    format!(
        "SELECT w.product_id, w.seller_id, '{PACKAGING}', k.id, k.id, 0, {NO_NUMBER}, {NO_NUMBER}, {NO_TEXT}, k.unit, \
                k.quantity, {NO_NUMBER}, {NO_NUMBER}, {NO_NUMBER}, {NO_NUMBER}, {NO_NUMBER}, {NO_NUMBER}, {NO_NUMBER}, true, k.of_unit \
           FROM wanted w {}",
        seek(engine, "product_packaging", "k", "k.product_id = w.product_id"),
    )
}
