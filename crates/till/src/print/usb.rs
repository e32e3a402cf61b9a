//! Printers on USB, by their printer class, without a driver of the system's. On Windows only a printer that was given WinUSB can
//! be reached like this; the others are reached through the system.

use std::io::{self, ErrorKind};
use std::time::Duration;

use nusb::transfer::{Bulk, Direction, In, Out, TransferError};
use nusb::{DeviceInfo, Endpoint, MaybeFuture};

use super::connection::usb;
use super::wire::{Broken, Wire};

/// The class of printers, by the USB standard.
const PRINTER: u8 = 7;
/// How many bytes are handed over at once.
const PIECE: usize = 4096;

/// A printer on USB, to choose from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsbPrinter {
    /// What [`super::Connection::Usb`] calls it.
    pub device: String,
    /// What it calls itself.
    pub name: String,
}

/// The printers that are plugged in.
pub(super) fn plugged_in() -> Vec<UsbPrinter> {
    let Ok(devices) = nusb::list_devices().wait() else {
        return Vec::new();
    };
    devices
        .filter(is_printer)
        .map(|device| {
            let serial = device.serial_number().unwrap_or_default();
            let numbers = format!("{:04x}:{:04x}", device.vendor_id(), device.product_id());
            let names = [device.manufacturer_string(), device.product_string()];
            let name = names.into_iter().flatten().collect::<Vec<_>>().join(" ");
            UsbPrinter {
                name: if name.trim().is_empty() {
                    numbers.clone()
                } else {
                    name
                },
                device: if serial.is_empty() {
                    numbers
                } else {
                    format!("{numbers}:{serial}")
                },
            }
        })
        .collect()
}

fn is_printer(device: &DeviceInfo) -> bool {
    device.class() == PRINTER || device.interfaces().any(|interface| interface.class() == PRINTER)
}

/// A printer on USB that is claimed.
pub(super) struct UsbWire {
    out: Endpoint<Bulk, Out>,
    /// A printer may be one that cannot answer.
    back: Option<Endpoint<Bulk, In>>,
    heard: Vec<u8>,
}

impl UsbWire {
    pub(super) fn open(device: &str) -> io::Result<Self> {
        let (vendor, product, serial) = usb(device).ok_or(ErrorKind::InvalidInput)?;
        let info = nusb::list_devices()
            .wait()?
            .find(|info| {
                info.vendor_id() == vendor
                    && info.product_id() == product
                    && (serial.is_empty() || info.serial_number() == Some(serial))
            })
            .ok_or(ErrorKind::NotFound)?;
        let opened = info.open().wait()?;
        let (number, out, back) = opened
            .active_configuration()
            .map_err(io::Error::other)?
            .interface_alt_settings()
            .find_map(|setting| {
                let bulk = |direction| {
                    setting
                        .endpoints()
                        .find(|end| {
                            end.direction() == direction
                                && end.transfer_type() == nusb::descriptors::TransferType::Bulk
                        })
                        .map(|end| end.address())
                };
                let fits = setting.class() == PRINTER || info.class() == PRINTER;
                let out = bulk(Direction::Out).filter(|_| fits && setting.alternate_setting() == 0)?;
                Some((setting.interface_number(), out, bulk(Direction::In)))
            })
            .ok_or(ErrorKind::Unsupported)?;
        let interface = opened.detach_and_claim_interface(number).wait()?;
        Ok(Self {
            out: interface.endpoint(out)?,
            back: back.map(|back| interface.endpoint(back)).transpose()?,
            heard: Vec::new(),
        })
    }
}

impl Wire for UsbWire {
    fn send(&mut self, bytes: &[u8], limit: Duration) -> Result<(), Broken> {
        let until = std::time::Instant::now() + limit;
        let mut taken = 0;
        for piece in bytes.chunks(PIECE) {
            let left = until.saturating_duration_since(std::time::Instant::now());
            let done = self
                .out
                .transfer_blocking(piece.to_vec().into(), left.max(Duration::from_millis(1)));
            taken += done.actual_len;
            if let Err(error) = done.status {
                return Err(Broken {
                    taken: at_least(taken, error),
                    why: why(error),
                });
            }
        }
        Ok(())
    }

    fn hear(&mut self, limit: Duration) -> io::Result<Option<u8>> {
        if let Some(byte) = self.heard.pop() {
            return Ok(Some(byte));
        }
        let Some(back) = &mut self.back else {
            return Ok(None);
        };
        let room = back.allocate(back.max_packet_size());
        let done = back.transfer_blocking(room, limit.max(Duration::from_millis(1)));
        match done.status {
            Ok(()) => {
                self.heard = done.buffer.iter().rev().copied().collect();
                Ok(self.heard.pop())
            }
            Err(TransferError::Cancelled) => Ok(None),
            Err(error) => Err(why(error)),
        }
    }

    /// Every transfer was acknowledged by the printer already.
    fn close(&mut self, _limit: Duration) -> io::Result<()> {
        Ok(())
    }
}

/// How many bytes a printer is held to have taken where a transfer ended badly. That it was none is proven only by one that was
/// called off with its bytes counted, as Linux counts them; a device that stalled or is gone may have had some that nobody counted.
fn at_least(counted: usize, error: TransferError) -> usize {
    let is_counted = error == TransferError::Cancelled && cfg!(target_os = "linux");
    if is_counted { counted } else { counted.max(1) }
}

fn why(error: TransferError) -> io::Error {
    match error {
        TransferError::Cancelled => ErrorKind::TimedOut.into(),
        other => io::Error::other(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_printer_that_broke_off_is_never_held_to_have_had_nothing() {
        for error in [
            TransferError::Stall,
            TransferError::Disconnected,
            TransferError::Fault,
            TransferError::Unknown(5),
        ] {
            assert_eq!(at_least(0, error), 1, "{error}");
            assert_eq!(at_least(700, error), 700, "{error}");
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_transfer_that_was_called_off_took_what_was_counted() {
        assert_eq!(at_least(0, TransferError::Cancelled), 0);
        assert_eq!(at_least(64, TransferError::Cancelled), 64);
    }
}
