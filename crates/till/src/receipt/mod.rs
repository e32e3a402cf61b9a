//! A receipt as one description, from which every output is made: the screen's text, the page and the paper.

mod layout;
mod make;
mod words;
mod writer;

pub(crate) use layout::plain as plain_spans;
pub use layout::{Row, Span, rows};
pub use make::{ReceiptBody, ReceiptParts, receipt};
pub use words::Speech;
pub(crate) use writer::test_page;

/// The width of a receipt on the screen, in characters.
pub const WIDTH: usize = 38;

/// How text is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// As usual.
    Plain,
    /// Bold.
    Bold,
    /// Bold, twice as wide and as high.
    Large,
}

/// What stands on a receipt, from top to bottom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// The shop's picture.
    Logo,
    /// In the middle: the shop's name and header, marks, the last words.
    Centred(String, Weight),
    /// One text at the left, one at the right.
    Pair {
        /// At the left.
        left: String,
        /// At the right.
        right: String,
        /// How it is printed.
        weight: Weight,
    },
    /// Text that may take several rows.
    Text(String),
    /// A rule across.
    Rule,
    /// Nothing.
    Blank,
    /// A QR code of this text.
    Qr(String),
}

/// The receipt as the screen shows it: text of at most [`WIDTH`] characters a line. Control characters, which a hostile name
/// could steer a printer with, are blanks.
#[must_use]
pub fn plain_text(blocks: &[Block]) -> Vec<String> {
    rows(blocks, WIDTH)
        .iter()
        .filter(|row| !matches!(row, Row::Logo | Row::Qr(_)))
        .map(|row| row.plain(WIDTH))
        .collect()
}
