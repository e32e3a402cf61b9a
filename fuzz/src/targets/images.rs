//! Pictures from outside: a wallet's logo and the gateway's QR code. What is kept is a small PNG that the till wrote itself,
//! whatever came; what is not a picture is refused; and no picture, however made, keeps the till busy or takes its memory
//! (the search ends with an input that takes seconds, or gigabytes).

use cloudecr::{PictureKind, read};
use till::outside::{draw_qr, logo, read_qr};

use super::{pick, requests, seed, split};

/// What a server says that its file is.
const CONTENT_TYPES: [Option<&str>; 6] = [
    None,
    Some("image/png"),
    Some("image/jpeg"),
    Some("image/svg+xml"),
    Some("application/octet-stream"),
    Some("text/html"),
];
/// The longest side of a logo as it is kept.
const SIDE: u32 = 128;

/// What became of a file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Taken {
    /// A logo was made of it.
    pub as_logo: bool,
    /// A QR code was read from it.
    pub as_code: bool,
}

/// Takes a file for a logo and for a QR code; the first byte is what its server calls it. Says what became of it.
pub fn check(input: &[u8]) -> Taken {
    let mut taken = Taken::default();
    let Some(([called], file)) = split(input) else {
        return taken;
    };
    let called = pick(&CONTENT_TYPES, called);
    let kind = PictureKind::of(file);
    if let Ok(picture) = read::picture(file, called) {
        assert_eq!(Some(picture.kind), kind);
        assert_eq!(picture.bytes, file);
        let agrees = called.is_none_or(|called| {
            called == picture.kind.content_type() || called == "application/octet-stream"
        });
        assert!(agrees, "{:?} was called {called:?}", picture.kind);
    }
    if let Ok(kept) = logo(file) {
        taken.as_logo = true;
        assert!(kind.is_some(), "a picture of an unknown kind was kept");
        assert_eq!(PictureKind::of(&kept), Some(PictureKind::Png));
        assert!(sides(&kept).is_some_and(|sides| sides.iter().all(|side| (1..=SIDE).contains(side))));
        assert_eq!(logo(&kept), Ok(kept.clone()), "what was kept is kept as it is");
    }
    if let Some(content) = read_qr(file) {
        taken.as_code = true;
        // What can be read can be drawn sharply; a code that holds nothing at all is no key.
        let drawn = draw_qr(&content).map(|squares| (squares.side(), squares.rows().count()));
        assert!(
            drawn.is_none_or(|(side, rows)| side == rows && (21..=177).contains(&side)),
            "{drawn:?}"
        );
    }
    taken
}

/// Width and height of a PNG, as its header says.
fn sides(png: &[u8]) -> Option<[u32; 2]> {
    let side = |from: usize| -> Option<u32> {
        let bytes = png.get(from..from.checked_add(4)?)?;
        Some(u32::from_be_bytes(bytes.try_into().ok()?))
    };
    Some([side(16)?, side(20)?])
}

/// The simulator's pictures, one pixel in each format, and what is no picture.
#[must_use]
pub fn seeds() -> Vec<Vec<u8>> {
    const GIF: &[u8] = b"GIF89a\x01\x00\x01\x00\x80\x01\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;";
    const WEBP: &[u8] =
        b"RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00/\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07\x00";
    let mut seeds = vec![
        seed(b"0", GIF),
        seed(b"0", WEBP),
        seed(b"2", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01"),
        seed(
            b"3",
            "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        ),
        seed(b"5", "<!doctype html>"),
        seed(b"1", ""),
    ];
    for path in [
        "/api/bind-terminal-key?option=image",
        "/simulator/logos/tng.png",
        "/simulator/logos/grabPay.png",
        "/simulator/logos/boost.png",
    ] {
        let file = requests::fetch(path);
        seeds.push(seed(b"1", file.get(..file.len() / 2).unwrap_or_default()));
        seeds.push(seed(b"1", file));
    }
    seeds
}
