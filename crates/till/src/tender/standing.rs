//! Where a ticket stands: what it comes to, what was taken of it, and what is still due.

use jiff::Timestamp;

use super::Tender;
use crate::money::{Amount, MoneyError, Rounding};
use crate::payment::Payment;
use crate::reference::Reference;

/// One leg of a ticket: a payment through the gateway, or what the gateway knows nothing of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Leg {
    /// Through the gateway.
    Payment(Box<Payment>),
    /// Cash, or a card taken by hand.
    Tender(Box<Tender>),
}

impl Leg {
    /// Its name.
    #[must_use]
    pub const fn reference(&self) -> &Reference {
        match self {
            Self::Payment(payment) => &payment.reference,
            Self::Tender(tender) => &tender.reference,
        }
    }

    /// When it was begun.
    #[must_use]
    pub const fn at(&self) -> Timestamp {
        match self {
            Self::Payment(payment) => payment.created_at,
            Self::Tender(tender) => tender.at,
        }
    }

    /// Whether its money was taken and is still here. Only these count.
    #[must_use]
    pub const fn counts(&self) -> bool {
        match self {
            Self::Payment(payment) => payment.state.counts_as_charged(),
            Self::Tender(tender) => tender.counts(),
        }
    }

    /// What it settles of the ticket, or would.
    #[must_use]
    pub const fn amount(&self) -> Amount {
        match self {
            Self::Payment(payment) => payment.amount,
            Self::Tender(tender) => tender.amount,
        }
    }

    /// What moved: the same, but for cash after rounding.
    #[must_use]
    pub const fn moved(&self) -> Amount {
        match self {
            Self::Payment(payment) => payment.amount,
            Self::Tender(tender) => tender.moved,
        }
    }

    /// Whether nothing else may be taken for the ticket because of it: its payment is open or contradicted, or a void of
    /// it is open.
    fn is_in_the_way(&self) -> bool {
        match self {
            Self::Payment(payment) => payment.conflict || payment.void_in_doubt || !payment.state.is_final(),
            Self::Tender(_) => false,
        }
    }
}

/// What cash settles of a ticket, and what is handed over for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct CashLeg {
    pub(crate) settles: Amount,
    pub(crate) moved: Amount,
}

/// Where a ticket stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The ticket.
    pub ticket: i64,
    /// What its lines come to.
    pub total: Amount,
    /// What has to be settled: the total, rounded where the shop rounds every total.
    pub payable: Amount,
    /// How its totals are rounded.
    pub rounding: Rounding,
    /// What the legs that count settle.
    pub paid: Amount,
    /// What is still to be settled.
    pub due: Amount,
    /// What would be handed over for it in cash.
    pub cash_due: Amount,
    /// The number of its receipt, once something was taken.
    pub receipt: Option<i64>,
    /// Its legs, oldest first, those that count and those that do not.
    pub legs: Vec<Leg>,
    /// A payment because of which nothing else may be taken.
    pub in_the_way: Option<Reference>,
    /// Whether something of it was returned: nothing more is taken for it then, however little it is paid.
    pub returned: bool,
}

impl Standing {
    /// Adds up the legs of a ticket that comes to `total`.
    ///
    /// # Errors
    /// When they do not add up to an amount.
    pub(crate) fn new(
        ticket: i64,
        total: Amount,
        rounding: Rounding,
        receipt: Option<i64>,
        mut legs: Vec<Leg>,
    ) -> Result<Self, MoneyError> {
        legs.sort_by(|a, b| (a.at(), a.reference().as_str()).cmp(&(b.at(), b.reference().as_str())));
        let payable = rounding.payable(total)?;
        let paid = legs
            .iter()
            .filter(|leg| leg.counts())
            .try_fold(Amount::zero(total.currency()), |sum, leg| sum.plus(leg.amount()))?;
        // More than is payable can only come of evidence that came late; a manager sees it as a conflict.
        let due = payable.minus(paid).unwrap_or(Amount::zero(total.currency()));
        let in_the_way = legs
            .iter()
            .find(|leg| leg.is_in_the_way())
            .map(|leg| leg.reference().clone());
        Ok(Self {
            ticket,
            total,
            payable,
            rounding,
            paid,
            due,
            cash_due: rounding.in_cash(due)?,
            receipt,
            legs,
            in_the_way,
            returned: false,
        })
    }

    /// The legs whose money was taken and is still here, oldest first.
    pub fn taken(&self) -> impl Iterator<Item = &Leg> {
        self.legs.iter().filter(|leg| leg.counts())
    }

    /// Whether something was taken, and all that was due.
    #[must_use]
    pub fn is_paid(&self) -> bool {
        self.due.is_zero() && self.taken().next().is_some()
    }

    /// Whether something was taken, and the rest is still to be. Of a sale that came back nothing more is taken, or taken back:
    /// what is left of it is its returns' business.
    #[must_use]
    pub fn is_partly_paid(&self) -> bool {
        !self.due.is_zero() && !self.returned && self.taken().next().is_some()
    }

