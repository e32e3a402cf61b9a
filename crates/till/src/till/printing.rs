//! Printing receipts. A print is committed before its first byte leaves and is never repeated by the program; it holds up
//! neither a payment nor the next sale.

use std::path::{Path, PathBuf};
use std::sync::PoisonError;

use super::print_settings::checked;
use super::receipts::Look;
use super::{Till, TillError};
use crate::print::{self, Bitmap, Connection, PrintSettings, PrintTrouble, Printed, PrinterSetup};
use crate::receipt::{Block, Row, rows, test_page};
use crate::reference::Reference;
use crate::store::{DrawerCash, NewPrint, PrintJob, PrintState, PrintWhat, ReceiptOf};
use crate::tender::{Leg, TenderKind};

/// So many of the pages that were handed to the system are kept.
const PAGES: i64 = 32;

/// What became of a print, and which copy it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PrintOutcome {
    /// What became of it.
    pub printed: Printed,
    /// Which copy; a second one is marked as a duplicate.
    pub copy: u32,
}

/// What was done by itself once money had moved; none where nothing was to be done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Served {
    /// Whether the drawer was opened.
    pub drawer: Option<Printed>,
    /// What became of the receipt.
    pub receipt: Option<PrintOutcome>,
}

/// Where the receipts of this till's payments go.
struct Job<'a> {
    printer: &'a PrinterSetup,
    settings: &'a PrintSettings,
    title: String,
    blocks: Vec<Block>,
}

impl Till {
    /// Prints a test page with settings that need not be saved yet.
    ///
    /// # Errors
    /// When no manager is signed in, no printer is set, or its address cannot be one.
    pub fn test_print(&self, settings: &PrintSettings) -> Result<Printed, TillError> {
        self.require_manager()?;
        let settings = checked(settings)?;
        let printer = settings.printer.as_ref().ok_or(TillError::NoPrinter)?;
        let blocks = self.test_blocks(&settings, &settings.footer, self.store.receipt_logo()?.is_some())?;
        let _alone = self.printer.lock().unwrap_or_else(PoisonError::into_inner);
        let job = Job {
            printer,
            settings: &settings,
            title: "Kaunter".to_owned(),
            blocks,
        };
        self.deliver("test", &job, |_| Ok(()))
    }

    /// Prints a receipt because somebody asked for it. A copy after the first is marked as a duplicate. Returns when the printer
    /// is done with it, so it is called where waiting holds up nothing.
    ///
    /// # Errors
    /// When nobody is signed in, no printer is set, there is no receipt, more may be taken for the sale, or the store failed:
    /// nothing was printed then, and no copy is counted.
    pub fn print_receipt(&self, of: &ReceiptOf) -> Result<PrintOutcome, TillError> {
        let staff = self.require()?.id;
        // It would count as the receipt of the sale that it is only a part of.
        if self.is_too_soon(of)? {
            return Err(TillError::ReceiptTooSoon);
        }
        let settings = self.store.print_settings()?;
        self.print(of, &settings, Some(staff), false)?
            .ok_or(TillError::NoReceipt)
    }

    /// Prints the receipt of a payment that has just gone through, where the shop wants that of each. Once: whatever comes of it,
    /// the program does not do it again.
    ///
    /// # Errors
    /// When the store failed: nothing was printed then.
    pub fn print_by_itself(&self, of: &ReceiptOf) -> Result<Option<PrintOutcome>, TillError> {
        let settings = self.store.print_settings()?;
        match settings.when {
            print::PrintWhen::Off | print::PrintWhen::Ask => Ok(None),
            print::PrintWhen::Always if settings.printer.is_none() => Ok(None),
            print::PrintWhen::Always => self.print(of, &settings, None, true),
        }
    }

