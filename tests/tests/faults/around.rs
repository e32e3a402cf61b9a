//! The faults around an exchange: sessions, questions, other tills, the acquirer's other mind, clocks and disks.

use super::disk::Trouble;
use super::expected::Class::{Absent, Approved, Declined, NotCharged, NotStarted, Unknown, WalletsOnly};
use super::expected::Expected;
use super::list::{AFTER, BEFORE, Commit, Happens, List, lose};
use serde_json::{Value, json};

impl List {
    pub(super) fn sessions(&mut self) {
        const GROUP: &str = "Sessions";
        let approved = Expected::always(Approved);
        self.add(
            GROUP,
            "ended elsewhere before the payment",
            Happens::SessionEnded,
            approved,
        );
        self.add(
            GROUP,
            "the gateway restarted before the payment",
            Happens::Restarted,
            approved,
        );
        let refused = json!({"error": {"code": 40123}});
        self.lost(
            GROUP,
            "the token refused (401)",
            "pos-to-gateway",
            &refused,
            approved,
        );
        self.lost(
            GROUP,
            "ended as the request arrives",
            "pos-to-gateway",
            &json!("session-ended"),
            approved,
        );
        self.both(
            GROUP,
            "401 in the middle",
            &json!("session-ended"),
            Expected::always(Absent),
        );
        self.both(
            GROUP,
            "the gateway restarts in the middle",
            &json!("restart"),
            Expected::always(Absent),
        );
    }

    pub(super) fn questions(&mut self) {
        const GROUP: &str = "The first questions fail, too";
        let spoilt = |how: Value| lose(AFTER, &how);
        for (name, first) in [
            ("no connection", spoilt(json!("reset"))),
            ("a wrong signature", spoilt(json!("wrong-signature"))),
            ("another reference", spoilt(json!("other-reference"))),
            ("another terminal", spoilt(json!("other-terminal"))),
            ("another type", spoilt(json!("other-type"))),
            ("an old answer", spoilt(json!("replay"))),
            ("HTML", spoilt(json!({"html": {"status": 502}}))),
            ("nothing is known (40410)", json!({"errorCode": 40410})),
            ("the terminal is offline", json!("offline")),
            ("another status", spoilt(json!("unknown-status"))),
        ] {
            for (at, class, what) in [(BEFORE, Absent, "not charged"), (AFTER, Approved, "charged")] {
                let happens = Happens::Questions(lose(at, &json!("reset")), json!([first, first]));
                self.add(GROUP, format!("{name}; {what}"), happens, Expected::always(class));
            }
        }
        let other = json!(vec![spoilt(json!("other-amount")); 2]);
        let happens = Happens::Questions(lose(AFTER, &json!("reset")), other);
        self.add(
            GROUP,
            "another amount; charged",
            happens,
            Expected::always(Approved).in_conflict(),
        );
        let unmarked = spoilt(json!({"change": {"transData": {"metadata": null}}}));
        let happens = Happens::Questions(lose(AFTER, &json!("reset")), json!(vec![unmarked; 60]));
        let expected = Expected::either(Approved, Unknown);
        self.add(
            GROUP,
            "no answer ever returns the metadata; charged",
            happens,
            expected,
        );
    }

    pub(super) fn later(&mut self) {
        const GROUP: &str = "The acquirer changes its mind";
        let later = |outcome: &str, turns: &str| json!({"outcome": outcome, "later": {"turns": turns}});
        let found = Expected::always(Declined).in_conflict();
        self.add(
            GROUP,
            "declined, later approved",
            Happens::Turns(later("decline", "approve")),
            found,
        );
        let reversed = Expected::always(Approved).in_conflict_by_original();
        self.add(
            GROUP,
            "approved, later reversed",
            Happens::Turns(later("approve", "reverse")),
            reversed,
        );
        let gone = Happens::Turns(later("approve", "vanish"));
        self.add(
            GROUP,
            "approved, later gone without a trace",
            gone,
            Expected::always(Approved),
        );
        let mut lost = lose(AFTER, &json!("reset"));
        lost["later"] = json!({"turns": "vanish", "afterInquiries": 0});
        self.script(
            GROUP,
            "lost, and taken back before it was asked about",
            lost,
            Expected::always(Absent),
        );
    }

