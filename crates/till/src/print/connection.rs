//! Where a printer is: an address that a person typed or picked, checked before anything is opened.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The port that network printers listen on, unless another is named.
const NETWORK_PORT: u16 = 9100;
/// The longest name of anything here, in characters; a host's name has no more.
const LONGEST: usize = 253;
/// The speeds that serial printers are set to.
pub const BAUD_RATES: [u32; 5] = [9_600, 19_200, 38_400, 57_600, 115_200];

/// How a printer is reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Connection {
    /// By network: `192.168.1.50`, `printer.shop:9100`.
    Network {
        /// The host and the port.
        address: String,
    },
    /// By a serial port: `/dev/ttyUSB0`, `COM3`.
    Serial {
        /// The port.
        port: String,
        /// Bits per second.
        baud: u32,
    },
    /// By USB.
    Usb {
        /// The device: `04b8:0202`, and its serial number if it has one.
        device: String,
    },
    /// Through the operating system's printing, by the printer's name there.
    System {
        /// The name.
        name: String,
    },
}

/// Why an address is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadConnection {
    /// Not a host with a port.
    #[error("that is not an address such as 192.168.1.50 or printer:9100")]
    Address,
    /// Not a serial port, or not a speed of one.
    #[error("that is not a serial port such as /dev/ttyUSB0 or COM3")]
    Port,
    /// Not a USB device.
    #[error("that is not a USB printer of this computer")]
    Device,
    /// Not a printer's name.
    #[error("that is not the name of a printer")]
    Name,
}

impl Connection {
    /// The same, in order and checked.
    ///
    /// # Errors
    /// Why it cannot be an address.
    pub fn checked(&self) -> Result<Self, BadConnection> {
        match self {
            Self::Network { address } => {
                let (host, port) = network(address.trim()).ok_or(BadConnection::Address)?;
                let address = format!("{host}:{port}");
                Ok(Self::Network { address })
            }
            Self::Serial { port, baud } => {
                let port = port.trim();
                let names = is_serial_port(port) && BAUD_RATES.contains(baud);
                names
                    .then(|| Self::Serial {
                        port: port.to_owned(),
                        baud: *baud,
                    })
                    .ok_or(BadConnection::Port)
            }
            Self::Usb { device } => {
                usb(device).ok_or(BadConnection::Device)?;
                Ok(self.clone())
            }
            Self::System { name } => {
                let fine = !name.trim().is_empty()
                    && name.chars().count() <= LONGEST
                    && !name.starts_with('-')
                    && !name.chars().any(char::is_control);
                fine.then(|| self.clone()).ok_or(BadConnection::Name)
            }
        }
    }

    /// Whether it understands a printer's own commands: then it can cut, and open a drawer.
    #[must_use]
    pub const fn is_direct(&self) -> bool {
        match self {
            Self::Network { .. } | Self::Serial { .. } | Self::Usb { .. } => true,
            Self::System { .. } => false,
        }
    }
}

impl fmt::Display for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Network { address } => address,
            Self::Serial { port, .. } => port,
            Self::Usb { device } => device,
            Self::System { name } => name,
        })
    }
}

/// A host (in brackets where it has colons) and a port.
fn network(text: &str) -> Option<(String, u16)> {
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    if let Ok(address) = text.parse::<std::net::SocketAddr>() {
        return (address.port() != 0).then(|| match address {
            std::net::SocketAddr::V4(address) => (address.ip().to_string(), address.port()),
            std::net::SocketAddr::V6(address) => (format!("[{}]", address.ip()), address.port()),
        });
    }
    if let Ok(address) = text.trim_matches(['[', ']']).parse::<std::net::Ipv6Addr>() {
        return Some((format!("[{address}]"), NETWORK_PORT));
    }
    let (host, port) = match text.split_once(':') {
        Some((host, port)) => (host, port.parse().ok().filter(|port| *port != 0)?),
        None => (text, NETWORK_PORT),
    };
    let is_label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
    };
    // What looks like numbers only has to be an address: 192.168.1 is somebody's slip.
    let numbers = host.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let fine = if numbers {
        host.parse::<std::net::Ipv4Addr>().is_ok()
    } else {
        host.split('.').all(is_label)
    };
    fine.then(|| (host.to_ascii_lowercase(), port))
}

