//! Running one command of a task, so that every step is named, timed, and, if it fails, shown as it can be typed again.

use std::ffi::OsStr;
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Why a task ended early, in words for the person who started it.
#[derive(Debug)]
pub(crate) struct Trouble(pub(crate) String);

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<String> for Trouble {
    fn from(words: String) -> Self {
        Self(words)
    }
}

/// What each function of a task returns.
pub(crate) type Outcome<T = ()> = Result<T, Trouble>;

/// The project's root: the folder above this crate's.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// A command to be run in the project's root, with nothing on its standard input (no step ever asks a question).
pub(crate) fn command(program: impl AsRef<OsStr>, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(root()).stdin(Stdio::null());
    command
}

/// The cargo that started this program, so that toolchain overrides hold.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    command(
        std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()),
        arguments,
    )
}

/// A program of this workspace that was built beside this one.
///
/// # Errors
/// When the system does not say where this program lies.
pub(crate) fn built(program: &str) -> Outcome<PathBuf> {
    let here = std::env::current_exe()
        .map_err(|error| format!("where the programs are built is not known: {error}"))?;
    Ok(here.with_file_name(format!("{program}{}", std::env::consts::EXE_SUFFIX)))
}

/// The steps of a task, and what became of each.
#[derive(Default)]
pub(crate) struct Steps {
    done: Vec<(String, Duration)>,
    skipped: Vec<(String, String)>,
}

impl Steps {
    /// Runs one command under a name, letting its output through.
    ///
    /// # Errors
    /// When it cannot be started or ends with another status than 0.
    pub(crate) fn run(&mut self, name: &str, command: &mut Command) -> Outcome {
        self.measure(name, || succeed(command))
    }

    /// Runs `work` under a name.
    ///
    /// # Errors
    /// Those of `work`, with the step's name in front.
    pub(crate) fn measure<T>(&mut self, name: &str, work: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
        eprintln!("\n── {name}");
        let start = Instant::now();
        let result = work().map_err(|trouble| Trouble(format!("{name} failed: {trouble}")))?;
        let took = start.elapsed();
        eprintln!("   {name}: ok ({})", seconds(took));
        self.done.push((name.to_owned(), took));
        Ok(result)
    }

    /// Notes a check that cannot be made on this machine, so that the summary says so.
    pub(crate) fn skip(&mut self, name: &str, why: &str) {
        eprintln!("\n── {name}: skipped, {why}");
        self.skipped.push((name.to_owned(), why.to_owned()));
    }

    /// Prints every step with its time, and what was skipped.
    pub(crate) fn summary(&self) {
        eprintln!();
        for (name, took) in &self.done {
            eprintln!("   ok       {name} ({})", seconds(*took));
        }
        for (name, why) in &self.skipped {
            eprintln!("   skipped  {name}: {why}");
        }
    }
}

/// Runs a command to its end.
///
/// # Errors
/// When it cannot be started or ends with another status than 0; the words hold the command as it can be typed.
pub(crate) fn succeed(command: &mut Command) -> Outcome {
    let shown = shown(command);
    let status = command
        .status()
        .map_err(|error| Trouble(format!("`{shown}` cannot be started: {error}")))?;
    if status.success() {
        Ok(())
    } else {
        Err(Trouble(format!("`{shown}` ended with {status}")))
    }
}

/// A command's standard output as text, or nothing when it cannot be run or fails. For questions to the machine.
pub(crate) fn ask(program: &str, arguments: &[&str]) -> Option<String> {
    let output = command(program, arguments).stderr(Stdio::null()).output().ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Whether a program of this name lies on the `PATH`.
pub(crate) fn on_path(program: &str) -> bool {
    let Some(path) = std::env::var_os("PATH") else {
        return false;
    };
    let name = format!("{program}{}", std::env::consts::EXE_SUFFIX);
    std::env::split_paths(&path).any(|folder| folder.join(&name).is_file())
}

fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let name = program
        .file_stem()
        .unwrap_or(command.get_program())
        .to_string_lossy();
    let arguments = command
        .get_args()
        .map(|argument| match argument.to_string_lossy() {
            plain if !plain.contains([' ', '"', '$']) => plain.into_owned(),
            spaced => format!("'{spaced}'"),
        });
    std::iter::once(name.into_owned())
        .chain(arguments)
        .collect::<Vec<_>>()
        .join(" ")
}

fn seconds(time: Duration) -> String {
    format!("{}.{} s", time.as_secs(), time.subsec_millis() / 100)
}
