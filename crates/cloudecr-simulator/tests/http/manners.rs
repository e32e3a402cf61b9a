//! Every manner in which an answer can fail, on every part of the way: what the POS sees, and what the book says.

use cloudecr::signature;
use cloudecr_simulator::{DEPTH, HUGE, Leg, Script};
use serde_json::{Value, json};

use crate::pos::Rig;

/// What the POS sees of an exchange.
#[derive(Debug)]
enum Seen {
    /// Not a byte.
    Nothing,
    /// The headers, with this status, and not all of the body.
    HeadersOnly(u16),
    /// All of an answer.
    Answer {
        status: u16,
        location: Option<String>,
        text: String,
    },
}

impl Seen {
    fn status(&self) -> u16 {
        match self {
            Self::Nothing => 0,
            Self::HeadersOnly(status) | Self::Answer { status, .. } => *status,
        }
    }

    fn text(&self) -> &str {
        match self {
            Self::Nothing | Self::HeadersOnly(_) => "",
            Self::Answer { text, .. } => text,
        }
    }

    fn json(&self) -> Value {
        serde_json::from_str(self.text()).unwrap()
    }
}

async fn see(rig: &Rig, body: &Value) -> Seen {
    let Ok(response) = rig.send(body).await else {
        return Seen::Nothing;
    };
    let status = response.status().as_u16();
    let location = response
        .headers()
        .get("location")
        .map(|value| value.to_str().unwrap().to_owned());
    match response.text().await {
        Ok(text) => Seen::Answer {
            status,
            location,
            text,
        },
        Err(_) => Seen::HeadersOnly(status),
    }
}

/// A manner as it is asked for, and whether what was seen is what it promises.
struct Case {
    how: Value,
    holds: fn(&Seen, &Rig, &Value) -> bool,
}

fn case(how: Value, holds: fn(&Seen, &Rig, &Value) -> bool) -> Case {
    Case { how, holds }
}

/// Rightly signed, and with this at that place.
fn signed(seen: &Seen, rig: &Rig, place: &str, expected: &Value) -> bool {
    let answer = seen.json();
    seen.status() == 200
        && signature::verify(&rig.key(), &answer)
        && answer.pointer(place).unwrap_or(&Value::Null) == expected
}

/// Rightly signed, and with anything but the right value at that place.
fn differs(seen: &Seen, rig: &Rig, place: &str, right: &Value) -> bool {
    let answer = seen.json();
    let there = answer.pointer(place).unwrap();
    seen.status() == 200 && signature::verify(&rig.key(), &answer) && there.is_string() && there != right
}

fn cuts_and_pages() -> Vec<Case> {
    vec![
        case(json!("reset"), |seen, _, _| matches!(seen, Seen::Nothing)),
        case(json!("reset-before-read"), |seen, _, _| {
            matches!(seen, Seen::Nothing)
        }),
        case(json!("reset-after-headers"), |seen, _, _| {
            matches!(seen, Seen::HeadersOnly(200))
        }),
        case(json!("reset-mid-body"), |seen, _, _| {
            matches!(seen, Seen::HeadersOnly(200))
        }),
        case(json!("restart"), |seen, _, _| matches!(seen, Seen::Nothing)),
        case(json!("session-ended"), |seen, _, _| {
            seen.status() == 401 && seen.json()["code"] == 40120
        }),
        case(json!("empty"), |seen, _, _| {
            seen.status() == 200 && seen.text().is_empty()
        }),
        case(json!("truncated"), |seen, _, _| {
            seen.status() == 200
                && seen.text().starts_with('{')
                && serde_json::from_str::<Value>(seen.text()).is_err()
        }),
        case(json!("text"), |seen, _, _| {
            seen.status() == 200 && serde_json::from_str::<Value>(seen.text()).is_err()
        }),
        case(json!({"html": {"status": 502}}), |seen, _, _| {
            seen.status() == 502 && seen.text().starts_with("<!doctype html>")
        }),
        case(json!({"html": {"status": 429}}), |seen, _, _| {
            seen.status() == 429 && seen.text().starts_with("<!doctype html>")
        }),
        case(json!({"json": {"body": []}}), |seen, _, _| {
            seen.status() == 200 && seen.text() == "[]"
        }),
        case(json!({"json": {"body": "x"}}), |seen, _, _| seen.json() == "x"),
        case(json!({"json": {"body": 1}}), |seen, _, _| seen.json() == 1),
        case(json!({"json": {"body": null, "status": 500}}), |seen, _, _| {
            seen.status() == 500 && seen.json().is_null()
        }),
        case(json!("deeply-nested"), |seen, _, _| {
            seen.text() == format!("{}{}", "[".repeat(DEPTH), "]".repeat(DEPTH))
        }),
        case(json!("huge"), |seen, _, _| {
            seen.text().len() == HUGE && seen.json().is_object()
        }),
        case(
            json!("redirect"),
            |seen, _, _| matches!(seen, Seen::Answer { status: 307, location: Some(to), .. } if to == "/api/transfer"),
        ),
        case(json!({"error": {"code": 40811}}), |seen, _, _| {
            seen.status() == 408 && seen.json()["code"] == 40811
        }),
        case(
            json!({"error": {"code": 42211, "status": 200, "asText": true}}),
            |seen, _, _| seen.status() == 200 && seen.json()["code"] == "42211",
        ),
        case(json!({"error": {"code": 7, "status": 503}}), |seen, _, _| {
            seen.status() == 503 && seen.json()["code"] == 7
        }),
    ]
}

