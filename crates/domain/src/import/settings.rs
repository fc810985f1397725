//! How a file is to be read.

use super::ColumnMapping;
use crate::named;
use crate::organization::OrganizationId;

named! {
    /// What stands between the cells of a text file.
    pub enum Separator {
        /// A comma, as most programs write where the point stands before decimals.
        Comma = "COMMA",
        /// A semicolon, as spreadsheets write where the comma stands before decimals.
        Semicolon = "SEMICOLON",
        /// A tabulator, which texts seldom hold themselves.
        Tab = "TAB",
    }
}

impl Separator {
    /// The character itself.
    #[must_use]
    pub const fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
        }
    }
}

named! {
    /// How the characters of a text file are written down.
    pub enum TextEncoding {
        /// UTF-8, with or without a byte order mark.
        Utf8 = "UTF_8",
        /// UTF-16, the lower byte first: what spreadsheets call Unicode text.
        Utf16Le = "UTF_16_LE",
        /// UTF-16, the higher byte first.
        Utf16Be = "UTF_16_BE",
        /// Windows code page 1258: Vietnamese, its tones as characters of their own behind the vowel.
        Windows1258 = "WINDOWS_1258",
        /// Windows code page 1252: Western European.
        Windows1252 = "WINDOWS_1252",
    }
}

named! {
    /// Who sees the products that an import makes; what stands already stays as it is.
    pub enum NewProducts {
        /// Only their owner, until it publishes them.
        Draft = "DRAFT",
        /// Whoever sees what the owner publishes, at once.
        Published = "PUBLISHED",
    }
}

/// How a file is to be read; what is `None` is found out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportSettings {
    /// Which sheet of a workbook; the first one when left out.
    pub sheet: Option<String>,
    /// What separates the cells of a text file.
    pub separator: Option<Separator>,
    /// How its characters are written down.
    pub encoding: Option<TextEncoding>,
    /// Which column is which field. Where nothing stands, columns are known by the fields' exact names.
    pub mapping: Vec<ColumnMapping>,
    /// Whose product numbers the file uses; the organization's own when left out. Only for offers.
    pub product_owner: Option<OrganizationId>,
    /// Who sees what products it makes.
    pub new_products: NewProducts,
}

impl Default for ImportSettings {
    fn default() -> Self {
        Self {
            sheet: None,
            separator: None,
            encoding: None,
            mapping: Vec::new(),
            product_owner: None,
            new_products: NewProducts::Draft,
        }
    }
}
