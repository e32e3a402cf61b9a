//! What the customer's display is shown: nothing of the staff's, no reference, no code.

use serde::{Deserialize, Serialize};
use till::{AtCounter, Decision, MoneyError, PaymentState as State};
use ts_rs::TS;

use super::ticket::{LineView, TaxView, Unit};
use super::{Language, Theme, TicketView};

/// What the display is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum CustomerStage {
    /// Nobody is being served.
    Idle,
    /// What is rung up so far.
    Ticket,
    /// Put the card to the terminal.
    Tap,
    /// Scan the code on the terminal.
    ShowQr,
    /// Hold the wallet's code to the terminal.
    ScanQr,
    /// The money is taken.
    Approved,
    /// The money is taken without a terminal.
    Paid,
    /// The bank or the wallet said no.
    Declined,
    /// It did not get that far.
    NotCharged,
    /// Nobody knows yet.
    Checking,
    /// The money goes back.
    Returned,
}

impl CustomerStage {
    /// Whether it says how something ended: shown for a while, and once.
    const fn is_verdict(self) -> bool {
        match self {
            Self::Approved | Self::Paid | Self::Declined | Self::NotCharged | Self::Returned => true,
            Self::Idle | Self::Ticket | Self::Tap | Self::ShowQr | Self::ScanQr | Self::Checking => false,
        }
    }
}

/// A line of the ticket; an open amount has no name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub(crate) struct CustomerLine {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) quantity: String,
    pub(crate) unit: Unit,
    /// The price of one.
    pub(crate) price: String,
    /// What is taken off, where anything is.
    pub(crate) off: Option<String>,
    pub(crate) total: String,
}

/// The tax at one rate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub(crate) struct CustomerTax {
    pub(crate) name: String,
    /// A percentage.
    pub(crate) rate: String,
    pub(crate) tax: String,
}

/// The whole display.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CustomerView {
    pub(crate) stage: CustomerStage,
    pub(crate) training: bool,
    pub(crate) store_name: String,
    pub(crate) currency: String,
    pub(crate) theme: Theme,
    pub(crate) language: Language,
    pub(crate) lines: Vec<CustomerLine>,
    /// What is taken off the whole ticket, where anything is.
    pub(crate) off: Option<String>,
    pub(crate) taxes: Vec<CustomerTax>,
    /// Whether the prices have the taxes in them.
    pub(crate) included: bool,
    pub(crate) total: String,
    /// What is being paid, of a payment.
    pub(crate) amount: Option<String>,
    /// Cash that is handed out beside it.
    pub(crate) cash: Option<String>,
    /// What was paid of the total already, and what is still due, while it is paid in parts.
    pub(crate) paid: Option<String>,
    pub(crate) due: Option<String>,
    /// What the customer gets back of the cash that they gave.
    pub(crate) change: Option<String>,
    /// When it was begun that the stage is the verdict on: what tells it from another of the same words. None without a verdict.
    pub(crate) begun: Option<String>,
    /// When that verdict came about.
    pub(crate) since: Option<String>,
}

/// What the display needs of the shop.
pub(crate) struct Shop {
    pub(crate) training: bool,
    pub(crate) store_name: String,
    pub(crate) currency: String,
    pub(crate) theme: Theme,
    pub(crate) language: Language,
}

impl CustomerView {
    /// Nobody is being served, or nobody is signed in.
    pub(crate) fn idle(shop: Shop) -> Self {
        Self {
            stage: CustomerStage::Idle,
            training: shop.training,
            store_name: shop.store_name,
            currency: shop.currency,
            theme: shop.theme,
            language: shop.language,
            lines: Vec::new(),
            off: None,
            taxes: Vec::new(),
            included: false,
            total: String::new(),
            amount: None,
            cash: None,
            paid: None,
            due: None,
            change: None,
            begun: None,
            since: None,
        }
    }

