//! Every row of the table of error codes: what an ordinary request can be refused with is, and a script produces each
//! of them, on transfers and on every other call.

use crate::{PASSWORD, pos, pos::Rig, second_account, sign_in};
use cloudecr::codes::{self, Money};
use cloudecr_simulator::{AccountStatus, Call, Config};
use jiff::SignedDuration;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

/// Codes that no request of the published calls brings about by itself, and why.
const BY_SCRIPT_ONLY: [(u32, &str); 21] = [
    (40010, "no call that sets a password is published"),
    (40032, "a virtual terminal always answers in good form"),
    (40033, "no call that sets a password is published"),
    (40034, "no call that sets a password is published"),
    (40035, "no call that resets a password is published"),
    (40036, "no call that activates an account is published"),
    (40037, "no call that resets a password is published"),
    (40038, "no call that activates an account is published"),
    (40310, "what an account may and may not do is not published"),
    (40315, "what an account may and may not do is not published"),
    (40316, "no call that ends a binding is published"),
    (40321, "no field that a checksum could be of is published"),
    (40399, "a virtual channel says no as a transfer response"),
    (
        40420,
        "an unknown name at the sign-in is 40125, so that nobody learns which names exist",
    ),
    (40810, "the virtual gateway itself is never too slow"),
    (42211, "a virtual bank says no as a transfer response"),
    (500, "the virtual gateway does not fail by itself"),
    (50010, "the virtual gateway does not fail by itself"),
    (50301, "an older number of 50310, which is what comes"),
    (50311, "a virtual terminal always answers"),
    (50320, "every virtual terminal offers every way to pay"),
];

/// What a request that is refused by its own fault, or by the terminal's state, was answered. `None` if there is no
/// such request for the code.
async fn ordinary(code: u32) -> Option<(u16, Value)> {
    let rig = Rig::with(|config| setup(config, code)).await;
    let sale = rig.sale("VT-0001");
    let changed = |place: &str, value: &str| {
        let mut body = sale.clone();
        *body.pointer_mut(place).unwrap() = json!(value);
        body
    };
    let list = async |token: Option<&str>| rig.call(Method::GET, "/api/terminals", token).await;
    let answer = match code {
        40021 => rig.transfer(&changed("/posId", "simulatorPos2")).await,
        40022 => rig.transfer(&changed("/merchantId", "OTHER")).await,
        40023 => rig.transfer(&changed("/deviceId", "VT-0004")).await,
        40024 => rig.transfer(&changed("/apiVersion", "v2")).await,
        40026 | 40320 => {
            let url = format!("{}/api/transfer", rig.base);
            pos::read(
                rig.http
                    .post(url)
                    .bearer_auth(&rig.token)
                    .json(&sale)
                    .send()
                    .await
                    .unwrap(),
            )
            .await
        }
        40027 => rig.transfer(&changed("/datetime", "20260305T020000")).await,
        40028 => rig.get("/api/ewallet-channels").await,
        40029 => {
            let (_, sold) = rig.transfer(&sale).await;
            let void = || {
                rig.body(
                    "void",
                    "VT-0001",
                    json!({"transId": sold["transData"]["transId"]}),
                )
            };
            rig.transfer(&void()).await;
            rig.transfer(&void()).await
        }
        40030 => rig.transfer(&changed("/transType", "refund")).await,
        40031 => rig.transfer(&changed("/transData/transAmt", "1")).await,
        40120 => list(Some("made-up")).await,
        40121 => rig.call(Method::POST, "/auth/refresh", None).await,
        40122 => {
            let (_, refresh) = sign_in(&rig, "simulatorPos1", PASSWORD).await.unwrap();
            rig.advance(SignedDuration::from_hours(14));
            rig.call(Method::POST, "/auth/refresh", Some(&refresh)).await
        }
        40123 => {
            rig.advance(SignedDuration::from_mins(15));
            list(Some(&rig.token)).await
        }
        40124 => list(None).await,
        40125 => rig.login("wrong").await,
        40311..=40313 => {
            let body = json!({"posId": "simulatorPos2", "password": PASSWORD});
            rig.post("/auth/login", &body).await
        }
        40314 => rig.login(PASSWORD).await,
        40317 => rig.transfer(&changed("/deviceId", "VT-9999")).await,
        40410 => {
            rig.transfer(&rig.body("void", "VT-0001", json!({"transId": "1"})))
                .await
        }
        40811 => {
            rig.script("VT-0001", json!({"delayMs": 600_000})).await;
            rig.transfer(&sale).await
        }
        42210 => scripted(&rig, "cancel").await,
        42910 => scripted(&rig, "busy").await,
        42920 => {
            rig.transfer(&sale).await;
            rig.transfer(&sale).await
        }
        42930 => {
            for _ in 0..5 {
                rig.login("wrong").await;
            }
            rig.login(PASSWORD).await
        }
        50310 => scripted(&rig, "offline").await,
        50312 => scripted(&rig, "terminal-error").await,
        50313 => {
            let (_, sold) = rig.transfer(&sale).await;
            let print = json!({"transId": sold["transData"]["transId"]});
            rig.transfer(&rig.body("print", "VT-0001", print)).await
        }
        50321 => {
            let mut body = rig.wallet_sale("VT-0001");
            body["transData"]["paymentChannel"] = json!("weChatPay");
            rig.transfer(&body).await
        }
        _ => return None,
    };
    Some((answer.0.as_u16(), answer.1))
}

