//! The rules of ARCHITECTURE.md that can be read off the tree, each as a test of its own.

#[path = "tidy/tree.rs"]
mod tree;

use kaunter_tests::{Failure, Outcome};
use std::collections::{BTreeMap, BTreeSet};
use tree::{File, crates, tree};

/// Files that are longer than a file should be, each with the reason why it still is one idea.
const LONG_FILES: &[(&str, &str)] = &[
    (
        "ui/lib/text/en.js",
        "one language is one file, so that a translator has everything before them",
    ),
    ("ui/lib/text/ms.js", "the same"),
    ("ui/lib/text/zh.js", "the same"),
];
const LONGEST: usize = 450;

fn none(found: Vec<String>, rule: &str) -> Outcome {
    if found.is_empty() {
        Ok(())
    } else {
        Err(Failure::new(format!("{rule}\n  {}", found.join("\n  "))))
    }
}

/// The lines of `files` that hold one of `words` outside a comment.
fn lines<'a>(files: impl Iterator<Item = &'a File>, words: &[&str]) -> Vec<String> {
    files
        .flat_map(|file| {
            let hits = file
                .code()
                .filter(|(_, line)| words.iter().any(|word| line.contains(word)));
            hits.map(|(number, line)| format!("{}:{number}: {}", file.path, line.trim()))
                .collect::<Vec<_>>()
        })
        .collect()
}

#[test]
fn only_the_shell_names_tauri() -> Outcome {
    // The blank window is what the shell is measured against.
    let named = crates()?
        .into_iter()
        .filter(|one| !["kaunter", "kaunter-blank"].contains(&one.name.as_str()));
    let depends = named.filter(|one| one.dependencies.keys().any(|name| name.starts_with("tauri")));
    none(
        depends.map(|one| one.name).collect(),
        "these crates depend on tauri; only the shell may:",
    )?;
    let files = tree(&["crates"], &["rs"])?;
    none(
        lines(files.iter(), &["tauri::", "tauri_"]),
        "only src-tauri may name tauri:",
    )
}

#[test]
fn only_the_store_writes_sql() -> Outcome {
    const SQL: &[&str] = &[
        "rusqlite",
        "\"SELECT ",
        "\"INSERT ",
        "\"UPDATE ",
        "\"DELETE ",
        "\"CREATE ",
        "\"PRAGMA ",
        "\"ALTER ",
    ];
    let files = tree(&["crates", "src-tauri", "tests"], &["rs"])?;
    let outside = files.iter().filter(|file| {
        // Those are the other program which holds the database, and the disk that refuses.
        let disks = ["tests/tests/faults/disk.rs", "tests/tests/printing/refused.rs"];
        !disks.contains(&file.path.as_str())
            && !file.path.starts_with("crates/till/src/store")
            && !file.path.starts_with("tests/tests/tidy")
    });
    none(lines(outside, SQL), "SQL belongs into crates/till/src/store:")
}

#[test]
fn only_cloudecr_talks_to_the_gateway() -> Outcome {
    let clients = crates()?
        .into_iter()
        .filter(|one| !["cloudecr", "kaunter-tests"].contains(&one.name.as_str()));
    let depends = clients.filter(|one| one.dependencies.get("reqwest") == Some(&"normal".to_owned()));
    none(
        depends.map(|one| one.name).collect(),
        "only cloudecr may have an HTTP client:",
    )?;
    let files = tree(&["crates/till/src", "src-tauri"], &["rs"])?;
    let others = files.iter().filter(|file| !file.path.starts_with(PRINT));
    none(
        lines(others, &["reqwest", "hyper::", "TcpStream"]),
        "only cloudecr may open a connection to the gateway, and only till::print one to a printer:",
    )
}

