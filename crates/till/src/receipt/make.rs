//! What a receipt says: of a sale, of goods that came back, of a void, and of the shop.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::words::Speech;
use super::writer::Writer;
use super::{Block, Weight};
use crate::labels::paid_with_in;
use crate::money::{Amount, Currency, MoneyError, Quantity, Unit};
use crate::payment::{Kind, Payment, PaymentState};
use crate::store::StoreSettings;
use crate::tender::{Leg, ReturnRecord, Standing, Tender, TenderKind};
use crate::ticket::Ticket;

/// What a receipt is of.
#[derive(Debug, Clone, Copy)]
pub enum ReceiptBody<'a> {
    /// A sale, with all that was taken for it.
    Sale {
        /// What was bought.
        ticket: &'a Ticket,
        /// How it was paid.
        standing: &'a Standing,
    },
    /// Goods that came back.
    Return(&'a ReturnRecord),
    /// A payment without a ticket, or a void.
    Payment(&'a Payment),
}

/// What a receipt is made of.
pub struct ReceiptParts<'a> {
    /// Its number.
    pub number: i64,
    /// When it came about.
    pub at: Timestamp,
    /// What it is of.
    pub body: ReceiptBody<'a>,
    /// What people call a terminal.
    pub terminals: &'a dyn Fn(&str) -> String,
    /// The currency.
    pub currency: Currency,
    /// The shop.
    pub store: &'a StoreSettings,
    /// The shop's registration number for sales and service tax; empty for none.
    pub sst_number: &'a str,
    /// Lines at its end.
    pub footer: &'a [String],
    /// Whether the shop's picture heads it.
    pub logo: bool,
    /// Whether a code of the reference ends it.
    pub code: bool,
    /// Who took the payment; empty for nobody.
    pub staff: &'a str,
    /// Which copy this is: the first is 1, the screen's has no number.
    pub copy: Option<u32>,
    /// Whether no money moved.
    pub training: bool,
    /// The shop's time zone.
    pub zone: &'a TimeZone,
    /// In which words.
    pub speech: Speech,
}

/// The receipt.
///
/// # Errors
/// When the ticket's lines do not add up to an amount.
pub fn receipt(parts: &ReceiptParts<'_>) -> Result<Vec<Block>, MoneyError> {
    let mut to = Writer {
        blocks: Vec::new(),
        speech: parts.speech,
        symbol: parts.currency.symbol(),
    };
    to.head(parts);
    let reference = match parts.body {
        ReceiptBody::Sale { ticket, standing } => {
            to.blocks.push(Block::Rule);
            to.lines(ticket)?;
            to.settled(standing);
            let mut first = None;
            for leg in standing.legs.iter().filter(|leg| stands_on_it(leg)) {
                to.particulars(leg, parts.terminals);
                first = first.or(Some(leg.reference()));
            }
            first.map(ToString::to_string)
        }
        ReceiptBody::Return(back) => {
            to.mark(|words| words.return_mark);
            if let Some(original) = back.original_receipt {
                to.named(|words| words.return_of, format!("{original:04}"));
            }
            to.blocks.push(Block::Rule);
            to.came_back(back);
            if let Some(leg) = &back.refund {
                to.leg(leg);
                to.particulars(leg, parts.terminals);
            }
            back.refund.as_ref().map(|leg| leg.reference().to_string())
        }
        ReceiptBody::Payment(payment) => {
            if payment.kind == Kind::Void {
                to.mark(|words| words.void);
            }
            to.blocks.push(Block::Rule);
            to.paid(payment);
            to.payment(payment, &(parts.terminals)(&payment.terminal));
            Some(payment.reference.to_string())
        }
    };
    to.foot(parts, reference);
    Ok(to.blocks)
}

/// What was taken, also where it was given back since; what came to nothing stands on no receipt.
fn stands_on_it(leg: &Leg) -> bool {
    match leg {
        Leg::Payment(payment) => payment.state.counts_as_charged() || payment.state == PaymentState::Voided,
        Leg::Tender(_) => true,
    }
}

