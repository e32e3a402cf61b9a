//! Searches for an input that breaks one of the rules in `fuzz/src/targets`, by cargo-fuzz. What a search finds new is
//! kept in `fuzz/corpus`, which the tests replay; an input that breaks a rule ends it.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{fs, io};

use crate::machine;
use crate::needs::SEARCH;
use crate::step::{Outcome, Trouble, ask, cargo, root, succeed};

/// The version that is installed where there is none.
const CARGO_FUZZ: &str = "0.13.2";
/// How long each target is searched, unless it is said.
const MINUTES: u32 = 10;

/// What was asked for.
struct Wanted {
    /// The targets; none means all.
    targets: Vec<String>,
    /// For each.
    minutes: u32,
}

/// Searches the targets that `arguments` name, or all, for `--minutes N` each.
///
/// # Errors
/// When the arguments or the machine do not allow it, and with the first input that breaks a rule.
pub(crate) fn fuzz(arguments: &[String]) -> Outcome {
    if !cfg!(target_os = "linux") {
        return Err(Trouble(
            "the search needs libFuzzer and AddressSanitizer as they are on Linux. What earlier searches found is \
             replayed everywhere by `cargo test --package kaunter-fuzz`."
                .to_owned(),
        ));
    }
    let wanted = read(arguments)?;
    machine::ready(&[SEARCH])?;
    install()?;
    let all = targets()?;
    if let Some(unknown) = wanted.targets.iter().find(|name| !all.contains(name)) {
        return Err(Trouble(format!(
            "there is no target `{unknown}`. There are: {}",
            all.join(" ")
        )));
    }
    let chosen = if wanted.targets.is_empty() {
        all
    } else {
        wanted.targets
    };
    for target in &chosen {
        search(target, wanted.minutes)?;
    }
    eprintln!(
        "\nNo input broke a rule: {}, {} min each. What was found new is in fuzz/corpus.",
        chosen.join(" "),
        wanted.minutes
    );
    Ok(())
}

fn read(arguments: &[String]) -> Outcome<Wanted> {
    let mut wanted = Wanted {
        targets: Vec::new(),
        minutes: MINUTES,
    };
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        if argument == "--minutes" {
            let number = rest.next().and_then(|number| number.parse().ok());
            wanted.minutes = number
                .filter(|minutes| *minutes > 0)
                .ok_or_else(|| Trouble("--minutes needs a number of at least 1".to_owned()))?;
        } else if argument.starts_with('-') {
            return Err(Trouble(format!(
                "there is no option `{argument}`; type cargo xtask fuzz [target …] [--minutes N]"
            )));
        } else {
            wanted.targets.push(argument.clone());
        }
    }
    Ok(wanted)
}

fn install() -> Outcome {
    if ask("cargo", &["fuzz", "--version"]).is_some() {
        return Ok(());
    }
    eprintln!("Installing cargo-fuzz {CARGO_FUZZ} …");
    succeed(&mut cargo(&[
        "install",
        "cargo-fuzz",
        "--locked",
        "--version",
        CARGO_FUZZ,
    ]))
}

/// The program that knows the targets and the form in which their corpora are kept.
fn corpus(arguments: &[&str]) -> Command {
    let mut command = cargo(&[
        "run",
        "--quiet",
        "--package",
        "kaunter-fuzz",
        "--bin",
        "corpus",
        "--",
    ]);
    command.args(arguments);
    command
}

fn targets() -> Outcome<Vec<String>> {
    let output = corpus(&["list"])
        .stderr(std::process::Stdio::inherit())
        .output()
        .map_err(|error| Trouble(format!("cargo cannot be started: {error}")))?;
    if !output.status.success() {
        return Err(Trouble("the targets cannot be built".to_owned()));
    }
    let text = String::from_utf8_lossy(&output.stdout);
    Ok(text.lines().map(str::to_owned).collect())
}

/// `cargo fuzz`, on the stable tool chain: what it asks of rustc is unstable, and unlocked for it alone. Built without
/// the release's optimisation across crates, which costs minutes and finds nothing.
fn cargo_fuzz(task: &str, target: &str, folder: &str) -> Command {
    let mut command = cargo(&["fuzz", task, "--features", "libfuzzer", target, folder, "--"]);
    command
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_STRIP", "none")
        .args(["-max_len=4096", "-timeout=20", "-rss_limit_mb=2048"]);
    command
}

fn search(target: &str, minutes: u32) -> Outcome {
    let folder = format!("target/fuzz/{target}");
    succeed(&mut corpus(&["unpack", target, &folder]))?;
    let known = newest(target);
    let mut run = cargo_fuzz("run", target, &folder);
    run.args([
        &format!("-max_total_time={}", u64::from(minutes) * 60),
        "-dict=fuzz/protocol.dict",
        "-print_final_stats=1",
    ]);
    if let Err(trouble) = succeed(&mut run) {
        return Err(
            match newest(target).filter(|found| Some(found) != known.as_ref()) {
                Some(found) => broken(target, &found),
                None => trouble,
            },
        );
    }
    // As few inputs as reach every branch that all of them reach: how often each went round a loop is left to the next search.
    succeed(cargo_fuzz("cmin", target, &folder).arg("-use_counters=0"))?;
    succeed(&mut corpus(&["pack", target, &folder]))
}

/// Where libFuzzer leaves what breaks a rule.
fn newest(target: &str) -> Option<PathBuf> {
    let files = fs::read_dir(root().join("fuzz/artifacts").join(target)).ok()?;
    let dated = files.filter_map(|file| {
        let file = file.ok()?;
        let written = file.metadata().and_then(|about| about.modified()).ok()?;
        Some((written, file.path()))
    });
    dated.max().map(|(_, path)| path)
}

fn broken(target: &str, found: &Path) -> Trouble {
    let shown = found.strip_prefix(root()).unwrap_or(found).display();
    let input = fs::read(found).unwrap_or_else(|error: io::Error| error.to_string().into_bytes());
    Trouble(format!(
        "an input breaks the rule of {target} (fuzz/src/targets/{target}.rs):\n\n    {}\n\nSee it again with\n\n    \
         cargo run --package kaunter-fuzz --bin corpus -- replay {target} {shown}\n\nand keep it for the tests with `add` \
         in place of `replay`.",
        input.escape_ascii()
    ))
}
