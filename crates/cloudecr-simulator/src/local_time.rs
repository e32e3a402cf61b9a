//! Times as the gateway writes them. Its day, and its terminals' clocks, are those of UTC+8.

use jiff::{Timestamp, Zoned, tz};

/// The gateway's own time zone.
fn local(at: Timestamp) -> Zoned {
    at.to_zoned(tz::offset(8).to_time_zone())
}

/// The end of the gateway's day, when every token lapses.
pub(crate) fn next_midnight(at: Timestamp) -> Timestamp {
    // `tomorrow` keeps the time of day; only at the end of the calendar could either step fail.
    local(at)
        .tomorrow()
        .and_then(|day| day.start_of_day())
        .map_or(Timestamp::MAX, |day| day.timestamp())
}

/// `transDateTime`: the terminal's local time, without a zone.
pub(crate) fn terminal_time(at: Timestamp) -> String {
    local(at).strftime("%Y-%m-%dT%H:%M:%S").to_string()
}

/// `expiresAt`: ISO 8601 with milliseconds and offset.
pub(crate) fn iso(at: Timestamp) -> String {
    local(at).strftime("%Y-%m-%dT%H:%M:%S%.3f%:z").to_string()
}

/// The HTTP `Date` header.
pub(crate) fn http_date(at: Timestamp) -> String {
    at.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn the_gateways_day_ends_at_sixteen_hours_utc() {
        assert_eq!(
            next_midnight(at("2026-03-05T15:59:59Z")),
            at("2026-03-05T16:00:00Z")
        );
        assert_eq!(
            next_midnight(at("2026-03-05T16:00:00Z")),
            at("2026-03-06T16:00:00Z")
        );
    }

    #[test]
    fn times_are_written_as_the_gateway_writes_them() {
        let time = at("2026-03-05T15:59:59.25Z");
        assert_eq!(terminal_time(time), "2026-03-05T23:59:59");
        assert_eq!(iso(time), "2026-03-05T23:59:59.250+08:00");
        assert_eq!(http_date(time), "Thu, 05 Mar 2026 15:59:59 GMT");
    }
}
