//! From the protocol's verdicts to the till's events and words.

use cloudecr::codes::ChannelKind;
use cloudecr::{CallError, CodeSource, Doubt, DoubtReason, NoCharge, TransferResponse, Verdict, codes};

use crate::payment::{Explanation, PaymentEvent, Said, Salient, Source};
use crate::reference::Reference;
use crate::store::StoreError;

/// What a verdict makes of a payment.
pub(crate) struct Reading {
    pub(crate) event: PaymentEvent,
    pub(crate) checking: bool,
    pub(crate) conflict: bool,
    pub(crate) explanation: Option<Explanation>,
    pub(crate) salient: Option<Salient>,
    /// For the time line.
    pub(crate) finding: String,
}

/// Reads a verdict. A void that is declined was not charged back: its state says *declined* all the same, and the page
/// reads *not voided*.
pub(crate) fn from_verdict(verdict: Verdict) -> Reading {
    let plain = |event, explanation: Explanation| Reading {
        event,
        checking: false,
        conflict: false,
        finding: explanation.meaning.clone(),
        explanation: Some(explanation),
        salient: None,
    };
    match verdict {
        Verdict::Approved(answer) => Reading {
            event: PaymentEvent::Approved,
            checking: false,
            conflict: false,
            explanation: None,
            finding: "approved".to_owned(),
            salient: Some(salient(&answer)),
        },
        Verdict::Pending(answer) => Reading {
            event: PaymentEvent::Pended,
            checking: false,
            conflict: false,
            explanation: Some(pending()),
            finding: "pending".to_owned(),
            salient: Some(salient(&answer)),
        },
        Verdict::Declined(no) => plain(PaymentEvent::Declined, no_charge(&no)),
        Verdict::NotCharged(no) => plain(PaymentEvent::NotCharged, no_charge(&no)),
        Verdict::Check(no) => Reading {
            checking: true,
            ..plain(PaymentEvent::Lost, no_charge(&no))
        },
        Verdict::Unknown(doubt) => plain(PaymentEvent::Lost, doubtful(&doubt)),
        Verdict::Conflict(answer) => {
            let amount = answer.trans_data.trans_amt.clone().unwrap_or_default();
            Reading {
                conflict: true,
                salient: Some(salient(&answer)),
                ..plain(PaymentEvent::Lost, other_amount(&amount))
            }
        }
    }
}

/// What an answer says that people look for later.
pub(crate) fn salient(answer: &TransferResponse) -> Salient {
    let data = &answer.trans_data;
    Salient {
        trans_id: data.trans_id.clone(),
        inv_no: data.inv_no.clone(),
        channel: data.payment_channel.clone(),
        card: data.card_no.clone(),
        entry_mode: data.entry_mode.clone(),
        approval_code: data.appr_code.clone(),
        rrn: data.rrn.clone(),
        tid: data.tid.clone(),
        mid: data.mid.clone(),
        aid: data.aid.clone(),
        trans_date_time: data.trans_date_time.clone(),
    }
}

pub(crate) fn words(code: &str, meaning: &str, next: &str) -> Explanation {
    Explanation {
        said: Said::till(code),
        meaning: meaning.to_owned(),
        next: next.to_owned(),
    }
}

/// As [`words`], with what the page's own words leave open.
fn about(code: &str, detail: &str, meaning: &str, next: &str) -> Explanation {
    let mut explanation = words(code, meaning, next);
    explanation.said.detail = Some(detail.to_owned());
    explanation
}

/// The wallet lets the customer decide.
pub(crate) fn pending() -> Explanation {
    words(
        "pending",
        "The wallet has not decided yet.",
        "Wait: Kaunter keeps asking.",
    )
}

/// An answer about this payment, or the terminal's record of it, has another amount.
pub(crate) fn other_amount(amount: &str) -> Explanation {
    about(
        "other_amount",
        amount,
        &format!("The terminal's answer has another amount: {amount}."),
        "Call the manager; compare with the terminal's slip.",
    )
}

/// The gateway's code for a payment that was cancelled at the terminal.
const CANCELLED: &str = "42210";

fn no_charge(no: &NoCharge) -> Explanation {
    if no.source == CodeSource::Gateway && no.code == CANCELLED {
        // The table's words warn of a wallet that paid in the same moment. The till asks about that before it says no.
        return Explanation {
            said: said(no),
            meaning: "The payment was cancelled at the terminal.".to_owned(),
            next: "Ask the customer; charge again if wanted.".to_owned(),
        };
    }
    Explanation {
        said: said(no),
        meaning: no.meaning.clone(),
        next: no.next.clone(),
    }
}

fn said(no: &NoCharge) -> Said {
    let (source, code) = match no.source {
        CodeSource::Gateway => (Source::Gateway, no.code.clone()),
        CodeSource::Card => (Source::Card, no.code.clone()),
        CodeSource::Wallet => (Source::Wallet, no.code.clone()),
        CodeSource::Connection => (Source::Till, format!("not_sent_{}", no.code)),
    };
    Said {
        source,
        code,
        detail: no.text.clone(),
    }
}

