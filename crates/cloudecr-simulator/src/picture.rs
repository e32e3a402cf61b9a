//! The pictures that the simulator draws: a QR code of a key, a logo for every wallet, and one that is a trap.
//!
//! `qrcode`, `png` and `font8x8` do the work: the first two are what everyone uses, the third is the public-domain
//! letters as data. None brings an image library along.

use font8x8::legacy::BASIC_LEGACY;
use qrcode::{Color, EcLevel, QrCode};

/// Pixels along one module of a QR code.
const MODULE: usize = 8;
/// Modules of white around a QR code, as its standard asks.
const QUIET: usize = 4;
/// Pixels along one side of a logo.
const LOGO_SIDE: usize = 96;
/// Pixels along one dot of a logo's letters.
const DOT: usize = 5;
/// Dots along one letter.
const LETTER: usize = 8;
/// Pixels along each side of the picture that [`Logo::Bomb`](crate::Logo::Bomb) unpacks to.
pub const BOMB_SIDE: u32 = 12_000;

/// A QR code as a PNG of grey pixels.
pub(crate) fn qr(text: &str) -> Result<Vec<u8>, String> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).map_err(|error| error.to_string())?;
    let (modules, width) = (code.to_colors(), code.width());
    let side = (width + 2 * QUIET) * MODULE;
    let module = |pixel: usize| (pixel / MODULE).checked_sub(QUIET).filter(|&at| at < width);
    let mut pixels = Vec::with_capacity(side * side);
    for y in 0..side {
        for x in 0..side {
            let place = module(x).zip(module(y)).map(|(x, y)| y * width + x);
            let color = place.and_then(|place| modules.get(place).copied());
            pixels.push(if color == Some(Color::Dark) { 0 } else { 255 });
        }
    }
    let side = u32::try_from(side).map_err(|error| error.to_string())?;
    encode(side, png::ColorType::Grayscale, png::BitDepth::Eight, &pixels)
}

/// A wallet's logo: its first two letters on a round tile of its own colour, as a PNG with transparent corners.
pub(crate) fn logo(name: &str) -> Result<Vec<u8>, String> {
    let ground = colour(name);
    let letters: Vec<[u8; LETTER]> = name
        .bytes()
        .take(2)
        .filter_map(|letter| BASIC_LEGACY.get(usize::from(letter.to_ascii_uppercase())))
        .copied()
        .collect();
    let (width, height) = (letters.len() * LETTER * DOT, LETTER * DOT);
    let (left, top) = ((LOGO_SIDE - width) / 2, (LOGO_SIDE - height) / 2);
    let is_ink = |x: usize, y: usize| {
        let (Some(x), Some(y)) = (x.checked_sub(left), y.checked_sub(top)) else {
            return false;
        };
        let (column, row) = (x / DOT, y / DOT);
        let letter = letters.get(column / LETTER).and_then(|rows| rows.get(row));
        letter.is_some_and(|&dots| dots >> (column % LETTER) & 1 == 1)
    };
    let mut pixels = Vec::with_capacity(LOGO_SIDE * LOGO_SIDE * 4);
    for y in 0..LOGO_SIDE {
        for x in 0..LOGO_SIDE {
            let [red, green, blue] = if is_ink(x, y) { [255; 3] } else { ground };
            let alpha = if is_on_tile(x, y) { 255 } else { 0 };
            pixels.extend([red, green, blue, alpha]);
        }
    }
    let side = u32::try_from(LOGO_SIDE).map_err(|error| error.to_string())?;
    encode(side, png::ColorType::Rgba, png::BitDepth::Eight, &pixels)
}

/// A picture that is small as a file and large in memory: one bit for a pixel here, four bytes once it is unpacked.
pub(crate) fn bomb() -> Result<Vec<u8>, String> {
    let bytes = usize::try_from(BOMB_SIDE / 8 * BOMB_SIDE).map_err(|error| error.to_string())?;
    encode(
        BOMB_SIDE,
        png::ColorType::Grayscale,
        png::BitDepth::One,
        &vec![0; bytes],
    )
}

/// A dark colour that belongs to a name, so that white letters stand out on it.
fn colour(name: &str) -> [u8; 3] {
    let sum = name
        .bytes()
        .fold(7_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()));
    let part = |shift: u32| u8::try_from((sum >> shift) % 120).unwrap_or(0) + 20;
    [part(0), part(7), part(14)]
}

/// Whether a pixel lies on a square with round corners.
fn is_on_tile(x: usize, y: usize) -> bool {
    const RADIUS: usize = 20;
    // How far the pixel is from the nearer of the two lines on which the corners' centres lie.
    let outside = |at: usize| {
        let low = RADIUS.saturating_sub(at);
        let high = (at + 1).saturating_sub(LOGO_SIDE - RADIUS);
        low.max(high)
    };
    outside(x).pow(2) + outside(y).pow(2) <= RADIUS.pow(2)
}

fn encode(side: u32, color: png::ColorType, depth: png::BitDepth, pixels: &[u8]) -> Result<Vec<u8>, String> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, side, side);
    encoder.set_color(color);
    encoder.set_depth(depth);
    let written = encoder.write_header().and_then(|mut writer| {
        writer.write_image_data(pixels)?;
        writer.finish()
    });
    written.map_err(|error| error.to_string())?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn side(file: Vec<u8>) -> u32 {
        let reader = png::Decoder::new(std::io::Cursor::new(file)).read_info().unwrap();
        assert_eq!(reader.info().width, reader.info().height);
        reader.info().width
    }

    #[test]
    fn every_picture_is_a_square_png() {
        assert_eq!(side(logo("tng").unwrap()), 96);
        assert_eq!(side(logo("").unwrap()), 96);
        assert_ne!(logo("tng").unwrap(), logo("boost").unwrap());
        assert_eq!(side(bomb().unwrap()), BOMB_SIDE);
        assert!(bomb().unwrap().len() < 100_000);
        assert!(side(qr("ABCD-EFGH-JKMN-PQRS").unwrap()) > 200);
    }
}