    pub(super) fn others(&mut self) {
        const GROUP: &str = "Another till on the terminal";
        for (at, class, what) in [(BEFORE, Unknown, "not charged"), (AFTER, WalletsOnly, "charged")] {
            let mut step = lose(at, &json!("reset"));
            let expected = Expected::always(class);
            let name = format!("ours lost ({what}), then theirs of the same amount, of Kaunter's");
            self.add(GROUP, name, Happens::OtherTill(step.clone()), expected);
            step["thenSales"] = json!({"count": 1});
            let name = format!("ours lost ({what}), then theirs of the same amount, of another make");
            self.script(GROUP, &name, step, expected);
        }
    }

    pub(super) fn clocks(&mut self) {
        const GROUP: &str = "Time";
        let steps = [
            ("approved", json!("approve"), Approved),
            ("lost, charged", lose(AFTER, &json!("reset")), Approved),
            ("lost, not charged", lose(BEFORE, &json!("reset")), Absent),
        ];
        for (seconds, how) in [(3_600, "an hour ahead"), (-3_600, "an hour behind")] {
            for (what, step, class) in &steps {
                let expected = Expected::always(*class);
                let happens = Happens::TillClock(seconds, step.clone());
                self.add(
                    GROUP,
                    format!("the till's clock {how}; {what}"),
                    happens,
                    expected,
                );
                let happens = Happens::GatewayClock(seconds, step.clone());
                self.add(
                    GROUP,
                    format!("the gateway's clock {how}; {what}"),
                    happens,
                    expected,
                );
            }
        }
        for (seconds, how, class) in [(3_600, "on", Approved), (-3_600, "back", NotCharged)] {
            // Set on, tokens seem to have run out; renewing them tells the gateway's time. Set back, the request is refused
            // for its time before anything acts on it, and the refusal tells.
            let expected = Expected::always(class);
            let name = format!("the till's clock is set {how} an hour after a payment");
            self.add(GROUP, name, Happens::TillSet(seconds), expected);
            let name = format!("the gateway's clock is set {how} an hour after a payment");
            self.add(
                GROUP,
                name,
                Happens::GatewaySet(seconds),
                Expected::always(NotCharged),
            );
        }
        for (what, at, how, class) in [
            ("no answer, charged", AFTER, json!("stall"), Approved),
            ("no answer, not charged", BEFORE, json!("stall"), Absent),
            (
                "the answer comes after waking",
                AFTER,
                json!({"late": {"delayMs": 500}}),
                Approved,
            ),
        ] {
            let name = format!("asleep for ten minutes; {what}");
            self.add(
                GROUP,
                name,
                Happens::Suspended(lose(at, &how)),
                Expected::always(class),
            );
        }
    }

    pub(super) fn disks(&mut self) {
        const GROUP: &str = "The disk";
        let (lost, approve) = (|at| lose(at, &json!("reset")), || json!("approve"));
        for (trouble, what) in [(Trouble::Locked, "database locked"), (Trouble::Full, "disk full")] {
            for (commit, when, step, class) in [
                (
                    Commit::Prepared,
                    "as the payment is prepared",
                    approve(),
                    NotStarted,
                ),
                (Commit::Sent, "before it is sent", approve(), NotCharged),
                (Commit::Answer, "as the approval comes", approve(), Approved),
                (Commit::Answer, "as the decline comes", json!("decline"), Declined),
                (
                    Commit::Answer,
                    "as the answer is lost, charged",
                    lost(AFTER),
                    Approved,
                ),
                (
                    Commit::Evidence,
                    "as it is found out, charged",
                    lost(AFTER),
                    Approved,
                ),
                (
                    Commit::Evidence,
                    "as it is found out, not charged",
                    lost(BEFORE),
                    Absent,
                ),
            ] {
                let happens = Happens::Disk(trouble, commit, step);
                self.add(GROUP, format!("{what} {when}"), happens, Expected::always(class));
            }
        }
    }
}
