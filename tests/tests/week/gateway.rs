//! The simulator with its strict rules on, and everything that reaches it noted: the test does not take the client's word
//! for how much it asks.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use cloudecr::Clock;
use cloudecr_simulator::{Config, Simulator, TerminalSetup};
use jiff::{SignedDuration, Timestamp};
use kaunter_tests::Outcome;
use tokio::net::TcpListener;

pub(crate) const TERMINALS: [&str; 4] = ["VT-0001", "VT-0002", "VT-0003", "VT-0004"];

/// The one clock of the shop and its gateway, which runs as fast as the test can.
pub(crate) struct Fast(AtomicI64);

impl Fast {
    pub(crate) fn at(moment: Timestamp) -> Arc<Self> {
        Arc::new(Self(AtomicI64::new(moment.as_millisecond())))
    }

    /// Goes on to this moment; never back.
    pub(crate) fn go_to(&self, moment: Timestamp) {
        self.0.fetch_max(moment.as_millisecond(), Ordering::SeqCst);
    }

    pub(crate) fn pass(&self, time: Duration) {
        let milliseconds = i64::try_from(time.as_millis()).unwrap_or(0);
        self.0.fetch_add(milliseconds, Ordering::SeqCst);
    }
}

impl Clock for Fast {
    fn now(&self) -> Timestamp {
        Timestamp::from_millisecond(self.0.load(Ordering::SeqCst)).unwrap_or(Timestamp::MIN)
    }
}

/// A request that reached the gateway, and the status it got.
struct Seen {
    at: Timestamp,
    path: String,
    status: u16,
}

pub(crate) struct Noted {
    clock: Arc<Fast>,
    seen: Mutex<Vec<Seen>>,
}

impl Noted {
    /// How many of these calls got this status, or any.
    pub(crate) fn count(&self, path: &str, status: Option<u16>) -> usize {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.iter()
            .filter(|seen| {
                (path.is_empty() || seen.path == path) && status.is_none_or(|status| seen.status == status)
            })
            .count()
    }

    /// How many of each call there were.
    pub(crate) fn by_path(&self) -> BTreeMap<String, usize> {
        let mut calls = BTreeMap::new();
        for seen in self.seen.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            *calls.entry(seen.path.clone()).or_default() += 1;
        }
        calls
    }

    /// The most requests within any quarter of an hour, and when it ended.
    pub(crate) fn most_in_a_quarter_of_an_hour(&self) -> (usize, Timestamp) {
        let mut seen: Vec<Timestamp> = {
            let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
            seen.iter().map(|seen| seen.at).collect()
        };
        seen.sort_unstable();
        let mut first = 0;
        let mut most = (0, Timestamp::MIN);
        for (place, end) in seen.iter().enumerate() {
            while end.duration_since(seen[first]) >= SignedDuration::from_mins(15) {
                first += 1;
            }
            most = most.max((place + 1 - first, *end));
        }
        most
    }
}

/// Serves a simulator that allows one session of the account and so many requests.
pub(crate) async fn serve(clock: &Arc<Fast>) -> Outcome<(Simulator, String, Arc<Noted>)> {
    let terminal = |id: &str| TerminalSetup {
        id: id.to_owned(),
        is_vt: true,
        printer: false,
        bound_to: None,
    };
    let config = Config {
        terminals: TERMINALS.map(terminal).to_vec(),
        exclusive_sessions: true,
        rate_limit: true,
        customer_delay: Duration::ZERO,
        ..Config::default()
    };
    let simulator = Simulator::new(config, clock.clone());
    let noted = Arc::new(Noted {
        clock: Arc::clone(clock),
        seen: Mutex::default(),
    });
    let app =
        cloudecr_simulator::router(simulator.clone()).layer(from_fn_with_state(Arc::clone(&noted), note));
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let address = format!("http://{}", listener.local_addr()?);
    tokio::spawn(async move { axum::serve(listener, app).await });
    Ok((simulator, address, noted))
}

async fn note(State(noted): State<Arc<Noted>>, request: Request, next: Next) -> Response {
    let (at, path) = (noted.clock.now(), request.uri().path().to_owned());
    let response = next.run(request).await;
    let status = response.status().as_u16();
    let mut seen = noted.seen.lock().unwrap_or_else(PoisonError::into_inner);
    seen.push(Seen { at, path, status });
    response
}
