//! What the gateway lists: terminals and wallets. Read leniently, since flags come as booleans, numbers and text.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::js_text;

/// The envelope of a list: `{"data": […]}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing<T> {
    /// The rows.
    pub data: Vec<T>,
}

/// A terminal of this POS account (`GET /api/terminals`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Terminal {
    /// Its unique ID: what a transfer calls `deviceId`.
    #[serde(deserialize_with = "js_text::required")]
    pub terminal_id: String,
    /// Whether the gateway has a connection to it now.
    #[serde(default, deserialize_with = "js_text::truth")]
    pub connected: bool,
    /// Whether it is a Fiuu VT+ app rather than another device.
    #[serde(
        rename = "isVT",
        default,
        deserialize_with = "js_text::truth",
        serialize_with = "as_digit"
    )]
    pub is_vt: bool,
}

/// A wallet the merchant may offer (`GET /api/ewallet-channels`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Channel {
    /// The gateway's own spelling, which a sale must repeat exactly.
    pub name: String,
    /// Whether it can be used now (`status`).
    #[serde(
        rename = "status",
        default,
        deserialize_with = "js_text::truth",
        serialize_with = "as_digit"
    )]
    pub active: bool,
    /// The currencies it takes.
    #[serde(rename = "currency", default, deserialize_with = "one_or_many")]
    pub currencies: Vec<String>,
    /// Its picture (`logoUrl3`).
    #[serde(
        rename = "logoUrl3",
        default,
        deserialize_with = "js_text::optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub logo_url: Option<String>,
}

/// Flags of these lists are documented as 0 and 1.
fn as_digit<S: Serializer>(flag: &bool, output: S) -> Result<S::Ok, S::Error> {
    output.serialize_u8(u8::from(*flag))
}

/// A list, or one value that stands for a list of one; null is an empty list.
fn one_or_many<'de, D: Deserializer<'de>>(input: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Given {
        None,
        One(String),
        Many(Vec<String>),
    }
    Ok(match Given::deserialize(input)? {
        Given::None => Vec::new(),
        Given::One(only) => vec![only],
        Given::Many(all) => all,
    })
}
