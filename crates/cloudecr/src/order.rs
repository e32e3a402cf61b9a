//! What a caller wants of a terminal, in types that leave out what the protocol does not allow.

use crate::{GatewayTime, PaymentMethod, TransType, WireAmount};

/// One transfer to be prepared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Order {
    /// A payment.
    Sale {
        /// What the customer pays.
        amount: WireAmount,
        /// How.
        method: PaymentMethod,
        /// The wallet, as the channel list spells it: needed for [`PaymentMethod::QrCustScan`], refused elsewhere.
        channel: Option<String>,
        /// The optional fields.
        extras: Extras,
    },
    /// A MyDebit purchase with cash handed back.
    CashOut {
        /// The purchase. Whether it includes the cash is not documented: never add the two.
        amount: WireAmount,
        /// The cash.
        cash: WireAmount,
        /// The optional fields.
        extras: Extras,
    },
    /// The undoing of an earlier payment, on the terminal that took it.
    Void {
        /// The payment's `transId`.
        trans_id: String,
        /// The payment's `invNo`.
        inv_no: Option<String>,
        /// The optional fields; a void has no note.
        extras: Extras,
    },
    /// How a wallet payment ended.
    WalletInquiry {
        /// The `datetime` that the payment's request carried.
        original_datetime: GatewayTime,
    },
    /// The terminal's last transaction.
    GetLast,
    /// Another print of a slip.
    Print {
        /// The payment's `transId`.
        trans_id: String,
    },
}

/// The fields that a payment may have and need not. Lengths are in UTF-16 units, as JavaScript counts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Extras {
    /// Printed on the slip; up to 128.
    pub note: Option<String>,
    /// Returned in the answer; up to 128.
    pub metadata: Option<String>,
    /// The terminal's product, `0` to `10`.
    pub product_index: Option<String>,
    /// A card promotion; up to 2.
    pub promo_sale: Option<String>,
    /// What the slip calls the reference; up to 10.
    pub reference_label: Option<String>,
    /// Slips to print: 0 none, 1 the merchant's, 2 both.
    pub print_count: Option<u8>,
}

impl Order {
    /// The kind of transfer it becomes.
    pub fn trans_type(&self) -> TransType {
        match self {
            Self::Sale { .. } => TransType::Sale,
            Self::CashOut { .. } => TransType::CashOut,
            Self::Void { .. } => TransType::Void,
            Self::WalletInquiry { .. } => TransType::WalletInquiry,
            Self::GetLast => TransType::GetLast,
            Self::Print { .. } => TransType::Print,
        }
    }

    /// Its optional fields, where its kind has any.
    pub(crate) fn extras(&self) -> Option<&Extras> {
        match self {
            Self::Sale { extras, .. } | Self::CashOut { extras, .. } | Self::Void { extras, .. } => {
                Some(extras)
            }
            Self::WalletInquiry { .. } | Self::GetLast | Self::Print { .. } => None,
        }
    }
}
