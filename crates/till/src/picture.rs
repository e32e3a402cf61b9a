//! Pictures from outside – a wallet's logo, the gateway's QR image, the photograph of an item – which are hostile until they
//! were decoded here.
//!
//! What is kept or shown afterwards is a picture that Kaunter wrote itself, so neither the page nor the database ever holds
//! the bytes that came.

use std::io::Cursor;

use image::{DynamicImage, GrayImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};

/// The largest logo that is taken, in bytes.
pub const PICTURE_BYTES: usize = 256 * 1024;
/// The longest side of a picture, in pixels.
pub const PICTURE_SIDE: u32 = 1024;
/// What decoding one may take of the memory: a few copies of the largest, four bytes a pixel.
const PICTURE_MEMORY: u64 = 32 * 1024 * 1024;
/// The longest side of a logo as it is kept: twice what it is shown at, for sharp screens.
const LOGO_SIDE: u32 = 128;

/// The largest photograph of an item that is taken, in bytes: what a telephone makes.
pub const PHOTO_BYTES: usize = 16 * 1024 * 1024;
/// Its longest side, in pixels.
const PHOTO_SIDE: u32 = 9_000;
/// What decoding one may take of the memory: eighty million pixels, three bytes each.
const PHOTO_MEMORY: u64 = 256 * 1024 * 1024;
/// The longest sides of an item's picture as it is kept, the largest first. A smaller one is taken where it would be too long.
const ITEM_SIDES: [u32; 3] = [128, 112, 96];
/// The most bytes of it. The store holds to it as well.
const ITEM_BYTES: usize = 64 * 1024;

/// Why a picture is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadPicture {
    /// More bytes, or more pixels, than a logo or a QR has.
    #[error("the picture is larger than {} KiB or {PICTURE_SIDE} pixels a side", PICTURE_BYTES / 1024)]
    TooLarge,
    /// Not PNG, JPEG, WebP or GIF, or a damaged one.
    #[error("the picture is not a PNG, JPEG, WebP or GIF that can be read")]
    NotAPicture,
}

impl From<ImageError> for BadPicture {
    fn from(error: ImageError) -> Self {
        match error {
            ImageError::Limits(_) => Self::TooLarge,
            ImageError::Decoding(_)
            | ImageError::Encoding(_)
            | ImageError::Parameter(_)
            | ImageError::Unsupported(_)
            | ImageError::IoError(_) => Self::NotAPicture,
        }
    }
}

/// The picture of an item as it is kept: decoded, turned the way its camera was held, made small, and written anew as PNG.
pub(crate) fn item(bytes: &[u8]) -> Result<Vec<u8>, BadPicture> {
    if bytes.len() > PHOTO_BYTES {
        return Err(BadPicture::TooLarge);
    }
    let mut reader = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .map_err(|_| BadPicture::NotAPicture)?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(PHOTO_SIDE);
    limits.max_image_height = Some(PHOTO_SIDE);
    limits.max_alloc = Some(PHOTO_MEMORY);
    reader.limits(limits.clone());
    let mut decoder = reader.into_decoder()?;
    // The decoder holds itself to the limit, and not the pixels that it is to fill.
    limits.reserve(decoder.total_bytes())?;
    // A note in the file that cannot be read turns nothing.
    let turned = decoder.orientation().ok();
    let mut picture = DynamicImage::from_decoder(decoder)?;
    if let Some(turned) = turned {
        picture.apply_orientation(turned);
    }
    for side in ITEM_SIDES {
        let large = picture.width() > side || picture.height() > side;
        let png = encode(&if large {
            picture.thumbnail(side, side)
        } else {
            picture.clone()
        })?;
        if png.len() <= ITEM_BYTES {
            return Ok(png);
        }
    }
    Err(BadPicture::TooLarge)
}

/// Decodes a picture by what its bytes are, whatever its sender called it, and never beyond the limits of size and memory.
pub(crate) fn decode(bytes: &[u8]) -> Result<DynamicImage, BadPicture> {
    let mut reader = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .map_err(|_| BadPicture::NotAPicture)?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(PICTURE_SIDE);
    limits.max_image_height = Some(PICTURE_SIDE);
    limits.max_alloc = Some(PICTURE_MEMORY);
    reader.limits(limits);
    Ok(reader.decode()?)
}

/// A picture as PNG, written anew.
pub(crate) fn encode(picture: &DynamicImage) -> Result<Vec<u8>, BadPicture> {
    let mut png = Cursor::new(Vec::new());
    // Eight bits a channel: a sixteen-bit one would be twice as long for nothing that an eye sees.
    DynamicImage::ImageRgba8(picture.to_rgba8()).write_to(&mut png, ImageFormat::Png)?;
    Ok(png.into_inner())
}

/// A logo as it is kept: decoded, made no larger than it is shown, and written anew as PNG.
pub(crate) fn logo(bytes: &[u8]) -> Result<Vec<u8>, BadPicture> {
    if bytes.len() > PICTURE_BYTES {
        return Err(BadPicture::TooLarge);
    }
    let picture = decode(bytes)?;
    let large = picture.width() > LOGO_SIDE || picture.height() > LOGO_SIDE;
    encode(&if large {
        picture.thumbnail(LOGO_SIDE, LOGO_SIDE)
    } else {
        picture
    })
}

