//! A whole till that listens for callbacks, at a simulator in the same process, with nobody asking by itself: what
//! settles a payment here is a callback or the answer to its own request.

use cloudecr::{PaymentMethod, SecretKey, SystemClock, TimeLimits, signature};
use cloudecr_simulator::{Config, Screen, Script, Simulator, Step};
use jiff::tz::TimeZone;
use kaunter_tests::{Failure, Outcome};
use secrecy::SecretString;
use serde_json::{Value, json};
use std::path::Path;
use std::sync::{Arc, Once};
use std::time::Duration;
use tempfile::TempDir;
use till::{
    Amount, CallbackReport, CallbackSettings, Charge, Checkout, ConnectionSettings, Currency, InquiryTimes,
    MemoryVault, Payment, Pin, Provision, Reference, Role, StaffEntry, StoreSettings, SystemEntropy, Till,
    TillParts,
};
use tokio::net::TcpListener;

pub(crate) const TERMINAL: &str = "VT-0001";
const NEVER: Duration = Duration::from_secs(3600);

pub(crate) struct Shop {
    pub(crate) till: Till,
    pub(crate) simulator: Simulator,
    /// Where callbacks go.
    pub(crate) url: String,
    http: reqwest::Client,
    _folder: TempDir,
}

/// A till on the data in `folder`, with its secrets in `vault`.
pub(crate) fn till(folder: &Path, vault: &Arc<MemoryVault>, training: bool) -> Outcome<Till> {
    let vault = Arc::clone(vault);
    Ok(Till::open(TillParts {
        folder: folder.to_owned(),
        vault: Box::new(move |_| vault),
        clock: Arc::new(SystemClock),
        entropy: Arc::new(SystemEntropy),
        zone: TimeZone::UTC,
        training,
        times: InquiryTimes {
            first: Vec::new(),
            after_sending: Vec::new(),
            then: NEVER,
            absent_after: NEVER,
            absent_apart: NEVER,
            watch: NEVER,
        },
        print_limits: till::print::PrintLimits::default(),
        system_language: till::Language::English,
        limits: TimeLimits {
            transfer: Duration::from_secs(3),
            ..TimeLimits::default()
        },
    })?)
}

/// Sets a till up on a simulator, with its manager signed in.
pub(crate) fn furnish(till: &Till, simulator: &Simulator, gateway: String) -> Outcome {
    let credentials = simulator.credentials();
    let config = simulator.config();
    let pin = || Pin::new("4711".to_owned());
    till.provision(&Provision {
        connection: ConnectionSettings {
            gateway,
            pos_id: credentials.pos_id,
            merchant_id: credentials.merchant_id,
        },
        password: credentials.password,
        secret_key: SecretString::from(config.secret_key.clone()),
        store: StoreSettings {
            name: "Warung Contoh".to_owned(),
            header: Vec::new(),
            currency: "MYR".to_owned(),
            lock_after_minutes: 0,
        },
        staff: vec![StaffEntry {
            name: "Farid".to_owned(),
            role: Role::Manager,
            pin: pin()?,
        }],
        terminals: vec![cloudecr::Terminal {
            terminal_id: TERMINAL.to_owned(),
            connected: true,
            is_vt: true,
        }],
        terminal: Some((TERMINAL.to_owned(), "Counter 1".to_owned())),
    })?;
    let manager = till.roster().everybody()?[0].id;
    till.roster().unlock(manager, &pin()?)?;
    Ok(())
}

/// A port of this machine that nobody has.
pub(crate) async fn free_address() -> Outcome<String> {
    Ok(TcpListener::bind(("127.0.0.1", 0))
        .await?
        .local_addr()?
        .to_string())
}

pub(crate) fn on(address: &str) -> CallbackSettings {
    CallbackSettings {
        on: true,
        address: address.to_owned(),
        path: "/callback".to_owned(),
    }
}

impl Shop {
    pub(crate) async fn open() -> Outcome<Self> {
        let simulator = Simulator::new(Config::default(), Arc::new(SystemClock));
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let gateway = format!("http://{}", listener.local_addr()?);
        tokio::spawn(cloudecr_simulator::serve(listener, simulator.clone()));
        let folder = tempfile::tempdir()?;
        let till = till(folder.path(), &Arc::default(), false)?;
        furnish(&till, &simulator, gateway)?;
        let address = free_address().await?;
        till.save_callback(on(&address)).await?;
        Ok(Self {
            till,
            simulator,
            url: format!("http://{address}/callback"),
            http: http()?,
            _folder: folder,
        })
    }

    pub(crate) fn checkout(&self) -> Outcome<Checkout> {
        Ok(self.till.checkout()?)
    }

