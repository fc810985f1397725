//! Visitors are never shown more than guests, whatever a shop's owner does and in whatever order.

use jiff::Timestamp;
use proptest::prelude::*;

use super::{Venue, VenueAccess, VenueChange, VenueDraft, VenueModel};
use crate::id::Id;
use crate::named::Named as _;
use crate::problem::Code;
use crate::viewing::{GuestPolicy, Sight, VisitorPolicy};

fn draft(model: VenueModel, access: VenueAccess) -> VenueDraft {
    VenueDraft { model, name: "Cửa hàng".to_owned(), access, guest_policy: None, visitor_policy: None }
}

fn opened(draft: VenueDraft) -> Result<Venue, Vec<(Code, String)>> {
    let opened = Venue::open(draft, Id::new(), Timestamp::UNIX_EPOCH).map(|(venue, ..)| venue);
    opened.map_err(|problems| problems.into_iter().map(|problem| (problem.code, problem.path.join("."))).collect())
}

#[test]
fn a_shop_shows_visitors_nothing_unless_it_says_so() {
    let shop = opened(draft(VenueModel::SellSide, VenueAccess::Public)).unwrap();
    assert_eq!((shop.guest_policy, shop.visitor_policy), (Some(GuestPolicy::Open), Some(VisitorPolicy::SignedInOnly)));
    let hall = opened(draft(VenueModel::BuySide, VenueAccess::Public)).unwrap();
    assert_eq!((hall.guest_policy, hall.visitor_policy), (None, None));
}

#[test]
fn what_visitors_cannot_be_shown_is_refused() {
    let wide = |model, access, guest_policy| {
        opened(VenueDraft { guest_policy, visitor_policy: Some(VisitorPolicy::Open), ..draft(model, access) })
    };
    let refused = |code: Code| Err(vec![(code, "visitorPolicy".to_owned())]);
    let (shop, public) = (VenueModel::SellSide, VenueAccess::Public);
    assert_eq!(wide(VenueModel::BuySide, public, None), refused(Code::NotAShop));
    assert_eq!(wide(shop, VenueAccess::Private, None), refused(Code::VenueIsPrivate));
    assert_eq!(wide(shop, public, Some(GuestPolicy::PricesHidden)), refused(Code::VisitorsSeeMore));
    assert_eq!(wide(shop, public, Some(GuestPolicy::CustomersOnly)), refused(Code::VisitorsSeeMore));
    assert!(wide(shop, public, Some(GuestPolicy::Open)).is_ok());
}

fn any_of<T: crate::named::Named>() -> impl Strategy<Value = Option<T>> {
    prop::option::of(prop::sample::select(T::ALL))
}

proptest! {
    #[test]
    fn no_change_shows_visitors_more_than_guests_or_more_than_was_said(
        changes in prop::collection::vec(
            (any_of::<VenueAccess>(), any_of::<GuestPolicy>(), any_of::<VisitorPolicy>()), 1..6
        ),
    ) {
        let mut shop = opened(draft(VenueModel::SellSide, VenueAccess::Public)).unwrap();
        for (access, guest_policy, visitor_policy) in changes {
            let before = shop.clone();
            let change = VenueChange { name: None, access, guest_policy, visitor_policy };
            let outcome = shop.amend(change);
            let visitors = shop.visitor_policy.unwrap().sight();
            match (outcome, visitor_policy) {
                (Err(_), named) => {
                    prop_assert!(named.is_some(), "closing is never refused");
                    prop_assert_eq!(&shop, &before);
                }
                (Ok(_), Some(named)) => prop_assert_eq!(shop.visitor_policy, Some(named)),
                (Ok(_), None) => prop_assert!(visitors.is_within(before.visitor_policy.unwrap().sight())),
            }
            prop_assert!(visitors.is_within(shop.guest_policy.unwrap().sight()));
            prop_assert!(shop.access == VenueAccess::Public || visitors == Sight::NONE);
        }
    }
}

#[test]
fn the_widest_within_is_the_policy_itself_where_it_fits() {
    for guests in GuestPolicy::ALL {
        for policy in VisitorPolicy::ALL {
            let within = policy.within(*guests);
            assert!(within.sight().is_within(guests.sight()) && within.sight().is_within(policy.sight()));
            assert_eq!(within == *policy, policy.sight().is_within(guests.sight()));
        }
    }
}
