//! What of a body may stand in a log: its shape and its words, without secrets and card numbers.
//!
//! It leans one way: what might be a secret is left out, even where a log would be easier to read with it.

use serde_json::{Map, Value};

/// What stands in place of a secret.
const MASK: &str = "***";

/// The longest text that goes into a log, in bytes.
const LONGEST: usize = 4096;

/// How many digits look like a card number (ISO/IEC 7812 has up to 19; more could hide one).
const CARD_DIGITS: usize = 12;

/// Names whose values are secret, in lower case and without `_`, `-` and blanks. A name that ends with one of them, such
/// as `accessToken`, is secret as well, and for the longer ones a name that holds one.
const SECRET: [&str; 14] = [
    "password",
    "passwd",
    "pwd",
    "secret",
    "token",
    "key",
    "pin",
    "pinblock",
    "authorization",
    "signature",
    "cookie",
    "cvv",
    "cvc",
    "credentials",
];

/// A body as it may be logged: JSON with the values of secret names masked, card numbers down to their last four digits,
/// and cut after 4 KiB. Of what is not JSON only the length is told.
///
/// ```
/// let body = br#"{"posId":"p","password":"hunter2","cardNo":"4111 11** **** 1111"}"#;
/// assert_eq!(cloudecr::mask::json(body), r#"{"cardNo":"**** **** **** 1111","password":"***","posId":"p"}"#);
/// assert_eq!(cloudecr::mask::json(b"password=hunter2"), "16 bytes that are not JSON");
/// ```
pub fn json(body: &[u8]) -> String {
    without(body, &[])
}

/// The same, without these words either, should the other side repeat them where they do not belong.
pub(crate) fn without(body: &[u8], secrets: &[&str]) -> String {
    if body.is_empty() {
        return "no body".to_owned();
    }
    match serde_json::from_slice(body) {
        Ok(value) => cut(masked(value, secrets).to_string()),
        Err(_) => format!("{} bytes that are not JSON", body.len()),
    }
}

fn masked(value: Value, secrets: &[&str]) -> Value {
    match value {
        Value::Object(fields) => {
            let fields = fields.into_iter().map(|(name, value)| {
                let value = match (is_secret(&name), value) {
                    (true, Value::Null) => Value::Null,
                    // `{"access": {"token": …}}` keeps its shape; whatever else a secret name holds is left out whole.
                    (true, _) => MASK.into(),
                    (false, value) => masked(value, secrets),
                };
                (text(&name, secrets), value)
            });
            Value::Object(fields.collect::<Map<_, _>>())
        }
        Value::Array(values) => values.into_iter().map(|value| masked(value, secrets)).collect(),
        Value::String(inner) => text(&inner, secrets).into(),
        Value::Number(number) => {
            let shown = number.to_string();
            let masked = text(&shown, secrets);
            if masked == shown {
                Value::Number(number)
            } else {
                masked.into()
            }
        }
        plain @ (Value::Null | Value::Bool(_)) => plain,
    }
}

/// A text that may itself be JSON.
fn text(inner: &str, secrets: &[&str]) -> String {
    if let Ok(value @ (Value::Object(_) | Value::Array(_))) = serde_json::from_str(inner) {
        return masked(value, secrets).to_string();
    }
    let mut shown = inner.to_owned();
    for secret in secrets.iter().filter(|secret| !secret.is_empty()) {
        shown = shown.replace(secret, MASK);
    }
    digits(&shown)
}

fn is_secret(name: &str) -> bool {
    let name: String = name
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    SECRET
        .iter()
        .any(|secret| name.ends_with(secret) || secret.len() > 4 && name.contains(secret))
}

/// Text in which every run that could be a card number shows its last four digits only. A run is digits and the stars or
/// crosses that stand for some, with single blanks, dashes or dots between them.
fn digits(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let run = run(rest);
        if run == 0 {
            let first = rest.chars().next().map_or(0, char::len_utf8);
            shown.push_str(&rest[..first]);
            rest = &rest[first..];
            continue;
        }
        let (number, after) = rest.split_at(run);
        let places = number.chars().filter(|c| stands_for_a_digit(*c)).count();
        if places < CARD_DIGITS {
            shown.push_str(number);
        } else {
            let mut left = places;
            shown.extend(number.chars().map(|c| {
                if !stands_for_a_digit(c) {
                    return c;
                }
                left -= 1;
                if left < 4 { c } else { '*' }
            }));
        }
        rest = after;
    }
    shown
}

/// The length in bytes of the run that `text` begins with.
fn run(text: &str) -> usize {
    let mut end = 0;
    let mut separated = true;
    for (at, c) in text.char_indices() {
        if stands_for_a_digit(c) {
            end = at + c.len_utf8();
            separated = false;
        } else if separated || !matches!(c, ' ' | '-' | '.' | '\u{a0}') {
            break;
        } else {
            separated = true;
        }
    }
    end
}

fn stands_for_a_digit(c: char) -> bool {
    c.is_numeric() || matches!(c, '*' | '•' | 'x' | 'X')
}

