use jiff::Timestamp;

use super::*;
use crate::access::Principal;
use crate::id::Id;
use crate::problem::Code;

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

fn queued(mode: ImportMode, is_trial: bool) -> Import {
    let draft = ImportDraft {
        kind: ImportKind::Products,
        mode,
        is_trial,
        attachment: Id::new(),
        file_name: "a.csv".to_owned(),
        settings: ImportSettings::default(),
    };
    Import::queue(draft, Id::new(), Principal::Market, NOW).0
}

fn stretch(created: i64, rejected: i64) -> Stretch {
    Stretch { rows: created + rejected, counts: Counts { created, rejected, ..Counts::default() } }
}

#[test]
fn how_a_run_ends_follows_from_its_mode_and_its_rows() {
    use ImportMode::{AllOrNothing, KeepGoodRows};
    use ImportStatus::{Completed, Failed, Partly, Reading};
    for (mode, trial, rejected, status) in [
        (KeepGoodRows, false, 0, Completed),
        (KeepGoodRows, false, 1, Partly),
        (KeepGoodRows, true, 1, Partly),
        (AllOrNothing, true, 1, Partly),
        (AllOrNothing, false, 1, Failed),
        // Everything was good, and now it is kept.
        (AllOrNothing, false, 0, Reading),
    ] {
        let mut import = queued(mode, trial);
        import.begin(3).unwrap();
        import.advance(stretch(3 - rejected, rejected), true, NOW).unwrap();
        assert_eq!(import.status, status, "{mode} {trial} {rejected}");
        assert_eq!(import.due_at.is_some(), status == Reading);
    }
}

#[test]
fn all_or_nothing_counts_what_it_keeps_and_stops_where_the_world_changed() {
    let mut import = queued(ImportMode::AllOrNothing, false);
    import.begin(4).unwrap();
    import.advance(stretch(4, 0), true, NOW).unwrap();
    assert_eq!((import.phase, import.position, import.counts()), (ImportPhase::Applying, 0, Counts::default()));
    import.advance(stretch(1, 1), false, NOW).unwrap();
    assert_eq!((import.status, import.counts().created), (ImportStatus::Failed, 1));
    assert_eq!(import.problems.iter().next().map(|problem| problem.code), Some(Code::RowsRefused));
}

#[test]
fn a_mapping_names_each_column_and_field_once() {
    let one = |column: &str, field: &str| ColumnMapping { column: column.to_owned(), field: Some(field.to_owned()) };
    assert!(check_columns(&[one("Mã", "number"), one("Tên", "name")]).is_ok());
    let twice = check_columns(&[one("A", "number"), one("a", "name"), one("B", "number")]).unwrap_err();
    let told: Vec<_> = twice.iter().map(|problem| (problem.path.join("."), problem.code)).collect();
    assert_eq!(told, [("1.column".to_owned(), Code::Duplicate), ("2.field".to_owned(), Code::Duplicate)]);
}

#[test]
fn a_cell_is_shown_shortened() {
    assert_eq!(Cell::new("a", "Đai ốc").text, "Đai ốc");
    assert_eq!(Cell::new("a", &"ố".repeat(81)).text, format!("{}…", "ố".repeat(80)));
}
