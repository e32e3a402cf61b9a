//! Barcodes: as a person or a scanner types them, and as they are compared.
//!
//! The same product's number comes in several lengths: a UPC-A of 12 digits is the EAN-13 with a 0 before it, a GTIN-14
//! that begins with 0 is the EAN-13 after it, and a UPC-E is a UPC-A with its zeros pressed out (GS1 General
//! Specifications, 5.2.2.4). Which of them a scanner types depends on how it is set, so all are found; and so is one whose
//! first zero a spreadsheet has dropped, where the check digit says that it had one.

use std::fmt;

/// The longest barcode that an item has, in characters.
pub const BARCODE_LIMIT: usize = 48;
/// The shortest: what a scanner types has at least so many characters.
const SHORTEST: usize = 3;
/// The most barcodes of one item.
pub const BARCODES_LIMIT: usize = 20;
/// The most that is looked at of what a scanner types, in characters. A QR code can hold thousands.
pub const SCAN_LIMIT: usize = 256;
/// What sets the parts of a GS1 code apart.
const GROUP_SEPARATOR: char = '\u{1d}';

/// Why a text is no barcode.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadBarcode {
    /// Fewer characters than a scanner types.
    #[error("a barcode has at least {SHORTEST} characters")]
    TooShort,
    /// More than an item's barcode has.
    #[error("a barcode has at most {BARCODE_LIMIT} characters")]
    TooLong,
    /// A character that no barcode of goods has.
    #[error("a barcode has letters of the English alphabet, digits and signs")]
    Character,
    /// A spreadsheet took it for a large number and rounded it, as in `9.55123E+12` or `2E+12`.
    #[error("a spreadsheet has rounded this barcode; its digits are lost")]
    Rounded,
}

/// One barcode of an item.
#[derive(Debug, Clone)]
pub struct Barcode {
    written: String,
    key: String,
}

impl Barcode {
    /// Reads a barcode; blanks in it are left out, since scanners differ on them.
    ///
    /// # Errors
    /// When it is no barcode.
    pub fn parse(text: &str) -> Result<Self, BadBarcode> {
        let written: String = text
            .chars()
            .filter(|c| !c.is_whitespace() && !c.is_control())
            .collect();
        let length = written.chars().count();
        if length < SHORTEST {
            return Err(BadBarcode::TooShort);
        }
        if length > BARCODE_LIMIT {
            return Err(BadBarcode::TooLong);
        }
        if is_rounded(&written) {
            return Err(BadBarcode::Rounded);
        }
        if !written
            .chars()
            .all(|c| c.is_ascii_graphic() && !"|,;\"'".contains(c))
        {
            return Err(BadBarcode::Character);
        }
        Ok(Self::kept(&written))
    }

    /// One that is kept. It did when it was written, whatever would do today.
    pub(crate) fn kept(written: &str) -> Self {
        let key = canonical(written);
        Self {
            written: written.to_owned(),
            key,
        }
    }

    /// With the zero in front that a spreadsheet has dropped, if it has.
    pub(crate) fn repaired(self) -> Self {
        match with_its_zero(&self.written) {
            Some(written) => Self { written, ..self },
            None => self,
        }
    }

    /// Whether a spreadsheet that drops the zeros in front would make this of `other`.
    pub(crate) fn has_lost_zeros_of(&self, other: &Self) -> bool {
        self == other && other.written.trim_start_matches('0') == self.written
    }

    /// As it was typed.
    #[must_use]
    pub fn written(&self) -> &str {
        &self.written
    }

    /// As it is compared: one of all the ways to write the same number.
    pub(crate) fn key(&self) -> &str {
        &self.key
    }
}

impl PartialEq for Barcode {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl Eq for Barcode {}

impl fmt::Display for Barcode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

/// What a scanner typed, made harmless.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Scanned {
    text: String,
    keys: Vec<String>,
    codes: Vec<String>,
}

