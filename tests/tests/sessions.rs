//! The till's own part in its session: it looks after it, signs off in the evening, and keeps it from other gateways.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

use cloudecr::{Client, Clock, Credentials, Gateway, SystemClock, TimeLimits};
use cloudecr_simulator::{Config, Simulator};
use jiff::{SignedDuration, Timestamp};
use kaunter_tests::{Failure, Outcome, open_till, provision_for};
use secrecy::ExposeSecret;
use tempfile::TempDir;
use till::{InquiryTimes, MemoryVault, SecretName, Till, TillError, Vault};
use tokio::net::TcpListener;

/// A morning at the gateway, whenever the test is run (its midnight ends every session), and minutes that a test adds.
struct Ahead(AtomicI64, Instant);

impl Default for Ahead {
    fn default() -> Self {
        Self(AtomicI64::default(), Instant::now())
    }
}

impl Clock for Ahead {
    fn now(&self) -> Timestamp {
        let morning: Timestamp = "2026-03-05T01:00:00Z".parse().unwrap_or(Timestamp::MAX);
        let ahead = SignedDuration::from_mins(self.0.load(Ordering::SeqCst));
        let passed = SignedDuration::try_from(self.1.elapsed()).unwrap_or(SignedDuration::MAX);
        morning
            .saturating_add(ahead.saturating_add(passed))
            .unwrap_or(Timestamp::MAX)
    }
}

async fn gateway(clock: Arc<dyn Clock>) -> Outcome<(Simulator, String)> {
    let config = Config {
        exclusive_sessions: true,
        ..Config::default()
    };
    let simulator = Simulator::new(config, clock);
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let address = format!("http://{}", listener.local_addr()?);
    tokio::spawn(cloudecr_simulator::serve(listener, simulator.clone()));
    Ok((simulator, address))
}

fn till(folder: &TempDir, vault: &Arc<MemoryVault>, clock: Arc<dyn Clock>) -> Outcome<Till> {
    let limits = TimeLimits {
        keep_alive: Duration::from_millis(10),
        ..TimeLimits::default()
    };
    open_till(folder.path(), vault, clock, InquiryTimes::default(), limits)
}

/// What the keyring holds as the access token.
fn token(vault: &MemoryVault) -> Outcome<Option<String>> {
    let kept = vault.get(SecretName::AccessToken)?;
    Ok(kept.map(|kept| kept.expose_secret().to_owned()))
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_till_renews_its_session_by_itself_before_it_ends() -> Outcome {
    let clock: Arc<Ahead> = Arc::default();
    let (simulator, address) = gateway(clock.clone()).await?;
    let (folder, vault) = (tempfile::tempdir()?, Arc::default());
    let till = till(&folder, &vault, clock.clone())?;
    till.provision(&provision_for(&simulator, &address)?)?;
    let checkout = till.checkout()?;
    checkout.recover().await?;
    checkout.client().ready().await?;
    assert_eq!(checkout.client().budget().used, 1, "the sign-in");
    let kept = token(&vault)?;
    clock.0.store(11, Ordering::SeqCst);
    let mut look = tokio::time::interval(Duration::from_millis(10));
    let renewed = async {
        while checkout.client().budget().used < 2 {
            look.tick().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), renewed)
        .await
        .map_err(|_| Failure::new("the session was never renewed"))?;
    // Waits for the renewal's end, and asks for nothing.
    checkout.client().ready().await?;
    assert_eq!(checkout.client().budget().used, 2);
    assert_ne!(token(&vault)?, kept, "the new one is kept");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_till_that_is_closed_in_order_leaves_the_account_to_another_and_one_that_is_killed_resumes()
-> Outcome {
    let (simulator, address) = gateway(Arc::new(SystemClock)).await?;
    let (folder, vault) = (tempfile::tempdir()?, Arc::default());
    let till = till(&folder, &vault, Arc::new(SystemClock))?;
    till.provision(&provision_for(&simulator, &address)?)?;
    till.checkout()?.client().ready().await?;

    let (elsewhere, other_vault) = (tempfile::tempdir()?, Arc::default());
    let other = self::till(&elsewhere, &other_vault, Arc::new(SystemClock))?;
    other.provision(&provision_for(&simulator, &address)?)?;
    let client = other.checkout()?.client().clone();
    let refused = client.ready().await.err().and_then(|error| error.code());
    assert_eq!(refused, Some(40314), "one session at a time");

    // Killed: nothing was said to the gateway, and the keyring still has the session.
    drop(till);
    let till = self::till(&folder, &vault, Arc::new(SystemClock))?;
    assert_eq!(
        till.refresh_terminals().await?.rows.len(),
        simulator.terminals().len()
    );

    till.sign_off().await?;
    assert!(vault.get(SecretName::AccessToken)?.is_none() && vault.get(SecretName::RefreshToken)?.is_none());
    client.ready().await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_till_that_moves_to_another_gateway_does_not_take_its_tokens_there() -> Outcome {
    let (simulator, address) = gateway(Arc::new(SystemClock)).await?;
    let (second, second_address) = gateway(Arc::new(SystemClock)).await?;
    let (folder, vault) = (tempfile::tempdir()?, Arc::default());
    let till = till(&folder, &vault, Arc::new(SystemClock))?;
    till.provision(&provision_for(&simulator, &address)?)?;
    till.checkout()?.client().ready().await?;
    till.provision(&provision_for(&simulator, &address)?)?;
    assert!(
        vault.get(SecretName::RefreshToken)?.is_some(),
        "the same account at the same place"
    );
    till.provision(&provision_for(&second, &second_address)?)?;
    assert!(vault.get(SecretName::AccessToken)?.is_none() && vault.get(SecretName::RefreshToken)?.is_none());
    till.checkout()?.client().ready().await?;
    Ok(())
}

/// Somebody tries passwords until the account is locked.
async fn lock_out(simulator: &Simulator, address: &str) -> Outcome {
    let wrong = Credentials {
        password: "not the password".to_owned().into(),
        ..simulator.credentials()
    };
    let stranger = Client::builder(Gateway::at(address)?, wrong).build()?;
    while code(stranger.sign_in().await.map_err(TillError::from)) != Some(42930) {}
    Ok(())
}

/// The gateway's code of a refusal.
fn code<T>(result: Result<T, TillError>) -> Option<u32> {
    match result {
        Err(TillError::Call(error)) => error.code(),
        Ok(_) | Err(_) => None,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_account_is_tried_again_when_a_manager_asks_for_it_and_not_before() -> Outcome {
    let clock: Arc<Ahead> = Arc::default();
    let (simulator, address) = gateway(clock.clone()).await?;
    let (folder, vault) = (tempfile::tempdir()?, Arc::default());
    let till = till(&folder, &vault, clock.clone())?;
    let provision = provision_for(&simulator, &address)?;
    till.provision(&provision)?;
    till.refresh_terminals().await?;
    lock_out(&simulator, &address).await?;
    simulator.end_sessions(None);
    assert_eq!(code(till.refresh_terminals().await), Some(42930));

    // It is open again by now, and nobody has said so.
    clock.0.store(16, Ordering::SeqCst);
    assert_eq!(code(till.refresh_terminals().await), Some(42930));
    let nobody = till.sign_in_again().await;
    assert!(matches!(nobody, Err(TillError::Staff(_))), "{nobody:?}");
    let manager = till.roster().everybody()?.remove(0);
    till.roster().unlock(manager.id, &provision.staff[0].pin)?;
    till.sign_in_again().await?;
    till.refresh_terminals().await?;
    Ok(())
}
