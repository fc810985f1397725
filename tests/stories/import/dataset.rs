//! The small data set in `tests/fixtures/adventureworks`, line by line.

use std::fs;
use std::path::{Path, PathBuf};

use tradehall::import::{Options, Progress, adventureworks};
use tradehall_domain::access::SystemTask;
use tradehall_domain::catalog::OfferStatus;
use tradehall_domain::import::{ImportMode, ImportStatus};
use tradehall_domain::named::Named as _;
use tradehall_domain::organization::OrganizationId;
use tradehall_persistence::PageRequest;
use tradehall_persistence::catalog::offer;
use tradehall_tests::{World, story};

use super::{counts, load};

fn fixture() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/adventureworks")
}

/// A copy of the data set with one text of one file replaced.
fn edited(file: &str, from: &str, to: &str) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(fixture()).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), dir.path().join(entry.file_name())).unwrap();
    }
    let path = dir.path().join(file);
    let text = fs::read(&path).unwrap();
    let at = text.windows(from.len()).position(|window| window == from.as_bytes()).expect("the text to replace");
    let text = [&text[..at], to.as_bytes(), &text[at + from.len()..]].concat();
    fs::write(path, text).unwrap();
    dir
}

/// What every row became: created, changed, unchanged, rejected.
const FIRST: [(&str, [i64; 4]); 6] = [
    ("product_categories.csv", [2, 0, 0, 2]),
    ("product_subcategories.csv", [2, 0, 0, 2]),
    ("products.csv", [4, 0, 0, 5]),
    ("vendors.csv", [3, 0, 0, 1]),
    ("stores.csv", [3, 0, 0, 0]),
    ("product_vendors.csv", [5, 0, 0, 8]),
];

/// Why rows were refused: file, line, code and column.
const REFUSALS: &[(&str, i64, &str, &str)] = &[
    ("product_categories.csv", 4, "DUPLICATE", "id"),
    ("product_categories.csv", 5, "NUMBER_MALFORMED", "id"),
    ("product_subcategories.csv", 6, "REQUIRED", "name"),
    ("product_subcategories.csv", 4, "KEY_UNKNOWN", "category_id"),
    ("products.csv", 6, "TOO_SHORT", "name"),
    ("products.csv", 8, "UNKNOWN_UNIT", "size_unit_code"),
    ("products.csv", 9, "ROW_LENGTH", ""),
    ("products.csv", 5, "PRODUCT_NUMBER_TAKEN", "product_number"),
    ("products.csv", 7, "KEY_UNKNOWN", "subcategory_id"),
    ("vendors.csv", 5, "INVALID", "active"),
    ("product_vendors.csv", 6, "DUPLICATE", "vendor_id"),
    ("product_vendors.csv", 7, "NOT_POSITIVE", "standard_price"),
    ("product_vendors.csv", 8, "TOO_MANY_DECIMALS", "standard_price"),
    ("product_vendors.csv", 9, "UNKNOWN_UNIT", "unit_code"),
    ("product_vendors.csv", 12, "TEXT_NOT_UTF8", "standard_price"),
    ("product_vendors.csv", 13, "NUMBER_MALFORMED", "average_lead_time_days"),
    ("product_vendors.csv", 13, "NUMBER_MALFORMED", "standard_price"),
    ("product_vendors.csv", 13, "REQUIRED", "min_order_qty"),
    ("product_vendors.csv", 10, "KEY_UNKNOWN", "product_id"),
    ("product_vendors.csv", 11, "KEY_UNKNOWN", "vendor_id"),
];

async fn offers_of(world: &World, maker: OrganizationId) -> Vec<(String, OfferStatus)> {
    let tx = world.system(SystemTask::Import).await;
    let filter = offer::Filter { product_owner: Some(maker), ..offer::Filter::default() };
    let page = offer::list(&tx, &filter, &PageRequest::first(100)).await.unwrap();
    let mut offers: Vec<_> = page.items.iter().map(|o| (o.terms.price.to_string(), o.status)).collect();
    offers.sort_by(|one, next| one.0.cmp(&next.0));
    offers
}

story! {
    async fn good_rows_are_kept_and_each_bad_one_has_a_reason(world) {
        let report = load(&world, &fixture(), ImportMode::KeepGoodRows).await;
        assert_eq!(counts(&report), FIRST);
        let reasons: Vec<_> = report.refusals.iter().flat_map(|refusal| {
            refusal.problems.iter().map(|p| (refusal.file.as_str(), refusal.line, p.code.name(), p.path.first().map_or("", String::as_str)))
        }).collect();
        assert_eq!(reasons, REFUSALS);

        let maker = report.import.organization.unwrap();
        use OfferStatus::{Active, Paused};
        let offers = offers_of(&world, maker).await;
        let expected = [("0.99 USD", Active), ("2.50 USD", Paused), ("28.1725 USD", Active), ("3.00 USD", Paused), ("47.87 USD", Active)];
        assert_eq!(offers, expected.map(|(price, status)| (price.to_owned(), status)), "vendor 1496 is not active");
    }
}

