//! Random tickets against the same sums in exact fractions, worked out anew here and rounded where the rule says.

use num::rational::BigRational;
use num::{BigInt, One, Signed, Zero};
use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::money::{Currency, Quantity, Unit};
use crate::payment::Extras;
use crate::tax::LineTax;
use crate::ticket::{Discount, TicketStatus};

/// The largest amount that fits the wire, in sen.
const MOST: i64 = 99_999_999_999;

fn exact(whole: i64) -> BigRational {
    BigRational::from_integer(BigInt::from(whole))
}

fn part(numerator: i64, denominator: i64) -> BigRational {
    BigRational::new(BigInt::from(numerator), BigInt::from(denominator))
}

/// To the nearest whole, a half up.
fn rounded(value: &BigRational) -> BigRational {
    (value + part(1, 2)).floor()
}

fn off(discount: Option<Discount>, base: &BigRational) -> BigRational {
    match discount {
        None => BigRational::zero(),
        Some(Discount::Amount(amount)) => exact(amount.minor()).min(base.clone()),
        Some(Discount::Percent(rate)) => rounded(&(base * part(rate.hundredths(), 10_000))),
    }
}

/// Whole units one at a time, each to whoever is furthest below its exact part; the first of equal ones.
fn dealt(whole: &BigRational, weights: &[BigRational]) -> Vec<BigRational> {
    let sum: BigRational = weights.iter().sum();
    if sum.is_zero() {
        return vec![BigRational::zero(); weights.len()];
    }
    let parts: Vec<BigRational> = weights.iter().map(|weight| whole * weight / &sum).collect();
    let mut got: Vec<BigRational> = parts.iter().map(BigRational::floor).collect();
    while got.iter().sum::<BigRational>() < *whole {
        let lacks = |at: usize| &parts[at] - &got[at];
        let mut most = 0;
        for at in 1..got.len() {
            if lacks(at) > lacks(most) {
                most = at;
            }
        }
        got[most] += BigRational::one();
    }
    got
}

/// What a ticket comes to, exactly.
struct Exact {
    gross: Vec<BigRational>,
    off: Vec<BigRational>,
    subtotal: BigRational,
    discount: BigRational,
    /// Rate in hundredths of a percent, taxable, tax.
    taxes: Vec<(i64, BigRational, BigRational)>,
    /// Rate, and what its lines add to the total.
    pays: Vec<(i64, BigRational)>,
    total: BigRational,
}

fn worked_out(ticket: &Ticket) -> Exact {
    let gross: Vec<BigRational> = ticket
        .lines
        .iter()
        .map(|line| rounded(&(exact(line.price.minor()) * part(line.quantity.thousandths(), 1_000))))
        .collect();
    let taken: Vec<BigRational> = ticket
        .lines
        .iter()
        .zip(&gross)
        .map(|(line, gross)| off(line.discount, gross))
        .collect();
    let totals: Vec<BigRational> = gross.iter().zip(&taken).map(|(gross, off)| gross - off).collect();
    let subtotal: BigRational = totals.iter().sum();
    let discount = off(ticket.discount, &subtotal);
    let mut rates: Vec<i64> = ticket
        .lines
        .iter()
        .map(|line| line.tax.rate.hundredths())
        .collect();
    rates.sort_unstable();
    rates.dedup();
    let sold: Vec<BigRational> = rates
        .iter()
        .map(|rate| {
            let of_rate = ticket
                .lines
                .iter()
                .zip(&totals)
                .filter(|(line, _)| line.tax.rate.hundredths() == *rate);
            of_rate.map(|(_, total)| total).sum()
        })
        .collect();
    let mut total = BigRational::zero();
    let mut taxes = Vec::new();
    let mut all_pay = Vec::new();
    for ((rate, sold), off) in rates.iter().zip(&sold).zip(dealt(&discount, &sold)) {
        let base = sold - off;
        let tax = if ticket.prices_include_tax {
            rounded(&(&base * part(*rate, 10_000 + rate)))
        } else {
            rounded(&(&base * part(*rate, 10_000)))
        };
        let (taxable, pays) = if ticket.prices_include_tax {
            (&base - &tax, base)
        } else {
            (base.clone(), base + &tax)
        };
        total += &pays;
        all_pay.push((*rate, pays));
        if *rate > 0 {
            taxes.push((*rate, taxable, tax));
        }
    }
    Exact {
        gross,
        off: taken,
        subtotal,
        discount,
        taxes,
        pays: all_pay,
        total,
    }
}

fn amount(minor: i64) -> Amount {
    Amount::from_minor(minor, Currency::Myr).unwrap()
}

fn same(shown: Amount, exact_value: &BigRational) -> bool {
    exact(shown.minor()) == *exact_value
}

fn a_discount(most: i64) -> impl Strategy<Value = Option<Discount>> {
    prop_oneof![
        3 => Just(None),
        1 => (1..=most).prop_map(|minor| Some(Discount::Amount(amount(minor)))),
        1 => (1..=10_000_i64).prop_map(|rate| Some(Discount::Percent(Rate::from_hundredths(rate).unwrap()))),
    ]
}

