//! After a full day's use with a detailed log, no file and no screen holds a secret, and the keyring holds those that
//! have to be kept.

use kaunter_tests::{Desk, Keyring, Outcome, Simulator, Window, holding, secrets, steps};
use serde_json::json;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// A wrong PIN is a secret too: it is often the right one of something else.
const WRONG_PIN: &str = "90417263";
/// A card's number that a gateway should have masked, and did not.
const CARD: &str = "4929123412341234";

/// What one day leaves behind, gathered as it goes.
struct Day {
    desk: Desk,
    simulator: Simulator,
    /// The page's source of every screen, with what its fields held.
    shown: String,
    /// Everything that must be nowhere.
    hidden: BTreeSet<String>,
}

impl Day {
    fn begin() -> Outcome<Self> {
        let simulator = Simulator::start(&[])?;
        let account = simulator.credentials();
        let hidden = [
            account.password.clone(),
            account.secret_key.clone(),
            steps::OWNER.pin.to_owned(),
            WRONG_PIN.to_owned(),
        ];
        Ok(Self {
            desk: Desk::new(Keyring::Unlocked)?,
            hidden: hidden.into(),
            shown: String::new(),
            simulator,
        })
    }

    async fn look(&mut self, window: &Window) -> Outcome {
        self.shown.push_str(&window.source().await?);
        Ok(())
    }

    /// The tokens change: those that the keyring has now are remembered as well.
    fn remember_tokens(&mut self) -> Outcome<usize> {
        let kept = secrets::keyring(&self.desk)?;
        self.hidden
            .extend(kept.iter().flat_map(|entry| words(&entry.secret)));
        Ok(self.hidden.len())
    }

    async fn script(&self, script: serde_json::Value) -> Outcome {
        let terminal = &self.simulator.credentials().terminals[0];
        self.simulator.script(terminal, &script).await
    }

    /// Takes a payment from Sell and comes back to it.
    async fn sell(&mut self, window: &Window, amount: &str, key: &str, verdict: &str) -> Outcome {
        window.type_keys(amount).await?;
        window.press(key).await?;
        if key == "F10" {
            window.click("button", "Touch ’n Go").await?;
        }
        window.see(verdict).await?;
        // Somebody is there, so that the verdict stays while it is looked at.
        window.press("Shift").await?;
        self.look(window).await?;
        window.click("button", "New sale").await?;
        window.wait_for("button", "Pay by card").await?;
        self.look(window).await
    }

    /// A card by hand, and goods that come back for cash: each takes a PIN. And a receipt is saved as a page.
    async fn manager_is_called_over(&mut self, window: &Window) -> Outcome {
        steps::go_to(window, "Sell").await?;
        window.type_keys("2200").await?;
        window.press("F7").await?;
        window.wait_for("dialog", "Split the payment").await?;
        window.click("button", "Card by hand").await?;
        window.fill("Approval code or slip number", "F99136").await?;
        steps::approve(window, steps::OWNER.pin).await?;
        window.wait_for("heading", "Unverified").await?;
        self.look(window).await?;
        window.see("Press Enter for the next sale").await?;
        window.press("Enter").await?;
        window.wait_for("button", "Pay by card").await?;

        steps::open_payment(window, "RM 14.00").await?;
        window.click("button", "Save PDF").await?;
        window.see("The receipt was saved as").await?;
        window.click("button", "Return").await?;
        window.wait_for("dialog", holding("Return from receipt")).await?;
        window.click("button", "Everything").await?;
        window.click("radio", holding("Cash")).await?;
        window.click("button", "Next").await?;
        window.fill("Reason", "Torn").await?;
        steps::approve(window, steps::OWNER.pin).await?;
        window.see("Hand over RM 14.00 in cash").await?;
        self.look(window).await?;
        window.click("button", "Done").await
    }

    /// Opens Settings, makes the log detailed, and reads it.
    async fn detailed_log(&mut self, window: &Window) -> Outcome {
        steps::go_to(window, "Settings").await?;
        self.look(window).await?;
        window.click("checkbox", "Detailed log").await?;
        window.see("Detailed until").await?;
        self.read_log(window).await?;
        steps::go_to(window, "Sell").await
    }

    async fn read_log(&mut self, window: &Window) -> Outcome {
        window.click("button", "Show the log").await?;
        window.wait_for("dialog", "Log, newest first").await?;
        window.see("lines shown").await?;
        self.look(window).await?;
        window.press("Escape").await?;
        window.wait_gone("dialog", "Log, newest first").await
    }
}

