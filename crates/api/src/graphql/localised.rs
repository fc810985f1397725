//! Texts in several languages.

use async_graphql::{InputObject, SimpleObject};
use tradehall_domain::locale::{TranslationDraft, Translations};

/// One text in one language.
#[derive(Debug, Clone, SimpleObject)]
pub struct LocalisedText {
    /// The language, perhaps of one country, as a tag of BCP 47 such as `vi` or `en-GB`.
    pub locale: String,
    /// The text in that language.
    pub text: String,
}

/// One text in one language.
#[derive(Debug, Clone, InputObject)]
pub struct LocalisedTextInput {
    /// The language, perhaps of one country, as a tag of BCP 47 such as `vi` or `en-GB`.
    pub locale: String,
    /// The text in that language, 1 to 60 characters where it is a label and up to 200 where it is a value.
    pub text: String,
}

impl LocalisedText {
    /// Every translation, by language.
    #[must_use]
    pub fn all<const MAX: usize>(translations: &Translations<MAX>) -> Vec<Self> {
        let one = |(locale, text): (&tradehall_domain::locale::Locale, &tradehall_domain::text::Text<1, MAX>)| Self {
            locale: locale.to_string(),
            text: text.to_string(),
        };
        translations.iter().map(one).collect()
    }
}

impl LocalisedTextInput {
    /// The texts as the domain reads them.
    #[must_use]
    pub fn drafts(inputs: Vec<Self>) -> Vec<TranslationDraft> {
        inputs.into_iter().map(|input| TranslationDraft { locale: input.locale, text: input.text }).collect()
    }
}
