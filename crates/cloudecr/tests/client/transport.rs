//! Transfers against a real server: what is sent again (nearly nothing), and what each failure is called.

use std::{sync::Arc, sync::atomic::Ordering, time::Duration};

use super::support::{Act, Fake, builder, client, error, sale, serve};
use cloudecr::{
    CallError, Client, Exchange, Lost, LostReason, MemoryTokens, NotSent, NotSentReason, Refusal, Reply,
    TimeLimits, Verdict, judge,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

async fn told(acts: impl IntoIterator<Item = Act>) -> (Arc<Fake>, Client) {
    let fake = Arc::new(Fake::default());
    fake.transfer_answers.lock().expect("lock").extend(acts);
    let client = client(&serve(Arc::clone(&fake)).await);
    (fake, client)
}

fn lost(exchange: &Exchange) -> Option<LostReason> {
    match &exchange.reply {
        Reply::Lost(Lost { reason, .. }) => Some(*reason),
        Reply::Verified(_) | Reply::Unverified(_) | Reply::Refused(_) | Reply::NotSent(_) => None,
    }
}

/// Tokens of a session that is good, for clients whose gateway has no sign-in.
async fn signed_in() -> Arc<MemoryTokens> {
    let store: Arc<MemoryTokens> = Arc::default();
    let other = builder(&serve(Arc::default()).await).tokens(store.clone());
    other.build().expect("client").sign_in().await.expect("signed in");
    store
}

#[tokio::test]
async fn a_sale_is_approved() {
    let (fake, client) = told([Act::Approve]).await;
    let prepared = sale(&client);
    let exchange = client.transfer(&prepared).await;
    let Verdict::Approved(answer) = judge(&prepared.asked("MYR", None), &exchange) else {
        panic!("{exchange:?}")
    };
    assert_eq!(answer.trans_data.trans_id.as_deref(), Some("1516809"));
    assert_eq!(
        (exchange.http_status, exchange.sent_at),
        (Some(200), super::support::noon())
    );
    assert!(exchange.body.expect("the text as received").contains("1516809"));
    let sent = fake.transfers.lock().expect("lock");
    assert_eq!(
        sent[0].1,
        serde_json::from_str::<serde_json::Value>(prepared.body()).expect("JSON")
    );
}

#[tokio::test]
async fn a_401_that_names_the_token_is_renewed_for_and_sent_once_more() {
    for code in 40120..=40124 {
        let (fake, client) = told([error(401, code)]).await;
        let prepared = sale(&client);
        let exchange = client.transfer(&prepared).await;
        assert!(
            matches!(exchange.reply, Reply::Verified(_)),
            "{code}: {exchange:?}"
        );
        let sent = fake.transfers.lock().expect("lock").clone();
        assert_eq!(sent.len(), 2, "{code}");
        assert_eq!(sent[0].1, sent[1].1, "the same reference, the same bytes");
        assert_eq!(
            (sent[0].0.as_str(), sent[1].0.as_str()),
            ("access-token-1", "access-token-101")
        );
        assert_eq!(fake.refreshes.load(Ordering::SeqCst), 1);
    }
}

#[tokio::test]
async fn a_second_401_ends_it() {
    let (fake, client) = told([error(401, 40123), error(401, 40123), Act::Approve]).await;
    let exchange = client.transfer(&sale(&client)).await;
    assert!(matches!(
        exchange.reply,
        Reply::Refused(Refusal {
            http: 401,
            code: Some(40123),
            ..
        })
    ));
    assert_eq!(fake.transfers.lock().expect("lock").len(), 2);
}

#[tokio::test]
async fn nothing_else_is_ever_sent_again() {
    let refusals = [
        (400, 40120),
        (401, 40125),
        (403, 40123),
        (408, 40811),
        (409, 40900),
        (429, 42910),
        (500, 500),
        (503, 50310),
    ];
    let mut acts: Vec<_> = refusals
        .iter()
        .map(|(status, code)| error(*status, *code))
        .collect();
    acts.extend([401, 408, 409, 425, 429, 500, 502, 503, 504].map(|status| Act::Say(status, String::new())));
    acts.extend([
        Act::Redirect,
        Act::Say(200, String::new()),
        Act::Say(200, "<html>".into()),
    ]);
    for act in acts {
        let (fake, client) = told([act, Act::Approve]).await;
        let exchange = client.transfer(&sale(&client)).await;
        assert!(!matches!(exchange.reply, Reply::Verified(_)), "{exchange:?}");
        assert_eq!(fake.transfers.lock().expect("lock").len(), 1, "{exchange:?}");
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let (fake, client) = told([Act::Redirect]).await;
    let exchange = client.transfer(&sale(&client)).await;
    assert_eq!(
        (lost(&exchange), exchange.http_status),
        (Some(LostReason::Redirected), Some(307))
    );
    assert_eq!(fake.transfers.lock().expect("lock").len(), 1);
}

#[tokio::test]
async fn an_answer_of_two_mebibytes_is_not_read_to_its_end() {
    let (_fake, client) = told([Act::Say(200, "x".repeat(2 * 1024 * 1024))]).await;
    let exchange = client.transfer(&sale(&client)).await;
    assert_eq!(
        (lost(&exchange), exchange.body),
        (Some(LostReason::TooLarge), None)
    );
}

#[tokio::test]
async fn a_refused_connection_proves_that_nothing_was_sent() {
    let store = signed_in().await;
    let free = TcpListener::bind("127.0.0.1:0").await.expect("bind");
    let address = free.local_addr().expect("address");
    drop(free);
    let client = builder(&format!("http://{address}"))
        .tokens(store)
        .build()
        .expect("client");
    let exchange = client.transfer(&sale(&client)).await;
    assert!(
        matches!(
            &exchange.reply,
            Reply::NotSent(NotSent {
                reason: NotSentReason::Connect,
                ..
            })
        ),
        "{exchange:?}"
    );
}

#[tokio::test]
async fn a_tls_handshake_that_fails_proves_that_nothing_was_sent() {
    let store = signed_in().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("bind");
    let address = listener.local_addr().expect("address");
    tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.expect("accept");
        socket
            .write_all(b"HTTP/1.1 400 this port speaks no TLS\r\n\r\n")
            .await
            .expect("write");
        let mut rest = Vec::new();
        let _ = socket.read_to_end(&mut rest).await;
    });
    let client = builder(&format!("https://{address}"))
        .tokens(store)
        .build()
        .expect("client");
    let exchange = client.transfer(&sale(&client)).await;
    assert!(
        matches!(
            &exchange.reply,
            Reply::NotSent(NotSent {
                reason: NotSentReason::Tls,
                ..
            })
        ),
        "{exchange:?}"
    );
}

