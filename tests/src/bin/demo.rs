//! Shows Kaunter without a person or a screen: the real window in training, through a sale, a decline, a lost answer
//! that is found out, and a manager's void. Leaves numbered pictures in `target/demo/`.

use kaunter_tests::{Desk, Keyring, Outcome, Window, holding, steps};
use std::path::{Path, PathBuf};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/demo");
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    std::fs::create_dir_all(&folder)?;
    let folder = folder.canonicalize()?;
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &["--training"]).await?;
    window.resize(1366, 768).await?;
    let mut album = Album {
        window: &window,
        folder: folder.clone(),
        taken: 0,
    };
    show(&window, &mut album).await?;
    window.close().await?;
    eprintln!(
        "\nThe demo went through; its {} pictures are in {}",
        album_size(&folder)?,
        folder.display()
    );
    Ok(())
}

async fn show(window: &Window, album: &mut Album<'_>) -> Outcome {
    window.wait_for("button", steps::CASHIER.name).await?;
    album.take("lock").await?;
    steps::unlock(window, steps::CASHIER).await?;
    album.take("sell").await?;
    for item in ["Nasi lemak ayam", "Roti telur", "Teh tarik", "Teh tarik"] {
        window.click("button", holding(item)).await?;
    }
    window.see("22.00").await?;
    album.take("sell-items").await?;
    window.click("button", "Clear").await?;
    window.see_no_more("22.00").await?;

    window.type_keys("1250").await?;
    window.see("12.50").await?;
    album.take("sell-amount").await?;
    window.press("F9").await?;
    window.see("Waiting for the customer’s card").await?;
    album.take("pay-waiting").await?;
    window.see("Approved").await?;
    album.take("pay-approved").await?;
    next_sale(window).await?;

    steps::customer_will(window, "Decline: insufficient funds").await?;
    window.type_keys("880").await?;
    window.press("F9").await?;
    window.see("Declined").await?;
    album.take("pay-declined").await?;
    window.click("button", "Charge again").await?;
    window.see("Approved").await?;
    next_sale(window).await?;

    steps::customer_will(window, "Answer lost, charged").await?;
    window.type_keys("2990").await?;
    window.press("F9").await?;
    window.see("Do not hand over the goods yet").await?;
    album.take("pay-unknown").await?;
    window.see("Approved").await?;
    album.take("pay-found-out").await?;
    next_sale(window).await?;

    steps::open_payment(window, "RM 12.50").await?;
    album.take("history").await?;
    window.click("button", "Void").await?;
    window.wait_for("dialog", "Void this payment?").await?;
    album.take("void").await?;
    window.type_keys(steps::MANAGER.pin).await?;
    window.press("Enter").await?;
    window.see("goes back to the customer").await?;
    album.take("voided").await?;
    steps::go_to(window, "Terminals").await?;
    album.take("terminals").await
}

async fn next_sale(window: &Window) -> Outcome {
    window.press("Enter").await?;
    window.wait_for("button", "Pay by card").await?;
    Ok(())
}

/// Numbered pictures, in the order in which they were taken.
struct Album<'a> {
    window: &'a Window,
    folder: PathBuf,
    taken: usize,
}

impl Album<'_> {
    async fn take(&mut self, name: &str) -> Outcome {
        self.taken += 1;
        let path = self.folder.join(format!("{:02}-{name}.png", self.taken));
        self.window.screenshot(&path).await?;
        eprintln!("   {}", path.display());
        Ok(())
    }
}

fn album_size(folder: &Path) -> Outcome<usize> {
    Ok(std::fs::read_dir(folder)?.count())
}
