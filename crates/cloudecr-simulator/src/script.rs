//! What a virtual terminal is told to do next, and the JSON that tells it. A fault is data here, not code: a new
//! kind of fault is one more variant, met at the one place where answers leave.

use std::{collections::VecDeque, time::Duration};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use thiserror::Error;

use crate::named::named_script;

/// The longest `delayMs` that a step may ask for: ten minutes, far past every time limit of the protocol.
pub const LONGEST_DELAY: Duration = Duration::from_secs(600);

/// What the next money-moving transfers on one terminal meet, in order. When all steps are used up, the terminal
/// approves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Script {
    steps: VecDeque<Step>,
}

impl Script {
    /// A script of these steps.
    ///
    /// # Errors
    /// A step that makes no sense; see [`ScriptError`].
    pub fn new(steps: impl IntoIterator<Item = Step>) -> Result<Self, ScriptError> {
        let steps: VecDeque<Step> = steps.into_iter().collect();
        steps.iter().try_for_each(Step::check)?;
        Ok(Self { steps })
    }

    /// The script of the given name, from [`named_scripts`](crate::named_scripts).
    ///
    /// # Errors
    /// [`ScriptError::UnknownName`] if there is none.
    pub fn named(name: &str) -> Result<Self, ScriptError> {
        let named = named_script(name).ok_or_else(|| ScriptError::UnknownName(name.to_owned()))?;
        Self::new([named.step()])
    }

    /// Reads the JSON form: a name, a step, or an array of either.
    ///
    /// # Errors
    /// What is wrong with it, in words for the person who wrote it.
    ///
    /// ```
    /// use cloudecr_simulator::Script;
    /// let script = Script::from_json(&serde_json::json!([{"outcome": "decline", "responseCode": "55"}, "approve"]))?;
    /// assert_eq!(script.steps().count(), 2);
    /// # Ok::<(), cloudecr_simulator::ScriptError>(())
    /// ```
    pub fn from_json(json: &Value) -> Result<Self, ScriptError> {
        match json {
            Value::Array(steps) => {
                Self::new(steps.iter().map(step_from_json).collect::<Result<Vec<_>, _>>()?)
            }
            one => Self::new([step_from_json(one)?]),
        }
    }

    /// The steps that are still to come.
    pub fn steps(&self) -> impl Iterator<Item = &Step> {
        self.steps.iter()
    }

    /// The step that the next transfer meets, if it is scripted.
    pub(crate) fn peek(&self) -> Option<&Step> {
        self.steps.front()
    }

    /// Takes the step for the transfer that begins now.
    pub(crate) fn take(&mut self) -> Step {
        self.steps.pop_front().unwrap_or_default()
    }

    /// How many steps are left.
    pub(crate) fn len(&self) -> usize {
        self.steps.len()
    }
}

fn step_from_json(json: &Value) -> Result<Step, ScriptError> {
    match json {
        Value::String(name) => named_script(name)
            .map(|named| named.step())
            .ok_or_else(|| ScriptError::UnknownName(name.clone())),
        Value::Object(_) => {
            Step::deserialize(json).map_err(|error| ScriptError::Malformed(error.to_string()))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => Err(ScriptError::Malformed(
            "a step is a name or an object such as {\"outcome\": \"approve\"}".to_owned(),
        )),
    }
}

/// What one money-moving transfer meets.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Step {
    /// What the terminal, the customer and the acquirer do.
    pub outcome: Outcome,
    /// The channel's `responseCode` in the answer, instead of the usual one for this outcome.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response_code: Option<String>,
    /// Answers with this gateway error in place of a transfer response. What was charged stays charged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error_code: Option<u32>,
    /// Where on its way the exchange breaks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lose: Option<Loss>,
    /// How a pending one ends; without it, it stays pending.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settles: Option<Settlement>,
    /// How many inquiries a pending one answers with *pending* before it settles.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub settles_after: u32,
    /// How long the customer takes, in milliseconds, instead of the simulator's own delay.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delay_ms: Option<u64>,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde's skip_serializing_if passes a reference"
)]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

impl Step {
    /// A step with this outcome and nothing else.
    #[must_use]
    pub fn of(outcome: Outcome) -> Self {
        Self {
            outcome,
            ..Self::default()
        }
    }

    /// Whether the exchange breaks at this point of the way, and how.
    pub(crate) fn lost_at(&self, leg: Leg) -> Option<Manner> {
        self.lose.filter(|loss| loss.at == leg).map(|loss| loss.how)
    }

    /// Whether the acquirer never hears of it, since the way broke before.
    pub(crate) fn stops_before_acquirer(&self) -> bool {
        self.lose.is_some_and(|loss| loss.at <= Leg::TerminalToAcquirer)
    }

    /// How long the customer takes.
    pub(crate) fn delay(&self, usual: Duration) -> Duration {
        self.delay_ms.map_or(usual, Duration::from_millis)
    }

    fn check(&self) -> Result<(), ScriptError> {
        if self.settles.is_some() && self.outcome != Outcome::Pending {
            return Err(ScriptError::Malformed(
                "\"settles\" goes with the outcome \"pending\" only".to_owned(),
            ));
        }
        if self.delay(Duration::ZERO) > LONGEST_DELAY {
            return Err(ScriptError::Malformed(
                "\"delayMs\" can be 600000 at most".to_owned(),
            ));
        }
        if self
            .error_code
            .is_some_and(|code| crate::failure::http_status(code).is_none())
        {
            return Err(ScriptError::Malformed(
                "\"errorCode\" must begin with an HTTP status of the 400s or 500s".to_owned(),
            ));
        }
        Ok(())
    }
}

/// What the terminal, the customer and the acquirer do with one transfer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// The acquirer says yes: charged, or voided.
    #[default]
    Approve,
    /// The acquirer says no (`statusCode` 11).
    Decline,
    /// The customer or the cashier cancels at the terminal; the acquirer hears nothing (42210).
    Cancel,
    /// The terminal is not connected (50310). The list shows it so until the next script or transfer.
    Offline,
    /// The channel has not decided yet (`statusCode` 22).
    Pending,
    /// The terminal is busy with something else (42910).
    Busy,
    /// The terminal fails before it asks the acquirer (50312, or the step's `errorCode`).
    Error,
}

/// How a pending transfer ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Settlement {
    /// With the money moved.
    Approve,
    /// Without.
    Decline,
}

/// A break of the exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
}

/// What the POS sees of a break.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Manner {
    /// Its connection is reset without a byte of an answer.
    Reset,
    /// No answer comes, for as long as it waits.
    Stall,
}

/// Why a script was not taken. Nothing changed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ScriptError {
    /// No terminal of this ID.
    #[error("there is no terminal \"{0}\"; GET /simulator/terminals lists them")]
    UnknownTerminal(String),
    /// No script of this name.
    #[error("there is no script named \"{0}\"; GET /simulator/scripts lists them")]
    UnknownName(String),
    /// Not a script.
    #[error("this is not a script: {0}")]
    Malformed(String),
}
