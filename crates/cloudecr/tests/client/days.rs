//! A session through its day, at a gateway that is strict about it: no sale fails for it, and nothing locks the till out.

use std::sync::{Arc, atomic::Ordering};

use super::strict::{Strict, sell};
use cloudecr::{Client, Exchange, MemoryTokens, Reply};
use tokio::{sync::Notify, task::JoinSet};

fn approved(exchange: &Exchange) -> bool {
    matches!(exchange.reply, Reply::Verified(_))
}

/// A reference of its own for each number.
fn reference(number: usize) -> String {
    format!("01JH9ZK3QW8R5T2Y{number:04}")
}

#[tokio::test]
async fn fifteen_minutes_are_met_before_they_bite() {
    let (strict, url) = Strict::serve("2025-01-15T01:00:00Z").await;
    let client = strict
        .builder(&url)
        .request_limit(10_000)
        .build()
        .expect("client");
    // Ten hours, with sales at odd moments.
    let mut sales = 0;
    while sales < 300 {
        assert!(
            approved(&sell(&client, &strict.clock, &reference(sales)).await),
            "{sales}"
        );
        strict.clock.pass(120 + i64::try_from(sales % 7).expect("small"));
        sales += 1;
    }
    assert_eq!(strict.refused("/api/transfer"), 0);
    let transfers = strict.transfers.lock().expect("lock");
    let least = transfers.iter().map(|(_, left)| *left).min();
    assert!(
        least >= Some(100),
        "a token that had {least:?} s left was used for a transfer"
    );
    assert_eq!(strict.count("/auth/login"), 1);
}

#[tokio::test]
async fn sales_go_on_through_the_gateways_midnight() {
    for ahead in [-37, 0, 37] {
        let (strict, url) = Strict::serve("2025-01-15T15:50:00Z").await;
        strict.ahead.store(ahead, Ordering::SeqCst);
        let client = strict
            .builder(&url)
            .request_limit(10_000)
            .build()
            .expect("client");
        for sale in 0..120 {
            let exchange = sell(&client, &strict.clock, &reference(sale)).await;
            assert!(
                approved(&exchange),
                "sale {sale}, clock {ahead} s ahead: {exchange:?}"
            );
            strict.clock.pass(7);
        }
        assert_eq!(
            strict.count("/auth/login"),
            2,
            "one for each day, clock {ahead} s ahead"
        );
        let renewals = strict.count("/auth/refresh");
        assert!(renewals <= 8, "{renewals} renewals in 14 minutes");
    }
}

#[tokio::test]
async fn a_sale_at_half_a_minute_to_midnight_goes_through_also_when_midnight_overtakes_it() {
    let (strict, url) = Strict::serve("2025-01-15T15:59:30Z").await;
    let client = strict.builder(&url).build().expect("client");
    assert!(approved(&sell(&client, &strict.clock, &reference(1)).await));
    strict.slow_way.store(40, Ordering::SeqCst);
    assert!(approved(&sell(&client, &strict.clock, &reference(2)).await));
    let transfers = strict.transfers.lock().expect("lock").clone();
    assert_eq!(
        transfers.len(),
        3,
        "the second was refused once, before anything was done"
    );
    assert_eq!(
        transfers[1].0, transfers[2].0,
        "the same reference, the same bytes"
    );
    assert_eq!(strict.count("/auth/login"), 2);
}

#[tokio::test]
async fn a_renewal_whose_answer_was_lost_does_not_lock_the_till_out() {
    let (strict, url) = Strict::serve("2025-01-15T01:00:00Z").await;
    let client = strict.hurried(&url).build().expect("client");
    client.ready().await.expect("signed in");
    strict.clock.pass(11 * 60);
    strict.lost_answers.store(1, Ordering::SeqCst);
    client.keep_alive().await.expect_err("its answer is lost");
    strict.clock.pass(60);
    client
        .keep_alive()
        .await
        .expect("put right while the access token lives");
    strict.clock.pass(12 * 60);
    assert!(approved(&sell(&client, &strict.clock, &reference(1)).await));
    assert_eq!(
        (strict.count("/auth/logout"), strict.count("/auth/login")),
        (1, 3)
    );
}

#[tokio::test]
async fn a_lost_renewal_is_put_right_by_a_sale_as_well_and_costs_none() {
    let (strict, url) = Strict::serve("2025-01-15T01:00:00Z").await;
    let client = strict.hurried(&url).build().expect("client");
    client.ready().await.expect("signed in");
    strict.clock.pass(14 * 60);
    strict.lost_answers.store(1, Ordering::SeqCst);
    // The token has a minute to live, which is not enough and has to do.
    assert!(approved(&sell(&client, &strict.clock, &reference(1)).await));
    assert!(approved(&sell(&client, &strict.clock, &reference(2)).await));
    assert_eq!(strict.refused("/api/transfer"), 0);
    strict.clock.pass(20 * 60);
    assert!(approved(&sell(&client, &strict.clock, &reference(3)).await));
}

