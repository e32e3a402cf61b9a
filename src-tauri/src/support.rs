//! The file for support: the log, and how the till is set up, without a secret.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use till::{Redactor, TillError};

use crate::app::Session;
use crate::log_files::LogFiles;
use crate::saved_file;

/// The longest line that is taken over whole, in bytes.
const LONGEST: usize = 64 * 1024;

/// Writes the file into the user's folder for downloads, or beside the logs where there is none, and gives its path.
pub(crate) fn save(session: &Session, logs: &LogFiles, now: Timestamp) -> Result<PathBuf, SupportError> {
    let about = about(session, now)?;
    let redactor = session.till.redactor();
    let name = format!("kaunter-support-{}.txt", now.strftime("%Y%m%d-%H%M%S"));
    let write = |folder: &Path| write(&folder.join(&name), &about, &redactor, logs);
    Ok(saved_file::in_downloads(logs.folder(), write)?)
}

/// Why there is no file.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SupportError {
    /// The till could not say how it is set up.
    #[error(transparent)]
    Till(#[from] TillError),
    /// The disk.
    #[error(transparent)]
    File(#[from] io::Error),
}

/// How the till is set up: what Settings show, and nothing from the keyring.
fn about(session: &Session, now: Timestamp) -> Result<String, TillError> {
    let store = session.till.store();
    let mut text = format!(
        "Kaunter {} for support, {now}\nsystem: {} {}\nmode: {:?}\n",
        env!("CARGO_PKG_VERSION"),
        std::env::consts::OS,
        std::env::consts::ARCH,
        session.mode
    );
    if let Some(connection) = store.connection_settings()? {
        text.push_str(&format!(
            "gateway: {}\nPOS ID: {}\nmerchant ID: {}\n",
            connection.gateway, connection.pos_id, connection.merchant_id
        ));
    }
    if let Some(settings) = store.store_settings()? {
        text.push_str(&format!(
            "store: {}\ncurrency: {}\nlocks after: {} minutes\n",
            settings.name, settings.currency, settings.lock_after_minutes
        ));
    }
    let callback = store.callback_settings()?;
    let listens = if callback.on { "on" } else { "off" };
    text.push_str(&format!(
        "callbacks: {listens}, {} {}\nunresolved payments: {}\nclock: {}\n",
        callback.address,
        callback.path,
        store.unresolved()?.len(),
        session
            .till
            .clock_skew()
            .map_or("as the gateway's".to_owned(), |skew| format!("{skew:#} off")),
    ));
    Ok(text)
}

fn write(path: &Path, about: &str, redactor: &Redactor, logs: &LogFiles) -> io::Result<PathBuf> {
    let mut out = BufWriter::new(File::create_new(path)?);
    out.write_all(redactor.clean(about).as_bytes())?;
    for file in logs.newest_first()?.iter().rev() {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        writeln!(out, "\n== {name} ==")?;
        let mut lines = BufReader::new(File::open(file)?);
        let mut line = Vec::new();
        while lines.read_until(b'\n', &mut line)? > 0 {
            line.truncate(LONGEST);
            let text = String::from_utf8_lossy(&line);
            writeln!(out, "{}", redactor.clean(text.trim_end()))?;
            line.clear();
        }
    }
    out.into_inner()?.sync_all()?;
    Ok(path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_has_every_log_oldest_first_and_no_secret_that_strayed_into_one() {
        let folder = tempfile::tempdir().unwrap();
        let put = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
        put("kaunter.log", "newest correct-horse-password\n");
        put("kaunter_2025-01-15_08-00-00.log", "oldest\n");
        let logs = LogFiles::new(folder.path().to_owned());
        let redactor = Redactor::new(["correct-horse-password".to_owned()]);
        let path = folder.path().join("bundle.txt");
        write(&path, "about\n", &redactor, &logs).unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("about\n"), "{text}");
        assert!(text.find("oldest").unwrap() < text.find("newest").unwrap());
        assert!(!text.contains("correct-horse"), "{text}");
        // Never over another file.
        assert!(write(&path, "", &redactor, &logs).is_err());
    }
}
