//! Products and offers.

use tradehall_domain::catalog::{
    Offer, OfferAccess, OfferDraft, OfferStatus, OfferTerms, Product, ProductDetails, ProductDraft, ProductStatus,
};
use tradehall_domain::currency::Currency;
use tradehall_domain::id::Id;
use tradehall_domain::named::Named;
use tradehall_domain::problem::{Code, Problems};
use tradehall_domain::unit::Unit;

use super::{Machine, now, outcome};

fn details(name: &str) -> ProductDetails {
    ProductDetails::parse(&ProductDraft {
        number: "N-08".to_owned(),
        name: name.to_owned(),
        description: None,
        gtin: None,
        mpn: None,
        brand: None,
        unit: Unit::parse("C62").unwrap(),
        category: None,
        attributes: Vec::new(),
    })
    .unwrap()
}

fn terms(price: i64) -> OfferTerms {
    let draft = OfferDraft {
        price: price.into(),
        currency: Currency::USD,
        unit: Unit::parse("C62").unwrap(),
        min_quantity: None,
        max_quantity: None,
        multiple: None,
        lead_time_days: 7,
        valid_from: None,
        valid_until: None,
        access: OfferAccess::Public,
    };
    OfferTerms::parse(&draft, now()).unwrap()
}

pub(super) fn product() -> Machine {
    type Step = fn(&mut Product) -> Result<(), Problems>;
    let steps: [(&str, Step); 4] = [
        ("revise", |product| {
            drop(product.revise(details("Hex nut M8, zinc")));
            Ok(())
        }),
        ("publish", |product| Ok(product.publish(now()).map(drop)?)),
        ("withdraw", |product| Ok(product.withdraw(now()).map(drop)?)),
        ("be offered by another", |product| Ok(Offer::can_be_made(product, Id::new())?)),
    ];
    let statuses = ProductStatus::ALL;
    let mut machine = Machine::new("Product", Code::ProductStatus, statuses);
    for (name, step) in steps {
        machine.verb(
            name,
            statuses.iter().map(|status| {
                let (mut product, _) = Product::open(details("Hex nut M8"), Id::new(), now());
                product.status = *status;
                let done = step(&mut product);
                outcome(done, product.status)
            }),
        );
    }
    machine
}

pub(super) fn offer() -> Machine {
    type Step = fn(&mut Offer) -> Result<(), Problems>;
    let steps: [(&str, Step); 4] = [
        ("revise", |offer| Ok(offer.revise(terms(3)).map(drop)?)),
        ("pause", |offer| Ok(offer.pause(now()).map(drop)?)),
        ("resume", |offer| Ok(offer.resume(now()).map(drop)?)),
        ("end", |offer| Ok(offer.end(now()).map(drop)?)),
    ];
    let statuses = OfferStatus::ALL;
    let mut machine = Machine::new("Offer", Code::OfferStatus, statuses);
    for (name, step) in steps {
        machine.verb(
            name,
            statuses.iter().map(|status| {
                let (product, _) = Product::open_published(details("Hex nut M8"), Id::new(), now());
                let (mut offer, _) = Offer::open(&product, Id::new(), terms(2), now()).unwrap();
                offer.status = *status;
                let done = step(&mut offer);
                outcome(done, offer.status)
            }),
        );
    }
    machine
}
