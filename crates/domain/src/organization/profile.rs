//! What an organization shows of itself to the market's staff and to nobody else.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::OrganizationId;
use crate::attachment::AttachmentId;
use crate::id::Id;
use crate::place::Address;
use crate::problem::{Code, Problem, Problems};
use crate::tax::TaxCode;
use crate::text::{Name, Prose, Text};

/// The most documents of one submission.
pub const DOCUMENTS_MAX: usize = 20;

/// Why staff decided as they did, for the organization to read.
pub type Reason = Prose<2_000>;

/// The private facts of an organization.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Profile {
    /// The name in the register of companies.
    pub legal_name: Option<Name>,
    /// The number on its invoices; unique among the verified organizations of its country.
    pub tax_code: Option<TaxCode>,
    /// The registered seat.
    pub address: Option<Address>,
    /// The natural person behind the company: legal representative or beneficial owner.
    pub owner_name: Option<Name>,
    /// Where its money goes.
    pub bank_account: Option<BankAccount>,
    /// How many times papers were sent in; the documents of that number are the present ones.
    pub submission: i64,
    /// Why staff decided as they last did.
    pub reason: Option<Reason>,
}

/// A bank account, as payments to it name it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BankAccount {
    /// The bank, and its branch where payments need it.
    pub bank: Name,
    /// The account's number or IBAN (ISO 13616), in capitals, without blanks: 4 to 34 letters and digits.
    pub number: Text<4, 34>,
    /// In whose name it stands.
    pub holder: Name,
    /// The bank's BIC (ISO 9362), where there is one.
    pub bic: Option<Text<8, 11>>,
}

/// A bank account as it was sent.
#[derive(Debug, Clone, Default)]
pub struct BankAccountDraft {
    /// The bank.
    pub bank: String,
    /// The account's number or IBAN, blanks allowed.
    pub number: String,
    /// In whose name it stands.
    pub holder: String,
    /// The bank's BIC.
    pub bic: Option<String>,
}

impl BankAccount {
    /// Reads an account.
    ///
    /// # Errors
    /// Everything wrong with it, at `bank`, `number`, `holder` and `bic`.
    pub fn parse(draft: &BankAccountDraft) -> Result<Self, Problems> {
        let mut problems = Problems::new();
        let bank = problems.take("bank", Name::parse(&draft.bank));
        let number = problems.take("number", code::<4, 34>(&draft.number));
        let holder = problems.take("holder", Name::parse(&draft.holder));
        let bic = problems.take("bic", draft.bic.as_deref().map(parse_bic).transpose());
        let account = match (bank, number, holder, bic) {
            (Some(bank), Some(number), Some(holder), Some(bic)) => Some(Self { bank, number, holder, bic }),
            _ => None,
        };
        problems.finish(account)
    }
}

/// Letters and digits in capitals, the blanks that people write between them dropped.
fn code<const MIN: usize, const MAX: usize>(text: &str) -> Result<Text<MIN, MAX>, Problem> {
    let plain: String = text.chars().filter(|c| *c != ' ').map(|c| c.to_ascii_uppercase()).take(MAX + 1).collect();
    let code = Text::parse(&plain)?;
    if plain.bytes().all(|b| b.is_ascii_alphanumeric()) { Ok(code) } else { Err(Code::Invalid.into()) }
}

/// ISO 9362: eight characters for the bank, three more for a branch.
fn parse_bic(text: &str) -> Result<Text<8, 11>, Problem> {
    let bic = code::<8, 11>(text)?;
    if matches!(bic.as_str().len(), 8 | 11) { Ok(bic) } else { Err(Code::Invalid.into()) }
}

/// A paper that was sent in: a licence, an extract from a register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegistrationDocument {
    /// Which entry.
    pub id: RegistrationDocumentId,
    /// Whose.
    pub organization: OrganizationId,
    /// With which submission it was sent in, counted from 1.
    pub submission: i64,
    /// The uploaded file.
    pub attachment: AttachmentId,
    /// What it is.
    pub title: Name,
    /// When it was sent in.
    pub added_at: Timestamp,
}

/// The id of a [`RegistrationDocument`].
pub type RegistrationDocumentId = Id<RegistrationDocument>;

/// A document as it was sent.
#[derive(Debug, Clone)]
pub struct DocumentDraft {
    /// The uploaded file.
    pub attachment: AttachmentId,
    /// What it is.
    pub title: String,
}

/// The documents of a submission: 1 to [`DOCUMENTS_MAX`], no file twice.
pub(super) fn documents(
    organization: OrganizationId,
    submission: i64,
    drafts: &[DocumentDraft],
    now: Timestamp,
) -> Result<Vec<RegistrationDocument>, Problems> {
    match drafts.len() {
        0 => return Err(Problem::new(Code::TooFew).with("min", 1).into()),
        1..=DOCUMENTS_MAX => {}
        _ => return Err(Problem::new(Code::TooMany).with("max", DOCUMENTS_MAX).into()),
    }
    let mut problems = Problems::new();
    let mut documents: Vec<RegistrationDocument> = Vec::with_capacity(drafts.len());
    for (n, DocumentDraft { attachment, title }) in drafts.iter().enumerate() {
        let title = problems.take(n, Name::parse(title).map_err(|problem| problem.at("title")));
        if documents.iter().any(|other| other.attachment == *attachment) {
            problems.push(Problem::new(Code::Duplicate).at("attachmentId").at(n));
        }
        if let Some(title) = title {
            let (id, attachment) = (Id::new(), *attachment);
            documents.push(RegistrationDocument { id, organization, submission, attachment, title, added_at: now });
        }
    }
    problems.finish(Some(documents))
}
