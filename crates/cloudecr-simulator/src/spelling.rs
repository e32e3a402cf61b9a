//! How the gateway writes the same value: now as a number, now as text. Seen both ways in the wild, so a POS has to
//! read both, and can ask for either here.

use cloudecr::{Channel, Terminal};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

/// A number, or the text of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Written {
    /// `1`
    Number,
    /// `"1"`
    Text,
}

/// Yes or no.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Flag {
    /// `true`
    Bool,
    /// `1`
    Number,
    /// `"1"`
    Text,
}

/// One name, or a list of names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Plural {
    /// `["MYR"]`
    List,
    /// `"MYR"`, where there is only one.
    Text,
}

/// How each kind of value is written. The default is what the documentation shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Spelling {
    /// `code` of an error body, and 20000.
    pub codes: Written,
    /// `status` of a wallet.
    pub status: Written,
    /// `currency` of a wallet.
    pub currency: Plural,
    /// `connected` of a terminal.
    pub connected: Flag,
    /// `isVT` of a terminal.
    #[serde(rename = "isVT")]
    pub is_vt: Flag,
    /// `transId` of a transfer response.
    pub trans_id: Written,
    /// `transAmt` and `cashAmt` of a transfer response. As a number, `12.50` is `12.5`.
    pub amounts: Written,
    /// `statusCode` and `responseCode` of a transfer response, where they are numbers at all: `00` is none.
    pub verdicts: Written,
}

impl Default for Spelling {
    fn default() -> Self {
        Self {
            codes: Written::Number,
            status: Written::Number,
            currency: Plural::List,
            connected: Flag::Bool,
            is_vt: Flag::Number,
            trans_id: Written::Text,
            amounts: Written::Text,
            verdicts: Written::Text,
        }
    }
}

impl Flag {
    fn write(self, flag: bool) -> Value {
        match self {
            Self::Bool => json!(flag),
            Self::Number => json!(u8::from(flag)),
            Self::Text => json!(u8::from(flag).to_string()),
        }
    }
}

impl Written {
    /// A number in this form.
    pub(crate) fn write(self, number: u32) -> Value {
        match self {
            Self::Number => json!(number),
            Self::Text => json!(number.to_string()),
        }
    }
}

impl Spelling {
    /// A row of the list of terminals.
    pub(crate) fn terminal(&self, terminal: &Terminal) -> Value {
        json!({
            "terminalId": terminal.terminal_id,
            "connected": self.connected.write(terminal.connected),
            "isVT": self.is_vt.write(terminal.is_vt),
        })
    }

    /// A row of the list of wallets.
    pub(crate) fn channel(&self, channel: &Channel) -> Value {
        let currency = match (self.currency, channel.currencies.as_slice()) {
            (Plural::Text, [only]) => json!(only),
            (Plural::List | Plural::Text, all) => json!(all),
        };
        let mut row = json!({
            "name": channel.name,
            "status": self.status.write(u32::from(channel.active)),
            "currency": currency,
        });
        if let Some(address) = &channel.logo_url {
            row["logoUrl3"] = json!(address);
        }
        row
    }

    /// Writes a transfer response in this form, before it is signed.
    pub(crate) fn transfer(&self, answer: &mut Value) {
        let Some(fields) = answer.as_object_mut() else {
            return;
        };
        if self.verdicts == Written::Number {
            as_numbers(fields, &["statusCode", "responseCode"]);
        }
        let Some(Value::Object(data)) = fields.get_mut("transData") else {
            return;
        };
        if self.trans_id == Written::Number {
            as_numbers(data, &["transId"]);
        }
        if self.amounts == Written::Number {
            as_numbers(data, &["transAmt", "cashAmt"]);
        }
    }
}

/// Turns what reads as a JSON number into one. A code such as 00 does not.
pub(crate) fn as_numbers(fields: &mut Map<String, Value>, names: &[&str]) {
    for &name in names {
        if let Some(value) = fields.get_mut(name)
            && let Some(Ok(number)) = value.as_str().map(serde_json::from_str::<serde_json::Number>)
        {
            *value = Value::Number(number);
        }
    }
}
