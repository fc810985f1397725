//! Assortments against a reference that looks at one product at a time.

use std::collections::HashMap;

use proptest::prelude::*;
use uuid::Uuid;

use super::{AssortmentGrant, AssortmentId, AssortmentKind, CustomerReach, GrantEffect, Selection, Standing};
use crate::id::Id;
use crate::viewing::{GuestPolicy, Sight};

const IDS: u128 = 4;

fn assortment(n: u128) -> AssortmentId {
    Id::from_uuid(Uuid::from_u128(n))
}

fn grants() -> impl Strategy<Value = Vec<(u128, u128, bool)>> {
    proptest::collection::vec((0..IDS, 100..103_u128, any::<bool>()), 0..8)
}

proptest! {
    /// The rule, said product by product: hidden wins, shown opens, and what is left is open unless something keeps it shut.
    #[test]
    fn a_customer_sees_what_the_rule_says(
        of in proptest::collection::btree_set(0..IDS, 0..4),
        exclusive in proptest::collection::btree_set(0..IDS, 0..4),
        granted in grants(),
        own in proptest::collection::btree_set(100..103_u128, 0..3),
        only in any::<bool>(),
    ) {
        let kinds: HashMap<_, _> = (0..IDS)
            .map(|n| (assortment(n), if exclusive.contains(&n) { AssortmentKind::Exclusive } else { AssortmentKind::Shared }))
            .collect();
        let rows: Vec<_> = granted.iter().map(|(of, to, shown)| AssortmentGrant {
            id: Id::new(),
            assortment: assortment(*of),
            seller: Id::new(),
            grantee: Uuid::from_u128(*to),
            effect: if *shown { GrantEffect::Shown } else { GrantEffect::Hidden },
        }).collect();
        let standing = Standing {
            reach: if only { CustomerReach::AssortmentsOnly } else { CustomerReach::General },
            grantees: own.iter().map(|n| Uuid::from_u128(*n)).collect(),
        };
        let mut expected = !only;
        for n in &of {
            expected &= !exclusive.contains(n);
        }
        for (n, to, shown) in &granted {
            expected |= *shown && of.contains(n) && own.contains(to);
        }
        for (n, to, shown) in &granted {
            expected &= *shown || !of.contains(n) || !own.contains(to);
        }
        let set: Vec<_> = of.iter().map(|n| assortment(*n)).collect();
        prop_assert_eq!(standing.sees(&set, &kinds, &rows), expected);

        let selection = Selection { id: Id::new(), seller: Id::new(), assortments: set };
        let guests = selection.uninvited(GuestPolicy::PricesHidden.sight(), &kinds);
        let open = of.iter().all(|n| !exclusive.contains(n));
        prop_assert_eq!(guests, Sight { goods: open, prices: false });
    }
}
