//! The optional fields: what the merchant sets for every payment, and what the counter adds to one sale.

use cloudecr::without_outer_blanks;
use serde_json::json;

use super::{Till, TillError};
use crate::options::{PaymentOptions, PaymentOptionsForm};
use crate::payment::Extras;
use crate::store::{EntryKind, NewEntry};
use crate::ticket::Ticket;

impl Till {
    /// What the merchant set about payments.
    ///
    /// # Errors
    /// When nobody is signed in or the store fails.
    pub fn payment_options(&self) -> Result<PaymentOptions, TillError> {
        self.looks()?;
        Ok(self.store.payment_options(self.currency()?)?)
    }

    /// Saves what the merchant sets about payments, once every field of it is one that the gateway takes.
    ///
    /// # Errors
    /// When no manager is signed in, [`TillError::Field`], [`TillError::CashRules`], or the store fails.
    pub fn save_payment_options(&self, form: &PaymentOptionsForm) -> Result<PaymentOptions, TillError> {
        let manager = self.require_manager()?;
        let cash_out = form.rules(self.currency()?).map_err(|_| TillError::CashRules)?;
        if !cash_out.are_sound() {
            return Err(TillError::CashRules);
        }
        let always = Extras {
            // More slips than there are cannot be asked for; the check says so.
            print_count: form
                .print_count
                .map(|count| u8::try_from(count).unwrap_or(u8::MAX)),
            reference_label: given(&form.reference_label),
            product_index: given(&form.product_index),
            metadata: given(&form.metadata),
            ..Extras::default()
        };
        always.check()?;
        let options = PaymentOptions {
            cash_out,
            always,
            asks_product: form.asks_product,
            asks_promo: form.asks_promo,
        };
        self.store.save_payment_options(&options)?;
        let entry = NewEntry {
            kind: EntryKind::Settings,
            at: self.clock.now(),
            staff: Some(manager.id),
            body: json!({
                "did": "changed the payment options",
                "cashOut": cash_out.offered,
                "cashMost": cash_out.most.to_string(),
                "cashStep": cash_out.step.to_string(),
                "always": options.always,
            }),
        };
        self.store.note(None, &entry)?;
        Ok(options)
    }

    /// Sets the note, the product and the promotion of the ticket at the counter; empty ones are taken off. A product or
    /// a promotion that the merchant does not offer is not taken.
    ///
    /// # Errors
    /// When nobody is signed in, [`TillError::Field`], the ticket cannot change, or the store fails.
    pub fn set_ticket_extras(
        &self,
        note: &str,
        product_index: &str,
        promo_sale: &str,
    ) -> Result<Ticket, TillError> {
        self.require()?;
        let currency = self.currency()?;
        let options = self.store.payment_options(currency)?;
        let extras = Extras {
            note: given(note),
            product_index: given(product_index).filter(|_| options.asks_product),
            promo_sale: given(promo_sale).filter(|_| options.asks_promo),
            ..Extras::default()
        };
        extras.check()?;
        Ok(self.store.set_extras(currency, &extras, self.clock.now())?)
    }
}

/// What somebody typed, without the blanks at its ends; none where nothing is left.
fn given(text: &str) -> Option<String> {
    Some(without_outer_blanks(text).to_owned()).filter(|text| !text.is_empty())
}
