//! What a POS, or anybody else, sends to the simulator: it listens on a port, so it too is fed from outside.
//!
//! An input is a conversation: requests behind each other, on one fresh simulator. Whatever they are, each is answered (or,
//! where a script says so, left waiting), nobody is charged by a request that was not signed and let in, nobody is charged
//! another amount than was asked for, and a yes that no script has spoilt is in the acquirer's book.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, StatusCode, header};
use cloudecr::Clock;
use cloudecr_simulator::{Config, Entry, EntryStatus, Simulator, router};
use jiff::Timestamp;
use serde_json::{Value, json};
use tower::ServiceExt;

use super::{pick, seed};
use crate::messages;
use crate::slow;

/// Ends a request of a conversation (ASCII's own record separator, which JSON never holds unescaped).
const SEPARATOR: u8 = 0x1e;
/// The most requests of one conversation that are made.
const LONGEST: usize = 8;
/// How long an answer is waited for, on a clock that jumps: far past every delay that a script can ask for.
const PATIENCE: Duration = Duration::from_secs(3600);
/// When all of it happens, and what a request that is made good is dated.
const NOW: i64 = 1_736_929_168;
const DATETIME: &str = "20250115081928";

/// The simulator's endpoints, and one that it does not have; in an input the first is `@`, the second `A`.
const ENDPOINTS: [(Method, &str); 22] = [
    (Method::POST, "/api/transfer"),
    (Method::POST, "/auth/login"),
    (Method::POST, "/auth/refresh"),
    (Method::POST, "/auth/logout"),
    (Method::GET, "/api/terminals"),
    (Method::GET, "/api/ewallet-channels?currency=MYR"),
    (Method::GET, "/api/bind-terminal-key"),
    (Method::POST, "/api/prebind-terminals"),
    (Method::GET, "/api/prebind-terminals"),
    (Method::PUT, "/simulator/terminals/VT-0001/script"),
    (Method::PUT, "/simulator/terminals/VT-0001/inquiry-script"),
    (Method::POST, "/simulator/terminals/VT-0001/turn"),
    (Method::POST, "/simulator/terminals/VT-0001/other-sales"),
    (Method::POST, "/simulator/sessions/end"),
    (Method::PUT, "/simulator/clock"),
    (Method::POST, "/nowhere"),
    (Method::GET, "/api/bind-terminal-key?option=image"),
    (Method::PUT, "/simulator/calls/terminals/script"),
    (Method::PUT, "/simulator/spelling"),
    (Method::PUT, "/simulator/accounts/simulatorPos1/status"),
    (Method::POST, "/simulator/terminals/VT-0001/bind"),
    (Method::POST, "/simulator/terminals/VT-0001/unbind"),
];

/// A clock that stands.
struct Standing;

impl Clock for Standing {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(NOW).unwrap_or_default()
    }
}

/// Who a request says that it comes from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Bearer {
    Nobody,
    SignedIn,
    Refresh,
    Somebody,
}

/// One conversation so far.
struct Talk {
    simulator: Simulator,
    router: Router,
    key: String,
    access: String,
    refresh: String,
    /// Whether somebody meddled with what the simulator does of its own.
    scripted: bool,
}

/// What a fresh simulator answers to whoever is signed in, for seeds of other targets.
#[must_use]
pub fn fetch(path: &str) -> Vec<u8> {
    let answered = on_paused_time(async {
        let talk = Talk::begin().await;
        let request = Request::get(path).header(header::AUTHORIZATION, format!("Bearer {}", talk.access));
        talk.send(request.body(Body::empty())).await
    });
    answered.flatten().map(|(_, body)| body).unwrap_or_default()
}

/// Runs on a clock that jumps: a script's delays take no time, and what would wait for ever is seen to.
fn on_paused_time<T>(work: impl Future<Output = T>) -> Option<T> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build();
    runtime.ok().map(|runtime| runtime.block_on(work))
}

