//! Cash, splits, cards taken by hand and returns against a real simulator and a real database: what is due, what counts,
//! and that nothing is taken or given back twice.

#[path = "tenders/at_once.rs"]
mod at_once;
#[path = "tenders/doubtful_voids.rs"]
mod doubtful_voids;
#[path = "tenders/handing_over.rs"]
mod handing_over;
#[path = "tenders/returns.rs"]
mod returns;
#[path = "tenders/same_amount.rs"]
mod same_amount;
#[path = "tenders/set_aside.rs"]
mod set_aside;
#[path = "tenders/shop.rs"]
mod shop;
#[path = "tenders/stuck.rs"]
mod stuck;
#[path = "tenders/taking_back.rs"]
mod taking_back;

use cloudecr::PaymentMethod;
use kaunter_tests::{Failure, Outcome};
use shop::{Shop, refused};
use std::sync::Arc;
use till::{PaymentState, Rounding, StoreError, Taking, TenderKind, TenderRefused, TillError};

#[tokio::test]
async fn cash_is_rounded_once_gives_change_and_closes_the_ticket() -> Outcome {
    let shop = Shop::open().await?;
    let till = &shop.office.till;
    let offer = till.cash_offer("1003", None)?;
    assert_eq!(
        (offer.settles.to_string(), offer.moved.to_string()),
        ("10.03".to_owned(), "10.05".to_owned())
    );
    assert_eq!(till.cash_change("1003", None, "20")?.to_string(), "9.95");
    assert!(
        till.ticket()?.lines.is_empty(),
        "an offer puts nothing on the ticket"
    );
    let tender = shop.cash("1003", None, Some("20"))?;
    assert_eq!(
        tender.change().map(|change| change.to_string()).as_deref(),
        Some("9.95")
    );
    let standing = till.standing()?;
    assert!(standing.is_paid());
    let rounded = standing
        .rounded()
        .map(|(before, after)| (before.to_string(), after.to_string()));
    assert_eq!(rounded, Some(("10.03".to_owned(), "10.05".to_owned())));
    let receipt = till.tender_detail(&tender.reference)?.receipt.join("\n");
    for text in ["Receipt 0001", "10.03", "10.05", "9.95"] {
        assert!(receipt.contains(text), "{text} is not on\n{receipt}");
    }
    assert!(till.open_payment().await?.is_none());
    till.new_sale().await?;
    assert!(shop.charged()?.is_empty());
    shop.all_is_well()
}

#[tokio::test]
async fn cards_pay_to_the_sen_unless_every_total_is_rounded() -> Outcome {
    let shop = Shop::open().await?;
    let till = &shop.office.till;
    let exact = till.pay(PaymentMethod::BankCard, None, "1003", false).await?;
    assert_eq!(shop.answered(&exact).await?.amount.to_string(), "10.03");
    till.new_sale().await?;
    shop.office.manager()?;
    till.set_rounding(Rounding::All)?;
    let rounded = till.pay(PaymentMethod::BankCard, None, "1003", false).await?;
    assert_eq!(shop.answered(&rounded).await?.amount.to_string(), "10.05");
    assert!(till.standing()?.is_paid());
    till.new_sale().await?;
    till.set_rounding(Rounding::Off)?;
    assert_eq!(shop.cash("1003", None, None)?.moved.to_string(), "10.03");
    assert_eq!(shop.charged()?, ["10.03", "10.05"]);
    shop.all_is_well()
}

#[tokio::test]
async fn a_cashier_sets_no_rounding() -> Outcome {
    let shop = Shop::open().await?;
    assert!(matches!(
        shop.office.till.set_rounding(Rounding::Off),
        Err(TillError::Staff(_))
    ));
    Ok(())
}

