//! Measures what the till itself costs a sale, as it is shipped: optimised.

use crate::machine;
use crate::needs::BUILD;
use crate::step::{Outcome, cargo, succeed};

/// Builds the measurement in release and runs it; it prints its table and fails when the till has become too slow.
///
/// # Errors
/// When the machine lacks something, the build fails, or a target is missed.
pub(crate) fn bench() -> Outcome {
    machine::ready(&[BUILD])?;
    succeed(&mut cargo(&[
        "run",
        "--release",
        "--package",
        "kaunter-tests",
        "--features",
        "bench",
        "--bin",
        "bench",
    ]))
}
