//! Measures the till as it is shipped, optimised: what it costs a sale, and what its window costs beside a blank one.

use std::process::Command;

use crate::demo::can_drive;
use crate::js;
use crate::machine;
use crate::needs::{BUILD, FETCH, PAGE, WINDOW};
use crate::step::{Outcome, Steps, cargo, root};

/// Where the blank window lies, the yardstick.
const BLANK: &str = "tests/blank";

/// Builds the measurements in release and runs them; each prints its table and fails when a target is missed.
///
/// # Errors
/// When the machine lacks something, the build fails, or a target is missed.
pub(crate) fn bench() -> Outcome {
    machine::ready(&[BUILD])?;
    let mut steps = Steps::default();
    let window = window(&mut steps);
    let sale = steps.run("a sale", &mut measure("bench", "bench"));
    steps.summary();
    window.and(sale)
}

fn window(steps: &mut Steps) -> Outcome {
    if !can_drive() {
        steps.skip(
            "the window",
            "only WebKitGTK's web view brings a driver; it is measured on Linux",
        );
        return Ok(());
    }
    machine::ready(&[WINDOW, PAGE, FETCH])?;
    js::install()?;
    let build = [
        "build",
        "--release",
        "--package",
        "kaunter",
        "--package",
        "kaunter-blank",
        "--features",
        "kaunter/custom-protocol,kaunter-blank/custom-protocol",
    ];
    steps.run("programs as they are shipped", &mut cargo(&build))?;
    steps.run("the bundle", &mut js::tauri(&["bundle", "--bundles", "deb"]))?;
    let blank = root().join(BLANK);
    steps.run(
        "the blank window's bundle",
        js::tauri(&["bundle", "--bundles", "deb"]).current_dir(blank),
    )?;
    steps.run("the window", &mut measure("bench-window", "bench,window"))
}

fn measure(program: &str, features: &str) -> Command {
    let mut run = cargo(&["run", "--release", "--package", "kaunter-tests"]);
    run.args(["--features", features, "--bin", program]);
    run
}
