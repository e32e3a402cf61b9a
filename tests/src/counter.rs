//! A till without a window at a simulator in the same process: quick to set up, over real HTTP and a real database.

use crate::{Failure, Outcome};
use cloudecr::{Client, Clock, Gateway, PaymentMethod, TimeLimits};
use cloudecr_simulator::{Config, Script, Simulator};
use jiff::{SignedDuration, Timestamp};
use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;
use tempfile::TempDir;
use till::{
    Amount, Charge, Checkout, CheckoutParts, Currency, InquiryTimes, JournalKey, Kind, NewPayment, Payment,
    PaymentState, Reference, Role, Store, SystemEntropy, Ticket, TicketStatus,
};
use tokio::net::TcpListener;

/// The terminal that the charges go to.
const TERMINAL: &str = "VT-0001";
/// Nobody is signed in here.
const NOBODY: i64 = 0;

/// The time of day at the counter and at its gateway, which a test moves on.
#[derive(Default)]
struct Wall(AtomicI64);

impl Clock for Wall {
    fn now(&self) -> Timestamp {
        let ahead = SignedDuration::from_millis(self.0.load(Ordering::Relaxed));
        let now = Timestamp::now();
        now.checked_add(ahead).unwrap_or(now)
    }
}

/// A till and its gateway.
pub struct Counter {
    /// Takes the payments.
    pub checkout: Checkout,
    /// Where they are kept.
    pub store: Arc<Store>,
    /// The gateway, whose book says what was really charged.
    pub simulator: Simulator,
    address: String,
    folder: TempDir,
    wall: Arc<Wall>,
}

impl Counter {
    /// Opens one on an empty database.
    ///
    /// # Errors
    /// When the simulator cannot listen or the database not be opened.
    pub async fn open() -> Outcome<Self> {
        Self::open_with(Config::default()).await
    }

