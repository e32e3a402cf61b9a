//! "Signature", both ways.

use crate::{pos, pos::Rig};
use cloudecr_simulator::SignatureRule;
use serde_json::{Value, json};

/// Sends a body as it stands, signature and all, and gives the code of the refusal, or 0.
async fn send(rig: &Rig, body: &Value) -> u64 {
    let url = format!("{}/api/transfer", rig.base);
    let request = rig.http.post(url).bearer_auth(&rig.token).json(body);
    let (_, answer) = pos::read(request.send().await.unwrap()).await;
    answer["code"].as_u64().unwrap_or(0)
}

fn signed(rig: &Rig, mut body: Value) -> Value {
    body["signature"] = json!(cloudecr::signature::sign(&rig.key(), &body));
    body
}

#[tokio::test]
async fn a_request_without_its_own_signature_gives_40026_and_is_not_taken() {
    let rig = Rig::new().await;
    let body = rig.sale("VT-0001");
    assert_eq!(send(&rig, &body).await, 40026);
    let mut other = signed(&rig, body.clone());
    other["transData"]["transAmt"] = json!("12.51");
    assert_eq!(send(&rig, &other).await, 40026);
    assert!(rig.book().await.is_empty());
    assert_eq!(send(&rig, &signed(&rig, body)).await, 0);
}

#[tokio::test]
async fn the_pages_list_40320_with_the_same_name_and_it_can_come_in_its_place() {
    let rig = Rig::with(|config| config.signature_code = 40320).await;
    assert_eq!(send(&rig, &rig.sale("VT-0001")).await, 40320);
}

#[tokio::test]
async fn values_are_flattened_sorted_by_utf_16_code_units_and_joined_and_empty_ones_are_left_out() {
    let rig = Rig::new().await;
    let mut body = rig.sale("VT-0001");
    body["referenceLabel"] = json!("");
    body["transData"]["note"] = json!("😀");
    body["transData"]["metadata"] = json!("！");
    body["transData"]["productIndex"] = Value::Null;
    body["transData"]["printCount"] = json!(0);
    body["extra"] = json!({"deep": [false, 1.50, "a", {"signature": "counts"}]});
    // Written out by hand: by UTF-16 the emoji comes before the full-width mark; by bytes it would come after.
    let parts = [
        "0",
        "1.5",
        "12.50",
        "20260305020000",
        body["referenceId"].as_str().unwrap(),
        "SIMULATOR_MERCHANT",
        "VT-0001",
        "a",
        "bankCard",
        "counts",
        "false",
        "sale",
        "simulatorPos1",
        "v1",
        "😀",
        "！",
    ];
    assert_eq!(cloudecr::signature::message(&body), parts.concat());
    assert_eq!(send(&rig, &signed(&rig, body)).await, 0);
}

#[tokio::test]
async fn a_signature_is_compared_without_case_and_surrounding_white_space() {
    let rig = Rig::new().await;
    let mut body = signed(&rig, rig.sale("VT-0001"));
    let written = body["signature"].as_str().unwrap().to_ascii_uppercase();
    body["signature"] = json!(format!(" {written}\n"));
    assert_eq!(send(&rig, &body).await, 0);
}

#[tokio::test]
async fn every_answer_is_signed_with_the_same_key_by_the_same_rule() {
    let rig = Rig::new().await;
    for body in [
        rig.sale("VT-0001"),
        rig.wallet_sale("VT-0001"),
        rig.body("getLast", "VT-0001", Value::Null),
    ] {
        let (_, answer) = rig.transfer(&body).await;
        assert!(cloudecr::signature::verify(&rig.key(), &answer));
        let mut other = answer.clone();
        other["responseText"] = json!("Something else");
        assert!(!cloudecr::signature::verify(&rig.key(), &other));
    }
}

#[tokio::test]
async fn an_older_rule_trims_each_value_and_whoever_sends_no_outer_white_space_is_right_by_both() {
    for (rule, blank, code) in [
        (SignatureRule::Exact, " note ", 0),
        (SignatureRule::Trimmed, " note ", 40026),
        (SignatureRule::Exact, "note", 0),
        (SignatureRule::Trimmed, "note", 0),
    ] {
        let rig = Rig::with(|config| config.signature_rule = rule).await;
        let mut body = rig.sale("VT-0001");
        body["transData"]["note"] = json!(blank);
        assert_eq!(send(&rig, &signed(&rig, body)).await, code, "{rule:?} {blank:?}");
    }
}
