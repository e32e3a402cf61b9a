//! The journal: append-only, each entry chained to the one before by an HMAC whose key is in the keyring.

use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::Value;
use sha2::Sha256;

use super::rows::{millis, optional_reference, timestamp};
use super::{Store, StoreError};
use crate::payment::PaymentEvent;
use crate::reference::Reference;

/// The key of the chain. Lives in the keyring; its `Debug` shows nothing.
#[derive(Clone)]
pub struct JournalKey([u8; 64]);

impl JournalKey {
    /// From the keyring's 64 bytes, which is one block of SHA-256.
    #[must_use]
    pub const fn new(bytes: [u8; 64]) -> Self {
        Self(bytes)
    }

    fn mac(&self) -> Hmac<Sha256> {
        Hmac::new(&self.0.into())
    }
}

impl std::fmt::Debug for JournalKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("JournalKey(…)")
    }
}

/// What an entry is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EntryKind {
    /// A payment came into being.
    Prepared,
    /// Its request, as it was about to leave.
    Sent,
    /// What came back.
    Answer,
    /// A question to the gateway about a payment, with its answer and what that proved.
    Inquiry,
    /// What a restart made of a payment that an earlier run left open.
    Recovered,
    /// Evidence that contradicts what was settled.
    Conflict,
    /// The original's side of an approved void.
    Voided,
    /// What a person decided.
    Decision,
    /// Another slip was asked for, or what came of that. It moves no money and changes no payment.
    Print,
    /// Cash or a card by hand was taken, or something given back.
    Tender,
    /// What was taken of a ticket was handed back before it was paid in full.
    TenderUndone,
    /// Somebody said that what was given back is handed over.
    HandedOver,
    /// A return, or that one did not come about.
    Return,
    /// What a person did to a ticket that a manager would want to know of, such as a discount.
    Ticket,
    /// Staff: signed in, added, changed, removed, wrong PIN, PIN reset.
    Staff,
    /// Set-up and settings.
    Settings,
}

impl EntryKind {
    const ALL: [Self; 16] = [
        Self::Prepared,
        Self::Sent,
        Self::Answer,
        Self::Inquiry,
        Self::Recovered,
        Self::Conflict,
        Self::Voided,
        Self::Decision,
        Self::Print,
        Self::Tender,
        Self::TenderUndone,
        Self::HandedOver,
        Self::Return,
        Self::Ticket,
        Self::Staff,
        Self::Settings,
    ];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Prepared => "prepared",
            Self::Sent => "sent",
            Self::Answer => "answer",
            Self::Inquiry => "inquiry",
            Self::Recovered => "recovered",
            Self::Conflict => "conflict",
            Self::Voided => "voided",
            Self::Decision => "decision",
            Self::Print => "print",
            Self::Tender => "tender",
            Self::TenderUndone => "tender_undone",
            Self::HandedOver => "handed_over",
            Self::Return => "return",
            Self::Ticket => "ticket",
            Self::Staff => "staff",
            Self::Settings => "settings",
        }
    }
}

/// An entry about to be written.
#[derive(Debug, Clone)]
pub struct NewEntry {
    /// What it is about.
    pub kind: EntryKind,
    /// When it happened.
    pub at: Timestamp,
    /// Who did it, where a person did.
    pub staff: Option<i64>,
    /// The rest, as JSON without secrets.
    pub body: Value,
}

/// An entry as it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct JournalEntry {
    /// Its place, from 1, without gaps.
    pub seq: i64,
    /// When it happened.
    pub at: Timestamp,
    /// The payment it is about.
    pub reference: Option<Reference>,
    /// What it is about.
    pub kind: EntryKind,
    /// What it did to the payment's state.
    pub event: Option<PaymentEvent>,
    /// Who did it, where a person did.
    pub staff: Option<i64>,
    /// The rest.
    pub body: Value,
}

/// Appends `entry`, chained to the last one.
pub(super) fn append(
    connection: &Connection,
    key: &JournalKey,
    reference: Option<&Reference>,
    event: Option<PaymentEvent>,
    entry: &NewEntry,
) -> Result<(), StoreError> {
    let last: Option<(i64, Vec<u8>)> = connection
        .prepare_cached("SELECT seq, mac FROM journal ORDER BY seq DESC LIMIT 1")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let (seq, before) = last.map_or((1, Vec::new()), |(seq, mac)| (seq + 1, mac));
    let row = Row {
        seq,
        at: millis(entry.at),
        reference: reference.map(ToString::to_string),
        kind: entry.kind.name().to_owned(),
        event: event.map(|event| event.name().to_owned()),
        staff: entry.staff,
        body: entry.body.to_string(),
    };
    let mac = row.mac(key, &before);
    connection.prepare_cached(
        "INSERT INTO journal (seq, at, reference, kind, event, staff, body, mac) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute(params![row.seq, row.at, row.reference, row.kind, row.event, row.staff, row.body, mac])?;
    Ok(())
}

/// An entry in the form that its code is computed over.
pub(super) struct Row {
    pub(super) seq: i64,
    pub(super) at: i64,
    pub(super) reference: Option<String>,
    pub(super) kind: String,
    pub(super) event: Option<String>,
    pub(super) staff: Option<i64>,
    pub(super) body: String,
}

impl Row {
    pub(super) fn mac(&self, key: &JournalKey, before: &[u8]) -> Vec<u8> {
        let mut mac = key.mac();
        mac.update(before);
        mac.update(&self.seq.to_be_bytes());
        mac.update(&self.at.to_be_bytes());
        // Each text is preceded by its length, so that no two rows read alike; -1 stands for none.
        for text in [
            self.reference.as_deref(),
            Some(&self.kind),
            self.event.as_deref(),
            Some(&self.body),
        ] {
            let length = text.map_or(-1, |text| i64::try_from(text.len()).unwrap_or(i64::MAX));
            mac.update(&length.to_be_bytes());
            mac.update(text.unwrap_or_default().as_bytes());
        }
        mac.update(&self.staff.unwrap_or(-1).to_be_bytes());
        mac.finalize().into_bytes().to_vec()
    }
}

impl Store {
    /// Writes an entry that changes no payment's state: staff, settings, evidence.
    ///
    /// # Errors
    /// When it cannot be committed.
    pub fn note(&self, reference: Option<&Reference>, entry: &NewEntry) -> Result<(), StoreError> {
        let key = self.key()?;
        self.write(|transaction| append(transaction, key, reference, None, entry))
    }

    /// Everything the journal has of one payment, oldest first.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn journal_of(&self, reference: &Reference) -> Result<Vec<JournalEntry>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT seq, at, reference, kind, event, staff, body FROM journal WHERE reference = ?1 ORDER BY seq",
            )?;
            let entries = statement
                .query_map([reference.as_str()], |row| {
                    Ok(JournalEntry {
                        seq: row.get(0)?,
                        at: timestamp(row, 1)?,
                        reference: optional_reference(row, 2)?,
                        kind: kind(row)?,
                        event: super::rows::parse_optional(row, 4)?,
                        staff: row.get(5)?,
                        body: super::rows::json(row, 6)?,
                    })
                })?
                .collect::<Result<Vec<_>, _>>()?;
            Ok(entries)
        })
    }
}

fn kind(row: &rusqlite::Row<'_>) -> rusqlite::Result<EntryKind> {
    let name: String = row.get(3)?;
    EntryKind::ALL
        .into_iter()
        .find(|kind| kind.name() == name)
        .ok_or_else(|| super::rows::unreadable(3, crate::payment::UnknownName(name)))
}