    /// Opens one at a gateway with its own habits.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub async fn open_with(config: Config) -> Outcome<Self> {
        let wall = Arc::new(Wall::default());
        let simulator = Simulator::new(config, wall.clone());
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = format!("http://{}", listener.local_addr()?);
        tokio::spawn(cloudecr_simulator::serve(listener, simulator.clone()));
        Self::at(simulator, address, tempfile::tempdir()?, wall)
    }

    fn at(simulator: Simulator, address: String, folder: TempDir, wall: Arc<Wall>) -> Outcome<Self> {
        let store = Arc::new(Store::open(folder.path())?);
        store.seal_with(JournalKey::new([1; 64]));
        let client = Client::builder(Gateway::at(&address)?, simulator.credentials())
            .limits(TimeLimits {
                transfer: Duration::from_secs(20),
                ..TimeLimits::default()
            })
            // These tests ask more often than a till does.
            .request_limit(usize::MAX)
            .build()?;
        let checkout = Checkout::new(CheckoutParts {
            store: Arc::clone(&store),
            client,
            currency: Currency::Myr,
            clock: wall.clone(),
            entropy: Arc::new(SystemEntropy),
            times: InquiryTimes {
                first: vec![Duration::from_millis(100); 3],
                after_sending: Vec::new(),
                then: Duration::from_millis(200),
                absent_after: Duration::from_millis(500),
                absent_apart: Duration::from_millis(200),
                watch: Duration::from_secs(2),
            },
            commit_retry: Duration::from_millis(10),
            wall_limit: Duration::from_secs(25),
            wall_look: Duration::from_millis(50),
        });
        Ok(Self {
            checkout,
            store,
            simulator,
            address,
            folder,
            wall,
        })
    }

    /// Lets so much time of day pass, in no time.
    pub fn pass(&self, time: Duration) {
        let ahead = i64::try_from(time.as_millis()).unwrap_or(0);
        self.wall.0.fetch_add(ahead, Ordering::Relaxed);
    }

    /// Another till on what the disk held at this moment: what a restart after SIGKILL finds. The first one goes on in
    /// the dark, as its requests on the wire would.
    ///
    /// # Errors
    /// When the files cannot be copied.
    pub fn killed_and_restarted(&self) -> Outcome<Self> {
        self.restarted_on(copy_of_data(self.folder.path())?)
    }

    /// Another till on the data as it lies after this one was closed in order, with nothing left in the log.
    ///
    /// # Errors
    /// When the files cannot be copied.
    pub fn closed_and_restarted(&self) -> Outcome<Self> {
        let folder = copy_of_data(self.folder.path())?;
        // Closing the last connection moves everything into the database.
        drop(Store::open(folder.path())?);
        self.restarted_on(folder)
    }

    fn restarted_on(&self, folder: TempDir) -> Outcome<Self> {
        let (simulator, address) = (self.simulator.clone(), self.address.clone());
        Self::at(simulator, address, folder, Arc::clone(&self.wall))
    }

    /// What the terminal's customer does next.
    ///
    /// # Errors
    /// When there is no such script.
    pub fn script(&self, name: &str) -> Outcome {
        self.simulator.set_script(TERMINAL, Script::named(name)?)?;
        Ok(())
    }

    /// A card sale.
    ///
    /// # Errors
    /// When it is not an amount.
    pub fn charge(&self, amount: &str) -> Outcome<Charge> {
        Ok(Charge {
            ticket: None,
            terminal: TERMINAL.to_owned(),
            amount: Amount::parse_decimal(amount, Currency::Myr)?,
            cash: None,
            extras: till::Extras::default(),
            method: PaymentMethod::BankCard,
            channel: None,
            staff: None,
        })
    }

    /// A sale by a wallet's QR on the terminal.
    ///
    /// # Errors
    /// When it is not an amount.
    pub fn wallet(&self, amount: &str) -> Outcome<Charge> {
        let channel = Some("tng".to_owned());
        Ok(Charge {
            method: PaymentMethod::QrCustScan,
            channel,
            ..self.charge(amount)?
        })
    }

    /// A ticket with one open amount.
    ///
    /// # Errors
    /// When it is not an amount.
    pub fn ticket(&self, amount: &str) -> Outcome<Ticket> {
        let amount = Amount::parse_decimal(amount, Currency::Myr)?;
        Ok(self.store.add_line(
            Currency::Myr,
            &till::NewLine::open(amount),
            true,
            Timestamp::now(),
        )?)
    }

    /// Serves the next customer: what is added from now on goes on a ticket of its own.
    ///
    /// # Errors
    /// When it cannot be committed.
    pub fn next_ticket(&self) -> Outcome {
        self.store
            .leave_ticket(Currency::Myr, TicketStatus::Aside, NOBODY, Timestamp::now())?;
        Ok(())
    }

    /// A card sale of a ticket.
    pub fn charge_of(&self, ticket: &Ticket) -> Outcome<Charge> {
        Ok(Charge {
            ticket: Some(ticket.id),
            amount: ticket.total()?,
            ..self.charge("1.00")?
        })
    }

    /// A payment that is about to be prepared, for tests that stop there.
    ///
    /// # Errors
    /// When it is not an amount.
    pub fn new_payment(&self, amount: &str) -> Outcome<NewPayment> {
        let at = Timestamp::now();
        Ok(NewPayment {
            reference: Reference::new(at, &SystemEntropy)?,
            ticket: None,
            kind: Kind::Sale,
            original: None,
            terminal: TERMINAL.to_owned(),
            method: PaymentMethod::BankCard,
            channel: None,
            amount: Amount::parse_decimal(amount, Currency::Myr)?,
            cash: None,
            extras: till::Extras::default(),
            staff: None,
            approved_by: None,
            at,
        })
    }

    /// Waits until a payment is final and saved.
    ///
    /// # Errors
    /// When it does not become so in half a minute.
    pub async fn settled(&self, reference: &Reference) -> Outcome<Payment> {
        self.until(reference, |payment| payment.state.is_final()).await
    }

    /// Waits until a payment is in a state.
    ///
    /// # Errors
    /// When it is not in half a minute.
    pub async fn wait_for(&self, reference: &Reference, state: PaymentState) -> Outcome<Payment> {
        self.until(reference, |payment| payment.state == state).await
    }

    /// Waits until a payment is in conflict.
    ///
    /// # Errors
    /// When it is not in half a minute.
    pub async fn in_conflict(&self, reference: &Reference) -> Outcome<Payment> {
        self.until(reference, |payment| payment.conflict).await
    }

    /// A manager, for decisions.
    ///
    /// # Errors
    /// When the database fails.
    pub fn manager(&self) -> Outcome<i64> {
        Ok(self.store.add_staff("Farid", Role::Manager, "")?)
    }

    async fn until(&self, reference: &Reference, done: impl Fn(&Payment) -> bool) -> Outcome<Payment> {
        let mut changes = self.checkout.changes();
        let wait = async {
            loop {
                // Asked after listening began, so that no change falls between.
                let payment = self.checkout.payment(reference).await?;
                if done(&payment) && self.checkout.is_saved(reference) {
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

    /// Waits until the acquirer has charged this many.
    ///
    /// # Errors
    /// When it has not in half a minute.
    pub async fn charged(&self, number: usize) -> Outcome {
        let mut look = tokio::time::interval(Duration::from_millis(10));
        let wait = async {
            while self.simulator.book().len() < number {
                look.tick().await;
            }
        };
        tokio::time::timeout(Duration::from_secs(30), wait)
            .await
            .map_err(|_| Failure::new("the acquirer was never reached"))
    }
}

/// The files of a data folder as they were at one moment, while its till may be running: read again when the database
/// itself changed meanwhile (a checkpoint), which the log alone would not fit.
///
/// # Errors
/// When the files cannot be copied.
pub fn copy_of_data(folder: &Path) -> Outcome<TempDir> {
    // None while there is no database yet.
    let written = || {
        fs::metadata(folder.join("kaunter.sqlite3"))
            .and_then(|file| file.modified())
            .ok()
    };
    loop {
        let (copy, before) = (tempfile::tempdir()?, written());
        let mut whole = true;
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            match fs::copy(entry.path(), copy.path().join(entry.file_name())) {
                Ok(_) => {}
                // A log that was folded into the database meanwhile; the database has changed then, too.
                Err(error) if error.kind() == ErrorKind::NotFound => whole = false,
                Err(error) => return Err(error.into()),
            }
        }
        if whole && written() == before {
            return Ok(copy);
        }
    }
}
