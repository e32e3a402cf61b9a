//! What an answer to an inquiry proves about a payment.

use cloudecr::{PaymentMethod, TransferResponse, WireAmount, codes};
use jiff::SignedDuration;

use crate::checkout::{decline_words, other_amount, pending, salient};
use crate::payment::{
    Explanation, Kind, LastResult, Payment, PaymentEvent, PaymentState, Said, Salient, Source, is_in_window,
};
use crate::reference::Reference;

/// The gateway's code for a transaction that it or the terminal does not know.
const NOT_FOUND: u32 = 40410;

/// What is so far apart has different times on a clock that shows whole seconds, also when that clock is not quite even.
const A_SECOND_LATER: SignedDuration = SignedDuration::from_secs(2);

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
    /// The terminal's last transaction is the one from before this payment.
    Absent,
    /// Strong: everything fits, and only a person can say whether it is this customer's.
    MayBe(Box<Salient>),
    /// It settles nothing.
    Weak(Weakness),
}

/// Why a piece of evidence settles nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Weakness {
    /// The question did not get through, or no answer came back.
    NoAnswer,
    /// The gateway refused to say, with this code, or without one with this HTTP status.
    Refused {
        /// Its code.
        code: Option<u32>,
        /// The status.
        http: u16,
    },
    /// The gateway or the terminal knows no such transaction.
    NothingFound,
    /// The answer's signature does not verify.
    NotSigned,
    /// The answer is about something else.
    Other,
    /// The wallet still has not decided.
    StillPending,
    /// A no that has to be asked about before it is believed.
    NotDefinite,
    /// It came while the terminal was still working.
    TooEarly,
    /// It names no payment of this till.
    NothingOfOurs,
}

/// What a question was about, to weigh its answer by.
pub(super) struct Question<'a> {
    /// The payment.
    pub(super) payment: &'a Payment,
    /// For a void: what it undoes.
    pub(super) original: Option<&'a Payment>,
    /// The account that asked.
    pub(super) pos_id: &'a str,
    /// The question's own reference.
    pub(super) reference: &'a str,
    /// How far the terminal's clock is from this computer's.
    pub(super) clock_offset: SignedDuration,
}

impl Weakness {
    /// For the time line.
    #[must_use]
    pub(super) fn describe(&self) -> String {
        match self {
            Self::NoAnswer => "no answer".to_owned(),
            Self::Refused { code: Some(code), .. } => codes::error(*code).map_or_else(
                || format!("the gateway answered with code {code}"),
                |row| row.meaning.to_owned(),
            ),
            Self::Refused { code: None, http } => format!("the gateway answered with HTTP {http}"),
            Self::NothingFound => "it knows of no such transaction".to_owned(),
            Self::NotSigned => "an answer without a valid signature".to_owned(),
            Self::Other => "its last transaction is another one".to_owned(),
            Self::StillPending => "the wallet has not decided yet".to_owned(),
            Self::NotDefinite => "a no that is not definite".to_owned(),
            Self::TooEarly => "a no while the terminal was still working".to_owned(),
            Self::NothingOfOurs => "an answer about no payment of this till".to_owned(),
        }
    }

    /// The same for whoever has words of their own.
    pub(super) fn said(&self) -> Said {
        match self {
            Self::NoAnswer => Said::till("no_answer"),
            Self::Refused { code: Some(code), .. } => Said {
                source: Source::Gateway,
                code: code.to_string(),
                detail: None,
            },
            Self::Refused { code: None, http } => Said {
                detail: Some(format!("HTTP {http}")),
                ..Said::till("no_code")
            },
            Self::NothingFound => Said::till("nothing_found"),
            Self::NotSigned => Said::till("not_signed"),
            Self::Other => Said::till("other_transaction"),
            Self::StillPending => Said::till("still_pending"),
            Self::NotDefinite => Said::till("not_definite"),
            Self::TooEarly => Said::till("too_early"),
            Self::NothingOfOurs => Said::till("nothing_of_ours"),
        }
    }
}

/// Weighs a verified answer to a getLast or a walletInquiry, by the grades of ARCHITECTURE.md, *Finding out*.
pub(super) fn weigh(question: &Question<'_>, answer: &TransferResponse) -> Finding {
    let payment = question.payment;
    let same_place = answer.pos_id.as_deref() == Some(question.pos_id)
        && answer.device_id.as_deref() == Some(payment.terminal.as_str());
    if !same_place {
        return Finding::Weak(Weakness::Other);
    }
    if !is_about(question, answer) {
        return unnamed(question, answer);
    }
    match answer.status_code.as_deref() {
        Some("00") => approved(payment, answer),
        Some("11") => Finding::Settles {
            event: PaymentEvent::Declined,
            explanation: Some(decline_words(answer)),
            salient: Box::default(),
        },
        Some("22") if payment.state == PaymentState::Pending => Finding::Weak(Weakness::StillPending),
        Some("22") => Finding::Settles {
            event: PaymentEvent::Pended,
            explanation: Some(pending()),
            salient: Box::new(salient(answer)),
        },
        Some(_) | None => Finding::Weak(Weakness::Other),
    }
}

