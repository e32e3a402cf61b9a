//! Printing: the receipt as dots, as a page and as a printer's commands, and the ways to a printer. The only part of the till that
//! talks to printers.

mod codepage;
mod connection;
mod draw;
mod escpos;
mod fonts;
mod paper;
mod pdf;
mod picture;
mod send;
mod settings;
mod status;
mod system;
mod usb;
mod wire;

pub use codepage::CodePage;
pub use connection::{BAUD_RATES, BadConnection, Connection};
pub use draw::{Drawing, draw, draw_row};
pub use escpos::{Dialect, encode};
pub use paper::{PageSize, Paper, page_size};
pub use pdf::{PdfFailed, pdf};
pub use picture::Bitmap;
pub(crate) use picture::{kept_logo, logo};
pub use send::{PrintTrouble, Printed, Ready, ready, ready_to_open};
pub use settings::{FOOTER_LINES, FOOTER_WIDTH, PrintSettings, PrintWhen, PrinterSetup, ReceiptLanguages};
pub use status::Fault;
pub use system::{print_page, system_printers};
pub use usb::UsbPrinter;
pub use wire::PrintLimits;

/// A place that a printer may be at, to choose from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    /// Serial ports.
    pub serial: Vec<String>,
    /// USB devices that are printers.
    pub usb: Vec<UsbPrinter>,
    /// The system's printers.
    pub system: Vec<String>,
}

/// Looks for printers on this computer; those on the network are typed.
#[must_use]
pub fn look_for_printers(limits: PrintLimits) -> Places {
    let ports = serialport::available_ports().unwrap_or_default();
    let mut serial: Vec<String> = ports.into_iter().map(|port| port.port_name).collect();
    serial.sort();
    Places {
        serial,
        usb: usb::plugged_in(),
        system: system_printers(limits.system),
    }
}
