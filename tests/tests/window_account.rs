//! The account in Settings, and a till that was provisioned by command, in the real window.

use kaunter_tests::{
    Credentials, Desk, Failure, Keyring, Outcome, Simulator, Window, holding, secrets, steps,
};
use serde_json::{Value, json};
use std::process::Output;
use steps::{OWNER, Staff};

const CASHIER: Staff = Staff {
    name: "Aina",
    pin: "48210573",
};

fn file(account: &Credentials) -> Value {
    json!({
        "gateway": account.listening, "posId": account.pos_id, "password": account.password,
        "merchantId": account.merchant_id, "secretKey": account.secret_key, "terminal": account.terminals[0],
        "store": {"name": "Kedai Kopi Mei Ling", "header": ["1 Jalan Tun Razak"], "currency": "MYR"},
        "staff": [
            {"name": OWNER.name, "role": "manager", "pin": OWNER.pin},
            {"name": CASHIER.name, "role": "cashier", "pin": CASHIER.pin},
        ],
    })
}

/// Runs `kaunter --provision` on a desk without a display, on a file that this user alone can read unless told so.
fn provision(desk: &Desk, file: &str, mode: u32) -> Outcome<Output> {
    use std::os::unix::fs::PermissionsExt;
    let path = desk.home().join("till.json");
    std::fs::write(&path, file)?;
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode))?;
    let output = desk
        .command(kaunter_tests::built("kaunter")?)
        .arg("--provision")
        .arg(&path)
        .env_remove("DISPLAY")
        .output()?;
    std::fs::remove_file(path)?;
    Ok(output)
}

