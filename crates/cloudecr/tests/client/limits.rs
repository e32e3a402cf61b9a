//! Within the gateway's limits: lists stop first, questions next, payments never; and it is left alone when it asks.

use std::{
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use super::support::{Act, Fake, builder, error, sale, serve};
use cloudecr::{CallError, Client, Exchange, NotSent, NotSentReason, Order, Reply, TimeLimits};

/// Nobody waits for a server that is to recover.
fn impatient(url: &str) -> cloudecr::ClientBuilder {
    builder(url).limits(TimeLimits {
        list_retries: [Duration::ZERO; 3],
        ..TimeLimits::default()
    })
}

async fn ask(client: &Client) -> Exchange {
    let prepared = client.prepare(
        "01JH9ZK3QW8R5T2Y7N4D",
        "VT-0001",
        &Order::GetLast,
        super::support::noon(),
    );
    client.transfer(&prepared.expect("fields")).await
}

fn is_limited(exchange: &Exchange) -> bool {
    matches!(
        exchange.reply,
        Reply::NotSent(NotSent {
            reason: NotSentReason::RateLimited { .. },
            ..
        })
    )
}

#[tokio::test]
async fn lists_stop_first_questions_next_and_payments_never() {
    let fake = Arc::new(Fake::default());
    let client = builder(&serve(Arc::clone(&fake)).await)
        .request_limit(20)
        .build()
        .expect("client");
    let mut lists = 0;
    let limited = loop {
        match client.terminals().await {
            Ok(_) => lists += 1,
            Err(error) => break error,
        }
    };
    assert!(
        matches!(limited, CallError::RateLimited { wait } if wait > Duration::from_secs(890)),
        "{limited}"
    );
    assert_eq!(lists, 11, "with the sign-in 12 of 20");
    for call in [client.bind_key().await.err(), client.prebind(&[]).await.err()] {
        assert!(matches!(call, Some(CallError::RateLimited { .. })), "{call:?}");
    }
    let mut questions = 0;
    while !is_limited(&ask(&client).await) {
        questions += 1;
    }
    assert_eq!(questions, 4, "16 of 20");
    for _ in 0..10 {
        let exchange = client.transfer(&sale(&client)).await;
        assert!(matches!(exchange.reply, Reply::Verified(_)), "{exchange:?}");
    }
    assert_eq!(
        fake.lists.lock().expect("lock").len(),
        11,
        "what is refused here is not sent"
    );
    assert_eq!(fake.transfers.lock().expect("lock").len(), 14);
    let budget = client.budget();
    assert_eq!((budget.used, budget.limit), (26, 20));
    assert!(budget.question_in > Duration::ZERO && budget.list_in > Duration::ZERO);
}

#[tokio::test]
async fn a_payment_signs_in_whatever_is_used_up() {
    let client = builder(&serve(Arc::default()).await)
        .request_limit(0)
        .build()
        .expect("client");
    assert!(matches!(
        client.terminals().await,
        Err(CallError::RateLimited { .. })
    ));
    assert!(matches!(
        client.transfer(&sale(&client)).await.reply,
        Reply::Verified(_)
    ));
}

#[tokio::test]
async fn a_list_is_asked_for_again_after_a_servers_error_three_times() {
    for (failures, works) in [(1, true), (3, true), (4, false)] {
        let fake = Arc::new(Fake::default());
        let failing = [500, 502, 503, 504].map(|status| Act::Say(status, String::new()));
        fake.list_answers
            .lock()
            .expect("lock")
            .extend(failing.into_iter().take(failures));
        let client = impatient(&serve(Arc::clone(&fake)).await)
            .build()
            .expect("client");
        let listed = client.terminals().await;
        assert_eq!(listed.is_ok(), works, "{failures}: {listed:?}");
        assert_eq!(fake.lists.lock().expect("lock").len(), (failures + 1).min(4));
        assert_eq!(client.budget().used, (failures + 2).min(5), "each counts");
    }
    assert_eq!(
        TimeLimits::default().list_retries.map(|wait| wait.as_secs()),
        [1, 2, 4]
    );
}

#[tokio::test]
async fn nothing_but_reading_is_asked_for_again() {
    let fake = Arc::new(Fake::default());
    fake.list_answers.lock().expect("lock").push_back(error(500, 500));
    fake.login_answers
        .lock()
        .expect("lock")
        .push_back(error(503, 500));
    fake.transfer_answers
        .lock()
        .expect("lock")
        .push_back(error(500, 500));
    let client = impatient(&serve(Arc::clone(&fake)).await)
        .build()
        .expect("client");
    client.ready().await.expect_err("failed");
    assert_eq!(fake.logins.load(Ordering::SeqCst), 1);
    client.prebind(&[]).await.expect_err("failed");
    assert_eq!(fake.lists.lock().expect("lock").len(), 1);
    ask(&client).await;
    assert_eq!(
        fake.transfers.lock().expect("lock").len(),
        1,
        "till keeps its own timetable"
    );
    // A client's error is not a server's.
    fake.list_answers
        .lock()
        .expect("lock")
        .push_back(error(404, 40420));
    client.terminals().await.expect_err("refused");
    assert_eq!(fake.lists.lock().expect("lock").len(), 2);
}

#[tokio::test]
async fn a_gateway_that_has_had_enough_is_left_alone_by_all_but_payments() {
    let enough = |status: u16| Act::Give(status, vec![("retry-after", "120".to_owned())], b"{}".to_vec());
    for status in [429, 503] {
        let fake = Arc::new(Fake::default());
        fake.list_answers.lock().expect("lock").push_back(enough(status));
        let client = impatient(&serve(Arc::clone(&fake)).await)
            .build()
            .expect("client");
        client.terminals().await.expect_err("limited");
        for again in [client.terminals().await.err(), client.channels("MYR").await.err()] {
            let wait = Duration::from_secs(120);
            assert_eq!(again, Some(CallError::RateLimited { wait }), "{status}");
        }
        assert!(is_limited(&ask(&client).await));
        assert_eq!(fake.lists.lock().expect("lock").len(), 1, "{status}");
        assert!(matches!(
            client.transfer(&sale(&client)).await.reply,
            Reply::Verified(_)
        ));
    }
}

#[tokio::test]
async fn what_a_payment_is_told_is_heeded_by_the_rest_and_the_payment_is_not_repeated() {
    let fake = Arc::new(Fake::default());
    let enough = Act::Give(429, vec![("retry-after", "30".to_owned())], b"{}".to_vec());
    fake.transfer_answers.lock().expect("lock").push_back(enough);
    let client = impatient(&serve(Arc::clone(&fake)).await)
        .build()
        .expect("client");
    let refused = client.transfer(&sale(&client)).await;
    assert!(matches!(refused.reply, Reply::Refused(_)), "{refused:?}");
    assert_eq!(fake.transfers.lock().expect("lock").len(), 1);
    assert_eq!(client.budget().list_in, Duration::from_secs(30));
    // A busy terminal says nothing of the gateway.
    let busy = Act::Give(
        429,
        vec![("retry-after", "600".to_owned())],
        br#"{"code":42910}"#.to_vec(),
    );
    fake.transfer_answers.lock().expect("lock").push_back(busy);
    client.transfer(&sale(&client)).await;
    assert_eq!(client.budget().list_in, Duration::from_secs(30));
}
