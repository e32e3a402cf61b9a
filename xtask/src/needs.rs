//! What a task needs from the machine beside Rust, how to see whether it is there, and what it is called where.
//!
//! A need is checked by what it gives (a program, a library, a font), not by a package's name, so that a machine that
//! has it from elsewhere is left alone.

use crate::step::{ask, on_path};

/// The ways to see that something is there.
#[derive(Clone, Copy)]
pub(crate) enum Gives {
    /// A program on the `PATH`.
    Program(&'static str),
    /// A library that pkg-config knows, with its headers.
    Library(&'static str),
    /// A font family that fontconfig finds.
    Font(&'static str),
}

/// One thing that a task needs.
#[derive(Clone, Copy)]
pub(crate) struct Need {
    /// How to see that it is there.
    pub(crate) gives: Gives,
    /// Why it is wanted, for the person who reads what is being installed.
    pub(crate) why: &'static str,
    /// Its packages with apt, dnf and pacman.
    pub(crate) packages: Packages,
}

/// A need's packages, by package manager; several are separated by blanks.
#[derive(Clone, Copy)]
pub(crate) struct Packages {
    /// Debian, Ubuntu and their kin.
    pub(crate) apt: &'static str,
    /// Fedora and its kin.
    pub(crate) dnf: &'static str,
    /// Arch and its kin.
    pub(crate) pacman: &'static str,
}

const fn need(
    gives: Gives,
    why: &'static str,
    apt: &'static str,
    dnf: &'static str,
    pacman: &'static str,
) -> Need {
    Need {
        gives,
        why,
        packages: Packages { apt, dnf, pacman },
    }
}

use Gives::{Font, Library, Program};

/// To build the app and open its window on Linux.
pub(crate) const BUILD: &[Need] = &[
    need(
        Program("cc"),
        "compiles SQLite and the cryptography",
        "build-essential",
        "gcc make",
        "base-devel",
    ),
    need(
        Program("pkg-config"),
        "finds the libraries to link",
        "pkg-config",
        "pkgconf-pkg-config",
        "pkgconf",
    ),
    need(
        Library("webkit2gtk-4.1"),
        "draws the window",
        "libwebkit2gtk-4.1-dev",
        "webkit2gtk4.1-devel",
        "webkit2gtk-4.1",
    ),
];

/// To search with libFuzzer, which is C++ and knows nothing of windows.
pub(crate) const SEARCH: &[Need] = &[
    need(
        Program("cc"),
        "compiles SQLite and the cryptography",
        "build-essential",
        "gcc make",
        "base-devel",
    ),
    need(
        Program("c++"),
        "compiles libFuzzer",
        "build-essential",
        "gcc-c++",
        "base-devel",
    ),
];

/// To drive the window without touching anybody's desktop, on Linux.
pub(crate) const WINDOW: &[Need] = &[
    need(
        Program("Xvfb"),
        "a display that nobody sees",
        "xvfb",
        "xorg-x11-server-Xvfb",
        "xorg-server-xvfb",
    ),
    need(
        Program("WebKitWebDriver"),
        "presses keys in the window",
        "webkit2gtk-driver",
        "webkitgtk6.0",
        "webkit2gtk-4.1",
    ),
    need(
        Program("dbus-daemon"),
        "a message bus of its own",
        "dbus",
        "dbus-daemon",
        "dbus",
    ),
    need(
        Program("gdbus"),
        "waits for that keyring",
        "libglib2.0-bin",
        "glib2",
        "glib2",
    ),
    need(
        Program("gnome-keyring-daemon"),
        "a keyring of its own",
        "gnome-keyring",
        "gnome-keyring",
        "gnome-keyring",
    ),
    need(
        Font("Noto Sans"),
        "letters as they look on a till",
        "fontconfig fonts-noto-core",
        "fontconfig google-noto-sans-fonts",
        "fontconfig noto-fonts",
    ),
    need(
        Font("WenQuanYi Micro Hei"),
        "Chinese letters",
        "fontconfig fonts-wqy-microhei",
        "fontconfig wqy-microhei-fonts",
        "fontconfig wqy-microhei",
    ),
];

/// To check the page's types and its accessibility.
pub(crate) const PAGE: &[Need] = &[need(
    Program("node"),
    "checks the page's types",
    "nodejs",
    "nodejs",
    "nodejs",
)];

/// To fetch those checkers. A group of its own behind [`PAGE`]: some sources' Node brings npm along and refuses
/// another one beside it, so npm is looked for only when Node is there.
pub(crate) const FETCH: &[Need] = &[need(
    Program("npm"),
    "fetches the pinned checkers",
    "npm",
    "nodejs-npm",
    "npm",
)];

impl Need {
    /// Whether the machine has it.
    pub(crate) fn is_met(&self) -> bool {
        match self.gives {
            Program(name) => on_path(name),
            Library(name) => ask("pkg-config", &["--exists", name]).is_some(),
            // fontconfig always answers with its nearest match, so the name has to be compared.
            Font(family) => ask("fc-match", &["--format=%{family}", family])
                .is_some_and(|found| found.starts_with(family)),
        }
    }

    /// What it gives, as it is called in messages.
    pub(crate) fn name(&self) -> &'static str {
        match self.gives {
            Program(name) | Library(name) | Font(name) => name,
        }
    }
}
