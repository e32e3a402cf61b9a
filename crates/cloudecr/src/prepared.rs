//! A transfer that is ready to be sent: checked, signed and frozen as the exact text that goes on the wire.
//!
//! It exists apart from sending because a till commits it to disk in between.

use jiff::Timestamp;
use serde_json::Value;

use crate::{
    Asked, Credentials, Extras, GatewayTime, InvalidField, Order, PaymentMethod, RequestData,
    TransferRequest, WireAmount,
    field::{self, FieldProblem},
    signature,
};

/// A checked and signed transfer. It holds no secret, so that it may be kept and shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreparedTransfer {
    request: TransferRequest,
    body: String,
    order: Order,
}

impl PreparedTransfer {
    /// The request as fields.
    pub fn request(&self) -> &TransferRequest {
        &self.request
    }

    /// The request as the exact JSON text that goes on the wire.
    pub fn body(&self) -> &str {
        &self.body
    }

    /// What it was made from.
    pub fn order(&self) -> &Order {
        &self.order
    }

    /// What an answer has to agree with, for [`judge`](crate::judge()).
    ///
    /// `currency` is the store's. `original` is the amount of the payment that a void undoes; other kinds bring their
    /// own amount and ignore it.
    pub fn asked(&self, currency: &str, original: Option<WireAmount>) -> Asked {
        let (amount, cash, method, original_trans_id) = match &self.order {
            Order::Sale { amount, method, .. } => (Some(*amount), None, Some(*method), None),
            Order::CashOut { amount, cash, .. } => {
                (Some(*amount), Some(*cash), Some(PaymentMethod::BankCard), None)
            }
            Order::Void { trans_id, .. } => (original, None, None, Some(trans_id.clone())),
            Order::WalletInquiry { .. } | Order::GetLast | Order::Print { .. } => (None, None, None, None),
        };
        Asked {
            trans_type: self.request.trans_type.clone(),
            pos_id: self.request.pos_id.clone(),
            device_id: self.request.device_id.clone(),
            reference_id: self.request.reference_id.clone(),
            amount,
            cash,
            currency: currency.to_owned(),
            method,
            original_trans_id,
        }
    }
}

/// Checks, builds and signs. `at` is already by the gateway's clock.
pub(crate) fn prepare(
    who: &Credentials,
    reference: &str,
    terminal: &str,
    order: &Order,
    at: Timestamp,
) -> Result<PreparedTransfer, InvalidField> {
    let label = order.extras().map(Extras::label).transpose()?.flatten();
    let mut request = TransferRequest {
        trans_type: order.trans_type(),
        pos_id: field::text("posId", &who.pos_id, 24)?,
        merchant_id: field::text("merchantId", &who.merchant_id, 100)?,
        device_id: field::text("deviceId", terminal, 100)?,
        reference_id: field::text("referenceId", reference, 20)?,
        reference_label: label,
        trans_data: particulars(order)?,
        api_version: "v1".to_owned(),
        datetime: GatewayTime::from_timestamp(at).to_string(),
        signature: None,
    };
    request.signature = Some(signature::sign(&who.secret_key, &json(&request)));
    let body = json(&request).to_string();
    Ok(PreparedTransfer {
        request,
        body,
        order: order.clone(),
    })
}

#[expect(
    clippy::expect_used,
    reason = "a struct of text fields always has a JSON form"
)]
fn json(request: &TransferRequest) -> Value {
    serde_json::to_value(request).expect("text fields are JSON")
}

/// The `transData` of each kind (the protocol's section "Transfer request").
pub(crate) fn particulars(order: &Order) -> Result<Option<RequestData>, InvalidField> {
    let data = match order {
        Order::Sale {
            amount,
            method,
            channel,
            extras: given,
        } => {
            // Promotions are for cards (the protocol's table); a wallet's gateway would not know what to do with one.
            if given.promo_sale.is_some() && *method != PaymentMethod::BankCard {
                return Err(FieldProblem::NotHere.of("promoSale"));
            }
            RequestData {
                trans_amt: Some(amount.to_string()),
                payment_method: Some(method.as_str().to_owned()),
                payment_channel: wallet(*method, channel.as_deref())?,
                ..extras(order)?
            }
        }
        Order::CashOut { amount, cash, .. } => RequestData {
            trans_amt: Some(amount.to_string()),
            cash_amt: Some(cash.to_string()),
            payment_method: Some(PaymentMethod::BankCard.as_str().to_owned()),
            ..extras(order)?
        },
        Order::Void {
            trans_id,
            inv_no,
            extras: given,
        } => {
            if given.note.is_some() {
                return Err(FieldProblem::NotHere.of("note"));
            }
            RequestData {
                trans_id: Some(field::text("transId", trans_id, 32)?),
                inv_no: field::optional("invNo", inv_no.as_deref(), 32)?,
                ..extras(order)?
            }
        }
        Order::WalletInquiry { original_datetime } => RequestData {
            original_datetime: Some(original_datetime.to_string()),
            ..RequestData::default()
        },
        Order::GetLast => return Ok(None),
        Order::Print { trans_id } => RequestData {
            trans_id: Some(field::text("transId", trans_id, 32)?),
            ..RequestData::default()
        },
    };
    Ok(Some(data))
}

/// The wallet belongs to the one method in which the terminal has to know it beforehand.
fn wallet(method: PaymentMethod, channel: Option<&str>) -> Result<Option<String>, InvalidField> {
    match (method, channel) {
        (PaymentMethod::QrCustScan, Some(name)) => field::text("paymentChannel", name, 32).map(Some),
        (PaymentMethod::QrCustScan, None) => Err(FieldProblem::Missing.of("paymentChannel")),
        (PaymentMethod::BankCard | PaymentMethod::QrMerchScan, Some(_)) => {
            Err(FieldProblem::NotHere.of("paymentChannel"))
        }
        (PaymentMethod::BankCard | PaymentMethod::QrMerchScan, None) => Ok(None),
    }
}

fn extras(order: &Order) -> Result<RequestData, InvalidField> {
    order
        .extras()
        .map_or_else(|| Ok(RequestData::default()), Extras::data)
}
