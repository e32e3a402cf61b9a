//! Every check that decides whether a change is good. The first that fails ends it, with the command to type again.

use crate::demo::{PROGRAMS, WHOLE, can_drive};
use crate::js;
use crate::machine;
use crate::needs::{BUILD, FETCH, PAGE, WINDOW};
use crate::step::{Outcome, Steps, cargo, on_path};

/// Sets up and runs every check.
///
/// # Errors
/// With the first check that fails.
pub(crate) fn test() -> Outcome {
    let mut steps = Steps::default();
    let outcome = checks(&mut steps);
    steps.summary();
    outcome?;
    eprintln!("\nEvery check passed.");
    Ok(())
}

fn checks(steps: &mut Steps) -> Outcome {
    let needs: &[_] = if can_drive() {
        &[BUILD, WINDOW, PAGE, FETCH]
    } else {
        &[BUILD, PAGE, FETCH]
    };
    steps.measure("the machine", || machine::ready(needs))?;
    steps.measure("the page's checkers", js::install)?;
    steps.run("format", &mut cargo(&["fmt", "--all", "--check"]))?;
    steps.run("the page's types", &mut js::tsc())?;
    steps.run("the page's words", &mut js::tests())?;
    let lint = [
        "clippy",
        "--workspace",
        "--all-targets",
        "--features",
        "kaunter-tests/window,kaunter-tests/bench",
        "--",
        "-D",
        "warnings",
    ];
    steps.run("lints", &mut cargo(&lint))?;
    licences(steps)?;
    let document = ["doc", "--workspace", "--no-deps", "--document-private-items"];
    steps.run(
        "documentation",
        cargo(&document).env("RUSTDOCFLAGS", "-D warnings"),
    )?;
    tests(steps)
}

fn licences(steps: &mut Steps) -> Outcome {
    if !on_path("cargo-deny") {
        steps.skip(
            "licences and sources",
            "cargo-deny is not installed (`cargo install cargo-deny` for it)",
        );
        return Ok(());
    }
    // Advisories come over the network and change without a change here, so they are asked for by hand (CONTRIBUTING.md).
    steps.run(
        "licences and sources",
        &mut cargo(&["deny", "check", "bans", "licenses", "sources"]),
    )
}

fn tests(steps: &mut Steps) -> Outcome {
    if !can_drive() {
        steps.run("tests", &mut cargo(&["test", "--workspace"]))?;
        steps.skip(
            "the real window",
            "only WebKitGTK's web view brings a driver; it is checked on Linux",
        );
        return Ok(());
    }
    steps.run(
        "programs for the window's tests",
        cargo(&["build"]).args(WHOLE).args(PROGRAMS),
    )?;
    steps.run("tests, and the real window", cargo(&["test"]).args(WHOLE))
}
