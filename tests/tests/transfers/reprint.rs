//! Another slip on the terminal: asked for once, said as it is, and nothing about the payment changes.

use super::shop::{PIN, PRINTING, Shop, TERMINAL};
use cloudecr::PaymentMethod;
use kaunter_tests::Outcome;
use serde_json::json;
use till::{CheckoutError, Happening, NoSlip, PaymentState, Pin, Reprint, StoreError, TillError};

#[tokio::test]
async fn another_slip_comes_from_the_terminal_that_took_the_payment_and_changes_nothing_about_it() -> Outcome
{
    let shop = Shop::open().await?;
    shop.till.choose_terminal(PRINTING)?;
    let sale = shop
        .till
        .pay(PaymentMethod::BankCard, None, "1250", false)
        .await?;
    let sale = shop.settled(&sale).await?;
    shop.till.choose_terminal(TERMINAL)?;
    assert_eq!(shop.till.reprint(&sale.reference).await?, Reprint::Printed);
    let sent = shop.wire.transfers("print")?;
    assert_eq!(sent.len(), 1);
    assert_eq!(sent[0]["deviceId"], PRINTING);
    assert_eq!(sent[0]["transData"], json!({ "transId": sale.salient.trans_id }));
    let detail = shop.till.payment_detail(&sale.reference).await?;
    assert_eq!(detail.payment, sale);
    let last = detail.timeline.last().map(|moment| moment.what);
    assert_eq!(last, Some(Happening::Reprinted));
    assert!(shop.till.store().verify_journal()?.is_ok());

    // After its void the slip is still there to be had.
    let pin = Pin::new(PIN.to_owned())?;
    let void = shop.till.void(&sale.reference, shop.manager, &pin).await?;
    let void = shop.settled(&void).await?;
    assert_eq!(shop.till.reprint(&sale.reference).await?, Reprint::Printed);
    let refused = shop.till.reprint(&void.reference).await;
    assert!(
        matches!(refused, Err(TillError::Checkout(CheckoutError::NotPrintable(_)))),
        "{refused:?}"
    );
    Ok(())
}

#[tokio::test]
async fn a_terminal_without_a_printer_says_so_and_the_payment_stays_approved() -> Outcome {
    let shop = Shop::open().await?;
    let sale = shop
        .till
        .pay(PaymentMethod::BankCard, None, "1250", false)
        .await?;
    let sale = shop.settled(&sale).await?;
    let outcome = shop.till.reprint(&sale.reference).await?;
    assert_eq!(outcome, Reprint::NotPrinted(NoSlip::NoPrinter));
    assert_eq!(shop.till.checkout()?.payment(&sale.reference).await?, sale);
    Ok(())
}

#[tokio::test]
async fn a_slip_whose_answer_was_lost_is_not_asked_for_again_by_the_program() -> Outcome {
    let shop = Shop::open().await?;
    shop.till.choose_terminal(PRINTING)?;
    let sale = shop
        .till
        .pay(PaymentMethod::BankCard, None, "1250", false)
        .await?;
    let sale = shop.settled(&sale).await?;
    for how in [
        json!("reset"),
        json!("wrong-signature"),
        json!({"error": {"code": 50311}}),
    ] {
        let lost = json!({"lose": {"at": "gateway-to-pos", "how": how}});
        shop.questions(PRINTING, &lost)?;
        let before = shop.wire.transfers("print")?.len();
        let outcome = shop.till.reprint(&sale.reference).await?;
        assert!(outcome == Reprint::Unknown, "{how}: {outcome:?}");
        assert_eq!(shop.wire.transfers("print")?.len(), before + 1, "{how}");
    }
    assert_eq!(shop.till.checkout()?.payment(&sale.reference).await?, sale);
    Ok(())
}

#[tokio::test]
async fn a_terminal_that_a_payment_holds_or_that_prints_already_is_not_asked_for_a_slip() -> Outcome {
    let shop = Shop::open().await?;
    shop.till.choose_terminal(PRINTING)?;
    let sale = shop
        .till
        .pay(PaymentMethod::BankCard, None, "1250", false)
        .await?;
    let sale = shop.settled(&sale).await?;
    shop.questions(PRINTING, &json!({"delayMs": 500}))?;
    let (one, two) = tokio::join!(
        shop.till.reprint(&sale.reference),
        shop.till.reprint(&sale.reference)
    );
    let printed = [&one, &two]
        .into_iter()
        .filter(|outcome| matches!(outcome, Ok(Reprint::Printed)));
    assert_eq!(printed.count(), 1, "{one:?} {two:?}");
    assert_eq!(shop.wire.transfers("print")?.len(), 1);

    shop.till.new_sale().await?;
    shop.script(PRINTING, &json!("stall-after-charge"))?;
    let holder = shop.till.pay(PaymentMethod::BankCard, None, "300", false).await?;
    let refused = shop.till.reprint(&sale.reference).await;
    assert!(
        matches!(&refused, Err(TillError::Checkout(CheckoutError::Store(StoreError::TerminalHeld(by)))) if *by == holder.reference),
        "{refused:?}"
    );
    assert_eq!(shop.wire.transfers("print")?.len(), 1);
    Ok(())
}

#[tokio::test]
async fn a_payment_that_took_no_money_has_no_slip() -> Outcome {
    let shop = Shop::open().await?;
    shop.script(TERMINAL, &json!("decline"))?;
    let sale = shop
        .till
        .pay(PaymentMethod::BankCard, None, "1250", false)
        .await?;
    let sale = shop.settled(&sale).await?;
    let refused = shop.till.reprint(&sale.reference).await;
    assert!(
        matches!(
            refused,
            Err(TillError::Checkout(CheckoutError::NotPrintable(
                PaymentState::Declined
            )))
        ),
        "{refused:?}"
    );
    assert!(shop.wire.transfers("print")?.is_empty());
    Ok(())
}
