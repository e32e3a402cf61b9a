//! A file that the till writes for somebody: into their folder for downloads, or beside the till's data where there is none.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;

/// Writes `bytes` into a file of this name and time, never over another one, and gives its path.
///
/// # Errors
/// When neither folder can be written to.
pub(crate) fn save(
    fallback: &Path,
    name: &str,
    ending: &str,
    bytes: &[u8],
    now: Timestamp,
) -> io::Result<PathBuf> {
    let name = format!("{name}-{}.{ending}", now.strftime("%Y%m%d-%H%M%S"));
    in_downloads(fallback, |folder| write(&folder.join(&name), bytes))
}

/// Writes into the user's folder for downloads; where there is none, or it cannot be written to, into the other one.
///
/// # Errors
/// With what the other one was refused for.
pub(crate) fn in_downloads<T, E>(fallback: &Path, write: impl Fn(&Path) -> Result<T, E>) -> Result<T, E> {
    let downloads = dirs::download_dir().filter(|folder| folder.is_dir());
    match downloads.map(|folder| write(&folder)) {
        Some(Ok(done)) => Ok(done),
        Some(Err(_)) | None => write(fallback),
    }
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<PathBuf> {
    let mut file = File::create_new(path)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    Ok(path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_file_is_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("items.csv");
        assert_eq!(write(&path, b"first").unwrap(), path);
        assert!(write(&path, b"second").is_err());
        assert_eq!(std::fs::read(&path).unwrap(), b"first");
    }
}
