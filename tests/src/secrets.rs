//! Looking for secrets where none may be, and for those that have to be in the keyring.

use crate::programs::built;
use crate::{Desk, Failure, Outcome};
use serde::Deserialize;
use std::fs;
use std::path::{Path, PathBuf};

/// One entry of a desk's keyring.
#[derive(Clone, Debug, Deserialize)]
pub struct KeyringEntry {
    /// What the keyring's own window would call it.
    pub label: String,
    /// The secret, as text.
    pub secret: String,
}

/// Everything that the Secret Service of a desk holds.
///
/// # Errors
/// When there is no keyring, or it is locked.
pub fn keyring(desk: &Desk) -> Outcome<Vec<KeyringEntry>> {
    let output = desk.command(built("keyring-entries")?).output()?;
    if !output.status.success() {
        return Err(Failure::new(format!(
            "the keyring: {}",
            String::from_utf8_lossy(&output.stderr)
        )));
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// Every file below a folder, links not followed.
///
/// # Errors
/// When a folder cannot be read.
pub fn files(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        if kind.is_dir() {
            found.extend(files(&entry.path())?);
        } else if kind.is_file() {
            found.push(entry.path());
        }
    }
    Ok(found)
}

/// The files below `folder` that hold `secret`: plainly, in UTF-16, in hexadecimal or in base 64.
///
/// # Errors
/// When a file cannot be read.
pub fn holding(folder: &Path, secret: &str) -> Outcome<Vec<PathBuf>> {
    let shapes = shapes(secret);
    let mut found = Vec::new();
    for path in files(folder)? {
        // A lock or a journal may go while the list is walked; what is gone holds nothing.
        let Ok(bytes) = fs::read(&path) else { continue };
        if shapes.iter().any(|shape| contains(&bytes, shape)) {
            found.push(path);
        }
    }
    Ok(found)
}

fn shapes(secret: &str) -> Vec<Vec<u8>> {
    let bytes = secret.as_bytes();
    let wide = secret.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let mut shapes = vec![
        bytes.to_vec(),
        wide,
        hex.to_uppercase().into_bytes(),
        hex.into_bytes(),
    ];
    // In base 64 a text looks different at each of three offsets; the characters at its ends depend on its neighbours.
    for offset in 0..3_usize {
        let mut shifted = vec![0; offset];
        shifted.extend_from_slice(bytes);
        let text = base64(&shifted);
        let first = (offset * 8).div_ceil(6);
        let last = shifted.len() * 8 / 6;
        if let Some(inner) = text.get(first..last).filter(|inner| inner.len() >= 8) {
            shapes.push(inner.as_bytes().to_vec());
        }
    }
    shapes
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for group in bytes.chunks(3) {
        let mut word = 0_u32;
        for place in 0..3 {
            word = (word << 8) | u32::from(group.get(place).copied().unwrap_or(0));
        }
        for shift in [18_u32, 12, 6, 0] {
            let digit = usize::try_from((word >> shift) & 63).unwrap_or(0);
            text.push(char::from(DIGITS[digit]));
        }
    }
    text
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    !wanted.is_empty() && bytes.windows(wanted.len()).any(|part| part == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_found_in_every_shape_and_nothing_else_is() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
        let secret = "kaunter-p4ssw0rd";
        write("plain", format!("x{secret}y").as_bytes());
        for padding in ["", "a", "ab"] {
            write(
                &format!("base64-{padding}"),
                base64(format!("{padding}{secret}zz").as_bytes()).as_bytes(),
            );
        }
        write(
            "hex",
            secret
                .bytes()
                .map(|byte| format!("{byte:02x}"))
                .collect::<String>()
                .as_bytes(),
        );
        write("innocent", b"kaunter");
        let mut found: Vec<String> = holding(folder.path(), secret)
            .unwrap()
            .iter()
            .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
            .collect();
        found.sort();
        assert_eq!(found, ["base64-", "base64-a", "base64-ab", "hex", "plain"]);
    }

    #[test]
    fn base64_is_the_usual_one() {
        assert_eq!(base64(b"any carnal pleas"), "YW55IGNhcm5hbCBwbGVhcwAA");
    }
}