/// Holds a conversation. Gives the HTTP statuses that were answered, `None` for an answer that never came.
#[must_use]
pub fn check(input: &[u8]) -> Vec<Option<StatusCode>> {
    let statuses = on_paused_time(async {
        let mut talk = Talk::begin().await;
        let mut statuses = Vec::new();
        for request in input.split(|&byte| byte == SEPARATOR).take(LONGEST) {
            if let Some(([endpoint, manner], body)) = super::split(request) {
                statuses.push(talk.request(endpoint, manner, body).await);
            }
        }
        statuses
    });
    statuses.unwrap_or_default()
}

impl Talk {
    async fn begin() -> Self {
        let config = Config::default();
        let account = config.accounts.first().cloned();
        let key = config.secret_key.clone();
        let simulator = Simulator::new(config, Arc::new(Standing));
        let mut talk = Self {
            router: router(simulator.clone()),
            simulator,
            key,
            access: String::new(),
            refresh: String::new(),
            scripted: false,
        };
        let login = account.map(|account| json!({"posId": account.pos_id, "password": account.password}));
        let request = Request::post("/auth/login").body(Body::from(login.unwrap_or_default().to_string()));
        if let Some((_, body)) = talk.send(request).await {
            let tokens = serde_json::from_slice::<Value>(&body).unwrap_or_default();
            talk.access = slow::field(&tokens, "/access/token").unwrap_or_default();
            talk.refresh = slow::field(&tokens, "/refresh/token").unwrap_or_default();
        }
        assert!(!talk.access.is_empty(), "the right password was refused");
        talk
    }

