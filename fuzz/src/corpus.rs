//! The kept corpora: one text file for each target with one input a line, so that thousands of inputs are a few files
//! whose changes can be read in a review.
//!
//! A line is the input with what is not printable ASCII written as in a Rust byte string (`\n`, `\xff`); a backslash
//! and quotes are written with a backslash.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::{fs, io};

/// The file that holds the corpus of a target.
#[must_use]
pub fn file(target: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("corpus");
    folder.join(format!("{target}.txt"))
}

/// The kept inputs of a target; none when it has no file yet.
///
/// # Errors
/// When the file cannot be read or a line is not an input.
pub fn read(target: &str) -> io::Result<Vec<Vec<u8>>> {
    let text = match fs::read_to_string(file(target)) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    (1..)
        .zip(text.lines())
        .map(|(number, line)| {
            parse(line).ok_or_else(|| {
                let what = format!("{target}.txt:{number}: not an input: {line}");
                io::Error::new(io::ErrorKind::InvalidData, what)
            })
        })
        .collect()
}

/// Keeps these inputs of a target and no others: each once, short ones first, so that the same set is the same file.
///
/// # Errors
/// When the file cannot be written.
pub fn write(target: &str, inputs: &[Vec<u8>]) -> io::Result<()> {
    let ordered: BTreeSet<(usize, &[u8])> = inputs
        .iter()
        .map(|input| (input.len(), input.as_slice()))
        .collect();
    let lines: String = ordered
        .into_iter()
        .map(|(_, input)| format!("{}\n", input.escape_ascii()))
        .collect();
    fs::write(file(target), lines)
}

/// Reads one line.
#[must_use]
pub fn parse(line: &str) -> Option<Vec<u8>> {
    let mut input = Vec::with_capacity(line.len());
    let mut rest = line.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte != b'\\' {
            input.push(byte);
            continue;
        }
        let (&escaped, after) = rest.split_first()?;
        rest = after;
        input.push(match escaped {
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'\\' | b'\'' | b'"' => escaped,
            b'x' => {
                let (digits, after) = rest.split_at_checked(2)?;
                rest = after;
                u8::from_str_radix(str::from_utf8(digits).ok()?, 16).ok()?
            }
            _ => return None,
        });
    }
    Some(input)
}
