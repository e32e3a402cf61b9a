//! The one place that decides what an exchange says of the customer's money.
//!
//! A pure function of facts, so that every row of its rules can be tested by itself. It leans one way throughout: what
//! is not provably charged or provably not charged is unknown.

mod refusal;
mod response;

use crate::{
    Asked, CodeSource, Doubt, DoubtReason, Exchange, LostReason, NoCharge, NotSent, NotSentReason, Reply,
    Verdict,
};

/// What `exchange`, the outcome of the money-moving transfer `asked`, says of the money.
///
/// An approval counts only if it is signed and names the POS, terminal, reference, kind, amount and currency that
/// were asked for; see [`Verdict`]. A transfer that moves no money is judged unknown: its answer is evidence about
/// another transfer and says nothing of its own.
///
/// ```
/// use cloudecr::*;
/// # let asked = Asked { trans_type: TransType::Sale, pos_id: "p".into(), device_id: "t".into(), reference_id: "r".into(),
/// #     amount: WireAmount::from_hundredths(1250).ok(), cash: None, currency: "MYR".into(),
/// #     method: Some(PaymentMethod::BankCard), original_trans_id: None };
/// let lost = Exchange {
///     sent_at: "2025-01-15T08:19:28Z".parse().unwrap(),
///     elapsed: std::time::Duration::from_secs(80),
///     http_status: None,
///     body: None,
///     reply: Reply::Lost(Lost { reason: LostReason::TimedOut, detail: "80 s passed".into() }),
/// };
/// assert!(matches!(judge(&asked, &lost), Verdict::Unknown(_)));
/// ```
pub fn judge(asked: &Asked, exchange: &Exchange) -> Verdict {
    if !asked.trans_type.is_money_moving() {
        return unknown(
            DoubtReason::OtherType,
            None,
            format!("a {} moves no money", asked.trans_type),
        );
    }
    match &exchange.reply {
        Reply::Verified(answer) => response::judge(asked, answer),
        Reply::Unverified(answer) => {
            let missing = answer
                .signature
                .as_deref()
                .is_none_or(|signature| signature.trim().is_empty());
            if missing {
                unknown(
                    DoubtReason::SignatureMissing,
                    None,
                    "the answer carries no signature".to_owned(),
                )
            } else {
                unknown(
                    DoubtReason::SignatureWrong,
                    None,
                    "the answer's signature is not of our secret key".to_owned(),
                )
            }
        }
        Reply::Refused(refused) => refusal::judge(asked, refused, exchange.elapsed),
        Reply::NotSent(not_sent) => Verdict::NotCharged(never_left(not_sent)),
        Reply::Lost(lost) => {
            let reason = match lost.reason {
                LostReason::TimedOut => DoubtReason::TimedOut,
                LostReason::ConnectionLost => DoubtReason::ConnectionLost,
                LostReason::Redirected => DoubtReason::Redirected,
                LostReason::Unreadable => DoubtReason::Unreadable,
                LostReason::TooLarge => DoubtReason::TooLarge,
            };
            unknown(reason, None, lost.detail.clone())
        }
    }
}

fn unknown(reason: DoubtReason, code: Option<String>, detail: String) -> Verdict {
    Verdict::Unknown(Doubt { reason, code, detail })
}

/// Words for a request of which nothing was written.
fn never_left(not_sent: &NotSent) -> NoCharge {
    let network = "Check this computer's network, then try again.";
    let (code, meaning, next) = match &not_sent.reason {
        NotSentReason::Dns => (
            "dns",
            "The gateway's name was not found; nothing was sent.".to_owned(),
            network,
        ),
        NotSentReason::Connect => (
            "connect",
            "The gateway could not be reached; nothing was sent.".to_owned(),
            network,
        ),
        NotSentReason::Tls => (
            "tls",
            "The connection to the gateway could not be secured; nothing was sent.".to_owned(),
            "Check this computer's clock and network, then try again.",
        ),
        NotSentReason::RateLimited { .. } => (
            "rate_limited",
            "Too many requests were made in a short time; nothing was sent.".to_owned(),
            "Wait a few minutes, then try again.",
        ),
        NotSentReason::NoSession(why) => (
            "session",
            format!("Signing in to the gateway failed; nothing was sent. {why}"),
            "Put that right, then try again.",
        ),
    };
    NoCharge {
        source: CodeSource::Connection,
        code: code.to_owned(),
        meaning,
        next: next.to_owned(),
        text: Some(not_sent.detail.clone()).filter(|detail| !detail.is_empty()),
        trans_id: None,
    }
}