#[tokio::test]
async fn a_split_over_cash_card_and_wallet_takes_each_part_once_on_one_receipt() -> Outcome {
    let shop = Shop::open().await?;
    let till = &shop.office.till;
    assert_eq!(till.share_of_due("2005", 2)?.to_string(), "10.02");
    let first = shop.cash("2005", Some("5.02"), Some("50"))?;
    assert_eq!(
        (first.amount.to_string(), first.change().map(|c| c.to_string())),
        ("5.00".to_owned(), Some("45.00".to_owned()))
    );
    assert_eq!(till.standing()?.due.to_string(), "15.05");
    assert!(matches!(till.new_sale().await, Err(TillError::PartlyPaid)));
    assert!(
        matches!(till.add_amount("100"), Err(TillError::Store(StoreError::Begun))),
        "its lines are frozen"
    );
    let card = shop.card("", "10.00").await?;
    assert_eq!((card.state, card.receipt), (PaymentState::Approved, Some(1)));
    assert_eq!(till.standing()?.due.to_string(), "5.05");
    let wallet = shop.wallet("5.05").await?;
    assert_eq!((wallet.state, wallet.receipt), (PaymentState::Approved, Some(1)));
    assert!(till.standing()?.is_paid());
    assert_eq!(
        refused(shop.cash("", None, None)),
        Some(TenderRefused::NothingDue)
    );
    till.new_sale().await?;
    assert_eq!(shop.charged()?, ["10.00", "5.05"]);
    shop.all_is_well()
}

#[tokio::test]
async fn more_than_is_due_is_never_charged_and_an_old_view_takes_nothing() -> Outcome {
    let shop = Shop::open().await?;
    let till = &shop.office.till;
    let too_much = shop.part(PaymentMethod::BankCard, None, "1000", "10.01").await;
    assert!(matches!(refused(too_much), Some(TenderRefused::MoreThanDue(_))));
    assert!(
        till.ticket()?.lines.is_empty(),
        "what was refused is not on the ticket"
    );
    shop.cash("1000", Some("4.00"), None)?;
    let old = Taking {
        typed: "",
        part: Some("4.00"),
        due: "10.00",
    };
    assert!(matches!(
        refused(till.take_cash(&old, None, false)),
        Some(TenderRefused::DueChanged(_))
    ));
    assert!(matches!(
        refused(shop.cash("", None, Some("5.95"))),
        Some(TenderRefused::NotEnough(_))
    ));
    assert_eq!(till.standing()?.due.to_string(), "6.00");
    shop.all_is_well()
}

#[tokio::test]
async fn fifty_takes_of_the_same_ticket_at_once_take_it_once() -> Outcome {
    let shop = Arc::new(Shop::open().await?);
    shop.office.till.add_amount("1250")?;
    let takes: Vec<_> = (0..50)
        .map(|number| {
            let shop = Arc::clone(&shop);
            tokio::task::spawn_blocking(move || {
                // All of it, or a half: either way what was due is looked at once.
                let part = (number % 2 == 0).then_some("6.25");
                shop.office
                    .till
                    .take_cash(
                        &Taking {
                            typed: "",
                            part,
                            due: "12.50",
                        },
                        None,
                        false,
                    )
                    .is_ok()
            })
        })
        .collect();
    let mut taken = 0;
    for take in takes {
        taken += usize::from(take.await?);
    }
    assert_eq!(taken, 1);
    assert_eq!(shop.office.till.standing()?.taken().count(), 1);
    shop.all_is_well()
}

#[tokio::test]
async fn cash_and_a_charge_at_the_same_moment_never_both_take_the_ticket() -> Outcome {
    for _ in 0..8 {
        let shop = Shop::open().await?;
        let till = &shop.office.till;
        till.add_amount("1250")?;
        let charge = till.pay(PaymentMethod::BankCard, None, "", false);
        let cash = async {
            till.take_cash(
                &Taking {
                    typed: "",
                    part: None,
                    due: "12.50",
                },
                None,
                false,
            )
        };
        let (charge, cash) = tokio::join!(charge, cash);
        assert!(charge.is_ok() != cash.is_ok(), "{charge:?} {cash:?}");
        if let Ok(payment) = charge {
            shop.answered(&payment).await?;
        }
        assert!(till.standing()?.is_paid());
        assert_eq!(till.standing()?.paid.to_string(), "12.50");
    }
    Ok(())
}

#[tokio::test]
async fn a_declined_leg_leaves_the_rest_and_another_wallet_pays_it() -> Outcome {
    let shop = Shop::open().await?;
    let till = &shop.office.till;
    shop.cash("1000", Some("4.00"), None)?;
    shop.office.script("decline")?;
    let declined = shop.wallet("6.00").await?;
    assert_eq!(declined.state, PaymentState::Declined);
    assert_eq!(till.standing()?.due.to_string(), "6.00");
    let channel = Some("grabPay".to_owned());
    let again = till
        .charge_again(&declined.reference, Some(PaymentMethod::QrCustScan), channel)
        .await?;
    assert_eq!(
        (again.amount.to_string(), shop.answered(&again).await?.state),
        ("6.00".to_owned(), PaymentState::Approved)
    );
    assert!(till.standing()?.is_paid());
    assert_eq!(shop.charged()?, ["6.00"]);
    shop.all_is_well()
}

