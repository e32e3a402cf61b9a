//! Signing in and out, and the two lists, as a POS over HTTP sees them.

use crate::pos::Rig;
use jiff::SignedDuration;
use reqwest::{Method, header};
use serde_json::json;

#[tokio::test]
async fn sign_in_takes_json_and_a_form() {
    let rig = Rig::new().await;
    let (status, answer) = rig.login("simulator-sample-password").await;
    assert_eq!(status, 200);
    assert_eq!(answer["access"]["expiresAt"], "2026-03-05T10:15:00.000+08:00");
    assert_eq!(answer["refresh"]["expiresAt"], "2026-03-06T00:00:00.000+08:00");
    let form = [
        ("posId", "simulatorPos1"),
        ("password", "simulator-sample-password"),
    ];
    let (status, answer) = crate::pos::read(
        rig.http
            .post(format!("{}/auth/login", rig.base))
            .form(&form)
            .send()
            .await
            .unwrap(),
    )
    .await;
    assert_eq!(status, 200);
    let token = answer["access"]["token"].as_str().unwrap();
    assert_eq!(rig.call(Method::GET, "/api/terminals", Some(token)).await.0, 200);
}

#[tokio::test]
async fn wrong_sign_ins_have_their_codes_and_lock_the_account() {
    let rig = Rig::new().await;
    let empty = rig
        .http
        .post(format!("{}/auth/login", rig.base))
        .json(&json!({}))
        .send()
        .await
        .unwrap();
    assert_eq!(crate::pos::read(empty).await.1["code"], 40031);
    for _ in 0..5 {
        assert_eq!(rig.login("wrong").await.1["code"], 40125);
    }
    let (status, answer) = rig.login("simulator-sample-password").await;
    assert_eq!((status.as_u16(), &answer["code"]), (429, &json!(42930)));
    rig.advance(SignedDuration::from_mins(15));
    assert_eq!(rig.login("simulator-sample-password").await.0, 200);
}

#[tokio::test]
async fn tokens_expire_are_refreshed_and_end_with_the_session() {
    let rig = Rig::new().await;
    let (_, pair) = rig.login("simulator-sample-password").await;
    let (access, refresh) = (
        pair["access"]["token"].as_str().unwrap(),
        pair["refresh"]["token"].as_str().unwrap(),
    );
    let list = |token| rig.call(Method::GET, "/api/terminals", token);
    assert_eq!(list(None).await.1["code"], 40124);
    assert_eq!(list(Some("made-up")).await.1["code"], 40120);
    assert_eq!(list(Some(refresh)).await.1["code"], 40120);
    rig.advance(SignedDuration::from_mins(15));
    let (status, answer) = list(Some(access)).await;
    assert_eq!((status.as_u16(), &answer["code"]), (401, &json!(40123)));
    assert_eq!(
        rig.call(Method::POST, "/auth/refresh", Some(access)).await.1["code"],
        40121
    );
    let (_, pair) = rig.call(Method::POST, "/auth/refresh", Some(refresh)).await;
    let access = pair["access"]["token"].as_str().unwrap();
    assert_eq!(list(Some(access)).await.0, 200);
    assert_eq!(rig.call(Method::POST, "/auth/logout", Some(access)).await.0, 200);
    assert_eq!(list(Some(access)).await.1["code"], 40120);
    assert_eq!(
        rig.call(Method::POST, "/auth/refresh", pair["refresh"]["token"].as_str())
            .await
            .1["code"],
        40121
    );
}

#[tokio::test]
async fn a_second_session_is_refused_only_where_sessions_are_exclusive() {
    let rig = Rig::with(|config| config.exclusive_sessions = true).await;
    let (status, answer) = rig.login("simulator-sample-password").await;
    assert_eq!((status.as_u16(), &answer["code"]), (403, &json!(40314)));
    rig.call(Method::POST, "/auth/logout", Some(&rig.token)).await;
    assert_eq!(rig.login("simulator-sample-password").await.0, 200);
    // What nobody signed out lapses at midnight of UTC+8.
    rig.advance(SignedDuration::from_hours(14));
    assert_eq!(rig.login("simulator-sample-password").await.0, 200);
}

#[tokio::test]
async fn the_rate_limit_says_when_to_come_back() {
    let rig = Rig::with(|config| config.rate_limit = true).await;
    // The harness's own sign-in was the first of the hundred.
    for _ in 1..cloudecr_simulator::RATE_LIMIT {
        assert_eq!(rig.get("/api/terminals").await.0, 200);
    }
    let url = format!("{}/api/terminals", rig.base);
    let refused = rig.http.get(&url).bearer_auth(&rig.token).send().await.unwrap();
    assert_eq!(refused.status(), 429);
    assert_eq!(refused.headers()[header::RETRY_AFTER], "900");
    assert_eq!(crate::pos::read(refused).await.1["error"], "rate_limit_exceeded");
}

#[tokio::test]
async fn terminals_and_wallets_are_listed() {
    let rig = Rig::with(|config| config.terminals[1].bound_to = Some("somebody else".to_owned())).await;
    let (_, terminals) = rig.get("/api/terminals").await;
    let expected = json!({"data": [{"terminalId": "VT-0001", "connected": true, "isVT": 1},
        {"terminalId": "TM-0003", "connected": true, "isVT": 0}]});
    assert_eq!(terminals, expected);
    assert_eq!(rig.get("/api/ewallet-channels").await.1["code"], 40028);
    let (_, wallets) = rig.get("/api/ewallet-channels?currency=MYR").await;
    let wallets = wallets["data"].as_array().unwrap();
    let status = |name: &str| &wallets.iter().find(|one| one["name"] == name).unwrap()["status"];
    assert_eq!((status("tng"), status("weChatPay")), (&json!(1), &json!(0)));
    let (_, wallets) = rig.get("/api/ewallet-channels?currency=SGD").await;
    assert_eq!(wallets["data"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn answers_carry_the_simulators_own_time() {
    let rig = Rig::new().await;
    let answer = rig
        .http
        .get(format!("{}/api/terminals", rig.base))
        .send()
        .await
        .unwrap();
    assert_eq!(answer.headers()[header::DATE], "Thu, 05 Mar 2026 02:00:00 GMT");
}
