//! Somebody who stands at a terminal: it waits for them, does what they decide, and goes on by itself without them.

use std::time::Duration;

use crate::pos::Rig;
use cloudecr_simulator::{Leg, Manner, Outcome, Screen, ScriptError, Step, Verdict};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use tokio::sync::watch::Receiver;

const TERMINAL: &str = "VT-0001";

async fn attended() -> Rig {
    let rig = Rig::new().await;
    rig.simulator.attend(TERMINAL, true).unwrap();
    rig
}

/// Waits until the terminal asks its customer.
async fn asks(screen: &mut Receiver<Screen>) -> Screen {
    screen
        .wait_for(|screen| matches!(screen, Screen::Asks { .. }))
        .await
        .unwrap()
        .clone()
}

/// Sends a transfer, and decides on it as soon as the terminal asks.
async fn decided(rig: &Rig, body: &Value, step: Step) -> (StatusCode, Value) {
    let mut screen = rig.simulator.screen(TERMINAL).unwrap();
    screen.mark_unchanged();
    let customer = async {
        asks(&mut screen).await;
        rig.simulator.decide(TERMINAL, step).unwrap();
    };
    tokio::join!(rig.transfer(body), customer).0
}

fn end_of(rig: &Rig) -> (Verdict, bool) {
    match &*rig.simulator.screen(TERMINAL).unwrap().borrow() {
        Screen::Ended { end, .. } => (end.verdict, end.slip.is_some()),
        other => panic!("the terminal shows {other:?}"),
    }
}

#[tokio::test]
async fn nothing_is_charged_until_the_customer_decides() {
    let rig = attended().await;
    let mut screen = rig.simulator.screen(TERMINAL).unwrap();
    let body = rig.sale(TERMINAL);
    let customer = async {
        let Screen::Asks { asked } = asks(&mut screen).await else {
            panic!("it does not ask");
        };
        assert_eq!(
            (asked.trans_type.as_str(), asked.amount.as_str()),
            ("sale", "12.50")
        );
        assert_eq!((asked.method.as_deref(), asked.qr), (Some("bankCard"), None));
        assert!(rig.simulator.book().is_empty(), "charged before anybody said so");
        rig.simulator
            .decide(TERMINAL, Step::of(Outcome::Approve))
            .unwrap();
    };
    let ((status, answer), ()) = tokio::join!(rig.transfer(&body), customer);
    assert_eq!((status, &answer["statusCode"]), (StatusCode::OK, &json!("00")));
    assert_eq!(rig.book().await.len(), 1);
    assert_eq!(end_of(&rig), (Verdict::Approved, true));
}

#[tokio::test]
async fn what_the_customer_does_is_what_the_pos_and_the_book_say() {
    let rig = attended().await;
    let wrong_pin = Step {
        response_code: Some("55".to_owned()),
        ..Step::of(Outcome::Decline)
    };
    let (_, answer) = decided(&rig, &rig.sale(TERMINAL), wrong_pin).await;
    assert_eq!(
        (&answer["statusCode"], &answer["responseCode"]),
        (&json!("11"), &json!("55"))
    );
    assert_eq!(end_of(&rig).0, Verdict::Declined);
    let (_, answer) = decided(&rig, &rig.sale(TERMINAL), Step::of(Outcome::Cancel)).await;
    assert_eq!(answer["code"], json!(42210));
    assert_eq!(end_of(&rig), (Verdict::Cancelled, false));
    let statuses: Vec<String> = rig.book().await.into_iter().map(|(_, status)| status).collect();
    assert_eq!(
        statuses,
        ["declined"],
        "a cancelled one never reached the acquirer"
    );
}

#[tokio::test]
async fn a_lost_answer_is_approved_on_the_terminal_and_a_lost_request_is_not() {
    for (leg, verdict, charged) in [
        (Leg::GatewayToPos, Verdict::Approved, 1),
        (Leg::TerminalToAcquirer, Verdict::NoAnswer, 0),
    ] {
        let rig = attended().await;
        let mut screen = rig.simulator.screen(TERMINAL).unwrap();
        let body = rig.sale(TERMINAL);
        let customer = async {
            asks(&mut screen).await;
            rig.simulator
                .decide(TERMINAL, Step::losing(leg, Manner::Reset))
                .unwrap();
        };
        let (sent, ()) = tokio::join!(rig.send(&body), customer);
        assert!(sent.is_err(), "{leg:?} was answered");
        assert_eq!(end_of(&rig).0, verdict);
        assert_eq!(rig.book().await.len(), charged);
    }
}

#[tokio::test]
async fn a_script_comes_before_the_customer() {
    let rig = attended().await;
    rig.script(TERMINAL, json!("decline")).await;
    let (_, answer) = rig.transfer(&rig.sale(TERMINAL)).await;
    assert_eq!(answer["statusCode"], json!("11"));
    assert_eq!(end_of(&rig).0, Verdict::Declined);
    let (_, answer) = decided(&rig, &rig.sale(TERMINAL), Step::default()).await;
    assert_eq!(answer["statusCode"], json!("00"));
}

