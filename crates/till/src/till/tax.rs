//! What a manager sets about sales and service tax. Each change is journaled: it changes what customers pay.

use serde_json::json;

use super::{Till, TillError, entered, needed};
use crate::money::Rate;
use crate::store::{EntryKind, NewEntry};
use crate::tax::{SST_NUMBER_LIMIT, TAX_NAME_LIMIT, TaxClass, TaxSettings};

impl Till {
    /// What the merchant set about tax, and the classes that are offered.
    ///
    /// # Errors
    /// When nobody is signed in or the store fails.
    pub fn tax(&self) -> Result<(TaxSettings, Vec<TaxClass>), TillError> {
        self.looks()?;
        Ok((self.store.tax_settings()?, self.store.tax_classes()?))
    }

    /// Saves what the merchant sets about tax.
    ///
    /// # Errors
    /// When no manager is signed in, the number is too long, or the default class is not offered.
    pub fn save_tax_settings(&self, settings: &TaxSettings) -> Result<(), TillError> {
        let manager = self.require_manager()?;
        let settings = TaxSettings {
            sst_number: entered(&settings.sst_number, SST_NUMBER_LIMIT)?,
            ..*settings
        };
        let entry = self.tax_entry(
            manager.id,
            json!({
                "did": "changed the tax settings",
                "charged": settings.enabled,
                "included": settings.included,
                "sstNumber": settings.sst_number,
                "defaultClass": settings.default_class,
            }),
        );
        Ok(self.store.save_tax_settings(&settings, &entry)?)
    }

    /// Adds a tax class, or changes the one of that number.
    ///
    /// # Errors
    /// When no manager is signed in, the name or the rate does not do, or there is one like it.
    pub fn save_tax_class(&self, id: Option<i64>, name: &str, rate: &str) -> Result<(), TillError> {
        let manager = self.require_manager()?;
        let name = needed(name, TAX_NAME_LIMIT)?;
        let rate = Rate::parse(rate)?;
        let did = if id.is_some() {
            "changed a tax class"
        } else {
            "added a tax class"
        };
        let entry = self.tax_entry(
            manager.id,
            json!({ "did": did, "class": id, "name": name, "rate": rate.to_string() }),
        );
        Ok(self.store.save_tax_class(id, &name, rate, &entry)?)
    }

    /// Offers a tax class no more.
    ///
    /// # Errors
    /// When no manager is signed in, open amounts or items have it, or there is none of that number.
    pub fn remove_tax_class(&self, id: i64) -> Result<(), TillError> {
        let manager = self.require_manager()?;
        let entry = self.tax_entry(manager.id, json!({ "did": "removed a tax class", "class": id }));
        Ok(self.store.remove_tax_class(id, &entry)?)
    }

    fn tax_entry(&self, manager: i64, body: serde_json::Value) -> NewEntry {
        NewEntry {
            kind: EntryKind::Settings,
            at: self.clock.now(),
            staff: Some(manager),
            body,
        }
    }
}
