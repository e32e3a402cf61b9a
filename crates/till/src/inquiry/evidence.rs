//! What an answer to an inquiry proves about a payment.

use cloudecr::{TransferResponse, WireAmount, codes};

use crate::checkout::{decline_words, salient, words};
use crate::payment::{Explanation, Kind, Payment, PaymentEvent, Salient};

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Finding {
    /// Conclusive: it settles the payment.
    Settles {
        /// What happened to it.
        event: PaymentEvent,
        /// Why, in words; none for an approval.
        explanation: Option<Explanation>,
        /// What the answer says that people look for later.
        salient: Box<Salient>,
    },
    /// A verified answer about this payment that does not fit it: a manager must look.
    Contradicts {
        /// What does not fit.
        explanation: Explanation,
        /// What the answer says.
        salient: Box<Salient>,
    },
    /// It settles nothing.
    Weak(Weakness),
}

/// Why a piece of evidence settles nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Weakness {
    /// The question did not get through, or no answer came back.
    NoAnswer,
    /// The gateway refused to say, with this code.
    Refused(String),
    /// The answer's signature does not verify.
    NotSigned,
    /// The answer is about something else.
    Other,
    /// The wallet still has not decided.
    StillPending,
}

impl Weakness {
    /// For the time line.
    #[must_use]
    pub(super) fn describe(&self) -> String {
        match self {
            Self::NoAnswer => "no answer".to_owned(),
            Self::Refused(what) => what.clone(),
            Self::NotSigned => "an answer without a valid signature".to_owned(),
            Self::Other => "its last transaction is another one".to_owned(),
            Self::StillPending => "the wallet has not decided yet".to_owned(),
        }
    }
}

/// Weighs a verified answer to a getLast or a walletInquiry (design, *Finding out*, grade *conclusive*).
pub(super) fn weigh(payment: &Payment, pos_id: &str, answer: &TransferResponse) -> Finding {
    let same_place = answer.pos_id.as_deref() == Some(pos_id)
        && answer.device_id.as_deref() == Some(payment.terminal.as_str());
    if !same_place || !is_about(payment, answer) {
        return Finding::Weak(Weakness::Other);
    }
    match answer.status_code.as_deref() {
        Some("00") => approved(payment, answer),
        Some("11") => Finding::Settles {
            event: PaymentEvent::Declined,
            explanation: Some(decline_words(answer)),
            salient: Box::default(),
        },
        Some("22") if payment.state == crate::payment::PaymentState::Pending => {
            Finding::Weak(Weakness::StillPending)
        }
        Some("22") => Finding::Settles {
            event: PaymentEvent::Pended,
            explanation: Some(words(
                "22",
                "The wallet has not decided yet.",
                "Wait: Kaunter keeps asking.",
            )),
            salient: Box::new(salient(answer)),
        },
        Some(_) | None => Finding::Weak(Weakness::Other),
    }
}

fn approved(payment: &Payment, answer: &TransferResponse) -> Finding {
    let data = &answer.trans_data;
    if data.trans_id.is_none() || data.currency.as_deref() != Some(payment.amount.currency().code()) {
        return Finding::Weak(Weakness::Other);
    }
    let charged: Option<WireAmount> = data
        .trans_amt
        .as_deref()
        .and_then(|text| WireAmount::from_answer(text).ok());
    let Some(charged) = charged else {
        return Finding::Weak(Weakness::Other);
    };
    let cash = data
        .cash_amt
        .as_deref()
        .and_then(|text| WireAmount::from_answer(text).ok());
    let as_asked = Some(charged) == payment.amount.to_wire().ok()
        && cash == payment.cash.and_then(|cash| cash.to_wire().ok());
    if as_asked {
        Finding::Settles {
            event: PaymentEvent::Approved,
            explanation: None,
            salient: Box::new(salient(answer)),
        }
    } else {
        let meaning = format!("The terminal's record of this payment has another amount: {charged}.");
        Finding::Contradicts {
            explanation: words(
                "other_amount",
                &meaning,
                "Call the manager; compare with the terminal's slip.",
            ),
            salient: Box::new(salient(answer)),
        }
    }
}

/// Whether the answer is provably about this payment: by its reference, by the reference in its metadata, or by the
/// transaction that the payment's own pending answer named.
fn is_about(payment: &Payment, answer: &TransferResponse) -> bool {
    let data = &answer.trans_data;
    let reference = payment.reference.as_str();
    let named = answer.reference_id.as_deref() == Some(reference)
        || data
            .metadata
            .as_deref()
            .is_some_and(|metadata| metadata.starts_with(reference))
        || (payment.salient.trans_id.is_some() && data.trans_id == payment.salient.trans_id);
    // A terminal may repeat a sale's metadata in the record of its void, and a void repeats its sale's transaction.
    let other_way = match answer.trans_type.as_deref() {
        Some("void") => payment.kind != Kind::Void,
        Some("sale" | "cashOut") => payment.kind == Kind::Void,
        Some(_) | None => false,
    };
    named && !other_way
}

/// Words for a gateway's refusal to say.
pub(super) fn refusal(code: Option<u32>, http: u16) -> Weakness {
    let row = code.and_then(codes::error);
    Weakness::Refused(match (row, code) {
        (Some(row), _) => row.meaning.to_owned(),
        (None, Some(code)) => format!("the gateway answered with code {code}"),
        (None, None) => format!("the gateway answered with HTTP {http}"),
    })
}
