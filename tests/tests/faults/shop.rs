//! A till at a gateway that can fail in every way: its clock, its disk and its way to the gateway are the test's.

use super::disk::Folder;
use super::time::{TestClock, Untrapped};
use cloudecr::{Client, Credentials, Gateway, MemoryTokens, PaymentMethod, TimeLimits};
use cloudecr_simulator::{Config, InquiryReference, PosAccount, Script, Simulator};
use kaunter_tests::{Failure, Outcome};
use serde_json::Value;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use till::{
    Amount, Change, Charge, Checkout, CheckoutParts, Currency, InquiryTimes, JournalKey, Payment, Reference,
    Store, SystemEntropy, Ticket,
};
use tokio::net::TcpListener;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::task::JoinHandle;

/// The terminal that everything happens on.
pub(crate) const TERMINAL: &str = "VT-0001";
/// The terminal next to it, to which a customer goes who is to pay again.
pub(crate) const NEXT_TERMINAL: &str = "VT-0002";

/// How many questions without an answer that settles it make a payment one that stays unknown. They are further apart
/// in sum than the proof of absence needs.
pub(crate) const ROUNDS: usize = 9;

/// A gateway whose door can be shut.
pub(crate) struct Host {
    pub(crate) simulator: Simulator,
    pub(crate) clock: Arc<TestClock>,
    at: SocketAddr,
    serving: JoinHandle<()>,
}

impl Host {
    /// A gateway with two accounts that answers questions in one of the two ways.
    pub(crate) async fn open(get_last_reference: InquiryReference) -> Outcome<Self> {
        let clock = Arc::new(TestClock::default());
        let mut config = Config {
            get_last_reference,
            ..Config::default()
        };
        config.accounts.push(PosAccount {
            pos_id: "simulatorPos2".to_owned(),
            password: "simulator-sample-password".to_owned(),
        });
        let simulator = Simulator::new(config, Arc::new(Untrapped(Arc::clone(&clock))));
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let at = listener.local_addr()?;
        let serving = serve(listener, simulator.clone());
        Ok(Self {
            simulator,
            clock,
            at,
            serving,
        })
    }

    /// Lets nobody in any more; who is in stays.
    pub(crate) async fn close(&mut self) {
        self.serving.abort();
        // It was just told to end, so it ends as cancelled.
        drop((&mut self.serving).await);
    }

    /// Opens again at the same address.
    pub(crate) async fn reopen(&mut self) -> Outcome {
        self.serving = serve(TcpListener::bind(self.at).await?, self.simulator.clone());
        Ok(())
    }

    /// Where it is.
    pub(crate) fn address(&self, scheme: &str) -> String {
        format!("{scheme}://{}", self.at)
    }

    /// What the terminal's next transfers meet.
    pub(crate) fn script(&self, steps: &Value) -> Outcome {
        Ok(self.simulator.set_script(TERMINAL, Script::from_json(steps)?)?)
    }

    /// What the next questions to the terminal meet.
    pub(crate) fn questions(&self, steps: &Value) -> Outcome {
        Ok(self
            .simulator
            .set_inquiry_script(TERMINAL, Script::from_json(steps)?)?)
    }

