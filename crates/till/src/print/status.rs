//! What a printer says of itself, where it says anything (`DLE EOT n`, answered at once, and `GS r 1`, answered in its turn).

/// Asks why the printer is off line: is its cover open, has its paper run out.
pub(super) const ASK_WHY_OFFLINE: [u8; 3] = [0x10, 0x04, 2];
/// Asks for the paper sensor.
pub(super) const ASK_PAPER: [u8; 3] = [0x10, 0x04, 4];

/// What keeps a printer from printing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Its paper has run out.
    NoPaper,
    /// Its cover is open.
    CoverOpen,
    /// It says that it cannot print, and not why.
    Offline,
}

/// An answer to `DLE EOT` has bits 1 and 4 set and bits 0 and 7 clear; anything else is none.
const fn is_status(byte: u8) -> bool {
    byte & 0b1001_0011 == 0b0001_0010
}

/// The answer to [`ASK_WHY_OFFLINE`]; none for a byte that is no answer.
pub(super) const fn why_offline(byte: u8) -> Option<Option<Fault>> {
    if !is_status(byte) {
        return None;
    }
    Some(if byte & 0x04 != 0 {
        Some(Fault::CoverOpen)
    } else if byte & 0x20 != 0 {
        Some(Fault::NoPaper)
    } else if byte & 0x40 != 0 {
        Some(Fault::Offline)
    } else {
        None
    })
}

/// The answer to [`ASK_PAPER`]; none for a byte that is no answer.
pub(super) const fn paper(byte: u8) -> Option<Option<Fault>> {
    if !is_status(byte) {
        return None;
    }
    Some(if byte & 0x60 != 0 {
        Some(Fault::NoPaper)
    } else {
        None
    })
}

/// The answer to `GS r 1`: bits 4 and 7 are clear in each. None for a byte that is no answer; else whether there is paper.
pub(super) const fn done(byte: u8) -> Option<bool> {
    if byte & 0b1001_0000 != 0 {
        return None;
    }
    Some(byte & 0x0c == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_answer_reads_as_what_the_printer_means() {
        assert_eq!(why_offline(0x12), Some(None));
        assert_eq!(why_offline(0x16), Some(Some(Fault::CoverOpen)));
        assert_eq!(why_offline(0x32), Some(Some(Fault::NoPaper)));
        assert_eq!(why_offline(0x52), Some(Some(Fault::Offline)));
        assert_eq!(paper(0x12), Some(None));
        assert_eq!(paper(0x72), Some(Some(Fault::NoPaper)));
        assert_eq!(done(0x00), Some(true));
        assert_eq!(done(0x0c), Some(false));
    }

    #[test]
    fn what_is_no_answer_says_nothing() {
        for byte in [0x00, 0xff, 0x41, 0x80] {
            assert_eq!(why_offline(byte), None, "{byte:x}");
            assert_eq!(paper(byte), None, "{byte:x}");
        }
        assert_eq!(done(0x12), None);
        assert_eq!(done(0xff), None);
    }
}
