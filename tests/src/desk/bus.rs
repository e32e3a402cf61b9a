//! A message bus with a keyring on it, or with none.

use super::{Keyring, Program};
use crate::{Failure, Outcome};
use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};

/// The bus names no folder of services to start by itself: else a missing keyring would be started unasked.
const CONFIGURATION: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <keep_umask/>
  <listen>unix:tmpdir=/tmp</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;

/// A running bus. The keyring on it, if any, ends with it.
pub(crate) struct Bus {
    address: String,
    _keyring: Option<Program>,
    _daemon: Program,
}

impl Bus {
    /// Starts the bus, and the keyring if there is to be one.
    pub(crate) fn start(home: &Path, keyring: Keyring) -> Outcome<Self> {
        let configuration = home.join("bus.conf");
        fs::write(&configuration, CONFIGURATION)?;
        let mut command = Command::new("dbus-daemon");
        command
            .arg(format!("--config-file={}", configuration.display()))
            .args(["--nofork", "--print-address=1"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(File::create(home.join("bus.log"))?);
        let mut daemon = Program::start(&mut command)?;
        let address = daemon
            .first_line()
            .map_err(|failure| Failure::new(format!("dbus-daemon: {failure}")))?;
        let mut bus = Self {
            address,
            _keyring: None,
            _daemon: daemon,
        };
        if keyring == Keyring::Unlocked {
            bus._keyring = Some(bus.unlocked_keyring(home)?);
        }
        Ok(bus)
    }

    /// Gives a command this bus and these folders in place of the user's.
    pub(crate) fn settle(&self, home: &Path, command: &mut Command) {
        command
            .env("DBUS_SESSION_BUS_ADDRESS", &self.address)
            .env("HOME", home)
            .env("XDG_RUNTIME_DIR", home.join("run"))
            .env("XDG_DATA_HOME", home.join("data"))
            .env("XDG_CONFIG_HOME", home.join("config"))
            .env("XDG_CACHE_HOME", home.join("cache"))
            .env_remove("GNOME_KEYRING_CONTROL");
    }

    /// A keyring that is brought back if it crashes, as a desktop's session does: gnome-keyring-daemon has been seen to
    /// abort in the middle of a test. Its entries lie in `home`.
    fn unlocked_keyring(&self, home: &Path) -> Outcome<Program> {
        /// A status above 128 is a signal's. The password is read to the end of the pipe.
        const KEPT: &str = "until printf 'only for this desk' | gnome-keyring-daemon --foreground --unlock --components=secrets
            [ $? -le 128 ]; do :; done";
        let mut command = Command::new("sh");
        self.settle(home, &mut command);
        command
            .args(["-c", KEPT])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(File::create(home.join("keyring.log"))?);
        let daemon = Program::start(&mut command)?;
        let mut wait = Command::new("gdbus");
        self.settle(home, &mut wait);
        let ready = wait
            .args(["wait", "--session", "--timeout", "20", "org.freedesktop.secrets"])
            .status()?;
        if ready.success() {
            Ok(daemon)
        } else {
            Err(Failure::new(
                "gnome-keyring-daemon did not come up within 20 s; `cargo xtask test` installs it",
            ))
        }
    }
}
