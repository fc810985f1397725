//! Random products of a few words, so that searches meet many of them.

use proptest::prelude::*;
use tradehall_domain::catalog::{
    AttributeDraft, PartNumber, PartNumberDraft, PartNumberKind, ProductDetails, ProductDraft,
};
use tradehall_domain::id::Id;
use tradehall_domain::search::{Question, Value};
use tradehall_domain::text::fold;
use tradehall_domain::unit::Unit;
use uuid::Uuid;

use crate::search::index::{Choice, Described, FacetKey, Facets, FilterKey, Order, PathCategory, Query, Sight};

/// Some products.
#[derive(Debug, Clone)]
pub struct Shelf {
    pub products: Vec<Described>,
}

const WORDS: &[&str] =
    &["thép", "tháp", "hộp", "bu", "lông", "bulong", "stainless", "stanless", "M8", "M8x40", "40", "x", "đai"];
const NUMBERS: &[&str] = &["BC-M8x40", "BC.8", "M8", "0040", "THEP-1", "bc9"];
const BRANDS: &[&str] = &["Bosch", "BOSCH", "Thép Việt", "M8"];
const VALUES: &[&str] = &["40", "40.0", "8", "-1.5", "Thép", "thep", "M8"];

pub fn group(n: u128) -> Uuid {
    Uuid::from_u128(1_000 + n)
}

pub fn owner(n: u128) -> Uuid {
    Uuid::from_u128(2_000 + n)
}

fn category(n: u128) -> PathCategory {
    let name = ["Ốc vít", "Thép", "Thép hộp"][n as usize % 3];
    PathCategory { id: Uuid::from_u128(3_000 + n), name: name.to_owned() }
}

pub fn everything() -> Sight {
    Sight { groups: [group(0)].into(), own: None, unpublished: false }
}

pub fn product(id: u128, number: &str, name: &str, brand: Option<&str>) -> Described {
    let draft = ProductDraft {
        number: number.to_owned(),
        name: name.to_owned(),
        description: None,
        gtin: None,
        mpn: None,
        brand: brand.map(str::to_owned),
        unit: Unit::parse("C62").unwrap(),
        category: None,
        attributes: Vec::new(),
    };
    let details = ProductDetails::parse(&draft).unwrap();
    Described {
        id: Uuid::from_u128(id),
        owner: owner(0),
        viewers: Some(group(0)),
        details,
        categories: Vec::new(),
        numbers: Vec::new(),
    }
}

const OTHERS_NUMBERS: &[&str] = &["KHO-SAT", "KHO/77", "BC-M8x40", "bu", "X-1-2", "thep"];

/// A number of somebody's for the product, if that can be.
pub fn number(of: &Described, kind: PartNumberKind, holder: u128, number: &str) -> Option<PartNumber> {
    let maker: Id<_> = Id::from_uuid(of.owner);
    let customer = (kind == PartNumberKind::Customer).then(|| Id::from_uuid(owner(holder)));
    let draft = PartNumberDraft { kind, customer, issuer: None, number: number.to_owned() };
    PartNumber::record(&draft, (Id::from_uuid(of.id), maker), maker).ok()
}

fn numbers() -> impl Strategy<Value = Vec<(PartNumberKind, u128, &'static str)>> {
    let kinds = [PartNumberKind::Customer, PartNumberKind::Original, PartNumberKind::Predecessor];
    let number = (prop::sample::select(kinds.to_vec()), 0..3_u128, prop::sample::select(OTHERS_NUMBERS));
    prop::collection::vec(number, 0..4)
}

fn phrase(max: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(WORDS), 1..=max).prop_map(|words| words.join(" "))
}

fn described() -> impl Strategy<Value = Described> {
    let attribute = (prop::sample::select(&["Dài", "dai", "Ren"][..]), prop::sample::select(VALUES), any::<bool>());
    let words = (
        prop::sample::select(NUMBERS),
        phrase(4),
        prop::option::of(prop::sample::select(BRANDS)),
        prop::option::of(phrase(6)),
        prop::option::of(attribute),
        prop::option::of(prop::sample::select(NUMBERS)),
    );
    let place = (0..3_u128, prop::option::weighted(0.8, 0..4_u128), 0..3_usize, any::<u64>());
    let parts = (words, place, numbers());
    parts.prop_map(|((number, name, brand, description, attribute, mpn), (of, viewers, categories, id), numbers)| {
        let attributes = attribute.map(|(name, value, millimetres)| AttributeDraft {
            name: name.to_owned(),
            value: value.to_owned(),
            unit: millimetres.then(|| Unit::parse("MMT").unwrap()),
            translations: Default::default(),
        });
        let mut draft = product(u128::from(id), number, &name, brand);
        let words = ProductDraft {
            number: number.to_owned(),
            name,
            description,
            gtin: None,
            mpn: mpn.map(str::to_owned),
            brand: brand.map(str::to_owned),
            unit: Unit::parse("C62").unwrap(),
            category: None,
            attributes: attributes.into_iter().collect(),
        };
        draft.details = ProductDetails::parse(&words).unwrap();
        draft.owner = owner(of);
        draft.viewers = viewers.map(group);
        draft.categories = (0..categories as u128).rev().map(category).collect();
        let numbers = numbers.into_iter().filter_map(|(kind, holder, text)| self::number(&draft, kind, holder, text));
        draft.numbers = numbers.collect();
        draft
    })
}