fn altered() -> Vec<Case> {
    vec![
        case(json!("wrong-signature"), |seen, rig, sent| {
            let answer = seen.json();
            answer["referenceId"] == sent["referenceId"]
                && answer["statusCode"] == "00"
                && answer["signature"].as_str().unwrap().len() == 64
                && !signature::verify(&rig.key(), &answer)
        }),
        case(json!("missing-signature"), |seen, _, sent| {
            let answer = seen.json();
            answer["referenceId"] == sent["referenceId"] && answer.get("signature").is_none()
        }),
        case(json!("replay"), |seen, rig, sent| {
            differs(seen, rig, "/referenceId", &sent["referenceId"])
        }),
        case(json!("wrong-types"), |seen, rig, _| {
            signed(seen, rig, "/statusCode", &json!({"code": "00"})) && seen.json()["transData"].is_string()
        }),
        case(json!("other-reference"), |seen, rig, sent| {
            differs(seen, rig, "/referenceId", &sent["referenceId"])
        }),
        case(json!("other-terminal"), |seen, rig, sent| {
            differs(seen, rig, "/deviceId", &sent["deviceId"])
        }),
        case(json!("other-pos"), |seen, rig, sent| {
            differs(seen, rig, "/posId", &sent["posId"])
        }),
        case(json!("other-type"), |seen, rig, sent| {
            differs(seen, rig, "/transType", &sent["transType"])
        }),
        case(json!("other-amount"), |seen, rig, sent| {
            differs(seen, rig, "/transData/transAmt", &sent["transData"]["transAmt"])
        }),
        case(json!("other-currency"), |seen, rig, _| {
            differs(seen, rig, "/transData/currency", &json!("MYR"))
        }),
        case(json!("missing-trans-id"), |seen, rig, _| {
            signed(seen, rig, "/transData/transId", &Value::Null)
        }),
        case(json!("unknown-status"), |seen, rig, _| {
            signed(seen, rig, "/statusCode", &json!("77"))
        }),
        case(json!("other-status"), |seen, rig, _| {
            signed(seen, rig, "/statusCode", &json!("11")) && seen.json()["responseCode"] == "00"
        }),
    ]
}

/// Good answers, but for details; they would lie where nothing was charged.
fn only_after_the_acquirer() -> Vec<Case> {
    vec![
        case(json!("other-response-code"), |seen, rig, _| {
            signed(seen, rig, "/responseCode", &json!("51")) && seen.json()["statusCode"] == "00"
        }),
        case(json!("other-trans-id"), |seen, rig, _| {
            let booked = &rig.simulator.book().pop().unwrap().trans_id;
            differs(seen, rig, "/transData/transId", &json!(booked))
        }),
        case(json!("numbers"), |seen, rig, _| {
            signed(seen, rig, "/transData/transAmt", &json!(12.5))
                && seen.json()["transData"]["transId"].is_u64()
        }),
        case(
            json!({"change": {"responseText": "Perhaps", "rrn": 5, "transData": {"metadata": null, "tid": "1"}}}),
            |seen, rig, _| {
                let data = &seen.json()["transData"];
                signed(seen, rig, "/responseText", &json!("Perhaps"))
                    && data.get("metadata").is_none()
                    && data["tid"] == "1"
                    && data["currency"] == "MYR"
            },
        ),
    ]
}

async fn try_each(cases: Vec<Case>, allowed: fn(Leg, &Value) -> bool) {
    let mut rig = Rig::new().await;
    // Something to replay.
    rig.transfer(&rig.sale("VT-0001")).await;
    for Case { how, holds } in cases {
        for leg in Leg::ALL {
            let step = json!({"lose": {"at": leg, "how": how}});
            let script = Script::from_json(&step);
            if !allowed(leg, &how) {
                assert!(script.is_err(), "{step}");
                continue;
            }
            rig.simulator.set_script("VT-0001", script.unwrap()).unwrap();
            let before = rig.simulator.book();
            let sent = rig.sale("VT-0001");
            let seen = see(&rig, &sent).await;
            assert!(holds(&seen, &rig, &sent), "{step}: {seen:?}");
            let booked: Vec<String> = rig
                .simulator
                .book()
                .split_off(before.len())
                .into_iter()
                .map(|entry| entry.reference_id)
                .collect();
            let charged = leg.is_after_acquirer();
            assert_eq!(
                booked.iter().any(|reference| sent["referenceId"] == **reference),
                charged,
                "{step}"
            );
            assert_eq!(booked.len(), usize::from(charged), "{step}");
            // The step is used up, and the terminal is as it was.
            assert!(!rig.simulator.terminals()[0].working, "{step}");
            if how == "restart" || how == "session-ended" {
                rig.refused(&rig.sale("VT-0001"), 40120).await;
                rig.sign_in().await;
            }
            assert_eq!(
                rig.transfer(&rig.sale("VT-0001")).await.1["statusCode"],
                "00",
                "{step}"
            );
        }
    }
}

