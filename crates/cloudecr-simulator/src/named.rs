//! The scripts that have a name, for people who pick one from a list and for tests that read better with it.

use crate::{
    leg::Leg,
    manner::Manner,
    step::{Later, OtherSales, Outcome, Settlement, Step, Turn},
};

/// A script that can be asked for by name.
#[derive(Clone, Copy, Debug)]
pub struct NamedScript {
    /// The name, as it is used in JSON.
    pub name: &'static str,
    /// A short label for a list.
    pub label: &'static str,
    /// What happens, in one sentence.
    pub description: &'static str,
    make: fn() -> Step,
}

impl NamedScript {
    /// The step that the name stands for.
    #[must_use]
    pub fn step(&self) -> Step {
        (self.make)()
    }
}

/// All scripts that have a name, the usual ones first.
#[must_use]
pub fn named_scripts() -> &'static [NamedScript] {
    &NAMED
}

/// The one of this name, or of this other name for it.
pub(crate) fn named_script(name: &str) -> Option<&'static NamedScript> {
    let name = match name {
        "charged-answer-lost" => "lost-after-charge",
        "not-charged-answer-lost" => "lost-before-charge",
        name => name,
    };
    NAMED.iter().find(|named| named.name == name)
}

static NAMED: [NamedScript; 39] = [
    NamedScript {
        name: "approve",
        label: "Approve",
        description: "The customer pays and the bank or wallet says yes.",
        make: || Step::of(Outcome::Approve),
    },
    NamedScript {
        name: "decline",
        label: "Decline: insufficient funds",
        description: "The bank or wallet says that there is not enough money.",
        make: || Step::of(Outcome::Decline),
    },
    NamedScript {
        name: "wrong-pin",
        label: "Decline: wrong PIN",
        description: "The customer's PIN is wrong and the card is declined with code 55.",
        make: || Step {
            response_code: Some("55".to_owned()),
            ..Step::of(Outcome::Decline)
        },
    },
    NamedScript {
        name: "cancel",
        label: "Cancelled at the terminal",
        description: "The payment is cancelled at the terminal before the bank is asked.",
        make: || Step::of(Outcome::Cancel),
    },
    NamedScript {
        name: "offline",
        label: "Terminal offline",
        description: "The terminal is off or has lost its network; it is not asked.",
        make: || Step::of(Outcome::Offline),
    },
    NamedScript {
        name: "busy",
        label: "Terminal busy",
        description: "The terminal is busy with something else and takes nothing.",
        make: || Step::of(Outcome::Busy),
    },
    NamedScript {
        name: "terminal-error",
        label: "Terminal error",
        description: "The terminal reports an error before it asks the bank.",
        make: || Step::of(Outcome::Error),
    },
    NamedScript {
        name: "lost-after-charge",
        label: "Answer lost, charged",
        description: "The customer is charged, and the answer never comes: the connection breaks.",
        make: || Step::losing(Leg::GatewayToPos, Manner::Reset),
    },
    NamedScript {
        name: "stall-after-charge",
        label: "Answer never comes, charged",
        description: "The customer is charged, and the till waits until its time limit.",
        make: || Step::losing(Leg::GatewayToPos, Manner::Stall),
    },
    NamedScript {
        name: "lost-before-charge",
        label: "Answer lost, not charged",
        description: "The connection breaks before the bank is asked; the customer is not charged.",
        make: || Step::losing(Leg::TerminalToAcquirer, Manner::Reset),
    },
    NamedScript {
        name: "stall-before-charge",
        label: "Answer never comes, not charged",
        description: "The bank is never asked, and the till waits until its time limit.",
        make: || Step::losing(Leg::TerminalToAcquirer, Manner::Stall),
    },
    NamedScript {
        name: "pending-approve",
        label: "Wallet pending, then approved",
        description: "The wallet has not decided yet; it says yes when it is asked about it.",
        make: || Step {
            settles: Some(Settlement::Approve),
            ..Step::of(Outcome::Pending)
        },
    },
    NamedScript {
        name: "pending-decline",
        label: "Wallet pending, then declined",
        description: "The wallet has not decided yet; it says no when it is asked about it.",
        make: || Step {
            settles: Some(Settlement::Decline),
            ..Step::of(Outcome::Pending)
        },
    },
    NamedScript {
        name: "pending",
        label: "Wallet pending, for good",
        description: "The wallet does not decide, however often it is asked.",
        make: || Step::of(Outcome::Pending),
    },
    NamedScript {
        name: "declined-then-approved",
        label: "Declined, then charged after all",
        description: "The answer is a decline, and the bank charges the customer all the same; the terminal says so when it is asked.",
        make: || later(Outcome::Decline, Turn::Approve),
    },
    NamedScript {
        name: "approved-then-reversed",
        label: "Approved, then taken back",
        description: "The answer is an approval, and the bank takes the charge back; the terminal shows a void when it is asked.",
        make: || later(Outcome::Approve, Turn::Reverse),
    },
    NamedScript {
        name: "approved-then-gone",
        label: "Approved, then gone without a trace",
        description: "The bank takes the charge back, and the terminal does not remember it when it is asked.",
        make: || later(Outcome::Approve, Turn::Vanish),
    },
    NamedScript {
        name: "other-till-after-charge",
        label: "Answer lost, charged, then another till's sale",
        description: "The customer is charged, the answer is lost, and another till uses the terminal right after, for the same amount.",
        make: || other_till(Leg::GatewayToPos),
    },
    NamedScript {
        name: "other-till-before-charge",
        label: "Answer lost, not charged, then another till's sale",
        description: "The bank is never asked, and another till uses the terminal right after, for the same amount.",
        make: || other_till(Leg::TerminalToAcquirer),
    },
    NamedScript {
        name: "cut-in-answer",
        label: "Answer cut off, charged",
        description: "The customer is charged, and the connection breaks in the middle of the answer.",
        make: || Step::losing(Leg::GatewayToPos, Manner::ResetMidBody),
    },
    NamedScript {
        name: "late-answer",
        label: "Answer 30 seconds late, charged",
        description: "The customer is charged, and the answer comes half a minute later.",
        make: || Step::losing(Leg::GatewayToPos, Manner::Late { delay_ms: 30_000 }),
    },
    NamedScript {
        name: "never-arrived",
        label: "Request lost on the way",
        description: "The connection breaks before the gateway has the request; the customer is not charged.",
        make: || Step::losing(Leg::PosToGateway, Manner::Reset),
    },
    NamedScript {
        name: "gateway-restarted",
        label: "Gateway restarts, charged",
        description: "The customer is charged, then the gateway restarts: the connection breaks and the till has to sign in again.",
        make: || Step::losing(Leg::GatewayToPos, Manner::Restart),
    },
    NamedScript {
        name: "session-ended",
        label: "Signed out elsewhere, not charged",
        description: "The till's session was ended from somewhere else; the gateway refuses before the terminal is asked.",
        make: || Step::losing(Leg::PosToGateway, Manner::SessionEnded),
    },
    NamedScript {
        name: "token-expired",
        label: "Token expired, not charged",
        description: "The gateway refuses once because the token has run out; nothing has happened yet.",
        make: || Step::losing(Leg::PosToGateway, error(40123)),
    },
    NamedScript {
        name: "charged-error-503",
        label: "Error in place of the answer, charged",
        description: "The customer is charged, and the gateway reports that the terminal did not answer (50311).",
        make: || Step::losing(Leg::GatewayToPos, error(50311)),
    },
    NamedScript {
        name: "charged-time-out-408",
        label: "Gateway's time-out, charged",
        description: "The customer is charged, and the gateway reports that it has waited too long (40811).",
        make: || Step::losing(Leg::GatewayToPos, error(40811)),
    },
    NamedScript {
        name: "charged-page-502",
        label: "Web page 502, charged",
        description: "The customer is charged, and a proxy sends a page for people.",
        make: || Step::losing(Leg::GatewayToPos, page(502)),
    },
    NamedScript {
        name: "page-429",
        label: "Web page 429, not charged",
        description: "A proxy says that there are too many requests; nothing has happened yet.",
        make: || Step::losing(Leg::PosToGateway, page(429)),
    },
    NamedScript {
        name: "charged-empty-answer",
        label: "Empty answer, charged",
        description: "The customer is charged, and the answer has nothing in it.",
        make: || Step::losing(Leg::GatewayToPos, Manner::Empty),
    },
    NamedScript {
        name: "charged-garbled-answer",
        label: "Garbled answer, charged",
        description: "The customer is charged, and half of the answer is missing.",
        make: || Step::losing(Leg::GatewayToPos, Manner::Truncated),
    },
    NamedScript {
        name: "charged-wrong-signature",
        label: "Wrong signature, charged",
        description: "The customer is charged, and the answer's signature does not fit.",
        make: || Step::losing(Leg::GatewayToPos, Manner::WrongSignature),
    },
    NamedScript {
        name: "forged-approval",
        label: "Forged approval, not charged",
        description: "The bank is never asked, and an approval with a wrong signature comes.",
        make: || Step::losing(Leg::TerminalToAcquirer, Manner::WrongSignature),
    },
    NamedScript {
        name: "old-answer-again",
        label: "Old answer again, charged",
        description: "The customer is charged, and the terminal's previous answer comes once more.",
        make: || Step::losing(Leg::GatewayToPos, Manner::Replay),
    },
    NamedScript {
        name: "charged-other-reference",
        label: "Another payment's reference, charged",
        description: "The customer is charged, and the answer names another reference.",
        make: || Step::losing(Leg::GatewayToPos, Manner::OtherReference),
    },
    NamedScript {
        name: "charged-other-amount",
        label: "Another amount, charged",
        description: "The customer is charged what was asked, and the answer names another amount.",
        make: || Step::losing(Leg::GatewayToPos, Manner::OtherAmount),
    },
    NamedScript {
        name: "charged-unknown-status",
        label: "Unknown status, charged",
        description: "The customer is charged, and the answer has a status that nobody knows.",
        make: || Step::losing(Leg::GatewayToPos, Manner::UnknownStatus),
    },
    NamedScript {
        name: "charged-contradiction",
        label: "Status says no, code says yes, charged",
        description: "The customer is charged, and the answer contradicts itself.",
        make: || Step::losing(Leg::GatewayToPos, Manner::OtherStatus),
    },
    NamedScript {
        name: "charged-redirect",
        label: "Sent elsewhere, charged",
        description: "The customer is charged, and the gateway says to send the request once more (307).",
        make: || Step::losing(Leg::GatewayToPos, Manner::Redirect),
    },
];

/// An acquirer that changes its mind before it is asked for the first time.
fn later(outcome: Outcome, turns: Turn) -> Step {
    Step {
        later: Some(Later {
            turns,
            after_inquiries: Some(0),
        }),
        ..Step::of(outcome)
    }
}

/// A lost answer, and another till's sale for the same amount.
fn other_till(at: Leg) -> Step {
    Step {
        then_sales: Some(OtherSales {
            count: 1,
            amount: None,
        }),
        ..Step::losing(at, Manner::Reset)
    }
}

/// An error body with the status that belongs to its code.
fn error(code: u32) -> Manner {
    Manner::Error {
        code,
        status: None,
        as_text: false,
        retry_after: None,
    }
}

/// A page for people with this status.
fn page(status: u16) -> Manner {
    Manner::Html {
        status,
        retry_after: None,
    }
}
