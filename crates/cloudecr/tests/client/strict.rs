//! A gateway that is as strict about sessions as the documentation lets one be: one session of the account at a time,
//! access tokens of 15 minutes, refresh tokens that work once, and everything over at its midnight.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicI64, AtomicUsize, Ordering},
    },
    time::Duration,
};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode},
    middleware::{Next, from_fn_with_state},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use cloudecr::{
    Client, ClientBuilder, Clock, Exchange, Extras, Order, PaymentMethod, TimeLimits, WireAmount,
};
use jiff::{SignedDuration, Timestamp, tz};
use serde_json::{Value, json};
use tokio::{net::TcpListener, sync::Notify};

use super::support::{approval, builder};

/// A time of day that a test moves.
pub(crate) struct Movable(AtomicI64);

impl Movable {
    pub(crate) fn at(time: &str) -> Arc<Self> {
        let time: Timestamp = time.parse().expect("time");
        Arc::new(Self(AtomicI64::new(time.as_second())))
    }

    pub(crate) fn pass(&self, seconds: i64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }
}

impl Clock for Movable {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(self.0.load(Ordering::SeqCst)).expect("in range")
    }
}

/// The gateway and what it saw.
pub(crate) struct Strict {
    pub(crate) clock: Arc<Movable>,
    /// By how many seconds its clock is ahead of the till's.
    pub(crate) ahead: AtomicI64,
    sessions: Mutex<Sessions>,
    /// Every call in its order, with the status it got.
    pub(crate) calls: Mutex<Vec<(String, u16)>>,
    /// The bodies of the transfers that reached it, and how many seconds their tokens had left.
    pub(crate) transfers: Mutex<Vec<(String, i64)>>,
    /// How many of the next renewals go through while their answers are lost.
    pub(crate) lost_answers: AtomicUsize,
    /// How many seconds pass on the next transfer's way here.
    pub(crate) slow_way: AtomicI64,
    /// Holds transfers back until it is told to let one go.
    pub(crate) held_back: Mutex<Option<Arc<Notify>>>,
    pub(crate) reached: Notify,
    never: Notify,
}

#[derive(Default)]
struct Sessions {
    serial: u64,
    /// Each living token of the one session: whether it renews, and its end.
    tokens: HashMap<String, (bool, Timestamp)>,
}

