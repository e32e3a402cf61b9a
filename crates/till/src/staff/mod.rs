//! Who works here, what they may do, and how they show that it is them.

mod delay;
mod member;
mod pin;
mod roster;

pub use member::{Member, NAME_LIMIT, Role};
pub use pin::{Pin, PinRules};
pub use roster::{Roster, StaffError};