fn cut(mut text: String) -> String {
    if text.len() > LONGEST {
        let whole = text.len();
        let end = (0..=LONGEST).rev().find(|end| text.is_char_boundary(*end));
        text.truncate(end.unwrap_or(0));
        text = format!("{text}… ({whole} bytes)");
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::{json as json_line, *};

    fn shown(value: &Value) -> String {
        json_line(value.to_string().as_bytes())
    }

    #[test]
    fn every_secret_of_the_protocol_is_masked() {
        let login = json!({"posId": "fiuuPos1", "password": "SECRET1"});
        let tokens =
            json!({"access": {"token": "SECRET2", "expiresAt": "2025"}, "refresh": {"token": "SECRET3"}});
        let binding = json!({"key": "SECRET4", "expiresAt": "2025"});
        let sale =
            json!({"transType": "sale", "signature": "SECRET5", "transData": {"secret_key": "SECRET6"}});
        let odd = json!([{"PASSWORD": {"a": ["SECRET7"]}}, {"access-token": 5_550_123}, {"Pin": 5_550_123}]);
        let nested = json!({"message": json!({"password": "SECRET8"}).to_string()});
        for body in [login, tokens, binding, sale, odd, nested] {
            let shown = shown(&body);
            assert!(!shown.contains("SECRET") && !shown.contains("5550123"), "{shown}");
        }
    }

    #[test]
    fn words_that_are_known_to_be_secret_are_masked_wherever_they_stand() {
        let body = br#"{"message":"wrong password hunter2","hunter2":1}"#;
        assert!(!without(body, &["hunter2", ""]).contains("hunter2"));
    }

    #[test]
    fn of_a_card_the_last_four_digits_are_left() {
        for (card, left) in [
            ("4111111111111111", "************1111"),
            ("4111-1111-1111-1111", "****-****-****-1111"),
            ("4111 1111 1111 1111", "**** **** **** 1111"),
            ("411111******1111", "************1111"),
            ("411111XXXXXX1111", "************1111"),
            ("card 6011000990139424.", "card ************9424."),
            ("36700102000000", "**********0000"),
            ("6304939304310009610", "***************9610"),
        ] {
            assert_eq!(digits(card), left);
            assert_eq!(
                shown(&json!({ "text": card })),
                json!({ "text": left }).to_string()
            );
        }
        assert_eq!(
            shown(&json!({"n": 4_111_111_111_111_111_u64})),
            r#"{"n":"************1111"}"#
        );
        for harmless in [
            "12.50",
            "1516809",
            "000123",
            "2025-01-15T08:19",
            "Xerox",
            "1 2 3",
            "VT-0001",
        ] {
            assert_eq!(digits(harmless), harmless);
        }
    }

    #[test]
    fn what_is_not_json_is_told_by_its_length_and_what_is_long_is_cut() {
        assert_eq!(json_line(b"<html>SECRET"), "12 bytes that are not JSON");
        assert_eq!(json_line(b""), "no body");
        assert_eq!(json_line(&[0xff; 9]), "9 bytes that are not JSON");
        let shown = shown(&json!({ "note": "é".repeat(9000) }));
        assert!(
            shown.len() < LONGEST + 40 && shown.ends_with("bytes)"),
            "{}",
            shown.len()
        );
    }

    #[test]
    fn a_body_stays_on_one_line() {
        assert!(!shown(&json!({"note": "a\nb\r\u{2028}c"})).contains(['\n', '\r']));
    }

    fn names() -> impl Strategy<Value = String> {
        let secret = prop::sample::select(&SECRET[..]);
        (secret, "[a-zA-Z_ -]{0,6}", any::<bool>()).prop_map(|(secret, before, loud)| {
            let secret = if loud {
                secret.to_uppercase()
            } else {
                secret.to_owned()
            };
            format!("{before}{secret}")
        })
    }

    /// JSON of any shape; where a name is secret, what is under it holds the word `TOPSECRET`.
    fn trees() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i32>().prop_map(Value::from),
            "[a-z0-9 ]{0,12}".prop_map(Value::from),
        ];
        let hidden = prop_oneof![
            Just(json!("TOPSECRET")),
            Just(json!(["TOPSECRET", {"a": "TOPSECRET"}])),
            Just(json!({"b": {"c": "TOPSECRET"}})),
        ];
        leaf.prop_recursive(5, 60, 6, move |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
                prop::collection::vec(("[a-f]{1,8}", inner.clone()), 0..5)
                    .prop_map(|fields| Value::Object(fields.into_iter().collect())),
                (names(), hidden.clone(), inner.clone()).prop_map(|(name, secret, beside)| {
                    let mut fields = Map::new();
                    fields.insert("beside".to_owned(), beside);
                    fields.insert(name, secret);
                    Value::Object(fields)
                }),
                inner.prop_map(|value| json!({ "text": value.to_string() })),
            ]
        })
    }

    proptest! {
        #[test]
        fn whatever_json_comes_the_values_of_secret_names_never_survive(tree in trees()) {
            prop_assert!(!shown(&tree).contains("TOPSECRET"));
        }

        #[test]
        fn no_run_of_card_digits_survives_anywhere(
            before in "[a-z ]{0,8}", card in "[0-9]{12,19}", gap in prop::sample::select(vec!["", " ", "-", "."]),
            after in "[a-z ]{0,8}", number in any::<u64>(),
        ) {
            let written: Vec<String> = card.as_bytes().chunks(4)
                .map(|four| String::from_utf8_lossy(four).into_owned()).collect();
            let written = written.join(gap);
            let body = json!({"a": [format!("{before}{written}{after}"), {written.clone(): number}]});
            let shown = shown(&body);
            prop_assert!(!shown.contains(&written), "{shown}");
            let runs = shown.split(|c: char| !c.is_ascii_digit());
            prop_assert!(runs.map(str::len).all(|run| run < CARD_DIGITS), "{shown}");
        }

        #[test]
        fn any_bytes_can_be_masked(bytes in prop::collection::vec(any::<u8>(), 0..200), text in ".{0,80}") {
            json_line(&bytes);
            let masked = shown(&json!({ "text": text }));
            prop_assert!(serde_json::from_str::<Value>(&masked).is_ok());
        }
    }
}
