//! The acquirer acts here: the only place where the book changes, in the same breath as the terminal's memory of it.

use cloudecr::{GatewayTime, TransferResponse, codes::ChannelKind};
use jiff::Timestamp;

use crate::{
    book::{Entry, EntryStatus},
    config::{Config, InquiryReference},
    failure::Failure,
    instrument::Instrument,
    request::{Action, Charge, Transfer},
    script::{Outcome, Settlement, Step},
    state::State,
    transaction::{Identity, Standing, Transaction},
};

impl State {
    /// Lets the terminal do what a money-moving transfer asks, as the step has it, and gives the answer that leaves
    /// the terminal. What the step loses on the way back has happened all the same.
    pub(crate) fn act(
        &mut self,
        config: &Config,
        place: usize,
        transfer: &Transfer,
        step: &Step,
        now: Timestamp,
    ) -> Result<TransferResponse, Failure> {
        let done = match &transfer.action {
            Action::Charge(charge) => self.charge(place, transfer, charge, step, now),
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
        self.terminals[place].finish();
        if let Some(code) = step.error_code {
            return Err(Failure::of(code));
        }
        done.map(|done| done.answer(done.identity(), &transfer.device_id, &config.currency))
    }

    fn charge(
        &mut self,
        place: usize,
        transfer: &Transfer,
        charge: &Charge,
        step: &Step,
        now: Timestamp,
    ) -> Result<Transaction, Failure> {
        let standing = decide(step)?;
        let trans_id = self.next_trans_id(now);
        let terminal = &mut self.terminals[place];
        let done = Transaction {
            trans_type: transfer.trans_type.clone(),
            pos_id: transfer.pos_id.clone(),
            reference_id: transfer.reference_id.clone(),
            datetime: transfer.datetime,
            inv_no: terminal.next_invoice(),
            amount: charge.amount,
            cash: charge.cash,
            instrument: Instrument::for_charge(charge, terminal.transactions.len()),
            metadata: charge.metadata.clone(),
            at: now,
            standing,
            response_code: step.response_code.clone(),
            trans_id,
        };
        self.book.write(Entry {
            reference_id: done.reference_id.clone(),
            trans_id: done.trans_id.clone(),
            terminal_id: transfer.device_id.clone(),
            trans_type: done.trans_type.as_str().to_owned(),
            amount: done.amount.to_string(),
            status: match standing {
                Standing::Approved => EntryStatus::Charged,
                Standing::Declined => EntryStatus::Declined,
                Standing::Pending { .. } => EntryStatus::Pending,
            },
        });
        self.terminals[place].transactions.push(done.clone());
        Ok(done)
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
            ..undo
        };
        if standing == Standing::Approved {
            self.book.set_status(&done.trans_id, EntryStatus::Voided);
        }
        self.terminals[place].transactions.push(done.clone());
        Ok(done)
    }

    /// Answers a question to a terminal that can be asked. A pending transaction that is asked about and is due to
    /// settle does so first, in the book too.
    pub(crate) fn answer_question(
        &mut self,
        config: &Config,
        place: usize,
        transfer: &Transfer,
    ) -> Result<TransferResponse, Failure> {
        self.terminals[place].ask()?;
        let own = Identity {
            trans_type: transfer.trans_type.clone(),
            pos_id: transfer.pos_id.clone(),
            reference_id: transfer.reference_id.clone(),
        };
        let (found, identity) = match &transfer.action {
            Action::Print { trans_id } => {
                if !self.terminals[place].setup.printer {
                    return Err(Failure::of(50313));
                }
                let found = self.terminals[place]
                    .charge(trans_id)
                    .cloned()
                    .ok_or_else(|| Failure::of(40410))?;
                // A print that worked is a success, whatever the slip says of the payment.
                (
                    Transaction {
                        standing: Standing::Approved,
                        response_code: None,
                        ..found
                    },
                    own,
                )
            }
            Action::GetLast => {
                let last = self.terminals[place].transactions.len().checked_sub(1);
                self.inquire(config, place, last, own)?
            }
            Action::WalletInquiry { original } => {
                let found = self.find_wallet_payment(place, *original);
                self.inquire(config, place, found, own)?
            }
            Action::Charge(_) | Action::Void { .. } => return Err(Failure::of(40030)),
        };
        Ok(found.answer(identity, &transfer.device_id, &config.currency))
    }

    fn find_wallet_payment(&self, place: usize, original: GatewayTime) -> Option<usize> {
        self.terminals[place]
            .transactions
            .iter()
            .rposition(|done| done.instrument.kind() == ChannelKind::Wallet && done.datetime == original)
    }

    fn inquire(
        &mut self,
        config: &Config,
        place: usize,
        found: Option<usize>,
        own: Identity,
    ) -> Result<(Transaction, Identity), Failure> {
        let found = found.ok_or_else(|| Failure::of(40410))?;
        self.settle(place, found);
        let found = self.terminals[place].transactions[found].clone();
        let identity = match config.get_last_reference {
            InquiryReference::Original => found.identity(),
            InquiryReference::Inquiry => own,
        };
        Ok((found, identity))
    }

    fn settle(&mut self, place: usize, found: usize) {
        let done = &mut self.terminals[place].transactions[found];
        let Standing::Pending {
            settles: Some(settlement),
            inquiries_left,
        } = done.standing
        else {
            return;
        };
        if inquiries_left > 0 {
            let inquiries_left = inquiries_left - 1;
            done.standing = Standing::Pending {
                settles: Some(settlement),
                inquiries_left,
            };
            return;
        }
        let is_void = done.trans_type == cloudecr::TransType::Void;
        let status = match settlement {
            Settlement::Approve => {
                done.standing = Standing::Approved;
                Some(if is_void {
                    EntryStatus::Voided
                } else {
                    EntryStatus::Charged
                })
            }
            Settlement::Decline => {
                done.standing = Standing::Declined;
                // A void that is refused leaves the charge as it is.
                (!is_void).then_some(EntryStatus::Declined)
            }
        };
        if let Some(status) = status {
            self.book.set_status(&done.trans_id, status);
        }
    }
}

/// What the acquirer says, or why it is never asked.
fn decide(step: &Step) -> Result<Standing, Failure> {
    let standing = match step.outcome {
        Outcome::Approve => Standing::Approved,
        Outcome::Decline => Standing::Declined,
        Outcome::Pending => Standing::Pending {
            settles: step.settles,
            inquiries_left: step.settles_after,
        },
        Outcome::Cancel => return Err(Failure::of(42210)),
        Outcome::Error => return Err(Failure::of(50312)),
        Outcome::Offline => return Err(Failure::of(50310)),
        Outcome::Busy => return Err(Failure::of(42910)),
    };
    // Nobody hears this answer: it is what the terminal would say if the way to the gateway still held.
    if step.stops_before_acquirer() {
        Err(Failure::of(50311))
    } else {
        Ok(standing)
    }
}
