//! Answers by callback, over real HTTP: they settle what is in question, contradict what they do not fit, and get along
//! with the answer to the payment's own request, whichever comes first.

#[path = "callback/listening.rs"]
mod listening;
#[path = "callback/shop.rs"]
mod shop;

use cloudecr_simulator::{Leg, Manner, Outcome as Does, Step};
use kaunter_tests::Outcome;
use serde_json::{Value, json};
use shop::Shop;
use till::{EntryKind, Kind, Payment, PaymentState, SafeReason, safe_to_charge_again};

/// A payment that was charged, and whose answer the till has stopped waiting for.
async fn unknown(shop: &Shop, amount: &str) -> Outcome<(Payment, String)> {
    shop.script(&json!("lost-after-charge"))?;
    let payment = shop.charge(amount).await?;
    let trans_id = shop.charged().await?;
    let payment = shop
        .until(&payment.reference, |now| now.state == PaymentState::Unknown)
        .await?;
    Ok((payment, trans_id))
}

fn entries(shop: &Shop, payment: &Payment) -> Outcome<usize> {
    Ok(shop.till.store().journal_of(&payment.reference)?.len())
}

async fn now(shop: &Shop, payment: &Payment) -> Outcome<Payment> {
    Ok(shop.checkout()?.payment(&payment.reference).await?)
}

#[tokio::test]
async fn a_callback_settles_a_payment_whose_answer_was_lost_and_gives_it_its_receipt() -> Outcome {
    let shop = Shop::open().await?;
    let (payment, trans_id) = unknown(&shop, "7.00").await?;
    assert_eq!(shop.call_back(&shop.answer(&payment, &trans_id)).await?, 200);
    let payment = now(&shop, &payment).await?;
    assert_eq!(payment.state, PaymentState::Approved);
    assert_eq!(payment.receipt, Some(1));
    assert_eq!(payment.salient.trans_id.as_deref(), Some(trans_id.as_str()));
    assert_eq!(shop.report()?.taken, 1);
    assert!(shop.till.store().verify_journal()?.is_ok());
    // It is as good as any approval: it can be voided.
    let void = shop.checkout()?.void(&payment.reference, None, None).await?;
    shop.until(&void.reference, |now| now.state == PaymentState::Approved)
        .await?;
    assert_eq!(now(&shop, &payment).await?.state, PaymentState::Voided);
    Ok(())
}

#[tokio::test]
async fn one_that_names_the_payment_in_its_metadata_alone_settles_it_too() -> Outcome {
    let shop = Shop::open().await?;
    let (payment, trans_id) = unknown(&shop, "7.00").await?;
    let mut answer = shop.answer(&payment, &trans_id);
    answer["referenceId"] = json!("SOMETHINGELSE1234567");
    assert_eq!(shop.call_back(&answer).await?, 200);
    assert_eq!(now(&shop, &payment).await?.state, PaymentState::Approved);
    Ok(())
}

#[tokio::test]
async fn what_is_not_signed_with_our_key_or_not_about_this_pos_changes_nothing() -> Outcome {
    let shop = Shop::open().await?;
    let (payment, trans_id) = unknown(&shop, "7.00").await?;
    let before = entries(&shop, &payment)?;
    let answer = shop.answer(&payment, &trans_id);
    assert_eq!(shop.post(&answer).await?, 403);
    let mut forged = answer.clone();
    forged["signature"] = Value::from("ab".repeat(32));
    assert_eq!(shop.post(&forged).await?, 403);
    let mut other = answer.clone();
    other["posId"] = json!("fiuuPosOfNextDoor");
    assert_eq!(shop.call_back(&other).await?, 403);
    let now = now(&shop, &payment).await?;
    assert_eq!(now.state, PaymentState::Unknown);
    assert_eq!(entries(&shop, &payment)?, before);
    let report = shop.report()?;
    assert_eq!((report.taken, report.refused), (0, 3));
    Ok(())
}

