//! A small gateway of the tests' own: it counts what reaches it and answers as it is told.

use std::{
    collections::VecDeque,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, Uri},
    middleware::map_response,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use cloudecr::{
    Client, ClientBuilder, Clock, Credentials, Extras, Gateway, Order, PaymentMethod, PreparedTransfer,
    SecretKey, WireAmount, signature,
};
use jiff::Timestamp;
use serde_json::{Value, json};
use tokio::{net::TcpListener, sync::Notify};

pub(crate) const PASSWORD: &str = "correct-horse-password";
pub(crate) const KEY: &str = "75DC529B942513DFA77F43EC3451F137";

/// The gateway's clock is three seconds ahead of the client's.
const DATE: &str = "Wed, 15 Jan 2025 04:00:03 GMT";

/// What the test gateway does with a call.
#[derive(Clone)]
pub(crate) enum Act {
    /// Answers a transfer with a signed approval.
    Approve,
    /// Answers so.
    Say(u16, String),
    /// Answers with a redirect to itself.
    Redirect,
    /// Waits until the test is over.
    Stall,
    /// Answers with these headers and this body.
    Give(u16, Vec<(&'static str, String)>, Vec<u8>),
}

/// The gateway's state and its counters.
#[derive(Default)]
pub(crate) struct Fake {
    pub(crate) logins: AtomicUsize,
    pub(crate) refreshes: AtomicUsize,
    pub(crate) logouts: AtomicUsize,
    pub(crate) transfers: Mutex<Vec<(String, Value)>>,
    pub(crate) login_answers: Mutex<VecDeque<Act>>,
    pub(crate) refresh_answers: Mutex<VecDeque<Act>>,
    pub(crate) list_answers: Mutex<VecDeque<Act>>,
    /// The addresses that lists were asked under, and the bodies of prebinding.
    pub(crate) lists: Mutex<Vec<String>>,
    pub(crate) logo_answers: Mutex<VecDeque<Act>>,
    /// The headers that came with the latest question for a logo.
    pub(crate) logo_headers: Mutex<Vec<String>>,
    pub(crate) transfer_answers: Mutex<VecDeque<Act>>,
    /// Held while a login is being answered, so that callers pile up.
    pub(crate) gate: Option<Arc<Notify>>,
    pub(crate) reached: Notify,
    /// How long access tokens live, in minutes; 15 without one.
    pub(crate) minutes: Option<i64>,
    pub(crate) never: Notify,
}

/// A clock that stands still.
pub(crate) struct Still(pub(crate) Timestamp);

impl Clock for Still {
    fn now(&self) -> Timestamp {
        self.0
    }
}

pub(crate) fn noon() -> Timestamp {
    "2025-01-15T04:00:00Z".parse().expect("time")
}

impl Fake {
    fn tokens(&self, serial: usize) -> Value {
        let ends = |minutes: i64| {
            let end = noon()
                .checked_add(jiff::SignedDuration::from_mins(minutes))
                .expect("in range");
            end.strftime("%Y-%m-%dT%H:%M:%S.000+00:00").to_string()
        };
        json!({
            "access": {"token": format!("access-token-{serial}"), "expiresAt": ends(self.minutes.unwrap_or(15))},
            "refresh": {"token": format!("refresh-token-{serial}"), "expiresAt": ends(600)},
        })
    }

    async fn act(&self, queue: &Mutex<VecDeque<Act>>, request: &Value) -> Option<Response> {
        let act = queue.lock().expect("lock").pop_front()?;
        Some(match act {
            Act::Approve => axum::Json(approval(request)).into_response(),
            Act::Say(status, body) => (StatusCode::from_u16(status).expect("status"), body).into_response(),
            Act::Redirect => {
                (StatusCode::TEMPORARY_REDIRECT, [("location", "/api/transfer")]).into_response()
            }
            Act::Give(status, headers, body) => {
                let mut response = (StatusCode::from_u16(status).expect("status"), body).into_response();
                response.headers_mut().remove("content-type");
                for (name, value) in headers {
                    let value = HeaderValue::from_str(&value).expect("header");
                    response.headers_mut().append(name, value);
                }
                response
            }
            Act::Stall => {
                self.reached.notify_one();
                self.never.notified().await;
                StatusCode::OK.into_response()
            }
        })
    }
}

/// The approval that fits a request.
pub(crate) fn approval(request: &Value) -> Value {
    let mut answer = json!({
        "transType": request["transType"], "posId": request["posId"], "deviceId": request["deviceId"],
        "referenceId": request["referenceId"], "apiVersion": "v1", "statusCode": "00", "responseCode": "00",
        "transData": {"transId": "1516809", "transAmt": request["transData"]["transAmt"], "currency": "MYR"},
    });
    answer["signature"] = signature::sign(&SecretKey::from_string(KEY.to_owned()), &answer).into();
    answer
}

/// An error body with that code.
pub(crate) fn error(status: u16, code: u32) -> Act {
    Act::Say(status, json!({"code": code, "message": "no"}).to_string())
}

/// Serves `fake` on a free port; the listener ends with the test's runtime.
pub(crate) async fn serve(fake: Arc<Fake>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("bind");
    let address = listener.local_addr().expect("address");
    tokio::spawn(async move { axum::serve(listener, app(fake)).await });
    format!("http://{address}")
}

/// What it serves.
pub(crate) fn app(fake: Arc<Fake>) -> Router {
    Router::new()
        .route("/auth/login", post(login))
        .route("/auth/refresh", post(refresh))
        .route("/auth/logout", post(logout))
        .route("/api/terminals", get(list))
        .route("/api/ewallet-channels", get(list))
        .route("/api/bind-terminal-key", get(list))
        .route("/api/prebind-terminals", get(list).post(prebind))
        .route("/logos/{name}", get(logo))
        .route("/api/transfer", post(transfer))
        .with_state(fake)
        .layer(map_response(async |mut response: Response| {
            let date = HeaderValue::from_static(DATE);
            response.headers_mut().insert("date", date);
            response
        }))
}

async fn login(State(fake): State<Arc<Fake>>, body: Bytes) -> Response {
    let serial = fake.logins.fetch_add(1, Ordering::SeqCst) + 1;
    if let Some(gate) = &fake.gate {
        fake.reached.notify_one();
        gate.notified().await;
    }
    let body: Value = serde_json::from_slice(&body).expect("JSON");
    assert_eq!(body, json!({"posId": "fiuuPos1", "password": PASSWORD}));
    match fake.act(&fake.login_answers, &Value::Null).await {
        Some(told) => told,
        None => axum::Json(fake.tokens(serial)).into_response(),
    }
}

async fn refresh(State(fake): State<Arc<Fake>>, headers: HeaderMap) -> Response {
    let serial = fake.refreshes.fetch_add(1, Ordering::SeqCst) + 101;
    assert!(bearer(&headers).starts_with("refresh-token-"));
    match fake.act(&fake.refresh_answers, &Value::Null).await {
        Some(told) => told,
        None => axum::Json(fake.tokens(serial)).into_response(),
    }
}

async fn logout(State(fake): State<Arc<Fake>>, headers: HeaderMap) -> StatusCode {
    fake.logouts.fetch_add(1, Ordering::SeqCst);
    assert!(bearer(&headers).starts_with("access-token-"));
    StatusCode::NO_CONTENT
}

async fn list(State(fake): State<Arc<Fake>>, uri: Uri, headers: HeaderMap) -> Response {
    assert!(bearer(&headers).starts_with("access-token-"));
    fake.lists.lock().expect("lock").push(uri.to_string());
    match fake.act(&fake.list_answers, &Value::Null).await {
        Some(told) => told,
        None => axum::Json(json!({"data": []})).into_response(),
    }
}

async fn prebind(State(fake): State<Arc<Fake>>, headers: HeaderMap, body: Bytes) -> Response {
    assert!(bearer(&headers).starts_with("access-token-"));
    let body = String::from_utf8(body.to_vec()).expect("text");
    fake.lists.lock().expect("lock").push(body);
    match fake.act(&fake.list_answers, &Value::Null).await {
        Some(told) => told,
        None => axum::Json(json!({"code": 20000, "message": "done"})).into_response(),
    }
}

async fn logo(State(fake): State<Arc<Fake>>, headers: HeaderMap) -> Response {
    let sent = headers.keys().map(|name| name.as_str().to_owned()).collect();
    *fake.logo_headers.lock().expect("lock") = sent;
    match fake.act(&fake.logo_answers, &Value::Null).await {
        Some(told) => told,
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn transfer(State(fake): State<Arc<Fake>>, headers: HeaderMap, body: Bytes) -> Response {
    let request: Value = serde_json::from_slice(&body).expect("JSON");
    assert!(signature::verify(
        &SecretKey::from_string(KEY.to_owned()),
        &request
    ));
    fake.transfers
        .lock()
        .expect("lock")
        .push((bearer(&headers), request.clone()));
    fake.act(&fake.transfer_answers, &request)
        .await
        .unwrap_or_else(|| axum::Json(approval(&request)).into_response())
}

fn bearer(headers: &HeaderMap) -> String {
    let value = headers
        .get("authorization")
        .and_then(|value| value.to_str().ok())
        .expect("a token");
    value.strip_prefix("Bearer ").expect("a bearer").to_owned()
}

pub(crate) fn builder(url: &str) -> ClientBuilder {
    let credentials = Credentials {
        pos_id: "fiuuPos1".into(),
        password: PASSWORD.into(),
        merchant_id: "fiuuMerch1".into(),
        secret_key: SecretKey::from_string(KEY.to_owned()),
    };
    Client::builder(Gateway::at(url).expect("address"), credentials).clock(Arc::new(Still(noon())))
}

pub(crate) fn client(url: &str) -> Client {
    builder(url).build().expect("client")
}

pub(crate) fn sale(client: &Client) -> PreparedTransfer {
    let order = Order::Sale {
        amount: WireAmount::from_hundredths(1250).expect("amount"),
        method: PaymentMethod::BankCard,
        channel: None,
        extras: Extras::default(),
    };
    client
        .prepare("01JH9ZK3QW8R5T2Y7N4C", "VT-0001", &order, noon())
        .expect("fields")
}
