//! Set-up in the real window: how little it takes, that it goes on where it was left, and what is told when things are
//! wrong, with nothing lost that was typed.

use kaunter_tests::{Credentials, Desk, Keyring, Outcome, Simulator, Window, holding, secrets, steps};
use serde_json::json;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::Arc;
use steps::OWNER;

/// Somebody at the screen, whose every entry and click is counted; typing the credentials is not.
struct Hand<'a> {
    window: &'a Window,
    count: usize,
}

impl Hand<'_> {
    async fn click(&mut self, role: &str, name: &str) -> Outcome {
        self.count += 1;
        self.window.click(role, holding(name)).await
    }

    async fn enter(&mut self, field: &str, text: &str) -> Outcome {
        self.count += 1;
        self.window.fill(field, text).await
    }

    async fn press(&mut self, key: &str) -> Outcome {
        self.count += 1;
        self.window.press(key).await
    }
}

/// The design's promise: at most this many.
const MOST: usize = 12;

#[tokio::test]
async fn from_a_fresh_data_folder_to_the_first_approved_sale_it_takes_twelve_entries_and_clicks() -> Outcome {
    let simulator = Simulator::start(&[])?;
    let account = simulator.credentials();
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &[]).await?;
    let mut hand = Hand {
        window: &window,
        count: 0,
    };
    hand.click("button", "Set up for real payments").await?;
    // The longest way: a gateway of one's own, and three terminals to choose from.
    hand.click("radio", "Another address").await?;
    hand.enter("Gateway address", &account.listening).await?;
    window.fill("POS ID", &account.pos_id).await?;
    window.fill("Password", &account.password).await?;
    window.fill("Merchant ID", &account.merchant_id).await?;
    window.fill("Secret key", &account.secret_key).await?;
    hand.press("Enter").await?;
    hand.click("radio", &account.terminals[0]).await?;
    hand.press("Enter").await?;
    window.wait_for("textbox", "Store name").await?;
    hand.enter("Store name", "Kedai Kopi Mei Ling").await?;
    hand.press("Enter").await?;
    window.wait_for("textbox", "Manager’s name").await?;
    hand.enter("Manager’s name", OWNER.name).await?;
    hand.enter("PIN", OWNER.pin).await?;
    hand.press("Enter").await?;
    window.wait_for("button", holding("Charge RM 0.01")).await?;
    hand.press("Enter").await?;
    window.see("Approved").await?;
    eprintln!(
        "from a fresh data folder to the first approved sale: {} entries and clicks besides the credentials",
        hand.count
    );
    assert!(hand.count <= MOST, "{} are more than {MOST}", hand.count);
    let book = simulator.book().await?;
    assert_eq!(book.len(), 1, "{book:?}");
    assert_eq!(
        (book[0].amount.as_str(), book[0].status.as_str()),
        ("0.01", "charged")
    );
    assert_eq!(book[0].terminal_id, account.terminals[0]);
    // And its void, by the manager's PIN.
    window.click("button", "Void it").await?;
    window.wait_for("dialog", "Void this payment?").await?;
    steps::approve(&window, OWNER.pin).await?;
    window.see("Charged and voided. The till is ready.").await?;
    let book = simulator.book().await?;
    assert_eq!((book.len(), book[0].status.as_str()), (1, "voided"));
    window.click("link", "Start selling").await?;
    window.wait_for("button", "Pay by card").await?;
    window.close().await
}

