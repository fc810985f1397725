//! Sharing an amount so that the shares add up to it.

use super::{Money, too_large};
use crate::number::STORED_DECIMALS;
use crate::problem::{Code, Problem};

/// Shares `total` in proportion to `weights`, by the largest remainder method (Hamilton, 1792): every share is first cut
/// down to the currency's smallest coin, then the coins left over go one each to the shares that were cut most.
///
/// The shares add up to `total` exactly, each is less than one coin away from its proportion, and a weight of zero gets
/// nothing. Of shares cut equally, the earlier one gets the coin, so the same call always gives the same answer. A
/// negative total is shared like its opposite.
///
/// # Errors
/// [`Code::NothingToShareBy`] when all weights are zero, or there are none.
pub fn allocate(total: Money, weights: &[u64]) -> Result<Vec<Money>, Problem> {
    let whole: u128 = weights.iter().copied().map(u128::from).sum();
    if whole == 0 {
        return Err(Code::NothingToShareBy.into());
    }
    let coin = 10_u64.pow(STORED_DECIMALS - total.currency().decimals());
    let coins = u128::from(total.units().unsigned_abs() / coin);

    // The product of 63 and 64 bits fits 127.
    let mut shares: Vec<u128> = weights.iter().map(|weight| coins * u128::from(*weight) / whole).collect();
    let mut by_cut: Vec<(u128, &mut u128)> =
        weights.iter().map(|weight| coins * u128::from(*weight) % whole).zip(&mut shares).collect();
    // A stable sort: among equals the earlier share stays first.
    by_cut.sort_by(|(one, _), (other, _)| other.cmp(one));

    let mut left = coins - by_cut.iter().map(|(_, share)| **share).sum::<u128>();
    for (_, share) in by_cut {
        if left == 0 {
            break;
        }
        *share += 1;
        left -= 1;
    }

    shares
        .into_iter()
        .map(|share| {
            let units = i64::try_from(share * u128::from(coin)).map_err(|_| too_large())?;
            let units = if total.is_negative() { -units } else { units };
            Money::from_units(units, total.currency())
        })
        .collect()
}
