//! Second opinions: the rules of the protocol once more, written for being plainly right rather than fast, and sharing
//! no code with the crates that they are held against.

use ring::hmac;
use serde_json::Value;

/// What is signed (the protocol's section "Signature"): every value but the signature itself, as JavaScript writes it,
/// smallest first by UTF-16 units, joined.
#[must_use]
pub fn message(body: &Value) -> String {
    let mut rest: Vec<&Value> = match body {
        Value::Object(fields) => fields
            .iter()
            .filter(|(name, _)| name.as_str() != "signature")
            .map(|(_, value)| value)
            .collect(),
        other => vec![other],
    };
    let mut units: Vec<Vec<u16>> = Vec::new();
    while let Some(value) = rest.pop() {
        match value {
            Value::Array(items) => rest.extend(items),
            Value::Object(fields) => rest.extend(fields.values()),
            scalar => units.push(text(scalar).unwrap_or_default().encode_utf16().collect()),
        }
    }
    let mut joined = Vec::new();
    while let Some(least) = (0..units.len()).min_by(|&a, &b| units[a].cmp(&units[b])) {
        joined.append(&mut units.swap_remove(least));
    }
    String::from_utf16_lossy(&joined)
}

/// The signature of `body` with `key`, lower-case hex.
#[must_use]
pub fn sign(key: &str, body: &Value) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, key.as_bytes());
    let tag = hmac::sign(&key, message(body).as_bytes());
    tag.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whether `body` carries the signature that `key` gives it, whatever its case and the blanks around it.
#[must_use]
pub fn verifies(key: &str, body: &Value) -> bool {
    match body.get("signature") {
        Some(Value::String(given)) => given.trim().to_ascii_lowercase() == sign(key, body),
        _ => false,
    }
}

/// A scalar as JavaScript's `String(value)` writes it; nothing for null, an object or an array.
#[must_use]
pub fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(true) => Some("true".to_owned()),
        Value::Bool(false) => Some("false".to_owned()),
        // Read again from its own text: JavaScript knows only doubles.
        Value::Number(number) => number.to_string().parse().ok().map(double),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// The text of the value at a place (`/transData/transId`), where there is one that is not empty.
#[must_use]
pub fn field(body: &Value, place: &str) -> Option<String> {
    body.pointer(place).and_then(text).filter(|text| !text.is_empty())
}

/// A double by ECMAScript's `Number::toString`: digits `s`, of which `point` stand before the point.
fn double(number: f64) -> String {
    // Rust, too, finds the shortest digits that read back as the same double.
    let written = format!("{number:e}");
    let (mantissa, exponent) = written.split_once('e').unwrap_or((&written, "0"));
    let (sign, mantissa) = match mantissa.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", mantissa),
    };
    let s: Vec<char> = mantissa.chars().filter(char::is_ascii_digit).collect();
    if s == ['0'] {
        return "0".to_owned();
    }
    let point = exponent.parse::<isize>().unwrap_or_default() + 1;
    let digit = |place: isize| {
        usize::try_from(place)
            .ok()
            .and_then(|place| s.get(place))
            .copied()
    };
    let mut out = sign.to_owned();
    if (-5..=21).contains(&point) {
        // Plain: every place from the first digit, or the unit, to the last digit, or the unit.
        let last = isize::try_from(s.len()).unwrap_or(isize::MAX).max(point);
        for place in point.min(1) - 1..last {
            if place == point {
                out.push('.');
            }
            out.push(digit(place).unwrap_or('0'));
        }
    } else {
        out.push(s[0]);
        if s.len() > 1 {
            out.push('.');
            out.extend(&s[1..]);
        }
        out.push_str(if point > 0 { "e+" } else { "e-" });
        out.push_str(&(point - 1).unsigned_abs().to_string());
    }
    out
}

/// An amount of an answer in hundredths: digits, and at most two decimals behind a point.
#[must_use]
pub fn hundredths(text: &str) -> Option<u128> {
    let text = text.trim();
    let (units, decimals) = match text.split_once('.') {
        Some((units, decimals)) if (1..=2).contains(&decimals.len()) => (units, format!("{decimals:0<2}")),
        Some(_) => return None,
        None => (text, "00".to_owned()),
    };
    let digits = format!("{units}{decimals}");
    if units.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    digits.parse().ok()
}
