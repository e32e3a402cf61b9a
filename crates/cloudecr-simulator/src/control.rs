//! What a gateway does not have: the book, the terminals' insides, and the scripts. No sign-in, no limits.

use axum::{
    Json, Router,
    body::Bytes,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post, put},
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};

use crate::{
    binding::BindError,
    logos,
    named::named_scripts,
    script::{Script, ScriptError},
    simulator::Simulator,
    step::OtherSales,
};

/// The routes under `/simulator`.
pub(crate) fn routes() -> Router<Simulator> {
    Router::new()
        .route("/simulator/book", get(book))
        .route("/simulator/terminals", get(terminals))
        .route("/simulator/terminals/{id}/script", put(set_script))
        .route(
            "/simulator/terminals/{id}/inquiry-script",
            put(set_inquiry_script),
        )
        .route("/simulator/terminals/{id}/turn", post(turn_now))
        .route("/simulator/terminals/{id}/other-sales", post(take_other_sales))
        .route("/simulator/terminals/{id}/bind", post(bind))
        .route("/simulator/terminals/{id}/unbind", post(unbind))
        .route("/simulator/logos/{file}", get(logos::logo))
        .route("/simulator/sessions/end", post(end_sessions))
        .route("/simulator/restart", post(restart))
        .route("/simulator/clock", put(set_clock))
        .route("/simulator/scripts", get(scripts))
}

async fn book(State(simulator): State<Simulator>) -> Response {
    Json(simulator.book()).into_response()
}

async fn terminals(State(simulator): State<Simulator>) -> Response {
    let mut all = simulator.terminals();
    all.extend(simulator.unbound_terminals());
    Json(all).into_response()
}

async fn scripts() -> Response {
    let list: Vec<Value> = named_scripts()
        .iter()
        .map(|named| {
            json!({"name": named.name, "label": named.label, "description": named.description,
                "step": named.step()})
        })
        .collect();
    Json(list).into_response()
}

async fn set_script(State(simulator): State<Simulator>, Path(id): Path<String>, body: Bytes) -> Response {
    done(read_script(&body).and_then(|script| simulator.set_script(&id, script)))
}

async fn set_inquiry_script(
    State(simulator): State<Simulator>,
    Path(id): Path<String>,
    body: Bytes,
) -> Response {
    done(read_script(&body).and_then(|script| simulator.set_inquiry_script(&id, script)))
}

async fn turn_now(State(simulator): State<Simulator>, Path(id): Path<String>) -> Response {
    match simulator.turn_now(&id) {
        Ok(turned) => Json(json!({"turned": turned})).into_response(),
        Err(error) => refuse(&error),
    }
}

async fn take_other_sales(
    State(simulator): State<Simulator>,
    Path(id): Path<String>,
    body: Bytes,
) -> Response {
    done(read::<OtherSales>(&body).and_then(|sales| simulator.take_other_sales(&id, &sales)))
}

/// What is typed or scanned at a terminal.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct TypedKey {
    key: Option<String>,
}

/// Without a body or a key, by the account's prebind list.
async fn bind(State(simulator): State<Simulator>, Path(id): Path<String>, body: Bytes) -> Response {
    let typed = if body.is_empty() {
        Ok(TypedKey::default())
    } else {
        read::<TypedKey>(&body)
    };
    let typed = match typed {
        Ok(typed) => typed,
        Err(error) => return refuse(&error),
    };
    match simulator.bind(&id, typed.key.as_deref()) {
        Ok(account) => Json(json!({"terminalId": id, "boundTo": account})).into_response(),
        Err(error) => refuse_binding(&error),
    }
}

async fn unbind(State(simulator): State<Simulator>, Path(id): Path<String>) -> Response {
    match simulator.unbind(&id) {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => refuse_binding(&error),
    }
}

fn refuse_binding(error: &BindError) -> Response {
    let status = match error {
        BindError::UnknownTerminal(_) => StatusCode::NOT_FOUND,
        BindError::UnknownKey | BindError::ExpiredKey | BindError::NotPrebound => StatusCode::FORBIDDEN,
        BindError::BoundElsewhere(_) | BindError::NotBound | BindError::Working => StatusCode::CONFLICT,
    };
    (status, Json(json!({"message": error.to_string()}))).into_response()
}

/// Whose sessions end.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Whose {
    pos_id: Option<String>,
}

/// Without a body, everybody's.
async fn end_sessions(State(simulator): State<Simulator>, body: Bytes) -> Response {
    let whose = if body.is_empty() {
        Ok(Whose::default())
    } else {
        read::<Whose>(&body)
    };
    done(whose.map(|whose| simulator.end_sessions(whose.pos_id.as_deref())))
}

async fn restart(State(simulator): State<Simulator>) -> Response {
    simulator.restart();
    done(Ok(()))
}

/// How the gateway's clock goes.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ClockSkew {
    offset_seconds: i64,
}

async fn set_clock(State(simulator): State<Simulator>, body: Bytes) -> Response {
    done(read::<ClockSkew>(&body).map(|skew| simulator.set_clock_offset(skew.offset_seconds)))
}

/// Read by hand rather than by an extractor, so that a mistake is answered in words about scripts.
fn read<T: DeserializeOwned>(body: &Bytes) -> Result<T, ScriptError> {
    serde_json::from_slice(body).map_err(|error| ScriptError::Malformed(error.to_string()))
}

fn read_script(body: &Bytes) -> Result<Script, ScriptError> {
    read::<Value>(body).and_then(|json| Script::from_json(&json))
}

fn done(outcome: Result<(), ScriptError>) -> Response {
    match outcome {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => refuse(&error),
    }
}

fn refuse(error: &ScriptError) -> Response {
    let status = match error {
        ScriptError::UnknownTerminal(_) => StatusCode::NOT_FOUND,
        ScriptError::UnknownName(_) | ScriptError::Malformed(_) => StatusCode::BAD_REQUEST,
    };
    (status, Json(json!({"message": error.to_string()}))).into_response()
}
