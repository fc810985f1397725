//! A product as a document.

use tantivy::TantivyDocument;
use tradehall_domain::catalog::{PartNumber, ProductDetails};
use tradehall_domain::search::{Level, entries, private_entries};
use tradehall_domain::text::{ShortText, fold};
use uuid::Uuid;

use super::facet::AttributeTerm;
use super::reader::prefix;
use super::request::FilterKey;
use super::schema::Fields;
use super::spelling::spelled;

/// What of a product is searched.
#[derive(Debug, Clone)]
pub struct Described {
    /// The product.
    pub id: Uuid,
    /// Whose it is.
    pub owner: Uuid,
    /// The group that it is shown to; `None` when it is not published.
    pub viewers: Option<Uuid>,
    /// Its words.
    pub details: ProductDetails,
    /// Its category and those above it.
    pub categories: Vec<PathCategory>,
    /// The numbers under which others know it.
    pub numbers: Vec<PartNumber>,
}

/// A category on the way up from a product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathCategory {
    /// Which.
    pub id: Uuid,
    /// What it is called.
    pub name: String,
}

impl Fields {
    /// The document of a product.
    pub(super) fn document(&self, described: &Described) -> TantivyDocument {
        let Described { id, owner, viewers, details, categories, numbers } = described;
        let mut document = TantivyDocument::default();
        document.add_bytes(self.id, id.as_bytes());
        let (high, low) = id.as_u64_pair();
        document.add_u64(self.high, high);
        document.add_u64(self.low, low);
        document.add_bytes(self.owner, owner.as_bytes());
        document.add_bytes(self.filter, &FilterKey::Owner(*owner).term());
        if let Some(viewers) = viewers {
            document.add_bytes(self.viewers, viewers.as_bytes());
        }
        let names: Vec<&str> = categories.iter().map(|category| category.name.as_str()).collect();
        let leveled = |text: &str, level: Level| [text.as_bytes(), &[0, level.byte()]].concat();
        for (text, level) in entries(details, &names, numbers) {
            document.add_bytes(self.entry, &leveled(&text, level));
        }
        for ((reader, text), level) in private_entries(numbers) {
            document.add_bytes(self.private, &[prefix(reader).as_slice(), &leveled(&text, level)].concat());
        }
        for (folded, written) in spelled(details, &names) {
            document.add_bytes(self.spelling, &[folded.as_bytes(), b"\0", written.as_bytes()].concat());
        }
        for category in categories {
            document.add_bytes(self.filter, &FilterKey::Category(category.id).term());
            document.add_bytes(self.category, &[category.id.as_bytes(), category.name.as_bytes()].concat());
        }
        if let Some(brand) = details.brand.as_ref().map(ShortText::as_str) {
            document.add_bytes(self.filter, &FilterKey::Brand(fold(brand)).term());
            document.add_bytes(self.brand, &[fold(brand).as_bytes(), b"\0", brand.as_bytes()].concat());
        }
        for attribute in details.attributes.iter() {
            let attribute = AttributeTerm::of(attribute);
            document.add_bytes(self.filter, &attribute.filter().term());
            document.add_bytes(self.attribute, &attribute.column());
        }
        document.add_bytes(self.name, fold(details.name.as_str()).as_bytes());
        document.add_bytes(self.number, details.number.as_str().as_bytes());
        document
    }
}
