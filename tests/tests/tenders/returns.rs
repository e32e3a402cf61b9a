//! Returns: by a void, in cash, through the portal; never twice.

use crate::shop::{Shop, taken_elsewhere};
use cloudecr::PaymentMethod;
use kaunter_tests::{Failure, Outcome};
use std::sync::{Arc, Barrier};
use till::{
    CheckoutError, Payment, PaymentState, Pin, QuantityError, RefundWay, ReturnAsked, ReturnRecord,
    ReturnRefused, Returned, Rounding, StoreError, TenderRefused, Till, TillError,
};

/// Lines and how much of each comes back, as somebody types it.
pub(crate) type Lines = Vec<(i64, String)>;

/// A sale of three open amounts, paid by card.
pub(crate) async fn sold(shop: &Shop) -> Outcome<(Payment, i64)> {
    let till = &shop.office.till;
    for typed in ["333", "500", "170"] {
        till.add_amount(typed)?;
    }
    let payment = till.pay(PaymentMethod::BankCard, None, "", false).await?;
    let payment = shop.answered(&payment).await?;
    let ticket = till.standing()?.ticket;
    till.new_sale().await?;
    Ok((payment, ticket))
}

/// The lines of a ticket, by place.
fn lines(till: &Till, ticket: i64) -> Outcome<Vec<i64>> {
    let ticket = till.store().ticket(ticket)?;
    Ok(ticket.lines.iter().map(|line| line.id).collect())
}

/// All of a ticket whose lines are one piece each.
pub(crate) fn everything(till: &Till, ticket: i64) -> Outcome<Lines> {
    Ok(lines(till, ticket)?.into_iter().flat_map(one).collect())
}

fn one(line: i64) -> Lines {
    vec![(line, "1".to_owned())]
}

/// A return as the dialog asks for it, after looking at what it would give back.
pub(crate) async fn give_back(
    shop: &Shop,
    ticket: i64,
    lines: &[(i64, String)],
    way: RefundWay,
) -> Result<Returned, TillError> {
    let sheet = shop.office.till.return_sheet(ticket, lines)?;
    let amount = sheet
        .offer
        .map(|offer| offer.amount.to_string())
        .unwrap_or_default();
    as_seen(shop, ticket, lines, way, &amount, sheet.bought.newest).await
}

/// A return by what somebody saw before.
async fn as_seen(
    shop: &Shop,
    ticket: i64,
    lines: &[(i64, String)],
    way: RefundWay,
    amount: &str,
    seen: Option<i64>,
) -> Result<Returned, TillError> {
    let asked = ReturnAsked {
        ticket,
        lines,
        amount,
        seen,
        way,
        portal: "RF-2026-0042",
        reason: "Torn",
    };
    let pin = Pin::new("2222".to_owned())?;
    shop.office.till.return_goods(&asked, (shop.manager, &pin)).await
}

/// A return over the counter or through the portal, which is done at once.
pub(crate) async fn done(
    shop: &Shop,
    ticket: i64,
    lines: &[(i64, String)],
    way: RefundWay,
) -> Outcome<ReturnRecord> {
    match give_back(shop, ticket, lines, way).await? {
        Returned::Done(record) => Ok(*record),
        Returned::Voiding(void) => Err(Failure::new(format!("{} is a void", void.reference))),
    }
}

/// A return by a void, which has begun.
async fn by_void(shop: &Shop, ticket: i64, lines: &[(i64, String)]) -> Outcome<Payment> {
    match give_back(shop, ticket, lines, RefundWay::Void).await? {
        Returned::Voiding(void) => Ok(*void),
        Returned::Done(_) => Err(Failure::new("no void began")),
    }
}

/// What was handed over for lines that were returned in cash, in minor units.
async fn handed(shop: &Shop, ticket: i64, lines: &[(i64, String)]) -> Outcome<i64> {
    let record = done(shop, ticket, lines, RefundWay::Cash).await?;
    let refund = record.refund.ok_or_else(|| Failure::new("no refund"))?;
    Ok(refund.moved().minor())
}

