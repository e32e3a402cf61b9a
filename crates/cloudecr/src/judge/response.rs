//! Reading a verified transfer response: is it the answer to this request, and what does it say.

use super::unknown;
use crate::{
    Asked, CodeSource, Doubt, DoubtReason, NoCharge, PaymentMethod, TransType, TransferResponse, Verdict,
    WireAmount,
    codes::{self, ChannelKind, ResponseMoney},
};

/// Whether a field may be missing: a decline may leave out what an approval must prove.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Absent {
    Allowed,
    Refused,
}

/// How an amount compares with the one asked for.
enum Compared {
    Same,
    Other,
    Absent,
    Unreadable(String),
}

pub(super) fn judge(asked: &Asked, answer: &TransferResponse) -> Verdict {
    let status = answer.status_code.as_deref().unwrap_or_default();
    match status {
        "00" => approval(asked, answer),
        "11" => failure(asked, answer),
        "22" => pending(asked, answer),
        other => unknown(
            DoubtReason::UnknownStatus,
            Some(other.to_owned()),
            format!("the answer's statusCode is {other:?}, which is none of 00, 11 and 22"),
        ),
    }
}

fn approval(asked: &Asked, answer: &TransferResponse) -> Verdict {
    if let Err(doubt) =
        same_request(asked, answer, Absent::Refused).and(same_currency(asked, answer, Absent::Refused))
    {
        return Verdict::Unknown(doubt);
    }
    if given(&answer.trans_data.trans_id).is_none() {
        return unknown(
            DoubtReason::MissingTransId,
            None,
            "the approval names no transaction".to_owned(),
        );
    }
    if let Err(doubt) = same_original(asked, answer) {
        return Verdict::Unknown(doubt);
    }
    match compare_amounts(asked, answer) {
        Compared::Same => Verdict::Approved(Box::new(answer.clone())),
        Compared::Other => Verdict::Conflict(Box::new(answer.clone())),
        Compared::Absent => unknown(
            DoubtReason::Unreadable,
            None,
            "the approval names no amount to compare".to_owned(),
        ),
        Compared::Unreadable(detail) => unknown(DoubtReason::Unreadable, None, detail),
    }
}

/// A pending answer lets go of the terminal, so its identity is checked as strictly as an approval's; amount,
/// currency and transaction may follow with the final one.
fn pending(asked: &Asked, answer: &TransferResponse) -> Verdict {
    let fits = same_request(asked, answer, Absent::Refused)
        .and(same_currency(asked, answer, Absent::Allowed))
        .and(same_original(asked, answer));
    if let Err(doubt) = fits {
        return Verdict::Unknown(doubt);
    }
    match compare_amounts(asked, answer) {
        Compared::Same | Compared::Absent => Verdict::Pending(Box::new(answer.clone())),
        Compared::Other => Verdict::Conflict(Box::new(answer.clone())),
        Compared::Unreadable(detail) => unknown(DoubtReason::Unreadable, None, detail),
    }
}

fn failure(asked: &Asked, answer: &TransferResponse) -> Verdict {
    let fits = same_request(asked, answer, Absent::Allowed)
        .and(same_currency(asked, answer, Absent::Allowed))
        .and(same_original(asked, answer));
    if let Err(doubt) = fits {
        return Verdict::Unknown(doubt);
    }
    match compare_amounts(asked, answer) {
        Compared::Same | Compared::Absent => no(asked, answer),
        // Nothing was charged by it, so there is no other amount to show: it is the answer to something else.
        Compared::Other => unknown(
            DoubtReason::OtherTransaction,
            None,
            "the refusal is of another amount".to_owned(),
        ),
        Compared::Unreadable(detail) => unknown(DoubtReason::Unreadable, None, detail),
    }
}

/// Declined or check, by the channel's own code.
fn no(asked: &Asked, answer: &TransferResponse) -> Verdict {
    let code = given(&answer.response_code).unwrap_or_default();
    let kind = kind(asked, answer, code);
    let row = codes::response(kind, code);
    let is_void = match asked.trans_type {
        TransType::Void => true,
        TransType::Sale
        | TransType::CashOut
        | TransType::WalletInquiry
        | TransType::GetLast
        | TransType::Print
        | TransType::Other(_) => false,
    };
    let meaning = match row {
        Some(row) if row.money != ResponseMoney::Approved => row.meaning.to_owned(),
        Some(_) => format!("The payment failed, although its code {code} is that of a success."),
        None if code.is_empty() => "The payment failed; no reason was given.".to_owned(),
        None => format!("The payment failed with a code that is not listed ({code})."),
    };
    let definite = row.is_some_and(|row| row.money == ResponseMoney::Declined) && !(is_void && code == "V1");
    let next = match (definite, is_void) {
        (true, true) => "The payment stands; ask the acquirer for a refund if it has to be undone.",
        (true, false) => "Offer another way to pay.",
        (false, true) => "Wait for the check whether it was voided.",
        (false, false) => "Wait for the check before charging again.",
    };
    let no_charge = NoCharge {
        source: match kind {
            ChannelKind::Card => CodeSource::Card,
            ChannelKind::Wallet => CodeSource::Wallet,
        },
        code: code.to_owned(),
        meaning,
        next: next.to_owned(),
        text: given(&answer.response_text).map(str::to_owned),
        trans_id: given(&answer.trans_data.trans_id).map(str::to_owned),
    };
    if definite {
        Verdict::Declined(no_charge)
    } else {
        Verdict::Check(no_charge)
    }
}

