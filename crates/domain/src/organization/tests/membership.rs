use super::{Verb, later, matrix, now, table};
use crate::access::{Actor, Permission, PermissionSet, Principal, SystemRole};
use crate::id::Id;
use crate::named::Named;
use crate::organization::{
    Authority, CustomRole, Membership, MembershipStatus, Roles, SystemRoles, Verification, effective, stays_owned,
};
use crate::problem::Code;

fn roles(system: &[SystemRole]) -> Roles {
    Roles { system: system.iter().copied().collect(), custom: vec![] }
}

fn member(system: &[SystemRole], status: MembershipStatus) -> Membership {
    let (mut membership, _) = Membership::join(Id::new(), Id::new(), roles(system), None, now());
    membership.status = status;
    membership
}

#[test]
fn every_verb_in_every_status() {
    let after = |verb: &dyn Fn(&mut Membership) -> bool, status| {
        let mut membership = member(&[SystemRole::Sales], status);
        let before = membership.clone();
        let done = verb(&mut membership);
        assert!(done || membership == before, "a refused verb changes nothing");
        done.then_some(membership.status)
    };
    let other = || roles(&[SystemRole::Finance]);
    let verbs: &[Verb<'_, MembershipStatus>] = &[
        ("change", &|s| after(&|m| m.change(other(), None).is_ok(), s)),
        ("lock", &|s| after(&|m| m.lock(later()).is_ok(), s)),
        ("unlock", &|s| after(&|m| m.unlock(later()).is_ok(), s)),
        ("end", &|s| after(&|m| m.end(later()).is_ok(), s)),
        ("rejoin", &|s| after(&|m| m.rejoin(other(), None, later()).is_ok(), s)),
    ];
    let expected = table(
        "
               | ACTIVE | LOCKED | ENDED
        change | ACTIVE | LOCKED | -
        lock   | LOCKED | -      | -
        unlock | -      | ACTIVE | -
        end    | ENDED  | ENDED  | -
        rejoin | -      | -      | ACTIVE
        ",
    );
    assert_eq!(matrix(MembershipStatus::ALL, verbs), expected);
}

#[test]
fn one_active_owner_stays() {
    let owner = |status| member(&[SystemRole::Owner, SystemRole::Sales], status);
    let admin = member(&[SystemRole::Admin], MembershipStatus::Active);
    let (active, locked) = (owner(MembershipStatus::Active), owner(MembershipStatus::Locked));
    assert!(stays_owned([&active, &locked, &admin]).is_ok());
    assert_eq!(stays_owned([&locked, &admin]).unwrap_err().code, Code::LastOwner);
    assert_eq!(stays_owned([]).unwrap_err().code, Code::LastOwner);
}

#[test]
fn nobody_gives_takes_or_raises_beyond_themselves() {
    let admin = SystemRole::Admin.permissions();
    let user = Id::new();
    let principal = Principal::User(user);
    let authority = Authority::of(&Actor { principal, permissions: admin, ..Actor::ANONYMOUS });
    let (owner, auditor) = (SystemRole::Owner.permissions(), SystemRole::Auditor.permissions());
    let other = member(&[], MembershipStatus::Active);
    let own = Membership { user, ..other.clone() };
    let code = |result: Result<(), crate::problem::Problem>| result.map_err(|problem| problem.code);

    assert_eq!(code(authority.may_give(auditor)), Ok(()));
    assert_eq!(code(authority.may_give(owner)), Err(Code::GrantExceedsOwn));
    assert_eq!(code(authority.may_manage(&other, auditor)), Ok(()));
    assert_eq!(code(authority.may_manage(&other, owner)), Err(Code::MemberOutranks));
    assert_eq!(code(authority.may_manage(&own, admin)), Err(Code::OwnMembership));
    assert_eq!(code(authority.may_change(&other, auditor, admin)), Ok(()));
    assert_eq!(code(authority.may_change(&other, auditor, owner)), Err(Code::GrantExceedsOwn));
    assert_eq!(code(authority.may_change(&other, owner, auditor)), Err(Code::MemberOutranks));
    assert_eq!(code(authority.may_change(&own, admin, auditor)), Ok(()));
    assert_eq!(code(authority.may_change(&own, auditor, admin)), Err(Code::OwnMembership), "even what they hold");
}

#[test]
fn roles_add_up() {
    let organization = Id::new();
    let (mine, _) = CustomRole::define(organization, "Kho", &[Permission::OrderAcknowledge]).unwrap();
    let (other, _) = CustomRole::define(organization, "Khác", &[Permission::QuoteSubmit]).unwrap();
    let defined = [mine.clone(), other];
    let roles = Roles::parse(&[SystemRole::Finance], &[mine.id, mine.id], &defined).unwrap();
    assert_eq!(roles.custom, [mine.id], "none twice");
    let expected = SystemRole::Finance.permissions().union(PermissionSet::of(&[Permission::OrderAcknowledge]));
    assert_eq!(roles.permissions(&defined), expected);
    let code = |result: Result<Roles, crate::problem::Problems>| {
        result.map_err(|problems| problems.into_iter().map(|p| (p.path.join("."), p.code)).collect::<Vec<_>>())
    };
    assert_eq!(code(Roles::parse(&[], &[], &defined)), Err(vec![("systemRoles".to_owned(), Code::Required)]));
    let stranger = Roles::parse(&[], &[Id::new()], &defined);
    assert_eq!(code(stranger), Err(vec![("customRoleIds.0".to_owned(), Code::NotFound)]));
    let eleven = vec![mine.id; 11];
    assert_eq!(code(Roles::parse(&[], &eleven, &defined)), Err(vec![("customRoleIds".to_owned(), Code::TooMany)]));
}

#[test]
fn stored_bits_keep_their_meaning() {
    assert_eq!(SystemRoles::from_iter([SystemRole::Owner]).bits(), 1, "the migration's index goes by it");
    for (n, role) in SystemRole::ALL.iter().enumerate() {
        let set: SystemRoles = [*role].into_iter().collect();
        assert_eq!(set.bits(), 1 << n);
        assert_eq!(SystemRoles::from_bits(set.bits()), set);
    }
    assert_eq!(SystemRoles::from_bits(u32::MAX).iter().count(), SystemRole::ALL.len(), "bits without a meaning go");
}

#[test]
fn a_suspended_organization_only_reads() {
    let owner = SystemRole::Owner.permissions();
    assert_eq!(effective(owner, Verification::Verified), owner);
    assert_eq!(effective(owner, Verification::Rejected), owner);
    let left: Vec<_> = effective(owner, Verification::Suspended).iter().map(Named::name).collect();
    let reads = [
        "CATALOG_READ",
        "RFQ_READ",
        "QUOTE_READ",
        "ORDER_READ",
        "AUDIT_READ",
        "CUSTOMER_READ",
        "PRICE_READ",
        "AGREEMENT_READ",
    ];
    assert_eq!(left, reads);
}

#[test]
fn who_may_put_what_into_a_role() {
    let define = |permissions: &[Permission]| {
        CustomRole::define(Id::new(), "Role", permissions)
            .map(|_| ())
            .map_err(|problems| problems.into_iter().map(|p| (p.path.join("."), p.code)).collect::<Vec<_>>())
    };
    assert_eq!(define(&[]), Err(vec![("permissions".to_owned(), Code::Required)]));
    for permission in Permission::ALL {
        let expected = if permission.is_grantable() {
            Ok(())
        } else {
            Err(vec![("permissions.0".to_owned(), Code::PermissionNotGrantable)])
        };
        assert_eq!(define(&[*permission]), expected, "{}", permission.name());
    }
}
