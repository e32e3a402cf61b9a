//! What the merchant sets about payments: cash-out and its limits, the terminal's slips, and the optional fields.

use crate::money::{Amount, Currency, MoneyError};
use crate::payment::Extras;
use crate::ticket::Ticket;

/// The most amounts of cash that are offered to choose from; any other that the rules allow can be typed.
const CHOICES: u32 = 10;

/// When cash may be handed back beside a purchase (MyDebit), and how much.
///
/// The gateway's protocol documents no limit. What holds is in the merchant's agreement with the acquirer, so both are
/// settings, and [`CashOutRules::sample`] is only where they start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CashOutRules {
    /// Whether the counter offers it. The acquirer has to have allowed it.
    pub offered: bool,
    /// The most for one payment.
    pub most: Amount,
    /// Every amount is a multiple of this: the notes in the drawer.
    pub step: Amount,
}

/// Why an amount of cash is not handed back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CashRefused {
    /// The merchant does not offer it.
    #[error("this shop does not hand back cash on cards; a manager can switch it on in Settings")]
    NotOffered,
    /// More than the most.
    #[error("at most {0} in cash is handed back")]
    TooMuch(Amount),
    /// Not a multiple of the step.
    #[error("cash is handed back in steps of {0}")]
    NotInSteps(Amount),
}

impl CashOutRules {
    /// Switched off; 500 at most, in steps of 50.
    #[must_use]
    pub fn sample(currency: Currency) -> Self {
        let whole = |units: i64| {
            let minor = units * 10_i64.pow(currency.decimals());
            Amount::from_minor(minor, currency).unwrap_or_else(|_| Amount::zero(currency))
        };
        Self {
            offered: false,
            most: whole(500),
            step: whole(50),
        }
    }

    /// Whether the two fit together: something can be handed back.
    #[must_use]
    pub fn are_sound(&self) -> bool {
        !self.step.is_zero() && self.most.minor() >= self.step.minor() && self.is_in_steps(self.most)
    }

    /// Whether so much may be handed back.
    ///
    /// # Errors
    /// Why not.
    pub fn check(&self, cash: Amount) -> Result<(), CashRefused> {
        if !self.offered {
            Err(CashRefused::NotOffered)
        } else if cash.minor() > self.most.minor() {
            Err(CashRefused::TooMuch(self.most))
        } else if cash.is_zero() || !self.is_in_steps(cash) {
            Err(CashRefused::NotInSteps(self.step))
        } else {
            Ok(())
        }
    }

    /// Amounts to choose from, smallest first.
    #[must_use]
    pub fn choices(&self) -> Vec<Amount> {
        (1..=CHOICES)
            .map_while(|times| self.step.times(times).ok())
            .take_while(|cash| cash.minor() <= self.most.minor() && !cash.is_zero())
            .collect()
    }

    fn is_in_steps(&self, cash: Amount) -> bool {
        cash.minor().checked_rem(self.step.minor()) == Some(0)
    }
}

/// What the merchant sets about payments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentOptions {
    /// Cash beside a purchase.
    pub cash_out: CashOutRules,
    /// What every payment carries: the slips, their label, a product, the merchant's own metadata. Never a note.
    pub always: Extras,
    /// Whether the counter may choose a product for a sale.
    pub asks_product: bool,
    /// Whether the counter may enter a promotion for a sale.
    pub asks_promo: bool,
}

impl PaymentOptions {
    /// As they are before a merchant has set anything.
    #[must_use]
    pub fn new(currency: Currency) -> Self {
        Self {
            cash_out: CashOutRules::sample(currency),
            always: Extras::default(),
            asks_product: false,
            asks_promo: false,
        }
    }

    /// What a payment of this ticket carries: the ticket's own, and the merchant's where it has none.
    #[must_use]
    pub fn for_ticket(&self, ticket: &Ticket) -> Extras {
        let own = ticket.extras.clone();
        Extras {
            note: own.note,
            product_index: own.product_index.or_else(|| self.always.product_index.clone()),
            promo_sale: own.promo_sale,
            ..self.always.clone()
        }
    }
}

/// The options as a form has them: text as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PaymentOptionsForm {
    /// Whether the counter offers cash-out.
    pub cash_out: bool,
    /// The most cash for one payment, as a decimal.
    pub cash_most: String,
    /// What every amount of cash is a multiple of, as a decimal.
    pub cash_step: String,
    /// How many slips; the terminal's own habit without it.
    pub print_count: Option<u32>,
    /// What the slip calls the reference; empty for the terminal's own word.
    pub reference_label: String,
    /// The product of every payment; empty for none.
    pub product_index: String,
    /// The merchant's own text in the metadata; empty for none.
    pub metadata: String,
    /// Whether the counter may choose a product.
    pub asks_product: bool,
    /// Whether the counter may enter a promotion.
    pub asks_promo: bool,
}

impl PaymentOptionsForm {
    pub(crate) fn rules(&self, currency: Currency) -> Result<CashOutRules, MoneyError> {
        Ok(CashOutRules {
            offered: self.cash_out,
            most: Amount::parse_decimal(&self.cash_most, currency)?,
            step: Amount::parse_decimal(&self.cash_step, currency)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rm(minor: i64) -> Amount {
        Amount::from_minor(minor, Currency::Myr).unwrap()
    }

    fn rules(most: i64, step: i64) -> CashOutRules {
        CashOutRules {
            offered: true,
            most: rm(most),
            step: rm(step),
        }
    }

    #[test]
    fn cash_is_handed_back_in_steps_up_to_the_most_and_only_where_it_is_offered() {
        let rules = rules(50_000, 5_000);
        assert_eq!(rules.check(rm(5_000)), Ok(()));
        assert_eq!(rules.check(rm(50_000)), Ok(()));
        assert_eq!(rules.check(rm(55_000)), Err(CashRefused::TooMuch(rm(50_000))));
        assert_eq!(rules.check(rm(5_001)), Err(CashRefused::NotInSteps(rm(5_000))));
        assert_eq!(rules.check(rm(0)), Err(CashRefused::NotInSteps(rm(5_000))));
        let off = CashOutRules::sample(Currency::Myr);
        assert_eq!(off.check(rm(5_000)), Err(CashRefused::NotOffered));
        assert!(off.are_sound());
    }

    #[test]
    fn limits_that_allow_nothing_are_not_sound() {
        for (most, step) in [(0, 0), (0, 100), (100, 0), (100, 200), (250, 100)] {
            assert!(!rules(most, step).are_sound(), "{most} in steps of {step}");
        }
    }

    #[test]
    fn a_sample_in_a_currency_without_a_minor_unit_is_in_whole_units() {
        assert_eq!(CashOutRules::sample(Currency::Vnd).most.to_string(), "500");
    }

    proptest! {
        #[test]
        fn every_choice_is_allowed(most in 0i64..1_000_000, step in 0i64..60_000) {
            let rules = rules(most, step);
            let choices = rules.choices();
            prop_assert!(choices.len() <= 10);
            for cash in choices {
                prop_assert_eq!(rules.check(cash), Ok(()));
            }
        }
    }
}
