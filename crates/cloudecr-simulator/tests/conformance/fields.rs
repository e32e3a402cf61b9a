//! "Transfer request": presence, form and length of every field. Lengths are in UTF-16 units, as JavaScript counts.

use crate::pos::Rig;
use jiff::SignedDuration;
use reqwest::StatusCode;
use serde_json::{Value, json};

/// The code of the refusal, or 0 for an answer.
async fn code(rig: &Rig, body: &Value) -> u64 {
    let (status, answer) = rig.transfer(body).await;
    if status == StatusCode::OK {
        return 0;
    }
    answer["code"].as_u64().unwrap()
}

/// A sale with this at this place; `null` takes the field out.
fn with(rig: &Rig, place: &str, value: Value) -> Value {
    let mut body = rig.sale("VT-0001");
    put(&mut body, place, value);
    body
}

fn put(body: &mut Value, place: &str, value: Value) {
    let (object, name) = place.rsplit_once('/').unwrap();
    let object = body.pointer_mut(object).unwrap().as_object_mut().unwrap();
    if value.is_null() {
        object.remove(name);
    } else {
        object.insert(name.to_owned(), value);
    }
}

/// A text of this many UTF-16 units is taken (whatever is said of it then), and one that is longer gives 40031.
async fn is_at_most(place: &str, most: usize) {
    let rig = Rig::new().await;
    let exactly = code(&rig, &with(&rig, place, json!("x".repeat(most)))).await;
    assert_ne!(exactly, 40031, "{place} of {most}");
    let longer = code(&rig, &with(&rig, place, json!("x".repeat(most + 1)))).await;
    assert_eq!(longer, 40031, "{place} of {}", most + 1);
    // A character beyond the first 65536 counts twice.
    let wide = code(&rig, &with(&rig, place, json!("😀".repeat(most / 2 + 1)))).await;
    assert_eq!(wide, 40031, "{place} in wide characters");
}

/// Without it, with an empty one and with `null`, the code is 40031.
async fn is_needed(place: &str) {
    let rig = Rig::new().await;
    let mut null = rig.sale("VT-0001");
    *null.pointer_mut(place).unwrap() = Value::Null;
    for body in [with(&rig, place, Value::Null), with(&rig, place, json!("")), null] {
        assert_eq!(code(&rig, &body).await, 40031, "{place}: {body}");
    }
}

/// Anything but text gives 40031.
async fn is_text(place: &str) {
    let rig = Rig::new().await;
    for value in [json!(1), json!(true), json!(["x"]), json!({"x": "x"})] {
        assert_eq!(
            code(&rig, &with(&rig, place, value.clone())).await,
            40031,
            "{place}: {value}"
        );
    }
}

/// It may be missing, empty or `null`.
async fn is_optional(place: &str) {
    let rig = Rig::new().await;
    let mut null = with(&rig, place, json!(""));
    *null.pointer_mut(place).unwrap() = Value::Null;
    for body in [with(&rig, place, Value::Null), with(&rig, place, json!("")), null] {
        assert_eq!(code(&rig, &body).await, 0, "{place}: {body}");
    }
}

#[tokio::test]
async fn trans_type_is_needed_and_at_most_32_and_an_unknown_one_gives_40030() {
    is_needed("/transType").await;
    is_text("/transType").await;
    is_at_most("/transType", 32).await;
    let rig = Rig::new().await;
    for name in ["refund", "Sale", "getlast", "x"] {
        assert_eq!(
            code(&rig, &with(&rig, "/transType", json!(name))).await,
            40030,
            "{name}"
        );
    }
}

#[tokio::test]
async fn pos_id_is_needed_and_at_most_24_and_must_be_the_tokens_40021() {
    is_needed("/posId").await;
    is_text("/posId").await;
    is_at_most("/posId", 24).await;
    let rig = Rig::new().await;
    assert_eq!(
        code(&rig, &with(&rig, "/posId", json!("simulatorPos2"))).await,
        40021
    );
}

#[tokio::test]
async fn merchant_id_is_needed_and_at_most_100_and_must_be_the_merchants_40022() {
    is_needed("/merchantId").await;
    is_text("/merchantId").await;
    is_at_most("/merchantId", 100).await;
    let rig = Rig::new().await;
    assert_eq!(
        code(&rig, &with(&rig, "/merchantId", json!("OTHER"))).await,
        40022
    );
}

