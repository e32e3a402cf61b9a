//! What the merchant set about sales and service tax; rates are decimal strings in percent.

use serde::{Deserialize, Serialize};
use till::{TaxClass, TaxSettings};
use ts_rs::TS;

/// A class of goods or services that are taxed alike.
#[derive(Debug, Clone, Serialize, TS)]
pub(crate) struct TaxClassView {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) rate: String,
}

/// What the merchant set about tax.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TaxSettingsView {
    pub(crate) enabled: bool,
    pub(crate) included: bool,
    pub(crate) sst_number: String,
    /// The class of open amounts, and of items that have none of their own.
    pub(crate) default_class: i64,
    pub(crate) classes: Vec<TaxClassView>,
}

/// What the merchant sets about tax.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TaxForm {
    pub(crate) enabled: bool,
    pub(crate) included: bool,
    pub(crate) sst_number: String,
    pub(crate) default_class: i64,
}

impl From<TaxForm> for TaxSettings {
    fn from(form: TaxForm) -> Self {
        Self {
            enabled: form.enabled,
            included: form.included,
            sst_number: form.sst_number,
            default_class: form.default_class,
        }
    }
}

impl From<(TaxSettings, Vec<TaxClass>)> for TaxSettingsView {
    fn from((settings, classes): (TaxSettings, Vec<TaxClass>)) -> Self {
        Self {
            enabled: settings.enabled,
            included: settings.included,
            sst_number: settings.sst_number,
            default_class: settings.default_class,
            classes: classes
                .into_iter()
                .map(|class| TaxClassView {
                    id: class.id,
                    name: class.name,
                    rate: class.rate.to_string(),
                })
                .collect(),
        }
    }
}
