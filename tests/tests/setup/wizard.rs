//! The steps of the set-up, and going on with one that was left.

use super::till_at::{Gateway, Machine, PIN, TERMINAL, pin, sell, set_up};
use kaunter_tests::{Outcome, secrets};
use secrecy::SecretString;
use till::{
    AccountForm, CheckFinding, CheckStep, Needed, PaymentState, Problem, SecretName, SetupStep, TillError,
};

#[tokio::test]
async fn a_set_up_that_is_left_in_the_middle_goes_on_and_its_secrets_are_in_the_keyring_alone() -> Outcome {
    let gateway = Gateway::start().await?;
    let machine = Machine::new()?;
    let till = machine.open()?;
    till.begin_setup()?;
    till.set_up_account(&gateway.account(), &|_, _| {}).await?;
    till.set_up_terminal(Some(TERMINAL), "Counter 1").await?;
    drop(till);

    let config = gateway.simulator.config().clone();
    for secret in [&config.accounts[0].password, &config.secret_key] {
        let found = secrets::holding(machine.folder.path(), secret)?;
        assert!(found.is_empty(), "a secret lies in {found:?}");
    }
    let till = machine.open()?;
    let draft = till.draft()?;
    assert_eq!(draft.step, Some(SetupStep::Store));
    assert_eq!(draft.terminal.as_deref(), Some(TERMINAL));
    let connection = draft.connection.unwrap();
    assert_eq!(connection.pos_id, config.accounts[0].pos_id);
    assert_eq!(connection.merchant_id, config.merchant_id);
    // With the kept session and the kept secrets: nothing is typed again, although the account has one session only.
    assert_eq!(till.set_up_terminals().await?.len(), 3);
    let kept = AccountForm {
        password: None,
        secret_key: None,
        ..gateway.account()
    };
    assert_eq!(
        till.set_up_account(&kept, &|_, _| {}).await?.first_problem(),
        None
    );
    till.set_up_terminal(Some(TERMINAL), "Counter 1").await?;
    till.set_up_store("Kedai Kopi", &["1 Jalan Tun Razak".to_owned()], "MYR")
        .await?;
    let manager = till.set_up_manager("Mei Ling", &pin()?).await?;
    assert_eq!(till.signed_in(), Some(manager));
    assert!(matches!(till.draft(), Err(TillError::SetUpAlready)));
    // The till goes on in the session that the check opened: nobody was signed out, nobody is in the way.
    sell(&till, PaymentState::Approved).await?;
    assert_eq!(gateway.charged(), 1);
    assert!(till.store().verify_journal()?.is_ok());
    let found = secrets::holding(machine.folder.path(), PIN)?;
    assert!(found.is_empty(), "the PIN lies in {found:?}");
    Ok(())
}

#[tokio::test]
async fn each_step_is_told_as_it_ends() -> Outcome {
    let gateway = Gateway::start().await?;
    let till = Machine::new()?.open()?;
    let heard = std::sync::Mutex::new(Vec::new());
    let heard = std::sync::Arc::new(heard);
    let hearing = std::sync::Arc::clone(&heard);
    let told = move |step, finding: &CheckFinding| {
        hearing.lock().unwrap().push((step, finding.clone()));
    };
    let report = till.set_up_account(&gateway.account(), &told).await?;
    assert_eq!(*heard.lock().unwrap(), report.steps);
    let counts: Vec<&CheckFinding> = report.steps.iter().map(|(_, finding)| finding).collect();
    let ok = |text: &str| CheckFinding::Ok(text.to_owned());
    assert_eq!(counts, [&ok(""), &ok("3"), &ok("8"), &ok("")]);
    assert_eq!(gateway.charged(), 0, "checking the key moved money");
    Ok(())
}

