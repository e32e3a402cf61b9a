//! The limits of a request's fields, checked before anything is stored or sent: a gateway that refuses a field
//! (40031) is a customer who waits.

/// A field that the gateway would refuse.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field} {problem}")]
pub struct InvalidField {
    /// The field's name on the wire.
    pub field: &'static str,
    /// What is wrong with it.
    pub problem: FieldProblem,
}

/// What is wrong with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FieldProblem {
    /// There is nothing in it.
    #[error("is empty; fill it in or leave it out")]
    Empty,
    /// It has more than so many UTF-16 units.
    #[error("is too long; shorten it to {0} characters")]
    TooLong(usize),
    /// It begins or ends with white space, over which the gateway's revisions sign differently.
    #[error("begins or ends with a blank; remove it")]
    OuterWhiteSpace,
    /// It holds a character that cannot be printed, such as a line break.
    #[error("holds a character that cannot be printed; remove it")]
    ControlCharacter,
    /// It is not of the form that the protocol asks for.
    #[error("is not of the right form; {0}")]
    Form(&'static str),
    /// It has no place in this kind of transfer.
    #[error("has no place in this kind of transfer; leave it out")]
    NotHere,
    /// It is needed and missing.
    #[error("is missing; this kind of transfer needs it")]
    Missing,
}

impl FieldProblem {
    /// The same problem, named for its field.
    pub(crate) fn of(self, field: &'static str) -> InvalidField {
        InvalidField { field, problem: self }
    }
}

/// A text as a person typed it, without the blanks at its ends: what no field may begin or end with.
///
/// JavaScript's `trim`, which an older rule of the signature used, also takes the byte order mark, which Rust does not
/// count as white space.
///
/// ```
/// assert_eq!(cloudecr::without_outer_blanks("\u{feff} Table 4\n"), "Table 4");
/// ```
pub fn without_outer_blanks(text: &str) -> &str {
    text.trim_matches(is_blank)
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}'
}

/// Checks a text that must be there.
pub(crate) fn text(field: &'static str, value: &str, most: usize) -> Result<String, InvalidField> {
    if value.is_empty() {
        Err(FieldProblem::Empty.of(field))
    } else if value.encode_utf16().count() > most {
        Err(FieldProblem::TooLong(most).of(field))
    } else if value.starts_with(is_blank) || value.ends_with(is_blank) {
        Err(FieldProblem::OuterWhiteSpace.of(field))
    } else if value.contains(char::is_control) {
        Err(FieldProblem::ControlCharacter.of(field))
    } else {
        Ok(value.to_owned())
    }
}

/// Checks a text that may be there.
pub(crate) fn optional(
    field: &'static str,
    value: Option<&str>,
    most: usize,
) -> Result<Option<String>, InvalidField> {
    value.map(|value| text(field, value, most)).transpose()
}
