//! Every row of the table of response codes, cards' and wallets', as the answer to a sale and to a void.

use crate::pos::Rig;
use cloudecr::codes::{self, ChannelKind, ResponseMoney};
use serde_json::{Value, json};

/// A sale by card or by wallet.
fn sale(rig: &Rig, kind: ChannelKind) -> Value {
    match kind {
        ChannelKind::Card => rig.sale("VT-0001"),
        ChannelKind::Wallet => rig.wallet_sale("VT-0001"),
    }
}

#[tokio::test]
async fn every_response_code_of_cards_and_wallets_comes_by_script_with_its_meaning() {
    let rig = Rig::new().await;
    let mut met = 0;
    for kind in [ChannelKind::Card, ChannelKind::Wallet] {
        for row in codes::responses(kind) {
            let (outcome, status) = match row.money {
                ResponseMoney::Approved => ("approve", "00"),
                ResponseMoney::Declined | ResponseMoney::Check => ("decline", "11"),
            };
            let step = json!({"outcome": outcome, "responseCode": row.code});
            assert_eq!(rig.script("VT-0001", step).await.0, 204);
            let (http, answer) = rig.transfer(&sale(&rig, kind)).await;
            assert_eq!(http, 200);
            assert_eq!(
                (
                    &answer["statusCode"],
                    &answer["responseCode"],
                    &answer["responseText"]
                ),
                (&json!(status), &json!(row.code), &json!(row.meaning)),
            );
            let booked = if outcome == "approve" {
                "charged"
            } else {
                "declined"
            };
            assert_eq!(rig.book().await.pop().unwrap().1, booked);
            met += 1;
        }
    }
    assert_eq!(
        met,
        codes::responses(ChannelKind::Card).len() + codes::responses(ChannelKind::Wallet).len()
    );
    assert!(met > 80, "the tables have {met} rows only");
}

#[tokio::test]
async fn a_void_is_refused_with_every_response_code_and_the_sale_stays_charged() {
    let rig = Rig::new().await;
    for kind in [ChannelKind::Card, ChannelKind::Wallet] {
        let (_, sold) = rig.transfer(&sale(&rig, kind)).await;
        let refusals = codes::responses(kind)
            .iter()
            .filter(|row| row.money != ResponseMoney::Approved);
        for row in refusals {
            rig.script("VT-0001", json!({"outcome": "decline", "responseCode": row.code}))
                .await;
            let void = rig.body(
                "void",
                "VT-0001",
                json!({"transId": sold["transData"]["transId"]}),
            );
            let (_, answer) = rig.transfer(&void).await;
            assert_eq!(
                (&answer["statusCode"], &answer["responseCode"]),
                (&json!("11"), &json!(row.code))
            );
        }
        assert_eq!(rig.book().await.pop().unwrap().1, "charged");
    }
}

#[tokio::test]
async fn status_code_alone_decides_success_and_any_response_code_can_stand_beside_it() {
    let rig = Rig::new().await;
    rig.script("VT-0001", json!({"outcome": "approve", "responseCode": "51"}))
        .await;
    let (_, answer) = rig.transfer(&rig.sale("VT-0001")).await;
    assert_eq!(
        (&answer["statusCode"], &answer["responseCode"]),
        (&json!("00"), &json!("51"))
    );
    assert_eq!(rig.book().await[0].1, "charged");
}
