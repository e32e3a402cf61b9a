//! Rules that hold for every input: the signature's order and number forms, and amounts.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use cloudecr::{GatewayTime, SecretKey, WireAmount, signature};
use proptest::prelude::*;
use serde_json::{Value, json};

/// Texts that often meet where UTF-16 and UTF-8 order differ.
fn text() -> impl Strategy<Value = String> {
    let character = prop_oneof![
        any::<char>(),
        proptest::char::range('\u{d000}', '\u{d7ff}'),
        proptest::char::range('\u{e000}', '\u{ffff}'),
        proptest::char::range('\u{10000}', '\u{10ffff}'),
        proptest::char::range('0', 'z'),
    ];
    proptest::collection::vec(character, 0..6).prop_map(String::from_iter)
}

fn body() -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        text().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<bool>().prop_map(Value::from),
        Just(Value::Null),
    ];
    let value = scalar.prop_recursive(3, 20, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::btree_map("[a-z]{1,4}|signature", inner, 0..4).prop_map(Value::from_iter),
        ]
    });
    proptest::collection::btree_map("[a-z]{1,6}", value, 0..8).prop_map(Value::from_iter)
}

/// Sorts by code units the slow way: the units written out as numbers, smallest first, by repeated selection.
fn slow_order(mut texts: Vec<String>) -> String {
    let units = |text: &String| text.encode_utf16().map(u32::from).collect::<Vec<_>>();
    let mut joined = String::new();
    while let Some(first) = (0..texts.len()).min_by_key(|&index| units(&texts[index])) {
        joined += &texts.remove(first);
    }
    joined
}

/// JavaScript's form of a double, built from the digits that Rust finds (both give the shortest that reads back).
fn slow_number(number: f64) -> String {
    let scientific = format!("{number:e}");
    let (mantissa, exponent) = scientific.split_once('e').expect("an exponent");
    let (sign, mantissa) = mantissa
        .strip_prefix('-')
        .map_or(("", mantissa), |rest| ("-", rest));
    let digits = mantissa.replace('.', "");
    let point: i32 = exponent.parse::<i32>().expect("a number") + 1;
    let count = i32::try_from(digits.len()).expect("few digits");
    let zeros = |n: i32| "0".repeat(usize::try_from(n).expect("not negative"));
    if digits == "0" {
        return "0".to_owned();
    }
    let unsigned = if count <= point && point <= 21 {
        format!("{digits}{}", zeros(point - count))
    } else if 0 < point && point <= 21 {
        let (whole, rest) = digits.split_at(usize::try_from(point).expect("positive"));
        format!("{whole}.{rest}")
    } else if -6 < point && point <= 0 {
        format!("0.{}{digits}", zeros(-point))
    } else {
        let (first, rest) = digits.split_at(1);
        let dot = if rest.is_empty() { "" } else { "." };
        let plus = if point > 0 { "+" } else { "" };
        format!("{first}{dot}{rest}e{plus}{}", point - 1)
    };
    format!("{sign}{unsigned}")
}

