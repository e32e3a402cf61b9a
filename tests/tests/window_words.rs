//! Languages in the real window: switched at once, nothing in progress lost, and every screen has room for the words.

use kaunter_tests::{Desk, Failure, Keyring, Outcome, Window, holding, steps};
use std::cell::RefCell;
use steps::{CASHIER, MANAGER};

/// What a test needs to say of a language to find its way.
struct Tongue {
    /// Its own name, on the switch.
    name: &'static str,
    /// For the pictures.
    short: &'static str,
    train: &'static str,
    customer_will: &'static str,
    history: &'static str,
    unresolved: &'static str,
    terminals: &'static str,
    settings: &'static str,
    sell: &'static str,
    lock: &'static str,
    approved: &'static str,
    declined: &'static str,
    new_sale: &'static str,
    hold_goods: &'static str,
    set_aside: &'static str,
    pay_by_card: &'static str,
    why_51: &'static str,
    not_charged: &'static str,
    todo_51: &'static str,
}

const MALAY: Tongue = Tongue {
    name: "Bahasa Malaysia",
    short: "ms",
    train: "Mula latihan",
    customer_will: "Apa yang pelanggan buat seterusnya",
    history: "Sejarah",
    unresolved: "Belum selesai",
    terminals: "Terminal",
    settings: "Tetapan",
    sell: "Jual",
    lock: ", kunci kaunter ini",
    approved: "Diluluskan",
    declined: "Ditolak",
    new_sale: "Jualan baharu",
    hold_goods: "Jangan serahkan barang dahulu",
    set_aside: "Layan pelanggan seterusnya",
    pay_by_card: "Bayar dengan kad",
    why_51: "Wang dalam kad tidak mencukupi.",
    not_charged: "Pelanggan tidak dicaj.",
    todo_51: "Minta kad lain.",
};

const CHINESE: Tongue = Tongue {
    name: "简体中文",
    short: "zh",
    train: "开始培训",
    customer_will: "顾客接下来做什么",
    history: "历史",
    unresolved: "待处理",
    terminals: "终端机",
    settings: "设置",
    sell: "销售",
    lock: "，锁定收银台",
    approved: "已批准",
    declined: "被拒绝",
    new_sale: "新的一笔",
    hold_goods: "先不要交付商品",
    set_aside: "先服务下一位顾客",
    pay_by_card: "刷卡收款",
    why_51: "卡里的余额不足。",
    not_charged: "没有向顾客收款。",
    todo_51: "请顾客换一张卡。",
};

#[tokio::test]
async fn a_language_is_switched_in_mid_ticket_and_a_decline_is_explained_in_it() -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &["--training"]).await?;
    steps::unlock(&window, MANAGER).await?;
    steps::customer_will(&window, "Decline: insufficient funds").await?;
    window.type_keys("1250").await?;
    window.press("Enter").await?;
    window.wait_for("button", "Remove Open amount").await?;
    window.type_keys("99").await?;

    steps::go_to(&window, "Settings").await?;
    window.fill("Store name", "Kedai yang belum disimpan").await?;
    window.click("radio", MALAY.name).await?;
    window.wait_for("heading", MALAY.settings).await?;
    let typed = window.wait_for("textbox", "Nama kedai").await?.value().await?;
    assert_eq!(typed, "Kedai yang belum disimpan", "what was typed is lost");

    window.click("link", MALAY.sell).await?;
    window.see("RM 13.49").await?;
    window.see("+ RM 0.99 ditaip").await?;
    window.press("F9").await?;
    window.see(MALAY.declined).await?;
    for words in [MALAY.why_51, MALAY.not_charged, MALAY.todo_51, "Kod 51"] {
        window.see(words).await?;
    }

    window.click("link", MALAY.settings).await?;
    window.click("radio", CHINESE.name).await?;
    window.wait_for("heading", CHINESE.settings).await?;
    // The payment still stands on the stage, and the same code says the same in the other language.
    window.click("link", CHINESE.sell).await?;
    window.see(CHINESE.declined).await?;
    for words in [CHINESE.why_51, CHINESE.not_charged, CHINESE.todo_51, "代码 51"] {
        window.see(words).await?;
    }
    window.click("link", CHINESE.history).await?;
    window.click("link", holding("RM 13.49")).await?;
    window.see(CHINESE.why_51).await?;
    window.close().await
}

