//! From a key to the picture: the digit that shows in the amount, and the Enter that puts a line on the ticket.

use kaunter_tests::{Desk, Keyring, Outcome, Window, steps};

use crate::program::Which;
use crate::start::number;

/// Notes for each Enter and each digit how long it took until its change was painted: the next frame after the change, and
/// the first task behind it.
const WATCH: &str = "
    const noted = (window.noted = { line: [], amount: [] });
    const painted = (since, list) => requestAnimationFrame(() => {
        const behind = new MessageChannel();
        behind.port1.onmessage = () => list.push(Math.round((performance.now() - since) * 1000));
        behind.port2.postMessage(null);
    });
    const since = { line: null, amount: null };
    addEventListener('keydown', (event) => { since[event.key === 'Enter' ? 'line' : 'amount'] = event.timeStamp; }, { capture: true });
    const watch = (kind, node, what) => node && new MutationObserver(() => {
        if (since[kind] === null) return;
        painted(since[kind], noted[kind]);
        since[kind] = null;
    }).observe(node, what);
    watch('line', document.querySelector('kaunter-sell .lines, body > ul'), { childList: true });
    watch('amount', document.querySelector('kaunter-sell .entry-shown'), { childList: true, characterData: true, subtree: true });";

/// How long the window takes from one frame to the next, sixty times.
const FRAMES: &str = "
    const done = arguments[arguments.length - 1];
    const all = [];
    let last = null;
    const next = (now) => {
        if (last !== null) all.push(Math.round((now - last) * 1000));
        last = now;
        if (all.length < 60) requestAnimationFrame(next); else done(all);
    };
    requestAnimationFrame(next);";

/// Microseconds, for each key.
pub(crate) struct Painted {
    /// From Enter to the line.
    pub(crate) painted: Vec<u64>,
    /// From a digit to the amount.
    pub(crate) echoed: Vec<u64>,
    /// From one frame to the next.
    pub(crate) frames: Vec<u64>,
}

pub(crate) async fn measure(which: Which, count: usize) -> Outcome<Painted> {
    let desk = Desk::new(Keyring::Unlocked)?;
    let timed = which.timed(&desk)?;
    let window = match which {
        Which::Kaunter => {
            let window = Window::open_program(&desk, &timed.program, &["--training"]).await?;
            steps::unlock(&window, steps::CASHIER).await?;
            window
        }
        Which::Blank => Window::open_program(&desk, &timed.program, &[]).await?,
    };
    window.ask(WATCH).await?;
    for round in 1..=count {
        if which == Which::Kaunter {
            window.type_keys("1").await?;
            window.ask_until("the amount", &noted("amount", round)).await?;
        }
        window.press("Enter").await?;
        window.ask_until("the line", &noted("line", round)).await?;
    }
    let list = async |script: &str, later: bool| -> Outcome<Vec<u64>> {
        let all = if later {
            window.ask_later(script).await?
        } else {
            window.ask(script).await?
        };
        all.as_array().into_iter().flatten().map(number).collect()
    };
    let painted = Painted {
        painted: list("return window.noted.line;", false).await?,
        echoed: list("return window.noted.amount;", false).await?,
        frames: list(FRAMES, true).await?,
    };
    window.close().await?;
    Ok(painted)
}

fn noted(kind: &str, count: usize) -> String {
    format!("return window.noted.{kind}.length >= {count} ? true : null;")
}
