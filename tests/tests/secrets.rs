//! After real use, no file holds a secret, and the keyring holds those that have to be kept.

use kaunter_tests::{Desk, Keyring, Outcome, Simulator, Window, secrets, steps};

#[tokio::test]
async fn secrets_lie_in_the_keyring_and_nowhere_else() -> Outcome {
    let simulator = Simulator::start(&[])?;
    let account = simulator.credentials();
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &[]).await?;
    steps::open_for_business(&window, account).await?;
    window.type_keys("1250").await?;
    window.press("F9").await?;
    window.see("Approved").await?;
    steps::open_payment(&window, "RM 12.50").await?;
    steps::approve_void(&window, steps::OWNER.pin).await?;
    window.see("Voided").await?;
    // A wrong PIN and a wrong password are secrets too: they are often the right ones of something else.
    steps::lock(&window).await?;
    window.click("button", steps::OWNER.name).await?;
    window.type_keys("90417263").await?;
    window.press("Enter").await?;
    window.see("Wrong PIN").await?;
    window.close().await?;

    let kept = secrets::keyring(&desk)?;
    let holds = |secret: &str| kept.iter().any(|entry| entry.secret.contains(secret));
    assert!(holds(&account.password), "the keyring lacks the password");
    assert!(holds(&account.secret_key), "the keyring lacks the secret key");
    let labels: Vec<&str> = kept.iter().map(|entry| entry.label.as_str()).collect();
    let known = [account.password.as_str(), account.secret_key.as_str()];
    let tokens = kept.iter().filter(|entry| entry.label.contains("token")).count();
    assert!(tokens > 0, "the keyring lacks the tokens; it has {labels:?}");

    let files = secrets::files(desk.home())?;
    assert!(
        files.iter().any(|file| file.starts_with(desk.data())),
        "the till wrote nothing into {files:?}"
    );
    let mut hidden: Vec<String> = known.iter().map(ToString::to_string).collect();
    hidden.extend([steps::OWNER.pin.to_owned(), "90417263".to_owned()]);
    hidden.extend(kept.iter().flat_map(|entry| words(&entry.secret)));
    for secret in hidden {
        let found = secrets::holding(desk.home(), &secret)?;
        assert!(found.is_empty(), "a secret lies in {found:?}");
    }
    Ok(())
}

/// What is secret in an entry: the whole of it, or, where it is JSON, each long text in it.
fn words(secret: &str) -> Vec<String> {
    const LONG: usize = 16;
    let pieces = secret.split(|sign: char| "\"{}[]:, ".contains(sign));
    pieces
        .filter(|piece| piece.len() >= LONG && !is_time(piece))
        .map(str::to_owned)
        .collect()
}

/// When a token lapses is no secret.
fn is_time(piece: &str) -> bool {
    piece.starts_with("20") && piece.contains('-') && piece.contains('T')
}
