//! A part in a venue.

use tradehall_domain::id::Id;
use tradehall_domain::named::Named;
use tradehall_domain::problem::{Code, Problem};
use tradehall_domain::side::Side;
use tradehall_domain::venue::{
    Participation, ParticipationEvent, ParticipationStatus, Venue, VenueAccess, VenueDraft, VenueModel,
};

use super::{Machine, now, outcome};

type Verb = fn(&mut Participation) -> Result<ParticipationEvent, Problem>;

const VERBS: [(&str, Verb); 8] = [
    ("reapply", |part| part.reapply(&open_venue(), true, now())),
    ("invite again", |part| part.invite_again(now())),
    ("accept", |part| part.accept(now())),
    ("approve", |part| part.approve(now())),
    ("reject", |part| part.reject(now())),
    ("suspend", |part| part.suspend(now())),
    ("reinstate", |part| part.reinstate(now())),
    ("leave", |part| part.leave(now())),
];

fn open_venue() -> Venue {
    let draft = VenueDraft {
        model: VenueModel::Intermediary,
        name: "Hall".to_owned(),
        access: VenueAccess::Public,
        guest_policy: None,
        visitor_policy: None,
    };
    Venue::open(draft, Id::new(), now()).unwrap().0
}

pub(super) fn participation() -> Machine {
    let statuses = ParticipationStatus::ALL;
    let mut machine = Machine::new("Participation in a venue", Code::ParticipationStatus, statuses);
    for (name, verb) in VERBS {
        machine.verb(
            name,
            statuses.iter().map(|status| {
                let mut part = Participation {
                    id: Id::new(),
                    venue: Id::new(),
                    owner: Id::new(),
                    organization: Id::new(),
                    side: Side::Seller,
                    status: *status,
                    barred: false,
                    since: now(),
                    version: 1,
                };
                outcome(verb(&mut part), part.status)
            }),
        );
    }
    machine
}
