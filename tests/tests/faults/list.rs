//! Every fault that is tried, and how it should end.

use super::disk::Trouble;
use super::expected::Class::Approved;
use super::expected::Expected;
use super::shop::Patience;
use serde_json::{Value, json};

/// One row of the table for each way to pay.
pub(crate) struct Fault {
    pub(crate) group: &'static str,
    pub(crate) name: String,
    pub(crate) happens: Happens,
    pub(crate) expected: Expected,
}

/// What happens to a payment.
pub(crate) enum Happens {
    /// The gateway and the terminal do this.
    Script(Value, Patience),
    /// So do they, and the next questions meet that.
    Questions(Value, Value),
    /// Nothing listens at the gateway's address.
    Refused,
    /// The gateway's name does not resolve.
    Nameless,
    /// What listens does not speak TLS.
    NoTls,
    /// The session is ended elsewhere before.
    SessionEnded,
    /// The gateway is restarted before.
    Restarted,
    /// After the payment is settled, the acquirer changes its mind, and a question to the terminal shows it.
    Turns(Value),
    /// The till's clock is set so many seconds ahead just before.
    TillSet(i64),
    /// The gateway's clock is.
    GatewaySet(i64),
    /// The till's clock is so many seconds ahead, as ever.
    TillClock(i64, Value),
    /// The gateway's clock is.
    GatewayClock(i64, Value),
    /// The computer sleeps for ten minutes while the payment is on its way.
    Suspended(Value),
    /// Another till sells for the same amount on the terminal before this one can ask.
    OtherTill(Value),
    /// The disk fails at one commit of the payment, and recovers.
    Disk(Trouble, Commit, Value),
}

/// A commit of a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Commit {
    Prepared,
    Sent,
    Answer,
    Evidence,
}

/// Where an exchange breaks before the acquirer hears of it, and after.
pub(super) const BEFORE: &str = "terminal-to-acquirer";
pub(super) const AFTER: &str = "gateway-to-pos";

/// All of them, in the order of the table.
pub(crate) fn faults() -> Vec<Fault> {
    let mut list = List::default();
    list.none();
    list.on_the_way();
    list.not_sent();
    list.bodies();
    list.answers();
    list.errors();
    list.sessions();
    list.questions();
    list.later();
    list.others();
    list.clocks();
    list.disks();
    list.0
}

/// The list while it grows, one method for each group of faults.
#[derive(Default)]
pub(super) struct List(Vec<Fault>);

impl List {
    pub(super) fn add(
        &mut self,
        group: &'static str,
        name: impl Into<String>,
        happens: Happens,
        expected: Expected,
    ) {
        self.0.push(Fault {
            group,
            name: name.into(),
            happens,
            expected,
        });
    }

    pub(super) fn script(&mut self, group: &'static str, name: &str, step: Value, expected: Expected) {
        self.add(group, name, Happens::Script(step, Patience::LONG), expected);
    }

    /// A break at one place, in this manner.
    pub(super) fn lost(
        &mut self,
        group: &'static str,
        name: &str,
        at: &str,
        how: &Value,
        expected: Expected,
    ) {
        self.script(group, name, lose(at, how), expected);
    }

    /// A break in this manner, without a charge and with one.
    pub(super) fn both(&mut self, group: &'static str, name: &str, how: &Value, uncharged: Expected) {
        self.lost(
            group,
            &format!("{name}, before the acquirer"),
            BEFORE,
            how,
            uncharged,
        );
        self.charged(group, name, how);
    }

    pub(super) fn charged(&mut self, group: &'static str, name: &str, how: &Value) {
        let approved = Expected::always(Approved);
        self.lost(
            group,
            &format!("{name}, after the acquirer"),
            AFTER,
            how,
            approved,
        );
    }
}

/// An approval that breaks at one place.
pub(super) fn lose(at: &str, how: &Value) -> Value {
    json!({"lose": {"at": at, "how": how}})
}
