//! Assortments: parts of a seller's goods that are shown to some, or hidden from some.

use std::collections::HashSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Customer, Segment};
use crate::catalog::CategoryId;
use crate::event::DomainEvent;
use crate::id::Id;
use crate::named;
use crate::organization::OrganizationId;
use crate::problem::{Code, Problem, Problems};
use crate::text::{Name, ShortText, fold};

/// How many assortments a seller has at most.
pub const ASSORTMENTS_MAX: usize = 200;

/// How many categories, and how many brands, a rule names at most.
pub const RULE_ENTRIES_MAX: usize = 200;

/// To how many segments and customers an assortment is granted at most; more belong into a segment.
pub const GRANTS_MAX: usize = 1_000;

named! {
    /// What an assortment means to those it is not granted to.
    pub enum AssortmentKind {
        /// Its products are for those it is shown to, and for nobody else.
        Exclusive = "EXCLUSIVE",
        /// Its products stay visible to others; it says what customers see who see assortments only, and what is hidden from some.
        Shared = "SHARED",
    }
}

named! {
    /// What a grant of an assortment does.
    pub enum GrantEffect {
        /// The grantee sees its products.
        Shown = "SHOWN",
        /// The grantee does not see its products, whatever else it is granted; what everybody sees it sees too.
        Hidden = "HIDDEN",
    }
}

/// A part of a seller's goods: the products that are listed in it, and those that its rule covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assortment {
    /// Which assortment.
    pub id: AssortmentId,
    /// Whose.
    pub seller: OrganizationId,
    /// The seller's short name for it; no other assortment of the seller has it.
    pub code: ShortText,
    /// What people call it.
    pub name: Name,
    /// What it means to those it is not granted to.
    pub kind: AssortmentKind,
    /// Which products belong to it without being listed.
    pub rule: AssortmentRule,
    /// When it was made.
    pub created_at: Timestamp,
    /// Counts its changes.
    pub version: i64,
}

/// The id of an [`Assortment`].
pub type AssortmentId = Id<Assortment>;

/// Which products belong to an assortment without being listed: those in one of its categories or below, and those of its brands.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssortmentRule {
    /// The categories, each with all below it.
    pub categories: Vec<CategoryId>,
    /// The brands, whatever their capitals and accents.
    pub brands: Vec<ShortText>,
}

/// An assortment as it was sent; in a change, what is `None` stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AssortmentDraft {
    /// Its code.
    pub code: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// Its kind.
    pub kind: Option<AssortmentKind>,
    /// The categories of its rule.
    pub categories: Option<Vec<CategoryId>>,
    /// The brands of its rule.
    pub brands: Option<Vec<String>>,
}

/// To whom an assortment is granted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Grantee {
    /// Every customer of a segment.
    Segment(Id<Segment>),
    /// One customer.
    Customer(Id<Customer>),
}

/// That an assortment is shown to somebody, or hidden from them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssortmentGrant {
    /// Which grant.
    pub id: Id<AssortmentGrant>,
    /// Of which assortment.
    pub assortment: AssortmentId,
    /// Whose assortment.
    pub seller: OrganizationId,
    /// The number of the segment or customer.
    pub grantee: uuid::Uuid,
    /// What it does.
    pub effect: GrantEffect,
}

impl Grantee {
    /// The number of the segment or customer.
    #[must_use]
    pub const fn uuid(self) -> uuid::Uuid {
        match self {
            Self::Segment(id) => id.uuid(),
            Self::Customer(id) => id.uuid(),
        }
    }
}

impl Assortment {
    /// Makes an assortment.
    ///
    /// # Errors
    /// Everything that is wrong with the draft.
    pub fn open(
        draft: &AssortmentDraft,
        seller: OrganizationId,
        now: Timestamp,
    ) -> Result<(Self, AssortmentEvent), Problems> {
        let mut problems = Problems::new();
        let code = problems.take("code", ShortText::parse(draft.code.as_deref().unwrap_or_default()));
        let name = problems.take("name", Name::parse(draft.name.as_deref().unwrap_or_default()));
        let rule = problems.take("rule", AssortmentRule::default().changed(draft));
        let kind = draft.kind.unwrap_or(AssortmentKind::Exclusive);
        let ((code, name), rule) = problems.finish(code.zip(name).zip(rule))?;
        let event = AssortmentEvent::Defined { kind };
        Ok((Self { id: Id::new(), seller, code, name, kind, rule, created_at: now, version: 1 }, event))
    }

