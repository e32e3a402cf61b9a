//! Cash, a part of what is due, a card taken by hand, and taking back what was taken of a ticket.

use super::ringing_up::with_line;
use super::{Manager, Till, TillError};
use crate::money::{Amount, Rounding};
use crate::payment::{Kind, Payment};
use crate::reference::Reference;
use crate::staff::StaffError;
use crate::store::{EntryKind, Means, NewEntry, NewTender, StoreError};
use crate::tender::{Leg, Standing, Tender, TenderKind, TenderRefused, proof, quick_notes};
use crate::ticket::Ticket;

/// What taking cash would mean, before it is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CashOffer {
    /// What is due on the ticket, with what was typed and not added yet: to be given back when the cash is taken.
    pub due: Amount,
    /// What the cash settles of it.
    pub settles: Amount,
    /// What the customer hands over: the same, in coins that there are.
    pub moved: Amount,
    /// What customers are likely to hand over, the smallest first.
    pub notes: Vec<Amount>,
    /// A payment of the same amount that is not settled: before the customer hands anything over, somebody has to make sure
    /// that this is another one.
    pub same_amount_open: Option<Reference>,
}

/// What is taken of the ticket at the counter.
#[derive(Debug, Clone, Copy)]
pub struct Taking<'a> {
    /// What was typed and is not on the ticket yet.
    pub typed: &'a str,
    /// The part of what is due, as a decimal; none for all of it.
    pub part: Option<&'a str>,
    /// What was due when somebody decided to take it, as a decimal. Where it is something else by now, nothing is taken.
    pub due: &'a str,
}

/// What was handed back.
#[derive(Debug)]
pub struct TakenBack {
    /// Where the ticket stands now.
    pub standing: Standing,
    /// The cash to hand over to the customer.
    pub cash: Amount,
    /// Slips of cards taken by hand, which somebody has to void on the terminal.
    pub by_hand: Vec<Tender>,
    /// The cash tender for which [`Till::serve_paper`] opens the drawer; none where no cash is handed over.
    pub drawer: Option<Reference>,
    /// The first void; the others follow it, one after the other, as long as each goes through.
    pub void: Option<Payment>,
    /// Why the first void was not begun after all, although nothing spoke against it before: its payment still stands. The
    /// cash has to be handed over all the same.
    pub not_voided: Option<TillError>,
}

impl Till {
    /// Where the ticket at the counter stands.
    ///
    /// # Errors
    /// When nobody is signed in or the store fails.
    pub fn standing(&self) -> Result<Standing, TillError> {
        Ok(self.store.standing(self.ticket()?.id)?)
    }

    /// What is due on the ticket at the counter together with what is typed and not added yet.
    ///
    /// # Errors
    /// When it is not an amount, there is nothing to pay, or the ticket cannot take what was typed.
    pub fn standing_with(&self, typed: &str) -> Result<Standing, TillError> {
        let ticket = self.ticket()?;
        let now = self.store.standing(ticket.id)?;
        let standing = match self.typed(typed)? {
            None => now,
            Some(_) if ticket.frozen && now.in_the_way.is_some() => return Err(StoreError::Frozen.into()),
            Some(_) if ticket.frozen => return Err(StoreError::Begun.into()),
            Some(typed) => {
                let total = with_line(ticket, typed).total()?;
                Standing::new(now.ticket, total, now.rounding, now.receipt, now.legs)?
            }
        };
        if standing.total.is_zero() {
            return Err(TillError::TicketEmpty);
        }
        Ok(standing)
    }

    /// The part of what is due that somebody typed as a decimal; all of it where nothing was typed.
    ///
    /// # Errors
    /// When it is not an amount, or more than is due.
    pub fn part_of(&self, standing: &Standing, part: Option<&str>) -> Result<Amount, TillError> {
        let asked = decimal(part, standing)?;
        if standing.due.is_zero() {
            return Err(StoreError::from(TenderRefused::NothingDue).into());
        }
        standing.part(asked).map_err(|error| match error {
            crate::money::MoneyError::TooLarge => {
                StoreError::from(TenderRefused::MoreThanDue(standing.due)).into()
            }
            other => other.into(),
        })
    }

    /// The part that somebody typed, of what is due together with what is typed and not added yet.
    ///
    /// # Errors
    /// As [`Self::standing_with`] and [`Self::part_of`].
    pub fn check_part(&self, typed: &str, part: &str) -> Result<Amount, TillError> {
        self.part_of(&self.standing_with(typed)?, Some(part))
    }

    /// A share of what is due, in whole minor units: what halving or dividing by three offers.
    ///
    /// # Errors
    /// When there is nothing to pay.
    pub fn share_of_due(&self, typed: &str, of: u32) -> Result<Amount, TillError> {
        let due = self.standing_with(typed)?.due;
        let minor = due.minor().checked_div(i64::from(of.max(1))).unwrap_or(0);
        Ok(Amount::from_minor(minor, due.currency())?)
    }

