//! Every rule by which an exchange becomes a verdict: each row of what an answer means, each listed code, and each check that an
//! approval has to pass.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use std::time::Duration;

use cloudecr::codes::{self, ChannelKind, Money, ResponseMoney};
use cloudecr::{
    Asked, CallError, DoubtReason, Exchange, Lost, LostReason, NotSent, NotSentReason, PaymentMethod,
    Refusal, Reply, TransType, TransferResponse, Verdict, WireAmount, judge,
};
use serde_json::{Value, json};

fn amount(hundredths: u64) -> Option<WireAmount> {
    WireAmount::from_hundredths(hundredths).ok()
}

fn sale() -> Asked {
    Asked {
        trans_type: TransType::Sale,
        pos_id: "pos".into(),
        device_id: "terminal".into(),
        reference_id: "reference".into(),
        amount: amount(1250),
        cash: None,
        currency: "MYR".into(),
        method: Some(PaymentMethod::BankCard),
        original_trans_id: None,
    }
}

fn void() -> Asked {
    Asked {
        trans_type: TransType::Void,
        original_trans_id: Some("77".into()),
        method: None,
        ..sale()
    }
}

fn cash_out() -> Asked {
    Asked {
        trans_type: TransType::CashOut,
        cash: amount(5000),
        ..sale()
    }
}

/// The answer that fits `asked` in everything.
fn fitting(asked: &Asked, status: &str) -> Value {
    json!({
        "transType": asked.trans_type.as_str(), "posId": "pos", "deviceId": "terminal", "referenceId": "reference",
        "statusCode": status, "responseCode": if status == "00" { "00" } else { "51" },
        "transData": {
            "transId": "77", "transAmt": "12.50", "currency": "MYR",
            "cashAmt": asked.cash.map(|cash| cash.to_string()),
        },
    })
}

fn exchange(reply: Reply, elapsed: u64) -> Exchange {
    let sent_at = "2025-01-15T08:19:28Z".parse().expect("time");
    Exchange {
        sent_at,
        elapsed: Duration::from_secs(elapsed),
        http_status: None,
        body: None,
        reply,
    }
}

fn verified(asked: &Asked, answer: Value) -> Verdict {
    let answer: TransferResponse = serde_json::from_value(answer).expect("response");
    judge(asked, &exchange(Reply::Verified(Box::new(answer)), 5))
}

fn refused(asked: &Asked, http: u16, code: Option<u32>, elapsed: u64) -> Verdict {
    judge(
        asked,
        &exchange(
            Reply::Refused(Refusal {
                http,
                code,
                message: "words".into(),
            }),
            elapsed,
        ),
    )
}

fn kind(verdict: &Verdict) -> &'static str {
    match verdict {
        Verdict::Approved(_) => "approved",
        Verdict::Declined(_) => "declined",
        Verdict::Check(_) => "check",
        Verdict::Pending(_) => "pending",
        Verdict::NotCharged(_) => "not charged",
        Verdict::Conflict(_) => "conflict",
        Verdict::Unknown(_) => "unknown",
    }
}

fn doubt(verdict: &Verdict) -> DoubtReason {
    match verdict {
        Verdict::Unknown(doubt) => doubt.reason,
        other => panic!("not in doubt: {other:?}"),
    }
}

#[test]
fn an_answer_that_fits_is_taken_by_its_status() {
    for asked in [sale(), void(), cash_out()] {
        assert_eq!(kind(&verified(&asked, fitting(&asked, "00"))), "approved");
        assert_eq!(kind(&verified(&asked, fitting(&asked, "11"))), "declined");
        assert_eq!(kind(&verified(&asked, fitting(&asked, "22"))), "pending");
        assert_eq!(
            doubt(&verified(&asked, fitting(&asked, "33"))),
            DoubtReason::UnknownStatus
        );
    }
}

#[test]
fn what_never_left_is_not_charged() {
    let session = NotSentReason::NoSession(CallError::TimedOut);
    for reason in [
        NotSentReason::Dns,
        NotSentReason::Connect,
        NotSentReason::Tls,
        session,
    ] {
        let reply = Reply::NotSent(NotSent {
            reason,
            detail: String::new(),
        });
        assert_eq!(kind(&judge(&sale(), &exchange(reply, 60))), "not charged");
    }
}

#[test]
fn what_got_lost_is_unknown() {
    for (reason, wanted) in [
        (LostReason::TimedOut, DoubtReason::TimedOut),
        (LostReason::ConnectionLost, DoubtReason::ConnectionLost),
        (LostReason::Redirected, DoubtReason::Redirected),
        (LostReason::Unreadable, DoubtReason::Unreadable),
        (LostReason::TooLarge, DoubtReason::TooLarge),
    ] {
        let reply = Reply::Lost(Lost {
            reason,
            detail: String::new(),
        });
        assert_eq!(doubt(&judge(&sale(), &exchange(reply, 1))), wanted);
    }
}

