//! What a simulator is set up with: accounts, terminals, wallets and its habits. All of it is sample data that
//! belongs to the simulator, so that nothing here can be mistaken for a merchant's own credentials.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// Everything a [`Simulator`](crate::Simulator) is told at the start.
#[derive(Clone, Debug)]
pub struct Config {
    /// The merchant that all accounts belong to (`merchantId`).
    pub merchant_id: String,
    /// The merchant's secret key, with which requests and answers are signed.
    pub secret_key: String,
    /// The POS accounts that may sign in. The first one is what [`Simulator::credentials`](crate::Simulator::credentials)
    /// and the binary's line of JSON give out.
    pub accounts: Vec<PosAccount>,
    /// The virtual terminals that are bound, to one account or to all.
    pub terminals: Vec<TerminalSetup>,
    /// Virtual terminals that are bound to nobody yet, whatever their `bound_to` says: no account sees them until
    /// [`Simulator::bind`](crate::Simulator::bind).
    pub unbound_terminals: Vec<TerminalSetup>,
    /// The wallets that the merchant has, active or not.
    pub channels: Vec<ChannelSetup>,
    /// The currency of every amount, an ISO 4217 code; the protocol's requests name none.
    pub currency: String,
    /// Which `referenceId` the answer to an inquiry carries. The documentation leaves it open.
    pub get_last_reference: InquiryReference,
    /// Whether every call for a binding key gives another one. Without it, an account's key stays the same until it
    /// expires. The documentation leaves it open.
    pub keys_differ: bool,
    /// What the picture of a binding key encodes. The documentation does not say.
    pub key_picture: KeyPicture,
    /// Refuse a sign-in (40314) while another session of the same account is alive.
    pub exclusive_sessions: bool,
    /// Allow only [`RATE_LIMIT`](crate::RATE_LIMIT) requests per account and 15 minutes.
    pub rate_limit: bool,
    /// How long every answer of the gateway is held back, on top of the terminal's work.
    pub latency: Duration,
    /// How long the customer takes at a terminal when the script does not say.
    pub customer_delay: Duration,
    /// How long the gateway waits for a terminal before it answers 40811 (70 s in the protocol). The terminal
    /// works on regardless.
    pub terminal_limit: Duration,
}

/// One POS account: who may sign in.
#[derive(Clone, Debug)]
pub struct PosAccount {
    /// The account's name (`posId`).
    pub pos_id: String,
    /// Its password.
    pub password: String,
}

/// One virtual terminal.
#[derive(Clone, Debug)]
pub struct TerminalSetup {
    /// Its unique ID: `terminalId` in the list, `deviceId` in a transfer.
    pub id: String,
    /// Whether the list says that it is of the VT type.
    pub is_vt: bool,
    /// Whether it can print; one that cannot answers a `print` with 50313.
    pub printer: bool,
    /// The only account it is bound to, or every account of the merchant. Another account does not see it in the
    /// list, and gets 40023 for a transfer to it.
    pub bound_to: Option<String>,
}

/// One wallet that the merchant has.
#[derive(Clone, Debug)]
pub struct ChannelSetup {
    /// The gateway's spelling of its name.
    pub name: String,
    /// Whether it is switched on; a sale on one that is not gives 50321.
    pub active: bool,
    /// The currencies it takes.
    pub currencies: Vec<String>,
    /// What its `logoUrl3` leads to.
    pub logo: Logo,
}

impl Default for ChannelSetup {
    /// An active wallet in Malaysia, without a name yet.
    fn default() -> Self {
        Self {
            name: String::new(),
            active: true,
            currencies: vec!["MYR".to_owned()],
            logo: Logo::Drawn,
        }
    }
}

/// What the QR code of a binding key says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeyPicture {
    /// The key, and nothing else.
    #[default]
    Key,
    /// A link that holds the key, so that what is decoded is not the key itself.
    Link,
}

/// What a wallet's `logoUrl3` leads to: a good picture, or what a POS must survive.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Logo {
    /// A small picture, drawn by the simulator.
    #[default]
    Drawn,
    /// Nowhere: there is no `logoUrl3`.
    None,
    /// Nothing: 404.
    Missing,
    /// [`HUGE`](crate::HUGE) bytes that call themselves a picture.
    Huge,
    /// A small file that unpacks to a picture of [`BOMB_SIDE`](crate::BOMB_SIDE) pixels each way.
    Bomb,
    /// A page for people, with its own right type.
    Page,
    /// Plain words that call themselves a picture.
    Mislabelled,
    /// Half of a picture.
    Truncated,
    /// A drawing in SVG, which can hold scripts.
    Svg,
    /// A redirect to the good picture.
    Redirect,
    /// This address, whatever it is.
    Elsewhere(String),
}

/// Which `referenceId` (and `transType`) an answer to getLast or walletInquiry carries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum InquiryReference {
    /// The ones of the transaction that was asked about.
    #[default]
    Original,
    /// The inquiry's own.
    Inquiry,
}

impl Config {
    /// Sets the currency of all amounts; every wallet that takes the old one takes the new one instead, so that the
    /// list of channels is not empty.
    pub fn set_currency(&mut self, currency: &str) {
        for taken in self
            .channels
            .iter_mut()
            .flat_map(|channel| &mut channel.currencies)
        {
            if *taken == self.currency {
                currency.clone_into(taken);
            }
        }
        currency.clone_into(&mut self.currency);
    }
}

impl Default for Config {
    fn default() -> Self {
        let terminal = |id: &str, is_vt: bool| TerminalSetup {
            id: id.to_owned(),
            is_vt,
            printer: !is_vt,
            bound_to: None,
        };
        Self {
            merchant_id: "SIMULATOR_MERCHANT".to_owned(),
            secret_key: "SIMULATOR-SAMPLE-SECRET-KEY-0001".to_owned(),
            accounts: vec![PosAccount {
                pos_id: "simulatorPos1".to_owned(),
                password: "simulator-sample-password".to_owned(),
            }],
            terminals: vec![
                terminal("VT-0001", true),
                terminal("VT-0002", true),
                terminal("TM-0003", false),
            ],
            unbound_terminals: vec![terminal("VT-0004", true), terminal("TM-0005", false)],
            channels: sample_channels(),
            currency: "MYR".to_owned(),
            get_last_reference: InquiryReference::Original,
            keys_differ: false,
            key_picture: KeyPicture::Key,
            exclusive_sessions: false,
            rate_limit: false,
            latency: Duration::ZERO,
            customer_delay: Duration::ZERO,
            terminal_limit: Duration::from_secs(70),
        }
    }
}

/// A merchant's usual wallets in Malaysia, one of them switched off, and one that also takes Singapore dollars.
fn sample_channels() -> Vec<ChannelSetup> {
    [
        ("duitNowQr", true, &["MYR"][..]),
        ("tng", true, &["MYR"]),
        ("grabPay", true, &["MYR", "SGD"]),
        ("boost", true, &["MYR"]),
        ("mae", true, &["MYR"]),
        ("shopeePay", true, &["MYR"]),
        ("alipay+", true, &["MYR"]),
        ("unionPayQr", true, &["MYR"]),
        ("weChatPay", false, &["MYR"]),
    ]
    .into_iter()
    .map(|(name, active, currencies)| ChannelSetup {
        name: name.to_owned(),
        active,
        currencies: currencies.iter().map(|&currency| currency.to_owned()).collect(),
        logo: Logo::Drawn,
    })
    .collect()
}
