//! Roles that an organization makes for itself, and the roles that one member has.

use serde::Serialize;

use crate::access::{Permission, PermissionSet, SystemRole};
use crate::event::DomainEvent;
use crate::id::Id;
use crate::named::Named;
use crate::organization::OrganizationId;
use crate::problem::{Code, Problem, Problems};
use crate::text::Text;

/// The most roles that one organization defines.
pub const CUSTOM_ROLES_MAX: usize = 50;

/// The most roles of the organization's own that one member has.
pub const MEMBER_CUSTOM_ROLES_MAX: usize = 10;

/// What people call a role.
pub type RoleName = Text<1, 60>;

/// A role that an organization made for itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomRole {
    /// Which role.
    pub id: CustomRoleId,
    /// Whose role.
    pub organization: OrganizationId,
    /// What people call it; unique in the organization, whatever its capitals and accents.
    pub name: RoleName,
    /// What it allows.
    pub permissions: PermissionSet,
    /// Counts its changes.
    pub version: i64,
}

/// The id of a [`CustomRole`].
pub type CustomRoleId = Id<CustomRole>;

impl CustomRole {
    /// Defines a role.
    ///
    /// # Errors
    /// Everything that is wrong, at `name` and `permissions`.
    pub fn define(
        organization: OrganizationId,
        name: &str,
        permissions: &[Permission],
    ) -> Result<(Self, RoleEvent), Problems> {
        let mut problems = Problems::new();
        let name = problems.take("name", RoleName::parse(name));
        let permissions = problems.take("permissions", grantable(permissions));
        let (name, permissions) = problems.finish(name.zip(permissions))?;
        let role = Self { id: Id::new(), organization, name, permissions, version: 1 };
        let event = RoleEvent::Defined { role: role.id, permissions: names(role.permissions) };
        Ok((role, event))
    }

    /// Changes what it is called and what it allows; what is left out stays.
    ///
    /// # Errors
    /// As [`CustomRole::define`].
    pub fn amend(&mut self, name: Option<&str>, permissions: Option<&[Permission]>) -> Result<RoleEvent, Problems> {
        let mut problems = Problems::new();
        let name = problems.take("name", name.map(RoleName::parse).transpose()).flatten();
        let permissions = problems.take("permissions", permissions.map(grantable).transpose()).flatten();
        problems.check()?;
        if let Some(name) = name {
            self.name = name;
        }
        if let Some(permissions) = permissions {
            self.permissions = permissions;
        }
        Ok(RoleEvent::Amended { role: self.id, permissions: names(self.permissions) })
    }

    /// Takes it away.
    ///
    /// # Errors
    /// [`Code::RoleInUse`] while `holders` members or open invitations have it.
    pub fn delete(&self, holders: u64) -> Result<RoleEvent, Problem> {
        if holders > 0 {
            return Err(Problem::new(Code::RoleInUse).with("count", holders));
        }
        Ok(RoleEvent::Deleted { role: self.id })
    }
}

/// At least one permission, each of which an organization may put into a role.
fn grantable(permissions: &[Permission]) -> Result<PermissionSet, Problems> {
    let mut problems = Problems::new();
    for (n, permission) in permissions.iter().enumerate().filter(|(_, permission)| !permission.is_grantable()) {
        problems.push(Problem::new(Code::PermissionNotGrantable).with("permission", permission.name()).at(n));
    }
    if permissions.is_empty() {
        problems.push(Code::Required);
    }
    problems.finish(Some(permissions.iter().copied().collect()))
}

fn names(permissions: PermissionSet) -> Vec<&'static str> {
    permissions.iter().map(Named::name).collect()
}

/// Roles that come built in, one bit each, in the order of their declaration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct SystemRoles(u32);

impl SystemRoles {
    /// The set stored as `bits`; bits without a meaning are dropped.
    #[must_use]
    pub fn from_bits(bits: u32) -> Self {
        SystemRole::ALL.iter().copied().filter(|role| bits & Self::bit(*role) != 0).collect()
    }

    /// The number that stores the set.
    #[must_use]
    pub const fn bits(self) -> u32 {
        self.0
    }

