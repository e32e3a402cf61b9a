//! Times from outside: the gateway's 14 digits, a terminal's local time, and the `Date` header that the till learns
//! the gateway's clock from. Read exactly or refused, and the same when written again.

use std::time::Duration;

use cloudecr::{GatewayTime, ResponseData, TransferResponse, read};
use jiff::{SignedDuration, Timestamp};
use till::LastResult;

/// Reads a text as every sort of time.
pub fn check(input: &[u8]) {
    let Ok(text) = str::from_utf8(input) else {
        return;
    };
    if let Ok(time) = GatewayTime::parse(text) {
        let written = time.to_string();
        assert_eq!(written, text.replacen('T', "", 1));
        assert_eq!(written.parse(), Ok(time));
        assert_eq!(GatewayTime::from_timestamp(time.timestamp()), time);
    }
    if let Some(theirs) = read::date(text) {
        // What the client makes of it: an offset, which it adds to its own clock.
        for ours in [Timestamp::MIN, Timestamp::UNIX_EPOCH, Timestamp::MAX] {
            let offset = theirs.duration_since(ours);
            assert_eq!(ours.checked_add(offset).ok(), Some(theirs));
        }
    }
    if let Some(wait) = read::retry_after(text, Timestamp::UNIX_EPOCH) {
        assert!(wait <= Duration::from_secs(900), "a till is silenced by {text:?}");
        assert_eq!(
            text.trim().parse().ok().unwrap_or(wait.as_secs()).min(900),
            wait.as_secs()
        );
    }
    let last = LastResult::of(&TransferResponse {
        trans_data: ResponseData {
            trans_id: Some("1".to_owned()),
            trans_date_time: Some(text.to_owned()),
            ..ResponseData::default()
        },
        ..TransferResponse::default()
    });
    if let Some(at) = last.as_ref().and_then(LastResult::at) {
        assert!(
            last.as_ref().is_some_and(|last| last.is_same_as(last)),
            "{text:?}"
        );
        assert!(
            at.duration_since(Timestamp::UNIX_EPOCH).abs() < SignedDuration::from_hours(24 * 366 * 12_000)
        );
    }
}

/// Times in every form that was seen, and beside every limit.
#[must_use]
pub fn seeds() -> Vec<Vec<u8>> {
    [
        "20250115081928",
        "20250115T081928",
        "20240229000000",
        "20250229000000",
        "20251231235960",
        "00000101000000",
        "99991231235959",
        "2025-01-15T16:20:22",
        "2025-01-15 16:20:22.5",
        "-009999-01-01T00:00:00",
        "9999-12-31T23:59:59.999999999",
        "2025-01-15",
        "20250115T162022",
        "Wed, 15 Jan 2025 08:19:28 GMT",
        "Wed, 15 Jan 2025 08:19:28 +0800",
        "15 Jan 25 08:19 EST (comment (nested))",
        "Fri, 31 Dec 9999 23:59:60 -2359",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "120",
        "",
    ]
    .into_iter()
    .map(|text| text.as_bytes().to_vec())
    .collect()
}
