//! A till with something on its shelf, and a printer on the network.

use cloudecr::{PaymentMethod, SystemClock, TimeLimits};
use cloudecr_simulator::{Config, Script, Simulator};
use kaunter_tests::{Failure, Outcome, Printer, open_till, provision_for};
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;
use till::print::{CodePage, Connection, PrintSettings, PrinterSetup};
use till::{
    InquiryTimes, ItemForm, MemoryVault, Payment, PaymentOptionsForm, PaymentState, PictureChange, Pin,
    ReceiptOf, Till, Unit,
};

pub(crate) struct Shop {
    /// The items' numbers.
    shelf: Vec<i64>,
    pub(crate) till: Till,
    pub(crate) vault: Arc<MemoryVault>,
    pub(crate) folder: TempDir,
    simulator: Simulator,
}

/// What is on every ticket here: Latin, an accent, Chinese and Tamil.
const ITEMS: [(&str, &str); 4] = [
    ("Teh tarik", "2.80"),
    ("Café crème", "8.50"),
    ("海南鸡饭", "12.00"),
    ("தேநீர்", "3.20"),
];

impl Shop {
    pub(crate) async fn open() -> Outcome<Self> {
        let simulator = Simulator::new(Config::default(), Arc::new(SystemClock));
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = format!("http://{}", listener.local_addr()?);
        tokio::spawn(cloudecr_simulator::serve(listener, simulator.clone()));
        let folder = tempfile::tempdir()?;
        let vault = Arc::new(MemoryVault::default());
        let till = open(&folder, &vault)?;
        till.provision(&provision_for(&simulator, &address)?)?;
        sign_in(&till)?;
        let mut shelf = Vec::new();
        for (name, price) in ITEMS {
            shelf.push(till.save_item(&item(name, price, None))?.id);
        }
        Ok(Self {
            shelf,
            till,
            vault,
            folder,
            simulator,
        })
    }

    /// Everything on the shelf, by card.
    pub(crate) async fn sell(&self) -> Outcome<Payment> {
        for item in &self.shelf {
            self.till.add_item(*item, None)?;
        }
        let payment = self.till.pay(PaymentMethod::BankCard, None, "", true).await?;
        let payment = self.settled(&payment).await?;
        assert_eq!(payment.state, PaymentState::Approved);
        self.till.new_sale().await?;
        Ok(payment)
    }

    /// The ticket by card with ten in cash beside it, at a terminal that acts as `step` says, to its end.
    pub(crate) async fn cash_out(&self, step: &str) -> Outcome<Payment> {
        let payment = self.begin_cash_out(step).await?;
        self.settled(&payment).await
    }

    /// The same, until its answer came or is lost.
    pub(crate) async fn cash_out_answered(&self, step: &str) -> Outcome<Payment> {
        let payment = self.begin_cash_out(step).await?;
        let answered = |state| !matches!(state, PaymentState::Prepared | PaymentState::Sent);
        self.stands(&payment, answered).await
    }

    async fn begin_cash_out(&self, step: &str) -> Outcome<Payment> {
        self.till.save_payment_options(&PaymentOptionsForm {
            cash_out: true,
            cash_most: "500".to_owned(),
            cash_step: "10".to_owned(),
            ..PaymentOptionsForm::default()
        })?;
        self.simulator.set_script("VT-0001", Script::named(step)?)?;
        Ok(self.till.pay_with_cash("10", "", true).await?)
    }

    pub(crate) async fn settled(&self, payment: &Payment) -> Outcome<Payment> {
        self.stands(payment, PaymentState::is_final).await
    }

    async fn stands(&self, payment: &Payment, done: impl Fn(PaymentState) -> bool) -> Outcome<Payment> {
        let checkout = self.till.checkout()?;
        let mut changes = checkout.changes();
        let wait = async {
            loop {
                let payment = checkout.payment(&payment.reference).await?;
                if done(payment.state) {
                    return Ok::<_, Failure>(payment);
                }
                changes.recv().await?;
            }
        };
        tokio::time::timeout(Duration::from_secs(30), wait)
            .await
            .map_err(|_| Failure::new("the payment came to no end"))?
    }

    pub(crate) fn set(&self, printer: &Printer, change: impl FnOnce(&mut PrintSettings)) -> Outcome {
        let mut settings = PrintSettings {
            printer: Some(PrinterSetup {
                connection: Connection::Network {
                    address: printer.address(),
                },
                page: CodePage::Cp437,
                cut: true,
                drawer: true,
            }),
            footer: vec!["Terima kasih, come again".to_owned()],
            ..PrintSettings::default()
        };
        change(&mut settings);
        self.till.save_print_settings(&settings)?;
        Ok(())
    }

    pub(crate) fn of(&self, payment: &Payment) -> Outcome<ReceiptOf> {
        Ok(self.till.receipt_of(&payment.reference)?)
    }
}

/// Something to sell, with the tax of this class.
pub(crate) fn item(name: &str, price: &str, tax_class: Option<i64>) -> ItemForm {
    ItemForm {
        id: None,
        name: name.to_owned(),
        price: price.to_owned(),
        category: String::new(),
        code: String::new(),
        barcodes: Vec::new(),
        tax_class,
        unit: Unit::Each,
        sold_out: false,
        picture: PictureChange::Keep,
    }
}

/// Who manages here, and their PIN.
pub(crate) fn manager(till: &Till) -> Outcome<(i64, Pin)> {
    let everybody = till.roster().everybody()?;
    let first = everybody
        .first()
        .ok_or_else(|| Failure::new("nobody works here"))?;
    let pin = Pin::new("7391".to_owned()).map_err(|error| Failure::new(error.to_string()))?;
    Ok((first.id, pin))
}

pub(crate) fn open(folder: &TempDir, vault: &Arc<MemoryVault>) -> Outcome<Till> {
    open_till(
        folder.path(),
        vault,
        Arc::new(SystemClock),
        InquiryTimes::default(),
        TimeLimits::default(),
    )
}

pub(crate) fn sign_in(till: &Till) -> Outcome {
    let (manager, pin) = manager(till)?;
    till.roster().unlock(manager, &pin)?;
    Ok(())
}
