//! The optional fields for every text: what passes the check is what the gateway takes, and arrives as it was given.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use cloudecr::{
    Client, Credentials, Extras, FieldProblem, Gateway, InvalidField, Order, PaymentMethod, SecretKey,
    WireAmount, without_outer_blanks,
};
use proptest::prelude::*;
use serde_json::Value;
use std::sync::LazyLock;

/// What ECMAScript's `trim` takes, written out: WhiteSpace and LineTerminator.
const TRIMMED_BY_JAVASCRIPT: &str = "\u{9}\u{a}\u{b}\u{c}\u{d}\u{20}\u{a0}\u{1680}\u{2000}\u{2001}\u{2002}\u{2003}\u{2004}\u{2005}\u{2006}\u{2007}\u{2008}\u{2009}\u{200a}\u{2028}\u{2029}\u{202f}\u{205f}\u{3000}\u{feff}";

/// Texts with more blanks, control characters and pairs of UTF-16 units than people type.
fn text() -> impl Strategy<Value = String> {
    let character = prop_oneof![
        4 => any::<char>(),
        8 => proptest::char::range(' ', '~'),
        1 => proptest::sample::select(TRIMMED_BY_JAVASCRIPT.chars().collect::<Vec<_>>()),
        1 => proptest::char::range('\u{0}', '\u{1f}'),
        1 => proptest::char::range('\u{7f}', '\u{9f}'),
        1 => proptest::char::range('\u{10000}', '\u{10ffff}'),
    ];
    prop_oneof![
        proptest::collection::vec(character.clone(), 0..14),
        proptest::collection::vec(character, 100..140),
    ]
    .prop_map(String::from_iter)
}

/// The rule, the long way: not empty, no blank at the ends by JavaScript's or Rust's reckoning, nothing that steers a
/// printer, and no more units than fit.
fn is_taken(text: &str, most: usize) -> bool {
    let blank = |c: char| TRIMMED_BY_JAVASCRIPT.contains(c) || c.is_whitespace();
    let ends = [text.chars().next(), text.chars().next_back()];
    let units: usize = text.chars().map(char::len_utf16).sum();
    !text.is_empty()
        && units <= most
        && !ends.into_iter().flatten().any(blank)
        && !text.contains(char::is_control)
}

fn sale(method: PaymentMethod, extras: Extras) -> Order {
    Order::Sale {
        amount: WireAmount::from_hundredths(1250).expect("amount"),
        method,
        channel: (method == PaymentMethod::QrCustScan).then(|| "tng".to_owned()),
        extras,
    }
}

static CLIENT: LazyLock<Client> = LazyLock::new(|| {
    let credentials = Credentials {
        pos_id: "fiuuPos1".into(),
        password: "password".into(),
        merchant_id: "fiuuMerch1".into(),
        secret_key: SecretKey::from_string("75DC529B942513DFA77F43EC3451F137".to_owned()),
    };
    let gateway = Gateway::at("http://127.0.0.1:9").expect("address");
    Client::builder(gateway, credentials).build().expect("client")
});

fn body(order: &Order) -> Result<Value, InvalidField> {
    let at = "2025-01-15T08:19:28Z".parse().expect("time");
    let prepared = CLIENT.prepare("01JH9ZK3QW8R5T2Y7N4C", "VT-0001", order, at)?;
    Ok(serde_json::from_str(prepared.body()).expect("JSON"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn each_text_is_taken_exactly_when_the_rule_says_so(text in text()) {
        let only = |made: fn(String) -> Extras| made(text.clone()).check().is_ok();
        prop_assert_eq!(only(|note| Extras { note: Some(note), ..Extras::default() }), is_taken(&text, 128));
        prop_assert_eq!(only(|metadata| Extras { metadata: Some(metadata), ..Extras::default() }), is_taken(&text, 128));
        prop_assert_eq!(only(|label| Extras { reference_label: Some(label), ..Extras::default() }), is_taken(&text, 10));
        prop_assert_eq!(only(|promo| Extras { promo_sale: Some(promo), ..Extras::default() }), is_taken(&text, 2));
    }

    #[test]
    fn what_is_taken_leaves_as_it_was_given_and_what_is_not_never_leaves(text in text()) {
        let extras = Extras { note: Some(text.clone()), ..Extras::default() };
        for order in [sale(PaymentMethod::BankCard, extras.clone()), sale(PaymentMethod::QrCustScan, extras.clone())] {
            prop_assert_eq!(order.check().is_ok(), extras.check().is_ok());
            match body(&order) {
                Ok(body) => prop_assert_eq!(&body["transData"]["note"], &Value::from(text.clone())),
                Err(refused) => prop_assert_eq!(Err(refused), order.check()),
            }
        }
    }

    #[test]
    fn without_its_outer_blanks_a_text_has_none_left_and_nothing_else_is_gone(text in text()) {
        let bare = without_outer_blanks(&text);
        let at_the_end = |c: char| TRIMMED_BY_JAVASCRIPT.contains(c) || c == '\u{85}';
        prop_assert!(!bare.starts_with(at_the_end) && !bare.ends_with(at_the_end));
        prop_assert_eq!(text.trim_matches(at_the_end), bare);
    }

    #[test]
    fn a_product_is_a_number_up_to_ten(text in "[0-9+ a-]{0,3}") {
        let digits = !text.is_empty() && text.len() <= 2 && text.bytes().all(|byte| byte.is_ascii_digit());
        let in_range = digits && text.parse::<u32>().expect("digits") <= 10;
        let extras = Extras { product_index: Some(text), ..Extras::default() };
        prop_assert_eq!(extras.check().is_ok(), in_range);
    }
}

#[test]
fn what_steers_a_printer_is_refused() {
    for text in ["a\nb", "a\tb", "a\u{1b}@b", "\u{0}", "a\u{7f}", "a\u{9b}b"] {
        let extras = Extras {
            note: Some(text.to_owned()),
            ..Extras::default()
        };
        let refused = extras.check().expect_err("refused");
        assert_eq!(
            (refused.field, refused.problem),
            ("note", FieldProblem::ControlCharacter),
            "{text:?}"
        );
    }
}

#[test]
fn a_promotion_is_for_cards_with_or_without_cash_and_not_for_wallets() {
    let extras = Extras {
        promo_sale: Some("P1".to_owned()),
        ..Extras::default()
    };
    let amount = WireAmount::from_hundredths(1250).expect("amount");
    let cash_out = Order::CashOut {
        amount,
        cash: amount,
        extras: extras.clone(),
    };
    assert_eq!(cash_out.check(), Ok(()));
    assert_eq!(sale(PaymentMethod::BankCard, extras.clone()).check(), Ok(()));
    for method in [PaymentMethod::QrCustScan, PaymentMethod::QrMerchScan] {
        let refused = sale(method, extras.clone()).check().expect_err("refused");
        assert_eq!(
            (refused.field, refused.problem),
            ("promoSale", FieldProblem::NotHere)
        );
    }
}
