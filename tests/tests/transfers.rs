//! Every kind of transfer from the till to the acquirer's book, over real HTTP: cash-out, both QR kinds, the optional
//! fields, and another slip.

#[path = "transfers/reprint.rs"]
mod reprint;
#[path = "transfers/shop.rs"]
mod shop;

use cloudecr::{FieldProblem, PaymentMethod};
use cloudecr_simulator::{Config, InquiryReference};
use kaunter_tests::Outcome;
use serde_json::json;
use shop::{PIN, Shop, TERMINAL, options};
use till::{CashRefused, CheckoutError, Kind, PaymentOptionsForm, PaymentState, Pin, TillError};

#[tokio::test]
async fn a_cash_out_goes_out_as_purchase_and_cash_apart_and_is_charged_once() -> Outcome {
    let shop = Shop::open().await?;
    shop.offer_cash()?;
    let payment = shop.till.pay_with_cash("50", "1250", false).await?;
    let payment = shop.settled(&payment).await?;
    assert_eq!(
        (payment.state, payment.kind),
        (PaymentState::Approved, Kind::CashOut)
    );
    let sent = shop.wire.transfers("cashOut")?;
    assert_eq!(sent.len(), 1, "{sent:?}");
    assert_eq!(sent[0]["transData"]["transAmt"], "12.50");
    assert_eq!(sent[0]["transData"]["cashAmt"], "50.00");
    assert_eq!(shop.in_the_book("charged")?, 1);
    let detail = shop.till.payment_detail(&payment.reference).await?;
    let receipt = detail.receipt.join("\n");
    for line in ["PURCHASE", "RM 12.50", "CASH-OUT", "RM 50.00"] {
        assert!(receipt.contains(line), "{line} is not on\n{receipt}");
    }
    assert!(!receipt.contains("62.50"), "the two were added:\n{receipt}");
    Ok(())
}

#[tokio::test]
async fn cash_that_the_merchant_does_not_allow_is_refused_before_anything_is_prepared() -> Outcome {
    let shop = Shop::open().await?;
    let refused = shop.till.pay_with_cash("50", "1250", false).await;
    assert!(
        matches!(refused, Err(TillError::Cash(CashRefused::NotOffered))),
        "{refused:?}"
    );
    shop.offer_cash()?;
    for (cash, why) in [
        ("550", "at most"),
        ("75", "in steps"),
        ("0", "more than zero"),
        ("fifty", "not an amount"),
    ] {
        let refused = shop.till.pay_with_cash(cash, "1250", false).await.unwrap_err();
        assert!(refused.to_string().contains(why), "{cash}: {refused}");
    }
    assert!(
        shop.till.ticket()?.lines.is_empty(),
        "what was typed went on the ticket"
    );
    assert!(shop.till.store().in_question()?.is_empty());
    assert!(shop.wire.transfers("cashOut")?.is_empty());
    Ok(())
}

#[tokio::test]
async fn a_declined_cash_out_charges_nothing_and_is_charged_again_with_its_cash_and_note() -> Outcome {
    let shop = Shop::open().await?;
    shop.offer_cash()?;
    shop.till.set_ticket_extras("Table 4", "", "")?;
    shop.script(TERMINAL, &json!("decline"))?;
    let declined = shop.till.pay_with_cash("100", "1250", false).await?;
    let declined = shop.settled(&declined).await?;
    assert_eq!(declined.state, PaymentState::Declined);
    assert_eq!(shop.in_the_book("charged")?, 0);

    let by_wallet = shop
        .till
        .charge_again(&declined.reference, Some(PaymentMethod::QrMerchScan), None)
        .await;
    assert!(
        matches!(by_wallet, Err(TillError::Checkout(CheckoutError::CashNeedsCard))),
        "{by_wallet:?}"
    );
    let again = shop.till.charge_again(&declined.reference, None, None).await?;
    let again = shop.settled(&again).await?;
    assert_eq!(again.state, PaymentState::Approved);
    assert_eq!(again.cash, declined.cash);
    for sent in shop.wire.transfers("cashOut")? {
        assert_eq!(sent["transData"]["cashAmt"], "100.00");
        assert_eq!(sent["transData"]["note"], "Table 4");
    }
    assert_eq!(shop.in_the_book("charged")?, 1);
    Ok(())
}