#[tokio::test]
async fn a_language_chosen_before_anybody_signed_in_goes_on_in_the_till_and_after_a_restart() -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &[]).await?;
    window.click("button", "Set up for real payments").await?;
    window.fill("POS ID", "pos-7").await?;
    window.click("radio", MALAY.name).await?;
    let typed = window.wait_for("textbox", "ID POS").await?.value().await?;
    assert_eq!(typed, "pos-7", "what was typed is lost");
    window.click("button", "Kembali").await?;
    window.click("button", "Mula latihan").await?;
    window.wait_for("button", CASHIER.name).await?;
    window.see("Siapa di kaunter?").await?;

    // The lock screen's own switch keeps who was chosen and what of the PIN was typed.
    window.click("button", CASHIER.name).await?;
    window.see("Hai, Aina").await?;
    window.type_keys("11").await?;
    window.click("radio", CHINESE.name).await?;
    window.see("您好，Aina").await?;
    window.wait_for("textbox", "PIN 码").await?;
    window.type_keys("11").await?;
    window.press("Enter").await?;
    window.wait_for("button", CHINESE.pay_by_card).await?;
    window.close().await?;

    let again = Window::open(&desk, &[]).await?;
    again.wait_for("button", CASHIER.name).await?;
    again.see("现在是谁在收银？").await?;
    again.close().await
}

#[tokio::test]
async fn every_screen_has_room_for_malay() -> Outcome {
    screens(&MALAY).await
}

#[tokio::test]
async fn every_screen_has_room_for_chinese() -> Outcome {
    screens(&CHINESE).await
}

async fn screens(tongue: &Tongue) -> Outcome {
    let desk = Desk::new(Keyring::Unlocked)?;
    let window = Window::open(&desk, &[]).await?;
    window.click("radio", tongue.name).await?;
    // Everything that sticks out is told at once: a translator changes a language, not a screen.
    let found = RefCell::new(Vec::new());
    let look = async |screen: &str| {
        if let Err(failure) = window.fits(screen, tongue.short).await {
            found.borrow_mut().push(failure.to_string());
        }
    };
    // The switch of languages is there before set-up is.
    window.wait_for("button", tongue.train).await?;
    look("set-up").await;
    window.click("button", tongue.train).await?;
    window.click("button", MANAGER.name).await?;
    look("lock").await;
    window.type_keys(MANAGER.pin).await?;
    window.press("Enter").await?;
    window.wait_for("button", tongue.pay_by_card).await?;
    look("sell").await;
    window.type_keys("1250").await?;
    window.press("F9").await?;
    window.see(tongue.approved).await?;
    window.press("Shift").await?;
    look("pay-approved").await;
    window.click("button", tongue.new_sale).await?;

    for (script, seen, name) in [
        ("Decline: insufficient funds", tongue.declined, "pay-declined"),
        ("Answer lost, not charged", tongue.hold_goods, "pay-unknown"),
    ] {
        window.click("link", tongue.terminals).await?;
        window.wait_for("heading", tongue.terminals).await?;
        window.choose(tongue.customer_will, script).await?;
        look("terminals").await;
        window.click("link", tongue.sell).await?;
        window.wait_for("button", tongue.pay_by_card).await?;
        window.type_keys("100").await?;
        // By a wallet, because a card that was not charged is proven so after a while.
        window
            .press(if name == "pay-unknown" { "F11" } else { "F9" })
            .await?;
        window.see(seen).await?;
        look(name).await;
        let next = if name == "pay-unknown" {
            tongue.set_aside
        } else {
            tongue.new_sale
        };
        window.click("button", next).await?;
        window.wait_for("button", tongue.pay_by_card).await?;
    }
    for (screen, name) in [
        (tongue.unresolved, "unresolved"),
        (tongue.settings, "settings"),
        (tongue.history, "history"),
    ] {
        window.click("link", screen).await?;
        window.wait_for("heading", screen).await?;
        look(name).await;
    }
    window.click("link", holding("RM 12.50")).await?;
    window.wait_for("heading", "RM 12.50").await?;
    look("payment").await;
    window.click("button", holding(tongue.lock)).await?;
    window.wait_for("button", MANAGER.name).await?;
    window.close().await?;
    let found = found.into_inner();
    if found.is_empty() {
        Ok(())
    } else {
        Err(Failure::new(found.join("\n")))
    }
}
