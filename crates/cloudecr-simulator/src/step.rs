//! One step of a script: what one transfer meets, from the terminal to what happens long after it.

use std::time::Duration;

use cloudecr::WireAmount;
use serde::{Deserialize, Serialize};

use crate::{
    leg::{Leg, Loss},
    manner::Manner,
    script::ScriptError,
};

/// The longest `delayMs` that a step may ask for: ten minutes, far past every time limit of the protocol.
pub const LONGEST_DELAY: Duration = Duration::from_secs(600);
/// The most sales that another till can take at once, far more than any test needs.
const MOST_OTHER_SALES: u32 = 100;

/// What one transfer meets. All of it may be left out; then the terminal approves, or answers truthfully.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Step {
    /// What the terminal, the customer and the acquirer do.
    #[serde(default)]
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
    /// How the acquirer changes its mind after it approved or declined.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub later: Option<Later>,
    /// What another till does on the same terminal right afterwards.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub then_sales: Option<OtherSales>,
    /// The card or the wallet that the customer pays with, in the gateway's spelling, where it is not fixed by the
    /// request. A name that does not fit the way of paying is passed over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pays_with: Option<String>,
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

    /// An approval whose exchange breaks at this point of the way, in this manner.
    #[must_use]
    pub fn losing(at: Leg, how: Manner) -> Self {
        Self {
            lose: Some(Loss { at, how }),
            ..Self::default()
        }
    }

    /// Whether the exchange breaks at this point of the way, and how.
    pub(crate) fn lost_at(&self, leg: Leg) -> Option<&Manner> {
        let loss = self.lose.as_ref().filter(|loss| loss.at == leg)?;
        Some(&loss.how)
    }

    /// Whether the terminal begins to work on it.
    pub(crate) fn reaches_terminal(&self) -> bool {
        let is_there = match self.outcome {
            Outcome::Offline | Outcome::Busy => false,
            Outcome::Approve | Outcome::Decline | Outcome::Cancel | Outcome::Pending | Outcome::Error => true,
        };
        is_there
            && self
                .lose
                .as_ref()
                .is_none_or(|loss| loss.at > Leg::GatewayToTerminal)
    }

    /// Whether the acquirer hears of it, since the way did not break before.
    pub(crate) fn reaches_acquirer(&self) -> bool {
        self.lose.as_ref().is_none_or(|loss| loss.at.is_after_acquirer())
    }

    /// How long the customer takes.
    pub(crate) fn delay(&self, usual: Duration) -> Duration {
        self.delay_ms.map_or(usual, Duration::from_millis)
    }

    /// Whether the step makes sense.
    pub(crate) fn check(&self) -> Result<(), ScriptError> {
        let problem = self
            .problem()
            .or_else(|| self.lose.as_ref().and_then(|loss| loss.how.check(loss.at).err()));
        problem.map_or(Ok(()), |problem| Err(ScriptError::Malformed(problem.to_owned())))
    }

    fn problem(&self) -> Option<&'static str> {
        if self.settles.is_some() && self.outcome != Outcome::Pending {
            return Some("\"settles\" goes with the outcome \"pending\" only");
        }
        if self.delay(Duration::ZERO) > LONGEST_DELAY {
            return Some("\"delayMs\" can be 600000 at most");
        }
        if self
            .error_code
            .is_some_and(|code| crate::failure::http_status(code).is_none())
        {
            return Some("\"errorCode\" must begin with an HTTP status of the 400s or 500s");
        }
        if let Some(later) = self.later {
            let first = match later.turns {
                Turn::Approve => Outcome::Decline,
                Turn::Reverse | Turn::Vanish => Outcome::Approve,
            };
            if self.outcome != first {
                return Some(
                    "\"later\" turns a \"decline\" to \"approve\", or an \"approve\" to \"reverse\" or \"vanish\"",
                );
            }
        }
        self.then_sales.as_ref().and_then(OtherSales::problem)
    }

    /// Whether the step makes sense for a question, which asks neither the customer nor the acquirer.
    pub(crate) fn check_question(&self) -> Result<(), ScriptError> {
        let fits = match self.outcome {
            Outcome::Approve | Outcome::Offline | Outcome::Busy | Outcome::Error => {
                self.response_code.is_none()
                    && self.later.is_none()
                    && self.then_sales.is_none()
                    && self.pays_with.is_none()
            }
            Outcome::Decline | Outcome::Cancel | Outcome::Pending => false,
        };
        if fits {
            return Ok(());
        }
        Err(ScriptError::Malformed(
            "a question is answered (\"approve\"), or meets \"offline\", \"busy\", \"error\", \"errorCode\", \"lose\" \
             or \"delayMs\""
                .to_owned(),
        ))
    }
}

/// What the terminal, the customer and the acquirer do with one transfer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// The acquirer says yes: charged, or voided. A question is answered truthfully.
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

/// How the acquirer changes its mind about a transfer that it has decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Later {
    /// What becomes of it.
    pub turns: Turn,
    /// How many inquiries about it are answered as before until it turns. Without it, it turns only when
    /// [`Simulator::turn_now`](crate::Simulator::turn_now) says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after_inquiries: Option<u32>,
}

/// What the acquirer's other mind is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Turn {
    /// What was declined is charged (or voided) after all, and its terminal says so from then on.
    Approve,
    /// What was charged is taken back, and its terminal shows that as a void under the same `referenceId`. A void
    /// that is reversed charges again, and its terminal forgets the void.
    Reverse,
    /// What was charged is taken back (or what was voided is charged again), and its terminal forgets that it ever
    /// was.
    Vanish,
}

/// Card sales of another till on the same terminal. They are in the book as any charge is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OtherSales {
    /// How many, at most 100; one if it is left out.
    #[serde(default = "one")]
    pub count: u32,
    /// Their amount, as on the wire (`9.90`). In a step it may be left out: then it is the transfer's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<String>,
}

fn one() -> u32 {
    1
}

impl OtherSales {
    /// What makes no sense about it.
    pub(crate) fn problem(&self) -> Option<&'static str> {
        if !(1..=MOST_OTHER_SALES).contains(&self.count) {
            return Some("\"count\" is a number from 1 to 100");
        }
        let is_wrong = |amount: &String| amount.parse::<WireAmount>().is_err();
        self.amount
            .as_ref()
            .is_some_and(is_wrong)
            .then_some("\"amount\" is a positive amount with two decimals, as text")
    }
}
