//! Sees to it that the machine has what a task needs, before the task starts.

use crate::needs::Need;
use crate::packages::{Apt, Manager};
use crate::step::{Outcome, Trouble, ask, on_path};

/// Makes sure of everything in `groups`, one after the other: installs it where that is possible without a question, and otherwise says what
/// to type. Costs well under 200 ms when nothing is missing.
///
/// # Errors
/// When something is missing and cannot be installed from here.
pub(crate) fn ready(groups: &[&[Need]]) -> Outcome {
    match std::env::consts::OS {
        "linux" => linux(groups),
        "macos" => macos(groups),
        "windows" => windows(groups),
        other => {
            eprintln!("Kaunter has not been built on {other} before; going on as it is.");
            Ok(())
        }
    }
}

fn missing(groups: &[&[Need]]) -> Vec<Need> {
    groups
        .iter()
        .flat_map(|group| group.iter())
        .filter(|need| !need.is_met())
        .copied()
        .collect()
}

fn linux(groups: &[&[Need]]) -> Outcome {
    let lacking = missing(groups);
    if lacking.is_empty() {
        return Ok(());
    }
    eprintln!("This machine lacks:");
    for need in &lacking {
        eprintln!("   {:<22} {}", need.name(), need.why);
    }
    let Some(manager) = Manager::here() else {
        return Err(Trouble(
            "install these with your system's package manager, then start again.".to_owned(),
        ));
    };
    if manager != Manager::Apt {
        let typed = manager.typed(&manager.packages(&lacking));
        return Err(Trouble(format!(
            "install what is missing by typing\n\n    {typed}\n\nand start again."
        )));
    }
    let apt = Apt::ready(&manager.packages(&lacking))?;
    for group in groups {
        let packages = manager.packages(&missing(&[group]));
        if !packages.is_empty() {
            eprintln!("Installing with apt-get: {}", packages.join(" "));
            apt.install(&packages)?;
        }
    }
    let still = missing(groups);
    if still.is_empty() {
        return Ok(());
    }
    let names: Vec<&str> = still.iter().map(Need::name).collect();
    Err(Trouble(format!(
        "apt-get installed its packages, but this machine still lacks {}. Debian 12, Ubuntu 22.04 or newer is needed.",
        names.join(", ")
    )))
}

fn macos(groups: &[&[Need]]) -> Outcome {
    if ask("xcode-select", &["-p"]).is_none() {
        return Err(Trouble(
            "Apple's command line tools are missing. Type `xcode-select --install`, then start again."
                .to_owned(),
        ));
    }
    node(groups, "brew install node")
}

fn windows(groups: &[&[Need]]) -> Outcome {
    // WebView2 is part of Windows 11 and of an up-to-date Windows 10, and its absence shows at start, not at build; the
    // linker is what rustc already asked for, or this program would not be running.
    node(groups, "winget install OpenJS.NodeJS.LTS")
}

/// On macOS and Windows the window comes with the system; of the tools named in `groups` only Node has to be there.
fn node(groups: &[&[Need]], typed: &str) -> Outcome {
    let wanted = groups
        .iter()
        .any(|group| std::ptr::eq(*group, crate::needs::PAGE));
    if !wanted || (on_path("node") && (on_path("npm") || on_path("npm.cmd"))) {
        return Ok(());
    }
    Err(Trouble(format!(
        "Node.js is missing (it checks the page's types). Type `{typed}`, then start again."
    )))
}
