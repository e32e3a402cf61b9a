//! `Retry-After`: for how long a server does not want to be asked (RFC 9110, section 10.2.3).

use std::time::Duration;

use jiff::{Timestamp, fmt::rfc2822};

/// The longest wait that is believed: the gateway's window is a quarter of an hour, and a till must not be kept silent
/// for days by one header.
const LONGEST: Duration = Duration::from_secs(15 * 60);

/// The wait that a header asks for, in seconds or until a date, as seen at `now` by the server's clock. At most a quarter of an
/// hour.
pub(super) fn read(header: &str, now: Timestamp) -> Option<Duration> {
    let header = header.trim();
    let wait = if !header.is_empty() && header.bytes().all(|byte| byte.is_ascii_digit()) {
        // More digits than fit are a long time, too.
        header.parse().map_or(LONGEST, Duration::from_secs)
    } else {
        let until = rfc2822::parse(header).ok()?.timestamp();
        Duration::try_from(until.duration_since(now)).unwrap_or(Duration::ZERO)
    };
    Some(wait.min(LONGEST))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wait(header: &str) -> Option<u64> {
        let now = "2025-01-15T04:00:03Z".parse().unwrap();
        read(header, now).map(|wait| wait.as_secs())
    }

    #[test]
    fn seconds_and_dates_are_read() {
        assert_eq!(wait("120"), Some(120));
        assert_eq!(wait(" 0 "), Some(0));
        assert_eq!(wait("Wed, 15 Jan 2025 04:02:03 GMT"), Some(120));
        assert_eq!(wait("Wed, 15 Jan 2025 03:59:00 GMT"), Some(0), "already over");
    }

    #[test]
    fn no_header_silences_a_till_for_days() {
        for endless in [
            "86400",
            "99999999999999999999999",
            "Thu, 31 Dec 2099 00:00:00 GMT",
        ] {
            assert_eq!(wait(endless), Some(900), "{endless}");
        }
    }

    #[test]
    fn what_is_neither_says_nothing() {
        for nonsense in ["", "soon", "-5", "1.5", "12s", "+3"] {
            assert_eq!(wait(nonsense), None, "{nonsense}");
        }
    }
}
