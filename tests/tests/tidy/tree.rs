//! Reading the tree and the crates' manifests for the rules.

use kaunter_tests::{Failure, Outcome};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A file of the tree.
pub(crate) struct File {
    /// From the root, with `/`.
    pub(crate) path: String,
    /// All of it.
    pub(crate) text: String,
}

impl File {
    /// Its lines, numbered from 1, without those that are only a comment.
    pub(crate) fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let comment = |line: &str| {
            ["//", "/*", "* ", "*/"]
                .iter()
                .any(|mark| line.trim_start().starts_with(mark))
        };
        (1..)
            .zip(self.text.lines())
            .filter(move |(_, line)| !comment(line))
    }
}

/// A crate of the workspace.
pub(crate) struct Crate {
    /// Its package's name.
    pub(crate) name: String,
    /// What it depends on, and how: `normal`, `dev` or `build`; `normal` where it is several.
    pub(crate) dependencies: BTreeMap<String, String>,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The files below `folders` with one of these endings, without what is generated or fetched. A folder that does not
/// exist (yet) has no files.
pub(crate) fn tree(folders: &[&str], endings: &[&str]) -> Outcome<Vec<File>> {
    let mut files = Vec::new();
    for folder in folders {
        walk(&root().join(folder), folder, endings, &mut files)?;
    }
    Ok(files)
}

fn walk(folder: &Path, shown: &str, endings: &[&str], files: &mut Vec<File>) -> Outcome {
    if !folder.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{shown}/{name}");
        if entry.file_type()?.is_dir() {
            if !["target", "node_modules", "types", "gen"].contains(&name.as_str()) {
                walk(&entry.path(), &path, endings, files)?;
            }
        } else if endings.iter().any(|ending| name.ends_with(&format!(".{ending}"))) {
            files.push(File {
                path,
                text: fs::read_to_string(entry.path())?,
            });
        }
    }
    Ok(())
}

/// The crates of the workspace, as cargo understands their manifests.
pub(crate) fn crates() -> Outcome<Vec<Crate>> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .current_dir(root());
    let output = command.output()?;
    if !output.status.success() {
        return Err(Failure::new(format!(
            "cargo metadata: {}",
            String::from_utf8_lossy(&output.stderr)
        )));
    }
    let metadata: Value = serde_json::from_slice(&output.stdout)?;
    let packages = metadata
        .get("packages")
        .and_then(Value::as_array)
        .ok_or_else(|| Failure::new("no packages"))?;
    packages.iter().map(package).collect()
}

fn package(package: &Value) -> Outcome<Crate> {
    let text = |value: &Value, key: &str| {
        value
            .get(key)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    let mut dependencies = BTreeMap::new();
    for dependency in package
        .get("dependencies")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        // Cargo leaves the kind out for the usual one.
        let kind = dependency
            .get("kind")
            .and_then(Value::as_str)
            .unwrap_or("normal")
            .to_owned();
        let known = dependencies
            .entry(text(dependency, "name"))
            .or_insert_with(|| kind.clone());
        if kind == "normal" {
            *known = kind;
        }
    }
    Ok(Crate {
        name: text(package, "name"),
        dependencies,
    })
}