#[tokio::test]
async fn a_session_is_not_ended_under_a_transfer_that_is_on_its_way() {
    let (strict, url) = Strict::serve("2025-01-15T01:00:00Z").await;
    let client = strict.hurried(&url).build().expect("client");
    client.ready().await.expect("signed in");
    strict.clock.pass(11 * 60);
    let gate = Arc::new(Notify::new());
    *strict.held_back.lock().expect("lock") = Some(Arc::clone(&gate));
    let sale = tokio::spawn({
        let (client, strict) = (client.clone(), Arc::clone(&strict));
        async move { sell(&client, &strict.clock, &reference(1)).await }
    });
    strict.reached.notified().await;
    strict.lost_answers.store(1, Ordering::SeqCst);
    client.keep_alive().await.expect_err("its answer is lost");
    client.keep_alive().await.expect("goes on as it is");
    assert_eq!(strict.count("/auth/logout"), 0);
    gate.notify_one();
    assert!(approved(&sale.await.expect("done")));
    *strict.held_back.lock().expect("lock") = None;
    client.keep_alive().await.expect("put right");
    assert_eq!(
        (strict.count("/auth/logout"), strict.refused("/api/transfer")),
        (1, 0)
    );
}

#[tokio::test]
async fn a_session_that_is_kept_alive_never_dies_unattended() {
    let (strict, url) = Strict::serve("2025-01-15T01:00:00Z").await;
    let client = strict.builder(&url).build().expect("client");
    client.ready().await.expect("signed in");
    // Until an hour after midnight, with nobody at the counter.
    for minute in 0..16 * 60 {
        client.keep_alive().await.expect("kept alive");
        if minute % 50 == 0 {
            assert_eq!(client.terminals().await, Ok(vec![]));
        }
        strict.clock.pass(60);
    }
    assert_eq!(strict.refused("/api/terminals"), 0);
    assert_eq!(strict.refused("/auth/refresh"), 0);
    assert_eq!(strict.count("/auth/login"), 2, "one for each day");
    let renewals = strict.count("/auth/refresh");
    assert!((80..100).contains(&renewals), "{renewals} renewals in 15 hours");
}

#[tokio::test]
async fn a_session_that_is_open_elsewhere_is_told_as_what_it_is() {
    let (strict, url) = Strict::serve("2025-01-15T01:00:00Z").await;
    let other = strict.builder(&url).build().expect("client");
    other.ready().await.expect("signed in");
    let client = strict.builder(&url).build().expect("client");
    let error = client.ready().await.expect_err("open elsewhere");
    assert_eq!(error.code(), Some(40314));
    let words = error.to_string();
    assert!(
        words.contains("Sign out there") && words.contains("midnight"),
        "{words}"
    );
    other.sign_out().await.expect("signed out there");
    client.ready().await.expect("signed in here");
}

#[tokio::test]
async fn a_till_that_was_killed_resumes_its_session() {
    let (strict, url) = Strict::serve("2025-01-15T01:00:00Z").await;
    let store: Arc<MemoryTokens> = Arc::default();
    let start = || {
        let builder = strict.builder(&url).tokens(store.clone());
        builder.build().expect("client")
    };
    start().ready().await.expect("signed in");
    // At once, after the access token's end, and with the machine's clock two days wrong, when both tokens look dead.
    assert!(approved(&sell(&start(), &strict.clock, &reference(1)).await));
    strict.clock.pass(60 * 60);
    assert!(approved(&sell(&start(), &strict.clock, &reference(2)).await));
    strict.clock.pass(48 * 60 * 60);
    strict.ahead.store(-48 * 60 * 60, Ordering::SeqCst);
    assert!(approved(&sell(&start(), &strict.clock, &reference(3)).await));
    let calls = strict.calls.lock().expect("lock");
    let signed_in = calls
        .iter()
        .filter(|call| **call == ("/auth/login".to_owned(), 200));
    assert_eq!(signed_in.count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_callers_at_the_end_of_a_token_cause_exactly_one_renewal() {
    let (strict, url) = Strict::serve("2025-01-15T01:00:00Z").await;
    let client = strict.builder(&url).build().expect("client");
    client.ready().await.expect("signed in");
    strict.clock.pass(20 * 60);
    let at_once = |client: &Client| {
        let mut callers = JoinSet::new();
        for _ in 0..50 {
            let client = client.clone();
            callers.spawn(async move { client.ready().await });
        }
        callers.join_all()
    };
    assert!(at_once(&client).await.iter().all(Result::is_ok));
    assert_eq!(strict.count("/auth/refresh"), 1);
    // And at midnight, when renewing is over: one sign-in.
    strict.clock.pass(24 * 60 * 60);
    assert!(at_once(&client).await.iter().all(Result::is_ok));
    assert_eq!(
        (strict.count("/auth/refresh"), strict.count("/auth/login")),
        (1, 2)
    );
}