/// Why a return was refused.
pub(crate) fn refused<T: std::fmt::Debug>(result: Result<T, TillError>) -> ReturnRefused {
    match result {
        Err(
            TillError::Store(StoreError::Return(refused))
            | TillError::Checkout(CheckoutError::Store(StoreError::Return(refused))),
        ) => refused,
        other => panic!("{other:?} was not refused as a return"),
    }
}

#[tokio::test]
async fn everything_returned_in_cash_piece_by_piece_is_what_was_paid() -> Outcome {
    let shop = Shop::open().await?;
    let (_, ticket) = sold(&shop).await?;
    let mut sum = 0;
    for line in lines(&shop.office.till, ticket)? {
        let record = done(&shop, ticket, &one(line), RefundWay::Cash).await?;
        assert!(record.receipt.is_some());
        sum += record.refund.map_or(0, |refund| refund.moved().minor());
        let again = give_back(&shop, ticket, &one(line), RefundWay::Cash).await;
        assert_eq!(refused(again), ReturnRefused::MoreThanBought);
    }
    // 10.03 by card: in coins, 10.05.
    assert_eq!(sum, 1_005);
    assert!(!shop.office.till.sale_around(ticket)?.can_return);
    shop.all_is_well()
}

#[tokio::test]
async fn a_whole_sale_is_returned_by_a_void_with_a_receipt_of_its_own() -> Outcome {
    let shop = Shop::open().await?;
    let till = &shop.office.till;
    let (payment, ticket) = sold(&shop).await?;
    let all = everything(till, ticket)?;
    let part = give_back(&shop, ticket, &all[..1], RefundWay::Void).await;
    assert_eq!(refused(part), ReturnRefused::NotTheWhole);
    let void = by_void(&shop, ticket, &all).await?;
    let void = shop.answered(&void).await?;
    assert_eq!((void.state, void.receipt), (PaymentState::Approved, Some(2)));
    let around = till.sale_around(ticket)?;
    assert_eq!(around.returns.len(), 1);
    assert_eq!(around.returns[0].receipt, Some(2));
    assert!(!around.can_return);
    let payment = till.checkout()?.payment(&payment.reference).await?;
    assert_eq!(payment.state, PaymentState::Voided);
    assert!(shop.charged()?.is_empty());
    shop.all_is_well()
}

#[tokio::test]
async fn a_ticket_that_was_returned_by_a_void_is_not_charged_again() -> Outcome {
    let shop = Shop::open().await?;
    let till = &shop.office.till;
    let payment = till.pay(PaymentMethod::BankCard, None, "10000", false).await?;
    shop.answered(&payment).await?;
    // From the verdict to History and back: the ticket is still the one at the counter.
    let ticket = till.standing()?.ticket;
    let void = by_void(&shop, ticket, &everything(till, ticket)?).await?;
    assert_eq!(shop.answered(&void).await?.state, PaymentState::Approved);
    let standing = till.standing()?;
    assert!(standing.returned && !standing.is_paid());
    let charge = till.pay(PaymentMethod::BankCard, None, "", false).await;
    assert_eq!(crate::shop::refused(charge), Some(TenderRefused::Returned));
    let again = till.charge_again(&payment.reference, None, None).await;
    assert_eq!(crate::shop::refused(again), Some(TenderRefused::Returned));
    assert_eq!(
        crate::shop::refused(shop.cash("", None, None)),
        Some(TenderRefused::Returned)
    );
    assert!(shop.charged()?.is_empty());
    till.new_sale().await?;
    shop.all_is_well()
}

#[tokio::test]
async fn a_return_whose_void_is_refused_never_happened_and_goes_back_in_cash() -> Outcome {
    let shop = Shop::open().await?;
    let till = &shop.office.till;
    let (_, ticket) = sold(&shop).await?;
    let all = everything(till, ticket)?;
    shop.office.script("decline")?;
    let void = by_void(&shop, ticket, &all).await?;
    shop.answered(&void).await?;
    // A void's no is asked about once before it is believed.
    let void = till.checkout()?.check_status(&void.reference).await?;
    assert_eq!(void.state, PaymentState::Declined);
    assert!(till.sale_around(ticket)?.returns[0].undone_at.is_some());
    assert_eq!(handed(&shop, ticket, &all).await?, 1_005);
    assert_eq!(
        shop.charged()?,
        ["10.03"],
        "the card's money stays: it went back in cash"
    );
    shop.all_is_well()
}

