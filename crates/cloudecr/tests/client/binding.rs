//! Binding terminals, and wallets' pictures, which come from addresses that nobody here vouches for.

use std::sync::Arc;

use super::support::{Act, Fake, builder, client, serve};
use cloudecr::{CallError, Client, PictureKind};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n and so on";

async fn told(acts: impl IntoIterator<Item = Act>) -> (Arc<Fake>, Client) {
    let fake = Arc::new(Fake::default());
    fake.list_answers.lock().expect("lock").extend(acts);
    let client = client(&serve(Arc::clone(&fake)).await);
    (fake, client)
}

fn file(kind: &str, body: &[u8]) -> Act {
    Act::Give(200, vec![("content-type", kind.to_owned())], body.to_vec())
}

#[tokio::test]
async fn a_binding_key_comes_with_its_end() {
    let (fake, client) = told([
        Act::Say(
            200,
            r#"{"key":"83NK-2","expiresAt":"2025-01-18T12:00:00.000+08:00"}"#.into(),
        ),
        Act::Say(
            200,
            r#"{"key":830012,"expiresAt":"2025-01-18T12:00:00.000+08:00"}"#.into(),
        ),
    ])
    .await;
    let key = client.bind_key().await.expect("a key");
    assert_eq!(
        (key.key.as_str(), key.expires_at.to_string().as_str()),
        ("83NK-2", "2025-01-18T04:00:00Z")
    );
    assert_eq!(client.bind_key().await.expect("a key").key, "830012");
    assert_eq!(fake.lists.lock().expect("lock")[0], "/api/bind-terminal-key");
}

#[tokio::test]
async fn a_binding_key_that_cannot_be_shown_is_refused_without_being_told() {
    let long = format!(
        r#"{{"key":"{}","expiresAt":"2025-01-18T12:00:00.000+08:00"}}"#,
        "83NK".repeat(99)
    );
    for body in [
        r#"{"key":"","expiresAt":"2025-01-18T12:00:00.000+08:00"}"#,
        r#"{"key":"83NK\u001b[2J","expiresAt":"2025-01-18T12:00:00.000+08:00"}"#,
        r#"{"key":"83NK","expiresAt":"in three days"}"#,
        r#"{"key":{"a":"83NK"},"expiresAt":"2025-01-18T12:00:00.000+08:00"}"#,
        &long,
    ] {
        let (_fake, client) = told([Act::Say(200, body.into())]).await;
        let error = client.bind_key().await.expect_err("refused");
        assert!(matches!(error, CallError::Unreadable { .. }), "{error:?}");
        assert!(!format!("{error} {error:?}").contains("83NK"), "{error:?}");
    }
}

#[tokio::test]
async fn the_binding_picture_is_a_png_or_nothing() {
    let (fake, client) = told([file("image/png", PNG)]).await;
    assert_eq!(client.bind_image().await.as_deref(), Ok(PNG));
    let asked = fake.lists.lock().expect("lock").clone();
    assert_eq!(asked, ["/api/bind-terminal-key?option=image"]);
    for act in [
        file("image/png", b"GIF89a"),
        file("text/html", PNG),
        file("image/svg+xml", b"<svg/>"),
        Act::Give(200, vec![], PNG.to_vec()),
    ] {
        let (_fake, client) = told([act]).await;
        let error = client.bind_image().await.expect_err("refused");
        assert!(matches!(error, CallError::UnusablePicture { .. }), "{error:?}");
    }
    let refused = r#"{"code":40310,"message":"no"}"#;
    let (_fake, client) = told([file("application/json", refused.as_bytes())]).await;
    assert_eq!(
        client.bind_image().await.expect_err("refused").code(),
        Some(40310)
    );
    let mut huge = PNG.to_vec();
    huge.resize(1024 * 1024 + 1, 0);
    let (_fake, client) = told([file("image/png", &huge)]).await;
    assert_eq!(client.bind_image().await, Err(CallError::TooLarge));
}

