//! Reading what came back: as a transfer's reply, which is always something, or as the answer to another call, which
//! may fail.

use std::time::Duration;

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::http::{Answer, Fault, FaultKind};
use crate::{
    CallError, ErrorBody, Listing, Lost, LostReason, NotSent, NotSentReason, Refusal, Reply, SecretKey,
    TransferResponse, by_name::ByName, signature,
};

/// A whole answer to a transfer.
pub(super) fn of_transfer(key: &SecretKey, answer: &Answer) -> Reply {
    let success = (200..300).contains(&answer.status);
    let json = serde_json::from_slice::<Value>(&answer.body).ok();
    let error: ErrorBody = json
        .clone()
        .and_then(|json| serde_json::from_value(json).ok())
        .unwrap_or_default();
    let status_code = json.as_ref().and_then(|json| json.get("statusCode"));
    let status_code = status_code
        .filter(|status| !status.is_null() && *status != "")
        .cloned();
    match (json, status_code) {
        (Some(json), Some(_)) if success => transfer_response(key, json),
        // An HTTP error around a transfer response contradicts itself, unless both say no.
        (_, Some(status)) if !success && (error.code.is_none() || status != "11") => unreadable(format!(
            "HTTP {} came with a transfer response (statusCode {status})",
            answer.status
        )),
        (Some(_), _) if success && error.code.is_none() => {
            unreadable("the answer is neither a transfer response nor an error".to_owned())
        }
        (None, _) if success => unreadable("the answer is not JSON".to_owned()),
        _ => Reply::Refused(Refusal {
            http: answer.status,
            code: error.code,
            message: error.message,
        }),
    }
}

fn transfer_response(key: &SecretKey, json: Value) -> Reply {
    let verified = signature::verify(key, &json);
    match serde_json::from_value::<TransferResponse>(json) {
        Ok(response) if verified => Reply::Verified(Box::new(response)),
        Ok(response) => Reply::Unverified(Box::new(response)),
        Err(error) => unreadable(format!("the transfer response is malformed: {error}")),
    }
}

fn unreadable(detail: String) -> Reply {
    Reply::Lost(Lost {
        reason: LostReason::Unreadable,
        detail,
    })
}

/// No whole answer to a transfer.
pub(super) fn of_fault(fault: Fault) -> Reply {
    let detail = fault.detail;
    let lost = |reason, detail| Reply::Lost(Lost { reason, detail });
    let not_sent = |reason, detail| Reply::NotSent(NotSent { reason, detail });
    match fault.kind {
        FaultKind::Dns => not_sent(NotSentReason::Dns, detail),
        FaultKind::Connect => not_sent(NotSentReason::Connect, detail),
        FaultKind::Tls => not_sent(NotSentReason::Tls, detail),
        FaultKind::Unsendable => {
            let unusable = CallError::Unreadable {
                detail: "the session's token cannot be sent".to_owned(),
            };
            not_sent(NotSentReason::NoSession(unusable), detail)
        }
        FaultKind::TimedOut => lost(LostReason::TimedOut, detail),
        FaultKind::ConnectionLost => lost(LostReason::ConnectionLost, detail),
        FaultKind::Redirected => lost(LostReason::Redirected, detail),
        FaultKind::TooLarge => lost(LostReason::TooLarge, detail),
    }
}

/// The answer to another call, as `T`.
///
/// What is wrong with a body is told by place only: it may be the one with the tokens.
pub(super) fn of_call<T: DeserializeOwned>(sent: Result<Answer, Fault>) -> Result<T, CallError> {
    json(&accepted(sent)?)
}

/// The JSON in a 2xx answer.
pub(super) fn json<T: DeserializeOwned>(answer: &Answer) -> Result<T, CallError> {
    let read = serde_json::from_slice(&answer.body).map(|ByName(read)| read);
    read.or_else(|error| {
        not_refused(answer)?;
        Err(CallError::Unreadable {
            detail: format!(
                "not the JSON expected, at line {} column {}",
                error.line(),
                error.column()
            ),
        })
    })
}

/// The rows of a list, each an object.
pub(super) fn rows<T: DeserializeOwned>(answer: &Answer) -> Result<Vec<T>, CallError> {
    let list: Listing<ByName<T>> = json(answer)?;
    Ok(list.data.into_iter().map(|ByName(row)| row).collect())
}

/// Codes below this one, such as 20000, are no refusal.
const FIRST_REFUSAL: u32 = 30000;

/// A 2xx answer may hold a refusal all the same.
pub(super) fn not_refused(answer: &Answer) -> Result<(), CallError> {
    let refusal = serde_json::from_slice::<ErrorBody>(&answer.body).unwrap_or_default();
    match refusal.code {
        Some(code) if code >= FIRST_REFUSAL || (400..1000).contains(&code) => Err(CallError::Rejected {
            http: answer.status,
            code: Some(code),
            message: refusal.message,
        }),
        Some(_) | None => Ok(()),
    }
}

