//! The one statement that reads whatever can make a price, for many products at once.
//!
//! It starts from the groups of the buyer, not from lists: prices are found by product and group, so that lists of other customers are
//! not even touched, however many name the product. Whose rows are read is said here for both engines; on PostgreSQL row-level
//! security says it once more. The columns are those that [`row`](super::row) reads, in its order.

use crate::Engine;

/// The statement. `$1` are the wanted products as JSON, `$2` the buyer or the nil UUID, `$3` the time by which the books are read, `$4`
/// the time at which the price is asked for, `$5` whether also what does not hold at that time is wanted.
pub(super) fn candidates(engine: Engine) -> String {
    let wanted = match engine {
        Engine::Postgres => {
            "SELECT r.product_id, r.seller_id, r.category_id, r.brand FROM json_to_recordset($1::json) \
             AS r(product_id uuid, seller_id uuid, category_id uuid, brand text)"
        }
        Engine::Sqlite => {
            "SELECT unhex(json_extract(value, '$.product_id')) AS product_id, unhex(json_extract(value, '$.seller_id')) AS seller_id, \
             unhex(json_extract(value, '$.category_id')) AS category_id, json_extract(value, '$.brand') AS brand FROM json_each($1)"
        }
    };
    let nobody = match engine {
        Engine::Postgres => "'00000000-0000-0000-0000-000000000000'::uuid",
        Engine::Sqlite => "zeroblob(16)",
    };
    let recorded =
        |alias: &str| format!("{alias}.recorded_at <= $3 AND ({alias}.ended_at IS NULL OR {alias}.ended_at > $3)");
    let holds = |alias: &str| {
        format!(
            "({alias}.valid_from IS NULL OR {alias}.valid_from <= $4) AND ({alias}.valid_until IS NULL OR {alias}.valid_until > $4)"
        )
    };
    let none = |kind: &str| format!("CAST(NULL AS {kind})");
    let (no_number, no_text) = (none("bigint"), none("text"));
    let listed = format!(
        "SELECT w.product_id, w.seller_id, t.origin, p.id, p.source_id, t.priority, {no_number}, p.amount, p.currency, p.unit, p.min_quantity, \
                p.order_minimum, p.order_multiple, {no_number}, p.valid_from, p.valid_until, t.valid_from, t.valid_until, t.active, {no_text} \
           FROM wanted w JOIN member m ON m.seller_id = w.seller_id \
           JOIN price p ON p.product_id = w.product_id AND p.group_id = m.group_id AND {} \
           JOIN price_term t ON t.source_id = p.source_id AND {} \
          WHERE $5 OR (t.active AND {} AND {})",
        recorded("p"),
        recorded("t"),
        holds("p"),
        holds("t"),
    );
    let promoted = format!(
        "SELECT k.product_id, k.seller_id, t.origin, t.id, t.promotion_id, t.priority, t.percent, t.amount, t.currency, t.unit, t.min_quantity, \
                {no_number}, {no_number}, {no_number}, t.valid_from, t.valid_until, {no_number}, {no_number}, t.active, t.name \
           FROM target k JOIN member m ON m.seller_id = k.seller_id \
           JOIN promotion_target g ON g.target_id = k.target_id AND g.group_id = m.group_id AND (g.brand IS NULL OR g.brand = k.brand) \
           JOIN promotion_term t ON t.promotion_id = g.promotion_id AND {} \
          WHERE $5 OR (t.active AND {})",
        recorded("t"),
        holds("t"),
    );
    let offered = format!(
        "SELECT w.product_id, w.seller_id, 'OFFER', o.id, o.offer_id, 0, {no_number}, o.amount, o.currency, o.unit, {no_number}, \
                o.min_quantity, o.multiple, o.max_quantity, o.valid_from, o.valid_until, {no_number}, {no_number}, o.active, {no_text} \
           FROM wanted w JOIN member m ON m.seller_id = w.seller_id AND m.group_id = w.seller_id \
           JOIN offer_term o ON o.product_id = w.product_id AND o.seller_id = w.seller_id AND o.public AND {} \
          WHERE $5 OR (o.active AND {})",
        recorded("o"),
        holds("o"),
    );
    format!(
        "WITH RECURSIVE wanted AS ({wanted}), \
         member(seller_id, group_id) AS (\
           SELECT v.seller_id, v.group_id FROM viewing v \
            WHERE v.seller_id IN (SELECT w.seller_id FROM wanted w) AND v.viewer_id IN ({nobody}, $2) AND v.prices \
              AND v.since <= $3 AND (v.until IS NULL OR v.until > $3) \
           UNION SELECT w.seller_id, w.seller_id FROM wanted w WHERE w.seller_id = $2), \
         above(product_id, seller_id, category_id) AS (\
           SELECT w.product_id, w.seller_id, w.category_id FROM wanted w WHERE w.category_id IS NOT NULL \
           UNION SELECT a.product_id, a.seller_id, c.parent_id FROM above a JOIN category c ON c.id = a.category_id WHERE c.parent_id IS NOT NULL), \
         target(product_id, seller_id, target_id, brand) AS (\
           SELECT w.product_id, w.seller_id, w.seller_id, w.brand FROM wanted w \
           UNION ALL SELECT w.product_id, w.seller_id, w.product_id, {no_text} FROM wanted w \
           UNION ALL SELECT a.product_id, a.seller_id, a.category_id, {no_text} FROM above a) \
         {listed} UNION ALL {promoted} UNION ALL {offered}"
    )
}
