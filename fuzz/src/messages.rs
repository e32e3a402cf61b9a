//! The messages that seeds are made of: the published samples, every code of the tables, and answers that fit what
//! the targets ask for.

use cloudecr::codes::{self, ChannelKind};
use cloudecr::{Asked, PaymentMethod, TransType, WireAmount};
use serde_json::{Value, json};

use crate::slow;

/// The merchant's key in every target.
pub const KEY: &str = "75DC529B942513DFA77F43EC3451F137";
/// The POS account.
pub const POS: &str = "fiuuPos1";
/// The terminal.
pub const TERMINAL: &str = "VT-0001";
/// The reference of what was asked for.
pub const REFERENCE: &str = "01JH9ZK3QW8R5T2Y7N4C";
/// The transaction that a void undoes.
pub const ORIGINAL: &str = "1516810";

/// The published transfer responses.
pub const RESPONSES: [&str; 5] = [
    include_str!("../../crates/cloudecr/tests/samples/sale-duitNowQr-response.json"),
    include_str!("../../crates/cloudecr/tests/samples/sale-mastercard-response.json"),
    include_str!("../../crates/cloudecr/tests/samples/sale-tng-response.json"),
    include_str!("../../crates/cloudecr/tests/samples/void-mastercard-response.json"),
    include_str!("../../crates/cloudecr/tests/samples/void-tng-response.json"),
];

/// The published transfer requests.
pub const REQUESTS: [&str; 5] = [
    include_str!("../../crates/cloudecr/tests/samples/sale-bankCard-request.json"),
    include_str!("../../crates/cloudecr/tests/samples/sale-qrCustScan-request.json"),
    include_str!("../../crates/cloudecr/tests/samples/sale-qrMerchScan-request.json"),
    include_str!("../../crates/cloudecr/tests/samples/void-card-request.json"),
    include_str!("../../crates/cloudecr/tests/samples/void-wallet-request.json"),
];

/// The published signature vectors.
pub const VECTORS: &str = include_str!("../../crates/cloudecr/tests/vectors/signature-vectors.json");

/// How many kinds of [`asked`] there are.
pub const KINDS: u8 = 8;

/// What was asked for, by its kind: card and wallet sales, a cash-out, voids with and without a known way of payment,
/// and two that move no money.
#[must_use]
pub fn asked(kind: u8) -> Asked {
    let (trans_type, method) = match kind % KINDS {
        0 => (TransType::Sale, Some(PaymentMethod::BankCard)),
        1 => (TransType::Sale, Some(PaymentMethod::QrCustScan)),
        2 => (TransType::Sale, Some(PaymentMethod::QrMerchScan)),
        3 => (TransType::CashOut, Some(PaymentMethod::BankCard)),
        4 => (TransType::Void, Some(PaymentMethod::BankCard)),
        5 => (TransType::Void, None),
        6 => (TransType::GetLast, None),
        _ => (TransType::WalletInquiry, None),
    };
    let is_void = trans_type == TransType::Void;
    let is_cash_out = trans_type == TransType::CashOut;
    Asked {
        amount: WireAmount::from_hundredths(1250)
            .ok()
            .filter(|_| trans_type.is_money_moving()),
        cash: WireAmount::from_hundredths(5000).ok().filter(|_| is_cash_out),
        original_trans_id: is_void.then(|| ORIGINAL.to_owned()),
        trans_type,
        pos_id: POS.to_owned(),
        device_id: TERMINAL.to_owned(),
        reference_id: REFERENCE.to_owned(),
        currency: "MYR".to_owned(),
        method,
    }
}