#[tokio::test]
async fn a_lost_leg_blocks_every_other_tender_and_counts_when_it_was_charged_after_all() -> Outcome {
    let shop = Shop::open().await?;
    let till = &shop.office.till;
    shop.cash("1000", Some("4.00"), None)?;
    shop.office.script("lost-after-charge")?;
    let lost = shop.card("", "6.00").await?;
    assert_eq!(lost.state, PaymentState::Unknown);
    let ticket = till.standing()?.ticket;
    assert!(matches!(
        shop.cash("", None, None),
        Err(TillError::Store(StoreError::TicketTaken(_)))
    ));
    assert!(matches!(
        shop.by_hand("", None, "F99136", true),
        Err(TillError::Store(StoreError::TicketTaken(_)))
    ));
    let pin = Shop::pin()?;
    let back = till.take_back(ticket, Some((shop.manager, &pin))).await;
    assert!(
        matches!(back, Err(TillError::Store(StoreError::TicketTaken(_)))),
        "{back:?}"
    );
    // The next customer is served meanwhile, and what was set aside is found out.
    till.set_aside()?;
    shop.cash("300", None, None)?;
    let found = till.checkout()?.check_status(&lost.reference).await?;
    assert_eq!(found.state, PaymentState::Approved);
    assert!(till.store().standing(ticket)?.is_paid());
    assert_eq!(shop.charged()?, ["6.00"]);
    shop.all_is_well()
}

#[tokio::test]
async fn a_ticket_that_was_set_aside_partly_paid_comes_back_and_is_finished() -> Outcome {
    let shop = Shop::open().await?;
    let till = &shop.office.till;
    shop.cash("1000", Some("4.00"), None)?;
    let ticket = till.standing()?.ticket;
    till.set_aside()?;
    shop.cash("300", Some("1.00"), None)?;
    assert!(matches!(
        till.resume_ticket(ticket),
        Err(TillError::Store(StoreError::Tender(TenderRefused::PartlyPaid)))
    ));
    shop.cash("", None, None)?;
    till.new_sale().await?;
    till.resume_ticket(ticket)?;
    assert_eq!(till.standing()?.due.to_string(), "6.00");
    shop.cash("", None, None)?;
    assert!(till.standing()?.is_paid());
    shop.all_is_well()
}

#[tokio::test]
async fn a_card_by_hand_needs_a_manager_and_is_counted_once() -> Outcome {
    let shop = Shop::open().await?;
    let till = &shop.office.till;
    shop.office.script("lost-before-charge")?;
    let lost = till.pay(PaymentMethod::BankCard, None, "1000", false).await?;
    assert_eq!(shop.answered(&lost).await?.state, PaymentState::Unknown);
    till.set_aside()?;
    let same = shop.by_hand("1000", None, "F99136", false);
    assert!(matches!(same, Err(TillError::SameAmountOpen(_))), "{same:?}");
    assert!(matches!(
        shop.by_hand("1000", None, "no number", true),
        Err(TillError::Proof(_))
    ));
    let due = "10.00";
    let wrong = till::Pin::new("1111".to_owned())?;
    let taking = Taking {
        typed: "1000",
        part: None,
        due,
    };
    let cashier = till.take_manual_card(&taking, "F99136", (shop.manager, &wrong), true);
    assert!(matches!(cashier, Err(TillError::Staff(_))), "{cashier:?}");
    assert!(till.ticket()?.lines.is_empty());
    let taken = shop.by_hand("1000", None, "f99 136", true)?;
    assert_eq!(
        (taken.kind, taken.proof.as_deref(), taken.approved_by),
        (TenderKind::ManualCard, Some("F99136"), Some(shop.manager))
    );
    assert!(till.standing()?.is_paid());
    till.new_sale().await?;
    assert!(matches!(
        refused(shop.by_hand("1000", None, "F99136", true)),
        Some(TenderRefused::ProofKnown(_))
    ));
    assert!(
        till.ticket()?.lines.is_empty(),
        "what was refused is not on the ticket"
    );
    let receipt = till.tender_detail(&taken.reference)?.receipt.join("\n");
    assert!(
        receipt.contains("unverified") && receipt.contains("F99136"),
        "{receipt}"
    );
    shop.all_is_well()
}

