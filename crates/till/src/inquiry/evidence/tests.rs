//! Each grade of evidence, and what each field that does not fit makes of it.

use serde_json::json;

use super::*;
use crate::entropy::SystemEntropy;
use crate::money::{Amount, Currency};

const POS: &str = "pos1";
const INQUIRY: &str = "01M000000000000INQRY";

fn sale(method: PaymentMethod) -> Payment {
    let sent: jiff::Timestamp = "2026-11-22T08:20:00Z".parse().unwrap();
    Payment {
        reference: Reference::new(sent, &SystemEntropy).unwrap(),
        ticket: None,
        kind: Kind::Sale,
        original: None,
        terminal: "T1".to_owned(),
        method,
        channel: None,
        amount: Amount::from_minor(1250, Currency::Myr).unwrap(),
        cash: None,
        extras: crate::payment::Extras::default(),
        state: PaymentState::Unknown,
        checking: false,
        conflict: false,
        void_in_doubt: false,
        created_at: sent,
        sent_at: Some(sent),
        gateway_time: None,
        changed_at: sent,
        receipt: None,
        explanation: None,
        salient: Salient::default(),
        staff: None,
        approved_by: None,
        baseline: None,
        candidate: None,
        reason: None,
        watched_until: None,
    }
}

/// An answer that fits the sale in everything but its name.
fn answer(reference: &str) -> serde_json::Value {
    json!({
        "transType": "getLast", "posId": POS, "deviceId": "T1", "referenceId": reference, "statusCode": "00",
        "transData": { "transId": "77", "invNo": "000009", "transAmt": "12.50", "currency": "MYR",
                       "paymentChannel": "visa", "transDateTime": "2026-11-22T16:20:31" }
    })
}

fn weigh_for(payment: &Payment, original: Option<&Payment>, answer: &serde_json::Value) -> Finding {
    let answer: TransferResponse = serde_json::from_value(answer.clone()).unwrap();
    let question = Question {
        payment,
        original,
        pos_id: POS,
        reference: INQUIRY,
        clock_offset: SignedDuration::ZERO,
    };
    weigh(&question, &answer)
}

fn is_approved(finding: &Finding) -> bool {
    matches!(
        finding,
        Finding::Settles {
            event: PaymentEvent::Approved,
            ..
        }
    )
}

#[test]
fn the_payments_own_reference_or_metadata_is_conclusive() {
    let sale = sale(PaymentMethod::BankCard);
    assert!(is_approved(&weigh_for(
        &sale,
        None,
        &answer(sale.reference.as_str())
    )));
    let mut by_metadata = answer(INQUIRY);
    by_metadata["transData"]["metadata"] = json!(format!("{} table 4", sale.reference));
    assert!(is_approved(&weigh_for(&sale, None, &by_metadata)));
}

#[test]
fn a_reference_in_another_payments_text_proves_nothing_of_this_one() {
    let sale = sale(PaymentMethod::BankCard);
    let other = self::sale(PaymentMethod::BankCard).reference;
    for text in [
        sale.reference.to_string(),
        format!(" {}", sale.reference),
        format!("{} again", sale.reference),
    ] {
        // As a merchant's text leaves: behind the payment's own reference.
        let mut record = answer(other.as_str());
        record["transData"]["metadata"] = json!(format!("{other} {text}"));
        assert_eq!(weigh_for(&sale, None, &record), Finding::Weak(Weakness::Other));
        record["referenceId"] = json!(INQUIRY);
        assert_eq!(weigh_for(&sale, None, &record), Finding::Weak(Weakness::Other));
    }
}

#[test]
fn another_pos_or_terminal_or_reference_proves_nothing() {
    let sale = sale(PaymentMethod::BankCard);
    for (field, value) in [("posId", "pos2"), ("deviceId", "T2")] {
        let mut other = answer(sale.reference.as_str());
        other[field] = json!(value);
        assert_eq!(
            weigh_for(&sale, None, &other),
            Finding::Weak(Weakness::Other),
            "{field}"
        );
    }
    let other = weigh_for(&sale, None, &answer("01M000000000000OTHER"));
    assert_eq!(other, Finding::Weak(Weakness::Other));
}