#[tokio::test]
async fn a_cash_out_whose_answer_was_lost_is_found_out_and_never_sent_twice() -> Outcome {
    for (script, ends, charged) in [
        ("lost-after-charge", PaymentState::Approved, 2),
        ("lost-before-charge", PaymentState::NotCharged, 1),
    ] {
        let shop = Shop::open().await?;
        shop.offer_cash()?;
        let before = shop.till.pay(PaymentMethod::BankCard, None, "100", false).await?;
        shop.settled(&before).await?;
        shop.till.new_sale().await?;
        shop.script(TERMINAL, &json!(script))?;
        let lost = shop.till.pay_with_cash("50", "1250", false).await?;
        shop.wait_for(&lost.reference, PaymentState::Unknown).await?;
        let lost = shop.settled(&lost).await?;
        assert_eq!(lost.state, ends, "{script}");
        assert_eq!(shop.wire.transfers("cashOut")?.len(), 1, "{script}");
        assert_eq!(shop.in_the_book("charged")?, charged, "{script}");
    }
    Ok(())
}

#[tokio::test]
async fn a_void_of_a_cash_out_undoes_both_and_carries_no_note() -> Outcome {
    let shop = Shop::open().await?;
    shop.set(PaymentOptionsForm {
        cash_out: true,
        product_index: "3".to_owned(),
        ..options()
    })?;
    shop.till.set_ticket_extras("Table 4", "", "")?;
    let sale = shop.till.pay_with_cash("50", "1250", false).await?;
    let sale = shop.settled(&sale).await?;
    let pin = Pin::new(PIN.to_owned())?;
    let void = shop.till.void(&sale.reference, shop.manager, &pin).await?;
    let void = shop.settled(&void).await?;
    assert_eq!(void.state, PaymentState::Approved);
    assert_eq!(shop.in_the_book("voided")?, 1);
    let sent = shop.wire.transfers("void")?;
    assert_eq!(sent.len(), 1);
    assert_eq!(sent[0]["transData"]["productIndex"], "3");
    assert!(sent[0]["transData"]["note"].is_null());
    let receipt = shop
        .till
        .payment_detail(&void.reference)
        .await?
        .receipt
        .join("\n");
    assert!(receipt.contains("CASH-OUT VOIDED"), "{receipt}");
    Ok(())
}

#[tokio::test]
async fn every_optional_field_reaches_the_gateway_and_the_reference_stands_first() -> Outcome {
    let shop = Shop::open().await?;
    shop.set(PaymentOptionsForm {
        print_count: Some(1),
        reference_label: "Kedai No".to_owned(),
        product_index: "2".to_owned(),
        metadata: "branch 7 😀".to_owned(),
        asks_product: true,
        asks_promo: true,
        ..options()
    })?;
    shop.till.set_ticket_extras("  Table 4 – less ice ", "5", "P1")?;
    let payment = shop
        .till
        .pay(PaymentMethod::BankCard, None, "1250", false)
        .await?;
    let payment = shop.settled(&payment).await?;
    assert_eq!(
        payment.state,
        PaymentState::Approved,
        "the gateway took it, signature and all"
    );
    let sent = shop.wire.transfers("sale")?;
    assert_eq!(sent[0]["referenceLabel"], "Kedai No");
    assert_eq!(
        sent[0]["transData"],
        json!({
            "transAmt": "12.50",
            "paymentMethod": "bankCard",
            "productIndex": "5",
            "promoSale": "P1",
            "note": "Table 4 – less ice",
            "metadata": format!("{} branch 7 😀", payment.reference),
            "printCount": 1,
        })
    );
    let receipt = shop
        .till
        .payment_detail(&payment.reference)
        .await?
        .receipt
        .join("\n");
    // Printers know one dash, and the screen says what the paper says.
    assert!(receipt.contains("Note: Table 4 - less ice"), "{receipt}");

    // The next customer has neither note nor promotion; what the merchant set stays.
    shop.till.new_sale().await?;
    let next = shop.till.pay(PaymentMethod::BankCard, None, "300", false).await?;
    shop.settled(&next).await?;
    let sent = shop.wire.transfers("sale")?;
    assert_eq!(sent[1]["transData"]["productIndex"], "2");
    assert!(sent[1]["transData"]["note"].is_null() && sent[1]["transData"]["promoSale"].is_null());
    Ok(())
}

