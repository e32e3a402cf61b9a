//! `kaunter --verify-journal`, without a window.

use std::path::PathBuf;
use std::sync::Arc;

use till::KeyringVault;

use crate::app::{folder, service};
use crate::arguments::Arguments;
use crate::view::Mode;

/// The application's name in the system's folders, as in `tauri.conf.json`.
const IDENTIFIER: &str = "my.kaunter.till";

/// The system's place for this application's data.
pub(crate) fn system_folder() -> Option<PathBuf> {
    Some(dirs::data_dir()?.join(IDENTIFIER))
}

/// The report on a journal that is whole, or what is wrong.
pub(crate) fn verify_journal(arguments: &Arguments) -> Result<String, String> {
    let mode = if arguments.training {
        Mode::Training
    } else {
        Mode::Live
    };
    let root = arguments.data_folder.clone().or_else(system_folder);
    let root = root.ok_or("this system has no folder for application data; set KAUNTER_DATA_DIR")?;
    let vault = |till: &str| -> Arc<dyn till::Vault> { Arc::new(KeyringVault::new(service(mode), till)) };
    match till::verify(&folder(&root, mode), vault) {
        Ok(Ok(report)) => Ok(format!(
            "The journal is whole: {} entries, head {}.",
            report.entries, report.head
        )),
        Ok(Err(fault)) => Err(format!("The journal is not whole: {fault}.")),
        Err(error) => Err(format!("The journal cannot be checked: {error}.")),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_identifier_is_the_configurations() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tauri.conf.json");
        let configuration: serde_json::Value =
            serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
        assert_eq!(configuration["identifier"], super::IDENTIFIER);
    }
}
