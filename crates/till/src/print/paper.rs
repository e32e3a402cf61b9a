//! Paper: how wide it is, and where each row stands on it. One geometry in printer's dots (8 to the millimetre) for the paper
//! and for the page, so that both look alike.

use serde::{Deserialize, Serialize};

use super::picture::Bitmap;
use crate::receipt::{Row, Weight};

/// The width of a character's cell, in dots.
pub(super) const CELL: u16 = 12;
/// The height of a row, in dots; of a large one twice that.
pub(super) const ROW: u16 = 30;
/// From a row's top to the line that letters stand on, in dots; in a large one twice that.
pub(super) const BASELINE: u16 = 22;
/// The size of letters that fill a cell of the bundled font (0.602 em wide), in dots.
pub(super) const LETTER: f32 = 19.9;
/// The side of a square of a QR code, in dots.
pub(super) const SQUARE: u16 = 5;
/// White around a code, in squares, as its standard asks.
pub(super) const BORDER: u16 = 4;
/// The dots of an inch on the printers of counters.
pub(super) const DOTS_PER_INCH: f32 = 203.2;

/// The width of a printer's paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Paper {
    /// 58 mm, of which 48 mm are printed: 32 characters.
    #[serde(rename = "58")]
    Mm58,
    /// 80 mm, of which 72 mm are printed: 48 characters.
    #[serde(rename = "80")]
    Mm80,
}

impl Paper {
    /// How many characters a row has.
    #[must_use]
    pub const fn columns(self) -> usize {
        match self {
            Self::Mm58 => 32,
            Self::Mm80 => 48,
        }
    }

    /// How many dots a row has.
    #[must_use]
    pub const fn dots(self) -> u16 {
        match self {
            Self::Mm58 => 384,
            Self::Mm80 => 576,
        }
    }

    /// White at each side of the printed width, in dots.
    pub(super) const fn margin(self) -> u16 {
        match self {
            Self::Mm58 => 40,
            Self::Mm80 => 32,
        }
    }
}

/// How high a row is, in dots.
pub(super) fn height(row: &Row, logo: Option<&Bitmap>) -> u16 {
    match row {
        Row::Text { weight, .. } => match weight {
            Weight::Plain | Weight::Bold => ROW,
            Weight::Large => 2 * ROW,
        },
        Row::Rule | Row::Blank => ROW,
        Row::Logo => logo.map_or(0, |logo| logo.height() + ROW / 2),
        Row::Qr(content) => crate::qr::draw(content.as_bytes()).map_or(0, |code| code_side(code.side())),
    }
}

/// The side of a code with its border, in dots.
pub(super) fn code_side(squares: usize) -> u16 {
    u16::try_from(squares).map_or(0, |squares| (squares + 2 * BORDER) * SQUARE)
}
