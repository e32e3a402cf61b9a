//! Somebody who stands at a virtual terminal and decides as a customer does: what its screen shows them, and what comes of
//! what they do. A trainer's window and a test use the same few calls.

use std::time::Duration;

use cloudecr::TransferResponse;
use serde::Serialize;
use tokio::sync::{oneshot, watch};

use crate::{
    failure::Failure,
    leg::{Leg, Loss},
    manner::Manner,
    request::{Action, Transfer},
    script::ScriptError,
    simulator::Simulator,
    state::State,
    step::{LONGEST_DELAY, Outcome, Step},
};

/// How long a terminal waits for its customer before it gives up by itself, as if they had cancelled: far past every time
/// limit of the protocol, so that an answer can come too late.
pub const PATIENCE: Duration = LONGEST_DELAY;
/// The gateway has no answer from a terminal that was cut off while it worked.
const CUT_OFF: u32 = 50_311;
/// Cancelled at the terminal.
const CANCELLED: u32 = 42_210;

/// What the screen of a terminal shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(tag = "shows", rename_all = "camelCase")]
pub enum Screen {
    /// Nothing to do.
    #[default]
    Idle,
    /// It waits for its customer.
    Asks {
        /// What it asks them for.
        asked: Asked,
    },
    /// It has what it needs, and works.
    Works {
        /// What it was asked for.
        asked: Asked,
    },
    /// How it ended.
    Ended {
        /// What it was asked for.
        asked: Asked,
        /// What became of it.
        end: End,
    },
}

/// What a terminal asks its customer for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Asked {
    /// `sale`, `cashOut` or `void`.
    pub trans_type: String,
    /// The amount, as on the wire; empty for a void of something that this terminal does not know.
    pub amount: String,
    /// The cash that is handed out beside it.
    pub cash: Option<String>,
    /// `bankCard`, `qrCustScan` or `qrMerchScan`; none for a void.
    pub method: Option<String>,
    /// The wallet that was asked for by name.
    pub channel: Option<String>,
    /// What the QR code on its screen says, where it shows one.
    pub qr: Option<String>,
}

/// What became of it, as far as the terminal knows: the POS may have heard something else, or nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct End {
    /// In one word.
    pub verdict: Verdict,
    /// What its slip says, where it prints one.
    pub slip: Option<Slip>,
}

/// The end in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Verdict {
    /// The acquirer said yes.
    Approved,
    /// The acquirer said no.
    Declined,
    /// The acquirer has not decided.
    Pending,
    /// The customer or the cashier cancelled.
    Cancelled,
    /// The acquirer was not reached, or not heard.
    NoAnswer,
    /// It failed, or refused.
    Failed,
}

/// A terminal's slip.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Slip {
    /// The acquirer's number.
    pub trans_id: String,
    /// The terminal's running number.
    pub inv_no: String,
    /// The card, masked; none for a wallet.
    pub card: Option<String>,
    /// The card's or the wallet's name.
    pub channel: String,
    /// Of an approved card payment.
    pub approval_code: Option<String>,
    /// The channel's code.
    pub response_code: Option<String>,
    /// The terminal's time.
    pub at: String,
}

impl Simulator {
    /// Has somebody stand at a terminal, or leave it. While they do, a money-moving transfer that no script is there for
    /// waits for what they [`decide`](Self::decide). If they leave while it waits, the terminal cancels it.
    ///
    /// # Errors
    /// [`ScriptError::UnknownTerminal`].
    pub fn attend(&self, terminal_id: &str, somebody: bool) -> Result<(), ScriptError> {
        self.at(terminal_id, |state, place| {
            let terminal = &mut state.terminals[place];
            terminal.attended = somebody;
            if !somebody && let Some(waits) = terminal.waits.take() {
                // Nobody is left to hear that it was taken back meanwhile.
                let _ = waits.send(Step::of(Outcome::Cancel));
            }
        })
    }

    /// The screen of a terminal, now and whenever it changes.
    ///
    /// # Errors
    /// [`ScriptError::UnknownTerminal`].
    pub fn screen(&self, terminal_id: &str) -> Result<watch::Receiver<Screen>, ScriptError> {
        self.at(terminal_id, |state, place| {
            state.terminals[place].screen.subscribe()
        })
    }

    /// What the customer at a terminal does with the transfer that waits for them: any step that lets the transfer come as
    /// far as the terminal.
    ///
    /// # Errors
    /// [`ScriptError::UnknownTerminal`], [`ScriptError::NothingWaits`], or [`ScriptError::Malformed`] for a step that makes
    /// no sense here. Nothing has changed then.
    pub fn decide(&self, terminal_id: &str, step: Step) -> Result<(), ScriptError> {
        step.check()?;
        if !step.reaches_terminal() {
            return Err(ScriptError::Malformed(
                "the transfer is at the terminal already; it cannot be lost, refused or missed before it"
                    .to_owned(),
            ));
        }
        self.at(terminal_id, |state, place| {
            let waits = state.terminals[place].waits.take();
            let is_heard = waits.is_some_and(|waits| waits.send(step).is_ok());
            if is_heard {
                Ok(())
            } else {
                Err(ScriptError::NothingWaits)
            }
        })?
    }

