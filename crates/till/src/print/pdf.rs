//! The receipt as a page: as wide as the paper and as long as it takes, its text as text.

#![expect(clippy::float_arithmetic, reason = "points and dots; no money")]

use krilla::Document;
use krilla::color::luma;
use krilla::geom::{Path, PathBuilder, Point, Rect, Transform};
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::text::{GlyphId, KrillaGlyph};

use super::draw::{dots, left, scale, size};
use super::fonts::{Fonts, Shaped};
use super::paper::{BASELINE, BORDER, DOTS_PER_INCH, Paper, ROW, SQUARE, code_side, height, page_size};
use super::picture::Bitmap;
use crate::receipt::{Row, Span, Weight};

/// Points to a dot.
const POINTS: f32 = 72.0 / DOTS_PER_INCH;
/// Points to a millimetre.
const MILLIMETRE: f32 = 72.0 / 25.4;

/// The page could not be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the page could not be written: {0}")]
pub struct PdfFailed(pub String);

/// Writes the page.
///
/// # Errors
/// When a font of the computer's cannot be embedded.
pub fn pdf(title: &str, rows: &[Row], paper: Paper, logo: Option<&Bitmap>) -> Result<Vec<u8>, PdfFailed> {
    let margin = f32::from(paper.margin());
    let size = page_size(rows, paper, logo);
    let settings = PageSettings::from_wh(
        f32::from(size.wide) * MILLIMETRE,
        f32::from(size.tall) * MILLIMETRE,
    )
    .ok_or_else(|| PdfFailed("it has no size".to_owned()))?;
    let mut document = Document::new();
    document.set_metadata(
        Metadata::new()
            .title(title.to_owned())
            .creator("Kaunter".to_owned()),
    );
    let mut page = document.start_page_with(settings);
    let mut surface = page.surface();
    surface.set_fill(Some(Fill {
        paint: luma::Color::black().into(),
        ..Fill::default()
    }));
    // From here on in the paper's own dots.
    surface.push_transform(&Transform::from_row(
        POINTS,
        0.0,
        0.0,
        POINTS,
        margin * POINTS,
        margin * POINTS,
    ));
    let mut top = 0.0;
    for row in rows {
        draw_row(&mut surface, row, paper, logo, top);
        top += f32::from(height(row, logo));
    }
    surface.pop();
    surface.finish();
    page.finish();
    document.finish().map_err(|error| PdfFailed(format!("{error:?}")))
}

fn draw_row(surface: &mut Surface<'_>, row: &Row, paper: Paper, logo: Option<&Bitmap>, top: f32) {
    match row {
        Row::Blank => {}
        Row::Rule => fill(
            surface,
            &[(0.0, top + f32::from(ROW / 2), f32::from(paper.dots()), 2.0)],
        ),
        Row::Logo => {
            if let Some(logo) = logo {
                let left = f32::from(paper.dots().saturating_sub(logo.width()) / 2);
                fill(surface, &black_runs(logo, left, top));
            }
        }
        Row::Qr(content) => fill(surface, &code(content, paper, top)),
        Row::Text { spans, weight } => {
            for span in spans {
                draw_span(surface, span, *weight, top);
            }
        }
    }
}

fn draw_span(surface: &mut Surface<'_>, span: &Span, weight: Weight, top: f32) {
    let (scale, bold) = scale(weight);
    let mut fonts = Fonts::here();
    let shaped = fonts.shape(&span.text, size(weight), bold, dots(span.cells, scale));
    let left = left(span, &shaped, scale);
    let baseline = top + f32::from(BASELINE * scale);
    let Shaped { glyphs, .. } = &shaped;
    // Neighbours of one font are written as one piece of text.
    for run in glyphs.chunk_by(|one, next| one.font_id == next.font_id) {
        let (Some(first), Some(font)) = (run.first(), run.first().and_then(|glyph| fonts.page_font(glyph)))
        else {
            continue;
        };
        let placed: Vec<KrillaGlyph> = run
            .iter()
            .map(|glyph| {
                KrillaGlyph::new(
                    GlyphId::new(glyph.glyph_id.into()),
                    glyph.w / glyph.font_size,
                    glyph.x_offset,
                    glyph.y_offset,
                    0.0,
                    glyph.start..glyph.end,
                    None,
                )
            })
            .collect();
        let start = Point::from_xy(left + first.x, baseline);
        surface.draw_glyphs(start, &placed, font, &span.text, first.font_size, false);
    }
}

/// Left, top, width and height of black rectangles, as one shape.
fn fill(surface: &mut Surface<'_>, rectangles: &[(f32, f32, f32, f32)]) {
    if let Some(path) = shape(rectangles) {
        surface.draw_path(&path);
    }
}

fn shape(rectangles: &[(f32, f32, f32, f32)]) -> Option<Path> {
    let mut path = PathBuilder::new();
    for (left, top, width, height) in rectangles {
        path.push_rect(Rect::from_xywh(*left, *top, *width, *height)?);
    }
    path.finish()
}

/// A picture's black dots, those beside each other as one rectangle.
fn black_runs(picture: &Bitmap, left: f32, top: f32) -> Vec<(f32, f32, f32, f32)> {
    let mut runs = Vec::new();
    for y in 0..picture.height() {
        let mut x = 0;
        while x < picture.width() {
            let from = x;
            while picture.is_black(x, y) {
                x += 1;
            }
            if x > from {
                runs.push((
                    left + f32::from(from),
                    top + f32::from(y),
                    f32::from(x - from),
                    1.0,
                ));
            }
            x += 1;
        }
    }
    runs
}

fn code(content: &str, paper: Paper, top: f32) -> Vec<(f32, f32, f32, f32)> {
    let Some(code) = crate::qr::draw(content.as_bytes()) else {
        return Vec::new();
    };
    let side = f32::from(SQUARE);
    let left = f32::from(paper.dots().saturating_sub(code_side(code.side())) / 2 + BORDER * SQUARE);
    let above = top + f32::from(BORDER * SQUARE);
    let mut squares = Vec::new();
    for (y, row) in (0_u16..).zip(code.rows()) {
        for (x, dark) in (0_u16..).zip(row) {
            if *dark {
                squares.push((
                    left + f32::from(x) * side,
                    above + f32::from(y) * side,
                    side,
                    side,
                ));
            }
        }
    }
    squares
}
