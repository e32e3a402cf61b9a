//! A whole till, set up as a merchant's is, on a simulator in the same process: for tests of what spans its days.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use cloudecr::{Clock, TimeLimits};
use cloudecr_simulator::Simulator;
use jiff::tz;
use secrecy::SecretString;
use till::print::PrintLimits;
use till::{
    ConnectionSettings, InquiryTimes, MemoryVault, Pin, Provision, Role, StaffEntry, StoreSettings,
    SystemEntropy, Till, TillParts,
};

use crate::{Failure, Outcome};

/// Opens the till on the data in a folder.
///
/// # Errors
/// When they do not open.
pub fn open_till(
    folder: &Path,
    vault: &Arc<MemoryVault>,
    clock: Arc<dyn Clock>,
    times: InquiryTimes,
    limits: TimeLimits,
) -> Outcome<Till> {
    let vault = Arc::clone(vault);
    Ok(Till::open(TillParts {
        folder: folder.to_owned(),
        vault: Box::new(move |_| vault),
        clock,
        entropy: Arc::new(SystemEntropy),
        zone: tz::offset(8).to_time_zone(),
        training: true,
        times,
        print_limits: PrintLimits {
            connect: Duration::from_secs(5),
            answer: Duration::from_secs(2),
            write: Duration::from_secs(5),
            done: Duration::from_secs(5),
            system: Duration::from_secs(5),
        },
        system_language: till::Language::English,
        limits,
    })?)
}

/// What sets a till up on a simulator's first account, with all its terminals.
///
/// # Errors
/// When the simulator has no account or no terminal.
pub fn provision_for(simulator: &Simulator, address: &str) -> Outcome<Provision> {
    let config = simulator.config();
    let missing = || Failure::new("the simulator has no account, or no terminal");
    let account = config.accounts.first().ok_or_else(missing)?;
    let terminals = simulator
        .terminals()
        .into_iter()
        .map(|terminal| cloudecr::Terminal {
            terminal_id: terminal.terminal_id,
            connected: terminal.connected,
            is_vt: terminal.is_vt,
        });
    let terminals: Vec<_> = terminals.collect();
    let first = terminals.first().ok_or_else(missing)?.terminal_id.clone();
    Ok(Provision {
        connection: ConnectionSettings {
            gateway: address.to_owned(),
            pos_id: account.pos_id.clone(),
            merchant_id: config.merchant_id.clone(),
        },
        password: SecretString::from(account.password.clone()),
        secret_key: SecretString::from(config.secret_key.clone()),
        store: StoreSettings {
            name: "Kedai Kopi".to_owned(),
            header: Vec::new(),
            currency: "MYR".to_owned(),
            lock_after_minutes: 0,
        },
        staff: vec![StaffEntry {
            name: "Mei Ling".to_owned(),
            role: Role::Manager,
            pin: Pin::new("7391".to_owned()).map_err(|error| Failure::new(error.to_string()))?,
        }],
        terminals,
        terminal: Some((first, "Counter 1".to_owned())),
    })
}
