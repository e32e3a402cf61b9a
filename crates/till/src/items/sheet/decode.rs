//! From a file's bytes to its letters, whichever program wrote it.

use std::borrow::Cow;

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How a file's letters were written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Letters {
    /// As most programs write them.
    Utf8,
    /// As *Unicode text* of a spreadsheet.
    Utf16,
    /// As plain CSV of a Chinese Windows.
    Gb18030,
    /// As plain CSV of a Western Windows. It fits every file, so it is what is left.
    Windows1252,
}

/// The letters of a file, without its mark of which they are. What is no letter at all comes out as �, which no
/// cell that is read may have.
pub(super) fn decode(bytes: &[u8]) -> (Cow<'_, str>, Letters) {
    let (letters, encoding, skipped) = kind(bytes);
    let rest = bytes.get(skipped..).unwrap_or_default();
    (encoding.decode_without_bom_handling(rest).0, letters)
}

fn kind(bytes: &[u8]) -> (Letters, &'static Encoding, usize) {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        let letters = if encoding == UTF_8 {
            Letters::Utf8
        } else {
            Letters::Utf16
        };
        return (letters, encoding, length);
    }
    if let Some(encoding) = unmarked_utf16(bytes) {
        return (Letters::Utf16, encoding, 0);
    }
    if std::str::from_utf8(bytes).is_ok() {
        (Letters::Utf8, UTF_8, 0)
    } else if looks_chinese(bytes) {
        (Letters::Gb18030, GB18030, 0)
    } else {
        (Letters::Windows1252, WINDOWS_1252, 0)
    }
}

/// Text of two bytes a letter without a mark: its commas, digits and line ends have a zero beside them, always on the
/// same side.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let beginning = bytes.get(..bytes.len().min(512))?;
    let zeros = |side: usize| {
        beginning
            .iter()
            .skip(side)
            .step_by(2)
            .filter(|byte| **byte == 0)
            .count()
    };
    match (zeros(0), zeros(1)) {
        (0, 1..) => Some(UTF_16LE),
        (1.., 0) => Some(UTF_16BE),
        _ => None,
    }
}

/// Chinese comes as pairs that begin with a high byte, most of them of two high bytes from where the common characters lie; in a
/// Western text a high byte is one accented letter among plain ones. A character that is not among the common ones, such as 粿, may
/// have a plain byte second, and a rare one has four bytes.
fn looks_chinese(bytes: &[u8]) -> bool {
    let mut pairs = 0_usize;
    let mut common = 0_usize;
    let mut at = bytes.iter();
    while let Some(byte) = at.next() {
        if byte.is_ascii() {
            continue;
        }
        match at.next() {
            Some(0x30..=0x39) => {
                pairs += 1;
                at.by_ref().take(2).for_each(drop);
            }
            Some(second @ (0x40..=0x7e | 0x80..=0xfe)) => {
                pairs += 1;
                common += usize::from((0xb0..=0xd7).contains(byte) && *second >= 0xa1);
            }
            Some(_) | None => return false,
        }
    }
    let likely = pairs > 0 && common * 2 >= pairs;
    likely
        && GB18030
            .decode_without_bom_handling_and_without_replacement(bytes)
            .is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_letters_are_told_from_the_bytes() {
        let text = "name,price\r\nCafé 白咖啡,6.50\r\n";
        let utf16 = |little: bool| -> Vec<u8> {
            text.encode_utf16()
                .flat_map(|unit| {
                    if little {
                        unit.to_le_bytes()
                    } else {
                        unit.to_be_bytes()
                    }
                })
                .collect()
        };
        let marked = |mark: &[u8], rest: Vec<u8>| [mark, &rest].concat();
        for (bytes, letters) in [
            (text.as_bytes().to_vec(), Letters::Utf8),
            (marked(b"\xef\xbb\xbf", text.as_bytes().to_vec()), Letters::Utf8),
            (marked(b"\xff\xfe", utf16(true)), Letters::Utf16),
            (marked(b"\xfe\xff", utf16(false)), Letters::Utf16),
            (utf16(true), Letters::Utf16),
            (utf16(false), Letters::Utf16),
        ] {
            assert_eq!(decode(&bytes), (Cow::Borrowed(text), letters), "{letters:?}");
        }
        assert_eq!(
            decode(b"name\r\nCaf\xe9\r\n"),
            ("name\r\nCafé\r\n".into(), Letters::Windows1252)
        );
        // 粿 and 滷 lie where a byte of the pair is none of the high ones, 㐂 has four bytes.
        for text in [
            "名称,价格\r\n白咖啡,6.50\r\n",
            "名称,价格\r\n炒粿条,6.50\r\n滷肉饭,8.00\r\n㐂面,9.00\r\n",
        ] {
            let (chinese, _, lacks) = GB18030.encode(text);
            assert!(!lacks);
            assert_eq!(decode(&chinese), (text.into(), Letters::Gb18030));
        }
        for text in [
            "name\r\nCafés crème brûlée\r\n",
            "nome\r\nMaçãs à João\r\n",
            "naam\r\nÆbleskiver på tallerken\r\n",
        ] {
            let (western, ..) = WINDOWS_1252.encode(text);
            assert_eq!(decode(&western), (text.into(), Letters::Windows1252));
        }
    }
}
