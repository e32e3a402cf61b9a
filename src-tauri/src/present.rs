//! From the till's state to what the page is shown.

use std::sync::Arc;

use till::{Kind, Leg, Payment, Reference, Rounding, Till, TillError};

use crate::app::{App, Session, Standing, blocking};
use crate::error::{CommandError, ErrorCode};
use crate::training::Training;
use crate::view::last::LastSeenView;
use crate::view::payments::Around;
use crate::view::returns::{ReturnView, ReturnedView, SaleView, TenderDetail};
use crate::view::setup::{AccountFacts, AccountView, TestSaleView, real_money};
use crate::view::tenders::{EntryView, RoundingView, StandingView, TakenBackView, TakenView, TenderView};
use crate::view::{AppView, HistoryRow, Mode, PaymentDetail, PaymentView, TerminalsView, Theme};

/// The whole program.
pub(crate) async fn app(app: &App) -> Result<AppView, CommandError> {
    match app.standing().await {
        Standing::Setup => Ok(bare(Mode::Setup, app.language(), None)),
        Standing::Broken(mode, problem) => Ok(bare(mode, app.language(), Some(problem))),
        Standing::Open(session) => blocking(move || open(&session)).await,
    }
}

/// A program without an open till.
fn bare(mode: Mode, language: till::Language, problem: Option<CommandError>) -> AppView {
    AppView {
        mode,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        session: None,
        staff: Vec::new(),
        store_name: String::new(),
        currency: till::Currency::Myr.code().to_owned(),
        theme: Theme::System,
        language: language.into(),
        lock_after_minutes: 0,
        training_pins: Vec::new(),
        terminal: None,
        unresolved: 0,
        clock_skew_seconds: None,
        problem,
    }
}

fn open(session: &Arc<Session>) -> Result<AppView, TillError> {
    let till = &session.till;
    let settings = till.store().store_settings()?.ok_or(TillError::NotSetUp)?;
    let staff = till.roster().everybody()?;
    let listed = terminals(session, till.terminals()?);
    Ok(AppView {
        session: till.signed_in().map(Into::into),
        training_pins: session
            .training
            .as_ref()
            .map(|_| Training::pins(&staff))
            .unwrap_or_default(),
        staff: staff.into_iter().map(Into::into).collect(),
        store_name: settings.name,
        currency: settings.currency,
        theme: till.store().theme()?.into(),
        lock_after_minutes: settings.lock_after_minutes,
        terminal: listed.terminals.into_iter().find(|terminal| terminal.chosen),
        unresolved: till.store().unresolved_count()?,
        clock_skew_seconds: till.clock_skew().map(|skew| skew.as_secs()),
        ..bare(session.mode, till.store().language()?, None)
    })
}

/// The terminals, with what the customers at virtual ones do next.
pub(crate) fn terminals(session: &Session, terminals: till::Terminals) -> TerminalsView {
    TerminalsView::new(terminals, |id| {
        session
            .training
            .as_ref()
            .map(|training| training.script(id))
            .unwrap_or_default()
    })
}

/// One payment.
pub(crate) fn payment(till: &Till, payment: &Payment, saved: bool) -> Result<PaymentView, TillError> {
    let around = Around {
        saved,
        terminal_name: till.store().terminal_label(&payment.terminal)?,
        timeline: till.timeline(&payment.reference)?,
        standing: match (payment.kind, payment.ticket) {
            (Kind::Sale | Kind::CashOut, Some(ticket)) => Some(till.store().standing(ticket)?),
            (Kind::Sale | Kind::CashOut, None) | (Kind::Void, _) => None,
        },
    };
    Ok(PaymentView::new(payment, around))
}

/// One payment, and whether it is saved.
pub(crate) fn current(till: &Till, shown: &Payment) -> Result<PaymentView, TillError> {
    payment(till, shown, till.checkout()?.is_saved(&shown.reference))
}

/// One payment with all that is known of it.
pub(crate) fn detail(till: &Till, detail: till::PaymentDetail) -> Result<PaymentDetail, TillError> {
    let voids: Result<Vec<PaymentView>, TillError> =
        detail.voids.iter().map(|void| current(till, void)).collect();
    Ok(PaymentDetail {
        payment: current(till, &detail.payment)?,
        receipt: detail.receipt,
        voids: voids?,
        sale: detail
            .sale
            .as_ref()
            .map(|around| sale(till, around))
            .transpose()?,
    })
}

/// What a terminal did last.
pub(crate) fn last_seen(till: &Till, seen: till::LastSeen) -> Result<LastSeenView, TillError> {
    let payment = match &seen {
        till::LastSeen::Transaction(last) => match &last.whose {
            till::Whose::Ours(payment) | till::Whose::VoidOfOurs(payment) => Some(current(till, payment)?),
            till::Whose::Another | till::Whose::Unknown => None,
        },
        till::LastSeen::Nothing | till::LastSeen::NotTold(_) => None,
    };
    Ok(LastSeenView::new(seen, payment))
}