    /// Cuts a terminal off from its network, or connects it again. What waits for its customer is lost: the acquirer is not
    /// asked, and the gateway says that it has no answer (50311).
    ///
    /// # Errors
    /// [`ScriptError::UnknownTerminal`].
    pub fn plug(&self, terminal_id: &str, connected: bool) -> Result<(), ScriptError> {
        self.at(terminal_id, |state, place| {
            let terminal = &mut state.terminals[place];
            terminal.unplugged = !connected;
            // Whoever looks at the screen looks again: it shows this, too.
            terminal.screen.send_modify(|_| ());
            if !connected && let Some(waits) = terminal.waits.take() {
                // Nobody is left to hear that it was taken back meanwhile.
                let _ = waits.send(cut_off());
            }
        })
    }
}

/// A terminal that loses its network in the middle of its work.
fn cut_off() -> Step {
    Step {
        lose: Some(Loss {
            at: Leg::TerminalToAcquirer,
            how: Manner::Error {
                code: CUT_OFF,
                status: None,
                as_text: false,
                retry_after: None,
            },
        }),
        ..Step::default()
    }
}

/// The step that a person decides on, in their own time.
pub(crate) async fn decision(waits: oneshot::Receiver<Step>) -> Step {
    match tokio::time::timeout(PATIENCE, waits).await {
        Ok(Ok(step)) => step,
        Ok(Err(_)) | Err(_) => Step::of(Outcome::Cancel),
    }
}

impl State {
    /// What a terminal asks its customer for a transfer.
    pub(crate) fn asked(&self, place: usize, transfer: &Transfer) -> Asked {
        let terminal = &self.terminals[place];
        let asked = Asked {
            trans_type: transfer.trans_type.as_str().to_owned(),
            amount: String::new(),
            cash: None,
            method: None,
            channel: None,
            qr: None,
        };
        match &transfer.action {
            Action::Charge(charge) => Asked {
                amount: charge.amount.to_string(),
                cash: charge.cash.map(|cash| cash.to_string()),
                method: Some(charge.method.as_str().to_owned()),
                channel: charge.channel.clone(),
                qr: (charge.method == cloudecr::PaymentMethod::QrCustScan).then(|| {
                    format!(
                        "SIMULATOR/{}/{}/{}",
                        terminal.setup.id, charge.amount, transfer.reference_id
                    )
                }),
                ..asked
            },
            Action::Void { trans_id, .. } => Asked {
                amount: terminal
                    .charge(trans_id)
                    .map(|original| original.amount.to_string())
                    .unwrap_or_default(),
                ..asked
            },
            Action::WalletInquiry { .. } | Action::GetLast | Action::Print { .. } => asked,
        }
    }

    /// Puts something on a terminal's screen.
    pub(crate) fn show(&self, place: usize, screen: Screen) {
        self.terminals[place].screen.send_replace(screen);
    }
}

/// How a transfer ended for its terminal.
pub(crate) fn end(step: &Step, answer: &Result<TransferResponse, Failure>) -> End {
    let deaf = [Leg::TerminalToAcquirer, Leg::AcquirerToTerminal];
    if deaf.into_iter().any(|leg| step.lost_at(leg).is_some()) {
        return End {
            verdict: Verdict::NoAnswer,
            slip: None,
        };
    }
    match answer {
        Ok(answer) => End {
            verdict: match answer.status_code.as_deref() {
                Some("00") => Verdict::Approved,
                Some("11") => Verdict::Declined,
                Some(_) | None => Verdict::Pending,
            },
            slip: Some(slip(answer)),
        },
        Err(failure) => End {
            verdict: if matches!(failure, Failure::Code { code: CANCELLED, .. }) {
                Verdict::Cancelled
            } else {
                Verdict::Failed
            },
            slip: None,
        },
    }
}

fn slip(answer: &TransferResponse) -> Slip {
    let data = &answer.trans_data;
    Slip {
        trans_id: data.trans_id.clone().unwrap_or_default(),
        inv_no: data.inv_no.clone().unwrap_or_default(),
        card: data.card_no.clone(),
        channel: data.payment_channel.clone().unwrap_or_default(),
        approval_code: data.appr_code.clone(),
        response_code: answer.response_code.clone(),
        at: data.trans_date_time.clone().unwrap_or_default(),
    }
}
