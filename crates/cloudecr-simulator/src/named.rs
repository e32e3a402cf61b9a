//! The scripts that have a name, for people who pick one from a list and for tests that read better with it.

use crate::script::{Leg, Loss, Manner, Outcome, Settlement, Step};

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

/// The one of this name.
pub(crate) fn named_script(name: &str) -> Option<&'static NamedScript> {
    NAMED.iter().find(|named| named.name == name)
}

static NAMED: [NamedScript; 14] = [
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
        make: || lost(Leg::GatewayToPos, Manner::Reset),
    },
    NamedScript {
        name: "stall-after-charge",
        label: "Answer never comes, charged",
        description: "The customer is charged, and the till waits until its time limit.",
        make: || lost(Leg::GatewayToPos, Manner::Stall),
    },
    NamedScript {
        name: "lost-before-charge",
        label: "Answer lost, not charged",
        description: "The connection breaks before the bank is asked; the customer is not charged.",
        make: || lost(Leg::TerminalToAcquirer, Manner::Reset),
    },
    NamedScript {
        name: "stall-before-charge",
        label: "Answer never comes, not charged",
        description: "The bank is never asked, and the till waits until its time limit.",
        make: || lost(Leg::TerminalToAcquirer, Manner::Stall),
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
];

fn lost(at: Leg, how: Manner) -> Step {
    Step {
        lose: Some(Loss { at, how }),
        ..Step::of(Outcome::Approve)
    }
}
