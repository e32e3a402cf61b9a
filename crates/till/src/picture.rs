//! Pictures from outside – a wallet's logo, the gateway's QR image – which are hostile until they were decoded here.
//!
//! What is kept or shown afterwards is a picture that Kaunter wrote itself, so neither the page nor the database ever holds
//! the bytes that came.

use std::io::Cursor;

use image::{DynamicImage, ImageError, ImageFormat, ImageReader, Limits};

/// The largest logo that is taken, in bytes.
pub const PICTURE_BYTES: usize = 256 * 1024;
/// The longest side of a picture, in pixels.
pub const PICTURE_SIDE: u32 = 1024;
/// What decoding one may take of the memory: a few copies of the largest, four bytes a pixel.
const PICTURE_MEMORY: u64 = 32 * 1024 * 1024;
/// The longest side of a logo as it is kept: twice what it is shown at, for sharp screens.
const LOGO_SIDE: u32 = 128;

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

    /// A few hundred bytes that say that they are 60000 pixels wide and high must not cost gigabytes.
    #[test]
    fn a_picture_that_unfolds_to_gigabytes_is_refused_by_its_header() {
        let mut png = picture(8, 8, ImageFormat::Png);
        // The header's width and height, and its checksum.
        png[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
        let sum = crc(&png[12..29]);
        png[29..33].copy_from_slice(&sum.to_be_bytes());
        assert_eq!(logo(&png), Err(BadPicture::TooLarge));
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
