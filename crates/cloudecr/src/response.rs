//! A transfer response as JSON, read leniently: the gateway adds fields, leaves some out, and writes numbers as text
//! and back. What is kept here proves nothing until its signature and its identity are checked.

use serde::{Deserialize, Deserializer, Serialize, de};
use serde_json::{Map, Value};

use crate::js_text;

/// The answer to a transfer (the protocol's section "Transfer response"). Every scalar is kept as text, a number as
/// JavaScript would print it; a list or an object where a scalar belongs does not parse.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct TransferResponse {
    /// What was asked for, as the gateway repeats it; read it with [`TransType::from`](crate::TransType).
    #[serde(
        deserialize_with = "js_text::optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub trans_type: Option<String>,
    /// The POS account.
    #[serde(
        deserialize_with = "js_text::optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub pos_id: Option<String>,
    /// The terminal.
    #[serde(
        deserialize_with = "js_text::optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub device_id: Option<String>,
    /// The POS's reference. What a getLast has here is not documented: the original's or the inquiry's own.
    #[serde(
        deserialize_with = "js_text::optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub reference_id: Option<String>,
    /// `v1`.
    #[serde(
        deserialize_with = "js_text::optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub api_version: Option<String>,
    /// `00` success, `11` failure, `22` pending. It alone decides success.
    #[serde(
        deserialize_with = "js_text::optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub status_code: Option<String>,
    /// The channel's code; [`codes::response`](crate::codes::response) reads it.
    #[serde(
        deserialize_with = "js_text::optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub response_code: Option<String>,
    /// Words for people, up to 128 characters.
    #[serde(
        deserialize_with = "js_text::optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub response_text: Option<String>,
    /// The terminal's serial number.
    #[serde(
        deserialize_with = "js_text::optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub terminal_sn: Option<String>,
    /// The terminal's software.
    #[serde(
        deserialize_with = "js_text::optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub software_version: Option<String>,
    /// 64 hex digits over all the rest, sometimes with stray blanks.
    #[serde(
        deserialize_with = "js_text::optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub signature: Option<String>,
    /// The particulars.
    #[serde(
        deserialize_with = "particulars",
        skip_serializing_if = "ResponseData::is_empty"
    )]
    pub trans_data: ResponseData,
    /// Fields that this crate does not know; they are signed over too.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// The particulars of an answer (`transData`).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ResponseData {
    /// The gateway's number of the transaction, up to 10 digits.
    #[serde(
        deserialize_with = "js_text::optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub trans_id: Option<String>,
    /// The card brand or the wallet.
    #[serde(
        deserialize_with = "js_text::optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub payment_channel: Option<String>,
    /// The amount; [`WireAmount::from_answer`](crate::WireAmount::from_answer) reads it.
    #[serde(
        deserialize_with = "js_text::optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub trans_amt: Option<String>,
    /// The cash handed back.
    #[serde(
        deserialize_with = "js_text::optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub cash_amt: Option<String>,
    /// The terminal's clock, local time without a zone (`2025-01-15T16:20:22`).
    #[serde(
        deserialize_with = "js_text::optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub trans_date_time: Option<String>,
    /// Such as `MYR`.
    #[serde(
        deserialize_with = "js_text::optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub currency: Option<String>,
    /// The terminal's running number.
    #[serde(
        deserialize_with = "js_text::optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub inv_no: Option<String>,
    /// The settlement batch.
    #[serde(
        deserialize_with = "js_text::optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub batch_no: Option<String>,
    /// The acquirer's number of the terminal.
    #[serde(
        deserialize_with = "js_text::optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub tid: Option<String>,
    /// The acquirer's number of the merchant.
    #[serde(
        deserialize_with = "js_text::optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub mid: Option<String>,
    /// What the request had there.
    #[serde(
        deserialize_with = "js_text::optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub metadata: Option<String>,
    /// The card number, masked by the gateway.
    #[serde(
        deserialize_with = "js_text::optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub card_no: Option<String>,
    /// How the card was read; spellings differ, kept as text.
    #[serde(
        deserialize_with = "js_text::optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub entry_mode: Option<String>,
    /// The acquirer's retrieval reference number.
    #[serde(
        deserialize_with = "js_text::optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub rrn: Option<String>,
    /// The issuer's approval code.
    #[serde(
        deserialize_with = "js_text::optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub appr_code: Option<String>,
    /// Terminal verification results, hex.
    #[serde(
        deserialize_with = "js_text::optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub tvr: Option<String>,
    /// The card's application cryptogram, hex.
    #[serde(
        deserialize_with = "js_text::optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub app_crypt: Option<String>,
    /// The card application.
    #[serde(
        deserialize_with = "js_text::optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub aid: Option<String>,
    /// 00 none, 01 signature, 02 online PIN, 03 offline PIN, 04 on the customer's device.
    #[serde(
        deserialize_with = "js_text::optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub cvm_type: Option<String>,
    /// The card application's name.
    #[serde(
        deserialize_with = "js_text::optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub card_label: Option<String>,
    /// The name on the card.
    #[serde(
        deserialize_with = "js_text::optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub card_holders_name: Option<String>,
    /// The wallet's own reference.
    #[serde(
        deserialize_with = "js_text::optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub merchant_ref_id: Option<String>,
    /// Fields that this crate does not know.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

impl ResponseData {
    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Null and the empty list, which some servers write for an empty object, hold no particulars.
fn particulars<'de, D: Deserializer<'de>>(input: D) -> Result<ResponseData, D::Error> {
    match Value::deserialize(input)? {
        Value::Null => Ok(ResponseData::default()),
        Value::Array(items) if items.is_empty() => Ok(ResponseData::default()),
        object @ Value::Object(_) => ResponseData::deserialize(object).map_err(de::Error::custom),
        Value::Array(_) | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            Err(de::Error::custom("transData is not an object"))
        }
    }
}