/// An answer that does not name the payment: absent, perhaps it, or another's.
fn unnamed(question: &Question<'_>, answer: &TransferResponse) -> Finding {
    let payment = question.payment;
    let Some(last) = LastResult::of(answer) else {
        return Finding::Weak(Weakness::Other);
    };
    if payment
        .baseline
        .as_ref()
        .is_some_and(|before| before.is_same_as(&last))
    {
        return if is_told_apart(question, &last) {
            Finding::Absent
        } else {
            Finding::Weak(Weakness::Other)
        };
    }
    let data = &answer.trans_data;
    // An answer that repeats some payment's reference, or holds one in its metadata, is about that payment.
    let anonymous = answer.reference_id.as_deref() == Some(question.reference)
        && data.metadata.as_deref().is_none_or(str::is_empty);
    let charge = payment.kind != Kind::Void && !matches!(answer.trans_type.as_deref(), Some("void"));
    let sent = payment.sent_at.unwrap_or(payment.created_at);
    let in_time = last
        .at()
        .is_some_and(|at| is_in_window(at, sent, question.clock_offset));
    let way = data.payment_channel.as_deref().map(is_card_scheme)
        == Some(payment.method == PaymentMethod::BankCard);
    let fits = anonymous && charge && in_time && way && answer.status_code.as_deref() == Some("00");
    match approved(payment, answer) {
        Finding::Settles { salient, .. } if fits => Finding::MayBe(salient),
        Finding::Settles { .. }
        | Finding::Contradicts { .. }
        | Finding::Absent
        | Finding::MayBe(_)
        | Finding::Weak(_) => Finding::Weak(Weakness::Other),
    }
}

/// Whether the payment, had it gone through, would have left another record than the one from before it. A sale always
/// does. A void repeats its original's transaction and number, so where the answer does not say which of the two it
/// is, only the time is left, and that has whole seconds: the original must have been over for longer than one.
fn is_told_apart(question: &Question<'_>, last: &LastResult) -> bool {
    let payment = question.payment;
    let kinds_known = last.trans_type.is_some()
        && payment
            .baseline
            .as_ref()
            .is_some_and(|before| before.trans_type.is_some());
    if payment.kind != Kind::Void || kinds_known {
        return true;
    }
    question
        .original
        .zip(payment.sent_at)
        .is_some_and(|(original, sent)| sent.duration_since(original.changed_at) >= A_SECOND_LATER)
}

/// Whether a channel of the gateway's is a card scheme.
fn is_card_scheme(channel: &str) -> bool {
    const SCHEMES: [&str; 7] = [
        "visa",
        "mastercard",
        "unionpay",
        "upi",
        "mydebit",
        "diners",
        "amex",
    ];
    SCHEMES.contains(&channel.to_ascii_lowercase().as_str())
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
        Finding::Contradicts {
            explanation: other_amount(&charged.to_string()),
            salient: Box::new(salient(answer)),
        }
    }
}

/// Whether the answer is provably about this payment: by its reference, by the reference in its metadata, or by the
/// transaction that the payment's own pending answer named. For a void also by being a void of the original.
fn is_about(question: &Question<'_>, answer: &TransferResponse) -> bool {
    let payment = question.payment;
    let data = &answer.trans_data;
    let reference = payment.reference.as_str();
    let named = answer.reference_id.as_deref() == Some(reference)
        || data
            .metadata
            .as_deref()
            .is_some_and(|metadata| metadata.starts_with(reference))
        || (payment.state == PaymentState::Pending
            && payment.salient.trans_id.is_some()
            && data.trans_id == payment.salient.trans_id);
    // A terminal may repeat a sale's metadata in the record of its void, and a void repeats its sale's transaction.
    match answer.trans_type.as_deref() {
        Some("void") => {
            let of_original = question.original.is_some_and(|original| {
                // The void's own record is of another moment than the sale's; at the sale's it is the sale, mislabelled.
                original.salient.trans_id.is_some()
                    && original.salient.trans_id == data.trans_id
                    && data.trans_date_time.is_some()
                    && original.salient.trans_date_time != data.trans_date_time
            });
            payment.kind == Kind::Void && (named || (of_original && !names_another(question, answer)))
        }
        Some("sale" | "cashOut") => payment.kind != Kind::Void && named,
        Some(_) | None => named,
    }
}

/// Whether the answer names a payment of a till's that is neither this one nor what it voids: another void of the same
/// sale, whose record says nothing of this one.
fn names_another(question: &Question<'_>, answer: &TransferResponse) -> bool {
    let names = [
        answer.reference_id.as_deref(),
        answer.trans_data.metadata.as_deref(),
    ];
    names
        .into_iter()
        .flatten()
        .filter(|name| *name != question.reference)
        .filter_map(|name| name.get(..20)?.parse::<Reference>().ok())
        .any(|name| {
            let original = question
                .original
                .is_some_and(|original| original.reference == name);
            name != question.payment.reference && !original
        })
}

/// What a gateway's refusal to say is worth.
pub(super) fn refusal(code: Option<u32>, http: u16) -> Weakness {
    if code == Some(NOT_FOUND) {
        Weakness::NothingFound
    } else {
        Weakness::Refused { code, http }
    }
}

#[cfg(test)]
mod tests;
