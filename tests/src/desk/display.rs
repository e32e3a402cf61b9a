//! A display in memory.

use super::Program;
use crate::{Failure, Outcome};
use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};

/// An X server that nobody sees, large enough for every window size that is looked at.
pub(crate) struct Display {
    name: String,
    _server: Program,
}

impl Display {
    /// Starts one on a free number.
    pub(crate) fn start(log: &Path) -> Outcome<Self> {
        let mut command = Command::new("Xvfb");
        command
            .args([
                "-displayfd",
                "1",
                "-screen",
                "0",
                "1920x1200x24",
                "-nolisten",
                "tcp",
                "-noreset",
            ])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(File::create(log)?);
        let mut server = Program::start(&mut command)?;
        let number = server
            .first_line()
            .map_err(|failure| Failure::new(format!("Xvfb: {failure}")))?;
        Ok(Self {
            name: format!(":{number}"),
            _server: server,
        })
    }

    /// What `DISPLAY` has to be.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }
}
