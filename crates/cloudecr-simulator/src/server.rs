//! The two halves put together, and what every answer has: the simulator's time, and its latency.

use std::io;

use axum::{
    Router,
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, HeaderValue, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
};
use tokio::net::TcpListener;

use crate::{
    control,
    failure::Failure,
    gateway, interception,
    line::{Lines, Scissors},
    local_time, logos,
    rate::RatePer,
    simulator::Simulator,
    spelling::{Spelling, Written},
    word::PlainWord,
};

/// The simulator as an axum router. Served by anything but [`serve`], whatever would cut a connection (a script's
/// `reset`, a restart) lets it wait for ever: only [`serve`] can cut one.
pub fn router(simulator: Simulator) -> Router {
    let scripted = || middleware::from_fn_with_state(simulator.clone(), interception::meet);
    let gateway = gateway::routes()
        .layer(scripted())
        .layer(middleware::from_fn_with_state(simulator.clone(), as_from_afar));
    let logos = logos::routes().layer(scripted());
    gateway
        .merge(logos)
        .merge(control::routes())
        .with_state(simulator)
}

/// Serves the simulator on a listener, until the returned future is dropped. Connections that are open then end
/// with the runtime.
///
/// # Errors
/// If the listener fails for good.
pub async fn serve(listener: TcpListener, simulator: Simulator) -> io::Result<()> {
    let service = router(simulator).into_make_service_with_connect_info::<Scissors>();
    axum::serve(Lines(listener), service).await
}

/// The header with which one request asks for another spelling of its answer, in the JSON form of [`Spelling`].
const SPELLING: &str = "x-simulator-spelling";

/// Holds an answer back for the configured latency, counts requests by their address, sees to the spelling, and dates
/// the answer by the simulator's clock rather than the machine's, since a POS takes its offset from there.
async fn as_from_afar(State(simulator): State<Simulator>, mut request: Request, next: Next) -> Response {
    let latency = simulator.config().latency;
    if !latency.is_zero() {
        tokio::time::sleep(latency).await;
    }
    let address = request
        .extensions()
        .get::<ConnectInfo<Scissors>>()
        .and_then(|line| line.0.peer())
        .map_or_else(String::new, |address| address.to_string());
    let spelling = asked_spelling(request.headers()).unwrap_or_else(|| Ok(simulator.spelling()));
    let mut response = match (simulator.count(RatePer::Ip, &address), spelling) {
        (Err(failure), _) | (Ok(()), Err(failure)) => failure.into_response(),
        (Ok(()), Ok(spelling)) => {
            request.extensions_mut().insert(spelling);
            let response = next.run(request).await;
            match response.extensions().get::<Failure>().cloned() {
                Some(failure) if spelling.codes == Written::Text => failure.respell(response),
                _ => response,
            }
        }
    };
    if let Ok(date) = HeaderValue::from_str(&local_time::http_date(simulator.now())) {
        response.headers_mut().insert(header::DATE, date);
    }
    response
}

/// The spelling that a request asks for, if it does.
fn asked_spelling(headers: &HeaderMap) -> Option<Result<Spelling, Failure>> {
    let asked = headers.get(SPELLING)?;
    Some(serde_json::from_slice(asked.as_bytes()).map_err(|error| {
        Failure::word(
            PlainWord::InvalidRequest,
            format!("{SPELLING} is no spelling: {error}"),
        )
    }))
}
