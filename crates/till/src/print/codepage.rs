//! The letters that a printer has: its code pages. What a page lacks is drawn.

use escpos::utils::PageCode;
use oem_cp::code_table::{
    ENCODING_TABLE_CP437, ENCODING_TABLE_CP850, ENCODING_TABLE_CP852, ENCODING_TABLE_CP858,
};
use serde::{Deserialize, Serialize};

/// The code page that a printer is told to use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CodePage {
    /// The first one of every printer.
    #[default]
    Cp437,
    /// Western Europe.
    Cp850,
    /// Central Europe.
    Cp852,
    /// Western Europe with the euro.
    Cp858,
    /// Western Europe as Windows has it.
    Cp1252,
    /// None: every row is drawn, for a printer whose letters are not what its manual says.
    Drawn,
}

impl CodePage {
    /// The printer's number for it.
    pub(super) const fn code(self) -> Option<PageCode> {
        match self {
            Self::Cp437 => Some(PageCode::PC437),
            Self::Cp850 => Some(PageCode::PC850),
            Self::Cp852 => Some(PageCode::PC852),
            Self::Cp858 => Some(PageCode::PC858),
            Self::Cp1252 => Some(PageCode::WPC1252),
            Self::Drawn => None,
        }
    }

    /// A text in the printer's letters; none where it lacks one of them.
    #[must_use]
    pub fn encode(self, text: &str) -> Option<Vec<u8>> {
        let table = match self {
            Self::Drawn => return None,
            Self::Cp1252 => {
                let (bytes, _, lacks) = encoding_rs::WINDOWS_1252.encode(text);
                return (!lacks).then(|| bytes.into_owned());
            }
            Self::Cp437 => &ENCODING_TABLE_CP437,
            Self::Cp850 => &ENCODING_TABLE_CP850,
            Self::Cp852 => &ENCODING_TABLE_CP852,
            Self::Cp858 => &ENCODING_TABLE_CP858,
        };
        oem_cp::encode_string_checked(text, table)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_its_letters_and_says_which_it_lacks() {
        assert_eq!(
            CodePage::Cp437.encode("Café 12.50").as_deref(),
            Some(&b"Caf\x82 12.50"[..])
        );
        // Where a table of the wrong order would print another letter.
        assert_eq!(CodePage::Cp858.encode("ÔÒ-").as_deref(), Some(&b"\xe2\xe3-"[..]));
        assert_eq!(CodePage::Cp1252.encode("€").as_deref(), Some(&b"\x80"[..]));
        for page in [
            CodePage::Cp437,
            CodePage::Cp850,
            CodePage::Cp852,
            CodePage::Cp858,
            CodePage::Cp1252,
        ] {
            assert_eq!(page.encode("海南鸡饭"), None, "{page:?}");
            assert_eq!(page.encode("தேநீர்"), None, "{page:?}");
        }
        assert_eq!(CodePage::Drawn.encode("abc"), None);
    }
}
