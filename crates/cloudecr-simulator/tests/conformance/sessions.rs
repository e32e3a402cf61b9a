//! "Endpoints" and "Tokens": signing in, staying in, getting out.

use crate::{PASSWORD, pos, pos::Rig, second_account, sign_in, tokens};
use cloudecr_simulator::{AccountStatus, Clock};
use jiff::{SignedDuration, Timestamp};
use reqwest::Method;
use serde_json::{Value, json};

const ACCOUNT: &str = "simulatorPos1";

async fn list(rig: &Rig, token: Option<&str>) -> (u16, Value) {
    let (status, answer) = rig.call(Method::GET, "/api/terminals", token).await;
    (status.as_u16(), answer["code"].clone())
}

async fn refresh(rig: &Rig, token: Option<&str>) -> (u16, Value) {
    let (status, answer) = rig.call(Method::POST, "/auth/refresh", token).await;
    (status.as_u16(), answer)
}

fn end(answer: &Value, kind: &str) -> Timestamp {
    answer[kind]["expiresAt"].as_str().unwrap().parse().unwrap()
}

/// A rig whose gateway's clock shows this time of 5 March 2026, UTC+8.
async fn rig_at(local: &str) -> Rig {
    let rig = Rig::new().await;
    let then: Timestamp = format!("2026-03-05T{local}+08:00").parse().unwrap();
    rig.advance(then.duration_since(rig.clock.now()));
    rig
}

#[tokio::test]
async fn login_takes_pos_id_and_password_as_json() {
    let rig = Rig::new().await;
    let (access, _) = sign_in(&rig, ACCOUNT, PASSWORD).await.unwrap();
    assert_eq!(list(&rig, Some(&access)).await.0, 200);
}

#[tokio::test]
async fn login_takes_the_same_two_as_a_form() {
    let password = "p ä+&=%ss";
    let rig = Rig::with(|config| {
        second_account(config);
        config.accounts[1].password = password.to_owned();
    })
    .await;
    let form = [("posId", "simulatorPos2"), ("password", password)];
    let url = format!("{}/auth/login", rig.base);
    let (status, answer) = pos::read(rig.http.post(url).form(&form).send().await.unwrap()).await;
    assert_eq!(status, 200);
    assert!(tokens(&answer).is_some());
}

#[tokio::test]
async fn login_answers_times_in_iso_8601_with_milliseconds_and_offset() {
    let rig = Rig::new().await;
    let (_, answer) = rig.login(PASSWORD).await;
    for (kind, expected) in [
        ("access", "2026-03-05T10:15:00.000+08:00"),
        ("refresh", "2026-03-06T00:00:00.000+08:00"),
    ] {
        assert_eq!(answer[kind]["expiresAt"], expected);
        assert!(answer[kind]["token"].as_str().unwrap().len() >= 32);
    }
}

#[tokio::test]
async fn refresh_takes_the_refresh_token_as_bearer_without_a_body_and_answers_as_login() {
    let rig = Rig::new().await;
    let (_, old) = sign_in(&rig, ACCOUNT, PASSWORD).await.unwrap();
    let (status, answer) = refresh(&rig, Some(&old)).await;
    assert_eq!(status, 200);
    let (access, new) = tokens(&answer).unwrap();
    assert_eq!(list(&rig, Some(&access)).await.0, 200);
    assert_eq!(refresh(&rig, Some(&new)).await.0, 200);
}

#[tokio::test]
async fn logout_takes_the_access_token_and_any_2xx_is_done() {
    let rig = Rig::new().await;
    let (access, refresh_token) = sign_in(&rig, ACCOUNT, PASSWORD).await.unwrap();
    let logout = |token| rig.call(Method::POST, "/auth/logout", token);
    assert_eq!(logout(None).await.1["code"], 40124);
    assert!(logout(Some(&access)).await.0.is_success());
    assert_eq!(list(&rig, Some(&access)).await, (401, json!(40120)));
    assert_eq!(refresh(&rig, Some(&refresh_token)).await.1["code"], 40121);
}

#[tokio::test]
async fn the_access_token_lives_15_minutes_or_until_midnight_of_the_gateways_day_whichever_is_first() {
    for (now, lives) in [
        ("10:00:00", SignedDuration::from_mins(15)),
        ("23:44:59", SignedDuration::from_mins(15)),
        ("23:50:00", SignedDuration::from_mins(10)),
        ("23:59:59", SignedDuration::from_secs(1)),
    ] {
        let rig = rig_at(now).await;
        let (_, answer) = rig.login(PASSWORD).await;
        let (access, _) = tokens(&answer).unwrap();
        assert_eq!(
            end(&answer, "access").duration_since(rig.clock.now()),
            lives,
            "{now}"
        );
        rig.advance(lives - SignedDuration::from_millis(1));
        assert_eq!(list(&rig, Some(&access)).await.0, 200, "{now}");
        rig.advance(SignedDuration::from_millis(1));
        assert_eq!(list(&rig, Some(&access)).await, (401, json!(40123)), "{now}");
    }
}

