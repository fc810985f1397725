//! Awards: what can be given, and when that is all.

use super::market::{Market, faults, number, offering};
use crate::id::Id;
use crate::problem::Code;
use crate::quote::QuoteStatus;
use crate::rfq::{Pick, Placed, RfqStatus};

fn statuses(placed: &Placed) -> Vec<QuoteStatus> {
    placed.outcomes.iter().map(|outcome| outcome.quote.status).collect()
}

#[test]
fn three_eights_are_two_dozen_and_three_fours_are_one() {
    for (dozens, pieces) in [("2", "8"), ("1", "4")] {
        let mut market = Market::asking_for(&[(dozens, "DZN")]);
        for _ in 0..3 {
            market.quote("USD", &[offering(0, pieces, "C62", "1")]).unwrap();
        }
        let placed = market.award(&market.everything()).unwrap();
        assert!(placed.whole, "{dozens} dozen");
        assert_eq!(market.rfq.status, RfqStatus::Awarded);
        assert_eq!(statuses(&placed), [QuoteStatus::Awarded; 3]);
    }
}

#[test]
fn a_piece_more_or_less_is_not_a_dozen() {
    let mut market = Market::asking_for(&[("1", "DZN")]);
    let refused = market.quote("USD", &[offering(0, "13", "C62", "1")]).unwrap_err();
    assert_eq!(faults(&refused), [(Code::MoreThanAsked, "lines.0.quantity".to_owned())]);
    assert_eq!(refused.iter().next().unwrap().figures, [("max", "12".to_owned())]);
    market.quote("USD", &[offering(0, "11", "C62", "1")]).unwrap();
    assert!(!market.award(&market.everything()).unwrap().whole);
    assert_eq!(market.rfq.status, RfqStatus::PartlyAwarded);
}

/// 10 pounds are 4.535 923 7 kilograms: the quantities on both sides are all of them, those beyond are not.
#[test]
fn ten_pounds_can_be_sold_in_kilograms() {
    for (kilograms, whole) in [("4.5358", false), ("4.5359", true), ("4.5360", true)] {
        let mut market = Market::asking_for(&[("10", "LBR")]);
        market.quote("USD", &[offering(0, kilograms, "KGM", "1")]).unwrap();
        assert_eq!(market.award(&market.everything()).unwrap().whole, whole, "{kilograms}");
    }
    let mut market = Market::asking_for(&[("10", "LBR")]);
    let refused = market.quote("USD", &[offering(0, "4.5361", "KGM", "1")]).unwrap_err();
    assert_eq!(refused.iter().next().unwrap().figures, [("max", "4.536".to_owned())]);
    market.quote("USD", &[offering(0, "2", "KGM", "1")]).unwrap();
    market.quote("USD", &[offering(0, "2.5359", "KGM", "1")]).unwrap();
    assert!(market.award(&market.everything()).unwrap().whole, "split between two sellers");
}

/// The next quantity of so coarse a unit is too far away to be the same.
#[test]
fn a_hundred_grams_are_not_all_of_a_hundred_and_fifty() {
    let mut market = Market::asking_for(&[("150", "GRM")]);
    let refused = market.quote("USD", &[offering(0, "0.0002", "TNE", "1")]).unwrap_err();
    assert_eq!(refused.iter().next().unwrap().figures, [("max", "0.0001".to_owned())]);
    market.quote("USD", &[offering(0, "0.0001", "TNE", "1")]).unwrap();
    assert!(!market.award(&market.everything()).unwrap().whole);
}

#[test]
fn what_cannot_be_picked_is_named_with_its_place() {
    let mut market = Market::asking_for(&[("100", "C62"), ("5", "KGM")]);
    market.quote("USD", &[offering(0, "80", "C62", "1")]).unwrap();
    market.quote("USD", &[offering(0, "50", "C62", "1"), offering(1, "5", "KGM", "1")]).unwrap();
    let other = Market::asking_for(&[("1", "C62")]);
    let mut picks = vec![
        market.pick(0, 0, None),
        market.pick(1, 0, Some(number("21"))),
        market.pick(0, 1, None),
        market.pick(0, 0, Some(number("1"))),
        market.pick(1, 1, Some(number("5.1"))),
    ];
    picks.push(Pick { line: other.lines[0].id, ..picks[0] });
    picks.push(Pick { quote: Id::new(), ..picks[0] });
    let expected = [
        (Code::MoreThanNeeded, "lines.1.quantity"),
        (Code::NotQuoted, "lines.2.rfqLineId"),
        (Code::Duplicate, "lines.3"),
        (Code::MoreThanOffered, "lines.4.quantity"),
        (Code::UnknownLine, "lines.5.rfqLineId"),
        (Code::NotFound, "lines.6.quoteId"),
    ];
    let refused = market.award(&picks).unwrap_err();
    assert_eq!(faults(&refused), expected.map(|(code, path)| (code, path.to_owned())));
    assert_eq!(faults(&market.award(&[]).unwrap_err()), [(Code::NothingAwarded, String::new())]);
    assert_eq!(market.rfq.status, RfqStatus::Opened, "nothing was awarded");
    assert!(market.award(&picks[..1]).is_ok());
}

/// A thousand lines with a hundred quotes on each, all picked. Nothing here is timed, but were each line to look at every
/// quote again it would take a minute.
#[test]
fn a_large_award_is_reckoned_in_one_pass() {
    let mut market = Market::asking_for(&[("100", "C62"); 1_000]);
    let offer: Vec<_> = (0..1_000).map(|line| offering(line, "1", "C62", "1")).collect();
    for _ in 0..100 {
        market.quote("USD", &offer).unwrap();
    }
    let placed = market.award(&market.everything()).unwrap();
    assert!(placed.whole);
    assert_eq!(placed.awards.len(), 100_000);
}