    /// What taking cash would mean. Nothing is taken.
    ///
    /// # Errors
    /// When there is nothing to pay, the part does not do, or a payment of the ticket is open.
    pub fn cash_offer(&self, typed: &str, part: Option<&str>) -> Result<CashOffer, TillError> {
        let standing = self.standing_with(typed)?;
        if let Some(open) = &standing.in_the_way {
            return Err(StoreError::TicketTaken(open.clone()).into());
        }
        self.part_of(&standing, part)?;
        let leg = standing
            .in_cash(decimal(part, &standing)?)
            .map_err(|error| match error {
                crate::money::MoneyError::NotPositive => {
                    TillError::from(StoreError::from(TenderRefused::NoCoin))
                }
                other => other.into(),
            })?;
        Ok(CashOffer {
            due: standing.due,
            settles: leg.settles,
            moved: leg.moved,
            notes: quick_notes(leg.moved),
            same_amount_open: self.same_amount_open(leg.settles)?,
        })
    }

    /// The change that so much cash, as a decimal, would leave.
    ///
    /// # Errors
    /// [`TenderRefused::NotEnough`], or as [`Self::cash_offer`].
    pub fn cash_change(&self, typed: &str, part: Option<&str>, given: &str) -> Result<Amount, TillError> {
        let offer = self.cash_offer(typed, part)?;
        let given = Amount::parse_decimal(given, offer.moved.currency())?;
        given
            .minus(offer.moved)
            .map_err(|_| StoreError::from(TenderRefused::NotEnough(offer.moved)).into())
    }

    /// Takes cash for the ticket at the counter, or a part of it. `given` is what the customer handed over, as a decimal;
    /// `sure` as for [`Self::pay`].
    ///
    /// # Errors
    /// When nothing was taken: a payment of the ticket is open, something else is due by now, it is not enough, it could
    /// not be saved, or [`TillError::SameAmountOpen`].
    pub fn take_cash(
        &self,
        taking: &Taking<'_>,
        given: Option<&str>,
        sure: bool,
    ) -> Result<Tender, TillError> {
        let member = self.require()?;
        let offer = self.cash_offer(taking.typed, taking.part)?;
        if let Some(open) = offer.same_amount_open.filter(|_| !sure) {
            return Err(TillError::SameAmountOpen(open));
        }
        let given = given
            .map(|given| Amount::parse_decimal(given, offer.moved.currency()))
            .transpose()?;
        if given.is_some_and(|given| given.minor() < offer.moved.minor()) {
            return Err(StoreError::from(TenderRefused::NotEnough(offer.moved)).into());
        }
        self.take(taking, member.id, Means::Cash { given })
    }

    /// Records that a card was taken by hand on a terminal that the till cannot reach: on a manager's PIN, with the slip's
    /// approval code or number. `sure` as for [`Self::pay`].
    ///
    /// # Errors
    /// As [`Self::take_cash`]; the PIN is wrong or not a manager's; the number cannot be one or was counted before; or
    /// [`TillError::SameAmountOpen`].
    pub fn take_manual_card(
        &self,
        taking: &Taking<'_>,
        number: &str,
        manager: Manager<'_>,
        sure: bool,
    ) -> Result<Tender, TillError> {
        let member = self.require()?;
        let proof = proof(number)?;
        let standing = self.standing_with(taking.typed)?;
        if let Some(open) = &standing.in_the_way {
            return Err(StoreError::TicketTaken(open.clone()).into());
        }
        let amount = self.part_of(&standing, taking.part)?;
        if !sure {
            self.refuse_same_amount(amount)?;
        }
        let approved_by = self.roster.approve(manager.0, manager.1)?.id;
        self.take(taking, member.id, Means::ManualCard { proof, approved_by })
    }

    /// An unsettled payment of the same amount may be this very customer's who came back.
    fn same_amount_open(&self, amount: Amount) -> Result<Option<Reference>, TillError> {
        let open = self.store.in_question()?;
        Ok(open
            .into_iter()
            .find(|open| open.amount == amount && open.kind != Kind::Void)
            .map(|open| open.reference))
    }

    /// Where there is one, somebody has to make sure first.
    pub(super) fn refuse_same_amount(&self, amount: Amount) -> Result<(), TillError> {
        self.same_amount_open(amount)?
            .map_or(Ok(()), |open| Err(TillError::SameAmountOpen(open)))
    }

    /// Puts what was typed on the ticket and takes the leg in one commit, if what is due is still what somebody saw.
    fn take(&self, taking: &Taking<'_>, staff: i64, means: Means) -> Result<Tender, TillError> {
        let standing = self.standing_with(taking.typed)?;
        let at = self.clock.now();
        let new = NewTender {
            reference: Reference::new(at, self.entropy.as_ref())?,
            ticket: standing.ticket,
            due: Amount::parse_decimal(taking.due, standing.due.currency())?,
            typed: self.typed(taking.typed)?,
            part: decimal(taking.part, &standing)?,
            means,
            staff: Some(staff),
            at,
        };
        Ok(self.store.take_tender(&new)?)
    }