#[tokio::test]
async fn who_leaves_cancels_and_then_the_terminal_approves_by_itself() {
    let rig = attended().await;
    let mut screen = rig.simulator.screen(TERMINAL).unwrap();
    let body = rig.sale(TERMINAL);
    let customer = async {
        asks(&mut screen).await;
        rig.simulator.attend(TERMINAL, false).unwrap();
    };
    let ((_, answer), ()) = tokio::join!(rig.transfer(&body), customer);
    assert_eq!(answer["code"], json!(42210));
    let (_, answer) = rig.transfer(&rig.sale(TERMINAL)).await;
    assert_eq!(answer["statusCode"], json!("00"));
}

#[tokio::test]
async fn a_terminal_that_is_unplugged_is_offline_and_what_it_worked_on_is_not_charged() {
    let rig = attended().await;
    let mut screen = rig.simulator.screen(TERMINAL).unwrap();
    let body = rig.sale(TERMINAL);
    let customer = async {
        asks(&mut screen).await;
        rig.simulator.plug(TERMINAL, false).unwrap();
    };
    let ((_, answer), ()) = tokio::join!(rig.transfer(&body), customer);
    assert_eq!(answer["code"], json!(50311), "the gateway cannot know");
    assert!(rig.book().await.is_empty());
    rig.refused(&rig.sale(TERMINAL), 50310).await;
    rig.refused(&rig.body("getLast", TERMINAL, Value::Null), 50310)
        .await;
    assert!(
        rig.simulator
            .terminals()
            .iter()
            .any(|state| state.terminal_id == TERMINAL && !state.connected)
    );
    rig.simulator.plug(TERMINAL, true).unwrap();
    let (_, answer) = decided(&rig, &rig.sale(TERMINAL), Step::default()).await;
    assert_eq!(answer["statusCode"], json!("00"));
}

#[tokio::test]
async fn a_customer_who_takes_too_long_is_charged_after_the_gateway_gave_up() {
    let rig = Rig::with(|config| config.terminal_limit = Duration::from_millis(50)).await;
    rig.simulator.attend(TERMINAL, true).unwrap();
    rig.refused(&rig.sale(TERMINAL), 40811).await;
    rig.refused(&rig.sale(TERMINAL), 42910).await;
    let mut screen = rig.simulator.screen(TERMINAL).unwrap();
    rig.simulator.decide(TERMINAL, Step::default()).unwrap();
    screen
        .wait_for(|screen| matches!(screen, Screen::Ended { .. }))
        .await
        .unwrap();
    assert_eq!(rig.book().await.len(), 1);
}

#[tokio::test]
async fn only_what_waits_is_decided_and_only_by_what_can_still_happen() {
    let rig = attended().await;
    let simulator = &rig.simulator;
    assert_eq!(
        simulator.decide(TERMINAL, Step::default()),
        Err(ScriptError::NothingWaits)
    );
    for step in [
        Step::of(Outcome::Offline),
        Step::of(Outcome::Busy),
        Step::losing(Leg::GatewayToTerminal, Manner::Reset),
    ] {
        assert!(matches!(
            simulator.decide(TERMINAL, step),
            Err(ScriptError::Malformed(_))
        ));
    }
    let unknown = ScriptError::UnknownTerminal("VT-9999".to_owned());
    assert_eq!(simulator.attend("VT-9999", true), Err(unknown.clone()));
    assert_eq!(simulator.plug("VT-9999", true), Err(unknown.clone()));
    assert_eq!(simulator.screen("VT-9999").unwrap_err(), unknown);
}

#[tokio::test]
async fn a_wallets_code_and_a_void_are_asked_for_and_everything_works_over_http() {
    let rig = Rig::new().await;
    let path = |what: &str| format!("terminals/{TERMINAL}/{what}");
    let put = async |what: &str, body: Value| rig.control(Method::PUT, &path(what), &body).await.0;
    let decide = async |body: Value| rig.control(Method::POST, &path("decide"), &body).await.0;
    assert_eq!(put("attended", json!(true)).await, StatusCode::NO_CONTENT);
    assert_eq!(put("attended", json!("yes")).await, StatusCode::BAD_REQUEST);
    assert_eq!(decide(json!("approve")).await, StatusCode::CONFLICT);
    let mut screen = rig.simulator.screen(TERMINAL).unwrap();
    let body = rig.wallet_sale(TERMINAL);
    let customer = async {
        asks(&mut screen).await;
        let (_, shown) = rig.get(&format!("/simulator/{}", path("screen"))).await;
        assert_eq!(shown["shows"], json!("asks"));
        assert_eq!(shown["asked"]["channel"], json!("tng"));
        assert!(shown["asked"]["qr"].as_str().unwrap().contains("8.00"), "{shown}");
        assert_eq!(
            decide(json!(["approve", "approve"])).await,
            StatusCode::BAD_REQUEST
        );
        assert_eq!(decide(json!("approve")).await, StatusCode::NO_CONTENT);
    };
    let ((_, sold), ()) = tokio::join!(rig.transfer(&body), customer);
    let mut data = json!({"transId": sold["transData"]["transId"]});
    data["invNo"] = sold["transData"]["invNo"].clone();
    let (_, voided) = decided(&rig, &rig.body("void", TERMINAL, data), Step::default()).await;
    assert_eq!(voided["statusCode"], json!("00"), "{voided}");
    assert_eq!(put("plugged", json!(false)).await, StatusCode::NO_CONTENT);
    rig.refused(&rig.sale(TERMINAL), 50310).await;
}