pub fn shelf() -> impl Strategy<Value = Shelf> {
    prop::collection::vec(described(), 0..25).prop_map(|mut products| {
        products.sort_by_key(|product| product.id);
        products.dedup_by_key(|product| product.id);
        Shelf { products }
    })
}

pub fn sight() -> impl Strategy<Value = Sight> {
    let groups = prop::collection::btree_set((0..4_u128).prop_map(group), 0..4);
    (groups, prop::option::of((0..3_u128).prop_map(owner)), any::<bool>())
        .prop_map(|(groups, own, unpublished)| Sight { groups: groups.into_iter().collect(), own, unpublished })
}

fn choice() -> impl Strategy<Value = Choice> {
    let (name, unit) = ("dai".to_owned(), "MMT".to_owned());
    let attribute = FacetKey::Attribute { name: name.clone(), unit: unit.clone() };
    let numbers = {
        let attribute = attribute.clone();
        let (name, unit) = (name.clone(), unit.clone());
        (-2..9_i64, 0..50_i64).prop_map(move |(min, span)| {
            let key = FilterKey::Between {
                name: name.clone(),
                unit: unit.clone(),
                min: min * 10_000,
                max: (min + span) * 10_000,
            };
            Choice { facet: attribute.clone(), keys: vec![key] }
        })
    };
    let values = prop::collection::vec(prop::sample::select(VALUES), 0..3).prop_map(move |values| {
        let key =
            |value: &&str| FilterKey::Attribute { name: name.clone(), unit: unit.clone(), value: Value::of(value) };
        Choice { facet: attribute.clone(), keys: values.iter().map(key).collect() }
    });
    let brands = prop::collection::vec(prop::sample::select(BRANDS), 0..3).prop_map(|brands| Choice {
        facet: FacetKey::Brand,
        keys: brands.iter().map(|brand| FilterKey::Brand(fold(brand))).collect(),
    });
    let categories =
        (0..3_u128).prop_map(|n| Choice { facet: FacetKey::Category, keys: vec![FilterKey::Category(category(n).id)] });
    let owners = (0..3_u128).prop_map(|n| Choice { facet: FacetKey::Owner, keys: vec![FilterKey::Owner(owner(n))] });
    prop_oneof![numbers, values, brands, categories, owners]
}

pub fn query() -> impl Strategy<Value = Query> {
    let typed = prop_oneof![
        phrase(3),
        phrase(2),
        prop::sample::select(
            &[
                "the",
                "b",
                "tepp",
                "stainles hop",
                "m8x",
                "8x40",
                "bcm8x40",
                "bu",
                "thpe",
                "stinless",
                "zzz",
                "kho",
                "khosta",
                "kho sat",
                "x12",
                "x 1",
                "kho77"
            ][..]
        )
        .prop_map(str::to_owned),
    ];
    let orders = prop::sample::select(&[Order::Relevance, Order::Name, Order::Number, Order::Newest][..]);
    (prop::option::weighted(0.9, typed), prop::collection::vec(choice(), 0..3), orders).prop_map(
        |(typed, choices, order)| Query {
            question: typed.map(|typed| Question::parse(&typed).unwrap()),
            choices,
            facets: Facets::default(),
            order,
        },
    )
}

/// Whether `sight` shows the product.
pub fn shows(sight: &Sight, product: &Described) -> bool {
    let own = sight.own == Some(product.owner);
    match product.viewers {
        Some(group) => own || sight.groups.contains(&group),
        None => own && sight.unpublished,
    }
}

/// Whether `sight` is told of a number of a product that it sees, or finds it if it knows the whole.
pub fn tells(sight: &Sight, number: &PartNumber) -> bool {
    let is_owners = sight.own == Some(number.owner.uuid()) && sight.unpublished;
    !number.is_private() || sight.own == Some(number.holder.uuid()) || is_owners
}

impl Shelf {
    /// The same products without the numbers that `sight` is not told.
    pub fn told_to(mut self, sight: &Sight) -> Self {
        for product in &mut self.products {
            product.numbers.retain(|number| tells(sight, number));
        }
        self
    }

    pub fn visible_to(&self, sight: &Sight) -> Self {
        Self { products: self.products.iter().filter(|product| shows(sight, product)).cloned().collect() }
    }

    pub fn hidden_from(&self, sight: &Sight) -> Self {
        Self { products: self.products.iter().filter(|product| !shows(sight, product)).cloned().collect() }
    }

    /// Both, the other's among these.
    pub fn mixed_with(&self, mut other: Self) -> Self {
        other.products.retain(|product| self.products.iter().all(|own| own.id != product.id));
        let mut products = other.products;
        products.extend(self.products.iter().cloned());
        products.sort_by_key(|product| product.id.as_u128() % 7);
        Self { products }
    }
}
