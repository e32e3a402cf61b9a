//! What a payment is, which states it goes through, and what each state allows.

mod event;
mod extras;
mod facts;
mod last;
mod safety;
mod state;

pub use event::{IllegalTransition, PaymentEvent, next};
pub use extras::Extras;
pub use facts::{Explanation, Kind, Payment, Said, Salient, Source, UnknownName};
pub(crate) use last::is_in_window;
pub use last::{Candidate, LastResult};
pub use safety::{SafeReason, Safety, safe_to_charge_again};
pub use state::{Decision, PaymentState};
