//! Binding terminals, the wallets and a terminal's last transaction: the till and the simulator over real HTTP.

use cloudecr_simulator::{ChannelSetup, Config, KeyPicture, Logo, OtherSales};
use kaunter_tests::{Office, Outcome};
use till::{
    BindingCode, LastSeen, LastTransaction, NotOffered, PaymentState, StaffError, TillError, Wallet, Whose,
};

fn ids(ids: &[&str]) -> Vec<String> {
    ids.iter().map(|id| (*id).to_owned()).collect()
}

#[tokio::test]
async fn a_terminal_that_scans_the_key_is_on_the_list_of_terminals() -> Outcome {
    let office = Office::open(Config::default()).await?;
    office.manager()?;
    let binding = office.till.binding().await?;
    assert!(matches!(binding.code, BindingCode::Drawn(_)));
    assert!(!format!("{binding:?}").contains(&binding.key));
    let listed = |terminals: till::Terminals| terminals.rows.iter().any(|(row, _)| row.id == "VT-0004");
    assert!(!listed(office.till.refresh_terminals().await?));
    office.simulator.bind("VT-0004", Some(&binding.key))?;
    assert!(listed(office.till.refresh_terminals().await?));
    Ok(())
}

#[tokio::test]
async fn a_picture_of_another_key_is_shown_as_it_is_and_never_drawn_anew() -> Outcome {
    let office = Office::open(Config {
        keys_differ: true,
        ..Config::default()
    })
    .await?;
    office.manager()?;
    assert!(matches!(
        office.till.binding().await?.code,
        BindingCode::Another(_)
    ));
    Ok(())
}

#[tokio::test]
async fn a_picture_that_holds_the_key_in_a_link_is_drawn_with_the_link() -> Outcome {
    let office = Office::open(Config {
        key_picture: KeyPicture::Link,
        ..Config::default()
    })
    .await?;
    office.manager()?;
    assert!(matches!(office.till.binding().await?.code, BindingCode::Drawn(_)));
    Ok(())
}

#[tokio::test]
async fn keys_and_the_list_are_for_managers() -> Outcome {
    let office = Office::open(Config::default()).await?;
    office.cashier()?;
    let refused = |error| matches!(error, TillError::Staff(StaffError::NotAllowed));
    assert!(office.till.binding().await.is_err_and(refused));
    assert!(office.till.prebound().await.is_err_and(refused));
    assert!(office.till.check_prebound(&[]).is_err_and(refused));
    assert!(office.till.save_prebound(&[], &[]).await.is_err_and(refused));
    Ok(())
}

#[tokio::test]
async fn the_list_takes_ten_and_none_twice_and_what_is_refused_is_not_sent() -> Outcome {
    let office = Office::open(Config::default()).await?;
    office.manager()?;
    let before = office.till.save_prebound(&ids(&[" VT-0004 ", ""]), &[]).await?;
    assert_eq!(before, ids(&["VT-0004"]));
    let eleven: Vec<String> = (1..=11).map(|number| format!("TM-{number}")).collect();
    for bad in [
        &ids(&["VT-0004", "VT-0004"]),
        &ids(&["VT 0004"]),
        &eleven,
        &vec!["x".repeat(101)],
    ] {
        let refused = office.till.save_prebound(bad, &before).await;
        assert!(matches!(refused, Err(TillError::PrebindRefused)), "{bad:?}");
        assert_eq!(office.till.prebound().await?, before);
    }
    assert_eq!(
        office.till.save_prebound(&eleven[..10], &before).await?,
        eleven[..10]
    );
    Ok(())
}

#[tokio::test]
async fn a_list_that_somebody_else_changed_meanwhile_is_not_overwritten() -> Outcome {
    let office = Office::open(Config::default()).await?;
    office.manager()?;
    let seen = office.till.prebound().await?;
    let theirs = office.till.save_prebound(&ids(&["TM-0005"]), &seen).await?;
    let mine = office.till.save_prebound(&ids(&["VT-0004"]), &seen).await;
    assert!(matches!(mine, Err(TillError::PrebindChanged)));
    assert_eq!(office.till.prebound().await?, theirs);
    Ok(())
}

#[tokio::test]
async fn a_terminal_on_the_list_binds_itself() -> Outcome {
    let office = Office::open(Config::default()).await?;
    office.manager()?;
    assert!(office.simulator.bind("VT-0004", None).is_err());
    office.till.save_prebound(&ids(&["VT-0004"]), &[]).await?;
    office.simulator.bind("VT-0004", None)?;
    let terminals = office.till.refresh_terminals().await?;
    assert!(terminals.rows.iter().any(|(row, _)| row.id == "VT-0004"));
    Ok(())
}

fn named<'a>(wallets: &'a [Wallet], name: &str) -> Outcome<&'a Wallet> {
    let found = wallets.iter().find(|wallet| wallet.name == name);
    found.ok_or_else(|| kaunter_tests::Failure::new(format!("{name} is not listed")))
}

