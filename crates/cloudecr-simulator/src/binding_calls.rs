//! The gateway's calls by which an account asks for terminals: a key to type or to scan, and the prebind list.

use axum::{
    Extension, Json,
    body::Bytes,
    extract::{Query, State},
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    config::KeyPicture,
    failure::Failure,
    gateway::bearer,
    local_time,
    payload::{Payload, must_be_json},
    picture,
    simulator::Simulator,
    spelling::Spelling,
};

/// The longest ID of a terminal, in UTF-16 units: it is the `deviceId` of a transfer.
const LONGEST_ID: usize = 100;

#[derive(Deserialize)]
pub(crate) struct KeyQuery {
    #[serde(default)]
    option: String,
}

/// `GET /api/bind-terminal-key`: the key as JSON, or as a picture of a QR code.
pub(crate) async fn key(
    State(simulator): State<Simulator>,
    Query(query): Query<KeyQuery>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let account = simulator.authorize(bearer(&headers))?;
    let config = simulator.config();
    let as_picture = match query.option.as_str() {
        "" => false,
        "image" => true,
        _ => return Err(Failure::because(40031, "option is image, or is left out")),
    };
    let now = simulator.now();
    let (key, end) = simulator.with(|state| state.bindings.key(&account, config.keys_differ, now))?;
    if !as_picture {
        return Ok(Json(json!({"key": key, "expiresAt": local_time::iso(end)})).into_response());
    }
    let says = match config.key_picture {
        KeyPicture::Key => key,
        KeyPicture::Link => format!("https://simulator.invalid/bind?key={key}"),
    };
    let picture = picture::qr(&says).map_err(|error| Failure::because(500, error))?;
    Ok(([(header::CONTENT_TYPE, "image/png")], picture).into_response())
}

/// `POST /api/prebind-terminals`: replaces the account's list.
pub(crate) async fn prebind(
    State(simulator): State<Simulator>,
    Extension(spelling): Extension<Spelling>,
    headers: HeaderMap,
    Payload(body): Payload,
) -> Result<Response, Failure> {
    let account = simulator.authorize(bearer(&headers))?;
    must_be_json(&headers)?;
    let ids = read_ids(&body).map_err(|problem| Failure::because(40031, problem))?;
    simulator.with(|state| state.bindings.prebind(&account, ids));
    let done = json!({"code": spelling.codes.write(20000), "message": "The list is replaced."});
    Ok(Json(done).into_response())
}

/// Each ID is checked, those past the tenth too: they are ignored, not unread.
fn read_ids(body: &Bytes) -> Result<Vec<String>, String> {
    let body: Value = serde_json::from_slice(body).map_err(|error| format!("not JSON: {error}"))?;
    let Some(Value::Array(ids)) = body.get("uniqueIds") else {
        return Err("uniqueIds is no array".to_owned());
    };
    ids.iter()
        .map(|id| match id.as_str() {
            None | Some("") => Err("uniqueIds holds something that is no text, or an empty one".to_owned()),
            Some(id) if id.encode_utf16().count() > LONGEST_ID => Err(format!(
                "uniqueIds holds one that is longer than {LONGEST_ID} characters"
            )),
            Some(id) => Ok(id.to_owned()),
        })
        .collect()
}

/// `GET /api/prebind-terminals`: the account's list.
pub(crate) async fn prebound(
    State(simulator): State<Simulator>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let account = simulator.authorize(bearer(&headers))?;
    let data = simulator.with(|state| state.bindings.prebound(&account).to_vec());
    Ok(Json(json!({"data": data})).into_response())
}
