//! Where the programs lie that cargo built: beside the test that is running.

use crate::{Failure, Outcome};
use std::path::PathBuf;

/// The path of a program of this workspace.
///
/// # Errors
/// When it has not been built.
pub fn built(name: &str) -> Outcome<PathBuf> {
    find(name, "")
}

/// The path of an example of this workspace, which `cargo test --workspace` builds.
///
/// # Errors
/// When it has not been built.
pub fn built_example(name: &str) -> Outcome<PathBuf> {
    find(name, "examples")
}

fn find(name: &str, below: &str) -> Outcome<PathBuf> {
    let here = std::env::current_exe()?;
    // A test lies in target/debug/deps, a program in target/debug.
    let folders = here.ancestors().skip(1).take(2);
    let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    folders
        .map(|folder| folder.join(below).join(&file))
        .find(|path| path.is_file())
        .ok_or_else(|| {
            Failure::new(format!(
                "the program `{name}` is not built. Start with `cargo xtask test`, which builds it first."
            ))
        })
}

/// The workspace's root.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}