#[tokio::test]
async fn device_id_is_needed_and_at_most_100_and_must_exist_40317_and_be_bound_40023() {
    is_needed("/deviceId").await;
    is_text("/deviceId").await;
    is_at_most("/deviceId", 100).await;
    let rig = Rig::new().await;
    assert_eq!(
        code(&rig, &with(&rig, "/deviceId", json!("VT-9999"))).await,
        40317
    );
    assert_eq!(
        code(&rig, &with(&rig, "/deviceId", json!("VT-0004"))).await,
        40023
    );
}

#[tokio::test]
async fn reference_id_is_needed_and_at_most_20_and_unique_per_transaction_42920() {
    is_needed("/referenceId").await;
    is_text("/referenceId").await;
    is_at_most("/referenceId", 20).await;
    let rig = Rig::new().await;
    let body = with(&rig, "/referenceId", json!("R".repeat(20)));
    assert_eq!(code(&rig, &body).await, 0);
    let mut again = body.clone();
    again["deviceId"] = json!("VT-0002");
    again["transData"]["transAmt"] = json!("99.00");
    assert_eq!(code(&rig, &again).await, 42920);
    assert_eq!(rig.book().await.len(), 1);
}

#[tokio::test]
async fn reference_label_is_optional_and_at_most_10() {
    is_optional("/referenceLabel").await;
    is_text("/referenceLabel").await;
    is_at_most("/referenceLabel", 10).await;
}

#[tokio::test]
async fn api_version_is_needed_and_at_most_3_and_anything_but_v1_gives_40024() {
    is_needed("/apiVersion").await;
    is_text("/apiVersion").await;
    is_at_most("/apiVersion", 3).await;
    let rig = Rig::new().await;
    for version in ["v2", "V1", "1"] {
        assert_eq!(
            code(&rig, &with(&rig, "/apiVersion", json!(version))).await,
            40024,
            "{version}"
        );
    }
}

#[tokio::test]
async fn datetime_is_14_digits_of_utc_without_a_t_and_anything_else_gives_40027() {
    is_needed("/datetime").await;
    is_text("/datetime").await;
    let rig = Rig::new().await;
    for wrong in [
        "20260305T020000",
        "2026-03-05T02:00:00Z",
        "2026030502000",
        "202603050200000",
        "20260230020000",
        "20260305250000",
        "2026030502000O",
        "now",
    ] {
        assert_eq!(
            code(&rig, &with(&rig, "/datetime", json!(wrong))).await,
            40027,
            "{wrong}"
        );
    }
    // UTC, not the gateway's local time, which is eight hours ahead.
    assert_eq!(
        code(&rig, &with(&rig, "/datetime", json!("20260305100000"))).await,
        40027
    );
    assert_eq!(
        code(&rig, &with(&rig, "/datetime", json!("20260305020000"))).await,
        0
    );
}

#[tokio::test]
async fn a_datetime_too_far_from_the_gateways_clock_gives_40027() {
    let rig = Rig::with(|config| config.clock_tolerance = std::time::Duration::from_secs(60)).await;
    for (datetime, expected) in [
        ("20260305015900", 0),
        ("20260305015859", 40027),
        ("20260305020100", 0),
        ("20260305020101", 40027),
    ] {
        assert_eq!(
            code(&rig, &with(&rig, "/datetime", json!(datetime))).await,
            expected,
            "{datetime}"
        );
    }
    rig.advance(SignedDuration::from_secs(61));
    assert_eq!(
        code(&rig, &with(&rig, "/datetime", json!("20260305020000"))).await,
        40027
    );
}

#[tokio::test]
async fn trans_data_is_an_object() {
    let rig = Rig::new().await;
    for wrong in [json!([]), json!("x"), json!(1), json!(true)] {
        assert_eq!(code(&rig, &with(&rig, "/transData", wrong)).await, 40031);
    }
    is_needed("/transData/transAmt").await;
    is_needed("/transData/paymentMethod").await;
    assert_eq!(code(&rig, &with(&rig, "/transData", Value::Null)).await, 40031);
}