fn is_serial_port(port: &str) -> bool {
    let plain = |text: &str| {
        !text.is_empty()
            && text.len() <= 64
            && text
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-_./".contains(&byte))
    };
    match port.strip_prefix("/dev/") {
        Some(rest) => {
            plain(rest)
                && !rest
                    .split('/')
                    .any(|part| part.is_empty() || part.starts_with('.'))
        }
        None => port
            .strip_prefix("COM")
            .is_some_and(|number| number.parse::<u8>().is_ok_and(|number| number > 0)),
    }
}

/// A device's vendor, product, and serial number (empty for one that has none).
pub(super) fn usb(device: &str) -> Option<(u16, u16, &str)> {
    let mut parts = device.splitn(3, ':');
    let mut number = || {
        let part = parts.next().filter(|part| part.len() == 4)?;
        u16::from_str_radix(part, 16).ok()
    };
    let (vendor, product) = (number()?, number()?);
    let serial = parts.next().unwrap_or_default();
    (serial.len() <= LONGEST && !serial.chars().any(char::is_control)).then_some((vendor, product, serial))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(address: &str) -> Result<String, BadConnection> {
        let address = address.to_owned();
        Connection::Network { address }
            .checked()
            .map(|checked| checked.to_string())
    }

    #[test]
    fn a_network_address_is_a_host_with_a_port() {
        for (typed, meant) in [
            ("192.168.1.50", "192.168.1.50:9100"),
            (" 10.0.0.7:9101 ", "10.0.0.7:9101"),
            ("Printer.shop", "printer.shop:9100"),
            ("::1", "[::1]:9100"),
            ("[fe80::1]:515", "[fe80::1]:515"),
        ] {
            assert_eq!(at(typed).as_deref(), Ok(meant), "{typed}");
        }
        for wrong in [
            "",
            "192.168.1",
            "1.2.3.4:0",
            "http://x",
            "a b",
            "a:b",
            "-x",
            "host:99999",
            "host/path",
            "a..b",
        ] {
            assert_eq!(at(wrong), Err(BadConnection::Address), "{wrong}");
        }
    }

    #[test]
    fn a_serial_port_is_a_device_and_no_other_file() {
        let serial = |port: &str| {
            let port = port.to_owned();
            Connection::Serial { port, baud: 9_600 }.checked().is_ok()
        };
        assert!(
            serial("/dev/ttyUSB0")
                && serial("COM3")
                && serial("/dev/serial/by-id/usb-x")
                && serial("/dev/pts/7")
        );
        for wrong in [
            "",
            "/etc/passwd",
            "/dev/../etc/passwd",
            "COM0",
            "COM",
            "ttyS0",
            "/dev/",
            "/dev/a b",
        ] {
            assert!(!serial(wrong), "{wrong}");
        }
    }

    #[test]
    fn a_printers_name_is_no_option_of_the_program_that_prints() {
        let named = |name: &str| {
            Connection::System {
                name: name.to_owned(),
            }
            .checked()
            .is_ok()
        };
        assert!(named("Epson TM-T82"));
        for wrong in ["", "-o raw", "a\nb"] {
            assert!(!named(wrong), "{wrong:?}");
        }
    }

    #[test]
    fn a_usb_device_is_named_by_its_numbers() {
        assert_eq!(usb("04b8:0202"), Some((0x04b8, 0x0202, "")));
        assert_eq!(usb("04b8:0202:X5:1"), Some((0x04b8, 0x0202, "X5:1")));
        for wrong in ["", "04b8", "4b8:202", "zzzz:0202"] {
            assert_eq!(usb(wrong), None, "{wrong}");
        }
    }
}
