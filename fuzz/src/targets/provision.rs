//! The file that a till is rolled out from. It is taken whole or every mistake is told, never what a secret is; and what was
//! taken can open a shop: an account at a gateway that may be talked to, a manager, names without what cannot be seen.

use cloudecr::Gateway;
use secrecy::ExposeSecret;
use serde_json::Value;
use till::{Currency, Mistake, ProvisionFile, Role};

use crate::slow;

/// Reads a file.
pub fn check(input: &[u8]) {
    let text = str::from_utf8(input).unwrap_or_default();
    let json = serde_json::from_str::<Value>(text.trim_start_matches('\u{feff}')).unwrap_or_default();
    match ProvisionFile::parse(input) {
        Ok(file) => opens_a_shop(&file, &json),
        Err(mistakes) => silent(&mistakes, &json),
    }
}

fn opens_a_shop(file: &ProvisionFile, json: &Value) {
    let gateway = file.connection.gateway.as_str();
    assert!(
        ["production", "fiuu-sandbox"].contains(&gateway) || Gateway::at(gateway).is_ok(),
        "{gateway}"
    );
    // A secret is kept to the letter, blanks and all.
    for (secret, place) in [(&file.password, "/password"), (&file.secret_key, "/secretKey")] {
        assert!(!secret.expose_secret().is_empty());
        assert_eq!(slow::field(json, place).as_deref(), Some(secret.expose_secret()));
    }
    assert!(
        file.staff.iter().any(|entry| entry.role == Role::Manager),
        "nobody can manage it"
    );
    assert!(file.store.currency.parse::<Currency>().is_ok());
    let texts = [
        (&file.connection.pos_id, "/posId"),
        (&file.connection.merchant_id, "/merchantId"),
        (&file.terminal, "/terminal"),
        (&file.store.name, "/store/name"),
    ];
    for (text, place) in texts {
        assert_eq!(
            slow::field(json, place)
                .map(|text| text.trim().to_owned())
                .as_ref(),
            Some(text)
        );
    }
    let names = file.staff.iter().map(|entry| &entry.name);
    for text in texts.map(|(text, _)| text).into_iter().chain(names) {
        assert!(!text.is_empty() && text.trim() == text, "{text:?}");
        assert!(!text.chars().any(char::is_control), "{text:?}");
    }
}

/// Mistakes have words, and no secret is among them.
fn silent(mistakes: &[Mistake], json: &Value) {
    assert!(!mistakes.is_empty(), "refused without a word");
    let pins = json
        .pointer("/staff")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    let pins = pins.filter_map(|entry| slow::field(entry, "/pin"));
    let secrets = ["/password", "/secretKey"]
        .into_iter()
        .filter_map(|place| slow::field(json, place));
    let secrets: Vec<String> = secrets.chain(pins).filter(|secret| is_telling(secret)).collect();
    for mistake in mistakes {
        assert!(!mistake.what.trim().is_empty(), "{mistake:?}");
        for secret in &secrets {
            assert!(!mistake.what.contains(secret.as_str()), "{mistake}");
        }
    }
}

/// Whether a secret can only be in a text because somebody put it there: no word that the texts have themselves.
fn is_telling(secret: &str) -> bool {
    secret.len() >= 12
        && secret.chars().all(char::is_alphanumeric)
        && secret.chars().any(|c| c.is_ascii_digit())
        && secret.chars().any(char::is_alphabetic)
}

/// A file as it should be, and the same with one mistake each.
#[must_use]
pub fn seeds() -> Vec<Vec<u8>> {
    let good = r#"{"gateway":"fiuu-sandbox","posId":"fiuuPos1","password":" pass w0rd0123456 ","merchantId":"fiuuMerch1",
 "secretKey":"75DC529B942513DFA77F43EC3451F137","terminal":"VT-0001",
 "store":{"name":"Kedai Kopi","header":["1 Jalan Tun Razak"],"currency":"MYR"},
 "staff":[{"name":"Aina","role":"manager","pin":"4821"},{"name":"Ravi","role":"cashier","pin":"7305"}]}"#;
    let mut seeds = vec![
        good.as_bytes().to_vec(),
        format!("\u{feff}{}", good.replace('\n', "\r\n")).into_bytes(),
    ];
    for (from, to) in [
        ("\"fiuu-sandbox\"", "\"https://ecr.example.my/path\""),
        ("\"fiuu-sandbox\"", "\"http://ecr.example.my\""),
        ("\"fiuu-sandbox\"", "\"http://127.0.0.1:8080\""),
        ("\"fiuuPos1\"", "7"),
        ("\"VT-0001\"", "\"  \""),
        ("\"Kedai Kopi\"", "\"Kedai\\nKopi\""),
        ("\"MYR\"", "\"myr\""),
        ("\"manager\"", "\"owner\""),
        ("\"4821\"", "4821"),
        ("\"4821\"", "\"0000abcd1234efgh\""),
        ("\"Ravi\"", "\"Aina\""),
        ("\"staff\":[", "\"staf\":["),
        (",\n \"secretKey\"", " \"secretKey\""),
        (
            "\"75DC529B942513DFA77F43EC3451F137\"",
            "[\"75DC529B942513DFA77F43EC3451F137\"]",
        ),
    ] {
        seeds.push(good.replacen(from, to, 1).into_bytes());
    }
    seeds.extend(["", "{}", "[]", "null"].map(|text| text.as_bytes().to_vec()));
    seeds
}
