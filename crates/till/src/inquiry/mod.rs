//! Finding out: did it go through? It only asks, never moves money.

mod ask;
mod callback;
mod evidence;
mod glance;
mod progress;
mod seek;
mod take_in;
mod times;

pub(crate) use ask::learn_baseline;
pub(crate) use callback::{Repeated, called_back};
pub(crate) use glance::{Glance, Owner, last_transaction};
pub(crate) use progress::Seekers;
pub(crate) use seek::{ask_now, find_out};
pub(crate) use take_in::late_answer;
pub use times::InquiryTimes;