fn words(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

#[tokio::test]
async fn a_till_that_was_provisioned_by_command_opens_ready_to_sell_and_the_command_said_no_secret() -> Outcome
{
    let simulator = Simulator::start(&["--exclusive-sessions"])?;
    let account = simulator.credentials();
    let desk = Desk::new(Keyring::Unlocked)?;
    // As Notepad saves it.
    let text = format!("\u{feff}{}", serde_json::to_string_pretty(&file(account))?).replace('\n', "\r\n");
    let output = provision(&desk, &text, 0o644)?;
    let said = words(&output);
    assert!(output.status.success(), "{said}");
    assert!(
        said.contains("The till is set up") && said.contains("Delete "),
        "{said}"
    );
    assert!(said.contains("other users of this computer can read"), "{said}");
    let hidden = [&account.password, &account.secret_key, OWNER.pin, CASHIER.pin];
    for secret in hidden {
        assert!(!said.contains(secret), "the command said a secret");
        let found = secrets::holding(&desk.data(), secret)?;
        assert!(found.is_empty(), "a secret lies in {found:?}");
    }
    let kept = secrets::keyring(&desk)?;
    for secret in [&account.password, &account.secret_key] {
        assert!(kept.iter().any(|entry| entry.secret == *secret));
    }

    let window = Window::open(&desk, &[]).await?;
    steps::unlock(&window, CASHIER).await?;
    window.type_keys("1250").await?;
    window.press("F9").await?;
    window.see("Approved").await?;
    let book = simulator.book().await?;
    assert_eq!((book.len(), book[0].amount.as_str()), (1, "12.50"));
    assert_eq!(book[0].terminal_id, account.terminals[0]);
    // While it runs, nobody changes it from outside.
    let meanwhile = provision(&desk, &file(account).to_string(), 0o600)?;
    assert_eq!(meanwhile.status.code(), Some(1));
    assert!(
        words(&meanwhile).contains("Kaunter is open"),
        "{}",
        words(&meanwhile)
    );
    window.close().await
}

#[tokio::test]
async fn a_file_with_mistakes_is_refused_whole_and_says_each_with_its_place() -> Outcome {
    let simulator = Simulator::start(&[])?;
    let account = simulator.credentials();
    let desk = Desk::new(Keyring::Unlocked)?;
    let mut wrong = file(account);
    wrong["staff"][1]["pin"] = json!("12");
    wrong["store"]["motto"] = json!("Kopi sedap");
    wrong["gateway"] = json!("http://10.0.0.1");
    let output = provision(&desk, &wrong.to_string(), 0o600)?;
    let said = words(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    for place in ["staff[1].pin: ", "store.motto: ", "gateway: "] {
        assert!(said.contains(place), "{place} is not in {said}");
    }
    assert!(!said.contains(&account.password), "{said}");
    assert!(
        secrets::files(&desk.data())?.is_empty(),
        "a file that is not right left something"
    );

    let mut refused = file(account);
    refused["password"] = json!("not the password");
    let output = provision(&desk, &refused.to_string(), 0o600)?;
    let said = words(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("posId, password: "), "{said}");
    assert!(!said.contains("not the password"), "{said}");
    let kept = secrets::keyring(&desk)?;
    assert!(!kept.iter().any(|entry| entry.secret == "not the password"));
    // The window shows no till yet.
    let window = Window::open(&desk, &[]).await?;
    window.wait_for("button", "Set up for real payments").await?;
    window.close().await
}

#[tokio::test]
async fn a_wrong_change_of_the_account_changes_nothing_and_a_right_one_sells_on() -> Outcome {
    let simulator = Simulator::start(&["--exclusive-sessions"])?;
    let account = simulator.credentials();
    let other = Simulator::start(&[])?;
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &[]).await?;
    steps::open_for_business(&window, account).await?;
    steps::go_to(&window, "Settings").await?;
    window.see(&account.pos_id).await?;
    window.click("link", "Change account or password …").await?;
    window.fill("Password", "not the password").await?;
    window.click("button", "Check and change").await?;
    window.see("The gateway did not take the password").await?;
    window.is_accessible("A refused change of account").await?;
    sell(&window, "310").await?;
    assert_eq!(simulator.book().await?.len(), 1);

    steps::go_to(&window, "Settings").await?;
    window.click("link", "Change account or password …").await?;
    steps::fill_account_fields(&window, other.credentials()).await?;
    window
        .see("Payments taken so far cannot be voided from here")
        .await?;
    window.click("button", "Check and change").await?;
    window.see("The account is changed").await?;
    assert_eq!(window.wait_for("textbox", "Password").await?.value().await?, "");
    sell(&window, "420").await?;
    assert_eq!(other.book().await?.len(), 1);
    assert_eq!(simulator.book().await?.len(), 1);
    // The old sale belongs to the other account.
    steps::open_payment(&window, "RM 3.10").await?;
    steps::approve_void(&window, OWNER.pin).await?;
    window
        .see("This payment was taken through another account")
        .await?;
    window.close().await
}

/// Charges an amount by card, and goes on to the next sale.
async fn sell(window: &Window, keys: &str) -> Outcome {
    window.click("link", "Sell").await?;
    window.wait_for("button", "Pay by card").await?;
    window.type_keys(keys).await?;
    window.press("F9").await?;
    window.see("Approved").await?;
    window.press("Enter").await?;
    window.wait_for("button", "Pay by card").await?;
    Ok(())
}

#[tokio::test]
async fn the_test_sale_is_offered_again_in_settings() -> Outcome {
    let simulator = Simulator::start(&[])?;
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &[]).await?;
    steps::open_for_business(&window, simulator.credentials()).await?;
    steps::go_to(&window, "Settings").await?;
    window.click("link", "Test sale …").await?;
    window.wait_for("heading", "Test sale").await?;
    simulator
        .script(&simulator.credentials().terminals[0], &json!("decline"))
        .await?;
    window.click("radio", "RM 1.00").await?;
    window.click("button", holding("Charge RM 1.00")).await?;
    window.see("Declined").await?;
    window.is_accessible("A declined test sale").await?;
    window.click("button", holding("Charge RM 0.01")).await?;
    window.see("Approved").await?;
    let charged: Vec<String> = simulator
        .book()
        .await?
        .into_iter()
        .filter(|entry| entry.status == "charged")
        .map(|entry| entry.amount)
        .collect();
    if charged != ["0.01"] {
        return Err(Failure::new(format!("charged {charged:?}")));
    }
    // It stands there as long as it was not voided.
    steps::go_to(&window, "Settings").await?;
    window.click("link", "Test sale …").await?;
    window.wait_for("button", "Void it").await?;
    window.close().await
}

#[tokio::test]
async fn after_a_lock_out_the_sign_in_is_tried_again_from_settings() -> Outcome {
    let simulator = Simulator::start(&[])?;
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &[]).await?;
    steps::open_for_business(&window, simulator.credentials()).await?;
    steps::go_to(&window, "Settings").await?;
    window.click("button", "Sign in again").await?;
    window.see("Signed in.").await?;
    simulator.lock_out().await?;
    window.click("button", "Sign in again").await?;
    window.see("The POS account is locked").await?;
    window.fits("settings-locked-out", "light").await?;

    // Nor is a payment taken, and once the gateway has refused the old session its screen names the way out.
    steps::go_to(&window, "Sell").await?;
    window.type_keys("500").await?;
    window.press("F9").await?;
    window.see("Not charged").await?;
    window.click("button", "Charge again").await?;
    window.see("“Sign in again” in Settings").await?;
    assert!(simulator.book().await?.is_empty());
    window.close().await
}
