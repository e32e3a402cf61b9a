//! The smallest program on the library, as a process of its own, against the simulator as another: what it prints, how
//! it ends, and what the acquirer's book says.

use kaunter_tests::{BookEntry, Outcome, Simulator, built_example};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::Command;

/// What a run printed, and its exit status.
struct Run {
    lines: Vec<Value>,
    status: Option<i32>,
}

impl Run {
    fn states(&self) -> Vec<&str> {
        self.lines
            .iter()
            .filter_map(|line| line["state"].as_str())
            .collect()
    }

    fn reference(&self) -> &str {
        self.lines[0]["reference"].as_str().unwrap_or_default()
    }

    fn is_safe_at_the_end(&self) -> bool {
        self.lines
            .last()
            .is_some_and(|line| line["safeToChargeAgain"] == json!(true))
    }
}

fn command(simulator: &Simulator, data: &Path) -> Outcome<Command> {
    let account = simulator.credentials();
    let mut command = Command::new(built_example("charge")?);
    command
        .arg("--data-dir")
        .arg(data)
        .args(["--gateway", &account.listening])
        .env("KAUNTER_POS_ID", &account.pos_id)
        .env("KAUNTER_PASSWORD", &account.password)
        .env("KAUNTER_MERCHANT_ID", &account.merchant_id)
        .env("KAUNTER_SECRET_KEY", &account.secret_key);
    Ok(command)
}

fn run(command: &mut Command) -> Outcome<Run> {
    let output = command.output()?;
    let text = String::from_utf8(output.stdout)?;
    let lines: Result<Vec<Value>, _> = text.lines().map(serde_json::from_str).collect();
    Ok(Run {
        lines: lines?,
        status: output.status.code(),
    })
}

/// A simulator, and one charge of 12.50 on its first terminal after `script`.
async fn charge_after(script: &str) -> Outcome<(Run, Vec<BookEntry>)> {
    let simulator = Simulator::start(&[])?;
    let terminal = simulator.credentials().terminals[0].clone();
    simulator.script(&terminal, &json!(script)).await?;
    let data = tempfile::tempdir()?;
    let run = run(command(&simulator, data.path())?.args(["--terminal", &terminal, "--amount", "12.50"]))?;
    Ok((run, simulator.book().await?))
}

#[tokio::test]
async fn an_approved_charge_is_printed_state_by_state_and_stands_in_the_book_once() -> Outcome {
    let (run, book) = charge_after("approve").await?;
    assert_eq!(run.states(), ["prepared", "sent", "approved"]);
    assert_eq!(run.status, Some(0));
    assert!(!run.is_safe_at_the_end());
    assert_eq!(book.len(), 1, "{book:?}");
    assert_eq!(
        (
            book[0].reference_id.as_str(),
            book[0].amount.as_str(),
            book[0].status.as_str()
        ),
        (run.reference(), "12.50", "charged")
    );
    Ok(())
}

#[tokio::test]
async fn a_decline_is_declined_and_safe_to_charge_again() -> Outcome {
    let (run, book) = charge_after("decline").await?;
    assert_eq!(run.states(), ["prepared", "sent", "declined"]);
    assert_eq!(run.status, Some(0));
    assert!(run.is_safe_at_the_end());
    assert!(book.iter().all(|entry| entry.status == "declined"), "{book:?}");
    Ok(())
}

#[tokio::test]
async fn a_terminal_that_is_offline_means_not_charged() -> Outcome {
    let (run, book) = charge_after("offline").await?;
    assert_eq!(run.states(), ["prepared", "sent", "not_charged"]);
    assert_eq!(run.status, Some(0));
    assert!(run.is_safe_at_the_end());
    assert!(book.is_empty(), "{book:?}");
    Ok(())
}

#[tokio::test]
async fn a_lost_answer_is_unknown_until_it_is_found_out_and_is_never_charged_again() -> Outcome {
    let (run, book) = charge_after("lost-after-charge").await?;
    assert_eq!(run.states(), ["prepared", "sent", "unknown", "approved"]);
    assert_eq!(run.status, Some(0));
    assert_eq!(book.len(), 1, "{book:?}");
    assert_eq!(
        (book[0].reference_id.as_str(), book[0].status.as_str()),
        (run.reference(), "charged")
    );
    Ok(())
}

#[tokio::test]
async fn a_run_that_was_killed_is_settled_by_the_next_one() -> Outcome {
    use std::process::Stdio;
    let simulator = Simulator::start(&[])?;
    let terminal = simulator.credentials().terminals[0].clone();
    simulator.script(&terminal, &json!("stall-after-charge")).await?;
    let data = tempfile::tempdir()?;
    let mut first = command(&simulator, data.path())?
        .args(["--terminal", &terminal, "--amount", "4.20"])
        .stdout(Stdio::piped())
        .spawn()?;
    let printed = first.stdout.take().map(BufReader::new);
    let mut sent = Value::Null;
    for line in printed.into_iter().flat_map(BufRead::lines) {
        sent = serde_json::from_str(&line?)?;
        if sent["state"] == json!("sent") {
            break;
        }
    }
    let charged = simulator.wait_for_book(1).await;
    first.kill()?;
    first.wait()?;
    assert_eq!(charged?.len(), 1);
    assert_eq!(sent["state"], json!("sent"));

    let second = run(command(&simulator, data.path())?.arg("--recover"))?;
    assert_eq!(second.states(), ["unknown", "approved"], "{:?}", second.lines);
    assert_eq!(second.status, Some(0));
    assert_eq!(sent["reference"].as_str(), Some(second.reference()));
    let book = simulator.book().await?;
    assert_eq!(book.len(), 1, "{book:?}");
    assert_eq!(book[0].status, "charged");
    Ok(())
}

#[test]
fn a_gateway_that_cannot_be_reached_means_not_charged() -> Outcome {
    let simulator = Simulator::start(&[])?;
    let data = tempfile::tempdir()?;
    let mut charge = command(&simulator, data.path())?;
    charge.args(["--terminal", "VT-0001", "--amount", "1.00"]);
    drop(simulator);
    let run = run(&mut charge)?;
    assert_eq!(run.states().last(), Some(&"not_charged"));
    assert_eq!(run.status, Some(0));
    assert!(run.is_safe_at_the_end());
    Ok(())
}

#[test]
fn what_is_typed_wrong_is_refused_as_json_with_what_to_do() -> Outcome {
    let simulator = Simulator::start(&[])?;
    let data = tempfile::tempdir()?;
    for (arguments, word) in [
        (vec!["--terminal", "VT-0001", "--amount", "12,50"], "amount"),
        (vec!["--terminal", "VT-0001"], "--amount"),
        (vec!["--nonsense", "1"], "--nonsense"),
    ] {
        let run = run(command(&simulator, data.path())?.args(&arguments))?;
        assert_eq!(run.status, Some(1), "{arguments:?}");
        let message = run.lines[0]["error"]["message"]
            .as_str()
            .unwrap_or_default()
            .to_owned();
        assert!(message.contains(word), "{arguments:?}: {message}");
    }
    Ok(())
}
