//! What the gateway refuses before a terminal is asked, and that nothing of it reaches the book.

use crate::pos::Rig;
use reqwest::StatusCode;
use serde_json::json;

#[tokio::test]
async fn each_wrong_field_has_its_code_and_nothing_is_charged() {
    let rig = Rig::with(|config| config.terminals[1].bound_to = Some("somebody else".to_owned())).await;
    let wrong = [
        ("/transType", "refund", 40030),
        ("/apiVersion", "v9", 40024),
        ("/datetime", "20260305021501", 40027),
        ("/datetime", "now", 40027),
        ("/posId", "simulatorPos2", 40021),
        ("/merchantId", "SOMEBODY", 40022),
        ("/deviceId", "VT-9999", 40317),
        ("/deviceId", "VT-0002", 40023),
        ("/transData/transAmt", "1", 40031),
    ];
    for (place, value, code) in wrong {
        let mut body = rig.sale("VT-0001");
        *body.pointer_mut(place).unwrap() = json!(value);
        rig.refused(&body, code).await;
    }
    let mut body = rig.wallet_sale("VT-0001");
    body["transData"]["paymentChannel"] = json!("weChatPay");
    rig.refused(&body, 50321).await;
    assert!(rig.book().await.is_empty());
}

#[tokio::test]
async fn a_wrong_or_missing_signature_is_refused() {
    let rig = Rig::new().await;
    let mut body = rig.sale("VT-0001");
    for signature in [json!(null), json!("00".repeat(32))] {
        body["signature"] = signature;
        let url = format!("{}/api/transfer", rig.base);
        let answer = rig
            .http
            .post(&url)
            .bearer_auth(&rig.token)
            .json(&body)
            .send()
            .await
            .unwrap();
        assert_eq!(crate::pos::read(answer).await.1["code"], 40026);
    }
    // Refused before it was taken: the same reference can still be used.
    assert_eq!(rig.transfer(&body).await.1["statusCode"], "00");
}

#[tokio::test]
async fn a_reference_is_taken_once() {
    let rig = Rig::new().await;
    let body = rig.sale("VT-0001");
    assert_eq!(rig.transfer(&body).await.0, 200);
    rig.refused(&body, 42920).await;
    assert_eq!(rig.book().await.len(), 1);
}

#[tokio::test]
async fn what_is_no_request_at_all_is_refused() {
    let rig = Rig::new().await;
    let url = format!("{}/api/transfer", rig.base);
    let send = |body: String| rig.http.post(&url).bearer_auth(&rig.token).body(body).send();
    assert_eq!(
        crate::pos::read(send("{".to_owned()).await.unwrap()).await.1["code"],
        40031
    );
    assert_eq!(
        crate::pos::read(send("[]".to_owned()).await.unwrap()).await.1["code"],
        40031
    );
    assert_eq!(
        send("x".repeat(1024 * 1024 + 1)).await.unwrap().status(),
        StatusCode::PAYLOAD_TOO_LARGE
    );
    assert_eq!(rig.get("/api/bind-terminal").await.0, 404);
}
