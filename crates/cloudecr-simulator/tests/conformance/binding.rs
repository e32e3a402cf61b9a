//! Binding and prebinding.

use crate::{PASSWORD, pos::Rig, second_account, sign_in};
use jiff::SignedDuration;
use reqwest::{Method, header};
use serde_json::{Value, json};

async fn bind(rig: &Rig, terminal: &str, body: Value) -> (u16, Value) {
    let path = format!("terminals/{terminal}/bind");
    let (status, answer) = rig.control(Method::POST, &path, &body).await;
    (status.as_u16(), answer)
}

/// What the QR code of a PNG says.
fn decode(file: &[u8]) -> String {
    let mut reader = png::Decoder::new(std::io::Cursor::new(file)).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels).unwrap();
    let (width, height) = (
        usize::try_from(info.width).unwrap(),
        usize::try_from(info.height).unwrap(),
    );
    let mut image =
        rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| pixels[y * info.line_size + x]);
    let grids = image.detect_grids();
    assert_eq!(grids.len(), 1);
    grids[0].decode().unwrap().1
}

async fn picture(rig: &Rig) -> Vec<u8> {
    let url = format!("{}/api/bind-terminal-key?option=image", rig.base);
    let answer = rig.http.get(url).bearer_auth(&rig.token).send().await.unwrap();
    assert_eq!(answer.headers()[header::CONTENT_TYPE], "image/png");
    answer.bytes().await.unwrap().to_vec()
}

#[tokio::test]
async fn a_binding_key_comes_with_its_end_and_is_valid_for_3_days() {
    let mut rig = Rig::new().await;
    let (status, answer) = rig.get("/api/bind-terminal-key").await;
    assert_eq!(
        (status.as_u16(), &answer["expiresAt"]),
        (200, &json!("2026-03-08T10:00:00.000+08:00"))
    );
    let key = json!({"key": answer["key"]});
    rig.advance(SignedDuration::from_hours(72) - SignedDuration::from_millis(1));
    assert_eq!(bind(&rig, "VT-0004", key.clone()).await.0, 200);
    rig.advance(SignedDuration::from_millis(1));
    assert_eq!(bind(&rig, "TM-0005", key).await.0, 403);
    rig.sign_in().await;
    let (_, fresh) = rig.get("/api/bind-terminal-key").await;
    assert_eq!(bind(&rig, "TM-0005", json!({"key": fresh["key"]})).await.0, 200);
}

#[tokio::test]
async fn option_image_answers_a_png_with_a_qr_code_of_the_key() {
    let rig = Rig::new().await;
    let (_, answer) = rig.get("/api/bind-terminal-key").await;
    assert_eq!(decode(&picture(&rig).await), answer["key"]);
}

#[tokio::test]
async fn what_the_qr_code_encodes_is_not_documented_so_it_may_be_more_than_the_key() {
    let rig = Rig::with(|config| config.key_picture = cloudecr_simulator::KeyPicture::Link).await;
    let (_, answer) = rig.get("/api/bind-terminal-key").await;
    let (link, key) = (
        decode(&picture(&rig).await),
        answer["key"].as_str().unwrap().to_owned(),
    );
    assert!(link != key && link.ends_with(&key), "{link}");
}

#[tokio::test]
async fn two_calls_may_give_two_keys_and_both_are_good() {
    let rig = Rig::with(|config| config.keys_differ = true).await;
    let (_, answer) = rig.get("/api/bind-terminal-key").await;
    let shown = decode(&picture(&rig).await);
    assert_ne!(shown, answer["key"]);
    assert_eq!(bind(&rig, "VT-0004", json!({"key": answer["key"]})).await.0, 200);
    assert_eq!(bind(&rig, "TM-0005", json!({"key": shown})).await.0, 200);
}

#[tokio::test]
async fn a_prebind_list_has_at_most_10_the_excess_is_ignored_and_each_call_replaces_it() {
    let rig = Rig::new().await;
    assert_eq!(rig.get("/api/prebind-terminals").await.1, json!({"data": []}));
    for (count, kept) in [(10, 10), (11, 10), (3, 3), (0, 0)] {
        let ids: Vec<String> = (0..count).map(|number| format!("N{count}-{number}")).collect();
        let (status, answer) = rig
            .post("/api/prebind-terminals", &json!({"uniqueIds": ids}))
            .await;
        assert_eq!((status.as_u16(), &answer["code"]), (200, &json!(20000)));
        assert!(!answer["message"].as_str().unwrap().is_empty());
        assert_eq!(
            rig.get("/api/prebind-terminals").await.1,
            json!({"data": ids[..kept]})
        );
    }
}

