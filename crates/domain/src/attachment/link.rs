//! What a file is attached to, and who else sees it there.

use std::collections::HashSet;

use jiff::Timestamp;

use super::AttachmentId;
use crate::event::Subject;
use crate::id::Id;
use crate::organization::OrganizationId;
use crate::problem::{Code, Problem, Problems};

/// How many files one request attaches at most, and so how many go with one document.
pub const ATTACHMENTS_MAX: usize = 50;

/// A file's being attached to one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttachmentLink {
    /// Which link.
    pub id: Id<AttachmentLink>,
    /// Which file.
    pub attachment: AttachmentId,
    /// To what.
    pub subject: Subject,
    /// The file's owner, who attached it.
    pub owner: OrganizationId,
    /// Whether everyone signed in sees it.
    pub is_public: bool,
    /// Since when.
    pub attached_at: Timestamp,
}

/// Who sees an attached file besides its owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Visibility {
    /// Nobody.
    Owner,
    /// These organizations.
    Organizations(Vec<OrganizationId>),
    /// Everyone signed in.
    Everyone,
}

/// Whether a request can attach these files together.
///
/// # Errors
/// [`Code::TooMany`] beyond [`ATTACHMENTS_MAX`], [`Code::Duplicate`] at each position that repeats an earlier one.
pub fn check_ids(ids: &[AttachmentId]) -> Result<(), Problems> {
    if ids.len() > ATTACHMENTS_MAX {
        return Err(Problem::new(Code::TooMany).with("max", ATTACHMENTS_MAX).into());
    }
    let mut problems = Problems::new();
    let mut seen = HashSet::new();
    for (n, id) in ids.iter().enumerate() {
        if !seen.insert(*id) {
            problems.push(Problem::new(Code::Duplicate).at(n));
        }
    }
    problems.check()
}

#[cfg(test)]
mod tests {
    use super::{ATTACHMENTS_MAX, AttachmentId, Code, check_ids};

    #[test]
    fn a_request_names_each_file_once_and_not_too_many() {
        let ids: Vec<_> = std::iter::repeat_with(AttachmentId::new).take(ATTACHMENTS_MAX + 1).collect();
        assert!(check_ids(&ids[1..]).is_ok());
        let codes: Vec<_> = check_ids(&ids).unwrap_err().iter().map(|problem| problem.code).collect();
        assert_eq!(codes, [Code::TooMany]);
        let twice = check_ids(&[ids[0], ids[1], ids[0]]).unwrap_err();
        assert_eq!(twice.iter().next().map(|problem| problem.path.join(".")), Some("2".to_owned()));
    }
}