#[tokio::test]
async fn after_a_full_day_with_a_detailed_log_secrets_lie_in_the_keyring_and_nowhere_else() -> Outcome {
    let mut day = Day::begin()?;
    let window = Window::open(&day.desk, &[]).await?;
    steps::open_for_business(&window, day.simulator.credentials()).await?;
    day.look(&window).await?;
    day.detailed_log(&window).await?;
    let first_tokens = day.remember_tokens()?;

    day.sell(&window, "1250", "F9", "Approved").await?;
    day.sell(&window, "1300", "F10", "Approved").await?;
    day.sell(&window, "1400", "F11", "Approved").await?;
    day.script(json!("decline")).await?;
    day.sell(&window, "1500", "F9", "Declined").await?;
    day.script(json!("lost-after-charge")).await?;
    day.sell(&window, "1600", "F9", "Approved").await?;
    day.script(json!({"lose": {"at": "gateway-to-pos", "how": {"change": {"transData": {"cardNo": CARD}}}}}))
        .await?;
    day.sell(&window, "1700", "F9", "Approved").await?;
    // The tokens are renewed, and renewed again by signing in.
    day.script(json!("token-expired")).await?;
    day.sell(&window, "1800", "F9", "Approved").await?;
    assert!(
        day.remember_tokens()? > first_tokens,
        "the tokens were not renewed"
    );
    day.script(json!("gateway-restarted")).await?;
    day.sell(&window, "1900", "F9", "Approved").await?;
    day.remember_tokens()?;

    steps::open_payment(&window, "RM 12.50").await?;
    day.look(&window).await?;
    steps::approve_void(&window, steps::OWNER.pin).await?;
    window.see("Voided").await?;
    day.look(&window).await?;
    day.manager_is_called_over(&window).await?;
    for screen in ["Terminals", "Unresolved", "Items", "Staff", "History"] {
        steps::go_to(&window, screen).await?;
        day.look(&window).await?;
    }
    steps::lock(&window).await?;
    window.click("button", steps::OWNER.name).await?;
    window.type_keys(WRONG_PIN).await?;
    window.press("Enter").await?;
    window.see("Wrong PIN").await?;
    day.look(&window).await?;
    window.close().await?;

    // The next morning: the session is resumed.
    let window = Window::open(&day.desk, &[]).await?;
    steps::unlock(&window, steps::OWNER).await?;
    day.detailed_log(&window).await?;
    day.sell(&window, "2100", "F9", "Approved").await?;
    steps::go_to(&window, "Settings").await?;
    day.read_log(&window).await?;
    window.click("button", "Check the journal").await?;
    window.see("The journal is whole").await?;
    window.click("button", "Save for support …").await?;
    window.see("Saved as ").await?;
    day.look(&window).await?;
    day.remember_tokens()?;
    window.close().await?;

    the_keyring_has_what_must_be_kept(&day)?;
    for secret in &day.hidden {
        let found = secrets::holding(day.desk.home(), secret)?;
        assert!(found.is_empty(), "a secret lies in {found:?}");
        assert!(!day.shown.contains(secret.as_str()), "the window showed a secret");
    }
    no_card_is_shown(&day)
}

fn the_keyring_has_what_must_be_kept(day: &Day) -> Outcome {
    let kept = secrets::keyring(&day.desk)?;
    let account = day.simulator.credentials();
    let holds = |secret: &str| kept.iter().any(|entry| entry.secret.contains(secret));
    assert!(holds(&account.password), "the keyring lacks the password");
    assert!(holds(&account.secret_key), "the keyring lacks the secret key");
    let labels: Vec<&str> = kept.iter().map(|entry| entry.label.as_str()).collect();
    for name in ["token", "journal"] {
        assert!(
            labels.iter().any(|label| label.contains(name)),
            "the keyring lacks the {name}; it has {labels:?}"
        );
    }
    Ok(())
}

/// In what people read and send on (the window, the log, the file for support, the program's own output), a card shows
/// its last four digits at most.
fn no_card_is_shown(day: &Day) -> Outcome {
    let mut read = vec![(PathBuf::from("the window"), day.shown.clone())];
    let (mut logs, mut bundles) = (0, 0);
    for path in secrets::files(day.desk.home())? {
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        logs += usize::from(name.starts_with("kaunter") && name.ends_with(".log"));
        bundles += usize::from(name.starts_with("kaunter-support-"));
        if ["log", "txt"].iter().any(|ending| name.ends_with(ending)) {
            let text = String::from_utf8_lossy(&std::fs::read(&path)?).into_owned();
            read.push((path, text));
        }
    }
    assert!(
        logs > 0 && bundles == 1,
        "{logs} logs and {bundles} files for support"
    );
    let said = |words: &str| read.iter().any(|(_, text)| text.contains(words));
    assert!(
        said("DEBUG cloudecr"),
        "the log was not detailed; it begins {:?}",
        read.iter()
            .filter(|(place, _)| place.ends_with("kaunter.log"))
            .map(|(_, text)| text.chars().take(6_000).collect::<String>())
            .collect::<Vec<_>>()
    );
    assert!(said("•••• 1111"), "the window showed no card at all");
    for (place, text) in &read {
        assert!(
            !text.contains(&CARD[..12]),
            "{} has a card's number",
            place.display()
        );
        let most = text
            .split(['*', '•'])
            .skip(1)
            .map(|rest| rest.trim_start().chars().take_while(char::is_ascii_digit).count())
            .max();
        assert!(
            most.unwrap_or(0) <= 4,
            "{} shows more of a card than its last four digits",
            place.display()
        );
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