impl Strict {
    /// One that listens, at this time of day, and its address.
    pub(crate) async fn serve(time: &str) -> (Arc<Self>, String) {
        let strict = Arc::new(Self {
            clock: Movable::at(time),
            ahead: AtomicI64::new(0),
            sessions: Mutex::default(),
            calls: Mutex::default(),
            transfers: Mutex::default(),
            lost_answers: AtomicUsize::new(0),
            slow_way: AtomicI64::new(0),
            held_back: Mutex::default(),
            reached: Notify::new(),
            never: Notify::new(),
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("bind");
        let address = listener.local_addr().expect("address");
        let app = Router::new()
            .route("/auth/login", post(login))
            .route("/auth/refresh", post(refresh))
            .route("/auth/logout", post(logout))
            .route("/api/terminals", get(terminals))
            .route("/api/transfer", post(transfer))
            .layer(from_fn_with_state(Arc::clone(&strict), watched))
            .with_state(Arc::clone(&strict));
        tokio::spawn(async move { axum::serve(listener, app).await });
        (strict, format!("http://{address}"))
    }

    /// A till's client here, on the same clock.
    pub(crate) fn builder(&self, url: &str) -> ClientBuilder {
        builder(url).clock(self.clock.clone())
    }

    /// One that does not wait long for an answer that is lost.
    pub(crate) fn hurried(&self, url: &str) -> ClientBuilder {
        self.builder(url).limits(TimeLimits {
            other: Duration::from_secs(2),
            ..TimeLimits::default()
        })
    }

    pub(crate) fn count(&self, call: &str) -> usize {
        let calls = self.calls.lock().expect("lock");
        calls.iter().filter(|(path, _)| path == call).count()
    }

    pub(crate) fn refused(&self, call: &str) -> usize {
        let calls = self.calls.lock().expect("lock");
        calls
            .iter()
            .filter(|(path, status)| path == call && *status >= 400)
            .count()
    }

    fn now(&self) -> Timestamp {
        let ahead = SignedDuration::from_secs(self.ahead.load(Ordering::SeqCst));
        self.clock.now().checked_add(ahead).expect("in range")
    }

    fn issue(&self, sessions: &mut Sessions) -> Response {
        let now = self.now();
        let local = now.to_zoned(tz::offset(8).to_time_zone());
        let midnight = local.tomorrow().and_then(|day| day.start_of_day());
        let midnight = midnight.expect("a day").timestamp();
        let quarter = now
            .checked_add(SignedDuration::from_mins(15))
            .expect("in range")
            .min(midnight);
        let mut token = |renews: bool, end: Timestamp| {
            sessions.serial += 1;
            let token = format!("token-{}", sessions.serial);
            sessions.tokens.insert(token.clone(), (renews, end));
            json!({"token": token, "expiresAt": end.strftime("%Y-%m-%dT%H:%M:%S.000+00:00").to_string()})
        };
        axum::Json(json!({"access": token(false, quarter), "refresh": token(true, midnight)})).into_response()
    }
}

/// The end of a living token of that kind, or the code of its refusal.
fn end_of(sessions: &Sessions, headers: &HeaderMap, renews: bool, now: Timestamp) -> Result<Timestamp, u32> {
    let header = headers.get("authorization").and_then(|value| value.to_str().ok());
    let token = header
        .and_then(|value| value.strip_prefix("Bearer "))
        .ok_or(40124_u32)?;
    match sessions.tokens.get(token) {
        Some((kind, end)) if *kind == renews => {
            if *end > now {
                Ok(*end)
            } else if renews {
                Err(40122)
            } else {
                Err(40123)
            }
        }
        Some(_) | None if renews => Err(40121),
        Some(_) | None => Err(40120),
    }
}

fn refuse(status: u16, code: u32) -> Response {
    let status = StatusCode::from_u16(status).expect("status");
    (status, axum::Json(json!({"code": code, "message": "no"}))).into_response()
}

async fn watched(State(strict): State<Arc<Strict>>, request: axum::extract::Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let mut response = next.run(request).await;
    let date = strict.now().strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
    response
        .headers_mut()
        .insert("date", HeaderValue::from_str(&date).expect("date"));
    strict
        .calls
        .lock()
        .expect("lock")
        .push((path, response.status().as_u16()));
    response
}

async fn login(State(strict): State<Arc<Strict>>) -> Response {
    let now = strict.now();
    let mut sessions = strict.sessions.lock().expect("lock");
    if sessions
        .tokens
        .values()
        .any(|(renews, end)| *renews && *end > now)
    {
        return refuse(403, 40314);
    }
    sessions.tokens.clear();
    strict.issue(&mut sessions)
}

async fn refresh(State(strict): State<Arc<Strict>>, headers: HeaderMap) -> Response {
    let answer = {
        let mut sessions = strict.sessions.lock().expect("lock");
        if let Err(code) = end_of(&sessions, &headers, true, strict.now()) {
            return refuse(401, code);
        }
        sessions.tokens.retain(|_, (renews, _)| !*renews);
        strict.issue(&mut sessions)
    };
    let lost = strict
        .lost_answers
        .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
    if lost.is_ok() {
        strict.never.notified().await;
    }
    answer
}

async fn logout(State(strict): State<Arc<Strict>>, headers: HeaderMap) -> Response {
    let mut sessions = strict.sessions.lock().expect("lock");
    match end_of(&sessions, &headers, false, strict.now()) {
        Ok(_) => {
            sessions.tokens.clear();
            StatusCode::NO_CONTENT.into_response()
        }
        Err(code) => refuse(401, code),
    }
}

async fn terminals(State(strict): State<Arc<Strict>>, headers: HeaderMap) -> Response {
    let sessions = strict.sessions.lock().expect("lock");
    match end_of(&sessions, &headers, false, strict.now()) {
        Ok(_) => axum::Json(json!({"data": []})).into_response(),
        Err(code) => refuse(401, code),
    }
}

async fn transfer(State(strict): State<Arc<Strict>>, headers: HeaderMap, body: Bytes) -> Response {
    strict.clock.pass(strict.slow_way.swap(0, Ordering::SeqCst));
    let now = strict.now();
    let allowed = end_of(&strict.sessions.lock().expect("lock"), &headers, false, now);
    let end = match allowed {
        Ok(end) => end,
        Err(code) => {
            let refused = String::from_utf8(body.to_vec()).expect("text");
            strict.transfers.lock().expect("lock").push((refused, 0));
            return refuse(401, code);
        }
    };
    let left = end.duration_since(now).as_secs();
    let request: Value = serde_json::from_slice(&body).expect("JSON");
    let sent = String::from_utf8(body.to_vec()).expect("text");
    strict.transfers.lock().expect("lock").push((sent, left));
    let held_back = strict.held_back.lock().expect("lock").clone();
    if let Some(gate) = held_back {
        strict.reached.notify_one();
        gate.notified().await;
    }
    axum::Json(approval(&request)).into_response()
}

/// Rings up one sale, now.
pub(crate) async fn sell(client: &Client, clock: &Movable, reference: &str) -> Exchange {
    let sale = Order::Sale {
        amount: WireAmount::from_hundredths(1250).expect("amount"),
        method: PaymentMethod::BankCard,
        channel: None,
        extras: Extras::default(),
    };
    client.ready().await.expect("a session");
    let prepared = client
        .prepare(reference, "VT-0001", &sale, clock.now())
        .expect("fields");
    client.transfer(&prepared).await
}
