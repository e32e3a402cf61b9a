//! One till after the other on terminals of its own: started, killed at a moment that the dice choose, started again on
//! the same data, and audited against the book each time. When a payment needs a person, or after some deaths, the
//! till finds out in peace, is audited for good, and a new one takes its place.

use crate::tally::Tally;
use cloudecr::{Client, Credentials, Gateway, Order, Reply, SecretKey};
use cloudecr_simulator::{Entry, OtherSales, Script, Simulator};
use kaunter_tests::{Dice, Failure, Outcome, all_payments, audit, copy_of_data};
use serde_json::{Value, json};
use std::collections::HashSet;
use std::path::Path;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;
use tempfile::TempDir;
use till::{JournalKey, Payment, PaymentEvent, Store};
use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};

/// How many tills a lane may use up.
pub(crate) const GENERATIONS: u64 = 100;
/// After so many deaths a till is audited for good.
const LIVES: u64 = 15;
/// The password of every lane's account.
pub(crate) const PASSWORD: &str = "simulator-sample-password";
/// How often a till may be started to find out.
const CHANCES: usize = 3;
/// Longer than a till that is well is ever silent.
const SILENCE: Duration = Duration::from_secs(30);

/// The account that a lane signs in with.
pub(crate) fn account_of(lane: u64) -> String {
    format!("crashPos{lane}")
}

/// The terminals of one till of a lane.
pub(crate) fn terminals_of(lane: u64, generation: u64) -> [String; 2] {
    ["A", "B"].map(|side| format!("VT-{lane:02}-{generation:03}-{side}"))
}

/// A till's place among those that run at once.
pub(crate) struct Lane {
    pub(crate) number: u64,
    pub(crate) simulator: Simulator,
    pub(crate) address: String,
    pub(crate) dice: Dice,
    /// How many kills are left to do.
    pub(crate) kills: u64,
}

/// One till: its data, its terminals, and what is known of them.
struct Generation {
    folder: TempDir,
    terminals: [String; 2],
    /// Terminals that leave the metadata out when they are asked.
    forgetful: Vec<String>,
    /// Charges of another till on the same terminals.
    foreign: HashSet<String>,
    /// Sales that a cashier saw as approved.
    released: HashSet<String>,
}

/// How a run of the program ended.
enum End {
    Killed,
    ByItself(ExitStatus),
}

impl Lane {
    /// Kills as often as it was told to.
    pub(crate) async fn run(mut self) -> Outcome<Tally> {
        let mut tally = Tally::default();
        for number in 0..GENERATIONS {
            if self.kills == 0 {
                return Ok(tally);
            }
            let mut generation = self.generation(number)?;
            self.live_and_die(&mut generation, &mut tally).await?;
            self.settle(&mut generation, &mut tally).await?;
        }
        Err(Failure::new(
            "too many tills were used up: hardly anything is settled by itself",
        ))
    }

    fn generation(&mut self, number: u64) -> Outcome<Generation> {
        let terminals = terminals_of(self.number, number);
        for terminal in &terminals {
            // Half of them have a transaction from before, which the till may learn when it meets the terminal.
            if self.dice.below(2) == 0 {
                let sales = OtherSales {
                    count: 1,
                    amount: Some("9.90".to_owned()),
                };
                self.simulator.take_other_sales(terminal, &sales)?;
            }
        }
        let forgetful = terminals
            .iter()
            .filter(|_| self.dice.below(4) == 0)
            .cloned()
            .collect();
        let generation = Generation {
            folder: tempfile::tempdir()?,
            forgetful,
            foreign: HashSet::new(),
            released: HashSet::new(),
            terminals,
        };
        let foreign = self.book(&generation).into_iter().map(|entry| entry.reference_id);
        Ok(Generation {
            foreign: foreign.collect(),
            ..generation
        })
    }

    async fn live_and_die(&mut self, generation: &mut Generation, tally: &mut Tally) -> Outcome {
        for _ in 0..LIVES.min(self.kills) {
            self.script(generation)?;
            let end = self.life(generation).await?;
            // A copy, so that looking does not tidy it up; and off the way of the gateway, which answers other tills.
            let wrong = tokio::task::block_in_place(|| {
                let copy = copy_of_data(generation.folder.path())?;
                audit(&open(copy.path())?, || self.book(generation))
            });
            tally.note_wrong(self.number, "after a kill", wrong?);
            match end {
                End::Killed => {
                    tally.kills += 1;
                    self.kills -= 1;
                }
                End::ByItself(status) if status.code() == Some(2) => return Ok(()),
                End::ByItself(status) => return Err(Failure::new(format!("a till ended with {status}"))),
            }
        }
        Ok(())
    }

