//! What happens after an answer: the acquirer changes its mind, or another till uses the terminal.

use cloudecr_simulator::InquiryReference;
use reqwest::Method;
use serde_json::{Value, json};

use crate::pos::Rig;

#[tokio::test]
async fn a_decline_is_charged_after_so_many_questions() {
    let rig = Rig::new().await;
    rig.script(
        "VT-0001",
        json!({"outcome": "decline", "later": {"turns": "approve", "afterInquiries": 2}}),
    )
    .await;
    let sale = rig.sale("VT-0001");
    assert_eq!(rig.transfer(&sale).await.1["statusCode"], "11");
    for _ in 0..2 {
        assert_eq!(rig.last("VT-0001").await["statusCode"], "11");
        assert_eq!(rig.book().await[0].1, "declined");
    }
    let last = rig.last("VT-0001").await;
    assert_eq!(
        (&last["statusCode"], &last["responseCode"]),
        (&json!("00"), &json!("00"))
    );
    assert_eq!(last["referenceId"], sale["referenceId"]);
    assert_eq!(rig.book().await[0].1, "charged");
}

#[tokio::test]
async fn a_wallet_that_changes_its_mind_says_so_to_a_wallet_inquiry() {
    for (first, turns, status, shown) in [
        ("decline", "approve", "charged", json!("00")),
        ("approve", "reverse", "voided", json!("00")),
        ("approve", "vanish", "voided", Value::Null),
    ] {
        let rig = Rig::new().await;
        rig.script(
            "VT-0001",
            json!({"outcome": first, "later": {"turns": turns, "afterInquiries": 0}}),
        )
        .await;
        let sale = rig.wallet_sale("VT-0001");
        rig.transfer(&sale).await;
        let question = json!({"originalDatetime": sale["datetime"]});
        let answer = rig
            .transfer(&rig.body("walletInquiry", "VT-0001", question))
            .await
            .1;
        assert_eq!(answer["statusCode"], shown, "{turns}");
        assert_eq!(rig.book().await[0].1, status, "{turns}");
    }
}

#[tokio::test]
async fn what_turns_on_command_stays_as_it_is_until_then() {
    let rig = Rig::new().await;
    rig.script(
        "VT-0001",
        json!({"outcome": "approve", "later": {"turns": "reverse"}}),
    )
    .await;
    let sale = rig.sale("VT-0001");
    let (_, approved) = rig.transfer(&sale).await;
    assert_eq!(rig.last("VT-0001").await["transType"], "sale");
    let turn = || async {
        rig.control(Method::POST, "terminals/VT-0001/turn", &Value::Null)
            .await
    };
    assert_eq!(turn().await.1, json!({"turned": 1}));
    assert_eq!(turn().await.1, json!({"turned": 0}));
    let last = rig.last("VT-0001").await;
    assert_eq!(
        (&last["transType"], &last["statusCode"]),
        (&json!("void"), &json!("00"))
    );
    assert_eq!(last["referenceId"], sale["referenceId"]);
    assert_eq!(last["transData"]["transId"], approved["transData"]["transId"]);
    assert_eq!(rig.book().await[0].1, "voided");
    // Nothing is left to void.
    let void = json!({"transId": approved["transData"]["transId"]});
    rig.refused(&rig.body("void", "VT-0001", void), 40029).await;
}

#[tokio::test]
async fn a_reversal_can_leave_no_trace_on_the_terminal() {
    let rig = Rig::new().await;
    let earlier = rig.sale("VT-0001");
    rig.transfer(&earlier).await;
    rig.script("VT-0001", json!("approved-then-gone")).await;
    rig.transfer(&rig.sale("VT-0001")).await;
    assert_eq!(rig.last("VT-0001").await["referenceId"], earlier["referenceId"]);
    let statuses: Vec<String> = rig.book().await.into_iter().map(|entry| entry.1).collect();
    assert_eq!(statuses, ["charged", "voided"]);
}