proptest! {
    #[test]
    fn values_are_joined_in_the_order_of_utf16_units(texts in proptest::collection::vec(text(), 0..12)) {
        prop_assert_eq!(signature::message(&json!({ "list": texts.clone() })), slow_order(texts));
    }

    #[test]
    fn doubles_are_written_as_javascript_writes_them(number in any::<f64>().prop_filter("finite", |n| n.is_finite())) {
        prop_assert_eq!(signature::message(&json!({ "n": number })), slow_number(number));
    }

    #[test]
    fn doubles_near_the_forms_limits_too(digits in 1u32..99_999, exponent in -30i32..30) {
        let number: f64 = format!("{digits}e{exponent}").parse().expect("a number");
        prop_assert_eq!(signature::message(&json!({ "n": number })), slow_number(number));
    }

    #[test]
    fn integers_lose_what_a_double_cannot_hold(number in any::<i64>()) {
        let double: f64 = number.to_string().parse().expect("a number");
        prop_assert_eq!(signature::message(&json!({ "n": number })), slow_number(double));
    }

    #[test]
    fn what_was_signed_verifies(mut body in body(), key in text()) {
        let key = SecretKey::from_string(key);
        body["signature"] = signature::sign(&key, &body).into();
        prop_assert!(signature::verify(&key, &body));
        let sent: Value = serde_json::from_str(&body.to_string()).expect("its own JSON");
        prop_assert!(signature::verify(&key, &sent));
    }

    #[test]
    fn what_was_altered_does_not(mut body in body(), extra in "[a-z]{1,8}", other_key in text()) {
        let key = SecretKey::from_string("75DC529B942513DFA77F43EC3451F137".to_owned());
        body["signature"] = signature::sign(&key, &body).into();
        let mut altered = body.clone();
        altered["ADDED"] = extra.into();
        prop_assert!(!signature::verify(&key, &altered));
        prop_assert!(!signature::verify(&SecretKey::from_string(other_key), &body));
        body["signature"] = Value::Null;
        prop_assert!(!signature::verify(&key, &body));
    }

    #[test]
    fn a_flipped_digit_of_the_signature_does_not(place in 0usize..64) {
        let key = SecretKey::from_string("k".to_owned());
        let mut body = json!({ "transAmt": "12.50" });
        let mut hex = signature::sign(&key, &body);
        let flipped = if hex.as_bytes()[place] == b'0' { "1" } else { "0" };
        hex.replace_range(place..=place, flipped);
        body["signature"] = hex.into();
        prop_assert!(!signature::verify(&key, &body));
    }

    #[test]
    fn amounts_survive_the_wire(hundredths in 1u64..=WireAmount::MAX_HUNDREDTHS) {
        let amount = WireAmount::from_hundredths(hundredths).expect("in range");
        let text = amount.to_string();
        prop_assert!(text.len() <= 12);
        prop_assert_eq!(text.parse(), Ok(amount));
        prop_assert_eq!(WireAmount::from_answer(&text), Ok(amount));
        let number: Value = serde_json::from_str(&text).expect("a JSON number");
        let as_number = signature::message(&json!({ "n": number }));
        prop_assert_eq!(WireAmount::from_answer(&as_number), Ok(amount));
    }

    #[test]
    fn no_text_makes_an_amount_panic_or_change(text in "[0-9. +-]{0,14}") {
        if let Ok(amount) = text.parse::<WireAmount>() {
            let again = amount.to_string();
            prop_assert_eq!(again.trim_start_matches('0'), text.trim_start_matches('0'));
        }
    }

    #[test]
    fn gateway_times_survive_the_wire(second in 0i64..253_402_200_000) {
        let time = GatewayTime::from_timestamp(jiff::Timestamp::from_second(second).expect("in range"));
        let text = time.to_string();
        prop_assert_eq!(text.len(), 14);
        prop_assert_eq!(GatewayTime::parse(&text), Ok(time));
        prop_assert_eq!(GatewayTime::parse(&format!("{}T{}", &text[..8], &text[8..])), Ok(time));
    }
}

#[test]
fn amounts_of_another_form_are_refused() {
    for text in [
        "",
        ".",
        "12",
        "12.5",
        "12.500",
        "-1.00",
        "+1.00",
        "0.00",
        " 1.00",
        "1,00",
        "1e2.00",
        "1000000000.00",
        "１.00",
    ] {
        assert!(text.parse::<WireAmount>().is_err(), "{text}");
    }
    assert!(WireAmount::from_hundredths(0).is_err());
    assert!(WireAmount::from_hundredths(WireAmount::MAX_HUNDREDTHS + 1).is_err());
    assert!(WireAmount::from_hundredths(u64::MAX).is_err());
}

#[test]
fn times_that_do_not_exist_are_refused() {
    for text in [
        "",
        "20250230000000",
        "20250101240000",
        "2025010112000",
        "2025-01-01T00:00",
        "20250101é0000",
        "T20250101000000",
    ] {
        assert!(GatewayTime::parse(text).is_err(), "{text}");
    }
}
