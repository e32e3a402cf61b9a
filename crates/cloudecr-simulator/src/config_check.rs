//! What makes no sense in a setup, with the place where it stands and what to do about it.

use std::collections::HashSet;

use serde_json::json;

use crate::{
    config_file::{hundredths, read_rate},
    config_form::{File, TerminalEntry},
    step::LONGEST_DELAY,
};

/// Every problem, in the order of the file.
pub(crate) fn problems(file: &File) -> Vec<String> {
    let mut found = Found(Vec::new());
    if let Some(id) = &file.merchant_id {
        found.text("merchantId", id, 100);
    }
    if let Some(key) = &file.secret_key {
        found.text("secretKey", key, 1000);
    }
    if let Some(currency) = &file.currency {
        found.currency("currency", currency);
    }
    accounts(file, &mut found);
    terminals(file, &mut found);
    channels(file, &mut found);
    for (code, cards) in &file.promotions {
        found.text(&format!("promotions[{}]", json!(code)), code, 2);
        for card in cards {
            found.text(&format!("promotions[{}]", json!(code)), card, 32);
        }
    }
    if ![40026, 40320].contains(&file.habits.signature_code) {
        found.say("habits.signatureCode", "it is 40026 or 40320");
    }
    limits(file, &mut found);
    found.0
}

fn accounts(file: &File, found: &mut Found) {
    let Some(accounts) = &file.accounts else {
        return;
    };
    if accounts.is_empty() {
        found.say(
            "accounts",
            "nobody could sign in; add an account or leave the list out",
        );
    }
    let mut seen = HashSet::new();
    for (at, account) in accounts.iter().enumerate() {
        let place = format!("accounts[{at}].posId");
        found.text(&place, &account.pos_id, 24);
        found.once(&mut seen, &place, &account.pos_id);
        found.text(&format!("accounts[{at}].password"), &account.password, 1000);
    }
}

fn terminals(file: &File, found: &mut Found) {
    let mut seen = HashSet::new();
    for (at, terminal) in file.terminals.iter().flatten().enumerate() {
        let place = format!("terminals[{at}].id");
        found.text(&place, &terminal.id, 100);
        found.once(&mut seen, &place, &terminal.id);
        owner(file, &format!("terminals[{at}].boundTo"), terminal, found);
    }
}

fn owner(file: &File, place: &str, terminal: &TerminalEntry, found: &mut Found) {
    let Some(owner) = &terminal.bound_to else {
        return;
    };
    if terminal.unbound {
        found.say(place, "the terminal is \"unbound\" too; leave one of the two out");
    }
    let Some(accounts) = &file.accounts else {
        found.say(place, "it names an account, so list the \"accounts\" too");
        return;
    };
    if accounts.iter().all(|account| account.pos_id != *owner) {
        let owner = json!(owner);
        found.say(
            place,
            &format!("there is no account {owner}; add it to \"accounts\" or correct this"),
        );
    }
}

fn channels(file: &File, found: &mut Found) {
    let mut seen = HashSet::new();
    for (at, channel) in file.channels.iter().flatten().enumerate() {
        let place = format!("channels[{at}].name");
        found.text(&place, &channel.name, 32);
        found.once(&mut seen, &place, &channel.name);
        if channel.status > 1 {
            found.say(
                &format!("channels[{at}].status"),
                "it is 1 (active) or 0 (inactive)",
            );
        }
        for (number, currency) in channel.currencies.iter().flatten().enumerate() {
            found.currency(&format!("channels[{at}].currencies[{number}]"), currency);
        }
    }
}

fn limits(file: &File, found: &mut Found) {
    let limits = &file.limits;
    if read_rate(&limits.rate).is_none() {
        found.say(
            "limits.rate",
            "it is \"none\", \"production\", \"sandbox\", \"ip\", or {\"requests\": 100, \"seconds\": 900, \"per\": \
             \"account\"} with \"account\" or \"ip\" and numbers above 0",
        );
    }
    if hundredths(&limits.cash_out).is_none() {
        found.say(
            "limits.cashOut",
            "it is a positive amount with two decimals, as text, such as \"500.00\"",
        );
    }
    for (place, seconds) in [
        ("limits.accessTokenSeconds", limits.access_token_seconds),
        ("limits.clockToleranceSeconds", limits.clock_tolerance_seconds),
    ] {
        if !(1..=86_400).contains(&seconds) {
            found.say(place, "it is a number of seconds from 1 to 86400");
        }
    }
    let longest = LONGEST_DELAY.as_millis();
    for (place, milliseconds) in [
        ("limits.latencyMs", limits.latency_ms),
        ("limits.customerDelayMs", limits.customer_delay_ms),
        ("limits.terminalMs", limits.terminal_ms),
    ] {
        if u128::from(milliseconds) > longest {
            found.say(place, &format!("it is a number of milliseconds up to {longest}"));
        }
    }
    if limits.terminal_ms == 0 {
        found.say("limits.terminalMs", "no terminal could ever answer; use 70000");
    }
}

