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
/// The dots of a millimetre.
pub(super) const DOTS_PER_MILLIMETRE: u32 = 8;

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

/// The size of a page, in millimetres.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageSize {
    /// How wide: as the paper.
    pub wide: u16,
    /// How tall: as its rows take, and no less than whole millimetres of it, which every queue can cut paper to.
    pub tall: u16,
}

/// How large the page of these rows is.
#[must_use]
pub fn page_size(rows: &[Row], paper: Paper, logo: Option<&Bitmap>) -> PageSize {
    let margins = 2 * u32::from(paper.margin());
    let tall: u32 = rows.iter().map(|row| u32::from(height(row, logo))).sum();
    // Taller than any roll is long: what stands on it is cut off at the end.
    let millimetres = |dots: u32| u16::try_from(dots.div_ceil(DOTS_PER_MILLIMETRE)).unwrap_or(u16::MAX);
    PageSize {
        wide: millimetres(u32::from(paper.dots()) + margins),
        tall: millimetres(tall + margins),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_as_wide_as_its_paper_and_no_shorter_than_what_stands_on_it() {
        for (paper, wide) in [(Paper::Mm58, 58), (Paper::Mm80, 80)] {
            for rows in [1_u16, 10, 100, 1_000] {
                let page = page_size(&vec![Row::Blank; usize::from(rows)], paper, None);
                assert_eq!(page.wide, wide);
                let dots = u32::from(rows * ROW) + 2 * u32::from(paper.margin());
                let tall = u32::from(page.tall) * DOTS_PER_MILLIMETRE;
                assert!(
                    (dots..dots + DOTS_PER_MILLIMETRE).contains(&tall),
                    "{dots} on {page:?}"
                );
            }
        }
    }
}
