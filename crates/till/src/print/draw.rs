//! Rows as dots: a row that the printer has no letters for, and the whole receipt for the preview.

#![expect(clippy::float_arithmetic, reason = "dots; no money")]

use super::fonts::{Fonts, Shaped};
use super::paper::{BASELINE, BORDER, CELL, LETTER, Paper, ROW, SQUARE, code_side, height};
use super::picture::Bitmap;
use crate::receipt::{Row, Span, Weight};

/// A receipt as it looks on paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing {
    /// The paper's printed width, from the first row to the last.
    pub bitmap: Bitmap,
    /// Whether letters have no font on this computer and stand as boxes.
    pub lacks_letters: bool,
}

/// Draws one row, as wide as the paper prints.
#[must_use]
pub fn draw_row(row: &Row, paper: Paper, logo: Option<&Bitmap>) -> Drawing {
    let mut drawing = Drawing {
        bitmap: Bitmap::new(paper.dots(), height(row, logo)),
        lacks_letters: false,
    };
    match row {
        Row::Blank => {}
        Row::Rule => drawing.bitmap.fill(0, ROW / 2, paper.dots(), 2),
        Row::Logo => {
            if let Some(logo) = logo {
                let left = paper.dots().saturating_sub(logo.width()) / 2;
                drawing.bitmap.stamp(logo, left, 0);
            }
        }
        Row::Qr(content) => draw_code(&mut drawing.bitmap, content),
        Row::Text { spans, weight } => {
            drawing.lacks_letters = draw_text(&mut drawing.bitmap, spans, *weight);
        }
    }
    drawing
}

/// Draws a whole receipt.
#[must_use]
pub fn draw(rows: &[Row], paper: Paper, logo: Option<&Bitmap>) -> Drawing {
    let tall = rows
        .iter()
        .map(|row| height(row, logo))
        .fold(0_u16, u16::saturating_add);
    let mut all = Drawing {
        bitmap: Bitmap::new(paper.dots(), tall),
        lacks_letters: false,
    };
    let mut top = 0_u16;
    for row in rows {
        let drawing = draw_row(row, paper, logo);
        all.bitmap.stamp(&drawing.bitmap, 0, top);
        all.lacks_letters |= drawing.lacks_letters;
        top = top.saturating_add(drawing.bitmap.height());
    }
    all
}

/// Whether a letter had no font.
fn draw_text(bitmap: &mut Bitmap, spans: &[Span], weight: Weight) -> bool {
    let (scale, bold) = scale(weight);
    let mut fonts = Fonts::here();
    let mut lacks = false;
    for span in spans {
        let shaped = fonts.shape(&span.text, size(weight), bold, dots(span.cells, scale));
        lacks |= shaped.lacks_letters();
        let baseline = f32::from(BASELINE * scale);
        fonts.draw(&shaped, left(span, &shaped, scale), baseline, |x, y| {
            if let (Ok(x), Ok(y)) = (u16::try_from(x), u16::try_from(y)) {
                bitmap.set(x, y);
            }
        });
    }
    lacks
}

fn draw_code(bitmap: &mut Bitmap, content: &str) {
    let Some(code) = crate::qr::draw(content.as_bytes()) else {
        return;
    };
    let left = bitmap.width().saturating_sub(code_side(code.side())) / 2 + BORDER * SQUARE;
    for (y, row) in (0_u16..).zip(code.rows()) {
        for (x, dark) in (0_u16..).zip(row) {
            if *dark {
                bitmap.fill(left + x * SQUARE, (BORDER + y) * SQUARE, SQUARE, SQUARE);
            }
        }
    }
}

/// How much larger a row's letters are, and whether they are bold.
pub(super) const fn scale(weight: Weight) -> (u16, bool) {
    match weight {
        Weight::Plain => (1, false),
        Weight::Bold => (1, true),
        Weight::Large => (2, true),
    }
}

/// The size of a row's letters, in dots.
pub(super) const fn size(weight: Weight) -> f32 {
    match weight {
        Weight::Plain | Weight::Bold => LETTER,
        Weight::Large => LETTER + LETTER,
    }
}

/// Where a span's letters begin, in dots.
pub(super) fn left(span: &Span, shaped: &Shaped, scale: u16) -> f32 {
    let left = dots(span.column, scale);
    if span.at_right {
        left + (dots(span.cells, scale) - shaped.width).max(0.0)
    } else {
        left
    }
}

/// So many cells of a row, in dots.
pub(super) fn dots(cells: usize, scale: u16) -> f32 {
    f32::from(u16::try_from(cells).map_or(u16::MAX, |cells| cells.saturating_mul(CELL * scale)))
}