#[test]
fn another_amount_under_the_right_reference_is_a_conflict() {
    let sale = sale(PaymentMethod::BankCard);
    let mut other = answer(sale.reference.as_str());
    other["transData"]["transAmt"] = json!("125.00");
    assert!(matches!(
        weigh_for(&sale, None, &other),
        Finding::Contradicts { .. }
    ));
    other["transData"]["transAmt"] = json!("12.50");
    other["transData"]["cashAmt"] = json!("50.00");
    assert!(
        matches!(weigh_for(&sale, None, &other), Finding::Contradicts { .. }),
        "cash that nobody asked for"
    );
}

#[test]
fn an_anonymous_answer_that_fits_is_for_a_person_to_confirm() {
    let sale = sale(PaymentMethod::BankCard);
    assert!(matches!(
        weigh_for(&sale, None, &answer(INQUIRY)),
        Finding::MayBe(_)
    ));
}

#[test]
fn an_anonymous_answer_that_does_not_fit_is_another_ones() {
    let sale = sale(PaymentMethod::BankCard);
    for (field, value) in [
        ("transAmt", json!("12.60")),
        ("currency", json!("SGD")),
        ("paymentChannel", json!("tng")),
        ("transDateTime", json!("2026-11-22T16:17:59")),
        ("transDateTime", json!("2026-11-22T16:23:21")),
        ("metadata", json!("01M000000000000OTHER")),
        ("transId", json!(null)),
    ] {
        let mut other = answer(INQUIRY);
        other["transData"][field] = value.clone();
        assert_eq!(
            weigh_for(&sale, None, &other),
            Finding::Weak(Weakness::Other),
            "{field} = {value}"
        );
    }
    let mut declined = answer(INQUIRY);
    declined["statusCode"] = json!("11");
    assert_eq!(weigh_for(&sale, None, &declined), Finding::Weak(Weakness::Other));
    let mut void = answer(INQUIRY);
    void["transType"] = json!("void");
    assert_eq!(weigh_for(&sale, None, &void), Finding::Weak(Weakness::Other));
}

#[test]
fn the_transaction_from_before_is_absence_and_one_that_only_shares_its_number_is_not() {
    let mut sale = sale(PaymentMethod::BankCard);
    let mut before = answer("01M000000000000OTHER");
    before["transData"]["transDateTime"] = json!("2026-11-22T15:00:00");
    sale.baseline = LastResult::of(&serde_json::from_value(before.clone()).unwrap());
    assert_eq!(weigh_for(&sale, None, &before), Finding::Absent);
    before["transData"]["transDateTime"] = json!("2026-11-22T15:00:01");
    assert_eq!(weigh_for(&sale, None, &before), Finding::Weak(Weakness::Other));
}

#[test]
fn a_void_of_the_sale_is_no_proof_of_the_sale_and_a_void_of_the_original_is_of_the_void() {
    let sale = sale(PaymentMethod::BankCard);
    let mut void = answer(sale.reference.as_str());
    void["transType"] = json!("void");
    assert_eq!(weigh_for(&sale, None, &void), Finding::Weak(Weakness::Other));

    let original = Payment {
        salient: Salient {
            trans_id: Some("77".to_owned()),
            ..Salient::default()
        },
        state: PaymentState::Approved,
        ..sale.clone()
    };
    let own = Payment {
        kind: Kind::Void,
        original: Some(original.reference.clone()),
        ..self::sale(sale.method)
    };
    assert!(is_approved(&weigh_for(&own, Some(&original), &void)));
    let mut as_sale = answer(own.reference.as_str());
    as_sale["transType"] = json!("sale");
    assert!(!is_approved(&weigh_for(&own, Some(&original), &as_sale)));
}

