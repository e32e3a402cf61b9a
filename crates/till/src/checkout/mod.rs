//! Taking payments: prepare, commit, send, commit, show – and finding out what a lost answer was.
//!
//! Everything here runs in tasks of its own. A caller that goes away (a window that closes, a page that reloads) loses
//! its view of the payment, not the payment.

mod carry_out;
mod changes;
mod commit;
mod decide;
mod explain;
mod gate;
mod keep_alive;
mod order;
mod reprint;
mod terminal;
mod voids;

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use cloudecr::callback::Callback;
use cloudecr::{Client, Clock, InvalidField, Order, PaymentMethod};
use tokio::sync::broadcast;

pub use changes::Change;
pub use decide::HandDecision;
pub(crate) use explain::{decline_words, from_verdict, other_amount, pending, salient, words};
pub use reprint::{NoSlip, Reprint};

use self::gate::Gate;
use crate::entropy::{Entropy, NoEntropy};
use crate::inquiry::{InquiryTimes, Repeated, Seekers};
use crate::money::{Amount, Currency, MoneyError};
use crate::payment::{Extras, Kind, Payment, PaymentState};
use crate::reference::Reference;
use crate::store::{NewPayment, Seen, Store, StoreError};

/// How many changes a slow listener may fall behind before it has to read the store again.
const BACKLOG: usize = 256;

/// What a checkout works with.
pub struct CheckoutParts {
    /// Where payments are kept.
    pub store: Arc<Store>,
    /// The way to the gateway.
    pub client: Client,
    /// The store's currency; an answer in another one proves nothing.
    pub currency: Currency,
    /// The time of day.
    pub clock: Arc<dyn Clock>,
    /// For references.
    pub entropy: Arc<dyn Entropy>,
    /// When the gateway is asked how a payment went.
    pub times: InquiryTimes,
    /// How long until a failed commit is tried again; it doubles each time, up to 32 times this.
    pub commit_retry: Duration,
    /// How long after sending, by the time of day, an answer is not waited for any more: a little more than the client's
    /// own limit, which stands still while the computer sleeps.
    pub wall_limit: Duration,
    /// How often the time of day is looked at while a payment is on its way.
    pub wall_look: Duration,
}

/// Takes payments through one gateway account. Cheap to clone.
#[derive(Clone)]
pub struct Checkout {
    inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) parts: CheckoutParts,
    pub(crate) changes: broadcast::Sender<Change>,
    pub(crate) seekers: Seekers,
    pub(crate) repeated: Repeated,
    /// Payments whose latest commit failed and is being tried again, as they should be shown meanwhile.
    unsaved: Mutex<HashMap<Reference, Payment>>,
    /// Which every payment goes through as it begins.
    gate: Gate,
    /// Terminals that were asked for another slip and have not answered yet.
    printing: Mutex<HashSet<String>>,
}

/// A charge that is asked for.
#[derive(Debug, Clone)]
pub struct Charge {
    /// The ticket it pays, if there is one.
    pub ticket: Option<i64>,
    /// The terminal it goes to.
    pub terminal: String,
    /// How much.
    pub amount: Amount,
    /// The cash that is handed back beside it, for a cash-out; by card only.
    pub cash: Option<Amount>,
    /// How the customer pays.
    pub method: PaymentMethod,
    /// The wallet, by the gateway's name; for a QR that the terminal shows.
    pub channel: Option<String>,
    /// The optional fields.
    pub extras: Extras,
    /// Who asked for it.
    pub staff: Option<i64>,
}

