//! Cash and cards taken by hand, and where a ticket stands: what nothing but the store may add up, in one transaction
//! with what it decides.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::json;

use super::journal::{self, EntryKind, NewEntry};
use super::lookup::{COLUMNS as PAYMENT_COLUMNS, read_payment};
use super::rows::{millis, parse};
use super::settings::put;
use super::tender_rows::{COLUMNS, FROM, Taken, insert, note, read_tender, tender_in, tenders_in};
use super::ticket_rows::read_ticket;
use super::tickets::{Typed, ring_up_typed};
use super::{Store, StoreError, Thing, hand_over, receipts};
use crate::money::{Amount, Currency, MoneyError, Rounding};
use crate::reference::Reference;
use crate::tender::{Direction, Leg, Standing, Tender, TenderKind, TenderRefused};

/// The setting that says how totals are rounded.
pub(super) const ROUNDING: &str = "rounding";
/// A slip that was counted this long ago may have the same number as another by chance.
const SAME_SLIP_MS: i64 = 36 * 60 * 60 * 1_000;

/// A leg that is about to be taken.
#[derive(Debug, Clone)]
pub struct NewTender {
    /// Its fresh reference.
    pub reference: Reference,
    /// The ticket that it pays.
    pub ticket: i64,
    /// What was due when somebody decided to take it, with what was typed.
    pub due: Amount,
    /// What was typed and goes on the ticket with it.
    pub typed: Option<Typed>,
    /// The part of what is due; none for all.
    pub part: Option<Amount>,
    /// How.
    pub means: Means,
    /// Who takes it.
    pub staff: Option<i64>,
    /// Now.
    pub at: Timestamp,
}

/// What was handed back of a ticket.
#[derive(Debug, Clone)]
pub struct Undone {
    /// Cash and cards taken by hand.
    pub tenders: Vec<Tender>,
    /// The cash to hand over.
    pub cash: Amount,
    /// Where the ticket stands after it.
    pub standing: Standing,
}

/// How a leg is taken.
#[derive(Debug, Clone)]
pub enum Means {
    /// In cash: what the customer handed over, if somebody counted it.
    Cash {
        /// The notes and coins.
        given: Option<Amount>,
    },
    /// By a card, by hand.
    ManualCard {
        /// The slip's number, in its one form.
        proof: String,
        /// The manager who approved it.
        approved_by: i64,
    },
}

