//! HTTP itself: paths, methods, bodies, and the five refusals that have a word and no number.

use crate::{pos, pos::Rig};
use cloudecr_simulator::PlainWord;
use reqwest::{Method, header};
use serde_json::{Value, json};

async fn send(rig: &Rig, path: &str, kind: Option<&str>, body: Vec<u8>) -> (u16, Value) {
    let mut request = rig
        .http
        .post(format!("{}{path}", rig.base))
        .bearer_auth(&rig.token);
    if let Some(kind) = kind {
        request = request.header(header::CONTENT_TYPE, kind);
    }
    let (status, answer) = pos::read(request.body(body).send().await.unwrap()).await;
    (status.as_u16(), answer)
}

#[tokio::test]
async fn an_unknown_path_is_404_and_a_wrong_method_405() {
    let rig = Rig::new().await;
    for path in [
        "/",
        "/api",
        "/api/transfers",
        "/auth",
        "/api/terminals/VT-0001",
        "/API/terminals",
    ] {
        assert_eq!(rig.get(path).await.0, 404, "{path}");
    }
    for (method, path) in [
        (Method::GET, "/auth/login"),
        (Method::GET, "/auth/refresh"),
        (Method::GET, "/auth/logout"),
        (Method::POST, "/api/terminals"),
        (Method::POST, "/api/ewallet-channels"),
        (Method::PUT, "/api/bind-terminal-key"),
        (Method::DELETE, "/api/prebind-terminals"),
        (Method::GET, "/api/transfer"),
    ] {
        assert_eq!(rig.call(method, path, Some(&rig.token)).await.0, 405, "{path}");
    }
}

#[tokio::test]
async fn a_pos_talks_json_in_utf_8_and_any_other_content_type_is_415() {
    let rig = Rig::new().await;
    for path in ["/api/transfer", "/api/prebind-terminals", "/auth/login"] {
        for kind in [
            "text/plain",
            "application/xml",
            "application/json; charset=iso-8859-1",
            "multipart/form-data",
        ] {
            let (status, answer) = send(&rig, path, Some(kind), b"{}".to_vec()).await;
            assert_eq!(
                (status, &answer["error"]),
                (415, &json!("invalid_request")),
                "{path} {kind}"
            );
        }
        // Only the sign-in takes a form, and this one is empty.
        let (status, _) = send(&rig, path, Some("application/x-www-form-urlencoded"), Vec::new()).await;
        assert_eq!(status, if path == "/auth/login" { 400 } else { 415 }, "{path}");
        for kind in [
            None,
            Some("application/json"),
            Some("Application/JSON; charset=\"UTF-8\""),
        ] {
            assert_eq!(
                send(&rig, path, kind, b"{}".to_vec()).await.1["code"],
                40031,
                "{path} {kind:?}"
            );
        }
    }
}

#[tokio::test]
async fn a_body_that_is_no_json_object_gives_40031() {
    let rig = Rig::new().await;
    for body in [
        &b""[..],
        b"{",
        b"{}}",
        b"[]",
        b"null",
        b"1",
        b"\"x\"",
        b"posId=a",
        b"{\"a\": \"\xff\"}",
        b"{'a': 1}",
    ] {
        for path in ["/api/transfer", "/api/prebind-terminals", "/auth/login"] {
            let (status, answer) = send(&rig, path, Some("application/json"), body.to_vec()).await;
            let text = String::from_utf8_lossy(body);
            assert_eq!((status, &answer["code"]), (400, &json!(40031)), "{path} {text}");
        }
    }
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(
        send(&rig, "/api/transfer", None, deep.into_bytes()).await.1["code"],
        40031
    );
}

#[tokio::test]
async fn a_request_is_checked_in_order_token_first_then_fields_then_ids_then_signature() {
    let rig = Rig::new().await;
    // Everything is wrong with it; what is mended in each step uncovers what is checked next.
    let mut body = json!({"posId": "nobody", "merchantId": "nobody", "deviceId": "nowhere", "referenceId": "R",
        "apiVersion": "v9", "datetime": "never", "transType": "refund", "signature": "none"});
    let url = format!("{}/api/transfer", rig.base);
    let without = rig.http.post(&url).json(&body).send().await.unwrap();
    assert_eq!(pos::read(without).await.1["code"], 40124);
    let right = rig.sale("VT-0001");
    for (code, field) in [
        (40024, "apiVersion"),
        (40027, "datetime"),
        (40030, "transType"),
        (40031, "transData"),
        (40021, "posId"),
        (40022, "merchantId"),
        (40317, "deviceId"),
    ] {
        let (_, answer) = send(&rig, "/api/transfer", None, body.to_string().into_bytes()).await;
        assert_eq!(answer["code"], code, "before {field}: {answer}");
        body[field] = right[field].clone();
    }
    let (_, answer) = send(&rig, "/api/transfer", None, body.to_string().into_bytes()).await;
    assert_eq!(answer["code"], 40026);
}

#[tokio::test]
async fn the_pages_name_five_refusals_by_a_word_and_each_can_be_had_of_any_call_and_any_transfer() {
    let rig = Rig::new().await;
    let named = [
        ("invalid_request", 400),
        ("unauthorized", 401),
        ("forbidden", 403),
        ("rate_limit_exceeded", 429),
        ("internal_server_error", 500),
    ];
    assert_eq!(PlainWord::ALL.map(PlainWord::as_str), named.map(|(word, _)| word));
    for (word, status) in named {
        let how = json!({"plain-word": {"word": word, "retryAfter": 7}});
        rig.script("VT-0001", json!({"lose": {"at": "pos-to-gateway", "how": how}}))
            .await;
        let answer = rig.send(&rig.sale("VT-0001")).await.unwrap();
        assert_eq!(answer.headers()[header::RETRY_AFTER], "7");
        assert_eq!(answer.status(), status);
        assert_eq!(pos::read(answer).await.1["error"], word);
        let how = json!({"plain-word": {"word": word, "inCode": true}});
        let step = json!({"lose": {"at": "pos-to-gateway", "how": how}});
        assert_eq!(
            rig.control(Method::PUT, "calls/terminals/script", &step).await.0,
            204
        );
        let (http, answer) = rig.get("/api/terminals").await;
        assert_eq!((http.as_u16(), &answer["code"]), (status, &json!(word)));
    }
    assert!(rig.book().await.is_empty());
}

#[tokio::test]
async fn every_answer_is_dated_by_the_gateways_clock() {
    let rig = Rig::new().await;
    rig.control(Method::PUT, "clock", &json!({"offsetSeconds": 3600}))
        .await;
    let url = format!("{}/api/terminals", rig.base);
    let answer = rig.http.get(url).send().await.unwrap();
    assert_eq!(answer.headers()[header::DATE], "Thu, 05 Mar 2026 03:00:00 GMT");
}
