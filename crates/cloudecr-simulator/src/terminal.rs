//! A virtual terminal: whether it is connected and free, what its script says, and what it has done.

use cloudecr::TransType;
use serde::Serialize;
use serde_json::Value;
use tokio::sync::{oneshot, watch};

use crate::{
    attend::Screen,
    config::TerminalSetup,
    failure::Failure,
    leg::Leg,
    manner::Manner,
    script::Script,
    step::{Outcome, Step},
    transaction::Transaction,
};

/// One virtual terminal.
#[derive(Debug)]
pub(crate) struct VirtualTerminal {
    pub(crate) setup: TerminalSetup,
    pub(crate) owner: Owner,
    /// What it did that reached the acquirer, oldest first.
    pub(crate) transactions: Vec<Transaction>,
    script: Script,
    inquiry_script: Script,
    /// Its latest signed answers, for a gateway that sends one of them again: to a money-moving transfer, and to a
    /// question.
    previous: [Option<Value>; 2],
    offline: bool,
    working: bool,
    invoices: u32,
    /// Whether somebody stands at it.
    pub(crate) attended: bool,
    /// Where the transfer waits that they have to decide.
    pub(crate) waits: Option<oneshot::Sender<Step>>,
    /// Whether it was cut off from its network.
    pub(crate) unplugged: bool,
    /// What it shows.
    pub(crate) screen: watch::Sender<Screen>,
}

/// What a transfer meets at a terminal.
#[derive(Debug)]
pub(crate) enum Met {
    /// A step: scripted, or the usual one.
    Step(Step),
    /// Somebody who will decide.
    Customer(oneshot::Receiver<Step>),
}

/// Whom a terminal belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Owner {
    /// Every account of the merchant.
    Everyone,
    /// This account alone.
    Account(String),
    /// Nobody yet.
    Nobody,
}

/// A terminal as its observers see it (`GET /simulator/terminals`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TerminalState {
    /// Its unique ID.
    pub terminal_id: String,
    /// Whether the gateway has a connection to it.
    pub connected: bool,
    /// Whether it is of the VT type.
    #[serde(rename = "isVT")]
    pub is_vt: bool,
    /// Whether it is bound to anybody.
    pub bound: bool,
    /// The only account that it is bound to; none if it is bound to all of them, or to nobody.
    pub bound_to: Option<String>,
    /// Whether it has its network cable in.
    pub plugged: bool,
    /// Whether it is busy with a transfer.
    pub working: bool,
    /// How many scripted steps are still to come.
    pub queued: usize,
    /// How many scripted steps for questions are still to come.
    pub queued_inquiries: usize,
    /// How many transactions it has done that reached the acquirer.
    pub transactions: usize,
}

impl VirtualTerminal {
    /// A terminal that is connected, free and unscripted, and bound as its setup says.
    pub(crate) fn new(setup: TerminalSetup) -> Self {
        let owner = setup.bound_to.clone().map_or(Owner::Everyone, Owner::Account);
        Self::of(setup, owner)
    }

    /// One that is bound to nobody.
    pub(crate) fn unbound(setup: TerminalSetup) -> Self {
        Self::of(setup, Owner::Nobody)
    }

    fn of(setup: TerminalSetup, owner: Owner) -> Self {
        Self {
            setup,
            owner,
            transactions: Vec::new(),
            script: Script::default(),
            inquiry_script: Script::default(),
            previous: [None, None],
            offline: false,
            working: false,
            invoices: 0,
            attended: false,
            waits: None,
            unplugged: false,
            screen: watch::Sender::default(),
        }
    }

    pub(crate) fn state(&self) -> TerminalState {
        TerminalState {
            terminal_id: self.setup.id.clone(),
            connected: self.is_connected(),
            is_vt: self.setup.is_vt,
            bound: self.is_bound(),
            bound_to: match &self.owner {
                Owner::Account(pos_id) => Some(pos_id.clone()),
                Owner::Everyone | Owner::Nobody => None,
            },
            plugged: !self.unplugged,
            working: self.working,
            queued: self.script.len(),
            queued_inquiries: self.inquiry_script.len(),
            transactions: self.transactions.len(),
        }
    }

    /// Whether it is bound to anybody.
    pub(crate) fn is_bound(&self) -> bool {
        self.owner != Owner::Nobody
    }

