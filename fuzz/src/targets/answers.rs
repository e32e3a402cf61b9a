//! A transfer's answer, from its bytes to what it says of the customer's money.
//!
//! Whatever the bytes: an approval is signed by the merchant's key, and names the very request, amount and currency; what
//! is not of the protocol says nothing; and a request that moves no money is never answered with a yes or a no about it.

use std::time::Duration;

use cloudecr::{Asked, Exchange, SecretKey, TransType, TransferResponse, Verdict, judge, read};
use jiff::Timestamp;
use serde_json::Value;

use super::{pick, seed, split};
use crate::messages::{self, KEY};
use crate::slow::{self, field, hundredths};

/// HTTP statuses, the usual one more often.
const STATUSES: [u16; 16] = [
    200, 200, 200, 200, 200, 201, 202, 204, 299, 301, 307, 400, 401, 422, 500, 504,
];

/// Who signs the answer before it is read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Signer {
    /// Nobody: it keeps the signature that it came with.
    Nobody,
    /// The merchant's key, so that the search gets past the check.
    Us,
    /// Another key.
    Another,
}

/// Reads an answer and holds the verdict against the answer's own JSON. Gives the verdict, none for an input too short.
pub fn check(input: &[u8]) -> Option<Verdict> {
    let ([status, kind, signer], body) = split(input)?;
    let status = pick(&STATUSES, status);
    let asked = messages::asked(kind);
    let signer = pick(&[Signer::Nobody, Signer::Us, Signer::Us, Signer::Another], signer);
    let body = sign(body, signer);
    let exchange = Exchange {
        sent_at: Timestamp::UNIX_EPOCH,
        elapsed: Duration::from_secs(5),
        http_status: Some(status),
        body: str::from_utf8(&body).ok().map(str::to_owned),
        reply: read::transfer(&SecretKey::from_string(KEY.to_owned()), status, &body),
    };
    let verdict = judge(&asked, &exchange);
    let json = serde_json::from_slice::<Value>(&body).unwrap_or_default();
    hold(&asked, status, &json, &verdict);
    if signer == Signer::Another && slow::sign(KEY, &json) != slow::sign("another", &json) {
        assert!(!is_about_money(&verdict), "signed with another key: {verdict:?}");
    }
    Some(verdict)
}

/// Puts a signature into a JSON object; other bytes stay as they are.
pub(super) fn sign(body: &[u8], signer: Signer) -> Vec<u8> {
    let key = match signer {
        Signer::Nobody => return body.to_vec(),
        Signer::Us => KEY,
        Signer::Another => "another",
    };
    let Ok(Value::Object(fields)) = serde_json::from_slice(body) else {
        return body.to_vec();
    };
    let mut json = Value::Object(fields);
    json["signature"] = slow::sign(key, &json).into();
    json.to_string().into_bytes()
}

/// Whether a verdict could only come from a signed answer.
fn is_about_money(verdict: &Verdict) -> bool {
    match verdict {
        Verdict::Approved(_) | Verdict::Pending(_) | Verdict::Conflict(_) => true,
        Verdict::Declined(_) | Verdict::Check(_) | Verdict::NotCharged(_) | Verdict::Unknown(_) => false,
    }
}

/// Holds a verdict against the JSON that it was made of.
pub(super) fn hold(asked: &Asked, status: u16, json: &Value, verdict: &Verdict) {
    let success = (200..300).contains(&status);
    let status_code = field(json, "/statusCode");
    let has_code = field(json, "/code").is_some();
    if !asked.trans_type.is_money_moving() {
        assert!(
            matches!(verdict, Verdict::Unknown(_)),
            "it moves no money: {verdict:?}"
        );
    }
    if success && status_code.is_none() && !has_code {
        assert!(
            matches!(verdict, Verdict::Unknown(_)),
            "junk in a success: {verdict:?}"
        );
    }
    match verdict {
        Verdict::Approved(answer) => {
            ours(asked, status, json, answer);
            assert_eq!(status_code.as_deref(), Some("00"));
            assert_eq!(field(json, "/transData/currency").as_deref(), Some("MYR"));
            assert!(
                field(json, "/transData/transId").is_some(),
                "names no transaction"
            );
            assert!(amounts_fit(asked, json), "another amount was approved: {json}");
        }
        Verdict::Pending(answer) => {
            ours(asked, status, json, answer);
            assert_eq!(status_code.as_deref(), Some("22"));
        }
        Verdict::Conflict(answer) => {
            ours(asked, status, json, answer);
            assert!(matches!(status_code.as_deref(), Some("00" | "22")));
            assert!(!amounts_fit(asked, json), "no conflict: {json}");
        }
        // A no without a signature is an error body's, which its own target holds against the tables.
        Verdict::Declined(_) | Verdict::Check(_) if success && status_code.is_some() => {
            assert!(slow::verifies(KEY, json), "an unsigned no: {json}");
            assert_eq!(status_code.as_deref(), Some("11"));
            for (place, wanted) in identity(asked) {
                assert!(field(json, place).is_none_or(|found| found == wanted), "{place}");
            }
        }
        Verdict::Declined(_) | Verdict::Check(_) => assert!(has_code, "a no from nowhere: {json}"),
        Verdict::NotCharged(_) => {
            assert!(!success || has_code, "nothing says so: {json}");
            assert!(!success || status_code.is_none(), "a transfer response: {json}");
        }
        Verdict::Unknown(_) => {}
    }
}

