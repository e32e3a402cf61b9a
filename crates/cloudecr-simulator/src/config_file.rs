//! The setup as a JSON file. It is checked whole before anything starts: each problem names its place in the file and
//! what to do about it.

use std::time::Duration;

use cloudecr::WireAmount;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use thiserror::Error;

use crate::{
    config::{AccountStatus, ChannelSetup, Config, PosAccount, TerminalSetup},
    config_check,
    config_form::{Account, ChannelEntry, File, Habits, Limits, TerminalEntry},
    rate::{RatePer, RateRule},
};

/// Why a setup was not taken: every problem of it, each with its place and what to do.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{}", .problems.join("\n"))]
pub struct ConfigError {
    /// One line each.
    pub problems: Vec<String>,
}

impl Default for Habits {
    fn default() -> Self {
        Self::of(&Config::default())
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self::of(&Config::default())
    }
}

impl Habits {
    fn of(config: &Config) -> Self {
        Self {
            get_last_reference: config.get_last_reference,
            exclusive_sessions: config.exclusive_sessions,
            keys_differ: config.keys_differ,
            key_picture: config.key_picture,
            signature_rule: config.signature_rule,
            signature_code: config.signature_code,
            spelling: config.spelling,
        }
    }
}

impl Limits {
    fn of(config: &Config) -> Self {
        let milliseconds = |time: Duration| u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
        let cash = config.cash_out_limit;
        Self {
            rate: if config.rate_limit {
                write_rate(config.rate_rule)
            } else {
                json!("none")
            },
            cash_out: format!("{}.{:02}", cash / 100, cash % 100),
            access_token_seconds: config.access_token_life.as_secs(),
            clock_tolerance_seconds: config.clock_tolerance.as_secs(),
            latency_ms: milliseconds(config.latency),
            customer_delay_ms: milliseconds(config.customer_delay),
            terminal_ms: milliseconds(config.terminal_limit),
        }
    }
}

/// A rule as it stands in a file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    requests: usize,
    seconds: u64,
    per: RatePer,
}

fn write_rate(rule: RateRule) -> Value {
    json!(Rule {
        requests: rule.requests,
        seconds: rule.window.as_secs(),
        per: rule.per,
    })
}

/// `"none"`, the name of a rule, or its particulars. `None` for anything else.
pub(crate) fn read_rate(value: &Value) -> Option<Option<RateRule>> {
    if let Some(name) = value.as_str() {
        return match name {
            "none" => Some(None),
            name => RateRule::named(name).map(Some),
        };
    }
    let rule = Rule::deserialize(value).ok()?;
    (rule.requests > 0 && rule.seconds > 0).then(|| {
        Some(RateRule {
            requests: rule.requests,
            window: Duration::from_secs(rule.seconds),
            per: rule.per,
        })
    })
}

impl File {
    /// The same setup as a file, with nothing left out.
    fn of(config: &Config) -> Self {
        let terminal = |setup: &TerminalSetup, unbound: bool| TerminalEntry {
            id: setup.id.clone(),
            is_vt: setup.is_vt,
            printer: Some(setup.printer),
            bound_to: setup.bound_to.clone().filter(|_| !unbound),
            unbound,
        };
        let bound = config.terminals.iter().map(|setup| terminal(setup, false));
        let unbound = config.unbound_terminals.iter().map(|setup| terminal(setup, true));
        let account = |account: &PosAccount| Account {
            pos_id: account.pos_id.clone(),
            password: account.password.clone(),
            status: config
                .account_statuses
                .get(&account.pos_id)
                .copied()
                .unwrap_or_default(),
        };
        let channel = |channel: &ChannelSetup| ChannelEntry {
            name: channel.name.clone(),
            status: channel.active.into(),
            currencies: Some(channel.currencies.clone()),
            logo: channel.logo.clone(),
        };
        Self {
            merchant_id: Some(config.merchant_id.clone()),
            secret_key: Some(config.secret_key.clone()),
            currency: Some(config.currency.clone()),
            accounts: Some(config.accounts.iter().map(account).collect()),
            terminals: Some(bound.chain(unbound).collect()),
            channels: Some(config.channels.iter().map(channel).collect()),
            promotions: config.promotions.clone(),
            habits: Habits::of(config),
            limits: Limits::of(config),
        }
    }

