//! Numbers under which others know a product: its customers' own, and those of other makers.

use serde::Serialize;

use super::ProductId;
use crate::event::{Audience, DomainEvent};
use crate::id::Id;
use crate::named;
use crate::organization::OrganizationId;
use crate::problem::{Code, Problem, Problems};
use crate::text::{ShortText, fold};

/// How many numbers one request records, drops or looks up.
pub const PART_NUMBERS_AT_ONCE_MAX: usize = 100;

/// How many numbers of one kind one organization has for one product.
pub const PART_NUMBERS_PER_HOLDER_MAX: usize = 500;

named! {
    /// Whose number for a product it is.
    pub enum PartNumberKind {
        /// A customer's own; only that customer and the product's owner know of it.
        Customer = "CUSTOMER",
        /// That of the maker of the original part.
        Original = "ORIGINAL",
        /// That of another maker's like product.
        Competitor = "COMPETITOR",
        /// That of the product whose place it took.
        Predecessor = "PREDECESSOR",
    }
}

/// A number under which somebody knows a product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartNumber {
    /// Which number.
    pub id: PartNumberId,
    /// Whose product it is.
    pub owner: OrganizationId,
    /// Which product.
    pub product: ProductId,
    /// Whose number it is.
    pub kind: PartNumberKind,
    /// Whose private number it is: the customer's; the product's owner's for numbers that everyone sees who sees the product.
    pub holder: OrganizationId,
    /// Who gave the number, as a name; nothing for a customer's own.
    pub issuer: Option<ShortText>,
    /// The number as it is written.
    pub number: ShortText,
}

/// The id of a [`PartNumber`].
pub type PartNumberId = Id<PartNumber>;

/// A number as it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartNumberDraft {
    /// Whose number it is.
    pub kind: PartNumberKind,
    /// For which customer an owner records it; the actor's own organization when it is left out.
    pub customer: Option<OrganizationId>,
    /// Who gave it.
    pub issuer: Option<String>,
    /// The number.
    pub number: String,
}

impl PartNumber {
    /// `own` says a number of the product of `owner`: a customer its own, an owner any.
    ///
    /// # Errors
    /// What is wrong with the texts; [`Code::WrongSide`] for what only the owner says; [`Code::Invalid`] for a customer or issuer where
    /// there is none.
    pub fn record(
        draft: &PartNumberDraft,
        (product, owner): (ProductId, OrganizationId),
        own: OrganizationId,
    ) -> Result<Self, Problems> {
        let mut problems = Problems::new();
        let number = problems.take("number", ShortText::parse(&draft.number));
        if number.as_ref().is_some_and(|number| key(number.as_str()).is_empty()) {
            problems.push(Problem::new(Code::TooShort).with("min", 1).at("number"));
        }
        let issuer = problems.take("issuer", draft.issuer.as_deref().map(ShortText::parse).transpose());
        let is_private = draft.kind == PartNumberKind::Customer;
        let holder = match (is_private, own == owner) {
            (true, true) => draft.customer.unwrap_or(own),
            (true, false) if draft.customer.is_none_or(|customer| customer == own) => own,
            (false, true) => owner,
            _ => return Err(Code::WrongSide.into()),
        };
        if is_private && (holder == owner || draft.issuer.is_some()) {
            let field = if holder == owner { "buyerId" } else { "issuer" };
            problems.push(Problem::new(Code::Invalid).at(field));
        }
        if !is_private && draft.customer.is_some() {
            problems.push(Problem::new(Code::Invalid).at("buyerId"));
        }
        let (number, issuer) = problems.finish(number.zip(issuer))?;
        Ok(Self { id: Id::new(), owner, product, kind: draft.kind, holder, issuer, number })
    }

    /// What it is looked up by.
    #[must_use]
    pub fn key(&self) -> String {
        key(self.number.as_str())
    }

    /// Whether only its holder and the product's owner know of it.
    #[must_use]
    pub fn is_private(&self) -> bool {
        self.kind == PartNumberKind::Customer
    }

