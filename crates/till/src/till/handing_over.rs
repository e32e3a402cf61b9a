//! What somebody still has to hand over after money was given back: asked until they say that it is done.

use super::{Till, TillError};
use crate::money::Amount;
use crate::tender::{Direction, Tender, TenderKind};

/// What is to be handed over of one ticket that was taken back, or for one return.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandOver {
    /// The ticket, or the return's own.
    pub ticket: i64,
    /// The number of its receipt.
    pub receipt: Option<i64>,
    /// Whether goods came back for it.
    pub is_return: bool,
    /// The cash for the customer.
    pub cash: Amount,
    /// Slips of cards taken by hand, which somebody has to void on the terminal.
    pub by_hand: Vec<Tender>,
}

impl Till {
    /// What was given back and nobody has said of that it is handed over, oldest first. There is something after a till stopped
    /// between giving back and handing over.
    ///
    /// # Errors
    /// When nobody is signed in or the store fails.
    pub fn to_hand_over(&self) -> Result<Vec<HandOver>, TillError> {
        self.looks()?;
        let mut all: Vec<HandOver> = Vec::new();
        for tender in self.store.to_hand_over()? {
            let known = all.iter_mut().find(|one| one.ticket == tender.ticket);
            match known {
                Some(one) => one.add(tender)?,
                None => {
                    let mut one = HandOver {
                        ticket: tender.ticket,
                        receipt: tender.receipt,
                        is_return: tender.direction == Direction::Out,
                        cash: Amount::zero(tender.moved.currency()),
                        by_hand: Vec::new(),
                    };
                    one.add(tender)?;
                    all.push(one);
                }
            }
        }
        Ok(all)
    }

    /// Somebody says that what was given back of this ticket, or for this return, is handed over.
    ///
    /// # Errors
    /// When nobody is signed in or the store fails: it will be asked again.
    pub fn handed_over(&self, ticket: i64) -> Result<(), TillError> {
        let staff = self.require()?.id;
        Ok(self.store.handed_over(ticket, staff, self.clock.now())?)
    }
}

impl HandOver {
    fn add(&mut self, tender: Tender) -> Result<(), TillError> {
        match tender.kind {
            TenderKind::Cash => self.cash = self.cash.plus(tender.moved)?,
            TenderKind::ManualCard | TenderKind::Portal => self.by_hand.push(tender),
        }
        Ok(())
    }
}
