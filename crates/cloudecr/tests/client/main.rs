//! The client against real servers on this machine.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod binding;
mod session;
mod support;
mod transport;