    pub(crate) fn report(&self) -> Outcome<CallbackReport> {
        Ok(self.till.callback()?)
    }

    /// What the terminal does with its next transfer, in the simulator's form.
    pub(crate) fn script(&self, script: &Value) -> Outcome {
        self.simulator.set_script(TERMINAL, Script::from_json(script)?)?;
        Ok(())
    }

    /// Has somebody stand at the terminal, or leave it: while they do, nothing is answered before they decide.
    pub(crate) fn attend(&self, somebody: bool) -> Outcome {
        Ok(self.simulator.attend(TERMINAL, somebody)?)
    }

    /// Sends a card sale to the terminal, where it waits for whoever stands there.
    pub(crate) async fn waits(&self, amount: &str) -> Outcome<Payment> {
        let mut screen = self.simulator.screen(TERMINAL)?;
        let payment = self.charge(amount).await?;
        let asks = screen.wait_for(|screen| matches!(screen, Screen::Asks { .. }));
        tokio::time::timeout(Duration::from_secs(30), asks).await??;
        Ok(payment)
    }

    /// What whoever stands there does.
    pub(crate) fn decide(&self, step: Step) -> Outcome {
        Ok(self.simulator.decide(TERMINAL, step)?)
    }

    /// Sends a card sale on its way.
    pub(crate) async fn charge(&self, amount: &str) -> Outcome<Payment> {
        let charge = Charge {
            ticket: None,
            terminal: TERMINAL.to_owned(),
            amount: Amount::parse_decimal(amount, Currency::Myr)?,
            cash: None,
            method: PaymentMethod::BankCard,
            channel: None,
            staff: None,
            extras: till::Extras::default(),
        };
        Ok(self.checkout()?.charge(charge).await?)
    }

    /// The payment, once it is as it should be.
    pub(crate) async fn until(
        &self,
        reference: &Reference,
        done: impl Fn(&Payment) -> bool,
    ) -> Outcome<Payment> {
        let checkout = self.checkout()?;
        let mut changes = checkout.changes();
        let wait = async {
            loop {
                let payment = checkout.payment(reference).await?;
                if done(&payment) {
                    return Ok(payment);
                }
                changes.recv().await?;
            }
        };
        match tokio::time::timeout(Duration::from_secs(30), wait).await {
            Ok(payment) => payment,
            Err(_) => Err(Failure::new(format!("payment {reference} did not get there"))),
        }
    }

    /// The answer that the gateway gave to a payment's request, or would have given.
    pub(crate) fn answer(&self, payment: &Payment, trans_id: &str) -> Value {
        json!({
            "transType": payment.kind.name(), "posId": self.simulator.credentials().pos_id, "deviceId": TERMINAL,
            "referenceId": payment.reference.as_str(), "apiVersion": "v1", "statusCode": "00", "responseCode": "00",
            "transData": { "transId": trans_id, "transAmt": payment.amount.to_string(), "currency": "MYR",
                "paymentChannel": "visa", "cardNo": "************1111", "transDateTime": "2025-01-15T16:20:22",
                "metadata": payment.reference.as_str() },
        })
    }

    /// Signs an answer as the gateway does, sends it, and gives the listener's status.
    pub(crate) async fn call_back(&self, answer: &Value) -> Outcome<u16> {
        let key = SecretKey::from_string(self.simulator.config().secret_key.clone());
        let mut signed = answer.clone();
        signed["signature"] = Value::from(signature::sign(&key, answer));
        self.post(&signed).await
    }

    /// Sends a body as it is.
    pub(crate) async fn post(&self, body: &Value) -> Outcome<u16> {
        Ok(self
            .http
            .post(&self.url)
            .json(body)
            .send()
            .await?
            .status()
            .as_u16())
    }

    /// The acquirer's number of the only charge, once there is one.
    pub(crate) async fn charged(&self) -> Outcome<String> {
        let mut look = tokio::time::interval(Duration::from_millis(10));
        let wait = async {
            loop {
                look.tick().await;
                if let Some(entry) = self.simulator.book().first() {
                    return Ok(serde_json::to_value(entry)?["transId"]
                        .as_str()
                        .unwrap_or_default()
                        .to_owned());
                }
            }
        };
        tokio::time::timeout(Duration::from_secs(30), wait)
            .await
            .map_err(|_| Failure::new("the acquirer was never reached"))?
    }
}

fn http() -> Outcome<reqwest::Client> {
    static PROVIDER: Once = Once::new();
    PROVIDER.call_once(|| {
        // Refused only when another part of the process has chosen one before, which is as good.
        drop(rustls::crypto::ring::default_provider().install_default());
    });
    Ok(reqwest::Client::builder().no_proxy().build()?)
}
