//! Training: the simulator inside the program, on this machine's loopback only, and a sample shop.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use cloudecr_simulator::{Config, Script, ScriptError, Simulator, named_scripts};
use secrecy::SecretString;
use till::{
    Amount, Barcode, ConnectionSettings, ItemFacts, Pin, Provision, Role, StaffEntry, StoreSettings, Till,
    TillError, Unit,
};
use tokio::net::TcpListener;

use crate::error::{CommandError, ErrorCode};
use crate::view::{ScriptView, TrainingPin};

/// How long the customer at a virtual terminal takes: long enough to read the screen.
const CUSTOMER: Duration = Duration::from_millis(1_500);
/// What a customer does who was told nothing.
const APPROVE: &str = "approve";
/// The sample staff: name, role, PIN.
const STAFF: [(&str, Role, &str); 2] = [("Aina", Role::Cashier, "1111"), ("Farid", Role::Manager, "2222")];
/// An item of the sample shelf.
struct Sample {
    code: &'static str,
    name: &'static str,
    price: &'static str,
    category: &'static str,
    barcodes: &'static [&'static str],
    unit: Unit,
    sold_out: bool,
}

/// An item that is sold in pieces and has none but the shop's own code.
const fn piece(
    code: &'static str,
    name: &'static str,
    price: &'static str,
    category: &'static str,
) -> Sample {
    Sample {
        code,
        name,
        price,
        category,
        barcodes: &[],
        unit: Unit::Each,
        sold_out: false,
    }
}

/// An item with a barcode on its package.
const fn packed(barcodes: &'static [&'static str], item: Sample) -> Sample {
    Sample { barcodes, ..item }
}

/// The sample shelf.
const ITEMS: [Sample; 21] = [
    piece("R01", "Nasi lemak", "6.50", "Rice"),
    piece("R02", "Nasi lemak ayam", "12.90", "Rice"),
    piece("R03", "Nasi kerabu", "11.00", "Rice"),
    piece("N01", "Mee goreng mamak", "8.50", "Noodles"),
    piece("N02", "Char kuey teow", "9.80", "Noodles"),
    piece("N03", "Laksa", "10.50", "Noodles"),
    piece("B01", "Roti canai", "2.00", "Bread"),
    piece("B02", "Roti telur", "3.50", "Bread"),
    piece("D01", "Teh tarik", "2.80", "Drinks"),
    piece("D02", "Teh o ais limau", "3.20", "Drinks"),
    piece("D03", "Kopi-O", "2.20", "Drinks"),
    piece("D04", "Milo ais", "4.00", "Drinks"),
    piece("D05", "怡保白咖啡", "4.50", "Drinks"),
    piece("D06", "காபி", "3.00", "Drinks"),
    packed(
        &["9556001234561", "036000291452"],
        piece("D07", "Air mineral 500 ml", "1.80", "Drinks"),
    ),
    piece("S01", "Kuih lapis", "1.50", "Snacks"),
    piece("S02", "Curry puff", "1.70", "Snacks"),
    piece("S03", "Satay ayam (10)", "14.00", "Snacks"),
    packed(
        &["9556001234578"],
        piece("S04", "Crème caramel", "5.90", "Snacks"),
    ),
    Sample {
        unit: Unit::Kilogram,
        ..piece("F01", "Mangga harumanis", "28.00", "Fruit")
    },
    Sample {
        sold_out: true,
        ..piece("F02", "Durian musang king", "48.00", "Fruit")
    },
];

/// The simulator while training goes on. Dropping it stops it.
pub(crate) struct Training {
    simulator: Simulator,
    address: String,
    server: tauri::async_runtime::JoinHandle<()>,
    /// By terminal, what its customer was told last.
    told: Mutex<HashMap<String, String>>,
}

impl Drop for Training {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Training {
    /// Starts the simulator on a free port of the loopback.
    pub(crate) async fn start() -> Result<Self, CommandError> {
        let failed = |error: std::io::Error| {
            CommandError::new(
                ErrorCode::Internal,
                format!("the simulator cannot listen on this computer: {error}"),
            )
        };
        let config = Config {
            customer_delay: CUSTOMER,
            ..Config::default()
        };
        let simulator = Simulator::new(config, Arc::new(cloudecr::SystemClock));
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.map_err(failed)?;
        let address = format!("http://{}", listener.local_addr().map_err(failed)?);
        log::info!("training: the simulator listens on {address}");
        let served = simulator.clone();
        let server = tauri::async_runtime::spawn(async move {
            if let Err(error) = cloudecr_simulator::serve(listener, served).await {
                log::error!("training: the simulator stopped: {error}");
            }
        });
        Ok(Self {
            simulator,
            address,
            server,
            told: Mutex::default(),
        })
    }