#[tokio::test]
async fn a_wrong_password_is_told_and_nothing_is_kept() -> Outcome {
    let gateway = Gateway::start().await?;
    let machine = Machine::new()?;
    let till = machine.open()?;
    let form = AccountForm {
        password: Some(SecretString::from("not the password")),
        ..gateway.account()
    };
    let report = till.set_up_account(&form, &|_, _| {}).await?;
    let Some(Problem::Call(error)) = report.first_problem() else {
        panic!("{report:?}");
    };
    assert_eq!(error.code(), Some(40125));
    for name in [SecretName::PosPassword, SecretName::SecretKey] {
        assert_eq!(machine.keyring.secret(name), None);
    }
    assert_eq!(till.draft()?.connection.unwrap().gateway, gateway.address + "/");
    Ok(())
}

#[tokio::test]
async fn a_wrong_key_and_a_wrong_merchant_are_told_apart_and_only_the_password_is_kept() -> Outcome {
    let gateway = Gateway::start().await?;
    let machine = Machine::new()?;
    let till = machine.open()?;
    let key = AccountForm {
        secret_key: Some(SecretString::from("not the key")),
        ..gateway.account()
    };
    let merchant = AccountForm {
        merchant_id: "SOMEBODY_ELSE".to_owned(),
        ..gateway.account()
    };
    for (form, problem) in [
        (key, Problem::WrongSecretKey),
        (merchant, Problem::WrongMerchantId),
    ] {
        let report = till.set_up_account(&form, &|_, _| {}).await?;
        assert_eq!(report.first_problem(), Some(&problem));
        assert!(machine.keyring.secret(SecretName::PosPassword).is_some());
        assert_eq!(machine.keyring.secret(SecretName::SecretKey), None);
    }
    assert_eq!(till.draft()?.step, None, "a failed check is no step forward");
    Ok(())
}

#[tokio::test]
async fn a_kept_password_is_never_sent_to_another_address_or_as_somebody_else() -> Outcome {
    let (gateway, other) = (Gateway::start().await?, Gateway::start().await?);
    let till = Machine::new()?.open()?;
    till.set_up_account(&gateway.account(), &|_, _| {}).await?;
    let elsewhere = AccountForm {
        password: None,
        gateway: other.address.clone(),
        ..gateway.account()
    };
    let somebody = AccountForm {
        password: None,
        pos_id: "simulatorPos2".to_owned(),
        ..gateway.account()
    };
    for form in [elsewhere, somebody] {
        let refused = till.set_up_account(&form, &|_, _| {}).await;
        assert!(matches!(refused, Err(TillError::Needed(Needed::Password))));
    }
    Ok(())
}

#[tokio::test]
async fn an_account_that_is_open_elsewhere_is_told_as_what_it_is_and_works_once_it_is_free() -> Outcome {
    let gateway = Gateway::start().await?;
    let till = Machine::new()?.open()?;
    let stranger = gateway.stranger()?;
    stranger.sign_in().await?;
    let report = till.set_up_account(&gateway.account(), &|_, _| {}).await?;
    let Some(Problem::Call(error)) = report.first_problem() else {
        panic!("{report:?}");
    };
    assert_eq!(error.code(), Some(40314));
    assert_eq!(report.finding(CheckStep::Signature), Some(&CheckFinding::Skipped));
    stranger.sign_out().await?;
    let report = till.set_up_account(&gateway.account(), &|_, _| {}).await?;
    assert_eq!(report.first_problem(), None);
    Ok(())
}

#[tokio::test]
async fn entering_another_account_ends_the_session_of_the_one_before() -> Outcome {
    let gateway = Gateway::start().await?;
    let till = Machine::new()?.open()?;
    till.set_up_account(&gateway.account(), &|_, _| {}).await?;
    till.set_up_account(&gateway.second_account(), &|_, _| {}).await?;
    gateway.stranger()?.sign_in().await?;
    Ok(())
}

#[tokio::test]
async fn an_only_terminal_is_chosen_by_itself() -> Outcome {
    let gateway = Gateway::with(|config| config.terminals.truncate(1)).await?;
    let till = Machine::new()?.open()?;
    till.set_up_account(&gateway.account(), &|_, _| {}).await?;
    assert_eq!(till.draft()?.terminal.as_deref(), Some(TERMINAL));
    Ok(())
}

