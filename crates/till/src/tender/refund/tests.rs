//! Returns of random sales: whole, piece by piece, and of one that was paid in part.

use proptest::prelude::*;

use super::*;

fn ringgit(minor: i64) -> Amount {
    Amount::from_minor(minor, Currency::Myr).unwrap()
}

fn sold(shares: &[(i64, i64)], rounding: Rounding) -> Returnable {
    let total = ringgit(shares.iter().map(|(share, _)| share).sum());
    Returnable {
        ticket: 1,
        receipt: Some(1),
        at: Timestamp::UNIX_EPOCH,
        lines: (1..)
            .zip(shares)
            .map(|(line, (share, pieces))| ReturnableLine {
                line,
                name: String::new(),
                price: ringgit(*share),
                unit: Unit::Each,
                bought: Quantity::from_thousandths(pieces * 1_000).unwrap(),
                returned: 0,
                share: ringgit(*share),
            })
            .collect(),
        newest: None,
        voidable: None,
        only_whole: false,
        payable: rounding.payable(total).unwrap(),
        held: rounding.payable(total).unwrap(),
        collected: rounding.in_cash(total).unwrap(),
        rounding,
        given_back: ringgit(0),
        in_cash: InCash {
            settled: ringgit(0),
            moved: ringgit(0),
        },
    }
}

#[test]
fn no_more_comes_back_than_was_bought_and_something_does() {
    let sold = sold(&[(1_000, 3)], Rounding::Cash);
    let four = LineReturn {
        line: 1,
        quantity: Quantity::from_thousandths(4_000).unwrap(),
    };
    assert_eq!(
        sold.offer(&[four]).unwrap_err(),
        ReturnRefused::MoreThanBought.into()
    );
    assert_eq!(sold.offer(&[]).unwrap_err(), ReturnRefused::Nothing.into());
    let two = LineReturn {
        line: 1,
        quantity: Quantity::from_thousandths(2_000).unwrap(),
    };
    assert_eq!(
        sold.offer(&[two, two]).unwrap_err(),
        ReturnRefused::MoreThanBought.into()
    );
    let elsewhere = LineReturn { line: 9, ..two };
    assert_eq!(
        sold.offer(&[two, elsewhere]).unwrap_err(),
        ReturnRefused::Nothing.into()
    );
    assert_eq!(sold.offer(&[two]).unwrap().amount, ringgit(667));
}

/// As many things, cheap and free ones among them, as a ticket may have, with their pieces.
fn things() -> impl Strategy<Value = Vec<(i64, i64)>> {
    let share = prop_oneof![0..8_i64, 0..50_000_i64];
    let things = proptest::collection::vec((share, 1..6_i64), 1..6);
    // What comes to nothing is not sold.
    things.prop_filter("something is paid", |things| {
        things.iter().map(|(share, _)| share).sum::<i64>() > 2
    })
}

/// All that is left, in one return.
fn the_rest(sold: &Returnable) -> Vec<LineReturn> {
    let rest = |line: &ReturnableLine| {
        let quantity = line.left()?;
        Some(LineReturn {
            line: line.line,
            quantity,
        })
    };
    sold.lines.iter().filter_map(rest).collect()
}

proptest! {
    #[test]
    fn what_was_paid_of_a_part_goes_back_whole_and_each_line_says_its_part(
        shares in things(),
        promille in 0..1_000_i64,
        rounding in proptest::sample::select(&[Rounding::Off, Rounding::Cash, Rounding::All][..]),
    ) {
        let whole = sold(&shares, rounding);
        let paid = ringgit(1 + (whole.payable.minor() - 2) * promille / 1_000);
        let part = Returnable { only_whole: true, payable: paid, held: paid, collected: rounding.in_cash(paid).unwrap(), ..whole };
        let all = the_rest(&part);
        let offer = part.offer(&all).unwrap();
        prop_assert_eq!(offer.amount, paid);
        prop_assert_eq!(offer.cash, part.collected);
        prop_assert_eq!(Amount::sum(Currency::Myr, offer.lines.iter().map(|(_, gives)| *gives)), Ok(paid));
        for less in (0..all.len()).map(|at| [&all[..at], &all[at + 1..]].concat()).filter(|less| !less.is_empty()) {
            prop_assert_eq!(part.offer(&less).unwrap_err(), ReturnRefused::OnlyWhole.into());
        }
    }

    #[test]
    fn everything_returned_piece_by_piece_gives_back_exactly_what_was_paid(
        shares in things(),
        order in proptest::collection::vec((any::<prop::sample::Index>(), any::<bool>()), 1..40),
        portal in any::<bool>(),
        rounding in proptest::sample::select(&[Rounding::Off, Rounding::Cash, Rounding::All][..]),
    ) {
        let mut sold = sold(&shares, rounding);
        let (paid, mut by_portal) = (sold.collected, ringgit(0));
        let mut pick = order.iter().cycle();
        loop {
            let left: Vec<i64> = sold.lines.iter().filter(|line| line.left().is_some()).map(|line| line.line).collect();
            if left.is_empty() { break }
            let (at, way) = pick.next().unwrap();
            let line = *at.get(&left);
            let offer = sold.offer(&[LineReturn { line, quantity: Quantity::ONE }]).unwrap();
            if portal && *way {
                by_portal = by_portal.plus(offer.amount).unwrap();
            } else {
                if rounding != Rounding::Off { prop_assert_eq!(offer.cash.minor() % 5, 0) }
                sold.in_cash.settled = sold.in_cash.settled.plus(offer.amount).unwrap();
                sold.in_cash.moved = sold.in_cash.moved.plus(offer.cash).unwrap();
            }
            sold.given_back = sold.given_back.plus(offer.amount).unwrap();
            sold.held = sold.held.minus(offer.amount).unwrap();
            for entry in &mut sold.lines { if entry.line == line { entry.returned += 1_000 } }
        }
        prop_assert_eq!(sold.given_back, sold.payable);
        prop_assert!(sold.held.is_zero());
        prop_assert_eq!(sold.in_cash.settled.plus(by_portal).unwrap(), sold.payable);
        let in_coins = rounding.in_cash(sold.in_cash.settled.at_most(paid)).unwrap();
        prop_assert_eq!(sold.in_cash.moved, if by_portal.is_zero() { paid } else { in_coins });
    }
}
