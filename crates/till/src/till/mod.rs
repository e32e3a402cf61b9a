//! The till: everything a shell's commands call. It knows who is signed in, and what they may do.

mod account;
mod around;
mod binding;
mod callback;
mod cash_out;
mod channels;
mod counter;
mod customer;
mod handing_over;
mod history;
mod items;
mod last;
mod open;
mod options;
mod parking;
mod print_settings;
mod printing;
mod provision;
mod receipts;
mod reprint;
mod returns;
mod ringing_up;
mod selling;
mod settings;
mod stuck;
mod tax;
mod tenders;
mod terminals;
mod test_sale;
mod unresolved;
mod voiding;
mod wizard;

use std::sync::{Arc, Mutex, PoisonError, RwLock};

use cloudecr::{CallError, Clock, InvalidField};
use jiff::SignedDuration;
use jiff::tz::TimeZone;

pub(crate) use account::Secrets;
pub use account::{AccountForm, Needed};
pub use around::{SaleAround, TenderDetail};
pub use binding::{Binding, BindingCode};
pub use callback::{CallbackProblem, CallbackReport, CallbackState};
pub use channels::{NotOffered, Wallet, Wallets};
pub use customer::AtCounter;
pub use handing_over::HandOver;
pub use history::{HistoryDays, HistoryQuery, PaymentDetail};
pub use items::{ImportDone, ImportPreview, ItemScan};
pub use last::{LastSeen, LastTransaction, Whose};
pub use open::{TillParts, VaultOpener};
pub(crate) use open::{gateway, kept_journal_key};
pub use parking::Again;
pub use printing::{PrintOutcome, Served};
pub use provision::{Provision, StaffEntry};
pub use returns::{ReturnAsked, ReturnSheet, Returned};
pub use ringing_up::DiscountPreview;
pub(crate) use settings::{HEADER_LINES, HEADER_WIDTH, STORE_NAME_LIMIT};
pub use tenders::{CashOffer, TakenBack, Taking};
pub use terminals::Terminals;
pub use test_sale::TestSale;
pub use unresolved::Manager;

use crate::checkout::{Checkout, CheckoutError};
use crate::entropy::{Entropy, NoEntropy};
use crate::items::ItemProblem;
use crate::money::{Currency, MoneyError, QuantityError, RateError};
use crate::options::CashRefused;
use crate::payment::Payment;
use crate::reference::Reference;
use crate::staff::{Member, PinRules, Role, Roster, StaffError};
use crate::store::{Store, StoreError};
use crate::tender::NotAProof;
use crate::vault::{Vault, VaultError, VaultTokens};

