//! A transfer request as the gateway reads it: every field's presence, form and length, before anything is believed.

use cloudecr::{GatewayTime, PaymentMethod, TransType, WireAmount};
use serde_json::{Map, Value};

use crate::failure::Failure;

/// A request that is well-formed. Nothing is said yet of whether its IDs exist or its signature is right.
#[derive(Clone, Debug)]
pub(crate) struct Transfer {
    pub(crate) pos_id: String,
    pub(crate) merchant_id: String,
    pub(crate) device_id: String,
    pub(crate) reference_id: String,
    pub(crate) trans_type: TransType,
    pub(crate) datetime: GatewayTime,
    pub(crate) action: Action,
}

/// What is asked for.
#[derive(Clone, Debug)]
pub(crate) enum Action {
    /// A sale or a cash-out.
    Charge(Charge),
    /// Taking a charge back.
    Void {
        trans_id: String,
        inv_no: Option<String>,
        metadata: Option<String>,
    },
    /// What became of the wallet payment that was sent at this time.
    WalletInquiry { original: GatewayTime },
    /// The terminal's last transaction.
    GetLast,
    /// Another slip.
    Print { trans_id: String },
}

impl Action {
    /// Whether the customer's money may move, so that a script's step applies and a reference counts as used.
    pub(crate) fn is_money_moving(&self) -> bool {
        match self {
            Self::Charge(_) | Self::Void { .. } => true,
            Self::WalletInquiry { .. } | Self::GetLast | Self::Print { .. } => false,
        }
    }
}

/// A sale or a cash-out.
#[derive(Clone, Debug)]
pub(crate) struct Charge {
    pub(crate) amount: WireAmount,
    pub(crate) cash: Option<WireAmount>,
    pub(crate) method: PaymentMethod,
    pub(crate) channel: Option<String>,
    /// The card promotion (`promoSale`).
    pub(crate) promotion: Option<String>,
    pub(crate) metadata: Option<String>,
}

impl Transfer {
    /// Reads a body: 40031 for a field that is missing or malformed, 40030 for an unknown type, 40024 for another
    /// version, 40027 for a time that is none.
    pub(crate) fn read(body: &Value) -> Result<Self, Failure> {
        let fields = Fields(
            body.as_object()
                .ok_or_else(|| malformed("the body is no JSON object"))?,
        );
        let name = fields.needed("transType", 32)?;
        let trans_type = TransType::from(name.as_str());
        let pos_id = fields.needed("posId", 24)?;
        let merchant_id = fields.needed("merchantId", 100)?;
        let device_id = fields.needed("deviceId", 100)?;
        let reference_id = fields.needed("referenceId", 20)?;
        fields.optional("referenceLabel", 10)?;
        if fields.needed("apiVersion", 3)? != "v1" {
            return Err(Failure::of(40024));
        }
        let datetime = fields.time("datetime")?;
        let empty = Map::new();
        let data = match fields.0.get("transData") {
            None | Some(Value::Null) => &empty,
            Some(Value::Object(data)) => data,
            Some(_) => return Err(malformed("transData is no object")),
        };
        let data = Fields(data);
        let action = read_action(&trans_type, &data)?;
        data.must_belong(&trans_type)?;
        Ok(Self {
            pos_id,
            merchant_id,
            device_id,
            reference_id,
            trans_type,
            datetime,
            action,
        })
    }
}

