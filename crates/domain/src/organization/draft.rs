//! What is sent about an organization, read against what it already is.

use super::{BankAccount, BankAccountDraft, Capability, DocumentDraft, Organization, Profile};
use crate::country::Country;
use crate::place::{Address, AddressDraft};
use crate::problem::{Code, Problem, Problems};
use crate::tax::TaxCode;
use crate::text::Name;

/// A new organization, as it was sent.
#[derive(Debug, Clone, Default)]
pub struct OrganizationDraft {
    /// What people call it.
    pub name: String,
    /// Where it is registered: the country's alpha-2 code.
    pub country: String,
    /// Its name in the register of companies.
    pub legal_name: Option<String>,
    /// The number on its invoices.
    pub tax_code: Option<String>,
    /// The registered seat.
    pub address: Option<AddressDraft>,
    /// What it applies for from the start.
    pub capabilities: Vec<Capability>,
}

/// Changes of an organization's public name and private profile; what is left out stays.
#[derive(Debug, Clone, Default)]
pub struct OrganizationChange {
    /// What people call it.
    pub name: Option<String>,
    /// Where it is registered.
    pub country: Option<String>,
    /// Its name in the register of companies.
    pub legal_name: Option<String>,
    /// The number on its invoices.
    pub tax_code: Option<String>,
    /// The registered seat.
    pub address: Option<AddressDraft>,
    /// The natural person behind it.
    pub owner_name: Option<String>,
    /// Where its money goes.
    pub bank_account: Option<BankAccountDraft>,
}

/// Papers for the verification, as they were sent; a legal name or tax code that is left out stays.
#[derive(Debug, Clone, Default)]
pub struct SubmissionDraft {
    /// Its name in the register of companies.
    pub legal_name: Option<String>,
    /// The number on its invoices.
    pub tax_code: Option<String>,
    /// The natural person behind it.
    pub owner_name: String,
    /// Where its money goes.
    pub bank_account: BankAccountDraft,
    /// Licence, extract from the register and the like.
    pub documents: Vec<DocumentDraft>,
}

/// The facts that a change leads to.
pub(super) struct Facts {
    pub(super) name: Name,
    pub(super) country: Country,
    pub(super) legal_name: Option<Name>,
    pub(super) tax_code: Option<TaxCode>,
    pub(super) address: Option<Address>,
    pub(super) owner_name: Option<Name>,
    pub(super) bank_account: Option<BankAccount>,
}

impl Facts {
    /// The facts of a new organization.
    pub(super) fn found(draft: &OrganizationDraft) -> Result<Self, Problems> {
        let mut problems = Problems::new();
        let name = problems.take("name", Name::parse(&draft.name));
        let country = problems.take("country", Country::parse(&draft.country));
        let legal_name = problems.take("legalName", draft.legal_name.as_deref().map(Name::parse).transpose());
        let tax_code = country.zip(draft.tax_code.as_deref()).map(|(country, text)| TaxCode::parse(country, text));
        let tax_code = problems.take("taxCode", tax_code.transpose());
        let address = problems.take("address", draft.address.as_ref().map(Address::parse).transpose());
        let (name, country) = problems.finish(name.zip(country))?;
        Ok(Self {
            name,
            country,
            legal_name: legal_name.flatten(),
            tax_code: tax_code.flatten(),
            address: address.flatten(),
            owner_name: None,
            bank_account: None,
        })
    }

    /// The facts as `change` leaves them.
    pub(super) fn changed(
        organization: &Organization,
        profile: &Profile,
        change: &OrganizationChange,
    ) -> Result<Self, Problems> {
        let mut problems = Problems::new();
        let country = match &change.country {
            Some(text) => problems.take("country", Country::parse(text)).unwrap_or(organization.country),
            None => organization.country,
        };
        let tax_code = match (&change.tax_code, &profile.tax_code) {
            (Some(text), _) => TaxCode::parse(country, text).map(Some),
            // A tax code means nothing in another country.
            (None, Some(code)) if code.country() != country => Err(Problem::new(Code::Required)),
            (None, kept) => Ok(kept.clone()),
        };
        let tax_code = problems.take("taxCode", tax_code).flatten();
        let name = problems.take("name", given(change.name.as_deref(), &organization.name));
        let legal_name = problems.take("legalName", given_or(change.legal_name.as_deref(), &profile.legal_name));
        let owner_name = problems.take("ownerName", given_or(change.owner_name.as_deref(), &profile.owner_name));
        let address = problems.take("address", change.address.as_ref().map(Address::parse).transpose());
        let account = change.bank_account.as_ref().map(BankAccount::parse).transpose();
        let account = problems.take("bankAccount", account);
        let name = problems.finish(name)?;
        Ok(Self {
            name,
            country,
            legal_name: legal_name.flatten(),
            tax_code,
            address: address.flatten().or_else(|| profile.address.clone()),
            owner_name: owner_name.flatten(),
            bank_account: account.flatten().or_else(|| profile.bank_account.clone()),
        })
    }

    /// The input fields that differ from what is stored.
    pub(super) fn differing(&self, organization: &Organization, profile: &Profile) -> Vec<&'static str> {
        let fields = [
            ("name", self.name != organization.name),
            ("country", self.country != organization.country),
            ("legalName", self.legal_name != profile.legal_name),
            ("taxCode", self.tax_code != profile.tax_code),
            ("address", self.address != profile.address),
            ("ownerName", self.owner_name != profile.owner_name),
            ("bankAccount", self.bank_account != profile.bank_account),
        ];
        fields.into_iter().filter(|(_, differs)| *differs).map(|(field, _)| field).collect()
    }
}

/// Whether a field is among what staff verify: changing it afterwards needs another look. The owner and the bank account are
/// among them because a payment that goes to somebody else's account is how marketplaces are robbed.
pub(super) fn is_verified_fact(field: &str) -> bool {
    matches!(field, "country" | "legalName" | "taxCode" | "ownerName" | "bankAccount")
}

fn given(text: Option<&str>, kept: &Name) -> Result<Name, Problem> {
    text.map_or_else(|| Ok(kept.clone()), Name::parse)
}

fn given_or(text: Option<&str>, kept: &Option<Name>) -> Result<Option<Name>, Problem> {
    text.map_or_else(|| Ok(kept.clone()), |text| Name::parse(text).map(Some))
}
