//! What a broken rule of uniqueness means to the client.

use tradehall_domain::problem::{Code, Problem};
use tradehall_persistence::catalog::{category, offer, part_number, product, product_type};
use tradehall_persistence::customer::{assortment, segment, sorting};
use tradehall_persistence::publishing::{change, version};
use tradehall_persistence::{
    Conflict, agreement, attachment, customer, identity, import, organization, pricing, quote, rfq, stock, venue,
    viewing,
};

/// The index, the code that says which rule it keeps, and the input field that broke it.
const MEANINGS: &[(&str, Code, &[&str])] = &[
    (venue::PARTICIPATION_INDEX, Code::AlreadyParticipates, &[]),
    (customer::NUMBER_INDEX, Code::CustomerNumberTaken, &["number"]),
    (customer::BUYER_INDEX, Code::Stale, &[]),
    (segment::CODE_INDEX, Code::SegmentCodeTaken, &["code"]),
    (assortment::CODE_INDEX, Code::AssortmentCodeTaken, &["code"]),
    (assortment::GRANT_INDEX, Code::Stale, &[]),
    (assortment::LISTED_INDEX, Code::Stale, &[]),
    (sorting::SET_INDEX, Code::Stale, &[]),
    (venue::SHOP_INDEX, Code::ShopExists, &["model"]),
    // The same member was let in at the same time.
    (viewing::MEMBER_INDEX, Code::Stale, &[]),
    (agreement::SUCCESSOR_INDEX, Code::RenewalExists, &[]),
    // The other side was quicker.
    (agreement::VERSION_INDEX, Code::Stale, &[]),
    (agreement::LINE_INDEX, Code::Stale, &[]),
    (organization::TAX_CODE_INDEX, Code::TaxCodeTaken, &["organizationId"]),
    (organization::UNIT_CODE_INDEX, Code::UnitCodeTaken, &["code"]),
    (organization::ROLE_NAME_INDEX, Code::RoleNameTaken, &["name"]),
    (organization::MEMBERSHIP_INDEX, Code::AlreadyMember, &[]),
    // The same address was invited at the same time: what was read about it is no longer so.
    (organization::INVITATION_INDEX, Code::Stale, &["email"]),
    (attachment::LINK_INDEX, Code::AlreadyAttached, &[]),
    (rfq::invitation::INVITATION_INDEX, Code::AlreadyInvited, &["supplierIds"]),
    (quote::QUOTE_INDEX, Code::QuoteExists, &[]),
    (quote::VERSION_INDEX, Code::Stale, &[]),
    (identity::EMAIL_INDEX, Code::EmailTaken, &["email"]),
    (category::CODE_INDEX, Code::CategoryCodeTaken, &["code"]),
    (product::NUMBER_INDEX, Code::ProductNumberTaken, &["number"]),
    (product::AXES_INDEX, Code::VariantExists, &["attributes"]),
    (product_type::TYPE_CODE_INDEX, Code::ProductTypeCodeTaken, &["code"]),
    // Somebody was quicker with another version, or with another change of the same product, number or variant.
    (version::SEQUENCE_INDEX, Code::Stale, &[]),
    (change::PRODUCT_INDEX, Code::Stale, &[]),
    (change::NUMBER_INDEX, Code::Duplicate, &["changes"]),
    (change::AXES_INDEX, Code::VariantExists, &["changes"]),
    (part_number::NUMBER_INDEX, Code::PartNumberTaken, &["entries"]),
    (offer::ACTIVE_INDEX, Code::OfferExists, &[]),
    (pricing::CODE_INDEX, Code::PriceListCodeTaken, &["code"]),
    // The same product was counted at the same time.
    (stock::LOCATION_INDEX, Code::Stale, &[]),
    (stock::PRODUCT_INDEX, Code::Stale, &[]),
    // The same name was saved at the same time.
    (import::mapping::NAME_INDEX, Code::Stale, &["name"]),
];

/// The problem behind a conflict, if the index is one that input can break.
#[must_use]
pub fn problem(conflict: &Conflict) -> Option<Problem> {
    let (_, code, path) = MEANINGS.iter().find(|(index, ..)| conflict.is(index))?;
    Some(path.iter().rev().fold(Problem::new(*code), |problem, step| problem.at(step)))
}
