//! Another account, password or key for a till that is open.

use super::till_at::{Gateway, Machine, pin, sell, set_up, until};
use kaunter_tests::{Failure, Outcome};
use secrecy::SecretString;
use till::{
    AccountForm, CheckoutError, Needed, PaymentState, Problem, Role, SecretName, StaffError, TillError,
};

#[tokio::test]
async fn the_account_stays_while_a_payment_is_not_settled_and_the_refusal_says_which() -> Outcome {
    let gateway = Gateway::start().await?;
    let machine = Machine::new()?;
    let till = machine.open()?;
    set_up(&till, &gateway).await?;
    gateway.script("lost-after-charge")?;
    gateway.hush()?;
    let lost = sell(&till, PaymentState::Unknown).await?;
    let Err(refused) = till.change_account(&gateway.second_account(), &|_, _| {}).await else {
        panic!("the account was changed under a payment in doubt");
    };
    let words = refused.to_string();
    for part in [lost.reference.as_str(), "0.01", "VT-0001"] {
        assert!(words.contains(part), "{part} is not in {words:?}");
    }
    let TillError::AccountBusy(open) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!(open, till.account_blockers()?);
    let kept = till.store().connection_settings()?.unwrap();
    assert_eq!(kept.pos_id, gateway.account().pos_id);
    // The same account still finds out what became of it.
    gateway
        .simulator
        .set_inquiry_script("VT-0001", cloudecr_simulator::Script::named("approve")?)?;
    until(&till, &lost.reference, |payment| {
        payment.state == PaymentState::Approved
    })
    .await?;
    till.change_account(&gateway.second_account(), &|_, _| {}).await?;
    Ok(())
}

#[tokio::test]
async fn a_change_that_fails_its_check_leaves_the_old_account_working() -> Outcome {
    let gateway = Gateway::start().await?;
    let machine = Machine::new()?;
    let till = machine.open()?;
    set_up(&till, &gateway).await?;
    let before = (
        machine.keyring.secret(SecretName::PosPassword),
        machine.keyring.secret(SecretName::SecretKey),
    );
    let wrong_password = AccountForm {
        password: Some(SecretString::from("not the password")),
        ..gateway.account()
    };
    let wrong_key = AccountForm {
        secret_key: Some(SecretString::from("not the key")),
        ..gateway.second_account()
    };
    for form in [wrong_password, wrong_key] {
        let report = till.change_account(&form, &|_, _| {}).await?;
        assert!(report.first_problem().is_some(), "{report:?}");
        let after = (
            machine.keyring.secret(SecretName::PosPassword),
            machine.keyring.secret(SecretName::SecretKey),
        );
        assert_eq!(after, before);
    }
    sell(&till, PaymentState::Approved).await?;
    assert!(till.store().accounts()?.is_empty());
    Ok(())
}

#[tokio::test]
async fn another_pos_account_takes_over_and_the_old_ones_session_is_ended_and_forgotten() -> Outcome {
    let gateway = Gateway::start().await?;
    let machine = Machine::new()?;
    let till = machine.open()?;
    set_up(&till, &gateway).await?;
    let old = sell(&till, PaymentState::Approved).await?;
    let report = till.change_account(&gateway.second_account(), &|_, _| {}).await?;
    assert_eq!(report.first_problem(), None);
    // The old account's one session is free.
    gateway.stranger()?.sign_in().await?;
    // The new one's is this till's, also after a restart.
    till.void(&old.reference, till.signed_in().unwrap().id, &pin()?)
        .await?;
    until(&till, &old.reference, |payment| {
        payment.state == PaymentState::Voided
    })
    .await?;
    drop(till);
    let till = machine.open()?;
    let manager = till.roster().everybody()?.remove(0);
    till.roster().unlock(manager.id, &pin()?)?;
    sell(&till, PaymentState::Approved).await?;
    assert!(till.store().verify_journal()?.is_ok());
    Ok(())
}

#[tokio::test]
async fn only_the_password_or_only_the_key_can_be_entered_anew() -> Outcome {
    let gateway = Gateway::start().await?;
    let machine = Machine::new()?;
    let till = machine.open()?;
    set_up(&till, &gateway).await?;
    let password = AccountForm {
        secret_key: None,
        ..gateway.account()
    };
    let key = AccountForm {
        password: None,
        ..gateway.account()
    };
    for form in [password, key] {
        assert_eq!(
            till.change_account(&form, &|_, _| {}).await?.first_problem(),
            None
        );
        sell(&till, PaymentState::Approved).await?;
        void(&till).await?;
    }
    Ok(())
}

