//! Finding out: did it go through? It only asks, never moves money.

mod evidence;
mod seek;
mod times;

pub(crate) use seek::{Seekers, ask_now, find_out};
pub use times::InquiryTimes;