    /// What happens by itself once money was taken, or given back: the drawer opens where that was cash, or cash is handed out
    /// beside it or comes back with it, and where the ticket is paid in full its receipt is printed, if the shop wants that of each.
    /// The one does not wait for the other's going well.
    ///
    /// # Errors
    /// When it cannot be read what there is to do: nothing was done then.
    pub fn serve_paper(&self, reference: &Reference) -> Result<Served, TillError> {
        let of = self.receipt_of(reference)?;
        let (leg, complete) = match &of {
            // A void has no receipt by itself.
            ReceiptOf::Payment(payment) => {
                let payment = self.store.payment(payment)?;
                (Some(Leg::Payment(Box::new(payment))), false)
            }
            ReceiptOf::Ticket(ticket) if self.store.sold_on(*ticket)? == *ticket => {
                let standing = self.store.standing(*ticket)?;
                let leg = standing.legs.iter().find(|leg| leg.reference() == reference);
                (leg.cloned(), standing.is_paid())
            }
            ReceiptOf::Ticket(ticket) => {
                let back = self.store.return_of(*ticket)?;
                let complete = back.receipt.is_some();
                (back.refund.filter(|leg| leg.reference() == reference), complete)
            }
        };
        let mut served = Served::default();
        // A cash-out may turn out to be approved long after: nobody is there then to look after an open drawer.
        let attended =
            |cash: &DrawerCash<'_>| !matches!(cash, DrawerCash::CashOut(_)) || self.signed_in().is_some();
        if let Some(cash) = leg.as_ref().and_then(drawer_cash).filter(attended) {
            served.drawer = self.open_drawer(&of, cash).unwrap_or_else(|error| {
                log::error!("the drawer could not be opened: {error}");
                Some(Printed::No(PrintTrouble::Stopped))
            });
        }
        if complete {
            served.receipt = self.print_by_itself(&of).unwrap_or_else(|error| {
                log::error!("a receipt could not be printed: {error}");
                Some(PrintOutcome {
                    printed: Printed::No(PrintTrouble::Stopped),
                    copy: 1,
                })
            });
        }
        Ok(served)
    }

    /// Opens the drawer once for this cash, where one is plugged into the printer.
    fn open_drawer(&self, of: &ReceiptOf, cash: DrawerCash<'_>) -> Result<Option<Printed>, TillError> {
        let settings = self.store.print_settings()?;
        let Some(printer) = settings
            .printer
            .filter(|printer| printer.drawer && printer.connection.is_direct())
        else {
            return Ok(None);
        };
        let _alone = self.printer.lock().unwrap_or_else(PoisonError::into_inner);
        let name = printer.connection.to_string();
        let print = NewPrint {
            what: PrintWhat::Drawer(cash),
            of,
            printer: &name,
            by_itself: true,
            staff: None,
            at: self.clock.now(),
        };
        let Some(job) = self.store.prepare_print(&print)? else {
            return Ok(None);
        };
        let went = |state| self.went(&job, state);
        let opened = match print::ready_to_open(&printer.connection, self.print_limits) {
            Err(trouble) => Ok(ended(went, Printed::No(trouble))),
            // Not a byte before this is on the disk.
            Ok(ready) => went(PrintState::Sent).map(|()| ended(went, ready.open_drawer())),
        };
        self.or_gave_up(&job, opened).map(Some)
    }

    /// A receipt's rows as they stand on paper and on the page.
    ///
    /// # Errors
    /// When nobody is signed in, there is no receipt, or the store fails.
    pub fn receipt_rows(&self, of: &ReceiptOf, copy: u32) -> Result<Vec<Row>, TillError> {
        self.looks()?;
        let settings = self.store.print_settings()?;
        let look = self.look(
            &settings,
            &settings.footer,
            self.store.receipt_logo()?.is_some(),
            Some(copy),
        )?;
        let made = self.make_receipt(of, &look)?.ok_or(TillError::NoReceipt)?;
        Ok(rows(&made.blocks, settings.paper.columns()))
    }

    /// The last time that a receipt was to be printed, if it ever was.
    ///
    /// # Errors
    /// When nobody is signed in or the store fails.
    pub fn last_print(&self, of: &ReceiptOf) -> Result<Option<PrintJob>, TillError> {
        self.looks()?;
        Ok(self.store.last_print(of)?)
    }

