//! What a caller wants of a terminal, in types that leave out what the protocol does not allow.

use crate::{Extras, GatewayTime, InvalidField, PaymentMethod, TransType, WireAmount, prepared};

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

    /// Whether every field of it is one that the gateway takes, so that it can be refused before anything is stored.
    ///
    /// ```
    /// use cloudecr::{Extras, Order, PaymentMethod, WireAmount};
    /// let sale = Order::Sale {
    ///     amount: WireAmount::from_hundredths(1250)?,
    ///     method: PaymentMethod::QrMerchScan,
    ///     channel: None,
    ///     extras: Extras { promo_sale: Some("P1".into()), ..Extras::default() },
    /// };
    /// assert_eq!(sale.check().unwrap_err().field, "promoSale", "promotions are for cards");
    /// # Ok::<(), cloudecr::AmountError>(())
    /// ```
    ///
    /// # Errors
    /// The first field that it would refuse.
    pub fn check(&self) -> Result<(), InvalidField> {
        if let Some(extras) = self.extras() {
            extras.label()?;
        }
        prepared::particulars(self).map(drop)
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
