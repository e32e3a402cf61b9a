//! What was published and what is embedded: signature vectors, sample messages and code tables.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use cloudecr::codes::{self, ChannelKind, Money, ResponseMoney};
use cloudecr::{SecretKey, TransferRequest, TransferResponse, signature};
use serde_json::Value;

fn read(path: &str) -> Value {
    let text = std::fs::read_to_string(format!("{}/{path}", env!("CARGO_MANIFEST_DIR"))).expect(path);
    serde_json::from_str(&text).expect(path)
}

#[test]
fn every_signature_vector_gives_its_message_and_its_signature() {
    let file = read("tests/vectors/signature-vectors.json");
    let vectors = file["vectors"].as_array().expect("vectors");
    assert!(vectors.len() >= 10);
    for vector in vectors {
        let name = &vector["name"];
        let key = SecretKey::from_string(vector["key"].as_str().expect("key").to_owned());
        let mut body = vector["body"].clone();
        assert_eq!(
            signature::message(&body),
            vector["message"].as_str().expect("message"),
            "{name}"
        );
        assert_eq!(
            signature::sign(&key, &body),
            vector["signature"].as_str().expect("signature"),
            "{name}"
        );
        if body.get("signature").is_some() {
            assert!(signature::verify(&key, &body), "{name} as published");
        }
        body["signature"] = format!(
            " {}\n",
            vector["signature"].as_str().expect("text").to_uppercase()
        )
        .into();
        assert!(signature::verify(&key, &body), "{name}, upper case with blanks");
    }
}

#[test]
fn every_sample_parses_and_keeps_every_field() {
    let folder = format!("{}/tests/samples", env!("CARGO_MANIFEST_DIR"));
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).expect("samples") {
        let name = entry.expect("entry").file_name().into_string().expect("UTF-8");
        let sample = read(&format!("tests/samples/{name}"));
        let again = if name.ends_with("-request.json") {
            let request: TransferRequest = serde_json::from_value(sample.clone()).expect(&name);
            serde_json::to_value(request).expect(&name)
        } else {
            let response: TransferResponse = serde_json::from_value(sample.clone()).expect(&name);
            assert!(
                response.extra.is_empty() && response.trans_data.extra.is_empty(),
                "{name}: unknown field"
            );
            assert_eq!(response.status_code.as_deref(), Some("00"), "{name}");
            serde_json::to_value(response).expect(&name)
        };
        assert_eq!(again, sample, "{name}");
        seen += 1;
    }
    assert_eq!(seen, 10);
}

#[test]
fn the_error_table_is_complete() {
    let file = read("tables/error-codes.json");
    let rows = file["codes"].as_array().expect("codes");
    assert_eq!(codes::errors().len(), rows.len());
    for row in rows {
        let code = u32::try_from(row["code"].as_u64().expect("code")).expect("fits");
        let found = codes::error(code).expect("listed");
        assert_eq!(
            u64::from(found.http),
            row["http"].as_u64().expect("http"),
            "{code}"
        );
        assert_eq!(found.name, row["name"], "{code}");
        assert_eq!(found.meaning, row["meaning"], "{code}");
        assert_eq!(found.next, row["next"], "{code}");
        let money = match found.money {
            Money::NotActedOn => "none",
            Money::Declined => "declined",
            Money::Check => "check",
            Money::Unknown => "unknown",
            Money::NotApplicable => "n/a",
        };
        assert_eq!(money, row["money"], "{code}");
        assert!(
            code.to_string().starts_with(&found.http.to_string()),
            "{code}: status and code disagree"
        );
    }
    assert!(codes::error(49999).is_none());
}

#[test]
fn the_response_tables_are_complete() {
    let file = read("tables/response-codes.json");
    for (kind, name) in [(ChannelKind::Card, "card"), (ChannelKind::Wallet, "wallet")] {
        let rows = file[name].as_array().expect("rows");
        assert_eq!(codes::responses(kind).len(), rows.len());
        for row in rows {
            let found = codes::response(kind, row["code"].as_str().expect("code")).expect("listed");
            assert_eq!(found.meaning, row["meaning"]);
            let money = match found.money {
                ResponseMoney::Approved => "approved",
                ResponseMoney::Declined => "declined",
                ResponseMoney::Check => "check",
            };
            assert_eq!(money, row["money"], "{name} {}", found.code);
        }
    }
    assert!(codes::response(ChannelKind::Card, "1002").is_none());
}
