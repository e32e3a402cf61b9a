//! "Transfer response": what an answer has and how it is written.

use crate::pos::Rig;
use serde_json::{Value, json};

/// The published answers, kept for their shape.
const SAMPLES: [(&str, &str); 5] = [
    ("sale", include_str!("samples/sale-mastercard-response.json")),
    ("wallet", include_str!("samples/sale-tng-response.json")),
    ("wallet", include_str!("samples/sale-duitNowQr-response.json")),
    ("void", include_str!("samples/void-mastercard-response.json")),
    ("wallet void", include_str!("samples/void-tng-response.json")),
];

async fn answer(rig: &Rig, kind: &str) -> Value {
    let sale = if kind.starts_with("wallet") {
        rig.wallet_sale("VT-0001")
    } else {
        rig.sale("VT-0001")
    };
    let (_, sold) = rig.transfer(&sale).await;
    if !kind.ends_with("void") {
        return sold;
    }
    let data = json!({"transId": sold["transData"]["transId"]});
    rig.transfer(&rig.body("void", "VT-0001", data)).await.1
}

/// Every field of the sample is there, and is the same sort of JSON.
fn has_the_shape_of(answer: &Value, sample: &Value, place: &str) {
    for (name, value) in sample.as_object().unwrap() {
        let place = format!("{place}/{name}");
        let given = answer.get(name).unwrap_or_else(|| panic!("{place} is missing"));
        if value.is_object() {
            has_the_shape_of(given, value, &place);
        } else {
            assert_eq!(given.is_string(), value.is_string(), "{place}");
        }
    }
}

#[tokio::test]
async fn an_answer_has_every_field_of_the_published_samples() {
    for (kind, sample) in SAMPLES {
        let rig = Rig::new().await;
        let sample: Value = serde_json::from_str(sample).unwrap();
        has_the_shape_of(&answer(&rig, kind).await, &sample, kind);
    }
}

#[tokio::test]
async fn the_published_requests_are_well_formed() {
    for (name, request) in [
        ("card", include_str!("samples/sale-bankCard-request.json")),
        (
            "customer scans",
            include_str!("samples/sale-qrCustScan-request.json"),
        ),
        (
            "terminal scans",
            include_str!("samples/sale-qrMerchScan-request.json"),
        ),
        ("void of a card", include_str!("samples/void-card-request.json")),
        (
            "void of a wallet",
            include_str!("samples/void-wallet-request.json"),
        ),
    ] {
        let rig = Rig::new().await;
        let mut body: Value = serde_json::from_str(request).unwrap();
        let usual = rig.sale("VT-0001");
        for field in ["posId", "merchantId", "deviceId", "datetime"] {
            body[field] = usual[field].clone();
        }
        let (_, answer) = rig.transfer(&body).await;
        // The voids are of a sale that was never made here.
        let is_void = body["transType"] == "void";
        let said = if is_void {
            &answer["code"]
        } else {
            &answer["statusCode"]
        };
        assert_eq!(
            said,
            &if is_void { json!(40410) } else { json!("00") },
            "{name}: {answer}"
        );
    }
}

#[tokio::test]
async fn an_answer_repeats_trans_type_pos_id_device_id_and_reference_id_of_the_request() {
    let rig = Rig::new().await;
    let body = rig.sale("VT-0002");
    let (_, answer) = rig.transfer(&body).await;
    for field in ["transType", "posId", "deviceId", "referenceId", "apiVersion"] {
        assert_eq!(answer[field], body[field], "{field}");
    }
    assert_eq!(answer["transData"]["transAmt"], body["transData"]["transAmt"]);
    assert_eq!(answer["transData"]["currency"], "MYR");
}

#[tokio::test]
async fn status_code_is_00_success_11_failure_or_22_pending() {
    let rig = Rig::new().await;
    for (script, status) in [("approve", "00"), ("decline", "11"), ("pending", "22")] {
        rig.script("VT-0001", json!(script)).await;
        let (http, answer) = rig.transfer(&rig.wallet_sale("VT-0001")).await;
        assert_eq!((http.as_u16(), &answer["statusCode"]), (200, &json!(status)));
    }
}

