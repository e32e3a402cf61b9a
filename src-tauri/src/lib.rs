//! The shell: the window, its commands, and the composition of till, gateway and simulator.

mod app;
mod arguments;
mod audit;
mod commands;
#[cfg(test)]
mod contract;
mod customer;
mod customer_window;
mod drawing;
mod error;
mod events;
mod log_files;
mod logging;
mod present;
mod provision;
mod saved_file;
mod screens;
mod support;
mod training;
mod view;
mod virtual_terminal;
mod window;

use std::process::ExitCode;

use tauri::{Manager, RunEvent, WindowEvent};

use app::App;
use arguments::Arguments;
use customer::Customer;
use customer_window::CustomerWindow;
use virtual_terminal::Tellers;

/// Runs the program with the arguments it was given, to its end.
#[must_use]
pub fn run(given: impl Iterator<Item = String>) -> ExitCode {
    let arguments = match Arguments::parse(given) {
        Ok(arguments) => arguments,
        Err(error) => return say_and_fail(&error),
    };
    if arguments.help {
        return say(arguments::HELP);
    }
    if arguments.verify_journal {
        return match audit::verify_journal(&arguments) {
            Ok(report) => say(&report),
            Err(fault) => say_and_fail(&fault),
        };
    }
    if let Some(file) = &arguments.provision {
        return match provision::provision(&arguments, file) {
            Ok(report) => say(&report),
            Err(refusal) => say_and_fail(&refusal),
        };
    }
    drawing::choose();
    let mut builder = tauri::Builder::default();
    // With a data folder of its own the till is another one than the user's; its folder's lock keeps a second process
    // out. Without one, a second start brings up the window that is there.
    if arguments.data_folder.is_none() {
        builder = builder.plugin(tauri_plugin_single_instance::init(|handle, _, _| {
            window::focus(handle)
        }));
    }
    let built = builder
        .setup(move |tauri| {
            let root = match arguments.data_folder.clone() {
                Some(folder) => folder,
                None => audit::system_folder().ok_or(tauri::Error::UnknownPath)?,
            };
            logging::start(tauri.handle(), &root)?;
            let (version, system) = (env!("CARGO_PKG_VERSION"), std::env::consts::OS);
            let asked = if arguments.training {
                ", training asked for"
            } else {
                ""
            };
            log::info!(
                "Kaunter {version} starts on {system} ({}), data in {}{asked}",
                std::env::consts::ARCH,
                root.display()
            );
            tauri.manage(App::new(tauri.handle().clone(), root, arguments.training));
            tauri.manage(Customer::default());
            tauri.manage(CustomerWindow::default());
            tauri.manage(Tellers::default());
            // The till is opened while the web view starts: the page's first question finds it there.
            let opening = tauri.handle().clone();
            tauri::async_runtime::spawn(async move {
                opening.state::<App>().standing().await;
            });
            window::open(tauri.handle())?;
            customer::start(tauri.handle().clone());
            customer_window::start(tauri.handle().clone());
            events::watch_idleness(tauri.handle().clone());
            Ok(())
        })
        .invoke_handler(commands::handler())
        .build(tauri::generate_context!());
    match built {
        Ok(tauri) => {
            tauri.run(|handle, event| match event {
                RunEvent::ExitRequested { api, code: None, .. } => window::finish_first(handle, &api),
                RunEvent::WindowEvent {
                    label,
                    event: WindowEvent::Destroyed,
                    ..
                } => window::closed(handle, &label),
                _ => {}
            });
            ExitCode::SUCCESS
        }
        Err(error) => say_and_fail(&format!("Kaunter cannot start: {error}")),
    }
}

#[expect(
    clippy::print_stdout,
    reason = "the answer to --help belongs on the terminal it was typed in"
)]
fn say(text: &str) -> ExitCode {
    println!("{text}");
    ExitCode::SUCCESS
}

fn say_and_fail(text: &str) -> ExitCode {
    complain(text);
    ExitCode::FAILURE
}

#[expect(
    clippy::print_stderr,
    reason = "without a window there is nowhere else to say why"
)]
fn complain(text: &str) {
    eprintln!("{text}");
}
