//! The calls that are no transfers. Each has a script of its own, so that any of them can fail in any way.

use std::str::FromStr;

use axum::http::Method;
use serde::{Deserialize, Serialize};

use crate::{
    leg::Leg,
    manner::Manner,
    script::ScriptError,
    step::{Outcome, Step},
};

/// A call of the gateway that is no transfer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Call {
    /// `POST /auth/login`
    Login,
    /// `POST /auth/refresh`
    Refresh,
    /// `POST /auth/logout`
    Logout,
    /// `GET /api/terminals`
    Terminals,
    /// `GET /api/ewallet-channels`
    EwalletChannels,
    /// `GET /api/bind-terminal-key`, as JSON or as a picture
    BindTerminalKey,
    /// `POST /api/prebind-terminals`
    PrebindTerminals,
    /// `GET /api/prebind-terminals`
    PrebindList,
    /// `GET` of a wallet's `logoUrl3`
    Logos,
}

impl Call {
    /// All of them, with their names.
    pub const ALL: [(&'static str, Self); 9] = [
        ("login", Self::Login),
        ("refresh", Self::Refresh),
        ("logout", Self::Logout),
        ("terminals", Self::Terminals),
        ("ewallet-channels", Self::EwalletChannels),
        ("bind-terminal-key", Self::BindTerminalKey),
        ("prebind-terminals", Self::PrebindTerminals),
        ("prebind-list", Self::PrebindList),
        ("logos", Self::Logos),
    ];

    /// Which call a request is.
    pub(crate) fn of(method: &Method, path: &str) -> Option<Self> {
        match (method.as_str(), path) {
            ("POST", "/auth/login") => Some(Self::Login),
            ("POST", "/auth/refresh") => Some(Self::Refresh),
            ("POST", "/auth/logout") => Some(Self::Logout),
            ("GET", "/api/terminals") => Some(Self::Terminals),
            ("GET", "/api/ewallet-channels") => Some(Self::EwalletChannels),
            ("GET", "/api/bind-terminal-key") => Some(Self::BindTerminalKey),
            ("POST", "/api/prebind-terminals" | "/api/prebind-terminal") => Some(Self::PrebindTerminals),
            ("GET", "/api/prebind-terminals" | "/api/prebind-terminal") => Some(Self::PrebindList),
            ("GET", path) if path.starts_with("/simulator/logos/") => Some(Self::Logos),
            _ => None,
        }
    }
}

impl FromStr for Call {
    type Err = ScriptError;

    fn from_str(name: &str) -> Result<Self, ScriptError> {
        let found = Self::ALL.iter().find(|(known, _)| *known == name);
        found
            .map(|&(_, call)| call)
            .ok_or_else(|| ScriptError::UnknownCall(name.to_owned()))
    }
}

impl Step {
    /// Whether the step makes sense for a call, which has no terminal and no acquirer: only the way there and the
    /// way back.
    pub(crate) fn check_call(&self) -> Result<(), ScriptError> {
        let rest = Self {
            error_code: None,
            lose: None,
            delay_ms: None,
            ..self.clone()
        };
        let problem = if rest != Self::of(Outcome::Approve) {
            Some("a call meets \"errorCode\", \"lose\" or \"delayMs\", and nothing else".to_owned())
        } else {
            self.lose
                .as_ref()
                .and_then(|loss| misfit(loss.at, &loss.how).map(str::to_owned))
        };
        problem.map_or(Ok(()), |problem| Err(ScriptError::Malformed(problem)))
    }
}

/// Why a call cannot be lost so.
fn misfit(at: Leg, how: &Manner) -> Option<&'static str> {
    let is_back = match at {
        Leg::PosToGateway => false,
        Leg::GatewayToPos => true,
        Leg::GatewayToTerminal
        | Leg::TerminalToAcquirer
        | Leg::AcquirerToTerminal
        | Leg::TerminalToGateway => {
            return Some("a call is lost at \"pos-to-gateway\" or at \"gateway-to-pos\"");
        }
    };
    match how {
        Manner::Reset
        | Manner::ResetBeforeRead
        | Manner::Stall
        | Manner::Restart
        | Manner::SessionEnded
        | Manner::Empty
        | Manner::Text
        | Manner::Html { .. }
        | Manner::Json { .. }
        | Manner::DeeplyNested
        | Manner::Huge
        | Manner::Redirect
        | Manner::Error { .. }
        | Manner::PlainWord { .. } => None,
        Manner::ResetAfterHeaders
        | Manner::ResetMidBody
        | Manner::Late { .. }
        | Manner::Truncated
        | Manner::Change(_) => (!is_back).then_some(
            "this needs an answer to spoil: \"reset-after-headers\", \"reset-mid-body\", \"late\", \"truncated\" and \
             \"change\" go with \"gateway-to-pos\" only",
        ),
        Manner::WrongSignature
        | Manner::MissingSignature
        | Manner::Replay
        | Manner::WrongTypes
        | Manner::OtherReference
        | Manner::OtherTerminal
        | Manner::OtherPos
        | Manner::OtherAmount
        | Manner::OtherCurrency
        | Manner::OtherType
        | Manner::OtherTransId
        | Manner::MissingTransId
        | Manner::UnknownStatus
        | Manner::OtherStatus
        | Manner::OtherResponseCode
        | Manner::Numbers => Some("only a transfer response can be spoilt so"),
    }
}
