use super::{Verb, dossier, matrix, reason, table};
use crate::named::Named;
use crate::organization::{Capability, CapabilityStatus, Dossier, OrganizationEvent, Verification};
use crate::problem::Code;

use CapabilityStatus::{Applied, Granted};

#[test]
fn every_verb_in_every_status() {
    let after = |verb: &dyn Fn(&mut Dossier) -> bool, status| {
        let mut dossier = dossier(Verification::Verified);
        dossier.organization.capabilities.operator = Some(status);
        let before = dossier.clone();
        let done = verb(&mut dossier);
        let reached = dossier.organization.capabilities.operator;
        assert!(done || dossier == before, "a refused verb changes nothing");
        reached.filter(|_| done)
    };
    let operator = Capability::Operator;
    let verbs: &[Verb<'_, CapabilityStatus>] = &[
        ("apply", &|s| after(&|d| d.apply_for(operator).is_ok(), s)),
        ("grant", &|s| after(&|d| d.grant(operator).is_ok(), s)),
        ("refuse", &|s| after(&|d| d.refuse(operator, reason()).is_ok(), s)),
        ("suspend", &|s| after(&|d| d.suspend_capability(operator, reason()).is_ok(), s)),
        ("reinstate", &|s| after(&|d| d.reinstate_capability(operator).is_ok(), s)),
    ];
    let expected = table(
        "
                  | APPLIED | GRANTED   | REFUSED | SUSPENDED
        apply     | -       | -         | APPLIED | -
        grant     | GRANTED | -         | -       | -
        refuse    | REFUSED | -         | -       | -
        suspend   | -       | SUSPENDED | -       | -
        reinstate | -       | -         | -       | GRANTED
        ",
    );
    assert_eq!(matrix(CapabilityStatus::ALL, verbs), expected);
}

#[test]
fn what_is_granted_at_once_depends_on_the_capability_and_the_verification() {
    let applied = |capability, verification| {
        let mut dossier = dossier(verification);
        dossier.organization.capabilities = Default::default();
        dossier.apply_for(capability).unwrap();
        dossier.organization.capabilities.get(capability)
    };
    for verification in Verification::ALL.iter().copied() {
        let seller = if verification == Verification::Verified { Granted } else { Applied };
        assert_eq!(applied(Capability::Buyer, verification), Some(Granted));
        assert_eq!(applied(Capability::Seller, verification), Some(seller));
        assert_eq!(applied(Capability::Operator, verification), Some(Applied));
    }
}

#[test]
fn verification_brings_selling_and_nothing_else() {
    let mut dossier = dossier(Verification::InReview);
    dossier.apply_for(Capability::Seller).unwrap();
    dossier.apply_for(Capability::Operator).unwrap();
    assert_eq!(dossier.grant(Capability::Operator).unwrap_err().code, Code::NotVerified);
    let events = dossier.verify(super::later()).unwrap();
    let granted = OrganizationEvent::CapabilityGranted { capability: Capability::Seller };
    assert_eq!(events, [OrganizationEvent::Verified, granted]);
    let granted: Vec<_> = dossier.organization.capabilities.granted().collect();
    assert_eq!(granted, [Capability::Buyer, Capability::Seller]);
}

#[test]
fn acting_needs_the_grant_and_the_verification() {
    let verdict = |capability, verification| {
        let mut dossier = dossier(verification);
        dossier.organization.capabilities.seller = Some(Granted);
        dossier.organization.entitlement().may_act_as(capability).map_err(|problem| problem.code)
    };
    assert_eq!(verdict(Capability::Buyer, Verification::Unverified), Ok(()));
    assert_eq!(verdict(Capability::Buyer, Verification::Suspended), Err(Code::CapabilityMissing));
    assert_eq!(verdict(Capability::Seller, Verification::Verified), Ok(()));
    assert_eq!(verdict(Capability::Seller, Verification::Submitted), Err(Code::NotVerified));
    assert_eq!(verdict(Capability::Seller, Verification::Suspended), Err(Code::CapabilityMissing));
    assert_eq!(verdict(Capability::Operator, Verification::Verified), Err(Code::CapabilityMissing));
}
