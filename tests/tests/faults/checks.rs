//! The three zeros, and whether *safe to charge again* was right: what the till says, held against the acquirer's book.

use super::expected::Way;
use super::shop::{Host, NEXT_TERMINAL, ROUNDS, Shop, found_out, sale};
use cloudecr_simulator::{EntryStatus, Simulator};
use kaunter_tests::{Failure, Outcome};
use serde_json::json;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use till::{
    Amount, Change, Charge, Checkout, CheckoutError, Currency, Decision, Kind, Payment, PaymentState,
    Reference, StoreError, Ticket, safe_to_charge_again,
};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

/// What was there before the fault.
pub(crate) struct Before {
    ticket: Ticket,
    /// For a void: what it undoes.
    original: Option<Payment>,
}

/// What came of a fault.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) payment: Option<Payment>,
    pub(crate) safe: bool,
    /// Whether the book says that the money moved.
    pub(crate) moved: bool,
    /// The rules that were broken.
    pub(crate) broken: Vec<String>,
}

/// Watches one cell.
pub(crate) struct Checks<'a> {
    shop: &'a Shop,
    simulator: Simulator,
    way: Way,
    before: Before,
    broken: Arc<Mutex<Vec<String>>>,
}

impl Before {
    /// A sale, so that the terminal has a last transaction that the till knows; for a void the one to be undone.
    pub(crate) async fn of(shop: &Shop, way: Way) -> Outcome<Self> {
        let ticket = shop.ticket("12.50")?;
        let charge = match way {
            Way::Void => sale("12.50", Some(&ticket))?,
            Way::Card | Way::CustomerScans | Way::MerchantScans | Way::CashOut => sale("1.00", None)?,
        };
        let checkout = shop.at_ease()?;
        let mut changes = checkout.changes();
        let first = checkout.charge(charge).await?;
        let first = found_out(&checkout, &mut changes, &first.reference, ROUNDS).await?;
        if first.state != PaymentState::Approved {
            return Err(Failure::new(format!(
                "the sale before the fault is {}",
                first.state
            )));
        }
        Ok(Self {
            ticket,
            original: Some(first).filter(|_| way == Way::Void),
        })
    }
}

impl<'a> Checks<'a> {
    /// Watches from now on that nothing is shown as approved that the book does not have.
    pub(crate) fn begin(shop: &'a Shop, simulator: &Simulator, way: Way, before: Before) -> Self {
        let broken = Arc::default();
        tokio::spawn(watch(
            shop.checkout.changes(),
            simulator.clone(),
            Arc::clone(&broken),
        ));
        Self {
            shop,
            simulator: simulator.clone(),
            way,
            before,
            broken,
        }
    }

    /// Starts the payment that meets the fault.
    pub(crate) async fn start(&self, checkout: &Checkout) -> Outcome<Payment> {
        Ok(self.try_start(checkout).await?)
    }

    /// Starts it, or says why it was not.
    pub(crate) async fn try_start(&self, checkout: &Checkout) -> Result<Payment, CheckoutError> {
        if let Some(original) = &self.before.original {
            return checkout.void(&original.reference, None, None).await;
        }
        let (ringgit, cash) = (
            Amount::from_minor(1_250, Currency::Myr)?,
            Amount::from_minor(2_000, Currency::Myr)?,
        );
        let charge = Charge {
            ticket: Some(self.before.ticket.id),
            terminal: super::shop::TERMINAL.to_owned(),
            amount: ringgit,
            cash: Some(cash).filter(|_| self.way == Way::CashOut),
            extras: till::Extras::default(),
            method: self.way.method(),
            channel: Some("tng".to_owned()).filter(|_| self.way == Way::CustomerScans),
            staff: None,
        };
        checkout.charge(charge).await
    }

    /// Notes a broken rule.
    pub(crate) fn broken(&self, what: String) {
        note(&self.broken, what);
    }

    /// Waits until the acquirer has acted on a payment.
    pub(crate) async fn moved_by(&self, payment: &Payment) {
        let mut look = tokio::time::interval(Duration::from_millis(5));
        while !self.moved(payment) {
            look.tick().await;
        }
    }

    /// What the till says at the end, held against the book.
    pub(crate) async fn end(&self, payment: Option<Payment>) -> Outcome<Seen> {
        let Some(payment) = payment else {
            return Ok(Seen {
                payment: None,
                safe: self.way != Way::Void,
                moved: false,
                broken: Vec::new(),
            });
        };
        let moved = self.moved(&payment);
        self.says_no_to_a_charge(&payment, moved);
        if payment.state == PaymentState::Approved && !moved && !payment.conflict {
            self.broken("called approved, and the book does not have it".to_owned());
        }
        let safe = self.safe(&payment).await?;
        if safe && self.charges(std::slice::from_ref(&payment.reference)) > 0 {
            self.broken("called safe to charge again, and the customer is charged".to_owned());
        }
        Ok(Seen {
            payment: Some(payment),
            safe,
            moved,
            broken: Vec::new(),
        })
    }

    /// The same after the acquirer has changed its mind and the till has heard the terminal's last transaction.
    pub(crate) async fn after_turning(&self, seen: Seen) -> Outcome<Seen> {
        let Some(payment) = seen.payment else {
            return Ok(seen);
        };
        let payment = self.shop.checkout.payment(&payment.reference).await?;
        let moved = self.moved(&payment);
        self.says_no_to_a_charge(&payment, moved);
        let safe = self.safe(&payment).await?;
        if !safe {
            self.refused().await?;
        }
        Ok(Seen {
            payment: Some(payment),
            safe,
            moved,
            ..seen
        })
    }