    /// Points the till at the simulator, whose port is another one each time; the first time, with a sample shop.
    pub(crate) fn furnish(&self, till: &Till) -> Result<(), TillError> {
        let credentials = self.simulator.credentials();
        let connection = ConnectionSettings {
            gateway: self.address.clone(),
            pos_id: credentials.pos_id,
            merchant_id: credentials.merchant_id,
        };
        if till.is_set_up()? {
            return till.connect_to(&connection);
        }
        let config = self.simulator.config();
        let terminals: Vec<cloudecr::Terminal> = self
            .simulator
            .terminals()
            .into_iter()
            .map(|terminal| cloudecr::Terminal {
                terminal_id: terminal.terminal_id,
                connected: terminal.connected,
                is_vt: terminal.is_vt,
            })
            .collect();
        let chosen = terminals
            .first()
            .map(|terminal| terminal.terminal_id.clone())
            .unwrap_or_default();
        let staff: Result<Vec<StaffEntry>, TillError> = STAFF
            .iter()
            .map(|(name, role, pin)| {
                Ok(StaffEntry {
                    name: (*name).to_owned(),
                    role: *role,
                    pin: Pin::new((*pin).to_owned())?,
                })
            })
            .collect();
        till.provision(&Provision {
            connection,
            password: credentials.password,
            secret_key: SecretString::from(config.secret_key.clone()),
            store: StoreSettings {
                name: "Warung Contoh".to_owned(),
                header: vec!["12 Jalan Ampang, Kuala Lumpur".to_owned()],
                currency: config.currency.clone(),
                lock_after_minutes: 15,
            },
            staff: staff?,
            terminals,
            terminal: Some((chosen, "Counter 1".to_owned())),
        })?;
        let currency = till.currency()?;
        let items: Result<Vec<ItemFacts>, TillError> = ITEMS
            .iter()
            .map(|sample| {
                Ok(ItemFacts {
                    name: sample.name.to_owned(),
                    price: Amount::parse_decimal(sample.price, currency)?,
                    category: sample.category.to_owned(),
                    code: Some(sample.code.to_owned()),
                    barcodes: sample
                        .barcodes
                        .iter()
                        .filter_map(|code| Barcode::parse(code).ok())
                        .collect(),
                    tax_class: None,
                    unit: sample.unit,
                    sold_out: sample.sold_out,
                })
            })
            .collect();
        Ok(till.store().add_items(&items?)?)
    }

    /// The sample PINs that still hold, for the lock screen.
    pub(crate) fn pins(staff: &[till::Member]) -> Vec<TrainingPin> {
        STAFF
            .iter()
            .filter(|(name, ..)| staff.iter().any(|member| member.name == *name))
            .map(|(name, _, pin)| TrainingPin {
                name: (*name).to_owned(),
                pin: (*pin).to_owned(),
            })
            .collect()
    }

    /// What the customer at a virtual terminal can be told to do.
    pub(crate) fn scripts() -> Vec<ScriptView> {
        named_scripts()
            .iter()
            .map(|script| ScriptView {
                name: script.name.to_owned(),
                label: script.label.to_owned(),
            })
            .collect()
    }

    /// Tells the customer at a terminal what to do next.
    pub(crate) fn set_script(&self, terminal: &str, name: &str) -> Result<(), CommandError> {
        let refused = |error: ScriptError| CommandError::new(ErrorCode::UnknownTerminal, error);
        self.simulator
            .set_script(terminal, Script::named(name).map_err(refused)?)
            .map_err(refused)?;
        self.told().insert(terminal.to_owned(), name.to_owned());
        Ok(())
    }

    /// Lets a virtual terminal that is bound to nobody scan a key, or, without one, come by the list of terminals that may
    /// bind themselves. Its ID.
    pub(crate) fn let_terminal_bind(&self, key: Option<&str>) -> Result<String, CommandError> {
        let mut waiting = self.simulator.unbound_terminals();
        waiting.sort_by_key(|terminal| !terminal.is_vt);
        let mut refusal = "every virtual terminal is bound already".to_owned();
        for terminal in waiting {
            match self.simulator.bind(&terminal.terminal_id, key) {
                Ok(_) => return Ok(terminal.terminal_id),
                Err(error) => refusal = error.to_string(),
            }
        }
        Err(CommandError::new(ErrorCode::BindingRefused, refusal))
    }

    /// The gateway that training runs on.
    pub(crate) fn simulator(&self) -> &Simulator {
        &self.simulator
    }

    /// Whether a terminal has its network.
    pub(crate) fn is_plugged(&self, terminal: &str) -> bool {
        let terminals = self.simulator.terminals();
        let found = terminals.iter().find(|state| state.terminal_id == terminal);
        found.is_none_or(|state| state.plugged)
    }

    /// What the customer at a terminal was told and has not done yet; else they simply pay.
    pub(crate) fn script(&self, terminal: &str) -> String {
        let waiting = self
            .simulator
            .terminals()
            .iter()
            .any(|state| state.terminal_id == terminal && (state.queued > 0 || !state.connected));
        self.told()
            .get(terminal)
            .filter(|_| waiting)
            .cloned()
            .unwrap_or_else(|| APPROVE.to_owned())
    }

    fn told(&self) -> MutexGuard<'_, HashMap<String, String>> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
