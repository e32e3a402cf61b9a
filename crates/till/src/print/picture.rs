//! One-bit pictures: what a printer's head burns.

use std::io::Cursor;

use image::imageops::{self, BiLevel, FilterType};
use image::{DynamicImage, GrayImage, ImageFormat, Luma};

use crate::picture::{BadPicture, PICTURE_BYTES, decode, on_white};

/// The largest logo, in dots: it leaves a margin on the narrowest paper, and is no poster.
const LOGO_WIDTH: u32 = 320;
const LOGO_HEIGHT: u32 = 200;

/// A one-bit picture; a dot that is set is black.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bitmap {
    width: u16,
    height: u16,
    /// Rows from the top, each a whole number of bytes, the leftmost dot in the highest bit: as printers take them.
    bytes: Vec<u8>,
}

impl Bitmap {
    /// A white one.
    #[must_use]
    pub fn new(width: u16, height: u16) -> Self {
        let stride = usize::from(width.div_ceil(8));
        Self {
            width,
            height,
            bytes: vec![0; stride * usize::from(height)],
        }
    }

    /// One of a printer's own bytes; none where they are not as many as it takes.
    #[must_use]
    pub fn from_bytes(width: u16, height: u16, bytes: &[u8]) -> Option<Self> {
        let mut made = Self::new(width, height);
        (bytes.len() == made.bytes.len()).then(|| {
            made.bytes.copy_from_slice(bytes);
            made
        })
    }

    /// Its width in dots.
    #[must_use]
    pub const fn width(&self) -> u16 {
        self.width
    }

    /// Its height in dots.
    #[must_use]
    pub const fn height(&self) -> u16 {
        self.height
    }

    /// Its bytes, row by row.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// How many bytes a row has.
    #[must_use]
    pub const fn stride(&self) -> u16 {
        self.width.div_ceil(8)
    }

    fn place(&self, x: u16, y: u16) -> Option<(usize, u8)> {
        (x < self.width && y < self.height).then(|| {
            let at = usize::from(y) * usize::from(self.stride()) + usize::from(x / 8);
            (at, 0x80 >> (x % 8))
        })
    }

    /// Whether a dot is black; those outside are white.
    #[must_use]
    pub fn is_black(&self, x: u16, y: u16) -> bool {
        self.place(x, y)
            .and_then(|(at, bit)| self.bytes.get(at).map(|byte| byte & bit != 0))
            .unwrap_or(false)
    }

    /// Blackens a dot; those outside are left alone.
    pub fn set(&mut self, x: u16, y: u16) {
        if let Some((at, bit)) = self.place(x, y)
            && let Some(byte) = self.bytes.get_mut(at)
        {
            *byte |= bit;
        }
    }

    /// Blackens a rectangle.
    pub(super) fn fill(&mut self, left: u16, top: u16, width: u16, height: u16) {
        for y in top..top.saturating_add(height) {
            for x in left..left.saturating_add(width) {
                self.set(x, y);
            }
        }
    }

    /// Draws another one over it.
    pub(super) fn stamp(&mut self, other: &Self, left: u16, top: u16) {
        for y in 0..other.height {
            for x in 0..other.width {
                if other.is_black(x, y) {
                    self.set(left.saturating_add(x), top.saturating_add(y));
                }
            }
        }
    }

    /// As a PNG, black on white.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn png(&self) -> Result<Vec<u8>, BadPicture> {
        let grey = GrayImage::from_fn(self.width.into(), self.height.into(), |x, y| {
            let black = u16::try_from(x)
                .ok()
                .zip(u16::try_from(y).ok())
                .is_some_and(|(x, y)| self.is_black(x, y));
            Luma([if black { 0 } else { u8::MAX }])
        });
        let mut png = Cursor::new(Vec::new());
        DynamicImage::ImageLuma8(grey).write_to(&mut png, ImageFormat::Png)?;
        Ok(png.into_inner())
    }

    fn of(grey: &GrayImage) -> Result<Self, BadPicture> {
        let width = u16::try_from(grey.width()).map_err(|_| BadPicture::TooLarge)?;
        let height = u16::try_from(grey.height()).map_err(|_| BadPicture::TooLarge)?;
        let mut bitmap = Self::new(width, height);
        for (x, y, pixel) in grey.enumerate_pixels() {
            if pixel.0[0] < 128
                && let (Ok(x), Ok(y)) = (u16::try_from(x), u16::try_from(y))
            {
                bitmap.set(x, y);
            }
        }
        Ok(bitmap)
    }
}

/// A shop's logo from a file: decoded within limits, no larger than fits on the paper, and in dots.
///
/// # Errors
/// When it is no picture, or too large a one.
pub(crate) fn logo(file: &[u8]) -> Result<Bitmap, BadPicture> {
    if file.len() > PICTURE_BYTES {
        return Err(BadPicture::TooLarge);
    }
    let picture = DynamicImage::ImageLuma8(on_white(&decode(file)?));
    let large = picture.width() > LOGO_WIDTH || picture.height() > LOGO_HEIGHT;
    let fitted = if large {
        picture.resize(LOGO_WIDTH, LOGO_HEIGHT, FilterType::Lanczos3)
    } else {
        picture
    };
    let mut grey = fitted.into_luma8();
    imageops::dither(&mut grey, &BiLevel);
    Bitmap::of(&grey)
}

/// A logo as it was kept.
///
/// # Errors
/// When it cannot be read.
pub(crate) fn kept_logo(png: &[u8]) -> Result<Bitmap, BadPicture> {
    Bitmap::of(&decode(png)?.into_luma8())
}

#[cfg(test)]
mod tests {
    use image::{Rgba, RgbaImage};

    use super::*;

    fn file(width: u32, height: u32, of: impl Fn(u32, u32) -> u8) -> Vec<u8> {
        let pixels = RgbaImage::from_fn(width, height, |x, y| {
            let light = of(x, y);
            Rgba([light, light, light, 255])
        });
        let mut png = Cursor::new(Vec::new());
        DynamicImage::ImageRgba8(pixels)
            .write_to(&mut png, ImageFormat::Png)
            .unwrap();
        png.into_inner()
    }

    #[test]
    fn a_grey_logo_becomes_dots_half_of_which_are_black() {
        let logo = logo(&file(100, 100, |_, _| 128)).unwrap();
        let black = logo.bytes().iter().map(|byte| byte.count_ones()).sum::<u32>();
        assert!((4_500..5_500).contains(&black), "{black}");
    }

    #[test]
    fn a_large_logo_is_made_to_fit_and_is_the_same_after_it_was_kept() {
        let first = logo(&file(
            1000,
            500,
            |x, y| if (x / 50 + y / 50) % 2 == 0 { 0 } else { 255 },
        ))
        .unwrap();
        assert_eq!((first.width(), first.height()), (320, 160));
        assert_eq!(kept_logo(&first.png().unwrap()).unwrap(), first);
    }

    #[test]
    fn what_is_no_picture_is_refused() {
        assert_eq!(logo(b"%PDF-1.7"), Err(BadPicture::NotAPicture));
        assert_eq!(logo(&vec![0; PICTURE_BYTES + 1]), Err(BadPicture::TooLarge));
    }
}