    /// What stands at the counter.
    pub(crate) fn new(shop: Shop, counter: AtCounter) -> Result<Self, MoneyError> {
        let idle = Self::idle(shop);
        let is_due = !counter.standing.due.is_zero();
        let tender = counter.last_tender();
        let payment = counter.payment.as_ref().filter(|_| tender.is_none());
        let stage = match (payment, tender) {
            (Some(payment), _) => of_payment(payment, counter.saved),
            // Also of a part: its change is counted out before the rest is taken.
            (None, Some(_)) => CustomerStage::Paid,
            (None, None) if counter.ticket.lines.is_empty() => return Ok(idle),
            (None, None) => CustomerStage::Ticket,
        };
        let amount = match (payment, tender) {
            (Some(payment), _) => Some(payment.amount.to_string()),
            (None, Some(tender)) => Some(tender.moved.to_string()),
            (None, None) => None,
        };
        let times = match (payment, tender) {
            (Some(payment), _) => Some((payment.created_at, payment.changed_at)),
            (None, Some(tender)) => Some((tender.at, tender.at)),
            (None, None) => None,
        };
        let (begun, since) = times.filter(|_| stage.is_verdict()).unzip();
        let cash = payment
            .and_then(|payment| payment.cash)
            .map(|cash| cash.to_string());
        let change = tender
            .and_then(till::Tender::change)
            .filter(|change| !change.is_zero())
            .map(|change| change.to_string());
        let in_parts = is_due && !counter.standing.paid.is_zero();
        let paid = in_parts.then(|| counter.standing.paid.to_string());
        let due = in_parts.then(|| counter.standing.due.to_string());
        let ticket = TicketView::try_from(counter.ticket)?;
        Ok(Self {
            stage,
            currency: ticket.currency,
            lines: ticket.lines.into_iter().map(CustomerLine::from).collect(),
            off: ticket.discount.is_some().then_some(ticket.off),
            taxes: ticket.taxes.into_iter().map(CustomerTax::from).collect(),
            included: ticket.included,
            total: ticket.payable,
            amount,
            cash,
            paid,
            due,
            change,
            begun: begun.map(|at| at.to_string()),
            since: since.map(|at| at.to_string()),
            ..idle
        })
    }
}

/// What a customer is told of a payment. Whatever is not certain is "please wait": a customer who reads *declined* walks
/// away, and one who reads *approved* takes the goods.
fn of_payment(payment: &till::Payment, saved: bool) -> CustomerStage {
    if !saved || payment.conflict {
        return CustomerStage::Checking;
    }
    match payment.state {
        State::Prepared | State::Sent => match payment.method {
            cloudecr::PaymentMethod::BankCard => CustomerStage::Tap,
            cloudecr::PaymentMethod::QrCustScan => CustomerStage::ShowQr,
            cloudecr::PaymentMethod::QrMerchScan => CustomerStage::ScanQr,
        },
        State::Approved if payment.void_in_doubt => CustomerStage::Checking,
        State::Approved | State::Overridden(Decision::Charged) => CustomerStage::Approved,
        State::Declined => CustomerStage::Declined,
        State::NotCharged | State::Overridden(Decision::NotCharged) => CustomerStage::NotCharged,
        State::Pending | State::Unknown => CustomerStage::Checking,
        State::Voided => CustomerStage::Returned,
    }
}

impl From<LineView> for CustomerLine {
    fn from(line: LineView) -> Self {
        Self {
            id: line.id,
            name: line.name,
            quantity: line.quantity,
            unit: line.unit,
            price: line.price,
            off: line.discount.is_some().then_some(line.off),
            total: line.total,
        }
    }
}

impl From<TaxView> for CustomerTax {
    fn from(tax: TaxView) -> Self {
        Self {
            name: tax.name,
            rate: tax.rate,
            tax: tax.tax,
        }
    }
}

/// Where the customer's display is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub(crate) enum DisplayPlace {
    Off,
    Screen,
    Window,
}

/// Whether it stands there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum DisplayStanding {
    /// It is switched off.
    #[default]
    Off,
    /// It is shown.
    Shown,
    /// Somebody closed it.
    Closed,
    /// Its screen is not connected.
    ScreenGone,
    /// Its screen is the one that the counter is on.
    OverCounter,
    /// It could not be opened.
    Failed,
}

/// A screen that the display could be shown on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub(crate) struct ScreenView {
    /// From 1, from the left.
    pub(crate) number: u32,
    pub(crate) name: String,
    pub(crate) width: u32,
    pub(crate) height: u32,
    /// The counter's own window is on it.
    pub(crate) counter: bool,
    /// The display was put on it.
    pub(crate) chosen: bool,
}

/// The customer's display, for the staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub(crate) struct DisplayView {
    pub(crate) place: DisplayPlace,
    pub(crate) standing: DisplayStanding,
    pub(crate) screens: Vec<ScreenView>,
    /// Its own; without one it speaks the till's.
    pub(crate) language: Option<Language>,
}

/// What a manager sets about it.
#[derive(Debug, Deserialize, TS)]
pub(crate) struct DisplayForm {
    pub(crate) place: DisplayPlace,
    /// The number of the screen, for a place on one.
    pub(crate) screen: Option<u32>,
    pub(crate) language: Option<Language>,
}

impl From<till::DisplayPlace> for DisplayPlace {
    fn from(place: till::DisplayPlace) -> Self {
        match place {
            till::DisplayPlace::Off => Self::Off,
            till::DisplayPlace::Screen => Self::Screen,
            till::DisplayPlace::Window => Self::Window,
        }
    }
}

impl From<DisplayPlace> for till::DisplayPlace {
    fn from(place: DisplayPlace) -> Self {
        match place {
            DisplayPlace::Off => Self::Off,
            DisplayPlace::Screen => Self::Screen,
            DisplayPlace::Window => Self::Window,
        }
    }
}
