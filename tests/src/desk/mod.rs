//! A machine of its own for one test: nothing of the user's desktop, keyring or files is seen or touched, and two tests
//! never meet.

mod bus;
mod display;
mod hand;

use crate::{Failure, Outcome};
use bus::Bus;
use display::Display;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

/// What keyring a desk has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keyring {
    /// A gnome-keyring of its own, unlocked.
    Unlocked,
    /// None at all, as on a bare window manager.
    Missing,
}

/// A display that nobody sees, a message bus, a keyring and a home folder.
///
/// It outlives the windows on it, so that a test can close the app and open it again on the same data.
pub struct Desk {
    // Ended in this order: programs first, the folder last.
    bus: Bus,
    display: Display,
    home: TempDir,
}

impl Desk {
    /// Sets a desk up.
    ///
    /// # Errors
    /// When Xvfb, dbus-daemon or gnome-keyring-daemon is missing or does not start.
    pub fn new(keyring: Keyring) -> Outcome<Self> {
        let home = tempfile::Builder::new().prefix("kaunter-desk-").tempdir()?;
        for folder in ["run", "data", "config", "cache", "till"] {
            private_folder(&home.path().join(folder))?;
        }
        let display = Display::start(&home.path().join("display.log"))?;
        let bus = Bus::start(home.path(), keyring)?;
        Ok(Self { bus, display, home })
    }

    /// The home folder: everything that the app and its helpers write lies below it.
    #[must_use]
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// The folder that the app is told to keep its data in (`KAUNTER_DATA_DIR`).
    #[must_use]
    pub fn data(&self) -> PathBuf {
        self.home.path().join("till")
    }

    /// Where the app's own output goes, which WebDriver does not show.
    #[must_use]
    pub fn output(&self) -> PathBuf {
        self.home.path().join("output.log")
    }

    /// A command that sees this desk and nothing of the user's.
    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        self.bus.settle(self.home.path(), &mut command);
        command
            .env("DISPLAY", self.display.name())
            .env_remove("WAYLAND_DISPLAY")
            .env("GDK_BACKEND", "x11")
            // The accessibility bus would be the user's; WebDriver reads roles and names without it.
            .env("NO_AT_BRIDGE", "1")
            .env("KAUNTER_DATA_DIR", self.data())
            .env("LC_ALL", "C.UTF-8")
            .env("TZ", "Asia/Kuala_Lumpur")
            .stdin(Stdio::null());
        command
    }
}

fn private_folder(path: &Path) -> Outcome {
    std::fs::create_dir_all(path)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o700))?;
    }
    Ok(())
}

/// A helper program that ends with its owner.
pub(crate) struct Program(Child);

impl Program {
    /// Starts it; `needed` says what to install when it is not there.
    pub(crate) fn start(command: &mut Command) -> Outcome<Self> {
        let name = command.get_program().to_string_lossy().into_owned();
        let child = command.spawn().map_err(|error| {
            Failure::new(format!(
                "`{name}` cannot be started ({error}); `cargo xtask test` installs it"
            ))
        })?;
        Ok(Self(child))
    }

    /// The processes that it started, by number.
    pub(crate) fn children(&self) -> Outcome<Vec<String>> {
        let mut found = Vec::new();
        for thread in std::fs::read_dir(format!("/proc/{}/task", self.0.id()))? {
            let children = std::fs::read_to_string(thread?.path().join("children"))?;
            found.extend(children.split_whitespace().map(str::to_owned));
        }
        Ok(found)
    }

    /// The first line that the program prints.
    pub(crate) fn first_line(&mut self) -> Outcome<String> {
        use std::io::{BufRead, BufReader};
        let output = self
            .0
            .stdout
            .take()
            .ok_or_else(|| Failure::new("its output was not kept"))?;
        let mut line = String::new();
        BufReader::new(output).read_line(&mut line)?;
        let line = line.trim().to_owned();
        if line.is_empty() {
            Err(Failure::new("it ended before it said that it was ready"))
        } else {
            Ok(line)
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended by itself; there is nobody left to tell.
        drop(self.0.kill());
        drop(self.0.wait());
    }
}