#[tokio::test]
async fn the_refresh_token_lives_until_midnight() {
    for (now, lives) in [("00:00:00", 24 * 60), ("10:00:00", 14 * 60), ("23:59:00", 1)] {
        let rig = rig_at(now).await;
        let (_, answer) = rig.login(PASSWORD).await;
        let lives = SignedDuration::from_mins(lives);
        assert_eq!(
            end(&answer, "refresh").duration_since(rig.clock.now()),
            lives,
            "{now}"
        );
        let (_, token) = tokens(&answer).unwrap();
        rig.advance(lives - SignedDuration::from_millis(1));
        let (status, again) = refresh(&rig, Some(&token)).await;
        assert_eq!(status, 200, "{now}");
        // What a refresh gives ends at the same midnight.
        assert_eq!(end(&again, "refresh"), end(&answer, "refresh"));
        assert_eq!(end(&again, "access"), end(&answer, "refresh"));
        rig.advance(SignedDuration::from_millis(1));
        let (_, dead) = tokens(&again).unwrap();
        assert_eq!(refresh(&rig, Some(&dead)).await.1["code"], 40122, "{now}");
    }
}

#[tokio::test]
async fn an_expired_access_token_gives_401_with_40123_and_the_pos_then_refreshes() {
    let rig = Rig::new().await;
    let (access, refresh_token) = sign_in(&rig, ACCOUNT, PASSWORD).await.unwrap();
    rig.advance(SignedDuration::from_mins(15));
    assert_eq!(list(&rig, Some(&access)).await, (401, json!(40123)));
    // In a transfer it comes before anything else, and the reference stays unused.
    let mut body = rig.sale("VT-0001");
    body["datetime"] = json!("20260305021500");
    rig.refused(&body, 40123).await;
    let (_, answer) = refresh(&rig, Some(&refresh_token)).await;
    let mut rig = rig;
    rig.token = tokens(&answer).unwrap().0;
    assert_eq!(rig.transfer(&body).await.1["statusCode"], "00");
}

#[tokio::test]
async fn a_dead_refresh_token_gives_40121_or_40122_and_the_pos_logs_in_again() {
    let rig = Rig::new().await;
    let (access, token) = sign_in(&rig, ACCOUNT, PASSWORD).await.unwrap();
    for bad in [None, Some("made-up"), Some(access.as_str())] {
        let (status, answer) = refresh(&rig, bad).await;
        assert_eq!((status, &answer["code"]), (401, &json!(40121)));
    }
    // Used once, it is revoked.
    refresh(&rig, Some(&token)).await;
    assert_eq!(refresh(&rig, Some(&token)).await.1["code"], 40121);
    let (_, token) = sign_in(&rig, ACCOUNT, PASSWORD).await.unwrap();
    rig.advance(SignedDuration::from_hours(14));
    assert_eq!(refresh(&rig, Some(&token)).await.1["code"], 40122);
    assert!(sign_in(&rig, ACCOUNT, PASSWORD).await.is_ok());
}

#[tokio::test]
async fn without_a_bearer_token_a_call_gives_40124_and_with_a_wrong_one_40120() {
    let rig = Rig::new().await;
    let (_, refresh_token) = sign_in(&rig, ACCOUNT, PASSWORD).await.unwrap();
    for path in [
        "/api/terminals",
        "/api/ewallet-channels?currency=MYR",
        "/api/bind-terminal-key",
        "/api/prebind-terminals",
    ] {
        for (token, code) in [
            (None, 40124),
            (Some("made-up"), 40120),
            (Some(refresh_token.as_str()), 40120),
        ] {
            let (status, answer) = rig.call(Method::GET, path, token).await;
            assert_eq!((status.as_u16(), &answer["code"]), (401, &json!(code)), "{path}");
        }
    }
}