#[tokio::test]
async fn wallets_and_their_logos_are_known_after_a_restart_without_a_network() -> Outcome {
    let office = Office::open(Config::default()).await?;
    office.cashier()?;
    assert_eq!(office.till.wallets()?.listed_at, None);
    let listed = office.till.refresh_wallets().await?;
    assert!(listed.wallets.len() > 3);
    assert!(office.till.fetch_logos().await?);
    assert!(!office.till.fetch_logos().await?, "fetched once");
    let known = office.till.wallets()?;
    assert!(known.wallets.iter().all(|wallet| wallet.logo.is_some()));
    assert_eq!(
        named(&known.wallets, "weChatPay")?.not_offered,
        Some(NotOffered::SwitchedOff)
    );
    assert_eq!(named(&known.wallets, "tng")?.not_offered, None);

    let office = office.restarted_offline()?;
    office.cashier()?;
    assert_eq!(office.till.wallets()?, known);
    // Asked anew in vain, it still is what is known.
    assert_eq!(office.till.refresh_wallets().await?, known);
    Ok(())
}

#[tokio::test]
async fn a_hostile_logo_is_refused_and_the_wallets_stand_there_without_it() -> Outcome {
    let hostile = [
        Logo::Missing,
        Logo::Huge,
        Logo::Bomb,
        Logo::Page,
        Logo::Mislabelled,
        Logo::Truncated,
        Logo::Svg,
        Logo::Redirect,
        Logo::Elsewhere("https://logos.invalid/a.png".to_owned()),
        Logo::Elsewhere("file:///etc/passwd".to_owned()),
    ];
    let wallet = |name: String, logo| ChannelSetup {
        name,
        logo,
        ..ChannelSetup::default()
    };
    let bad = hostile.into_iter().zip(0..);
    let mut channels: Vec<ChannelSetup> = bad.map(|(logo, at)| wallet(format!("bad{at}"), logo)).collect();
    let number = channels.len();
    channels.push(wallet("good".to_owned(), Logo::Drawn));
    let office = Office::open(Config {
        channels,
        ..Config::default()
    })
    .await?;
    office.cashier()?;
    office.till.refresh_wallets().await?;
    assert!(office.till.fetch_logos().await?);
    let wallets = office.till.wallets()?.wallets;
    assert_eq!(wallets.len(), number + 1);
    for wallet in &wallets {
        assert_eq!(wallet.logo.is_some(), wallet.name == "good", "{}", wallet.name);
        assert_eq!(wallet.not_offered, None);
    }
    assert!(
        !office.till.fetch_logos().await?,
        "what was refused is left alone for a day"
    );
    Ok(())
}

async fn last(office: &Office, terminal: &str) -> Outcome<LastTransaction> {
    match office.till.last_transaction(terminal).await? {
        LastSeen::Transaction(last) => Ok(*last),
        other => Err(kaunter_tests::Failure::new(format!("{other:?}"))),
    }
}

#[tokio::test]
async fn a_terminals_last_transaction_is_told_with_whose_it_is() -> Outcome {
    let office = Office::open(Config::default()).await?;
    office.cashier()?;
    assert_eq!(office.till.last_transaction("VT-0001").await?, LastSeen::Nothing);
    let sale = office.pay("1250").await?;
    let sale = office.wait_for(&sale.reference, PaymentState::Approved).await?;
    let seen = last(&office, "VT-0001").await?;
    assert_eq!(seen.amount, Some(sale.amount));
    assert_eq!(seen.status, "00");
    assert!(
        matches!(&seen.whose, Whose::Ours(ours) if ours.reference == sale.reference),
        "{seen:?}"
    );

    let theirs = OtherSales {
        count: 1,
        amount: Some("9.90".to_owned()),
    };
    office.simulator.take_other_sales("VT-0001", &theirs)?;
    let seen = last(&office, "VT-0001").await?;
    assert_eq!(
        seen.amount.map(|amount| amount.to_string()).as_deref(),
        Some("9.90")
    );
    assert_eq!(seen.whose, Whose::Another);
    assert!(office.till.store().verify_journal()?.is_ok());
    Ok(())
}

#[tokio::test]
async fn a_terminal_that_works_on_a_payment_is_not_asked() -> Outcome {
    let office = Office::open(Config::default()).await?;
    office.cashier()?;
    office.script("stall-after-charge")?;
    let sale = office.pay("1250").await?;
    office.wait_for(&sale.reference, PaymentState::Sent).await?;
    let refused = office.till.last_transaction("VT-0001").await;
    assert!(
        matches!(&refused, Err(TillError::TerminalWorking(reference)) if *reference == sale.reference),
        "{refused:?}"
    );
    // The others go on.
    assert_eq!(office.till.last_transaction("VT-0002").await?, LastSeen::Nothing);
    Ok(())
}

#[tokio::test]
async fn looking_at_a_terminal_settles_the_payment_that_is_in_question_on_it() -> Outcome {
    let office = Office::open(Config::default()).await?;
    office.cashier()?;
    office.script("lost-after-charge")?;
    let sale = office.pay("700").await?;
    office.wait_for(&sale.reference, PaymentState::Unknown).await?;
    let seen = last(&office, "VT-0001").await?;
    assert!(
        matches!(&seen.whose, Whose::Ours(ours) if ours.reference == sale.reference && ours.state == PaymentState::Approved),
        "{seen:?}"
    );
    assert_eq!(office.simulator.book().len(), 1);
    assert!(office.till.store().verify_journal()?.is_ok());
    Ok(())
}

#[tokio::test]
async fn a_terminal_that_is_off_says_so_and_settles_nothing() -> Outcome {
    let office = Office::open(Config::default()).await?;
    office.cashier()?;
    office.script("offline")?;
    let seen = office.till.last_transaction("VT-0001").await?;
    assert!(
        matches!(&seen, LastSeen::NotTold(why) if why.code == "50310"),
        "{seen:?}"
    );
    Ok(())
}
