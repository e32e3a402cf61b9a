//! What the customer in front of the counter may see, and where it is shown to them. Looking counts as nobody's being
//! there: a display that is on keeps no till unlocked.

use super::{Till, TillError};
use crate::payment::Payment;
use crate::store::DisplaySettings;
use crate::tender::{Direction, Leg, Standing, Tender};
use crate::ticket::Ticket;

/// What stands at the counter now.
#[derive(Debug, Clone)]
pub struct AtCounter {
    /// What the customer buys.
    pub ticket: Ticket,
    /// The ticket's newest payment.
    pub payment: Option<Payment>,
    /// Whether that payment's latest answer is on the disk; true without a payment.
    pub saved: bool,
    /// How far the ticket is paid.
    pub standing: Standing,
}

impl AtCounter {
    /// What was taken without the gateway, if that was the last thing that happened to the ticket.
    #[must_use]
    pub fn last_tender(&self) -> Option<&Tender> {
        let taken = self.standing.legs.iter().filter_map(|leg| match leg {
            Leg::Tender(tender) if tender.counts() && tender.direction == Direction::In => Some(tender),
            Leg::Tender(_) | Leg::Payment(_) => None,
        });
        let newest = taken.max_by_key(|tender| tender.at)?;
        let paid_later = |payment: &Payment| payment.created_at > newest.at;
        (!self.payment.as_ref().is_some_and(paid_later)).then_some(newest)
    }
}

impl Till {
    /// What stands at the counter; nothing while nobody is signed in.
    ///
    /// # Errors
    /// When the store fails.
    pub fn at_counter(&self) -> Result<Option<AtCounter>, TillError> {
        if self.signed_in().is_none() {
            return Ok(None);
        }
        let Some(ticket) = self.store.ticket_at_counter()? else {
            return Ok(None);
        };
        let payment = self.store.newest_payment_of(ticket.id)?;
        let saved = match &payment {
            Some(payment) => self.checkout()?.is_saved(&payment.reference),
            None => true,
        };
        let standing = self.store.standing(ticket.id)?;
        Ok(Some(AtCounter {
            standing,
            ticket,
            payment,
            saved,
        }))
    }

    /// Sets where the customer's display is shown; a manager's choice.
    ///
    /// # Errors
    /// When no manager is signed in, or it cannot be committed.
    pub fn save_display_settings(&self, settings: &DisplaySettings) -> Result<(), TillError> {
        self.require_manager()?;
        Ok(self.store.save_display_settings(settings)?)
    }
}
