//! Tills and gateways to set up with each other.

use cloudecr::{SystemClock, TimeLimits};
use cloudecr_simulator::{Config, PosAccount, Script, Simulator};
use kaunter_tests::{Failure, Outcome};
use secrecy::{ExposeSecret, SecretString};
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;
use till::{
    AccountForm, InquiryTimes, Member, MemoryVault, Payment, PaymentState, Pin, Reference, SecretName,
    SystemEntropy, Till, TillParts, Vault, VaultError,
};
use tokio::net::TcpListener;

pub(crate) const TERMINAL: &str = "VT-0001";
pub(crate) const PIN: &str = "739164";

/// A keyring that a till which is opened again finds as it was.
#[derive(Clone, Default)]
pub(crate) struct Keyring(Arc<MemoryVault>);

impl Keyring {
    pub(crate) fn secret(&self, name: SecretName) -> Option<String> {
        let kept = self.0.get(name).ok().flatten();
        kept.map(|secret| secret.expose_secret().to_owned())
    }
}

impl Vault for Keyring {
    fn get(&self, name: SecretName) -> Result<Option<SecretString>, VaultError> {
        self.0.get(name)
    }

    fn set(&self, name: SecretName, secret: &SecretString) -> Result<(), VaultError> {
        self.0.set(name, secret)
    }

    fn delete(&self, name: SecretName) -> Result<(), VaultError> {
        self.0.delete(name)
    }
}

/// A machine that a till is set up on.
pub(crate) struct Machine {
    pub(crate) keyring: Keyring,
    pub(crate) folder: TempDir,
}

impl Machine {
    pub(crate) fn new() -> Outcome<Self> {
        Ok(Self {
            keyring: Keyring::default(),
            folder: tempfile::tempdir()?,
        })
    }

    /// Opens the till, as a start of the program does.
    pub(crate) fn open(&self) -> Outcome<Till> {
        let keyring = self.keyring.clone();
        Ok(Till::open(TillParts {
            folder: self.folder.path().to_owned(),
            vault: Box::new(move |_| Arc::new(keyring)),
            clock: Arc::new(SystemClock),
            entropy: Arc::new(SystemEntropy),
            zone: jiff::tz::TimeZone::UTC,
            training: false,
            times: InquiryTimes {
                first: vec![Duration::from_millis(50); 3],
                after_sending: Vec::new(),
                then: Duration::from_millis(100),
                absent_after: Duration::from_secs(60),
                absent_apart: Duration::from_secs(10),
                watch: Duration::from_secs(2),
            },
            print_limits: till::print::PrintLimits::default(),
            system_language: till::Language::English,
            limits: TimeLimits {
                transfer: Duration::from_secs(20),
                ..TimeLimits::default()
            },
        })?)
    }
}

/// A gateway with one session an account, as the real one has.
pub(crate) struct Gateway {
    pub(crate) simulator: Simulator,
    pub(crate) address: String,
}

impl Gateway {
    pub(crate) async fn start() -> Outcome<Self> {
        Self::with(|_| {}).await
    }

    pub(crate) async fn with(change: impl FnOnce(&mut Config)) -> Outcome<Self> {
        let mut config = Config {
            exclusive_sessions: true,
            ..Config::default()
        };
        config.accounts.push(PosAccount {
            pos_id: "simulatorPos2".to_owned(),
            password: "second-sample-password".to_owned(),
        });
        change(&mut config);
        let simulator = Simulator::new(config, Arc::new(SystemClock));
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = format!("http://{}", listener.local_addr()?);
        tokio::spawn(cloudecr_simulator::serve(listener, simulator.clone()));
        Ok(Self { simulator, address })
    }

    /// The account as its merchant has it on paper.
    pub(crate) fn account(&self) -> AccountForm {
        let config = self.simulator.config();
        AccountForm {
            gateway: self.address.clone(),
            pos_id: config.accounts[0].pos_id.clone(),
            password: Some(SecretString::from(config.accounts[0].password.clone())),
            merchant_id: config.merchant_id.clone(),
            secret_key: Some(SecretString::from(config.secret_key.clone())),
        }
    }

    /// The merchant's other POS account.
    pub(crate) fn second_account(&self) -> AccountForm {
        let second = &self.simulator.config().accounts[1];
        AccountForm {
            pos_id: second.pos_id.clone(),
            password: Some(SecretString::from(second.password.clone())),
            ..self.account()
        }
    }

    /// A client of somebody else's on the same account, to see whether its one session is free.
    pub(crate) fn stranger(&self) -> Outcome<cloudecr::Client> {
        let gateway = cloudecr::Gateway::at(&self.address)?;
        Ok(cloudecr::Client::builder(gateway, self.simulator.credentials()).build()?)
    }

    pub(crate) fn script(&self, name: &str) -> Outcome {
        Ok(self.simulator.set_script(TERMINAL, Script::named(name)?)?)
    }

    /// The terminal does not answer questions.
    pub(crate) fn hush(&self) -> Outcome {
        let silence = Script::from_json(&serde_json::json!(vec!["offline"; 200]))?;
        Ok(self.simulator.set_inquiry_script(TERMINAL, silence)?)
    }

    pub(crate) fn charged(&self) -> usize {
        self.simulator.book().len()
    }
}

/// Goes through the whole set-up, up to the manager who is signed in.
pub(crate) async fn set_up(till: &Till, gateway: &Gateway) -> Outcome<Member> {
    let report = till.set_up_account(&gateway.account(), &|_, _| {}).await?;
    if let Some(problem) = report.first_problem() {
        return Err(Failure::new(format!("the account was refused: {problem:?}")));
    }
    till.set_up_terminal(Some(TERMINAL), "Counter 1").await?;
    till.set_up_store("Kedai Kopi", &[], "MYR").await?;
    Ok(till.set_up_manager("Mei Ling", &pin()?).await?)
}

pub(crate) fn pin() -> Outcome<Pin> {
    Ok(Pin::new(PIN.to_owned())?)
}

/// Waits until a payment is as wanted.
pub(crate) async fn until(
    till: &Till,
    reference: &Reference,
    done: impl Fn(&Payment) -> bool,
) -> Outcome<Payment> {
    let checkout = till.checkout()?;
    let mut changes = checkout.changes();
    let wait = async {
        loop {
            let payment = checkout.payment(reference).await?;
            if done(&payment) && checkout.is_saved(reference) {
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

/// A test sale of one sen that ends in a state.
pub(crate) async fn sell(till: &Till, state: PaymentState) -> Outcome<Payment> {
    let payment = till.begin_test_sale("0.01").await?;
    until(till, &payment.reference, |payment| payment.state == state).await
}
