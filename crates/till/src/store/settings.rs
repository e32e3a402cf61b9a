//! Settings: small values by name, read and written as the types they are.

use std::str::FromStr;

use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::{Store, StoreError};
use crate::money::{Amount, Currency};
use crate::options::{CashOutRules, PaymentOptions};
use crate::payment::{Extras, UnknownName};

/// Light, dark, or as the system has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl FromStr for Theme {
    type Err = UnknownName;

    fn from_str(text: &str) -> Result<Self, UnknownName> {
        match text {
            "system" => Ok(Self::System),
            "light" => Ok(Self::Light),
            "dark" => Ok(Self::Dark),
            other => Err(UnknownName(other.to_owned())),
        }
    }
}

/// The language of this till's screens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Language {
    /// The computer's, where the till has it; else English.
    #[default]
    #[serde(rename = "system")]
    System,
    /// English.
    #[serde(rename = "en")]
    English,
    /// Bahasa Malaysia.
    #[serde(rename = "ms")]
    Malay,
    /// Chinese in simplified characters.
    #[serde(rename = "zh")]
    Chinese,
}

/// What the merchant sets about the shop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoreSettings {
    /// The name at the head of each receipt.
    pub name: String,
    /// Lines under it: address, telephone, tax number.
    pub header: Vec<String>,
    /// The ISO code of the currency it sells in.
    pub currency: String,
    /// Minutes without a key or a touch after which the till locks itself; 0 for never.
    pub lock_after_minutes: u32,
}

/// Which gateway account the till pays through. The password and the secret key are in the keyring.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnectionSettings {
    /// `production`, `fiuu-sandbox`, or an address.
    pub gateway: String,
    /// The POS account.
    pub pos_id: String,
    /// The merchant.
    pub merchant_id: String,
}

/// Where answers by callback are listened for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallbackSettings {
    /// Whether they are.
    pub on: bool,
    /// The address and port of this machine, such as `127.0.0.1:8480`.
    pub address: String,
    /// The path, such as `/callback`.
    pub path: String,
}

impl Default for CallbackSettings {
    /// Off; for a reverse proxy on this machine once it is switched on.
    fn default() -> Self {
        Self {
            on: false,
            address: "127.0.0.1:8480".to_owned(),
            path: "/callback".to_owned(),
        }
    }
}

/// [`PaymentOptions`] as they are kept.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct KeptOptions {
    cash_out: bool,
    cash_most_minor: i64,
    cash_step_minor: i64,
    always: Extras,
    asks_product: bool,
    asks_promo: bool,
}

impl From<&PaymentOptions> for KeptOptions {
    fn from(options: &PaymentOptions) -> Self {
        Self {
            cash_out: options.cash_out.offered,
            cash_most_minor: options.cash_out.most.minor(),
            cash_step_minor: options.cash_out.step.minor(),
            always: options.always.clone(),
            asks_product: options.asks_product,
            asks_promo: options.asks_promo,
        }
    }
}

const CALLBACK: &str = "callback";
const STORE: &str = "store";
const CONNECTION: &str = "connection";
const TERMINAL: &str = "terminal";
const THEME: &str = "theme";
const PAYMENT_OPTIONS: &str = "payment_options";
const LANGUAGE: &str = "language";
const TILL: &str = "till";

