//! The program's command line.

use std::{error::Error, ffi::OsString, fs, path::PathBuf, time::Duration};

use cloudecr_simulator::{Config, InquiryReference, RateRule};
use lexopt::{Arg, Parser, ValueExt};

/// What `--help` says.
pub(crate) const HELP: &str = "\
A stand-in for the cloudECR gateway, with virtual terminals and a book of what was really charged.

Usage: cloudecr-simulator [OPTIONS]

  --listen ADDR:PORT            where to listen (127.0.0.1:0, any free port)
  --config FILE                 merchant, accounts, terminals, wallets, habits and limits from a JSON file; the options
                                below count for more than the file
  --print-config                print the setup as such a file, to start from, and end
  --currency CODE               the currency of all amounts (MYR)
  --get-last-reference WHICH    whose referenceId an inquiry's answer has: original or inquiry (original)
  --exclusive-sessions          refuse a second sign-in of the same account (40314)
  --rate-limit[=WHICH]          allow so many requests: production, 100 per account and 15 minutes, also without a
                                name; sandbox, 30; ip, 100 per address and minute
  --latency-ms N                hold every answer back for so long (0)
  --customer-delay-ms N         how long the customer takes at a terminal (0)
  --help                        this text
";

/// What the program is asked to do.
pub(crate) enum Arguments {
    Help,
    PrintConfig(Box<Options>),
    Serve(Box<Options>),
}

/// What was said on the command line; the rest is the file's, or the sample's.
#[derive(Debug, Default)]
pub(crate) struct Options {
    pub(crate) listen: Option<String>,
    config: Option<PathBuf>,
    currency: Option<String>,
    get_last_reference: Option<InquiryReference>,
    exclusive_sessions: bool,
    rate: Option<RateRule>,
    latency: Option<Duration>,
    customer_delay: Option<Duration>,
}

impl Arguments {
    /// Reads the arguments after the program's name.
    pub(crate) fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Self, lexopt::Error> {
        let mut parser = Parser::from_args(arguments);
        let mut options = Options::default();
        let mut prints = false;
        while let Some(argument) = parser.next()? {
            match argument {
                Arg::Long("listen") => options.listen = Some(parser.value()?.string()?),
                Arg::Long("config") => options.config = Some(parser.value()?.into()),
                Arg::Long("print-config") => prints = true,
                Arg::Long("currency") => options.currency = Some(parser.value()?.string()?),
                Arg::Long("get-last-reference") => {
                    options.get_last_reference = Some(parser.value()?.parse_with(reference)?);
                }
                Arg::Long("exclusive-sessions") => options.exclusive_sessions = true,
                Arg::Long("rate-limit") => {
                    options.rate = Some(match parser.optional_value() {
                        None => RateRule::PRODUCTION,
                        Some(name) => name.parse_with(rate)?,
                    });
                }
                Arg::Long("latency-ms") => {
                    options.latency = Some(Duration::from_millis(parser.value()?.parse()?))
                }
                Arg::Long("customer-delay-ms") => {
                    options.customer_delay = Some(Duration::from_millis(parser.value()?.parse()?));
                }
                Arg::Long("help") | Arg::Short('h') => return Ok(Self::Help),
                Arg::Long(_) | Arg::Short(_) | Arg::Value(_) => return Err(argument.unexpected()),
            }
        }
        Ok(if prints {
            Self::PrintConfig(Box::new(options))
        } else {
            Self::Serve(Box::new(options))
        })
    }
}

impl Options {
    /// The setup: the file's or the sample, with what the command line says on top, checked whole.
    pub(crate) fn setup(&self) -> Result<Config, Box<dyn Error>> {
        let mut config = match &self.config {
            None => Config::default(),
            Some(path) => {
                let path_shown = path.display();
                let text =
                    fs::read_to_string(path).map_err(|error| format!("cannot read {path_shown}: {error}"))?;
                Config::from_json(&text)
                    .map_err(|error| format!("{path_shown} was not taken; correct this:\n{error}"))?
            }
        };
        if let Some(currency) = &self.currency {
            config.set_currency(currency);
        }
        if let Some(reference) = self.get_last_reference {
            config.get_last_reference = reference;
        }
        config.exclusive_sessions |= self.exclusive_sessions;
        if let Some(rule) = self.rate {
            (config.rate_limit, config.rate_rule) = (true, rule);
        }
        config.latency = self.latency.unwrap_or(config.latency);
        config.customer_delay = self.customer_delay.unwrap_or(config.customer_delay);
        config.check()?;
        Ok(config)
    }
}

fn reference(name: &str) -> Result<InquiryReference, String> {
    match name {
        "original" => Ok(InquiryReference::Original),
        "inquiry" => Ok(InquiryReference::Inquiry),
        _ => Err("it is original or inquiry".to_owned()),
    }
}

fn rate(name: &str) -> Result<RateRule, String> {
    RateRule::named(name).ok_or_else(|| "it is production, sandbox or ip".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Arguments, lexopt::Error> {
        Arguments::read(line.split_whitespace().map(OsString::from))
    }

    fn options(line: &str) -> Options {
        match read(line) {
            Ok(Arguments::Serve(options)) => *options,
            _ => panic!("{line} was not understood"),
        }
    }

    #[test]
    fn every_option_is_understood() {
        let options = options(
            "--listen [::1]:8080 --currency SGD --get-last-reference inquiry --exclusive-sessions \
             --rate-limit --latency-ms 5 --customer-delay-ms=7",
        );
        let config = options.setup().unwrap();
        assert_eq!(
            (options.listen.as_deref(), config.currency.as_str()),
            (Some("[::1]:8080"), "SGD")
        );
        assert_eq!(config.get_last_reference, InquiryReference::Inquiry);
        assert!(config.exclusive_sessions && config.rate_limit);
        assert_eq!(config.rate_rule, RateRule::PRODUCTION);
        assert_eq!(config.latency + config.customer_delay, Duration::from_millis(12));
        let config = self::options("--rate-limit=ip").setup().unwrap();
        assert_eq!(config.rate_rule, RateRule::PER_IP);
    }

    #[test]
    fn the_sample_file_is_a_good_one_and_the_command_line_counts_for_more() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/sample-config.json");
        let mut options = options("--latency-ms 1");
        options.config = Some(file.into());
        let config = options.setup().unwrap();
        assert_eq!((config.accounts.len(), config.latency.as_millis()), (3, 1));
        assert_eq!(config.unbound_terminals.len(), 1);
        options.currency = Some("ringgit".to_owned());
        let error = options.setup().unwrap_err().to_string();
        assert!(error.contains("currency: \"ringgit\""), "{error}");
        options.config = Some("/nowhere.json".into());
        assert!(options.setup().unwrap_err().to_string().contains("/nowhere.json"));
    }

    #[test]
    fn anything_else_is_an_error_that_names_it() {
        for (line, named) in [
            ("--port 1", "--port"),
            ("8080", "8080"),
            ("--latency-ms soon", "soon"),
            ("--rate-limit=never", "never"),
        ] {
            let Err(error) = read(line) else {
                panic!("{line} was taken")
            };
            assert!(error.to_string().contains(named), "{error}");
        }
    }
}
