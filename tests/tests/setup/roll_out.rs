//! A till set up from a file: checked against the gateway before anything is written, and never against its history.

use super::till_at::{Gateway, Machine, PIN, pin, sell, until};
use kaunter_tests::{Failure, Outcome};
use serde_json::{Value, json};
use std::net::{Ipv4Addr, TcpListener};
use till::{Member, PaymentState, ProvisionFile, RollOutError, RolledOut, SecretName, Till, TillError};

fn file(gateway: &Gateway) -> Value {
    let config = gateway.simulator.config();
    json!({
        "gateway": gateway.address, "posId": config.accounts[0].pos_id, "password": config.accounts[0].password,
        "merchantId": config.merchant_id, "secretKey": config.secret_key, "terminal": "VT-0002",
        "store": {"name": "Kedai Kopi", "header": ["1 Jalan Tun Razak"], "currency": "MYR"},
        "staff": [{"name": "Mei Ling", "role": "manager", "pin": PIN}, {"name": "Aina", "role": "cashier", "pin": "1111"}],
    })
}

async fn roll_out(till: &Till, file: &Value) -> Result<RolledOut, RollOutError> {
    let parsed = ProvisionFile::parse(file.to_string().as_bytes());
    let parsed = parsed.unwrap_or_else(|mistakes| panic!("{mistakes:?}"));
    till.roll_out(parsed).await
}

/// Signs the manager of the file in, with the file's PIN.
fn sign_in(till: &Till) -> Outcome<Member> {
    let everybody = till.roster().everybody()?;
    let manager = everybody.iter().find(|member| member.name == "Mei Ling");
    let manager = manager.ok_or_else(|| Failure::new("the file's manager is not there"))?;
    Ok(till.roster().unlock(manager.id, &pin()?)?)
}

#[tokio::test]
async fn a_till_from_a_file_sells_at_once_in_the_session_of_its_check() -> Outcome {
    let gateway = Gateway::start().await?;
    let machine = Machine::new()?;
    let till = machine.open()?;
    let done = roll_out(&till, &file(&gateway)).await?;
    assert_eq!(
        done,
        RolledOut {
            before: false,
            added: vec!["Mei Ling".to_owned(), "Aina".to_owned()],
            warnings: Vec::new()
        }
    );
    drop(till);
    let till = machine.open()?;
    sign_in(&till)?;
    sell(&till, PaymentState::Approved).await?;
    assert_eq!(gateway.simulator.book()[0].terminal_id, "VT-0002");
    assert!(till.store().verify_journal()?.is_ok());
    Ok(())
}

#[tokio::test]
async fn what_the_gateway_refuses_is_an_error_with_its_field_and_nothing_is_written() -> Outcome {
    let gateway = Gateway::start().await?;
    for (field, wrong, place) in [
        ("password", "not the password", "posId, password"),
        ("posId", "nobody", "posId, password"),
        ("secretKey", "not the key", "secretKey"),
        ("merchantId", "SOMEBODY_ELSE", "merchantId"),
        ("terminal", "VT-9999", "terminal"),
    ] {
        let machine = Machine::new()?;
        let till = machine.open()?;
        let mut file = file(&gateway);
        file[field] = json!(wrong);
        let refused = roll_out(&till, &file).await;
        let Err(RollOutError::Refused { step, what }) = refused else {
            panic!("{field}: {refused:?}");
        };
        assert_eq!(step, place, "{what}");
        assert!(!what.is_empty() && !what.contains(wrong), "{what}");
        assert!(!till.is_set_up()? && till.roster().everybody()?.is_empty());
        assert_eq!(machine.keyring.secret(SecretName::PosPassword), None);
        assert_eq!(machine.keyring.secret(SecretName::SecretKey), None);
    }
    // Nor is a session left behind that would keep the right till out.
    gateway.stranger()?.sign_in().await?;
    Ok(())
}

