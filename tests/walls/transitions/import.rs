//! Imports and exports.

use tradehall_domain::access::Principal;
use tradehall_domain::export::{
    Export, ExportDraft, ExportEvent, ExportFilter, ExportFormat, ExportKind, ExportStatus,
};
use tradehall_domain::id::Id;
use tradehall_domain::import::{
    Counts, Import, ImportDraft, ImportEvent, ImportKind, ImportMode, ImportSettings, ImportStatus, Stretch,
};
use tradehall_domain::language::Language;
use tradehall_domain::named::Named;
use tradehall_domain::problem::{Code, Problem, Problems};

use super::{Machine, now, outcome};

fn queued(mode: ImportMode) -> Import {
    let draft = ImportDraft {
        kind: ImportKind::Products,
        mode,
        is_trial: false,
        attachment: Id::new(),
        file_name: "a.csv".to_owned(),
        settings: ImportSettings::default(),
    };
    Import::queue(draft, Id::new(), Principal::Market, now()).0
}

fn stretch(rejected: i64) -> Stretch {
    Stretch { rows: 1, counts: Counts { created: 1 - rejected, rejected, ..Counts::default() } }
}

pub(super) fn import(title: &'static str, mode: ImportMode) -> Machine {
    type Verb = fn(&mut Import) -> Result<ImportEvent, Problem>;
    let verbs: [(&str, Verb); 6] = [
        ("begin", |import| import.begin(3)),
        ("advance", |import| import.advance(stretch(0), false, now())),
        ("end with good rows", |import| import.advance(stretch(0), true, now())),
        ("end with refused rows", |import| import.advance(stretch(1), true, now())),
        ("fail", |import| import.fail(Problems::from(Code::FileDamaged), now())),
        ("cancel", |import| import.cancel(now())),
    ];
    let statuses = ImportStatus::ALL;
    let mut machine = Machine::new(title, Code::ImportStatus, statuses);
    for (name, verb) in verbs {
        machine.verb(
            name,
            statuses.iter().map(|status| {
                let mut import = Import { status: *status, ..queued(mode) };
                let done = verb(&mut import);
                outcome(done, import.status)
            }),
        );
    }
    machine
}

pub(super) fn export() -> Machine {
    type Verb = fn(&mut Export) -> Result<ExportEvent, Problem>;
    let verbs: [(&str, Verb); 3] = [
        ("finish", |export| export.finish(Id::new(), 3, now())),
        ("fail", |export| export.fail(Problems::from(Code::StorageFull), now())),
        ("cancel", |export| export.cancel(now())),
    ];
    let draft = ExportDraft {
        kind: ExportKind::Products,
        format: ExportFormat::Csv,
        filter: ExportFilter::default(),
        language: Language::English,
    };
    let statuses = ExportStatus::ALL;
    let mut machine = Machine::new("Export", Code::ExportStatus, statuses);
    for (name, verb) in verbs {
        machine.verb(
            name,
            statuses.iter().map(|status| {
                let (queued, _) = Export::queue(draft, Id::new(), Principal::Market, now()).unwrap();
                let mut export = Export { status: *status, ..queued };
                let done = verb(&mut export);
                outcome(done, export.status)
            }),
        );
    }
    machine
}
