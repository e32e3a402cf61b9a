//! The listener whose connections can be cut without an answer, which no HTTP response can express.

use std::{
    io,
    net::{IpAddr, SocketAddr},
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll, ready},
};

use axum::{
    extract::connect_info::Connected,
    serve::{IncomingStream, Listener},
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::{TcpListener, TcpStream},
};

/// A TCP listener that hands out [`Line`]s.
#[derive(Debug)]
pub(crate) struct Lines(pub(crate) TcpListener);

impl Listener for Lines {
    type Io = Line;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        let (stream, address) = Listener::accept(&mut self.0).await;
        // Answers are small and complete; waiting for more of them would only slow the till down.
        if let Err(error) = stream.set_nodelay(true) {
            log::debug!("a connection keeps Nagle's algorithm: {error}");
        }
        (
            Line {
                stream,
                scissors: Scissors {
                    peer: Some(address.ip()),
                    ..Scissors::default()
                },
            },
            address,
        )
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        self.0.local_addr()
    }
}

/// One connection.
#[derive(Debug)]
pub(crate) struct Line {
    stream: TcpStream,
    scissors: Scissors,
}

impl Line {
    /// How many of these bytes may still be written. Fails once the line was cut, and makes sure that the peer sees
    /// a reset and no orderly end.
    fn allowed(&self, bytes: &[u8]) -> io::Result<usize> {
        let allowed = self.scissors.lock().allowed(bytes);
        if allowed > 0 || bytes.is_empty() {
            return Ok(allowed);
        }
        self.broken()
    }

    fn whole(&self) -> io::Result<()> {
        if self.scissors.lock().is_cut() {
            self.broken()
        } else {
            Ok(())
        }
    }

    fn broken<T>(&self) -> io::Result<T> {
        self.stream.set_zero_linger()?;
        Err(io::Error::new(
            io::ErrorKind::ConnectionReset,
            "the simulator cut this connection",
        ))
    }
}

/// How much of a connection is left.
#[derive(Debug, Default)]
enum Rest {
    /// All of it.
    #[default]
    Whole,
    /// The headers of the answer that comes next, of whose end so many bytes have passed, and then this much.
    Headers { end: usize, body: usize },
    /// So many bytes.
    Bytes(usize),
}

/// What ends the headers of an answer.
const END: &[u8] = b"\r\n\r\n";

impl Rest {
    fn is_cut(&self) -> bool {
        matches!(self, Self::Bytes(0))
    }

    /// How many of these bytes belong to the rest.
    fn allowed(&self, bytes: &[u8]) -> usize {
        match self {
            Self::Whole => bytes.len(),
            Self::Bytes(left) => bytes.len().min(*left),
            Self::Headers { end, body } => headers_end(*end, bytes).map_or(bytes.len(), |headers| {
                bytes.len().min(headers.saturating_add(*body))
            }),
        }
    }

    /// Takes away what was written.
    fn wrote(&mut self, bytes: &[u8]) {
        match self {
            Self::Whole => {}
            Self::Bytes(left) => *left = left.saturating_sub(bytes.len()),
            Self::Headers { end, body } => match headers_end(*end, bytes) {
                Some(headers) => *self = Self::Bytes(body.saturating_sub(bytes.len() - headers)),
                None => *end = bytes.iter().fold(*end, |end, &byte| passed(end, byte)),
            },
        }
    }
}

/// How much of [`END`] has passed with one more byte.
fn passed(end: usize, byte: u8) -> usize {
    match END.get(end) {
        Some(&next) if next == byte => end + 1,
        _ => usize::from(byte == b'\r'),
    }
}

/// How many of these bytes belong to the headers, if the headers end here.
fn headers_end(mut end: usize, bytes: &[u8]) -> Option<usize> {
    bytes
        .iter()
        .position(|&byte| {
            end = passed(end, byte);
            end == END.len()
        })
        .map(|last| last + 1)
}

/// What a request handler cuts its connection with, and who is at the other end.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scissors {
    rest: Arc<Mutex<Rest>>,
    peer: Option<IpAddr>,
}

impl Scissors {
    /// Cuts. Nothing more is written; the connection goes down when the server next tries to.
    pub(crate) fn cut(&self) {
        *self.lock() = Rest::Bytes(0);
    }

    /// Cuts the answer that comes next after its headers and so many bytes of its body.
    pub(crate) fn cut_in_body(&self, body: usize) {
        *self.lock() = Rest::Headers { end: 0, body };
    }

    /// The address at the other end.
    pub(crate) fn peer(&self) -> Option<IpAddr> {
        self.peer
    }

    fn lock(&self) -> MutexGuard<'_, Rest> {
        self.rest.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Connected<IncomingStream<'_, Lines>> for Scissors {
    fn connect_info(stream: IncomingStream<'_, Lines>) -> Self {
        stream.io().scissors.clone()
    }
}

impl AsyncRead for Line {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl AsyncWrite for Line {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        let allowed = self.allowed(buf)?;
        let buf = buf.get(..allowed).unwrap_or_default();
        let written = ready!(Pin::new(&mut self.stream).poll_write(cx, buf))?;
        self.scissors.lock().wrote(buf.get(..written).unwrap_or_default());
        Poll::Ready(Ok(written))
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.whole()?;
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.whole()?;
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_end_wherever_the_writes_do() {
        let answer = b"HTTP/1.1 200 OK\r\nx: \r\r\n\r\nbody";
        for split in 0..answer.len() {
            let mut rest = Rest::Headers { end: 0, body: 2 };
            let mut passed = 0;
            for part in [&answer[..split], &answer[split..]] {
                let allowed = rest.allowed(part);
                rest.wrote(&part[..allowed]);
                passed += allowed;
            }
            assert_eq!(&answer[..passed], &answer[..answer.len() - 2], "split at {split}");
            assert!(rest.is_cut());
        }
    }
}