    /// What the customer has really paid: cash as it was rounded.
    ///
    /// # Errors
    /// When it is not an amount.
    pub fn collected(&self) -> Result<Amount, MoneyError> {
        self.taken()
            .try_fold(Amount::zero(self.total.currency()), |sum, leg| {
                sum.plus(leg.moved())
            })
    }

    /// Before and after rounding, of a ticket that is paid; none where rounding changed nothing.
    #[must_use]
    pub fn rounded(&self) -> Option<(Amount, Amount)> {
        let after = self.collected().ok().filter(|_| self.is_paid())?;
        (after != self.total).then_some((self.total, after))
    }

    /// The part that `asked` is of what is due; all of it where nothing is asked.
    ///
    /// # Errors
    /// [`MoneyError::NotPositive`] for nothing, [`MoneyError::TooLarge`] where it is more than is due.
    pub(crate) fn part(&self, asked: Option<Amount>) -> Result<Amount, MoneyError> {
        let part = asked.unwrap_or(self.due).positive()?;
        self.due
            .minus(part)
            .map(|_| part)
            .map_err(|_| MoneyError::TooLarge)
    }

    /// What a part in cash settles, and what is handed over. The last leg settles all that is due and is rounded; an
    /// earlier one is itself an amount that there are coins for.
    ///
    /// # Errors
    /// As [`Self::part`].
    pub(crate) fn in_cash(&self, asked: Option<Amount>) -> Result<CashLeg, MoneyError> {
        let part = self.part(asked)?;
        let coins = self.rounding.in_cash(part)?;
        if part == self.due || coins.minor() >= self.due.minor() {
            return Ok(CashLeg {
                settles: self.due,
                moved: self.cash_due,
            });
        }
        let coins = coins.positive()?;
        Ok(CashLeg {
            settles: coins,
            moved: coins,
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{Direction, TenderKind};
    use super::*;
    use crate::entropy::SystemEntropy;
    use crate::money::Currency;

    fn ringgit(minor: i64) -> Amount {
        Amount::from_minor(minor, Currency::Myr).unwrap()
    }

    fn cash(leg: CashLeg) -> Leg {
        let at = Timestamp::from_millisecond(1_800_000_000_000).unwrap();
        Leg::Tender(Box::new(Tender {
            reference: Reference::new(at, &SystemEntropy).unwrap(),
            ticket: 1,
            kind: TenderKind::Cash,
            direction: Direction::In,
            amount: leg.settles,
            moved: leg.moved,
            given: None,
            proof: None,
            staff: None,
            approved_by: None,
            at,
            undone_at: None,
            receipt: Some(1),
            reason: None,
            returns: None,
        }))
    }

    fn standing(total: i64, rounding: Rounding, legs: &[Leg]) -> Standing {
        Standing::new(1, ringgit(total), rounding, None, legs.to_vec()).unwrap()
    }

    #[test]
    fn half_in_cash_is_coins_and_the_last_sen_are_rounded_once() {
        let mut legs = Vec::new();
        let first = standing(1_003, Rounding::Cash, &legs)
            .in_cash(Some(ringgit(502)))
            .unwrap();
        assert_eq!((first.settles, first.moved), (ringgit(500), ringgit(500)));
        legs.push(cash(first));
        let last = standing(1_003, Rounding::Cash, &legs).in_cash(None).unwrap();
        assert_eq!((last.settles, last.moved), (ringgit(503), ringgit(505)));
        legs.push(cash(last));
        let paid = standing(1_003, Rounding::Cash, &legs);
        assert!(paid.is_paid());
        assert_eq!(paid.rounded(), Some((ringgit(1_003), ringgit(1_005))));
    }

    #[test]
    fn nothing_is_taken_of_nothing_and_never_more_than_is_due() {
        let open = standing(1_000, Rounding::Cash, &[]);
        assert_eq!(open.part(Some(ringgit(0))), Err(MoneyError::NotPositive));
        assert_eq!(open.part(Some(ringgit(1_001))), Err(MoneyError::TooLarge));
        assert_eq!(open.in_cash(Some(ringgit(2))), Err(MoneyError::NotPositive));
        assert!(!open.is_paid() && !open.is_partly_paid());
    }

    proptest! {
        #[test]
        fn any_split_in_cash_settles_the_total_and_moves_the_rounded_total(
            total in 1..1_000_000_i64,
            parts in proptest::collection::vec(1..500_000_i64, 0..8),
            rounding in proptest::sample::select(&[Rounding::Off, Rounding::Cash, Rounding::All][..]),
        ) {
            let mut legs = Vec::new();
            for part in parts.into_iter().map(Some).chain([None]) {
                let now = standing(total, rounding, &legs);
                if now.is_paid() || now.due.is_zero() { break }
                let asked = part.map(|part| ringgit(part.min(now.due.minor())));
                let Ok(leg) = now.in_cash(asked) else { continue };
                legs.push(cash(leg));
            }
            let paid = standing(total, rounding, &legs);
            prop_assert!(paid.due.is_zero());
            prop_assert_eq!(paid.paid, paid.payable);
            prop_assert_eq!(paid.collected().unwrap(), rounding.in_cash(ringgit(total)).unwrap());
        }
    }
}
