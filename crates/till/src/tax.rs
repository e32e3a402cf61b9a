//! Sales and service tax (SST) as the merchant sets it: whether at all, at which rates, in the prices or on top.

use crate::money::Rate;

/// The longest name of a tax class, in characters.
pub const TAX_NAME_LIMIT: usize = 24;
/// The longest registration number, in characters; the customs department's have up to 17.
pub const SST_NUMBER_LIMIT: usize = 24;
/// The most tax classes.
pub const TAX_CLASS_LIMIT: usize = 20;

/// A class of goods or services that are taxed alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaxClass {
    /// Its row.
    pub id: i64,
    /// What the tax is called on a receipt, such as `SST`.
    pub name: String,
    /// How much.
    pub rate: Rate,
}

/// The tax of one line, as it was when the line was rung up.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LineTax {
    /// The class's name; empty without tax.
    pub name: String,
    /// How much; zero without tax.
    pub rate: Rate,
}

/// What the merchant set about tax.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaxSettings {
    /// Whether the shop charges tax. Until then every line's rate is zero and nothing about tax is shown.
    pub enabled: bool,
    /// Whether prices have their tax in them; else it is added to the total.
    pub included: bool,
    /// The registration number that goes on receipts; empty for none.
    pub sst_number: String,
    /// The class of open amounts, and of items that have none of their own.
    pub default_class: i64,
}

/// What tax is charged on what, at this moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaxRules {
    /// The merchant's settings.
    pub settings: TaxSettings,
    /// The classes, the lowest rate first; with those that are not offered any more.
    pub(crate) classes: Vec<TaxClass>,
}

impl TaxRules {
    /// The tax of a line that is rung up now, of an item's class or of the default one.
    #[must_use]
    pub fn for_class(&self, class: Option<i64>) -> LineTax {
        if !self.settings.enabled {
            return LineTax::default();
        }
        let class = class.unwrap_or(self.settings.default_class);
        self.classes
            .iter()
            .find(|known| known.id == class)
            .map(|class| LineTax {
                name: class.name.clone(),
                rate: class.rate,
            })
            .unwrap_or_default()
    }
}