#[tokio::test]
async fn a_field_that_the_gateway_would_refuse_is_refused_on_its_form_and_nothing_is_prepared() -> Outcome {
    let shop = Shop::open().await?;
    let field = |refused: TillError| match refused {
        TillError::Field(refused) => Some((refused.field, refused.problem)),
        _ => None,
    };
    let long = "😀".repeat(64) + "!";
    let refused = shop.till.set_ticket_extras(&long, "", "").unwrap_err();
    assert_eq!(field(refused), Some(("note", FieldProblem::TooLong(128))));
    let refused = shop.till.set_ticket_extras("two\nlines", "", "").unwrap_err();
    assert_eq!(field(refused), Some(("note", FieldProblem::ControlCharacter)));
    assert_eq!(shop.till.ticket()?.extras, till::Extras::default());

    let form = |change: fn(&mut PaymentOptionsForm)| {
        let mut form = options();
        change(&mut form);
        shop.till.save_payment_options(&form).unwrap_err()
    };
    assert_eq!(
        field(form(|form| form.reference_label = "x".repeat(11)))
            .unwrap()
            .0,
        "referenceLabel"
    );
    assert_eq!(
        field(form(|form| form.metadata = "x".repeat(108))).unwrap().0,
        "metadata"
    );
    assert_eq!(
        field(form(|form| form.product_index = "11".to_owned()))
            .unwrap()
            .0,
        "productIndex"
    );
    assert_eq!(
        field(form(|form| form.print_count = Some(300))).unwrap().0,
        "printCount"
    );
    assert!(matches!(
        form(|form| form.cash_step = "0".to_owned()),
        TillError::CashRules
    ));

    // A promotion on a wallet is known to be wrong before the typed amount goes on the ticket.
    shop.set(PaymentOptionsForm {
        asks_promo: true,
        ..options()
    })?;
    shop.till.set_ticket_extras("", "", "P1")?;
    let refused = shop
        .till
        .pay(PaymentMethod::QrMerchScan, None, "1250", false)
        .await
        .unwrap_err();
    assert_eq!(field(refused), Some(("promoSale", FieldProblem::NotHere)));
    assert!(shop.till.ticket()?.lines.is_empty());

    // The library refuses it, too, whoever calls it.
    let charge = till::Charge {
        ticket: None,
        terminal: TERMINAL.to_owned(),
        amount: till::Amount::parse_decimal("12.50", till::Currency::Myr)?,
        cash: None,
        method: PaymentMethod::BankCard,
        channel: None,
        extras: till::Extras {
            note: Some(" x".to_owned()),
            ..till::Extras::default()
        },
        staff: None,
    };
    let refused = shop.till.checkout()?.charge(charge).await;
    assert!(matches!(refused, Err(CheckoutError::Field(_))), "{refused:?}");
    assert!(shop.till.store().holder_of(TERMINAL)?.is_none());
    assert!(shop.wire.transfers("sale")?.is_empty());
    Ok(())
}

#[tokio::test]
async fn a_merchants_text_behind_the_reference_leaves_the_evidence_conclusive() -> Outcome {
    for get_last_reference in [InquiryReference::Original, InquiryReference::Inquiry] {
        let shop = Shop::open_with(Config {
            get_last_reference,
            ..Config::default()
        })
        .await?;
        shop.set(PaymentOptionsForm {
            metadata: "x".repeat(107),
            ..options()
        })?;
        shop.script(TERMINAL, &json!("lost-after-charge"))?;
        let payment = shop.till.pay(PaymentMethod::BankCard, None, "700", false).await?;
        let payment = shop.settled(&payment).await?;
        assert_eq!(payment.state, PaymentState::Approved);
        assert!(payment.candidate.is_none(), "nobody had to be asked");
        assert_eq!(shop.in_the_book("charged")?, 1);
    }
    Ok(())
}

#[tokio::test]
async fn a_pending_wallet_is_asked_about_by_its_own_time_for_either_qr() -> Outcome {
    for (method, channel) in [
        (PaymentMethod::QrCustScan, Some("tng".to_owned())),
        (PaymentMethod::QrMerchScan, None),
    ] {
        let shop = Shop::open().await?;
        shop.script(TERMINAL, &json!("pending-approve"))?;
        let payment = shop.till.pay(method, channel.clone(), "900", false).await?;
        let payment = shop.settled(&payment).await?;
        assert_eq!(payment.state, PaymentState::Approved, "{method}");
        assert!(payment.salient.channel.is_some(), "the answer names the wallet");
        let (sale, asked) = (
            shop.wire.transfers("sale")?,
            shop.wire.transfers("walletInquiry")?,
        );
        assert_eq!(sale[0]["transData"]["paymentChannel"], json!(channel));
        assert!(!asked.is_empty());
        assert_eq!(asked[0]["transData"]["originalDatetime"], sale[0]["datetime"]);
        assert_eq!(shop.in_the_book("charged")?, 1);
    }
    Ok(())
}
