//! The program's command line.

use std::{ffi::OsString, time::Duration};

use cloudecr_simulator::{Config, InquiryReference};
use lexopt::{Arg, Parser, ValueExt};

/// What `--help` says.
pub(crate) const HELP: &str = "\
A stand-in for the cloudECR gateway, with virtual terminals and a book of what was really charged.

Usage: cloudecr-simulator [OPTIONS]

  --listen ADDR:PORT            where to listen (127.0.0.1:0, any free port)
  --currency CODE               the currency of all amounts (MYR)
  --get-last-reference WHICH    whose referenceId an inquiry's answer has: original or inquiry (original)
  --exclusive-sessions          refuse a second sign-in of the same account (40314)
  --rate-limit                  allow 100 requests per account and 15 minutes
  --latency-ms N                hold every answer back for so long (0)
  --customer-delay-ms N         how long the customer takes at a terminal (0)
  --help                        this text
";

/// What the program is asked to do.
pub(crate) enum Arguments {
    Help,
    Serve { listen: String, config: Box<Config> },
}

impl Arguments {
    /// Reads the arguments after the program's name.
    pub(crate) fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Self, lexopt::Error> {
        let mut parser = Parser::from_args(arguments);
        let mut listen = "127.0.0.1:0".to_owned();
        let mut config = Config::default();
        while let Some(argument) = parser.next()? {
            match argument {
                Arg::Long("listen") => listen = parser.value()?.string()?,
                Arg::Long("currency") => config.set_currency(&parser.value()?.string()?),
                Arg::Long("get-last-reference") => {
                    config.get_last_reference = parser.value()?.parse_with(reference)?
                }
                Arg::Long("exclusive-sessions") => config.exclusive_sessions = true,
                Arg::Long("rate-limit") => config.rate_limit = true,
                Arg::Long("latency-ms") => config.latency = Duration::from_millis(parser.value()?.parse()?),
                Arg::Long("customer-delay-ms") => {
                    config.customer_delay = Duration::from_millis(parser.value()?.parse()?);
                }
                Arg::Long("help") | Arg::Short('h') => return Ok(Self::Help),
                Arg::Long(_) | Arg::Short(_) | Arg::Value(_) => return Err(argument.unexpected()),
            }
        }
        Ok(Self::Serve {
            listen,
            config: Box::new(config),
        })
    }
}

fn reference(name: &str) -> Result<InquiryReference, String> {
    match name {
        "original" => Ok(InquiryReference::Original),
        "inquiry" => Ok(InquiryReference::Inquiry),
        _ => Err("it is original or inquiry".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Arguments, lexopt::Error> {
        Arguments::read(line.split_whitespace().map(OsString::from))
    }

    #[test]
    fn every_option_is_understood() {
        let line = "--listen [::1]:8080 --currency SGD --get-last-reference inquiry --exclusive-sessions \
                    --rate-limit --latency-ms 5 --customer-delay-ms=7";
        let Ok(Arguments::Serve { listen, config }) = read(line) else {
            panic!("not understood")
        };
        assert_eq!((listen.as_str(), config.currency.as_str()), ("[::1]:8080", "SGD"));
        assert_eq!(config.get_last_reference, InquiryReference::Inquiry);
        assert!(config.exclusive_sessions && config.rate_limit);
        assert_eq!(config.latency + config.customer_delay, Duration::from_millis(12));
    }

    #[test]
    fn anything_else_is_an_error_that_names_it() {
        for (line, named) in [
            ("--port 1", "--port"),
            ("8080", "8080"),
            ("--latency-ms soon", "soon"),
        ] {
            let Err(error) = read(line) else {
                panic!("{line} was taken")
            };
            assert!(error.to_string().contains(named), "{error}");
        }
    }
}
