//! Sending to a printer that takes its own commands, and what can be said of it afterwards. Nothing here is ever sent twice.

use std::io::{self, ErrorKind};
use std::time::{Duration, Instant};

use super::connection::Connection;
use super::escpos::{ASK_WHEN_DONE, KICK, KICK_AT_ONCE, SAY_NOTHING_UNASKED};
use super::status::{ASK_PAPER, ASK_WHY_OFFLINE, Fault, done, paper, why_offline};
use super::wire::{PrintLimits, Wire, connect};

/// The most bytes that are let go by unread: a printer says four unasked whenever something about it changes.
const FORGOTTEN: usize = 256;

/// Why something was not, or may not have been, printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PrintTrouble {
    /// Nobody answers at the printer's address, or nothing is plugged in there.
    NotReached,
    /// The computer does not let the till use it.
    NotAllowed,
    /// Its paper has run out.
    NoPaper,
    /// Its cover is open.
    CoverOpen,
    /// It says that it cannot print.
    Offline,
    /// The connection broke.
    Broken,
    /// It did not say within the limit that it has printed.
    NoAnswer,
    /// The system's printing refused it.
    Refused,
    /// The till was closed meanwhile, or could not go on with it.
    Stopped,
}

impl From<Fault> for PrintTrouble {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::NoPaper => Self::NoPaper,
            Fault::CoverOpen => Self::CoverOpen,
            Fault::Offline => Self::Offline,
        }
    }
}

impl PrintTrouble {
    fn to_connect(error: &io::Error) -> Self {
        match error.kind() {
            ErrorKind::PermissionDenied => Self::NotAllowed,
            _ => Self::NotReached,
        }
    }
}

/// What became of something that was to be printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Printed {
    /// The printer says so.
    Yes,
    /// All of it was taken, by a printer that does not say whether it prints.
    Sent,
    /// Not a byte of it left.
    No(PrintTrouble),
    /// Some or all of it left, and whether it was printed is not known.
    Perhaps(PrintTrouble),
}

/// A printer that is connected and about to be sent something.
pub struct Ready {
    wire: Box<dyn Wire>,
    limits: PrintLimits,
    answers: bool,
    /// What it answered that keeps it from printing.
    fault: Option<Fault>,
}

/// Connects, and asks whether the printer can print, if it answers that. Nothing that could be printed is sent.
///
/// # Errors
/// Why it cannot.
pub fn ready(connection: &Connection, limits: PrintLimits) -> Result<Ready, PrintTrouble> {
    let ready = ready_to_open(connection, limits)?;
    match ready.fault {
        Some(fault) => Err(fault.into()),
        None => Ok(ready),
    }
}

/// The same for the drawer that is plugged into the printer, which needs neither paper nor a closed cover.
///
/// # Errors
/// When the printer is not reached.
pub fn ready_to_open(connection: &Connection, limits: PrintLimits) -> Result<Ready, PrintTrouble> {
    let mut wire = connect(connection, limits).map_err(|error| PrintTrouble::to_connect(&error))?;
    let offline = ask(wire.as_mut(), ASK_WHY_OFFLINE, limits.answer, why_offline)?;
    let answers = offline.is_some();
    // One that was silent once is not asked again: a cheap one answers neither.
    let paper = if answers {
        ask(wire.as_mut(), ASK_PAPER, limits.answer, paper)?
    } else {
        None
    };
    Ok(Ready {
        wire,
        limits,
        answers,
        // An open cover lifts the paper's sensor, too, so that it comes first.
        fault: offline.flatten().or(paper.flatten()),
    })
}

/// None where the printer does not answer.
fn ask<T>(
    wire: &mut dyn Wire,
    question: [u8; 3],
    limit: Duration,
    read: impl Fn(u8) -> Option<T>,
) -> Result<Option<T>, PrintTrouble> {
    wire.send(&question, limit)
        .map_err(|_| PrintTrouble::NotReached)?;
    hear(wire, limit, read).map_err(|_| PrintTrouble::NotReached)
}

/// The first byte that is an answer, within the limit.
fn hear<T>(wire: &mut dyn Wire, limit: Duration, read: impl Fn(u8) -> Option<T>) -> io::Result<Option<T>> {
    let until = Instant::now() + limit;
    loop {
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Ok(None);
        }
        match wire.hear(left)? {
            Some(byte) => {
                if let Some(answer) = read(byte) {
                    return Ok(Some(answer));
                }
            }
            None => return Ok(None),
        }
    }
}

/// Lets what a printer said unasked go by, so that it is not taken for an answer.
fn forget(wire: &mut dyn Wire) {
    for _ in 0..FORGOTTEN {
        match wire.hear(Duration::from_millis(1)) {
            Ok(Some(_)) => {}
            // That it is gone shows when something is sent.
            Ok(None) | Err(_) => return,
        }
    }
}

