//! The counter's own settings: a manager sets them, everybody works with them, and they outlast the program.

use std::collections::BTreeMap;

use cloudecr_simulator::Config;
use kaunter_tests::{Office, Outcome};
use till::{CounterSettings, StaffError, TillError};

fn cash_on_f1() -> CounterSettings {
    CounterSettings {
        keys: BTreeMap::from([("cash".to_owned(), "F1".to_owned())]),
        volume: 40,
        muted: true,
    }
}

#[tokio::test]
async fn a_managers_keys_are_everybodys_and_outlast_the_program() -> Outcome {
    let office = Office::open(Config::default()).await?;
    assert!(
        matches!(
            office.till.counter_settings(),
            Err(TillError::Staff(StaffError::Locked))
        ),
        "nobody is signed in"
    );
    office.cashier()?;
    assert_eq!(office.till.counter_settings()?, CounterSettings::default());
    assert!(matches!(
        office.till.save_counter_settings(cash_on_f1()),
        Err(TillError::Staff(StaffError::NotAllowed))
    ));
    office.manager()?;
    office.till.save_counter_settings(cash_on_f1())?;
    let office = office.restarted_offline()?;
    office.cashier()?;
    assert_eq!(office.till.counter_settings()?, cash_on_f1());
    Ok(())
}
