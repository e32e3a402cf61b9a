//! Payments: as the counter sees one, and as the history lists them.

use serde::{Deserialize, Serialize};
use till::{
    Decision, Happening, Kind, PaymentState as State, SafeReason as Reason, paid_with, safe_to_charge_again,
};
use ts_rs::TS;

use super::actions::{self, Action};
use super::options::TicketExtras;
use super::returns::SaleView;
use super::said::{Explanation, Said};
use super::tenders::EntryView;

/// How the customer pays; the gateway's own names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Method {
    BankCard,
    QrCustScan,
    QrMerchScan,
}

/// What a payment does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) enum PaymentKind {
    Sale,
    CashOut,
    Void,
}

/// Where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PaymentState {
    Prepared,
    Sent,
    Approved,
    Declined,
    NotCharged,
    Pending,
    Unknown,
    Voided,
    VoidInDoubt,
    ChargedByHand,
    NotChargedByHand,
}

/// What happened at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum TimelineKind {
    Prepared,
    Sent,
    Approved,
    Declined,
    NotCharged,
    Pending,
    AnswerLost,
    Refused,
    NoEvidence,
    Evidence,
    CalledBack,
    Restarted,
    Voided,
    Decided,
    Conflict,
    Reprinted,
    NotReprinted,
    ReprintUnknown,
    Taken,
    TakenBack,
    HandedOver,
    Returned,
    ReceiptPrinted,
    ReceiptNotPrinted,
    ReceiptUnknown,
}

/// One moment.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct TimelineEntry {
    pub(crate) at: String,
    pub(crate) kind: TimelineKind,
    /// In the journal's words, for where the page has none for the code.
    pub(crate) detail: String,
    pub(crate) said: Option<Said>,
    /// Of evidence: how much it proves.
    pub(crate) grade: Option<Grade>,
}

/// How much a piece of evidence proves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Grade {
    Conclusive,
    Strong,
    Weak,
    Conflict,
}

/// A transaction that may be the payment: "Is this the customer's?"
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CandidateView {
    pub(crate) paid_with: String,
    pub(crate) amount: String,
    /// The terminal's own time, without a zone.
    pub(crate) at: String,
    pub(crate) approval_code: Option<String>,
    /// The cashier has to give the last four digits of the transaction's number.
    pub(crate) needs_digits: bool,
    /// Somebody said that it is not this customer's.
    pub(crate) refused: bool,
}

/// The journal, from beginning to end.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct JournalView {
    pub(crate) whole: bool,
    pub(crate) entries: i64,
    /// The beginning of the last entry's code.
    pub(crate) head: String,
    /// The first entry that does not fit, in words.
    pub(crate) fault: Option<String>,
}

/// Why it is, or is not, safe to charge again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SafeReason {
    Declined,
    NotCharged,
    Voided,
    DecidedNotCharged,
    InFlight,
    Approved,
    Pending,
    Unknown,
    BeingChecked,
    VoidInDoubt,
    DecidedCharged,
    Conflict,
}

/// A payment as the counter sees it.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PaymentView {
    pub(crate) reference: String,
    pub(crate) ticket: i64,
    pub(crate) receipt: Option<String>,
    pub(crate) kind: PaymentKind,
    /// Of a void: what it undoes.
    pub(crate) original: Option<String>,
    pub(crate) state: PaymentState,
    /// False while an answer could not be saved.
    pub(crate) saved: bool,
    pub(crate) amount: String,
    /// The cash beside it. Whether the gateway counts it into the amount is not documented: the two are never added.
    pub(crate) cash: Option<String>,
    pub(crate) extras: TicketExtras,
    pub(crate) currency: String,
    pub(crate) method: Method,
    pub(crate) paid_with: String,
    pub(crate) terminal_id: String,
    pub(crate) terminal_name: String,
    pub(crate) at: String,
    pub(crate) sent_at: Option<String>,
    /// When the wait for the terminal ends.
    pub(crate) deadline_at: Option<String>,
    pub(crate) explanation: Option<Explanation>,
    pub(crate) approval_code: Option<String>,
    pub(crate) entry_mode: Option<String>,
    pub(crate) safe_to_charge_again: bool,
    pub(crate) safe_reason: SafeReason,
    pub(crate) conflict: bool,
    /// Why a manager decided as they did.
    pub(crate) reason: Option<String>,
    pub(crate) candidate: Option<CandidateView>,
    pub(crate) timeline: Vec<TimelineEntry>,
    /// What the ticket's other legs settle, and what is still due, while it is not paid in full.
    pub(crate) paid_so_far: Option<String>,
    pub(crate) still_due: Option<String>,
    pub(crate) actions: Vec<Action>,
}

