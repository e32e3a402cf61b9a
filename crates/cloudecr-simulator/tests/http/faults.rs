//! Answers that are lost, at each part of the way: the POS learns nothing, and the book is right.

use std::{sync::Arc, time::Duration};

use crate::pos::Rig;
use cloudecr_simulator::{Leg, Manner, Script, Step, named_scripts};
use serde_json::{Value, json};

fn losing(at: Leg, how: Manner) -> Script {
    Script::new([Step::losing(at, how)]).unwrap()
}

#[tokio::test]
async fn a_reset_is_no_answer_and_the_book_knows_whether_it_was_charged() {
    for leg in Leg::ALL {
        let rig = Rig::new().await;
        rig.simulator
            .set_script("VT-0001", losing(leg, Manner::Reset))
            .unwrap();
        let body = rig.sale("VT-0001");
        assert!(rig.send(&body).await.is_err(), "{leg:?} was answered");
        let charged = leg >= Leg::AcquirerToTerminal;
        assert_eq!(rig.book().await.len(), usize::from(charged), "{leg:?}");
        let last = rig.transfer(&rig.body("getLast", "VT-0001", Value::Null)).await.1;
        if charged {
            assert_eq!(last["referenceId"], body["referenceId"], "{leg:?}");
            assert_eq!(last["transData"]["metadata"], "mine");
        } else {
            assert_eq!(last["code"], 40410, "{leg:?}");
        }
        // Only what the gateway never saw may come again under the same reference.
        let (_, again) = rig.transfer(&body).await;
        if leg == Leg::PosToGateway {
            assert_eq!(again["statusCode"], "00");
        } else {
            assert_eq!(again["code"], 42920, "{leg:?}");
        }
    }
}

