//! The form of a setup file: its fields, and what may be left out.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    config::{AccountStatus, InquiryReference, KeyPicture, Logo},
    signer::SignatureRule,
    spelling::Spelling,
};

/// The file. What is left out is as in [`crate::Config::default`].
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub(crate) struct File {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) merchant_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) secret_key: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) currency: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) accounts: Option<Vec<Account>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) terminals: Option<Vec<TerminalEntry>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) channels: Option<Vec<ChannelEntry>>,
    pub(crate) promotions: BTreeMap<String, Vec<String>>,
    pub(crate) habits: Habits,
    pub(crate) limits: Limits,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Account {
    pub(crate) pos_id: String,
    pub(crate) password: String,
    #[serde(default)]
    pub(crate) status: AccountStatus,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct TerminalEntry {
    pub(crate) id: String,
    #[serde(rename = "isVT", default = "yes")]
    pub(crate) is_vt: bool,
    /// A VT is an app on a phone and has none unless it says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) printer: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) bound_to: Option<String>,
    #[serde(default)]
    pub(crate) unbound: bool,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct ChannelEntry {
    pub(crate) name: String,
    /// 1 active, 0 inactive, as in the list of channels.
    #[serde(default = "one")]
    pub(crate) status: u8,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) currencies: Option<Vec<String>>,
    #[serde(default)]
    pub(crate) logo: Logo,
}

fn yes() -> bool {
    true
}

fn one() -> u8 {
    1
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub(crate) struct Habits {
    pub(crate) get_last_reference: InquiryReference,
    pub(crate) exclusive_sessions: bool,
    pub(crate) keys_differ: bool,
    pub(crate) key_picture: KeyPicture,
    pub(crate) signature_rule: SignatureRule,
    pub(crate) signature_code: u32,
    pub(crate) spelling: Spelling,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub(crate) struct Limits {
    /// A name, or a rule in particulars. Read by hand, so that a mistake is answered in words.
    pub(crate) rate: Value,
    pub(crate) cash_out: String,
    pub(crate) access_token_seconds: u64,
    pub(crate) clock_tolerance_seconds: u64,
    pub(crate) latency_ms: u64,
    pub(crate) customer_delay_ms: u64,
    pub(crate) terminal_ms: u64,
}
