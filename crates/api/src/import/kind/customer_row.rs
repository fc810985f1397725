//! Customers of a seller's shop as rows of a file.
//!
//! | field | | what stands there |
//! |---|---|---|
//! | `organization_id` | or `number` | the organization's global id; it goes before a number |
//! | `number` | or `organization_id` | beside an id the seller's number for the customer, none when empty; else the number that it has |
//! | `note` | | what the seller wants to remember; nothing when empty |
//! | `reach` | | `GENERAL` or `ASSORTMENTS_ONLY`; as it was when empty |
//! | `segments` | | the codes of all segments that the customer is in, with `|` between them; none when empty |
//! | `status` | | how far the registration had come when the file was written, as exports write it |
//! | `organization` | | the organization's name, for whoever reads the file; not read |
//!
//! An organization that is no customer yet is invited, and what the row says is noted. One that was rejected or has left is not asked
//! again by a file: its row is refused unless its `status` says that the file knows. A column that is not in the file leaves what it
//! would say as it was.

use tradehall_domain::customer::{CustomerChange, CustomerReach};
use tradehall_domain::id::Id;
use tradehall_domain::named::Named as _;
use tradehall_domain::organization::{Organization, OrganizationId};
use tradehall_domain::problem::{Code, Problem, Problems};
use tradehall_domain::venue::ParticipationStatus;

use crate::graphql::id::{NodeType, parse};
use crate::import::table::{Columns, Row, closed};

/// What stands between the codes of segments in one cell.
pub const SEGMENT_SEPARATOR: &str = "|";

/// The columns of the file.
pub const COLUMNS: Columns = Columns {
    required: &[],
    optional: Some(&["organization_id", "number", "note", "reach", "segments", "status", "organization"]),
    open: closed,
};

/// By what a row names its customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named {
    /// By the organization's id.
    Id(OrganizationId),
    /// By the seller's number for it.
    Number(String),
}

impl Named {
    /// What a row is about that names it so.
    pub fn subject(&self) -> String {
        match self {
            Self::Id(id) => format!("is {id}"),
            Self::Number(number) => format!("is number {number}"),
        }
    }

    /// The column that it stood in.
    pub const fn column(&self) -> &'static str {
        match self {
            Self::Id(_) => "organization_id",
            Self::Number(_) => "number",
        }
    }
}

/// A row that can be read.
#[derive(Debug, Clone)]
pub struct CustomerRow {
    /// Which customer.
    pub named: Named,
    /// What is noted of it from now on.
    pub change: CustomerChange,
    /// The codes of its segments; `None` where the file has no column for them.
    pub segments: Option<Vec<String>>,
    /// What the file knows of its registration.
    pub status: Option<ParticipationStatus>,
}

impl CustomerRow {
    /// Reads a row.
    ///
    /// # Errors
    /// Everything that cannot be read, by column.
    pub fn read(row: &Row) -> Result<Self, Problems> {
        let mut problems = Problems::new();
        let text = |column: &str| row.has(column).then(|| row.text(column).map(str::to_owned));
        let (named, number) = match (row.text("organization_id"), row.text("number")) {
            (Some(id), _) => (problems.take("organization_id", read_id(id)).map(Named::Id), text("number")),
            (None, Some(number)) => (Some(Named::Number(number.to_owned())), None),
            (None, None) => (problems.take("organization_id", Err(Problem::new(Code::Required))), None),
        };
        let reach = row.optional("reach", &mut problems, |text| {
            CustomerReach::from_name(&text.to_ascii_uppercase()).ok_or_else(|| Code::Invalid.into())
        });
        let status = row.optional("status", &mut problems, |text| {
            ParticipationStatus::from_name(&text.to_ascii_uppercase()).ok_or_else(|| Code::Invalid.into())
        });
        let codes = |text: &str| -> Vec<String> {
            let codes = text.split(SEGMENT_SEPARATOR).map(str::trim).filter(|code| !code.is_empty());
            codes.map(str::to_owned).collect()
        };
        let segments = row.has("segments").then(|| row.text("segments").map(codes).unwrap_or_default());
        let read = (|| {
            let change = CustomerChange { number, note: text("note"), reach: reach? };
            Some(Self { named: named?, change, segments, status: status? })
        })();
        problems.finish(read)
    }
}

fn read_id(text: &str) -> Result<OrganizationId, Problem> {
    match parse(text) {
        Some((name, id)) if name == <Organization as NodeType>::NAME => Ok(Id::from_uuid(id)),
        _ => Err(Code::Invalid.into()),
    }
}
