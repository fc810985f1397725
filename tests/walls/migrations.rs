//! The databases: both engines agree, every tenant's table stands behind row-level security, and that wall holds by itself.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, Row};
use tradehall_persistence::migrate::{migrate, pending};
use tradehall_tests::World;

use crate::dump::Behind;
use crate::town::Town;

/// The role under which every request runs.
const RUNTIME: &str = "tradehall_runtime";

/// What a table is made of, in words that both engines share.
type Tables = BTreeMap<String, BTreeSet<String>>;

/// A column of either engine, as the other one has it.
fn shared_type(kind: &str) -> &'static str {
    match kind.to_lowercase().as_str() {
        "uuid" | "bytea" | "blob" => "bytes",
        "bigint" | "boolean" | "integer" | "smallint" => "integer",
        "text" => "text",
        other => panic!("a column of type {other}: say what the other engine has in its place"),
    }
}

async fn of_postgres(behind: &mut Behind) -> Tables {
    let mut tables = Tables::new();
    let columns = "SELECT table_name || ' ' || column_name || ' ' || data_type || ' ' || is_nullable \
                   FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'seaql_migrations'";
    for row in behind.column(columns).await {
        let words: Vec<&str> = row.split(' ').collect();
        let (nullable, kind) = (words[words.len() - 1], words[2..words.len() - 1].join(" "));
        let null = if nullable == "YES" { "null" } else { "not null" };
        let column = format!("column {} {} {null}", words[1], shared_type(&kind));
        tables.entry(words[0].to_owned()).or_default().insert(column);
    }
    let uniques = "SELECT t.relname || ' ' || string_agg(a.attname, ',' ORDER BY k.place) \
                   || CASE WHEN i.indpred IS NULL THEN '' ELSE ' where' END \
                   FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid JOIN pg_namespace n ON n.oid = t.relnamespace \
                   CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY AS k(number, place) \
                   JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.number \
                   WHERE n.nspname = 'public' AND i.indisunique AND t.relname <> 'seaql_migrations' \
                   GROUP BY t.relname, i.indexrelid, i.indpred";
    unique(&mut tables, behind.column(uniques).await);
    let references = "SELECT t.relname || ' ' || string_agg(a.attname, ',' ORDER BY k.place) || ' ' || f.relname \
                      FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid JOIN pg_class f ON f.oid = c.confrelid \
                      CROSS JOIN LATERAL unnest(c.conkey) WITH ORDINALITY AS k(number, place) \
                      JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.number \
                      WHERE c.contype = 'f' GROUP BY t.relname, f.relname, c.oid";
    reference(&mut tables, behind.column(references).await);
    tables
}

async fn of_sqlite(behind: &mut Behind) -> Tables {
    let mut tables = Tables::new();
    for table in behind.tables().await {
        let columns = format!(
            "SELECT 'column ' || name || ' ' || type || CASE WHEN \"notnull\" OR pk THEN ' not null' ELSE ' null' END \
             FROM pragma_table_info('{table}')"
        );
        for row in behind.column(&columns).await {
            let mut words: Vec<&str> = row.split(' ').collect();
            words[2] = shared_type(words[2]);
            tables.entry(table.clone()).or_default().insert(words.join(" "));
        }
        let uniques = format!(
            "SELECT '{table} ' || (SELECT group_concat(name, ',') FROM (SELECT name FROM pragma_index_info(l.name) ORDER BY seqno)) \
             || CASE WHEN l.partial THEN ' where' ELSE '' END FROM pragma_index_list('{table}') l WHERE l.\"unique\""
        );
        unique(&mut tables, behind.column(&uniques).await);
        let references = format!(
            "SELECT '{table} ' || group_concat(\"from\", ',') || ' ' || \"table\" FROM \
             (SELECT * FROM pragma_foreign_key_list('{table}') ORDER BY id, seq) GROUP BY id, \"table\""
        );
        reference(&mut tables, behind.column(&references).await);
    }
    tables
}

fn unique(tables: &mut Tables, rows: Vec<String>) {
    for row in rows {
        let (table, columns) = row.split_once(' ').unwrap();
        tables.entry(table.to_owned()).or_default().insert(format!("unique {columns}"));
    }
}

