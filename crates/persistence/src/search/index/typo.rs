//! Words with typing errors.

use std::sync::LazyLock;

use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder, SINK_STATE};
use tantivy::postings::TermInfo;
use tantivy::termdict::TermDictionary;
use tantivy_fst::Automaton;
use tradehall_domain::search::{Level, Word};

/// Automata of one and of two errors; two letters that changed places are one error (Schulz and Mihov, 2002).
static BUILDERS: LazyLock<[LevenshteinAutomatonBuilder; 2]> =
    LazyLock::new(|| [LevenshteinAutomatonBuilder::new(1, true), LevenshteinAutomatonBuilder::new(2, true)]);

/// A word whose errors are forgiven.
pub struct Typo {
    dfa: DFA,
    first: Option<char>,
}

impl Typo {
    /// Of a word in which errors are forgiven.
    pub fn of(word: &Word) -> Option<Self> {
        Self::within(&word.text, word.errors_forgiven())
    }

    /// Of a word that is up to `errors` errors away.
    pub fn within(text: &str, errors: u8) -> Option<Self> {
        let builder = BUILDERS.get(usize::from(errors.checked_sub(1)?))?;
        Some(Self { dfa: builder.build_dfa(text), first: text.chars().next() })
    }

    /// The words of products that are meant, each with the level of a hit by it: at least one error away; more than one only where
    /// the first letter is right. Only terms behind `prefix` are looked at.
    pub fn matches(&self, terms: &TermDictionary, prefix: &[u8]) -> tantivy::Result<Vec<(TermInfo, Level)>> {
        let mut found = Vec::new();
        self.visit(terms, prefix, |_, level, info| found.push((info.clone(), level)))?;
        Ok(found)
    }

    /// The same, told one by one.
    pub fn visit(
        &self,
        terms: &TermDictionary,
        prefix: &[u8],
        mut told: impl FnMut(&str, Level, &TermInfo),
    ) -> tantivy::Result<()> {
        let mut stream = terms.search(Entry { dfa: &self.dfa, prefix }).into_stream()?;
        while let Some((key, info)) = stream.next() {
            let Some((text, level)) = key.strip_prefix(prefix).and_then(split) else { continue };
            let Distance::Exact(errors) = self.dfa.eval(text) else { continue };
            let is_first_right = text.chars().next() == self.first;
            if errors > 1 && !is_first_right {
                continue;
            }
            if let Some(level) = level.mistyped(errors) {
                told(text, level, info);
            }
        }
        Ok(())
    }
}

/// The text and level of a term, if it is a word of a product and not just a beginning.
fn split(key: &[u8]) -> Option<(&str, Level)> {
    let (level, text) = key.split_last()?;
    let level = Level::from_byte(*level).filter(|level| level.is_exact())?;
    Some((std::str::from_utf8(text.strip_suffix(&[0])?).ok()?, level))
}

/// Accepts a prefix, what the automaton accepts, a zero byte and a level.
struct Entry<'a> {
    dfa: &'a DFA,
    prefix: &'a [u8],
}

#[derive(Clone, Copy)]
enum State {
    /// So much of the prefix was met.
    Prefix(usize),
    Text(u32),
    Level,
    End,
    Dead,
}

impl Automaton for Entry<'_> {
    type State = State;

    fn start(&self) -> State {
        self.behind(0)
    }

    fn is_match(&self, state: &State) -> bool {
        matches!(state, State::End)
    }

    fn can_match(&self, state: &State) -> bool {
        !matches!(state, State::Dead)
    }

    fn accept(&self, state: &State, byte: u8) -> State {
        match (*state, byte) {
            (State::Prefix(met), byte) if self.prefix.get(met) == Some(&byte) => self.behind(met + 1),
            (State::Text(at), 0) if matches!(self.dfa.distance(at), Distance::Exact(_)) => State::Level,
            (State::Text(at), 1..) => match self.dfa.transition(at, byte) {
                SINK_STATE => State::Dead,
                next => State::Text(next),
            },
            (State::Level, level) if Level::from_byte(level).is_some_and(Level::is_exact) => State::End,
            _ => State::Dead,
        }
    }
}

impl Entry<'_> {
    /// Where it stands when so much of the prefix was met.
    fn behind(&self, met: usize) -> State {
        if met < self.prefix.len() { State::Prefix(met) } else { State::Text(self.dfa.initial_state()) }
    }
}