#[tokio::test]
async fn a_set_up_that_is_closed_in_the_middle_goes_on_and_its_secrets_are_not_typed_again() -> Outcome {
    let simulator = Simulator::start(&["--exclusive-sessions"])?;
    let account = simulator.credentials();
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &[]).await?;
    steps::fill_account(&window, account).await?;
    steps::pass_account(&window).await?;
    steps::pass_terminal(&window, account).await?;
    window.close().await?;
    for secret in [&account.password, &account.secret_key] {
        let found = secrets::holding(desk.home(), secret)?;
        assert!(found.is_empty(), "a secret lies in {found:?}");
    }

    let window = Window::open(&desk, &[]).await?;
    window.wait_for("heading", "What is on your receipts?").await?;
    window.click("button", "Back").await?;
    let terminal = window.wait_for("textbox", "Name of this terminal").await?;
    assert_eq!(terminal.value().await?, "Counter 1");
    window.click("button", "Back").await?;
    window.wait_for("heading", "Connect your Fiuu account").await?;
    for (field, value) in [
        ("POS ID", account.pos_id.as_str()),
        ("Merchant ID", &account.merchant_id),
        ("Password", ""),
        ("Secret key", ""),
    ] {
        assert_eq!(
            window.wait_for("textbox", field).await?.value().await?,
            value,
            "{field}"
        );
    }
    window.see("Kept in the keyring").await?;
    // For another POS account the kept password is no longer offered.
    window.fill("POS ID", "somebody else").await?;
    window.click("button", "Next").await?;
    window.see("Type the password.").await?;
    window.fill("POS ID", &account.pos_id).await?;
    steps::pass_account(&window).await?;
    window.click("button", "Next").await?;
    window.wait_for("textbox", "Store name").await?;
    steps::pass_store_and_manager(&window).await?;
    window.click("button", holding("Charge RM 0.01")).await?;
    window.see("Approved").await?;
    assert_eq!(simulator.book().await?.len(), 1);
    window.close().await
}

#[tokio::test]
async fn a_test_sale_whose_answer_is_lost_is_not_charged_again_and_leads_to_unresolved() -> Outcome {
    let simulator = Simulator::start(&[])?;
    let account = simulator.credentials();
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &[]).await?;
    steps::fill_account(&window, account).await?;
    steps::pass_account(&window).await?;
    steps::pass_terminal(&window, account).await?;
    steps::pass_store_and_manager(&window).await?;
    let terminal = &account.terminals[0];
    simulator.script(terminal, &json!("lost-after-charge")).await?;
    simulator
        .inquiry_script(terminal, &json!(vec!["offline"; 200]))
        .await?;
    window.click("button", holding("Charge RM 0.01")).await?;
    window.see("does not charge again").await?;
    window.is_accessible("A lost test sale").await?;
    assert!(window.find("button", holding("Charge")).await?.is_none());
    window.click("link", "Look at it in Unresolved").await?;
    window.wait_for("heading", "Unresolved").await?;
    window.see("RM 0.01").await?;
    // Meanwhile the account stays as it is, and the reason is named.
    steps::go_to(&window, "Settings").await?;
    window.click("link", "Change account or password …").await?;
    window.see("Not while a payment is unsettled").await?;
    let book = simulator.book().await?;
    window.see(&book[0].reference_id).await?;
    window.see("RM 0.01").await?;
    window.see("Counter 1").await?;
    assert!(window.find("textbox", "POS ID").await?.is_none());
    window.is_accessible("An account that is busy").await?;
    // Settled, it may be changed.
    window.click("link", "Settle it").await?;
    let check = window.wait_for("button", "Check status").await?;
    simulator.inquiry_script(terminal, &json!(["approve"])).await?;
    // The till asks by itself as well, so it may be settled before the button is reached.
    drop(check.click().await);
    window.see("Nothing is unresolved").await?;
    steps::go_to(&window, "Settings").await?;
    window.click("link", "Change account or password …").await?;
    window.wait_for("textbox", "POS ID").await?;
    assert_eq!(simulator.book().await?.len(), 1);
    window.close().await
}

#[tokio::test]
async fn a_wrong_password_is_told_and_is_not_tried_again_by_itself() -> Outcome {
    let simulator = Simulator::start(&[])?;
    let account = Credentials {
        password: "not the password".to_owned(),
        ..simulator.credentials().clone()
    };
    refused(
        &account,
        &["The gateway did not take the password", "Check it and try again"],
    )
    .await
}