#[tokio::test]
async fn trans_id_is_a_number_of_up_to_10_digits_sent_as_text_and_no_two_are_the_same() {
    let rig = Rig::new().await;
    let mut seen = std::collections::HashSet::new();
    for _ in 0..20 {
        let (_, answer) = rig.transfer(&rig.sale("VT-0001")).await;
        let id = answer["transData"]["transId"].as_str().unwrap().to_owned();
        assert!(
            id.len() <= 10 && id.bytes().all(|byte| byte.is_ascii_digit()),
            "{id}"
        );
        assert!(seen.insert(id));
    }
}

#[tokio::test]
async fn trans_date_time_is_local_time_at_utc_plus_8_without_a_zone() {
    let rig = Rig::new().await;
    let (_, answer) = rig.transfer(&rig.sale("VT-0001")).await;
    assert_eq!(answer["transData"]["transDateTime"], "2026-03-05T10:00:00");
}

#[tokio::test]
async fn inv_no_is_the_terminals_running_number() {
    let rig = Rig::new().await;
    for (terminal, expected) in [
        ("VT-0001", "000001"),
        ("VT-0001", "000002"),
        ("VT-0002", "000001"),
    ] {
        let (_, answer) = rig.transfer(&rig.sale(terminal)).await;
        assert_eq!(answer["transData"]["invNo"], expected);
    }
}

#[tokio::test]
async fn a_card_answer_has_a_masked_number_and_the_cards_particulars_and_a_wallet_answer_has_none() {
    let rig = Rig::new().await;
    let (_, card) = rig.transfer(&rig.sale("VT-0001")).await;
    let (_, wallet) = rig.transfer(&rig.wallet_sale("VT-0001")).await;
    for field in [
        "cardNo",
        "entryMode",
        "rrn",
        "apprCode",
        "tvr",
        "appCrypt",
        "aid",
        "cvmType",
        "cardLabel",
    ] {
        assert!(card["transData"][field].is_string(), "{field}");
        assert!(wallet["transData"][field].is_null(), "{field}");
    }
    let number = card["transData"]["cardNo"].as_str().unwrap();
    assert_eq!(number.bytes().filter(u8::is_ascii_digit).count(), 4, "{number}");
    assert!(wallet["transData"]["merchantRefId"].is_string());
}

#[tokio::test]
async fn no_field_of_an_answer_is_longer_than_the_protocol_says() {
    let rig = Rig::new().await;
    for kind in ["sale", "wallet", "void", "wallet void"] {
        let answer = answer(&rig, kind).await;
        let most = |name: &str| match name {
            "responseText" | "metadata" | "note" => 128,
            "softwareVersion" | "terminalSn" | "merchantRefId" => 40,
            "currency" => 10,
            "deviceId" => 100,
            "signature" => 64,
            _ => 32,
        };
        let data = answer["transData"].as_object().unwrap();
        let fields = answer.as_object().unwrap().iter().chain(data);
        for (name, value) in fields.filter(|(_, value)| value.is_string()) {
            let length = value.as_str().unwrap().encode_utf16().count();
            assert!(length <= most(name), "{name} has {length}");
        }
    }
}

#[tokio::test]
async fn a_decline_can_come_as_200_with_status_code_11_or_as_422_with_42211() {
    let rig = Rig::new().await;
    rig.script(
        "VT-0001",
        json!(["decline", {"outcome": "decline", "errorCode": 42211}]),
    )
    .await;
    let (status, answer) = rig.transfer(&rig.sale("VT-0001")).await;
    assert_eq!((status.as_u16(), &answer["statusCode"]), (200, &json!("11")));
    rig.refused(&rig.sale("VT-0001"), 42211).await;
    assert!(rig.book().await.iter().all(|(_, status)| status == "declined"));
}