    /// Changes what it is called, what it means and what belongs to it.
    ///
    /// # Errors
    /// Everything that is wrong with the draft.
    pub fn amend(&mut self, draft: &AssortmentDraft) -> Result<AssortmentEvent, Problems> {
        let mut problems = Problems::new();
        let code =
            draft.code.as_deref().map_or(Some(self.code.clone()), |code| problems.take("code", ShortText::parse(code)));
        let name =
            draft.name.as_deref().map_or(Some(self.name.clone()), |name| problems.take("name", Name::parse(name)));
        let rule = problems.take("rule", self.rule.changed(draft));
        let ((code, name), rule) = problems.finish(code.zip(name).zip(rule))?;
        (self.code, self.name, self.rule) = (code, name, rule);
        self.kind = draft.kind.unwrap_or(self.kind);
        Ok(AssortmentEvent::Amended { kind: self.kind })
    }
}

impl AssortmentRule {
    /// The rule after a change.
    ///
    /// # Errors
    /// [`Code::TooMany`], or brands that cannot be.
    fn changed(&self, draft: &AssortmentDraft) -> Result<Self, Problems> {
        let mut problems = Problems::new();
        let mut rule = self.clone();
        if let Some(categories) = &draft.categories {
            problems.take("categoryIds", bounded(categories.len()));
            let mut seen = HashSet::new();
            rule.categories = categories.iter().copied().filter(|category| seen.insert(*category)).collect();
        }
        if let Some(brands) = &draft.brands {
            problems.take("brands", bounded(brands.len()));
            rule.brands.clear();
            let mut seen = HashSet::new();
            for (n, brand) in brands.iter().take(RULE_ENTRIES_MAX).enumerate() {
                let brand = problems.take(n, ShortText::parse(brand).map_err(|problem| problem.at("brands")));
                rule.brands.extend(brand.filter(|brand| seen.insert(fold(brand.as_str()))));
            }
        }
        problems.finish(Some(rule))
    }

    /// Whether nothing belongs to the assortment but what is listed in it.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.categories.is_empty() && self.brands.is_empty()
    }

    /// Whether a product belongs to it that stands in these categories, its own and all above, and has this brand.
    #[must_use]
    pub fn covers(&self, path: &[CategoryId], brand: Option<&str>) -> bool {
        self.categories.iter().any(|category| path.contains(category))
            || brand.is_some_and(|brand| self.brands.iter().any(|own| fold(own.as_str()) == fold(brand)))
    }
}

fn bounded(entries: usize) -> Result<(), Problem> {
    if entries <= RULE_ENTRIES_MAX { Ok(()) } else { Err(Problem::new(Code::TooMany).with("max", RULE_ENTRIES_MAX)) }
}

/// What happens to an assortment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum AssortmentEvent {
    /// It was made.
    Defined {
        /// What it means to those it is not granted to.
        kind: AssortmentKind,
    },
    /// What it is called, means or covers changed.
    Amended {
        /// What it means to those it is not granted to.
        kind: AssortmentKind,
    },
    /// Products were listed in it or taken off its list.
    Listed {
        /// How many were listed.
        added: usize,
        /// How many were taken off.
        removed: usize,
    },
    /// It was granted to somebody.
    Granted {
        /// What the grant does.
        effect: GrantEffect,
    },
    /// A grant was taken back.
    Revoked,
}

impl DomainEvent for AssortmentEvent {
    fn kind(&self) -> &'static str {
        match self {
            Self::Defined { .. } => "ASSORTMENT_DEFINED",
            Self::Amended { .. } => "ASSORTMENT_AMENDED",
            Self::Listed { .. } => "ASSORTMENT_LISTED",
            Self::Granted { .. } => "ASSORTMENT_GRANTED",
            Self::Revoked => "ASSORTMENT_REVOKED",
        }
    }
}
