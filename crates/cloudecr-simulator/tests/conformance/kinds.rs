//! What each kind of transfer asks for and does.

use crate::pos::Rig;
use cloudecr_simulator::InquiryReference;
use serde_json::{Value, json};

/// The book over HTTP, as rows of reference, kind, amount and status.
async fn book(rig: &Rig) -> Value {
    rig.get("/simulator/book").await.1
}

async fn sold(rig: &Rig, terminal: &str) -> Value {
    let (_, answer) = rig.transfer(&rig.sale(terminal)).await;
    assert_eq!(answer["statusCode"], "00");
    answer
}

fn void(rig: &Rig, terminal: &str, sale: &Value) -> Value {
    let data = json!({"transId": sale["transData"]["transId"], "invNo": sale["transData"]["invNo"]});
    rig.body("void", terminal, data)
}

fn cash_out(rig: &Rig, amount: &str, cash: &str) -> Value {
    let data = json!({"transAmt": amount, "cashAmt": cash, "paymentMethod": "bankCard"});
    rig.body("cashOut", "VT-0001", data)
}

#[tokio::test]
async fn payment_channel_goes_with_qr_cust_scan_only() {
    let rig = Rig::new().await;
    for method in ["bankCard", "qrMerchScan"] {
        let data = json!({"transAmt": "1.00", "paymentMethod": method, "paymentChannel": "tng"});
        rig.refused(&rig.body("sale", "VT-0001", data), 40031).await;
    }
    let (_, answer) = rig.transfer(&rig.wallet_sale("VT-0001")).await;
    assert_eq!(answer["transData"]["paymentChannel"], "tng");
}

#[tokio::test]
async fn cash_amt_goes_with_cash_out_only_where_it_is_needed_in_the_form_of_trans_amt() {
    let rig = Rig::new().await;
    let mut sale = rig.sale("VT-0001");
    sale["transData"]["cashAmt"] = json!("1.00");
    rig.refused(&sale, 40031).await;
    for wrong in [
        Value::Null,
        json!(""),
        json!("50"),
        json!("0.00"),
        json!(50),
        json!("1000000000.00"),
    ] {
        let mut body = cash_out(&rig, "20.00", "50.00");
        body["transData"]["cashAmt"] = wrong.clone();
        rig.refused(&body, 40031).await;
    }
    assert!(rig.book().await.is_empty());
}

#[tokio::test]
async fn a_cash_out_is_for_my_debit_cards_and_shows_the_two_amounts_apart() {
    let rig = Rig::new().await;
    let (_, answer) = rig.transfer(&cash_out(&rig, "20.00", "50.00")).await;
    assert_eq!(answer["statusCode"], "00");
    let data = &answer["transData"];
    assert_eq!(
        (&data["transAmt"], &data["cashAmt"], &data["paymentChannel"]),
        (&json!("20.00"), &json!("50.00"), &json!("myDebit"))
    );
    assert_eq!(book(&rig).await[0]["amount"], "20.00");
    // Any other card is declined.
    rig.script("VT-0001", json!({"paysWith": "visa"})).await;
    let (_, answer) = rig.transfer(&cash_out(&rig, "20.00", "50.00")).await;
    assert_eq!(
        (&answer["statusCode"], &answer["responseCode"]),
        (&json!("11"), &json!("57"))
    );
    // And it is by card only.
    let mut body = cash_out(&rig, "20.00", "50.00");
    for method in ["qrCustScan", "qrMerchScan"] {
        body["transData"]["paymentMethod"] = json!(method);
        rig.refused(&body, 40031).await;
    }
}

#[tokio::test]
async fn cash_has_its_own_limit_and_more_is_declined() {
    let rig = Rig::with(|config| config.cash_out_limit = 20_000).await;
    let (_, answer) = rig.transfer(&cash_out(&rig, "1000.00", "200.00")).await;
    assert_eq!(answer["statusCode"], "00");
    let (_, answer) = rig.transfer(&cash_out(&rig, "1.00", "200.01")).await;
    assert_eq!(
        (&answer["statusCode"], &answer["responseCode"]),
        (&json!("11"), &json!("61"))
    );
    assert_eq!(book(&rig).await[1]["status"], "declined");
}

