use jiff::Timestamp;
use proptest::prelude::*;

use super::*;
use crate::catalog::{AttributeDraft, Classification, Product, ProductDetails, ProductDraft, ProductStatus};
use crate::id::Id;
use crate::problem::Code;
use crate::unit::Unit;

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

fn details(number: &str, name: &str, attributes: &[(String, String)]) -> ProductDetails {
    let attribute = |(name, value): &(String, String)| AttributeDraft {
        name: name.clone(),
        value: value.clone(),
        ..AttributeDraft::default()
    };
    ProductDetails::parse(&ProductDraft {
        number: number.to_owned(),
        name: name.to_owned(),
        description: None,
        gtin: None,
        mpn: None,
        brand: name.len().is_multiple_of(2).then(|| name.to_owned()),
        unit: Unit::parse("C62").unwrap(),
        category: None,
        attributes: attributes.iter().map(attribute).collect(),
    })
    .unwrap()
}

fn proposal(name: &str) -> Box<Proposal> {
    let details = details("N-1", name, &[]);
    Box::new(Proposal { details, classification: Classification::default() })
}

fn product() -> Product {
    Product::open_published(details("N-1", "Nut", &[]), Id::new(), NOW).0
}

#[test]
fn a_change_names_the_product_as_its_author_saw_it() {
    let product = product();
    let home = (Id::new(), product.owner);
    let make = |draft| CatalogChange::make(draft, Some(&product), home, NOW);
    let change = make(ChangeDraft::Revise(product.id, 1, proposal("Bolt"))).unwrap();
    assert_eq!(change.before, Some(Snapshot::of(&product)));
    assert_eq!(make(ChangeDraft::Revise(product.id, 2, proposal("Bolt"))).unwrap_err().code, Code::Stale);
    assert_eq!(make(ChangeDraft::Publish(product.id, 1)).unwrap_err().code, Code::ProductStatus);
    assert_eq!(make(ChangeDraft::Withdraw(product.id, 1)).unwrap().after().unwrap().status, "WITHDRAWN");

    let added = CatalogChange::make(ChangeDraft::Add(proposal("Bolt")), None, home, NOW).unwrap();
    assert_eq!(added.after().unwrap().status, "PUBLISHED");
    assert!(added.fields(None).iter().all(|change| change.before.is_none()));
}

#[test]
fn a_rebased_change_replaces_what_is_there_now() {
    let mut product = product();
    let draft = ChangeDraft::Revise(product.id, 1, proposal("Bolt"));
    let mut change = CatalogChange::make(draft, Some(&product), (Id::new(), product.owner), NOW).unwrap();
    let _ = product.revise(details("N-1", "Screw", &[]));
    product.version = 2;
    change.rebase(&product, NOW).unwrap();
    assert_eq!((change.made_against, change.before.as_ref().unwrap()), (Some(2), &Snapshot::of(&product)));
    let mut withdrawal = CatalogChange { kind: ChangeKind::Withdraw, proposal: None, ..change };
    product.status = ProductStatus::Withdrawn;
    assert_eq!(withdrawal.rebase(&product, NOW).unwrap_err().code, Code::ProductStatus);
}

fn snapshots() -> impl Strategy<Value = Snapshot> {
    let attributes = proptest::collection::btree_map("[a-d]", "[a-z0-9]{1,3}", 0..4);
    let statuses = prop_oneof![Just(ProductStatus::Draft), Just(ProductStatus::Published)];
    ("[A-Z]{1,3}", "[a-z]{1,4}", attributes, any::<bool>(), statuses).prop_map(
        |(number, name, attributes, backward, status)| {
            let mut attributes: Vec<_> = attributes.into_iter().collect();
            if backward {
                attributes.reverse();
            }
            let product = Product::open(details(&number, &name, &attributes), Id::new(), NOW).0;
            Snapshot::of(&product).at(status)
        },
    )
}

proptest! {
    #[test]
    fn what_differs_applied_to_the_one_is_the_other(before in snapshots(), after in snapshots()) {
        let changes = diff(Some(&before), &after);
        let applied = apply(before.fields(), &changes);
        prop_assert_eq!(&applied, &after.fields());
        // And nothing differs that need not.
        prop_assert!(changes.iter().all(|change| change.before != change.after));
        prop_assert_eq!(changes.is_empty(), before == after);
        prop_assert_eq!(apply(Default::default(), &diff(None, &after)), after.fields());
    }
}