    /// Whether this account may use it.
    pub(crate) fn is_bound_to(&self, account: &str) -> bool {
        match &self.owner {
            Owner::Everyone => true,
            Owner::Account(owner) => owner == account,
            Owner::Nobody => false,
        }
    }

    /// Whether it is busy with a transfer.
    pub(crate) fn is_working(&self) -> bool {
        self.working
    }

    /// Replaces what is left of the script, and connects the terminal again.
    pub(crate) fn set_script(&mut self, script: Script) {
        self.script = script;
        self.offline = false;
    }

    /// Replaces what is left of the script for questions.
    pub(crate) fn set_inquiry_script(&mut self, script: Script) {
        self.inquiry_script = script;
    }

    /// Not while it is cut off, nor after an *offline* step until something else happens to it, nor while such a step is the next one.
    pub(crate) fn is_connected(&self) -> bool {
        let next_is_offline = self
            .script
            .peek()
            .is_some_and(|step| step.outcome == Outcome::Offline);
        !self.unplugged && !self.offline && !next_is_offline
    }

    /// Takes the next step if it loses the request before the gateway sees it.
    pub(crate) fn lose_request(&mut self, is_money_moving: bool) -> Option<Step> {
        let script = if is_money_moving {
            &mut self.script
        } else {
            &mut self.inquiry_script
        };
        script.peek()?.lost_at(Leg::PosToGateway)?;
        Some(script.take())
    }

    /// Takes the next step, of either script, if it breaks the connection before a request is read.
    pub(crate) fn refuse_to_read(&mut self) -> bool {
        let scripts = [&mut self.script, &mut self.inquiry_script];
        let script = scripts.into_iter().find(|script| {
            let next = script.peek().and_then(|step| step.lost_at(Leg::PosToGateway));
            next == Some(&Manner::ResetBeforeRead)
        });
        script.map(Script::take).is_some()
    }

    /// Takes a money-moving transfer: what it meets, or 42910 while another one is worked on. If the request comes to
    /// the terminal, it is busy from now until [`finish`](Self::finish).
    pub(crate) fn begin(&mut self) -> Result<Met, Failure> {
        if self.working {
            return Err(Failure::of(42910));
        }
        if self.unplugged {
            return Ok(Met::Step(Step::of(Outcome::Offline)));
        }
        let scripted = self.script.next();
        if scripted.is_none() && self.attended {
            let (waits, decision) = oneshot::channel();
            self.waits = Some(waits);
            self.offline = false;
            self.working = true;
            return Ok(Met::Customer(decision));
        }
        let step = scripted.unwrap_or_default();
        self.offline = step.outcome == Outcome::Offline;
        self.working = step.reaches_terminal();
        Ok(Met::Step(step))
    }

    /// Takes the step that a question meets.
    pub(crate) fn next_question(&mut self) -> Step {
        self.inquiry_script.take()
    }

    /// Whether it can be asked: 50310 while it is not connected, 42910 while it works.
    pub(crate) fn ask(&self) -> Result<(), Failure> {
        if !self.is_connected() {
            return Err(Failure::of(50310));
        }
        if self.working {
            Err(Failure::of(42910))
        } else {
            Ok(())
        }
    }

    /// The signed answer before the one that is given now (nothing, if the terminal gives none). A question is
    /// content with what a money-moving transfer was answered, if no question was.
    pub(crate) fn previous_answer(&mut self, is_money_moving: bool, now: Option<&Value>) -> Option<Value> {
        let [moved, told] = &mut self.previous;
        let before = if is_money_moving {
            moved.clone()
        } else {
            told.clone().or_else(|| moved.clone())
        };
        if let Some(now) = now {
            let slot = if is_money_moving { moved } else { told };
            *slot = Some(now.clone());
        }
        before
    }

    /// It is free again.
    pub(crate) fn finish(&mut self) {
        self.working = false;
    }

    /// The number that its next transaction will have, six digits.
    pub(crate) fn next_invoice(&self) -> String {
        format!("{:06}", self.invoices % 999_999 + 1)
    }

    /// Keeps a transaction; a charge uses its running number up.
    pub(crate) fn keep(&mut self, done: Transaction) {
        if done.trans_type != TransType::Void {
            self.invoices = self.invoices % 999_999 + 1;
        }
        self.transactions.push(done);
    }

    /// The charge of this number, if this terminal took it.
    pub(crate) fn charge(&self, trans_id: &str) -> Option<&Transaction> {
        self.transactions.iter().find(|done| done.trans_id == trans_id)
    }
}
