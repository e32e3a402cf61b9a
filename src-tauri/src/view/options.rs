//! What the merchant sets about payments, what a sale carries beside its lines, and what came of another slip.

use serde::{Deserialize, Serialize};
use till::{NoSlip, PaymentOptions, PaymentOptionsForm, Reprint};
use ts_rs::TS;

/// Cash that may be handed back beside a purchase.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct CashOutView {
    pub(crate) most: String,
    pub(crate) step: String,
    /// Amounts to choose from; others within the limits can be typed.
    pub(crate) choices: Vec<String>,
}

/// What the counter may offer beside the plain ways to pay.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SaleOptions {
    /// None where the merchant does not offer it.
    pub(crate) cash_out: Option<CashOutView>,
    pub(crate) asks_product: bool,
    pub(crate) asks_promo: bool,
    /// The product of a sale that has none of its own; empty for none.
    pub(crate) product_index: String,
    /// The highest product.
    pub(crate) last_product: u32,
}

/// What one sale carries beside its lines; empty for none.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TicketExtras {
    pub(crate) note: String,
    pub(crate) product_index: String,
    pub(crate) promo_sale: String,
}

/// What the merchant set about payments.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct OptionsView {
    pub(crate) cash_out: bool,
    pub(crate) cash_most: String,
    pub(crate) cash_step: String,
    pub(crate) print_count: Option<u32>,
    pub(crate) reference_label: String,
    pub(crate) product_index: String,
    pub(crate) last_product: u32,
    pub(crate) metadata: String,
    pub(crate) asks_product: bool,
    pub(crate) asks_promo: bool,
}

/// What the merchant sets about payments, as typed.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct OptionsForm {
    pub(crate) cash_out: bool,
    pub(crate) cash_most: String,
    pub(crate) cash_step: String,
    pub(crate) print_count: Option<u32>,
    pub(crate) reference_label: String,
    pub(crate) product_index: String,
    pub(crate) metadata: String,
    pub(crate) asks_product: bool,
    pub(crate) asks_promo: bool,
}

/// Whether another slip came out, and why not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ReprintResult {
    Printed,
    NoPrinter,
    NotKnown,
    Unreachable,
    Refused,
    /// It may have.
    Unknown,
}

/// What came of asking for another slip.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct ReprintView {
    pub(crate) result: ReprintResult,
    /// Of a refusal: its code, for support.
    pub(crate) code: Option<String>,
}

impl From<&PaymentOptions> for SaleOptions {
    fn from(options: &PaymentOptions) -> Self {
        let rules = &options.cash_out;
        Self {
            cash_out: rules.offered.then(|| CashOutView {
                most: rules.most.to_string(),
                step: rules.step.to_string(),
                choices: rules.choices().iter().map(ToString::to_string).collect(),
            }),
            asks_product: options.asks_product,
            asks_promo: options.asks_promo,
            product_index: options.always.product_index.clone().unwrap_or_default(),
            last_product: u32::from(cloudecr::Extras::LAST_PRODUCT),
        }
    }
}

impl From<&PaymentOptions> for OptionsView {
    fn from(options: &PaymentOptions) -> Self {
        let always = options.always.clone();
        Self {
            cash_out: options.cash_out.offered,
            cash_most: options.cash_out.most.to_string(),
            cash_step: options.cash_out.step.to_string(),
            print_count: always.print_count.map(u32::from),
            reference_label: always.reference_label.unwrap_or_default(),
            product_index: always.product_index.unwrap_or_default(),
            last_product: u32::from(cloudecr::Extras::LAST_PRODUCT),
            metadata: always.metadata.unwrap_or_default(),
            asks_product: options.asks_product,
            asks_promo: options.asks_promo,
        }
    }
}

impl From<OptionsForm> for PaymentOptionsForm {
    fn from(form: OptionsForm) -> Self {
        Self {
            cash_out: form.cash_out,
            cash_most: form.cash_most,
            cash_step: form.cash_step,
            print_count: form.print_count,
            reference_label: form.reference_label,
            product_index: form.product_index,
            metadata: form.metadata,
            asks_product: form.asks_product,
            asks_promo: form.asks_promo,
        }
    }
}

impl From<till::Extras> for TicketExtras {
    fn from(extras: till::Extras) -> Self {
        Self {
            note: extras.note.unwrap_or_default(),
            product_index: extras.product_index.unwrap_or_default(),
            promo_sale: extras.promo_sale.unwrap_or_default(),
        }
    }
}

impl From<Reprint> for ReprintView {
    fn from(outcome: Reprint) -> Self {
        let (result, code) = match outcome {
            Reprint::Printed => (ReprintResult::Printed, None),
            Reprint::NotPrinted(NoSlip::NoPrinter) => (ReprintResult::NoPrinter, None),
            Reprint::NotPrinted(NoSlip::NotKnown) => (ReprintResult::NotKnown, None),
            Reprint::NotPrinted(NoSlip::Unreachable) => (ReprintResult::Unreachable, None),
            Reprint::NotPrinted(NoSlip::Refused(code)) => (ReprintResult::Refused, Some(code)),
            Reprint::Unknown => (ReprintResult::Unknown, None),
        };
        Self { result, code }
    }
}