/// A picture in greys on white, as a screen or paper shows it: what is see-through is not black.
pub(crate) fn on_white(picture: &DynamicImage) -> GrayImage {
    let mut pixels = picture.to_luma_alpha8();
    for pixel in pixels.pixels_mut() {
        let [light, alpha] = pixel.0;
        let white = u16::from(u8::MAX - alpha);
        let shown = (u16::from(light) * u16::from(alpha)) / u16::from(u8::MAX) + white;
        pixel.0 = [u8::try_from(shown).unwrap_or(u8::MAX), u8::MAX];
    }
    DynamicImage::ImageLumaA8(pixels).into_luma8()
}

#[cfg(test)]
mod tests {
    use image::{Rgba, RgbaImage};

    use super::*;

    fn picture(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
        let pixels = RgbaImage::from_pixel(width, height, Rgba([11, 93, 87, 255]));
        let mut bytes = Cursor::new(Vec::new());
        let picture = DynamicImage::ImageRgba8(pixels);
        let picture = match format {
            ImageFormat::Jpeg => DynamicImage::ImageRgb8(picture.to_rgb8()),
            _ => picture,
        };
        picture.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn a_logo_of_each_kind_is_kept_as_a_png_no_larger_than_it_is_shown() {
        for format in [
            ImageFormat::Png,
            ImageFormat::Jpeg,
            ImageFormat::WebP,
            ImageFormat::Gif,
        ] {
            let kept = logo(&picture(300, 150, format)).unwrap();
            let kept = image::load_from_memory_with_format(&kept, ImageFormat::Png).unwrap();
            assert_eq!((kept.width(), kept.height()), (128, 64), "{format:?}");
        }
        let small = logo(&picture(32, 20, ImageFormat::Png)).unwrap();
        assert_eq!(image::load_from_memory(&small).unwrap().width(), 32);
    }

    #[test]
    fn what_is_too_large_or_no_picture_is_refused() {
        let wide = picture(PICTURE_SIDE + 1, 1, ImageFormat::Png);
        assert_eq!(logo(&wide), Err(BadPicture::TooLarge));
        assert_eq!(logo(&vec![0; PICTURE_BYTES + 1]), Err(BadPicture::TooLarge));
        let cut = picture(64, 64, ImageFormat::Png);
        for not_one in [
            &b""[..],
            b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
            b"GIF89a\x01\x00\x01\x00",
            b"<!doctype html>",
            &cut[..cut.len() / 2],
        ] {
            assert_eq!(logo(not_one), Err(BadPicture::NotAPicture));
        }
    }

    #[test]
    fn a_photograph_becomes_a_small_picture_whatever_is_on_it() {
        let kept = item(&picture(4_000, 3_000, ImageFormat::Jpeg)).unwrap();
        let small = image::load_from_memory_with_format(&kept, ImageFormat::Png).unwrap();
        assert_eq!((small.width(), small.height()), (128, 96));
        // Noise cannot be pressed, and is the longest that a picture can be.
        let mut seed = 7_u32;
        let mut noise = || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            seed.to_be_bytes()[0]
        };
        let pixels = RgbaImage::from_fn(128, 128, |_, _| Rgba([noise(), noise(), noise(), noise()]));
        let mut png = Cursor::new(Vec::new());
        DynamicImage::ImageRgba8(pixels)
            .write_to(&mut png, ImageFormat::Png)
            .unwrap();
        assert!(png.get_ref().len() > ITEM_BYTES);
        assert!(item(png.get_ref()).unwrap().len() <= ITEM_BYTES);
        assert_eq!(item(&vec![0; PHOTO_BYTES + 1]), Err(BadPicture::TooLarge));
        assert_eq!(
            item(b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
            Err(BadPicture::NotAPicture)
        );
    }

    /// A few hundred bytes that say that they are 60000 pixels wide and high must not cost gigabytes.
    #[test]
    fn a_picture_that_unfolds_to_gigabytes_is_refused_by_its_header() {
        let mut png = picture(8, 8, ImageFormat::Png);
        // The header's width and height, and its checksum.
        png[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
        let sum = crc(&png[12..29]);
        png[29..33].copy_from_slice(&sum.to_be_bytes());
        assert_eq!(logo(&png), Err(BadPicture::TooLarge));
        // A photograph may be as wide and as high as this, and not both with four bytes for each pixel.
        png[16..24].copy_from_slice(&[0, 0, 0x23, 0x28, 0, 0, 0x23, 0x28]);
        let sum = crc(&png[12..29]);
        png[29..33].copy_from_slice(&sum.to_be_bytes());
        assert_eq!(item(&png), Err(BadPicture::TooLarge));
    }

    fn crc(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(!0_u32, |sum, byte| {
            (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
                if sum & 1 == 1 {
                    (sum >> 1) ^ 0xedb8_8320
                } else {
                    sum >> 1
                }
            })
        })
    }
}
