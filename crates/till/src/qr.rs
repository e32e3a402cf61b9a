//! QR codes: reading the gateway's image, and drawing what it holds as sharp squares.

use image::DynamicImage;
use qrcode::{Color, EcLevel, QrCode};
use rqrr::{Grid, SimpleGrid};

/// Darker than this is a dark square.
const DARK: u8 = 128;
/// How many squares wide a code's corner is.
const CORNER: u32 = 7;
/// The fewest squares to a code's side.
const SMALLEST: u32 = 21;
/// The most.
const LARGEST: u32 = 177;

/// A QR code as its squares, without the white border that it needs around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QrSquares {
    side: usize,
    dark: Vec<bool>,
}

impl QrSquares {
    /// The QR code that holds exactly this; none for more than one holds.
    #[must_use]
    pub fn of(content: &[u8]) -> Option<Self> {
        draw(content)
    }

    /// How many squares a side has.
    #[must_use]
    pub fn side(&self) -> usize {
        self.side
    }

    /// The rows from the top, each from the left; true is dark.
    pub fn rows(&self) -> impl Iterator<Item = &[bool]> {
        self.dark.chunks(self.side.max(1))
    }
}

/// What the QR code in a picture holds; none where there is no code, or no way to read it.
///
/// The picture is one that a program drew, so the code stands upright in it, and its squares are found by its upper
/// corners. Looking for codes at any angle, as for a camera, is left out on purpose: a picture that is made for it keeps
/// such a search busy for minutes.
pub(crate) fn read(picture: &DynamicImage) -> Option<Vec<u8>> {
    let grey = crate::picture::on_white(picture);
    let is_dark = |x: u32, y: u32| {
        grey.get_pixel_checked(x, y)
            .is_some_and(|pixel| pixel.0[0] < DARK)
    };
    // The first dark row is the upper edge of the two upper corners, so it begins and ends where the code does.
    let top = (0..grey.height()).find(|&y| (0..grey.width()).any(|x| is_dark(x, y)))?;
    let left = (0..grey.width()).find(|&x| is_dark(x, top))?;
    let right = (0..grey.width()).rev().find(|&x| is_dark(x, top))?;
    let edge = (left..=right).take_while(|&x| is_dark(x, top)).count();
    let width = right - left + 1;
    let side = side(width, u32::try_from(edge).ok()?)?;
    // The middle of a square, of which there are so many to the width.
    let middle = |from: u32, square: usize| {
        let square = u32::try_from(square).unwrap_or(u32::MAX);
        from.saturating_add(square.saturating_mul(2).saturating_add(1).saturating_mul(width) / (2 * side))
    };
    let squares = SimpleGrid::from_func(usize::try_from(side).ok()?, |x, y| {
        is_dark(middle(left, x), middle(top, y))
    });
    let mut content = Vec::new();
    Grid::new(squares).decode_to(&mut content).ok()?;
    Some(content)
}

/// How many squares a code has to its side that is `width` pixels wide and whose corner, seven squares, is `corner` wide.
fn side(width: u32, corner: u32) -> Option<u32> {
    // Versions 1 to 40: 21, 25, … 177 squares. The nearest one, as a picture that was scaled may be off by a pixel.
    let squares = (width * CORNER + corner / 2) / corner;
    let version = squares.checked_sub(SMALLEST)?.checked_add(2)? / 4;
    let side = SMALLEST + 4 * version;
    (side <= LARGEST && side.abs_diff(squares) <= 1 && width >= side).then_some(side)
}

/// Draws a QR code that holds exactly this; none for more than a QR code holds.
pub(crate) fn draw(content: &[u8]) -> Option<QrSquares> {
    let code = QrCode::with_error_correction_level(content, EcLevel::M).ok()?;
    Some(QrSquares {
        side: code.width(),
        dark: code
            .into_colors()
            .into_iter()
            .map(|color| color == Color::Dark)
            .collect(),
    })
}

#[cfg(test)]
mod tests {
    use image::{GrayImage, Luma};
    use proptest::prelude::*;

    use super::*;

    /// The squares as a picture, with their border.
    fn picture(squares: &QrSquares, scale: u32) -> DynamicImage {
        let rows: Vec<&[bool]> = squares.rows().collect();
        let side = (u32::try_from(squares.side()).unwrap() + 8) * scale;
        DynamicImage::ImageLuma8(GrayImage::from_fn(side, side, |x, y| {
            let at = |pixel: u32| usize::try_from(pixel / scale).unwrap().checked_sub(4);
            let dark = at(y)
                .and_then(|row| rows.get(row))
                .zip(at(x))
                .and_then(|(row, column)| row.get(column));
            Luma([if dark == Some(&true) { 0 } else { 255 }])
        }))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        #[test]
        fn what_is_drawn_reads_as_what_it_was_drawn_of(text in "[!-~]{1,80}", scale in 1_u32..6) {
            let squares = draw(text.as_bytes()).unwrap();
            prop_assert_eq!(read(&picture(&squares, scale)), Some(text.into_bytes()));
        }
    }

    #[test]
    fn a_picture_without_a_code_reads_as_nothing() {
        let blank = DynamicImage::ImageLuma8(GrayImage::from_pixel(200, 200, Luma([255])));
        assert_eq!(read(&blank), None);
    }

    #[test]
    fn more_than_a_code_holds_is_not_drawn() {
        assert_eq!(draw(&[b'x'; 4_000]), None);
    }

    /// What hostile or merely odd pictures look like to the search: none may panic, or take long.
    #[test]
    fn pictures_that_are_no_code_read_as_nothing() {
        let corner = |x: u32, y: u32| {
            let (x, y) = (x % 8, y % 8);
            let inside = |from: u32, to: u32| (from..=to).contains(&x) && (from..=to).contains(&y);
            inside(0, 6) && (!inside(1, 5) || inside(2, 4))
        };
        let pictures: [&dyn Fn(u32, u32) -> bool; 5] = [
            &|x, y| corner(x / 2, y / 2),
            &|_, _| true,
            &|x, y| x == 0 && y == 0,
            &|x, y| (x + y) % 2 == 0,
            &|x, _| x < 7 || x == 700,
        ];
        for dark in pictures {
            let full = GrayImage::from_fn(1024, 1024, |x, y| Luma([if dark(x, y) { 0 } else { 255 }]));
            assert_eq!(read(&DynamicImage::ImageLuma8(full)), None);
        }
    }

    #[test]
    fn a_code_on_nothing_at_all_is_read_as_on_white() {
        let squares = draw(b"K7QF-2M9X").unwrap();
        let clear = picture(&squares, 4).to_luma_alpha8();
        let clear = image::ImageBuffer::from_fn(clear.width(), clear.height(), |x, y| {
            let dark = clear.get_pixel(x, y).0[0] == 0;
            image::LumaA([0_u8, if dark { 255 } else { 0 }])
        });
        assert_eq!(
            read(&DynamicImage::ImageLumaA8(clear)).as_deref(),
            Some(&b"K7QF-2M9X"[..])
        );
    }
}