impl Scanned {
    /// Reads what came, whatever it is: control characters and blanks are left out, a scanner's note of the kind of code
    /// (`]E0`) too, and what is longer than a code of goods is none.
    pub(crate) fn read(typed: &str) -> Self {
        let cut: String = typed.chars().take(SCAN_LIMIT).collect();
        let (note, rest) = symbology(cut.trim());
        let text: String = rest
            .chars()
            .filter(|c| !c.is_whitespace() && !c.is_control())
            .collect();
        let (mut keys, mut codes) = (Vec::new(), Vec::new());
        let is_whole = cut.len() == typed.len();
        if is_whole {
            let seen = |text: &str| text.trim().chars().filter(|c| !c.is_control()).collect();
            for code in [seen(&cut), seen(rest), text.clone()] {
                add(&mut codes, code);
            }
        }
        if is_whole && !text.is_empty() {
            let is_gs1 = matches!(note, Some("C1" | "d2" | "Q3" | "e0")) || rest.contains(GROUP_SEPARATOR);
            add(&mut keys, canonical(&text));
            for same in gtin(rest, is_gs1).iter().chain([&text]) {
                add(&mut keys, canonical(same));
                if let Some(long) = expanded(same) {
                    add(&mut keys, canonical(&long));
                }
                if let Some(short) = compressed(&canonical(same)) {
                    add(&mut keys, short);
                }
            }
        }
        Self { text, keys, codes }
    }

    /// What is looked up, as it can be shown.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Every key that it may be found under, the likeliest first.
    pub(crate) fn keys(&self) -> &[String] {
        &self.keys
    }

    /// Every item's code that it may be, the likeliest first: a code may have blanks, and begin as a scanner's note does.
    pub(crate) fn codes(&self) -> &[String] {
        &self.codes
    }
}

fn add(keys: &mut Vec<String>, key: String) {
    if !keys.contains(&key) {
        keys.push(key);
    }
}

/// A code in the one way in which it is kept and compared.
fn canonical(code: &str) -> String {
    let is_number = code.bytes().all(|byte| byte.is_ascii_digit());
    match (is_number, code.len()) {
        (true, 12) => format!("0{code}"),
        (true, 14) => code.strip_prefix('0').unwrap_or(code).to_owned(),
        (true, 7 | 11) => with_its_zero(code).map_or_else(|| code.to_owned(), |whole| canonical(&whole)),
        _ => code.to_ascii_uppercase(),
    }
}

/// A number of seven or eleven digits that is a UPC-E, an EAN-8 or a UPC-A without its first zero, with that zero; none where
/// the check digit says that it is something else.
fn with_its_zero(code: &str) -> Option<String> {
    if !code.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let whole = format!("0{code}");
    let is_whole = match code.len() {
        11 => is_checked(&whole),
        7 => is_checked(&whole) || expanded(&whole).is_some(),
        _ => false,
    };
    is_whole.then_some(whole)
}

/// A scanner's note of what kind of code it read (`]`, a letter, a digit), and the rest.
fn symbology(text: &str) -> (Option<&str>, &str) {
    let Some((note, rest)) = text.strip_prefix(']').and_then(|rest| rest.split_at_checked(2)) else {
        return (None, text);
    };
    let mut characters = note.chars();
    match (characters.next(), characters.next()) {
        (Some(letter), Some(digit)) if letter.is_ascii_alphabetic() && digit.is_ascii_digit() => {
            (Some(note), rest)
        }
        _ => (None, text),
    }
}

/// The product's number in a GS1 code or link, which may hold a batch and a date as well.
fn gtin(text: &str, is_gs1: bool) -> Option<String> {
    let after = if is_gs1 {
        text.trim_start_matches(GROUP_SEPARATOR).strip_prefix("01")
    } else if text.starts_with("https://") || text.starts_with("http://") {
        text.split_once("/01/").map(|(_, rest)| rest)
    } else {
        text.strip_prefix("(01)")
    }?;
    let number = after.get(..14)?;
    number
        .bytes()
        .all(|byte| byte.is_ascii_digit())
        .then(|| number.to_owned())
}

/// A UPC-E of eight digits as its UPC-A; none where the check digit says that it is something else.
fn expanded(code: &str) -> Option<String> {
    if code.len() != 8 || !code.starts_with(['0', '1']) || !code.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (system, body, check) = (code.get(..1)?, code.get(1..7)?, code.get(7..)?);
    let (five, last) = body.split_at(5);
    let (maker, product) = match last {
        "0" | "1" | "2" => (
            format!("{}{last}00", body.get(..2)?),
            format!("00{}", body.get(2..5)?),
        ),
        "3" => (format!("{}00", body.get(..3)?), format!("000{}", body.get(3..5)?)),
        "4" => (format!("{}0", body.get(..4)?), format!("0000{}", body.get(4..5)?)),
        _ => (five.to_owned(), format!("0000{last}")),
    };
    let long = format!("{system}{maker}{product}{check}");
    is_checked(&long).then_some(long)
}