/// How long to leave a gateway alone that has had too many requests and does not say for how long.
const UNTOLD_WAIT: Duration = Duration::from_secs(60);

/// A 2xx answer, whatever is in it.
pub(super) fn accepted(sent: Result<Answer, Fault>) -> Result<Answer, CallError> {
    let answer = sent.map_err(call_error)?;
    if (200..300).contains(&answer.status) {
        return Ok(answer);
    }
    let refusal = serde_json::from_slice::<ErrorBody>(&answer.body).unwrap_or_default();
    if is_too_many_requests(&answer, refusal.code) {
        return Err(CallError::RateLimited {
            wait: answer.retry_after.unwrap_or(UNTOLD_WAIT),
        });
    }
    Err(CallError::Rejected {
        http: answer.status,
        code: refusal.code,
        message: refusal.message,
    })
}

/// Codes 429xx say what else there was too much of; without one it was requests.
fn is_too_many_requests(answer: &Answer, code: Option<u32>) -> bool {
    answer.status == 429 && code.is_none_or(|code| code == 429)
}

/// For how long a gateway wants to be left alone after this answer, if it does.
pub(super) fn leave_alone(answer: &Answer) -> Option<Duration> {
    let refusal = serde_json::from_slice::<ErrorBody>(&answer.body).unwrap_or_default();
    if is_too_many_requests(answer, refusal.code) {
        return Some(answer.retry_after.unwrap_or(UNTOLD_WAIT));
    }
    // A code says what is the matter with this one request: a busy terminal's wait is not the gateway's.
    let overloaded = answer.status == 503 && refusal.code.is_none_or(|code| code < 1000);
    answer.retry_after.filter(|wait| overloaded && !wait.is_zero())
}

fn call_error(fault: Fault) -> CallError {
    match fault.kind {
        FaultKind::TimedOut => CallError::TimedOut,
        FaultKind::TooLarge => CallError::TooLarge,
        FaultKind::Redirected | FaultKind::Unsendable => CallError::Unreadable { detail: fault.detail },
        FaultKind::Dns | FaultKind::Connect | FaultKind::Tls | FaultKind::ConnectionLost => {
            CallError::Unreachable { detail: fault.detail }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(status: u16, body: &str) -> Reply {
        let key = SecretKey::from_string("k".to_owned());
        of_transfer(
            &key,
            &Answer {
                status,
                body: body.as_bytes().to_vec(),
                content_type: None,
                retry_after: None,
            },
        )
    }

    fn is_lost(reply: &Reply) -> bool {
        matches!(
            reply,
            Reply::Lost(Lost {
                reason: LostReason::Unreadable,
                ..
            })
        )
    }

    #[test]
    fn a_success_without_a_protocol_is_unreadable() {
        for body in [
            "",
            "<html>",
            "[]",
            "null",
            "{}",
            r#"{"statusCode":null}"#,
            r#"{"statusCode":""}"#,
            "\u{feff}{}",
        ] {
            assert!(is_lost(&read(200, body)), "{body}");
        }
        assert!(is_lost(&read(204, "")));
        assert!(is_lost(&read(
            200,
            r#"{"statusCode":"00","transData":{"transId":{}}}"#
        )));
    }

    #[test]
    fn a_code_in_a_success_is_a_refusal() {
        assert!(matches!(
            read(200, r#"{"code":"42211"}"#),
            Reply::Refused(Refusal {
                code: Some(42211),
                http: 200,
                ..
            })
        ));
    }

    #[test]
    fn an_http_error_around_an_approval_is_no_refusal() {
        assert!(is_lost(&read(400, r#"{"statusCode":"00"}"#)));
        assert!(is_lost(&read(400, r#"{"statusCode":"00","code":40021}"#)));
        assert!(is_lost(&read(400, r#"{"statusCode":"11"}"#)));
        assert!(matches!(
            read(422, r#"{"statusCode":"11","code":42211}"#),
            Reply::Refused(_)
        ));
    }

    #[test]
    fn a_bare_http_error_is_a_refusal_without_a_code() {
        for body in ["", "<html>", "[]", r#"{"code":"what"}"#] {
            assert!(
                matches!(
                    read(502, body),
                    Reply::Refused(Refusal {
                        code: None,
                        http: 502,
                        ..
                    })
                ),
                "{body}"
            );
        }
    }

    #[test]
    fn an_unsigned_answer_is_unverified() {
        assert!(matches!(
            read(200, r#"{"statusCode":"00"}"#),
            Reply::Unverified(_)
        ));
        let mut body = serde_json::json!({"statusCode": "00", "transData": {"transId": 15}});
        body["signature"] = signature::sign(&SecretKey::from_string("k".to_owned()), &body).into();
        let Reply::Verified(response) = read(200, &body.to_string()) else {
            panic!("verifies")
        };
        assert_eq!(response.trans_data.trans_id.as_deref(), Some("15"));
    }
}
