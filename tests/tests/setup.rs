//! Setting a till up, moving it to another account, provisioning it and testing it: over real HTTP to the simulator, on
//! real data folders, each refusal with nothing changed.

#[path = "setup/account.rs"]
mod account;
#[path = "setup/roll_out.rs"]
mod roll_out;
#[path = "setup/test_sale.rs"]
mod test_sale;
#[path = "setup/till_at.rs"]
mod till_at;
#[path = "setup/wizard.rs"]
mod wizard;
