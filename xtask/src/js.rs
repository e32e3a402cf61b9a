//! The pinned JavaScript checkers: the type checker for the page and axe for its accessibility. Nothing of it ships.

use crate::step::{Outcome, Trouble, command, root, succeed};
use std::fs;
use std::path::PathBuf;
use std::process::Command;

fn folder() -> PathBuf {
    root().join("xtask").join("js")
}

/// Installs what `xtask/js/package-lock.json` pins, unless exactly that is there already.
///
/// # Errors
/// When the lock cannot be read or npm fails (most often: no network on the first run).
pub(crate) fn install() -> Outcome {
    let lock = folder().join("package-lock.json");
    let wanted =
        fs::read(&lock).map_err(|error| Trouble(format!("{} cannot be read: {error}", lock.display())))?;
    let stamp = folder().join("node_modules").join(".installed-from");
    if fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    eprintln!("Installing the page's checkers (typescript, axe-core) into xtask/js/node_modules …");
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    succeed(command(npm, &["ci", "--no-fund", "--no-audit", "--loglevel=error"]).current_dir(folder()))?;
    fs::write(&stamp, wanted)
        .map_err(|error| Trouble(format!("{} cannot be written: {error}", stamp.display())))
}

/// The tests of the page that need no window: every code has its words, every language every text.
pub(crate) fn tests() -> Command {
    command("node", &["--test", "xtask/js/words.test.mjs"])
}

/// The type checker over the page, by the page's own configuration.
pub(crate) fn tsc() -> Command {
    let script = folder()
        .join("node_modules")
        .join("typescript")
        .join("bin")
        .join("tsc");
    let mut node = command("node", &[]);
    node.arg(script).args(["--project", "ui/jsconfig.json"]);
    node
}
