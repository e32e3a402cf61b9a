//! Settings' panels for support in the real window: callbacks that settle a payment, and the log.

use cloudecr::{SecretKey, signature};
use kaunter_tests::{Desk, Failure, Keyring, Outcome, Simulator, Window, holding, steps};
use serde_json::{Value, json};
use std::net::TcpListener;
use std::time::{Duration, Instant};
use steps::{MANAGER, OWNER};

fn free_address() -> Outcome<String> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.to_string())
}

/// Sends a signed approval of the charge to the till's listener.
async fn call_back(simulator: &Simulator, url: &str) -> Outcome<u16> {
    let account = simulator.credentials();
    let charge = simulator.wait_for_book(1).await?.remove(0);
    let mut answer = json!({
        "transType": "sale", "posId": account.pos_id, "deviceId": charge.terminal_id, "referenceId": charge.reference_id,
        "apiVersion": "v1", "statusCode": "00", "responseCode": "00",
        "transData": { "transId": charge.trans_id, "transAmt": charge.amount, "currency": "MYR", "paymentChannel": "visa",
            "cardNo": "************1111", "transDateTime": "2025-01-15T16:20:22", "metadata": charge.reference_id },
    });
    let key = SecretKey::from_string(account.secret_key.clone());
    answer["signature"] = Value::from(signature::sign(&key, &answer));
    // Whoever sends a callback is no part of the till.
    let http = reqwest::Client::builder().no_proxy().build()?;
    Ok(http.post(url).json(&answer).send().await?.status().as_u16())
}

#[tokio::test]
async fn a_callback_that_a_manager_arranged_settles_a_payment_before_the_till_has_found_it_out() -> Outcome {
    let simulator = Simulator::start(&[])?;
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &[]).await?;
    steps::open_for_business(&window, simulator.credentials()).await?;
    let taken = TcpListener::bind(("127.0.0.1", 0))?;
    let address = free_address()?;

    steps::go_to(&window, "Settings").await?;
    window.see("Switched off: nothing listens").await?;
    window.click("checkbox", "Listen for answers by callback").await?;
    let own = "Address and port of this machine";
    window.fill(own, "till.example").await?;
    window.click("button", "Save callbacks").await?;
    window.see("This is not an address of a machine").await?;
    window.fill(own, &taken.local_addr()?.to_string()).await?;
    window.click("button", "Save callbacks").await?;
    window.see("Another program uses this port").await?;
    for theme in ["Dark", "Light"] {
        window.click("radio", theme).await?;
        window
            .fits("settings-callback-failed", &theme.to_lowercase())
            .await?;
    }
    window.fill(own, &address).await?;
    window.click("button", "Save callbacks").await?;
    window
        .see(&format!("Listening on http://{address}/callback"))
        .await?;

    // The terminal answers no question, so the till cannot find out by itself.
    let terminal = &simulator.credentials().terminals[0];
    simulator.script(terminal, &json!("lost-after-charge")).await?;
    simulator
        .inquiry_script(terminal, &json!(vec!["offline"; 20]))
        .await?;
    steps::go_to(&window, "Sell").await?;
    window.type_keys("1250").await?;
    window.press("F9").await?;
    window.see("Do not hand over the goods yet").await?;
    assert_eq!(
        call_back(&simulator, &format!("http://{address}/callback")).await?,
        200
    );
    window.see("Approved").await?;
    steps::open_payment(&window, "RM 12.50").await?;
    window.see("Answered by callback").await?;
    steps::go_to(&window, "Settings").await?;
    window.see("1 taken in, 0 refused").await?;
    // Filled in anew, so that it is what is seen.
    window.fill(own, &address).await?;
    window.fits("settings-callback", "light").await?;
    window.close().await?;

    // It listens again after a restart, without anybody signing in.
    let window = Window::open(&desk, &[]).await?;
    window.wait_for("button", OWNER.name).await?;
    let mut again = tokio::time::interval(Duration::from_millis(50));
    let patience = Instant::now();
    while call_back(&simulator, &format!("http://{address}/callback"))
        .await
        .is_err()
    {
        if patience.elapsed() > Duration::from_secs(20) {
            return Err(Failure::new("nothing listens after a restart"));
        }
        again.tick().await;
    }
    window.close().await
}

