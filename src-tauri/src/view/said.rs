//! Codes that cross to the page, which has its own words for them (`ui/lib/codes.js`).

use serde::Serialize;
use ts_rs::TS;

/// Whose code it is, and so which of the page's lists of words it is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Source {
    Gateway,
    Card,
    Wallet,
    Till,
}

/// A code that the page says in its own language.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct Said {
    pub(crate) source: Source,
    pub(crate) code: String,
    /// What the page's words leave open: another amount, another payment, the gateway's own text.
    pub(crate) detail: Option<String>,
}

/// A code for support, and the words that were kept with it, for where the page has none.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct Explanation {
    pub(crate) said: Said,
    pub(crate) meaning: String,
    pub(crate) next: String,
}

impl From<&till::Said> for Said {
    fn from(said: &till::Said) -> Self {
        let source = match said.source {
            till::Source::Gateway => Source::Gateway,
            till::Source::Card => Source::Card,
            till::Source::Wallet => Source::Wallet,
            till::Source::Till => Source::Till,
        };
        Self {
            source,
            code: said.code.clone(),
            detail: said.detail.clone(),
        }
    }
}

impl From<&till::Explanation> for Explanation {
    fn from(explanation: &till::Explanation) -> Self {
        Self {
            said: (&explanation.said).into(),
            meaning: explanation.meaning.clone(),
            next: explanation.next.clone(),
        }
    }
}