/// The problems that were found so far.
struct Found(Vec<String>);

impl Found {
    fn say(&mut self, place: &str, what: &str) {
        self.0.push(format!("{place}: {what}"));
    }

    /// A text that a request or an answer carries.
    fn text(&mut self, place: &str, text: &str, most: usize) {
        if text.is_empty() {
            self.say(place, "it is empty; fill it in");
        } else if text.encode_utf16().count() > most {
            self.say(place, &format!("it is too long; shorten it to {most} characters"));
        } else if text.trim() != text {
            self.say(place, "it begins or ends with a blank; remove it");
        }
    }

    fn currency(&mut self, place: &str, code: &str) {
        if code.len() != 3 || !code.bytes().all(|byte| byte.is_ascii_uppercase()) {
            let code = json!(code);
            self.say(
                place,
                &format!("{code} is no currency; use three capital letters, such as \"MYR\""),
            );
        }
    }

    fn once<'a>(&mut self, seen: &mut HashSet<&'a str>, place: &str, name: &'a str) {
        if !seen.insert(name) {
            let name = json!(name);
            self.say(place, &format!("{name} is there twice; give each its own"));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::Config;

    fn problems(file: &str) -> Vec<String> {
        Config::from_json(file).unwrap_err().problems
    }

    #[test]
    fn what_is_no_setup_is_refused_with_its_place() {
        for (file, place, words) in [
            (r#"{"acounts": []}"#, "acounts", "unknown field"),
            (
                r#"{"accounts": [{"posId": "a", "pasword": "b"}]}"#,
                "accounts[0].pasword",
                "unknown field",
            ),
            (
                r#"{"accounts": [{"posId": "a"}]}"#,
                "accounts[0]",
                "missing field `password`",
            ),
            (r#"{"terminals": [{"id": 4}]}"#, "terminals[0].id", "invalid type"),
            (
                r#"{"channels": [{"name": "tng", "logo": "big"}]}"#,
                "channels[0].logo",
                "unknown variant `big`",
            ),
            (
                r#"{"habits": {"spelling": {"codes": "roman"}}}"#,
                "habits.spelling.codes",
                "roman",
            ),
            ("{} {}", "after the end", "trailing"),
            ("[", ".", "EOF"),
        ] {
            let found = problems(file);
            assert_eq!(found.len(), 1, "{file}: {found:?}");
            assert!(
                found[0].starts_with(place) && found[0].contains(words),
                "{file}: {found:?}"
            );
        }
    }

    #[test]
    fn everything_that_makes_no_sense_is_told_at_once() {
        let file = r#"{"merchantId": "", "currency": "ringgit",
            "accounts": [{"posId": "a", "password": "p"}, {"posId": "a", "password": " p"}],
            "terminals": [{"id": "T", "boundTo": "b"}, {"id": "T", "boundTo": "a", "unbound": true}],
            "channels": [{"name": "tng", "status": 2, "currencies": ["myr"]}],
            "promotions": {"001": ["visa"]},
            "habits": {"signatureCode": 40027},
            "limits": {"rate": {"requests": 0, "seconds": 1, "per": "ip"}, "cashOut": "500", "latencyMs": 600001,
                "accessTokenSeconds": 0, "terminalMs": 0}}"#;
        let places = [
            "merchantId: it is empty",
            "currency: \"ringgit\" is no currency",
            "accounts[1].posId: \"a\" is there twice",
            "accounts[1].password: it begins or ends",
            "terminals[0].boundTo: there is no account \"b\"",
            "terminals[1].id: \"T\" is there twice",
            "terminals[1].boundTo: the terminal is \"unbound\" too",
            "channels[0].status: it is 1 (active)",
            "channels[0].currencies[0]: \"myr\" is no currency",
            "promotions[\"001\"]: it is too long",
            "habits.signatureCode: it is 40026",
            "limits.rate: it is \"none\"",
            "limits.cashOut: it is a positive",
            "limits.accessTokenSeconds: it is a number",
            "limits.latencyMs: it is a number",
            "limits.terminalMs: no terminal",
        ];
        let found = problems(file);
        assert_eq!(found.len(), places.len(), "{found:#?}");
        for (problem, place) in found.iter().zip(places) {
            assert!(problem.starts_with(place), "{problem} is not {place}");
        }
    }
}