impl Store {
    /// How the shop rounds totals; as it starts, before anything was set.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn rounding(&self, currency: Currency) -> Result<Rounding, StoreError> {
        self.read(|connection| rounding_set(connection, currency))
    }

    /// Sets how the shop rounds totals, and journals who did, in one commit. Tickets that were begun keep what they were
    /// begun with.
    ///
    /// # Errors
    /// When it cannot be committed.
    pub fn set_rounding(&self, rounding: Rounding, entry: &NewEntry) -> Result<(), StoreError> {
        let key = self.key()?;
        let text = serde_json::to_string(&rounding).map_err(|why| StoreError::Failed(why.to_string()))?;
        self.write(|transaction| {
            put(transaction, ROUNDING, &text)?;
            journal::append(transaction, key, None, None, entry)
        })
    }

    /// Where a ticket stands.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when there is none.
    pub fn standing(&self, ticket: i64) -> Result<Standing, StoreError> {
        self.read(|connection| standing_in(connection, ticket))
    }

    /// What was taken for a ticket, or given back by a return, besides payments; oldest first.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn tenders_of(&self, ticket: i64) -> Result<Vec<Tender>, StoreError> {
        self.read(|connection| tenders_in(connection, ticket))
    }

    /// One tender.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when there is none of that reference.
    pub fn tender(&self, reference: &Reference) -> Result<Tender, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached(&format!("SELECT {COLUMNS} FROM {FROM} WHERE t.reference = ?1"))?
                .query_row([reference.as_str()], read_tender)
                .optional()?
                .ok_or(StoreError::Missing(Thing::Payment))
        })
    }

    /// Takes a leg of the ticket at the counter, and gives the ticket its receipt number if it is the first.
    ///
    /// # Errors
    /// [`StoreError::TicketTaken`] while a payment of the ticket is open, [`StoreError::Tender`] for what cannot be taken,
    /// or what the disk says. Nothing was taken then.
    pub fn take_tender(&self, new: &NewTender) -> Result<Tender, StoreError> {
        let key = self.key()?;
        self.write(|transaction| {
            if let Some(typed) = &new.typed {
                ring_up_typed(transaction, new.ticket, typed)?;
            }
            let standing = standing_in(transaction, new.ticket)?;
            refuse_a_leg(transaction, &standing)?;
            if new.due != standing.due {
                return Err(TenderRefused::DueChanged(standing.due).into());
            }
            let row = Taken::of(transaction, new, &standing)?;
            keep_rounding(transaction, new.ticket, standing.rounding)?;
            let receipt = receipts::give(transaction, new.ticket)?;
            insert(transaction, &row, receipt)?;
            note(
                transaction,
                key,
                EntryKind::Tender,
                &row,
                json!({ "due": standing.due.to_string() }),
            )?;
            tender_in(transaction, &new.reference)
        })
    }

    /// Hands back everything that was taken of a ticket in cash and by hand, before it is paid in full. Payments of it are
    /// voided apart.
    ///
    /// # Errors
    /// [`StoreError::TicketTaken`] while a payment of the ticket is open, [`TenderRefused::Returned`] where returns have given
    /// back what was taken, or [`TenderRefused::NotPartlyPaid`].
    pub fn undo_tenders(
        &self,
        ticket: i64,
        staff: i64,
        approved_by: Option<i64>,
        at: Timestamp,
    ) -> Result<Undone, StoreError> {
        let key = self.key()?;
        self.write(|transaction| {
            let standing = standing_in(transaction, ticket)?;
            if let Some(open) = standing.in_the_way {
                return Err(StoreError::TicketTaken(open));
            }
            if standing.returned {
                return Err(TenderRefused::Returned.into());
            }
            if !standing.is_partly_paid() {
                return Err(TenderRefused::NotPartlyPaid.into());
            }
            let (mut tenders, mut cash) = (Vec::new(), Amount::zero(standing.total.currency()));
            for leg in standing.taken() {
                let Leg::Tender(tender) = leg else { continue };
                transaction
                    .prepare_cached("UPDATE tender SET undone_at = ?2 WHERE reference = ?1")?
                    .execute(params![tender.reference.as_str(), millis(at)])?;
                let entry = NewEntry {
                    kind: EntryKind::TenderUndone,
                    at,
                    staff: Some(staff),
                    body: json!({ "ticket": ticket, "kind": tender.kind.name(), "back": tender.moved.to_string(),
                                  "approvedBy": approved_by }),
                };
                journal::append(transaction, key, Some(&tender.reference), None, &entry)?;
                hand_over::begin(transaction, tender)?;
                if tender.kind == TenderKind::Cash {
                    cash = cash.plus(tender.moved)?;
                }
                tenders.push(tender_in(transaction, &tender.reference)?);
            }
            Ok(Undone {
                tenders,
                cash,
                standing: standing_in(transaction, ticket)?,
            })
        })
    }

    /// Puts a ticket that is aside and partly paid back at the counter, where nothing else may be rung up.
    ///
    /// # Errors
    /// By what stands at the counter ([`StoreError::TicketInTheWay`] where it is unpaid, or as for closing that one), or
    /// [`TenderRefused::NotPartlyPaid`] where nothing is left to do.
    pub fn resume_ticket(&self, ticket: i64) -> Result<(), StoreError> {
        self.write(|transaction| {
            let standing = standing_in(transaction, ticket)?;
            if !standing.is_partly_paid() {
                return Err(TenderRefused::NotPartlyPaid.into());
            }
            let here: Option<i64> = transaction
                .query_row(
                    "SELECT id FROM ticket WHERE status = 'current' AND id <> ?1",
                    [ticket],
                    |row| row.get(0),
                )
                .optional()?;
            if let Some(here) = here {
                make_room(transaction, here)?;
            }
            transaction.execute("UPDATE ticket SET status = 'current' WHERE id = ?1", [ticket])?;
            Ok(())
        })
    }
}