    /// The setup that a file without problems describes.
    fn into_config(self) -> Config {
        let mut config = Config::default();
        let Habits {
            get_last_reference,
            exclusive_sessions,
            keys_differ,
            key_picture,
            signature_rule,
            signature_code,
            spelling,
        } = self.habits;
        let Limits {
            rate,
            cash_out,
            access_token_seconds,
            clock_tolerance_seconds,
            latency_ms,
            customer_delay_ms,
            terminal_ms,
        } = self.limits;
        if let Some(currency) = &self.currency {
            config.set_currency(currency);
        }
        if let Some(id) = self.merchant_id {
            config.merchant_id = id;
        }
        if let Some(key) = self.secret_key {
            config.secret_key = key;
        }
        if let Some(accounts) = self.accounts {
            let statuses = accounts
                .iter()
                .map(|account| (account.pos_id.clone(), account.status));
            config.account_statuses = statuses
                .filter(|(_, status)| *status != AccountStatus::Active)
                .collect();
            let account = |account: Account| PosAccount {
                pos_id: account.pos_id,
                password: account.password,
            };
            config.accounts = accounts.into_iter().map(account).collect();
        }
        if let Some(terminals) = self.terminals {
            let (unbound, bound): (Vec<_>, Vec<_>) =
                terminals.into_iter().partition(|terminal| terminal.unbound);
            config.terminals = bound.into_iter().map(setup).collect();
            config.unbound_terminals = unbound.into_iter().map(setup).collect();
        }
        if let Some(channels) = self.channels {
            let usual = config.currency.clone();
            let channel = |channel: ChannelEntry| ChannelSetup {
                name: channel.name,
                active: channel.status == 1,
                currencies: channel.currencies.unwrap_or_else(|| vec![usual.clone()]),
                logo: channel.logo,
            };
            config.channels = channels.into_iter().map(channel).collect();
        }
        let rule = read_rate(&rate).flatten();
        Config {
            rate_limit: rule.is_some(),
            rate_rule: rule.unwrap_or(RateRule::PRODUCTION),
            cash_out_limit: hundredths(&cash_out).unwrap_or(config.cash_out_limit),
            access_token_life: Duration::from_secs(access_token_seconds),
            clock_tolerance: Duration::from_secs(clock_tolerance_seconds),
            latency: Duration::from_millis(latency_ms),
            customer_delay: Duration::from_millis(customer_delay_ms),
            terminal_limit: Duration::from_millis(terminal_ms),
            promotions: self.promotions,
            get_last_reference,
            exclusive_sessions,
            keys_differ,
            key_picture,
            signature_rule,
            signature_code,
            spelling,
            ..config
        }
    }
}

/// An amount as on the wire.
pub(crate) fn hundredths(amount: &str) -> Option<u64> {
    amount
        .parse::<WireAmount>()
        .ok()
        .map(|amount| amount.hundredths())
}

fn setup(terminal: TerminalEntry) -> TerminalSetup {
    TerminalSetup {
        id: terminal.id,
        is_vt: terminal.is_vt,
        printer: terminal.printer.unwrap_or(!terminal.is_vt),
        bound_to: terminal.bound_to,
    }
}

impl Config {
    /// Reads the JSON of a setup file, whose form is in the README next to this crate.
    ///
    /// # Errors
    /// What is wrong with it: where it stops being such a file, or else everything that makes no sense in it.
    ///
    /// ```
    /// use cloudecr_simulator::Config;
    /// let config = Config::from_json(r#"{"accounts": [{"posId": "till1", "password": "sample"}]}"#)?;
    /// assert_eq!(config.accounts[0].pos_id, "till1");
    /// assert!(Config::from_json(r#"{"acounts": []}"#).is_err());
    /// # Ok::<(), cloudecr_simulator::ConfigError>(())
    /// ```
    pub fn from_json(text: &str) -> Result<Self, ConfigError> {
        let one = |problem: String| ConfigError {
            problems: vec![problem],
        };
        let mut json = serde_json::Deserializer::from_str(text);
        let file: File = serde_path_to_error::deserialize(&mut json).map_err(|error| {
            let path = error.path().to_string();
            one(format!("{path}: {}", error.into_inner()))
        })?;
        json.end()
            .map_err(|error| one(format!("after the end of the setup: {error}")))?;
        let problems = config_check::problems(&file);
        if problems.is_empty() {
            Ok(file.into_config())
        } else {
            Err(ConfigError { problems })
        }
    }

    /// The JSON of a setup file that says all of this, to start from.
    #[must_use]
    pub fn to_json(&self) -> Value {
        json!(File::of(self))
    }

    /// Checks a setup that was made otherwise than by [`Config::from_json`].
    ///
    /// # Errors
    /// Everything that makes no sense in it.
    pub fn check(&self) -> Result<(), ConfigError> {
        let problems = config_check::problems(&File::of(self));
        if problems.is_empty() {
            Ok(())
        } else {
            Err(ConfigError { problems })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Logo;

    #[test]
    fn a_setup_that_was_written_is_read_as_the_same() {
        let mut config = Config::default();
        config
            .account_statuses
            .insert("simulatorPos1".to_owned(), AccountStatus::Pending);
        config.rate_limit = true;
        config.rate_rule = RateRule::PER_IP;
        config.keys_differ = true;
        config.terminals[1].bound_to = Some("simulatorPos1".to_owned());
        config.channels[0].logo = Logo::Elsewhere("http://localhost/x".to_owned());
        config.promotions.insert("01".to_owned(), vec!["visa".to_owned()]);
        let read = Config::from_json(&config.to_json().to_string()).unwrap();
        assert_eq!(format!("{read:?}"), format!("{config:?}"));
    }

    #[test]
    fn an_empty_file_is_the_sample() {
        let read = Config::from_json("{}").unwrap();
        assert_eq!(format!("{read:?}"), format!("{:?}", Config::default()));
    }
}
