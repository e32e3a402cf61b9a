//! Receipts and the printer: what is set, what is found, and what became of a print.

use serde::{Deserialize, Serialize};
use till::print::{
    CodePage, Connection, Paper, Places, PrintSettings, PrintTrouble, PrintWhen, Printed, PrinterSetup,
    ReceiptLanguages,
};
use till::{PrintJob, PrintOutcome, PrintState, Served};
use ts_rs::TS;

use super::Language;
use crate::error::{CommandError, ErrorCode};

/// How the printer is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub(crate) enum PrinterKind {
    None,
    Network,
    Serial,
    Usb,
    System,
}

/// The letters that the printer has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub(crate) enum PrinterPage {
    Cp437,
    Cp850,
    Cp852,
    Cp858,
    Cp1252,
    Drawn,
}

/// The paper's width in millimetres.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub(crate) enum PaperWidth {
    #[serde(rename = "58")]
    Mm58,
    #[serde(rename = "80")]
    Mm80,
}

/// When a receipt is printed without being asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub(crate) enum PrintTime {
    Off,
    Ask,
    Always,
}

/// What is set about receipts, as it is shown and as it comes back. What does not belong to the kind is empty.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PrintForm {
    pub(crate) kind: PrinterKind,
    pub(crate) address: String,
    pub(crate) port: String,
    pub(crate) baud: u32,
    pub(crate) device: String,
    pub(crate) name: String,
    pub(crate) page: PrinterPage,
    pub(crate) cut: bool,
    pub(crate) drawer: bool,
    pub(crate) paper: PaperWidth,
    pub(crate) when: PrintTime,
    /// None for the till's.
    pub(crate) first: Option<Language>,
    /// None for one language.
    pub(crate) second: Option<Language>,
    pub(crate) footer: Vec<String>,
    pub(crate) code: bool,
}

/// What is set, and the shop's picture.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PrintSettingsView {
    pub(crate) form: PrintForm,
    pub(crate) baud_rates: Vec<u32>,
    /// For an `<img>`.
    pub(crate) logo: Option<String>,
}

/// A printer on USB.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct UsbPrinterView {
    pub(crate) device: String,
    pub(crate) name: String,
}

/// The printers of this computer.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct PlacesView {
    pub(crate) serial: Vec<String>,
    pub(crate) usb: Vec<UsbPrinterView>,
    pub(crate) system: Vec<String>,
}

/// How a receipt prints.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PreviewView {
    /// For an `<img>`.
    pub(crate) picture: String,
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) lacks_letters: bool,
}

/// What became of a print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PrintedState {
    /// The printer says so.
    Printed,
    /// It was sent, and the printer says nothing.
    Sent,
    NotPrinted,
    PerhapsPrinted,
}

/// Why something was not, or may not have been, printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PrinterTrouble {
    NotReached,
    NotAllowed,
    NoPaper,
    CoverOpen,
    Offline,
    Broken,
    NoAnswer,
    Refused,
    Stopped,
}

/// What became of a print, and which copy it was.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct PrintView {
    pub(crate) state: PrintedState,
    pub(crate) trouble: Option<PrinterTrouble>,
    pub(crate) copy: u32,
}

/// What became of a receipt that was printed, and of a drawer that was opened, without being asked for.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct PrintNews {
    pub(crate) reference: String,
    pub(crate) print: Option<PrintView>,
    /// For whoever is not looking at the sale any more.
    pub(crate) problem: Option<CommandError>,
    /// Why the drawer may be shut.
    pub(crate) drawer: Option<CommandError>,
}

impl PrintNews {
    pub(crate) fn new(reference: String, served: Served) -> Self {
        let problem = served.receipt.and_then(|outcome| match outcome.printed {
            Printed::Yes | Printed::Sent => None,
            Printed::No(_) => Some(ErrorCode::ReceiptNotPrinted),
            Printed::Perhaps(_) => Some(ErrorCode::ReceiptPerhapsPrinted),
        });
        let drawer = served.drawer.and_then(|opened| match opened {
            Printed::Yes | Printed::Sent => None,
            Printed::No(_) | Printed::Perhaps(_) => Some(ErrorCode::DrawerShut),
        });
        let error = |code| CommandError::new(code, "");
        Self {
            reference,
            print: served.receipt.map(PrintView::from),
            problem: problem.map(error),
            drawer: drawer.map(error),
        }
    }
}

impl PrintSettingsView {
    pub(crate) fn new(settings: &PrintSettings, logo: Option<&[u8]>) -> Self {
        Self {
            form: settings.into(),
            baud_rates: till::print::BAUD_RATES.to_vec(),
            logo: logo.map(super::wallets::png),
        }
    }
}

impl PreviewView {
    pub(crate) fn new(png: &[u8], drawing: &till::print::Drawing) -> Self {
        Self {
            picture: super::wallets::png(png),
            width: drawing.bitmap.width().into(),
            height: drawing.bitmap.height().into(),
            lacks_letters: drawing.lacks_letters,
        }
    }
}

impl PrintView {
    pub(crate) fn new(printed: Printed, copy: u32) -> Self {
        let (state, trouble) = match printed {
            Printed::Yes => (PrintedState::Printed, None),
            Printed::Sent => (PrintedState::Sent, None),
            Printed::No(why) => (PrintedState::NotPrinted, Some(why.into())),
            Printed::Perhaps(why) => (PrintedState::PerhapsPrinted, Some(why.into())),
        };
        Self { state, trouble, copy }
    }