fn read_action(trans_type: &TransType, data: &Fields<'_>) -> Result<Action, Failure> {
    match trans_type {
        TransType::Sale => {
            let method: PaymentMethod = data
                .needed("paymentMethod", 32)?
                .parse()
                .map_err(|_| malformed("paymentMethod is none of bankCard, qrCustScan and qrMerchScan"))?;
            let channel = data.optional("paymentChannel", 32)?;
            if channel.is_some() && method != PaymentMethod::QrCustScan {
                return Err(malformed("paymentChannel goes with qrCustScan only"));
            }
            let charge = Charge {
                channel,
                ..read_charge(data, method, None)?
            };
            Ok(Action::Charge(charge))
        }
        TransType::CashOut => {
            if data.needed("paymentMethod", 32)? != "bankCard" {
                return Err(malformed("a cash-out is paid by card only"));
            }
            let cash = data.amount("cashAmt")?;
            Ok(Action::Charge(read_charge(
                data,
                PaymentMethod::BankCard,
                Some(cash),
            )?))
        }
        TransType::Void => {
            data.extras()?;
            Ok(Action::Void {
                trans_id: data.number("transId")?,
                inv_no: data.optional("invNo", 32)?,
                metadata: data.optional("metadata", 128)?,
            })
        }
        TransType::WalletInquiry => Ok(Action::WalletInquiry {
            original: data.time("originalDatetime")?,
        }),
        TransType::GetLast => Ok(Action::GetLast),
        TransType::Print => Ok(Action::Print {
            trans_id: data.number("transId")?,
        }),
        TransType::Other(_) => Err(Failure::of(40030)),
    }
}

fn read_charge(
    data: &Fields<'_>,
    method: PaymentMethod,
    cash: Option<WireAmount>,
) -> Result<Charge, Failure> {
    data.extras()?;
    let amount = data.amount("transAmt")?;
    Ok(Charge {
        amount,
        cash,
        method,
        channel: None,
        promotion: data.optional("promoSale", 2)?,
        metadata: data.optional("metadata", 128)?,
    })
}

fn malformed(detail: impl Into<String>) -> Failure {
    Failure::because(40031, detail)
}

/// The particulars that each kind of transfer may have. A name that is in none of these lists is nobody's mistake: the
/// gateway passes over what it does not know.
fn belongs(trans_type: &TransType) -> &'static [&'static str] {
    match trans_type {
        TransType::Sale => &[
            "transAmt",
            "paymentMethod",
            "paymentChannel",
            "productIndex",
            "promoSale",
            "note",
            "metadata",
            "printCount",
        ],
        TransType::CashOut => &[
            "transAmt",
            "cashAmt",
            "paymentMethod",
            "productIndex",
            "promoSale",
            "note",
            "metadata",
            "printCount",
        ],
        TransType::Void => &[
            "transId",
            "invNo",
            "productIndex",
            "promoSale",
            "printCount",
            "metadata",
        ],
        TransType::WalletInquiry => &["originalDatetime"],
        TransType::Print => &["transId"],
        TransType::GetLast | TransType::Other(_) => &[],
    }
}

/// All kinds that have particulars.
const KINDS: [TransType; 5] = [
    TransType::Sale,
    TransType::CashOut,
    TransType::Void,
    TransType::WalletInquiry,
    TransType::Print,
];

/// One JSON object of the request.
struct Fields<'a>(&'a Map<String, Value>);

