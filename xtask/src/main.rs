//! Set up by the next commits.
fn main() {}
