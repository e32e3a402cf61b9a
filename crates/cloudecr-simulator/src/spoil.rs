//! Answers that are not what they should be, made from the one that was right.

use serde_json::{Map, Value, json};

use crate::{manner::Manner, signer::Signer, spelling::as_numbers};

/// The answer as this manner has it; one that does not concern what an answer says leaves it as it is. What is
/// changed is signed anew, since the fault is the gateway's own then, unless the signature is the fault.
pub(crate) fn alter(signer: Signer<'_>, mut answer: Value, manner: &Manner) -> Value {
    let Some(fields) = answer.as_object_mut() else {
        return answer;
    };
    match manner {
        Manner::WrongSignature => {
            spoil_signature(fields);
            return answer;
        }
        Manner::MissingSignature => {
            fields.remove("signature");
            return answer;
        }
        Manner::WrongTypes => {
            let data = particulars(fields);
            fields.insert("transData".to_owned(), Value::String(data.to_string()));
            let status = fields.get("statusCode").cloned();
            fields.insert("statusCode".to_owned(), json!({"code": status}));
        }
        Manner::OtherReference => put(fields, "referenceId", "ANOTHER-REFERENCE-01"),
        Manner::OtherTerminal => put(fields, "deviceId", "VT-9999"),
        Manner::OtherPos => put(fields, "posId", "anotherTill"),
        Manner::OtherType => {
            let other = if text(fields, "transType") == "void" {
                "sale"
            } else {
                "void"
            };
            put(fields, "transType", other);
        }
        Manner::UnknownStatus => put(fields, "statusCode", "77"),
        Manner::OtherStatus => {
            let other = if text(fields, "statusCode") == "00" {
                "11"
            } else {
                "00"
            };
            put(fields, "statusCode", other);
        }
        Manner::OtherResponseCode => {
            let other = if text(fields, "responseCode") == "00" {
                "51"
            } else {
                "00"
            };
            put(fields, "responseCode", other);
        }
        Manner::OtherAmount => in_data(fields, |data| {
            let amount = text(data, "transAmt");
            // One digit more in front is another amount, unless there is no room for it.
            let other = if amount.len() < 12 {
                format!("1{amount}")
            } else {
                "1.00".to_owned()
            };
            put(data, "transAmt", &other);
        }),
        Manner::OtherCurrency => in_data(fields, |data| {
            let other = if text(data, "currency") == "USD" {
                "EUR"
            } else {
                "USD"
            };
            put(data, "currency", other);
        }),
        Manner::OtherTransId => in_data(fields, |data| {
            let number: u64 = text(data, "transId").parse().unwrap_or_default();
            let other = (number + 5_000_000_000) % 10_000_000_000;
            put(data, "transId", &other.to_string());
        }),
        Manner::MissingTransId => in_data(fields, |data| {
            data.remove("transId");
        }),
        Manner::Numbers => {
            const NAMES: [&str; 5] = ["statusCode", "responseCode", "transId", "transAmt", "cashAmt"];
            as_numbers(fields, &NAMES);
            in_data(fields, |data| as_numbers(data, &NAMES));
        }
        Manner::Change(change) => merge(fields, change),
        Manner::Reset
        | Manner::ResetBeforeRead
        | Manner::ResetAfterHeaders
        | Manner::ResetMidBody
        | Manner::Stall
        | Manner::Late { .. }
        | Manner::Restart
        | Manner::SessionEnded
        | Manner::Empty
        | Manner::Truncated
        | Manner::Text
        | Manner::Html { .. }
        | Manner::Json { .. }
        | Manner::DeeplyNested
        | Manner::Huge
        | Manner::Redirect
        | Manner::Error { .. }
        | Manner::PlainWord { .. }
        | Manner::Replay => return answer,
    }
    sign(signer, answer)
}

/// The answer with its signature, in place of any that it had.
pub(crate) fn sign(signer: Signer<'_>, mut answer: Value) -> Value {
    let signature = signer.sign(&answer);
    if let Some(fields) = answer.as_object_mut() {
        fields.insert("signature".to_owned(), Value::String(signature));
    }
    answer
}

/// Another hexadecimal digit in front: still 64 of them, and not the right ones.
fn spoil_signature(fields: &mut Map<String, Value>) {
    let right = text(fields, "signature").to_owned();
    let first = if right.starts_with('0') { '1' } else { '0' };
    let wrong = right
        .chars()
        .skip(1)
        .fold(String::from(first), |mut wrong, digit| {
            wrong.push(digit);
            wrong
        });
    put(fields, "signature", &wrong);
}

fn text<'a>(fields: &'a Map<String, Value>, name: &str) -> &'a str {
    fields.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn put(fields: &mut Map<String, Value>, name: &str, value: &str) {
    fields.insert(name.to_owned(), Value::String(value.to_owned()));
}

fn particulars(fields: &Map<String, Value>) -> Value {
    fields
        .get("transData")
        .cloned()
        .unwrap_or_else(|| Value::Object(Map::new()))
}

fn in_data(fields: &mut Map<String, Value>, change: impl FnOnce(&mut Map<String, Value>)) {
    if let Some(Value::Object(data)) = fields.get_mut("transData") {
        change(data);
    }
}

/// Objects are merged, `null` takes a field out, anything else takes the field's place.
pub(crate) fn merge(fields: &mut Map<String, Value>, change: &Map<String, Value>) {
    for (name, value) in change {
        match (fields.get_mut(name), value) {
            (_, Value::Null) => {
                fields.remove(name);
            }
            (Some(Value::Object(fields)), Value::Object(change)) => merge(fields, change),
            (_, value) => {
                fields.insert(name.clone(), value.clone());
            }
        }
    }
}
