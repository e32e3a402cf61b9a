//! The package managers that xtask can call by itself, or else say what to type to.

use crate::needs::Need;
use crate::step::{Outcome, Trouble, ask, command, on_path, succeed};
use std::process::Command;

/// A Linux package manager.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Manager {
    /// Debian, Ubuntu: xtask installs by itself when it may.
    Apt,
    /// Fedora: xtask says what to type.
    Dnf,
    /// Arch: xtask says what to type.
    Pacman,
}

impl Manager {
    /// This machine's, if it is one of those known here.
    pub(crate) fn here() -> Option<Self> {
        [
            ("apt-get", Self::Apt),
            ("dnf", Self::Dnf),
            ("pacman", Self::Pacman),
        ]
        .into_iter()
        .find_map(|(program, manager)| on_path(program).then_some(manager))
    }

    /// The packages that give `needs`, each once.
    pub(crate) fn packages(self, needs: &[Need]) -> Vec<&'static str> {
        let mut all: Vec<&'static str> = Vec::new();
        for need in needs {
            let names = match self {
                Self::Apt => need.packages.apt,
                Self::Dnf => need.packages.dnf,
                Self::Pacman => need.packages.pacman,
            };
            for name in names.split_whitespace() {
                if !all.contains(&name) {
                    all.push(name);
                }
            }
        }
        all
    }

    /// What a person would type to install `packages`.
    pub(crate) fn typed(self, packages: &[&str]) -> String {
        let packages = packages.join(" ");
        match self {
            Self::Apt => format!("sudo apt-get update && sudo apt-get install {packages}"),
            Self::Dnf => format!("sudo dnf install {packages}"),
            Self::Pacman => format!("sudo pacman -S --needed {packages}"),
        }
    }
}

/// apt-get with the rights to install and with fresh lists.
pub(crate) struct Apt {
    rights: Rights,
}

impl Apt {
    /// Looks for the rights to install, and fetches the lists: on a fresh machine there are none, and old ones name
    /// packages that are gone.
    ///
    /// # Errors
    /// When there are no rights (the words then say what to type for `wanted`), or the lists cannot be fetched.
    pub(crate) fn ready(wanted: &[&str]) -> Outcome<Self> {
        let typed = Manager::Apt.typed(wanted);
        let Some(rights) = Rights::here() else {
            return Err(Trouble(format!(
                "this needs an administrator. Type:\n\n    {typed}\n\nand start again."
            )));
        };
        succeed(&mut rights.apt(&["update", "-qq"])).map_err(|trouble| {
            Trouble(format!(
                "{trouble}. Is there a network, and are apt's sources right?"
            ))
        })?;
        Ok(Self { rights })
    }

    /// Installs packages, asking nothing.
    ///
    /// # Errors
    /// When apt-get fails; the words say what to type.
    pub(crate) fn install(&self, packages: &[&str]) -> Outcome {
        let mut arguments = vec!["install", "-y", "-qq", "--no-install-recommends"];
        arguments.extend(packages);
        succeed(&mut self.rights.apt(&arguments)).map_err(|trouble| {
            let typed = Manager::Apt.typed(packages);
            Trouble(format!(
                "{trouble}. When apt's trouble above is mended, start again, or type:\n\n    {typed}"
            ))
        })
    }
}

/// How packages may be installed without a question.
enum Rights {
    Root,
    Sudo,
}

impl Rights {
    fn here() -> Option<Self> {
        if ask("id", &["-u"]).as_deref() == Some("0") {
            return Some(Self::Root);
        }
        ask("sudo", &["-n", "true"]).map(|_| Self::Sudo)
    }

    fn apt(&self, arguments: &[&str]) -> Command {
        let mut apt = match self {
            Self::Root => command("env", &[]),
            Self::Sudo => command("sudo", &["-n", "env"]),
        };
        apt.args([
            "DEBIAN_FRONTEND=noninteractive",
            "apt-get",
            "-o",
            "DPkg::Lock::Timeout=300",
            "-o",
            "Dpkg::Use-Pty=0",
        ])
        .args(arguments);
        apt
    }
}
