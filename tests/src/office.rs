//! A whole till, with its staff, at a simulator in the same process: what a shell's commands call, over real HTTP and a real
//! database.

use crate::{Failure, Outcome, open_till, provision_for};
use cloudecr::{PaymentMethod, SystemClock, TimeLimits};
use cloudecr_simulator::{Config, Script, Simulator};
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;
use till::{InquiryTimes, MemoryVault, Payment, PaymentState, Pin, Reference, Role, StaffEntry, Till};
use tokio::net::TcpListener;

/// The terminal that the till uses.
const TERMINAL: &str = "VT-0001";
const CASHIER: (&str, &str) = ("Aina", "1111");
const MANAGER: (&str, &str) = ("Farid", "2222");
/// A till that asks by itself only long after a test is over.
const LATER: Duration = Duration::from_secs(3_600);

/// A till and its gateway.
pub struct Office {
    /// The till, with nobody signed in.
    pub till: Till,
    /// The gateway.
    pub simulator: Simulator,
    folder: TempDir,
    vault: Arc<MemoryVault>,
}

impl Office {
    /// Opens a till that was just set up, at a gateway with its own habits. The till finds out only when it is told to.
    ///
    /// # Errors
    /// When the simulator cannot listen, or the till not be set up.
    pub async fn open(config: Config) -> Outcome<Self> {
        let simulator = Simulator::new(config, Arc::new(SystemClock));
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = format!("http://{}", listener.local_addr()?);
        tokio::spawn(cloudecr_simulator::serve(listener, simulator.clone()));
        let (folder, vault) = (tempfile::tempdir()?, Arc::new(MemoryVault::default()));
        let till = open(&folder, &vault)?;
        let mut provision = provision_for(&simulator, &address)?;
        provision.staff = vec![entry(CASHIER, Role::Cashier)?, entry(MANAGER, Role::Manager)?];
        till.provision(&provision)?;
        Ok(Self {
            till,
            simulator,
            folder,
            vault,
        })
    }

    /// The same till after its program was closed and started again, without a network.
    ///
    /// # Errors
    /// When it does not open.
    pub fn restarted_offline(self) -> Outcome<Self> {
        let Self {
            till,
            simulator,
            folder,
            vault,
            ..
        } = self;
        drop(till);
        // Nothing listens there.
        let address = "http://127.0.0.1:1".to_owned();
        let till = open(&folder, &vault)?;
        let connection = provision_for(&simulator, &address)?.connection;
        till.connect_to(&connection)?;
        Ok(Self {
            till,
            simulator,
            folder,
            vault,
        })
    }

    /// Signs the manager in.
    ///
    /// # Errors
    /// When the database fails.
    pub fn manager(&self) -> Outcome {
        self.sign_in(MANAGER)
    }

    /// Signs the cashier in.
    ///
    /// # Errors
    /// When the database fails.
    pub fn cashier(&self) -> Outcome {
        self.sign_in(CASHIER)
    }

    fn sign_in(&self, (name, pin): (&str, &str)) -> Outcome {
        let staff = self.till.roster().everybody()?;
        let member = staff.iter().find(|member| member.name == name);
        let member = member.ok_or_else(|| Failure::new(format!("{name} does not work here")))?;
        self.till.roster().unlock(member.id, &Pin::new(pin.to_owned())?)?;
        Ok(())
    }

    /// What the terminal's customer does next.
    ///
    /// # Errors
    /// When there is no such script.
    pub fn script(&self, name: &str) -> Outcome {
        self.simulator.set_script(TERMINAL, Script::named(name)?)?;
        Ok(())
    }

    /// Starts a card sale of an amount as it is typed (`1250`).
    ///
    /// # Errors
    /// When it is not started.
    pub async fn pay(&self, typed: &str) -> Outcome<Payment> {
        Ok(self.till.pay(PaymentMethod::BankCard, None, typed, false).await?)
    }

    /// Waits until a payment is in a state.
    ///
    /// # Errors
    /// When it is not in half a minute.
    pub async fn wait_for(&self, reference: &Reference, state: PaymentState) -> Outcome<Payment> {
        let checkout = self.till.checkout()?;
        let mut changes = checkout.changes();
        let wait = async {
            loop {
                // Asked after listening began, so that no change falls between.
                let payment = checkout.payment(reference).await?;
                if payment.state == state {
                    return Ok(payment);
                }
                changes.recv().await?;
            }
        };
        match tokio::time::timeout(Duration::from_secs(30), wait).await {
            Ok(payment) => payment,
            Err(_) => Err(Failure::new(format!("payment {reference} is not {state}"))),
        }
    }
}

fn open(folder: &TempDir, vault: &Arc<MemoryVault>) -> Outcome<Till> {
    let times = InquiryTimes {
        first: vec![LATER],
        after_sending: Vec::new(),
        then: LATER,
        absent_after: LATER,
        absent_apart: LATER,
        watch: LATER,
    };
    let limits = TimeLimits {
        transfer: Duration::from_secs(20),
        ..TimeLimits::default()
    };
    open_till(folder.path(), vault, Arc::new(SystemClock), times, limits)
}

fn entry((name, pin): (&str, &str), role: Role) -> Outcome<StaffEntry> {
    Ok(StaffEntry {
        name: name.to_owned(),
        role,
        pin: Pin::new(pin.to_owned())?,
    })
}
