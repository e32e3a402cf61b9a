//! Set up by the next commits.