#[tokio::test]
async fn a_card_outside_a_promotion_is_declined() {
    let rig = Rig::with(|config| {
        config.promotions.insert("01".to_owned(), vec!["visa".to_owned()]);
    })
    .await;
    for (card, promotion, status) in [
        ("visa", json!("01"), "00"),
        ("amex", json!("01"), "11"),
        ("visa", json!("02"), "11"),
        ("amex", Value::Null, "00"),
    ] {
        rig.script("VT-0001", json!({"paysWith": card})).await;
        let mut body = rig.sale("VT-0001");
        body["transData"]["promoSale"] = promotion;
        let (_, answer) = rig.transfer(&body).await;
        assert_eq!(answer["statusCode"], status, "{answer}");
        assert_eq!(answer["transData"]["paymentChannel"], card);
    }
}

#[tokio::test]
async fn the_customer_can_show_any_wallet_and_use_any_card() {
    let rig = Rig::new().await;
    for card in [
        "visa",
        "mastercard",
        "unionPay",
        "upi",
        "myDebit",
        "diners",
        "amex",
    ] {
        rig.script("VT-0001", json!({"paysWith": card})).await;
        let (_, answer) = rig.transfer(&rig.sale("VT-0001")).await;
        assert_eq!(answer["transData"]["paymentChannel"], card);
    }
    for wallet in ["alipay", "atome", "weChatPay"] {
        rig.script("VT-0001", json!({"paysWith": wallet})).await;
        let data = json!({"transAmt": "1.00", "paymentMethod": "qrMerchScan"});
        let (_, answer) = rig.transfer(&rig.body("sale", "VT-0001", data)).await;
        assert_eq!(answer["transData"]["paymentChannel"], wallet);
    }
}

#[tokio::test]
async fn a_void_goes_to_the_terminal_that_took_the_sale_and_elsewhere_it_is_40410() {
    let rig = Rig::new().await;
    let sale = sold(&rig, "VT-0001").await;
    rig.refused(&void(&rig, "VT-0002", &sale), 40410).await;
    let body = void(&rig, "VT-0001", &sale);
    let (_, answer) = rig.transfer(&body).await;
    assert_eq!(
        (&answer["transType"], &answer["statusCode"]),
        (&json!("void"), &json!("00"))
    );
    // The samples reuse the sale's reference, the collection makes a fresh one; the answer repeats the request's.
    assert_eq!(answer["referenceId"], body["referenceId"]);
    for field in ["transId", "invNo", "transAmt", "paymentChannel", "cardNo"] {
        assert_eq!(answer["transData"][field], sale["transData"][field], "{field}");
    }
    assert_eq!(book(&rig).await.as_array().unwrap().len(), 1);
    assert_eq!(book(&rig).await[0]["status"], "voided");
}

#[tokio::test]
async fn a_void_needs_trans_id_a_number_of_up_to_10_digits_as_text_and_inv_no_must_be_the_sales() {
    let rig = Rig::new().await;
    let sale = sold(&rig, "VT-0001").await;
    for wrong in [
        Value::Null,
        json!(""),
        json!("12345678901"),
        json!("12a"),
        json!(12),
    ] {
        let mut body = void(&rig, "VT-0001", &sale);
        body["transData"]["transId"] = wrong;
        rig.refused(&body, 40031).await;
    }
    let mut body = void(&rig, "VT-0001", &sale);
    body["transData"]["invNo"] = json!("999999");
    rig.refused(&body, 40410).await;
    body = rig.body("void", "VT-0001", json!({"transId": "4000000000"}));
    rig.refused(&body, 40410).await;
    let without = rig.body(
        "void",
        "VT-0001",
        json!({"transId": sale["transData"]["transId"]}),
    );
    assert_eq!(rig.transfer(&without).await.1["statusCode"], "00");
}

#[tokio::test]
async fn a_sale_is_voided_once_and_what_was_never_charged_not_at_all_40029() {
    let rig = Rig::new().await;
    let sale = sold(&rig, "VT-0001").await;
    assert_eq!(
        rig.transfer(&void(&rig, "VT-0001", &sale)).await.1["statusCode"],
        "00"
    );
    rig.refused(&void(&rig, "VT-0001", &sale), 40029).await;
    for outcome in ["decline", "pending"] {
        rig.script("VT-0001", json!(outcome)).await;
        let (_, sale) = rig.transfer(&rig.wallet_sale("VT-0001")).await;
        rig.refused(&void(&rig, "VT-0001", &sale), 40029).await;
    }
}