    /// Makes one request: its endpoint by the first byte; by the second who it comes from (two bits), whether a transfer
    /// is completed and signed, and whether the body is called a form.
    async fn request(&mut self, endpoint: u8, manner: u8, body: &[u8]) -> Option<StatusCode> {
        let (method, path) = &ENDPOINTS[usize::from(endpoint.wrapping_sub(b'@')) % ENDPOINTS.len()];
        let bearers = [
            Bearer::SignedIn,
            Bearer::Nobody,
            Bearer::Refresh,
            Bearer::Somebody,
        ];
        let bearer = pick(&bearers, manner);
        let is_transfer = *path == "/api/transfer";
        let body = if is_transfer && manner & 4 == 0 {
            self.completed(body)
        } else {
            body.to_vec()
        };
        let content_type = if manner & 8 == 0 {
            "application/json"
        } else {
            "application/x-www-form-urlencoded"
        };
        let mut request = Request::builder()
            .method(method.clone())
            .uri(*path)
            .header(header::CONTENT_TYPE, content_type);
        let token = match bearer {
            Bearer::Nobody => None,
            Bearer::SignedIn => Some(self.access.as_str()),
            Bearer::Refresh => Some(self.refresh.as_str()),
            Bearer::Somebody => Some("eyJhbGciOiJIUzI1NiJ9.somebody"),
        };
        if let Some(token) = token {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        let before = self.simulator.book();
        let answer = self.send(request.body(Body::from(body.clone()))).await;
        let after = self.simulator.book();
        let json = serde_json::from_slice::<Value>(&body).unwrap_or_default();
        if is_transfer {
            self.transferred(bearer, &json, &before, &after, answer.as_ref());
        } else {
            self.meddled(path, &before, &after, answer.as_ref());
        }
        answer.map(|(status, _)| status)
    }

    /// A transfer: who was charged, how much, and whether the answer says so.
    fn transferred(
        &self,
        bearer: Bearer,
        json: &Value,
        before: &[Entry],
        after: &[Entry],
        answer: Option<&(StatusCode, Vec<u8>)>,
    ) {
        if after != before {
            assert!(bearer == Bearer::SignedIn, "a transfer without a session: {json}");
            assert!(
                slow::verifies(&self.key, json),
                "a transfer without a signature: {json}"
            );
        }
        let asked = slow::field(json, "/transData/transAmt").and_then(|text| slow::hundredths(&text));
        let reference = slow::field(json, "/referenceId");
        let (known, new) = after.split_at(before.len());
        for entry in new {
            if Some(&entry.reference_id) == reference.as_ref() {
                assert_eq!(slow::hundredths(&entry.amount), asked, "another amount: {json}");
            } else {
                assert!(self.scripted, "somebody else was charged: {entry:?}");
            }
        }
        for (was, is) in before.iter().zip(known) {
            assert_eq!((&was.trans_id, &was.amount), (&is.trans_id, &is.amount));
        }
        let Some((status, body)) = answer else {
            assert!(self.scripted, "no answer: {json}");
            return;
        };
        if self.scripted {
            return;
        }
        assert_ne!(*status, StatusCode::INTERNAL_SERVER_ERROR, "{json}");
        let told = serde_json::from_slice::<Value>(body).unwrap_or_default();
        if !status.is_success() {
            // A code, or one of the words that the pages name in its place.
            let why = slow::field(&told, "/code").or_else(|| slow::field(&told, "/error"));
            assert!(why.is_some(), "a refusal without a code: {told}");
            assert_eq!(before, after, "refused, and charged all the same");
            return;
        }
        assert!(
            slow::verifies(&self.key, &told),
            "an answer without a signature: {told}"
        );
        let asked_for = slow::field(json, "/transType");
        let is_charge = matches!(asked_for.as_deref(), Some("sale" | "cashOut"));
        if is_charge || asked_for.as_deref() == Some("void") {
            // A question is answered with the reference of what it asks about.
            assert_eq!(slow::field(&told, "/referenceId"), reference, "{told}");
        }
        if is_charge && slow::field(&told, "/statusCode").as_deref() == Some("00") {
            let charged = new
                .iter()
                .find(|entry| Some(&entry.reference_id) == reference.as_ref());
            assert_eq!(
                charged.map(|entry| entry.status),
                Some(EntryStatus::Charged),
                "{told}"
            );
        }
    }

    /// Anything else: only another till's sales are in the book for it, and only a turn changes it.
    fn meddled(
        &mut self,
        path: &str,
        before: &[Entry],
        after: &[Entry],
        answer: Option<&(StatusCode, Vec<u8>)>,
    ) {
        self.scripted |= path.starts_with("/simulator/");
        assert!(answer.is_some() || self.scripted, "no answer from {path}");
        if before != after {
            assert!(
                path.ends_with("/other-sales") || path.ends_with("/turn"),
                "{path}"
            );
        }
    }

    /// A transfer that lacks nothing but what it is about: the account, the terminal and the time are filled in where
    /// they are missing, and the whole is signed.
    fn completed(&self, body: &[u8]) -> Vec<u8> {
        let Ok(Value::Object(mut fields)) = serde_json::from_slice(body) else {
            return body.to_vec();
        };
        let config = self.simulator.config();
        let account = config.accounts.first().map(|account| account.pos_id.clone());
        for (name, value) in [
            ("posId", account.unwrap_or_default()),
            ("merchantId", config.merchant_id.clone()),
            ("deviceId", messages::TERMINAL.to_owned()),
            ("referenceId", messages::REFERENCE.to_owned()),
            ("apiVersion", "v1".to_owned()),
            ("datetime", DATETIME.to_owned()),
        ] {
            fields.entry(name).or_insert_with(|| value.into());
        }
        let mut json = Value::Object(fields);
        json["signature"] = slow::sign(&self.key, &json).into();
        json.to_string().into_bytes()
    }

    /// The answer's status and body, none if it never comes.
    async fn send(&self, request: axum::http::Result<Request<Body>>) -> Option<(StatusCode, Vec<u8>)> {
        let request = request.ok()?;
        let answer = async {
            let response = match self.router.clone().oneshot(request).await {
                Ok(response) => response,
                Err(never) => match never {},
            };
            let status = response.status();
            let body = to_bytes(response.into_body(), usize::MAX)
                .await
                .unwrap_or_default();
            (status, body.to_vec())
        };
        tokio::time::timeout(PATIENCE, answer).await.ok()
    }
}

/// Conversations: a sale and its void, questions, sign-ins, and every named script before a sale.
#[must_use]
pub fn seeds() -> Vec<Vec<u8>> {
    let talk = |requests: &[Vec<u8>]| requests.join(&SEPARATOR);
    let transfer = |body: Value| seed(b"@@", body.to_string());
    let sale = || {
        transfer(
            json!({"transType": "sale", "transData": {"transAmt": "12.50", "paymentMethod": "bankCard"}}),
        )
    };
    let get_last = || transfer(json!({"transType": "getLast", "referenceId": "R2"}));
    let mut seeds = vec![
        talk(&[sale(), get_last(), sale()]),
        talk(&[transfer(
            json!({"transType": "cashOut", "transData": {"transAmt": "12.50", "cashAmt": "50.00"}}),
        )]),
        talk(&[transfer(json!({"transType": "sale", "transData":
            {"transAmt": "1.00", "paymentMethod": "qrCustScan", "paymentChannel": "tng", "printCount": 2,
             "note": "😀", "metadata": "m", "productIndex": "1", "promoSale": "1"}}))]),
        talk(&[
            sale(),
            transfer(json!({"transType": "void", "referenceId": "R2", "transData": {"transId": "1"}})),
            transfer(json!({"transType": "print", "referenceId": "R3", "transData": {"transId": "1"}})),
        ]),
        talk(&[transfer(
            json!({"transType": "walletInquiry", "transData": {"originalDatetime": DATETIME}}),
        )]),
        talk(&[
            seed(
                b"A@",
                r#"{"posId":"simulatorPos1","password":"simulator-sample-password"}"#,
            ),
            seed(
                b"AH",
                "posId=simulatorPos1&password=simulator%2Dsample%2Dpassword",
            ),
            seed(b"BB", ""),
            seed(b"D@", ""),
            seed(b"E@", ""),
            seed(b"C@", ""),
        ]),
        talk(&[
            seed(b"L@", r#"{"count":2,"amount":"9.90"}"#),
            seed(b"K@", ""),
            seed(b"N@", r#"{"offsetSeconds":3600}"#),
            seed(b"M@", r#"{"posId":"simulatorPos1"}"#),
            seed(b"F@", ""),
            seed(b"G@", r#"{"uniqueIds":["VT-0009","VT-0010"]}"#),
            seed(b"H@", ""),
        ]),
    ];
    for sample in messages::REQUESTS {
        seeds.push(seed(b"@D", sample));
        seeds.push(seed(b"@@", sample));
    }
    for named in cloudecr_simulator::named_scripts() {
        let script = serde_json::to_string(&named.step()).unwrap_or_default();
        seeds.push(talk(&[seed(b"I@", script), sale(), get_last(), get_last()]));
    }
    for script in [
        r#"{"lose":{"at":"gateway-to-pos","how":"truncated"}}"#,
        r#"["reset",{"errorCode":50010},{"delayMs":5000}]"#,
    ] {
        seeds.push(talk(&[seed(b"Q@", script), seed(b"D@", ""), seed(b"D@", "")]));
    }
    for (spelling, status) in [
        ("{}", "\"locked\""),
        (r#"{"code":"text","flags":"digits"}"#, "{}"),
    ] {
        seeds.push(talk(&[
            seed(b"R@", spelling),
            seed(b"S@", status),
            seed(b"U@", ""),
            seed(b"T@", "{}"),
            sale(),
            seed(b"P@", ""),
        ]));
    }
    for script in [
        r#"["approve",{"outcome":"pending","settles":"approve","settlesAfter":1}]"#,
        r#"[{"outcome":"decline","responseCode":"55","later":{"turns":"approve","afterInquiries":1}}]"#,
        r#"{"lose":{"at":"gateway-to-pos","how":{"late":{"delayMs":600000}}},"delayMs":600000}"#,
        r#"{"lose":{"at":"terminal-to-gateway","how":{"change":{"transData":{"transAmt":null}}}}}"#,
        r#"{"errorCode":40811,"thenSales":{"count":3}}"#,
    ] {
        seeds.push(talk(&[
            seed(b"I@", script),
            sale(),
            get_last(),
            seed(b"K@", ""),
            get_last(),
        ]));
        seeds.push(talk(&[seed(b"J@", script), sale(), get_last()]));
    }
    seeds
}