#[tokio::test]
async fn a_till_without_a_terminal_can_be_opened_and_charges_nothing_until_one_is_chosen() -> Outcome {
    let gateway = Gateway::with(|config| config.terminals.clear()).await?;
    let till = Machine::new()?.open()?;
    let report = till.set_up_account(&gateway.account(), &|_, _| {}).await?;
    assert_eq!(report.first_problem(), None);
    assert_eq!(
        report.finding(CheckStep::Terminals),
        Some(&CheckFinding::Open(Problem::NoTerminals))
    );
    till.set_up_terminal(None, "").await?;
    till.set_up_store("Kedai Kopi", &[], "MYR").await?;
    till.set_up_manager("Mei Ling", &pin()?).await?;
    assert!(matches!(
        till.begin_test_sale("0.01").await,
        Err(TillError::NoTerminalChosen)
    ));
    Ok(())
}

#[tokio::test]
async fn a_terminal_that_was_off_is_asked_when_it_is_chosen() -> Outcome {
    let gateway = Gateway::start().await?;
    gateway.hush()?;
    let till = Machine::new()?.open()?;
    let report = till.set_up_account(&gateway.account(), &|_, _| {}).await?;
    assert!(matches!(
        report.finding(CheckStep::Signature),
        Some(CheckFinding::Unknown(_))
    ));
    assert!(!till.draft()?.key_proven);
    assert!(matches!(
        till.set_up_terminal(Some("VT-0002"), "").await?,
        CheckFinding::Ok(_)
    ));
    assert!(till.draft()?.key_proven);
    Ok(())
}

#[tokio::test]
async fn what_is_not_an_account_is_refused_before_anything_is_sent() -> Outcome {
    let gateway = Gateway::start().await?;
    let till = Machine::new()?.open()?;
    let refused = |change: fn(&mut AccountForm)| {
        let mut form = gateway.account();
        change(&mut form);
        let till = &till;
        async move { till.set_up_account(&form, &|_, _| {}).await.err() }
    };
    let plain = refused(|form| form.gateway = "http://10.0.0.1".to_owned()).await;
    assert!(matches!(plain, Some(TillError::GatewayAddress(_))), "{plain:?}");
    let nameless = refused(|form| form.pos_id = " ".to_owned()).await;
    assert!(matches!(nameless, Some(TillError::Needed(Needed::PosId))));
    let long = refused(|form| form.pos_id = "x".repeat(25)).await;
    assert!(matches!(long, Some(TillError::TextTooLong(24))));
    let keyless = refused(|form| form.secret_key = None).await;
    assert!(matches!(keyless, Some(TillError::Needed(Needed::SecretKey))));
    Ok(())
}

#[tokio::test]
async fn turning_to_training_keeps_the_answers_and_opens_elsewhere() -> Outcome {
    let gateway = Gateway::start().await?;
    let machine = Machine::new()?;
    let till = machine.open()?;
    till.set_up_account(&gateway.account(), &|_, _| {}).await?;
    till.pause_setup()?;
    let draft = till.draft()?;
    assert_eq!(draft.step, None);
    assert!(draft.connection.is_some());
    Ok(())
}

#[tokio::test]
async fn a_till_that_is_set_up_cannot_be_set_up_again_by_whoever_walks_past() -> Outcome {
    let gateway = Gateway::start().await?;
    let till = Machine::new()?.open()?;
    set_up(&till, &gateway).await?;
    let again = till.set_up_account(&gateway.second_account(), &|_, _| {}).await;
    assert!(matches!(again, Err(TillError::SetUpAlready)));
    let pin = till.set_up_manager("Somebody", &pin()?).await;
    assert!(matches!(pin, Err(TillError::SetUpAlready)));
    Ok(())
}
