//! What the merchant sets about receipts: the printer, its paper, the words.

use serde::{Deserialize, Serialize};

use super::codepage::CodePage;
use super::connection::Connection;
use super::escpos::Dialect;
use super::paper::Paper;
use crate::receipt::Speech;
use crate::store::Language;

/// The most lines at a receipt's end.
pub const FOOTER_LINES: usize = 6;
/// The longest of them, in characters.
pub const FOOTER_WIDTH: usize = 60;

/// The printer of this till.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrinterSetup {
    /// How it is reached.
    pub connection: Connection,
    /// The letters it has; it is told to use them.
    pub page: CodePage,
    /// Whether it has a knife.
    pub cut: bool,
    /// Whether a cash drawer is plugged into it.
    pub drawer: bool,
}

/// When a receipt is printed without somebody's asking for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PrintWhen {
    /// Never.
    #[default]
    Off,
    /// The till asks after each sale.
    Ask,
    /// After each sale.
    Always,
}

/// In which languages receipts are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ReceiptLanguages {
    /// The first; none for the till's.
    pub first: Option<Language>,
    /// The one beside it; none for one language.
    pub second: Option<Language>,
}

impl ReceiptLanguages {
    /// The words, at a till that speaks `till`.
    #[must_use]
    pub fn speech(self, till: Language) -> Speech {
        let first = self.first.unwrap_or(till);
        match self.second {
            Some(second) if second != first => Speech::two(first, second),
            Some(_) | None => Speech::one(first),
        }
    }
}

/// What the merchant set about receipts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrintSettings {
    /// The printer; none where nothing is printed.
    pub printer: Option<PrinterSetup>,
    /// The paper, which the page is as wide as, too.
    pub paper: Paper,
    /// When a receipt is printed by itself.
    pub when: PrintWhen,
    /// The languages.
    pub languages: ReceiptLanguages,
    /// Lines at the end.
    pub footer: Vec<String>,
    /// Whether a QR code of the reference stands on it.
    pub code: bool,
}

impl Default for PrintSettings {
    /// No printer yet; 80 mm, the till's language.
    fn default() -> Self {
        Self {
            printer: None,
            paper: Paper::Mm80,
            when: PrintWhen::Off,
            languages: ReceiptLanguages::default(),
            footer: Vec::new(),
            code: true,
        }
    }
}

impl PrintSettings {
    /// How the printer is spoken to.
    #[must_use]
    pub fn dialect(&self, printer: &PrinterSetup) -> Dialect {
        Dialect {
            paper: self.paper,
            page: printer.page,
            cut: printer.cut,
        }
    }
}
