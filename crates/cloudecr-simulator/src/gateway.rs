//! The gateway's endpoints: HTTP in, HTTP out, and nothing decided here.

use axum::{
    Extension, Json, Router,
    body::Bytes,
    extract::{ConnectInfo, DefaultBodyLimit, FromRequest, Query, Request, State},
    http::{HeaderMap, StatusCode, header},
    response::{Html, IntoResponse, Response},
    routing::{MethodRouter, get, post},
};
use cloudecr::{Channel, Listing, LoginRequest, Terminal, TokenPairWire, TokenWire};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    binding_calls,
    delivery::{cut, deliver},
    failure::Failure,
    line::Scissors,
    local_time, logos,
    payload::{self, Payload},
    rate::RatePer,
    sessions::Pair,
    simulator::Simulator,
    spelling::Spelling,
    terminal::VirtualTerminal,
};

/// The protocol's routes.
pub(crate) fn routes() -> Router<Simulator> {
    Router::new()
        .route("/auth/login", post(login))
        .route("/auth/refresh", post(refresh))
        .route("/auth/logout", post(logout))
        .route("/api/terminals", get(terminals))
        .route("/api/ewallet-channels", get(channels))
        .route("/api/bind-terminal-key", get(binding_calls::key))
        .route("/api/prebind-terminals", prebinding())
        // One page of the documentation writes it so.
        .route("/api/prebind-terminal", prebinding())
        .route("/api/transfer", post(transfer))
        .fallback(not_found)
        .layer(DefaultBodyLimit::max(payload::LARGEST_BODY))
}

fn prebinding() -> MethodRouter<Simulator> {
    post(binding_calls::prebind).get(binding_calls::prebound)
}

async fn not_found() -> Response {
    (
        StatusCode::NOT_FOUND,
        Html("<!doctype html><title>Not found</title><p>Not found"),
    )
        .into_response()
}

/// The token of a `Bearer` header; anything else is no token.
pub(crate) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

async fn login(
    State(simulator): State<Simulator>,
    headers: HeaderMap,
    Payload(body): Payload,
) -> Result<Response, Failure> {
    let request = read_login(&headers, &body)?;
    let now = simulator.now();
    let config = simulator.config();
    let mut accounts = config.accounts.iter();
    if accounts.any(|account| account.pos_id == request.pos_id) {
        simulator.count(RatePer::Account, &request.pos_id)?;
    }
    let pair = simulator.with(|state| {
        let status = state.standing(&request.pos_id);
        state
            .sessions
            .login(config, status, &request.pos_id, &request.password, now)
    })?;
    Ok(tokens(pair))
}

/// As JSON or as a form: the documentation and the published request collection differ.
fn read_login(headers: &HeaderMap, body: &Bytes) -> Result<LoginRequest, Failure> {
    let request = if payload::is_form(headers) {
        read_form(body)
    } else {
        payload::must_be_json(headers)?;
        serde_json::from_slice(body).ok()
    };
    request.ok_or_else(|| Failure::because(40031, "posId and password are needed"))
}

fn read_form(body: &Bytes) -> Option<LoginRequest> {
    let text = std::str::from_utf8(body).ok()?;
    // `Query` decodes the same encoding as a form and can be used on a text.
    let uri = format!("/?{text}").parse().ok()?;
    Query::try_from_uri(&uri).ok().map(|Query(request)| request)
}

async fn refresh(State(simulator): State<Simulator>, headers: HeaderMap) -> Result<Response, Failure> {
    let now = simulator.now();
    let token = bearer(&headers);
    if let Some(account) = simulator.with(|state| state.sessions.whose(token)) {
        simulator.count(RatePer::Account, &account)?;
        simulator.with(|state| state.standing(&account).must_be_active())?;
    }
    let pair = simulator.with(|state| state.sessions.refresh(simulator.config(), token, now))?;
    Ok(tokens(pair))
}

async fn logout(
    State(simulator): State<Simulator>,
    Extension(spelling): Extension<Spelling>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let now = simulator.now();
    simulator.authorize(bearer(&headers))?;
    simulator.with(|state| state.sessions.logout(bearer(&headers), now))?;
    let done = json!({"code": spelling.codes.write(20000), "message": "Signed out."});
    Ok(Json(done).into_response())
}

fn tokens(pair: Pair) -> Response {
    let wire = |(token, end): (String, jiff::Timestamp)| TokenWire {
        token,
        expires_at: local_time::iso(end),
    };
    Json(TokenPairWire {
        access: wire(pair.access),
        refresh: wire(pair.refresh),
    })
    .into_response()
}

async fn terminals(
    State(simulator): State<Simulator>,
    Extension(spelling): Extension<Spelling>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let account = simulator.authorize(bearer(&headers))?;
    let data: Vec<Value> = simulator.with(|state| {
        let mine = |terminal: &&VirtualTerminal| terminal.is_bound_to(&account);
        let row = |terminal: &VirtualTerminal| {
            let now = terminal.state();
            spelling.terminal(&Terminal {
                terminal_id: now.terminal_id,
                connected: now.connected,
                is_vt: now.is_vt,
            })
        };
        state.terminals.iter().filter(mine).map(row).collect()
    });
    Ok(Json(Listing { data }).into_response())
}

#[derive(Deserialize)]
struct ChannelQuery {
    #[serde(default)]
    currency: String,
}

async fn channels(
    State(simulator): State<Simulator>,
    Extension(spelling): Extension<Spelling>,
    Query(query): Query<ChannelQuery>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    simulator.authorize(bearer(&headers))?;
    if query.currency.is_empty() {
        return Err(Failure::of(40028));
    }
    let takes_it = |currencies: &[String]| {
        currencies
            .iter()
            .any(|one| one.eq_ignore_ascii_case(&query.currency))
    };
    let data = simulator
        .config()
        .channels
        .iter()
        .filter(|channel| takes_it(&channel.currencies));
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let data = data.map(|channel| {
        spelling.channel(&Channel {
            name: channel.name.clone(),
            active: channel.active,
            currencies: channel.currencies.clone(),
            logo_url: logos::address(host, channel),
        })
    });
    let data: Vec<Value> = data.collect();
    Ok(Json(Listing { data }).into_response())
}

/// Takes the request apart by hand, since a script may have the connection break before the body is read.
async fn transfer(State(simulator): State<Simulator>, request: Request) -> Response {
    let line = request
        .extensions()
        .get::<ConnectInfo<Scissors>>()
        .map(|line| line.0.clone());
    // Listening from here on: a restart at any later moment concerns this request.
    let restarted = simulator.restarted();
    if simulator.with(|state| state.refuse_to_read()) {
        return cut(line).await;
    }
    let headers = request.headers().clone();
    let spelling = request.extensions().get().copied().unwrap_or_default();
    let exchange = async {
        let Payload(body) = match Payload::from_request(request, &()).await {
            Ok(body) => body,
            Err(failure) => return failure.into_response(),
        };
        if let Err(failure) = payload::must_be_json(&headers) {
            return failure.into_response();
        }
        let fate = simulator.transfer(bearer(&headers), &body, spelling).await;
        deliver(fate, line.clone()).await
    };
    tokio::select! {
        biased;
        answer = exchange => answer,
        () = restarted => cut(line.clone()).await,
    }
}