#[test]
fn the_sales_own_record_under_the_name_of_a_void_is_no_proof_of_the_void() {
    let mut original = sale(PaymentMethod::BankCard);
    original.salient.trans_id = Some("77".to_owned());
    original.salient.trans_date_time = Some("2026-11-22T16:20:31".to_owned());
    let mut void = sale(PaymentMethod::BankCard);
    void.kind = Kind::Void;
    void.original = Some(original.reference.clone());
    let mut record = answer(original.reference.as_str());
    record["transType"] = json!("void");
    assert!(!is_approved(&weigh_for(&void, Some(&original), &record)));
    record["transData"]["transDateTime"] = json!("2026-11-22T16:25:00");
    assert!(is_approved(&weigh_for(&void, Some(&original), &record)));
}

#[test]
fn another_void_of_the_same_sale_is_no_proof_of_this_one() {
    let mut original = sale(PaymentMethod::BankCard);
    original.salient.trans_id = Some("77".to_owned());
    let mut void = sale(PaymentMethod::BankCard);
    void.kind = Kind::Void;
    void.original = Some(original.reference.clone());
    let next = sale(PaymentMethod::BankCard).reference;
    let mut record = answer(next.as_str());
    record["transType"] = json!("void");
    assert!(!is_approved(&weigh_for(&void, Some(&original), &record)));
    let mut record = answer(INQUIRY);
    record["transType"] = json!("void");
    record["transData"]["metadata"] = json!(next.as_str());
    assert!(!is_approved(&weigh_for(&void, Some(&original), &record)));
    record["transData"]["metadata"] = json!(original.reference.as_str());
    assert!(is_approved(&weigh_for(&void, Some(&original), &record)));
}

#[test]
fn a_void_in_the_second_of_its_sale_is_not_proven_absent_by_a_record_that_could_be_its_own() {
    let before = answer(INQUIRY);
    let approved = sale(PaymentMethod::BankCard);
    let mut void = Payment {
        kind: Kind::Void,
        original: Some(approved.reference.clone()),
        baseline: LastResult::of(&serde_json::from_value(before.clone()).unwrap()),
        ..sale(PaymentMethod::BankCard)
    };
    let anonymous = Finding::Weak(Weakness::Other);
    assert_eq!(weigh_for(&void, Some(&approved), &before), anonymous);
    void.sent_at = Some(approved.changed_at + SignedDuration::from_secs(2));
    assert_eq!(weigh_for(&void, Some(&approved), &before), Finding::Absent);
    assert_eq!(weigh_for(&void, None, &before), anonymous);

    // Where the answer says that it is the sale, the time does not matter.
    let mut as_sale = answer(approved.reference.as_str());
    as_sale["transType"] = json!("sale");
    void.sent_at = Some(approved.changed_at);
    void.baseline = LastResult::of(&serde_json::from_value(as_sale.clone()).unwrap());
    assert_eq!(weigh_for(&void, Some(&approved), &as_sale), Finding::Absent);
}

#[test]
fn a_pending_payment_is_also_known_by_the_transaction_that_its_answer_named() {
    let pending = Payment {
        state: PaymentState::Pending,
        salient: Salient {
            trans_id: Some("77".to_owned()),
            ..Salient::default()
        },
        ..sale(PaymentMethod::QrCustScan)
    };
    let mut wallet = answer(INQUIRY);
    wallet["transData"]["paymentChannel"] = json!("tng");
    assert!(is_approved(&weigh_for(&pending, None, &wallet)));
    wallet["statusCode"] = json!("22");
    assert_eq!(
        weigh_for(&pending, None, &wallet),
        Finding::Weak(Weakness::StillPending)
    );
    wallet["statusCode"] = json!("11");
    assert!(matches!(
        weigh_for(&pending, None, &wallet),
        Finding::Settles {
            event: PaymentEvent::Declined,
            ..
        }
    ));
}

#[test]
fn an_unknown_status_or_a_missing_transaction_proves_nothing() {
    let sale = sale(PaymentMethod::BankCard);
    for (pointer, value) in [("/statusCode", json!("99")), ("/transData/transId", json!(null))] {
        let mut odd = answer(sale.reference.as_str());
        *odd.pointer_mut(pointer).unwrap() = value;
        assert_eq!(
            weigh_for(&sale, None, &odd),
            Finding::Weak(Weakness::Other),
            "{pointer}"
        );
    }
}
