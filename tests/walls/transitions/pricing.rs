//! Price lists and promotions.

use tradehall_domain::currency::Currency;
use tradehall_domain::id::Id;
use tradehall_domain::named::Named;
use tradehall_domain::organization::OrganizationId;
use tradehall_domain::pricing::{
    PriceList, PriceListChange, PriceListDraft, PriceRank, PriceStatus, Promotion, PromotionChange, PromotionDraft,
    StatusStep, TargetDraft,
};
use tradehall_domain::problem::{Code, Problems};

use super::{Machine, now, outcome};

const STEPS: [(&str, StatusStep); 4] = [
    ("activate", StatusStep::Activate),
    ("pause", StatusStep::Pause),
    ("resume", StatusStep::Resume),
    ("end", StatusStep::End),
];

fn list(status: PriceStatus) -> PriceList {
    let seller = OrganizationId::new();
    let draft = PriceListDraft {
        code: "A".to_owned(),
        name: "A".to_owned(),
        currency: Currency::USD,
        rank: PriceRank::General,
        group: seller.group(),
        priority: 0,
        valid_from: None,
        valid_until: None,
    };
    let (mut list, _) = PriceList::open(&draft, seller, now()).unwrap();
    list.status = status;
    list
}

fn promotion(status: PriceStatus) -> Promotion {
    let seller: OrganizationId = Id::new();
    let draft = PromotionDraft {
        name: "A".to_owned(),
        rank: PriceRank::General,
        group: seller.group(),
        target: TargetDraft::default(),
        percent_off: Some(5.into()),
        price: None,
        unit: None,
        min_quantity: None,
        priority: 0,
        valid_from: None,
        valid_until: None,
    };
    let (mut promotion, _) = Promotion::open(&draft, seller, now()).unwrap();
    promotion.status = status;
    promotion
}

pub(super) fn price_list() -> Machine {
    let statuses = PriceStatus::ALL;
    let mut machine = Machine::new("Price list", Code::PriceListStatus, statuses);
    let change = PriceListChange { priority: Some(7), ..PriceListChange::default() };
    machine.verb(
        "revise",
        statuses.iter().map(|status| {
            let mut list = list(*status);
            outcome(list.revise(&change, now()), list.status)
        }),
    );
    for (name, step) in STEPS {
        machine.verb(
            name,
            statuses.iter().map(|status| {
                let mut list = list(*status);
                outcome::<_, Problems>(list.step(step, now()).map_err(Problems::from), list.status)
            }),
        );
    }
    machine
}

pub(super) fn promotions() -> Machine {
    let statuses = PriceStatus::ALL;
    let mut machine = Machine::new("Promotion", Code::PromotionStatus, statuses);
    let change = PromotionChange { priority: Some(7), ..PromotionChange::default() };
    machine.verb(
        "revise",
        statuses.iter().map(|status| {
            let mut promotion = promotion(*status);
            outcome(promotion.revise(&change, now()), promotion.status)
        }),
    );
    for (name, step) in STEPS {
        machine.verb(
            name,
            statuses.iter().map(|status| {
                let mut promotion = promotion(*status);
                outcome::<_, Problems>(promotion.step(step, now()).map_err(Problems::from), promotion.status)
            }),
        );
    }
    machine
}
