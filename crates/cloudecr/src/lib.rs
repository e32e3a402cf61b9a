//! A client for Fiuu's cloudECR gateway that never mistakes an unknown outcome for a decline.
//!
//! Messages, signature, session and transport of the protocol by which a point of sale drives payment terminals.

mod account;
mod amount;
mod clock;
pub mod codes;
mod error_body;
mod gateway_time;
mod js_text;
mod kinds;
mod listing;
mod request;
mod response;
mod secret;
pub mod signature;

pub use account::{LoginRequest, Token, TokenPair, TokenPairWire, TokenTimeError, TokenWire};
pub use amount::{AmountError, WireAmount};
pub use clock::{Clock, SystemClock};
pub use error_body::ErrorBody;
pub use gateway_time::{GatewayTime, GatewayTimeError};
pub use kinds::{PaymentMethod, TransType, UnknownPaymentMethod};
pub use listing::{Channel, Listing, Terminal};
pub use request::{RequestData, TransferRequest};
pub use response::{ResponseData, TransferResponse};
pub use secret::SecretKey;
