//! The two programs that are held against each other, as they were built for shipping.

use std::path::{Path, PathBuf};

use kaunter_tests::{Desk, Failure, Outcome, built};

/// Which program.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Which {
    /// The app.
    Kaunter,
    /// One empty window.
    Blank,
}

impl Which {
    fn name(self) -> &'static str {
        match self {
            Self::Kaunter => "kaunter",
            Self::Blank => "kaunter-blank",
        }
    }

    /// A program that notes the time, in nanoseconds, and then becomes the one that is measured.
    pub(crate) fn timed(self, desk: &Desk) -> Outcome<Timed> {
        let program = desk.home().join(format!("timed-{}", self.name()));
        let noted = desk.home().join(format!("began-{}", self.name()));
        let script = format!(
            "#!/bin/sh\ndate +%s%N > '{}'\nexec '{}' \"$@\"\n",
            noted.display(),
            built(self.name())?.display()
        );
        std::fs::write(&program, script)?;
        executable(&program)?;
        Ok(Timed { program, noted })
    }
}

#[cfg(unix)]
fn executable(path: &Path) -> Outcome {
    use std::os::unix::fs::PermissionsExt;
    Ok(std::fs::set_permissions(
        path,
        std::fs::Permissions::from_mode(0o755),
    )?)
}

#[cfg(not(unix))]
fn executable(_: &Path) -> Outcome {
    Ok(())
}

/// A program that leaves the time of its start.
pub(crate) struct Timed {
    /// What to start.
    pub(crate) program: PathBuf,
    noted: PathBuf,
}

impl Timed {
    /// When it began, in microseconds since 1970.
    pub(crate) fn began(&self) -> Outcome<u64> {
        let nanoseconds: u64 = std::fs::read_to_string(&self.noted)?.trim().parse()?;
        Ok(nanoseconds / 1000)
    }
}

/// The size of its bundle, in bytes. `cargo xtask bench` has it made.
pub(crate) fn bundle_size(which: Which) -> Outcome<u64> {
    let program = built(which.name())?;
    let folder = program.parent().unwrap_or(Path::new(".")).join("bundle/deb");
    let begins = match which {
        Which::Kaunter => "Kaunter_",
        Which::Blank => "Kaunter Blank_",
    };
    for entry in std::fs::read_dir(&folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with(begins) && name.ends_with(".deb") {
            return Ok(entry.metadata()?.len());
        }
    }
    Err(Failure::new(format!(
        "there is no bundle {begins}*.deb in {}",
        folder.display()
    )))
}
