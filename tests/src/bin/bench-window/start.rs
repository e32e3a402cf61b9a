//! From the start of the process to what a person can use, and the memory that it then takes.

use std::time::Duration;

use kaunter_tests::{Desk, Failure, Keyring, Outcome, Window, steps};
use serde_json::Value;

use crate::program::Which;

/// How often the memory is looked at until it stays.
const LOOK: Duration = Duration::from_millis(500);
/// How often at most.
const LOOKS: usize = 20;

/// Notes how long it took from the PIN's Enter until the first item can be touched.
const WATCH_UNLOCK: &str = "
    addEventListener('keydown', (event) => {
        if (event.key !== 'Enter' || window.unlocked !== undefined) return;
        window.unlocked = null;
        const look = () => {
            if (document.querySelector('kaunter-sell .items button')) requestAnimationFrame(() => { window.unlocked = Math.round((performance.now() - event.timeStamp) * 1000); });
            else requestAnimationFrame(look);
        };
        look();
    }, { capture: true });";

/// What several starts took: microseconds, and KiB.
#[derive(Default)]
pub(crate) struct Starts {
    /// From the process to the first painted screen.
    pub(crate) painted: Vec<u64>,
    /// From the PIN's last key to Sell with its items.
    pub(crate) unlocked: Vec<u64>,
    /// With everything open.
    pub(crate) memory: Vec<u64>,
}

impl Starts {
    pub(crate) fn add(&mut self, one: One) {
        self.painted.push(one.painted);
        self.unlocked.push(one.unlocked);
        self.memory.push(one.memory);
    }

    /// Both parts of each start together.
    pub(crate) fn ready(&self) -> Vec<u64> {
        self.painted
            .iter()
            .zip(&self.unlocked)
            .map(|(one, other)| one + other)
            .collect()
    }
}

/// One start.
pub(crate) struct One {
    painted: u64,
    unlocked: u64,
    memory: u64,
}

/// A desk on which the sample shop has been set up already, as on any day but the first.
pub(crate) struct Shop {
    desk: Desk,
}

impl Shop {
    pub(crate) async fn open() -> Outcome<Self> {
        let desk = Desk::new(Keyring::Unlocked)?;
        let timed = Which::Kaunter.timed(&desk)?;
        let window = Window::open_program(&desk, &timed.program, &["--training"]).await?;
        steps::unlock(&window, steps::CASHIER).await?;
        window.close().await?;
        Ok(Self { desk })
    }

    pub(crate) async fn start(&self, which: Which) -> Outcome<One> {
        let timed = which.timed(&self.desk)?;
        let (arguments, screen): (&[&str], _) = match which {
            Which::Kaunter => (&["--training"], "lock"),
            Which::Blank => (&[], "blank"),
        };
        let window = Window::open_program(&self.desk, &timed.program, arguments).await?;
        let script = format!(
            "const [mark] = performance.getEntriesByName('screen:{screen}');
             return mark ? Math.round((performance.timeOrigin + mark.startTime) * 1000) : null;"
        );
        let stood = number(&window.ask_until("the first screen", &script).await?)?;
        let painted = stood.saturating_sub(timed.began()?);
        let unlocked = match which {
            Which::Blank => 0,
            Which::Kaunter => {
                window.ask(WATCH_UNLOCK).await?;
                steps::unlock(&window, steps::CASHIER).await?;
                number(
                    &window
                        .ask_until("Sell", "return window.unlocked ?? null;")
                        .await?,
                )?
            }
        };
        let memory = settled(&window).await?;
        window.close().await?;
        Ok(One {
            painted,
            unlocked,
            memory,
        })
    }
}

/// The memory once it does not move by a hundredth any more.
async fn settled(window: &Window) -> Outcome<u64> {
    let mut turns = tokio::time::interval(LOOK);
    let mut last = 0;
    for _ in 0..LOOKS {
        turns.tick().await;
        let now = window.memory()?;
        if now.abs_diff(last) < now / 100 {
            return Ok(now);
        }
        last = now;
    }
    Err(Failure::new("the memory never came to rest"))
}

/// A whole number that the page said.
pub(crate) fn number(value: &Value) -> Outcome<u64> {
    value
        .as_u64()
        .ok_or_else(|| Failure::new(format!("the page said {value} where a number was asked for")))
}