    /// One run of the till, killed at any moment: in a third of them counted from its very start, else from where it
    /// had found out everything and began to sell.
    async fn life(&mut self, generation: &mut Generation) -> Outcome<End> {
        let (mut child, mut lines) = self.start(generation, &[])?;
        let at = if self.dice.below(3) == 0 {
            Duration::from_micros(self.dice.below(400_000))
        } else {
            loop {
                match next(&mut lines).await? {
                    Some(line) if line["ready"] == json!(true) => break,
                    Some(line) => generation.take(&line)?,
                    None => return Ok(End::ByItself(child.wait().await?)),
                }
            }
            Duration::from_micros(self.dice.below(150_000))
        };
        let reading = async {
            while let Some(line) = next(&mut lines).await? {
                generation.take(&line)?;
            }
            Ok::<_, Failure>(())
        };
        // The moment of death is chosen by chance, so there is no event to wait for: the limit is the subject here.
        if let Ok(ended) = tokio::time::timeout(at, reading).await {
            ended?;
            return Ok(End::ByItself(child.wait().await?));
        }
        child.kill().await?;
        while let Some(line) = next(&mut lines).await? {
            generation.take(&line)?;
        }
        Ok(End::Killed)
    }

    /// Lets the till find out in peace. A machine that is busy with other things may take longer than the till's
    /// patience, so one that still could be told is started again.
    async fn find_out(&mut self, generation: &mut Generation) -> Outcome {
        for _ in 0..CHANCES {
            let (mut child, mut lines) = self.start(generation, &["--recover"])?;
            while let Some(line) = next(&mut lines).await? {
                generation.take(&line)?;
            }
            let status = child.wait().await?;
            if !matches!(status.code(), Some(0 | 2)) {
                return Err(Failure::new(format!("a till that found out ended with {status}")));
            }
            let left = open(generation.folder.path())?.in_question()?;
            let mut could_be_told = false;
            for payment in &left {
                could_be_told |= self.terminal_could_tell(payment).await?;
            }
            if !could_be_told {
                break;
            }
        }
        Ok(())
    }

    /// Lets the till find out, then looks at what it made of everything.
    async fn settle(&mut self, generation: &mut Generation, tally: &mut Tally) -> Outcome {
        self.find_out(generation).await?;
        let book = self.book(generation);
        let store = open(generation.folder.path())?;
        let mut wrong = tokio::task::block_in_place(|| audit(&store, || self.book(generation)))?;
        let charged: HashSet<&str> = book
            .iter()
            .filter(|entry| serde_json::to_value(entry.status).is_ok_and(|status| status != "declined"))
            .map(|entry| entry.reference_id.as_str())
            .collect();
        let unpaid = generation
            .released
            .iter()
            .filter(|sale| !charged.contains(sale.as_str()));
        wrong.extend(unpaid.map(|sale| format!("{sale} was shown as approved without a charge")));
        for payment in all_payments(&store)? {
            tally.payments += 1;
            let doubted = store
                .journal_of(&payment.reference)?
                .iter()
                .any(|entry| entry.event == Some(PaymentEvent::Lost));
            if payment.state.is_final() {
                tally.settled += u64::from(doubted);
            } else {
                tally.left += 1;
                if self.terminal_could_tell(&payment).await? {
                    let conflict = if payment.conflict { ", in conflict" } else { "" };
                    wrong.push(format!(
                        "{} is {}{conflict} and its terminal could have told",
                        payment.reference, payment.state
                    ));
                }
            }
        }
        tally.note_wrong(self.number, "at the end", wrong);
        Ok(())
    }

    /// What the till's terminals meet next: every way in which a sale or a void goes well or wrong.
    fn script(&mut self, generation: &Generation) -> Outcome {
        for terminal in &generation.terminals {
            let steps: Vec<Value> = (0..30).map(|_| self.step()).collect();
            self.simulator
                .set_script(terminal, Script::from_json(&json!(steps))?)?;
        }
        let mute = json!({ "lose": { "at": "gateway-to-pos",
                                     "how": { "change": { "transData": { "metadata": null } } } } });
        for terminal in &generation.forgetful {
            let script = Script::from_json(&json!(vec![mute.clone(); 400]))?;
            self.simulator.set_inquiry_script(terminal, script)?;
        }
        Ok(())
    }

