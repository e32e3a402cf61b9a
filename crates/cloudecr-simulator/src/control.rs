//! What a gateway does not have: the book, the terminals' insides, and the scripts. No sign-in, no limits.

use axum::{
    Json, Router,
    body::Bytes,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, put},
};
use serde_json::{Value, json};

use crate::{
    named::named_scripts,
    script::{Script, ScriptError},
    simulator::Simulator,
};

/// The routes under `/simulator`.
pub(crate) fn routes() -> Router<Simulator> {
    Router::new()
        .route("/simulator/book", get(book))
        .route("/simulator/terminals", get(terminals))
        .route("/simulator/terminals/{id}/script", put(set_script))
        .route("/simulator/scripts", get(scripts))
}

async fn book(State(simulator): State<Simulator>) -> Response {
    Json(simulator.book()).into_response()
}

async fn terminals(State(simulator): State<Simulator>) -> Response {
    Json(simulator.terminals()).into_response()
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

/// Read by hand rather than by an extractor, so that a mistake is answered in words about scripts.
async fn set_script(State(simulator): State<Simulator>, Path(id): Path<String>, body: Bytes) -> Response {
    let script = serde_json::from_slice::<Value>(&body)
        .map_err(|error| ScriptError::Malformed(error.to_string()))
        .and_then(|json| Script::from_json(&json));
    match script.and_then(|script| simulator.set_script(&id, script)) {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => {
            let status = match error {
                ScriptError::UnknownTerminal(_) => StatusCode::NOT_FOUND,
                ScriptError::UnknownName(_) | ScriptError::Malformed(_) => StatusCode::BAD_REQUEST,
            };
            (status, Json(json!({"message": error.to_string()}))).into_response()
        }
    }
}
