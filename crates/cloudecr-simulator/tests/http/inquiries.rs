//! Questions that meet a script of their own, and that it changes nothing but their answers.

use cloudecr::signature;
use reqwest::Method;
use serde_json::{Value, json};

use crate::pos::{Rig, read};

async fn questions(rig: &Rig, script: Value) -> u16 {
    let set = rig
        .control(Method::PUT, "terminals/VT-0001/inquiry-script", &script)
        .await;
    set.0.as_u16()
}

fn get_last(rig: &Rig) -> Value {
    rig.body("getLast", "VT-0001", Value::Null)
}

#[tokio::test]
async fn a_question_meets_its_steps_in_order_and_then_the_truth() {
    let rig = Rig::new().await;
    let sale = rig.sale("VT-0001");
    rig.transfer(&sale).await;
    let script = json!(["offline", "busy", {"outcome": "error"}, {"errorCode": 50010},
        {"lose": {"at": "pos-to-gateway", "how": "reset"}},
        {"lose": {"at": "gateway-to-pos", "how": "wrong-signature"}},
        {"lose": {"at": "gateway-to-pos", "how": {"html": {"status": 502}}}},
        {"lose": {"at": "terminal-to-gateway", "how": {"json": {"body": []}}}}]);
    assert_eq!(questions(&rig, script).await, 204);
    assert_eq!(rig.simulator.terminals()[0].queued_inquiries, 8);
    for code in [50310, 42910, 50312, 50010] {
        rig.refused(&get_last(&rig), code).await;
    }
    assert!(rig.send(&get_last(&rig)).await.is_err());
    let (_, unsigned) = read(rig.send(&get_last(&rig)).await.unwrap()).await;
    assert!(!signature::verify(&rig.key(), &unsigned) && unsigned["referenceId"] == sale["referenceId"]);
    assert_eq!(rig.send(&get_last(&rig)).await.unwrap().status(), 502);
    assert_eq!(
        rig.send(&get_last(&rig)).await.unwrap().text().await.unwrap(),
        "[]"
    );
    assert_eq!(rig.last("VT-0001").await["referenceId"], sale["referenceId"]);
    assert_eq!(rig.book().await.len(), 1);
}

#[tokio::test]
async fn a_sale_does_not_meet_the_steps_of_questions_nor_the_other_way_round() {
    let rig = Rig::new().await;
    questions(&rig, json!("offline")).await;
    rig.script("VT-0001", json!("decline")).await;
    rig.refused(&get_last(&rig), 50310).await;
    assert_eq!(rig.transfer(&rig.sale("VT-0001")).await.1["statusCode"], "11");
}

#[tokio::test]
async fn a_question_that_is_lost_on_the_way_there_settles_nothing() {
    for (leg, settled) in [("terminal-to-acquirer", "pending"), ("gateway-to-pos", "charged")] {
        let rig = Rig::new().await;
        rig.script("VT-0001", json!("pending-approve")).await;
        let sale = rig.wallet_sale("VT-0001");
        rig.transfer(&sale).await;
        questions(&rig, json!({"lose": {"at": leg, "how": "reset"}})).await;
        let question = json!({"originalDatetime": sale["datetime"]});
        assert!(
            rig.send(&rig.body("walletInquiry", "VT-0001", question))
                .await
                .is_err()
        );
        assert_eq!(rig.book().await[0].1, settled, "{leg}");
    }
}

#[tokio::test]
async fn an_old_answer_to_a_question_comes_again() {
    let rig = Rig::new().await;
    let first = rig.sale("VT-0001");
    rig.transfer(&first).await;
    let before = rig.last("VT-0001").await;
    rig.transfer(&rig.sale("VT-0001")).await;
    questions(&rig, json!({"lose": {"at": "gateway-to-pos", "how": "replay"}})).await;
    assert_eq!(rig.last("VT-0001").await, before);
    assert_ne!(rig.last("VT-0001").await, before);
}

#[tokio::test]
async fn what_only_a_payment_can_meet_is_told() {
    let rig = Rig::new().await;
    for wrong in [
        json!("decline"),
        json!("cancel"),
        json!("pending"),
        json!("other-till-after-charge"),
        json!({"responseCode": "51"}),
    ] {
        assert_eq!(questions(&rig, wrong.clone()).await, 400, "{wrong}");
    }
    let nowhere = rig
        .control(Method::PUT, "terminals/VT-9999/inquiry-script", &json!("offline"))
        .await;
    assert_eq!(nowhere.0, 404);
}
