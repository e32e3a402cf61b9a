//! Everything that changes while the simulator runs, under one lock: the book, the terminals, and who is signed in.

use std::collections::{HashMap, HashSet};

use cloudecr::PaymentMethod;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use tokio::sync::oneshot;

use crate::{
    binding::Bindings,
    book::Book,
    calls::Call,
    config::{AccountStatus, Config},
    failure::Failure,
    rate::Rates,
    request::{Action, Transfer},
    script::Script,
    sessions::Sessions,
    signer::Signer,
    spelling::Spelling,
    step::Step,
    terminal::{Met, VirtualTerminal},
};

/// 2025-01-01T00:00:00Z in seconds: transaction numbers count tenths of seconds from here.
const NUMBERS_BEGIN: i64 = 1_735_689_600;
/// A `transId` has ten digits at most.
const NUMBERS_END: i64 = 10_000_000_000;

/// The simulator's mutable half.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) book: Book,
    pub(crate) terminals: Vec<VirtualTerminal>,
    pub(crate) bindings: Bindings,
    pub(crate) sessions: Sessions,
    pub(crate) rates: Rates,
    pub(crate) spelling: Spelling,
    /// How each account stands that is not simply active.
    pub(crate) accounts: HashMap<String, AccountStatus>,
    calls: HashMap<Call, Script>,
    references: HashSet<String>,
    last_trans_id: i64,
}

/// What becomes of a transfer that passed every check.
#[derive(Debug)]
pub(crate) enum Taken {
    /// A terminal (by its place in the list) begins to work on it, or it is lost on the way there.
    Work(usize, Step),
    /// A terminal has it, and waits for somebody who decides.
    Wait(usize, oneshot::Receiver<Step>),
    /// It is a question to this terminal, which meets this step.
    Question(usize, Step),
}

impl State {
    /// A fresh start.
    pub(crate) fn new(config: &Config) -> Self {
        let bound = config.terminals.iter().cloned().map(VirtualTerminal::new);
        let unbound = config
            .unbound_terminals
            .iter()
            .cloned()
            .map(VirtualTerminal::unbound);
        Self {
            book: Book::default(),
            terminals: bound.chain(unbound).collect(),
            bindings: Bindings::default(),
            sessions: Sessions::default(),
            rates: Rates::default(),
            spelling: config.spelling,
            accounts: config.account_statuses.clone().into_iter().collect(),
            calls: HashMap::new(),
            references: HashSet::new(),
            last_trans_id: 0,
        }
    }

    /// Where a terminal is in the list.
    pub(crate) fn place(&self, terminal_id: &str) -> Option<usize> {
        self.terminals
            .iter()
            .position(|terminal| terminal.setup.id == terminal_id)
    }

    /// Whether a request is lost before the gateway sees it, and with what step. No check has been made of it then,
    /// but that it can be read.
    pub(crate) fn lose_request(&mut self, body: &Value) -> Option<(Transfer, usize, Step)> {
        let transfer = Transfer::read(body).ok()?;
        let place = self.place(&transfer.device_id)?;
        let step = self.terminals[place].lose_request(transfer.action.is_money_moving())?;
        Some((transfer, place, step))
    }

    /// Whether the next request is not even read. It has not said yet which terminal it is for.
    pub(crate) fn refuse_to_read(&mut self) -> bool {
        self.terminals.iter_mut().any(VirtualTerminal::refuse_to_read)
    }

    /// Makes every check of the gateway, in its order, and gives the transfer to its terminal. `account` is the one
    /// that the access token belongs to.
    pub(crate) fn take(
        &mut self,
        config: &Config,
        signer: Signer<'_>,
        account: &str,
        body: &Value,
        now: Timestamp,
    ) -> Result<(Transfer, Taken), Failure> {
        let transfer = Transfer::read(body)?;
        let tolerance = SignedDuration::try_from(config.clock_tolerance).unwrap_or(SignedDuration::MAX);
        if now.duration_since(transfer.datetime.timestamp()).abs() > tolerance {
            return Err(Failure::because(
                40027,
                format!("more than {} s from the gateway's clock", tolerance.as_secs()),
            ));
        }
        if transfer.pos_id != account {
            return Err(Failure::of(40021));
        }
        if transfer.merchant_id != config.merchant_id {
            return Err(Failure::of(40022));
        }
        let place = self
            .place(&transfer.device_id)
            .ok_or_else(|| Failure::of(40317))?;
        if !self.terminals[place].is_bound_to(account) {
            return Err(Failure::of(40023));
        }
        if !signer.verify(body) {
            return Err(Failure::of(config.signature_code));
        }
        check_channel(config, &transfer)?;
        if !transfer.action.is_money_moving() {
            let step = self.terminals[place].next_question();
            return Ok((transfer, Taken::Question(place, step)));
        }
        if !self.references.insert(transfer.reference_id.clone()) {
            return Err(Failure::of(42920));
        }
        let taken = match self.terminals[place].begin()? {
            Met::Step(step) => Taken::Work(place, step),
            Met::Customer(decision) => Taken::Wait(place, decision),
        };
        Ok((transfer, taken))
    }

    /// Replaces what the next calls of this kind meet.
    pub(crate) fn set_call_script(&mut self, call: Call, script: Script) {
        self.calls.insert(call, script);
    }

    /// Takes the step that a call meets, if it is scripted.
    pub(crate) fn next_call(&mut self, call: Call) -> Option<Step> {
        let script = self.calls.get_mut(&call)?;
        script.peek()?;
        Some(script.take())
    }

    /// How many scripted steps each call has left.
    pub(crate) fn queued_calls(&self, call: Call) -> usize {
        self.calls.get(&call).map_or(0, Script::len)
    }

    /// How an account stands.
    pub(crate) fn standing(&self, pos_id: &str) -> AccountStatus {
        self.accounts.get(pos_id).copied().unwrap_or_default()
    }

    /// A number that no transaction has had, not even before a restart of the simulator: it follows the clock.
    pub(crate) fn next_trans_id(&mut self, now: Timestamp) -> String {
        let tenths = now.as_millisecond().saturating_sub(NUMBERS_BEGIN * 1000) / 100;
        self.last_trans_id = tenths.max(self.last_trans_id + 1).rem_euclid(NUMBERS_END);
        self.last_trans_id.to_string()
    }
}

/// A wallet that is asked for by name must be one that the merchant has (40031) and that is switched on (50321).
fn check_channel(config: &Config, transfer: &Transfer) -> Result<(), Failure> {
    let Action::Charge(charge) = &transfer.action else {
        return Ok(());
    };
    let (PaymentMethod::QrCustScan, Some(name)) = (charge.method, &charge.channel) else {
        return Ok(());
    };
    match config.channels.iter().find(|channel| &channel.name == name) {
        None => Err(Failure::because(
            40031,
            "paymentChannel is not in the list of channels",
        )),
        Some(channel) if !channel.active => Err(Failure::of(50321)),
        Some(_) => Ok(()),
    }
}
