//! What crosses crates, and the real window.
//!
//! [`Desk`] is a machine of its own for one test (display, message bus, keyring, folders), [`Window`] drives the
//! real app on it as a person does, by roles and names, and [`Simulator`] is the gateway's stand-in as a process, whose
//! book says what was really charged.

mod audit;
mod counter;
mod desk;
mod dice;
mod failure;
mod office;
mod printer;
mod programs;
pub mod secrets;
mod simulator;
pub mod steps;
mod whole;
mod window;
mod wire;

pub use audit::{all_payments, audit};
pub use counter::{Counter, copy_of_data};
pub use desk::{Desk, Keyring};
pub use dice::Dice;
pub use failure::{Failure, Outcome};
pub use office::Office;
pub use printer::{Manner, Mark, Printer};
pub use programs::{built, built_example};
pub use simulator::{BookEntry, Credentials, Simulator};
pub use whole::{open_till, provision_for};
pub use window::{Control, DISPLAY_SIZES, Layout, Name, Page, SIZES, Violation, Window, holding};
pub use wire::Wire;
