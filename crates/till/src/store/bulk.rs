//! Years of business in a minute, for measuring: approved sales as the till itself leaves them, many to a commit.

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Transaction, params};
use serde_json::json;

use super::journal::{self, EntryKind, JournalKey, NewEntry};
use super::rows::millis;
use super::{Store, StoreError};
use crate::entropy::Entropy;
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
