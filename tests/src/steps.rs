//! What staff do at the counter, step by step, in the window's own words. The tests and the demo share them.

use crate::{Credentials, Failure, Outcome, Window, holding};

/// A member of staff and the PIN.
#[derive(Clone, Copy, Debug)]
pub struct Staff {
    /// The name on the tile.
    pub name: &'static str,
    /// The PIN.
    pub pin: &'static str,
}

/// The sample cashier of training.
pub const CASHIER: Staff = Staff {
    name: "Aina",
    pin: "1111",
};
/// The sample manager of training.
pub const MANAGER: Staff = Staff {
    name: "Farid",
    pin: "2222",
};
/// The manager of a live till that these steps set up. The PIN is as long as PINs get, so that it cannot turn up in a
/// file by chance.
pub const OWNER: Staff = Staff {
    name: "Mei Ling",
    pin: "73916408",
};

/// Signs a member of staff in on the lock screen, by keys.
///
/// # Errors
/// When the tile does not come up, or Sell does not after the PIN.
pub async fn unlock(window: &Window, staff: Staff) -> Outcome {
    sign_in(window, staff).await?;
    window.wait_for("button", "Pay by card").await?;
    Ok(())
}

/// Types a member's PIN on the lock screen, whatever they meet behind it.
///
/// # Errors
/// When the tile does not come up.
pub async fn sign_in(window: &Window, staff: Staff) -> Outcome {
    window.click("button", staff.name).await?;
    window.wait_for("textbox", "PIN").await?;
    window.type_keys(staff.pin).await?;
    window.press("Enter").await
}

/// Locks the till.
///
/// # Errors
/// When nobody is signed in.
pub async fn lock(window: &Window) -> Outcome {
    window.click("button", holding(", lock the till")).await?;
    window.wait_gone("link", "Sell").await
}

/// Goes to a screen through the navigation.
///
/// # Errors
/// When the navigation has no such entry.
pub async fn go_to(window: &Window, screen: &str) -> Outcome {
    window.click("link", screen).await?;
    window.wait_for("heading", screen).await?;
    if screen == "Settings" {
        // Some of its parts fill themselves a moment later; what is chosen before is lost.
        let filled = "return [...document.querySelectorAll(
            'kaunter-printing [name=baud], kaunter-tax-settings select, kaunter-payment-options [name=productIndex]',
        )].every((list) => list.options.length > 0) || null;";
        window.ask_until("the settings to be filled", filled).await?;
    }
    Ok(())
}

/// Moves the focus with Tab until it stands on a control, as somebody without a mouse does.
///
/// # Errors
/// When the focus never gets there.
pub async fn tab_to(window: &Window, role: &str, name: &str) -> Outcome {
    const FAR: usize = 80;
    let mut passed = Vec::new();
    for _ in 0..FAR {
        let (found, label) = window.focused().await?;
        if found == role && label == name {
            return Ok(());
        }
        passed.push(format!("{found} {label:?}"));
        window.press("Tab").await?;
    }
    Err(Failure::new(format!(
        "Tab never reached the {role} {name:?}; it passed {}",
        passed.join(", ")
    )))
}

/// Opens the newest payment in History that shows `amount`, like `RM 12.50`.
///
/// # Errors
/// When no such payment is there.
pub async fn open_payment(window: &Window, amount: &str) -> Outcome {
    go_to(window, "History").await?;
    window.click("link", holding(amount)).await?;
    window.wait_for("heading", amount).await?;
    Ok(())
}

/// Starts the void of the payment that History shows, approved with this PIN by the manager who is chosen already.
///
/// # Errors
/// When the void is not offered.
pub async fn approve_void(window: &Window, pin: &str) -> Outcome {
    window.click("button", "Void").await?;
    window.wait_for("dialog", "Void this payment?").await?;
    window.type_keys(pin).await?;
    window.press("Enter").await
}

