//! The number that a card slip proves itself by when the terminal was worked by hand.

/// The fewest characters of such a number.
const SHORTEST: usize = 4;
/// The most.
const LONGEST: usize = 12;

/// An approval code or a slip's number as typed is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "enter the approval code or the slip number as the slip has it: {SHORTEST} to {LONGEST} letters and digits"
)]
pub struct NotAProof;

/// An approval code or slip number in the one form that it is kept in: capital letters and digits, without blanks.
///
/// # Errors
/// When it is too short, too long, without a digit, or holds anything else.
pub(crate) fn proof(typed: &str) -> Result<String, NotAProof> {
    let text: String = typed
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '-')
        .map(|c| c.to_ascii_uppercase())
        .take(LONGEST + 1)
        .collect();
    let fits = (SHORTEST..=LONGEST).contains(&text.len())
        && text.chars().all(|c| c.is_ascii_alphanumeric())
        && text.chars().any(|c| c.is_ascii_digit());
    if fits { Ok(text) } else { Err(NotAProof) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn codes_are_kept_in_one_form() {
        for (typed, kept) in [
            ("f99136", "F99136"),
            (" 000 123 ", "000123"),
            ("0012-3456", "00123456"),
        ] {
            assert_eq!(proof(typed).as_deref(), Ok(kept));
        }
        for bad in [
            "",
            "123",
            "ABCDEF",
            "1234567890123",
            "12<3>4",
            "12345é",
            "１２３４",
        ] {
            assert_eq!(proof(bad), Err(NotAProof), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn what_is_kept_is_plain_whatever_was_typed(typed in "\\PC{0,40}") {
            if let Ok(kept) = proof(&typed) {
                prop_assert!(kept.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit()));
                prop_assert_eq!(proof(&kept), Ok(kept.clone()));
            }
        }
    }
}