/// What ties an answer to its request.
fn identity(asked: &Asked) -> [(&'static str, &str); 4] {
    [
        ("/referenceId", asked.reference_id.as_str()),
        ("/deviceId", asked.device_id.as_str()),
        ("/posId", asked.pos_id.as_str()),
        ("/transType", asked.trans_type.as_str()),
    ]
}

/// A yes, or a not yet: signed by us, in a success, about this request.
fn ours(asked: &Asked, status: u16, json: &Value, answer: &TransferResponse) {
    assert!((200..300).contains(&status), "HTTP {status}");
    assert!(slow::verifies(KEY, json), "not signed: {json}");
    for (place, wanted) in identity(asked) {
        assert_eq!(field(json, place).as_deref(), Some(wanted), "{place}");
    }
    if let (Some(original), Some(found)) = (&asked.original_trans_id, field(json, "/transData/transId")) {
        assert_eq!(&found, original, "a void of something else");
    }
    // What is stored and shown is what was signed.
    assert_eq!(
        answer.trans_data.trans_amt.clone().unwrap_or_default(),
        field(json, "/transData/transAmt").unwrap_or_default()
    );
}

/// Whether the amounts are those asked for: the purchase, the cash of a cash-out, and no cash that nobody asked for.
fn amounts_fit(asked: &Asked, json: &Value) -> bool {
    let found = |place| field(json, place).map(|text| hundredths(&text));
    let wanted =
        |amount: Option<cloudecr::WireAmount>| amount.map(|amount| Some(u128::from(amount.hundredths())));
    let cash = found("/transData/cashAmt");
    let cash_fits = match asked.trans_type {
        TransType::CashOut => cash == wanted(asked.cash),
        TransType::Sale => cash.is_none_or(|cash| cash.is_none_or(|cash| cash == 0)),
        TransType::Void
        | TransType::GetLast
        | TransType::WalletInquiry
        | TransType::Print
        | TransType::Other(_) => true,
    };
    found("/transData/transAmt") == wanted(asked.amount) && cash_fits
}

/// Every outcome, signed rightly, wrongly and not at all.
#[must_use]
pub fn seeds() -> Vec<Vec<u8>> {
    let mut seeds = Vec::new();
    for (kind, answer) in messages::answers() {
        seeds.push(seed(&[b'@', b'0' + kind, b'A'], answer.to_string()));
        seeds.push(seed(&[b'@', b'0' + kind, b'@'], messages::signed(answer)));
    }
    for (kind, answer) in messages::RESPONSES.into_iter().enumerate() {
        let kind = [1, 0, 1, 4, 5][kind];
        seeds.push(seed(&[b'@', b'0' + kind, b'@'], answer));
        seeds.push(seed(&[b'@', b'0' + kind, b'C'], answer));
    }
    let whole = messages::signed(messages::fitting(0, "00", "00"));
    seeds.push(seed(b"K0@", &whole));
    seeds.push(seed(b"N0@", &whole));
    seeds.push(seed(b"@0@", &whole[..whole.len() / 2]));
    seeds.push(seed(b"@0@", [whole.as_str(), whole.as_str()].concat()));
    for junk in ["", "null", "[]", "{}", "<html>", "\u{feff}{}", "[[[[[[[[[[[[[[[["] {
        seeds.push(seed(b"@0@", junk));
    }
    for (_, error) in messages::errors() {
        seeds.push(seed(b"@0@", error.to_string()));
    }
    seeds
}