#[test]
fn an_approval_without_a_good_signature_is_unknown() {
    for (signature, wanted) in [
        (Value::Null, DoubtReason::SignatureMissing),
        (json!(" "), DoubtReason::SignatureMissing),
        (json!("00"), DoubtReason::SignatureWrong),
    ] {
        let mut answer = fitting(&sale(), "00");
        answer["signature"] = signature;
        let answer = serde_json::from_value(answer).expect("response");
        assert_eq!(
            doubt(&judge(&sale(), &exchange(Reply::Unverified(Box::new(answer)), 5))),
            wanted
        );
    }
}

const IDENTITY: [(&str, DoubtReason); 4] = [
    ("posId", DoubtReason::OtherPos),
    ("deviceId", DoubtReason::OtherTerminal),
    ("referenceId", DoubtReason::OtherReference),
    ("transType", DoubtReason::OtherType),
];

#[test]
fn every_mismatch_of_identity_is_unknown_whatever_the_status() {
    for asked in [sale(), void(), cash_out()] {
        for status in ["00", "11", "22"] {
            for (field, wanted) in IDENTITY {
                let mut answer = fitting(&asked, status);
                answer[field] = json!("another");
                assert_eq!(doubt(&verified(&asked, answer)), wanted, "{field} with {status}");
            }
            let mut answer = fitting(&asked, status);
            answer["transData"]["currency"] = json!("SGD");
            assert_eq!(
                doubt(&verified(&asked, answer)),
                DoubtReason::OtherCurrency,
                "{status}"
            );
        }
    }
}

#[test]
fn an_approval_must_have_every_field_and_a_decline_only_agree_in_what_it_has() {
    for (field, wanted) in IDENTITY {
        for (status, absent) in [("00", Some(wanted)), ("22", Some(wanted)), ("11", None)] {
            let mut answer = fitting(&sale(), status);
            answer[field] = Value::Null;
            let verdict = verified(&sale(), answer);
            match absent {
                Some(wanted) => assert_eq!(doubt(&verdict), wanted, "{field} missing with {status}"),
                None => assert_eq!(kind(&verdict), "declined", "{field} missing with {status}"),
            }
        }
    }
    for (field, approval, pending) in [
        ("currency", Some(DoubtReason::OtherCurrency), "pending"),
        ("transId", Some(DoubtReason::MissingTransId), "pending"),
        ("transAmt", Some(DoubtReason::Unreadable), "pending"),
    ] {
        let without = |status| {
            let mut answer = fitting(&sale(), status);
            answer["transData"][field] = json!("");
            verified(&sale(), answer)
        };
        assert_eq!(approval, Some(doubt(&without("00"))), "{field}");
        assert_eq!(kind(&without("22")), pending, "{field}");
        assert_eq!(kind(&without("11")), "declined", "{field}");
    }
}

#[test]
fn another_amount_is_a_conflict_and_never_an_approval() {
    let with = |asked: &Asked, status: &str, field: &str, text: Value| {
        let mut answer = fitting(asked, status);
        answer["transData"][field] = text;
        verified(asked, answer)
    };
    for asked in [sale(), void(), cash_out()] {
        assert_eq!(kind(&with(&asked, "00", "transAmt", json!("125.00"))), "conflict");
        assert_eq!(kind(&with(&asked, "22", "transAmt", json!("125.00"))), "conflict");
        assert_eq!(
            doubt(&with(&asked, "11", "transAmt", json!("125.00"))),
            DoubtReason::OtherTransaction
        );
        assert_eq!(
            doubt(&with(&asked, "00", "transAmt", json!("RM 12.50"))),
            DoubtReason::Unreadable
        );
        assert_eq!(
            kind(&with(&asked, "00", "transAmt", json!(12.5))),
            "approved",
            "a number of the same value"
        );
    }
    assert_eq!(
        kind(&with(&cash_out(), "00", "cashAmt", json!("60.00"))),
        "conflict"
    );
    assert_eq!(
        doubt(&with(&cash_out(), "00", "cashAmt", Value::Null)),
        DoubtReason::Unreadable
    );
    assert_eq!(
        kind(&with(&sale(), "00", "cashAmt", json!("60.00"))),
        "conflict",
        "cash that nobody asked for"
    );
    assert_eq!(kind(&with(&sale(), "00", "cashAmt", json!("0.00"))), "approved");
    let without_amount = Asked {
        amount: None,
        ..void()
    };
    assert_eq!(
        doubt(&verified(&without_amount, fitting(&void(), "00"))),
        DoubtReason::Unreadable
    );
}

#[test]
fn a_void_of_another_transaction_is_unknown() {
    for status in ["00", "11", "22"] {
        let mut answer = fitting(&void(), status);
        answer["transData"]["transId"] = json!("78");
        assert_eq!(
            doubt(&verified(&void(), answer)),
            DoubtReason::OtherTransaction,
            "{status}"
        );
    }
}

#[test]
fn an_odd_response_code_beside_a_success_is_an_approval() {
    let mut answer = fitting(&sale(), "00");
    answer["responseCode"] = json!("51");
    assert_eq!(kind(&verified(&sale(), answer)), "approved");
}