fn reference(tables: &mut Tables, rows: Vec<String>) {
    for row in rows {
        let (table, rest) = row.split_once(' ').unwrap();
        tables.entry(table.to_owned()).or_default().insert(format!("references {rest}"));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn both_schemas_agree() {
    let (sqlite, postgres) = (World::sqlite().await, World::postgres().await);
    let sqlite = of_sqlite(&mut Behind::open(&sqlite.url).await).await;
    let postgres = of_postgres(&mut Behind::open(&postgres.url).await).await;
    let mut faults = Vec::new();
    let names: BTreeSet<&String> = sqlite.keys().chain(postgres.keys()).collect();
    for name in names {
        let (one, other) = (sqlite.get(name), postgres.get(name));
        let (Some(one), Some(other)) = (one, other) else {
            faults.push(format!("{name} is on one engine only"));
            continue;
        };
        faults.extend(one.difference(other).map(|part| format!("{name}: only SQLite has {part}")));
        faults.extend(other.difference(one).map(|part| format!("{name}: only PostgreSQL has {part}")));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(
        sqlite.len() > 20 && sqlite.values().flatten().any(|part| part.starts_with("unique ")),
        "nothing was compared"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn migrating_twice_does_nothing() {
    for world in [World::sqlite().await, World::postgres().await] {
        let mut behind = Behind::open(&world.url).await;
        let before = behind.rows().await;
        assert_eq!(pending(&world.url).await.unwrap(), 0);
        assert_eq!(migrate(&world.url).await.unwrap(), 0);
        assert_eq!(behind.rows().await, before);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tables_on_sqlite_are_strict_and_have_one_id() {
    let world = World::sqlite().await;
    let mut behind = Behind::open(&world.url).await;
    let loose = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND NOT strict \
                 AND name NOT LIKE 'sqlite%' AND name <> 'seaql_migrations'";
    assert_eq!(behind.column(loose).await, Vec::<String>::new(), "not strict");
    for table in behind.tables().await {
        let key = behind.column(&format!("SELECT name FROM pragma_table_info('{table}') WHERE pk")).await;
        assert_eq!(key, ["id"], "{table}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_table_on_postgres_stands_behind_a_forced_policy() {
    let world = World::postgres().await;
    let mut behind = Behind::open(&world.url).await;
    let open = "SELECT c.relname::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
                WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND c.relname <> 'seaql_migrations' \
                AND NOT (c.relrowsecurity AND c.relforcerowsecurity \
                         AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid))";
    assert_eq!(behind.column(open).await, Vec::<String>::new(), "not behind a forced policy");
    // A policy that calls a function bare calls it for every row; a subquery is planned once.
    let slow = "SELECT tablename || ': ' || qual FROM pg_policies WHERE schemaname = 'public' \
                AND regexp_replace(coalesce(qual, '') || coalesce(with_check, ''), \
                    'SELECT (current_organization|current_person|current_audience|across_tenants|colleagues)\\(\\)', '', 'g') \
                    ~ '(current_organization|current_person|current_audience|across_tenants)\\(\\)'";
    assert_eq!(behind.column(slow).await, Vec::<String>::new(), "planned for every row");

    let owned = format!(
        "SELECT c.relname::text FROM pg_class c WHERE pg_get_userbyid(c.relowner) = '{RUNTIME}' UNION ALL \
         SELECT p.proname::text FROM pg_proc p WHERE pg_get_userbyid(p.proowner) = '{RUNTIME}' UNION ALL \
         SELECT n.nspname::text FROM pg_namespace n WHERE pg_get_userbyid(n.nspowner) = '{RUNTIME}'"
    );
    assert_eq!(behind.column(&owned).await, Vec::<String>::new(), "the runtime role owns nothing");
    let mighty = format!(
        "SELECT rolname::text FROM pg_roles WHERE rolname = '{RUNTIME}' \
         AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb)"
    );
    assert_eq!(behind.column(&mighty).await, Vec::<String>::new(), "the runtime role is nobody special");
    let grants = format!(
        "SELECT table_name || ' ' || privilege_type FROM information_schema.table_privileges WHERE grantee = '{RUNTIME}' \
         AND privilege_type NOT IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE')"
    );
    assert_eq!(behind.column(&grants).await, Vec::<String>::new(), "reading and writing rows is all it may do");
}

/// Tables of which anybody who is signed in sees the rows that stand here, and why.
const SHOWN: &[(&str, &str, &str)] = &[
    ("organization", "true", "the directory"),
    ("venue", "access = 'PUBLIC'", "public venues"),
    ("venue_owner", "venue_id IN (SELECT id FROM venue WHERE access = 'PUBLIC')", "who owns public venues"),
    ("product", "status = 'PUBLISHED'", "published products"),
    ("offer", "access = 'PUBLIC'", "public offers"),
    ("category", "published", "categories with published products"),
    ("category_showing", "group_id = owner_id", "which categories are shown to everybody"),
    ("viewing", "viewer_id = '00000000-0000-0000-0000-000000000000'", "what is shown to everybody"),
    ("offer_term", "public", "what public offers asked"),
    ("rfq", "audience = 'PUBLIC'", "public requests"),
];

/// Tables of which whoever has not signed in sees rows of the one seller in town that shows its goods to visitors (`$`), and why.
const VISITED: &[(&str, &str, &str)] = &[
    ("organization", "id = $", "who sells to visitors"),
    ("venue", "owner_id = $ AND visitor_policy = 'OPEN'", "its shop"),
    ("viewing", "seller_id = $ AND viewer_id = 'ffffffff-ffff-ffff-ffff-ffffffffffff'", "what is shown to visitors"),
    ("product", "owner_id = $ AND viewers_id = $ AND status = 'PUBLISHED'", "what is in no exclusive assortment"),
];

/// Raw SQL as the runtime role, past all of our code.
async fn as_runtime(url: &str, organization: &str, person: &str) -> PgConnection {
    let mut connection = PgConnection::connect(url).await.unwrap();
    let frame = format!(
        "SET ROLE {RUNTIME}; SELECT set_config('tradehall.organization', '{organization}', false), \
         set_config('tradehall.user', '{person}', false), set_config('tradehall.task', '', false)"
    );
    connection.execute(AssertSqlSafe(frame)).await.unwrap();
    connection
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn row_level_security_holds_without_our_code() {
    let town = Town::build(World::postgres().await).await;
    let mut behind = Behind::open(&town.world.url).await;
    let tables = behind.tables().await;
    let outsider = (uuid::Uuid::now_v7().to_string(), uuid::Uuid::now_v7().to_string());
    let buyer = (town.buyer.organization().to_string(), town.buyer.actor.user().unwrap().to_string());
    let mut filled = 0;
    for (who, (organization, person)) in [("an outsider", &outsider), ("nobody", &(String::new(), String::new()))] {
        let mut connection = as_runtime(&town.world.url, organization, person).await;
        let seller = format!("'{}'", town.seller.organization());
        let shown = if person.is_empty() { VISITED } else { SHOWN };
        for (table, rows, _) in shown.iter().filter(|_| person.is_empty()) {
            let sql = format!("SELECT count(*) FROM {table} WHERE {}", rows.replace('$', &seller));
            let seen: i64 = connection.fetch_one(AssertSqlSafe(sql)).await.unwrap().get(0);
            assert!(seen > 0, "visitors see nothing of {table}");
        }
        for table in &tables {
            let total = behind.column(&format!("SELECT count(*)::text FROM {table}")).await;
            filled += usize::from(total != ["0"]);
            let shown = shown.iter().find(|(shown, ..)| shown == table);
            let hidden =
                shown.map_or_else(String::new, |(_, rows, _)| format!("WHERE NOT ({})", rows.replace('$', &seller)));
            let sql = format!("SELECT count(*) FROM {table} {hidden}");
            let seen: i64 = connection.fetch_one(AssertSqlSafe(sql)).await.unwrap().get(0);
            assert_eq!(seen, 0, "{who} sees rows of {table}");
            let touched = if has_column(&mut behind, table, "version").await { "version" } else { "id" };
            let sql = format!("UPDATE {table} SET {touched} = {touched}");
            let changed = connection.execute(AssertSqlSafe(sql)).await;
            let changed = changed.map(|done| done.rows_affected()).unwrap_or(0);
            assert_eq!(changed, 0, "{who} changes rows of {table}");
        }
    }
    assert!(filled > 40, "only {filled} tables hold rows: the wall was hardly tried");

    // The same tables are not simply empty: their owner sees rows there.
    let mut connection = as_runtime(&town.world.url, &buyer.0, &buyer.1).await;
    for table in ["rfq", "purchase_order", "participation", "organization_unit", "api_key", "membership", "event"] {
        let sql = format!("SELECT count(*) FROM {table}");
        let seen: i64 = connection.fetch_one(AssertSqlSafe(sql)).await.unwrap().get(0);
        assert!(seen > 0, "the buyer sees nothing of {table}");
    }
}

async fn has_column(behind: &mut Behind, table: &str, column: &str) -> bool {
    let sql = format!(
        "SELECT column_name::text FROM information_schema.columns WHERE table_name = '{table}' AND column_name = '{column}'"
    );
    !behind.column(&sql).await.is_empty()
}
