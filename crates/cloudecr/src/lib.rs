#![doc = include_str!("../README.md")]
//!
//! ## Map
//!
//! Messages ([`TransferRequest`], [`TransferResponse`], lists, tokens) and the [`signature`] over them; [`Client`] with
//! its session and transport, and [`read`] for those who bring their own; [`judge()`], which decides what an
//! [`Exchange`] says of the customer's money; and the [`codes`] that it decides by.

mod account;
mod amount;
mod binding;
mod by_name;
mod call_error;
#[cfg(feature = "callback")]
pub mod callback;
mod client;
mod clock;
pub mod codes;
mod credentials;
mod error_body;
mod exchange;
mod extras;
mod field;
mod gateway;
mod gateway_time;
mod js_text;
mod judge;
mod kinds;
mod listing;
pub mod mask;
mod order;
mod picture;
mod prepared;
mod request;
mod response;
mod secret;
pub mod signature;
mod token_store;
mod verdict;

pub use account::{LoginRequest, Token, TokenPair, TokenPairWire, TokenTimeError, TokenWire};
pub use amount::{AmountError, WireAmount};
pub use binding::{BindKey, MOST_PREBOUND};
pub use call_error::CallError;
pub use client::{BuildError, Client, ClientBuilder, RequestBudget, TimeLimits, read};
pub use clock::{Clock, SystemClock};
pub use credentials::Credentials;
pub use error_body::ErrorBody;
pub use exchange::{Exchange, Lost, LostReason, NotSent, NotSentReason, Refusal, Reply};
pub use extras::Extras;
pub use field::{FieldProblem, InvalidField, without_outer_blanks};
pub use gateway::{Gateway, GatewayAddressError};
pub use gateway_time::{GatewayTime, GatewayTimeError};
pub use judge::judge;
pub use kinds::{PaymentMethod, TransType, UnknownPaymentMethod};
pub use listing::{Channel, Listing, Terminal};
pub use order::Order;
pub use picture::{Picture, PictureKind};
pub use prepared::PreparedTransfer;
pub use request::{RequestData, TransferRequest};
pub use response::{ResponseData, TransferResponse};
pub use secret::SecretKey;
pub use token_store::{MemoryTokens, TokenStore};
pub use verdict::{Asked, CodeSource, Doubt, DoubtReason, NoCharge, Verdict};