#[tokio::test]
async fn what_does_not_fit_the_payment_proves_nothing() -> Outcome {
    let shop = Shop::open().await?;
    let (payment, trans_id) = unknown(&shop, "7.00").await?;
    let good = shop.answer(&payment, &trans_id);
    let changed = |path: &str, value: Value| {
        let mut answer = good.clone();
        if let Some(place) = answer.pointer_mut(path) {
            *place = value;
        }
        answer
    };
    let misfits = [
        changed("/deviceId", json!("VT-9999")),
        changed("/transType", json!("void")),
        changed("/transType", json!("print")),
        changed("/statusCode", json!("77")),
        changed("/transData/currency", json!("SGD")),
        changed("/transData/transId", json!(null)),
        changed("/transData/transAmt", json!("seven")),
    ];
    for misfit in &misfits {
        assert_eq!(shop.call_back(misfit).await?, 200);
        let now = now(&shop, &payment).await?;
        assert_eq!(now.state, PaymentState::Unknown, "{misfit}");
        assert!(!now.conflict, "{misfit}");
    }
    Ok(())
}

#[tokio::test]
async fn the_same_answer_again_changes_nothing_and_leaves_no_second_entry() -> Outcome {
    let shop = Shop::open().await?;
    let (payment, trans_id) = unknown(&shop, "7.00").await?;
    let answer = shop.answer(&payment, &trans_id);
    assert_eq!(shop.call_back(&answer).await?, 200);
    let (first, written) = (now(&shop, &payment).await?, entries(&shop, &payment)?);
    for _ in 0..5 {
        assert_eq!(shop.call_back(&answer).await?, 200);
    }
    assert_eq!(now(&shop, &payment).await?, first);
    assert_eq!(entries(&shop, &payment)?, written);
    // An old approval of a payment that was voided since is no news either.
    let void = shop.checkout()?.void(&payment.reference, None, None).await?;
    shop.until(&void.reference, |now| now.state == PaymentState::Approved)
        .await?;
    assert_eq!(shop.call_back(&answer).await?, 200);
    let last = now(&shop, &payment).await?;
    assert_eq!((last.state, last.conflict), (PaymentState::Voided, false));
    Ok(())
}

#[tokio::test]
async fn another_amount_is_a_conflict_that_a_manager_has_to_see() -> Outcome {
    let shop = Shop::open().await?;
    let (payment, trans_id) = unknown(&shop, "7.00").await?;
    let mut answer = shop.answer(&payment, &trans_id);
    answer["transData"]["transAmt"] = json!("70.00");
    assert_eq!(shop.call_back(&answer).await?, 200);
    let payment = now(&shop, &payment).await?;
    assert!(payment.conflict);
    assert_eq!(safe_to_charge_again(&payment).reason, SafeReason::Conflict);
    assert_eq!(payment.receipt, None);
    Ok(())
}

#[tokio::test]
async fn a_charge_under_a_payment_that_was_declined_is_a_conflict() -> Outcome {
    let shop = Shop::open().await?;
    shop.script(&json!("decline"))?;
    let payment = shop.charge("7.00").await?;
    let payment = shop.until(&payment.reference, |now| now.state.is_final()).await?;
    assert_eq!(payment.state, PaymentState::Declined);
    assert_eq!(shop.call_back(&shop.answer(&payment, "9000000001")).await?, 200);
    let payment = now(&shop, &payment).await?;
    assert!(payment.conflict);
    assert_eq!(payment.state, PaymentState::Declined);
    assert!(!safe_to_charge_again(&payment).safe);
    Ok(())
}

#[tokio::test]
async fn a_second_transaction_under_an_approved_payment_is_a_conflict() -> Outcome {
    let shop = Shop::open().await?;
    let payment = shop.charge("7.00").await?;
    let payment = shop
        .until(&payment.reference, |now| now.state == PaymentState::Approved)
        .await?;
    assert_eq!(shop.call_back(&shop.answer(&payment, "9000000001")).await?, 200);
    assert!(now(&shop, &payment).await?.conflict);
    Ok(())
}

