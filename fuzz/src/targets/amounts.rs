//! Amounts as text, from the wire and from the keys: read exactly or refused, and the same when written again.

use cloudecr::WireAmount;
use till::{Amount, Currency};

use super::{pick, seed, split};
use crate::slow;

/// The largest amount, in hundredths.
const MOST: u128 = 99_999_999_999;

/// Reads a text as every sort of amount; the first byte chooses the currency, the second a quantity.
pub fn check(input: &[u8]) {
    let Some(([currency, quantity], text)) = split(input) else {
        return;
    };
    let Ok(text) = str::from_utf8(text) else {
        return;
    };
    on_the_wire(text);
    let currency = pick(&Currency::ALL, currency);
    for amount in [
        Amount::parse_keyed(text, currency),
        Amount::parse_decimal(text, currency),
    ]
    .into_iter()
    .flatten()
    {
        at_the_till(text, amount, u32::from(quantity));
    }
}

fn on_the_wire(text: &str) {
    let exact = slow::hundredths(text).filter(|hundredths| (1..=MOST).contains(hundredths));
    if let Ok(amount) = WireAmount::from_answer(text) {
        assert_eq!(Some(u128::from(amount.hundredths())), exact, "{text:?}");
    }
    if let Ok(amount) = text.parse::<WireAmount>() {
        assert_eq!(Some(u128::from(amount.hundredths())), exact, "{text:?}");
        let written = amount.to_string();
        assert_eq!(written.trim_start_matches('0'), text.trim_start_matches('0'));
        assert!(written.len() <= 12, "{written}");
        assert_eq!(written.parse(), Ok(amount));
        assert_eq!(WireAmount::from_answer(&written), Ok(amount));
    } else if let Some(hundredths) = exact {
        // Only the strict form is sent: no blanks, two decimals, twelve characters.
        let strict = format!("{}.{:02}", hundredths / 100, hundredths % 100);
        assert_ne!(strict, text, "a good amount was refused");
    }
}

fn at_the_till(text: &str, amount: Amount, quantity: u32) {
    let currency = amount.currency();
    let minor = u128::try_from(amount.minor());
    assert!(minor.is_ok_and(|minor| minor <= MOST), "{text:?}");
    assert_eq!(Amount::parse_decimal(&amount.to_string(), currency), Ok(amount));
    let typed = text.trim();
    if let Some((units, decimals)) = typed.split_once('.') {
        let places = usize::try_from(currency.decimals()).unwrap_or_default();
        let digits = format!("{units}{decimals:0<places$}");
        assert_eq!(digits.parse().ok(), minor.ok(), "{text:?}");
    }
    match amount.to_wire() {
        Ok(wire) => assert_eq!(
            slow::hundredths(&wire.to_string()),
            slow::hundredths(&amount.to_string()),
            "{text:?}"
        ),
        Err(_) => assert!(amount.is_zero(), "{text:?} has no form on the wire"),
    }
    if let Ok(product) = amount.times(quantity) {
        assert_eq!(
            i128::from(product.minor()),
            i128::from(amount.minor()) * i128::from(quantity)
        );
    }
    if let Ok(sum) = amount.plus(amount) {
        assert_eq!(Ok(sum), amount.times(2));
    }
}

/// Amounts on both sides of every limit.
#[must_use]
pub fn seeds() -> Vec<Vec<u8>> {
    [
        "12.50",
        "12.5",
        "12",
        "1250",
        "0.01",
        "0.00",
        ".5",
        "5.",
        ".",
        "",
        " 12.50 ",
        "-1.00",
        "+1.00",
        "1e3",
        "1,000.00",
        "999999999.99",
        "1000000000.00",
        "0000000001.00",
        "99999999999999999999999999",
        "9223372036854775807",
        "１２.50",
        "\u{feff}1.00",
        "12.50\0",
    ]
    .into_iter()
    .flat_map(|text| [seed(b"F2", text), seed(b"A~", text)])
    .collect()
}