#[tokio::test]
async fn training_has_no_callbacks() -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &["--training"]).await?;
    steps::unlock(&window, MANAGER).await?;
    steps::go_to(&window, "Settings").await?;
    window.see("Training stays inside this machine").await?;
    assert!(window.find("button", "Save callbacks").await?.is_none());
    window.close().await
}

#[tokio::test]
async fn the_log_is_read_found_in_and_saved_for_support() -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    // Ten megabytes of an earlier run, with what a stranger might have sent.
    let logs = desk.data().join("logs");
    std::fs::create_dir_all(&logs)?;
    let mut text = String::with_capacity(11_000_000);
    for number in 0..85_000 {
        text.push_str(&format!(
            "2025-01-15T08:19:28.000Z INFO till::checkout entry {number} <img src=x onerror=alert(1)> \u{202e}reversed\n"
        ));
    }
    std::fs::write(logs.join("kaunter_2025-01-15_08-19-28.log"), text)?;

    let window = Window::open(&desk, &["--training"]).await?;
    steps::unlock(&window, MANAGER).await?;
    steps::go_to(&window, "Settings").await?;
    window.click("checkbox", "Detailed log").await?;
    window.see("Detailed until").await?;
    window.click("button", "Show the log").await?;
    window.wait_for("dialog", "Log, newest first").await?;
    window.see("the log is detailed until").await?;
    // One page of it, however much there is.
    window.see("200 lines shown").await?;
    // What a stranger sent is shown as the text that it is.
    window.fill("Find in the log", "ONERROR").await?;
    window.see("<img src=x onerror=alert(1)>").await?;
    for theme in ["Light", "Dark"] {
        window.press("Escape").await?;
        window.wait_gone("dialog", "Log, newest first").await?;
        window.click("radio", theme).await?;
        window.fits("settings-support", &theme.to_lowercase()).await?;
        window.click("button", "Show the log").await?;
        window.wait_for("dialog", "Log, newest first").await?;
        window.see("the log is detailed until").await?;
        window.fits("log", &theme.to_lowercase()).await?;
    }
    // Far below, page by page.
    window.fill("Find in the log", "entry 84321 ").await?;
    window.see("1 lines shown").await?;
    window.fill("Find in the log", "nothing like it").await?;
    window.see("Nothing like it here").await?;
    // Outer blanks do not count.
    window.fill("Find in the log", " ").await?;
    window.see("200 lines shown").await?;
    window.click("button", "Older lines").await?;
    window.see("400 lines shown").await?;
    window.choose("How bad", "Errors only").await?;
    window.see_no_more("400 lines shown").await?;
    window.press("Escape").await?;
    window.wait_gone("dialog", "Log, newest first").await?;

    window.click("button", "Save for support …").await?;
    window.see("Saved as ").await?;
    let saved = kaunter_tests::secrets::files(desk.home())?;
    let saved: Vec<_> = saved
        .iter()
        .filter(|path| {
            path.file_name()
                .is_some_and(|name| name.to_string_lossy().starts_with("kaunter-support-"))
        })
        .collect();
    assert_eq!(saved.len(), 1, "{saved:?}");
    let text = std::fs::read_to_string(saved[0])?;
    assert!(text.contains("mode: Training") && text.contains("entry 84999") && text.contains("is detailed"));

    // A cashier has no Settings.
    steps::lock(&window).await?;
    steps::unlock(&window, steps::CASHIER).await?;
    assert!(window.find("link", "Settings").await?.is_none());
    window.close().await
}

#[tokio::test]
async fn the_log_names_the_version_the_system_and_the_mode() -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &["--training"]).await?;
    steps::unlock(&window, MANAGER).await?;
    steps::go_to(&window, "Settings").await?;
    window.click("button", "Show the log").await?;
    window.fill("Find in the log", "kaunter").await?;
    window
        .see(&format!("Kaunter {} starts on", env!("CARGO_PKG_VERSION")))
        .await?;
    window.see("the till is open: Training").await?;
    let control = window.wait_for("button", "Copy").await?;
    control.click().await?;
    window.see("copied").await?;
    assert!(window.find("button", holding("Close")).await?.is_some());
    window.close().await
}