    /// Writes a receipt as a page into a folder, under a name that no other file there has.
    ///
    /// # Errors
    /// When nobody is signed in, there is no receipt, or the file cannot be written.
    pub fn save_receipt_page(&self, of: &ReceiptOf, folder: &Path) -> Result<PathBuf, TillError> {
        self.require()?;
        let settings = self.store.print_settings()?;
        let logo = self.logo()?;
        let look = self.look(&settings, &settings.footer, logo.is_some(), None)?;
        let made = self.make_receipt(of, &look)?.ok_or(TillError::NoReceipt)?;
        let rows = rows(&made.blocks, settings.paper.columns());
        let name = match of {
            ReceiptOf::Ticket(_) => format!("receipt-{:04}", made.number),
            ReceiptOf::Payment(_) => format!("void-{:04}", made.number),
        };
        let page = print::pdf(&name, &rows, settings.paper, logo.as_ref())?;
        Ok(write_new(folder, &name, &page)?)
    }

    /// What an earlier run left half printed. Nothing is printed.
    pub(super) fn recover_prints(&self) -> Result<(), TillError> {
        Ok(self.store.recover_prints(self.clock.now())?)
    }

    pub(super) fn logo(&self) -> Result<Option<Bitmap>, TillError> {
        let kept = self.store.receipt_logo()?;
        Ok(kept.map(|png| print::kept_logo(&png)).transpose()?)
    }

    pub(super) fn look<'a>(
        &self,
        settings: &PrintSettings,
        footer: &'a [String],
        logo: bool,
        copy: Option<u32>,
    ) -> Result<Look<'a>, TillError> {
        Ok(Look {
            speech: settings.languages.speech(self.spoken()?),
            footer,
            logo,
            code: settings.code,
            copy,
        })
    }

    pub(super) fn test_blocks(
        &self,
        settings: &PrintSettings,
        footer: &[String],
        logo: bool,
    ) -> Result<Vec<Block>, TillError> {
        let store = self.store.store_settings()?.ok_or(TillError::NotSetUp)?;
        let speech = settings.languages.speech(self.spoken()?);
        Ok(test_page(&store, footer, logo, speech))
    }

    /// None where the program has printed it by itself before, or there is no receipt.
    fn print(
        &self,
        of: &ReceiptOf,
        settings: &PrintSettings,
        staff: Option<i64>,
        by_itself: bool,
    ) -> Result<Option<PrintOutcome>, TillError> {
        let printer = settings.printer.as_ref().ok_or(TillError::NoPrinter)?;
        // One after the other: the number of a copy counts those before it, and paper is no place for two at once.
        let _alone = self.printer.lock().unwrap_or_else(PoisonError::into_inner);
        let logo = self.store.receipt_logo()?.is_some();
        let look = |copy| self.look(settings, &settings.footer, logo, Some(copy));
        if self.make_receipt(of, &look(1)?)?.is_none() {
            return Ok(None);
        }
        let name = printer.connection.to_string();
        let print = NewPrint {
            what: PrintWhat::Receipt,
            of,
            printer: &name,
            by_itself,
            staff,
            at: self.clock.now(),
        };
        let Some(job) = self.store.prepare_print(&print)? else {
            return Ok(None);
        };
        let delivered = look(job.copy)
            .and_then(|look| self.make_receipt(of, &look))
            .and_then(|made| {
                let made = made.ok_or(TillError::NoReceipt)?;
                let receipt = Job {
                    printer,
                    settings,
                    title: format!("{:04}", made.number),
                    blocks: made.blocks,
                };
                // The queue may read a page long after it was handed over: no page is written over the one before it.
                let file = format!("receipt-{}", job.id.rem_euclid(PAGES));
                self.deliver(&file, &receipt, |state| self.went(&job, state))
            });
        Ok(Some(PrintOutcome {
            printed: self.or_gave_up(&job, delivered)?,
            copy: job.copy,
        }))
    }

    /// What failed before its first byte is not printed, and counts as no copy.
    fn or_gave_up(&self, job: &PrintJob, done: Result<Printed, TillError>) -> Result<Printed, TillError> {
        if done.is_err() {
            ended(|state| self.went(job, state), Printed::No(PrintTrouble::Stopped));
        }
        done
    }

    fn went(&self, job: &PrintJob, state: PrintState) -> Result<(), TillError> {
        Ok(self.store.print_went(job.id, state, self.clock.now())?)
    }

    /// Prints; `went` commits each step before the next is taken. Through the system it does so from a page of the name `file`.
    ///
    /// # Errors
    /// When something failed before the first byte left.
    fn deliver(
        &self,
        file: &str,
        job: &Job<'_>,
        went: impl Fn(PrintState) -> Result<(), TillError>,
    ) -> Result<Printed, TillError> {
        let paper = job.settings.paper;
        let logo = self.logo()?;
        let rows = rows(&job.blocks, paper.columns());
        match &job.printer.connection {
            connection
            @ (Connection::Network { .. } | Connection::Serial { .. } | Connection::Usb { .. }) => {
                let bytes = print::encode(&rows, job.settings.dialect(job.printer), logo.as_ref())
                    .map_err(|error| TillError::Unprintable(error.to_string()))?;
                self.send(connection, &bytes, went)
            }
            Connection::System { name } => {
                let page = print::pdf(&job.title, &rows, paper, logo.as_ref())?;
                let path = write_page(&self.store.folder().join("print"), file, &page)?;
                went(PrintState::Sent)?;
                let size = print::page_size(&rows, paper, logo.as_ref());
                let printed = print::print_page(name, &job.title, &path, size, self.print_limits.system);
                Ok(ended(went, printed))
            }
        }
    }

    fn send(
        &self,
        connection: &Connection,
        bytes: &[u8],
        went: impl Fn(PrintState) -> Result<(), TillError>,
    ) -> Result<Printed, TillError> {
        let printed = match print::ready(connection, self.print_limits) {
            Err(trouble) => Printed::No(trouble),
            Ok(ready) => {
                // Not a byte before this is on the disk.
                went(PrintState::Sent)?;
                ready.send(bytes)
            }
        };
        Ok(ended(went, printed))
    }
}