#[tokio::test]
async fn a_return_whose_void_is_lost_holds_the_goods_until_it_is_found_out() -> Outcome {
    let shop = Shop::open().await?;
    let till = &shop.office.till;
    let (_, ticket) = sold(&shop).await?;
    let all = everything(till, ticket)?;
    shop.office.script("lost-after-charge")?;
    let void = by_void(&shop, ticket, &all).await?;
    assert_eq!(shop.answered(&void).await?.state, PaymentState::Unknown);
    let meanwhile = give_back(&shop, ticket, &all, RefundWay::Cash).await;
    assert!(taken_elsewhere(&meanwhile));
    let found = till.checkout()?.check_status(&void.reference).await?;
    assert_eq!((found.state, found.receipt), (PaymentState::Approved, Some(2)));
    let after = give_back(&shop, ticket, &all, RefundWay::Cash).await;
    assert_eq!(refused(after), ReturnRefused::MoreThanBought);
    shop.all_is_well()
}

#[tokio::test]
async fn what_was_returned_over_the_counter_cannot_go_back_to_the_card_as_well() -> Outcome {
    let shop = Shop::open().await?;
    let till = &shop.office.till;
    let (payment, ticket) = sold(&shop).await?;
    let first = lines(till, ticket)?[0];
    let record = done(&shop, ticket, &one(first), RefundWay::Portal).await?;
    assert_eq!(record.amount.to_string(), "3.33", "a portal pays to the sen");
    let void = till.void(&payment.reference, shop.manager, &Shop::pin()?).await;
    assert_eq!(refused(void), ReturnRefused::ReturnedAlready);
    assert_eq!(shop.charged()?, ["10.03"]);
    shop.all_is_well()
}

#[tokio::test]
async fn what_was_voided_cannot_be_returned_as_well() -> Outcome {
    let shop = Shop::open().await?;
    let till = &shop.office.till;
    let (payment, ticket) = sold(&shop).await?;
    let first = lines(till, ticket)?[0];
    let void = till.void(&payment.reference, shop.manager, &Shop::pin()?).await?;
    shop.answered(&void).await?;
    let back = give_back(&shop, ticket, &one(first), RefundWay::Cash).await;
    assert_eq!(refused(back), ReturnRefused::NotPaid);
    shop.all_is_well()
}