    /// None while it is still being printed.
    pub(crate) fn of_job(job: &PrintJob) -> Option<Self> {
        match job.state {
            PrintState::Ended(printed) => Some(Self::new(printed, job.copy)),
            PrintState::Prepared | PrintState::Sent => None,
        }
    }
}

impl From<PrintOutcome> for PrintView {
    fn from(outcome: PrintOutcome) -> Self {
        Self::new(outcome.printed, outcome.copy)
    }
}

impl From<PrintTrouble> for PrinterTrouble {
    fn from(trouble: PrintTrouble) -> Self {
        match trouble {
            PrintTrouble::NotReached => Self::NotReached,
            PrintTrouble::NotAllowed => Self::NotAllowed,
            PrintTrouble::NoPaper => Self::NoPaper,
            PrintTrouble::CoverOpen => Self::CoverOpen,
            PrintTrouble::Offline => Self::Offline,
            PrintTrouble::Broken => Self::Broken,
            PrintTrouble::NoAnswer => Self::NoAnswer,
            PrintTrouble::Refused => Self::Refused,
            PrintTrouble::Stopped => Self::Stopped,
        }
    }
}

impl From<Places> for PlacesView {
    fn from(places: Places) -> Self {
        Self {
            serial: places.serial,
            usb: places
                .usb
                .into_iter()
                .map(|printer| UsbPrinterView {
                    device: printer.device,
                    name: printer.name,
                })
                .collect(),
            system: places.system,
        }
    }
}

impl From<&PrintSettings> for PrintForm {
    fn from(settings: &PrintSettings) -> Self {
        let printer = settings.printer.as_ref();
        let mut form = Self {
            kind: PrinterKind::None,
            address: String::new(),
            port: String::new(),
            baud: till::print::BAUD_RATES[0],
            device: String::new(),
            name: String::new(),
            page: printer.map(|printer| printer.page).unwrap_or_default().into(),
            cut: printer.is_none_or(|printer| printer.cut),
            drawer: printer.is_some_and(|printer| printer.drawer),
            paper: match settings.paper {
                Paper::Mm58 => PaperWidth::Mm58,
                Paper::Mm80 => PaperWidth::Mm80,
            },
            when: match settings.when {
                PrintWhen::Off => PrintTime::Off,
                PrintWhen::Ask => PrintTime::Ask,
                PrintWhen::Always => PrintTime::Always,
            },
            first: settings.languages.first.map(Into::into),
            second: settings.languages.second.map(Into::into),
            footer: settings.footer.clone(),
            code: settings.code,
        };
        match printer.map(|printer| &printer.connection) {
            None => {}
            Some(Connection::Network { address }) => {
                form.kind = PrinterKind::Network;
                form.address.clone_from(address);
            }
            Some(Connection::Serial { port, baud }) => {
                form.kind = PrinterKind::Serial;
                form.port.clone_from(port);
                form.baud = *baud;
            }
            Some(Connection::Usb { device }) => {
                form.kind = PrinterKind::Usb;
                form.device.clone_from(device);
            }
            Some(Connection::System { name }) => {
                form.kind = PrinterKind::System;
                form.name.clone_from(name);
            }
        }
        form
    }
}

impl From<PrintForm> for PrintSettings {
    fn from(form: PrintForm) -> Self {
        let connection = match form.kind {
            PrinterKind::None => None,
            PrinterKind::Network => Some(Connection::Network {
                address: form.address,
            }),
            PrinterKind::Serial => Some(Connection::Serial {
                port: form.port,
                baud: form.baud,
            }),
            PrinterKind::Usb => Some(Connection::Usb { device: form.device }),
            PrinterKind::System => Some(Connection::System { name: form.name }),
        };
        Self {
            printer: connection.map(|connection| PrinterSetup {
                connection,
                page: form.page.into(),
                cut: form.cut,
                drawer: form.drawer,
            }),
            paper: match form.paper {
                PaperWidth::Mm58 => Paper::Mm58,
                PaperWidth::Mm80 => Paper::Mm80,
            },
            when: match form.when {
                PrintTime::Off => PrintWhen::Off,
                PrintTime::Ask => PrintWhen::Ask,
                PrintTime::Always => PrintWhen::Always,
            },
            languages: ReceiptLanguages {
                first: form.first.map(Into::into),
                second: form.second.map(Into::into),
            },
            footer: form.footer,
            code: form.code,
        }
    }
}

impl From<CodePage> for PrinterPage {
    fn from(page: CodePage) -> Self {
        match page {
            CodePage::Cp437 => Self::Cp437,
            CodePage::Cp850 => Self::Cp850,
            CodePage::Cp852 => Self::Cp852,
            CodePage::Cp858 => Self::Cp858,
            CodePage::Cp1252 => Self::Cp1252,
            CodePage::Drawn => Self::Drawn,
        }
    }
}

impl From<PrinterPage> for CodePage {
    fn from(page: PrinterPage) -> Self {
        match page {
            PrinterPage::Cp437 => Self::Cp437,
            PrinterPage::Cp850 => Self::Cp850,
            PrinterPage::Cp852 => Self::Cp852,
            PrinterPage::Cp858 => Self::Cp858,
            PrinterPage::Cp1252 => Self::Cp1252,
            PrinterPage::Drawn => Self::Drawn,
        }
    }
}
