//! The two halves put together, and what every answer has: the simulator's time, and its latency.

use std::io;

use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderValue, header},
    middleware::{self, Next},
    response::Response,
};
use tokio::net::TcpListener;

use crate::{
    control, gateway,
    line::{Lines, Scissors},
    local_time,
    simulator::Simulator,
};

/// The simulator as an axum router. Served by anything but [`serve`], whatever would cut a connection (a script's
/// `reset`, a restart) lets it wait for ever: only [`serve`] can cut one.
pub fn router(simulator: Simulator) -> Router {
    let gateway = gateway::routes().layer(middleware::from_fn_with_state(simulator.clone(), as_from_afar));
    gateway.merge(control::routes()).with_state(simulator)
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

/// Holds an answer back for the configured latency, and dates it by the simulator's clock rather than the
/// machine's, since a POS takes its offset from there.
async fn as_from_afar(State(simulator): State<Simulator>, request: Request, next: Next) -> Response {
    let latency = simulator.config().latency;
    if !latency.is_zero() {
        tokio::time::sleep(latency).await;
    }
    let mut response = next.run(request).await;
    if let Ok(date) = HeaderValue::from_str(&local_time::http_date(simulator.now())) {
        response.headers_mut().insert(header::DATE, date);
    }
    response
}
