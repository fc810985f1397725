//! Catalog versions.

use jiff::SignedDuration;
use tradehall_domain::id::Id;
use tradehall_domain::named::Named;
use tradehall_domain::problem::{Code, Problem};
use tradehall_domain::publishing::{CatalogVersion, CatalogVersionEvent, CatalogVersionStatus};

use super::{Machine, now, outcome};

pub(super) fn version() -> Machine {
    type Step = fn(&mut CatalogVersion) -> Result<CatalogVersionEvent, Problem>;
    let steps: [(&str, Step); 8] = [
        ("write", |version| version.write(1, 0)),
        ("submit", |version| version.submit(now())),
        ("return", |version| version.send_back(now())),
        ("schedule", |version| version.schedule(now() + SignedDuration::from_hours(1), now())),
        ("publish", |version| version.publish(2, now())),
        ("find a conflict when the time has come", |version| version.hold(Code::VersionConflicts, now())),
        ("be followed by another", |version| version.supersede(now())),
        ("cancel", |version| version.cancel(now())),
    ];
    let statuses = CatalogVersionStatus::ALL;
    let mut machine = Machine::new("Catalog version", Code::CatalogVersionStatus, statuses);
    for (name, step) in steps {
        machine.verb(
            name,
            statuses.iter().map(|status| {
                let (mut version, _) = CatalogVersion::open("Spring", Id::new(), 0, now()).unwrap();
                (version.status, version.changes) = (*status, 1);
                let done = step(&mut version);
                outcome(done, version.status)
            }),
        );
    }
    machine
}
