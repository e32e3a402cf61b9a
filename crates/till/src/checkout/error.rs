//! Why a payment, or a slip, was not started.

use cloudecr::InvalidField;

use crate::entropy::NoEntropy;
use crate::money::MoneyError;
use crate::payment::PaymentState;
use crate::store::StoreError;

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