/// An answer to [`asked`] of this kind that fits in everything, without a signature.
#[must_use]
pub fn fitting(kind: u8, status: &str, response_code: &str) -> Value {
    let asked = asked(kind);
    let mut answer = json!({
        "transType": asked.trans_type.as_str(), "posId": POS, "deviceId": TERMINAL, "referenceId": REFERENCE,
        "apiVersion": "v1", "statusCode": status, "responseCode": response_code,
        "responseText": "Successfully paid", "terminalSn": "19775085fcfce35f", "softwareVersion": "Version 3.4.17",
        "transData": {
            "transId": ORIGINAL, "transAmt": "12.50", "currency": "MYR", "transDateTime": "2025-01-15T16:20:22",
            "invNo": "000002", "batchNo": "", "tid": "91100033", "metadata": REFERENCE, "cardNo": "541333******0029",
        },
    });
    if let Some(cash) = asked.cash {
        answer["transData"]["cashAmt"] = cash.to_string().into();
    }
    answer
}

/// The same with the signature of [`KEY`], as text.
#[must_use]
pub fn signed(mut answer: Value) -> String {
    answer["signature"] = slow::sign(KEY, &answer).into();
    answer.to_string()
}

/// One answer for each outcome that the channels know, and each way in which one can be spoilt, with the kind of
/// request it answers.
#[must_use]
pub fn answers() -> Vec<(u8, Value)> {
    let mut all = Vec::new();
    for kind in 0..KINDS {
        all.extend(["00", "11", "22", "33"].map(|status| (kind, fitting(kind, status, "00"))));
    }
    let cards = codes::responses(ChannelKind::Card)
        .iter()
        .map(|row| (0, row.code));
    let wallets = codes::responses(ChannelKind::Wallet)
        .iter()
        .map(|row| (1, row.code));
    all.extend(
        cards
            .chain(wallets)
            .map(|(kind, code)| (kind, fitting(kind, "11", code))),
    );
    let spoilt = [
        ("/referenceId", json!("01JH9ZK3QW8R5T2Y7N4D")),
        ("/deviceId", json!("VT-0002")),
        ("/posId", json!("fiuuPos2")),
        ("/transType", json!("getLast")),
        ("/statusCode", json!(0)),
        ("/statusCode", json!({})),
        ("/transData", json!("12.50")),
        ("/transData", json!([])),
        ("/transData/transAmt", json!("12.51")),
        ("/transData/transAmt", json!(12.5)),
        ("/transData/transAmt", json!("1.25e1")),
        ("/transData/transId", json!(1_516_811)),
        ("/transData/transId", Value::Null),
        ("/transData/currency", json!("SGD")),
        ("/transData/invNo", json!(2)),
    ];
    for (place, value) in spoilt {
        for kind in [0, 3, 4] {
            let mut answer = fitting(kind, "00", "00");
            if let Some(field) = answer.pointer_mut(place) {
                *field = value.clone();
            }
            all.push((kind, answer));
        }
    }
    let mut with_cash = fitting(0, "00", "00");
    with_cash["transData"]["cashAmt"] = "50.00".into();
    let mut unknown_fields = fitting(0, "00", "00");
    unknown_fields["loyalty"] = json!({"points": 12, "tier": ["gold", null, true, 1.50]});
    all.extend([(0, with_cash), (0, unknown_fields)]);
    all
}

/// One error body for each listed code, as number and as text, and some that are not listed or not readable; with the
/// HTTP status that it comes with.
#[must_use]
pub fn errors() -> Vec<(u16, Value)> {
    let listed = codes::errors().iter().flat_map(|row| {
        [
            (row.http, json!({"code": row.code, "message": row.meaning})),
            (
                row.http,
                json!({"code": row.code.to_string(), "message": row.name}),
            ),
        ]
    });
    let others = [
        (400, json!({"code": 40811})),
        (502, json!({"code": 40021})),
        (200, json!({"code": 42211})),
        (200, json!([42211, "declined"])),
        (422, json!([42211, "declined"])),
        (422, json!({"code": 42211, "statusCode": "11"})),
        (400, json!({"code": 40021, "statusCode": "00"})),
        (400, json!({"code": "what", "message": {"a": [1]}})),
        (
            429,
            json!({"error": "rate_limit_exceeded", "message": "Too many requests from this account."}),
        ),
        (599, json!({"code": 4_294_967_296_u64})),
        (404, json!({"code": 404.10, "message": null})),
    ];
    listed.chain(others).collect()
}