#[tokio::test]
async fn another_open_session_of_the_same_account_gives_40314_until_it_is_logged_out() {
    let rig = Rig::with(|config| {
        config.exclusive_sessions = true;
        second_account(config);
    })
    .await;
    assert_eq!(sign_in(&rig, ACCOUNT, PASSWORD).await, Err(40314));
    // Another account of the merchant is not concerned, and a session that is open can be resumed.
    assert!(sign_in(&rig, "simulatorPos2", PASSWORD).await.is_ok());
    assert_eq!(rig.get("/api/terminals").await.0, 200);
    rig.call(Method::POST, "/auth/logout", Some(&rig.token)).await;
    assert!(sign_in(&rig, ACCOUNT, PASSWORD).await.is_ok());
    assert_eq!(sign_in(&rig, ACCOUNT, PASSWORD).await, Err(40314));
    // What nobody signs out lapses at midnight.
    rig.advance(SignedDuration::from_hours(14));
    assert!(sign_in(&rig, ACCOUNT, PASSWORD).await.is_ok());
}

#[tokio::test]
async fn after_failed_logins_42930_locks_the_account_out_for_a_while() {
    let rig = Rig::with(second_account).await;
    for _ in 0..5 {
        assert_eq!(sign_in(&rig, ACCOUNT, "wrong").await, Err(40125));
    }
    assert_eq!(sign_in(&rig, ACCOUNT, PASSWORD).await, Err(42930));
    assert!(sign_in(&rig, "simulatorPos2", PASSWORD).await.is_ok());
    // Who is signed in already stays so.
    assert_eq!(rig.get("/api/terminals").await.0, 200);
    rig.advance(SignedDuration::from_mins(15));
    assert!(sign_in(&rig, ACCOUNT, PASSWORD).await.is_ok());
}

#[tokio::test]
async fn an_account_that_is_pending_suspended_or_deleted_gives_40311_40312_or_40313() {
    for (status, code) in [
        (AccountStatus::Pending, 40311),
        (AccountStatus::Suspended, 40312),
        (AccountStatus::Deleted, 40313),
    ] {
        let rig = Rig::with(|config| {
            second_account(config);
            config.account_statuses.insert("simulatorPos2".to_owned(), status);
        })
        .await;
        assert_eq!(sign_in(&rig, "simulatorPos2", PASSWORD).await, Err(code));
        assert_eq!(sign_in(&rig, "simulatorPos2", "wrong").await, Err(40125));
        // And while it is signed in.
        let (_, token) = sign_in(&rig, ACCOUNT, PASSWORD).await.unwrap();
        let path = format!("accounts/{ACCOUNT}/status");
        let word = serde_json::to_value(status).unwrap();
        assert_eq!(rig.control(Method::PUT, &path, &word).await.0, 204);
        assert_eq!(rig.get("/api/terminals").await.1["code"], code);
        assert_eq!(refresh(&rig, Some(&token)).await.1["code"], code);
        rig.refused(&rig.sale("VT-0001"), u32::try_from(code).unwrap())
            .await;
        assert_eq!(rig.control(Method::PUT, &path, &json!("active")).await.0, 204);
        assert_eq!(rig.get("/api/terminals").await.0, 200);
    }
    let rig = Rig::new().await;
    let nobody = rig
        .control(Method::PUT, "accounts/nobody/status", &json!("active"))
        .await;
    assert_eq!(nobody.0, 404);
}

#[tokio::test]
async fn a_merchant_has_several_pos_accounts_each_with_its_own_session_and_terminals() {
    let rig = Rig::with(|config| {
        second_account(config);
        config.terminals[0].bound_to = Some(ACCOUNT.to_owned());
        config.terminals[1].bound_to = Some("simulatorPos2".to_owned());
    })
    .await;
    let (second, _) = sign_in(&rig, "simulatorPos2", PASSWORD).await.unwrap();
    let ids = |answer: Value| {
        let rows = answer["data"].as_array().unwrap().clone();
        rows.into_iter()
            .map(|row| row["terminalId"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(ids(rig.get("/api/terminals").await.1), ["VT-0001", "TM-0003"]);
    let (_, list) = rig.call(Method::GET, "/api/terminals", Some(&second)).await;
    assert_eq!(ids(list), ["VT-0002", "TM-0003"]);
    rig.refused(&rig.sale("VT-0002"), 40023).await;
    // A request in the name of an account other than the token's is refused.
    let mut body = rig.sale("VT-0001");
    body["posId"] = json!("simulatorPos2");
    rig.refused(&body, 40021).await;
    // Ending one account's sessions leaves the other's.
    rig.control(Method::POST, "sessions/end", &json!({"posId": "simulatorPos2"}))
        .await;
    assert_eq!(rig.get("/api/terminals").await.0, 200);
    assert_eq!(
        rig.call(Method::GET, "/api/terminals", Some(&second)).await.1["code"],
        40120
    );
}
