//! The faults of an exchange itself: lost on its way, no way at all, and answers that are none or not its own.

use super::expected::Class::{Absent, Approved, Declined, NotCharged, Pending, Unknown};
use super::expected::Expected;
use super::list::{AFTER, BEFORE, Happens, List, lose};
use super::shop::Patience;
use serde_json::json;

/// The parts of the way, and whether what breaks there was charged.
const LEGS: [(&str, bool); 6] = [
    ("pos-to-gateway", false),
    ("gateway-to-terminal", false),
    (BEFORE, false),
    ("acquirer-to-terminal", true),
    ("terminal-to-gateway", true),
    (AFTER, true),
];

impl List {
    pub(super) fn none(&mut self) {
        const GROUP: &str = "No fault";
        for (name, step, class) in [
            ("approved", json!("approve"), Approved),
            ("declined", json!("decline"), Declined),
            ("cancelled at the terminal", json!("cancel"), Declined),
            ("the terminal is offline", json!("offline"), NotCharged),
            ("the terminal is busy", json!("busy"), NotCharged),
            (
                "the terminal fails before it asks the acquirer",
                json!("terminal-error"),
                Absent,
            ),
            ("pending, then approved", json!("pending-approve"), Approved),
            ("pending, then declined", json!("pending-decline"), Declined),
            ("pending for good", json!("pending"), Pending),
        ] {
            self.script(GROUP, name, step, Expected::always(class));
        }
    }

    pub(super) fn on_the_way(&mut self) {
        const GROUP: &str = "Lost on the way";
        for (leg, charged) in LEGS {
            let expected = Expected::always(if charged { Approved } else { Absent });
            let step = lose(leg, &json!("reset"));
            self.script(GROUP, &format!("reset, {leg}"), step, expected);
            let step = lose(leg, &json!("stall"));
            let happens = Happens::Script(step, Patience::SHORT);
            self.add(
                GROUP,
                format!("no answer within the limit, {leg}"),
                happens,
                expected,
            );
        }
        let unread = lose("pos-to-gateway", &json!("reset-before-read"));
        self.script(
            GROUP,
            "reset before the request is read",
            unread,
            Expected::always(Absent),
        );
        self.both(
            GROUP,
            "reset after the answer's headers",
            &json!("reset-after-headers"),
            Expected::always(Absent),
        );
        self.both(
            GROUP,
            "reset in the answer's body",
            &json!("reset-mid-body"),
            Expected::always(Absent),
        );
        let late = lose(AFTER, &json!({"late": {"delayMs": 100}}));
        self.script(
            GROUP,
            "a late answer, within the limit",
            late,
            Expected::always(Approved),
        );
        let late = lose(AFTER, &json!({"late": {"delayMs": 30_000}}));
        let happens = Happens::Script(late, Patience::SHORT);
        self.add(
            GROUP,
            "a late answer, past the limit",
            happens,
            Expected::always(Approved),
        );
        for outcome in ["decline", "cancel", "pending-approve"] {
            let mut step = json!({"lose": {"at": AFTER, "how": "reset"}});
            let class = match outcome {
                "decline" => Declined,
                "cancel" => Absent,
                _ => Approved,
            };
            step["outcome"] = json!(outcome.trim_end_matches("-approve"));
            if class == Approved {
                step["settles"] = json!("approve");
            }
            self.script(
                GROUP,
                &format!("reset after the outcome {outcome}"),
                step,
                Expected::always(class),
            );
        }
    }

    pub(super) fn not_sent(&mut self) {
        const GROUP: &str = "No way to the gateway";
        let expected = Expected::always(NotCharged);
        self.add(GROUP, "connection refused", Happens::Refused, expected);
        self.add(
            GROUP,
            "the gateway's name does not resolve",
            Happens::Nameless,
            expected,
        );
        self.add(GROUP, "TLS fails", Happens::NoTls, expected);
    }

    pub(super) fn bodies(&mut self) {
        const GROUP: &str = "Bodies that are no answer";
        let absent = Expected::always(Absent);
        for (name, how) in [
            ("empty", json!("empty")),
            ("truncated", json!("truncated")),
            ("plain text", json!("text")),
            ("wrongly typed fields", json!("wrong-types")),
            ("an empty array", json!({"json": {"body": []}})),
            (
                "null with HTTP 500",
                json!({"json": {"status": 500, "body": null}}),
            ),
            ("10 000 arrays in each other", json!("deeply-nested")),
            ("10 MB", json!("huge")),
            ("a page of HTML with 200", json!({"html": {"status": 200}})),
            ("a page of HTML with 502", json!({"html": {"status": 502}})),
            ("a 307", json!("redirect")),
        ] {
            self.both(GROUP, name, &how, absent);
        }
        let page = json!({"html": {"status": 429}});
        let expected = Expected::always(NotCharged);
        self.lost(
            GROUP,
            "a page of HTML with 429",
            "pos-to-gateway",
            &page,
            expected,
        );
    }

    pub(super) fn answers(&mut self) {
        const GROUP: &str = "Answers that do not fit";
        let absent = Expected::always(Absent);
        for (name, how) in [
            ("wrong signature", "wrong-signature"),
            ("no signature", "missing-signature"),
            ("the previous answer once more", "replay"),
            ("another reference", "other-reference"),
            ("another terminal", "other-terminal"),
            ("another POS", "other-pos"),
            ("another currency", "other-currency"),
            ("another type", "other-type"),
            ("no transaction number", "missing-trans-id"),
            ("an unknown status", "unknown-status"),
        ] {
            self.both(GROUP, name, &json!(how), absent);
        }
        for (at, class, when) in [(BEFORE, Unknown, "before"), (AFTER, Approved, "after")] {
            let expected = Expected::always(class).in_conflict();
            let name = format!("another amount, {when} the acquirer");
            self.lost(GROUP, &name, at, &json!("other-amount"), expected);
        }
        let disagrees = "a failure's status with a success's code";
        self.both(
            GROUP,
            disagrees,
            &json!("other-status"),
            Expected::always(Declined),
        );
        self.charged(
            GROUP,
            "a success's status with a failure's code",
            &json!("other-response-code"),
        );
        self.charged(GROUP, "another transaction's number", &json!("other-trans-id"));
        self.charged(GROUP, "numbers where text belongs", &json!("numbers"));
    }

    pub(super) fn errors(&mut self) {
        const GROUP: &str = "Errors";
        let absent = Expected::always(Absent);
        self.both(
            GROUP,
            "408 of the gateway (40811)",
            &json!({"error": {"code": 40811}}),
            absent,
        );
        self.both(GROUP, "503 (50311)", &json!({"error": {"code": 50311}}), absent);
        self.both(
            GROUP,
            "a code that is not listed (49999)",
            &json!({"error": {"code": 49999}}),
            absent,
        );
        let disguised = json!({"error": {"code": 50311, "status": 200, "asText": true}});
        self.both(GROUP, "HTTP 200 with 50311 in the body", &disguised, absent);
        let disagrees = json!({"error": {"code": 42211, "status": 502}});
        self.both(GROUP, "HTTP 502 with 42211 in the body", &disagrees, absent);
        let declined = json!({"error": {"code": 42211, "status": 200}});
        let expected = Expected::always(Declined);
        self.lost(
            GROUP,
            "HTTP 200 with 42211 in the body",
            BEFORE,
            &declined,
            expected,
        );
    }
}