impl Writer {
    /// What was bought: each line, what was taken off, and the tax in it or on it.
    fn lines(&mut self, ticket: &Ticket) -> Result<(), MoneyError> {
        let sums = ticket.sums()?;
        for (line, sum) in ticket.lines.iter().zip(&sums.lines) {
            let name = if line.name.is_empty() {
                self.say(|words| words.amount)
            } else {
                line.name.clone()
            };
            let label = label(&name, line.quantity, line.unit);
            self.pair(label, sum.gross.to_string(), Weight::Plain);
            // What several of something, or a part of one, come to is seen from the price of one.
            if line.quantity != Quantity::ONE {
                let each = match line.unit {
                    Unit::Each => format!("  @ {}", line.price),
                    unit => format!("  @ {}/{}", line.price, unit.symbol()),
                };
                self.blocks.push(Block::Text(each));
            }
            if !line.note.is_empty() {
                self.blocks.push(Block::Text(format!("  {}", line.note)));
            }
            if let Some(discount) = line.discount {
                let left = format!("  {} {discount}", self.say(|words| words.discount));
                self.pair(left, format!("-{}", sum.discount), Weight::Plain);
            }
        }
        if let Some(discount) = ticket.discount {
            self.named(|words| words.subtotal, sums.subtotal.to_string());
            let left = format!("{} {discount}", self.say(|words| words.discount));
            self.pair(left, format!("-{}", sums.discount), Weight::Plain);
        }
        for tax in &sums.taxes {
            let how = if sums.included {
                self.say(|words| words.tax_included)
            } else {
                self.say(|words| words.tax_added)
            };
            // Classes of several names that share a rate have no name together.
            let name = if tax.name.is_empty() {
                self.say(|words| words.tax)
            } else {
                tax.name.clone()
            };
            let left = format!("{name} {}% {how}", tax.rate);
            self.pair(left, tax.tax.to_string(), Weight::Plain);
        }
        self.blocks.push(Block::Rule);
        Ok(())
    }

    /// What it comes to, how it was paid, and what is still due.
    fn settled(&mut self, standing: &Standing) {
        let legs: Vec<&Leg> = standing.legs.iter().filter(|leg| stands_on_it(leg)).collect();
        // A purchase with cash beside it says its total itself, where it is all of the ticket.
        let says_it = matches!(legs[..], [Leg::Payment(payment)] if payment.cash.is_some() && payment.amount == standing.total);
        if !says_it {
            self.strong(|words| words.total, standing.total);
        }
        if let Some((before, after)) = standing.rounded() {
            self.rounded(before, after);
        }
        for leg in legs {
            self.leg(leg);
        }
        if standing.is_partly_paid() {
            self.strong(|words| words.still_due, standing.due);
        }
        let newest = standing.legs.iter().rev().find_map(|leg| match leg {
            Leg::Payment(payment) => payment.extras.note.as_deref(),
            Leg::Tender(_) => None,
        });
        if let Some(note) = newest {
            self.note(note);
        }
    }

    /// By how much it was rounded, and what it came to.
    fn rounded(&mut self, before: Amount, after: Amount) {
        let (sign, moved) = match before.minus(after) {
            Ok(less) => ("-", Some(less)),
            Err(_) => ("+", after.minus(before).ok()),
        };
        if let Some(moved) = moved {
            self.named(|words| words.rounding, format!("{sign}{moved}"));
        }
        self.strong(|words| words.to_pay, after);
    }

    /// One leg: with what, and how much of it moved.
    fn leg(&mut self, leg: &Leg) {
        match leg {
            Leg::Payment(payment) => match payment.cash {
                Some(cash) => self.with_cash(payment, cash),
                None => {
                    let with = self.with(payment);
                    self.pair(with, payment.amount.to_string(), Weight::Plain);
                    if payment.state == PaymentState::Voided {
                        self.named(|words| words.voided, format!("-{}", payment.amount));
                    }
                }
            },
            Leg::Tender(tender) => self.tender(tender),
        }
    }

    /// A purchase and the cash beside it, each on a row of its own. They are never added: whether the gateway counts the one into
    /// the other is not documented.
    fn with_cash(&mut self, payment: &Payment, cash: Amount) {
        match payment.kind {
            Kind::Void => {
                self.strong(|words| words.purchase_voided, payment.amount);
                self.strong(|words| words.cash_out_voided, cash);
            }
            Kind::Sale | Kind::CashOut => {
                self.strong(|words| words.purchase, payment.amount);
                self.strong(|words| words.cash_out, cash);
            }
        }
        let with = self.with(payment);
        self.blocks.push(Block::Text(with));
        if payment.state == PaymentState::Voided {
            self.named(|words| words.purchase_voided, format!("-{}", payment.amount));
            self.named(|words| words.cash_out_voided, format!("-{cash}"));
        }
    }

