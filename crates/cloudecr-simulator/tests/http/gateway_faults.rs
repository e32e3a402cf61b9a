//! What befalls the gateway as a whole: its clock, its sessions, and a restart in the middle of a payment.

use std::sync::Arc;

use cloudecr_simulator::{Outcome, Step};
use reqwest::Method;
use serde_json::{Value, json};

use crate::pos::Rig;

#[tokio::test]
async fn a_clock_that_is_off_shows_in_dates_tokens_and_the_check_of_times() {
    let rig = Rig::new().await;
    for (offset, date, expires) in [
        (
            600,
            "Thu, 05 Mar 2026 02:10:00 GMT",
            "2026-03-05T10:25:00.000+08:00",
        ),
        (
            -600,
            "Thu, 05 Mar 2026 01:50:00 GMT",
            "2026-03-05T10:05:00.000+08:00",
        ),
    ] {
        let set = json!({"offsetSeconds": offset});
        assert_eq!(rig.control(Method::PUT, "clock", &set).await.0, 204);
        let login = rig.login("simulator-sample-password").await.1;
        assert_eq!(login["access"]["expiresAt"], expires);
        let answer = rig.send(&rig.sale("VT-0001")).await.unwrap();
        assert_eq!(answer.headers()["date"], date);
        let answer: Value = answer.json().await.unwrap();
        // The terminal has a clock of its own.
        assert_eq!(answer["transData"]["transDateTime"], "2026-03-05T10:00:00");
    }
    for (hour, code) in [(3600, 40123), (-3600, 40027)] {
        rig.simulator.set_clock_offset(hour);
        rig.refused(&rig.sale("VT-0001"), code).await;
    }
    assert_eq!(rig.control(Method::PUT, "clock", &json!({})).await.0, 400);
}

#[tokio::test]
async fn a_session_that_is_ended_elsewhere_is_invalid() {
    let mut rig = Rig::new().await;
    let nobody = json!({"posId": "somebody else"});
    assert_eq!(rig.control(Method::POST, "sessions/end", &nobody).await.0, 204);
    assert_eq!(rig.get("/api/terminals").await.0, 200);
    for body in [json!({"posId": "simulatorPos1"}), json!({})] {
        assert_eq!(rig.control(Method::POST, "sessions/end", &body).await.0, 204);
        rig.refused(&rig.sale("VT-0001"), 40120).await;
        rig.sign_in().await;
    }
    let url = format!("{}/simulator/sessions/end", rig.base);
    assert_eq!(rig.http.post(url).send().await.unwrap().status(), 204);
    assert_eq!(rig.get("/api/terminals").await.0, 401);
}

#[tokio::test]
async fn a_restart_cuts_what_waits_and_forgets_sessions_but_the_terminal_goes_on() {
    let rig = Arc::new(Rig::new().await);
    let earlier = rig.sale("VT-0001");
    rig.transfer(&earlier).await;
    rig.simulator.attend("VT-0001", true).unwrap();
    let sale = rig.sale("VT-0001");
    let pos = tokio::spawn({
        let (rig, sale) = (rig.clone(), sale.clone());
        async move { rig.send(&sale).await.is_err() }
    });
    while !rig.simulator.terminals()[0].working {
        tokio::task::yield_now().await;
    }
    let url = format!("{}/simulator/restart", rig.base);
    assert_eq!(rig.http.post(url).send().await.unwrap().status(), 204);
    assert!(pos.await.unwrap(), "the connection was kept");
    let approve = Step::of(Outcome::Approve);
    rig.simulator.decide("VT-0001", approve).unwrap();
    while rig.simulator.terminals()[0].working {
        tokio::task::yield_now().await;
    }
    rig.refused(&earlier, 40120).await;
    let mut rig = Arc::into_inner(rig).unwrap();
    rig.sign_in().await;
    // What it had taken, it still knows; so do the terminal and the book.
    rig.refused(&sale, 42920).await;
    assert_eq!(rig.last("VT-0001").await["referenceId"], sale["referenceId"]);
    assert_eq!(rig.book().await.len(), 2);
}