/// Closes the ticket at the counter, if somebody is done with it: it is paid, or nothing is on it.
pub(super) fn make_room(connection: &Connection, here: i64) -> Result<(), StoreError> {
    refuse_to_close(connection, here)?;
    let ticket = read_ticket(connection, here)?;
    if !ticket.frozen && !ticket.lines.is_empty() {
        return Err(StoreError::TicketInTheWay);
    }
    connection.execute("UPDATE ticket SET status = 'closed' WHERE id = ?1", [here])?;
    Ok(())
}

impl Taken {
    fn of(connection: &Connection, new: &NewTender, standing: &Standing) -> Result<Self, StoreError> {
        let refused = |error| match error {
            MoneyError::TooLarge => StoreError::from(TenderRefused::MoreThanDue(standing.due)),
            MoneyError::NotPositive => TenderRefused::NoCoin.into(),
            other @ (MoneyError::Empty | MoneyError::Malformed(_) | MoneyError::Mixed(..)) => other.into(),
        };
        let (kind, amount, moved, given, proof, approved_by) = match &new.means {
            Means::Cash { given } => {
                let leg = standing.in_cash(new.part).map_err(refused)?;
                if given.is_some_and(|given| given.minor() < leg.moved.minor()) {
                    return Err(TenderRefused::NotEnough(leg.moved).into());
                }
                (TenderKind::Cash, leg.settles, leg.moved, *given, None, None)
            }
            Means::ManualCard { proof, approved_by } => {
                let part = standing.part(new.part).map_err(refused)?;
                refuse_a_known_slip(connection, proof, new.at)?;
                (
                    TenderKind::ManualCard,
                    part,
                    part,
                    None,
                    Some(proof.clone()),
                    Some(*approved_by),
                )
            }
        };
        Ok(Self {
            reference: new.reference.clone(),
            ticket: new.ticket,
            kind,
            direction: Direction::In,
            amount,
            moved,
            given,
            proof,
            staff: new.staff,
            approved_by,
            at: new.at,
        })
    }
}

/// What keeps every further leg from a ticket.
fn refuse_a_leg(connection: &Connection, standing: &Standing) -> Result<(), StoreError> {
    if let Some(open) = &standing.in_the_way {
        return Err(StoreError::TicketTaken(open.clone()));
    }
    if standing.returned {
        return Err(TenderRefused::Returned.into());
    }
    let current: bool = connection.query_row(
        "SELECT status = 'current' FROM ticket WHERE id = ?1",
        [standing.ticket],
        |row| row.get(0),
    )?;
    if !current {
        return Err(TenderRefused::NotCurrent.into());
    }
    if standing.due.is_zero() {
        return Err(TenderRefused::NothingDue.into());
    }
    Ok(())
}

/// Whether a payment of `amount` may be begun for a ticket, said by name: nothing of it is open, what is due is what
/// somebody saw, where anybody looked, and no more is charged. From here on the ticket is rounded as the shop rounds now.
pub(super) fn refuse_a_charge(
    connection: &Connection,
    ticket: i64,
    amount: Amount,
    due: Option<Amount>,
) -> Result<(), StoreError> {
    let standing = standing_in(connection, ticket)?;
    if let Some(open) = standing.in_the_way {
        return Err(StoreError::TicketTaken(open));
    }
    if standing.returned {
        return Err(TenderRefused::Returned.into());
    }
    // One that was set aside is found by its payment; one that is done with, or parked, takes none.
    let takes_one: bool = connection
        .prepare_cached(
            "SELECT status = 'current' OR (status = 'aside' AND parked_as IS NULL) FROM ticket WHERE id = ?1",
        )?
        .query_row([ticket], |row| row.get(0))?;
    if !takes_one {
        return Err(TenderRefused::NotCurrent.into());
    }
    if due.is_some_and(|due| due != standing.due) {
        return Err(TenderRefused::DueChanged(standing.due).into());
    }
    let charged = standing.taken().find_map(|leg| match leg {
        Leg::Payment(payment) => Some(payment.reference.clone()),
        Leg::Tender(_) => None,
    });
    match (standing.due.minus(amount), charged) {
        (Ok(_), _) => keep_rounding(connection, ticket, standing.rounding),
        (Err(MoneyError::NotPositive), Some(charged)) if standing.due.is_zero() => {
            Err(StoreError::TicketTaken(charged))
        }
        (Err(MoneyError::NotPositive), None) if standing.due.is_zero() => {
            Err(TenderRefused::NothingDue.into())
        }
        (Err(MoneyError::NotPositive), _) => Err(TenderRefused::MoreThanDue(standing.due).into()),
        (Err(error), _) => Err(error.into()),
    }
}

