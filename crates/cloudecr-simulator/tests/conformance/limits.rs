//! "Limits" and "Timeouts": how much, how large, how long.

use std::time::Duration;

use crate::{PASSWORD, pos, pos::Rig, second_account, sign_in};
use cloudecr_simulator::{Config, Outcome, RateRule, Step};
use jiff::SignedDuration;
use reqwest::{Client, Method, header};
use serde_json::{Value, json};

/// The seconds of `Retry-After` and the body of a request that was one too many, or nothing.
async fn list(rig: &Rig, http: &Client, token: &str) -> Option<(String, Value)> {
    let url = format!("{}/api/terminals", rig.base);
    let answer = http.get(url).bearer_auth(token).send().await.unwrap();
    if answer.status() == 200 {
        return None;
    }
    assert_eq!(answer.status(), 429);
    let wait = answer.headers()[header::RETRY_AFTER].to_str().unwrap().to_owned();
    Some((wait, pos::read(answer).await.1))
}

/// Uses up what is left of a budget of which the harness's sign-in has taken one.
async fn use_up(rig: &Rig, budget: usize) {
    for request in 1..budget {
        assert_eq!(list(rig, &rig.http, &rig.token).await, None, "request {request}");
    }
}

async fn limited(rule: RateRule) -> Rig {
    Rig::with(|config| {
        config.rate_limit = true;
        config.rate_rule = rule;
        second_account(config);
    })
    .await
}

#[tokio::test]
async fn today_100_requests_a_minute_are_allowed_per_ip_address() {
    let rig = limited(RateRule::PER_IP).await;
    use_up(&rig, 100).await;
    let (wait, body) = list(&rig, &rig.http, &rig.token).await.unwrap();
    assert_eq!(
        (wait.as_str(), &body["error"]),
        ("60", &json!("rate_limit_exceeded"))
    );
    // It is the address that counts: not the account, nor whether anybody is signed in.
    let answer = rig.call(Method::GET, "/api/terminals", None).await;
    assert_eq!(answer.0, 429);
    // Not every system has a second loopback address.
    if cfg!(target_os = "linux") {
        let neighbour = Client::builder()
            .no_proxy()
            .local_address(std::net::IpAddr::from([127, 0, 0, 2]))
            .build()
            .unwrap();
        assert_eq!(list(&rig, &neighbour, &rig.token).await, None);
    }
    rig.advance(SignedDuration::from_secs(60));
    assert_eq!(list(&rig, &rig.http, &rig.token).await, None);
}

#[tokio::test]
async fn an_earlier_revision_allows_100_requests_per_15_minutes_and_pos_account_in_production() {
    let rig = limited(RateRule::PRODUCTION).await;
    use_up(&rig, 100).await;
    rig.advance(SignedDuration::from_mins(10));
    assert_eq!(list(&rig, &rig.http, &rig.token).await.unwrap().0, "300");
    let (other, _) = sign_in(&rig, "simulatorPos2", PASSWORD).await.unwrap();
    assert_eq!(list(&rig, &rig.http, &other).await, None);
    rig.advance(SignedDuration::from_mins(5));
    let (fresh, _) = sign_in(&rig, "simulatorPos1", PASSWORD).await.unwrap();
    assert_eq!(list(&rig, &rig.http, &fresh).await, None);
}

#[tokio::test]
async fn and_30_in_the_sandbox() {
    let rig = limited(RateRule::SANDBOX).await;
    use_up(&rig, 30).await;
    assert_eq!(list(&rig, &rig.http, &rig.token).await.unwrap().0, "900");
}

#[tokio::test]
async fn every_call_of_an_account_uses_its_budget_and_a_transfer_fails_when_polling_has_used_it_up() {
    let rig = limited(RateRule {
        requests: 7,
        ..RateRule::PRODUCTION
    })
    .await;
    let (access, refresh) = sign_in(&rig, "simulatorPos1", PASSWORD).await.unwrap();
    rig.call(Method::POST, "/auth/refresh", Some(&refresh)).await;
    rig.call(Method::POST, "/auth/logout", Some(&access)).await;
    rig.get("/api/ewallet-channels?currency=MYR").await;
    rig.get("/api/bind-terminal-key").await;
    rig.get("/api/prebind-terminals").await;
    let (status, answer) = rig.transfer(&rig.sale("VT-0001")).await;
    assert_eq!(
        (status.as_u16(), &answer["error"]),
        (429, &json!("rate_limit_exceeded"))
    );
    assert!(rig.book().await.is_empty());
}

#[tokio::test]
async fn request_bodies_are_at_most_1_mb() {
    let rig = Rig::new().await;
    let megabyte = 1024 * 1024;
    for path in ["/api/transfer", "/auth/login", "/api/prebind-terminals"] {
        let send = |size: usize| {
            let url = format!("{}{path}", rig.base);
            let body = " ".repeat(size);
            rig.http
                .post(url)
                .bearer_auth(&rig.token)
                .header(header::CONTENT_TYPE, "application/json")
                .body(body)
                .send()
        };
        assert_eq!(send(megabyte).await.unwrap().status(), 400, "{path}");
        let (status, answer) = pos::read(send(megabyte + 1).await.unwrap()).await;
        assert_eq!(
            (status.as_u16(), &answer["error"]),
            (413, &json!("invalid_request")),
            "{path}"
        );
    }
}

#[tokio::test]
async fn the_gateway_gives_the_terminal_70_s_and_the_terminal_goes_on_by_itself() {
    assert_eq!(Config::default().terminal_limit, Duration::from_secs(70));
    let rig = Rig::with(|config| config.terminal_limit = Duration::from_millis(20)).await;
    rig.simulator.attend("VT-0001", true).unwrap();
    let body = rig.sale("VT-0001");
    rig.refused(&body, 40811).await;
    // Only the terminal can end it now: it is busy, and then it has charged.
    rig.refused(&rig.sale("VT-0001"), 42910).await;
    let approve = Step::of(Outcome::Approve);
    rig.simulator.decide("VT-0001", approve).unwrap();
    while rig.simulator.terminals()[0].working {
        tokio::task::yield_now().await;
    }
    assert_eq!(rig.last("VT-0001").await["referenceId"], body["referenceId"]);
    assert_eq!(rig.book().await[0].1, "charged");
}

#[tokio::test]
async fn answers_are_held_back_for_the_latency_and_the_customer_takes_time() {
    let rig = Rig::with(|config| {
        config.latency = Duration::from_millis(30);
        config.customer_delay = Duration::from_millis(50);
    })
    .await;
    let begin = std::time::Instant::now();
    rig.get("/api/terminals").await;
    assert!(begin.elapsed() >= Duration::from_millis(30));
    let begin = std::time::Instant::now();
    assert_eq!(rig.transfer(&rig.sale("VT-0001")).await.0, 200);
    assert!(begin.elapsed() >= Duration::from_millis(80));
}
