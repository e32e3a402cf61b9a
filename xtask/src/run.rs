//! Opens Kaunter in training, from nothing.

use crate::demo;
use crate::machine;
use crate::needs::BUILD;
use crate::step::{Outcome, built, cargo, command, succeed};
use std::process::Stdio;

/// Sets up, builds, and opens the app in training; without a display it runs the demo instead.
///
/// # Errors
/// When the machine lacks something, the build fails, or the app ends with an error.
pub(crate) fn run() -> Outcome {
    if !has_display() {
        eprintln!(
            "There is no display here (DISPLAY and WAYLAND_DISPLAY lead nowhere), so the demo is run instead."
        );
        return demo::demo(&[]);
    }
    machine::ready(&[BUILD])?;
    // With the features that the tests are built with, so that whoever tries it and then works on it compiles once.
    succeed(&mut cargo(&["build", "--workspace", "--bin", "kaunter"]))?;
    succeed(command(built("kaunter")?, &["--training"]).stdin(Stdio::inherit()))
}

/// Whether a window can be opened. A variable that is left over from a session that has ended does not count.
fn has_display() -> bool {
    if std::env::consts::OS != "linux" {
        return true;
    }
    wayland() || x11()
}

#[cfg(unix)]
fn wayland() -> bool {
    use std::os::unix::net::UnixStream;
    let Some(display) = std::env::var_os("WAYLAND_DISPLAY").filter(|name| !name.is_empty()) else {
        return false;
    };
    // A full path wins over the runtime folder, as in the Wayland client library.
    let folder = std::env::var_os("XDG_RUNTIME_DIR").unwrap_or_default();
    UnixStream::connect(std::path::Path::new(&folder).join(display)).is_ok()
}

#[cfg(unix)]
fn x11() -> bool {
    use std::net::{TcpStream, ToSocketAddrs};
    use std::os::unix::net::UnixStream;
    use std::time::Duration;
    let Ok(display) = std::env::var("DISPLAY") else {
        return false;
    };
    let Some((host, number)) = display.rsplit_once(':') else {
        return false;
    };
    let number = number.split('.').next().unwrap_or(number);
    if host.is_empty() || host == "unix" {
        return UnixStream::connect(format!("/tmp/.X11-unix/X{number}")).is_ok();
    }
    // Over ssh the display is a port of this machine.
    let Some(port) = number
        .parse::<u16>()
        .ok()
        .and_then(|number| number.checked_add(6000))
    else {
        return false;
    };
    let Ok(mut addresses) = (host, port).to_socket_addrs() else {
        return false;
    };
    addresses.any(|address| TcpStream::connect_timeout(&address, Duration::from_secs(1)).is_ok())
}

#[cfg(not(unix))]
fn wayland() -> bool {
    false
}

#[cfg(not(unix))]
fn x11() -> bool {
    false
}
