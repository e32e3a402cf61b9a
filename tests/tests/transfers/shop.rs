//! A whole till without its window, at a simulator in the same process, on a wire that is listened in on.

use cloudecr::{SystemClock, TimeLimits};
use cloudecr_simulator::{Config, Script, Simulator};
use jiff::tz::TimeZone;
use kaunter_tests::{Failure, Outcome, Wire};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;
use till::{
    ConnectionSettings, InquiryTimes, MemoryVault, Payment, PaymentOptionsForm, PaymentState, Pin, Provision,
    Reference, Role, StaffEntry, StoreSettings, SystemEntropy, Till, TillParts,
};
use tokio::net::TcpListener;

/// The terminal that this till uses first; it has no printer.
pub(crate) const TERMINAL: &str = "VT-0001";
/// The one with a printer.
pub(crate) const PRINTING: &str = "TM-0003";
/// The manager's PIN.
pub(crate) const PIN: &str = "73916408";

pub(crate) struct Shop {
    pub(crate) till: Till,
    pub(crate) simulator: Simulator,
    pub(crate) wire: Wire,
    pub(crate) manager: i64,
    _folder: TempDir,
}

impl Shop {
    pub(crate) async fn open() -> Outcome<Self> {
        Self::open_with(Config::default()).await
    }

    /// A till whose manager is signed in.
    pub(crate) async fn open_with(config: Config) -> Outcome<Self> {
        let simulator = Simulator::new(config, Arc::new(SystemClock));
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let gateway = listener.local_addr()?.to_string();
        tokio::spawn(cloudecr_simulator::serve(listener, simulator.clone()));
        let (wire, address) = Wire::to(gateway).await?;
        let folder = tempfile::tempdir()?;
        let till = Till::open(TillParts {
            folder: folder.path().to_owned(),
            vault: Box::new(|_| Arc::new(MemoryVault::default())),
            clock: Arc::new(SystemClock),
            entropy: Arc::new(SystemEntropy),
            zone: TimeZone::UTC,
            training: false,
            times: InquiryTimes {
                first: vec![Duration::from_millis(100); 3],
                after_sending: Vec::new(),
                then: Duration::from_millis(200),
                absent_after: Duration::from_millis(500),
                absent_apart: Duration::from_millis(200),
                watch: Duration::from_secs(2),
            },
            print_limits: till::print::PrintLimits::default(),
            system_language: till::Language::English,
            limits: TimeLimits {
                transfer: Duration::from_secs(20),
                ..TimeLimits::default()
            },
        })?;
        let account = simulator.credentials();
        till.provision(&Provision {
            connection: ConnectionSettings {
                gateway: format!("http://{address}"),
                pos_id: account.pos_id.clone(),
                merchant_id: account.merchant_id.clone(),
            },
            password: SecretString::from(account.password.expose_secret().to_owned()),
            secret_key: SecretString::from(simulator.config().secret_key.clone()),
            store: StoreSettings {
                name: "Kedai Ujian".to_owned(),
                header: Vec::new(),
                currency: "MYR".to_owned(),
                lock_after_minutes: 0,
            },
            staff: vec![StaffEntry {
                name: "Mei Ling".to_owned(),
                role: Role::Manager,
                pin: Pin::new(PIN.to_owned())?,
            }],
            terminals: [TERMINAL, PRINTING]
                .map(|id| cloudecr::Terminal {
                    terminal_id: id.to_owned(),
                    connected: true,
                    is_vt: id == TERMINAL,
                })
                .to_vec(),
            terminal: Some((TERMINAL.to_owned(), "Counter 1".to_owned())),
        })?;
        let manager = till
            .roster()
            .everybody()?
            .first()
            .ok_or_else(|| Failure::new("nobody works here"))?
            .id;
        till.roster().unlock(manager, &Pin::new(PIN.to_owned())?)?;
        Ok(Self {
            till,
            simulator,
            wire,
            manager,
            _folder: folder,
        })
    }

    /// Offers cash-out: at most 500, in steps of 50.
    pub(crate) fn offer_cash(&self) -> Outcome {
        self.set(PaymentOptionsForm {
            cash_out: true,
            ..options()
        })
    }

    /// Sets what the merchant sets about payments.
    pub(crate) fn set(&self, form: PaymentOptionsForm) -> Outcome {
        self.till.save_payment_options(&form)?;
        Ok(())
    }

    /// What the next transfers meet at a terminal.
    pub(crate) fn script(&self, terminal: &str, steps: &Value) -> Outcome {
        Ok(self.simulator.set_script(terminal, Script::from_json(steps)?)?)
    }

    /// What the next questions to a terminal meet, prints among them.
    pub(crate) fn questions(&self, terminal: &str, steps: &Value) -> Outcome {
        Ok(self
            .simulator
            .set_inquiry_script(terminal, Script::from_json(steps)?)?)
    }

    /// Waits until a payment is in a state.
    pub(crate) async fn wait_for(&self, reference: &Reference, state: PaymentState) -> Outcome<Payment> {
        self.until(reference, |payment| payment.state == state).await
    }

    /// Waits until a payment is final.
    pub(crate) async fn settled(&self, payment: &Payment) -> Outcome<Payment> {
        self.until(&payment.reference, |payment| payment.state.is_final())
            .await
    }

    async fn until(&self, reference: &Reference, done: impl Fn(&Payment) -> bool) -> Outcome<Payment> {
        let checkout = self.till.checkout()?;
        let mut changes = checkout.changes();
        let wait = async {
            loop {
                // Asked after listening began, so that no change falls between.
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

    /// How many charges the acquirer has in this state.
    pub(crate) fn in_the_book(&self, status: &str) -> Outcome<usize> {
        let book = serde_json::to_value(self.simulator.book())?;
        let rows = book.as_array().map(Vec::as_slice).unwrap_or_default();
        Ok(rows.iter().filter(|row| row["status"] == status).count())
    }
}

/// The options of a shop that has set nothing.
pub(crate) fn options() -> PaymentOptionsForm {
    PaymentOptionsForm {
        cash_most: "500".to_owned(),
        cash_step: "50".to_owned(),
        ..PaymentOptionsForm::default()
    }
}
