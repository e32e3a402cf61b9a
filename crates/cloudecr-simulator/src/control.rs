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
    calls::Call,
    config::AccountStatus,
    named::named_scripts,
    script::{Script, ScriptError},
    simulator::Simulator,
    spelling::Spelling,
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
        .route("/simulator/terminals/{id}/attended", put(attend))
        .route("/simulator/terminals/{id}/screen", get(screen))
        .route("/simulator/terminals/{id}/decide", post(decide))
        .route("/simulator/terminals/{id}/plugged", put(plug))
        .route("/simulator/terminals/{id}/turn", post(turn_now))
        .route("/simulator/terminals/{id}/other-sales", post(take_other_sales))
        .route("/simulator/terminals/{id}/bind", post(bind))
        .route("/simulator/terminals/{id}/unbind", post(unbind))
        .route("/simulator/calls", get(calls))
        .route("/simulator/calls/{call}/script", put(set_call_script))
        .route("/simulator/accounts/{id}/status", put(set_account_status))
        .route("/simulator/spelling", put(set_spelling))
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

async fn attend(State(simulator): State<Simulator>, Path(id): Path<String>, body: Bytes) -> Response {
    done(read::<bool>(&body).and_then(|somebody| simulator.attend(&id, somebody)))
}

async fn screen(State(simulator): State<Simulator>, Path(id): Path<String>) -> Response {
    match simulator.screen(&id) {
        Ok(screen) => Json(screen.borrow().clone()).into_response(),
        Err(error) => refuse(&error),
    }
}

async fn decide(State(simulator): State<Simulator>, Path(id): Path<String>, body: Bytes) -> Response {
    let step = read_script(&body).and_then(|script| {
        let mut steps = script.steps();
        match (steps.next(), steps.next()) {
            (Some(step), None) => Ok(step.clone()),
            (_, _) => Err(ScriptError::Malformed("one step, no list".to_owned())),
        }
    });
    done(step.and_then(|step| simulator.decide(&id, step)))
}

async fn plug(State(simulator): State<Simulator>, Path(id): Path<String>, body: Bytes) -> Response {
    done(read::<bool>(&body).and_then(|connected| simulator.plug(&id, connected)))
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

async fn calls(State(simulator): State<Simulator>) -> Response {
    let row = |(name, call): &(&str, Call)| json!({"call": name, "queued": simulator.queued_calls(*call)});
    let list: Vec<Value> = Call::ALL.iter().map(row).collect();
    Json(list).into_response()
}

async fn set_call_script(
    State(simulator): State<Simulator>,
    Path(call): Path<String>,
    body: Bytes,
) -> Response {
    done(call.parse::<Call>().and_then(|call| {
        let script = read_script(&body)?;
        simulator.set_call_script(call, script)
    }))
}

async fn set_account_status(
    State(simulator): State<Simulator>,
    Path(id): Path<String>,
    body: Bytes,
) -> Response {
    match read::<AccountStatus>(&body) {
        Err(error) => refuse(&error),
        Ok(status) if simulator.set_account_status(&id, status) => done(Ok(())),
        Ok(_) => {
            let message = format!("there is no account \"{id}\"");
            (StatusCode::NOT_FOUND, Json(json!({"message": message}))).into_response()
        }
    }
}

async fn set_spelling(State(simulator): State<Simulator>, body: Bytes) -> Response {
    done(read::<Spelling>(&body).map(|spelling| simulator.set_spelling(spelling)))
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
        ScriptError::UnknownTerminal(_) | ScriptError::UnknownCall(_) => StatusCode::NOT_FOUND,
        ScriptError::NothingWaits => StatusCode::CONFLICT,
        ScriptError::UnknownName(_) | ScriptError::Malformed(_) => StatusCode::BAD_REQUEST,
    };
    (status, Json(json!({"message": error.to_string()}))).into_response()
}
