//! The simulator against the protocol, rule by rule: each test's name is the rule, and each speaks plain HTTP, as
//! anybody's client would. The clock is the test's own.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod answers;
mod binding;
mod error_codes;
mod fields;
mod kinds;
mod limits;
mod lists;
#[path = "../http/pos.rs"]
mod pos;
mod response_codes;
mod sessions;
mod signing;
mod spellings;
mod wire;

use cloudecr_simulator::{Config, PosAccount};
use pos::Rig;
use serde_json::{Value, json};

/// The password of every account here.
const PASSWORD: &str = "simulator-sample-password";

/// A second account of the same merchant.
fn second_account(config: &mut Config) {
    config.accounts.push(PosAccount {
        pos_id: "simulatorPos2".to_owned(),
        password: PASSWORD.to_owned(),
    });
}

/// Signs any account in: its access token and its refresh token, or the code of the refusal.
async fn sign_in(rig: &Rig, pos_id: &str, password: &str) -> Result<(String, String), u64> {
    let body = json!({"posId": pos_id, "password": password});
    let url = format!("{}/auth/login", rig.base);
    let (_, answer) = pos::read(rig.http.post(url).json(&body).send().await.unwrap()).await;
    tokens(&answer).ok_or_else(|| answer["code"].as_u64().unwrap())
}

/// The two tokens of an answer.
fn tokens(answer: &Value) -> Option<(String, String)> {
    let token = |kind: &str| answer[kind]["token"].as_str().map(str::to_owned);
    Some((token("access")?, token("refresh")?))
}
