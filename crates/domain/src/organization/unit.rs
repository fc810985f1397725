//! Departments and branches: the tree inside an organization.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;
use serde::Serialize;

use super::OrganizationId;
use crate::event::DomainEvent;
use crate::id::Id;
use crate::named;
use crate::problem::{Code, Problem, Problems};
use crate::text::{Name, Text};

/// How many levels a tree has at most.
pub const UNIT_DEPTH_MAX: usize = 20;

/// How many units one organization has at most, archived ones included.
pub const UNITS_MAX: usize = 2_000;

/// A short code that people file by, such as `HN-01`.
pub type UnitCode = Text<1, 30>;

named! {
    /// What a unit of an organization is.
    pub enum OrganizationUnitKind {
        /// A part of the company by work: purchasing, sales, maintenance.
        Department = "DEPARTMENT",
        /// A part of the company by place that is registered as such; in Vietnam it may have a 13-digit tax code.
        Branch = "BRANCH",
        /// A place of work: plant, warehouse, building site.
        Site = "SITE",
        /// A group of people for one task.
        Team = "TEAM",
    }
}

/// A department or branch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganizationUnit {
    /// Which unit.
    pub id: OrganizationUnitId,
    /// Of which organization.
    pub organization: OrganizationId,
    /// Under which unit; `None` directly under the organization.
    pub parent: Option<OrganizationUnitId>,
    /// What people file it by; unique in the organization.
    pub code: UnitCode,
    /// What people call it.
    pub name: Name,
    /// What it is.
    pub kind: OrganizationUnitKind,
    /// Where its costs are booked, in the organization's own code.
    pub cost_centre: Option<UnitCode>,
    /// When it was put away, if it was.
    pub archived_at: Option<Timestamp>,
    /// Counts its changes.
    pub version: i64,
}

/// The id of an [`OrganizationUnit`].
pub type OrganizationUnitId = Id<OrganizationUnit>;

/// A unit as it was sent; what is left out of a change stays.
#[derive(Debug, Clone, Default)]
pub struct UnitDraft {
    /// What people file it by.
    pub code: Option<String>,
    /// What people call it.
    pub name: Option<String>,
    /// What it is.
    pub kind: Option<OrganizationUnitKind>,
    /// Where its costs are booked; an empty text takes it away.
    pub cost_centre: Option<String>,
}

impl OrganizationUnit {
    /// Changes what the unit is called and booked under.
    ///
    /// # Errors
    /// [`Code::UnitArchived`]; everything wrong with the draft.
    pub fn amend(&mut self, draft: &UnitDraft) -> Result<UnitEvent, Problems> {
        self.is_open()?;
        let mut problems = Problems::new();
        let code = problems.take("code", draft.code.as_deref().map(UnitCode::parse).transpose()).flatten();
        let name = problems.take("name", draft.name.as_deref().map(Name::parse).transpose()).flatten();
        let cost_centre = problems.take("costCentre", draft.cost_centre.as_deref().map(cost_centre).transpose());
        problems.check()?;
        self.code = code.unwrap_or_else(|| self.code.clone());
        self.name = name.unwrap_or_else(|| self.name.clone());
        self.kind = draft.kind.unwrap_or(self.kind);
        if let Some(cost_centre) = cost_centre.flatten() {
            self.cost_centre = cost_centre;
        }
        Ok(UnitEvent::Amended { unit: self.id, code: self.code.clone() })
    }

    /// Whether the unit is in use.
    ///
    /// # Errors
    /// [`Code::UnitArchived`].
    pub const fn is_open(&self) -> Result<(), Code> {
        if self.archived_at.is_some() { Err(Code::UnitArchived) } else { Ok(()) }
    }
}

fn cost_centre(text: &str) -> Result<Option<UnitCode>, Problem> {
    if text.trim().is_empty() { Ok(None) } else { UnitCode::parse(text).map(Some) }
}

/// All units of one organization, which only together can say whether a place in the tree is a good one.
#[derive(Debug, Clone, Default)]
pub struct UnitTree(BTreeMap<OrganizationUnitId, OrganizationUnit>);

impl UnitTree {
    /// The tree of these units.
    #[must_use]
    pub fn of(units: Vec<OrganizationUnit>) -> Self {
        Self(units.into_iter().map(|unit| (unit.id, unit)).collect())
    }

    /// Whether the unit is in the tree at all.
    #[must_use]
    pub fn contains(&self, id: OrganizationUnitId) -> bool {
        self.0.contains_key(&id)
    }

    /// Adds a unit under `parent`, or directly under the organization.
    ///
    /// # Errors
    /// Everything wrong with the draft; [`Code::TooMany`]; at `parentId` as [`UnitTree::relocate`].
    pub fn add(
        &mut self,
        organization: OrganizationId,
        parent: Option<OrganizationUnitId>,
        draft: &UnitDraft,
    ) -> Result<(OrganizationUnit, UnitEvent), Problems> {
        if self.0.len() >= UNITS_MAX {
            return Err(Problem::new(Code::TooMany).with("max", UNITS_MAX).into());
        }
        let mut problems = Problems::new();
        let code = problems.take("code", UnitCode::parse(draft.code.as_deref().unwrap_or_default()));
        let name = problems.take("name", Name::parse(draft.name.as_deref().unwrap_or_default()));
        let cost_centre = problems.take("costCentre", draft.cost_centre.as_deref().map(cost_centre).transpose());
        problems.take("parentId", self.holds(parent, 1));
        let (code, name) = problems.finish(code.zip(name))?;
        let kind = draft.kind.unwrap_or(OrganizationUnitKind::Department);
        let cost_centre = cost_centre.flatten().flatten();
        let unit = OrganizationUnit {
            id: Id::new(),
            organization,
            parent,
            code,
            name,
            kind,
            cost_centre,
            archived_at: None,
            version: 1,
        };
        self.0.insert(unit.id, unit.clone());
        let event = UnitEvent::Added { unit: unit.id, parent, code: unit.code.clone() };
        Ok((unit, event))
    }

