//! The acquirer's book: what really happened to the customers' money, whatever the POS heard of it. An entry is
//! written at the moment the acquirer acts, before any answer is on its way.

use serde::Serialize;

/// One charge, or one attempt that the acquirer decided on. A void has no entry of its own; it turns its original's
/// status to [`EntryStatus::Voided`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    /// The POS's reference for it.
    pub reference_id: String,
    /// The acquirer's number for it.
    pub trans_id: String,
    /// The terminal that took it.
    pub terminal_id: String,
    /// `sale` or `cashOut`.
    pub trans_type: String,
    /// The amount as on the wire, in the simulator's one currency: `12.50`.
    pub amount: String,
    /// What became of it.
    pub status: EntryStatus,
}

/// What the acquirer knows of the money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum EntryStatus {
    /// The customer was charged.
    Charged,
    /// The customer was charged, and the charge was taken back.
    Voided,
    /// The channel has not decided.
    Pending,
    /// The customer was not charged.
    Declined,
}

/// All entries, in the order in which the acquirer acted.
#[derive(Debug, Default)]
pub(crate) struct Book {
    entries: Vec<Entry>,
}

impl Book {
    /// The entries so far.
    pub(crate) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Writes an entry.
    pub(crate) fn write(&mut self, entry: Entry) {
        self.entries.push(entry);
    }

    /// What the book says of a transaction.
    pub(crate) fn status(&self, trans_id: &str) -> Option<EntryStatus> {
        self.entries
            .iter()
            .find(|entry| entry.trans_id == trans_id)
            .map(|entry| entry.status)
    }

    /// Corrects what the book says of a transaction. One that it does not know stays unknown.
    pub(crate) fn set_status(&mut self, trans_id: &str, status: EntryStatus) {
        if let Some(entry) = self.entries.iter_mut().find(|entry| entry.trans_id == trans_id) {
            entry.status = status;
        }
    }
}
