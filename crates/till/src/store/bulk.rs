//! Years of business in a minute, for measuring: approved sales as the till itself leaves them, many to a commit, and a shelf
//! of many thousand items.

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Transaction, params};
use serde_json::json;

use super::journal::{self, EntryKind, JournalKey, NewEntry};
use super::rows::millis;
use super::{Store, StoreError};
use crate::entropy::Entropy;
use crate::items::sheet::{Fate, PlannedRow};
use crate::items::{Barcode, ItemFacts};
use crate::money::{Amount, Currency, Unit};
use crate::payment::PaymentEvent;
use crate::reference::Reference;

/// How many payments one commit holds.
const AT_ONCE: i64 = 20_000;

impl Store {
    /// Writes `count` approved card sales, one a second up to `until`: rows with receipt and transaction, and their
    /// chained journal entries (with short bodies). The store must not have any receipt yet.
    ///
    /// # Errors
    /// When there is no randomness for the references, or they cannot be committed.
    pub fn fill(
        &self,
        count: i64,
        terminal: &str,
        until: Timestamp,
        entropy: &dyn Entropy,
    ) -> Result<(), StoreError> {
        let key = self.key()?;
        let mut receipt = 0;
        while receipt < count {
            let last = count.min(receipt.saturating_add(AT_ONCE));
            self.write(|transaction| {
                while receipt < last {
                    receipt += 1;
                    let at = until
                        .checked_sub(SignedDuration::from_secs(count.saturating_sub(receipt)))
                        .unwrap_or(until);
                    let reference =
                        Reference::new(at, entropy).map_err(|error| StoreError::Failed(error.to_string()))?;
                    sale(transaction, key, terminal, receipt, &reference, at)?;
                }
                Ok(())
            })?;
        }
        Ok(())
    }
}

impl Store {
    /// Puts `count` items on the shelf, of names like those of a shop: some words that thousands share, some that few have,
    /// with accents and in Chinese; each with a code and a barcode, under forty headings.
    ///
    /// # Errors
    /// When they cannot be committed.
    pub fn fill_items(&self, count: u32) -> Result<(), StoreError> {
        const KINDS: [&str; 12] = [
            "Kopi",
            "Teh",
            "Nasi",
            "Roti",
            "Mee",
            "Ayam",
            "Café",
            "Crème",
            "白咖啡",
            "奶茶",
            "Shampoo",
            "Air",
        ];
        const SORTS: [&str; 10] = [
            "O", "ais", "panas", "goreng", "lemak", "kari", "brûlée", "Ipoh", "segar", "tawar",
        ];
        const PACKS: [&str; 8] = [
            "250 ml", "500 ml", "1 l", "100 g", "1 kg", "(10)", "jumbo", "mini",
        ];
        let mut first = 0;
        while first < count {
            let last = count.min(first.saturating_add(10_000));
            let items: Vec<ItemFacts> = (first..last)
                .map(|number| {
                    let of = |list: &[&'static str], every: u32| {
                        let turn = number.checked_div(every).unwrap_or(0);
                        let place = usize::try_from(turn)
                            .unwrap_or(0)
                            .checked_rem(list.len())
                            .unwrap_or(0);
                        list.get(place).copied().unwrap_or_default()
                    };
                    let (kind, sort, pack) = (of(&KINDS, 1), of(&SORTS, 12), of(&PACKS, 120));
                    let barcode = format!("955{number:010}");
                    Ok(ItemFacts {
                        name: format!("{kind} {sort} {pack} No {number}"),
                        price: Amount::from_minor(i64::from(100 + number % 5_000), Currency::Myr)?,
                        category: format!("Shelf {}", number % 40),
                        code: Some(format!("SKU-{number:06}")),
                        barcodes: Barcode::parse(&barcode).into_iter().collect(),
                        tax_class: None,
                        unit: Unit::Each,
                        sold_out: number % 50 == 0,
                    })
                })
                .collect::<Result<_, StoreError>>()?;
            self.add_items(&items)?;
            first = last;
        }
        Ok(())
    }
}

impl Store {
    /// Imports these items as a file of them would be, all of them new.
    ///
    /// # Errors
    /// When they cannot be committed.
    pub fn import_new(&self, items: Vec<ItemFacts>, staff: i64, at: Timestamp) -> Result<bool, StoreError> {
        let (state, _) = self.shelf(Currency::Myr)?;
        let rows: Vec<PlannedRow> = (2..)
            .zip(items)
            .map(|(line, facts)| PlannedRow {
                line,
                fate: Fate::New,
                facts,
            })
            .collect();
        self.import_items(&rows, state, staff, at)
    }
}

fn sale(
    transaction: &Transaction<'_>,
    key: &JournalKey,
    terminal: &str,
    receipt: i64,
    reference: &Reference,
    at: Timestamp,
) -> Result<(), StoreError> {
    let trans_id = format!("FILL{receipt:09}");
    let salient = json!({ "trans_id": trans_id, "inv_no": format!("{receipt:06}"), "channel": "visa",
                          "card": "411111******1111", "approval_code": "123456" });
    transaction
        .prepare_cached(
            "INSERT INTO payment (reference, kind, terminal, method, amount_minor, currency, state, created_at, sent_at,
                                  changed_at, receipt, trans_id, salient, search)
             VALUES (?1, 'sale', ?2, 'bankCard', 1250, 'MYR', 'approved', ?3, ?3, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            reference.as_str(),
            terminal,
            millis(at),
            receipt,
            trans_id,
            salient.to_string(),
            format!("{reference} 12.50 {receipt:04} {trans_id} visa 411111******1111").to_lowercase(),
        ])?;
    let entries = [
        (
            EntryKind::Prepared,
            None,
            json!({ "kind": "sale", "terminal": terminal, "amount": "12.50" }),
        ),
        (
            EntryKind::Sent,
            Some(PaymentEvent::Sent),
            json!({ "request": {} }),
        ),
        (
            EntryKind::Answer,
            Some(PaymentEvent::Approved),
            json!({ "http": 200, "finding": "approved" }),
        ),
    ];
    for (kind, event, body) in entries {
        let entry = NewEntry {
            kind,
            at,
            staff: None,
            body,
        };
        journal::append(transaction, key, Some(reference), event, &entry)?;
    }
    Ok(())
}