/// Why the till did not do what was asked. Where a payment was asked for, nothing was sent and no money moved.
#[derive(Debug, thiserror::Error)]
pub enum TillError {
    /// About the staff: locked, not allowed, wrong PIN.
    #[error(transparent)]
    Staff(#[from] StaffError),
    /// The store refused or failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The keyring failed.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The payment was not started.
    #[error(transparent)]
    Checkout(#[from] CheckoutError),
    /// Not an amount.
    #[error(transparent)]
    Money(#[from] MoneyError),
    /// Not a quantity.
    #[error(transparent)]
    Quantity(#[from] QuantityError),
    /// Not a percentage.
    #[error(transparent)]
    Rate(#[from] RateError),
    /// An optional field that the gateway would refuse.
    #[error(transparent)]
    Field(#[from] InvalidField),
    /// So much cash is not handed back.
    #[error(transparent)]
    Cash(#[from] CashRefused),
    /// An item, or a file of items, that is not taken.
    #[error(transparent)]
    Item(#[from] ItemProblem),
    /// The limits of cash-out do not fit together.
    #[error("the most cash and its steps must be amounts, and the most a multiple of the step")]
    CashRules,
    /// The gateway could not be asked.
    #[error(transparent)]
    Call(#[from] CallError),
    /// No randomness.
    #[error(transparent)]
    Entropy(#[from] NoEntropy),
    /// The till has not been set up.
    #[error("this till has not been set up yet")]
    NotSetUp,
    /// Something that the account needs was not entered.
    #[error("enter {0}")]
    Needed(Needed),
    /// The account cannot be changed while payments are not settled.
    #[error("{}", busy(.0))]
    AccountBusy(Vec<Payment>),
    /// A payment of an earlier account.
    #[error("this payment was taken through another account; it cannot be voided from this one")]
    OtherAccount,
    /// Set-up is over.
    #[error("this till has been set up already; change it in Settings")]
    SetUpAlready,
    /// A test sale is of one of a few small amounts.
    #[error("a test sale is of one of the small amounts that are offered")]
    TestAmount,
    /// There is nothing on the ticket.
    #[error("there is nothing to pay; enter an amount or add an item")]
    TicketEmpty,
    /// No terminal has been chosen.
    #[error("choose a terminal first, on the Terminals screen")]
    NoTerminalChosen,
    /// Charging again could charge twice.
    #[error("it is not safe to charge again")]
    NotSafeToCharge,
    /// A payment of the ticket is open.
    #[error("a payment of this ticket is still open")]
    OpenPayments,
    /// Something was taken of the ticket, and not all.
    #[error("something was taken for this ticket, and not all; take the rest, or take it back")]
    PartlyPaid,
    /// No number of a slip.
    #[error(transparent)]
    Proof(#[from] NotAProof),
    /// A payment of the same amount is not settled yet: it may be this very customer's.
    #[error("payment {0} of the same amount is not settled yet; make sure that this is another customer")]
    SameAmountOpen(Reference),
    /// The digits are not the transaction's.
    #[error("those are not the last four digits of the transaction")]
    DigitsDiffer,
    /// Another till may use the terminal, so a manager has to confirm.
    #[error("another till may use this terminal too, so a manager has to confirm")]
    ManagerNeeded,
    /// A name was left out.
    #[error("enter a name")]
    NameNeeded,
    /// Not a time that the till can lock itself after.
    #[error("the till locks itself after 1 to {0} whole minutes, or never")]
    LockAfter(u32),
    /// A text does not fit.
    #[error("that is longer than {0} characters; shorten it")]
    TextTooLong(usize),
    /// A list of terminals that may bind themselves, with something on it that cannot stand there.
    #[error("something on this list cannot stand there; correct it first")]
    PrebindRefused,
    /// Somebody else changed that list meanwhile.
    #[error("somebody changed this list meanwhile; look at it again")]
    PrebindChanged,
    /// The terminal is working on a payment, so it is not asked anything else.
    #[error("the terminal is working on payment {0}; wait until it has answered")]
    TerminalWorking(Reference),
    /// The gateway's address cannot be one.
    #[error("{0}")]
    GatewayAddress(String),
    /// Not an address that callbacks can be listened for at.
    #[error("that is not an address of this machine with a port, such as 127.0.0.1:8480")]
    CallbackAddress,
    /// Not a path that callbacks can come to.
    #[error("that is not a path such as /callback")]
    CallbackPath,
    /// Training stays inside this machine.
    #[error("training does not listen to the network")]
    CallbackInTraining,
    /// No printer has been set up.
    #[error("no printer has been set up; a manager does that in Settings")]
    NoPrinter,
    /// There is no receipt of it.
    #[error("there is no receipt of this")]
    NoReceipt,
    /// More may be taken for the sale: its receipt is printed once that is over.
    #[error("the sale is not paid in full yet; its receipt is printed once it is")]
    ReceiptTooSoon,
    /// A printer's address cannot be one.
    #[error(transparent)]
    Printer(#[from] crate::print::BadConnection),
    /// The file that was to be the shop's picture is none.
    #[error(transparent)]
    Picture(#[from] crate::picture::BadPicture),
    /// The page could not be made.
    #[error(transparent)]
    Page(#[from] crate::print::PdfFailed),
    /// A receipt could not be put into the printer's commands.
    #[error("the receipt could not be made: {0}")]
    Unprintable(String),
    /// A file could not be written.
    #[error("the file could not be written: {0}")]
    File(#[from] std::io::Error),
    /// The connection to the gateway could not be prepared.
    #[error("the connection to the gateway could not be prepared: {0}")]
    Client(String),
}

impl From<PinRules> for TillError {
    fn from(rules: PinRules) -> Self {
        Self::Staff(rules.into())
    }
}

/// Which payments are in the way, by reference, amount and terminal.
fn busy(open: &[Payment]) -> String {
    let each: Vec<String> = open
        .iter()
        .map(|payment| {
            let (amount, currency) = (payment.amount, payment.amount.currency().code());
            format!(
                "{} ({currency} {amount}, {})",
                payment.reference, payment.terminal
            )
        })
        .collect();
    format!(
        "the account stays as it is while a payment is not settled: {}",
        each.join(", ")
    )
}

/// A till on one data folder.
pub struct Till {
    store: Arc<Store>,
    vault: Arc<dyn Vault>,
    roster: Roster,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    zone: TimeZone,
    training: bool,
    times: crate::inquiry::InquiryTimes,
    limits: cloudecr::TimeLimits,
    checkout: Arc<RwLock<Option<Checkout>>>,
    callbacks: callback::Callbacks,
    /// Where the account's session is kept.
    tokens: Mutex<Option<Arc<VaultTokens>>>,
    /// Held while a test sale is begun, so that two presses begin one.
    test_sales: tokio::sync::Mutex<()>,
    listed: Mutex<terminals::Listed>,
    /// Held while logos are fetched.
    logos: tokio::sync::Mutex<()>,
    /// How long a printer is waited for.
    print_limits: crate::print::PrintLimits,
    /// Held while something is printed.
    printer: Mutex<()>,
    /// What the till speaks where it speaks the computer's language.
    system_language: crate::store::Language,
}

impl Till {
    /// Who is signed in; nobody after the idle time that the shop set.
    #[must_use]
    pub fn signed_in(&self) -> Option<Member> {
        let minutes = self
            .store
            .store_settings()
            .ok()
            .flatten()
            .map_or(0, |settings| settings.lock_after_minutes);
        let lock_after = (minutes > 0).then(|| SignedDuration::from_mins(i64::from(minutes)));
        self.roster.signed_in(lock_after)
    }

    /// Whoever is signed in, for what only a person does: it counts as being there.
    ///
    /// # Errors
    /// [`StaffError::Locked`] when nobody is.
    pub fn require(&self) -> Result<Member, TillError> {
        let member = self.looks()?;
        self.roster.touch();
        Ok(member)
    }

    /// Whoever is signed in, for a question that changes nothing: a page asks it again by itself with each piece of news, so
    /// it does not count as being there. Whoever looks has touched something, and that is told apart from this.
    ///
    /// # Errors
    /// [`StaffError::Locked`] when nobody is.
    pub fn looks(&self) -> Result<Member, TillError> {
        Ok(self.signed_in().ok_or(StaffError::Locked)?)
    }

    /// The manager who is signed in.
    ///
    /// # Errors
    /// [`StaffError::Locked`] or [`StaffError::NotAllowed`].
    pub fn require_manager(&self) -> Result<Member, TillError> {
        let member = self.require()?;
        match member.role {
            Role::Manager => Ok(member),
            Role::Cashier => Err(StaffError::NotAllowed.into()),
        }
    }

    /// The manager who is signed in, for a question as in [`Self::looks`].
    ///
    /// # Errors
    /// [`StaffError::Locked`] or [`StaffError::NotAllowed`].
    pub fn manager_looks(&self) -> Result<Member, TillError> {
        let member = self.looks()?;
        match member.role {
            Role::Manager => Ok(member),
            Role::Cashier => Err(StaffError::NotAllowed.into()),
        }
    }

    /// Takes this till's secrets out of texts that leave it.
    #[must_use]
    pub fn redactor(&self) -> crate::vault::Redactor {
        crate::vault::Redactor::of(self.vault.as_ref())
    }

    /// The staff: signing in and out, and changes to it.
    #[must_use]
    pub fn roster(&self) -> &Roster {
        &self.roster
    }

    /// The store, for what needs no rule of the till's.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Whether this till runs on the simulator.
    #[must_use]
    pub fn is_training(&self) -> bool {
        self.training
    }

    /// How long the gateway is waited for.
    pub(crate) fn limits(&self) -> cloudecr::TimeLimits {
        self.limits
    }

    /// The checkout of the gateway account.
    ///
    /// # Errors
    /// [`TillError::NotSetUp`] before there is one.
    pub fn checkout(&self) -> Result<Checkout, TillError> {
        self.checkout
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
            .ok_or(TillError::NotSetUp)
    }

    /// Signs the till off when it is closed in order, so that another one can sign in with its account. Not while a payment
    /// has no answer yet: the next start resumes the session to ask.
    ///
    /// # Errors
    /// When the store cannot be read or the gateway could not be told; the session is kept then.
    pub async fn sign_off(&self) -> Result<(), TillError> {
        if self.store.has_payments_on_their_way()? {
            return Ok(());
        }
        let Ok(checkout) = self.checkout() else {
            return Ok(());
        };
        Ok(checkout.client().sign_out().await?)
    }

    /// The currency the shop sells in.
    ///
    /// # Errors
    /// [`TillError::NotSetUp`] before set-up.
    pub fn currency(&self) -> Result<Currency, TillError> {
        let settings = self.store.store_settings()?.ok_or(TillError::NotSetUp)?;
        settings.currency.parse().map_err(|_| TillError::NotSetUp)
    }
}

/// A text a person entered, trimmed, without control characters, and no longer than `limit` characters.
fn entered(text: &str, limit: usize) -> Result<String, TillError> {
    let text: String = text
        .trim()
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    if text.chars().count() > limit {
        Err(TillError::TextTooLong(limit))
    } else {
        Ok(text)
    }
}

/// The same, for a text that must be there.
fn needed(text: &str, limit: usize) -> Result<String, TillError> {
    let text = entered(text, limit)?;
    if text.is_empty() {
        Err(TillError::NameNeeded)
    } else {
        Ok(text)
    }
}

#[cfg(test)]
mod idle_tests;