    /// The unit with everything under it, put under another parent.
    ///
    /// # Errors
    /// [`Code::NotFound`] for a unit or parent that is not in the tree, [`Code::UnitArchived`], [`Code::UnitCycle`],
    /// [`Code::UnitTooDeep`] beyond [`UNIT_DEPTH_MAX`].
    pub fn relocate(
        &mut self,
        id: OrganizationUnitId,
        parent: Option<OrganizationUnitId>,
    ) -> Result<(OrganizationUnit, UnitEvent), Problem> {
        self.0.get(&id).ok_or(Code::NotFound)?.is_open()?;
        if self.ancestry(parent).any(|unit| unit.id == id) {
            return Err(Problem::new(Code::UnitCycle).at("parentId"));
        }
        self.holds(parent, self.height(id)).map_err(|problem| problem.at("parentId"))?;
        let unit = self.0.get_mut(&id).ok_or(Code::NotFound)?;
        unit.parent = parent;
        Ok((unit.clone(), UnitEvent::Moved { unit: id, parent }))
    }

    /// Puts a unit away. Members and documents that name it keep doing so.
    ///
    /// # Errors
    /// [`Code::NotFound`], [`Code::UnitArchived`]; [`Code::UnitHasChildren`] while a unit under it is in use.
    pub fn archive(
        &mut self,
        id: OrganizationUnitId,
        now: Timestamp,
    ) -> Result<(OrganizationUnit, UnitEvent), Problem> {
        if self.0.values().any(|unit| unit.parent == Some(id) && unit.archived_at.is_none()) {
            return Err(Code::UnitHasChildren.into());
        }
        let unit = self.0.get_mut(&id).ok_or(Code::NotFound)?;
        unit.is_open()?;
        unit.archived_at = Some(now);
        Ok((unit.clone(), UnitEvent::Archived { unit: id }))
    }

    /// The units, parents before what is under them, neighbours by code.
    pub fn in_order(&self) -> impl Iterator<Item = &OrganizationUnit> {
        let mut under: HashMap<Option<OrganizationUnitId>, Vec<&OrganizationUnit>> = HashMap::new();
        for unit in self.0.values() {
            under.entry(unit.parent).or_default().push(unit);
        }
        for units in under.values_mut() {
            units.sort_by(|one, other| other.code.cmp(&one.code));
        }
        let mut waiting = under.remove(&None).unwrap_or_default();
        std::iter::from_fn(move || {
            let unit = waiting.pop()?;
            waiting.extend(under.remove(&Some(unit.id)).unwrap_or_default());
            Some(unit)
        })
    }

    /// The unit `id` and all above it, nearest first; ends even if the stored tree has a cycle.
    fn ancestry(&self, id: Option<OrganizationUnitId>) -> impl Iterator<Item = &OrganizationUnit> {
        let first = id.and_then(|id| self.0.get(&id));
        std::iter::successors(first, |unit| unit.parent.and_then(|parent| self.0.get(&parent))).take(self.0.len())
    }

    /// Whether a subtree of `height` levels can stand under `parent`.
    fn holds(&self, parent: Option<OrganizationUnitId>, height: usize) -> Result<(), Problem> {
        if let Some(parent) = parent {
            self.0.get(&parent).ok_or(Code::NotFound)?.is_open()?;
        }
        if self.ancestry(parent).count() + height > UNIT_DEPTH_MAX {
            return Err(Problem::new(Code::UnitTooDeep).with("max", UNIT_DEPTH_MAX));
        }
        Ok(())
    }

    /// How many levels the unit and what is under it take.
    fn height(&self, id: OrganizationUnitId) -> usize {
        let above = self.0.keys().filter_map(|unit| self.ancestry(Some(*unit)).position(|above| above.id == id));
        above.max().map_or(1, |levels| levels + 1)
    }
}

/// What happens to an organization's units. Told of the organization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum UnitEvent {
    /// A unit was added.
    Added {
        /// Which.
        unit: OrganizationUnitId,
        /// Under which.
        parent: Option<OrganizationUnitId>,
        /// What people file it by.
        code: UnitCode,
    },
    /// A unit's code, name, kind or cost centre changed.
    Amended {
        /// Which.
        unit: OrganizationUnitId,
        /// What people file it by from now on.
        code: UnitCode,
    },
    /// A unit was put under another.
    Moved {
        /// Which.
        unit: OrganizationUnitId,
        /// Under which.
        parent: Option<OrganizationUnitId>,
    },
    /// A unit was put away.
    Archived {
        /// Which.
        unit: OrganizationUnitId,
    },
}

impl DomainEvent for UnitEvent {
    fn kind(&self) -> &'static str {
        match self {
            Self::Added { .. } => "UNIT_ADDED",
            Self::Amended { .. } => "UNIT_AMENDED",
            Self::Moved { .. } => "UNIT_MOVED",
            Self::Archived { .. } => "UNIT_ARCHIVED",
        }
    }
}
