//! The ways to a printer that takes its own commands. Each says how many of the bytes it took, since a receipt whose first byte
//! has left may have been printed.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream, ToSocketAddrs};
use std::time::{Duration, Instant};

use super::connection::Connection;
use super::usb::UsbWire;

/// How long a printer is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PrintLimits {
    /// To connect.
    pub connect: Duration,
    /// For an answer that a printer gives at once, if it answers at all.
    pub answer: Duration,
    /// For the whole of the bytes to be taken; by a serial line, beside the time that they are on it.
    pub write: Duration,
    /// For a printer that answers to say that everything was printed.
    pub done: Duration,
    /// For the system's printing to take a page, or to say which printers it has.
    pub system: Duration,
}

impl Default for PrintLimits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(3),
            answer: Duration::from_millis(700),
            write: Duration::from_secs(20),
            done: Duration::from_secs(15),
            system: Duration::from_secs(30),
        }
    }
}

/// Not all bytes were taken.
#[derive(Debug)]
pub(super) struct Broken {
    /// So many were.
    pub(super) taken: usize,
    pub(super) why: io::Error,
}

/// A printer that is connected.
pub(super) trait Wire {
    /// Sends everything within the limit.
    fn send(&mut self, bytes: &[u8], limit: Duration) -> Result<(), Broken>;
    /// The next byte that the printer says; none when it says nothing within the limit.
    ///
    /// # Errors
    /// When the connection is gone.
    fn hear(&mut self, limit: Duration) -> io::Result<Option<u8>>;
    /// Ends the connection in order.
    ///
    /// # Errors
    /// When it was broken off from the other side.
    fn close(&mut self, limit: Duration) -> io::Result<()>;
}

/// Connects.
///
/// # Errors
/// When there is no printer: nothing was sent then.
pub(super) fn connect(connection: &Connection, limits: PrintLimits) -> io::Result<Box<dyn Wire>> {
    match connection {
        Connection::Network { address } => Ok(Box::new(NetworkWire(dial(address, limits.connect)?))),
        Connection::Serial { port, baud } => {
            let opened = serialport::new(port.as_str(), *baud)
                .timeout(limits.connect)
                .open()?;
            Ok(Box::new(SerialWire {
                port: opened,
                baud: *baud,
            }))
        }
        Connection::Usb { device } => Ok(Box::new(UsbWire::open(device)?)),
        Connection::System { .. } => Err(ErrorKind::Unsupported.into()),
    }
}

/// Every address of a name is tried, all within the limit.
fn dial(address: &str, limit: Duration) -> io::Result<TcpStream> {
    let until = Instant::now() + limit;
    let mut last = io::Error::from(ErrorKind::NotFound);
    for address in address.to_socket_addrs()? {
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(ErrorKind::TimedOut.into());
        }
        match TcpStream::connect_timeout(&address, left) {
            Ok(stream) => {
                stream.set_nodelay(true)?;
                return Ok(stream);
            }
            Err(error) => last = error,
        }
    }
    Err(last)
}

struct NetworkWire(TcpStream);

impl Wire for NetworkWire {
    fn send(&mut self, bytes: &[u8], limit: Duration) -> Result<(), Broken> {
        let mut stream = &self.0;
        write_within(bytes, limit, |left, rest| {
            stream.set_write_timeout(Some(left))?;
            stream.write(rest)
        })
    }

    fn hear(&mut self, limit: Duration) -> io::Result<Option<u8>> {
        self.0
            .set_read_timeout(Some(limit.max(Duration::from_millis(1))))?;
        let mut byte = [0];
        match self.0.read(&mut byte) {
            Ok(0) => Err(ErrorKind::ConnectionAborted.into()),
            Ok(_) => Ok(Some(byte[0])),
            Err(error) if is_timeout(&error) => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn close(&mut self, limit: Duration) -> io::Result<()> {
        self.0.shutdown(Shutdown::Write)?;
        // A printer that is there closes its side, too, or goes on saying nothing; one that broke off resets.
        let until = Instant::now() + limit;
        let mut rest = [0; 64];
        loop {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Ok(());
            }
            self.0.set_read_timeout(Some(left))?;
            match self.0.read(&mut rest) {
                Ok(0) => return Ok(()),
                Ok(_) => {}
                Err(error) if is_timeout(&error) => return Ok(()),
                Err(error) => return Err(error),
            }
        }
    }
}

struct SerialWire {
    port: Box<dyn serialport::SerialPort>,
    baud: u32,
}

/// How long so many bytes are on a serial line: eleven bits each with what frames them, which is one more than most lines have.
pub(super) fn on_the_line(bytes: usize, baud: u32) -> Duration {
    let bits = u64::try_from(bytes).unwrap_or(u64::MAX).saturating_mul(11);
    Duration::from_millis(bits.saturating_mul(1_000) / u64::from(baud.max(1)))
}

impl Wire for SerialWire {
    fn send(&mut self, bytes: &[u8], limit: Duration) -> Result<(), Broken> {
        let port = &mut self.port;
        // A receipt with a picture is longer on a slow line than any printer is waited for.
        let limit = limit + on_the_line(bytes.len(), self.baud);
        write_within(bytes, limit, |left, rest| {
            port.set_timeout(left)?;
            port.write(rest)
        })
    }

    fn hear(&mut self, limit: Duration) -> io::Result<Option<u8>> {
        self.port.set_timeout(limit.max(Duration::from_millis(1)))?;
        let mut byte = [0];
        match self.port.read(&mut byte) {
            Ok(0) => Ok(None),
            Ok(_) => Ok(Some(byte[0])),
            Err(error) if is_timeout(&error) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// A port is not closed from the other side; that its bytes have left is all there is to know.
    fn close(&mut self, _limit: Duration) -> io::Result<()> {
        self.port.flush()
    }
}

/// Writes piece by piece until everything is taken or the limit has passed.
fn write_within(
    bytes: &[u8],
    limit: Duration,
    mut write: impl FnMut(Duration, &[u8]) -> io::Result<usize>,
) -> Result<(), Broken> {
    let until = Instant::now() + limit;
    let mut taken = 0;
    while let Some(rest) = bytes.get(taken..).filter(|rest| !rest.is_empty()) {
        let left = until.saturating_duration_since(Instant::now());
        let wrote = if left.is_zero() {
            Err(ErrorKind::TimedOut.into())
        } else {
            write(left, rest)
        };
        match wrote {
            Ok(0) => {
                let why = ErrorKind::WriteZero.into();
                return Err(Broken { taken, why });
            }
            Ok(some) => taken += some,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(why) => return Err(Broken { taken, why }),
        }
    }
    Ok(())
}

fn is_timeout(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::TimedOut | ErrorKind::WouldBlock | ErrorKind::Interrupted
    )
}
