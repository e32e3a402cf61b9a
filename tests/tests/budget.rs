//! However long a payment stays in question, asking about it leaves the gateway's limit of requests to other payments.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use cloudecr::{Client, Clock, Gateway, PaymentMethod, TimeLimits};
use cloudecr_simulator::{Config, Outcome as Does, Script, Simulator, Step};
use jiff::{SignedDuration, Timestamp};
use kaunter_tests::{Failure, Outcome};
use till::{
    Amount, Charge, Checkout, CheckoutParts, Currency, InquiryTimes, JournalKey, PaymentState, Reference,
    Store, SystemEntropy,
};
use tokio::net::TcpListener;

/// The machine's time of day, and minutes that a test adds.
#[derive(Default)]
struct Ahead(AtomicI64);

impl Clock for Ahead {
    fn now(&self) -> Timestamp {
        let ahead = SignedDuration::from_mins(self.0.load(Ordering::SeqCst));
        Timestamp::now().saturating_add(ahead).unwrap_or(Timestamp::MAX)
    }
}

fn charge(terminal: &str) -> Outcome<Charge> {
    Ok(Charge {
        ticket: None,
        terminal: terminal.to_owned(),
        amount: Amount::parse_decimal("12.50", Currency::Myr)?,
        cash: None,
        extras: till::Extras::default(),
        method: PaymentMethod::BankCard,
        channel: None,
        staff: None,
    })
}

async fn becomes(checkout: &Checkout, reference: &Reference, state: PaymentState) -> Outcome {
    let mut changes = checkout.changes();
    let wait = async {
        while checkout.payment(reference).await?.state != state {
            changes.recv().await?;
        }
        Ok::<_, Failure>(())
    };
    tokio::time::timeout(Duration::from_secs(30), wait)
        .await
        .map_err(|_| Failure::new(format!("{reference} did not become {state}")))?
}

#[tokio::test(flavor = "multi_thread")]
async fn questions_wait_before_they_use_up_what_payments_need_and_go_on_later() -> Outcome {
    let clock: Arc<Ahead> = Arc::default();
    let simulator = Simulator::new(Config::default(), clock.clone());
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let address = format!("http://{}", listener.local_addr()?);
    tokio::spawn(cloudecr_simulator::serve(listener, simulator.clone()));
    let folder = tempfile::tempdir()?;
    let store = Arc::new(Store::open(folder.path())?);
    store.seal_with(JournalKey::new([1; 64]));
    let client = Client::builder(Gateway::at(&address)?, simulator.credentials())
        .clock(clock.clone())
        .request_limit(10)
        .build()?;
    let checkout = Checkout::new(CheckoutParts {
        store,
        client: client.clone(),
        currency: Currency::Myr,
        clock: clock.clone(),
        entropy: Arc::new(SystemEntropy),
        times: InquiryTimes {
            first: Vec::new(),
            after_sending: Vec::new(),
            then: Duration::from_millis(20),
            ..InquiryTimes::default()
        },
        commit_retry: Duration::from_millis(10),
        wall_limit: TimeLimits::default().transfer,
        wall_look: Duration::from_secs(1),
    });
    // The answer says nothing, and then the terminal is off for eight questions: two more than may be asked.
    let slow = Step {
        error_code: Some(40811),
        ..Step::of(Does::Approve)
    };
    simulator.set_script("VT-0001", Script::new([slow])?)?;
    simulator.set_inquiry_script("VT-0001", Script::new(vec![Step::of(Does::Offline); 8])?)?;
    let unknown = checkout.charge(charge("VT-0001")?).await?.reference;

    // A sign-in, the sale, and six questions: 8 of 10.
    let mut look = tokio::time::interval(Duration::from_millis(10));
    let asked = async {
        while client.budget().used < 8 {
            look.tick().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), asked)
        .await
        .map_err(|_| Failure::new(format!("{:?}", client.budget())))?;
    for sale in 1..=4 {
        let paid = checkout.charge(charge("VT-0002")?).await?.reference;
        becomes(&checkout, &paid, PaymentState::Approved).await?;
        assert_eq!(client.budget().used, 8 + sale, "only payments go out");
    }
    assert_eq!(checkout.payment(&unknown).await?.state, PaymentState::Unknown);
    // Asked by hand it does not go out either, and nothing is said to be known.
    assert_eq!(
        checkout.check_status(&unknown).await?.state,
        PaymentState::Unknown
    );
    assert_eq!(client.budget().used, 12);

    clock.0.store(16, Ordering::SeqCst);
    becomes(&checkout, &unknown, PaymentState::Approved).await
}
