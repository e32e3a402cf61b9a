//! The client against real servers on this machine.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod binding;
mod days;
mod limits;
mod session;
mod strict;
mod support;
mod tls;
mod transport;
