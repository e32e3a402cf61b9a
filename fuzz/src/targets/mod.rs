//! The rules, one module each. An input begins with a few bytes that choose the circumstances (which HTTP status, which
//! request it answers), and goes on with what came from outside as it came, so that a corpus can be read.

pub mod amounts;
pub mod answers;
pub mod callbacks;
pub mod dates;
pub mod error_bodies;
pub mod images;
pub mod listings;
pub mod log_lines;
pub mod provision;
pub mod requests;
pub mod setup_files;
pub mod signature;
pub mod tables;
pub mod tokens;

/// Takes `N` bytes of circumstances off an input; nothing when it is too short to be one.
fn split<const N: usize>(input: &[u8]) -> Option<([u8; N], &[u8])> {
    input
        .split_first_chunk()
        .map(|(circumstances, rest)| (*circumstances, rest))
}

/// One of `choices`, by a byte.
fn pick<T: Copy, const N: usize>(choices: &[T; N], byte: u8) -> T {
    choices[usize::from(byte) % N]
}

/// An input of these circumstances and this body.
fn seed(circumstances: &[u8], body: impl AsRef<[u8]>) -> Vec<u8> {
    [circumstances, body.as_ref()].concat()
}