#[tokio::test]
async fn what_is_no_answer_comes_on_every_leg_and_the_book_is_right() {
    try_each(cuts_and_pages(), |leg, how| {
        how != "reset-before-read" || leg == Leg::PosToGateway
    })
    .await;
}

#[tokio::test]
async fn a_wrong_answer_comes_on_every_leg_and_the_book_is_right() {
    try_each(altered(), |_, _| true).await;
}

#[tokio::test]
async fn an_answer_that_is_good_but_for_details_comes_only_with_a_charge() {
    try_each(only_after_the_acquirer(), |leg, _| leg.is_after_acquirer()).await;
}

#[tokio::test]
async fn a_late_answer_is_good_only_if_it_was_charged() {
    for leg in Leg::ALL {
        let rig = Rig::new().await;
        rig.script(
            "VT-0001",
            json!({"lose": {"at": leg, "how": {"late": {"delayMs": 1}}}}),
        )
        .await;
        let sent = rig.sale("VT-0001");
        if leg.is_after_acquirer() {
            assert_eq!(
                rig.transfer(&sent).await.1["referenceId"],
                sent["referenceId"],
                "{leg:?}"
            );
        } else {
            rig.refused(&sent, 50311).await;
        }
        assert_eq!(
            rig.book().await.len(),
            usize::from(leg.is_after_acquirer()),
            "{leg:?}"
        );
    }
}

#[tokio::test]
async fn without_an_earlier_answer_a_replay_is_a_reset() {
    let rig = Rig::new().await;
    rig.script(
        "VT-0001",
        json!({"lose": {"at": "gateway-to-pos", "how": "replay"}}),
    )
    .await;
    assert!(matches!(see(&rig, &rig.sale("VT-0001")).await, Seen::Nothing));
    assert_eq!(rig.book().await.len(), 1);
}

#[tokio::test]
async fn every_code_can_be_answered_with_its_own_status_and_with_another() {
    let rig = Rig::new().await;
    for row in cloudecr::codes::errors() {
        for status in [row.http, 200] {
            let how = json!({"error": {"code": row.code, "status": status}});
            rig.script("VT-0001", json!({"lose": {"at": "gateway-to-pos", "how": how}}))
                .await;
            let seen = see(&rig, &rig.sale("VT-0001")).await;
            assert_eq!((seen.status(), &seen.json()["code"]), (status, &json!(row.code)));
        }
    }
    assert_eq!(rig.book().await.len(), 2 * cloudecr::codes::errors().len());
}

#[tokio::test]
async fn a_refusal_on_the_way_there_leaves_the_reference_unused() {
    let rig = Rig::new().await;
    rig.script("VT-0001", json!("token-expired")).await;
    let sale = rig.sale("VT-0001");
    rig.refused(&sale, 40123).await;
    assert!(rig.book().await.is_empty());
    assert_eq!(rig.transfer(&sale).await.1["statusCode"], "00");
}

#[tokio::test]
async fn manners_that_make_no_sense_are_told() {
    let rig = Rig::new().await;
    for how in [
        json!("explode"),
        json!({"html": {"status": 99}}),
        json!({"html": {"status": 600}}),
        json!({"json": {"status": 100, "body": 1}}),
        json!({"json": {"status": 200}}),
        json!({"error": {"code": 7}}),
        json!({"error": {"code": 50310, "status": 101}}),
        json!({"late": {"delayMs": 600_001}}),
        json!({"late": {}}),
        json!({"change": 5}),
    ] {
        let (status, answer) = rig
            .script("VT-0001", json!({"lose": {"at": "gateway-to-pos", "how": how}}))
            .await;
        assert_eq!(status, 400, "{how}: {answer}");
    }
}

/// What the README says can be asked for can be.
#[test]
fn every_manner_of_the_readme_is_understood() {
    let readme = include_str!("../../README.md");
    let table = readme.split("| `how` |").nth(1).unwrap();
    let rows = table.lines().skip(2).take_while(|line| line.starts_with('|'));
    let mut understood = 0;
    for row in rows {
        let names = row.split('|').nth(1).unwrap();
        for how in names.split('`').skip(1).step_by(2) {
            let how: Value = serde_json::from_str(how).unwrap();
            let taken = |at: &str| Script::from_json(&json!({"lose": {"at": at, "how": how}})).is_ok();
            assert!(taken("pos-to-gateway") || taken("gateway-to-pos"), "{how}");
            understood += 1;
        }
    }
    assert!(understood > 30, "only {understood} were found");
}
