//! What can be done about a payment now.

use serde::Serialize;
use till::{Decision, Kind, PaymentState as State, safe_to_charge_again};
use ts_rs::TS;

/// What can be done about it now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Action {
    NewSale,
    /// Back to the ticket, of which something is still due.
    TakeRest,
    ChargeAgain,
    CheckStatus,
    SetAside,
    Void,
    OtherMethod,
    /// Say whether the candidate is this customer's.
    Confirm,
    /// A manager says whether the customer was charged.
    Decide,
    /// A manager has seen to a conflict.
    SettleConflict,
    /// Have the terminal print its slip once more.
    Reprint,
}

/// What the counter may offer. The till decides again when one is taken. A ticket that is partly paid is not left.
pub(super) fn of(payment: &till::Payment, partly_paid: bool) -> Vec<Action> {
    let mut actions = of_payment(payment);
    if partly_paid {
        for action in &mut actions {
            if *action == Action::NewSale {
                *action = Action::TakeRest;
            }
        }
        // The ticket, where both would lead.
        if actions.contains(&Action::OtherMethod) {
            actions.retain(|action| *action != Action::TakeRest);
        }
    }
    actions
}

fn of_payment(payment: &till::Payment) -> Vec<Action> {
    let sale = payment.kind != Kind::Void;
    let mut actions = match payment.state {
        State::Prepared | State::Sent => vec![],
        State::Pending | State::Unknown => {
            let mut open = vec![Action::CheckStatus];
            if payment
                .candidate
                .as_ref()
                .is_some_and(|candidate| !candidate.refused)
            {
                open.push(Action::Confirm);
            }
            if sale {
                open.push(Action::SetAside);
            }
            open.push(Action::Decide);
            return open;
        }
        State::Approved if sale && !payment.void_in_doubt => vec![Action::NewSale, Action::Void],
        State::Overridden(Decision::Charged) if sale && payment.salient.trans_id.is_some() => {
            vec![Action::NewSale, Action::Void]
        }
        State::Declined | State::NotCharged | State::Overridden(Decision::NotCharged)
            if sale && safe_to_charge_again(payment).safe =>
        {
            vec![Action::ChargeAgain, Action::OtherMethod, Action::NewSale]
        }
        State::Approved | State::Declined | State::NotCharged | State::Voided | State::Overridden(_) => {
            vec![Action::NewSale]
        }
    };
    if payment.can_be_reprinted() {
        actions.push(Action::Reprint);
    }
    if payment.conflict {
        let undone = payment.void_in_doubt || actions.contains(&Action::Void);
        if sale && payment.salient.trans_id.is_some() && !undone && payment.state != State::Voided {
            actions.push(Action::Void);
        }
        actions.push(Action::SettleConflict);
    }
    actions
}
