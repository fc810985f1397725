//! The tree in which an organization sorts its products.

use jiff::Timestamp;
use serde::Serialize;

use crate::event::DomainEvent;
use crate::id::Id;
use crate::organization::OrganizationId;
use crate::problem::{Code, Problem, Problems};
use crate::text::{Name, ShortText};

/// How many categories may stand above one another, the lowest included.
pub const CATEGORY_DEPTH_MAX: usize = 20;

/// A place in an organization's tree of products.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// Which category.
    pub id: CategoryId,
    /// Whose tree it stands in.
    pub owner: OrganizationId,
    /// The category above it; `None` at the top.
    pub parent: Option<CategoryId>,
    /// The organization's own short name for it; no other category of the tree has it.
    pub code: ShortText,
    /// What people call it.
    pub name: Name,
    /// Whether a product in it or below it was ever published. Until then only the owner knows of it.
    pub published: bool,
    /// When it was added.
    pub created_at: Timestamp,
    /// Counts its changes.
    pub version: i64,
}

/// The id of a [`Category`].
pub type CategoryId = Id<Category>;

/// Where in the tree a category is to stand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// The categories above, from the parent up to the top; none at the top.
    pub above: Vec<CategoryId>,
}

/// A category to add, as it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CategoryDraft {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// What is to change in a category; what is left out stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CategoryChange {
    /// The new code.
    pub code: Option<String>,
    /// The new name.
    pub name: Option<String>,
    /// The new place.
    pub place: Option<Place>,
}

impl Category {
    /// Adds a category at `place` of `owner`'s tree.
    ///
    /// # Errors
    /// Everything that is wrong with the draft; [`Code::CategoryTooDeep`] below [`CATEGORY_DEPTH_MAX`].
    pub fn open(
        draft: &CategoryDraft,
        owner: OrganizationId,
        place: &Place,
        now: Timestamp,
    ) -> Result<(Self, CategoryEvent), Problems> {
        let mut problems = Problems::new();
        let code = problems.take("code", ShortText::parse(&draft.code));
        let name = problems.take("name", Name::parse(&draft.name));
        problems.take("parentId", check_depth(place.above.len() + 1));
        let (code, name) = problems.finish(code.zip(name))?;
        let parent = place.above.first().copied();
        let category = Self { id: Id::new(), owner, parent, code, name, published: false, created_at: now, version: 1 };
        Ok((category, CategoryEvent::Added))
    }

    /// Renames or moves the category together with the `height` levels of which it is the top (1 where nothing is below it).
    /// `None` when nothing changes.
    ///
    /// # Errors
    /// Texts that cannot be; [`Code::CategoryCycle`] below itself; [`Code::CategoryTooDeep`].
    pub fn revise(&mut self, change: &CategoryChange, height: usize) -> Result<Option<CategoryEvent>, Problems> {
        let mut problems = Problems::new();
        let code = match &change.code {
            Some(code) => problems.take("code", ShortText::parse(code)),
            None => Some(self.code.clone()),
        };
        let name = match &change.name {
            Some(name) => problems.take("name", Name::parse(name)),
            None => Some(self.name.clone()),
        };
        let parent = match &change.place {
            Some(place) => problems.take("parentId", self.can_stand_at(place, height)),
            None => Some(self.parent),
        };
        let ((code, name), parent) = problems.finish(code.zip(name).zip(parent))?;
        if (&code, &name, parent) == (&self.code, &self.name, self.parent) {
            return Ok(None);
        }
        (self.code, self.name, self.parent) = (code, name, parent);
        Ok(Some(CategoryEvent::Revised))
    }

    fn can_stand_at(&self, place: &Place, height: usize) -> Result<Option<CategoryId>, Problem> {
        if place.above.contains(&self.id) {
            return Err(Code::CategoryCycle.into());
        }
        check_depth(place.above.len() + height.max(1))?;
        Ok(place.above.first().copied())
    }
}

fn check_depth(depth: usize) -> Result<(), Problem> {
    if depth > CATEGORY_DEPTH_MAX {
        return Err(Problem::new(Code::CategoryTooDeep).with("max", CATEGORY_DEPTH_MAX));
    }
    Ok(())
}

/// What happens to a category.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum CategoryEvent {
    /// It was added.
    Added,
    /// It was renamed or moved.
    Revised,
}

impl DomainEvent for CategoryEvent {
    fn kind(&self) -> &'static str {
        match self {
            Self::Added => "CATEGORY_ADDED",
            Self::Revised => "CATEGORY_REVISED",
        }
    }
}
