//! Using the window by the keys of its words, whatever language it speaks.

use kaunter_tests::{Desk, Failure, Name, Outcome, Window, steps};
use serde_json::{Value, json};

use crate::album::Album;

/// The window with its words.
pub(crate) struct Walk {
    pub(crate) window: Window,
}

impl Walk {
    /// Opens Kaunter in the album's language; the first screen has the switch.
    pub(crate) async fn open(desk: &Desk, arguments: &[&str], album: &Album) -> Outcome<Self> {
        let window = Window::open(desk, arguments).await?;
        window.resize(1366, 768).await?;
        window.click("radio", album.language().name()).await?;
        let spoken = format!(
            "return document.documentElement.lang.startsWith('{}') ? true : null;",
            album.language().tag()
        );
        window.ask_until("the language", &spoken).await?;
        Ok(Self { window })
    }

    /// Opens training and signs somebody in.
    pub(crate) async fn training(desk: &Desk, album: &Album, who: steps::Staff) -> Outcome<Self> {
        let walk = Self::open(desk, &["--training"], album).await?;
        walk.unlock(who).await?;
        Ok(walk)
    }

    /// The words of a key, with their gaps filled.
    pub(crate) async fn words(&self, key: &str, gaps: Value) -> Outcome<String> {
        let script = format!(
            "const done = arguments[arguments.length - 1];
             import('/lib/text.js').then((text) => done(text.t({}, {})), (error) => done({{ error: String(error) }}));",
            json!(key),
            gaps
        );
        let said = self.window.ask_later(&script).await?;
        said.as_str()
            .map(|words| words.replace('\u{a0}', " "))
            .ok_or_else(|| Failure::new(format!("no words for {key}: {said}")))
    }

    pub(crate) async fn say(&self, key: &str) -> Outcome<String> {
        self.words(key, json!({})).await
    }

    pub(crate) async fn click(&self, role: &str, key: &str) -> Outcome {
        self.window.click(role, &self.say(key).await?).await
    }

    /// Clicks what has these words somewhere in its name.
    pub(crate) async fn click_on(&self, role: &str, key: &str) -> Outcome {
        let words = self.say(key).await?;
        self.window.click(role, Name::Holds(&words)).await
    }

    pub(crate) async fn wait_for(&self, role: &str, key: &str) -> Outcome {
        self.window.wait_for(role, &self.say(key).await?).await?;
        Ok(())
    }

    pub(crate) async fn see(&self, key: &str) -> Outcome {
        self.window.see(&self.say(key).await?).await
    }

    pub(crate) async fn fill(&self, key: &str, text: &str) -> Outcome {
        self.window.fill(&self.say(key).await?, text).await
    }

    /// Goes to a screen by its link.
    pub(crate) async fn go_to(&self, screen: &str) -> Outcome {
        let key = format!("screen.{screen}");
        self.click("link", &key).await?;
        self.wait_for("heading", &key).await
    }

    pub(crate) async fn unlock(&self, who: steps::Staff) -> Outcome {
        self.window.click("button", who.name).await?;
        self.wait_for("textbox", "pin").await?;
        self.window.type_keys(who.pin).await?;
        self.window.press("Enter").await?;
        self.wait_for("button", "pay.card").await
    }

    /// What the customer of the first terminal does next.
    pub(crate) async fn customer_will(&self, does: &str) -> Outcome {
        self.go_to("terminals").await?;
        self.window
            .choose(&self.say("terminals.script").await?, does)
            .await?;
        self.go_to("sell").await
    }

    /// The next customer, from a verdict.
    pub(crate) async fn next_sale(&self) -> Outcome {
        self.window.press("Enter").await?;
        self.wait_for("button", "pay.card").await
    }

    pub(crate) async fn keys(&self, text: &str) -> Outcome {
        self.window.type_keys(text).await
    }

    pub(crate) async fn press(&self, key: &str) -> Outcome {
        self.window.press(key).await
    }
}
