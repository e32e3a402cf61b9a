//! Questions to a terminal: what it last did, what became of a wallet payment, and another slip. They move no money,
//! but a transaction that is due to change is changed by being asked about.

use cloudecr::{GatewayTime, TransType, TransferResponse, codes::ChannelKind};

use crate::{
    book::EntryStatus,
    config::{Config, InquiryReference},
    failure::Failure,
    request::{Action, Transfer},
    state::State,
    step::{Outcome, Settlement, Step},
    transaction::{Identity, Standing, Transaction},
};

impl State {
    /// Answers a question to a terminal that can be asked. A transaction that is asked about and is due to settle or
    /// to turn does so first, in the book too; not if the step loses the question on its way there, when the answer
    /// is what would have been said.
    pub(crate) fn answer_question(
        &mut self,
        config: &Config,
        place: usize,
        transfer: &Transfer,
        step: &Step,
    ) -> Result<TransferResponse, Failure> {
        match step.outcome {
            Outcome::Offline => return Err(Failure::of(step.error_code.unwrap_or(50310))),
            Outcome::Busy => return Err(Failure::of(step.error_code.unwrap_or(42910))),
            Outcome::Error => return Err(Failure::of(step.error_code.unwrap_or(50312))),
            Outcome::Approve | Outcome::Decline | Outcome::Cancel | Outcome::Pending => {}
        }
        self.terminals[place].ask()?;
        let heard = step.reaches_acquirer();
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
            Action::GetLast | Action::WalletInquiry { .. } => {
                if heard && let Some(found) = self.find(place, &transfer.action) {
                    self.settle(place, found);
                    self.count_question(place, found);
                }
                // Once more: what was asked about may have gone, or something may have come after it.
                let found = self
                    .find(place, &transfer.action)
                    .ok_or_else(|| Failure::of(40410))?;
                let found = self.terminals[place].transactions[found].clone();
                let identity = match config.get_last_reference {
                    InquiryReference::Original => found.identity(),
                    InquiryReference::Inquiry => own,
                };
                (found, identity)
            }
            Action::Charge(_) | Action::Void { .. } => return Err(Failure::of(40030)),
        };
        if let Some(code) = step.error_code {
            return Err(Failure::of(code));
        }
        Ok(found.answer(identity, &transfer.device_id, &config.currency))
    }

    /// Where in the terminal's memory the transaction is that is asked about.
    fn find(&self, place: usize, question: &Action) -> Option<usize> {
        let transactions = &self.terminals[place].transactions;
        match question {
            Action::GetLast => transactions.len().checked_sub(1),
            Action::WalletInquiry { original } => {
                let is_it = |done: &Transaction, sent: GatewayTime| {
                    done.instrument.kind() == ChannelKind::Wallet && done.datetime == sent
                };
                transactions.iter().rposition(|done| is_it(done, *original))
            }
            Action::Charge(_) | Action::Void { .. } | Action::Print { .. } => None,
        }
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
        let is_void = done.trans_type == TransType::Void;
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