/// A row of the history.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct HistoryRow {
    pub(crate) reference: String,
    pub(crate) at: String,
    pub(crate) receipt: Option<String>,
    pub(crate) paid_with: String,
    pub(crate) method: Method,
    pub(crate) terminal_name: String,
    pub(crate) amount: String,
    /// The cash beside it.
    pub(crate) cash: Option<String>,
    pub(crate) currency: String,
    pub(crate) kind: PaymentKind,
    pub(crate) state: PaymentState,
}

/// A page of the history.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct HistoryPage {
    pub(crate) rows: Vec<EntryView>,
    pub(crate) next: Option<String>,
}

/// One payment with all that is known of it.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct PaymentDetail {
    pub(crate) payment: PaymentView,
    /// Lines of plain text; none before there is a receipt.
    pub(crate) receipt: Vec<String>,
    pub(crate) voids: Vec<PaymentView>,
    /// The sale it is a leg of, or that it gives back for; none where there is no ticket.
    pub(crate) sale: Option<SaleView>,
}

/// What a payment's view needs besides the payment.
pub(crate) struct Around {
    pub(crate) saved: bool,
    pub(crate) terminal_name: String,
    pub(crate) timeline: Vec<till::Moment>,
    /// Where its ticket stands.
    pub(crate) standing: Option<till::Standing>,
}

/// How long the terminal is waited for, in seconds; the countdown's length.
const WAIT_SECONDS: i64 = 80;

impl PaymentView {
    /// The view of a payment.
    pub(crate) fn new(payment: &till::Payment, around: Around) -> Self {
        let safety = safe_to_charge_again(payment);
        let partly = around
            .standing
            .as_ref()
            .filter(|standing| standing.is_partly_paid());
        let deadline = payment
            .sent_at
            .map(|at| at + jiff::SignedDuration::from_secs(WAIT_SECONDS));
        Self {
            reference: payment.reference.to_string(),
            ticket: payment.ticket.unwrap_or_default(),
            receipt: receipt_number(payment),
            kind: payment.kind.into(),
            original: payment.original.as_ref().map(ToString::to_string),
            state: state(payment),
            saved: around.saved,
            amount: payment.amount.to_string(),
            cash: payment.cash.map(|cash| cash.to_string()),
            extras: payment.extras.clone().into(),
            currency: payment.amount.currency().code().to_owned(),
            method: payment.method.into(),
            paid_with: paid(payment),
            terminal_id: payment.terminal.clone(),
            terminal_name: around.terminal_name,
            at: payment.created_at.to_string(),
            sent_at: payment.sent_at.map(|at| at.to_string()),
            deadline_at: deadline.map(|at| at.to_string()),
            explanation: payment.explanation.as_ref().map(Explanation::from),
            approval_code: payment.salient.approval_code.clone(),
            entry_mode: payment.salient.entry_mode.clone(),
            safe_to_charge_again: safety.safe,
            safe_reason: safety.reason.into(),
            conflict: payment.conflict,
            reason: payment.reason.clone(),
            candidate: payment.candidate.as_ref().map(|shown| candidate(payment, shown)),
            timeline: around.timeline.into_iter().map(TimelineEntry::from).collect(),
            paid_so_far: partly.map(|standing| standing.paid.to_string()),
            still_due: partly.map(|standing| standing.due.to_string()),
            actions: actions::of(payment, partly.is_some()),
        }
    }
}

impl HistoryRow {
    /// The row of a payment.
    pub(crate) fn new(payment: &till::Payment, terminal_name: String) -> Self {
        Self {
            reference: payment.reference.to_string(),
            at: payment.created_at.to_string(),
            receipt: receipt_number(payment),
            paid_with: paid(payment),
            method: payment.method.into(),
            terminal_name,
            amount: payment.amount.to_string(),
            cash: payment.cash.map(|cash| cash.to_string()),
            currency: payment.amount.currency().code().to_owned(),
            kind: payment.kind.into(),
            state: state(payment),
        }
    }
}

/// The card or wallet by its name; empty while only the way to pay is known, which the page says in its own words.
fn paid(payment: &till::Payment) -> String {
    let known =
        payment.salient.channel.is_some() || payment.channel.is_some() || payment.salient.card.is_some();
    if known { paid_with(payment) } else { String::new() }
}

fn receipt_number(payment: &till::Payment) -> Option<String> {
    payment.receipt.map(|number| format!("{number:04}"))
}