/// Voids the newest test sale.
async fn void(till: &till::Till) -> Outcome {
    let sale = till.test_sale().await?.sale;
    let sale = sale.ok_or_else(|| Failure::new("there was no test sale"))?;
    till.void(&sale.reference, till.require()?.id, &pin()?).await?;
    until(till, &sale.reference, |payment| {
        payment.state == PaymentState::Voided
    })
    .await?;
    Ok(())
}

#[tokio::test]
async fn another_gateway_needs_its_secrets_typed_and_old_payments_are_not_voided_through_it() -> Outcome {
    let (gateway, other) = (Gateway::start().await?, Gateway::start().await?);
    let till = Machine::new()?.open()?;
    set_up(&till, &gateway).await?;
    let old = sell(&till, PaymentState::Approved).await?;
    let moved = AccountForm {
        password: None,
        secret_key: None,
        ..other.account()
    };
    let refused = till.change_account(&moved, &|_, _| {}).await;
    assert!(matches!(refused, Err(TillError::Needed(Needed::Password))));
    till.change_account(&other.account(), &|_, _| {}).await?;
    let manager = till.signed_in().unwrap().id;
    let void = till.void(&old.reference, manager, &pin()?).await;
    assert!(matches!(void, Err(TillError::OtherAccount)), "{void:?}");
    // Back where it was taken, it can be.
    till.change_account(&gateway.account(), &|_, _| {}).await?;
    till.void(&old.reference, manager, &pin()?).await?;
    until(&till, &old.reference, |payment| {
        payment.state == PaymentState::Voided
    })
    .await?;
    Ok(())
}

#[tokio::test]
async fn no_payment_slips_in_while_the_account_is_being_changed() -> Outcome {
    let gateway = Gateway::with(|config| config.latency = std::time::Duration::from_millis(200)).await?;
    let till = Machine::new()?.open()?;
    set_up(&till, &gateway).await?;
    let second = gateway.second_account();
    let told = |_: till::CheckStep, _: &till::CheckFinding| {};
    let (changed, sale) = tokio::join!(till.change_account(&second, &told), till.begin_test_sale("0.01"));
    assert_eq!(changed?.first_problem(), None);
    assert!(
        matches!(sale, Err(TillError::Checkout(CheckoutError::AccountChanging))),
        "{sale:?}"
    );
    assert_eq!(gateway.charged(), 0);
    sell(&till, PaymentState::Approved).await?;
    Ok(())
}

#[tokio::test]
async fn a_cashier_cannot_change_the_account() -> Outcome {
    let gateway = Gateway::start().await?;
    let till = Machine::new()?.open()?;
    set_up(&till, &gateway).await?;
    let cashier = till.save_staff(None, "Aina", Role::Cashier, Some(pin()?))?;
    let aina = cashier.iter().find(|member| member.name == "Aina").unwrap();
    till.roster().unlock(aina.id, &pin()?)?;
    let refused = till.change_account(&gateway.second_account(), &|_, _| {}).await;
    assert!(matches!(refused, Err(TillError::Staff(StaffError::NotAllowed))));
    Ok(())
}

#[tokio::test]
async fn an_account_with_other_terminals_leaves_none_chosen_and_an_only_one_is() -> Outcome {
    let gateway = Gateway::start().await?;
    let rename = |config: &mut cloudecr_simulator::Config, count| {
        config.terminals.truncate(count);
        for terminal in &mut config.terminals {
            terminal.id = format!("NEW-{}", terminal.id);
        }
    };
    let several = Gateway::with(|config| rename(config, 2)).await?;
    let one = Gateway::with(|config| rename(config, 1)).await?;
    let till = Machine::new()?.open()?;
    set_up(&till, &gateway).await?;
    till.change_account(&several.account(), &|_, _| {}).await?;
    assert_eq!(till.store().chosen_terminal()?, None);
    till.change_account(&one.account(), &|_, _| {}).await?;
    assert_eq!(till.store().chosen_terminal()?.as_deref(), Some("NEW-VT-0001"));
    Ok(())
}

#[tokio::test]
async fn a_merchant_that_the_gateway_does_not_know_is_told_and_changes_nothing() -> Outcome {
    let gateway = Gateway::start().await?;
    let till = Machine::new()?.open()?;
    set_up(&till, &gateway).await?;
    let form = AccountForm {
        merchant_id: "SOMEBODY_ELSE".to_owned(),
        ..gateway.account()
    };
    let report = till.change_account(&form, &|_, _| {}).await?;
    assert_eq!(report.first_problem(), Some(&Problem::WrongMerchantId));
    assert_ne!(
        till.store().connection_settings()?.unwrap().merchant_id,
        "SOMEBODY_ELSE"
    );
    Ok(())
}
