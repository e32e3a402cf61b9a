//! What happens to the money after a transfer was answered: the acquirer changes its mind, or another till uses the
//! same terminal.

use cloudecr::{GatewayTime, PaymentMethod, TransType, WireAmount};
use jiff::Timestamp;

use crate::{
    book::EntryStatus,
    instrument::Instrument,
    request::Charge,
    state::State,
    step::{OtherSales, Turn},
    transaction::{Standing, Transaction},
};

/// The account of the other till. It is none that can sign in here.
const OTHER_TILL: &str = "anotherTill";

impl State {
    /// Counts a question about a transaction that is going to turn, and turns it when it is due.
    pub(crate) fn count_question(&mut self, place: usize, found: usize) {
        let Some(later) = &mut self.terminals[place].transactions[found].later else {
            return;
        };
        match &mut later.after_inquiries {
            None => {}
            Some(0) => self.turn(place, found),
            Some(left) => *left -= 1,
        }
    }

    /// Turns everything on a terminal that is going to turn, and says how many that were.
    pub(crate) fn turn_all(&mut self, place: usize) -> usize {
        let mut turned = 0;
        let is_waiting = |done: &Transaction| done.later.is_some();
        while let Some(found) = self.terminals[place].transactions.iter().position(is_waiting) {
            self.turn(place, found);
            turned += 1;
        }
        turned
    }

    fn turn(&mut self, place: usize, found: usize) {
        let transactions = &mut self.terminals[place].transactions;
        let done = &mut transactions[found];
        let Some(later) = done.later.take() else {
            return;
        };
        let is_void = done.trans_type == TransType::Void;
        let trans_id = done.trans_id.clone();
        let taken_back = match later.turns {
            Turn::Approve => {
                done.standing = Standing::Approved;
                done.response_code = None;
                is_void
            }
            Turn::Reverse if !is_void => {
                let reversal = Transaction {
                    trans_type: TransType::Void,
                    ..done.clone()
                };
                transactions.push(reversal);
                true
            }
            Turn::Reverse | Turn::Vanish => {
                transactions.remove(found);
                !is_void
            }
        };
        let status = if taken_back {
            EntryStatus::Voided
        } else {
            EntryStatus::Charged
        };
        self.book.set_status(&trans_id, status);
    }

    /// Has another till take card sales on a terminal. `own` is the amount for those that name none; without either,
    /// nothing is sold.
    pub(crate) fn take_other_sales(
        &mut self,
        place: usize,
        others: &OtherSales,
        own: Option<WireAmount>,
        now: Timestamp,
    ) {
        let named = others.amount.as_ref().and_then(|amount| amount.parse().ok());
        let Some(amount) = named.or(own) else {
            return;
        };
        let charge = Charge {
            amount,
            cash: None,
            method: PaymentMethod::BankCard,
            channel: None,
            promotion: None,
            metadata: None,
        };
        for _ in 0..others.count {
            let trans_id = self.next_trans_id(now);
            let terminal = &self.terminals[place];
            let sale = Transaction {
                trans_type: TransType::Sale,
                pos_id: OTHER_TILL.to_owned(),
                reference_id: format!("OTHER{trans_id}"),
                datetime: GatewayTime::from_timestamp(now),
                inv_no: terminal.next_invoice(),
                amount,
                cash: None,
                instrument: Instrument::for_charge(&charge, terminal.transactions.len(), None),
                metadata: None,
                at: now,
                standing: Standing::Approved,
                response_code: None,
                trans_id,
                later: None,
            };
            self.record(place, sale);
        }
    }
}