    fn credentials(&self, account: usize) -> Outcome<Credentials> {
        let first = self.simulator.credentials();
        let account = self.simulator.config().accounts.get(account);
        let account = account.ok_or_else(|| Failure::new("there is no such account"))?;
        Ok(Credentials {
            pos_id: account.pos_id.clone(),
            ..first
        })
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

fn serve(listener: TcpListener, simulator: Simulator) -> JoinHandle<()> {
    tokio::spawn(async move {
        // It ends when it is told to; a listener that fails before shows in the test that it serves.
        drop(cloudecr_simulator::serve(listener, simulator).await);
    })
}

/// How long this shop waits for things.
#[derive(Clone, Copy)]
pub(crate) struct Patience {
    /// For an answer. Short where none comes; long where it must not run out on a busy machine.
    pub(crate) transfer: Duration,
    /// Until a terminal has certainly finished.
    pub(crate) absent_after: Duration,
}

impl Patience {
    /// Where answers come, or connections end.
    pub(crate) const LONG: Self = Self {
        transfer: Duration::from_secs(10),
        absent_after: Duration::from_millis(250),
    };
    /// Where no answer comes. Long enough for a busy machine to have got as far as the fault.
    pub(crate) const SHORT: Self = Self {
        transfer: Duration::from_millis(1_500),
        absent_after: Duration::from_millis(1_600),
    };
}

/// A till.
pub(crate) struct Shop {
    pub(crate) checkout: Checkout,
    pub(crate) store: Arc<Store>,
    pub(crate) clock: Arc<TestClock>,
    pub(crate) folder: Folder,
    tokens: Arc<MemoryTokens>,
    credentials: Credentials,
    address: String,
    patience: Patience,
}

impl Shop {
    /// A till with an account of the gateway's, on an empty database.
    pub(crate) fn open(host: &Host, account: usize, patience: Patience, folder: Folder) -> Outcome<Self> {
        let store = Arc::new(Store::open(folder.path())?);
        store.seal_with(JournalKey::new([1; 64]));
        let (clock, tokens) = (Arc::new(TestClock::default()), Arc::new(MemoryTokens::default()));
        let credentials = host.credentials(account)?;
        let address = host.address("http");
        let checkout = checkout(&store, &clock, &tokens, &credentials, patience, &address)?;
        Ok(Self {
            checkout,
            store,
            clock,
            folder,
            tokens,
            credentials,
            address,
            patience,
        })
    }

    /// The same till by another way to the gateway, in the session that it has.
    pub(crate) fn by_way_of(&self, address: &str) -> Outcome<Checkout> {
        let (clock, tokens) = (&self.clock, &self.tokens);
        checkout(
            &self.store,
            clock,
            tokens,
            &self.credentials,
            self.patience,
            address,
        )
    }

    /// The same till in no hurry, for what comes before a fault and after it.
    pub(crate) fn at_ease(&self) -> Outcome<Checkout> {
        if self.patience.transfer == Patience::LONG.transfer {
            return Ok(self.checkout.clone());
        }
        let (clock, tokens) = (&self.clock, &self.tokens);
        checkout(
            &self.store,
            clock,
            tokens,
            &self.credentials,
            Patience::LONG,
            &self.address,
        )
    }

    /// A ticket with one open amount.
    pub(crate) fn ticket(&self, amount: &str) -> Outcome<Ticket> {
        let amount = Amount::parse_decimal(amount, Currency::Myr)?;
        Ok(self.store.add_line(
            Currency::Myr,
            &till::NewLine::open(amount),
            true,
            jiff::Timestamp::now(),
        )?)
    }
}

/// A card sale of a ticket, or of an amount without one.
pub(crate) fn sale(amount: &str, ticket: Option<&Ticket>) -> Outcome<Charge> {
    Ok(Charge {
        ticket: ticket.map(|ticket| ticket.id),
        terminal: TERMINAL.to_owned(),
        amount: Amount::parse_decimal(amount, Currency::Myr)?,
        cash: None,
        extras: till::Extras::default(),
        method: PaymentMethod::BankCard,
        channel: None,
        staff: None,
    })
}

fn checkout(
    store: &Arc<Store>,
    clock: &Arc<TestClock>,
    tokens: &Arc<MemoryTokens>,
    credentials: &Credentials,
    patience: Patience,
    address: &str,
) -> Outcome<Checkout> {
    let client = Client::builder(Gateway::at(address)?, credentials.clone())
        .limits(TimeLimits {
            transfer: patience.transfer,
            ..TimeLimits::default()
        })
        .clock(Arc::new(Untrapped(Arc::clone(clock))))
        .tokens(tokens.clone())
        .request_limit(usize::MAX)
        .build()?;
    Ok(Checkout::new(CheckoutParts {
        store: Arc::clone(store),
        client,
        currency: Currency::Myr,
        clock: clock.clone(),
        entropy: Arc::new(SystemEntropy),
        times: InquiryTimes {
            first: vec![Duration::from_millis(20)],
            after_sending: Vec::new(),
            then: Duration::from_millis(50),
            absent_after: patience.absent_after,
            absent_apart: Duration::from_millis(60),
            watch: Duration::from_millis(200),
        },
        commit_retry: Duration::from_millis(10),
        wall_limit: Duration::from_secs(120),
        wall_look: Duration::from_millis(20),
    }))
}

/// The next change of a payment that `wanted` wants.
pub(crate) async fn next(
    changes: &mut Receiver<Change>,
    reference: &Reference,
    wanted: impl Fn(&Change) -> bool,
) -> Outcome<Change> {
    loop {
        match changes.recv().await {
            Ok(change) if change.payment.reference == *reference && wanted(&change) => return Ok(change),
            Ok(_) | Err(RecvError::Lagged(_)) => {}
            Err(RecvError::Closed) => return Err(Failure::new("the till has gone")),
        }
    }
}

/// A payment as it ends: final and saved, or still open after so many rounds of questions. `changes` has to have begun
/// before the payment did.
pub(crate) async fn found_out(
    checkout: &Checkout,
    changes: &mut Receiver<Change>,
    reference: &Reference,
    rounds: usize,
) -> Outcome<Payment> {
    let mut asked = 0;
    loop {
        let payment = checkout.payment(reference).await?;
        let saved = checkout.is_saved(reference);
        if saved && (payment.state.is_final() || asked >= rounds) {
            return Ok(payment);
        }
        let change = next(changes, reference, |change| change.saved).await?;
        asked += usize::from(change.payment.state.is_in_question());
    }
}
