//! The words on a receipt. One structure, so that a language that lacks one does not compile; they stand here and not in the
//! page, because paper is printed without a page.

mod en;
mod ms;
mod zh;

use crate::store::Language;

/// Everything that a receipt says of its own accord.
pub(super) struct Words {
    pub(super) receipt: &'static str,
    pub(super) served_by: &'static str,
    /// An open amount.
    pub(super) amount: &'static str,
    pub(super) subtotal: &'static str,
    pub(super) discount: &'static str,
    pub(super) total: &'static str,
    pub(super) rounding: &'static str,
    /// What the customer paid, in coins that there are.
    pub(super) to_pay: &'static str,
    pub(super) still_due: &'static str,
    pub(super) cash: &'static str,
    pub(super) cash_given: &'static str,
    pub(super) change: &'static str,
    pub(super) manual_card: &'static str,
    /// Beside a card that somebody took by hand while the gateway could not be reached.
    pub(super) unverified: &'static str,
    pub(super) portal_refund: &'static str,
    pub(super) return_mark: &'static str,
    pub(super) refund: &'static str,
    pub(super) return_of: &'static str,
    pub(super) reason: &'static str,
    /// What was handed back before the ticket was paid in full.
    pub(super) taken_back: &'static str,
    pub(super) sst_number: &'static str,
    /// A tax that has no name of its own.
    pub(super) tax: &'static str,
    /// After a tax's name and rate: it is in the prices.
    pub(super) tax_included: &'static str,
    /// It is added to them.
    pub(super) tax_added: &'static str,
    pub(super) purchase: &'static str,
    pub(super) cash_out: &'static str,
    pub(super) purchase_voided: &'static str,
    pub(super) cash_out_voided: &'static str,
    pub(super) voided: &'static str,
    pub(super) void: &'static str,
    pub(super) card: &'static str,
    pub(super) wallet: &'static str,
    pub(super) note: &'static str,
    pub(super) terminal: &'static str,
    pub(super) approval: &'static str,
    pub(super) decided_by_hand: &'static str,
    pub(super) training: &'static str,
    pub(super) duplicate: &'static str,
    pub(super) test_print: &'static str,
    pub(super) test_works: &'static str,
    /// January to December, as short as they are written.
    pub(super) months: [&'static str; 12],
    /// `{day}`, `{month}`, `{year}`, `{time}`.
    pub(super) date: &'static str,
}

/// Which words a receipt speaks: one language, or two side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Speech {
    first: Language,
    second: Option<Language>,
}

impl Speech {
    /// One language. The computer's own is English here: who knows better says which it is.
    #[must_use]
    pub const fn one(language: Language) -> Self {
        Self {
            first: language,
            second: None,
        }
    }

    /// Two languages side by side.
    #[must_use]
    pub const fn two(first: Language, second: Language) -> Self {
        Self {
            first,
            second: Some(second),
        }
    }

    pub(super) fn words(self) -> &'static Words {
        of(self.first)
    }

    /// One text in each of the languages, once where they say the same.
    pub(super) fn say(self, pick: impl Fn(&Words) -> &'static str) -> String {
        let first = pick(of(self.first));
        match self.second.map(|second| pick(of(second))) {
            Some(second) if second != first => format!("{first} / {second}"),
            Some(_) | None => first.to_owned(),
        }
    }
}

const fn of(language: Language) -> &'static Words {
    match language {
        Language::System | Language::English => &en::WORDS,
        Language::Malay => &ms::WORDS,
        Language::Chinese => &zh::WORDS,
    }
}