/// The account, and what keeps it from being changed.
pub(crate) fn account(till: &Till) -> Result<AccountView, TillError> {
    let connection = till.store().connection_settings()?.ok_or(TillError::NotSetUp)?;
    let blockers: Result<Vec<HistoryRow>, TillError> = till
        .account_blockers()?
        .iter()
        .map(|payment| row(till, payment))
        .collect();
    Ok(AccountView {
        facts: AccountFacts::new(Some(&connection), true, true),
        blockers: blockers?,
    })
}

/// Where the test sale stands.
pub(crate) fn test_sale(till: &Till, test: till::TestSale) -> Result<TestSaleView, TillError> {
    let connection = till.store().connection_settings()?.ok_or(TillError::NotSetUp)?;
    let shown = |payment: Option<Payment>| payment.map(|payment| current(till, &payment)).transpose();
    let name = |id: String| till.store().terminal_label(&id);
    Ok(TestSaleView {
        amounts: test.amounts.iter().map(ToString::to_string).collect(),
        currency: till.currency()?.code().to_owned(),
        real_money: real_money(&connection.gateway),
        terminal: test.terminal.map(name).transpose()?,
        sale: shown(test.sale)?,
        void: shown(test.void)?,
    })
}

/// A row of the history.
pub(crate) fn row(till: &Till, payment: &Payment) -> Result<HistoryRow, TillError> {
    Ok(HistoryRow::new(
        payment,
        till.store().terminal_label(&payment.terminal)?,
    ))
}

/// An entry of the history, or a leg of a ticket.
pub(crate) fn entry(till: &Till, leg: &Leg) -> Result<EntryView, TillError> {
    match leg {
        Leg::Payment(payment) => row(till, payment).map(EntryView::Payment),
        Leg::Tender(tender) => Ok(EntryView::Tender(tender.as_ref().into())),
    }
}

/// Where a ticket stands: the legs that count, and what is in the way.
pub(crate) fn standing(till: &Till, standing: &till::Standing) -> Result<StandingView, TillError> {
    let in_the_way = standing.in_the_way.as_ref();
    let legs: Result<Vec<EntryView>, TillError> = standing
        .legs
        .iter()
        .filter(|leg| leg.counts() || Some(leg.reference()) == in_the_way)
        .map(|leg| entry(till, leg))
        .collect();
    Ok(StandingView::new(standing, legs?, till.is_stuck(standing)?))
}

/// A leg that was just taken.
pub(crate) fn taken(till: &Till, tender: &till::Tender) -> Result<TakenView, TillError> {
    Ok(TakenView {
        tender: tender.into(),
        standing: standing(till, &till.store().standing(tender.ticket)?)?,
    })
}

/// What was handed back. The cash is said whatever else cannot be read.
pub(crate) fn taken_back(till: &Till, back: till::TakenBack) -> TakenBackView {
    TakenBackView {
        standing: standing(till, &back.standing)
            .unwrap_or_else(|_| StandingView::new(&back.standing, Vec::new(), false)),
        cash: back.cash.to_string(),
        by_hand: back.by_hand.iter().map(TenderView::from).collect(),
        void: back.void.and_then(|void| current(till, &void).ok()),
        not_voided: back.not_voided.map(CommandError::from),
    }
}

/// The sale around an entry.
fn sale(till: &Till, around: &till::SaleAround) -> Result<SaleView, TillError> {
    Ok(SaleView {
        standing: standing(till, &around.standing)?,
        returns: around.returns.iter().map(ReturnView::from).collect(),
        can_return: around.can_return,
        can_resume: around.can_resume,
        receipt_waits: around.receipt_waits,
    })
}

/// A tender with all that is known of it.
pub(crate) fn tender_detail(till: &Till, detail: till::TenderDetail) -> Result<TenderDetail, TillError> {
    Ok(TenderDetail {
        tender: (&detail.tender).into(),
        staff: detail.staff,
        approved_by: detail.approved_by,
        receipt: detail.receipt,
        timeline: detail.timeline.into_iter().map(Into::into).collect(),
        sale: sale(till, &detail.sale)?,
        returned: detail.returned.as_ref().map(ReturnView::from),
    })
}

/// What came of a return.
pub(crate) fn returned(till: &Till, returned: till::Returned) -> Result<ReturnedView, TillError> {
    let (done, void) = match returned {
        till::Returned::Done(record) => (Some(ReturnView::from(record.as_ref())), None),
        till::Returned::Voiding(void) => (None, Some(current(till, &void)?)),
    };
    Ok(ReturnedView { done, void })
}

/// How the shop rounds totals.
pub(crate) fn rounding(till: &Till) -> Result<RoundingView, TillError> {
    Ok(RoundingView {
        rounding: till.rounding()?.into(),
        known: Rounding::is_known_in(till.currency()?),
    })
}

/// A reference that came from the page.
pub(crate) fn reference(text: &str) -> Result<Reference, CommandError> {
    text.parse()
        .map_err(|error: till::NotAReference| CommandError::new(ErrorCode::UnknownPayment, error))
}