/// What a terminal or its customer does, not what a script forges.
async fn scripted(rig: &Rig, name: &str) -> (reqwest::StatusCode, Value) {
    rig.script("VT-0001", json!(name)).await;
    rig.transfer(&rig.sale("VT-0001")).await
}

fn setup(config: &mut Config, code: u32) {
    second_account(config);
    let status = match code {
        40311 => AccountStatus::Pending,
        40312 => AccountStatus::Suspended,
        40313 => AccountStatus::Deleted,
        _ => AccountStatus::Active,
    };
    config.account_statuses.insert("simulatorPos2".to_owned(), status);
    config.exclusive_sessions = code == 40314;
    if code == 40320 {
        config.signature_code = code;
    }
    if code == 40811 {
        config.terminal_limit = std::time::Duration::from_millis(1);
    }
}

#[tokio::test]
async fn every_code_comes_of_an_ordinary_request_or_is_known_to_come_by_script_only() {
    for row in codes::errors() {
        let is_excused = BY_SCRIPT_ONLY.iter().any(|(code, _)| *code == row.code);
        match ordinary(row.code).await {
            Some((http, answer)) => {
                assert_eq!((http, &answer["code"]), (row.http, &json!(row.code)), "{answer}");
                assert!(!is_excused, "{} comes of an ordinary request after all", row.code);
            }
            None => assert!(is_excused, "nothing brings {} ({}) about", row.code, row.name),
        }
    }
    for (code, _) in BY_SCRIPT_ONLY {
        assert!(codes::error(code).is_some(), "{code} is no code of the table");
    }
}

#[tokio::test]
async fn a_script_answers_a_transfer_with_every_code_before_and_after_the_charge() {
    let rig = Rig::new().await;
    let transfers = || {
        codes::errors()
            .iter()
            .filter(|row| row.money != Money::NotApplicable)
    };
    for (leg, status) in [("pos-to-gateway", None), ("gateway-to-pos", Some("charged"))] {
        for row in transfers() {
            let step = json!({"lose": {"at": leg, "how": {"error": {"code": row.code}}}});
            assert_eq!(rig.script("VT-0001", step).await.0, 204, "{}", row.code);
            let body = rig.sale("VT-0001");
            let (http, answer) = rig.transfer(&body).await;
            assert_eq!(
                (http.as_u16(), &answer["code"]),
                (row.http, &json!(row.code)),
                "{leg}"
            );
            let last = rig.book().await.pop();
            let entry = last.filter(|(reference, _)| body["referenceId"] == json!(reference));
            assert_eq!(
                entry.as_ref().map(|(_, status)| status.as_str()),
                status,
                "{} at {leg}",
                row.code
            );
        }
    }
}

#[tokio::test]
async fn a_script_answers_a_question_with_every_code() {
    let rig = Rig::new().await;
    rig.transfer(&rig.sale("VT-0001")).await;
    for row in codes::errors() {
        let step = json!({"errorCode": row.code});
        let path = "terminals/VT-0001/inquiry-script";
        assert_eq!(rig.control(Method::PUT, path, &step).await.0, 204, "{}", row.code);
        let (http, answer) = rig.transfer(&rig.body("getLast", "VT-0001", Value::Null)).await;
        assert_eq!((http.as_u16(), &answer["code"]), (row.http, &json!(row.code)));
    }
}

fn request(rig: &Rig, call: Call) -> RequestBuilder {
    let (method, path) = match call {
        Call::Login => (Method::POST, "/auth/login"),
        Call::Refresh => (Method::POST, "/auth/refresh"),
        Call::Logout => (Method::POST, "/auth/logout"),
        Call::Terminals => (Method::GET, "/api/terminals"),
        Call::EwalletChannels => (Method::GET, "/api/ewallet-channels?currency=MYR"),
        Call::BindTerminalKey => (Method::GET, "/api/bind-terminal-key?option=image"),
        Call::PrebindTerminals => (Method::POST, "/api/prebind-terminal"),
        Call::PrebindList => (Method::GET, "/api/prebind-terminals"),
        Call::Logos => (Method::GET, "/simulator/logos/tng.png"),
    };
    let request = rig
        .http
        .request(method, format!("{}{path}", rig.base))
        .bearer_auth(&rig.token);
    match call {
        Call::Login => request.json(&json!({"posId": "simulatorPos1", "password": PASSWORD})),
        Call::PrebindTerminals => request.json(&json!({"uniqueIds": ["A"]})),
        _ => request,
    }
}