fn state(payment: &till::Payment) -> PaymentState {
    match payment.state {
        State::Prepared => PaymentState::Prepared,
        State::Sent => PaymentState::Sent,
        State::Pending => PaymentState::Pending,
        State::Unknown => PaymentState::Unknown,
        State::Approved if payment.void_in_doubt => PaymentState::VoidInDoubt,
        State::Approved => PaymentState::Approved,
        State::Declined => PaymentState::Declined,
        State::NotCharged => PaymentState::NotCharged,
        State::Voided => PaymentState::Voided,
        State::Overridden(Decision::Charged) => PaymentState::ChargedByHand,
        State::Overridden(Decision::NotCharged) => PaymentState::NotChargedByHand,
    }
}

fn candidate(payment: &till::Payment, shown: &till::Candidate) -> CandidateView {
    let as_if = till::Payment {
        salient: shown.salient.clone(),
        ..payment.clone()
    };
    CandidateView {
        paid_with: paid_with(&as_if),
        amount: payment.amount.to_string(),
        at: shown.salient.trans_date_time.clone().unwrap_or_default(),
        approval_code: shown.salient.approval_code.clone(),
        needs_digits: payment.method != cloudecr::PaymentMethod::BankCard,
        refused: shown.refused,
    }
}

impl From<till::Moment> for TimelineEntry {
    fn from(moment: till::Moment) -> Self {
        let kind = match moment.what {
            Happening::Prepared => TimelineKind::Prepared,
            Happening::Sent => TimelineKind::Sent,
            Happening::Approved => TimelineKind::Approved,
            Happening::Declined => TimelineKind::Declined,
            Happening::NotCharged => TimelineKind::NotCharged,
            Happening::Pending => TimelineKind::Pending,
            Happening::AnswerLost => TimelineKind::AnswerLost,
            Happening::Refused => TimelineKind::Refused,
            Happening::NoEvidence => TimelineKind::NoEvidence,
            Happening::CalledBack => TimelineKind::CalledBack,
            Happening::Evidence => TimelineKind::Evidence,
            Happening::Restarted => TimelineKind::Restarted,
            Happening::Voided => TimelineKind::Voided,
            Happening::Decided => TimelineKind::Decided,
            Happening::Conflict => TimelineKind::Conflict,
            Happening::Reprinted => TimelineKind::Reprinted,
            Happening::NotReprinted => TimelineKind::NotReprinted,
            Happening::ReprintUnknown => TimelineKind::ReprintUnknown,
            Happening::Taken => TimelineKind::Taken,
            Happening::TakenBack => TimelineKind::TakenBack,
            Happening::HandedOver => TimelineKind::HandedOver,
            Happening::Returned => TimelineKind::Returned,
            Happening::ReceiptPrinted => TimelineKind::ReceiptPrinted,
            Happening::ReceiptNotPrinted => TimelineKind::ReceiptNotPrinted,
            Happening::ReceiptUnknown => TimelineKind::ReceiptUnknown,
        };
        let grade = moment.grade.map(|grade| match grade {
            till::Grade::Conclusive => Grade::Conclusive,
            till::Grade::Strong => Grade::Strong,
            till::Grade::Weak => Grade::Weak,
            till::Grade::Conflict => Grade::Conflict,
        });
        Self {
            at: moment.at.to_string(),
            kind,
            detail: moment.detail,
            said: moment.said.as_ref().map(Said::from),
            grade,
        }
    }
}

impl From<Kind> for PaymentKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Sale => Self::Sale,
            Kind::CashOut => Self::CashOut,
            Kind::Void => Self::Void,
        }
    }
}

impl From<cloudecr::PaymentMethod> for Method {
    fn from(method: cloudecr::PaymentMethod) -> Self {
        match method {
            cloudecr::PaymentMethod::BankCard => Self::BankCard,
            cloudecr::PaymentMethod::QrCustScan => Self::QrCustScan,
            cloudecr::PaymentMethod::QrMerchScan => Self::QrMerchScan,
        }
    }
}

impl From<Method> for cloudecr::PaymentMethod {
    fn from(method: Method) -> Self {
        match method {
            Method::BankCard => Self::BankCard,
            Method::QrCustScan => Self::QrCustScan,
            Method::QrMerchScan => Self::QrMerchScan,
        }
    }
}

impl From<Reason> for SafeReason {
    fn from(reason: Reason) -> Self {
        match reason {
            Reason::Declined => Self::Declined,
            Reason::NotCharged => Self::NotCharged,
            Reason::Voided => Self::Voided,
            Reason::DecidedNotCharged => Self::DecidedNotCharged,
            Reason::InFlight => Self::InFlight,
            Reason::Approved => Self::Approved,
            Reason::Pending => Self::Pending,
            Reason::Unknown => Self::Unknown,
            Reason::BeingChecked => Self::BeingChecked,
            Reason::VoidInDoubt => Self::VoidInDoubt,
            Reason::DecidedCharged => Self::DecidedCharged,
            Reason::Conflict => Self::Conflict,
        }
    }
}