    /// Whether `role` is in the set.
    #[must_use]
    pub const fn contains(self, role: SystemRole) -> bool {
        self.0 & Self::bit(role) != 0
    }

    /// The roles, in the order of their declaration.
    pub fn iter(self) -> impl Iterator<Item = SystemRole> {
        SystemRole::ALL.iter().copied().filter(move |role| self.contains(*role))
    }

    /// What the roles allow together.
    #[must_use]
    pub fn permissions(self) -> PermissionSet {
        self.iter().fold(PermissionSet::NONE, |all, role| all.union(role.permissions()))
    }

    const fn bit(role: SystemRole) -> u32 {
        1 << role as u32
    }
}

impl FromIterator<SystemRole> for SystemRoles {
    fn from_iter<I: IntoIterator<Item = SystemRole>>(roles: I) -> Self {
        Self(roles.into_iter().fold(0, |bits, role| bits | Self::bit(role)))
    }
}

/// The roles of one member: at least one, built in or the organization's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Roles {
    /// Those that come built in.
    pub system: SystemRoles,
    /// Those of the organization's own, sorted, none twice.
    pub custom: Vec<CustomRoleId>,
}

impl Roles {
    /// The owner's role alone.
    #[must_use]
    pub fn owner() -> Self {
        Self { system: [SystemRole::Owner].into_iter().collect(), custom: Vec::new() }
    }

    /// The roles that were asked for, each of the organization's own being among `defined`.
    ///
    /// # Errors
    /// [`Code::Required`] at `systemRoles` when there is none at all; [`Code::TooMany`] at `customRoleIds`, and
    /// [`Code::NotFound`] at the position of one that the organization does not have.
    pub fn parse(system: &[SystemRole], custom: &[CustomRoleId], defined: &[CustomRole]) -> Result<Self, Problems> {
        if custom.len() > MEMBER_CUSTOM_ROLES_MAX {
            return Err(Problem::new(Code::TooMany).with("max", MEMBER_CUSTOM_ROLES_MAX).at("customRoleIds").into());
        }
        let mut problems = Problems::new();
        for (n, id) in custom.iter().enumerate() {
            if !defined.iter().any(|role| role.id == *id) {
                problems.push(Problem::new(Code::NotFound).at(n).at("customRoleIds"));
            }
        }
        if system.is_empty() && custom.is_empty() {
            problems.push(Problem::new(Code::Required).at("systemRoles"));
        }
        let mut custom = custom.to_vec();
        custom.sort_unstable();
        custom.dedup();
        problems.finish(Some(Self { system: system.iter().copied().collect(), custom }))
    }

    /// What the roles allow together, when the organization's own are those `defined`.
    #[must_use]
    pub fn permissions(&self, defined: &[CustomRole]) -> PermissionSet {
        let own = defined.iter().filter(|role| self.custom.contains(&role.id));
        own.fold(self.system.permissions(), |all, role| all.union(role.permissions))
    }

    /// Whether the owner's role is among them.
    #[must_use]
    pub const fn make_owner(&self) -> bool {
        self.system.contains(SystemRole::Owner)
    }
}

/// The roles as events tell them.
impl Serialize for Roles {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let own = self.custom.iter().map(ToString::to_string);
        serializer.collect_seq(self.system.iter().map(|role| role.name().to_owned()).chain(own))
    }
}

/// What happens to an organization's own roles. Told of the organization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum RoleEvent {
    /// A role was defined.
    Defined {
        /// Which.
        role: CustomRoleId,
        /// What it allows.
        permissions: Vec<&'static str>,
    },
    /// A role's name or permissions changed.
    Amended {
        /// Which.
        role: CustomRoleId,
        /// What it allows from now on.
        permissions: Vec<&'static str>,
    },
    /// A role was taken away.
    Deleted {
        /// Which.
        role: CustomRoleId,
    },
}

impl DomainEvent for RoleEvent {
    fn kind(&self) -> &'static str {
        match self {
            Self::Defined { .. } => "ROLE_DEFINED",
            Self::Amended { .. } => "ROLE_AMENDED",
            Self::Deleted { .. } => "ROLE_DELETED",
        }
    }
}
