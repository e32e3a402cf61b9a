//! Reading an error answer: by its code's row, by its HTTP status, and by how late it came.

use std::time::Duration;

use super::unknown;
use crate::{
    Asked, CodeSource, DoubtReason, NoCharge, Refusal, TransType, Verdict,
    codes::{self, ErrorCode, Money},
};

/// A refusal that comes later than this may come from a terminal that had begun.
const PROMPT: Duration = Duration::from_secs(10);

/// HTTP statuses that, without any code, are given before a terminal is involved.
const BEFORE_THE_TERMINAL: [u16; 8] = [400, 401, 403, 404, 405, 413, 415, 429];

/// The HTTP status of somebody who asks too much. The documentation gives it no code of its own.
const TOO_MANY_REQUESTS: u16 = 429;

/// Codes after which a void may have been done already, so that the original is asked about once.
const VOIDED_ALREADY: [u32; 2] = [40029, 40410];

pub(super) fn judge(asked: &Asked, refused: &Refusal, elapsed: Duration) -> Verdict {
    let row = refused.code.and_then(codes::error);
    let doubt = |detail: String| {
        unknown(
            DoubtReason::GatewayError,
            refused.code.map(|code| code.to_string()),
            detail,
        )
    };
    match reading(refused, row) {
        Money::NotActedOn if elapsed > PROMPT => doubt(format!(
            "{} It came after {} s, when the terminal may have begun.",
            meaning(refused, row),
            elapsed.as_secs()
        )),
        Money::NotActedOn => {
            let perhaps_voided = refused.code.is_some_and(|code| VOIDED_ALREADY.contains(&code));
            match asked.trans_type {
                TransType::Void if perhaps_voided => Verdict::Check(no_charge(refused, row)),
                TransType::Void
                | TransType::Sale
                | TransType::CashOut
                | TransType::WalletInquiry
                | TransType::GetLast
                | TransType::Print
                | TransType::Other(_) => Verdict::NotCharged(no_charge(refused, row)),
            }
        }
        Money::Declined => Verdict::Declined(no_charge(refused, row)),
        Money::Check => Verdict::Check(no_charge(refused, row)),
        Money::Unknown | Money::NotApplicable => doubt(meaning(refused, row)),
    }
}

/// The code's row, or the HTTP status without one; where the two disagree, the worse.
fn reading(refused: &Refusal, row: Option<&ErrorCode>) -> Money {
    let by_status = if BEFORE_THE_TERMINAL.contains(&refused.http) {
        Money::NotActedOn
    } else {
        Money::Unknown
    };
    let Some(code) = refused.code else {
        return by_status;
    };
    let by_code = row.map_or(Money::Unknown, |row| row.money);
    let agree = (200..300).contains(&refused.http) || first_three_digits(code) == u32::from(refused.http);
    if agree || badness(by_code) >= badness(by_status) {
        by_code
    } else {
        by_status
    }
}

fn first_three_digits(mut code: u32) -> u32 {
    while code > 999 {
        code /= 10;
    }
    code
}

/// How far from a harmless no.
fn badness(money: Money) -> u8 {
    match money {
        Money::NotActedOn => 0,
        Money::Declined => 1,
        Money::Check => 2,
        Money::Unknown | Money::NotApplicable => 3,
    }
}

fn no_charge(refused: &Refusal, row: Option<&ErrorCode>) -> NoCharge {
    NoCharge {
        source: CodeSource::Gateway,
        code: refused
            .code
            .map_or_else(|| format!("HTTP {}", refused.http), |code| code.to_string()),
        meaning: meaning(refused, row),
        next: match row {
            Some(row) => row.next,
            None if refused.http == TOO_MANY_REQUESTS => "Wait a minute, then try again.",
            None => "Check the gateway's address and the credentials in Settings, then try again.",
        }
        .to_owned(),
        text: Some(refused.message.clone()).filter(|message| !message.trim().is_empty()),
        trans_id: None,
    }
}

fn meaning(refused: &Refusal, row: Option<&ErrorCode>) -> String {
    match (row, refused.code) {
        (Some(row), _) if (200..300).contains(&refused.http) || row.http == refused.http => {
            row.meaning.to_owned()
        }
        (Some(row), _) => format!(
            "{} (It came with HTTP {}, which does not fit.)",
            row.meaning, refused.http
        ),
        (None, Some(code)) => format!(
            "The gateway answered with a code that is not listed, {code} (HTTP {}).",
            refused.http
        ),
        (None, None) if refused.http == TOO_MANY_REQUESTS => {
            "The gateway has had too many requests, so nothing was done.".to_owned()
        }
        (None, None) => format!("The gateway answered HTTP {} without a code.", refused.http),
    }
}
