//! What the client logs: one line for each request, and bodies only for who wants them, without secrets.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

#[path = "client/support.rs"]
#[expect(dead_code, reason = "shared with tests that need more of it")]
mod support;

use std::sync::{Arc, Mutex};

use cloudecr::Gateway;
use log::{Level, LevelFilter, Log, Metadata, Record};
use support::{Act, Fake, KEY, PASSWORD, builder, sale, serve};

/// Every line that was logged, with its level and target.
static LINES: Mutex<Vec<(Level, String, String)>> = Mutex::new(Vec::new());

struct Collect;

impl Log for Collect {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &Record<'_>) {
        let line = record.args().to_string();
        let target = record.target().to_owned();
        LINES.lock().expect("lock").push((record.level(), target, line));
    }

    fn flush(&self) {}
}

/// One test, since a process has one log.
#[tokio::test]
async fn each_request_is_one_line_and_bodies_are_logged_without_secrets() {
    log::set_logger(&Collect).expect("the only one");
    log::set_max_level(LevelFilter::Debug);
    let fake = Arc::new(Fake::default());
    let echo =
        format!(r#"{{"code":40310,"message":"no: {PASSWORD} access-token-1","cardNo":"4111111111111111"}}"#);
    let key = r#"{"key":"83NK-2","expiresAt":"2025-01-18T12:00:00.000+08:00"}"#;
    fake.list_answers.lock().expect("lock").extend([
        Act::Say(403, echo),
        Act::Say(200, key.to_owned()),
        Act::Say(200, "<html>83NK-3".to_owned()),
    ]);
    let url = serve(Arc::clone(&fake)).await;
    let client = builder(&url).build().expect("client");
    client.ready().await.expect("signed in");
    client.channels("MYR").await.expect_err("refused");
    client.bind_key().await.expect("a key");
    client.terminals().await.expect_err("unreadable");
    client.transfer(&sale(&client)).await;
    client
        .picture(&format!("{url}/logos/tng.png?token=83NK-4"))
        .await
        .expect_err("none there");
    client.sign_out().await.expect("signed out");
    let nowhere = builder("http://127.0.0.1:1").build().expect("client");
    assert_eq!(
        nowhere.gateway(),
        &Gateway::at("http://127.0.0.1:1").expect("address")
    );
    nowhere.ready().await.expect_err("nobody there");

    let lines = LINES.lock().expect("lock").clone();
    let ours = |level: Level| {
        let of_level = lines
            .iter()
            .filter(move |(at, target, _)| *at == level && target == "cloudecr::http");
        of_level.map(|(_, _, line)| line.as_str()).collect::<Vec<_>>()
    };
    let info: Vec<String> = ours(Level::Info).iter().map(|line| without_times(line)).collect();
    assert_eq!(
        info,
        [
            "POST /auth/login -> 200 after N ms; 1 of 100 requests in 15 min",
            "GET /api/ewallet-channels -> 403 code 40310 after N ms; 2 of 100 requests in 15 min",
            "GET /api/bind-terminal-key -> 200 after N ms; 3 of 100 requests in 15 min",
            "GET /api/terminals -> 200 after N ms; 4 of 100 requests in 15 min",
            "POST /api/transfer 01JH9ZK3QW8R5T2Y7N4C -> 200 code 00/00 after N ms; 5 of 100 requests in 15 min",
            "GET /logos/tng.png -> 404 after N ms; 6 of 100 requests in 15 min",
            "POST /auth/logout -> 204 after N ms; 7 of 100 requests in 15 min",
            "POST /auth/login -> not sent: no connection after N ms; 1 of 100 requests in 15 min",
        ]
    );
    let debug = ours(Level::Debug).join("\n");
    for shown in [
        "\"posId\":\"fiuuPos1\"",
        "\"transAmt\":\"12.50\"",
        "************1111",
        "12 bytes that are not JSON",
    ] {
        assert!(debug.contains(shown), "{shown} in {debug}");
    }
    for (_, target, line) in &lines {
        for secret in [
            PASSWORD,
            KEY,
            "access-token",
            "refresh-token",
            "83NK",
            "4111111111111111",
        ] {
            assert!(!line.contains(secret), "{secret} in {target}: {line}");
        }
    }
    let signature = fake.transfers.lock().expect("lock")[0].1["signature"]
        .as_str()
        .map(str::to_owned);
    let signature = signature.expect("a signature");
    assert!(lines.iter().all(|(_, _, line)| !line.contains(&signature)));
}

/// A line with its duration made the same every time.
fn without_times(line: &str) -> String {
    let (before, after) = line.split_once(" after ").expect("a duration");
    let (_, after) = after.split_once(" ms").expect("a duration");
    format!("{before} after N ms{after}")
}
