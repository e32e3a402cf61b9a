//! What a manager sets about receipts: the printer, the words, the picture, and how it all looks before it is printed.

use serde_json::json;

use super::{Till, TillError, entered};
use crate::print::{self, Drawing, FOOTER_LINES, FOOTER_WIDTH, Places, PrintSettings, PrinterSetup};
use crate::receipt::rows;
use crate::store::{EntryKind, NewEntry};

impl Till {
    /// What was set about receipts.
    ///
    /// # Errors
    /// When nobody is signed in or the store fails.
    pub fn print_settings(&self) -> Result<PrintSettings, TillError> {
        self.looks()?;
        Ok(self.store.print_settings()?)
    }

    /// Saves what is set about receipts, checked.
    ///
    /// # Errors
    /// When no manager is signed in, an address cannot be one, or a text does not fit.
    pub fn save_print_settings(&self, settings: &PrintSettings) -> Result<PrintSettings, TillError> {
        let manager = self.require_manager()?;
        let settings = checked(settings)?;
        self.store.save_print_settings(&settings)?;
        let printer = settings
            .printer
            .as_ref()
            .map(|printer| printer.connection.to_string());
        self.note_setting(
            manager.id,
            json!({ "did": "changed the printing of receipts", "printer": printer }),
        )?;
        Ok(settings)
    }

    /// Takes a file as the shop's picture on receipts, or has none.
    ///
    /// # Errors
    /// When no manager is signed in, or the file is no picture.
    pub fn set_receipt_logo(&self, file: Option<&[u8]>) -> Result<(), TillError> {
        let manager = self.require_manager()?;
        let png = file.map(|file| print::logo(file)?.png()).transpose()?;
        self.store.save_receipt_logo(png.as_deref())?;
        self.note_setting(manager.id, json!({ "did": "changed the picture on receipts" }))
    }

    fn note_setting(&self, staff: i64, body: serde_json::Value) -> Result<(), TillError> {
        let entry = NewEntry {
            kind: EntryKind::Settings,
            at: self.clock.now(),
            staff: Some(staff),
            body,
        };
        Ok(self.store.note(None, &entry)?)
    }

    /// The shop's picture, as a PNG of the dots that are printed.
    ///
    /// # Errors
    /// When nobody is signed in or the store fails.
    pub fn receipt_logo(&self) -> Result<Option<Vec<u8>>, TillError> {
        self.looks()?;
        Ok(self.store.receipt_logo()?)
    }

    /// Looks for printers on this computer.
    ///
    /// # Errors
    /// When no manager is signed in.
    pub fn printers(&self) -> Result<Places, TillError> {
        self.require_manager()?;
        Ok(print::look_for_printers(self.print_limits))
    }

    /// How a receipt would look with these settings: the newest one, or a test page before there is any.
    ///
    /// # Errors
    /// When no manager is signed in, or a text does not fit.
    pub fn preview_receipt(&self, settings: &PrintSettings) -> Result<Drawing, TillError> {
        self.manager_looks()?;
        let footer = texts(settings)?;
        let logo = self.logo()?;
        let newest = self.store.newest_receipt()?;
        let look = self.look(settings, &footer, logo.is_some(), None)?;
        let made = newest
            .map(|of| self.make_receipt(&of, &look))
            .transpose()?
            .flatten();
        let blocks = match made {
            Some(made) => made.blocks,
            None => self.test_blocks(settings, &footer, logo.is_some())?,
        };
        let rows = rows(&blocks, settings.paper.columns());
        Ok(print::draw(&rows, settings.paper, logo.as_ref()))
    }
}

/// The settings with every text and address checked.
pub(super) fn checked(settings: &PrintSettings) -> Result<PrintSettings, TillError> {
    let printer = settings.printer.as_ref().map(|printer| {
        Ok::<_, TillError>(PrinterSetup {
            connection: printer.connection.checked()?,
            ..printer.clone()
        })
    });
    Ok(PrintSettings {
        printer: printer.transpose()?,
        footer: texts(settings)?,
        ..settings.clone()
    })
}

fn texts(settings: &PrintSettings) -> Result<Vec<String>, TillError> {
    if settings.footer.len() > FOOTER_LINES {
        return Err(TillError::TextTooLong(FOOTER_LINES * FOOTER_WIDTH));
    }
    settings
        .footer
        .iter()
        .map(|line| entered(line, FOOTER_WIDTH))
        .collect()
}