#[tokio::test]
async fn a_no_counts_only_where_it_is_definite_and_about_the_payments_own_request() -> Outcome {
    let shop = Shop::open().await?;
    let (payment, _) = unknown(&shop, "7.00").await?;
    let mut no = shop.answer(&payment, "9000000001");
    no["statusCode"] = json!("11");
    // A code that is in no table has to be asked about.
    no["responseCode"] = json!("Q9");
    assert_eq!(shop.call_back(&no).await?, 200);
    assert_eq!(now(&shop, &payment).await?.state, PaymentState::Unknown);
    no["responseCode"] = json!("51");
    no["referenceId"] = json!("SOMETHINGELSE1234567");
    assert_eq!(shop.call_back(&no).await?, 200);
    assert_eq!(now(&shop, &payment).await?.state, PaymentState::Unknown);
    no["referenceId"] = json!(payment.reference.as_str());
    assert_eq!(shop.call_back(&no).await?, 200);
    assert_eq!(now(&shop, &payment).await?.state, PaymentState::Declined);
    Ok(())
}

#[tokio::test]
async fn the_callback_may_come_before_the_answer_and_the_answer_then_says_nothing_new() -> Outcome {
    let shop = Shop::open().await?;
    shop.attend(true)?;
    let payment = shop.waits("7.00").await?;
    let trans_id = "9000000001";
    assert_eq!(now(&shop, &payment).await?.state, PaymentState::Sent);
    let mut changes = shop.checkout()?.changes();
    assert_eq!(shop.call_back(&shop.answer(&payment, trans_id)).await?, 200);
    let settled = now(&shop, &payment).await?;
    assert_eq!(
        (settled.state, settled.receipt),
        (PaymentState::Approved, Some(1))
    );
    // The callback's own change, then that of the answer.
    changes.recv().await?;
    let same = json!({"transData": {"transId": trans_id}});
    let same = Manner::Change(same.as_object().cloned().unwrap_or_default());
    shop.decide(Step::losing(Leg::GatewayToPos, same))?;
    let after = changes.recv().await?.payment;
    assert_eq!((after.state, after.conflict), (PaymentState::Approved, false));
    let journal = shop.till.store().journal_of(&payment.reference)?;
    let answers = journal
        .iter()
        .filter(|entry| entry.kind == EntryKind::Answer)
        .count();
    assert_eq!(answers, 1, "the answer was not kept");
    // The terminal takes the next one.
    shop.attend(false)?;
    let next = shop.charge("1.00").await?;
    shop.until(&next.reference, |now| now.state == PaymentState::Approved)
        .await?;
    assert!(shop.till.store().verify_journal()?.is_ok());
    Ok(())
}

#[tokio::test]
async fn the_callback_may_come_and_the_answer_never() -> Outcome {
    let shop = Shop::open().await?;
    shop.script(&json!("stall-after-charge"))?;
    let payment = shop.charge("7.00").await?;
    let trans_id = shop.charged().await?;
    let mut changes = shop.checkout()?.changes();
    assert_eq!(shop.call_back(&shop.answer(&payment, &trans_id)).await?, 200);
    changes.recv().await?;
    // When the till stops waiting, what it waited for is known.
    let after = changes.recv().await?.payment;
    assert_eq!((after.state, after.conflict), (PaymentState::Approved, false));
    Ok(())
}

#[tokio::test]
async fn an_answer_that_contradicts_the_callback_is_a_conflict() -> Outcome {
    let shop = Shop::open().await?;
    shop.attend(true)?;
    let payment = shop.waits("7.00").await?;
    assert_eq!(shop.call_back(&shop.answer(&payment, "9000000001")).await?, 200);
    assert_eq!(now(&shop, &payment).await?.state, PaymentState::Approved);
    shop.decide(Step::of(Does::Decline))?;
    let after = shop.until(&payment.reference, |now| now.conflict).await?;
    assert_eq!(after.state, PaymentState::Approved);
    Ok(())
}

