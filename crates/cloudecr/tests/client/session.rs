//! The session against a real server: shared sign-ins, renewal, rejected passwords, and tokens that outlive a run.

use std::sync::{Arc, Mutex, atomic::Ordering};

use super::support::{Act, Fake, PASSWORD, builder, client, error, serve};
use cloudecr::{CallError, Client, MemoryTokens, TokenStore};
use tokio::{sync::Notify, task::JoinSet};

async fn hundred_at_once(client: &Client) -> Vec<Result<(), CallError>> {
    let mut callers = JoinSet::new();
    for _ in 0..100 {
        let client = client.clone();
        callers.spawn(async move { client.ready().await });
    }
    callers.join_all().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_callers_cause_one_sign_in() {
    let fake = Arc::new(Fake::default());
    let client = client(&serve(Arc::clone(&fake)).await);
    assert!(hundred_at_once(&client).await.iter().all(Result::is_ok));
    assert_eq!(fake.logins.load(Ordering::SeqCst), 1);
    assert_eq!(fake.refreshes.load(Ordering::SeqCst), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_callers_cause_one_renewal() {
    // The kept token lives for a minute: too short for a transfer, and not young, since another run got it.
    let short = Arc::new(Fake {
        minutes: Some(1),
        ..Fake::default()
    });
    let store: Arc<MemoryTokens> = Arc::default();
    let earlier = builder(&serve(short).await).tokens(store.clone());
    earlier
        .build()
        .expect("client")
        .sign_in()
        .await
        .expect("signed in");

    let fake = Arc::new(Fake::default());
    let client = builder(&serve(Arc::clone(&fake)).await)
        .tokens(store)
        .build()
        .expect("client");
    assert!(hundred_at_once(&client).await.iter().all(Result::is_ok));
    assert_eq!(fake.refreshes.load(Ordering::SeqCst), 1);
    assert_eq!(fake.logins.load(Ordering::SeqCst), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rejected_password_is_sent_once_until_somebody_signs_in() {
    for (status, code) in [(401, 40125), (429, 42930)] {
        let fake = Arc::new(Fake::default());
        fake.login_answers
            .lock()
            .expect("lock")
            .extend([error(status, code), error(status, code)]);
        let client = client(&serve(Arc::clone(&fake)).await);
        let outcomes = hundred_at_once(&client).await;
        assert!(
            outcomes
                .iter()
                .all(|outcome| outcome.as_ref().is_err_and(|error| error.code() == Some(code)))
        );
        assert_eq!(
            client.terminals().await.expect_err("still rejected").code(),
            Some(code)
        );
        assert_eq!(fake.logins.load(Ordering::SeqCst), 1, "{code}");
        client.sign_in().await.expect_err("rejected again");
        assert_eq!(fake.logins.load(Ordering::SeqCst), 2, "on purpose");
        client.sign_in().await.expect("right this time");
        client.ready().await.expect("signed in");
        assert_eq!(fake.logins.load(Ordering::SeqCst), 3);
    }
}

#[tokio::test]
async fn callers_that_wait_for_a_failing_sign_in_share_its_failure() {
    let gate = Arc::new(Notify::new());
    let fake = Arc::new(Fake {
        gate: Some(Arc::clone(&gate)),
        ..Fake::default()
    });
    fake.login_answers
        .lock()
        .expect("lock")
        .push_back(error(500, 500));
    let client = client(&serve(Arc::clone(&fake)).await);
    let callers = tokio::spawn(async move { hundred_at_once(&client).await });
    fake.reached.notified().await;
    gate.notify_one();
    let outcomes = callers.await.expect("done");
    assert!(
        outcomes
            .iter()
            .all(|outcome| outcome.as_ref().is_err_and(|error| error.code() == Some(500)))
    );
    assert_eq!(fake.logins.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_caller_who_goes_away_does_not_lose_the_session() {
    let gate = Arc::new(Notify::new());
    let fake = Arc::new(Fake {
        gate: Some(Arc::clone(&gate)),
        ..Fake::default()
    });
    let client = client(&serve(Arc::clone(&fake)).await);
    let caller = tokio::spawn({
        let client = client.clone();
        async move { client.ready().await }
    });
    fake.reached.notified().await;
    caller.abort();
    assert!(caller.await.expect_err("aborted").is_cancelled());
    gate.notify_one();
    client.ready().await.expect("the sign-in went on");
    assert_eq!(fake.logins.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_session_that_is_over_is_signed_in_for_and_kept() {
    let fake = Arc::new(Fake::default());
    fake.list_answers
        .lock()
        .expect("lock")
        .push_back(error(401, 40123));
    fake.refresh_answers
        .lock()
        .expect("lock")
        .push_back(error(401, 40122));
    let store: Arc<MemoryTokens> = Arc::default();
    let client = builder(&serve(Arc::clone(&fake)).await).tokens(store.clone());
    let client = client.build().expect("client");
    assert_eq!(client.terminals().await, Ok(vec![]));
    assert_eq!(
        (
            fake.logins.load(Ordering::SeqCst),
            fake.refreshes.load(Ordering::SeqCst)
        ),
        (2, 1)
    );
    assert!(store.load().is_some());
    client.sign_out().await.expect("signed out");
    client.sign_out().await.expect("nothing to do");
    assert_eq!(fake.logouts.load(Ordering::SeqCst), 1);
    assert!(store.load().is_none());
}

#[tokio::test]
async fn a_renewal_that_fails_for_another_reason_keeps_the_session() {
    let fake = Arc::new(Fake::default());
    fake.list_answers
        .lock()
        .expect("lock")
        .push_back(error(401, 40123));
    fake.refresh_answers
        .lock()
        .expect("lock")
        .push_back(error(503, 500));
    let client = client(&serve(Arc::clone(&fake)).await);
    assert_eq!(
        client.terminals().await.expect_err("not renewed").http(),
        Some(503)
    );
    assert_eq!(client.terminals().await, Ok(vec![]));
    assert_eq!(fake.logins.load(Ordering::SeqCst), 1, "no second sign-in");
}

#[tokio::test]
async fn signing_in_ends_our_own_session_that_is_in_the_way() {
    let fake = Arc::new(Fake::default());
    let client = client(&serve(Arc::clone(&fake)).await);
    client.sign_in().await.expect("signed in");
    fake.login_answers
        .lock()
        .expect("lock")
        .push_back(error(403, 40314));
    client.sign_in().await.expect("signed in again");
    assert_eq!(
        (
            fake.logins.load(Ordering::SeqCst),
            fake.logouts.load(Ordering::SeqCst)
        ),
        (3, 1)
    );
}

#[tokio::test]
async fn lists_are_read_in_all_their_spellings() {
    let fake = Arc::new(Fake::default());
    let terminals = r#"{"data":[{"terminalId":"A","connected":true,"isVT":1},{"terminalId":7,"connected":"0","isVT":"1"}]}"#;
    let channels = r#"{"data":[{"name":"tng","status":"1","currency":["MYR"],"logoUrl3":"u"},{"name":"x","status":0,"currency":null}]}"#;
    let answers = [
        Act::Say(200, terminals.into()),
        Act::Say(200, channels.into()),
        Act::Say(200, "<html>".into()),
    ];
    fake.list_answers.lock().expect("lock").extend(answers);
    let client = client(&serve(Arc::clone(&fake)).await);
    let terminals = client.terminals().await.expect("terminals");
    let seen: Vec<_> = terminals
        .iter()
        .map(|t| (t.terminal_id.as_str(), t.connected, t.is_vt))
        .collect();
    assert_eq!(seen, [("A", true, true), ("7", false, true)]);
    let channels = client.channels("MYR").await.expect("channels");
    let seen: Vec<_> = channels
        .iter()
        .map(|c| (c.name.as_str(), c.active, c.currencies.len()))
        .collect();
    assert_eq!(seen, [("tng", true, 1), ("x", false, 0)]);
    assert!(matches!(
        client.terminals().await,
        Err(CallError::Unreadable { .. })
    ));
}

#[tokio::test]
async fn a_request_is_dated_by_the_gateways_clock() {
    let client = client(&serve(Arc::default()).await);
    assert_eq!(client.clock_offset(), None);
    assert_eq!(super::support::sale(&client).request().datetime, "20250115040000");
    client.ready().await.expect("signed in");
    assert_eq!(
        client.clock_offset(),
        Some(jiff::SignedDuration::from_secs(3)),
        "learnt from the Date header"
    );
    assert_eq!(super::support::sale(&client).request().datetime, "20250115040003");
}

/// Keeps what was saved, in the clear, to know what to look for.
#[derive(Default)]
struct Saved(Mutex<Vec<String>>);

impl TokenStore for Saved {
    fn load(&self) -> Option<cloudecr::TokenPair> {
        None
    }

    fn save(&self, tokens: Option<&cloudecr::TokenPair>) {
        self.0
            .lock()
            .expect("lock")
            .extend(tokens.map(|tokens| format!("{tokens:?}")));
    }
}

#[tokio::test]
async fn no_secret_is_ever_printed() {
    let fake = Arc::new(Fake::default());
    let echo = format!(r#"{{"code":49999,"message":"bad password {PASSWORD}"}}"#);
    let broken = r#"{"access":"access-token-9","refresh":"refresh-token-9"}"#;
    let echo_token = r#"{"code":40199,"message":"access-token-3 is no good"}"#;
    fake.login_answers
        .lock()
        .expect("lock")
        .extend([Act::Say(400, echo), Act::Say(200, broken.into())]);
    fake.list_answers
        .lock()
        .expect("lock")
        .push_back(Act::Say(403, echo_token.into()));
    let saved: Arc<Saved> = Arc::default();
    let client = builder(&serve(fake).await).tokens(saved.clone());
    let client = client.build().expect("client");
    let mut printed = format!("{client:?}");
    for _ in 0..2 {
        let error = client.sign_in().await.expect_err("refused");
        printed += &format!("{error} {error:?}");
    }
    let error = client.terminals().await.expect_err("refused");
    printed += &format!("{error} {error:?}");
    let prepared = super::support::sale(&client);
    printed += &format!("{prepared:?} {}", prepared.body());
    printed += &format!("{:?}", client.transfer(&prepared).await);
    printed += &saved.0.lock().expect("lock").join(" ");
    for secret in [PASSWORD, super::support::KEY, "access-token", "refresh-token"] {
        assert!(!printed.contains(secret), "{secret} in {printed}");
    }
}