impl Store {
    /// The shop's settings; none before set-up.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn store_settings(&self) -> Result<Option<StoreSettings>, StoreError> {
        self.get(STORE)
    }

    /// Saves the shop's settings.
    ///
    /// # Errors
    /// When they cannot be committed.
    pub fn save_store_settings(&self, settings: &StoreSettings) -> Result<(), StoreError> {
        self.set(STORE, settings)
    }

    /// The gateway account; none before set-up.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn connection_settings(&self) -> Result<Option<ConnectionSettings>, StoreError> {
        self.get(CONNECTION)
    }

    /// Saves the gateway account.
    ///
    /// # Errors
    /// When it cannot be committed.
    pub fn save_connection_settings(&self, settings: &ConnectionSettings) -> Result<(), StoreError> {
        self.set(CONNECTION, settings)
    }

    /// The terminal this till uses, by its ID.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn chosen_terminal(&self) -> Result<Option<String>, StoreError> {
        self.get(TERMINAL)
    }

    /// Chooses the terminal this till uses.
    ///
    /// # Errors
    /// When it cannot be committed.
    pub fn choose_terminal(&self, id: &str) -> Result<(), StoreError> {
        self.set(TERMINAL, &id)
    }

    /// Chooses none: another account's terminals are others.
    ///
    /// # Errors
    /// When it cannot be committed.
    pub fn choose_no_terminal(&self) -> Result<(), StoreError> {
        self.write(|connection| {
            connection.execute("DELETE FROM setting WHERE name = ?1", [TERMINAL])?;
            Ok(())
        })
    }

    /// Where answers by callback are listened for; off unless somebody set it.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn callback_settings(&self) -> Result<CallbackSettings, StoreError> {
        Ok(self.get(CALLBACK)?.unwrap_or_default())
    }

    /// Saves where answers by callback are listened for.
    ///
    /// # Errors
    /// When it cannot be committed.
    pub fn save_callback_settings(&self, settings: &CallbackSettings) -> Result<(), StoreError> {
        self.set(CALLBACK, settings)
    }

    /// What the merchant set about payments; as they start, before anything was set.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn payment_options(&self, currency: Currency) -> Result<PaymentOptions, StoreError> {
        let Some(kept) = self.get::<KeptOptions>(PAYMENT_OPTIONS)? else {
            return Ok(PaymentOptions::new(currency));
        };
        let amount = |minor| {
            Amount::from_minor(minor, currency).map_err(|why| StoreError::Unreadable(why.to_string()))
        };
        Ok(PaymentOptions {
            cash_out: CashOutRules {
                offered: kept.cash_out,
                most: amount(kept.cash_most_minor)?,
                step: amount(kept.cash_step_minor)?,
            },
            always: kept.always,
            asks_product: kept.asks_product,
            asks_promo: kept.asks_promo,
        })
    }

    /// Saves what the merchant set about payments.
    ///
    /// # Errors
    /// When it cannot be committed.
    pub fn save_payment_options(&self, options: &PaymentOptions) -> Result<(), StoreError> {
        self.set(PAYMENT_OPTIONS, &KeptOptions::from(options))
    }

    /// Light, dark, or the system's.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn theme(&self) -> Result<Theme, StoreError> {
        Ok(self.get(THEME)?.unwrap_or_default())
    }

    /// Sets light, dark, or the system's.
    ///
    /// # Errors
    /// When it cannot be committed.
    pub fn set_theme(&self, theme: Theme) -> Result<(), StoreError> {
        self.set(THEME, &theme)
    }

    /// The screens' language.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn language(&self) -> Result<Language, StoreError> {
        Ok(self.get(LANGUAGE)?.unwrap_or_default())
    }

    /// Sets the screens' language. It needs nobody signed in: who cannot read the lock screen could not sign in to
    /// change it.
    ///
    /// # Errors
    /// When it cannot be committed.
    pub fn set_language(&self, language: Language) -> Result<(), StoreError> {
        self.set(LANGUAGE, &language)
    }

    /// The name of this till's entries in the keyring; `make` names it the first time.
    ///
    /// # Errors
    /// When it cannot be read or committed.
    pub fn till_id<E: From<StoreError>>(
        &self,
        make: impl FnOnce() -> Result<String, E>,
    ) -> Result<String, E> {
        if let Some(id) = self.get(TILL)? {
            return Ok(id);
        }
        let id = make()?;
        self.set(TILL, &id)?;
        Ok(id)
    }

    pub(super) fn get<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, StoreError> {
        self.read(|connection| {
            let text: Option<String> = connection
                .prepare_cached("SELECT value FROM setting WHERE name = ?1")?
                .query_row([name], |row| row.get(0))
                .optional()?;
            text.map(|text| {
                serde_json::from_str(&text)
                    .map_err(|why| StoreError::Unreadable(format!("setting {name}: {why}")))
            })
            .transpose()
        })
    }

    pub(super) fn set<T: Serialize + ?Sized>(&self, name: &str, value: &T) -> Result<(), StoreError> {
        let text = serde_json::to_string(value).map_err(|why| StoreError::Failed(why.to_string()))?;
        self.write(|connection| put(connection, name, &text))
    }
}

pub(super) fn put(connection: &Connection, name: &str, text: &str) -> Result<(), StoreError> {
    connection.execute(
        "INSERT INTO setting (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2",
        params![name, text],
    )?;
    Ok(())
}
