//! What a country's tax codes look like.

use super::{asia, europe, vietnam};
use crate::country::Country;
use crate::problem::{Code, Problem};

/// The tax codes of one country.
pub(super) struct Rule {
    /// The alpha-2 code of the country.
    pub(super) country: &'static str,
    /// What stands before the code in its full form. People often leave it out.
    pub(super) prefix: &'static str,
    /// The forms without the prefix: `d` is a digit, `a` a letter, `x` either, a capital or a digit itself.
    pub(super) forms: &'static [&'static str],
    /// Whether the check digit of a code of one of the forms fits; nothing where the code cannot have been issued.
    pub(super) check: fn(&str) -> Option<bool>,
}

impl Rule {
    pub(super) const fn new(country: &'static str, prefix: &'static str, forms: &'static [&'static str]) -> Self {
        Self { country, prefix, forms, check: |_| Some(true) }
    }

    pub(super) const fn checked(self, check: fn(&str) -> Option<bool>) -> Self {
        Self { check, ..self }
    }

    /// The code in its full form.
    pub(super) fn read(&self, plain: &str) -> Result<String, Problem> {
        let has_form = |code: &&str| self.forms.iter().any(|form| fits(form, code));
        let code = plain.strip_prefix(self.prefix).filter(has_form).or_else(|| Some(plain).filter(has_form));
        match code.and_then(|code| (self.check)(code).map(|right| (code, right))) {
            Some((code, true)) => Ok(format!("{}{code}", self.prefix)),
            Some((_, false)) => Err(Code::TaxCodeCheckDigit.into()),
            None => Err(Problem::new(Code::TaxCodeMalformed).with("form", self.shown())),
        }
    }

    /// The forms as people read them.
    fn shown(&self) -> String {
        let shown = self.forms.iter().map(|form| {
            let form = form.replace('d', "9").replace('a', "A").replace('x', "X");
            format!("{}{form}", self.prefix)
        });
        shown.collect::<Vec<_>>().join(" / ")
    }
}

fn fits(form: &str, code: &str) -> bool {
    form.len() == code.len()
        && form.bytes().zip(code.bytes()).all(|(class, b)| match class {
            b'd' => b.is_ascii_digit(),
            b'a' => b.is_ascii_uppercase(),
            b'x' => b.is_ascii_digit() || b.is_ascii_uppercase(),
            itself => b == itself,
        })
}

/// The rule of `country`, if it has one here.
pub(super) fn of(country: Country) -> Option<&'static Rule> {
    all().find(|rule| rule.country == country.code())
}

pub(super) fn all() -> impl Iterator<Item = &'static Rule> {
    vietnam::RULES.iter().chain(europe::RULES).chain(asia::RULES)
}