#[tokio::test]
async fn what_belongs_to_another_kind_of_transfer_gives_40031() {
    let rig = Rig::new().await;
    let sale = sold(&rig, "VT-0001").await;
    let id = sale["transData"]["transId"].clone();
    let card = || json!({"transAmt": "1.00", "paymentMethod": "bankCard"});
    let full = |mut data: Value, name: &str| {
        data[name] = json!("1");
        data
    };
    let misfits = [
        ("sale", card(), &["transId", "invNo", "originalDatetime"][..]),
        (
            "void",
            json!({"transId": id}),
            &["transAmt", "cashAmt", "paymentMethod", "note", "paymentChannel"],
        ),
        (
            "walletInquiry",
            json!({"originalDatetime": "20260305020000"}),
            &["transId", "transAmt", "metadata"],
        ),
        ("getLast", json!({}), &["transId", "metadata", "transAmt"]),
        ("print", json!({"transId": id}), &["transAmt", "printCount"]),
    ];
    for (kind, data, names) in misfits {
        for name in names {
            let body = rig.body(kind, "TM-0003", full(data.clone(), name));
            let (_, answer) = rig.transfer(&body).await;
            assert_eq!(answer["code"], 40031, "{name} in a {kind}: {answer}");
        }
    }
    // Empty, it is as good as left out.
    let mut body = rig.sale("VT-0001");
    body["transData"]["cashAmt"] = json!("");
    body["transData"]["invNo"] = Value::Null;
    assert_eq!(rig.transfer(&body).await.1["statusCode"], "00");
}

#[tokio::test]
async fn wallet_inquiry_asks_by_the_datetime_of_the_sale_in_original_datetime() {
    let rig = Rig::new().await;
    rig.script("VT-0001", json!({"outcome": "pending", "settles": "approve"}))
        .await;
    let sale = rig.wallet_sale("VT-0001");
    let (_, pending) = rig.transfer(&sale).await;
    assert_eq!(pending["statusCode"], "22");
    let ask = |time: Value| rig.body("walletInquiry", "VT-0001", json!({"originalDatetime": time}));
    let (_, answer) = rig.transfer(&ask(sale["datetime"].clone())).await;
    assert_eq!(
        (&answer["statusCode"], &answer["referenceId"]),
        (&json!("00"), &sale["referenceId"])
    );
    assert_eq!(answer["transData"]["transId"], pending["transData"]["transId"]);
    rig.refused(&ask(json!("20260305015959")), 40410).await;
    for wrong in ["20260305T020000", "2026"] {
        rig.refused(&ask(json!(wrong)), 40027).await;
    }
    rig.refused(&ask(Value::Null), 40031).await;
}

#[tokio::test]
async fn get_last_has_no_trans_data_and_answers_the_terminals_last_transaction() {
    for (habit, is_own) in [
        (InquiryReference::Original, false),
        (InquiryReference::Inquiry, true),
    ] {
        let rig = Rig::with(|config| config.get_last_reference = habit).await;
        rig.refused(&rig.body("getLast", "VT-0001", Value::Null), 40410)
            .await;
        let sale = sold(&rig, "VT-0001").await;
        let mut body = rig.body("getLast", "VT-0001", Value::Null);
        body.as_object_mut().unwrap().remove("transData");
        let (_, answer) = rig.transfer(&body).await;
        assert_eq!(answer["transData"]["transId"], sale["transData"]["transId"]);
        // Whose reference it is, is not documented: it may be the original's or the inquiry's own.
        assert_eq!(answer["referenceId"] == body["referenceId"], is_own);
        assert_eq!(answer["referenceId"] == sale["referenceId"], !is_own);
        rig.refused(&rig.body("getLast", "VT-0002", Value::Null), 40410)
            .await;
    }
}

#[tokio::test]
async fn print_takes_a_trans_id_and_a_terminal_without_a_printer_gives_50313() {
    let rig = Rig::new().await;
    let sale = sold(&rig, "TM-0003").await;
    let print = |terminal: &str, id: Value| rig.body("print", terminal, json!({"transId": id}));
    let (_, answer) = rig
        .transfer(&print("TM-0003", sale["transData"]["transId"].clone()))
        .await;
    assert_eq!(
        (&answer["transType"], &answer["statusCode"]),
        (&json!("print"), &json!("00"))
    );
    rig.refused(&print("TM-0003", json!("1")), 40410).await;
    rig.refused(&print("TM-0003", Value::Null), 40031).await;
    let sale = sold(&rig, "VT-0001").await;
    rig.refused(&print("VT-0001", sale["transData"]["transId"].clone()), 50313)
        .await;
}
