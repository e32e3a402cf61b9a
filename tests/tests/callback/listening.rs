//! The listener itself: off unless a manager switched it on, on the address that was set, and no harm where it cannot be.

use crate::shop::{Shop, TERMINAL, free_address, furnish, on, till};
use kaunter_tests::Outcome;
use serde_json::json;
use till::{CallbackProblem, CallbackState, PaymentState, TillError};
use tokio::net::TcpListener;

#[tokio::test]
async fn a_port_in_use_and_an_address_of_another_machine_are_said_and_stop_nothing() -> Outcome {
    let shop = Shop::open().await?;
    let taken = TcpListener::bind(("127.0.0.1", 0)).await?;
    let report = shop
        .till
        .save_callback(on(&taken.local_addr()?.to_string()))
        .await?;
    assert!(
        matches!(
            report.state,
            CallbackState::Failed {
                problem: CallbackProblem::PortInUse,
                ..
            }
        ),
        "{report:?}"
    );
    // The first address is free again.
    assert!(shop.post(&json!({})).await.is_err());
    // TEST-NET-1 is nobody's.
    let report = shop.till.save_callback(on("192.0.2.1:8480")).await?;
    assert!(
        matches!(
            report.state,
            CallbackState::Failed {
                problem: CallbackProblem::NotOurAddress,
                ..
            }
        ),
        "{report:?}"
    );
    let payment = shop.charge("7.00").await?;
    shop.until(&payment.reference, |now| now.state == PaymentState::Approved)
        .await?;
    let address = free_address().await?;
    let report = shop.till.save_callback(on(&address)).await?;
    assert_eq!(report.state, CallbackState::Listening(address.parse()?));
    let mut off = on(&address);
    off.on = false;
    assert_eq!(shop.till.save_callback(off).await?.state, CallbackState::Off);
    // Nobody listens any more.
    TcpListener::bind(&address).await?;
    Ok(())
}

#[tokio::test]
async fn it_is_off_unless_a_manager_switched_it_on_and_goes_on_after_a_restart() -> Outcome {
    let simulator = cloudecr_simulator::Simulator::new(
        cloudecr_simulator::Config::default(),
        std::sync::Arc::new(cloudecr::SystemClock),
    );
    let folder = tempfile::tempdir()?;
    let address = free_address().await?;
    let vault = std::sync::Arc::default();
    let first = till(folder.path(), &vault, false)?;
    furnish(&first, &simulator, "http://127.0.0.1:1".to_owned())?;
    first.start_callback().await?;
    assert_eq!(first.callback()?.state, CallbackState::Off);
    for bad in ["nowhere", "127.0.0.1:0", "till.example:8480"] {
        let refused = first.save_callback(on(bad)).await;
        assert!(matches!(refused, Err(TillError::CallbackAddress)), "{bad}");
    }
    first.save_callback(on(&address)).await?;
    first.roster().lock();
    assert!(first.callback().is_err());
    assert!(first.save_callback(on(&address)).await.is_err());
    drop(first);
    // What the first one was doing ends a moment later, and with it its hold on the folder.
    let mut again = tokio::time::interval(std::time::Duration::from_millis(10));
    let second = loop {
        again.tick().await;
        match till(folder.path(), &vault, false) {
            Err(error) if error.to_string().contains("another Kaunter") => {}
            opened => break opened?,
        }
    };
    second.start_callback().await?;
    TcpListener::bind(&address).await.expect_err("the port is taken");
    Ok(())
}

#[tokio::test]
async fn training_listens_to_nothing_outside_this_machine() -> Outcome {
    let simulator = cloudecr_simulator::Simulator::new(
        cloudecr_simulator::Config::default(),
        std::sync::Arc::new(cloudecr::SystemClock),
    );
    let folder = tempfile::tempdir()?;
    let till = till(folder.path(), &std::sync::Arc::default(), true)?;
    furnish(&till, &simulator, "http://127.0.0.1:1".to_owned())?;
    assert_eq!(till.store().chosen_terminal()?.as_deref(), Some(TERMINAL));
    let refused = till.save_callback(on("0.0.0.0:8480")).await;
    assert!(matches!(refused, Err(TillError::CallbackInTraining)));
    // Nor where it was written into training's database by something else.
    till.store().save_callback_settings(&on("0.0.0.0:8480"))?;
    assert!(matches!(
        till.start_callback().await,
        Err(TillError::CallbackInTraining)
    ));
    Ok(())
}