#[tokio::test]
async fn the_prebind_list_is_read_and_replaced() {
    let (fake, client) = told([
        Act::Say(200, r#"{"data":["VT-0001",77]}"#.into()),
        Act::Say(200, r#"{"code":20000,"message":"ok"}"#.into()),
        Act::Say(200, r#"{"code":"40310","message":"no"}"#.into()),
    ])
    .await;
    assert_eq!(client.prebound().await.expect("a list"), ["VT-0001", "77"]);
    let ids = ["A".to_owned(), "B".to_owned()];
    client.prebind(&ids).await.expect("replaced");
    assert_eq!(
        client.prebind(&[]).await.expect_err("refused").code(),
        Some(40310)
    );
    let asked = fake.lists.lock().expect("lock").clone();
    assert_eq!(
        asked,
        [
            "/api/prebind-terminals",
            r#"{"uniqueIds":["A","B"]}"#,
            r#"{"uniqueIds":[]}"#
        ]
    );
}

#[tokio::test]
async fn a_logo_is_fetched_with_nothing_of_ours() {
    let fake = Arc::new(Fake::default());
    fake.logo_answers
        .lock()
        .expect("lock")
        .push_back(file("image/png", PNG));
    let url = serve(Arc::clone(&fake)).await;
    let client = client(&url);
    client.ready().await.expect("signed in");
    let logo = client
        .picture(&format!("{url}/logos/tng.png"))
        .await
        .expect("a logo");
    assert_eq!((logo.kind, logo.bytes.as_slice()), (PictureKind::Png, PNG));
    let mut sent = fake.logo_headers.lock().expect("lock").clone();
    sent.sort_unstable();
    assert_eq!(sent, ["accept", "host", "user-agent"], "no token, no referer");
}

#[tokio::test]
async fn a_logo_that_is_no_picture_is_refused() {
    let mut huge = PNG.to_vec();
    huge.resize(256 * 1024 + 1, 0);
    let redirect = Act::Give(302, vec![("location", "/logos/other.png".to_owned())], vec![]);
    let refused: [(Act, Check); 6] = [
        (file("image/svg+xml", b"<svg onload='x()'/>"), unusable),
        (file("image/png", b"<svg/>"), unusable),
        (file("image/jpeg", PNG), unusable),
        (file("image/png", &huge), |error| *error == CallError::TooLarge),
        (redirect, |error| matches!(error, CallError::Unreadable { .. })),
        (Act::Say(500, String::new()), |error| error.http() == Some(500)),
    ];
    for (act, is_expected) in refused {
        let fake = Arc::new(Fake::default());
        fake.logo_answers.lock().expect("lock").push_back(act);
        let url = serve(Arc::clone(&fake)).await;
        let error = client(&url).picture(&format!("{url}/logos/tng.png")).await;
        let error = error.expect_err("refused");
        assert!(is_expected(&error), "{error:?}");
        assert_eq!(fake.logo_answers.lock().expect("lock").len(), 0);
    }
}

type Check = fn(&CallError) -> bool;

fn unusable(error: &CallError) -> bool {
    matches!(error, CallError::UnusablePicture { .. })
}

#[tokio::test]
async fn a_logos_address_is_checked_before_anything_is_sent() {
    let elsewhere = builder("https://cloudecr.example").build().expect("client");
    for bad in [
        "http://cloudecr.example/a.png",
        "http://127.0.0.1:1/a.png",
        "https://127.0.0.1:1/a.png",
        "https://[::1]/a.png",
        "https://localhost/a.png",
        "https://user@cloudecr.example/a.png",
        "file:///etc/passwd",
        "data:image/png;base64,AAAA",
        "javascript:alert(1)",
        "/a.png",
        "",
    ] {
        let error = elsewhere.picture(bad).await.expect_err("refused");
        assert!(unusable(&error), "{bad}: {error:?}");
    }
    // Training touches nothing outside this machine.
    let here = client(&serve(Arc::default()).await);
    for bad in ["https://cloudecr.example/a.png", "http://cloudecr.example/a.png"] {
        let error = here.picture(bad).await.expect_err("refused");
        assert!(unusable(&error), "{bad}: {error:?}");
    }
}

#[tokio::test]
async fn too_many_requests_are_told_with_the_wait() {
    for (header, seconds) in [
        (Some("7"), 7),
        // Two minutes after the gateway's `Date`.
        (Some("Wed, 15 Jan 2025 04:02:03 GMT"), 120),
        (None, 60),
    ] {
        let headers = header.map(|wait| ("retry-after", wait.to_owned()));
        let act = Act::Give(429, headers.into_iter().collect(), b"{}".to_vec());
        let (_fake, client) = told([act]).await;
        let error = client.terminals().await.expect_err("limited");
        let CallError::RateLimited { wait } = error else {
            panic!("{error:?}")
        };
        assert_eq!(wait.as_secs(), seconds, "{header:?}");
        assert!(!error.to_string().is_empty());
    }
}
