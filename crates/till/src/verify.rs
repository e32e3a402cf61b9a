//! `kaunter --verify-journal`: reads a till's journal from beginning to end, also while the till runs.

use std::path::Path;
use std::sync::Arc;

use crate::store::{JournalFault, Store, StoreError};
use crate::till::{TillError, kept_journal_key};
use crate::vault::Vault;

/// A journal that is whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalReport {
    /// How many entries it has.
    pub entries: i64,
    /// The beginning of the last entry's code: what a shift's report prints, so that a cut tail shows.
    pub head: String,
}

/// Checks the journal of the till in `folder`, whose key is in the vault that `vault` opens for the till's name. Writes
/// nothing.
///
/// # Errors
/// When there is no till or it cannot be read; the inner error names the first entry that does not fit.
pub fn verify(
    folder: &Path,
    vault: impl FnOnce(&str) -> Arc<dyn Vault>,
) -> Result<Result<JournalReport, JournalFault>, TillError> {
    let store = Store::open_to_read(folder)?;
    let id = store.till_id(|| Err(TillError::from(StoreError::Missing(crate::store::Thing::Row))))?;
    let key = kept_journal_key(vault(&id).as_ref())?.ok_or(TillError::NotSetUp)?;
    store.seal_with(key);
    Ok(store
        .verify_journal()?
        .map(|(entries, head)| JournalReport { entries, head }))
}
