use super::{dossier, later, now};
use crate::organization::{
    BankAccount, BankAccountDraft, Capability, Dossier, OrganizationChange, OrganizationDraft, Verification,
};
use crate::place::AddressDraft;
use crate::problem::{Code, Problems};

fn codes(problems: &Problems) -> Vec<(String, Code)> {
    problems.iter().map(|problem| (problem.path.join("."), problem.code)).collect()
}

#[test]
fn a_draft_is_refused_with_everything_wrong() {
    let draft = OrganizationDraft {
        name: " ".to_owned(),
        country: "VN".to_owned(),
        legal_name: Some("x".repeat(201)),
        tax_code: Some("0100109107".to_owned()),
        address: Some(AddressDraft {
            lines: vec![],
            city: "Huế".to_owned(),
            country: "VN".to_owned(),
            ..Default::default()
        }),
        capabilities: vec![],
    };
    let problems = Dossier::found(&draft, now()).unwrap_err();
    let expected = [
        ("name", Code::TooShort),
        ("legalName", Code::TooLong),
        ("taxCode", Code::TaxCodeCheckDigit),
        ("address.lines", Code::Required),
    ];
    assert_eq!(codes(&problems), expected.map(|(path, code)| (path.to_owned(), code)));

    let capabilities = vec![Capability::Buyer, Capability::Buyer];
    let draft =
        OrganizationDraft { name: "A".to_owned(), country: "VN".to_owned(), capabilities, ..Default::default() };
    let problems = Dossier::found(&draft, now()).unwrap_err();
    assert_eq!(codes(&problems), [("capabilities.1".to_owned(), Code::Duplicate)]);
}

#[test]
fn a_tax_code_belongs_to_its_country() {
    let mut dossier = dossier(Verification::Unverified);
    let change = OrganizationChange { country: Some("DE".to_owned()), ..Default::default() };
    let problems = dossier.amend(&change, later()).unwrap_err();
    assert_eq!(codes(&problems), [("taxCode".to_owned(), Code::Required)]);
    let german = OrganizationChange { tax_code: Some("DE136695976".to_owned()), ..change };
    dossier.amend(&german, later()).unwrap();
    assert_eq!(dossier.profile.tax_code.unwrap().country(), dossier.organization.country);
}

#[test]
fn accounts_are_written_plainly() {
    let draft = |number: &str, bic: Option<&str>| BankAccountDraft {
        bank: "Bank".to_owned(),
        number: number.to_owned(),
        holder: "Holder".to_owned(),
        bic: bic.map(ToOwned::to_owned),
    };
    let account = BankAccount::parse(&draft("de89 3704 0044 0532 0130 00", Some("cobadeffxxx"))).unwrap();
    assert_eq!(account.number.as_str(), "DE89370400440532013000");
    assert_eq!(account.bic.unwrap().as_str(), "COBADEFFXXX");
    for (number, bic, path, code) in [
        ("123", None, "number", Code::TooShort),
        (&*"1".repeat(35), None, "number", Code::TooLong),
        ("12-34", None, "number", Code::Invalid),
        ("1234", Some("ABCDEFG"), "bic", Code::TooShort),
        ("1234", Some("ABCDEFGHI"), "bic", Code::Invalid),
    ] {
        let problems = BankAccount::parse(&draft(number, bic)).unwrap_err();
        assert_eq!(codes(&problems), [(path.to_owned(), code)], "{number} {bic:?}");
    }
}