#[tokio::test]
async fn a_void_can_change_its_mind_as_well() {
    for (first, turns, before, after) in [
        ("decline", "approve", "charged", "voided"),
        ("approve", "reverse", "voided", "charged"),
    ] {
        let rig = Rig::new().await;
        let (_, sale) = rig.transfer(&rig.sale("VT-0001")).await;
        rig.script("VT-0001", json!({"outcome": first, "later": {"turns": turns}}))
            .await;
        let void = json!({"transId": sale["transData"]["transId"]});
        rig.transfer(&rig.body("void", "VT-0001", void)).await;
        assert_eq!(rig.book().await[0].1, before, "{turns}");
        assert_eq!(rig.simulator.turn_now("VT-0001"), Ok(1));
        assert_eq!(rig.book().await[0].1, after, "{turns}");
        let expected = if turns == "approve" { "void" } else { "sale" };
        assert_eq!(rig.last("VT-0001").await["transType"], expected, "{turns}");
    }
}

#[tokio::test]
async fn another_tills_sales_come_between_a_payment_and_its_question() {
    for reference in [InquiryReference::Original, InquiryReference::Inquiry] {
        let rig = Rig::with(|config| config.get_last_reference = reference).await;
        rig.script(
            "VT-0001",
            json!({"lose": {"at": "gateway-to-pos", "how": "reset"}, "thenSales": {"count": 2}}),
        )
        .await;
        let sale = rig.sale("VT-0001");
        assert!(rig.send(&sale).await.is_err());
        let book = rig.simulator.book();
        assert_eq!(book.len(), 3);
        assert_eq!(sale["referenceId"], *book[0].reference_id);
        assert!(
            book[1..]
                .iter()
                .all(|entry| entry.amount == "12.50" && entry.reference_id != book[0].reference_id)
        );
        let last = rig.last("VT-0001").await;
        assert_eq!(last["transData"]["transId"], *book[2].trans_id);
        match reference {
            InquiryReference::Original => assert_eq!(last["posId"], "anotherTill"),
            InquiryReference::Inquiry => assert_eq!(last["posId"], "simulatorPos1"),
        }
    }
}

#[tokio::test]
async fn another_till_sells_also_after_a_request_that_never_arrived() {
    let rig = Rig::new().await;
    rig.script(
        "VT-0001",
        json!({"lose": {"at": "pos-to-gateway", "how": "reset"}, "thenSales": {"amount": "3.00"}}),
    )
    .await;
    assert!(rig.send(&rig.sale("VT-0001")).await.is_err());
    let book = rig.simulator.book();
    assert_eq!((book.len(), book[0].amount.as_str()), (1, "3.00"));
}

#[tokio::test]
async fn another_till_sells_on_command() {
    let rig = Rig::new().await;
    let path = "terminals/VT-0002/other-sales";
    let sales = json!({"count": 3, "amount": "9.90"});
    assert_eq!(rig.control(Method::POST, path, &sales).await.0, 204);
    assert_eq!(rig.book().await.len(), 3);
    assert_eq!(rig.last("VT-0002").await["transData"]["transAmt"], "9.90");
    for wrong in [
        json!({}),
        json!({"amount": "9.9"}),
        json!({"count": 0, "amount": "9.90"}),
        json!({"count": 101, "amount": "9.90"}),
    ] {
        assert_eq!(rig.control(Method::POST, path, &wrong).await.0, 400, "{wrong}");
    }
    let nowhere = rig
        .control(Method::POST, "terminals/VT-9999/other-sales", &sales)
        .await;
    assert_eq!(nowhere.0, 404);
}

#[tokio::test]
async fn what_cannot_turn_is_told() {
    let rig = Rig::new().await;
    for wrong in [
        json!({"outcome": "approve", "later": {"turns": "approve"}}),
        json!({"outcome": "decline", "later": {"turns": "vanish"}}),
        json!({"outcome": "pending", "later": {"turns": "reverse"}}),
        json!({"outcome": "approve", "later": {}}),
        json!({"outcome": "approve", "thenSales": {"count": 0}}),
        json!({"outcome": "approve", "thenSales": {"amount": "a lot"}}),
    ] {
        assert_eq!(rig.script("VT-0001", wrong.clone()).await.0, 400, "{wrong}");
    }
    assert!(rig.simulator.turn_now("VT-9999").is_err());
}
