//! Sales, cash-outs, voids and questions, by outcome: what the POS is told and what the book says.

use crate::pos::Rig;
use serde_json::{Value, json};

#[tokio::test]
async fn a_sale_is_charged_and_answered() {
    let rig = Rig::new().await;
    let body = rig.sale("VT-0001");
    let (_, answer) = rig.transfer(&body).await;
    for name in ["transType", "posId", "deviceId", "referenceId", "apiVersion"] {
        assert_eq!(answer[name], body[name], "{name}");
    }
    assert_eq!(
        (&answer["statusCode"], &answer["responseCode"]),
        (&json!("00"), &json!("00"))
    );
    let data = &answer["transData"];
    assert_eq!(data["transAmt"], "12.50");
    assert_eq!(data["currency"], "MYR");
    assert_eq!(data["metadata"], "mine");
    assert_eq!(data["transDateTime"], "2026-03-05T10:00:00");
    assert_eq!(data["cardNo"], "************1111");
    let (_, book) = rig.get("/simulator/book").await;
    let expected = json!([{"referenceId": body["referenceId"], "transId": data["transId"], "terminalId": "VT-0001",
        "transType": "sale", "amount": "12.50", "status": "charged"}]);
    assert_eq!(book, expected);
}

#[tokio::test]
async fn wallets_and_cash_outs_are_charged_too() {
    let rig = Rig::new().await;
    let (_, shown) = rig.transfer(&rig.wallet_sale("VT-0001")).await;
    assert_eq!(shown["transData"]["paymentChannel"], "tng");
    assert!(shown["transData"]["cardNo"].is_null());
    let data = json!({"transAmt": "8.00", "paymentMethod": "qrMercScan"});
    assert_eq!(
        rig.transfer(&rig.body("sale", "VT-0001", data)).await.1["statusCode"],
        "00"
    );
    let data = json!({"transAmt": "8.00", "cashAmt": "50.00", "paymentMethod": "bankCard"});
    let (_, cash) = rig.transfer(&rig.body("cashOut", "VT-0001", data)).await;
    assert_eq!(cash["transData"]["cashAmt"], "50.00");
    assert_eq!(cash["transData"]["paymentChannel"], "myDebit");
    assert_eq!(rig.book().await.len(), 3);
}

#[tokio::test]
async fn declines_cancellations_and_errors_charge_nothing() {
    let rig = Rig::new().await;
    let script = json!(["decline", {"outcome": "decline", "responseCode": "55"},
        {"outcome": "decline", "errorCode": 42211}, "cancel", "busy", "terminal-error"]);
    assert_eq!(rig.script("VT-0001", script).await.0, 204);
    for (code, text) in [("51", "Insufficient funds"), ("55", "Wrong PIN")] {
        let (status, answer) = rig.transfer(&rig.sale("VT-0001")).await;
        assert_eq!(status, 200);
        assert_eq!([&answer["statusCode"], &answer["responseCode"]], ["11", code]);
        assert_eq!(answer["responseText"], text);
        assert!(answer["transData"]["apprCode"].is_null());
    }
    for code in [42211, 42210, 42910, 50312] {
        rig.refused(&rig.sale("VT-0001"), code).await;
    }
    assert_eq!(
        rig.book()
            .await
            .iter()
            .filter(|(_, status)| status == "declined")
            .count(),
        3
    );
    // The script is used up.
    assert_eq!(rig.transfer(&rig.sale("VT-0001")).await.1["statusCode"], "00");
    assert_eq!(rig.book().await.len(), 4);
}

#[tokio::test]
async fn an_error_code_over_an_approval_hides_a_charge() {
    let rig = Rig::new().await;
    rig.script("VT-0001", json!({"outcome": "approve", "errorCode": 50313}))
        .await;
    let body = rig.sale("VT-0001");
    rig.refused(&body, 50313).await;
    assert_eq!(rig.book().await[0].1, "charged");
}

#[tokio::test]
async fn an_offline_terminal_takes_nothing_and_is_listed_so() {
    let rig = Rig::new().await;
    let connected = async || rig.get("/api/terminals").await.1["data"][0]["connected"].clone();
    rig.script("VT-0001", json!("offline")).await;
    assert_eq!(connected().await, false);
    rig.refused(&rig.sale("VT-0001"), 50310).await;
    assert_eq!(connected().await, false);
    rig.refused(&rig.body("getLast", "VT-0001", Value::Null), 50310)
        .await;
    assert!(rig.book().await.is_empty());
    rig.script("VT-0001", json!("approve")).await;
    assert_eq!(connected().await, true);
}

