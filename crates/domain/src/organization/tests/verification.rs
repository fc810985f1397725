use super::{Verb, dossier, later, matrix, now, papers, reason, table};
use crate::named::Named;
use crate::organization::{Dossier, OrganizationChange, OrganizationEvent, Verification};
use crate::problem::{Code, Problems};

#[test]
fn every_verb_in_every_status() {
    let after = |verb: &dyn Fn(&mut Dossier) -> bool, status| {
        let mut dossier = dossier(status);
        let before = dossier.clone();
        let done = verb(&mut dossier);
        let reached = dossier.organization.verification;
        assert!(done || dossier == before, "a refused verb changes nothing");
        assert_eq!(dossier.organization.verification_since, if reached == status { now() } else { later() });
        done.then_some(reached)
    };
    let verbs: &[Verb<'_, Verification>] = &[
        ("submit", &|s| after(&|d| d.submit(&papers(), later()).is_ok(), s)),
        ("startReview", &|s| after(&|d| d.start_review(later()).is_ok(), s)),
        ("requestChanges", &|s| after(&|d| d.request_changes(reason(), later()).is_ok(), s)),
        ("reject", &|s| after(&|d| d.reject(reason(), later()).is_ok(), s)),
        ("verify", &|s| after(&|d| d.verify(later()).is_ok(), s)),
        ("suspend", &|s| after(&|d| d.suspend(reason(), later()).is_ok(), s)),
        ("reinstate", &|s| after(&|d| d.reinstate(later()).is_ok(), s)),
        ("amendLegal", &|s| after(&|d| rename(d).is_ok(), s)),
    ];
    let expected = table(
        "
                       | UNVERIFIED | SUBMITTED | IN_REVIEW         | CHANGES_REQUESTED | REJECTED | VERIFIED  | SUSPENDED
        submit         | SUBMITTED  | -         | -                 | SUBMITTED         | -        | -         | -
        startReview    | -          | IN_REVIEW | -                 | -                 | -        | -         | -
        requestChanges | -          | -         | CHANGES_REQUESTED | -                 | -        | -         | -
        reject         | -          | -         | REJECTED          | -                 | -        | -         | -
        verify         | -          | -         | VERIFIED          | -                 | -        | -         | -
        suspend        | -          | -         | -                 | -                 | -        | SUSPENDED | -
        reinstate      | -          | -         | -                 | -                 | -        | -         | VERIFIED
        amendLegal     | UNVERIFIED | SUBMITTED | -                 | CHANGES_REQUESTED | -        | SUBMITTED | -
        ",
    );
    assert_eq!(matrix(Verification::ALL, verbs), expected);
}

fn rename(dossier: &mut Dossier) -> Result<Vec<OrganizationEvent>, Problems> {
    let change = OrganizationChange { legal_name: Some("Another".to_owned()), ..Default::default() };
    dossier.amend(&change, later())
}

#[test]
fn only_what_was_verified_is_verified_again() {
    let change = |change: OrganizationChange| {
        let mut dossier = dossier(Verification::Verified);
        let events = dossier.amend(&change, later()).unwrap();
        (dossier.organization.verification, events)
    };
    let (status, events) = change(OrganizationChange { name: Some("New sign".to_owned()), ..Default::default() });
    assert_eq!((status, events), (Verification::Verified, vec![OrganizationEvent::Amended { fields: vec!["name"] }]));
    let (status, events) = change(OrganizationChange::default());
    assert_eq!((status, events), (Verification::Verified, vec![]), "nothing changed, nothing happened");
    let same = OrganizationChange { tax_code: Some("0100109106".to_owned()), ..Default::default() };
    assert_eq!(change(same).1, []);
    let owner = OrganizationChange { owner_name: Some("Somebody".to_owned()), ..Default::default() };
    let (status, events) = change(owner);
    assert_eq!(status, Verification::Submitted);
    assert_eq!(events, [OrganizationEvent::Amended { fields: vec!["ownerName"] }, OrganizationEvent::Reopened]);
}

#[test]
fn reasons_are_kept_until_they_are_mended() {
    let mut dossier = dossier(Verification::InReview);
    dossier.request_changes(reason(), later()).unwrap();
    assert_eq!(dossier.profile.reason, Some(reason()));
    dossier.submit(&papers(), later()).unwrap();
    assert_eq!((dossier.profile.reason.clone(), dossier.profile.submission), (None, 1));
    dossier.start_review(later()).unwrap();
    dossier.verify(later()).unwrap();
    dossier.suspend(reason(), later()).unwrap();
    assert_eq!(dossier.profile.reason, Some(reason()));
    dossier.reinstate(later()).unwrap();
    assert_eq!(dossier.profile.reason, None);
}

#[test]
fn everything_missing_is_named_at_once() {
    let mut dossier = dossier(Verification::Unverified);
    (dossier.profile.legal_name, dossier.profile.tax_code) = (None, None);
    let mut papers = papers();
    papers.bank_account.number = "!".to_owned();
    papers.owner_name = String::new();
    papers.documents.push(papers.documents[0].clone());
    let problems = dossier.submit(&papers, later()).unwrap_err();
    let found: Vec<_> = problems.iter().map(|problem| (problem.path.join("."), problem.code)).collect();
    let expected = [
        ("legalName", Code::Required),
        ("taxCode", Code::Required),
        ("ownerName", Code::TooShort),
        ("bankAccount.number", Code::TooShort),
        ("documents.1.attachmentId", Code::Duplicate),
    ];
    assert_eq!(found, expected.map(|(path, code)| (path.to_owned(), code)));
    assert_eq!(dossier.organization.verification, Verification::Unverified);
}