/// Which table the code is in: by how the customer paid; where that is not known by the codes themselves, since the
/// two tables share none.
fn kind(asked: &Asked, answer: &TransferResponse, code: &str) -> ChannelKind {
    match asked.method {
        Some(PaymentMethod::BankCard) => ChannelKind::Card,
        Some(PaymentMethod::QrCustScan | PaymentMethod::QrMerchScan) => ChannelKind::Wallet,
        None if codes::response(ChannelKind::Card, code).is_some() => ChannelKind::Card,
        None if codes::response(ChannelKind::Wallet, code).is_some() => ChannelKind::Wallet,
        None if given(&answer.trans_data.card_no).is_some() => ChannelKind::Card,
        None => ChannelKind::Wallet,
    }
}

/// The fields that tie an answer to its request.
fn same_request(asked: &Asked, answer: &TransferResponse, absent: Absent) -> Result<(), Doubt> {
    let fields = [
        (
            DoubtReason::OtherReference,
            "referenceId",
            &answer.reference_id,
            asked.reference_id.as_str(),
        ),
        (
            DoubtReason::OtherTerminal,
            "deviceId",
            &answer.device_id,
            asked.device_id.as_str(),
        ),
        (
            DoubtReason::OtherPos,
            "posId",
            &answer.pos_id,
            asked.pos_id.as_str(),
        ),
        (
            DoubtReason::OtherType,
            "transType",
            &answer.trans_type,
            asked.trans_type.as_str(),
        ),
    ];
    for (reason, name, found, wanted) in fields {
        same(reason, name, given(found), wanted, absent)?;
    }
    Ok(())
}

fn same_currency(asked: &Asked, answer: &TransferResponse, absent: Absent) -> Result<(), Doubt> {
    let found = given(&answer.trans_data.currency);
    same(
        DoubtReason::OtherCurrency,
        "currency",
        found,
        &asked.currency,
        absent,
    )
}

/// A void repeats the `transId` of the payment that it undoes; other kinds bring one of their own.
fn same_original(asked: &Asked, answer: &TransferResponse) -> Result<(), Doubt> {
    let found = given(&answer.trans_data.trans_id);
    match &asked.original_trans_id {
        Some(original) => same(
            DoubtReason::OtherTransaction,
            "transId",
            found,
            original,
            Absent::Allowed,
        ),
        None => Ok(()),
    }
}

fn same(
    reason: DoubtReason,
    name: &str,
    found: Option<&str>,
    wanted: &str,
    absent: Absent,
) -> Result<(), Doubt> {
    let doubt = |detail| Doubt {
        reason,
        code: None,
        detail,
    };
    match found {
        Some(found) if found == wanted => Ok(()),
        Some(found) => Err(doubt(format!("the answer's {name} is {found:?}, not {wanted:?}"))),
        None if absent == Absent::Allowed => Ok(()),
        None => Err(doubt(format!("the answer names no {name}"))),
    }
}

/// The amount, and for a cash-out the cash: never their sum, since whether one includes the other is not documented.
fn compare_amounts(asked: &Asked, answer: &TransferResponse) -> Compared {
    let total = compare(asked.amount, &answer.trans_data.trans_amt);
    let Compared::Same = total else {
        return total;
    };
    match (&asked.cash, given(&answer.trans_data.cash_amt)) {
        (Some(cash), _) => compare(Some(*cash), &answer.trans_data.cash_amt),
        // Cash that nobody asked for is money all the same.
        (None, Some(found))
            if asked.trans_type == TransType::Sale && found.bytes().any(|b| (b'1'..=b'9').contains(&b)) =>
        {
            Compared::Other
        }
        (None, _) => Compared::Same,
    }
}

fn compare(wanted: Option<WireAmount>, found: &Option<String>) -> Compared {
    match (
        wanted,
        given(found).map(|text| (text, WireAmount::from_answer(text))),
    ) {
        (_, None) => Compared::Absent,
        (_, Some((text, Err(_)))) => {
            Compared::Unreadable(format!("the answer's amount cannot be read: {text:?}"))
        }
        (Some(wanted), Some((_, Ok(found)))) if wanted == found => Compared::Same,
        (Some(_), Some((_, Ok(_)))) => Compared::Other,
        (None, Some((_, Ok(_)))) => {
            Compared::Unreadable("there is no amount to compare the answer's with".to_owned())
        }
    }
}

/// A field that has something in it.
fn given(field: &Option<String>) -> Option<&str> {
    field.as_deref().filter(|text| !text.is_empty())
}