    /// Who learns what `actor` does with it: the owner, and the customer whose own it is.
    #[must_use]
    pub fn audience(&self, actor: Option<OrganizationId>) -> Audience {
        match self.is_private() {
            true if actor == Some(self.holder) => Audience::both(self.holder, self.owner),
            true => Audience::both(self.owner, self.holder),
            false => Audience::only(self.owner),
        }
    }
}

/// What happens to a number of a product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum PartNumberEvent {
    /// The product is known under it from now on.
    Recorded {
        /// Whose number it is.
        kind: PartNumberKind,
        /// The number as it is written.
        number: String,
    },
    /// The product is known under it no longer.
    Dropped {
        /// Whose number it was.
        kind: PartNumberKind,
        /// The number as it was written.
        number: String,
    },
}

impl PartNumberEvent {
    /// That `number` was recorded.
    #[must_use]
    pub fn recorded(number: &PartNumber) -> Self {
        Self::Recorded { kind: number.kind, number: number.number.to_string() }
    }

    /// That `number` was dropped.
    #[must_use]
    pub fn dropped(number: &PartNumber) -> Self {
        Self::Dropped { kind: number.kind, number: number.number.to_string() }
    }
}

impl DomainEvent for PartNumberEvent {
    fn kind(&self) -> &'static str {
        match self {
            Self::Recorded { .. } => "PART_NUMBER_RECORDED",
            Self::Dropped { .. } => "PART_NUMBER_DROPPED",
        }
    }
}

/// A number as it is looked up: letters and digits alone, whatever their capitals and accents, so that `ab 12/3` finds `AB-123`.
#[must_use]
pub fn key(number: &str) -> String {
    fold(number).chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::{Audience, Code, Id, OrganizationId, PartNumber, PartNumberDraft, PartNumberKind, key};

    #[test]
    fn signs_do_not_tell_numbers_apart() {
        assert_eq!(key(" Đ-12/3.x "), "d123x");
    }

    #[test]
    fn a_customer_says_its_own_number_and_no_other() {
        let (owner, buyer): (OrganizationId, OrganizationId) = (Id::new(), Id::new());
        let draft = |kind, customer| PartNumberDraft { kind, customer, issuer: None, number: "A-1".to_owned() };
        let record = |draft: &PartNumberDraft, own| {
            let outcome = PartNumber::record(draft, (Id::new(), owner), own);
            outcome.map(|number| number.holder).map_err(|problems| problems.iter().next().unwrap().code)
        };
        let (private, original) = (PartNumberKind::Customer, PartNumberKind::Original);
        assert_eq!(record(&draft(private, None), buyer), Ok(buyer));
        assert_eq!(record(&draft(private, Some(buyer)), owner), Ok(buyer));
        assert_eq!(record(&draft(private, Some(Id::new())), buyer), Err(Code::WrongSide));
        assert_eq!(record(&draft(private, None), owner), Err(Code::Invalid));
        assert_eq!(record(&draft(original, None), owner), Ok(owner));
        assert_eq!(record(&draft(original, None), buyer), Err(Code::WrongSide));
    }

    #[test]
    fn a_private_number_is_told_to_nobody_but_the_two() {
        let (owner, buyer): (OrganizationId, OrganizationId) = (Id::new(), Id::new());
        let number = |kind, customer, own| {
            let draft = PartNumberDraft { kind, customer, issuer: None, number: "A-1".to_owned() };
            PartNumber::record(&draft, (Id::new(), owner), own).unwrap()
        };
        let private = number(PartNumberKind::Customer, Some(buyer), owner);
        assert_eq!(private.audience(Some(buyer)), Audience::both(buyer, owner));
        assert_eq!(private.audience(Some(owner)), Audience::both(owner, buyer));
        assert_eq!(number(PartNumberKind::Original, None, owner).audience(Some(owner)), Audience::only(owner));
    }
}