/// As many calls of one return as there are, all of which saw the same, let loose at once: how many gave something back.
async fn at_once(
    shop: &Arc<Shop>,
    ticket: i64,
    lines: &Lines,
    amount: &str,
    seen: Option<i64>,
) -> Outcome<usize> {
    const CALLS: usize = 8;
    let start = Arc::new(Barrier::new(CALLS));
    let calls: Vec<_> = (0..CALLS)
        .map(|_| {
            let (shop, start) = (Arc::clone(shop), Arc::clone(&start));
            let (lines, amount) = (lines.clone(), amount.to_owned());
            let runtime = tokio::runtime::Handle::current();
            tokio::task::spawn_blocking(move || {
                start.wait();
                let back = as_seen(&shop, ticket, &lines, RefundWay::Cash, &amount, seen);
                runtime.block_on(back).is_ok()
            })
        })
        .collect();
    let mut given = 0;
    for call in calls {
        given += usize::from(call.await?);
    }
    Ok(given)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_returns_of_the_same_line_at_once_give_it_back_once() -> Outcome {
    let shop = Arc::new(Shop::open().await?);
    let (_, ticket) = sold(&shop).await?;
    let first = one(lines(&shop.office.till, ticket)?[0]);
    assert_eq!(at_once(&shop, ticket, &first, "3.33", None).await?, 1);
    shop.all_is_well()
}

/// Three pieces of one thing, paid by card: their line.
async fn three_pieces(shop: &Shop) -> Outcome<(i64, i64)> {
    let till = &shop.office.till;
    let line = till.add_amount("1500")?.lines[0].id;
    till.set_quantity(line, "3")?;
    let payment = till.pay(PaymentMethod::BankCard, None, "", false).await?;
    shop.answered(&payment).await?;
    let ticket = till.standing()?.ticket;
    till.new_sale().await?;
    Ok((ticket, line))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_calls_of_one_return_of_a_part_give_it_back_once() -> Outcome {
    let shop = Arc::new(Shop::open().await?);
    let (ticket, line) = three_pieces(&shop).await?;
    assert_eq!(at_once(&shop, ticket, &one(line), "15.00", None).await?, 1);
    // Nor does one that comes late, with what its dialog saw then.
    let late = as_seen(&shop, ticket, &one(line), RefundWay::Cash, "15.00", None).await;
    assert_eq!(refused(late), ReturnRefused::Changed);
    assert_eq!(
        handed(&shop, ticket, &one(line)).await?,
        1_500,
        "after another look"
    );
    shop.all_is_well()
}

#[tokio::test]
async fn a_part_of_a_piece_is_not_returned() -> Outcome {
    let shop = Shop::open().await?;
    let (ticket, line) = three_pieces(&shop).await?;
    let half = [(line, "0.5".to_owned())];
    let back = shop.office.till.return_sheet(ticket, &half);
    assert!(
        matches!(
            back,
            Err(TillError::Store(StoreError::Quantity(QuantityError::WholeOnly)))
        ),
        "{back:?}"
    );
    Ok(())
}

#[tokio::test]
async fn an_item_is_returned_without_its_gift_although_every_total_was_rounded_down() -> Outcome {
    let shop = Shop::open().await?;
    let till = &shop.office.till;
    shop.office.manager()?;
    till.set_rounding(Rounding::All)?;
    let item = till.add_amount("1002")?.lines[0].id;
    let gift = till.add_amount("100")?.lines[1].id;
    till.discount_line(gift, "100", true)?;
    let payment = till.pay(PaymentMethod::BankCard, None, "", false).await?;
    assert_eq!(shop.answered(&payment).await?.amount.to_string(), "10.00");
    let ticket = till.standing()?.ticket;
    till.new_sale().await?;
    assert_eq!(handed(&shop, ticket, &one(item)).await?, 1_000);
    assert_eq!(handed(&shop, ticket, &one(gift)).await?, 0);
    shop.all_is_well()
}

#[tokio::test]
async fn cash_for_what_is_left_after_the_portal_never_adds_up_to_more_than_was_sold() -> Outcome {
    let shop = Shop::open().await?;
    let till = &shop.office.till;
    let line = till.add_amount("3")?.lines[0].id;
    till.set_quantity(line, "20")?;
    let payment = till.pay(PaymentMethod::BankCard, None, "", false).await?;
    assert_eq!(shop.answered(&payment).await?.amount.to_string(), "0.60");
    let ticket = till.standing()?.ticket;
    till.new_sale().await?;
    done(&shop, ticket, &one(line), RefundWay::Portal).await?;
    let mut cash = 0;
    for _ in 0..19 {
        cash += handed(&shop, ticket, &one(line)).await?;
    }
    assert_eq!(cash, 55, "57 sen in coins, not nineteen times 5");
    shop.all_is_well()
}

#[tokio::test]
async fn a_cash_sale_is_returned_in_cash_and_a_cashier_alone_returns_nothing() -> Outcome {
    let shop = Shop::open().await?;
    let till = &shop.office.till;
    shop.cash("1003", None, Some("20"))?;
    let ticket = till.standing()?.ticket;
    till.new_sale().await?;
    let all = everything(till, ticket)?;
    let offer = till.return_sheet(ticket, &all)?.offer;
    let offer = offer.ok_or_else(|| Failure::new("no offer"))?;
    assert_eq!(
        (offer.amount.to_string(), offer.cash.to_string()),
        ("10.03".to_owned(), "10.05".to_owned())
    );
    assert_eq!(offer.voidable, None);
    let asked = ReturnAsked {
        ticket,
        lines: &all,
        amount: "10.03",
        seen: None,
        way: RefundWay::Cash,
        portal: "",
        reason: "Torn",
    };
    let cashier = Pin::new("1111".to_owned())?;
    let alone = till.return_goods(&asked, (shop.manager, &cashier)).await;
    assert!(matches!(alone, Err(TillError::Staff(_))), "{alone:?}");
    assert_eq!(handed(&shop, ticket, &all).await?, 1_005);
    shop.all_is_well()
}