fn doubtful(doubt: &Doubt) -> Explanation {
    let (code, meaning) = match doubt.reason {
        DoubtReason::TimedOut => ("timed_out", "No answer came in time."),
        DoubtReason::ConnectionLost => (
            "connection_lost",
            "The connection was lost before an answer came.",
        ),
        DoubtReason::Redirected => (
            "redirected",
            "The gateway pointed elsewhere instead of answering.",
        ),
        DoubtReason::Unreadable | DoubtReason::TooLarge => ("unreadable", "The answer could not be read."),
        DoubtReason::SignatureMissing | DoubtReason::SignatureWrong => (
            "signature",
            "The answer's signature is not the gateway's, so it proves nothing.",
        ),
        DoubtReason::OtherReference
        | DoubtReason::OtherTerminal
        | DoubtReason::OtherPos
        | DoubtReason::OtherType
        | DoubtReason::OtherCurrency
        | DoubtReason::OtherTransaction
        | DoubtReason::MissingTransId => (
            "other",
            "The answer is about something else, so it proves nothing.",
        ),
        DoubtReason::UnknownStatus => ("status", "The answer has a status that Kaunter does not know."),
        DoubtReason::GatewayError => ("gateway_error", "The gateway could not say how it went."),
    };
    let row = doubt
        .code
        .as_deref()
        .and_then(|code| code.parse().ok())
        .and_then(codes::error);
    let said = match (doubt.reason, &doubt.code) {
        (DoubtReason::GatewayError, Some(code)) => Said {
            source: Source::Gateway,
            code: code.clone(),
            detail: None,
        },
        (_, detail) => Said {
            detail: detail.clone(),
            ..Said::till(code)
        },
    };
    Explanation {
        said,
        meaning: row.map_or(meaning, |row| row.meaning).to_owned(),
        next: "Do not charge again; Kaunter is finding out.".to_owned(),
    }
}

/// Why a verified answer to an inquiry says no.
pub(crate) fn decline_words(answer: &TransferResponse) -> Explanation {
    let code = answer.response_code.as_deref().unwrap_or_default();
    let card = codes::response(ChannelKind::Card, code);
    let row = card.or_else(|| codes::response(ChannelKind::Wallet, code));
    let text = answer
        .response_text
        .as_deref()
        .unwrap_or("The payment was declined.");
    Explanation {
        said: Said {
            source: if card.is_some() {
                Source::Card
            } else {
                Source::Wallet
            },
            code: code.to_owned(),
            detail: answer.response_text.clone().filter(|text| !text.is_empty()),
        },
        meaning: row.map_or(text, |row| row.meaning).to_owned(),
        next: "Offer another way to pay.".to_owned(),
    }
}

/// The gateway's code for an account that is signed in elsewhere; nothing here can end that session.
const SESSION_ELSEWHERE: u32 = 40314;

/// There was no session to send the payment in.
pub(super) fn from_call_error(error: &CallError) -> Explanation {
    if let CallError::RateLimited { .. } = error {
        return words(
            "rate_limited",
            "The gateway has had too many requests, so nothing was sent.",
            "Wait a minute, then charge again.",
        );
    }
    let row = error.code().and_then(codes::error);
    match row {
        Some(row) => Explanation {
            said: Said {
                source: Source::Gateway,
                code: row.code.to_string(),
                detail: None,
            },
            meaning: row.meaning.to_owned(),
            next: match row.code {
                SESSION_ELSEWHERE => "Sign out there, or wait until midnight, when every session ends.",
                _ => row.next,
            }
            .to_owned(),
        },
        None => words(
            "not_signed_in",
            "The payment gateway could not be reached, so nothing was sent.",
            "Check this computer's network connection, then charge again.",
        ),
    }
}

pub(super) fn unsendable(why: &str) -> Explanation {
    about(
        "unsendable",
        why,
        &format!("The payment cannot be sent: {why}."),
        "Correct it and try again.",
    )
}

pub(super) fn unsaved_before_sending(error: &StoreError) -> Explanation {
    about(
        "not_saved",
        &error.to_string(),
        &format!("The payment could not be saved, so it was not sent ({error})."),
        "Put that right, then charge again.",
    )
}

pub(super) fn overslept() -> Explanation {
    words(
        "overslept",
        "No answer came in time: this computer slept, or its clock was set.",
        "Do not charge again; Kaunter is finding out.",
    )
}

pub(super) fn unsaved_answer() -> Explanation {
    words(
        "answer_not_saved",
        "The terminal answered, and the answer could not be saved on this computer.",
        "Look at the terminal. Free some disk space; Kaunter keeps trying to save it.",
    )
}

pub(super) fn known_transaction(other: &Reference) -> Explanation {
    about(
        "known_transaction",
        other.as_str(),
        &format!("The answer names the transaction of payment {other}, so it proves nothing about this one."),
        "Do not charge again; Kaunter is finding out.",
    )
}
