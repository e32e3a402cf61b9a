//! A look at what a terminal did last, when somebody asks. It is evidence like any other: what it shows of a payment of
//! this till is taken in, and what is in question on the terminal is asked about the usual way.

use std::sync::Arc;

use cloudecr::{Exchange, Order, Reply, TransferResponse};
use serde_json::{Value, json};

use super::evidence::{self, Weakness};
use super::{ask, seek, take_in};
use crate::checkout::Inner;
use crate::payment::{Kind, Payment, PaymentState, Said};
use crate::reference::Reference;
use crate::store::{EntryKind, NewEntry, StoreError};

/// What came of asking a terminal for its last transaction.
pub(crate) enum Glance {
    /// A payment is on its way through the terminal, so it was not asked.
    Working(Reference),
    /// A verified answer about this terminal, and the payment of this till that it is about.
    Seen(Box<TransferResponse>, Owner),
    /// It has none to tell of.
    Nothing,
    /// It was not to be had, and why.
    NotTold(Said),
}

/// Whose a transaction is.
pub(crate) enum Owner {
    /// This payment's.
    Ours(Reference),
    /// A void of this sale of ours that this till did not ask for.
    VoidOfOurs(Reference),
    /// It names a reference that is none of this till's.
    Another,
    /// It names nobody, and no payment of this till has it.
    Unknown,
}

/// Asks a terminal for its last transaction.
pub(crate) async fn last_transaction(
    inner: &Arc<Inner>,
    terminal: &str,
    staff: i64,
) -> Result<Glance, StoreError> {
    let name = terminal.to_owned();
    let holder = inner.in_store(move |store| store.holder_of(&name)).await?;
    if let Some(payment) = holder
        .as_ref()
        .filter(|payment| payment.state != PaymentState::Unknown)
    {
        return Ok(Glance::Working(payment.reference.clone()));
    }
    if !inner.parts.client.budget().question_in.is_zero() {
        return Ok(Glance::NotTold(Said::till("kept_for_payments")));
    }
    let Some((prepared, exchange)) = ask::send(inner, terminal, &Order::GetLast).await else {
        return Ok(Glance::NotTold(Weakness::NoAnswer.said()));
    };
    let request = prepared.request();
    let record = json!({
        "asked": "getLast",
        "terminal": terminal,
        "request": serde_json::from_str::<Value>(prepared.body()).unwrap_or_default(),
        "http": exchange.http_status,
        "body": exchange.body,
    });
    let glance = match read(exchange) {
        Read::Answer(answer) if answer.device_id.as_deref() == Some(terminal) => {
            take_in::learn(inner, terminal, &answer).await?;
            // What another POS account did says nothing of a payment of this one's.
            let owner = if answer.pos_id.as_deref() == Some(request.pos_id.as_str()) {
                take_in::about_others(inner, terminal, None, &answer).await?;
                owner(inner, &request.reference_id, &answer).await?
            } else {
                Owner::Another
            };
            Glance::Seen(answer, owner)
        }
        Read::Answer(_) => Glance::NotTold(Said::till("other_terminal")),
        Read::Other(glance) => glance,
    };
    note(inner, record, &glance, staff).await?;
    if matches!(glance, Glance::Seen(..)) {
        ask_about_what_is_open(inner, holder.as_ref(), &glance).await?;
    }
    Ok(glance)
}

/// What is in question on the terminal, or turned out to be what it did last, is asked about as always.
async fn ask_about_what_is_open(
    inner: &Arc<Inner>,
    holder: Option<&Payment>,
    glance: &Glance,
) -> Result<(), StoreError> {
    let shown = match glance {
        Glance::Seen(_, Owner::Ours(reference)) => Some(reference),
        Glance::Seen(..) | Glance::Working(_) | Glance::Nothing | Glance::NotTold(_) => None,
    };
    let held = holder.map(|payment| &payment.reference);
    for reference in held.into_iter().chain(shown.filter(|shown| Some(*shown) != held)) {
        seek::ask_now(inner, reference).await?;
    }
    Ok(())
}

enum Read {
    Answer(Box<TransferResponse>),
    Other(Glance),
}

fn read(exchange: Exchange) -> Read {
    Read::Other(match exchange.reply {
        Reply::Verified(answer) => return Read::Answer(answer),
        Reply::Unverified(_) => Glance::NotTold(Weakness::NotSigned.said()),
        Reply::Refused(refusal) => match evidence::refusal(refusal.code, refusal.http) {
            Weakness::NothingFound => Glance::Nothing,
            other => Glance::NotTold(other.said()),
        },
        Reply::NotSent(_) | Reply::Lost(_) => Glance::NotTold(Weakness::NoAnswer.said()),
    })
}

/// Whose the transaction of an answer is: by the references it names, else by its number.
async fn owner(inner: &Inner, asked: &str, answer: &TransferResponse) -> Result<Owner, StoreError> {
    let data = &answer.trans_data;
    let is_void = answer.trans_type.as_deref() == Some("void");
    let names: Vec<String> = [answer.reference_id.as_deref(), data.metadata.as_deref()]
        .into_iter()
        .flatten()
        .filter(|name| !name.trim().is_empty() && *name != asked)
        .map(str::to_owned)
        .collect();
    let trans_id = data.trans_id.clone();
    inner
        .in_store(move |store| {
            let named: Result<Vec<Payment>, StoreError> = names
                .iter()
                .filter_map(|name| name.get(..20)?.parse::<Reference>().ok())
                .filter_map(|reference| match store.payment(&reference) {
                    Err(StoreError::Missing(_)) => None,
                    found => Some(found),
                })
                .collect();
            let named = named?;
            // A terminal may repeat a sale's reference in the record of its void.
            if let Some(payment) = named
                .iter()
                .find(|payment| (payment.kind == Kind::Void) == is_void)
            {
                return Ok(Owner::Ours(payment.reference.clone()));
            }
            let Some(trans_id) = trans_id else {
                return Ok(unnamed(&names));
            };
            let sale = store.charge_of_transaction(&trans_id)?;
            let Some(sale) = sale.or_else(|| named.into_iter().next()) else {
                return Ok(unnamed(&names));
            };
            if !is_void {
                return Ok(Owner::Ours(sale.reference));
            }
            let ours = store.voids_of(&sale.reference)?.into_iter().next();
            Ok(ours.map_or(Owner::VoidOfOurs(sale.reference), |void| {
                Owner::Ours(void.reference)
            }))
        })
        .await
}

fn unnamed(names: &[String]) -> Owner {
    if names.is_empty() {
        Owner::Unknown
    } else {
        Owner::Another
    }
}

/// The question and its answer, for the journal. It is about no payment; what it shows of one was noted there.
async fn note(inner: &Inner, mut record: Value, glance: &Glance, staff: i64) -> Result<(), StoreError> {
    record["finding"] = json!(match glance {
        Glance::Seen(_, Owner::Ours(reference)) => format!("payment {reference}"),
        Glance::Seen(_, Owner::VoidOfOurs(reference)) =>
            format!("a void of payment {reference} from elsewhere"),
        Glance::Seen(_, Owner::Another) => "another till's transaction".to_owned(),
        Glance::Seen(_, Owner::Unknown) => "a transaction that names nobody".to_owned(),
        Glance::Working(_) | Glance::Nothing => "nothing".to_owned(),
        Glance::NotTold(why) => why.code.clone(),
    });
    let entry = NewEntry {
        kind: EntryKind::Inquiry,
        at: inner.parts.clock.now(),
        staff: Some(staff),
        body: record,
    };
    inner.in_store(move |store| store.note(None, &entry)).await
}
