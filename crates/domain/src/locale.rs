//! The languages that catalogs are written in, and texts in several of them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::problem::{Code, Problem, Problems};
use crate::text::Text;
use crate::wire::as_text;

/// In how many languages one text can stand.
pub const LOCALES_MAX: usize = 20;

/// A language, perhaps of one country: the part of BCP 47 that catalogs use, such as `vi`, `en` or `en-GB`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Locale(Box<str>);

impl Locale {
    /// Reads a language of two or three letters (ISO 639), with or without a country of two letters (ISO 3166-1).
    ///
    /// # Errors
    /// [`Code::LocaleMalformed`].
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let (language, country) = match text.trim().split_once('-') {
            Some((language, country)) => (language, Some(country)),
            None => (text.trim(), None),
        };
        let letters = |text: &str| text.bytes().all(|b| b.is_ascii_alphabetic());
        let fits = letters(language) && matches!(language.len(), 2 | 3);
        let fits = fits && country.is_none_or(|country| letters(country) && country.len() == 2);
        if !fits {
            return Err(Code::LocaleMalformed.into());
        }
        let mut locale = language.to_ascii_lowercase();
        if let Some(country) = country {
            locale.push('-');
            locale.push_str(&country.to_ascii_uppercase());
        }
        Ok(Self(locale.into()))
    }

    /// The tag, such as `en-GB`.
    #[must_use]
    pub const fn as_str(&self) -> &str {
        &self.0
    }
}

as_text!(Locale, as_str);

/// One text in one language, as it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TranslationDraft {
    /// The language.
    pub locale: String,
    /// The text in it.
    pub text: String,
}

/// A text of 1 to `MAX` characters in at most [`LOCALES_MAX`] languages, beside the one in which it is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Translations<const MAX: usize>(BTreeMap<Locale, Text<1, MAX>>);

impl<const MAX: usize> Translations<MAX> {
    /// Checks a list of translations.
    ///
    /// # Errors
    /// [`Code::TooMany`]; [`Code::Duplicate`] for a language that stands twice; what is wrong with each language and text.
    pub fn parse(drafts: &[TranslationDraft]) -> Result<Self, Problems> {
        if drafts.len() > LOCALES_MAX {
            return Err(Problem::new(Code::TooMany).with("max", LOCALES_MAX).into());
        }
        let mut problems = Problems::new();
        let mut found = BTreeMap::new();
        for (n, draft) in drafts.iter().enumerate() {
            let mut own = Problems::new();
            let locale = own.take("locale", Locale::parse(&draft.locale));
            let text = own.take("text", Text::parse(&draft.text));
            if locale.as_ref().is_some_and(|locale| found.contains_key(locale)) {
                own.push(Problem::new(Code::Duplicate).at("locale"));
            }
            found.extend(problems.take(n, own.finish(locale.zip(text))));
        }
        problems.finish(Some(Self(found)))
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The languages and the text in each, by language.
    pub fn iter(&self) -> impl Iterator<Item = (&Locale, &Text<1, MAX>)> {
        self.0.iter()
    }

    /// The same as they were sent.
    #[must_use]
    pub fn drafts(&self) -> Vec<TranslationDraft> {
        let draft = |(locale, text): (&Locale, &Text<1, MAX>)| TranslationDraft {
            locale: locale.to_string(),
            text: text.to_string(),
        };
        self.iter().map(draft).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Code, Locale, TranslationDraft, Translations};

    #[test]
    fn tags_have_one_form() {
        for (text, tag) in [("vi", "vi"), (" EN-gb ", "en-GB"), ("fil", "fil")] {
            assert_eq!(Locale::parse(text).unwrap().as_str(), tag);
        }
        for text in ["", "v", "viet", "vi_VN", "vi-", "vi-VNM", "ví"] {
            assert_eq!(Locale::parse(text).unwrap_err().code, Code::LocaleMalformed, "{text}");
        }
    }

    #[test]
    fn a_language_stands_once() {
        let draft = |locale: &str, text: &str| TranslationDraft { locale: locale.to_owned(), text: text.to_owned() };
        let twice = [draft("vi", "Ren"), draft("VI", "ren")];
        let problems = Translations::<60>::parse(&twice).unwrap_err();
        let told: Vec<_> = problems.iter().map(|problem| (problem.path.join("."), problem.code)).collect();
        assert_eq!(told, [("1.locale".to_owned(), Code::Duplicate)]);
        assert_eq!(Translations::<60>::parse(&twice[..1]).unwrap().drafts(), twice[..1]);
    }
}