#[tokio::test]
async fn without_a_session_nothing_is_sent() {
    let fake = Arc::new(Fake::default());
    fake.login_answers
        .lock()
        .expect("lock")
        .push_back(error(401, 40125));
    let client = client(&serve(Arc::clone(&fake)).await);
    let exchange = client.transfer(&sale(&client)).await;
    let Reply::NotSent(NotSent {
        reason: NotSentReason::NoSession(why),
        ..
    }) = &exchange.reply
    else {
        panic!("{exchange:?}")
    };
    assert!(matches!(
        why,
        CallError::Rejected {
            code: Some(40125),
            ..
        }
    ));
    assert!(fake.transfers.lock().expect("lock").is_empty());
}

/// Reads a whole request, then answers `bytes` and resets the connection.
async fn reads_then_drops(bytes: &'static [u8]) -> (String, tokio::task::JoinHandle<usize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("bind");
    let address = listener.local_addr().expect("address");
    let served = tokio::spawn(async move {
        let mut connections = 0;
        let (mut socket, _) = listener.accept().await.expect("accept");
        connections += 1;
        let mut request = Vec::new();
        while !request.ends_with(b"}") {
            assert!(socket.read_buf(&mut request).await.expect("read") > 0);
        }
        socket.write_all(bytes).await.expect("write");
        socket.set_zero_linger().expect("linger");
        drop(socket);
        // A second attempt would be waiting here by the time the exchange is over.
        while tokio::time::timeout(Duration::ZERO, listener.accept())
            .await
            .is_ok()
        {
            connections += 1;
        }
        connections
    });
    (format!("http://{address}"), served)
}

#[tokio::test]
async fn a_connection_that_ends_after_the_request_is_lost_and_not_tried_again() {
    for bytes in [
        &b""[..],
        b"HTTP/1.1 200",
        b"HTTP/1.1 200 OK\r\ncontent-length: 90\r\n\r\n{\"statusCode\"",
    ] {
        let (url, served) = reads_then_drops(bytes).await;
        let client = builder(&url).tokens(signed_in().await).build().expect("client");
        let exchange = client.transfer(&sale(&client)).await;
        assert_eq!(lost(&exchange), Some(LostReason::ConnectionLost), "{exchange:?}");
        assert_eq!(served.await.expect("served"), 1);
    }
}

#[tokio::test]
async fn a_time_limit_that_passes_is_lost() {
    let fake = Arc::new(Fake::default());
    fake.transfer_answers.lock().expect("lock").push_back(Act::Stall);
    // Long enough for the request to be there before it passes.
    let limits = TimeLimits {
        transfer: Duration::from_secs(2),
        ..TimeLimits::default()
    };
    let client = builder(&serve(Arc::clone(&fake)).await)
        .limits(limits)
        .build()
        .expect("client");
    let exchange = client.transfer(&sale(&client)).await;
    assert_eq!(lost(&exchange), Some(LostReason::TimedOut), "{exchange:?}");
    assert!(exchange.elapsed >= limits.transfer);
    assert_eq!(fake.transfers.lock().expect("lock").len(), 1);
}

#[tokio::test]
async fn a_list_that_stalls_times_out() {
    let fake = Arc::new(Fake::default());
    fake.list_answers.lock().expect("lock").push_back(Act::Stall);
    let limits = TimeLimits {
        other: Duration::from_millis(300),
        ..TimeLimits::default()
    };
    let client = builder(&serve(fake).await)
        .limits(limits)
        .build()
        .expect("client");
    assert_eq!(client.terminals().await, Err(CallError::TimedOut));
}