impl Ready {
    /// Sends it, once.
    #[must_use]
    pub fn send(mut self, bytes: &[u8]) -> Printed {
        let mut all = Vec::with_capacity(bytes.len() + SAY_NOTHING_UNASKED.len() + ASK_WHEN_DONE.len());
        if self.answers {
            forget(self.wire.as_mut());
            all.extend(SAY_NOTHING_UNASKED);
        }
        all.extend(bytes);
        if self.answers {
            all.extend(ASK_WHEN_DONE);
        }
        if let Err(broken) = self.wire.send(&all, self.limits.write) {
            log::warn!(
                "a printer took {} of {} bytes: {}",
                broken.taken,
                all.len(),
                broken.why
            );
            return if broken.taken == 0 {
                Printed::No(PrintTrouble::Broken)
            } else {
                Printed::Perhaps(self.why_now())
            };
        }
        if !self.answers {
            return match self.wire.close(self.limits.answer) {
                Ok(()) => Printed::Sent,
                Err(_) => Printed::Perhaps(PrintTrouble::Broken),
            };
        }
        match hear(self.wire.as_mut(), self.limits.done, done) {
            Ok(Some(true)) => {
                let _ = self.wire.close(Duration::ZERO);
                Printed::Yes
            }
            Ok(Some(false)) => Printed::Perhaps(PrintTrouble::NoPaper),
            Ok(None) => Printed::Perhaps(self.why_now()),
            Err(_) => Printed::Perhaps(PrintTrouble::Broken),
        }
    }

    /// Opens the drawer, once.
    #[must_use]
    pub fn open_drawer(mut self) -> Printed {
        if self.fault.is_none() {
            return self.send(&KICK);
        }
        // What is to be printed waits in the printer until it has paper again, and so would the usual command.
        match self.wire.send(&KICK_AT_ONCE, self.limits.write) {
            Err(broken) if broken.taken == 0 => Printed::No(PrintTrouble::Broken),
            Err(_) => Printed::Perhaps(PrintTrouble::Broken),
            // It says nothing of the pulse; that it is still there is all there is to know.
            Ok(()) => match ask(
                self.wire.as_mut(),
                ASK_WHY_OFFLINE,
                self.limits.answer,
                why_offline,
            ) {
                Ok(Some(_)) => Printed::Sent,
                Ok(None) => Printed::Perhaps(PrintTrouble::NoAnswer),
                Err(_) => Printed::Perhaps(PrintTrouble::Broken),
            },
        }
    }

    /// What a printer that stopped answers when it is asked why.
    fn why_now(&mut self) -> PrintTrouble {
        if !self.answers {
            return PrintTrouble::Broken;
        }
        let limit = self.limits.answer;
        let offline = ask(self.wire.as_mut(), ASK_WHY_OFFLINE, limit, why_offline);
        match offline {
            Ok(Some(Some(fault))) => fault.into(),
            Ok(Some(None)) => match ask(self.wire.as_mut(), ASK_PAPER, limit, paper) {
                Ok(Some(Some(fault))) => fault.into(),
                Ok(Some(None) | None) | Err(_) => PrintTrouble::NoAnswer,
            },
            Ok(None) => PrintTrouble::NoAnswer,
            Err(_) => PrintTrouble::Broken,
        }
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::io::{Read, Write};
    use std::thread;

    use serialport::{SerialPort, TTYPort};

    use super::*;

    fn limits() -> PrintLimits {
        PrintLimits {
            connect: Duration::from_secs(2),
            answer: Duration::from_secs(10),
            write: Duration::from_secs(2),
            done: Duration::from_secs(2),
            system: Duration::from_secs(2),
        }
    }

    fn serial(port: &TTYPort) -> Connection {
        let port = port.name().unwrap();
        Connection::Serial { port, baud: 9_600 }
    }

    /// Answers the questions before a print, takes `bytes`, and answers the one after it.
    fn printer(mut port: TTYPort, bytes: usize) -> Vec<u8> {
        port.set_timeout(Duration::from_secs(5)).unwrap();
        for _ in 0..2 {
            port.read_exact(&mut [0; 3]).unwrap();
            // And what it says of itself unasked, the end of which looks like "done".
            port.write_all(&[0x12, 0x14, 0, 0, 0x0f]).unwrap();
        }
        let mut quiet = [0; 3];
        port.read_exact(&mut quiet).unwrap();
        assert_eq!(quiet, SAY_NOTHING_UNASKED);
        let mut taken = vec![0; bytes];
        port.read_exact(&mut taken).unwrap();
        port.read_exact(&mut [0; 3]).unwrap();
        port.write_all(&[0]).unwrap();
        // Kept open until the other side has heard it.
        let _ = port.read(&mut [0; 1]);
        taken
    }

    #[test]
    fn a_serial_printer_takes_every_byte_and_says_so() {
        let (there, here) = TTYPort::pair().unwrap();
        let bytes = b"\x1b@Resit 0001\n".to_vec();
        let expected = bytes.clone();
        let length = bytes.len();
        let printer = thread::spawn(move || printer(there, length));
        let connection = serial(&here);
        let printed = ready(&connection, limits())
            .unwrap_or_else(|why| panic!("{why:?}"))
            .send(&bytes);
        assert_eq!(printed, Printed::Yes);
        drop(here);
        assert_eq!(printer.join().unwrap(), expected);
    }

    #[test]
    fn a_port_that_is_not_there_was_sent_nothing() {
        let port = "/dev/ttyNONE9".to_owned();
        let connection = Connection::Serial { port, baud: 9_600 };
        assert_eq!(ready(&connection, limits()).err(), Some(PrintTrouble::NotReached));
    }
}