#[test]
fn only_the_tills_printing_talks_to_printers() -> Outcome {
    let files = tree(&["crates", "src-tauri"], &["rs"])?;
    let others = files.iter().filter(|file| !file.path.starts_with(PRINT));
    none(
        lines(others, &["escpos::", "serialport::", "nusb::", "winprint::"]),
        "only till::print may talk to printers:",
    )?;
    // The system's own printing is another program.
    let files = tree(&["crates/till/src", "src-tauri"], &["rs"])?;
    let others = files.iter().filter(|file| !file.path.starts_with(PRINT));
    none(
        lines(others, &["process::Command", "process::{Command"]),
        "only till::print may start other programs:",
    )
}

/// Where printers are talked to.
const PRINT: &str = "crates/till/src/print/";

#[test]
fn only_one_file_of_the_page_calls_the_shell() -> Outcome {
    let files = tree(&["ui"], &["js", "html"])?;
    let others = files.iter().filter(|file| file.path != "ui/lib/ipc.js");
    none(
        lines(others, &["__TAURI", ".invoke(", " invoke("]),
        "only ui/lib/ipc.js may call the shell:",
    )
}

#[test]
fn no_command_logs_what_it_was_given() -> Outcome {
    let files = tree(&["src-tauri/src/commands"], &["rs"])?;
    none(
        lines(files.iter(), &["log::", "println!", "eprintln!", "dbg!"]),
        "PINs and passwords are among a command's arguments; commands log nothing:",
    )
}

#[test]
fn crates_depend_on_each_other_one_way() -> Outcome {
    let allowed = BTreeMap::from([
        ("kaunter", vec!["till", "cloudecr", "cloudecr-simulator"]),
        ("till", vec!["cloudecr"]),
        ("cloudecr-simulator", vec!["cloudecr"]),
        ("cloudecr", vec![]),
        ("kaunter-tests", vec!["till", "cloudecr", "cloudecr-simulator"]),
        ("kaunter-fuzz", vec!["till", "cloudecr", "cloudecr-simulator"]),
        ("kaunter-blank", vec![]),
        ("xtask", vec![]),
    ]);
    let all = crates()?;
    let ours: BTreeSet<&str> = all.iter().map(|one| one.name.as_str()).collect();
    let mut wrong = Vec::new();
    for one in &all {
        let Some(may) = allowed.get(one.name.as_str()) else {
            wrong.push(format!("{} is not in the list of this test", one.name));
            continue;
        };
        // A crate's own tests may look at what depends on it: they are no part of it.
        let used = one
            .dependencies
            .iter()
            .filter(|(name, kind)| *kind != "dev" && ours.contains(name.as_str()));
        wrong.extend(
            used.filter(|(name, _)| !may.contains(&name.as_str()))
                .map(|(name, _)| format!("{} -> {name}", one.name)),
        );
    }
    none(wrong, "these arrows are not in ARCHITECTURE.md:")
}

#[test]
fn the_page_has_nothing_inline() -> Outcome {
    let files = tree(&["ui"], &["html"])?;
    let scripts = files.iter().flat_map(|file| {
        let inline = file
            .text
            .lines()
            .filter(|line| line.contains("<script") && !line.contains("src="));
        inline
            .map(|line| format!("{}: {}", file.path, line.trim()))
            .collect::<Vec<_>>()
    });
    let mut found: Vec<String> = scripts.collect();
    found.extend(lines(
        files.iter(),
        &[" style=", "<style", " onclick=", " onload=", "javascript:"],
    ));
    none(found, "the content security policy refuses what is inline:")
}

#[test]
fn the_page_trusts_no_data_as_markup() -> Outcome {
    let files = tree(&["ui"], &["js"])?;
    let words = &[
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "new Function",
    ];
    none(
        lines(files.iter(), words),
        "names and notes are hostile; set text, not markup:",
    )
}

#[test]
fn the_page_never_computes_money() -> Outcome {
    let files = tree(&["ui"], &["js"])?;
    none(
        lines(files.iter(), &["parseFloat", "toFixed"]),
        "amounts are strings in the page; Rust computes:",
    )
}

