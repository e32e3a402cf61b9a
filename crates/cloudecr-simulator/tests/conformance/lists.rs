//! The two lists.

use crate::pos::Rig;
use cloudecr_simulator::Logo;
use serde_json::json;

#[tokio::test]
async fn the_terminal_list_has_terminal_id_connected_as_a_boolean_and_is_vt_as_0_or_1() {
    let rig = Rig::new().await;
    let (status, list) = rig.get("/api/terminals").await;
    assert_eq!(status, 200);
    let expected = json!({"data": [
        {"terminalId": "VT-0001", "connected": true, "isVT": 1},
        {"terminalId": "VT-0002", "connected": true, "isVT": 1},
        {"terminalId": "TM-0003", "connected": true, "isVT": 0},
    ]});
    assert_eq!(list, expected);
    rig.script("VT-0002", json!("offline")).await;
    assert_eq!(rig.get("/api/terminals").await.1["data"][1]["connected"], false);
}

#[tokio::test]
async fn the_currency_is_mandatory_for_the_channel_list_40028() {
    let rig = Rig::new().await;
    for path in ["/api/ewallet-channels", "/api/ewallet-channels?currency="] {
        let (status, answer) = rig.get(path).await;
        assert_eq!((status.as_u16(), &answer["code"]), (400, &json!(40028)), "{path}");
    }
    assert_eq!(
        rig.get("/api/ewallet-channels?currency=XXX").await.1,
        json!({"data": []})
    );
}

#[tokio::test]
async fn a_channel_has_name_status_currency_and_logo_url_3_and_status_is_1_active_or_0_inactive() {
    let rig = Rig::with(|config| config.channels[1].logo = Logo::None).await;
    let (_, list) = rig.get("/api/ewallet-channels?currency=MYR").await;
    let row = |name: &str| {
        let rows = list["data"].as_array().unwrap();
        rows.iter().find(|row| row["name"] == name).unwrap().clone()
    };
    let logo = |name: &str| format!("{}/simulator/logos/{name}.png", rig.base);
    let expected =
        json!({"name": "grabPay", "status": 1, "currency": ["MYR", "SGD"], "logoUrl3": logo("grabPay")});
    assert_eq!(row("grabPay"), expected);
    assert_eq!(row("weChatPay")["status"], 0);
    assert_eq!(
        row("tng"),
        json!({"name": "tng", "status": 1, "currency": ["MYR"]})
    );
    let names = |list: serde_json::Value| list["data"].as_array().unwrap().len();
    assert_eq!(names(rig.get("/api/ewallet-channels?currency=SGD").await.1), 1);
}

#[tokio::test]
async fn a_channel_is_named_as_listed_and_one_that_is_inactive_or_not_listed_takes_no_sale() {
    let rig = Rig::new().await;
    for (name, code) in [("weChatPay", 50321), ("TNG", 40031), ("paypal", 40031)] {
        let mut body = rig.wallet_sale("VT-0001");
        body["transData"]["paymentChannel"] = json!(name);
        rig.refused(&body, code).await;
    }
    let mut body = rig.wallet_sale("VT-0001");
    body["transData"]["paymentChannel"] = json!("alipay+");
    let (_, answer) = rig.transfer(&body).await;
    assert_eq!(answer["transData"]["paymentChannel"], "alipay+");
}
