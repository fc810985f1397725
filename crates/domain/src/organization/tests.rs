//! Every verb in every status, and the rules that no status tells of.

mod capability;
mod facts;
mod invitation;
mod membership;
mod tree;
mod verification;

use jiff::Timestamp;

use super::{
    BankAccountDraft, Capability, DocumentDraft, Dossier, OrganizationDraft, Reason, SubmissionDraft, Verification,
};
use crate::named::Named;

fn now() -> Timestamp {
    "2026-03-02T08:00:00Z".parse().unwrap()
}

fn later() -> Timestamp {
    "2026-03-03T08:00:00Z".parse().unwrap()
}

fn reason() -> Reason {
    Reason::parse("Because.").unwrap()
}

/// An organization at `verification`, with a legal name and a tax code.
fn dossier(verification: Verification) -> Dossier {
    let draft = OrganizationDraft {
        name: "Thép Việt".to_owned(),
        country: "VN".to_owned(),
        legal_name: Some("Công ty TNHH Thép Việt".to_owned()),
        tax_code: Some("0100109106".to_owned()),
        address: None,
        capabilities: vec![Capability::Buyer],
    };
    let (mut dossier, _) = Dossier::found(&draft, now()).unwrap();
    dossier.organization.verification = verification;
    dossier
}

fn papers() -> SubmissionDraft {
    SubmissionDraft {
        legal_name: None,
        tax_code: None,
        owner_name: "Lê Văn An".to_owned(),
        bank_account: BankAccountDraft {
            bank: "Vietcombank".to_owned(),
            number: "0071 0012 3456 7".to_owned(),
            holder: "THEP VIET".to_owned(),
            bic: None,
        },
        documents: vec![DocumentDraft { attachment: crate::id::Id::new(), title: "Licence".to_owned() }],
    }
}

/// A verb by its name: what status it leads to from another, or that it is refused there.
type Verb<'a, S> = (&'a str, &'a dyn Fn(S) -> Option<S>);

/// One row per verb, one column per status: the status that the verb leads to, or a hyphen where it is refused.
fn matrix<S: Named + std::fmt::Display>(statuses: &[S], verbs: &[Verb<'_, S>]) -> String {
    let mut lines = vec![std::iter::once("").chain(statuses.iter().map(|s| s.name())).collect::<Vec<_>>().join(" | ")];
    for (name, verb) in verbs {
        let cells = statuses.iter().map(|status| verb(*status).map_or("-", Named::name));
        lines.push(std::iter::once(*name).chain(cells).collect::<Vec<_>>().join(" | "));
    }
    lines.join("\n")
}

/// The same written by hand, blanks for the eye dropped.
fn table(text: &str) -> String {
    let tidy = |line: &str| line.split('|').map(str::trim).collect::<Vec<_>>().join(" | ");
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(tidy).collect::<Vec<_>>().join("\n")
}