#[tokio::test]
async fn an_unknown_id_is_accepted_silently_in_a_prebind_list() {
    let rig = Rig::new().await;
    let ids = json!({"uniqueIds": ["NO-SUCH-TERMINAL", "VT-0004"]});
    assert_eq!(rig.post("/api/prebind-terminals", &ids).await.1["code"], 20000);
    assert_eq!(bind(&rig, "VT-0004", json!({})).await.0, 200);
    assert_eq!(bind(&rig, "NO-SUCH-TERMINAL", json!({})).await.0, 404);
}

#[tokio::test]
async fn one_page_writes_prebind_terminal_in_the_singular_and_both_are_the_same() {
    let rig = Rig::new().await;
    rig.post("/api/prebind-terminal", &json!({"uniqueIds": ["A"]}))
        .await;
    assert_eq!(rig.get("/api/prebind-terminals").await.1, json!({"data": ["A"]}));
    rig.post("/api/prebind-terminals", &json!({"uniqueIds": ["B"]}))
        .await;
    assert_eq!(rig.get("/api/prebind-terminal").await.1, json!({"data": ["B"]}));
}

#[tokio::test]
async fn a_prebind_body_without_a_list_of_texts_gives_40031() {
    let rig = Rig::new().await;
    for body in [
        json!({}),
        json!({"uniqueIds": "A"}),
        json!({"uniqueIds": [1]}),
        json!({"uniqueIds": [""]}),
        json!({"uniqueIds": ["x".repeat(101)]}),
    ] {
        assert_eq!(
            rig.post("/api/prebind-terminals", &body).await.1["code"],
            40031,
            "{body}"
        );
    }
    let longest = json!({"uniqueIds": ["x".repeat(100)]});
    assert_eq!(rig.post("/api/prebind-terminals", &longest).await.0, 200);
}

#[tokio::test]
async fn keys_and_prebind_lists_belong_to_the_account_that_asked() {
    let mut rig = Rig::with(second_account).await;
    rig.post("/api/prebind-terminals", &json!({"uniqueIds": ["VT-0004"]}))
        .await;
    let first = rig.token.clone();
    rig.token = sign_in(&rig, "simulatorPos2", PASSWORD).await.unwrap().0;
    assert_eq!(rig.get("/api/prebind-terminals").await.1, json!({"data": []}));
    let (_, answer) = rig.get("/api/bind-terminal-key").await;
    let (_, bound) = bind(&rig, "TM-0005", json!({"key": answer["key"]})).await;
    assert_eq!(bound["boundTo"], "simulatorPos2");
    assert_eq!(
        bind(&rig, "VT-0004", json!({})).await.1["boundTo"],
        "simulatorPos1"
    );
    let (status, why) = bind(&rig, "VT-0004", json!({"key": answer["key"]})).await;
    assert_eq!(status, 409);
    assert!(
        why["message"]
            .as_str()
            .unwrap()
            .contains("bound to \"simulatorPos1\"")
    );
    let seen = |list: Value, id: &str| {
        list["data"]
            .as_array()
            .unwrap()
            .iter()
            .any(|row| row["terminalId"] == id)
    };
    let (_, own) = rig.get("/api/terminals").await;
    assert!(seen(own.clone(), "TM-0005") && !seen(own, "VT-0004"));
    let (_, other) = rig.call(Method::GET, "/api/terminals", Some(&first)).await;
    assert!(seen(other.clone(), "VT-0004") && !seen(other, "TM-0005"));
}

#[tokio::test]
async fn either_side_may_end_a_binding_but_not_while_the_terminal_works() {
    let rig = Rig::new().await;
    let unbind = |terminal: &'static str| rig.control(Method::POST, terminal, &Value::Null);
    assert_eq!(unbind("terminals/VT-0001/unbind").await.0, 204);
    rig.refused(&rig.sale("VT-0001"), 40023).await;
    assert_eq!(unbind("terminals/VT-0001/unbind").await.0, 409);
    assert_eq!(unbind("terminals/VT-9999/unbind").await.0, 404);
    rig.script("VT-0002", json!({"delayMs": 600_000})).await;
    let body = rig.sale("VT-0002");
    let working = async {
        while !rig.simulator.terminals().iter().any(|terminal| terminal.working) {
            tokio::task::yield_now().await;
        }
        unbind("terminals/VT-0002/unbind").await.0
    };
    tokio::select! {
        _ = rig.transfer(&body) => panic!("the terminal has not waited"),
        status = working => assert_eq!(status, 409),
    }
}
