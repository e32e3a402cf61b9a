//! The listener for callbacks, over real sockets: what it takes, what it refuses, and what it lets nobody do to it.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::Duration,
};

use cloudecr::{
    Client, Credentials, Gateway, SecretKey,
    callback::{Callback, CallbackLimits, CallbackReceiver, CallbackRefusal, serve},
    signature,
};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::mpsc,
};

const KEY: &str = "75DC529B942513DFA77F43EC3451F137";
const PATH: &str = "/callback";

/// A till that keeps what it is given, unless it is told that its disk is full.
struct Receiver {
    client: Client,
    full: bool,
    taken: Mutex<Vec<Callback>>,
    refused: mpsc::UnboundedSender<CallbackRefusal>,
}

impl CallbackReceiver for Receiver {
    fn client(&self) -> Option<Client> {
        Some(self.client.clone())
    }

    async fn take(&self, callback: Callback) -> Result<(), CallbackRefusal> {
        if self.full {
            return Err(CallbackRefusal::NotKept);
        }
        self.taken.lock().expect("not poisoned").push(callback);
        Ok(())
    }

    fn refused(&self, _: SocketAddr, refusal: CallbackRefusal) {
        // The test that does not listen has ended.
        let _ = self.refused.send(refusal);
    }
}

struct Listener {
    receiver: Arc<Receiver>,
    refusals: mpsc::UnboundedReceiver<CallbackRefusal>,
    address: SocketAddr,
}

impl Listener {
    async fn open(limits: CallbackLimits, full: bool) -> Self {
        let who = Credentials {
            pos_id: "fiuuPos1".into(),
            password: "w".into(),
            merchant_id: "fiuuMerch1".into(),
            secret_key: SecretKey::from_string(KEY.to_owned()),
        };
        let gateway = Gateway::at("http://127.0.0.1:1").expect("address");
        let (refused, refusals) = mpsc::unbounded_channel();
        let receiver = Arc::new(Receiver {
            client: Client::builder(gateway, who).build().expect("client"),
            full,
            taken: Mutex::default(),
            refused,
        });
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("port");
        let address = listener.local_addr().expect("address");
        tokio::spawn(serve(listener, PATH.to_owned(), limits, Arc::clone(&receiver)));
        Self {
            receiver,
            refusals,
            address,
        }
    }

    /// Sends bytes as they are; everything that comes back until the connection ends.
    async fn say(&self, bytes: &[u8]) -> String {
        let mut stream = TcpStream::connect(self.address).await.expect("connects");
        // The listener may hang up on somebody who sends too much.
        let _ = stream.write_all(bytes).await;
        let mut said = Vec::new();
        let _ = stream.read_to_end(&mut said).await;
        String::from_utf8_lossy(&said).into_owned()
    }

    async fn post(&self, body: &str) -> String {
        self.say(request("POST", PATH, "application/json", body).as_bytes())
            .await
    }

    fn taken(&self) -> usize {
        self.receiver.taken.lock().expect("not poisoned").len()
    }
}