#[tokio::test]
async fn a_gateway_that_cannot_be_reached_is_a_warning() -> Outcome {
    let gateway = Gateway::start().await?;
    let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
    let mut file = file(&gateway);
    file["gateway"] = json!(format!("http://127.0.0.1:{port}"));
    let machine = Machine::new()?;
    let till = machine.open()?;
    let done = roll_out(&till, &file).await?;
    assert!(done.warnings[0].contains("could not be checked"), "{done:?}");
    assert!(till.is_set_up()?);
    assert_eq!(till.store().chosen_terminal()?.as_deref(), Some("VT-0002"));
    Ok(())
}

#[tokio::test]
async fn an_account_that_is_signed_in_elsewhere_is_a_warning_too() -> Outcome {
    let gateway = Gateway::start().await?;
    gateway.stranger()?.sign_in().await?;
    let till = Machine::new()?.open()?;
    let done = roll_out(&till, &file(&gateway)).await?;
    assert!(done.warnings[0].contains("40314"), "{done:?}");
    Ok(())
}

#[tokio::test]
async fn a_till_that_is_set_up_is_brought_in_line_and_keeps_its_people_and_its_history() -> Outcome {
    let gateway = Gateway::start().await?;
    let machine = Machine::new()?;
    let till = machine.open()?;
    roll_out(&till, &file(&gateway)).await?;
    let manager = sign_in(&till)?;
    let sale = sell(&till, PaymentState::Approved).await?;
    let mut again = file(&gateway);
    again["store"]["name"] = json!("Kedai Baru");
    again["terminal"] = json!("VT-0001");
    again["staff"] = json!([
        {"name": "Mei Ling", "role": "cashier", "pin": "0000"}, {"name": "Farid", "role": "manager", "pin": "2222"}
    ]);
    let done = roll_out(&till, &again).await?;
    assert_eq!((done.before, done.added), (true, vec!["Farid".to_owned()]));
    assert_eq!(till.store().store_settings()?.unwrap().name, "Kedai Baru");
    assert_eq!(till.store().chosen_terminal()?.as_deref(), Some("VT-0001"));
    // Whoever is there keeps role and PIN.
    assert_eq!(sign_in(&till)?, manager);
    assert_eq!(
        till.store().payment(&sale.reference)?.state,
        PaymentState::Approved
    );
    assert!(till.store().verify_journal()?.is_ok());
    Ok(())
}

#[tokio::test]
async fn another_account_from_a_file_waits_until_every_payment_is_settled() -> Outcome {
    let gateway = Gateway::start().await?;
    let till = Machine::new()?.open()?;
    let mut file = file(&gateway);
    file["terminal"] = json!("VT-0001");
    roll_out(&till, &file).await?;
    sign_in(&till)?;
    gateway.script("lost-after-charge")?;
    gateway.hush()?;
    let lost = sell(&till, PaymentState::Unknown).await?;
    let second = &gateway.simulator.config().accounts[1];
    let mut other = file.clone();
    (other["posId"], other["password"]) = (json!(second.pos_id), json!(second.password));
    let refused = roll_out(&till, &other).await;
    let Err(RollOutError::Till(TillError::AccountBusy(open))) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!(open[0].reference, lost.reference);
    // The store's name is no account.
    file["store"]["name"] = json!("Kedai Baru");
    roll_out(&till, &file).await?;
    let still = until(&till, &lost.reference, |_| true).await?;
    assert_eq!(still.state, PaymentState::Unknown);
    Ok(())
}

#[tokio::test]
async fn a_till_stays_with_the_currency_of_its_history() -> Outcome {
    let gateway = Gateway::start().await?;
    let till = Machine::new()?.open()?;
    roll_out(&till, &file(&gateway)).await?;
    let mut other = file(&gateway);
    other["store"]["currency"] = json!("SGD");
    let refused = roll_out(&till, &other).await;
    assert!(
        matches!(&refused, Err(RollOutError::Currency(currency)) if currency == "MYR"),
        "{refused:?}"
    );
    Ok(())
}
