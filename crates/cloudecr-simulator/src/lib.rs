//! A stand-in for the cloudECR gateway: the protocol's endpoints, virtual terminals that do what a script says, and
//! the acquirer's book, which tells what really happened to the customers' money whatever a POS heard of it.
//!
//! [`serve`] listens; [`Simulator`] is the handle by which a program or a test steers it while it runs. The README
//! next to this crate describes the endpoints and the form of scripts.

mod acquirer;
mod aftermath;
mod attend;
mod binding;
mod binding_calls;
mod book;
mod calls;
mod config;
mod config_check;
mod config_file;
mod config_form;
mod control;
mod delivery;
mod exchange;
mod failure;
mod gateway;
mod inquiry;
mod instrument;
mod interception;
mod leg;
mod line;
mod local_time;
mod logos;
mod manner;
mod named;
mod payload;
mod picture;
mod rate;
mod request;
mod script;
mod server;
mod sessions;
mod signer;
mod simulator;
mod spelling;
mod spoil;
mod state;
mod step;
mod terminal;
mod transaction;
mod word;

pub use attend::{Asked, End, PATIENCE, Screen, Slip, Verdict};
pub use binding::BindError;
pub use book::{Entry, EntryStatus};
pub use calls::Call;
pub use cloudecr::{Clock, SystemClock};
pub use config::{
    AccountStatus, ChannelSetup, Config, InquiryReference, KeyPicture, Logo, PosAccount, TerminalSetup,
};
pub use config_file::ConfigError;
pub use delivery::{DEPTH, HUGE};
pub use leg::{Leg, Loss};
pub use manner::Manner;
pub use named::{NamedScript, named_scripts};
pub use picture::BOMB_SIDE;
pub use rate::{RATE_LIMIT, RatePer, RateRule};
pub use script::{Script, ScriptError};
pub use server::{router, serve};
pub use signer::SignatureRule;
pub use simulator::Simulator;
pub use spelling::{Flag, Plural, Spelling, Written};
pub use step::{LONGEST_DELAY, Later, OtherSales, Outcome, Settlement, Step, Turn};
pub use terminal::TerminalState;
pub use word::PlainWord;
