//! An answer that comes unasked, from whoever found the port: taken only with the merchant's signature and about this POS,
//! and then it says of the customer's money what it would have said as a direct answer, no more.

use std::sync::LazyLock;

use cloudecr::callback::CallbackRefusal;
use cloudecr::{Client, Credentials, Gateway, SecretKey, judge};
use serde_json::Value;

use super::answers::{self, Signer};
use super::{pick, seed, split};
use crate::messages::{self, KEY, POS};
use crate::slow;

/// A till's client; it never talks to anybody here.
static CLIENT: LazyLock<Option<Client>> = LazyLock::new(|| {
    let credentials = Credentials {
        pos_id: POS.to_owned(),
        password: String::new().into(),
        merchant_id: "fiuuMerch1".to_owned(),
        secret_key: SecretKey::from_string(KEY.to_owned()),
    };
    let gateway = Gateway::at("http://127.0.0.1:1").ok()?;
    Client::builder(gateway, credentials).build().ok()
});

/// Takes a body in; the first bytes are the request it may be about and who signs it.
pub fn check(input: &[u8]) {
    let Some(([kind, signer], body)) = split(input) else {
        return;
    };
    let asked = messages::asked(kind);
    let signer = pick(&[Signer::Nobody, Signer::Us, Signer::Us, Signer::Another], signer);
    let body = answers::sign(body, signer);
    let json = serde_json::from_slice::<Value>(&body).unwrap_or_default();
    let is_ours = slow::verifies(KEY, &json);
    match CLIENT.as_ref().map(|client| client.callback(&body)) {
        None => panic!("there is no client"),
        Some(Ok(callback)) => {
            assert!(is_ours, "taken without a signature: {json}");
            assert_eq!(slow::field(&json, "/posId").as_deref(), Some(POS));
            assert_eq!(callback.body().as_bytes(), body);
            answers::hold(&asked, 200, &json, &judge(&asked, &callback.exchange()));
        }
        Some(Err(CallbackRefusal::Signature)) => assert!(!is_ours, "a good signature was refused: {json}"),
        Some(Err(CallbackRefusal::OtherPos)) => {
            assert!(is_ours, "a stranger hears whose key it is: {json}");
            assert_ne!(slow::field(&json, "/posId").as_deref(), Some(POS));
        }
        Some(Err(refusal)) => assert_eq!(refusal, CallbackRefusal::Malformed),
    }
}

/// Every outcome, signed rightly, wrongly and not at all.
#[must_use]
pub fn seeds() -> Vec<Vec<u8>> {
    let mut seeds: Vec<Vec<u8>> = messages::answers()
        .into_iter()
        .map(|(kind, answer)| seed(&[b'0' + kind, b'A'], answer.to_string()))
        .collect();
    let whole = messages::signed(messages::fitting(0, "00", "00"));
    for signer in [b'@', b'A', b'C'] {
        seeds.push(seed(&[b'0', signer], &whole));
    }
    for body in messages::RESPONSES
        .into_iter()
        .chain(["", "[]", "{}", r#"{"code":42211}"#])
    {
        seeds.push(seed(b"0@", body));
        seeds.push(seed(b"0A", body));
    }
    seeds
}
