//! The one function that moves a payment from state to state.

use std::fmt;
use std::str::FromStr;

use super::facts::UnknownName;
use super::state::{Decision, PaymentState};

/// What can happen to a payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PaymentEvent {
    /// Committed, its first byte may leave now.
    Sent,
    /// Proven: charged.
    Approved,
    /// Proven: a definite no.
    Declined,
    /// Proven: never acted on.
    NotCharged,
    /// The wallet has not decided.
    Pended,
    /// The answer was lost, unreadable, or proved nothing.
    Lost,
    /// Its void was approved.
    Voided,
    /// A manager decided that it was charged.
    DecidedCharged,
    /// A manager decided that it was not charged.
    DecidedNotCharged,
}

impl PaymentEvent {
    /// Every event.
    pub const ALL: [Self; 9] = [
        Self::Sent,
        Self::Approved,
        Self::Declined,
        Self::NotCharged,
        Self::Pended,
        Self::Lost,
        Self::Voided,
        Self::DecidedCharged,
        Self::DecidedNotCharged,
    ];

    /// The event's name, as the journal writes it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Approved => "approved",
            Self::Declined => "declined",
            Self::NotCharged => "not_charged",
            Self::Pended => "pended",
            Self::Lost => "lost",
            Self::Voided => "voided",
            Self::DecidedCharged => "decided_charged",
            Self::DecidedNotCharged => "decided_not_charged",
        }
    }
}

impl fmt::Display for PaymentEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for PaymentEvent {
    type Err = UnknownName;

    fn from_str(text: &str) -> Result<Self, UnknownName> {
        Self::ALL
            .into_iter()
            .find(|event| event.name() == text)
            .ok_or_else(|| UnknownName(text.to_owned()))
    }
}

/// An event met a payment that it cannot happen to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a payment that is {state} cannot be {event}")]
pub struct IllegalTransition {
    /// Where the payment stood.
    pub state: PaymentState,
    /// What was said to have happened.
    pub event: PaymentEvent,
}

/// Where a payment in `state` stands after `event`.
///
/// Events that contradict a final state are not transitions: whoever meets such evidence raises a conflict instead
/// (design, *Payment states*).
///
/// # Errors
/// When the event cannot happen in that state.
pub const fn next(state: PaymentState, event: PaymentEvent) -> Result<PaymentState, IllegalTransition> {
    use PaymentEvent as E;
    use PaymentState as S;
    let to = match state {
        S::Prepared => match event {
            E::Sent => S::Sent,
            E::NotCharged => S::NotCharged,
            E::Approved
            | E::Declined
            | E::Pended
            | E::Lost
            | E::Voided
            | E::DecidedCharged
            | E::DecidedNotCharged => {
                return Err(IllegalTransition { state, event });
            }
        },
        S::Sent => match event {
            E::Approved => S::Approved,
            E::Declined => S::Declined,
            E::NotCharged => S::NotCharged,
            E::Pended => S::Pending,
            E::Lost => S::Unknown,
            E::Sent | E::Voided | E::DecidedCharged | E::DecidedNotCharged => {
                return Err(IllegalTransition { state, event });
            }
        },
        S::Pending => match event {
            E::Approved => S::Approved,
            E::Declined => S::Declined,
            E::DecidedCharged => S::Overridden(Decision::Charged),
            E::DecidedNotCharged => S::Overridden(Decision::NotCharged),
            E::Sent | E::NotCharged | E::Pended | E::Lost | E::Voided => {
                return Err(IllegalTransition { state, event });
            }
        },
        S::Unknown => match event {
            E::Approved => S::Approved,
            E::Declined => S::Declined,
            E::NotCharged => S::NotCharged,
            E::Pended => S::Pending,
            E::DecidedCharged => S::Overridden(Decision::Charged),
            E::DecidedNotCharged => S::Overridden(Decision::NotCharged),
            E::Sent | E::Lost | E::Voided => return Err(IllegalTransition { state, event }),
        },
        S::Approved | S::Overridden(Decision::Charged) => match event {
            E::Voided => S::Voided,
            E::Sent
            | E::Approved
            | E::Declined
            | E::NotCharged
            | E::Pended
            | E::Lost
            | E::DecidedCharged
            | E::DecidedNotCharged => return Err(IllegalTransition { state, event }),
        },
        S::Declined | S::NotCharged | S::Voided | S::Overridden(Decision::NotCharged) => match event {
            E::Sent
            | E::Approved
            | E::Declined
            | E::NotCharged
            | E::Pended
            | E::Lost
            | E::Voided
            | E::DecidedCharged
            | E::DecidedNotCharged => return Err(IllegalTransition { state, event }),
        },
    };
    Ok(to)
}

#[cfg(test)]
mod tests {
    use super::*;
    use PaymentEvent as E;
    use PaymentState as S;

    /// The design's diagram, arrow by arrow.
    const ARROWS: &[(S, E, S)] = &[
        (S::Prepared, E::Sent, S::Sent),
        (S::Prepared, E::NotCharged, S::NotCharged),
        (S::Sent, E::Approved, S::Approved),
        (S::Sent, E::Declined, S::Declined),
        (S::Sent, E::NotCharged, S::NotCharged),
        (S::Sent, E::Pended, S::Pending),
        (S::Sent, E::Lost, S::Unknown),
        (S::Pending, E::Approved, S::Approved),
        (S::Pending, E::Declined, S::Declined),
        (S::Pending, E::DecidedCharged, S::Overridden(Decision::Charged)),
        (
            S::Pending,
            E::DecidedNotCharged,
            S::Overridden(Decision::NotCharged),
        ),
        (S::Unknown, E::Approved, S::Approved),
        (S::Unknown, E::Declined, S::Declined),
        (S::Unknown, E::NotCharged, S::NotCharged),
        (S::Unknown, E::Pended, S::Pending),
        (S::Unknown, E::DecidedCharged, S::Overridden(Decision::Charged)),
        (
            S::Unknown,
            E::DecidedNotCharged,
            S::Overridden(Decision::NotCharged),
        ),
        (S::Approved, E::Voided, S::Voided),
        (S::Overridden(Decision::Charged), E::Voided, S::Voided),
    ];

    #[test]
    fn every_pair_of_state_and_event_does_what_the_diagram_says() {
        for state in S::ALL {
            for event in E::ALL {
                let drawn = ARROWS
                    .iter()
                    .find(|(from, by, _)| (*from, *by) == (state, event))
                    .map(|arrow| arrow.2);
                match next(state, event) {
                    Ok(to) => assert_eq!(Some(to), drawn, "{state} + {event}"),
                    Err(error) => {
                        assert_eq!(drawn, None, "{state} + {event}");
                        assert_eq!(error, IllegalTransition { state, event });
                    }
                }
            }
        }
    }

    #[test]
    fn a_sent_payment_never_goes_back_to_where_it_could_be_sent_again() {
        for event in E::ALL {
            for state in S::ALL.into_iter().filter(|state| *state != S::Prepared) {
                assert_ne!(next(state, event), Ok(S::Prepared));
                assert_ne!(next(state, event), Ok(S::Sent));
            }
        }
    }

    #[test]
    fn names_read_back() {
        for state in S::ALL {
            assert_eq!(state.name().parse(), Ok(state));
        }
        for event in E::ALL {
            assert_eq!(event.name().parse(), Ok(event));
        }
    }
}
