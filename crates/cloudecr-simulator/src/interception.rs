//! Where a call that is no transfer meets its script: before the gateway hears of it, or on the way back.

use std::time::Duration;

use axum::{
    body::to_bytes,
    extract::{ConnectInfo, Request, State},
    http::header,
    middleware::Next,
    response::{IntoResponse, Response},
};
use serde_json::Value;

use crate::{
    calls::Call,
    delivery::{self, HUGE, cut},
    failure::Failure,
    gateway::bearer,
    leg::{Leg, Loss},
    line::Scissors,
    manner::Manner,
    simulator::Simulator,
    spoil,
};

/// Plays the next step of the call's script, if it has one.
pub(crate) async fn meet(State(simulator): State<Simulator>, request: Request, next: Next) -> Response {
    let call = Call::of(request.method(), request.uri().path());
    let step = call.and_then(|call| simulator.with(|state| state.next_call(call)));
    let Some(step) = step else {
        return next.run(request).await;
    };
    let line = request
        .extensions()
        .get::<ConnectInfo<Scissors>>()
        .map(|line| line.0.clone());
    // Listening from here on: a restart at any later moment concerns this request.
    let restarted = simulator.restarted();
    let exchange = async {
        let delay = step.delay(Duration::ZERO);
        if !delay.is_zero() {
            tokio::time::sleep(delay).await;
        }
        if let Some(code) = step.error_code {
            return Failure::of(code).into_response();
        }
        let Some(Loss { at, how }) = step.lose else {
            return next.run(request).await;
        };
        let token = bearer(request.headers()).map(str::to_owned);
        let path = request.uri().to_string();
        let answer = match at {
            Leg::GatewayToPos => Some(next.run(request).await),
            _ => None,
        };
        match &how {
            Manner::Restart => simulator.restart(),
            Manner::SessionEnded => simulator.with(|state| {
                let account = state.sessions.whose(token.as_deref());
                if let Some(account) = account {
                    state.sessions.end(Some(&account));
                }
            }),
            _ => {}
        }
        match answer {
            None => delivery::without_answer(how, line.clone(), &path).await,
            Some(answer) => spoilt(how, answer, line.clone(), &path).await,
        }
    };
    tokio::select! {
        biased;
        answer = exchange => answer,
        () = restarted => cut(line.clone()).await,
    }
}

/// An answer on its way back, in this manner. One that has no need of the answer leaves it out.
async fn spoilt(how: Manner, answer: Response, line: Option<Scissors>, path: &str) -> Response {
    if let Manner::Late { delay_ms } = how {
        tokio::time::sleep(Duration::from_millis(delay_ms)).await;
        return answer;
    }
    let needs_answer = matches!(
        how,
        Manner::ResetAfterHeaders | Manner::ResetMidBody | Manner::Truncated | Manner::Change(_)
    );
    if !needs_answer {
        return delivery::without_answer(how, line, path).await;
    }
    let (mut parts, body) = answer.into_parts();
    let Ok(body) = to_bytes(body, HUGE).await else {
        return Failure::because(500, "the answer is too long to be spoilt").into_response();
    };
    if matches!(how, Manner::Truncated | Manner::Change(_)) {
        parts.headers.remove(header::CONTENT_LENGTH);
    }
    let left = match (&how, &line) {
        (Manner::Change(change), _) => {
            let mut json: Value = serde_json::from_slice(&body).unwrap_or_default();
            if let Some(fields) = json.as_object_mut() {
                spoil::merge(fields, change);
            }
            return Response::from_parts(parts, json.to_string().into());
        }
        (Manner::Truncated, _) => body.slice(..body.len() / 2),
        (_, None) => return cut(None).await,
        (Manner::ResetAfterHeaders, Some(scissors)) => {
            scissors.cut_in_body(0);
            body
        }
        (_, Some(scissors)) => {
            scissors.cut_in_body(body.len() / 2);
            body
        }
    };
    Response::from_parts(parts, left.into())
}
