//! A transfer request as JSON: the shape alone. What may stand in its fields is checked where one is prepared.

use serde::{Deserialize, Serialize};

use crate::TransType;

/// The body of `POST /api/transfer` (the protocol's section "Transfer request").
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TransferRequest {
    /// What is asked for.
    pub trans_type: TransType,
    /// The POS account.
    pub pos_id: String,
    /// The merchant.
    pub merchant_id: String,
    /// The terminal's unique ID, which the terminal list calls `terminalId`.
    pub device_id: String,
    /// The POS's own reference, unique per transfer, which the answer repeats.
    pub reference_id: String,
    /// What the terminal's slip calls the reference; "POS Ref" without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference_label: Option<String>,
    /// The particulars; a getLast has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trans_data: Option<RequestData>,
    /// `v1`.
    pub api_version: String,
    /// When it was made, UTC, as [`GatewayTime`](crate::GatewayTime) writes it.
    pub datetime: String,
    /// 64 hex digits over all the rest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<String>,
}

/// The particulars of a transfer (`transData`); which of them belong is decided by the kind of transfer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct RequestData {
    /// The amount, as [`WireAmount`](crate::WireAmount) writes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trans_amt: Option<String>,
    /// The cash handed back, cash-out only, in the same form.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cash_amt: Option<String>,
    /// How the customer pays.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_method: Option<String>,
    /// The wallet, as the channel list spells it; `qrCustScan` only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_channel: Option<String>,
    /// The terminal's product, up to 10.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub product_index: Option<String>,
    /// A card promotion; a card outside it is declined.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub promo_sale: Option<String>,
    /// Printed on the slip.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Returned in the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metadata: Option<String>,
    /// Slips to print: 0 none, 1 the merchant's, 2 both (what the terminal does without it).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub print_count: Option<u8>,
    /// The gateway's transaction; void and print.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trans_id: Option<String>,
    /// The terminal's running number; void.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inv_no: Option<String>,
    /// The `datetime` of the sale that a wallet inquiry asks about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub original_datetime: Option<String>,
}
