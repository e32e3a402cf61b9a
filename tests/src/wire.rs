//! A wire that is listened in on: what a till really sends, byte by byte, on its way to the simulator.

use crate::{Failure, Outcome};
use serde_json::Value;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A relay that passes everything on and keeps what came from the till.
#[derive(Clone, Default)]
pub struct Wire {
    heard: Arc<Mutex<Vec<Vec<u8>>>>,
}

impl Wire {
    /// Listens on a port of its own for whoever wants to reach `gateway`, an address like `127.0.0.1:8080`. The address to
    /// use in its place.
    ///
    /// # Errors
    /// When it cannot listen.
    pub async fn to(gateway: String) -> Outcome<(Self, String)> {
        let wire = Self::default();
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?.to_string();
        let relay = wire.clone();
        tokio::spawn(async move {
            while let Ok((till, _)) = listener.accept().await {
                let (relay, gateway) = (relay.clone(), gateway.clone());
                // A connection that breaks ends its relay; the till notices by itself.
                tokio::spawn(async move { drop(relay.pass(till, &gateway).await) });
            }
        });
        Ok((wire, address))
    }

    async fn pass(&self, till: TcpStream, gateway: &str) -> std::io::Result<()> {
        let gateway = TcpStream::connect(gateway).await?;
        let (mut from_till, mut to_till) = till.into_split();
        let (mut from_gateway, mut to_gateway) = gateway.into_split();
        let place = {
            let mut heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
            heard.push(Vec::new());
            heard.len() - 1
        };
        let there = async {
            let mut part = [0_u8; 4096];
            loop {
                let length = from_till.read(&mut part).await?;
                if length == 0 {
                    return to_gateway.shutdown().await;
                }
                self.heard.lock().unwrap_or_else(PoisonError::into_inner)[place]
                    .extend_from_slice(&part[..length]);
                to_gateway.write_all(&part[..length]).await?;
            }
        };
        let back = tokio::io::copy(&mut from_gateway, &mut to_till);
        tokio::try_join!(there, back).map(drop)
    }

    /// The bodies of the transfers of this type that went by, in their order.
    ///
    /// # Errors
    /// When one of them is not JSON.
    pub fn transfers(&self, trans_type: &str) -> Outcome<Vec<Value>> {
        let heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        let mut found = Vec::new();
        for said in heard.iter() {
            let text = String::from_utf8_lossy(said);
            for request in text.split("POST /api/transfer ").skip(1) {
                let body = request
                    .split_once("\r\n\r\n")
                    .map(|(_, body)| body)
                    .ok_or_else(|| Failure::new("a transfer without a body went by"))?;
                let mut values = serde_json::Deserializer::from_str(body).into_iter::<Value>();
                let body = values
                    .next()
                    .ok_or_else(|| Failure::new("a transfer with an empty body went by"))??;
                if body["transType"] == trans_type {
                    found.push(body);
                }
            }
        }
        Ok(found)
    }
}