/// Opens the first payment's *Manager decides …* on the screen that shows it, and fills the decision in, up to the PIN.
/// `outcome` is the choice's word.
///
/// # Errors
/// When no decision is offered.
pub async fn fill_decision(window: &Window, outcome: &str, reason: &str) -> Outcome {
    window.click("button", "Manager decides …").await?;
    window.wait_for("dialog", "Was the customer charged?").await?;
    window.click("radio", outcome).await?;
    window.fill("Reason", reason).await
}

/// Approves what a dialog asks with a PIN.
///
/// # Errors
/// When no dialog asks for a PIN.
pub async fn approve(window: &Window, pin: &str) -> Outcome {
    window.fill("PIN", pin).await?;
    window.press("Enter").await
}

/// Tells the first virtual terminal of the list (the one that a fresh till uses) what its customer does next, by the
/// words of the list box.
///
/// # Errors
/// When the terminals' screen does not offer it.
pub async fn customer_will(window: &Window, does: &str) -> Outcome {
    go_to(window, "Terminals").await?;
    window.choose("What the customer does next", does).await?;
    go_to(window, "Sell").await
}

/// Opens the set-up of a live till and fills in its first step, the account, up to and without the check.
///
/// # Errors
/// When a field does not come up.
pub async fn fill_account(window: &Window, account: &Credentials) -> Outcome {
    window.click("button", "Set up for real payments").await?;
    fill_account_fields(window, account).await
}

/// Fills in the fields of an account, in Set-up or in Settings.
///
/// # Errors
/// When a field does not come up.
pub async fn fill_account_fields(window: &Window, account: &Credentials) -> Outcome {
    window.click("radio", "Another address").await?;
    window.fill("Gateway address", &account.listening).await?;
    window.fill("POS ID", &account.pos_id).await?;
    window.fill("Password", &account.password).await?;
    window.fill("Merchant ID", &account.merchant_id).await?;
    window.fill("Secret key", &account.secret_key).await
}

/// Goes on from Set-up's first step, filled in, to the one that asks for the terminal.
///
/// # Errors
/// When the check does not pass.
pub async fn pass_account(window: &Window) -> Outcome {
    window.click("button", "Next").await?;
    window.wait_for("heading", "Which terminal stands here?").await?;
    Ok(())
}

/// Chooses the account's first terminal in Set-up's second step, and goes on.
///
/// # Errors
/// When it is not listed.
pub async fn pass_terminal(window: &Window, account: &Credentials) -> Outcome {
    let terminal = account
        .terminals
        .first()
        .ok_or_else(|| Failure::new("the simulator has no terminal"))?;
    window.click("radio", holding(terminal)).await?;
    window.fill("Name of this terminal", "Counter 1").await?;
    window.click("button", "Next").await?;
    window.wait_for("textbox", "Store name").await?;
    Ok(())
}

/// Fills in the store and its first manager, in Set-up's last steps, and opens for business: the manager is signed in.
///
/// # Errors
/// When the till does not open.
pub async fn pass_store_and_manager(window: &Window) -> Outcome {
    window.fill("Store name", "Kedai Kopi Mei Ling").await?;
    window.click("button", "Next").await?;
    window.fill("Manager’s name", OWNER.name).await?;
    window.fill("PIN", OWNER.pin).await?;
    window.click("button", "Open for business").await?;
    window.wait_for("heading", "Test sale").await?;
    Ok(())
}

/// Sets a live till up on a gateway, with its manager signed in on Sell and no test sale made.
///
/// # Errors
/// When a step of Set-up does not do what it says.
pub async fn open_for_business(window: &Window, account: &Credentials) -> Outcome {
    fill_account(window, account).await?;
    pass_account(window).await?;
    pass_terminal(window, account).await?;
    pass_store_and_manager(window).await?;
    window.click("link", "Later").await?;
    window.wait_for("button", "Pay by card").await?;
    Ok(())
}
