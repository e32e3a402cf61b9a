//! A till with a cashier and a manager at a simulator, and what every test of tenders asks of it in the end.

use cloudecr::PaymentMethod;
use cloudecr_simulator::Config;
use kaunter_tests::{Failure, Office, Outcome};
use std::collections::BTreeSet;
use till::{
    CheckoutError, Days, HistoryFilter, Leg, PaidWith, Payment, PaymentState, Pin, Standing, StoreError,
    Taking, Tender, TenderRefused, TillError,
};

/// The manager's PIN at every office.
const MANAGER_PIN: &str = "2222";

pub(crate) struct Shop {
    pub(crate) office: Office,
    pub(crate) manager: i64,
}

impl Shop {
    /// One with the cashier signed in, as a counter is.
    pub(crate) async fn open() -> Outcome<Self> {
        let office = Office::open(Config::default()).await?;
        let staff = office.till.roster().everybody()?;
        let manager = staff.iter().find(|member| member.name == "Farid");
        let manager = manager.ok_or_else(|| Failure::new("nobody manages"))?.id;
        office.cashier()?;
        Ok(Self { office, manager })
    }

    pub(crate) fn pin() -> Outcome<Pin> {
        Ok(Pin::new(MANAGER_PIN.to_owned())?)
    }

    /// Takes cash for what is due now, or a part of it.
    pub(crate) fn cash(
        &self,
        typed: &str,
        part: Option<&str>,
        given: Option<&str>,
    ) -> Result<Tender, TillError> {
        let due = self.office.till.cash_offer(typed, part)?.due.to_string();
        self.office.till.take_cash(
            &Taking {
                typed,
                part,
                due: &due,
            },
            given,
            false,
        )
    }

    /// Records a card taken by hand, with the manager's PIN.
    pub(crate) fn by_hand(
        &self,
        typed: &str,
        part: Option<&str>,
        slip: &str,
        sure: bool,
    ) -> Result<Tender, TillError> {
        let due = self.office.till.standing_with(typed)?.due.to_string();
        let pin = Pin::new(MANAGER_PIN.to_owned())?;
        let taking = Taking {
            typed,
            part,
            due: &due,
        };
        self.office
            .till
            .take_manual_card(&taking, slip, (self.manager, &pin), sure)
    }

    /// Charges a part by card and waits until it is final, or in question.
    pub(crate) async fn card(&self, typed: &str, part: &str) -> Outcome<Payment> {
        let payment = self.part(PaymentMethod::BankCard, None, typed, part).await?;
        self.answered(&payment).await
    }

    /// Charges a part by a wallet's QR.
    pub(crate) async fn wallet(&self, part: &str) -> Outcome<Payment> {
        let channel = Some("tng".to_owned());
        let payment = self.part(PaymentMethod::QrCustScan, channel, "", part).await?;
        self.answered(&payment).await
    }

    /// Begins to charge a part of what is due now.
    pub(crate) async fn part(
        &self,
        method: PaymentMethod,
        channel: Option<String>,
        typed: &str,
        part: &str,
    ) -> Result<Payment, TillError> {
        let due = self.office.till.due_with(typed)?.to_string();
        let taking = Taking {
            typed,
            part: Some(part),
            due: &due,
        };
        self.office
            .till
            .pay_as_seen(method, channel, None, &taking, false)
            .await
    }

    /// Waits until a payment is not on its way any more.
    pub(crate) async fn answered(&self, payment: &Payment) -> Outcome<Payment> {
        let checkout = self.office.till.checkout()?;
        let mut changes = checkout.changes();
        let wait = async {
            loop {
                let now = checkout.payment(&payment.reference).await?;
                if !matches!(now.state, PaymentState::Prepared | PaymentState::Sent)
                    && checkout.is_saved(&now.reference)
                {
                    return Ok(now);
                }
                changes.recv().await?;
            }
        };
        match tokio::time::timeout(std::time::Duration::from_secs(30), wait).await {
            Ok(payment) => payment,
            Err(_) => Err(Failure::new(format!(
                "payment {} was never answered",
                payment.reference
            ))),
        }
    }

    /// Waits until the ticket stands as `done` says.
    pub(crate) async fn stands(&self, ticket: i64, done: impl Fn(&Standing) -> bool) -> Outcome<Standing> {
        let mut changes = self.office.till.checkout()?.changes();
        let wait = async {
            loop {
                let standing = self.office.till.store().standing(ticket)?;
                if done(&standing) {
                    return Ok(standing);
                }
                changes.recv().await?;
            }
        };
        match tokio::time::timeout(std::time::Duration::from_secs(30), wait).await {
            Ok(standing) => standing,
            Err(_) => Err(Failure::new("the ticket never got there")),
        }
    }

    /// What of the acquirer's book is charged, in cents, by the amounts of its rows.
    pub(crate) fn charged(&self) -> Outcome<Vec<String>> {
        let book = serde_json::to_value(self.office.simulator.book())?;
        let rows = book.as_array().cloned().unwrap_or_default();
        Ok(rows
            .iter()
            .filter(|row| row["status"] == "charged")
            .filter_map(|row| row["amount"].as_str().map(str::to_owned))
            .collect())
    }

    /// Whatever was done: the journal is whole, and receipts have no gaps over payments, cash, cards by hand and returns.
    pub(crate) fn all_is_well(&self) -> Outcome {
        let store = self.office.till.store();
        store
            .verify_journal()?
            .map_err(|fault| Failure::new(fault.to_string()))?;
        let filter = HistoryFilter {
            text: String::new(),
            days: Days::All,
            paid_with: PaidWith::Any,
            after: None,
        };
        let numbers: BTreeSet<i64> = store
            .history(&filter)?
            .entries
            .iter()
            .filter_map(|entry| match entry {
                Leg::Payment(payment) => payment.receipt,
                Leg::Tender(tender) => tender.receipt,
            })
            .collect();
        if numbers.iter().copied().eq((1..).take(numbers.len())) {
            return Ok(());
        }
        Err(Failure::new(format!("receipt numbers have gaps: {numbers:?}")))
    }
}

/// Whether something was refused as a tender, and why.
pub(crate) fn refused<T: std::fmt::Debug>(result: Result<T, TillError>) -> Option<TenderRefused> {
    match result {
        Err(
            TillError::Store(StoreError::Tender(refused))
            | TillError::Checkout(CheckoutError::Store(StoreError::Tender(refused))),
        ) => Some(refused),
        other => panic!("{other:?} was not refused as a tender"),
    }
}

/// Whether something was refused because a payment of the ticket, or a void, is in the way.
pub(crate) fn taken_elsewhere<T>(result: &Result<T, TillError>) -> bool {
    matches!(
        result,
        Err(TillError::Store(StoreError::TicketTaken(_))
            | TillError::Checkout(CheckoutError::Store(StoreError::TicketTaken(_))))
    )
}
