//! Places that goods are brought to.

use serde::{Deserialize, Serialize};

use crate::country::Country;
use crate::problem::{Code, Problem, Problems};
use crate::text::Text;

/// How many lines an address has before its city.
pub const ADDRESS_LINES_MAX: usize = 4;

/// One line of an address: building, street, ward.
pub type AddressLine = Text<1, 120>;

/// A city, district or province.
pub type Locality = Text<1, 100>;

/// A postal code, as the country writes it.
pub type PostalCode = Text<2, 16>;

/// An address as it is typed, before it is checked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddressDraft {
    /// From the building outwards.
    pub lines: Vec<String>,
    /// The city.
    pub city: String,
    /// The province or state, where addresses name it.
    pub region: Option<String>,
    /// The postal code; many countries have none.
    pub postal_code: Option<String>,
    /// The country's alpha-2 code.
    pub country: String,
}

/// An address that a carrier can be given.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "AddressDraft")]
pub struct Address {
    lines: Vec<AddressLine>,
    city: Locality,
    region: Option<Locality>,
    postal_code: Option<PostalCode>,
    country: Country,
}

impl Address {
    /// Checks a draft. Empty lines, and an empty region or postal code, count as not given.
    ///
    /// # Errors
    /// Everything wrong with it, at `lines`, `lines.0` and so on, `city`, `region`, `postalCode` and `country`.
    pub fn parse(draft: &AddressDraft) -> Result<Self, Problems> {
        let mut problems = Problems::new();
        let lines = problems.take("lines", parse_lines(&draft.lines));
        let city = problems.take("city", Locality::parse(&draft.city));
        let region = problems.take("region", given(draft.region.as_deref(), Locality::parse));
        let postal_code = problems.take("postalCode", given(draft.postal_code.as_deref(), parse_postal_code));
        let country = problems.take("country", Country::parse(&draft.country));

        let address = match (lines, city, region, postal_code, country) {
            (Some(lines), Some(city), Some(region), Some(postal_code), Some(country)) => {
                Some(Self { lines, city, region, postal_code, country })
            }
            _ => None,
        };
        problems.finish(address)
    }

    /// From the building outwards; at least one, at most [`ADDRESS_LINES_MAX`].
    #[must_use]
    pub fn lines(&self) -> &[AddressLine] {
        &self.lines
    }

    /// The city.
    #[must_use]
    pub const fn city(&self) -> &Locality {
        &self.city
    }

    /// The province or state.
    #[must_use]
    pub const fn region(&self) -> Option<&Locality> {
        self.region.as_ref()
    }

    /// The postal code.
    #[must_use]
    pub const fn postal_code(&self) -> Option<&PostalCode> {
        self.postal_code.as_ref()
    }

    /// The country.
    #[must_use]
    pub const fn country(&self) -> Country {
        self.country
    }
}

impl TryFrom<AddressDraft> for Address {
    type Error = Problems;

    fn try_from(draft: AddressDraft) -> Result<Self, Problems> {
        Self::parse(&draft)
    }
}

fn parse_lines(drafts: &[String]) -> Result<Vec<AddressLine>, Problems> {
    let written = || drafts.iter().enumerate().filter(|(_, line)| !line.trim().is_empty());
    // Counted with the empty ones, so that a list of a million blanks is not read.
    if drafts.len() > ADDRESS_LINES_MAX {
        return Err(Problem::new(Code::TooMany).with("max", ADDRESS_LINES_MAX).into());
    }
    if written().next().is_none() {
        return Err(Code::Required.into());
    }
    let mut problems = Problems::new();
    let lines = written().filter_map(|(n, line)| problems.take(n, AddressLine::parse(line))).collect();
    problems.finish(Some(lines))
}

/// Letters, digits, blanks and hyphens, in capitals.
fn parse_postal_code(text: &str) -> Result<PostalCode, Problem> {
    let code = PostalCode::parse(&text.to_ascii_uppercase())?;
    if code.as_str().bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b' ' | b'-')) {
        return Ok(code);
    }
    Err(Code::Invalid.into())
}

fn given<T>(text: Option<&str>, parse: impl Fn(&str) -> Result<T, Problem>) -> Result<Option<T>, Problem> {
    text.filter(|text| !text.trim().is_empty()).map(parse).transpose()
}

#[cfg(test)]
mod tests {
    use super::{Address, AddressDraft};
    use crate::problem::{Code, Problem};

    fn draft() -> AddressDraft {
        AddressDraft {
            lines: vec!["Lô B2, KCN Tân Bình".to_owned(), " ".to_owned(), "Phường Tây Thạnh".to_owned()],
            city: "Thành phố Hồ Chí Minh".to_owned(),
            region: Some(String::new()),
            postal_code: Some("72000".to_owned()),
            country: "vn".to_owned(),
        }
    }

    #[test]
    fn an_address_is_read_and_sent_and_read() {
        let address = Address::parse(&draft()).unwrap();
        assert_eq!(address.lines().len(), 2);
        assert_eq!(address.region(), None);
        assert_eq!(address.country().code(), "VN");
        let sent = serde_json::to_string(&address).unwrap();
        assert_eq!(serde_json::from_str::<Address>(&sent).unwrap(), address);
        assert!(serde_json::from_str::<Address>(&sent.replace("VN", "XX")).is_err());
    }

    #[test]
    fn everything_wrong_is_named_with_its_place() {
        let wrong = AddressDraft {
            lines: vec!["Good".to_owned(), "x".repeat(121)],
            city: " ".to_owned(),
            region: Some("a\u{202e}b".to_owned()),
            postal_code: Some("7<script>".to_owned()),
            country: "Vietnam".to_owned(),
        };
        let problems = Address::parse(&wrong).unwrap_err();
        let found: Vec<_> = problems.iter().map(|Problem { path, code, .. }| (path.join("."), *code)).collect();
        assert_eq!(
            found,
            [
                ("lines.1".to_owned(), Code::TooLong),
                ("city".to_owned(), Code::TooShort),
                ("region".to_owned(), Code::ControlCharacter),
                ("postalCode".to_owned(), Code::Invalid),
                ("country".to_owned(), Code::UnknownCountry),
            ]
        );
    }

    #[test]
    fn lines_are_needed_and_bounded() {
        let code = |lines: Vec<String>| {
            Address::parse(&AddressDraft { lines, ..draft() }).map_err(|problems| {
                let problem = problems.into_iter().next().unwrap();
                (problem.path.join("."), problem.code)
            })
        };
        assert_eq!(code(vec![]), Err(("lines".to_owned(), Code::Required)));
        assert_eq!(code(vec![" ".to_owned()]), Err(("lines".to_owned(), Code::Required)));
        assert_eq!(code(vec!["a".to_owned(); 5]), Err(("lines".to_owned(), Code::TooMany)));
        assert!(code(vec!["a".to_owned(); 4]).is_ok());
    }
}
