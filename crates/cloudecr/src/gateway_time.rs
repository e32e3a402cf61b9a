//! The gateway's 14-digit UTC time, which names a payment in a wallet inquiry and so must survive a round trip.

use std::{fmt, str::FromStr};

use jiff::{Timestamp, civil, tz::TimeZone};

/// A moment in whole seconds, written `yyyyMMddHHmmss` in UTC (`datetime`, `originalDatetime`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GatewayTime(Timestamp);

/// Text that is not a time of the gateway's form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a UTC time of 14 digits, yyyyMMddHHmmss")]
pub struct GatewayTimeError(pub String);

impl GatewayTime {
    /// That moment, without its fraction of a second.
    ///
    /// ```
    /// let time = cloudecr::GatewayTime::from_timestamp("2025-01-15T08:19:28.9Z".parse().unwrap());
    /// assert_eq!(time.to_string(), "20250115081928");
    /// ```
    pub fn from_timestamp(moment: Timestamp) -> Self {
        // Whole seconds of an existing timestamp are always in range; the fallback cannot be reached.
        Self(Timestamp::from_second(moment.as_second()).unwrap_or(moment))
    }

    /// Reads 14 digits; also takes the form with a `T` between date and time that one of the published tables shows.
    ///
    /// # Errors
    /// When it is neither, or no such day or time exists.
    pub fn parse(text: &str) -> Result<Self, GatewayTimeError> {
        let bad = || GatewayTimeError(text.to_owned());
        let digits = match text.split_once('T') {
            Some((date, time)) if date.len() == 8 => format!("{date}{time}"),
            Some(_) => return Err(bad()),
            None => text.to_owned(),
        };
        if digits.len() != 14 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(bad());
        }
        let two = |from: usize| digits[from..from + 2].parse::<i8>().map_err(|_| bad());
        let year = digits[..4].parse::<i16>().map_err(|_| bad())?;
        let local = civil::DateTime::new(year, two(4)?, two(6)?, two(8)?, two(10)?, two(12)?, 0)
            .map_err(|_| bad())?;
        let moment = TimeZone::UTC.to_timestamp(local).map_err(|_| bad())?;
        Ok(Self(moment))
    }

    /// The moment.
    pub fn timestamp(self) -> Timestamp {
        self.0
    }
}

impl fmt::Display for GatewayTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.strftime("%Y%m%d%H%M%S"))
    }
}

impl FromStr for GatewayTime {
    type Err = GatewayTimeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}