/// The UPC-E of a product's number of thirteen digits, where it has one.
fn compressed(key: &str) -> Option<String> {
    let long = key.strip_prefix('0').filter(|long| long.len() == 12)?;
    let (system, check) = (long.get(..1)?, long.get(11..)?);
    let part = |from: usize, to: usize| long.get(from..to);
    [
        format!("{system}{}{}{}{check}", part(1, 3)?, part(8, 11)?, part(3, 4)?),
        format!("{system}{}{}3{check}", part(1, 4)?, part(9, 11)?),
        format!("{system}{}{}4{check}", part(1, 5)?, part(10, 11)?),
        format!("{system}{}{}{check}", part(1, 6)?, part(10, 11)?),
    ]
    .into_iter()
    .find(|short| expanded(short).as_deref() == Some(long))
}

/// Whether the last digit is the one that the others give.
fn is_checked(code: &str) -> bool {
    let sum: u32 = code
        .bytes()
        .rev()
        .zip([1, 3].into_iter().cycle())
        .map(|(byte, weight)| u32::from(byte.saturating_sub(b'0')) * weight)
        .sum();
    sum.is_multiple_of(10)
}

/// Whether a spreadsheet took it for a large number: `9.55123E+12`, `9,55123E+12` where a comma stands before the fraction,
/// `2E+12` where nothing is left of it.
pub(crate) fn is_rounded(text: &str) -> bool {
    let Some((digits, power)) = text.split_once(['E', 'e']) else {
        return false;
    };
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = digits.split_once(['.', ',']).unwrap_or((digits, "0"));
    whole.len() == 1
        && is_number(whole)
        && is_number(fraction)
        && power.strip_prefix('+').is_some_and(is_number)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found(item: &str, scan: &str) -> bool {
        let kept = Barcode::parse(item).unwrap();
        Scanned::read(scan).keys().iter().any(|key| key == kept.key())
    }

    #[test]
    fn a_products_number_is_found_in_every_length_that_a_scanner_types_it_in() {
        for (item, scan) in [
            ("036000291452", "0036000291452"),
            ("0036000291452", "036000291452"),
            ("9556001234561", "09556001234561"),
            ("04252614", "042100005264"),
            ("042100005264", "04252614"),
            ("0042100005264", "04252614"),
            ("9556001234561", "]E09556001234561\r\n"),
            ("9556001234561", "]C10109556001234561\u{1d}10AB12"),
            ("9556001234561", "(01)09556001234561"),
            ("9556001234561", "https://id.gs1.org/01/09556001234561/10/AB"),
            ("ab-12", "AB-12"),
            ("AB 12", "AB12"),
            ("36000291452", "036000291452"),
            ("036000291452", "36000291452"),
            ("36000291452", "0036000291452"),
            ("4252614", "04252614"),
            ("4252614", "042100005264"),
            ("1234565", "01234565"),
        ] {
            assert!(found(item, scan), "{item} by {scan:?}");
        }
        assert!(!found("12345670", "123456700"));
        // A number of the shop's own that has no such check digit.
        assert!(!found("36000291453", "036000291453"));
        assert!(!found("1234566", "01234566"));
        // Eight digits that are an EAN-8 and no UPC-E stay what they are.
        assert_eq!(Scanned::read("96385074").keys(), ["96385074"]);
    }

    #[test]
    fn what_is_no_barcode_is_refused_with_the_reason() {
        let refused = |text: &str| Barcode::parse(text).unwrap_err();
        assert_eq!(refused("12"), BadBarcode::TooShort);
        assert_eq!(refused(&"1".repeat(BARCODE_LIMIT + 1)), BadBarcode::TooLong);
        for rounded in ["9.55123E+12", "9,55123E+12", "2E+12", "9.55123e+12"] {
            assert_eq!(refused(rounded), BadBarcode::Rounded);
        }
        for code in ["2E12", "12E+12", "E+12", "9.5.1E+12"] {
            assert!(Barcode::parse(code).is_ok(), "{code}");
        }
        assert_eq!(refused("条码123"), BadBarcode::Character);
        assert_eq!(refused("123|456"), BadBarcode::Character);
    }

    proptest! {
        #[test]
        fn a_scanner_may_type_anything(text in "\\PC*|[0-9]{0,20}|\\][A-Za-z][0-9].{0,40}|.{0,300}") {
            let scanned = Scanned::read(&text);
            prop_assert!(!scanned.text().chars().any(char::is_control));
            prop_assert!(scanned.text().chars().count() <= SCAN_LIMIT);
        }

        #[test]
        fn whatever_is_kept_is_found_by_what_was_typed(text in "[!-~]{3,48}") {
            if let Ok(barcode) = Barcode::parse(&text) {
                prop_assume!(symbology(&text).0.is_none());
                prop_assert!(found(&text, barcode.written()));
            }
        }
    }
}
