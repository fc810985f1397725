//! What a viewer can do with an organization and its members now.

use jiff::Timestamp;
use tradehall_domain::access::{Permission, PermissionSet};
use tradehall_domain::organization::{
    Authority, Capability, Dossier, Membership, MembershipStatus, Organization, OrganizationEvent, Profile, Reason,
};
use tradehall_domain::problem::{Code, Problem};

use super::sight::is_own;
use crate::app::Session;
use crate::graphql::action::{ALWAYS, ActionAvailability, Actions};

/// The verbs over an organization: its own people's, and platform staff's. Strangers are told of none.
pub fn of_organization(session: &Session, organization: &Organization) -> Vec<ActionAvailability> {
    let now = session.app().store().now();
    let own = is_own(session, organization.id);
    let staff = session.actor().may(Permission::PlatformVerify);
    // Verbs look at nothing of the profile but what comes with them.
    let dossier = || Dossier { organization: organization.clone(), profile: Profile::default() };
    let mut actions = Actions::of(session);

    let manage = Permission::OrganizationManage;
    actions.on_side(own, "amendOrganization", manage, ALWAYS);
    actions.on_side(own, "submitVerification", manage, dossier().may_submit());
    actions.on_side(own, "applyForCapability", manage, any_capability(|one| dossier().apply_for(one).map(drop)));
    actions.on_side(own, "addUnit", manage, ALWAYS);
    actions.on_side(own, "inviteMember", Permission::MemberManage, ALWAYS);
    actions.on_side(own, "defineRole", Permission::MemberManage, ALWAYS);
    actions.on_side(own, "leaveOrganization", Permission::Person, ALWAYS);

    type Step = fn(&mut Dossier, Timestamp) -> Result<OrganizationEvent, Problem>;
    type Reasoned = fn(&mut Dossier, Reason, Timestamp) -> Result<OrganizationEvent, Problem>;
    let verify = Permission::PlatformVerify;
    let step = |verb: Step| verb(&mut dossier(), now).map(drop);
    let reasoned = |verb: Reasoned| Reason::parse("?").and_then(|reason| verb(&mut dossier(), reason, now)).map(drop);
    actions.on_side(staff, "startReview", verify, step(Dossier::start_review));
    actions.on_side(staff, "requestChanges", verify, reasoned(Dossier::request_changes));
    actions.on_side(staff, "rejectOrganization", verify, reasoned(Dossier::reject));
    actions.on_side(staff, "verifyOrganization", verify, dossier().verify(now).map(drop));
    actions.on_side(staff, "suspendOrganization", verify, reasoned(Dossier::suspend));
    actions.on_side(staff, "reinstateOrganization", verify, step(Dossier::reinstate));
    actions.on_side(staff, "grantCapability", verify, any_capability(|one| dossier().grant(one).map(drop)));
    actions.done()
}

/// Whether a verb is possible for at least one capability; else why not for the last.
fn any_capability(verb: impl Fn(Capability) -> Result<(), Problem>) -> Result<(), Problem> {
    let all = [Capability::Buyer, Capability::Seller, Capability::Operator];
    all.into_iter().map(verb).reduce(|one, other| one.or(other)).unwrap_or(Ok(()))
}

/// The verbs over a membership whose roles allow `held`. That an organization keeps an owner is seen only when a verb is used.
pub fn of_membership(session: &Session, membership: &Membership, held: PermissionSet) -> Vec<ActionAvailability> {
    let now = session.app().store().now();
    let own = is_own(session, membership.organization);
    let authority = Authority::of(session.actor());
    type Step = fn(&mut Membership, Timestamp) -> Result<tradehall_domain::organization::MembershipEvent, Problem>;
    let step =
        |verb: Step| authority.may_manage(membership, held).and_then(|()| verb(&mut membership.clone(), now).map(drop));
    let change = match membership.status {
        MembershipStatus::Ended => Err(Problem::new(Code::MembershipStatus).with("status", membership.status)),
        _ => authority.may_change(membership, held, held),
    };
    let mut actions = Actions::of(session);
    actions.on_side(own, "changeMembership", Permission::MemberManage, change);
    actions.on_side(own, "lockMembership", Permission::MemberManage, step(Membership::lock));
    actions.on_side(own, "unlockMembership", Permission::MemberManage, step(Membership::unlock));
    actions.on_side(own, "endMembership", Permission::MemberManage, step(Membership::end));
    actions.done()
}