#[tokio::test]
async fn a_script_answers_every_other_call_with_every_code_and_the_call_has_not_happened() {
    let rig = Rig::new().await;
    for (name, call) in Call::ALL {
        let codes: Vec<Value> = codes::errors()
            .iter()
            .map(|row| json!({"errorCode": row.code}))
            .collect();
        let path = format!("calls/{name}/script");
        assert_eq!(rig.control(Method::PUT, &path, &json!(codes)).await.0, 204);
        for row in codes::errors() {
            let (http, answer) = pos::read(request(&rig, call).send().await.unwrap()).await;
            assert_eq!(
                (http.as_u16(), &answer["code"]),
                (row.http, &json!(row.code)),
                "{name}"
            );
        }
        assert_eq!(rig.simulator.queued_calls(call), 0);
    }
    // The session is as it was: neither signed out nor refreshed, and nothing is prebound.
    assert_eq!(
        rig.get("/api/prebind-terminals").await,
        (reqwest::StatusCode::OK, json!({"data": []}))
    );
}

#[tokio::test]
async fn a_call_can_be_lost_on_its_way_there_or_after_it_has_happened() {
    let rig = Rig::new().await;
    let prebind = async |id: &str, step: Value| {
        assert_eq!(
            rig.control(Method::PUT, "calls/prebind-terminals/script", &step)
                .await
                .0,
            204
        );
        let url = format!("{}/api/prebind-terminals", rig.base);
        let body = json!({"uniqueIds": [id]});
        let answer = rig
            .http
            .post(url)
            .bearer_auth(&rig.token)
            .json(&body)
            .send()
            .await;
        match answer {
            Ok(answer) => answer.text().await.ok(),
            Err(_) => None,
        }
    };
    let kept = async || rig.get("/api/prebind-terminals").await.1["data"].clone();
    let lost = |at: &str, how: Value| json!({"lose": {"at": at, "how": how}});
    assert_eq!(prebind("A", lost("pos-to-gateway", json!("reset"))).await, None);
    assert_eq!(kept().await, json!([]));
    for (id, how) in [
        ("B", "reset"),
        ("C", "reset-mid-body"),
        ("D", "reset-after-headers"),
    ] {
        assert_eq!(
            prebind(id, lost("gateway-to-pos", json!(how))).await,
            None,
            "{how}"
        );
        assert_eq!(kept().await, json!([id]), "{how}");
    }
    let changed = json!({"change": {"code": 20001, "message": null}});
    let answer = prebind("E", lost("gateway-to-pos", changed)).await.unwrap();
    assert_eq!(
        serde_json::from_str::<Value>(&answer).unwrap(),
        json!({"code": 20001})
    );
    let half = prebind("F", lost("gateway-to-pos", json!("truncated")))
        .await
        .unwrap();
    assert!(serde_json::from_str::<Value>(&half).is_err() && !half.is_empty());
    let page = prebind("G", lost("gateway-to-pos", json!({"html": {"status": 502}})))
        .await
        .unwrap();
    assert!(page.starts_with("<!doctype html>"));
    assert_eq!(kept().await, json!(["G"]));
}

#[tokio::test]
async fn what_makes_no_sense_for_a_call_is_refused_in_words() {
    let rig = Rig::new().await;
    for (call, step, status, words) in [
        ("sign-in", json!("approve"), 404, "no call \"sign-in\""),
        ("login", json!("decline"), 400, "a call meets"),
        (
            "login",
            json!({"lose": {"at": "terminal-to-acquirer", "how": "reset"}}),
            400,
            "a call is lost at",
        ),
        (
            "login",
            json!({"lose": {"at": "gateway-to-pos", "how": "wrong-signature"}}),
            400,
            "only a transfer",
        ),
        (
            "login",
            json!({"lose": {"at": "pos-to-gateway", "how": "truncated"}}),
            400,
            "needs an answer",
        ),
        (
            "login",
            json!({"errorCode": 20000}),
            400,
            "begin with an HTTP status",
        ),
    ] {
        let path = format!("calls/{call}/script");
        let (got, answer) = rig.control(Method::PUT, &path, &step).await;
        assert_eq!(got, status, "{step}");
        assert!(answer["message"].as_str().unwrap().contains(words), "{answer}");
    }
}

#[tokio::test]
async fn a_call_can_stall_and_can_end_the_session_or_restart_the_gateway() {
    let rig = Rig::new().await;
    let script = async |step: Value| {
        let path = "calls/terminals/script";
        assert_eq!(rig.control(Method::PUT, path, &step).await.0, 204);
    };
    script(json!({"lose": {"at": "gateway-to-pos", "how": "stall"}})).await;
    let waiting = rig
        .http
        .get(format!("{}/api/terminals", rig.base))
        .bearer_auth(&rig.token);
    let waiting = tokio::spawn(waiting.send());
    while rig.simulator.queued_calls(Call::Terminals) > 0 {
        tokio::task::yield_now().await;
    }
    rig.control(Method::POST, "restart", &Value::Null).await;
    assert!(waiting.await.unwrap().is_err());
    let mut rig = rig;
    rig.sign_in().await;
    let step = json!({"lose": {"at": "pos-to-gateway", "how": "session-ended"}});
    rig.control(Method::PUT, "calls/terminals/script", &step).await;
    assert_eq!(rig.get("/api/terminals").await.1["code"], 40120);
    assert_eq!(rig.get("/api/terminals").await.1["code"], 40120);
}
