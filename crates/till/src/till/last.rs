//! What a terminal did last, in the till's own terms.

use cloudecr::{TransferResponse, WireAmount};

use super::{Till, TillError};
use crate::inquiry::{Glance, Owner};
use crate::labels::seen_paid_with;
use crate::money::{Amount, Currency};
use crate::payment::{Kind, Payment, Said};
use crate::store::{StoreError, Thing};

/// What was seen at a terminal.
#[derive(Debug, Clone, PartialEq)]
pub enum LastSeen {
    /// Its last transaction.
    Transaction(Box<LastTransaction>),
    /// It has none to tell of.
    Nothing,
    /// It was not to be had, and why, as a code.
    NotTold(Said),
}

/// The last transaction of a terminal, as its verified answer shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct LastTransaction {
    /// What it was; none where the answer does not say.
    pub kind: Option<Kind>,
    /// How it ended: `00` approved, `11` declined, `22` pending.
    pub status: String,
    /// The amount, if it can be read and is of the store's currency.
    pub amount: Option<Amount>,
    /// What it was paid with, as people call it; empty where the record says nothing.
    pub paid_with: String,
    /// The terminal's own time, without a zone.
    pub at: Option<String>,
    /// The gateway's number of the transaction.
    pub trans_id: Option<String>,
    /// Whose it is.
    pub whose: Whose,
}

/// Whose a terminal's last transaction is.
#[derive(Debug, Clone, PartialEq)]
pub enum Whose {
    /// This payment's, as it now stands.
    Ours(Box<Payment>),
    /// A void of this sale that this till did not ask for.
    VoidOfOurs(Box<Payment>),
    /// Another till's, or one that somebody began at the terminal itself: it has a reference that is none of this till's.
    Another,
    /// It names nobody, and no payment of this till has it.
    Unknown,
}

impl Till {
    /// Asks a terminal what it did last. What that shows of a payment of this till is evidence, and is taken in as
    /// always; a payment in question on that terminal is asked about.
    ///
    /// # Errors
    /// When nobody is signed in, there is no such terminal, the store fails, or with [`TillError::TerminalWorking`] while a
    /// payment is on its way through the terminal.
    pub async fn last_transaction(&self, terminal: &str) -> Result<LastSeen, TillError> {
        let staff = self.require()?.id;
        if !self.store.terminals()?.iter().any(|row| row.id == terminal) {
            return Err(StoreError::Missing(Thing::Terminal).into());
        }
        let checkout = self.checkout()?;
        match checkout.last_transaction(terminal, staff).await? {
            Glance::Working(reference) => Err(TillError::TerminalWorking(reference)),
            Glance::Nothing => Ok(LastSeen::Nothing),
            Glance::NotTold(why) => Ok(LastSeen::NotTold(why)),
            Glance::Seen(answer, owner) => {
                let whose = match owner {
                    Owner::Ours(reference) => Whose::Ours(Box::new(checkout.payment(&reference).await?)),
                    Owner::VoidOfOurs(reference) => {
                        Whose::VoidOfOurs(Box::new(checkout.payment(&reference).await?))
                    }
                    Owner::Another => Whose::Another,
                    Owner::Unknown => Whose::Unknown,
                };
                let read = transaction(&answer, checkout.currency(), whose);
                Ok(LastSeen::Transaction(Box::new(read)))
            }
        }
    }
}

fn transaction(answer: &TransferResponse, currency: Currency, whose: Whose) -> LastTransaction {
    let data = &answer.trans_data;
    let known = match &whose {
        Whose::Ours(payment) => Some(payment.kind),
        Whose::VoidOfOurs(_) => Some(Kind::Void),
        Whose::Another | Whose::Unknown => None,
    };
    LastTransaction {
        // An answer may only repeat the question here.
        kind: answer
            .trans_type
            .as_deref()
            .and_then(|kind| kind.parse().ok())
            .or(known),
        status: answer.status_code.clone().unwrap_or_default(),
        amount: data
            .trans_amt
            .as_deref()
            .filter(|_| {
                data.currency
                    .as_deref()
                    .is_none_or(|code| code == currency.code())
            })
            .and_then(|text| WireAmount::from_answer(text).ok())
            .and_then(|wire| Amount::parse_decimal(&wire.to_string(), currency).ok()),
        paid_with: seen_paid_with(data.payment_channel.as_deref(), data.card_no.as_deref()),
        at: data.trans_date_time.clone(),
        trans_id: data.trans_id.clone(),
        whose,
    }
}
