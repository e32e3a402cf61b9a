//! What is refused before anything is stored or sent, and the exact form of what is not.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use cloudecr::{
    Client, Credentials, Extras, FieldProblem, Gateway, GatewayTime, InvalidField, Order, PaymentMethod,
    SecretKey, WireAmount, signature,
};
use serde_json::{Value, json};

const KEY: &str = "75DC529B942513DFA77F43EC3451F137";
const REFERENCE: &str = "01JH9ZK3QW8R5T2Y7N4C";

fn client() -> Client {
    let credentials = Credentials {
        pos_id: "fiuuPos1".into(),
        password: "password".into(),
        merchant_id: "fiuuMerch1".into(),
        secret_key: SecretKey::from_string(KEY.to_owned()),
    };
    Client::builder(Gateway::at("http://127.0.0.1:9").expect("address"), credentials)
        .build()
        .expect("client")
}

fn sale(method: PaymentMethod, channel: Option<&str>, extras: Extras) -> Order {
    let amount = WireAmount::from_hundredths(1250).expect("amount");
    Order::Sale {
        amount,
        method,
        channel: channel.map(str::to_owned),
        extras,
    }
}

fn prepared(reference: &str, terminal: &str, order: &Order) -> Result<Value, InvalidField> {
    let at = "2025-01-15T08:19:28Z".parse().expect("time");
    client()
        .prepare(reference, terminal, order, at)
        .map(|transfer| serde_json::from_str(transfer.body()).expect("JSON"))
}

fn problem(order: &Order) -> (&'static str, FieldProblem) {
    let refused = prepared(REFERENCE, "VT-0001", order).expect_err("refused");
    (refused.field, refused.problem)
}

fn with(extras: Extras) -> Order {
    sale(PaymentMethod::BankCard, None, extras)
}

#[test]
fn each_kind_has_exactly_its_fields() {
    let amount = WireAmount::from_hundredths(1250).expect("amount");
    let cash = WireAmount::from_hundredths(5000).expect("amount");
    let original_datetime = GatewayTime::parse("20250115081928").expect("time");
    let void = Order::Void {
        trans_id: "77".into(),
        inv_no: Some("000001".into()),
        extras: Extras::default(),
    };
    for (order, kind, data) in [
        (
            sale(
                PaymentMethod::QrCustScan,
                Some("tng"),
                Extras {
                    print_count: Some(0),
                    ..Extras::default()
                },
            ),
            "sale",
            json!({"transAmt": "12.50", "paymentMethod": "qrCustScan", "paymentChannel": "tng", "printCount": 0}),
        ),
        (
            Order::CashOut {
                amount,
                cash,
                extras: Extras::default(),
            },
            "cashOut",
            json!({"transAmt": "12.50", "cashAmt": "50.00", "paymentMethod": "bankCard"}),
        ),
        (void, "void", json!({"transId": "77", "invNo": "000001"})),
        (
            Order::WalletInquiry { original_datetime },
            "walletInquiry",
            json!({"originalDatetime": "20250115081928"}),
        ),
        (Order::GetLast, "getLast", Value::Null),
        (
            Order::Print {
                trans_id: "77".into(),
            },
            "print",
            json!({"transId": "77"}),
        ),
    ] {
        let body = prepared(REFERENCE, "VT-0001", &order).expect(kind);
        assert_eq!((&body["transType"], &body["transData"]), (&json!(kind), &data));
        assert_eq!(body["datetime"], "20250115081928");
        assert!(
            signature::verify(&SecretKey::from_string(KEY.to_owned()), &body),
            "{kind}"
        );
    }
}

#[test]
fn lengths_are_counted_in_utf16_units() {
    let note = |text: String| {
        with(Extras {
            note: Some(text),
            ..Extras::default()
        })
    };
    assert!(prepared(REFERENCE, "VT-0001", &note("é".repeat(128))).is_ok());
    assert!(prepared(REFERENCE, "VT-0001", &note("😀".repeat(64))).is_ok());
    assert_eq!(
        problem(&note("😀".repeat(64) + "!")),
        ("note", FieldProblem::TooLong(128))
    );
    let long = |reference: &str, terminal: &str| {
        prepared(reference, terminal, &Order::GetLast)
            .expect_err("long")
            .field
    };
    assert_eq!(long(&"R".repeat(21), "VT-0001"), "referenceId");
    assert_eq!(long(REFERENCE, &"T".repeat(101)), "deviceId");
    let label = Extras {
        reference_label: Some("12345678901".into()),
        ..Extras::default()
    };
    assert_eq!(
        problem(&with(label)),
        ("referenceLabel", FieldProblem::TooLong(10))
    );
    let promo = Extras {
        promo_sale: Some("123".into()),
        ..Extras::default()
    };
    assert_eq!(problem(&with(promo)), ("promoSale", FieldProblem::TooLong(2)));
}

#[test]
fn outer_blanks_and_emptiness_are_refused() {
    for blank in [" x", "x ", "x\n", "\u{a0}x", "x\u{feff}", "\u{3000}x"] {
        let extras = Extras {
            metadata: Some(blank.into()),
            ..Extras::default()
        };
        assert_eq!(
            problem(&with(extras)),
            ("metadata", FieldProblem::OuterWhiteSpace),
            "{blank:?}"
        );
    }
    assert_eq!(
        problem(&with(Extras {
            note: Some(String::new()),
            ..Extras::default()
        })),
        ("note", FieldProblem::Empty)
    );
    assert_eq!(
        prepared("", "VT-0001", &Order::GetLast).expect_err("empty").field,
        "referenceId"
    );
}

#[test]
fn fields_out_of_place_are_refused() {
    assert_eq!(
        problem(&sale(PaymentMethod::QrCustScan, None, Extras::default())),
        ("paymentChannel", FieldProblem::Missing)
    );
    for method in [PaymentMethod::BankCard, PaymentMethod::QrMerchScan] {
        assert_eq!(
            problem(&sale(method, Some("tng"), Extras::default())),
            ("paymentChannel", FieldProblem::NotHere)
        );
    }
    let noted = Extras {
        note: Some("x".into()),
        ..Extras::default()
    };
    let void = Order::Void {
        trans_id: "77".into(),
        inv_no: None,
        extras: noted,
    };
    assert_eq!(problem(&void), ("note", FieldProblem::NotHere));
    assert_eq!(
        problem(&with(Extras {
            print_count: Some(3),
            ..Extras::default()
        }))
        .0,
        "printCount"
    );
    for index in ["11", "a", "-1"] {
        assert_eq!(
            problem(&with(Extras {
                product_index: Some(index.into()),
                ..Extras::default()
            }))
            .0,
            "productIndex"
        );
    }
    assert!(
        prepared(
            REFERENCE,
            "V",
            &with(Extras {
                product_index: Some("10".into()),
                ..Extras::default()
            })
        )
        .is_ok()
    );
}