fn a_rate() -> impl Strategy<Value = i64> {
    prop_oneof![4 => select(vec![0_i64, 600, 800, 1_000]), 1 => 0..=10_000_i64]
}

fn a_line(dearest: i64) -> impl Strategy<Value = Line> {
    let quantity = prop_oneof![
        2 => (1..=20_i64).prop_map(|pieces| (Unit::Each, pieces * 1_000)),
        1 => (1..=9_999_000_i64).prop_map(|thousandths| (Unit::Kilogram, thousandths)),
    ];
    (1..=dearest, quantity, a_discount(dearest), a_rate()).prop_map(
        |(price, (unit, thousandths), discount, rate)| Line {
            id: 1,
            item: None,
            name: String::new(),
            price: amount(price),
            unit,
            quantity: Quantity::from_thousandths(thousandths).unwrap(),
            discount,
            note: String::new(),
            tax: LineTax {
                name: "SST".to_owned(),
                rate: Rate::from_hundredths(rate).unwrap(),
            },
        },
    )
}

fn a_ticket(dearest: i64) -> impl Strategy<Value = Ticket> {
    let lines = prop::collection::vec(a_line(dearest), 0..14);
    (lines, a_discount(dearest), any::<bool>()).prop_map(|(lines, discount, included)| Ticket {
        id: 1,
        status: TicketStatus::Current,
        parked_as: None,
        currency: Currency::Myr,
        lines,
        discount,
        prices_include_tax: included,
        extras: Extras::default(),
        rounding: crate::money::Rounding::Off,
        frozen: false,
    })
}

/// Whether the sums are the exact ones; too large is an answer only where something is.
fn hold_against_exact(ticket: &Ticket) -> Result<(), TestCaseError> {
    let exact_sums = worked_out(ticket);
    let largest = exact_sums
        .gross
        .iter()
        .chain([&exact_sums.subtotal, &exact_sums.total])
        .max()
        .unwrap();
    let sums = match ticket.sums() {
        Ok(sums) => sums,
        Err(error) => {
            prop_assert_eq!(error, MoneyError::TooLarge);
            prop_assert!(*largest > exact(MOST), "{largest} would have fitted");
            prop_assert!(ticket.total().is_err() && ticket.shares().is_err());
            return Ok(());
        }
    };
    prop_assert!(*largest <= exact(MOST), "{largest} does not fit");
    prop_assert_eq!(sums.lines.len(), ticket.lines.len());
    for (at, line) in sums.lines.iter().enumerate() {
        prop_assert!(same(line.gross, &exact_sums.gross[at]), "{line:?}");
        prop_assert!(same(line.discount, &exact_sums.off[at]), "{line:?}");
        prop_assert_eq!(line.discount.plus(line.total), Ok(line.gross));
    }
    prop_assert!(same(sums.subtotal, &exact_sums.subtotal));
    prop_assert!(same(sums.discount, &exact_sums.discount));
    prop_assert!(
        same(sums.total, &exact_sums.total),
        "{sums:?} is not {}",
        exact_sums.total
    );
    prop_assert_eq!(sums.taxes.len(), exact_sums.taxes.len());
    for (tax, (rate, taxable, exact_tax)) in sums.taxes.iter().zip(&exact_sums.taxes) {
        prop_assert_eq!(tax.rate.hundredths(), *rate);
        prop_assert!(same(tax.taxable, taxable) && same(tax.tax, exact_tax), "{tax:?}");
    }
    adds_up_as_shown(ticket, &sums)?;
    prop_assert_eq!(ticket.total(), Ok(sums.total));
    Ok(())
}

/// What a customer with a pencil would check.
fn adds_up_as_shown(ticket: &Ticket, sums: &Sums) -> Result<(), TestCaseError> {
    let add = |amounts: Vec<Amount>| Amount::sum(Currency::Myr, amounts).unwrap();
    prop_assert_eq!(
        add(sums.lines.iter().map(|line| line.total).collect()),
        sums.subtotal
    );
    prop_assert_eq!(add(sums.taxes.iter().map(|tax| tax.tax).collect()), sums.tax);
    let after = sums.subtotal.minus(sums.discount).unwrap();
    let added = if sums.included { amount(0) } else { sums.tax };
    prop_assert_eq!(after.plus(added), Ok(sums.total));
    prop_assert_eq!(sums.included, ticket.prices_include_tax);
    Ok(())
}

