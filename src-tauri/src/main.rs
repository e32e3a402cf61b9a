//! Starts Kaunter. On Windows a release has no console window.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

fn main() -> ExitCode {
    kaunter::run(std::env::args().skip(1))
}