#[test]
fn every_listed_response_code_reads_as_its_row() {
    for (channel, method) in [
        (ChannelKind::Card, PaymentMethod::BankCard),
        (ChannelKind::Wallet, PaymentMethod::QrMerchScan),
    ] {
        for row in codes::responses(channel) {
            // Without the method the code itself tells which table it is of.
            for method in [Some(method), None] {
                let asked = Asked { method, ..sale() };
                let mut answer = fitting(&asked, "11");
                answer["responseCode"] = json!(row.code);
                let wanted = match row.money {
                    ResponseMoney::Declined => "declined",
                    ResponseMoney::Check | ResponseMoney::Approved => "check",
                };
                assert_eq!(kind(&verified(&asked, answer)), wanted, "{}", row.code);
            }
        }
    }
    for odd in [json!("ZZ"), json!("1002"), Value::Null] {
        let mut answer = fitting(&sale(), "11");
        answer["responseCode"] = odd.clone();
        assert_eq!(
            kind(&verified(&sale(), answer)),
            "check",
            "not a card's code: {odd}"
        );
    }
}

#[test]
fn every_listed_error_code_reads_as_its_row() {
    for row in codes::errors() {
        let wanted = |elapsed: u64| match row.money {
            Money::NotActedOn if elapsed > 10 => "unknown",
            Money::NotActedOn => "not charged",
            Money::Declined => "declined",
            Money::Check => "check",
            Money::Unknown | Money::NotApplicable => "unknown",
        };
        for elapsed in [0, 10, 11, 79] {
            for http in [row.http, 200] {
                let verdict = refused(&sale(), http, Some(row.code), elapsed);
                assert_eq!(
                    kind(&verdict),
                    wanted(elapsed),
                    "{} as HTTP {http} after {elapsed} s",
                    row.code
                );
            }
        }
    }
}

#[test]
fn a_refusal_a_moment_past_ten_seconds_is_late() {
    let mut late = exchange(
        Reply::Refused(Refusal {
            http: 503,
            code: Some(50310),
            message: String::new(),
        }),
        0,
    );
    late.elapsed = Duration::from_millis(10_000);
    assert_eq!(kind(&judge(&sale(), &late)), "not charged");
    late.elapsed = Duration::from_millis(10_001);
    assert_eq!(doubt(&judge(&sale(), &late)), DoubtReason::GatewayError);
}

#[test]
fn where_status_and_code_disagree_the_worse_counts() {
    for (http, code, wanted) in [
        (500, 40021, "unknown"),
        (422, 42910, "unknown"),
        (400, 42211, "declined"),
        (404, 42210, "check"),
        (403, 40811, "unknown"),
        (503, 42211, "unknown"),
        (401, 40021, "not charged"),
        (400, 50310, "not charged"),
        (502, 50310, "unknown"),
        (400, 49999, "unknown"),
        (200, 20000, "unknown"),
    ] {
        assert_eq!(
            kind(&refused(&sale(), http, Some(code), 1)),
            wanted,
            "HTTP {http} with {code}"
        );
    }
}

#[test]
fn a_status_without_a_code_is_harmless_only_before_the_terminal() {
    for http in 400..600 {
        let before = [400, 401, 403, 404, 405, 413, 415, 429].contains(&http);
        let wanted = if before { "not charged" } else { "unknown" };
        assert_eq!(kind(&refused(&sale(), http, None, 1)), wanted, "HTTP {http}");
        assert_eq!(
            kind(&refused(&sale(), http, None, 11)),
            "unknown",
            "HTTP {http}, late"
        );
    }
}

#[test]
fn too_many_requests_are_told_as_that_and_not_as_wrong_credentials() {
    let Verdict::NotCharged(no) = refused(&sale(), 429, None, 0) else {
        panic!("nothing was done")
    };
    assert!(
        no.meaning.contains("too many requests") && no.next.starts_with("Wait"),
        "{no:?}"
    );
}

#[test]
fn a_void_that_may_have_been_done_already_is_asked_about() {
    assert_eq!(kind(&refused(&void(), 400, Some(40029), 1)), "check");
    assert_eq!(kind(&refused(&void(), 404, Some(40410), 1)), "check");
    assert_eq!(kind(&refused(&void(), 503, Some(50310), 1)), "not charged");
    assert_eq!(kind(&refused(&sale(), 400, Some(40029), 1)), "not charged");
    let mut answer = fitting(&void(), "11");
    answer["responseCode"] = json!("V1");
    assert_eq!(kind(&verified(&void(), answer)), "check");
}

#[test]
fn a_transfer_that_moves_no_money_proves_nothing_of_its_own() {
    let asked = Asked {
        trans_type: TransType::GetLast,
        ..sale()
    };
    assert_eq!(
        doubt(&verified(&asked, fitting(&asked, "00"))),
        DoubtReason::OtherType
    );
    assert_eq!(
        doubt(&refused(&asked, 404, Some(40410), 1)),
        DoubtReason::OtherType
    );
}
