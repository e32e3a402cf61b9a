//! What customers hand over: the exact amount, or the next notes above it.

use crate::money::{Amount, Currency};

/// The most quick notes that are offered.
const MOST: usize = 6;

/// A currency's notes in whole units, the smallest first.
const fn notes(currency: Currency) -> &'static [i64] {
    match currency {
        Currency::Myr | Currency::Bnd => &[1, 5, 10, 20, 50, 100],
        Currency::Sgd => &[2, 5, 10, 50, 100],
        Currency::Cny => &[1, 5, 10, 20, 50, 100],
        Currency::Hkd => &[10, 20, 50, 100, 500, 1_000],
        Currency::Idr => &[1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000],
        Currency::Php => &[20, 50, 100, 200, 500, 1_000],
        Currency::Thb => &[20, 50, 100, 500, 1_000],
        Currency::Twd => &[100, 200, 500, 1_000, 2_000],
        Currency::Usd => &[1, 5, 10, 20, 50, 100],
        Currency::Vnd => &[10_000, 20_000, 50_000, 100_000, 200_000, 500_000],
    }
}

/// The amounts that a customer is likely to hand over for `due`, the smallest first: for each note, as many of it as it
/// takes. The exact amount is not among them.
pub(crate) fn quick_notes(due: Amount) -> Vec<Amount> {
    let currency = due.currency();
    let unit = 10_i64.pow(currency.decimals());
    let mut offered: Vec<i64> = notes(currency)
        .iter()
        .filter_map(|note| {
            let note = note.checked_mul(unit)?;
            let pieces = due.minor().checked_add(note - 1)? / note;
            pieces.max(1).checked_mul(note)
        })
        .filter(|given| *given > due.minor())
        .collect();
    offered.sort_unstable();
    offered.dedup();
    offered
        .into_iter()
        .filter_map(|minor| Amount::from_minor(minor, currency).ok())
        .take(MOST)
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn offered(due: &str) -> Vec<String> {
        let due = Amount::parse_decimal(due, Currency::Myr).unwrap();
        quick_notes(due).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn the_next_notes_above_the_amount_are_offered() {
        assert_eq!(
            offered("0.70"),
            ["1.00", "5.00", "10.00", "20.00", "50.00", "100.00"]
        );
        assert_eq!(offered("12.50"), ["13.00", "15.00", "20.00", "50.00", "100.00"]);
        assert_eq!(offered("50.00"), ["60.00", "100.00"]);
        assert_eq!(offered("137.20"), ["138.00", "140.00", "150.00", "200.00"]);
    }

    proptest! {
        #[test]
        fn every_offer_is_enough_and_none_is_offered_twice(minor in 1..99_999_999_999_i64) {
            for currency in Currency::ALL {
                let Ok(due) = Amount::from_minor(minor, currency) else { continue };
                let offered: Vec<i64> = quick_notes(due).iter().map(|amount| amount.minor()).collect();
                prop_assert!(offered.iter().all(|given| *given > minor));
                prop_assert!(offered.windows(2).all(|pair| pair[0] < pair[1]));
            }
        }
    }
}
