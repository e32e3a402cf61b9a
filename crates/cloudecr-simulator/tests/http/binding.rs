//! Binding: a terminal comes to an account by a key or by its prebind list, and is listed from then on.

use crate::pos::Rig;
use cloudecr_simulator::{BOMB_SIDE, HUGE, KeyPicture, Logo};
use jiff::SignedDuration;
use reqwest::{Method, header};
use serde_json::{Value, json};

async fn listed(rig: &Rig) -> Vec<String> {
    let (_, terminals) = rig.get("/api/terminals").await;
    let rows = terminals["data"].as_array().unwrap();
    rows.iter()
        .map(|row| row["terminalId"].as_str().unwrap().to_owned())
        .collect()
}

async fn bind(rig: &Rig, terminal: &str, body: Value) -> (u16, Value) {
    let path = format!("terminals/{terminal}/bind");
    let (status, answer) = rig.control(Method::POST, &path, &body).await;
    (status.as_u16(), answer)
}

async fn picture(rig: &Rig, path: &str) -> (u16, String, Vec<u8>) {
    let url = format!("{}{path}", rig.base);
    let answer = rig.http.get(url).bearer_auth(&rig.token).send().await.unwrap();
    let kind = answer.headers()[header::CONTENT_TYPE]
        .to_str()
        .unwrap()
        .to_owned();
    (
        answer.status().as_u16(),
        kind,
        answer.bytes().await.unwrap().to_vec(),
    )
}

#[tokio::test]
async fn a_terminal_with_a_living_key_is_listed_and_takes_a_sale() {
    let rig = Rig::new().await;
    assert!(!listed(&rig).await.contains(&"VT-0004".to_owned()));
    rig.refused(&rig.sale("VT-0004"), 40023).await;
    let (_, answer) = rig.get("/api/bind-terminal-key").await;
    assert_eq!(answer["expiresAt"], "2026-03-08T10:00:00.000+08:00");
    let bound = bind(&rig, "VT-0004", json!({"key": answer["key"]})).await;
    assert_eq!(
        bound,
        (200, json!({"terminalId": "VT-0004", "boundTo": "simulatorPos1"}))
    );
    assert!(listed(&rig).await.contains(&"VT-0004".to_owned()));
    assert_eq!(rig.transfer(&rig.sale("VT-0004")).await.1["statusCode"], "00");
    assert_eq!(
        rig.control(Method::POST, "terminals/VT-0004/unbind", &Value::Null)
            .await
            .0,
        204
    );
    assert!(!listed(&rig).await.contains(&"VT-0004".to_owned()));
}

#[tokio::test]
async fn a_terminal_that_cannot_be_bound_says_why() {
    let mut rig = Rig::new().await;
    let (_, answer) = rig.get("/api/bind-terminal-key").await;
    let why = |(status, answer): (u16, Value)| (status, answer["message"].as_str().unwrap().to_owned());
    for (terminal, body, status, words) in [
        (
            "VT-9999",
            json!({"key": answer["key"]}),
            404,
            "no terminal \"VT-9999\"",
        ),
        (
            "VT-0004",
            json!({"key": "AAAA"}),
            403,
            "no account has been given this key",
        ),
        ("VT-0004", json!({}), 403, "on no account's prebind list"),
        ("VT-0004", json!({"kee": 1}), 400, "unknown field"),
    ] {
        let (got, message) = why(bind(&rig, terminal, body).await);
        assert_eq!(got, status);
        assert!(message.contains(words), "{message}");
    }
    rig.advance(SignedDuration::from_hours(72));
    rig.sign_in().await;
    let (status, message) = why(bind(&rig, "VT-0004", json!({"key": answer["key"]})).await);
    assert_eq!(status, 403);
    assert!(message.contains("has expired"), "{message}");
    assert_ne!(rig.get("/api/bind-terminal-key").await.1["key"], answer["key"]);
}

#[tokio::test]
async fn a_prebound_terminal_binds_without_a_key() {
    let rig = Rig::new().await;
    for path in ["/api/prebind-terminals", "/api/prebind-terminal"] {
        let ids: Vec<String> = (0..12).map(|number| format!("ID-{number}")).collect();
        let (status, answer) = rig.post(path, &json!({"uniqueIds": ids})).await;
        assert_eq!((status.as_u16(), &answer["code"]), (200, &json!(20000)));
        assert_eq!(rig.get(path).await.1, json!({"data": ids[..10]}));
        rig.post(path, &json!({"uniqueIds": ["VT-0004"]})).await;
        assert_eq!(rig.get(path).await.1, json!({"data": ["VT-0004"]}));
    }
    assert_eq!(bind(&rig, "VT-0004", json!({})).await.0, 200);
    assert!(listed(&rig).await.contains(&"VT-0004".to_owned()));
    for wrong in [
        json!({}),
        json!({"uniqueIds": "VT-0004"}),
        json!({"uniqueIds": [4]}),
        json!([]),
    ] {
        assert_eq!(
            rig.post("/api/prebind-terminals", &wrong).await.1["code"],
            40031,
            "{wrong}"
        );
    }
    assert_eq!(
        rig.get("/api/prebind-terminals").await.1,
        json!({"data": ["VT-0004"]})
    );
}