/// Whether a ticket may be done with: nothing of it is open, and it is paid in full or not at all.
pub(super) fn refuse_to_close(connection: &Connection, ticket: i64) -> Result<(), StoreError> {
    let standing = standing_in(connection, ticket)?;
    let open = standing.legs.iter().find_map(|leg| match leg {
        Leg::Payment(payment) => (!payment.state.is_final()).then(|| payment.reference.clone()),
        Leg::Tender(_) => None,
    });
    match open {
        Some(open) => Err(StoreError::TicketTaken(open)),
        None if standing.is_partly_paid() => Err(TenderRefused::PartlyPaid.into()),
        None => Ok(()),
    }
}

/// A slip of the same number that was counted lately: as a payment through the gateway, or by hand.
fn refuse_a_known_slip(connection: &Connection, proof: &str, at: Timestamp) -> Result<(), StoreError> {
    let since = millis(at).saturating_sub(SAME_SLIP_MS);
    let known: Option<Reference> = connection
        .prepare_cached(
            "SELECT reference FROM tender WHERE proof = ?1 AND direction = 'in' AND undone_at IS NULL AND at > ?2
             UNION ALL
             SELECT reference FROM payment WHERE created_at > ?2 AND kind <> 'void'
             AND ?1 IN (upper(salient ->> 'approval_code'), upper(salient ->> 'inv_no'), upper(salient ->> 'rrn'))
             LIMIT 1",
        )?
        .query_row(params![proof, since], |row| parse(row, 0))
        .optional()?;
    known.map_or(Ok(()), |known| Err(TenderRefused::ProofKnown(known).into()))
}

/// The ticket stays rounded as it was when its first leg was begun.
fn keep_rounding(connection: &Connection, ticket: i64, rounding: Rounding) -> Result<(), StoreError> {
    connection
        .prepare_cached("UPDATE ticket SET rounding = ?2 WHERE id = ?1 AND rounding IS NULL")?
        .execute(params![ticket, rounding.name()])?;
    Ok(())
}

fn rounding_set(connection: &Connection, currency: Currency) -> Result<Rounding, StoreError> {
    let text: Option<String> = connection
        .prepare_cached("SELECT value FROM setting WHERE name = ?1")?
        .query_row([ROUNDING], |row| row.get(0))
        .optional()?;
    match text {
        Some(text) => serde_json::from_str(&text).map_err(|why| StoreError::Unreadable(why.to_string())),
        None => Ok(Rounding::usual(currency)),
    }
}

/// Where a ticket stands, inside a transaction or out of one.
pub(super) fn standing_in(connection: &Connection, ticket: i64) -> Result<Standing, StoreError> {
    let ticket = read_ticket(connection, ticket)?;
    let mut legs: Vec<Leg> = connection
        .prepare_cached(&format!(
            "SELECT {PAYMENT_COLUMNS} FROM payment p WHERE p.ticket = ?1 AND p.kind <> 'void'"
        ))?
        .query_map([ticket.id], |row| Ok(Leg::Payment(Box::new(read_payment(row)?))))?
        .collect::<Result<_, _>>()?;
    legs.extend(
        tenders_in(connection, ticket.id)?
            .into_iter()
            .map(|tender| Leg::Tender(Box::new(tender))),
    );
    let (receipt, returned) = connection
        .prepare_cached(
            "SELECT receipt, EXISTS (SELECT 1 FROM ticket r WHERE r.returns = k.id AND r.undone_at IS NULL)
             FROM ticket k WHERE k.id = ?1",
        )?
        .query_row([ticket.id], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(Standing {
        returned,
        ..Standing::new(ticket.id, ticket.total()?, ticket.rounding, receipt, legs)?
    })
}
