//! The simulator signs and checks by the published vectors, in both directions and over HTTP: it must not agree with
//! its client on a rule of their own.

use crate::pos::Rig;
use cloudecr::{SecretKey, signature};
use serde_json::{Value, json};

fn vectors() -> Vec<Value> {
    let file: Value = serde_json::from_str(include_str!("signature-vectors.json")).unwrap();
    file["vectors"].as_array().unwrap().clone()
}

#[test]
fn every_vector_is_signed_and_verified() {
    let vectors = vectors();
    assert!(vectors.len() > 2);
    for vector in vectors {
        let name = vector["name"].as_str().unwrap();
        let key = SecretKey::from_string(vector["key"].as_str().unwrap().to_owned());
        let mut body = vector["body"].clone();
        assert_eq!(signature::sign(&key, &body), vector["signature"], "{name}");
        body["signature"] = vector["signature"].clone();
        assert!(signature::verify(&key, &body), "{name}");
    }
}

/// The published request, sent as it stands: the gateway of its time and merchant takes it.
#[tokio::test]
async fn the_published_request_passes_the_check_of_a_running_simulator() {
    let vector = vectors()
        .into_iter()
        .find(|vector| vector["name"] == "published request")
        .unwrap();
    let rig = Rig::with(|config| {
        config.merchant_id = "fiuuMerch1".to_owned();
        config.secret_key = vector["key"].as_str().unwrap().to_owned();
        config.accounts[0].pos_id = "fiuuPos1".to_owned();
        config.accounts[0].password = "simulator-sample-password".to_owned();
        config.terminals[0].id = "fiuuDeviceId1".to_owned();
        // The account that the harness signs in with; the request below has a sign-in of its own.
        let other = cloudecr_simulator::PosAccount {
            pos_id: "simulatorPos1".to_owned(),
            password: "simulator-sample-password".to_owned(),
        };
        config.accounts.push(other);
    })
    .await;
    rig.advance(
        "2025-01-15T08:20:00Z"
            .parse::<jiff::Timestamp>()
            .unwrap()
            .duration_since(rig_start()),
    );
    let login = json!({"posId": "fiuuPos1", "password": "simulator-sample-password"});
    let answer = rig
        .http
        .post(format!("{}/auth/login", rig.base))
        .json(&login)
        .send()
        .await
        .unwrap();
    let token = crate::pos::read(answer).await.1["access"]["token"]
        .as_str()
        .unwrap()
        .to_owned();
    let mut body = vector["body"].clone();
    body["signature"] = vector["signature"].clone();
    let send = rig
        .http
        .post(format!("{}/api/transfer", rig.base))
        .bearer_auth(token)
        .json(&body)
        .send();
    let (status, answer) = crate::pos::read(send.await.unwrap()).await;
    assert_eq!(status, 200, "{answer}");
    assert_eq!(answer["statusCode"], "00");
    let key = SecretKey::from_string(vector["key"].as_str().unwrap().to_owned());
    assert!(signature::verify(&key, &answer));
}

fn rig_start() -> jiff::Timestamp {
    "2026-03-05T02:00:00Z".parse().unwrap()
}