#[tokio::test]
async fn a_no_while_the_terminal_works_waits_for_the_answer() -> Outcome {
    let shop = Shop::open().await?;
    shop.attend(true)?;
    let payment = shop.waits("7.00").await?;
    let mut no = shop.answer(&payment, "9000000001");
    no["statusCode"] = json!("11");
    no["responseCode"] = json!("51");
    assert_eq!(shop.call_back(&no).await?, 200);
    assert_eq!(now(&shop, &payment).await?.state, PaymentState::Sent);
    shop.decide(Step::of(Does::Approve))?;
    let after = shop.until(&payment.reference, |now| now.state.is_final()).await?;
    assert_eq!((after.state, after.conflict), (PaymentState::Approved, false));
    Ok(())
}

#[tokio::test]
async fn a_void_is_settled_by_its_callback_and_its_sale_with_it() -> Outcome {
    let shop = Shop::open().await?;
    let sale = shop.charge("7.00").await?;
    let sale = shop
        .until(&sale.reference, |now| now.state == PaymentState::Approved)
        .await?;
    shop.script(&json!("lost-after-charge"))?;
    let void = shop.checkout()?.void(&sale.reference, None, None).await?;
    let void = shop
        .until(&void.reference, |now| now.state == PaymentState::Unknown)
        .await?;
    assert_eq!(void.kind, Kind::Void);
    let other = shop.answer(&void, "9000000001");
    assert_eq!(shop.call_back(&other).await?, 200);
    assert_eq!(
        now(&shop, &void).await?.state,
        PaymentState::Unknown,
        "another sale's void"
    );
    let own = shop.answer(&void, sale.salient.trans_id.as_deref().unwrap_or_default());
    assert_eq!(shop.call_back(&own).await?, 200);
    assert_eq!(now(&shop, &void).await?.state, PaymentState::Approved);
    assert_eq!(now(&shop, &sale).await?.state, PaymentState::Voided);
    Ok(())
}

#[tokio::test]
async fn an_answer_about_no_payment_of_ours_is_only_journaled_and_a_void_of_ours_is_a_conflict() -> Outcome {
    let shop = Shop::open().await?;
    let sale = shop.charge("7.00").await?;
    let sale = shop
        .until(&sale.reference, |now| now.state == PaymentState::Approved)
        .await?;
    let mut strange = shop.answer(&sale, "9000000001");
    strange["referenceId"] = json!("01JH9ZK3QW8R5T2Y7N4C");
    strange["transData"]["metadata"] = json!("01JH9ZK3QW8R5T2Y7N4C");
    assert_eq!(shop.call_back(&strange).await?, 200);
    assert_eq!(now(&shop, &sale).await?, sale);
    // At the terminal, without this till.
    strange["transType"] = json!("void");
    strange["transData"]["transId"] = json!(sale.salient.trans_id);
    assert_eq!(shop.call_back(&strange).await?, 200);
    assert!(now(&shop, &sale).await?.conflict);
    assert!(shop.till.store().verify_journal()?.is_ok());
    Ok(())
}

#[tokio::test]
async fn a_hundred_callbacks_at_once_approve_once() -> Outcome {
    let shop = Shop::open().await?;
    let (payment, trans_id) = unknown(&shop, "7.00").await?;
    let shop = std::sync::Arc::new(shop);
    let mut senders = tokio::task::JoinSet::new();
    for batch in 0..100 {
        let (shop, payment, trans_id) = (std::sync::Arc::clone(&shop), payment.clone(), trans_id.clone());
        senders.spawn(async move {
            let mut answer = shop.answer(&payment, &trans_id);
            // Each differs in something that settles nothing, so none is a repetition.
            answer["transData"]["batchNo"] = json!(batch.to_string());
            shop.call_back(&answer).await.unwrap_or(0)
        });
    }
    for status in senders.join_all().await {
        assert_eq!(status, 200);
    }
    let payment = now(&shop, &payment).await?;
    assert_eq!(
        (payment.state, payment.receipt, payment.conflict),
        (PaymentState::Approved, Some(1), false)
    );
    Ok(())
}