#[tokio::test]
async fn a_void_turns_its_original_in_the_book() {
    let rig = Rig::new().await;
    let (_, sale) = rig.transfer(&rig.sale("VT-0001")).await;
    let original = json!({"transId": sale["transData"]["transId"], "invNo": sale["transData"]["invNo"]});
    rig.refused(&rig.body("void", "VT-0002", original.clone()), 40410)
        .await;
    rig.script("VT-0001", json!({"outcome": "decline"})).await;
    let (_, refused) = rig.transfer(&rig.body("void", "VT-0001", original.clone())).await;
    assert_eq!([&refused["statusCode"], &refused["responseCode"]], ["11", "V1"]);
    assert_eq!(rig.book().await[0].1, "charged");
    let (_, void) = rig.transfer(&rig.body("void", "VT-0001", original.clone())).await;
    assert_eq!(void["statusCode"], "00");
    assert_eq!(void["transData"]["transId"], sale["transData"]["transId"]);
    assert_eq!(void["transData"]["transAmt"], "12.50");
    assert_eq!(
        rig.book()
            .await
            .iter()
            .map(|(_, status)| status.as_str())
            .collect::<Vec<_>>(),
        ["voided"]
    );
    rig.refused(&rig.body("void", "VT-0001", original), 40029).await;
    let wrong_invoice = json!({"transId": sale["transData"]["transId"], "invNo": "999999"});
    rig.refused(&rig.body("void", "VT-0001", wrong_invoice), 40410)
        .await;
}

#[tokio::test]
async fn get_last_answers_with_the_originals_reference_or_its_own() {
    for (reference, own) in [
        (cloudecr_simulator::InquiryReference::Original, false),
        (cloudecr_simulator::InquiryReference::Inquiry, true),
    ] {
        let rig = Rig::with(|config| config.get_last_reference = reference).await;
        rig.refused(&rig.body("getLast", "VT-0001", Value::Null), 40410)
            .await;
        let sale = rig.sale("VT-0001");
        let (_, first) = rig.transfer(&sale).await;
        let question = rig.body("getLast", "VT-0001", Value::Null);
        let (_, last) = rig.transfer(&question).await;
        let expected = if own { &question } else { &sale };
        assert_eq!(last["referenceId"], expected["referenceId"]);
        assert_eq!(last["transType"], expected["transType"]);
        assert_eq!(last["transData"], first["transData"]);
        assert_eq!(last["statusCode"], "00");
    }
}

#[tokio::test]
async fn a_pending_wallet_settles_when_it_is_asked_about() {
    for (end, status, entry) in [("approve", "00", "charged"), ("decline", "11", "declined")] {
        let rig = Rig::new().await;
        rig.script(
            "VT-0001",
            json!({"outcome": "pending", "settles": end, "settlesAfter": 1}),
        )
        .await;
        let sale = rig.wallet_sale("VT-0001");
        let (_, pending) = rig.transfer(&sale).await;
        assert_eq!(pending["statusCode"], "22");
        let data = json!({"originalDatetime": sale["datetime"]});
        let ask = || rig.body("walletInquiry", "VT-0001", data.clone());
        assert_eq!(rig.transfer(&ask()).await.1["statusCode"], "22");
        assert_eq!(rig.book().await[0].1, "pending");
        let (_, settled) = rig.transfer(&ask()).await;
        assert_eq!(settled["statusCode"], status);
        assert_eq!(settled["transData"]["transId"], pending["transData"]["transId"]);
        assert_eq!(rig.book().await[0].1, entry);
        let elsewhere = rig.body("walletInquiry", "VT-0002", data.clone());
        rig.refused(&elsewhere, 40410).await;
    }
}

#[tokio::test]
async fn a_slip_is_printed_again_where_there_is_a_printer() {
    let rig = Rig::new().await;
    for (terminal, printer) in [("TM-0003", true), ("VT-0001", false)] {
        let (_, sale) = rig.transfer(&rig.sale(terminal)).await;
        let print = rig.body(
            "print",
            terminal,
            json!({"transId": sale["transData"]["transId"]}),
        );
        if printer {
            let (_, answer) = rig.transfer(&print).await;
            assert_eq!(
                (&answer["transType"], &answer["statusCode"]),
                (&json!("print"), &json!("00"))
            );
        } else {
            rig.refused(&print, 50313).await;
        }
    }
}
