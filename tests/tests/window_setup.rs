//! Set-up when things are wrong: each trouble is shown in words that say what to do, and nothing that was typed is lost.

use kaunter_tests::{Credentials, Desk, Keyring, Outcome, Simulator, Window, holding, steps};
use std::net::{Ipv4Addr, TcpListener};
use std::sync::Arc;

/// Checks `account` on a fresh till and waits for `words`; then that every field still holds what was typed.
async fn refused(account: &Credentials, words: &[&str]) -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &[]).await?;
    steps::fill_account(&window, account).await?;
    steps::fill_store(&window).await?;
    window.click("button", "Check the account").await?;
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
        ("Store name", "Kedai Kopi Mei Ling"),
        ("PIN again", steps::OWNER.pin),
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
async fn a_wrong_secret_key_is_told_before_the_first_sale() -> Outcome {
    let simulator = Simulator::start(&[])?;
    let account = Credentials {
        secret_key: "not the key".to_owned(),
        ..simulator.credentials().clone()
    };
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &[]).await?;
    steps::fill_account(&window, &account).await?;
    steps::fill_store(&window).await?;
    window.click("button", "Check the account").await?;
    window.click("radio", holding(&account.terminals[0])).await?;
    window.see("The secret key does not fit this merchant").await?;
    window.see("Copy it again").await?;
    still_typed(&window, &account).await?;
    assert!(simulator.book().await?.is_empty(), "checking the key moved money");
    window.close().await
}

#[tokio::test]
async fn a_merchant_without_a_terminal_is_told() -> Outcome {
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
    refused(
        &account,
        &[
            "No terminal is bound to this merchant",
            "Bind one in the Fiuu portal",
        ],
    )
    .await?;
    serving.abort();
    Ok(())
}

#[tokio::test]
async fn a_missing_keyring_is_told_before_a_secret_is_typed_in_vain() -> Outcome {
    let simulator = Simulator::start(&[])?;
    let account = simulator.credentials();
    let desk = Desk::new(Keyring::Missing)?;
    let window = Window::open(&desk, &[]).await?;
    steps::fill_account(&window, account).await?;
    window.click("button", "Check the account").await?;
    window.click("radio", holding(&account.terminals[0])).await?;
    steps::fill_store(&window).await?;
    window.click("button", "Open for business").await?;
    window.see("This machine has no keyring").await?;
    window.see("GNOME Keyring or KWallet").await?;
    still_typed(&window, account).await?;
    let written = kaunter_tests::secrets::holding(desk.home(), &account.password)?;
    assert!(
        written.is_empty(),
        "without a keyring the password went into {written:?}"
    );
    window.close().await
}
