//! The two places where a fraction of a minor unit may go: rounded half up, or dealt out by largest remainder.

use super::{Amount, MoneyError};

/// `amount × numerator ÷ denominator`, a half of a minor unit rounded up. The denominator is more than zero.
///
/// # Errors
/// [`MoneyError::TooLarge`] past the wire's limit.
pub(crate) fn fraction(amount: Amount, numerator: i64, denominator: i64) -> Result<Amount, MoneyError> {
    let rounded = i128::from(amount.minor())
        .checked_mul(i128::from(numerator))
        .and_then(|product| product.checked_mul(2))
        .and_then(|product| product.checked_add(i128::from(denominator)))
        .and_then(|product| product.checked_div(i128::from(denominator).checked_mul(2)?))
        .and_then(|minor| i64::try_from(minor).ok())
        .ok_or(MoneyError::TooLarge)?;
    Amount::from_minor(rounded, amount.currency())
}

/// Deals `whole` out in proportion to `weights`, in whole minor units that add up to exactly `whole`: each gets the whole
/// units of its part, and the units that are left go to the largest remainders, to the first of equal ones. Nobody gets
/// more than its weight while the weights come to `whole` or more. Where all weights are zero there is nobody to deal
/// to, and all get nothing.
///
/// # Errors
/// When the currencies differ or a sum is too large.
pub(crate) fn deal(whole: Amount, weights: &[Amount]) -> Result<Vec<Amount>, MoneyError> {
    let currency = whole.currency();
    let sum = Amount::sum(currency, weights.iter().copied())?;
    if sum.is_zero() {
        return Ok(vec![Amount::zero(currency); weights.len()]);
    }
    let (whole_minor, sum_minor) = (i128::from(whole.minor()), i128::from(sum.minor()));
    let exact: Vec<i128> = weights
        .iter()
        .map(|weight| whole_minor * i128::from(weight.minor()))
        .collect();
    let mut parts: Vec<i128> = exact.iter().map(|part| part / sum_minor).collect();
    let left = usize::try_from(whole_minor - parts.iter().sum::<i128>()).map_err(|_| MoneyError::TooLarge)?;
    let mut by_remainder: Vec<usize> = (0..parts.len()).collect();
    // Stable: of equal remainders the first line's comes first.
    by_remainder.sort_by_key(|at| std::cmp::Reverse(exact.get(*at).map_or(0, |part| part % sum_minor)));
    for at in by_remainder.into_iter().take(left) {
        if let Some(part) = parts.get_mut(at) {
            *part += 1;
        }
    }
    parts
        .into_iter()
        .map(|part| Amount::from_minor(i64::try_from(part).map_err(|_| MoneyError::TooLarge)?, currency))
        .collect()
}
