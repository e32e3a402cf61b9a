//! A week of a till on a clock that runs as fast as it can: 500 sales a day on four terminals, at a gateway that allows one
//! session, ends it at midnight, and counts requests. No sale fails for reasons of session or rate.

#[path = "week/gateway.rs"]
mod gateway;
#[path = "week/plan.rs"]
mod plan;

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use cloudecr::{CallError, Clock, PaymentMethod, TimeLimits};
use cloudecr_simulator::{EntryStatus, Script, Simulator};
use gateway::{Fast, Noted, TERMINALS};
use jiff::{SignedDuration, Timestamp};
use kaunter_tests::{Dice, Failure, Outcome, all_payments, audit, copy_of_data, open_till, provision_for};
use plan::{Customer, DAYS, Event, Plan, SALES_A_DAY};
use tempfile::TempDir;
use till::{
    Amount, Charge, Checkout, Currency, InquiryTimes, MemoryVault, PaymentState, Reference, Till, TillError,
};

/// Longer than any run of this test: what would wait so long is done by the plan, by the fast clock.
const NEVER: Duration = Duration::from_secs(24 * 3600);

/// A folder in memory, where there is one: what the disk costs is measured elsewhere, and a week has 20,000 commits.
fn folder() -> Outcome<TempDir> {
    let memory = Path::new("/dev/shm");
    Ok(if memory.is_dir() {
        tempfile::tempdir_in(memory)?
    } else {
        tempfile::tempdir()?
    })
}

/// What was counted on the way.
#[derive(Default, Debug)]
struct Tally {
    sales: usize,
    declines: usize,
    questions: usize,
    questions_held_back: usize,
    lists: usize,
    lists_held_back: usize,
}

struct Shop {
    clock: Arc<Fast>,
    simulator: Simulator,
    address: String,
    vault: Arc<MemoryVault>,
    folder: TempDir,
    till: Till,
    checkout: Checkout,
    plan: Plan,
    /// The terminals of payments that are unknown.
    held: HashMap<Reference, &'static str>,
    in_question: HashSet<Reference>,
    is_open: bool,
    next_terminal: usize,
    tally: Tally,
}

fn open(clock: &Arc<Fast>, vault: &Arc<MemoryVault>, folder: &TempDir) -> Outcome<Till> {
    let times = InquiryTimes {
        first: vec![NEVER],
        after_sending: Vec::new(),
        then: NEVER,
        ..InquiryTimes::default()
    };
    let limits = TimeLimits {
        keep_alive: NEVER,
        ..TimeLimits::default()
    };
    open_till(folder.path(), vault, clock.clone(), times, limits)
}

impl Shop {
    /// Starts the till on the data as they lie on the disk.
    async fn start(&mut self) -> Outcome {
        let (copy, folder) = (copy_of_data(self.folder.path())?, folder()?);
        for file in std::fs::read_dir(copy.path())? {
            let file = file?;
            std::fs::copy(file.path(), folder.path().join(file.file_name()))?;
        }
        self.folder = folder;
        self.till = open(&self.clock, &self.vault, &self.folder)?;
        self.checkout = self.till.checkout()?;
        self.checkout.recover().await?;
        Ok(())
    }

    async fn happens(&mut self, event: Event) -> Outcome {
        match event {
            Event::Open => {
                self.start().await?;
                self.is_open = true;
                // What the evening before left open is asked about again.
                let now = self.clock.now();
                for reference in self.in_question.clone() {
                    self.ask_later(reference, 0, now)?;
                }
                Ok(())
            }
            Event::Kill => self.start().await,
            Event::Close => {
                self.is_open = false;
                Ok(self.till.sign_off().await?)
            }
            Event::Question { .. } if !self.is_open => Ok(()),
            Event::Customers(customers) => self.serve(customers).await,
            Event::Look => self.look().await,
            Event::Question {
                reference,
                asked,
                sent,
            } => self.ask(reference, asked, sent).await,
            Event::Minute => Ok(self.checkout.client().keep_alive().await?),
        }
    }

