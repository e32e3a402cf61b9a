//! Answers read without a client: what a status and a body mean, and what they must not be taken for.

use cloudecr::{
    CallError, Lost, LostReason, Refusal, Reply, SecretKey, Token, TokenPair, TokenPairWire, read,
};

fn transfer(status: u16, body: &str) -> Reply {
    read::transfer(&SecretKey::from_string("k".to_owned()), status, body.as_bytes())
}

#[test]
fn a_list_is_no_error_body_whatever_stands_in_it() {
    for body in ["[42211]", r#"["42211","declined"]"#, "[40021]"] {
        assert!(
            matches!(
                transfer(200, body),
                Reply::Lost(Lost {
                    reason: LostReason::Unreadable,
                    ..
                })
            ),
            "{body}"
        );
        assert!(
            matches!(
                transfer(422, body),
                Reply::Refused(Refusal {
                    code: None,
                    http: 422,
                    ..
                })
            ),
            "{body}"
        );
    }
}

#[test]
fn rows_and_tokens_are_read_by_name_never_by_place() {
    for body in [
        r#"{"data":[["VT-0001",true,1]]}"#,
        r#"[[{"terminalId":"VT-0001"}]]"#,
    ] {
        assert!(
            matches!(
                read::terminals(200, body.as_bytes()),
                Err(CallError::Unreadable { .. })
            ),
            "{body}"
        );
    }
    let time = "2025-01-15T23:59:59.000+08:00";
    for body in [
        format!(r#"[["a","{time}"],["r","{time}"]]"#),
        format!(r#"{{"access":["a","{time}"],"refresh":["r","{time}"]}}"#),
    ] {
        assert!(read::tokens(200, body.as_bytes()).is_err(), "{body}");
    }
}

#[test]
fn tokens_survive_the_wire_to_the_millisecond() {
    for time in [
        "2025-01-15T15:59:59.123Z",
        "0000-01-01T00:00:00Z",
        "-009999-01-02T01:59:59Z",
    ] {
        let token = |name: &str| Token {
            token: name.to_owned().into(),
            expires_at: time.parse().expect("a time"),
        };
        let tokens = TokenPair {
            access: token("a"),
            refresh: token("r"),
        };
        let wire = serde_json::to_vec(&TokenPairWire::from(&tokens)).expect("JSON");
        let again = read::tokens(200, &wire).expect("its own form");
        assert_eq!(again.access.expires_at, tokens.access.expires_at, "{time}");
        assert_eq!(again.refresh.expires_at, tokens.refresh.expires_at, "{time}");
    }
}

#[test]
fn what_the_client_would_not_read_further_is_lost() {
    let huge = format!("{{\"padding\":\"{}\"}}", "x".repeat(1024 * 1024));
    for (status, body, reason) in [
        (307, "", LostReason::Redirected),
        (200, huge.as_str(), LostReason::TooLarge),
    ] {
        assert!(
            matches!(transfer(status, body), Reply::Lost(lost) if lost.reason == reason),
            "HTTP {status}"
        );
    }
    assert_eq!(read::channels(200, huge.as_bytes()), Err(CallError::TooLarge));
}