/// The cash that a leg moves through the drawer, if it does: none where rounding left nothing of it, and of a cash-out that
/// evidence contradicts nobody hands any out.
fn drawer_cash(leg: &Leg) -> Option<DrawerCash<'_>> {
    match leg {
        Leg::Tender(tender) if tender.kind != TenderKind::Cash || tender.moved.is_zero() => None,
        Leg::Tender(tender) if tender.counts() => Some(DrawerCash::Tender(&tender.reference)),
        Leg::Tender(tender) => Some(DrawerCash::TakenBack(&tender.reference)),
        Leg::Payment(payment) if payment.cash.is_some() && leg.counts() && !payment.conflict => {
            Some(DrawerCash::CashOut(&payment.reference))
        }
        Leg::Payment(_) => None,
    }
}

/// What became of it is known, whether or not it can be committed. A row that stays *sent* reads as *may have been printed* after
/// a restart, one that stays *prepared* as *not printed*.
fn ended(went: impl Fn(PrintState) -> Result<(), TillError>, printed: Printed) -> Printed {
    if let Err(error) = went(PrintState::Ended(printed)) {
        log::error!("what became of a print ({printed:?}) could not be saved: {error}");
    }
    printed
}

/// Writes a file that was not there before: `name.pdf`, `name-2.pdf`, …
fn write_new(folder: &Path, name: &str, bytes: &[u8]) -> std::io::Result<PathBuf> {
    use std::io::Write;
    std::fs::create_dir_all(folder)?;
    for turn in 1_u32.. {
        let name = if turn == 1 {
            format!("{name}.pdf")
        } else {
            format!("{name}-{turn}.pdf")
        };
        let path = folder.join(name);
        match std::fs::File::options().write(true).create_new(true).open(&path) {
            Ok(mut file) => {
                file.write_all(bytes)?;
                file.sync_all()?;
                return Ok(path);
            }
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(std::io::ErrorKind::AlreadyExists.into())
}

/// Writes a page that the system's printing reads.
fn write_page(folder: &Path, name: &str, page: &[u8]) -> std::io::Result<PathBuf> {
    std::fs::create_dir_all(folder)?;
    let path = folder.join(name).with_extension("pdf");
    std::fs::write(&path, page)?;
    Ok(path)
}
