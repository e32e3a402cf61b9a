//! The acquirer acts here: the only place where the book changes, in the same breath as the terminal's memory of it.

use cloudecr::{TransferResponse, WireAmount, codes::ChannelKind};
use jiff::Timestamp;

use crate::{
    book::{Entry, EntryStatus},
    config::Config,
    failure::Failure,
    instrument::{Instrument, MY_DEBIT},
    request::{Action, Charge, Transfer},
    state::State,
    step::{Outcome, Step},
    transaction::{Standing, Transaction},
};

impl State {
    /// Lets the terminal do what a money-moving transfer asks, as the step has it, and gives the answer that leaves
    /// the terminal. What the step loses on the way back has happened all the same. If the step loses the request
    /// on the way there, nothing happens, and the answer is what would have been said.
    pub(crate) fn act(
        &mut self,
        config: &Config,
        place: usize,
        transfer: &Transfer,
        step: &Step,
        now: Timestamp,
    ) -> Result<TransferResponse, Failure> {
        let done = match &transfer.action {
            Action::Charge(charge) => self.charge(config, place, transfer, charge, step, now),
            Action::Void {
                trans_id,
                inv_no,
                metadata,
            } => self
                .find_original(place, trans_id, inv_no.as_deref())
                .and_then(|original| {
                    let undo = Transaction {
                        metadata: metadata.clone(),
                        ..original
                    };
                    self.void(place, transfer, undo, step, now)
                }),
            // Questions never come here; they have no step.
            Action::WalletInquiry { .. } | Action::GetLast | Action::Print { .. } => Err(Failure::of(40030)),
        };
        if let Some(others) = &step.then_sales {
            self.take_other_sales(place, others, own_amount(&done, transfer), now);
        }
        if let Some(code) = step.error_code {
            return Err(Failure::of(code));
        }
        done.map(|done| done.answer(done.identity(), &transfer.device_id, &config.currency))
    }

    fn charge(
        &mut self,
        config: &Config,
        place: usize,
        transfer: &Transfer,
        charge: &Charge,
        step: &Step,
        now: Timestamp,
    ) -> Result<Transaction, Failure> {
        let mut standing = decide(step)?;
        let trans_id = self.next_trans_id(now);
        let terminal = &self.terminals[place];
        let instrument =
            Instrument::for_charge(charge, terminal.transactions.len(), step.pays_with.as_deref());
        let mut response_code = step.response_code.clone();
        let mut later = step.later;
        if standing == Standing::Approved
            && let Some(refusal) = bank_refuses(config, charge, &instrument)
        {
            (standing, response_code, later) = (Standing::Declined, Some(refusal.to_owned()), None);
        }
        let done = Transaction {
            trans_type: transfer.trans_type.clone(),
            pos_id: transfer.pos_id.clone(),
            reference_id: transfer.reference_id.clone(),
            datetime: transfer.datetime,
            inv_no: terminal.next_invoice(),
            amount: charge.amount,
            cash: charge.cash,
            instrument,
            metadata: charge.metadata.clone(),
            at: now,
            standing,
            response_code,
            trans_id,
            later,
        };
        if step.reaches_acquirer() {
            self.record(place, done.clone());
        }
        Ok(done)
    }

    /// Writes a charge into the book and into its terminal's memory.
    pub(crate) fn record(&mut self, place: usize, done: Transaction) {
        self.book.write(Entry {
            reference_id: done.reference_id.clone(),
            trans_id: done.trans_id.clone(),
            terminal_id: self.terminals[place].setup.id.clone(),
            trans_type: done.trans_type.as_str().to_owned(),
            amount: done.amount.to_string(),
            status: match done.standing {
                Standing::Approved => EntryStatus::Charged,
                Standing::Declined => EntryStatus::Declined,
                Standing::Pending { .. } => EntryStatus::Pending,
            },
        });
        self.terminals[place].keep(done);
    }

    /// The charge that a void is about: 40410 if this terminal did not take it, 40029 if it cannot be voided (any
    /// more).
    fn find_original(
        &self,
        place: usize,
        trans_id: &str,
        inv_no: Option<&str>,
    ) -> Result<Transaction, Failure> {
        let original = self.terminals[place]
            .charge(trans_id)
            .filter(|original| inv_no.is_none_or(|inv_no| inv_no == original.inv_no))
            .ok_or_else(|| Failure::of(40410))?;
        match self.book.status(trans_id) {
            Some(EntryStatus::Charged) => Ok(original.clone()),
            Some(EntryStatus::Voided | EntryStatus::Pending | EntryStatus::Declined) => {
                Err(Failure::of(40029))
            }
            None => Err(Failure::of(40410)),
        }
    }

    /// Takes a charge back. `undo` comes as a copy of the original with the void's own metadata.
    fn void(
        &mut self,
        place: usize,
        transfer: &Transfer,
        undo: Transaction,
        step: &Step,
        now: Timestamp,
    ) -> Result<Transaction, Failure> {
        let standing = decide(step)?;
        let done = Transaction {
            trans_type: transfer.trans_type.clone(),
            pos_id: transfer.pos_id.clone(),
            reference_id: transfer.reference_id.clone(),
            datetime: transfer.datetime,
            at: now,
            standing,
            response_code: step.response_code.clone(),
            later: step.later,
            ..undo
        };
        if step.reaches_acquirer() {
            if standing == Standing::Approved {
                self.book.set_status(&done.trans_id, EntryStatus::Voided);
            }
            self.terminals[place].keep(done.clone());
        }
        Ok(done)
    }
}

/// Why the bank refuses a charge that nothing else stands against: the card's code for it. Cash is paid out to a
/// MyDebit card only, and up to a limit; a card outside a promotion is declined.
fn bank_refuses(config: &Config, charge: &Charge, instrument: &Instrument) -> Option<&'static str> {
    const NOT_PERMITTED: &str = "57";
    const OVER_THE_LIMIT: &str = "61";
    if let Some(cash) = charge.cash {
        if instrument.channel() != MY_DEBIT {
            return Some(NOT_PERMITTED);
        }
        if cash.hundredths() > config.cash_out_limit {
            return Some(OVER_THE_LIMIT);
        }
    }
    let promotion = charge
        .promotion
        .as_ref()
        .filter(|_| !config.promotions.is_empty() && instrument.kind() == ChannelKind::Card)?;
    let cards = config.promotions.get(promotion);
    let is_in = cards.is_some_and(|cards| cards.iter().any(|card| card == instrument.channel()));
    (!is_in).then_some(NOT_PERMITTED)
}

/// What the acquirer says, or why it is never asked.
fn decide(step: &Step) -> Result<Standing, Failure> {
    match step.outcome {
        Outcome::Approve => Ok(Standing::Approved),
        Outcome::Decline => Ok(Standing::Declined),
        Outcome::Pending => Ok(Standing::Pending {
            settles: step.settles,
            inquiries_left: step.settles_after,
        }),
        Outcome::Cancel => Err(Failure::of(42210)),
        Outcome::Error => Err(Failure::of(50312)),
        Outcome::Offline => Err(Failure::of(50310)),
        Outcome::Busy => Err(Failure::of(42910)),
    }
}

/// The amount that the customer sees on the terminal for this transfer.
fn own_amount(done: &Result<Transaction, Failure>, transfer: &Transfer) -> Option<WireAmount> {
    match (&transfer.action, done) {
        (Action::Charge(charge), _) => Some(charge.amount),
        (_, Ok(done)) => Some(done.amount),
        (_, Err(_)) => None,
    }
}
