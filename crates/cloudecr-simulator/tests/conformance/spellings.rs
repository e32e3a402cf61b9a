//! The same value as a number and as text, on request: by the setup, by a call, or by one request's header.

use crate::{pos, pos::Rig};
use cloudecr_simulator::{Flag, Plural, Spelling, Written};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

async fn asking(rig: &Rig, path: &str, spelling: &str) -> (StatusCode, Value) {
    let url = format!("{}{path}", rig.base);
    let request = rig.http.get(url).bearer_auth(&rig.token);
    let request = request.header("X-Simulator-Spelling", spelling);
    pos::read(request.send().await.unwrap()).await
}

#[tokio::test]
async fn a_code_is_seen_as_number_and_as_string() {
    let rig = Rig::new().await;
    let path = "/api/ewallet-channels";
    assert_eq!(rig.get(path).await.1["code"], json!(40028));
    let (status, answer) = asking(&rig, path, r#"{"codes": "text"}"#).await;
    assert_eq!((status.as_u16(), &answer["code"]), (400, &json!("40028")));
    rig.control(Method::PUT, "spelling", &json!({"codes": "text"}))
        .await;
    assert_eq!(rig.get(path).await.1["code"], json!("40028"));
    let mut body = rig.sale("VT-0001");
    body["merchantId"] = json!("OTHER");
    assert_eq!(rig.transfer(&body).await.1["code"], json!("40022"));
    let prebound = rig
        .post("/api/prebind-terminals", &json!({"uniqueIds": []}))
        .await;
    assert_eq!(prebound.1["code"], json!("20000"));
    assert_eq!(
        asking(&rig, path, r#"{"codes": "number"}"#).await.1["code"],
        json!(40028)
    );
}

#[tokio::test]
async fn a_channels_status_is_seen_as_number_and_as_string_and_one_currency_as_a_list_and_as_text() {
    let rig = Rig::with(|config| {
        config.spelling = Spelling {
            status: Written::Text,
            currency: Plural::Text,
            ..Spelling::default()
        };
    })
    .await;
    let (_, list) = rig.get("/api/ewallet-channels?currency=MYR").await;
    let row = |name: &str| {
        let rows = list["data"].as_array().unwrap();
        rows.iter().find(|row| row["name"] == name).unwrap().clone()
    };
    assert_eq!(
        (&row("tng")["status"], &row("tng")["currency"]),
        (&json!("1"), &json!("MYR"))
    );
    assert_eq!(row("weChatPay")["status"], "0");
    assert_eq!(row("grabPay")["currency"], json!(["MYR", "SGD"]));
}

#[tokio::test]
async fn a_terminals_flags_come_as_booleans_numbers_and_text() {
    let rig = Rig::new().await;
    for (flag, yes, no) in [
        (Flag::Bool, json!(true), json!(false)),
        (Flag::Number, json!(1), json!(0)),
        (Flag::Text, json!("1"), json!("0")),
    ] {
        rig.simulator.set_spelling(Spelling {
            connected: flag,
            is_vt: flag,
            ..Spelling::default()
        });
        let (_, list) = rig.get("/api/terminals").await;
        assert_eq!(
            (&list["data"][0]["isVT"], &list["data"][0]["connected"]),
            (&yes, &yes)
        );
        assert_eq!(list["data"][2]["isVT"], no);
    }
}

#[tokio::test]
async fn a_transfer_response_comes_with_numbers_and_is_rightly_signed() {
    let rig = Rig::new().await;
    let numbers = json!({"transId": "number", "amounts": "number", "verdicts": "number"});
    assert_eq!(rig.control(Method::PUT, "spelling", &numbers).await.0, 204);
    rig.script("VT-0001", json!(["approve", "decline"])).await;
    // `transfer` checks the signature.
    let (_, answer) = rig.transfer(&rig.sale("VT-0001")).await;
    assert!(answer["transData"]["transId"].is_u64());
    assert_eq!(
        (&answer["transData"]["transAmt"], &answer["statusCode"]),
        (&json!(12.5), &json!("00"))
    );
    let (_, answer) = rig.transfer(&rig.sale("VT-0001")).await;
    assert_eq!(
        (&answer["statusCode"], &answer["responseCode"]),
        (&json!(11), &json!(51))
    );
}

#[tokio::test]
async fn a_spelling_that_is_none_is_refused_in_words() {
    let rig = Rig::new().await;
    let (status, answer) = asking(&rig, "/api/terminals", r#"{"kodes": "text"}"#).await;
    assert_eq!(
        (status.as_u16(), &answer["error"]),
        (400, &json!("invalid_request"))
    );
    assert!(answer["message"].as_str().unwrap().contains("kodes"));
    let (status, answer) = rig
        .control(Method::PUT, "spelling", &json!({"codes": "roman"}))
        .await;
    assert_eq!(status, 400);
    assert!(answer["message"].as_str().unwrap().contains("roman"));
}
