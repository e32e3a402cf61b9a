//! The way of an exchange from the POS to the acquirer and back, and where on it something breaks.

use serde::{Deserialize, Serialize};

use crate::manner::Manner;

/// A break of the exchange.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Loss {
    /// The part of the way on which it breaks.
    pub at: Leg,
    /// What the POS sees of it.
    pub how: Manner,
}

/// The six parts of the way, in the order in which an exchange takes them. A break on one of the first three means
/// that nothing was charged, on one of the last three that it was and the answer is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Leg {
    /// The gateway never sees the request: the same `referenceId` is still unused.
    PosToGateway,
    /// The gateway took the request, the terminal never gets it.
    GatewayToTerminal,
    /// The terminal took it, the acquirer never hears of it.
    TerminalToAcquirer,
    /// The acquirer acted; its answer does not reach the terminal, which recovers it when it is next asked.
    AcquirerToTerminal,
    /// The terminal knows the outcome, the gateway does not hear it.
    TerminalToGateway,
    /// The gateway knows the outcome, the POS does not hear it.
    GatewayToPos,
}

impl Leg {
    /// All six, in order.
    pub const ALL: [Self; 6] = [
        Self::PosToGateway,
        Self::GatewayToTerminal,
        Self::TerminalToAcquirer,
        Self::AcquirerToTerminal,
        Self::TerminalToGateway,
        Self::GatewayToPos,
    ];

    /// Whether the acquirer has acted when the exchange comes to this part of the way.
    #[must_use]
    pub fn is_after_acquirer(self) -> bool {
        self >= Self::AcquirerToTerminal
    }
}