story! {
    async fn reading_again_changes_nothing_and_reading_news_changes_what_differs(world) {
        load(&world, &fixture(), ImportMode::KeepGoodRows).await;
        let again = load(&world, &fixture(), ImportMode::KeepGoodRows).await;
        let unchanged = FIRST.map(|(file, [created, _, _, rejected])| (file, [0, 0, created, rejected]));
        assert_eq!(counts(&again), unchanged);

        let dearer = edited("product_vendors.csv", "47.8700", "48.0000");
        let report = load(&world, dearer.path(), ImportMode::KeepGoodRows).await;
        assert_eq!(counts(&report)[5], ("product_vendors.csv", [0, 1, 4, 8]));
        let renamed = edited("products.csv", "Adjustable Race", "Fixed Race");
        let report = load(&world, renamed.path(), ImportMode::KeepGoodRows).await;
        assert_eq!(counts(&report)[2], ("products.csv", [0, 1, 3, 5]));
        assert_eq!(counts(&report)[5], ("product_vendors.csv", [0, 1, 4, 8]), "and the price is as it was again");
    }
}

story! {
    async fn all_or_nothing_keeps_nothing_beside_a_bad_row(world) {
        let report = load(&world, &fixture(), ImportMode::AllOrNothing).await;
        assert_eq!(report.import.status, ImportStatus::Failed);
        assert_eq!(counts(&report), FIRST, "what would have been made");
        assert_eq!(report.import.organization, None);
        let kept = load(&world, &fixture(), ImportMode::KeepGoodRows).await;
        assert_eq!(counts(&kept), FIRST, "nothing was there");
    }
}

story! {
    async fn all_or_nothing_keeps_everything_where_all_is_good(world) {
        let dir = tempfile::tempdir().unwrap();
        for (file, text) in [
            ("product_categories.csv", "id,name\n1,Components\n"),
            ("product_subcategories.csv", "id,category_id,name\n1,1,Bearings\n"),
            (
                "products.csv",
                "id,name,product_number,make_flag,color,size,size_unit_code,weight,weight_unit_code,product_line,class,style,\
                 subcategory_id\n1,Race,AR-1,0,,,,,,,,,1\n",
            ),
            ("vendors.csv", "id,name,active\n1,Vendor,1\n"),
            ("stores.csv", "id,name\n1,Store\n"),
            (
                "product_vendors.csv",
                "product_id,vendor_id,average_lead_time_days,standard_price,min_order_qty,max_order_qty,unit_code\n\
                 1,1,17,.5,1,,EA\n",
            ),
        ] {
            fs::write(dir.path().join(file), text).unwrap();
        }
        let report = load(&world, dir.path(), ImportMode::AllOrNothing).await;
        assert_eq!((report.import.status, report.refusals.len()), (ImportStatus::Completed, 0));
        assert_eq!(offers_of(&world, report.import.organization.unwrap()).await, [("0.50 USD".to_owned(), OfferStatus::Active)]);
        let again = load(&world, dir.path(), ImportMode::AllOrNothing).await;
        assert!(counts(&again).iter().all(|(_, counts)| *counts == [0, 0, 1, 0]));
    }
}

story! {
    async fn a_trial_keeps_nothing(world) {
        let options = Options { mode: ImportMode::KeepGoodRows, trial: true };
        let mut seen = Vec::new();
        let report = adventureworks(&world.app, &fixture(), options, &mut |at| seen.push(at)).await.unwrap();
        assert_eq!((report.import.status, counts(&report)), (ImportStatus::Partly, FIRST.to_vec()));
        assert_eq!(seen.last(), Some(&Progress { file: "product_vendors.csv", rows: 13 }));
        assert_eq!(counts(&load(&world, &fixture(), ImportMode::KeepGoodRows).await), FIRST);
    }
}

story! {
    async fn a_file_that_is_not_there_or_lacks_a_column_stops_before_anything_is_written(world) {
        let options = Options { mode: ImportMode::KeepGoodRows, trial: false };
        let lacking = edited("stores.csv", "id;name", "id;label");
        let refused = adventureworks(&world.app, lacking.path(), options, &mut |_| {}).await.unwrap_err();
        assert_eq!(refused.to_string(), "refused: COLUMN_MISSING at stores.csv: The column name is missing in the first row.");
        fs::remove_file(lacking.path().join("vendors.csv")).unwrap();
        let refused = adventureworks(&world.app, lacking.path(), options, &mut |_| {}).await.unwrap_err();
        assert_eq!(refused.to_string(), "refused: FILE_UNREADABLE at vendors.csv: The file vendors.csv cannot be read.");
        assert_eq!(counts(&load(&world, &fixture(), ImportMode::KeepGoodRows).await), FIRST);
    }
}
