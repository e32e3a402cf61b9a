//! The till's word against the acquirer's book: everything that must never be, looked for in one place.

use std::collections::{BTreeMap, HashMap};

use cloudecr_simulator::{Entry, EntryStatus};
use till::{Days, Decision, HistoryFilter, Kind, PaidWith, Payment, PaymentState, Store};

use crate::Outcome;

/// Every payment of a store, newest first.
///
/// # Errors
/// When the store cannot be read.
pub fn all_payments(store: &Store) -> Outcome<Vec<Payment>> {
    let mut filter = HistoryFilter {
        text: String::new(),
        days: Days::All,
        paid_with: PaidWith::Any,
        after: None,
    };
    let mut all = Vec::new();
    loop {
        let page = store.history(&filter)?;
        filter.after = page.next.clone();
        all.extend(page.payments());
        if filter.after.is_none() {
            return Ok(all);
        }
    }
}

/// What is wrong between a store and the acquirer's book of the same terminals, in words; nothing when all is well.
/// The till may go on meanwhile: `book` is read before the store, for what the till must have known by then, and once
/// more after it, for what must have come first.
///
/// # Errors
/// When the store cannot be read.
pub fn audit(store: &Store, book: impl Fn() -> Vec<Entry>) -> Outcome<Vec<String>> {
    let before = book();
    let payments = all_payments(store)?;
    let after = book();
    let mut wrong = Vec::new();
    if let Err(fault) = store.verify_journal()? {
        wrong.push(fault.to_string());
    }
    let by_reference: HashMap<&str, &Payment> = payments
        .iter()
        .map(|payment| (payment.reference.as_str(), payment))
        .collect();
    for entry in &before {
        let Some(payment) = by_reference.get(entry.reference_id.as_str()) else {
            wrong.push(format!("the till knows nothing of {entry:?}"));
            continue;
        };
        if let Some(why) = contradicts(payment, entry.status) {
            wrong.push(format!("{} is {}: {why}", payment.reference, payment.state));
        }
    }
    let founded = by_status(&after);
    wrong.extend(payments.iter().filter_map(|payment| unfounded(payment, &founded)));
    charged_twice(store, &payments, &by_status(&before), &mut wrong)?;
    rows(&payments, &mut wrong);
    Ok(wrong)
}

fn by_status(book: &[Entry]) -> HashMap<&str, EntryStatus> {
    book.iter()
        .map(|entry| (entry.reference_id.as_str(), entry.status))
        .collect()
}

/// Why what the till says cannot stand beside what the acquirer did.
fn contradicts(payment: &Payment, status: EntryStatus) -> Option<&'static str> {
    use PaymentState as S;
    // A conflict was raised: the till says itself that it does not add up.
    if payment.conflict {
        return None;
    }
    match (status, payment.state) {
        (_, S::Prepared) => Some("it reached the acquirer before it was committed as sent"),
        (EntryStatus::Charged, S::Declined | S::NotCharged | S::Overridden(Decision::NotCharged)) => {
            Some("the customer was charged")
        }
        (EntryStatus::Voided, S::Approved) if !payment.void_in_doubt => {
            Some("the customer has got the money back")
        }
        (
            EntryStatus::Charged | EntryStatus::Voided | EntryStatus::Declined | EntryStatus::Pending,
            S::Sent
            | S::Pending
            | S::Unknown
            | S::Approved
            | S::Declined
            | S::NotCharged
            | S::Voided
            | S::Overridden(_),
        ) => None,
    }
}

/// A state that nothing in the book stands for: goods released without a charge, or money said to be given back that
/// was not.
fn unfounded(payment: &Payment, book: &HashMap<&str, EntryStatus>) -> Option<String> {
    let (about, wanted): (_, &[EntryStatus]) = match (payment.kind, payment.state) {
        (Kind::Sale | Kind::CashOut, PaymentState::Approved) => {
            (&payment.reference, &[EntryStatus::Charged, EntryStatus::Voided])
        }
        (Kind::Sale | Kind::CashOut, PaymentState::Voided) if !payment.conflict => {
            (&payment.reference, &[EntryStatus::Voided])
        }
        (Kind::Void, PaymentState::Approved) => (payment.original.as_ref()?, &[EntryStatus::Voided]),
        (Kind::Sale | Kind::CashOut | Kind::Void, _) => return None,
    };
    let found = book.get(about.as_str());
    let founded = found.is_some_and(|status| wanted.contains(status));
    (!founded).then(|| {
        format!(
            "{} {} is {}, the book says {found:?}",
            payment.kind, payment.reference, payment.state
        )
    })
}

/// A ticket whose charges come to more than it does: a split has several charges, and never too many.
fn charged_twice(
    store: &Store,
    payments: &[Payment],
    book: &HashMap<&str, EntryStatus>,
    wrong: &mut Vec<String>,
) -> Outcome {
    let mut charges: BTreeMap<i64, Vec<&Payment>> = BTreeMap::new();
    for payment in payments {
        let charged = book.get(payment.reference.as_str()) == Some(&EntryStatus::Charged);
        if let Some(ticket) = payment.ticket.filter(|_| charged) {
            charges.entry(ticket).or_default().push(payment);
        }
    }
    for (ticket, charged) in charges.iter().filter(|(_, charged)| charged.len() > 1) {
        let standing = store.standing(*ticket)?;
        let sum: i64 = charged.iter().map(|payment| payment.amount.minor()).sum();
        if sum > standing.payable.minor() {
            let references: Vec<_> = charged.iter().map(|payment| payment.reference.as_str()).collect();
            wrong.push(format!("ticket {ticket} was charged by {references:?}"));
        }
    }
    Ok(())
}

/// What must hold of the rows whatever the book says.
fn rows(payments: &[Payment], wrong: &mut Vec<String>) {
    let mut receipts: BTreeMap<i64, Option<i64>> = BTreeMap::new();
    for (number, ticket) in payments
        .iter()
        .filter_map(|payment| Some((payment.receipt?, payment.ticket)))
    {
        // The legs of one ticket share its number, and nothing else shares one.
        if let Some(other) = receipts.insert(number, ticket)
            && (ticket.is_none() || ticket != other)
        {
            wrong.push(format!("receipt {number} was given twice"));
        }
    }
    if !receipts.keys().copied().eq((1..).take(receipts.len())) {
        wrong.push(format!("receipt numbers have gaps: {:?}", receipts.keys()));
    }
    let mut holders: HashMap<&str, u32> = HashMap::new();
    let mut transactions: HashMap<(&str, bool), u32> = HashMap::new();
    for payment in payments {
        let holds = matches!(
            payment.state,
            PaymentState::Prepared | PaymentState::Sent | PaymentState::Unknown
        );
        if holds {
            *holders.entry(&payment.terminal).or_default() += 1;
        }
        let approved = matches!(payment.state, PaymentState::Approved | PaymentState::Voided);
        if let Some(trans_id) = payment.salient.trans_id.as_deref().filter(|_| approved) {
            *transactions
                .entry((trans_id, payment.kind == Kind::Void))
                .or_default() += 1;
        }
    }
    wrong.extend(
        holders
            .iter()
            .filter(|(_, count)| **count > 1)
            .map(|(terminal, count)| format!("{count} payments hold {terminal}")),
    );
    wrong.extend(
        transactions
            .iter()
            .filter(|(_, count)| **count > 1)
            .map(|((trans_id, _), count)| format!("transaction {trans_id} counts {count} times")),
    );
}