/// Each line's share is within a sen of its exact part, and nothing is lost or won.
fn shares_hold(ticket: &Ticket) -> Result<(), TestCaseError> {
    let Ok(sums) = ticket.sums() else {
        return Ok(());
    };
    let shares = ticket.shares().unwrap();
    prop_assert_eq!(shares.len(), ticket.lines.len());
    prop_assert_eq!(Amount::sum(Currency::Myr, shares.iter().copied()), Ok(sums.total));
    for (rate, pays) in worked_out(ticket).pays {
        let of_rate: Vec<_> = ticket
            .lines
            .iter()
            .zip(sums.lines.iter().zip(&shares))
            .filter(|(line, _)| line.tax.rate.hundredths() == rate)
            .map(|(_, (sum, share))| (exact(sum.total.minor()), exact(share.minor())))
            .collect();
        let sold: BigRational = of_rate.iter().map(|(total, _)| total).sum();
        let given: BigRational = of_rate.iter().map(|(_, share)| share).sum();
        prop_assert!(given == pays, "{given} of {pays} at {rate}");
        for (total, share) in of_rate {
            if sold.is_zero() {
                prop_assert!(share.is_zero());
            } else {
                prop_assert!((share - &pays * total / &sold).abs() < BigRational::one());
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn totals_discounts_tax_and_rounding_are_the_exact_ones(ticket in a_ticket(50_000)) {
        hold_against_exact(&ticket)?;
        shares_hold(&ticket)?;
    }

    #[test]
    fn sums_of_any_size_are_exact_or_refused(ticket in a_ticket(MOST)) {
        hold_against_exact(&ticket)?;
        shares_hold(&ticket)?;
    }

    #[test]
    fn a_few_sen_among_many_lines_are_neither_lost_nor_won(ticket in a_ticket(3)) {
        hold_against_exact(&ticket)?;
        shares_hold(&ticket)?;
    }
}

fn line(price: i64, quantity: &str, rate: &str) -> Line {
    Line {
        id: 1,
        item: None,
        name: String::new(),
        price: amount(price),
        unit: Unit::Kilogram,
        quantity: Quantity::parse(quantity).unwrap(),
        discount: None,
        note: String::new(),
        tax: LineTax {
            name: "SST".to_owned(),
            rate: Rate::parse(rate).unwrap(),
        },
    }
}

fn ticket(lines: Vec<Line>, included: bool) -> Ticket {
    Ticket {
        id: 1,
        status: TicketStatus::Current,
        parked_as: None,
        currency: Currency::Myr,
        lines,
        discount: None,
        prices_include_tax: included,
        extras: Extras::default(),
        rounding: crate::money::Rounding::Off,
        frozen: false,
    }
}

#[test]
fn a_weight_is_rounded_as_its_price_label_says() {
    // 0.335 kg at 12.90 is 4.3215; 0.250 kg at 0.10 is 2.5 sen, and a half goes up.
    for (price, quantity, shown) in [
        (1290, "0.335", "4.32"),
        (10, "0.250", "0.03"),
        (10, "0.249", "0.02"),
    ] {
        let sums = ticket(vec![line(price, quantity, "0")], true).sums().unwrap();
        assert_eq!(sums.total.to_string(), shown);
    }
}

#[test]
fn tax_on_top_and_tax_within_come_to_what_a_tax_officer_works_out() {
    let lines = || vec![line(1000, "1", "8"), line(505, "1", "8"), line(300, "1", "0")];
    let added = ticket(lines(), false).sums().unwrap();
    // 8 % of 15.05 is 1.204: once for the rate, not 0.80 + 0.40 by the line.
    assert_eq!(
        (added.tax.to_string(), added.total.to_string()),
        ("1.20".to_owned(), "19.25".to_owned())
    );
    let within = ticket(lines(), true).sums().unwrap();
    assert_eq!(within.total.to_string(), "18.05");
    let tax = &within.taxes[0];
    // 15.05 × 8 ÷ 108 is 1.1148.
    assert_eq!(
        (tax.tax.to_string(), tax.taxable.to_string()),
        ("1.11".to_owned(), "13.94".to_owned())
    );
}

#[test]
fn a_discount_takes_off_no_more_than_there_is() {
    let mut ticket = ticket(vec![line(500, "1", "6")], false);
    ticket.lines[0].discount = Some(Discount::Amount(amount(900)));
    ticket.discount = Some(Discount::Amount(amount(100)));
    let sums = ticket.sums().unwrap();
    assert_eq!(sums.lines[0].discount.to_string(), "5.00");
    assert!(sums.discount.is_zero() && sums.total.is_zero() && sums.tax.is_zero());
}

#[test]
fn a_rate_of_two_classes_is_taxed_as_one_and_has_no_name() {
    let mut other = line(200, "1", "8");
    other.tax.name = "Service tax".to_owned();
    let sums = ticket(vec![line(100, "1", "8"), other], false).sums().unwrap();
    assert_eq!((sums.taxes.len(), sums.taxes[0].name.as_str()), (1, ""));
}

#[test]
fn a_ticket_that_its_tax_makes_a_sen_too_large_is_refused_whole_and_has_no_shares() {
    let lines = |first| vec![line(first, "1", "10"), line(26_717_026_581, "1", "6")];
    let fits = ticket(lines(65_163_592_566), false);
    assert_eq!(fits.total().unwrap().minor(), 99_999_999_999);
    assert_eq!(fits.shares().unwrap().len(), 2);
    let too_large = ticket(lines(65_163_592_567), false);
    assert!(too_large.total().is_err() && too_large.shares().is_err());
}