#[tokio::test]
async fn an_unreachable_gateway_is_told() -> Outcome {
    let simulator = Simulator::start(&[])?;
    // A port that was free a moment ago and that nobody listens on.
    let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
    let account = Credentials {
        listening: format!("http://127.0.0.1:{port}"),
        ..simulator.credentials().clone()
    };
    refused(&account, &["The gateway cannot be reached", "Check the network"]).await
}

#[tokio::test]
async fn plain_http_to_another_machine_is_told() -> Outcome {
    let simulator = Simulator::start(&[])?;
    let account = Credentials {
        listening: "http://10.0.0.1".to_owned(),
        ..simulator.credentials().clone()
    };
    refused(
        &account,
        &["This gateway address cannot be used", "must begin with https://"],
    )
    .await
}

#[tokio::test]
async fn a_wrong_secret_key_is_told_before_the_first_sale() -> Outcome {
    let simulator = Simulator::start(&[])?;
    let account = Credentials {
        secret_key: "not the key".to_owned(),
        ..simulator.credentials().clone()
    };
    refused(
        &account,
        &["The secret key does not fit this merchant", "Copy it again"],
    )
    .await?;
    assert!(simulator.book().await?.is_empty(), "checking the key moved money");
    Ok(())
}

/// Checks `account` on a fresh till and waits for `words`; then that every field still holds what was typed.
async fn refused(account: &Credentials, words: &[&str]) -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &[]).await?;
    steps::fill_account(&window, account).await?;
    window.click("button", "Next").await?;
    for part in words {
        window.see(part).await?;
    }
    still_typed(&window, account).await?;
    window.is_accessible("Set-up with an error").await?;
    window.close().await
}

async fn still_typed(window: &Window, account: &Credentials) -> Outcome {
    let fields = [
        ("Gateway address", account.listening.as_str()),
        ("POS ID", &account.pos_id),
        ("Password", &account.password),
        ("Merchant ID", &account.merchant_id),
        ("Secret key", &account.secret_key),
    ];
    for (name, typed) in fields {
        assert_eq!(
            window.wait_for("textbox", name).await?.value().await?,
            typed,
            "{name} was lost"
        );
    }
    Ok(())
}

#[tokio::test]
async fn a_merchant_without_a_terminal_is_told_how_to_bind_one_and_can_open_without() -> Outcome {
    // In this process, because the program always has terminals.
    let config = cloudecr_simulator::Config {
        terminals: Vec::new(),
        ..Default::default()
    };
    let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let account = Credentials {
        listening: format!("http://{}", listener.local_addr()?),
        pos_id: config.accounts[0].pos_id.clone(),
        password: config.accounts[0].password.clone(),
        merchant_id: config.merchant_id.clone(),
        secret_key: config.secret_key.clone(),
        terminals: Vec::new(),
    };
    let empty = cloudecr_simulator::Simulator::new(config, Arc::new(cloudecr::SystemClock));
    let serving = tokio::spawn(cloudecr_simulator::serve(listener, empty));
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &[]).await?;
    steps::fill_account(&window, &account).await?;
    steps::pass_account(&window).await?;
    window.see("No terminal is bound to this account yet").await?;
    window.is_accessible("Set-up without a terminal").await?;
    window.click("button", "Go on without a terminal").await?;
    steps::pass_store_and_manager(&window).await?;
    window.see("This till has no terminal yet").await?;
    window.click("link", "Go to Terminals").await?;
    window.wait_for("heading", "Terminals").await?;
    window.close().await?;
    serving.abort();
    Ok(())
}

#[tokio::test]
async fn a_missing_keyring_is_told_before_a_secret_is_typed_in_vain() -> Outcome {
    let desk = Desk::new(Keyring::Missing)?;
    let window = Window::open(&desk, &[]).await?;
    window.click("button", "Set up for real payments").await?;
    window.see("This machine has no keyring").await?;
    window.see("GNOME Keyring or KWallet").await?;
    assert!(window.find("textbox", "Password").await?.is_none());
    // The page is as it was, and works again once the keyring does.
    window.wait_for("button", "Start training").await?;
    window.close().await
}
