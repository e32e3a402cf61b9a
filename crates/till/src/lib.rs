//! The point of sale without a window: money, tickets, payments, the store, the vault, staff and receipts.
//!
//! The promise that everything here serves: at any moment, whatever has failed, the till knows or says that it does
//! not know whether the customer was charged, and it never charges twice by itself.

mod checkout;
mod entropy;
mod inquiry;
mod labels;
mod money;
mod options;
#[doc(hidden)]
pub mod outside;
mod pace;
mod payment;
mod picture;
mod prebind;
mod qr;
mod receipt;
mod reference;
mod roll_out;
mod setup;
mod staff;
mod store;
mod ticket;
mod till;
mod timeline;
mod vault;
mod verify;

pub use checkout::{Change, Charge, Checkout, CheckoutError, CheckoutParts, HandDecision, NoSlip, Reprint};
pub use entropy::{Entropy, NoEntropy, SystemEntropy};
pub use inquiry::InquiryTimes;
pub use labels::{channel_label, paid_with};
pub use money::{Amount, Currency, MoneyError, UnknownCurrency};
pub use options::{CashOutRules, CashRefused, PaymentOptions, PaymentOptionsForm};
pub use payment::{
    Candidate, Decision, Explanation, Extras, IllegalTransition, Kind, LastResult, Payment, PaymentEvent,
    PaymentState, SafeReason, Safety, Said, Salient, Source, UnknownName, next, safe_to_charge_again,
};
pub use picture::{BadPicture, PICTURE_BYTES, PICTURE_SIDE};
pub use prebind::{
    PREBIND_LIMIT, PrebindHint, PrebindLine, PrebindProblem, TERMINAL_ID_LIMIT, check_prebind,
};
pub use qr::QrSquares;
pub use receipt::{ReceiptLine, ReceiptParts, WIDTH as RECEIPT_WIDTH, plain_text, receipt};
pub use reference::{NotAReference, Reference};
pub use roll_out::{FILE_LIMIT as PROVISION_FILE_LIMIT, Mistake, ProvisionFile, RollOutError, RolledOut};
pub use setup::{CheckReport, CheckStep, Finding as CheckFinding, Problem, Told as CheckTold};
pub use staff::{Member, NAME_LIMIT as STAFF_NAME_LIMIT, Pin, PinRules, Role, Roster, StaffError};
pub use store::{
    AccountPeriod, CallbackSettings, ConnectionSettings, Days, EntryKind, HistoryFilter, HistoryPage,
    JournalEntry, JournalFault, JournalKey, KnownChannel, KnownChannels, Language, Learned, NewEntry,
    NewPayment, Outcome, PaidWith, SecretOf, SetupDraft, SetupStep, StaffRow, Store, StoreError,
    StoreSettings, TerminalLast, TerminalRow, Theme, Thing,
};
pub use ticket::{Item, LINE_LIMIT, Line, NAME_LIMIT, QUANTITY_LIMIT, Ticket, TicketStatus};
pub use till::{
    AccountForm, Binding, BindingCode, CallbackProblem, CallbackReport, CallbackState, HistoryDays,
    HistoryQuery, LastSeen, LastTransaction, Manager, Needed, NotOffered, PaymentDetail, Provision,
    StaffEntry, Terminals, TestSale, Till, TillError, TillParts, VaultOpener, Wallet, Wallets, Whose,
};
pub use timeline::{Grade, Happening, Moment, timeline};
pub use vault::{KeyringVault, MemoryVault, Redactor, SecretName, Vault, VaultError, VaultTokens};
pub use verify::{JournalReport, verify};
