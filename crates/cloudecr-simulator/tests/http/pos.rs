//! A POS for tests that owes nothing to the client crate's transport: plain HTTP against a simulator on a free port.

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use cloudecr::{GatewayTime, SecretKey, signature};
use cloudecr_simulator::{Clock, Config, Simulator, serve};
use jiff::{SignedDuration, Timestamp};
use reqwest::{Client, Method, Response, StatusCode};
use serde_json::{Value, json};
use tokio::net::TcpListener;

/// A clock that stands still until it is told to go on.
#[derive(Debug)]
pub(crate) struct StoppedClock(std::sync::Mutex<Timestamp>);

impl Clock for StoppedClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }
}

/// A simulator that listens, and a POS that has signed in.
pub(crate) struct Rig {
    pub(crate) base: String,
    pub(crate) simulator: Simulator,
    pub(crate) http: Client,
    pub(crate) token: String,
    pub(crate) clock: Arc<StoppedClock>,
    references: AtomicU32,
}

impl Rig {
    pub(crate) async fn new() -> Self {
        Self::with(|_| ()).await
    }

    pub(crate) async fn with(change: impl FnOnce(&mut Config)) -> Self {
        // Another test of this binary may have installed it already.
        let _already = rustls::crypto::ring::default_provider().install_default();
        let mut config = Config::default();
        change(&mut config);
        let clock = Arc::new(StoppedClock(std::sync::Mutex::new(
            "2026-03-05T02:00:00Z".parse().unwrap(),
        )));
        let simulator = Simulator::new(config, clock.clone());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(serve(listener, simulator.clone()));
        let http = Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap();
        let mut rig = Self {
            base,
            simulator,
            http,
            token: String::new(),
            clock,
            references: AtomicU32::new(0),
        };
        rig.sign_in().await;
        rig
    }

    pub(crate) fn advance(&self, by: SignedDuration) {
        *self.clock.0.lock().unwrap() += by;
    }

    pub(crate) async fn login(&self, password: &str) -> (StatusCode, Value) {
        let body = json!({"posId": "simulatorPos1", "password": password});
        read(
            self.http
                .post(format!("{}/auth/login", self.base))
                .json(&body)
                .send()
                .await
                .unwrap(),
        )
        .await
    }

    pub(crate) async fn call(&self, method: Method, path: &str, token: Option<&str>) -> (StatusCode, Value) {
        let mut request = self.http.request(method, format!("{}{path}", self.base));
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        read(request.send().await.unwrap()).await
    }

    pub(crate) async fn get(&self, path: &str) -> (StatusCode, Value) {
        self.call(Method::GET, path, Some(&self.token)).await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> (StatusCode, Value) {
        let url = format!("{}{path}", self.base);
        read(
            self.http
                .post(url)
                .bearer_auth(&self.token)
                .json(body)
                .send()
                .await
                .unwrap(),
        )
        .await
    }

    pub(crate) async fn script(&self, terminal: &str, script: Value) -> (StatusCode, Value) {
        let path = format!("{}/simulator/terminals/{terminal}/script", self.base);
        read(self.http.put(path).json(&script).send().await.unwrap()).await
    }

    /// Something that only the simulator has, under `/simulator/`.
    pub(crate) async fn control(&self, method: Method, path: &str, body: &Value) -> (StatusCode, Value) {
        let url = format!("{}/simulator/{path}", self.base);
        read(self.http.request(method, url).json(body).send().await.unwrap()).await
    }

    /// Signs in again.
    pub(crate) async fn sign_in(&mut self) {
        let answer = self.login("simulator-sample-password").await;
        self.token = answer.1["access"]["token"].as_str().unwrap().to_owned();
    }

    /// The answer to a getLast.
    pub(crate) async fn last(&self, terminal: &str) -> Value {
        self.transfer(&self.body("getLast", terminal, Value::Null))
            .await
            .1
    }

    /// A request body, not signed yet, with a reference that was not used before.
    pub(crate) fn body(&self, trans_type: &str, terminal: &str, data: Value) -> Value {
        let number = self.references.fetch_add(1, Ordering::Relaxed);
        json!({"transType": trans_type, "posId": "simulatorPos1", "merchantId": "SIMULATOR_MERCHANT",
            "deviceId": terminal, "referenceId": format!("R{number}"), "apiVersion": "v1",
            "datetime": GatewayTime::from_timestamp(self.clock.now()).to_string(), "transData": data})
    }

    pub(crate) fn sale(&self, terminal: &str) -> Value {
        self.body(
            "sale",
            terminal,
            json!({"transAmt": "12.50", "paymentMethod": "bankCard", "metadata": "mine"}),
        )
    }

    pub(crate) fn wallet_sale(&self, terminal: &str) -> Value {
        self.body(
            "sale",
            terminal,
            json!({"transAmt": "8.00", "paymentMethod": "qrCustScan",
            "paymentChannel": "tng"}),
        )
    }

    /// Signs a body and sends it.
    pub(crate) async fn send(&self, body: &Value) -> reqwest::Result<Response> {
        let mut body = body.clone();
        body["signature"] = json!(signature::sign(&self.key(), &body));
        self.http
            .post(format!("{}/api/transfer", self.base))
            .bearer_auth(&self.token)
            .json(&body)
            .send()
            .await
    }

    /// Signs a body, sends it, and expects an answer of any kind; a transfer response must be signed.
    pub(crate) async fn transfer(&self, body: &Value) -> (StatusCode, Value) {
        let (status, answer) = read(self.send(body).await.unwrap()).await;
        if status.is_success() {
            assert!(signature::verify(&self.key(), &answer), "not signed: {answer}");
        }
        (status, answer)
    }

    /// As `transfer`, for an exchange that must end with this code in an error body.
    pub(crate) async fn refused(&self, body: &Value, code: u32) {
        let (status, answer) = self.transfer(body).await;
        assert_eq!(answer["code"], json!(code), "{answer}");
        assert_eq!(u32::from(status.as_u16()), code / 100, "{answer}");
    }

    pub(crate) fn key(&self) -> SecretKey {
        SecretKey::from_string("SIMULATOR-SAMPLE-SECRET-KEY-0001".to_owned())
    }

    /// The book as its readers over HTTP see it: reference and status of each entry.
    pub(crate) async fn book(&self) -> Vec<(String, String)> {
        let (_, book) = self.get("/simulator/book").await;
        let text = |entry: &Value, name: &str| entry[name].as_str().unwrap().to_owned();
        book.as_array()
            .unwrap()
            .iter()
            .map(|entry| (text(entry, "referenceId"), text(entry, "status")))
            .collect()
    }
}

pub(crate) async fn read(response: Response) -> (StatusCode, Value) {
    let status = response.status();
    let text = response.text().await.unwrap();
    (status, serde_json::from_str(&text).unwrap_or(Value::Null))
}
