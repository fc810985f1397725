//! Organizations: their verification, their capabilities and their people.

use jiff::SignedDuration;
use tradehall_domain::attachment::AttachmentId;
use tradehall_domain::email::Email;
use tradehall_domain::id::Id;
use tradehall_domain::identity::Digest;
use tradehall_domain::named::Named;
use tradehall_domain::organization::{
    BankAccountDraft, Capability, CapabilityStatus, DocumentDraft, Dossier, INVITATION_LIFETIME, MemberInvitation,
    MemberInvitationStatus, Membership, MembershipStatus, Offer, OrganizationChange, OrganizationDraft, Roles,
    SubmissionDraft, Verification,
};
use tradehall_domain::problem::{Code, Problems};
use tradehall_domain::text::Prose;

use super::{Machine, now, outcome};

fn founded() -> Dossier {
    let draft = OrganizationDraft { name: "Thép Việt".to_owned(), country: "VN".to_owned(), ..Default::default() };
    Dossier::found(&draft, now()).unwrap().0
}

fn reason() -> Prose<2_000> {
    Prose::parse("The extract is too old").unwrap()
}

fn papers() -> SubmissionDraft {
    let document = DocumentDraft { attachment: AttachmentId::new(), title: "Extract".to_owned() };
    let bank_account = BankAccountDraft {
        bank: "Ngân hàng".to_owned(),
        number: "0123456789".to_owned(),
        holder: "Thép Việt".to_owned(),
        bic: None,
    };
    SubmissionDraft {
        legal_name: Some("Công ty Thép Việt".to_owned()),
        tax_code: Some("0100109106".to_owned()),
        owner_name: "Lê Văn An".to_owned(),
        bank_account,
        documents: vec![document],
    }
}

type Verb = fn(&mut Dossier) -> Result<(), Problems>;

const VERBS: [(&str, Verb); 9] = [
    ("rename", |dossier| {
        let change = OrganizationChange { name: Some("Thép Nam".to_owned()), ..Default::default() };
        dossier.amend(&change, now()).map(drop)
    }),
    ("change a verified fact", |dossier| {
        let change = OrganizationChange { legal_name: Some("Công ty Thép Nam".to_owned()), ..Default::default() };
        dossier.amend(&change, now()).map(drop)
    }),
    ("submit", |dossier| dossier.submit(&papers(), now()).map(drop)),
    ("start review", |dossier| Ok(dossier.start_review(now()).map(drop)?)),
    ("request changes", |dossier| Ok(dossier.request_changes(reason(), now()).map(drop)?)),
    ("reject", |dossier| Ok(dossier.reject(reason(), now()).map(drop)?)),
    ("verify", |dossier| Ok(dossier.verify(now()).map(drop)?)),
    ("suspend", |dossier| Ok(dossier.suspend(reason(), now()).map(drop)?)),
    ("reinstate", |dossier| Ok(dossier.reinstate(now()).map(drop)?)),
];

pub(super) fn verification() -> Machine {
    let statuses = Verification::ALL;
    let mut machine = Machine::new("Organization: verification", Code::VerificationStatus, statuses);
    for (name, verb) in VERBS {
        machine.verb(
            name,
            statuses.iter().map(|status| {
                let mut dossier = founded();
                dossier.organization.verification = *status;
                let done = verb(&mut dossier);
                outcome(done, dossier.organization.verification)
            }),
        );
    }
    machine
}

/// What happens to a capability of a verified organization.
pub(super) fn capability() -> Machine {
    type Step = fn(&mut Dossier, Capability) -> Result<(), Problems>;
    let steps: [(&str, Step); 5] = [
        ("apply", |dossier, capability| Ok(dossier.apply_for(capability).map(drop)?)),
        ("grant", |dossier, capability| Ok(dossier.grant(capability).map(drop)?)),
        ("refuse", |dossier, capability| Ok(dossier.refuse(capability, reason()).map(drop)?)),
        ("suspend", |dossier, capability| Ok(dossier.suspend_capability(capability, reason()).map(drop)?)),
        ("reinstate", |dossier, capability| Ok(dossier.reinstate_capability(capability).map(drop)?)),
    ];
    let statuses: Vec<_> = std::iter::once(None).chain(CapabilityStatus::ALL.iter().copied().map(Some)).collect();
    let name = |status: Option<CapabilityStatus>| status.map_or_else(|| "none".to_owned(), |status| status.to_string());
    let titles = statuses.iter().map(|status| name(*status));
    let mut machine =
        Machine::new("Organization: the capability OPERATOR, once verified", Code::CapabilityStatus, titles);
    for (step_name, step) in steps {
        machine.verb(
            step_name,
            statuses.iter().map(|status| {
                let mut dossier = founded();
                dossier.organization.verification = Verification::Verified;
                dossier.organization.capabilities.operator = *status;
                let done = step(&mut dossier, Capability::Operator);
                outcome(done, name(dossier.organization.capabilities.operator))
            }),
        );
    }
    machine
}

pub(super) fn membership() -> Machine {
    type Step = fn(&mut Membership) -> Result<(), Problems>;
    let steps: [(&str, Step); 5] = [
        ("change", |member| Ok(member.change(Roles::owner(), None).map(drop)?)),
        ("lock", |member| Ok(member.lock(now()).map(drop)?)),
        ("unlock", |member| Ok(member.unlock(now()).map(drop)?)),
        ("end", |member| Ok(member.end(now()).map(drop)?)),
        ("rejoin", |member| Ok(member.rejoin(Roles::owner(), None, now()).map(drop)?)),
    ];
    let statuses = MembershipStatus::ALL;
    let mut machine = Machine::new("Membership", Code::MembershipStatus, statuses);
    for (name, step) in steps {
        machine.verb(
            name,
            statuses.iter().map(|status| {
                let (mut member, _) = Membership::found(Id::new(), Id::new(), now());
                member.status = *status;
                let done = step(&mut member);
                outcome(done, member.status)
            }),
        );
    }
    machine
}

pub(super) fn member_invitation() -> Machine {
    fn email() -> Email {
        Email::parse("an@example.com").unwrap()
    }
    fn offer() -> Offer {
        Offer { roles: Roles::owner(), unit: None, token: Digest([7; 32]), invited_by: None }
    }
    type Step = fn(&mut MemberInvitation) -> Result<(), Problems>;
    let steps: [(&str, Step); 4] = [
        ("renew", |invitation| Ok(invitation.renew(offer(), now()).map(drop)?)),
        ("accept", |invitation| Ok(invitation.accept(Some(&email()), now()).map(drop)?)),
        ("decline", |invitation| Ok(invitation.decline(Some(&email()), now()).map(drop)?)),
        ("revoke", |invitation| Ok(invitation.revoke(now()).map(drop)?)),
    ];
    let statuses = MemberInvitationStatus::ALL;
    let mut machine = Machine::new("Invitation to become a member", Code::MemberInvitationStatus, statuses);
    for (name, step) in steps {
        machine.verb(
            name,
            statuses.iter().map(|status| {
                let (mut invitation, _) = MemberInvitation::send(Id::new(), &email(), offer(), now());
                match status {
                    // Not stored: an open one whose time is over.
                    MemberInvitationStatus::Expired => {
                        invitation.expires_at = now() - INVITATION_LIFETIME - SignedDuration::from_secs(1);
                    }
                    status => invitation.status = *status,
                }
                let done = step(&mut invitation);
                outcome(done, invitation.standing(now()))
            }),
        );
    }
    machine
}