/// Why a payment was not started. Nothing was sent and no money moved.
#[derive(Debug, thiserror::Error)]
pub enum CheckoutError {
    /// The store refused: held, taken, full, gone.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Not an amount that can be charged.
    #[error(transparent)]
    Money(#[from] MoneyError),
    /// No randomness for a reference.
    #[error(transparent)]
    Entropy(#[from] NoEntropy),
    /// A QR that the terminal shows needs a wallet.
    #[error("choose the customer's wallet first")]
    ChannelNeeded,
    /// Cash is handed back on a MyDebit card, never on a wallet.
    #[error("cash is handed back for a card only; take the payment without it")]
    CashNeedsCard,
    /// An optional field that the gateway would refuse.
    #[error(transparent)]
    Field(#[from] InvalidField),
    /// Only an approved payment has a slip to print again.
    #[error("only an approved payment has a slip to print again; this one is {0}")]
    NotPrintable(PaymentState),
    /// The terminal is printing a slip already.
    #[error("the terminal is printing a slip already; wait for it")]
    Printing,
    /// Only an approved payment can be voided.
    #[error("only an approved payment can be voided; this one is {0}")]
    NotVoidable(PaymentState),
    /// It has been voided.
    #[error("this payment has been voided already")]
    AlreadyVoided,
    /// A void of it is open.
    #[error("a void of this payment is open; wait until its outcome is known")]
    VoidInDoubt,
    /// The account is just being changed.
    #[error("the gateway account is just being changed; try again in a moment")]
    AccountChanging,
}

impl Checkout {
    /// A checkout; nothing is sent until it is told to.
    #[must_use]
    pub fn new(parts: CheckoutParts) -> Self {
        let (changes, _) = broadcast::channel(BACKLOG);
        let inner = Inner {
            parts,
            changes,
            seekers: Seekers::default(),
            repeated: Repeated::default(),
            unsaved: Mutex::new(HashMap::new()),
            gate: Gate::default(),
            printing: Mutex::default(),
        };
        Self {
            inner: Arc::new(inner),
        }
    }

    /// Charges once: commits the payment as *prepared* and returns; the rest follows in a task of its own and is told
    /// by [`Self::changes`].
    ///
    /// # Errors
    /// When it was not started; nothing was sent then.
    pub async fn charge(&self, charge: Charge) -> Result<Payment, CheckoutError> {
        self.begin(charge, None).await
    }

    /// [`Self::charge`], if what is due on its ticket is what somebody saw; what was typed goes on the ticket with it.
    ///
    /// # Errors
    /// As [`Self::charge`], or something else is due by now. Nothing is on the ticket then that was not before.
    pub async fn charge_seen(&self, charge: Charge, seen: Seen) -> Result<Payment, CheckoutError> {
        self.begin(charge, Some(seen)).await
    }

    async fn begin(&self, charge: Charge, seen: Option<Seen>) -> Result<Payment, CheckoutError> {
        if charge.method == PaymentMethod::QrCustScan && charge.channel.is_none() {
            return Err(CheckoutError::ChannelNeeded);
        }
        if charge.cash.is_some() && charge.method != PaymentMethod::BankCard {
            return Err(CheckoutError::CashNeedsCard);
        }
        let new = NewPayment {
            reference: self.inner.reference()?,
            ticket: charge.ticket,
            kind: if charge.cash.is_some() {
                Kind::CashOut
            } else {
                Kind::Sale
            },
            original: None,
            terminal: charge.terminal,
            method: charge.method,
            channel: charge.channel,
            amount: charge.amount,
            cash: charge.cash,
            extras: charge.extras,
            staff: charge.staff,
            approved_by: None,
            at: self.inner.parts.clock.now(),
        };
        let order = order::of_charge(&new)?;
        self.start(new, order, None, seen).await
    }

    async fn start(
        &self,
        new: NewPayment,
        order: Order,
        original: Option<&Payment>,
        seen: Option<Seen>,
    ) -> Result<Payment, CheckoutError> {
        // Held until the commit: no payment slips in between the last look at what is open and another account.
        let open = self.inner.gate.enter()?;
        let prepare = move |store: &Store| match &seen {
            Some(seen) => store.prepare_seen(&new, seen),
            None => store.prepare(&new),
        };
        let payment = self.inner.in_store(prepare).await?;
        drop(open);
        self.inner.tell(&payment, true);
        tokio::spawn(carry_out::carry_out(
            Arc::clone(&self.inner),
            payment.clone(),
            order,
            original.cloned(),
        ));
        Ok(payment)
    }

    /// Settles what an earlier run left (prepared: never sent; sent: unknown), starts finding out about everything that is
    /// in question, and looks after the gateway's session from now on. Call it once, before the first payment.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub async fn recover(&self) -> Result<(), CheckoutError> {
        keep_alive::keep_alive(&self.inner);
        let now = self.inner.parts.clock.now();
        let moved = self.inner.in_store(move |store| store.recover(now)).await?;
        for payment in &moved {
            self.inner.tell(payment, true);
        }
        self.find_out_all().await
    }

    /// Goes on with what another checkout did until now: finds out, and looks after the session. Unlike [`Self::recover`]
    /// it leaves payments alone that are on their way.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn take_over(&self) -> Result<(), CheckoutError> {
        keep_alive::keep_alive(&self.inner);
        self.find_out_all().await
    }

    async fn find_out_all(&self) -> Result<(), CheckoutError> {
        let now = self.inner.parts.clock.now();
        let open = self
            .inner
            .in_store(move |store| Ok([store.in_question()?, store.watched(now)?].concat()))
            .await?;
        for payment in open {
            crate::inquiry::find_out(&self.inner, &payment.reference);
        }
        Ok(())
    }

    /// Takes over a person's decision about a payment in question: a cashier who says whether a transaction is this
    /// customer's, a manager who decides with a reason. What is decided not to have been charged is asked about a while
    /// longer.
    ///
    /// # Errors
    /// [`StoreError::Illegal`] when the payment is not in question any more, or the store's.
    pub async fn decide(
        &self,
        reference: &Reference,
        decision: HandDecision,
    ) -> Result<Payment, CheckoutError> {
        let to = reference.clone();
        let before = self.inner.in_store(move |store| store.payment(&to)).await?.state;
        let payment = decide::decide(&self.inner, reference, decision).await?;
        // A conflict that is seen to is news of a payment that stands as it stood.
        self.inner.tell_moved(&payment, before);
        Ok(payment)
    }

    /// Asks the gateway now how a payment went, and returns it as it then stands. A payment that is not in question is
    /// returned as it is.
    ///
    /// # Errors
    /// When there is no such payment or the store fails.
    pub async fn check_status(&self, reference: &Reference) -> Result<Payment, CheckoutError> {
        Ok(crate::inquiry::ask_now(&self.inner, reference).await?)
    }

    /// Takes in an answer that came by callback, as evidence: it settles what is in question, contradicts what it does not
    /// fit, and changes nothing where it says what is known. Comes back when that is on the disk.
    ///
    /// # Errors
    /// When the store fails; the answer counts as not taken then, and its sender should repeat it.
    pub async fn called_back(&self, callback: &Callback) -> Result<(), CheckoutError> {
        Ok(crate::inquiry::called_back(&self.inner, callback).await?)
    }

    /// A payment as it should be shown: what the store has, or *unknown* while an answer could not be saved.
    ///
    /// # Errors
    /// When there is no such payment or the store fails.
    pub async fn payment(&self, reference: &Reference) -> Result<Payment, CheckoutError> {
        if let Some(payment) = self.inner.unsaved(reference) {
            return Ok(payment);
        }
        let reference = reference.clone();
        Ok(self
            .inner
            .in_store(move |store| store.payment(&reference))
            .await?)
    }

    /// Whether the latest change of a payment is on the disk.
    #[must_use]
    pub fn is_saved(&self, reference: &Reference) -> bool {
        self.inner.unsaved(reference).is_none()
    }

    /// Every change from now on.
    #[must_use]
    pub fn changes(&self) -> broadcast::Receiver<Change> {
        self.inner.changes.subscribe()
    }

    /// The way to the gateway, for lists and checks that move no money.
    #[must_use]
    pub fn client(&self) -> &Client {
        &self.inner.parts.client
    }

    /// The currency it charges in.
    #[must_use]
    pub fn currency(&self) -> Currency {
        self.inner.parts.currency
    }
}

impl Inner {
    fn reference(&self) -> Result<Reference, NoEntropy> {
        Reference::new(self.parts.clock.now(), self.parts.entropy.as_ref())
    }