#[tokio::test]
async fn a_reset_is_seen_as_a_reset_and_not_as_an_orderly_end() {
    let rig = Rig::new().await;
    rig.simulator
        .set_script("VT-0001", losing(Leg::GatewayToPos, Manner::Reset))
        .unwrap();
    let error = rig.send(&rig.sale("VT-0001")).await.unwrap_err();
    let mut source: Option<&(dyn std::error::Error + 'static)> = Some(&error);
    let mut reset = false;
    while let Some(cause) = source {
        reset |= cause
            .downcast_ref::<std::io::Error>()
            .is_some_and(|cause| cause.kind() == std::io::ErrorKind::ConnectionReset);
        source = cause.source();
    }
    assert!(reset, "{error:?}");
}

#[tokio::test]
async fn a_stall_charges_and_never_answers() {
    let rig = Arc::new(Rig::new().await);
    rig.simulator
        .set_script("VT-0001", losing(Leg::GatewayToPos, Manner::Stall))
        .unwrap();
    let body = rig.sale("VT-0001");
    let pos = tokio::spawn({
        let (rig, body) = (rig.clone(), body.clone());
        async move { rig.send(&body).await.map(|_| ()) }
    });
    while rig.book().await.is_empty() {
        tokio::task::yield_now().await;
    }
    assert!(!pos.is_finished());
    pos.abort();
    assert_eq!(
        rig.transfer(&rig.body("getLast", "VT-0001", Value::Null)).await.1["referenceId"],
        body["referenceId"]
    );
}

/// A limit of nothing is over before any customer is done.
async fn impatient() -> Rig {
    Rig::with(|config| config.terminal_limit = Duration::ZERO).await
}

#[tokio::test]
async fn a_terminal_goes_on_after_the_gateway_has_given_up() {
    let rig = impatient().await;
    rig.script("VT-0001", json!({"outcome": "approve", "delayMs": 50}))
        .await;
    rig.refused(&rig.sale("VT-0001"), 40811).await;
    while rig.book().await.is_empty() {
        tokio::task::yield_now().await;
    }
    assert_eq!(rig.book().await[0].1, "charged");
}

#[tokio::test]
async fn a_terminal_is_busy_as_long_as_it_works() {
    let rig = impatient().await;
    rig.script(
        "VT-0001",
        json!([{"outcome": "approve", "delayMs": 600_000}, "decline"]),
    )
    .await;
    rig.refused(&rig.sale("VT-0001"), 40811).await;
    rig.refused(&rig.sale("VT-0001"), 42910).await;
    rig.refused(&rig.body("getLast", "VT-0001", Value::Null), 42910)
        .await;
    // The next step waits for a transfer that the terminal takes, and the other terminals are free.
    let state = rig.simulator.terminals().remove(0);
    assert!(state.working && state.queued == 1, "{state:?}");
    rig.refused(&rig.body("getLast", "VT-0002", Value::Null), 40410)
        .await;
}

#[tokio::test]
async fn a_lost_void_has_voided_only_from_the_acquirer_on() {
    for leg in Leg::ALL {
        let rig = Rig::new().await;
        let (_, sale) = rig.transfer(&rig.sale("VT-0001")).await;
        rig.simulator
            .set_script("VT-0001", losing(leg, Manner::Reset))
            .unwrap();
        let void = rig.body(
            "void",
            "VT-0001",
            json!({"transId": sale["transData"]["transId"]}),
        );
        assert!(rig.send(&void).await.is_err(), "{leg:?}");
        let expected = if leg >= Leg::AcquirerToTerminal {
            "voided"
        } else {
            "charged"
        };
        assert_eq!(rig.book().await[0].1, expected, "{leg:?}");
    }
}

#[tokio::test]
async fn scripts_are_taken_by_name_and_mistakes_are_told() {
    let rig = Rig::new().await;
    for named in named_scripts() {
        assert_eq!(
            rig.script("VT-0001", json!(named.name)).await.0,
            204,
            "{}",
            named.name
        );
        let step = serde_json::to_value(named.step()).unwrap();
        assert_eq!(rig.script("VT-0001", step).await.0, 204, "{}", named.name);
    }
    assert_eq!(
        rig.get("/simulator/scripts").await.1.as_array().unwrap().len(),
        named_scripts().len()
    );
    assert_eq!(rig.script("VT-9999", json!("approve")).await.0, 404);
    for wrong in [
        json!("aprove"),
        json!(7),
        json!({"outcome": "explode"}),
        json!({"outcome": "approve", "delay": 1}),
        json!({"outcome": "approve", "settles": "approve"}),
        json!({"outcome": "approve", "lose": {"at": "moon", "how": "reset"}}),
        json!({"outcome": "error", "errorCode": 7}),
        json!({"outcome": "approve", "delayMs": 600_001}),
    ] {
        let (status, answer) = rig.script("VT-0001", wrong.clone()).await;
        assert_eq!(status, 400, "{wrong}");
        assert!(answer["message"].as_str().unwrap().contains("script"), "{answer}");
    }
}

#[tokio::test]
async fn what_a_name_says_of_the_money_is_what_the_book_says() {
    let mut told = 0;
    for named in named_scripts() {
        let charged = match named.label {
            label if label.contains(", not charged") => 0,
            label if label.contains(", charged") => 1,
            _ => continue,
        };
        let waits = named
            .step()
            .lose
            .is_some_and(|loss| matches!(loss.how, Manner::Stall | Manner::Late { .. }));
        if waits {
            continue;
        }
        let rig = Rig::new().await;
        rig.script("VT-0001", json!(named.name)).await;
        let sale = rig.sale("VT-0001");
        // Whatever the POS sees of it.
        drop(rig.send(&sale).await);
        let book = rig.simulator.book();
        let own = book
            .iter()
            .filter(|entry| sale["referenceId"] == *entry.reference_id);
        assert_eq!(own.count(), charged, "{}", named.name);
        told += 1;
    }
    assert!(told > 15, "only {told} names say whether the customer is charged");
}

#[tokio::test]
async fn other_names_for_a_script_work_and_names_are_unique() {
    for (other, name) in [
        ("charged-answer-lost", "lost-after-charge"),
        ("not-charged-answer-lost", "lost-before-charge"),
    ] {
        assert_eq!(Script::named(other).unwrap(), Script::named(name).unwrap());
    }
    let names: std::collections::HashSet<_> = named_scripts().iter().map(|named| named.name).collect();
    assert_eq!(names.len(), named_scripts().len());
    assert!(names.len() <= 40, "a list that long is no help");
}

#[tokio::test]
async fn a_refusal_can_be_lost_too() {
    let rig = Rig::new().await;
    for (outcome, code) in [
        ("offline", 50310),
        ("busy", 42910),
        ("cancel", 42210),
        ("error", 50312),
    ] {
        let step = json!({"outcome": outcome, "lose": {"at": "gateway-to-pos", "how": "reset"}});
        rig.script("VT-0001", step).await;
        assert!(rig.send(&rig.sale("VT-0001")).await.is_err(), "{outcome}");
        // Without the loss it is the usual refusal.
        rig.script("VT-0001", json!({"outcome": outcome})).await;
        rig.refused(&rig.sale("VT-0001"), code).await;
    }
    assert!(rig.book().await.is_empty());
}
