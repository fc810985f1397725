use super::{Verb, matrix, now, table};
use crate::access::SystemRole;
use crate::email::Email;
use crate::id::Id;
use crate::identity::Digest;
use crate::named::Named;
use crate::organization::{INVITATION_LIFETIME, MemberInvitation, MemberInvitationStatus, Offer, Roles};
use crate::problem::Code;

use MemberInvitationStatus::{Expired, Open};

fn offer(secret: u8) -> Offer {
    let roles = Roles { system: [SystemRole::Sales].into_iter().collect(), custom: vec![] };
    Offer { roles, unit: None, token: Digest([secret; 32]), invited_by: None }
}

fn email(text: &str) -> Email {
    Email::parse(text).unwrap()
}

/// An invitation that stands so at [`now`].
fn invitation(status: MemberInvitationStatus) -> MemberInvitation {
    let sent = if status == Expired { now() - INVITATION_LIFETIME } else { now() };
    let (mut invitation, _) = MemberInvitation::send(Id::new(), &email("Bob@Example.com"), offer(1), sent);
    invitation.status = if status == Expired { Open } else { status };
    assert_eq!(invitation.standing(now()), status);
    invitation
}

#[test]
fn every_verb_in_every_status() {
    let after = |verb: &dyn Fn(&mut MemberInvitation) -> bool, status| {
        let mut changed = invitation(status);
        let before = changed.clone();
        let done = verb(&mut changed);
        assert!(done || changed == before, "a refused verb changes nothing");
        done.then(|| changed.standing(now()))
    };
    let bob = email("bob@example.com");
    let verbs: &[Verb<'_, MemberInvitationStatus>] = &[
        ("renew", &|s| after(&|i| i.renew(offer(2), now()).is_ok(), s)),
        ("accept", &|s| after(&|i| i.accept(Some(&bob), now()).is_ok(), s)),
        ("decline", &|s| after(&|i| i.decline(Some(&bob), now()).is_ok(), s)),
        ("revoke", &|s| after(&|i| i.revoke(now()).is_ok(), s)),
    ];
    let expected = table(
        "
                | OPEN     | ACCEPTED | DECLINED | REVOKED | EXPIRED
        renew   | OPEN     | -        | -        | -       | OPEN
        accept  | ACCEPTED | -        | -        | -       | -
        decline | DECLINED | -        | -        | -       | -
        revoke  | REVOKED  | -        | -        | -       | REVOKED
        ",
    );
    assert_eq!(matrix(MemberInvitationStatus::ALL, verbs), expected);
}

#[test]
fn it_is_for_one_address_whatever_its_capitals() {
    let accept = |address: Option<&str>| {
        let address = address.map(email);
        invitation(Open).accept(address.as_ref(), now()).map(|_| ()).map_err(|problem| problem.code)
    };
    assert_eq!(accept(Some("BOB@example.com")), Ok(()));
    assert_eq!(accept(Some("eve@example.com")), Err(Code::InvitedOther));
    assert_eq!(accept(None), Err(Code::InvitedOther), "an address that nobody has shown to be theirs");
}

#[test]
fn the_last_instant_is_over() {
    let sent = invitation(Open);
    let end = sent.expires_at;
    assert_eq!(sent.standing(end - jiff::SignedDuration::from_micros(1)), Open);
    assert_eq!(sent.standing(end), Expired);
}

#[test]
fn renewal_replaces_the_secret_and_the_time() {
    let mut sent = invitation(Expired);
    sent.renew(offer(2), now()).unwrap();
    assert_eq!((sent.token, sent.expires_at), (Digest([2; 32]), now() + INVITATION_LIFETIME));
}