#[tokio::test]
async fn two_calls_give_two_keys_only_where_keys_differ() {
    for differ in [false, true] {
        let rig = Rig::with(|config| config.keys_differ = differ).await;
        let first = rig.get("/api/bind-terminal-key").await.1;
        let second = rig.get("/api/bind-terminal-key").await.1;
        assert_eq!(first["key"] != second["key"], differ);
        // Both are good.
        assert_eq!(bind(&rig, "VT-0004", json!({"key": first["key"]})).await.0, 200);
        assert_eq!(bind(&rig, "TM-0005", json!({"key": second["key"]})).await.0, 200);
    }
}

#[tokio::test]
async fn the_key_comes_as_a_picture_that_depends_on_the_key() {
    let rig = Rig::new().await;
    let (status, kind, key) = picture(&rig, "/api/bind-terminal-key?option=image").await;
    assert_eq!((status, kind.as_str()), (200, "image/png"));
    assert_eq!(picture(&rig, "/api/bind-terminal-key?option=image").await.2, key);
    let other = Rig::with(|config| config.key_picture = KeyPicture::Link).await;
    assert_ne!(
        picture(&other, "/api/bind-terminal-key?option=image").await.2,
        key
    );
    assert_eq!(
        rig.get("/api/bind-terminal-key?option=svg").await.1["code"],
        40031
    );
}

#[tokio::test]
async fn every_wallet_has_a_picture_or_what_its_setup_says() {
    let rig = Rig::with(|config| {
        let logos = [
            Logo::Drawn,
            Logo::None,
            Logo::Missing,
            Logo::Huge,
            Logo::Bomb,
            Logo::Page,
            Logo::Mislabelled,
            Logo::Truncated,
            Logo::Elsewhere("file:///etc/passwd".to_owned()),
        ];
        for (channel, logo) in config.channels.iter_mut().zip(logos) {
            channel.logo = logo;
        }
        config.channels[6].name = "alipay+".to_owned();
    })
    .await;
    let (_, wallets) = rig.get("/api/ewallet-channels?currency=MYR").await;
    let address = |at: usize| {
        wallets["data"][at]["logoUrl3"]
            .as_str()
            .unwrap_or("none")
            .to_owned()
    };
    assert_eq!(address(0), format!("{}/simulator/logos/duitNowQr.png", rig.base));
    assert_eq!(
        (address(1), address(8)),
        ("none".to_owned(), "file:///etc/passwd".to_owned())
    );
    assert!(address(6).ends_with("/alipay%2B.png"));
    let path = |at: usize| address(at).replace(&rig.base, "");
    let (status, kind, drawn) = picture(&rig, &path(0)).await;
    assert_eq!(
        (status, kind.as_str(), &drawn[1..4]),
        (200, "image/png", &b"PNG"[..])
    );
    assert_eq!(rig.http.get(address(2)).send().await.unwrap().status(), 404);
    assert_eq!(picture(&rig, &path(3)).await.2.len(), HUGE);
    let bomb = picture(&rig, &path(4)).await.2;
    assert_eq!(bomb[16..20], BOMB_SIDE.to_be_bytes());
    assert!(picture(&rig, &path(5)).await.1.starts_with("text/html"));
    assert_eq!(picture(&rig, &path(6)).await.2, b"This is no picture.");
    assert!(picture(&rig, &path(7)).await.2.len() < drawn.len());
    assert_eq!(
        rig.http
            .get(format!("{}/simulator/logos/none.png", rig.base))
            .send()
            .await
            .unwrap()
            .status(),
        404
    );
}

#[tokio::test]
async fn a_logo_can_be_a_drawing_with_a_script_or_lead_elsewhere_first() {
    let rig = Rig::with(|config| {
        config.channels[0].logo = Logo::Svg;
        config.channels[1].logo = Logo::Redirect;
    })
    .await;
    let (_, kind, drawing) = picture(&rig, "/simulator/logos/duitNowQr.png").await;
    assert_eq!(kind, "image/svg+xml");
    assert!(String::from_utf8(drawing).unwrap().contains("<script>"));
    let url = format!("{}/simulator/logos/tng.png", rig.base);
    let first = rig.http.get(url).send().await.unwrap();
    assert_eq!(first.status(), 302);
    let there = first.headers()[header::LOCATION].to_str().unwrap().to_owned();
    let (status, kind, _) = picture(&rig, &there).await;
    assert_eq!((status, kind.as_str()), (200, "image/png"));
}