#[tokio::test]
async fn trans_amt_is_text_of_at_most_12_positive_with_always_two_decimals_after_a_point() {
    is_text("/transData/transAmt").await;
    let rig = Rig::new().await;
    for right in ["0.01", "1.00", "12.50", "999999999.99"] {
        assert_eq!(
            code(&rig, &with(&rig, "/transData/transAmt", json!(right))).await,
            0,
            "{right}"
        );
    }
    for wrong in [
        "1",
        "1.0",
        "1.000",
        "1,00",
        "0.00",
        "-1.00",
        "+1.00",
        ".50",
        "1.",
        "1e2",
        "1 000.00",
        " 1.00",
        "1.00 ",
        "1000000000.00",
        "١.٠٠",
        "RM1.00",
        "NaN",
    ] {
        assert_eq!(
            code(&rig, &with(&rig, "/transData/transAmt", json!(wrong))).await,
            40031,
            "{wrong}"
        );
    }
}

#[tokio::test]
async fn payment_method_is_bank_card_qr_cust_scan_or_qr_merch_scan() {
    is_text("/transData/paymentMethod").await;
    let rig = Rig::new().await;
    for right in ["bankCard", "qrCustScan", "qrMerchScan", "qrMercScan"] {
        assert_eq!(
            code(&rig, &with(&rig, "/transData/paymentMethod", json!(right))).await,
            0,
            "{right}"
        );
    }
    for wrong in ["cash", "BankCard", "qr"] {
        assert_eq!(
            code(&rig, &with(&rig, "/transData/paymentMethod", json!(wrong))).await,
            40031,
            "{wrong}"
        );
    }
}

#[tokio::test]
async fn product_index_is_optional_at_most_2_and_a_number_up_to_10() {
    let place = "/transData/productIndex";
    is_optional(place).await;
    is_text(place).await;
    let rig = Rig::new().await;
    for right in ["0", "1", "01", "9", "10"] {
        assert_eq!(code(&rig, &with(&rig, place, json!(right))).await, 0, "{right}");
    }
    for wrong in ["11", "99", "A", "-1", "+1", " 1", "001"] {
        assert_eq!(
            code(&rig, &with(&rig, place, json!(wrong))).await,
            40031,
            "{wrong}"
        );
    }
}

#[tokio::test]
async fn promo_sale_is_optional_and_at_most_2() {
    is_optional("/transData/promoSale").await;
    is_text("/transData/promoSale").await;
    is_at_most("/transData/promoSale", 2).await;
}

#[tokio::test]
async fn note_is_optional_and_at_most_128() {
    is_optional("/transData/note").await;
    is_text("/transData/note").await;
    is_at_most("/transData/note", 128).await;
}

#[tokio::test]
async fn metadata_is_optional_and_at_most_128_and_returned_in_the_answer() {
    is_optional("/transData/metadata").await;
    is_text("/transData/metadata").await;
    is_at_most("/transData/metadata", 128).await;
    let rig = Rig::new().await;
    let text = "😀".repeat(64);
    let (_, answer) = rig
        .transfer(&with(&rig, "/transData/metadata", json!(text)))
        .await;
    assert_eq!(answer["transData"]["metadata"], text);
}

#[tokio::test]
async fn print_count_is_a_number_0_1_or_2() {
    let place = "/transData/printCount";
    let rig = Rig::new().await;
    for right in [Value::Null, json!(0), json!(1), json!(2)] {
        assert_eq!(code(&rig, &with(&rig, place, right.clone())).await, 0, "{right}");
    }
    for wrong in [json!(3), json!(-1), json!(1.5), json!("1"), json!(true)] {
        assert_eq!(
            code(&rig, &with(&rig, place, wrong.clone())).await,
            40031,
            "{wrong}"
        );
    }
}

#[tokio::test]
async fn a_field_that_the_protocol_does_not_have_is_signed_over_and_passed_over() {
    let rig = Rig::new().await;
    assert_eq!(
        code(&rig, &with(&rig, "/somethingNew", json!({"a": [1, true, "x"]}))).await,
        0
    );
    assert_eq!(
        code(&rig, &with(&rig, "/transData/somethingNew", json!("x"))).await,
        0
    );
}