#[test]
fn every_language_has_every_text() -> Outcome {
    let languages = tree(&["ui/lib/text"], &["js"])?;
    let keys: BTreeMap<&str, BTreeSet<&str>> = languages
        .iter()
        .map(|file| (file.path.as_str(), text_keys(&file.text)))
        .collect();
    let all: BTreeSet<&str> = keys.values().flatten().copied().collect();
    if all.is_empty() {
        return Err(Failure::new("ui/lib/text holds no texts"));
    }
    let mut wrong = Vec::new();
    for (language, has) in &keys {
        wrong.extend(all.difference(has).map(|key| format!("{language} lacks {key}")));
        for file in tree(&["ui/screens"], &["html"])? {
            let used = attributes(&file.text, "data-t").filter(|key| !has.contains(key.as_str()));
            wrong.extend(used.map(|key| format!("{language} lacks {key}, which {} uses", file.path)));
        }
    }
    none(wrong, "each text has to be in each language:")
}

#[test]
fn every_file_says_why_it_exists() -> Outcome {
    let rust = tree(&["crates", "src-tauri", "xtask", "tests", "fuzz"], &["rs"])?;
    let silent = rust
        .iter()
        .filter(|file| !["//!", "#![doc"].iter().any(|start| file.text.starts_with(start)));
    none(
        silent.map(|file| file.path.clone()).collect(),
        "a file begins with a `//!` line that says why it exists:",
    )?;
    let page = tree(&["ui"], &["js"])?;
    let unchecked = page.iter().filter(|file| !file.text.contains("// @ts-check"));
    none(
        unchecked.map(|file| file.path.clone()).collect(),
        "each script of the page is type-checked (`// @ts-check`):",
    )
}

#[test]
fn files_stay_small() -> Outcome {
    let files = tree(
        &["crates", "src-tauri", "xtask/src", "tests", "fuzz", "ui"],
        &["rs", "js", "css", "html"],
    )?;
    let long = files
        .iter()
        .filter(|file| !LONG_FILES.iter().any(|(path, _)| *path == file.path));
    let found = long
        .map(|file| (file.text.lines().count(), &file.path))
        .filter(|(count, _)| *count > LONGEST);
    none(
        found
            .map(|(count, path)| format!("{path}: {count} lines"))
            .collect(),
        "is each of these still one idea?",
    )
}

#[test]
fn no_test_sleeps_and_nothing_is_left_for_later() -> Outcome {
    let rust = tree(&["crates", "src-tauri", "xtask/src", "tests", "fuzz"], &["rs"])?;
    let others = || {
        rust.iter()
            .filter(|file| !file.path.starts_with("tests/tests/tidy"))
    };
    let tests = others().filter(|file| file.path.contains("tests/"));
    none(
        lines(tests, &["sleep("]),
        "a test waits for an event, never for a time:",
    )?;
    let left = others().flat_map(|file| {
        let marks = file.text.lines().enumerate().filter(|(_, line)| {
            ["TODO", "FIXME", "#[ignore"]
                .iter()
                .any(|mark| line.contains(mark))
        });
        marks
            .map(|(index, line)| format!("{}:{}: {}", file.path, index + 1, line.trim()))
            .collect::<Vec<_>>()
    });
    none(left.collect(), "left for later:")
}

#[test]
fn no_capability_is_for_every_window() -> Outcome {
    let files = tree(&["src-tauri/capabilities"], &["json"])?;
    none(lines(files.iter(), &["\"*\""]), "a capability names its window:")
}

/// The keys of a file of texts: what stands quoted before a colon at the start of a line.
fn text_keys(text: &str) -> BTreeSet<&str> {
    text.lines()
        .filter_map(|line| {
            line.trim_start()
                .strip_prefix('\'')?
                .split_once("':")
                .map(|(key, _)| key)
        })
        .collect()
}

/// The values of all attributes whose name begins with `name`.
fn attributes(text: &str, name: &str) -> impl Iterator<Item = String> {
    let starts = [
        format!(" {name}=\""),
        format!(" {name}-label=\""),
        format!(" {name}-hint=\""),
    ];
    let found = starts
        .iter()
        .flat_map(|start| text.split(start.as_str()).skip(1))
        .filter_map(|rest| rest.split('"').next());
    found.map(str::to_owned).collect::<Vec<_>>().into_iter()
}
