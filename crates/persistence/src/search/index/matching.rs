//! Which documents of a segment are meant.

use tantivy::index::SegmentReader;
use tantivy::{DocId, DocSet as _, TERMINATED};
use tradehall_domain::search::{PAIR_POINTS, Question};

use super::column::Visible;
use super::lookup::{Clause, List};
use super::request::Choice;
use super::schema::Fields;

/// A document that meets every word and that the viewer may know of.
#[derive(Debug, Clone, Copy)]
pub struct Candidate {
    /// The document.
    pub document: DocId,
    /// The sum of what its words count.
    pub points: u16,
    /// A bit for each choice that it meets.
    pub chosen: u32,
}

/// A list is searched for each candidate, instead of read, when it is that many times longer.
const SEEK_FACTOR: u64 = 8;

/// A union is gathered in an array over all documents, instead of sorted, from one document in that many on.
const DENSE_FROM: u64 = 32;

/// The documents that meet every word of `question`, with errors if they are `forgiven`.
pub fn candidates(
    segment: &SegmentReader,
    fields: &Fields,
    visible: &Visible<'_>,
    (question, forgiven): (Option<&Question>, bool),
    choices: &[Choice],
) -> tantivy::Result<Vec<Candidate>> {
    let words = question.map(Question::words).unwrap_or_default();
    let mut clauses = Vec::with_capacity(words.len());
    for word in words {
        let clause = Clause::of_word(segment, fields, visible, word, forgiven)?;
        if clause.lists.is_empty() {
            return Ok(Vec::new());
        }
        clauses.push(clause);
    }
    clauses.sort_by_key(|clause| clause.cost);
    let mut clauses = clauses.into_iter();
    let mut found = match clauses.next() {
        Some(clause) => union(clause, segment.max_doc()),
        None => (0..segment.max_doc()).map(|document| Candidate { document, points: 0, chosen: 0 }).collect(),
    };
    for clause in clauses {
        let met = meet(&found, clause);
        let mut met = met.into_iter();
        found.retain_mut(|candidate| {
            let points = met.next().flatten();
            candidate.points += points.unwrap_or(0);
            points.is_some()
        });
    }
    visible.retain(&mut found);
    for pair in question.into_iter().flat_map(Question::pairs) {
        let met = meet(&found, Clause::of_pair(segment, fields, visible, &pair)?);
        for (candidate, _) in found.iter_mut().zip(met).filter(|(_, met)| met.is_some()) {
            candidate.points += PAIR_POINTS;
        }
    }
    for (n, choice) in choices.iter().enumerate() {
        let met = meet(&found, Clause::of_filter(segment, fields, &choice.keys)?);
        for (candidate, met) in found.iter_mut().zip(met) {
            candidate.chosen |= u32::from(met.is_some()) << n;
        }
    }
    Ok(found)
}

/// The documents of all lists, each with the most that it counts.
fn union(clause: Clause, documents: DocId) -> Vec<Candidate> {
    let candidate = |document, points| Candidate { document, points, chosen: 0 };
    if let [_] = clause.lists.as_slice() {
        return clause.lists.into_iter().flat_map(read).map(|(document, points)| candidate(document, points)).collect();
    }
    if clause.cost > u64::from(documents) / DENSE_FROM {
        // What was not met counts 0; points are kept one higher.
        let mut best = vec![0_u16; documents as usize];
        for (document, points) in clause.lists.into_iter().flat_map(read) {
            if let Some(best) = best.get_mut(document as usize) {
                *best = (*best).max(points + 1);
            }
        }
        let met = best.into_iter().enumerate().filter(|(_, points)| *points > 0);
        return met.map(|(document, points)| candidate(document as DocId, points - 1)).collect();
    }
    let mut found: Vec<_> = clause.lists.into_iter().flat_map(read).collect();
    found.sort_unstable_by_key(|(document, points)| (*document, std::cmp::Reverse(*points)));
    found.dedup_by_key(|(document, _)| *document);
    found.into_iter().map(|(document, points)| candidate(document, points)).collect()
}

/// The documents of a list.
fn read(list: List) -> impl Iterator<Item = (DocId, u16)> {
    let List { mut postings, points } = list;
    std::iter::from_fn(move || {
        let document = postings.doc();
        postings.advance();
        (document != TERMINATED).then_some((document, points))
    })
}

/// For each of `candidates` the most that it counts in the lists of `clause`, if it stands in one.
fn meet(candidates: &[Candidate], clause: Clause) -> Vec<Option<u16>> {
    let mut met: Vec<Option<u16>> = vec![None; candidates.len()];
    for list in clause.lists {
        let is_long = u64::from(list.postings.doc_freq()) > candidates.len() as u64 / SEEK_FACTOR;
        if is_long { seek(candidates, list, &mut met) } else { walk(candidates, list, &mut met) }
    }
    met
}

/// Looks each candidate up in the list.
fn seek(candidates: &[Candidate], list: List, met: &mut [Option<u16>]) {
    let List { mut postings, points } = list;
    for (candidate, met) in candidates.iter().zip(met) {
        if postings.doc() < candidate.document {
            postings.seek(candidate.document);
        }
        if postings.doc() == candidate.document {
            *met = (*met).max(Some(points));
        }
    }
}

/// Looks each document of the list up among the candidates.
fn walk(candidates: &[Candidate], list: List, met: &mut [Option<u16>]) {
    let mut rest = 0;
    for (document, points) in read(list) {
        let Some(behind) = candidates.get(rest..) else { return };
        rest += behind.partition_point(|candidate| candidate.document < document);
        if candidates.get(rest).is_some_and(|candidate| candidate.document == document)
            && let Some(met) = met.get_mut(rest)
        {
            *met = (*met).max(Some(points));
        }
    }
}