fn request(method: &str, path: &str, kind: &str, body: &str) -> String {
    format!(
        "{method} {path} HTTP/1.1\r\nHost: till\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

fn answer(pos: &str, key: &str) -> String {
    let mut body = json!({"transType": "sale", "posId": pos, "deviceId": "VT-0001", "referenceId": "R1", "statusCode": "00",
        "transData": {"transId": "15", "transAmt": "12.50", "currency": "MYR"}, "aFieldFromTomorrow": {"kept": true}});
    let signature = signature::sign(&SecretKey::from_string(key.to_owned()), &body);
    body["signature"] = Value::from(signature);
    body.to_string()
}

fn status(answer: &str) -> &str {
    answer
        .strip_prefix("HTTP/1.1 ")
        .and_then(|rest| rest.get(..3))
        .unwrap_or("none")
}

#[tokio::test]
async fn a_signed_answer_about_this_pos_is_taken_as_it_came() {
    let listener = Listener::open(CallbackLimits::default(), false).await;
    let body = answer("fiuuPos1", KEY);
    assert_eq!(status(&listener.post(&body).await), "200");
    let taken = listener.receiver.taken.lock().expect("not poisoned").clone();
    assert_eq!(taken.len(), 1);
    assert_eq!(taken[0].body(), body);
    assert_eq!(taken[0].response().trans_data.trans_id.as_deref(), Some("15"));
}

#[tokio::test]
async fn nothing_but_a_signed_answer_about_this_pos_is_taken_and_a_refusal_tells_nothing() {
    let mut listener = Listener::open(CallbackLimits::default(), false).await;
    let good = answer("fiuuPos1", KEY);
    let unsigned = r#"{"statusCode":"00","posId":"fiuuPos1","referenceId":"R1"}"#;
    let altered = good.replace("12.50", "0.50");
    let forged = answer("fiuuPos1", "another key");
    let other = answer("fiuuPos2", KEY);
    let refused = r#"{"code":42211,"message":"declined"}"#;
    let json = "application/json";
    let cases = [
        ("GET", PATH, json, "", "405", CallbackRefusal::Method),
        ("PUT", PATH, json, good.as_str(), "405", CallbackRefusal::Method),
        ("POST", "/", json, good.as_str(), "404", CallbackRefusal::Path),
        (
            "POST",
            PATH,
            "text/plain",
            good.as_str(),
            "415",
            CallbackRefusal::ContentType,
        ),
        ("POST", PATH, json, "", "400", CallbackRefusal::Malformed),
        ("POST", PATH, json, "[]", "400", CallbackRefusal::Malformed),
        ("POST", PATH, json, "{\"a\":", "400", CallbackRefusal::Malformed),
        ("POST", PATH, json, refused, "400", CallbackRefusal::Malformed),
        ("POST", PATH, json, unsigned, "403", CallbackRefusal::Signature),
        ("POST", PATH, json, &altered, "403", CallbackRefusal::Signature),
        ("POST", PATH, json, &forged, "403", CallbackRefusal::Signature),
        ("POST", PATH, json, &other, "403", CallbackRefusal::OtherPos),
    ];
    for (method, path, kind, body, wanted, refusal) in cases {
        let said = listener.say(request(method, path, kind, body).as_bytes()).await;
        assert_eq!(status(&said), wanted, "{method} {path} {kind} {body}: {said}");
        assert_eq!(listener.refusals.recv().await, Some(refusal));
        for known in [KEY, "fiuuPos1", "fiuuMerch1", "12.50", "R1"] {
            assert!(!said.contains(known), "{said}");
        }
    }
    assert_eq!(listener.taken(), 0);
    assert_eq!(status(&listener.post(&good).await), "200");
}

#[tokio::test]
async fn too_large_is_refused_whether_it_is_announced_or_not() {
    let limits = CallbackLimits {
        bytes: 1000,
        ..CallbackLimits::default()
    };
    let mut listener = Listener::open(limits, false).await;
    let large = format!("{{\"a\":\"{}\"}}", "x".repeat(1001));
    assert_eq!(status(&listener.post(&large).await), "413");
    assert_eq!(listener.refusals.recv().await, Some(CallbackRefusal::TooLarge));
    let chunked = format!(
        "POST {PATH} HTTP/1.1\r\nHost: till\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n{large}\r\n0\r\n\r\n",
        large.len()
    );
    assert_eq!(status(&listener.say(chunked.as_bytes()).await), "413");
    assert_eq!(listener.refusals.recv().await, Some(CallbackRefusal::TooLarge));
    let endless_head = format!("POST {PATH} HTTP/1.1\r\nX: {}\r\n\r\n", "x".repeat(64 * 1024));
    assert_ne!(status(&listener.say(endless_head.as_bytes()).await), "200");
    assert_eq!(listener.taken(), 0);
}

#[tokio::test]
async fn who_is_slow_is_hung_up_on_and_the_next_one_gets_the_place() {
    let limits = CallbackLimits {
        connections: 1,
        head: Duration::from_millis(50),
        body: Duration::from_millis(50),
        ..CallbackLimits::default()
    };
    let mut listener = Listener::open(limits, false).await;
    // Reading until the other side hangs up ends only because it does.
    assert_ne!(status(&listener.say(b"POST /callb").await), "200");
    let half = request("POST", PATH, "application/json", &answer("fiuuPos1", KEY));
    let said = listener.say(&half.as_bytes()[..half.len() - 5]).await;
    assert_eq!(status(&said), "408");
    assert_eq!(listener.refusals.recv().await, Some(CallbackRefusal::Unfinished));
    assert_eq!(status(&listener.post(&answer("fiuuPos1", KEY)).await), "200");
    assert_eq!(listener.taken(), 1);
}

#[tokio::test]
async fn a_connection_carries_one_request() {
    let listener = Listener::open(CallbackLimits::default(), false).await;
    let one = request("POST", PATH, "application/json", &answer("fiuuPos1", KEY));
    let said = listener.say(format!("{one}{one}{one}").as_bytes()).await;
    assert_eq!(said.matches("HTTP/1.1 200").count(), 1, "{said}");
    assert!(said.to_lowercase().contains("connection: close"), "{said}");
    assert_eq!(listener.taken(), 1);
}

#[tokio::test]
async fn what_cannot_be_kept_is_to_be_sent_again() {
    let mut listener = Listener::open(CallbackLimits::default(), true).await;
    let said = listener.post(&answer("fiuuPos1", KEY)).await;
    assert_eq!(status(&said), "503");
    assert!(said.to_lowercase().contains("retry-after: 10"), "{said}");
    assert_eq!(listener.refusals.recv().await, Some(CallbackRefusal::NotKept));
}

#[tokio::test]
async fn a_hundred_senders_at_once_are_all_answered() {
    let limits = CallbackLimits {
        connections: 4,
        ..CallbackLimits::default()
    };
    let listener = Arc::new(Listener::open(limits, false).await);
    let body = answer("fiuuPos1", KEY);
    let mut senders = tokio::task::JoinSet::new();
    for _ in 0..100 {
        let (listener, body) = (Arc::clone(&listener), body.clone());
        senders.spawn(async move { status(&listener.post(&body).await).to_owned() });
    }
    for answered in senders.join_all().await {
        assert_eq!(answered, "200");
    }
    assert_eq!(listener.taken(), 100);
}