impl Fields<'_> {
    /// A text that may be missing; an empty one counts as missing.
    fn optional(&self, name: &str, most: usize) -> Result<Option<String>, Failure> {
        match self.0.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) if text.is_empty() => Ok(None),
            Some(Value::String(text)) if text.encode_utf16().count() > most => {
                Err(malformed(format!("{name} is longer than {most} characters")))
            }
            Some(Value::String(text)) => Ok(Some(text.clone())),
            Some(_) => Err(malformed(format!("{name} is no text"))),
        }
    }

    fn needed(&self, name: &str, most: usize) -> Result<String, Failure> {
        self.optional(name, most)?
            .ok_or_else(|| malformed(format!("{name} is missing")))
    }

    /// Refuses what belongs to another kind of transfer only, unless it is empty.
    fn must_belong(&self, trans_type: &TransType) -> Result<(), Failure> {
        let is_empty = |value: &Value| value.is_null() || value.as_str() == Some("");
        let given = self.0.iter().filter(|(_, value)| !is_empty(value));
        for (name, _) in given {
            let is_known = KINDS.iter().any(|kind| belongs(kind).contains(&name.as_str()));
            if is_known && !belongs(trans_type).contains(&name.as_str()) {
                return Err(malformed(format!("{name} has no place in a {trans_type}")));
            }
        }
        Ok(())
    }

    /// A time of 14 digits: 40027 for anything else, the form with a `T` too, which one table shows and the gateway
    /// does not take.
    fn time(&self, name: &str) -> Result<GatewayTime, Failure> {
        let text = self.needed(name, usize::MAX)?;
        let parsed = GatewayTime::parse(&text).ok();
        parsed
            .filter(|_| text.len() == 14)
            .ok_or_else(|| Failure::because(40027, format!("{name} is yyyyMMddHHmmss, in UTC")))
    }

    /// A `transId`: up to ten digits, as text.
    fn number(&self, name: &str) -> Result<String, Failure> {
        let text = self.needed(name, 10)?;
        if text.bytes().all(|byte| byte.is_ascii_digit()) {
            Ok(text)
        } else {
            Err(malformed(format!("{name} is a number, as text")))
        }
    }

    fn amount(&self, name: &str) -> Result<WireAmount, Failure> {
        let text = self.needed(name, 12)?;
        text.parse()
            .map_err(|_| malformed(format!("{name} is no positive amount with two decimals")))
    }

    /// The optional fields that a charge and a void share and that change nothing here.
    fn extras(&self) -> Result<(), Failure> {
        let index = self.optional("productIndex", 2)?;
        let is_index =
            |index: String| !index.starts_with('+') && index.parse::<u8>().is_ok_and(|index| index <= 10);
        if !index.is_none_or(is_index) {
            return Err(malformed("productIndex is a number up to 10, as text"));
        }
        for (name, most) in [("promoSale", 2), ("note", 128)] {
            self.optional(name, most)?;
        }
        match self.0.get("printCount") {
            None | Some(Value::Null) => Ok(()),
            Some(count) if count.as_u64().is_some_and(|count| count <= 2) => Ok(()),
            Some(_) => Err(malformed("printCount is none of 0, 1 and 2")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn sale() -> Value {
        json!({"transType": "sale", "posId": "p", "merchantId": "m", "deviceId": "d", "referenceId": "r",
            "apiVersion": "v1", "datetime": "20260305100000",
            "transData": {"transAmt": "12.50", "paymentMethod": "bankCard"}})
    }

    fn code(body: &Value) -> Option<u32> {
        Transfer::read(body).err().and_then(|failure| failure.code())
    }

    #[test]
    fn a_sale_is_read() {
        let transfer = Transfer::read(&sale()).unwrap();
        let Action::Charge(charge) = transfer.action else {
            panic!("no charge")
        };
        assert_eq!(charge.amount.hundredths(), 1250);
    }

    #[test]
    fn every_malformed_field_has_its_code() {
        let wrong: [(&str, Value, u32); 12] = [
            ("/transType", json!("refund"), 40030),
            ("/transType", json!(""), 40031),
            ("/posId", json!("p".repeat(25)), 40031),
            ("/referenceId", json!("r".repeat(21)), 40031),
            ("/apiVersion", json!("v2"), 40024),
            ("/datetime", json!("2026-03-05"), 40027),
            ("/datetime", json!("20261305100000"), 40027),
            ("/transData", json!([]), 40031),
            ("/transData/transAmt", json!("12.5"), 40031),
            ("/transData/transAmt", json!("0.00"), 40031),
            ("/transData/transAmt", json!(12.5), 40031),
            ("/transData/paymentMethod", json!("cash"), 40031),
        ];
        for (place, value, expected) in wrong {
            let mut body = sale();
            *body.pointer_mut(place).unwrap() = value.clone();
            assert_eq!(code(&body), Some(expected), "{place} = {value}");
        }
    }

    #[test]
    fn lengths_are_counted_in_utf16_units() {
        let mut body = sale();
        body["transData"]["note"] = json!("😀".repeat(64));
        assert_eq!(code(&body), None);
        body["transData"]["note"] = json!("😀".repeat(65));
        assert_eq!(code(&body), Some(40031));
    }
}