    fn tender(&mut self, tender: &Tender) {
        let with = match tender.kind {
            TenderKind::Cash => self.say(|words| words.cash),
            TenderKind::ManualCard => format!(
                "{}, {}",
                self.say(|words| words.manual_card),
                self.say(|words| words.unverified)
            ),
            TenderKind::Portal => self.say(|words| words.portal_refund),
        };
        let with = match &tender.proof {
            Some(proof) => format!("{with} {proof}"),
            None => with,
        };
        self.pair(with, tender.moved.to_string(), Weight::Plain);
        if let (Some(given), Some(change)) = (tender.given, tender.change())
            && !change.is_zero()
        {
            self.named(|words| words.cash_given, given.to_string());
            self.named(|words| words.change, change.to_string());
        }
        if tender.undone_at.is_some() {
            self.named(|words| words.taken_back, format!("-{}", tender.moved));
        }
    }

    fn came_back(&mut self, back: &ReturnRecord) {
        for line in &back.lines {
            let name = if line.name.is_empty() {
                self.say(|words| words.amount)
            } else {
                line.name.clone()
            };
            let label = label(&name, line.quantity, line.unit);
            self.pair(label, format!("-{}", line.gives), Weight::Plain);
        }
        self.blocks.push(Block::Rule);
        self.strong(|words| words.refund, back.amount);
        let moved = back.refund.as_ref().map(Leg::moved);
        if let Some(moved) = moved.filter(|moved| *moved != back.amount) {
            self.rounded(back.amount, moved);
        }
        if !back.reason.is_empty() {
            let reason = format!("{}: {}", self.say(|words| words.reason), back.reason);
            self.blocks.push(Block::Text(reason));
        }
    }

    fn with(&self, payment: &Payment) -> String {
        paid_with_in(
            payment,
            &self.say(|words| words.card),
            &self.say(|words| words.wallet),
        )
    }

    fn note(&mut self, note: &str) {
        let words = format!("{}: {note}", self.say(|words| words.note));
        self.blocks.push(Block::Text(words));
    }

    /// What one payment moved.
    fn paid(&mut self, payment: &Payment) {
        if let Some(cash) = payment.cash {
            self.with_cash(payment, cash);
        } else {
            let with = self.with(payment);
            match payment.kind {
                Kind::Void => self.strong(|words| words.voided, payment.amount),
                Kind::Sale | Kind::CashOut => self.strong(|words| words.total, payment.amount),
            }
            self.pair(with, payment.amount.to_string(), Weight::Plain);
        }
        if let Some(note) = &payment.extras.note {
            self.note(note);
        }
    }

    fn particulars(&mut self, leg: &Leg, terminals: &dyn Fn(&str) -> String) {
        match leg {
            Leg::Payment(payment) => self.payment(payment, &terminals(&payment.terminal)),
            Leg::Tender(tender) => {
                self.blocks.push(Block::Blank);
                self.pair("Ref".to_owned(), tender.reference.to_string(), Weight::Plain);
            }
        }
    }

    fn payment(&mut self, payment: &Payment, terminal: &str) {
        self.blocks.push(Block::Blank);
        self.named(|words| words.terminal, terminal.to_owned());
        let salient = &payment.salient;
        if let Some(code) = &salient.approval_code {
            self.named(|words| words.approval, code.clone());
        }
        // What cards' schemes ask for goes by the same letters in every language.
        let named = [
            ("Trans", &salient.trans_id),
            ("Inv", &salient.inv_no),
            ("RRN", &salient.rrn),
            ("TID", &salient.tid),
            ("MID", &salient.mid),
            ("AID", &salient.aid),
        ];
        for (name, value) in named {
            if let Some(value) = value {
                self.pair(name.to_owned(), value.clone(), Weight::Plain);
            }
        }
        self.pair("Ref".to_owned(), payment.reference.to_string(), Weight::Plain);
        if payment.state == PaymentState::Voided {
            self.blocks.push(Block::Blank);
            self.mark(|words| words.voided);
        }
        if let (PaymentState::Overridden(_), Some(reason)) = (payment.state, &payment.reason) {
            self.blocks.push(Block::Blank);
            self.mark(|words| words.decided_by_hand);
            self.blocks.push(Block::Text(reason.clone()));
        }
    }
}

/// `3 Teh tarik`, `0.250 kg Ikan bilis`.
fn label(name: &str, quantity: Quantity, unit: Unit) -> String {
    match (unit, quantity) {
        (Unit::Each, Quantity::ONE) => name.to_owned(),
        (Unit::Each, quantity) => format!("{quantity} {name}"),
        (unit, quantity) => format!("{quantity} {} {name}", unit.symbol()),
    }
}
