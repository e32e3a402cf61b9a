//! The simulator as its users meet it: over real HTTP, on a port of its own, with a clock that stands still.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod aftermath;
mod attended;
mod binding;
mod checks;
mod faults;
mod gateway_faults;
mod inquiries;
mod manners;
mod pos;
mod session;
mod signature_vectors;
mod transfers;
