//! `kaunter --provision FILE`, without a window: for roll-outs and tests.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use till::{PROVISION_FILE_LIMIT, ProvisionFile, RollOutError, RolledOut, Till, TillError};

use crate::app::parts;
use crate::arguments::Arguments;
use crate::audit::system_folder;
use crate::view::Mode;

/// What was done, or every reason why nothing was. Warnings go to the error output as they come up.
pub(crate) fn provision(arguments: &Arguments, path: &Path) -> Result<String, String> {
    let bytes = read(path).map_err(|error| format!("{} cannot be read: {error}", path.display()))?;
    let file = ProvisionFile::parse(&bytes).map_err(|mistakes| {
        let lines: Vec<String> = mistakes.iter().map(|mistake| format!("  {mistake}")).collect();
        format!(
            "{} is not right, so nothing was changed:\n{}",
            path.display(),
            lines.join("\n")
        )
    })?;
    if is_open_to_others(path) {
        crate::complain(&format!(
            "warning: other users of this computer can read {}, which holds a password, a key and PINs",
            path.display()
        ));
    }
    let root = arguments.data_folder.clone().or_else(system_folder);
    let root = root.ok_or("this system has no folder for application data; set KAUNTER_DATA_DIR")?;
    let summary = format!(
        "POS ID {}, merchant {}, terminal {}, gateway {}",
        file.connection.pos_id, file.connection.merchant_id, file.terminal, file.connection.gateway
    );
    let done = tauri::async_runtime::block_on(async {
        let till = Till::open(parts(&root, Mode::Live)).map_err(refused)?;
        till.roll_out(file).await.map_err(|error| match error {
            RollOutError::Till(error) => format!("the till could not be set up: {error}"),
            refused @ (RollOutError::Refused { .. } | RollOutError::Currency(_)) => {
                format!("nothing was changed: {refused}")
            }
        })
    })?;
    for warning in &done.warnings {
        crate::complain(&format!("warning: {warning}"));
    }
    Ok(report(&done, &summary, path))
}

fn report(done: &RolledOut, summary: &str, path: &Path) -> String {
    let what = if done.before { "brought in line" } else { "set up" };
    let added = if done.added.is_empty() {
        "Nobody was added to the staff; those who are there keep their PINs.".to_owned()
    } else {
        format!("Added to the staff: {}.", done.added.join(", "))
    };
    format!(
        "The till is {what}: {summary}.\n{added}\nDelete {} now: it holds the password, the key and PINs.",
        path.display()
    )
}

fn refused(error: TillError) -> String {
    match error {
        TillError::Store(till::StoreError::SecondTill(_)) => {
            "Kaunter is open on this data; close it and try again. Nothing was changed.".to_owned()
        }
        other => format!("the till does not open: {other}"),
    }
}

/// The file, or a little more than is taken of one that is too large.
fn read(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?
        .take(PROVISION_FILE_LIMIT + 1)
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(unix)]
fn is_open_to_others(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata()
        .is_ok_and(|metadata| metadata.permissions().mode() & 0o044 != 0)
}

/// Elsewhere a file in a user's folder is theirs alone.
#[cfg(not(unix))]
fn is_open_to_others(_: &Path) -> bool {
    false
}
