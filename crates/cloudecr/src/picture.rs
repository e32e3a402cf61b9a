//! Pictures from outside: what they are is decided by their first bytes, and only kinds without scripts are taken.

/// A wallet's logo, as it was fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The file, at most 256 KiB. Only its first bytes have been looked at.
    pub bytes: Vec<u8>,
    /// Its kind, by those bytes.
    pub kind: PictureKind,
}

/// The kinds of picture that are taken. SVG is none of them: it can hold scripts and links.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PictureKind {
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
    /// WebP.
    Webp,
    /// GIF.
    Gif,
}

impl PictureKind {
    /// The kind of a file, by its first bytes; `None` when it is none of these.
    ///
    /// ```
    /// use cloudecr::PictureKind;
    /// assert_eq!(PictureKind::of(b"GIF89a..."), Some(PictureKind::Gif));
    /// assert_eq!(PictureKind::of(b"<svg xmlns="), None);
    /// ```
    pub fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some(Self::Png),
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::Webp),
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(Self::Gif),
            _ => None,
        }
    }

    /// Its content type, such as `image/png`.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Webp => "image/webp",
            Self::Gif => "image/gif",
        }
    }
}

impl Picture {
    /// Takes a fetched file for a picture: its first bytes decide, and the server's word for it (`content_type`) must
    /// not be another one. A server that only says that it is bytes says nothing.
    ///
    /// # Errors
    /// What is wrong, in words.
    pub(crate) fn read(bytes: Vec<u8>, content_type: Option<&str>) -> Result<Self, String> {
        let kind = PictureKind::of(&bytes).ok_or("it is no PNG, JPEG, WebP or GIF")?;
        let announced = essence(content_type.unwrap_or_default());
        let agrees = match announced.as_str() {
            "" | "application/octet-stream" | "binary/octet-stream" => true,
            "image/jpg" | "image/pjpeg" => kind == PictureKind::Jpeg,
            other => other == kind.content_type(),
        };
        if agrees {
            Ok(Self { bytes, kind })
        } else {
            Err(format!("it is {} and called another", kind.content_type()))
        }
    }
}

/// A content type without its parameters, in lower case.
pub(crate) fn essence(content_type: &str) -> String {
    let essence = content_type.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n....";

    #[test]
    fn the_first_bytes_decide_and_the_servers_word_must_not_be_another() {
        for (bytes, kind) in [
            (PNG, PictureKind::Png),
            (b"\xff\xd8\xff\xe0..", PictureKind::Jpeg),
            (b"RIFF\x00\x00\x00\x00WEBPVP8 ", PictureKind::Webp),
            (b"GIF87a", PictureKind::Gif),
        ] {
            for word in [Some(kind.content_type()), None, Some("application/octet-stream")] {
                let read = Picture::read(bytes.to_vec(), word);
                assert_eq!(read.map(|picture| picture.kind), Ok(kind), "{word:?}");
            }
            assert!(Picture::read(bytes.to_vec(), Some("image/svg+xml")).is_err());
            assert!(Picture::read(bytes.to_vec(), Some("text/html")).is_err());
        }
        assert!(Picture::read(PNG.to_vec(), Some("Image/PNG; charset=binary")).is_ok());
        assert!(Picture::read(b"\xff\xd8\xff".to_vec(), Some("image/jpg")).is_ok());
        assert!(Picture::read(PNG.to_vec(), Some("image/jpeg")).is_err());
    }

    #[test]
    fn what_can_hold_a_script_is_no_picture() {
        for bytes in [
            &b"<svg xmlns='http://www.w3.org/2000/svg'/>"[..],
            b"<?xml version='1.0'?><svg/>",
            b"\xef\xbb\xbf<svg/>",
            b"<html>",
            b"%PDF-1.7",
            b"RIFF....WAVE",
            b"",
            b"\x89PN",
        ] {
            for word in ["image/svg+xml", "image/png", ""] {
                assert!(
                    Picture::read(bytes.to_vec(), Some(word)).is_err(),
                    "{bytes:?} as {word}"
                );
            }
        }
    }
}