#[tokio::test]
async fn the_slip_of_a_payment_through_the_gateway_is_not_counted_again_by_hand() -> Outcome {
    let shop = Shop::open().await?;
    let till = &shop.office.till;
    let paid = till.pay(PaymentMethod::BankCard, None, "1000", false).await?;
    let paid = shop.answered(&paid).await?;
    till.new_sale().await?;
    let code = paid.salient.approval_code.unwrap_or_default();
    assert!(matches!(
        refused(shop.by_hand("1000", None, &code, true)),
        Some(TenderRefused::ProofKnown(_))
    ));
    shop.all_is_well()
}

#[tokio::test]
async fn a_split_that_is_taken_back_returns_exactly_what_was_taken() -> Outcome {
    let shop = Shop::open().await?;
    let till = &shop.office.till;
    // Amounts and ways by chance, but the same ones each time: a part in cash is rounded, a part by card is not.
    let mut dice = kaunter_tests::Dice::new(5);
    for round in 0..6_usize {
        let total = 1_000 + dice.below(9_000);
        let typed = total.to_string();
        let (mut cash, mut charged) = (0, 0);
        let mut left = total;
        for leg in 0..3_usize {
            let part = 1 + dice.below(left / 2);
            let text = format!("{}.{:02}", part / 100, part % 100);
            let typed = if leg == 0 { typed.as_str() } else { "" };
            if (round + leg) % 2 == 0 {
                match shop.cash(typed, Some(&text), None) {
                    Ok(tender) => {
                        cash += tender.moved.minor();
                        left -= u64::try_from(tender.amount.minor())?;
                    }
                    // Less than any coin.
                    Err(error) => {
                        assert!(part < 3, "{error}");
                        if leg == 0 {
                            till.add_amount(typed)?;
                        }
                    }
                }
            } else {
                let payment = shop.card(typed, &text).await?;
                assert_eq!(payment.state, PaymentState::Approved);
                charged += payment.amount.minor();
                left -= part;
            }
        }
        let standing = till.standing()?;
        let only_cash = charged == 0;
        let pin = Shop::pin()?;
        if !only_cash {
            let alone = till.take_back(standing.ticket, None).await;
            assert!(matches!(alone, Err(TillError::ManagerNeeded)), "{alone:?}");
        }
        let manager = (!only_cash).then_some((shop.manager, &pin));
        let back = till.take_back(standing.ticket, manager).await?;
        assert_eq!(back.cash.minor(), cash, "round {round}");
        let standing = shop
            .stands(standing.ticket, |standing| standing.taken().next().is_none())
            .await?;
        assert_eq!(standing.due.minor(), i64::try_from(total)?);
        assert!(shop.charged()?.is_empty(), "round {round}: {:?}", shop.charged()?);
        till.new_sale().await?;
    }
    shop.all_is_well()
}

#[tokio::test]
async fn a_void_that_is_refused_while_a_split_is_taken_back_leaves_that_leg_and_the_next_try_goes_on()
-> Outcome {
    let shop = Shop::open().await?;
    let till = &shop.office.till;
    shop.cash("3000", Some("10.00"), None)?;
    shop.card("", "10.00").await?;
    let ticket = till.standing()?.ticket;
    shop.office.script("decline")?;
    let pin = Shop::pin()?;
    let back = till.take_back(ticket, Some((shop.manager, &pin))).await?;
    assert_eq!(back.cash.to_string(), "10.00");
    let void = shop
        .answered(back.void.as_ref().ok_or_else(|| Failure::new("no void"))?)
        .await?;
    assert_ne!(void.state, PaymentState::Approved);
    let standing = shop
        .stands(ticket, |standing| standing.in_the_way.is_none())
        .await?;
    assert_eq!(standing.paid.to_string(), "10.00", "the card's leg still stands");
    let back = till.take_back(ticket, Some((shop.manager, &pin))).await?;
    assert!(back.cash.is_zero(), "cash is handed back once");
    shop.stands(ticket, |standing| standing.taken().next().is_none())
        .await?;
    assert!(shop.charged()?.is_empty());
    shop.all_is_well()
}
