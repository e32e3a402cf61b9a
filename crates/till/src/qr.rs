//! QR codes: reading the gateway's image, and drawing what it holds as sharp squares.

use image::DynamicImage;
use qrcode::{Color, EcLevel, QrCode};
use rqrr::PreparedImage;

/// A QR code as its squares, without the white border that it needs around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QrSquares {
    side: usize,
    dark: Vec<bool>,
}

impl QrSquares {
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

/// What the one QR code in a picture holds; none where there is none, several, or no way to read it.
pub(crate) fn read(picture: &DynamicImage) -> Option<Vec<u8>> {
    let grey = flat(picture);
    let (width, height) = (usize::try_from(grey.width()).ok()?, usize::try_from(grey.height()).ok()?);
    let pixels = grey.into_raw();
    let mut prepared = PreparedImage::prepare_from_greyscale(width, height, |x, y| {
        pixels.get(y * width + x).copied().unwrap_or(u8::MAX)
    });
    let mut grids = prepared.detect_grids().into_iter();
    let (Some(grid), None) = (grids.next(), grids.next()) else {
        return None;
    };
    let mut content = Vec::new();
    grid.decode_to(&mut content).ok()?;
    Some(content)
}

/// On white, as a screen shows it: what is see-through is not black.
fn flat(picture: &DynamicImage) -> image::GrayImage {
    let mut pixels = picture.to_luma_alpha8();
    for pixel in pixels.pixels_mut() {
        let [light, alpha] = pixel.0;
        let white = u16::from(u8::MAX - alpha);
        let shown = (u16::from(light) * u16::from(alpha)) / u16::from(u8::MAX) + white;
        pixel.0 = [u8::try_from(shown).unwrap_or(u8::MAX), u8::MAX];
    }
    DynamicImage::ImageLumaA8(pixels).into_luma8()
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
        fn what_is_drawn_reads_as_what_it_was_drawn_of(text in "[!-~]{1,80}", scale in 3_u32..6) {
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

    /// A picture made to be searched for ever: nothing but the corners of codes.
    #[test]
    fn a_picture_full_of_corners_is_given_up_in_time() {
        let corner = |x: u32, y: u32| {
            let (x, y) = (x % 8, y % 8);
            let inside = |from: u32, to: u32| (from..=to).contains(&x) && (from..=to).contains(&y);
            inside(0, 6) && (!inside(1, 5) || inside(2, 4))
        };
        let full = GrayImage::from_fn(1024, 1024, |x, y| Luma([if corner(x / 2, y / 2) { 0 } else { 255 }]));
        let began = std::time::Instant::now();
        let _ = read(&DynamicImage::ImageLuma8(full));
        assert!(began.elapsed() < std::time::Duration::from_secs(20), "{:?}", began.elapsed());
    }
}