    /// Runs `work` on a thread that may wait for the disk.
    pub(crate) async fn in_store<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Store) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let store = Arc::clone(&self.parts.store);
        match tokio::task::spawn_blocking(move || work(&store)).await {
            Ok(result) => result,
            Err(error) => match error.try_into_panic() {
                Ok(panic) => std::panic::resume_unwind(panic),
                Err(_) => Err(StoreError::Failed("the program is closing".to_owned())),
            },
        }
    }

    pub(crate) fn tell(&self, payment: &Payment, saved: bool) {
        self.send(payment, saved, false);
    }

    /// Tells of a payment that is on the disk, and stood as `before` until now.
    pub(crate) fn tell_moved(&self, payment: &Payment, before: PaymentState) {
        let approved = payment.state.counts_as_charged() && !before.counts_as_charged();
        self.send(payment, true, approved);
    }

    fn send(&self, payment: &Payment, saved: bool, approved: bool) {
        // Nobody listening is fine: the store has it.
        let _ = self.changes.send(Change {
            payment: payment.clone(),
            saved,
            approved,
        });
    }

    fn unsaved(&self, reference: &Reference) -> Option<Payment> {
        self.unsaved
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(reference)
            .cloned()
    }

    fn set_unsaved(&self, payment: &Payment) {
        self.unsaved
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(payment.reference.clone(), payment.clone());
        self.tell(payment, false);
    }

    fn clear_unsaved(&self, reference: &Reference) {
        self.unsaved
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(reference);
    }
}
