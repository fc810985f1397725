//! Addresses as clients see and send them.

use async_graphql::{Description, InputObject, Object};
use tradehall_domain::place::{Address, AddressDraft};

use super::scalar::CountryCode;

/// An address that a carrier can be given.
#[derive(Debug, Clone, Description)]
pub struct AddressNode(pub Address);

#[Object(name = "Address", use_type_description)]
impl AddressNode {
    /// From the building outwards, before the city: 1 to 4 lines of 1 to 120 characters.
    async fn lines(&self) -> Vec<&str> {
        self.0.lines().iter().map(|line| line.as_str()).collect()
    }

    /// The city, district or province town, 1 to 100 characters.
    async fn city(&self) -> &str {
        self.0.city().as_str()
    }

    /// The province or state; null where addresses do not name it.
    async fn region(&self) -> Option<&str> {
        self.0.region().map(|region| region.as_str())
    }

    /// The postal code as the country writes it; null where there is none.
    async fn postal_code(&self) -> Option<&str> {
        self.0.postal_code().map(|code| code.as_str())
    }

    /// In which country.
    async fn country(&self) -> CountryCode {
        CountryCode(self.0.country())
    }
}

/// An address to keep.
#[derive(Debug, Clone, InputObject)]
pub struct AddressInput {
    /// From the building outwards, before the city: 1 to 4 lines of up to 120 characters; empty ones are dropped.
    pub lines: Vec<String>,
    /// The city, district or province town, 1 to 100 characters.
    pub city: String,
    /// The province or state, where addresses name it, 1 to 100 characters.
    pub region: Option<String>,
    /// The postal code, 2 to 16 letters, digits, blanks and hyphens.
    pub postal_code: Option<String>,
    /// In which country.
    pub country: CountryCode,
}

impl From<AddressInput> for AddressDraft {
    fn from(input: AddressInput) -> Self {
        Self {
            lines: input.lines,
            city: input.city,
            region: input.region,
            postal_code: input.postal_code,
            country: input.country.0.code().to_owned(),
        }
    }
}
