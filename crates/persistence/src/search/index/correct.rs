//! Did you mean: words that lead to something the viewer may see.

use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet as _, Searcher, TERMINATED};
use tradehall_domain::search::{Question, Word};

use super::SearchIndex;
use super::column::Visible;
use super::request::Sight;
use super::typo::Typo;

/// The words of `question`, each replaced by the nearest that the viewer can find something by and left out where there is none; as
/// many of them as are met together. `None` when that is nothing, or what was asked for.
pub(super) fn correct(
    index: &SearchIndex,
    searcher: &Searcher,
    sight: &Sight,
    question: &Question,
) -> tantivy::Result<Option<String>> {
    let mut words = Vec::new();
    for word in question.words() {
        let alone = Question::of(std::slice::from_ref(&word.text));
        let is_met = index.meets(searcher, sight, (Some(&alone), false))? || met_joined(index, searcher, sight, word)?;
        if is_met { words.push(word.text.clone()) } else { words.extend(nearest(index, searcher, sight, word)?) }
    }
    while !words.is_empty() {
        let meant = Question::of(&words);
        if index.meets(searcher, sight, (Some(&meant), false))? {
            if words.iter().eq(question.words().iter().map(|word| &word.text)) {
                return Ok(None);
            }
            let spelled = words.into_iter().map(|word| index.spell(searcher, sight, word));
            return Ok(Some(spelled.collect::<tantivy::Result<Vec<_>>>()?.join(" ")));
        }
        words.pop();
    }
    Ok(None)
}

fn met_joined(index: &SearchIndex, searcher: &Searcher, sight: &Sight, word: &Word) -> tantivy::Result<bool> {
    for joined in &word.joined {
        let alone = Question::of(std::slice::from_ref(joined));
        if index.meets(searcher, sight, (Some(&alone), false))? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// How many errors a suggestion may correct: one more word is worth a guess than is worth a hit, as long as most of it is right.
fn errors(word: &str) -> u8 {
    match word.chars().count() {
        6.. => 2,
        3.. => 1,
        _ => 0,
    }
}

/// The word of a visible product that is nearest to `word`: by the number of errors, then in the order of letters.
fn nearest(index: &SearchIndex, searcher: &Searcher, sight: &Sight, word: &Word) -> tantivy::Result<Option<String>> {
    let has_digit = word.text.chars().any(char::is_numeric);
    let allowed = if has_digit { errors(&word.text).min(1) } else { errors(&word.text) };
    let Some(typo) = Typo::within(&word.text, allowed) else { return Ok(None) };
    let mut best: Option<(bool, String)> = None;
    for segment in searcher.segment_readers() {
        let groups = index.groups(segment)?;
        let visible = Visible::new(segment, sight, &groups)?;
        let everybody = (index.fields.entry, [].as_slice());
        let own = visible.own_prefixes().iter().map(|prefix| (index.fields.private, prefix.as_slice()));
        for (field, prefix) in std::iter::once(everybody).chain(own) {
            let inverted = segment.inverted_index(field)?;
            let mut near = Vec::new();
            typo.visit(inverted.terms(), prefix, |text, level, info| {
                near.push((level.is_two_off(), text.to_owned(), info.clone()));
            })?;
            near.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
            for (two, text, info) in near {
                if best.as_ref().is_some_and(|best| (best.0, &best.1) <= (two, &text)) {
                    break;
                }
                let mut postings = inverted.read_postings_from_terminfo(&info, IndexRecordOption::Basic)?;
                while postings.doc() != TERMINATED && !visible.shows(postings.doc()) {
                    postings.advance();
                }
                if postings.doc() != TERMINATED {
                    best = Some((two, text));
                    break;
                }
            }
        }
    }
    Ok(best.map(|(_, text)| text))
}
