//! A payment's life as the counter reads it, made from its journal.

use jiff::Timestamp;
use serde::Deserialize;

use crate::payment::{PaymentEvent, Said};
use crate::store::{EntryKind, JournalEntry};

/// What happened at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Happening {
    /// The payment was committed.
    Prepared,
    /// It was on its way.
    Sent,
    /// Charged (for a void: given back).
    Approved,
    /// A definite no.
    Declined,
    /// Provably never acted on.
    NotCharged,
    /// The wallet has not decided.
    Pending,
    /// The answer was lost or proved nothing.
    AnswerLost,
    /// A no that has to be asked about once.
    Refused,
    /// A question to the gateway settled nothing.
    NoEvidence,
    /// A question to the gateway settled it.
    Evidence,
    /// An answer came by callback; it settled the payment, or it did not.
    CalledBack,
    /// The program stopped and started.
    Restarted,
    /// The payment was voided.
    Voided,
    /// A manager decided.
    Decided,
    /// Evidence contradicts what was known.
    Conflict,
    /// Its slip was printed once more.
    Reprinted,
    /// It was asked for once more, and was not printed.
    NotReprinted,
    /// It was asked for once more, and may have been printed.
    ReprintUnknown,
    /// It was taken, or given back, over the counter.
    Taken,
    /// It was handed back before the ticket was paid in full.
    TakenBack,
    /// Somebody said that it is handed over to the customer.
    HandedOver,
    /// Goods come back for it.
    Returned,
    /// The till's own receipt was printed.
    ReceiptPrinted,
    /// It was not printed.
    ReceiptNotPrinted,
    /// It may have been printed.
    ReceiptUnknown,
}

/// How much a piece of evidence proves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grade {
    /// It settles the payment.
    Conclusive,
    /// Everything fits, and it takes a person to say so.
    Strong,
    /// It settles nothing.
    Weak,
    /// It contradicts what was known.
    Conflict,
}

/// One moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// When.
    pub at: Timestamp,
    /// What.
    pub what: Happening,
    /// In the journal's words; may be empty.
    pub detail: String,
    /// The same as a code, where the journal has one.
    pub said: Option<Said>,
    /// Of evidence: how much it proves.
    pub grade: Option<Grade>,
}

/// The moments of one payment, oldest first.
#[must_use]
pub fn timeline(entries: &[JournalEntry]) -> Vec<Moment> {
    entries.iter().filter_map(moment).collect()
}

fn moment(entry: &JournalEntry) -> Option<Moment> {
    let finding = entry.body["finding"].as_str().unwrap_or_default();
    let what = match entry.kind {
        EntryKind::Prepared => Happening::Prepared,
        EntryKind::Sent => Happening::Sent,
        EntryKind::Recovered => Happening::Restarted,
        EntryKind::Voided => Happening::Voided,
        EntryKind::Conflict => Happening::Conflict,
        EntryKind::Decision => Happening::Decided,
        EntryKind::Inquiry if entry.body["grade"] == "conflict" => Happening::Conflict,
        EntryKind::Inquiry if entry.body["asked"] == "callback" => match entry.event {
            Some(PaymentEvent::Declined) => Happening::Declined,
            Some(PaymentEvent::Pended) => Happening::Pending,
            _ => Happening::CalledBack,
        },
        EntryKind::Inquiry if entry.event.is_none() => Happening::NoEvidence,
        EntryKind::Inquiry if entry.event == Some(PaymentEvent::Approved) => Happening::Evidence,
        EntryKind::Answer | EntryKind::Inquiry => match entry.event? {
            PaymentEvent::Approved => Happening::Approved,
            PaymentEvent::Declined => Happening::Declined,
            PaymentEvent::NotCharged => Happening::NotCharged,
            PaymentEvent::Pended => Happening::Pending,
            PaymentEvent::Lost if entry.body["checking"] == true => Happening::Refused,
            PaymentEvent::Lost => Happening::AnswerLost,
            PaymentEvent::DecidedCharged | PaymentEvent::DecidedNotCharged => Happening::Decided,
            PaymentEvent::Sent | PaymentEvent::Voided => return None,
        },
        EntryKind::Print if entry.body["receipt"].is_string() => match entry.body["receipt"].as_str()? {
            "printed" => Happening::ReceiptPrinted,
            "failed_before_any_byte" => Happening::ReceiptNotPrinted,
            "perhaps_printed" => Happening::ReceiptUnknown,
            _ => return None,
        },
        // What came of it says that it was asked for, too.
        EntryKind::Print => match entry.body["printed"].as_str()? {
            "yes" => Happening::Reprinted,
            "no" => Happening::NotReprinted,
            _ => Happening::ReprintUnknown,
        },
        EntryKind::Tender => Happening::Taken,
        EntryKind::TenderUndone => Happening::TakenBack,
        EntryKind::HandedOver => Happening::HandedOver,
        EntryKind::Return if entry.staff.is_none() => return None,
        EntryKind::Return => Happening::Returned,
        EntryKind::Ticket | EntryKind::Staff | EntryKind::Settings => return None,
    };
    // "approved" after "approved" says nothing.
    let says_more = match what {
        Happening::Approved
        | Happening::Evidence
        | Happening::Pending
        | Happening::Reprinted
        | Happening::NotReprinted
        | Happening::ReprintUnknown
        | Happening::ReceiptPrinted
        | Happening::ReceiptNotPrinted
        | Happening::ReceiptUnknown => false,
        Happening::CalledBack => entry.body["grade"] != "conclusive",
        Happening::Prepared
        | Happening::Sent
        | Happening::Declined
        | Happening::NotCharged
        | Happening::AnswerLost
        | Happening::Refused
        | Happening::NoEvidence
        | Happening::Restarted
        | Happening::Voided
        | Happening::Decided
        | Happening::Taken
        | Happening::TakenBack
        | Happening::HandedOver
        | Happening::Returned
        | Happening::Conflict => true,
    };
    let said = Said::deserialize(&entry.body["said"]).ok().filter(|_| says_more);
    let detail = Some(finding).filter(|_| says_more).unwrap_or_default().to_owned();
    let grade = match entry.body["grade"].as_str() {
        Some("conclusive") => Some(Grade::Conclusive),
        Some("strong") => Some(Grade::Strong),
        Some("weak") => Some(Grade::Weak),
        Some("conflict") => Some(Grade::Conflict),
        Some(_) | None => None,
    };
    Some(Moment {
        at: entry.at,
        what,
        detail,
        said,
        grade,
    })
}