    /// The next terminal that no payment in question holds.
    fn free_terminal(&mut self) -> Option<&'static str> {
        for _ in TERMINALS {
            self.next_terminal = (self.next_terminal + 1) % TERMINALS.len();
            let terminal = TERMINALS[self.next_terminal];
            if !self.held.values().any(|held| *held == terminal) {
                return Some(terminal);
            }
        }
        None
    }

    /// Customers who pay at the same time, each at a terminal of their own.
    async fn serve(&mut self, customers: Vec<Customer>) -> Outcome {
        let mut paying = Vec::new();
        for customer in customers {
            let Some(terminal) = self.free_terminal() else {
                // The customer waits in line.
                let soon = self.clock.now().checked_add(SignedDuration::from_secs(5))?;
                self.plan.add(soon, Event::Customers(vec![customer]));
                continue;
            };
            self.tally.declines += usize::from(customer.step.outcome == cloudecr_simulator::Outcome::Decline);
            self.simulator
                .set_script(terminal, Script::new([customer.step])?)?;
            self.tally.sales += 1;
            let charge = Charge {
                ticket: None,
                terminal: terminal.to_owned(),
                amount: Amount::parse_decimal("12.50", Currency::Myr)?,
                cash: None,
                extras: till::Extras::default(),
                method: if customer.wallet {
                    PaymentMethod::QrCustScan
                } else {
                    PaymentMethod::BankCard
                },
                channel: customer.wallet.then(|| "tng".to_owned()),
                staff: None,
            };
            let payment = self.checkout.charge(charge).await?;
            self.held.insert(payment.reference.clone(), terminal);
            paying.push(payment.reference);
        }
        let sent = self.clock.now();
        let mut answered = Vec::new();
        for reference in paying {
            let state = self.answered(&reference).await?;
            answered.push((reference, state));
        }
        // Not while an answer is on its way: its `Date` would be from before, the till would take the gateway's clock for nine
        // seconds slow, and a wallet is asked about by its second.
        self.clock.pass(Duration::from_secs(9));
        for (reference, state) in answered {
            if state != PaymentState::Unknown {
                self.held.remove(&reference);
            }
            if state.is_in_question() {
                self.in_question.insert(reference.clone());
                self.ask_later(reference, 0, sent)?;
            }
        }
        Ok(())
    }

    async fn answered(&self, reference: &Reference) -> Outcome<PaymentState> {
        let mut changes = self.checkout.changes();
        let wait = async {
            loop {
                let payment = self.checkout.payment(reference).await?;
                let open = matches!(payment.state, PaymentState::Prepared | PaymentState::Sent);
                if !open && self.checkout.is_saved(reference) {
                    return Ok::<_, Failure>(payment.state);
                }
                changes.recv().await?;
            }
        };
        tokio::time::timeout(Duration::from_secs(30), wait)
            .await
            .map_err(|_| Failure::new(format!("{reference} was never answered")))?
    }

    /// By the till's own timetable, on the fast clock.
    fn ask_later(&mut self, reference: Reference, asked: usize, sent: Timestamp) -> Outcome {
        let since_sent = Duration::try_from(self.clock.now().duration_since(sent)).unwrap_or_default();
        let wait = InquiryTimes::default().wait(asked, since_sent, self.in_question.len());
        let at = self.clock.now().checked_add(SignedDuration::try_from(wait)?)?;
        self.plan.add(
            at,
            Event::Question {
                reference,
                asked,
                sent,
            },
        );
        Ok(())
    }

    async fn ask(&mut self, reference: Reference, asked: usize, sent: Timestamp) -> Outcome {
        if self.checkout.client().budget().question_in.is_zero() {
            self.tally.questions += 1;
        } else {
            self.tally.questions_held_back += 1;
        }
        let payment = self.checkout.check_status(&reference).await?;
        if payment.state.is_in_question() {
            return self.ask_later(reference, asked + 1, sent);
        }
        self.held.remove(&reference);
        self.in_question.remove(&reference);
        Ok(())
    }

    async fn look(&mut self) -> Outcome {
        match self.till.refresh_terminals().await {
            Ok(terminals) => {
                self.tally.lists += 1;
                if terminals.rows.len() == TERMINALS.len() {
                    Ok(())
                } else {
                    Err(Failure::new("a terminal is missing from the list"))
                }
            }
            Err(TillError::Call(CallError::RateLimited { .. })) => {
                self.tally.lists_held_back += 1;
                Ok(())
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Whether the till's word, the acquirer's book and the plan say the same, with the week's figures.
    fn adds_up(&self, noted: &Noted) -> Outcome<String> {
        let (most, when) = noted.most_in_a_quarter_of_an_hour();
        let figures = format!(
            "{DAYS} days: {:?}\nrequests: {:?}, of which refused for their token: {}\n\
             most requests in 15 minutes: {most} of 100, before {when}",
            self.tally,
            noted.by_path(),
            noted.count("", Some(401))
        );
        let wrong = audit(self.till.store(), || self.simulator.book())?;
        assert_eq!(wrong, Vec::<String>::new());
        let payments = all_payments(self.till.store())?;
        assert_eq!(payments.len(), self.tally.sales);
        for payment in &payments {
            assert!(
                matches!(payment.state, PaymentState::Approved | PaymentState::Declined),
                "{} is {}: {:?}",
                payment.reference,
                payment.state,
                payment.explanation
            );
        }
        let approved = payments
            .iter()
            .filter(|payment| payment.state == PaymentState::Approved);
        let approved = approved.count();
        assert_eq!(approved + self.tally.declines, DAYS * SALES_A_DAY);
        let book = self.simulator.book();
        let charged = book.iter().filter(|entry| entry.status == EntryStatus::Charged);
        assert_eq!(charged.count(), approved);

        assert!(most <= 100, "{most} requests in the 15 minutes before {when}");
        assert_eq!(noted.count("", Some(429)), 0, "the gateway never had too many");
        assert!(
            noted.count("/api/transfer", Some(401)) <= 4,
            "only at the two midnights"
        );
        assert_eq!(noted.count("/api/terminals", Some(401)), 0);
        // One for each day, and one for each midnight that the shop was open through. None for the kill.
        assert_eq!(noted.count("/auth/login", None), DAYS + 2);
        assert_eq!(noted.count("/auth/logout", Some(200)), DAYS);
        assert!(
            self.tally.lists > 500 && self.tally.lists_held_back > 0,
            "{:?}",
            self.tally
        );
        assert!(self.tally.questions > 500, "{:?}", self.tally);
        Ok(figures)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn in_a_week_no_sale_fails_for_reasons_of_session_or_rate() -> Outcome {
    let begun = Instant::now();
    let seed = Dice::seed("WEEK_SEED");
    println!("WEEK_SEED={seed}");
    // A Monday's midnight in Malaysia.
    let midnight: Timestamp = "2026-03-01T16:00:00Z".parse()?;
    let clock = Fast::at(midnight);
    let (simulator, address, noted) = gateway::serve(&clock).await?;
    let (vault, folder) = (Arc::new(MemoryVault::default()), folder()?);
    let till = open(&clock, &vault, &folder)?;
    till.provision(&provision_for(&simulator, &address)?)?;
    let checkout = till.checkout()?;
    let mut shop = Shop {
        plan: Plan::of_week(midnight, &mut Dice::new(seed))?,
        clock,
        simulator,
        address,
        vault,
        folder,
        till,
        checkout,
        held: HashMap::new(),
        in_question: HashSet::new(),
        is_open: false,
        next_terminal: 0,
        tally: Tally::default(),
    };
    while let Some((at, event)) = shop.plan.next() {
        shop.clock.go_to(at);
        let what = format!("{event:?}");
        if let Err(error) = shop.happens(event).await {
            return Err(Failure::new(format!("{} at {at}: {what}: {error}", shop.address)));
        }
    }
    println!("{}\nthe week took {:?}", shop.adds_up(&noted)?, begun.elapsed());
    Ok(())
}
