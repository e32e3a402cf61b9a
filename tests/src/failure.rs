//! Why a test of the window stopped. A test only reports, so this is words, whatever they came from.

use std::error::Error;
use std::fmt;

/// The words for the one who reads the failed test.
pub struct Failure(String);

/// What every helper here returns.
pub type Outcome<T = ()> = Result<T, Failure>;

impl Failure {
    /// A failure in these words.
    pub fn new(words: impl Into<String>) -> Self {
        Self(words.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

// A test that returns an `Err` is reported with `Debug`; quoted and escaped, the words would be hard to read.
impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<E: Error> From<E> for Failure {
    fn from(error: E) -> Self {
        let mut words = error.to_string();
        let mut cause = error.source();
        while let Some(deeper) = cause {
            words.push_str(": ");
            words.push_str(&deeper.to_string());
            cause = deeper.source();
        }
        // Some of the driver's errors have a kind and no words.
        if words.trim_end().ends_with(':') {
            words.push_str(&format!("{error:?}"));
        }
        Self(words)
    }
}
