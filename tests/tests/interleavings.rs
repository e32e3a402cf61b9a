//! Any order of charges, voids, lost answers, decisions and restarts over four terminals keeps the invariants: a payment
//! holds its terminal, a ticket is charged once, a transaction counts once, receipts have no gaps, the journal is whole.

use cloudecr_simulator::{Config, EntryStatus, TerminalSetup};
use kaunter_tests::{Counter, Failure, Outcome, all_payments, audit};
use proptest::prelude::*;
use proptest::test_runner::{Config as Cases, TestCaseError};
use std::collections::HashSet;
use std::time::Duration;
use till::{
    Charge, Checkout, CheckoutError, HandDecision, Kind, Payment, PaymentEvent, PaymentState, StoreError,
    next,
};

const TERMINALS: [&str; 4] = ["VT-1", "VT-2", "VT-3", "VT-4"];
/// What a terminal can be told to do with its next transfers.
const SCRIPTS: [&str; 9] = [
    "approve",
    "decline",
    "offline",
    "cancel",
    "lost-after-charge",
    "lost-before-charge",
    "cut-in-answer",
    "charged-wrong-signature",
    "charged-error-503",
];

/// One thing that people, the network or the power do.
#[derive(Debug, Clone)]
enum Step {
    /// The terminal's next transfer meets this.
    Script { terminal: usize, name: &'static str },
    /// A card sale without a ticket.
    Sell { terminal: usize, cents: u32 },
    /// A ticket, charged on two terminals at the same moment: a double tap in two windows.
    ChargeTwice { one: usize, other: usize },
    /// The newest ticket, charged once more, on another terminal perhaps.
    ChargeAgain { terminal: usize },
    /// A void of some approved sale, asked for twice at the same moment.
    Void { which: usize },
    /// *Check status* of some payment in question.
    Check { which: usize },
    /// A manager who looks at the slip decides some payment in question.
    Decide { which: usize },
    /// What is on its way gets its answer first.
    Answered,
    /// The power goes, and the till starts again.
    Restart,
}

fn step() -> impl Strategy<Value = Step> {
    let terminal = 0..TERMINALS.len();
    prop_oneof![
        4 => (terminal.clone(), proptest::sample::select(&SCRIPTS[..]))
            .prop_map(|(terminal, name)| Step::Script { terminal, name }),
        6 => (terminal.clone(), 100..9_999_u32).prop_map(|(terminal, cents)| Step::Sell { terminal, cents }),
        3 => (terminal.clone(), terminal.clone()).prop_map(|(one, other)| Step::ChargeTwice { one, other }),
        2 => terminal.prop_map(|terminal| Step::ChargeAgain { terminal }),
        4 => any::<usize>().prop_map(|which| Step::Void { which }),
        2 => any::<usize>().prop_map(|which| Step::Check { which }),
        2 => any::<usize>().prop_map(|which| Step::Decide { which }),
        3 => Just(Step::Answered),
        1 => Just(Step::Restart),
    ]
}

fn gateway() -> Config {
    Config {
        terminals: TERMINALS
            .map(|id| TerminalSetup {
                id: id.to_owned(),
                is_vt: true,
                printer: false,
                bound_to: None,
            })
            .to_vec(),
        customer_delay: Duration::from_millis(2),
        ..Config::default()
    }
}

/// What is refused because something holds it, which is the point; anything else is a failure.
fn allowed(started: Result<Payment, CheckoutError>) -> Outcome<Option<Payment>> {
    match started {
        Ok(payment) => Ok(Some(payment)),
        Err(
            CheckoutError::Store(
                StoreError::TerminalHeld(_) | StoreError::TicketTaken(_) | StoreError::VoidTaken(_),
            )
            | CheckoutError::NotVoidable(_)
            | CheckoutError::AlreadyVoided
            | CheckoutError::VoidInDoubt,
        ) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

fn one_of<T>(all: &[T], which: usize) -> Option<&T> {
    all.get(which.checked_rem(all.len())?)
}

/// Waits until no payment of this till waits for its answer.
async fn answered(counter: &Counter) -> Outcome {
    until(counter, |state| {
        matches!(state, PaymentState::Prepared | PaymentState::Sent)
    })
    .await
}

/// Waits until no payment of this till is in a state that `waits`.
async fn until(counter: &Counter, waits: impl Fn(PaymentState) -> bool) -> Outcome {
    let mut changes = counter.checkout.changes();
    let wait = async {
        while all_payments(&counter.store)?
            .iter()
            .any(|payment| waits(payment.state))
        {
            changes.recv().await?;
        }
        Ok::<_, Failure>(())
    };
    let limit = tokio::time::timeout(Duration::from_secs(30), wait).await;
    limit.map_err(|_| Failure::new("a payment never got its answer"))?
}

/// Whether the acquirer has the money of a sale, or gave it back for a void. Only after nothing is at work any more.
fn happened(counter: &Counter, payment: &Payment) -> bool {
    let (about, wanted) = match (payment.kind, &payment.original) {
        (Kind::Void, Some(original)) => (original, EntryStatus::Voided),
        (Kind::Sale | Kind::CashOut | Kind::Void, _) => (&payment.reference, EntryStatus::Charged),
    };
    let book = counter.simulator.book();
    book.iter()
        .any(|entry| entry.reference_id == about.as_str() && entry.status == wanted)
}

/// A manager's decision with the terminal's slips in hand. None where the evidence was faster.
async fn decide(counter: &Counter, payment: &Payment) -> Outcome {
    // A terminal that works could still charge, so the manager waits for it.
    let mut look = tokio::time::interval(Duration::from_millis(5));
    while counter
        .simulator
        .terminals()
        .iter()
        .any(|terminal| terminal.working)
    {
        look.tick().await;
    }
    let decision = HandDecision::Manager {
        charged: happened(counter, payment),
        manager: counter.manager()?,
        reason: "The slip".to_owned(),
    };
    match counter.checkout.decide(&payment.reference, decision).await {
        Ok(_) | Err(CheckoutError::Store(StoreError::Illegal(_))) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

async fn both(
    one: impl Future<Output = Result<Payment, CheckoutError>>,
    other: impl Future<Output = Result<Payment, CheckoutError>>,
) -> Outcome<HashSet<String>> {
    let (one, other) = tokio::join!(one, other);
    let started = [allowed(one)?, allowed(other)?];
    Ok(started
        .into_iter()
        .flatten()
        .map(|payment| payment.reference.to_string())
        .collect())
}

async fn take(counter: Counter, step: &Step) -> Outcome<Counter> {
    let on = |terminal: usize, charge: Charge| Charge {
        terminal: TERMINALS[terminal].to_owned(),
        ..charge
    };
    let checkout: &Checkout = &counter.checkout;
    match step {
        Step::Script { terminal, name } => {
            let script = cloudecr_simulator::Script::named(name)?;
            counter.simulator.set_script(TERMINALS[*terminal], script)?;
        }
        Step::Sell { terminal, cents } => {
            let amount = format!("{}.{:02}", cents / 100, cents % 100);
            allowed(checkout.charge(on(*terminal, counter.charge(&amount)?)).await)?;
        }
        Step::ChargeTwice { one, other } => {
            counter.next_ticket()?;
            let charge = counter.charge_of(&counter.ticket("3.00")?)?;
            let started = both(
                checkout.charge(on(*one, charge.clone())),
                checkout.charge(on(*other, charge)),
            );
            if started.await?.len() > 1 {
                return Err(Failure::new("one ticket was charged by two payments at once"));
            }
        }
        Step::ChargeAgain { terminal } => {
            let newest = all_payments(&counter.store)?
                .into_iter()
                .find_map(|payment| payment.ticket);
            if let Some(ticket) = newest {
                let charge = counter.charge_of(&counter.store.ticket(ticket)?)?;
                allowed(checkout.charge(on(*terminal, charge)).await)?;
            }
        }
        Step::Void { which } => {
            let mut sales = all_payments(&counter.store)?;
            sales.retain(|sale| sale.kind == Kind::Sale && sale.state == PaymentState::Approved);
            if let Some(sale) = one_of(&sales, *which) {
                let void = || checkout.void(&sale.reference, None, None);
                if both(void(), void()).await?.len() > 1 {
                    return Err(Failure::new("two voids of one sale began at once"));
                }
            }
        }
        Step::Check { which } => {
            if let Some(payment) = one_of(&counter.store.in_question()?, *which) {
                checkout.check_status(&payment.reference).await?;
            }
        }
        Step::Decide { which } => {
            if let Some(payment) = one_of(&counter.store.in_question()?, *which) {
                decide(&counter, payment).await?;
            }
        }
        Step::Answered => answered(&counter).await?,
        Step::Restart => {
            // The till that is left behind lives on in this process, and would send what it has prepared; a dead one
            // does not.
            until(&counter, |state| state == PaymentState::Prepared).await?;
            let restarted = counter.killed_and_restarted()?;
            restarted.checkout.recover().await?;
            return Ok(restarted);
        }
    }
    Ok(counter)
}

/// Carries the steps out, and looks at everything after each.
async fn run(steps: &[Step]) -> Outcome {
    let mut counter = Counter::open_with(gateway()).await?;
    for (number, step) in steps.iter().enumerate() {
        counter = take(counter, step).await?;
        let wrong = audit(&counter.store, || counter.simulator.book())?;
        if !wrong.is_empty() {
            return Err(Failure::new(format!(
                "after step {number} ({step:?}): {}",
                wrong.join("; ")
            )));
        }
    }
    answered(&counter).await?;
    for payment in counter.store.in_question()? {
        decide(&counter, &payment).await?;
    }
    let wrong = audit(&counter.store, || counter.simulator.book())?;
    let open = counter.store.in_question()?;
    if wrong.is_empty() && open.is_empty() {
        return Ok(());
    }
    Err(Failure::new(format!(
        "in the end: {}; open: {}",
        wrong.join("; "),
        open.len()
    )))
}

proptest! {
    // Few and long: what goes wrong needs several steps, and each case runs over real HTTP and a real database.
    #![proptest_config(Cases { cases: 24, max_shrink_iters: 30, failure_persistence: None, ..Cases::default() })]

    #[test]
    fn any_interleaving_over_four_terminals_keeps_the_invariants(steps in proptest::collection::vec(step(), 30..45)) {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        let outcome = runtime.block_on(run(&steps));
        // The tills that were killed go on in the dark; they are not waited for.
        runtime.shutdown_background();
        outcome.map_err(|failure| TestCaseError::fail(failure.to_string()))?;
    }
}

proptest! {
    #[test]
    fn any_sequence_of_events_reaches_legal_states_only(
        events in proptest::collection::vec(proptest::sample::select(&PaymentEvent::ALL[..]), 1..60),
    ) {
        let mut state = PaymentState::Prepared;
        let mut sent = 0;
        let mut settled = 0;
        for event in events {
            // An event that cannot happen is refused, and changes nothing.
            let Ok(after) = next(state, event) else { continue };
            sent += usize::from(event == PaymentEvent::Sent);
            settled += usize::from(after.is_final() && !state.is_final());
            prop_assert!(PaymentState::ALL.contains(&after));
            prop_assert_ne!(after, PaymentState::Prepared);
            prop_assert_ne!(after, state, "an event that changes nothing is no event");
            if state.is_final() {
                prop_assert_eq!(event, PaymentEvent::Voided);
                prop_assert!(state.counts_as_charged());
                prop_assert_eq!(after, PaymentState::Voided);
            }
            if after == PaymentState::NotCharged && state == PaymentState::Pending {
                prop_assert!(false, "a wallet that had it cannot be said never to have had it");
            }
            state = after;
        }
        prop_assert!(sent <= 1, "sent {sent} times");
        prop_assert!(settled <= 1, "settled {settled} times");
    }
}
