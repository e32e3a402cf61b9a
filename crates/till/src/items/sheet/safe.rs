//! Cells that a spreadsheet would run as a formula. A name such as `=cmd|…` in an exported file must not do anything on
//! the machine of whoever opens it, and must come back as it was when the file is imported.
//!
//! The usual remedy is an apostrophe before it, which a spreadsheet shows as text. A spreadsheet that parts cells by another sign
//! than the file does would begin a cell in the middle of one: after `Kopi;`, `=…` is a formula there. So an apostrophe goes
//! before whatever would be one, at the beginning and after each such sign. Reading takes one away again, and writing adds one
//! also where apostrophes and then such a text stand already, so that every text comes back unchanged.

use std::borrow::Cow;

/// What some spreadsheet begins a cell after.
const PARTS: [char; 5] = [',', ';', '\t', '\r', '\n'];
/// What a formula begins with.
const SIGNS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// A cell as it is written.
pub(super) fn safe(text: &str) -> Cow<'_, str> {
    if !parts(text).any(is_formula) {
        return Cow::Borrowed(text);
    }
    let written = parts(text).map(|part| if is_formula(part) { ["'", part] } else { ["", part] });
    Cow::Owned(written.flatten().collect())
}

/// A cell as it was before it was written.
pub(super) fn as_it_was(cell: &str) -> Cow<'_, str> {
    let bare = |part: &'_ str| part.strip_prefix('\'').is_some_and(is_formula);
    if !parts(cell).any(bare) {
        return Cow::Borrowed(cell);
    }
    let read = parts(cell).map(|part| {
        if bare(part) {
            part.get(1..).unwrap_or_default()
        } else {
            part
        }
    });
    Cow::Owned(read.collect())
}

/// What some spreadsheet may take for a cell each, with the sign after it.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(PARTS)
}

/// Whether a part begins as a formula does, behind any quotation marks: where a cell is parted at another sign than was meant,
/// those are the file's own.
fn is_formula(part: &str) -> bool {
    part.trim_start_matches(['\'', '"']).starts_with(SIGNS)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn no_cell_begins_as_a_formula_does() {
        for (text, written) in [
            ("=1+1", "'=1+1"),
            ("'=1+1", "''=1+1"),
            ("'twas", "'twas"),
            ("Kopi;=1+1", "Kopi;'=1+1"),
            ("Kopi,\"=1\";+2", "Kopi,'\"=1\";'+2"),
            ("Kopi; 3-in-1", "Kopi; 3-in-1"),
        ] {
            assert_eq!(safe(text), written);
            assert_eq!(as_it_was(written), text);
        }
    }

    proptest! {
        #[test]
        fn every_text_comes_back_unchanged(text in "['=+@ ;,\"-]{0,6}.{0,8}[;\t][\"'=-]{0,3}.{0,3}") {
            let written = safe(&text);
            for part in written.split([',', ';', '\t']) {
                prop_assert!(!part.trim_start_matches('"').starts_with(['=', '+', '-', '@']), "{}", written);
            }
            prop_assert_eq!(as_it_was(&written), text.as_str());
        }
    }
}
