//! The wallets' pictures. They are no part of the protocol, which only gives their addresses, so they need no token.

use axum::{
    Router,
    extract::{Path, State},
    http::{StatusCode, Uri, header},
    response::{Html, IntoResponse, Response},
    routing::get,
};

use crate::{
    config::{ChannelSetup, Logo},
    delivery::HUGE,
    failure::Failure,
    picture,
    simulator::Simulator,
};

/// Where the pictures are.
const FOLDER: &str = "/simulator/logos/";

/// Where they are served.
pub(crate) fn routes() -> Router<Simulator> {
    Router::new().route(&format!("{FOLDER}{{file}}"), get(logo))
}

/// `logoUrl3`: at the address by which the POS has reached the simulator.
pub(crate) fn address(host: Option<&str>, channel: &ChannelSetup) -> Option<String> {
    match &channel.logo {
        Logo::None => None,
        Logo::Elsewhere(address) => Some(address.clone()),
        Logo::Drawn
        | Logo::Missing
        | Logo::Huge
        | Logo::Bomb
        | Logo::Page
        | Logo::Mislabelled
        | Logo::Truncated
        | Logo::Svg
        | Logo::Redirect => {
            let file = path(&channel.name);
            Some(format!("http://{}{file}", host.unwrap_or("127.0.0.1")))
        }
    }
}

/// A wallet's own path. Its name may hold anything that is not a letter of a path, `alipay+` for one.
fn path(name: &str) -> String {
    let mut path = FOLDER.to_owned();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            path.push(char::from(byte));
        } else {
            path.push_str(&format!("%{byte:02X}"));
        }
    }
    path + ".png"
}

/// `GET /simulator/logos/{file}`: the picture of a wallet, or what its setup puts in the picture's place.
async fn logo(
    State(simulator): State<Simulator>,
    Path(file): Path<String>,
    address: Uri,
) -> Result<Response, Failure> {
    let name = file.strip_suffix(".png").unwrap_or(&file);
    let channels = &simulator.config().channels;
    let Some(channel) = channels.iter().find(|channel| channel.name == name) else {
        return Ok(StatusCode::NOT_FOUND.into_response());
    };
    let drawn = || picture::logo(&channel.name).map_err(|error| Failure::because(500, error));
    Ok(match &channel.logo {
        Logo::Drawn => png(drawn()?),
        Logo::None | Logo::Missing | Logo::Elsewhere(_) => StatusCode::NOT_FOUND.into_response(),
        Logo::Huge => png(vec![0; HUGE]),
        Logo::Bomb => png(picture::bomb().map_err(|error| Failure::because(500, error))?),
        Logo::Page => Html("<!doctype html><title>Wallet</title><p>Here was a picture.").into_response(),
        Logo::Mislabelled => png(b"This is no picture.".to_vec()),
        Logo::Truncated => {
            let mut picture = drawn()?;
            picture.truncate(picture.len() / 2);
            png(picture)
        }
        Logo::Svg => {
            let drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";
            ([(header::CONTENT_TYPE, "image/svg+xml")], drawing).into_response()
        }
        // The query tells the second call from the first.
        Logo::Redirect if address.query().is_none() => {
            let there = format!("{}?again", path(&channel.name));
            (StatusCode::FOUND, [(header::LOCATION, there)]).into_response()
        }
        Logo::Redirect => png(drawn()?),
    })
}

fn png(file: Vec<u8>) -> Response {
    ([(header::CONTENT_TYPE, "image/png")], file).into_response()
}