    fn step(&mut self) -> Value {
        let delay = self.dice.below(40);
        match self.dice.below(40) {
            0..=2 => json!({ "outcome": "decline", "delayMs": delay }),
            3..=6 => json!("lost-after-charge"),
            7..=8 => json!("cut-in-answer"),
            9 => json!("stall-after-charge"),
            10 => json!("charged-error-503"),
            11 => json!("charged-wrong-signature"),
            12..=13 => json!("lost-before-charge"),
            14 => json!("offline"),
            _ => json!({ "outcome": "approve", "delayMs": delay }),
        }
    }

    /// What the acquirer did for this till.
    fn book(&self, generation: &Generation) -> Vec<Entry> {
        let mut book = self.simulator.book();
        book.retain(|entry| {
            generation.terminals.contains(&entry.terminal_id)
                && !generation.foreign.contains(&entry.reference_id)
        });
        book
    }

    fn start(
        &mut self,
        generation: &Generation,
        further: &[&str],
    ) -> Outcome<(Child, Lines<BufReader<ChildStdout>>)> {
        let config = self.simulator.config();
        let mut command = Command::new(env!("CARGO_BIN_EXE_crash-till"));
        command
            .arg("--data-dir")
            .arg(generation.folder.path())
            .args([
                "--gateway",
                &self.address,
                "--seed",
                &self.dice.throw().to_string(),
            ])
            .args(
                generation
                    .terminals
                    .iter()
                    .flat_map(|terminal| ["--terminal", terminal]),
            )
            .args(further)
            .env("KAUNTER_POS_ID", account_of(self.number))
            .env("KAUNTER_PASSWORD", PASSWORD)
            .env("KAUNTER_MERCHANT_ID", &config.merchant_id)
            .env("KAUNTER_SECRET_KEY", &config.secret_key)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .kill_on_drop(true);
        let mut child = command.spawn()?;
        let output = child
            .stdout
            .take()
            .ok_or_else(|| Failure::new("the till has no output"))?;
        Ok((child, BufReader::new(output).lines()))
    }

    /// Asks the terminal as anybody could: whether its last answer is about this payment, and says so.
    async fn terminal_could_tell(&self, payment: &Payment) -> Outcome<bool> {
        let credentials = Credentials {
            pos_id: account_of(self.number),
            password: PASSWORD.into(),
            merchant_id: self.simulator.config().merchant_id.clone(),
            secret_key: SecretKey::from_string(self.simulator.config().secret_key.clone()),
        };
        let client = Client::builder(Gateway::at(&self.address)?, credentials).build()?;
        client.ready().await?;
        let now = jiff::Timestamp::now();
        let reference = till::Reference::new(now, &till::SystemEntropy)?;
        let question = client.prepare(reference.as_str(), &payment.terminal, &Order::GetLast, now)?;
        let Reply::Verified(answer) = client.transfer(&question).await.reply else {
            return Ok(false);
        };
        let about = Some(payment.reference.as_str());
        Ok(answer.reference_id.as_deref() == about || answer.trans_data.metadata.as_deref() == about)
    }
}

impl Generation {
    /// Takes in a line of the till's.
    fn take(&mut self, line: &Value) -> Outcome {
        if let Some(error) = line.get("error") {
            return Err(Failure::new(format!("a till said: {error}")));
        }
        if line["state"] == json!("approved") && line["kind"] == json!("sale") {
            self.released
                .extend(line["reference"].as_str().map(str::to_owned));
        }
        Ok(())
    }
}

/// The next line; none at the end of the output, and at one that death cut off.
async fn next(lines: &mut Lines<BufReader<ChildStdout>>) -> Outcome<Option<Value>> {
    let line = tokio::time::timeout(SILENCE, lines.next_line())
        .await
        .map_err(|_| Failure::new("a till fell silent"))??;
    Ok(line.and_then(|line| serde_json::from_str(&line).ok()))
}

fn open(folder: &Path) -> Outcome<Store> {
    let store = Store::open(folder)?;
    store.seal_with(JournalKey::new([1; 64]));
    Ok(store)
}