    /// Charges the ticket again, or tries to: whoever was told that it is safe must not charge twice, and whoever was
    /// told that it is not must not be able to. A void that was not done is done now.
    pub(crate) async fn again(&self, host: &Host, seen: &mut Seen) -> Outcome {
        host.script(&json!([]))?;
        host.questions(&json!([]))?;
        let mut ours: Vec<Reference> = seen
            .payment
            .iter()
            .map(|payment| payment.reference.clone())
            .collect();
        if seen.safe {
            let charge = Charge {
                terminal: NEXT_TERMINAL.to_owned(),
                ..sale("12.50", Some(&self.before.ticket))?
            };
            ours.push(
                self.approved("charging again", |checkout| async move {
                    checkout.charge(charge).await
                })
                .await?,
            );
        } else {
            self.refused().await?;
            let void_failed = self.way == Way::Void
                && seen.payment.as_ref().is_none_or(|void| {
                    matches!(void.state, PaymentState::Declined | PaymentState::NotCharged) && !void.conflict
                });
            if let Some(original) = self.before.original.as_ref().filter(|_| void_failed) {
                let void =
                    |checkout: Checkout| async move { checkout.void(&original.reference, None, None).await };
                self.approved("voiding again", void).await?;
            }
        }
        if self.charges(&ours) > 1 {
            self.broken("two charges for one leg of a ticket".to_owned());
        }
        Ok(())
    }

    /// Hands over what was broken, with the journal's verdict.
    pub(crate) fn journal(&self, seen: &mut Seen) -> Outcome {
        if let Err(fault) = self.shop.store.verify_journal()? {
            self.broken(format!("the journal does not fit: {fault:?}"));
        }
        seen.broken = std::mem::take(&mut *self.broken.lock().unwrap_or_else(PoisonError::into_inner));
        Ok(())
    }

    fn says_no_to_a_charge(&self, payment: &Payment, moved: bool) {
        let no = match payment.state {
            PaymentState::Declined
            | PaymentState::NotCharged
            | PaymentState::Overridden(Decision::NotCharged) => true,
            PaymentState::Prepared
            | PaymentState::Sent
            | PaymentState::Pending
            | PaymentState::Unknown
            | PaymentState::Approved
            | PaymentState::Voided
            | PaymentState::Overridden(Decision::Charged) => false,
        };
        if no && moved && !payment.conflict {
            self.broken(format!("called {}, and the book has it", payment.state));
        }
    }

    async fn safe(&self, payment: &Payment) -> Outcome<bool> {
        let charge = match &self.before.original {
            Some(original) => self.shop.checkout.payment(&original.reference).await?,
            None => payment.clone(),
        };
        Ok(safe_to_charge_again(&charge).safe)
    }

    async fn refused(&self) -> Outcome {
        let charge = Charge {
            terminal: NEXT_TERMINAL.to_owned(),
            ..sale("12.50", Some(&self.before.ticket))?
        };
        match self.shop.checkout.charge(charge).await {
            Err(CheckoutError::Store(StoreError::TicketTaken(_))) => {}
            Ok(_) => self.broken("not safe, and the ticket could be charged again".to_owned()),
            Err(error) => self.broken(format!("not safe, and charging again failed otherwise: {error}")),
        }
        Ok(())
    }

    /// Starts a payment that has to be approved.
    async fn approved<F>(&self, what: &str, start: impl FnOnce(Checkout) -> F) -> Outcome<Reference>
    where
        F: Future<Output = Result<Payment, CheckoutError>>,
    {
        let checkout = self.shop.at_ease()?;
        let mut changes = checkout.changes();
        let started = start(checkout.clone()).await?;
        let payment = found_out(&checkout, &mut changes, &started.reference, ROUNDS).await?;
        if payment.state != PaymentState::Approved {
            self.broken(format!("{what} ended {}", payment.state));
        }
        Ok(payment.reference)
    }

    /// Whether the book says that the payment moved money.
    fn moved(&self, payment: &Payment) -> bool {
        let (named, wanted) = match &payment.original {
            Some(original) => (original, EntryStatus::Voided),
            None => (&payment.reference, EntryStatus::Charged),
        };
        let book = self.simulator.book();
        book.iter()
            .any(|entry| entry.reference_id == named.as_str() && entry.status == wanted)
    }

    /// How many charges of the ticket stand in the book.
    fn charges(&self, ours: &[Reference]) -> usize {
        let original = self.before.original.iter().map(|original| &original.reference);
        let all: Vec<&Reference> = ours.iter().chain(original).collect();
        let book = self.simulator.book();
        book.iter()
            .filter(|entry| entry.status == EntryStatus::Charged)
            .filter(|entry| {
                all.iter()
                    .any(|reference| reference.as_str() == entry.reference_id)
            })
            .count()
    }
}

/// At the moment at which goods may go over the counter, the book has to have the charge.
async fn watch(mut changes: Receiver<Change>, simulator: Simulator, broken: Arc<Mutex<Vec<String>>>) {
    loop {
        let payment = match changes.recv().await {
            Ok(change) => change.payment,
            Err(RecvError::Lagged(_)) => continue,
            Err(RecvError::Closed) => return,
        };
        if payment.state != PaymentState::Approved || payment.kind == Kind::Void {
            continue;
        }
        // Voided is fine: it was charged when this was said, and undone since.
        let charged = simulator.book().iter().any(|entry| {
            entry.reference_id == payment.reference.as_str()
                && matches!(entry.status, EntryStatus::Charged | EntryStatus::Voided)
        });
        if !charged {
            note(
                &broken,
                format!("goods released for {} without a charge", payment.reference),
            );
        }
    }
}

fn note(broken: &Mutex<Vec<String>>, what: String) {
    broken.lock().unwrap_or_else(PoisonError::into_inner).push(what);
}
