//! Shows the app without a person or a screen: the real window, driven by keys, with pictures of what it showed.

use crate::machine;
use crate::needs::{BUILD, WINDOW};
use crate::step::{Outcome, Trouble, built, cargo, command, succeed};

/// What the whole workspace is built with where the window is driven. Cargo settles the features of the crates below for what
/// is built together: built in parts, hundreds of them would be compiled anew for each part.
pub(crate) const WHOLE: &[&str] = &["--workspace", "--features", "kaunter-tests/window"];
/// The programs that a test of the window starts.
pub(crate) const PROGRAMS: &[&str] = &[
    "--bin",
    "kaunter",
    "--bin",
    "cloudecr-simulator",
    "--bin",
    "keyring-entries",
];

/// Whether the window can be driven here: the system's own web view has to bring a driver, and only WebKitGTK's does.
pub(crate) fn can_drive() -> bool {
    cfg!(target_os = "linux")
}

/// Sets up, builds, and lets the demo run on a display of its own; with `gallery` the walk through every screen in its place.
///
/// # Errors
/// When the machine lacks something, the build fails, or the demo does not see what it has to see.
pub(crate) fn demo(arguments: &[String]) -> Outcome {
    let program = match arguments {
        [] => "demo",
        [only] if only == "--gallery" => "gallery",
        [other, ..] => {
            return Err(Trouble(format!(
                "`demo` takes `--gallery` or nothing, but `{other}` was given."
            )));
        }
    };
    if !can_drive() {
        return Err(Trouble(
            "the demo drives the window through WebKitGTK's driver, which is there on Linux only. \
             `cargo xtask run` opens the app here."
                .to_owned(),
        ));
    }
    machine::ready(&[BUILD, WINDOW])?;
    succeed(
        cargo(&["build"])
            .args(WHOLE)
            .args(PROGRAMS)
            .args(["--bin", program]),
    )?;
    succeed(&mut command(built(program)?, &[]))
}