    /// Takes back what was taken of a ticket that is not paid in full: cash is handed back, payments are voided one after
    /// the other. Whoever is signed in may hand cash back; for anything else a manager has to be there.
    ///
    /// # Errors
    /// [`TillError::ManagerNeeded`], [`StoreError::TicketTaken`] while a payment of it is open, [`TenderRefused::Returned`],
    /// [`TenderRefused::NotPartlyPaid`], [`TenderRefused::NotVoidable`], or what else keeps one of its payments from being voided.
    /// Nothing was handed back then.
    pub async fn take_back(&self, ticket: i64, manager: Option<Manager<'_>>) -> Result<TakenBack, TillError> {
        let member = self.require()?;
        let standing = self.store.standing(ticket)?;
        if let Some(open) = standing.in_the_way {
            return Err(StoreError::TicketTaken(open).into());
        }
        if standing.returned {
            return Err(StoreError::from(TenderRefused::Returned).into());
        }
        if !standing.is_partly_paid() {
            return Err(StoreError::from(TenderRefused::NotPartlyPaid).into());
        }
        let payments: Vec<Payment> = standing
            .taken()
            .filter_map(|leg| match leg {
                Leg::Payment(payment) => Some((**payment).clone()),
                Leg::Tender(_) => None,
            })
            .collect();
        let only_cash = payments.is_empty() && standing.taken().all(is_cash);
        let approved_by = match manager {
            Some((id, pin)) => Some(self.roster.approve(id, pin)?.id),
            None if only_cash => None,
            None => return Err(TillError::ManagerNeeded),
        };
        let checkout = (!payments.is_empty()).then(|| self.checkout()).transpose()?;
        for payment in &payments {
            if self.is_never_voidable(payment)? {
                return Err(StoreError::from(TenderRefused::NotVoidable).into());
            }
            if let Some(checkout) = &checkout {
                checkout.may_void(&payment.reference).await?;
            }
        }
        let at = self.clock.now();
        let undone = self.store.undo_tenders(ticket, member.id, approved_by, at)?;
        // The cash is the customer's from here on: whatever fails now is told beside it, never in its place.
        let references = payments.into_iter().map(|payment| payment.reference).collect();
        let begun = match &checkout {
            Some(checkout) => {
                checkout
                    .void_in_turn(references, Some(member.id), approved_by)
                    .await
            }
            None => Ok(None),
        };
        let (void, not_voided) = match begun {
            Ok(void) => (void, None),
            Err(error) => (None, Some(error.into())),
        };
        Ok(TakenBack {
            standing: self.store.standing(ticket).unwrap_or(undone.standing),
            cash: undone.cash,
            drawer: undone
                .tenders
                .iter()
                .find(|tender| tender.kind == TenderKind::Cash && !tender.moved.is_zero())
                .map(|tender| tender.reference.clone()),
            by_hand: undone
                .tenders
                .into_iter()
                .filter(|tender| tender.kind != TenderKind::Cash)
                .collect(),
            void,
            not_voided,
        })
    }

    /// Brings a ticket that is aside and not paid, or not in full, back to the counter.
    ///
    /// # Errors
    /// When nobody is signed in, something is on the ticket at the counter, or nothing is left to do on that one.
    pub fn resume_ticket(&self, ticket: i64) -> Result<Ticket, TillError> {
        self.require()?;
        if self.store.ticket(ticket)?.is_waiting() {
            return self.recall(ticket, None);
        }
        self.store.resume_ticket(ticket)?;
        self.ticket()
    }

    /// How the shop rounds totals.
    ///
    /// # Errors
    /// When the store fails.
    pub fn rounding(&self) -> Result<Rounding, TillError> {
        Ok(self.store.rounding(self.currency()?)?)
    }

    /// Sets how the shop rounds totals.
    ///
    /// # Errors
    /// When no manager is signed in, the currency has no such mechanism, or the store fails.
    pub fn set_rounding(&self, rounding: Rounding) -> Result<(), TillError> {
        let manager = self.require_manager()?;
        if rounding != Rounding::Off && !Rounding::is_known_in(self.currency()?) {
            return Err(StaffError::NotAllowed.into());
        }
        let entry = NewEntry {
            kind: EntryKind::Settings,
            at: self.clock.now(),
            staff: Some(manager.id),
            body: serde_json::json!({ "did": "changed how totals are rounded", "rounding": rounding }),
        };
        Ok(self.store.set_rounding(rounding, &entry)?)
    }
}

fn is_cash(leg: &Leg) -> bool {
    match leg {
        Leg::Tender(tender) => tender.kind == TenderKind::Cash,
        Leg::Payment(_) => false,
    }
}

/// A part as somebody typed it; none where nothing was typed.
fn decimal(part: Option<&str>, standing: &Standing) -> Result<Option<Amount>, TillError> {
    let part = part.filter(|part| !part.trim().is_empty());
    Ok(part
        .map(|part| Amount::parse_decimal(part, standing.due.currency()))
        .transpose()?)
}
