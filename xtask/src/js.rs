//! The pinned JavaScript tools: the type checker for the page, axe for its accessibility, Tauri's packer. Nothing of it
//! ships.

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
    eprintln!("Installing the page's tools (typescript, axe-core, Tauri's) into xtask/js/node_modules …");
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    succeed(command(npm, &["ci", "--no-fund", "--no-audit", "--loglevel=error"]).current_dir(folder()))?;
    fs::write(&stamp, wanted)
        .map_err(|error| Trouble(format!("{} cannot be written: {error}", stamp.display())))
}

/// The tests of the page that need no window: its words in every language, its keys, its scanner, its sounds.
pub(crate) fn tests() -> Command {
    let mut node = command("node", &["--test"]);
    let mut files: Vec<PathBuf> = fs::read_dir(folder())
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.to_string_lossy().ends_with(".test.mjs"))
        .collect();
    files.sort();
    node.args(files);
    node
}

/// Tauri's own tool, pinned with the checkers, in the project's root.
pub(crate) fn tauri(arguments: &[&str]) -> Command {
    let script = folder()
        .join("node_modules")
        .join("@tauri-apps")
        .join("cli")
        .join("tauri.js");
    let mut node = command("node", &[]);
    node.arg(script).args(arguments);
    node
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
