//! The commands, one file for a screen's: each unpacks, calls the till, and maps the error. No logic.

#[macro_use]
mod list;

mod account;
mod binding;
mod counter;
mod customer;
mod history;
mod items;
mod lock;
mod manage;
mod options;
mod printing;
mod returns;
mod sell;
mod setup;
mod start;
mod support;
mod tax;
mod tenders;
mod terminals;
mod ticket;
mod unresolved;
mod virtual_terminal;
mod wallets;

use tauri::Wry;
use tauri::ipc::Invoke;

macro_rules! handlers {
    ($($module:ident :: $name:ident),* $(,)?) => { tauri::generate_handler![$($module::$name),*] };
}

/// The handler of every command on the list.
pub(crate) fn handler() -> impl Fn(Invoke<Wry>) -> bool + Send + Sync + 'static {
    for_each_command!(handlers)
}

#[cfg(test)]
pub(crate) mod names {
    macro_rules! names {
        ($($module:ident :: $name:ident),* $(,)?) => { &[$(stringify!($name)),*] };
    }
    /// Every command on the list.
    pub(crate) const ALL: &[&str] = for_each_command!(names);
}
