//! TLS as the platform has it: its certificates, the system's proxy, and no version below 1.2. What the environment decides
//! is looked at in a process of its own.

use std::{
    io,
    net::SocketAddr,
    path::PathBuf,
    process::Stdio,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use super::support::{Fake, app, builder, serve};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::{ServerConfig, SupportedProtocolVersion, pki_types::PrivateKeyDer, version};
use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional},
    net::{TcpListener, TcpStream},
    process::Command,
};
use tokio_rustls::{TlsAcceptor, server::TlsStream};

/// What the child of a test is to talk to.
const URL: &str = "CLOUDECR_TEST_URL";

/// A name that no resolver has: only a proxy that is told it can get there.
const NAME: &str = "gateway.invalid";

/// A gateway behind TLS, and the authority that vouches for it.
struct Secure {
    port: u16,
    authority: PathBuf,
    handshakes: Arc<AtomicUsize>,
    _folder: TempDir,
}

struct Listening {
    listener: TcpListener,
    acceptor: TlsAcceptor,
    handshakes: Arc<AtomicUsize>,
}

impl axum::serve::Listener for Listening {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        loop {
            let (socket, address) = self.listener.accept().await.expect("accept");
            // A client that does not trust us breaks off here.
            if let Ok(secured) = self.acceptor.accept(socket).await {
                self.handshakes.fetch_add(1, Ordering::SeqCst);
                return (secured, address);
            }
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

/// An authority of its own, which nobody but its children trusts.
fn authority() -> CertifiedIssuer<'static, KeyPair> {
    let mut params = CertificateParams::new(Vec::new()).expect("params");
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    CertifiedIssuer::self_signed(params, KeyPair::generate().expect("key")).expect("self-signed")
}

async fn secure(versions: &[&'static SupportedProtocolVersion]) -> Secure {
    let authority = authority();
    let key = KeyPair::generate().expect("key");
    let names = [NAME, "localhost"].map(str::to_owned).to_vec();
    let params = CertificateParams::new(names).expect("params");
    let certificate = params.signed_by(&key, &authority).expect("signed");
    let folder = tempfile::tempdir().expect("folder");
    let path = folder.path().join("authority.pem");
    std::fs::write(&path, authority.pem()).expect("written");

    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let key = PrivateKeyDer::try_from(key.serialize_der()).expect("key");
    let config = ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(versions)
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key)
        .expect("certificate");
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("bind");
    let port = listener.local_addr().expect("address").port();
    let handshakes = Arc::new(AtomicUsize::new(0));
    let listening = Listening {
        listener,
        acceptor: TlsAcceptor::from(Arc::new(config)),
        handshakes: Arc::clone(&handshakes),
    };
    tokio::spawn(async move { axum::serve(listening, app(Arc::new(Fake::default()))).await });
    Secure {
        port,
        authority: path,
        handshakes,
        _folder: folder,
    }
}

/// A proxy that takes everybody to the gateway, and notes where they asked to go.
async fn proxy(to: u16) -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("bind");
    let address = listener.local_addr().expect("address");
    let asked: Arc<Mutex<Vec<String>>> = Arc::default();
    let noted = Arc::clone(&asked);
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            let noted = Arc::clone(&noted);
            tokio::spawn(async move {
                let mut head = Vec::new();
                while !head.ends_with(b"\r\n\r\n") {
                    head.push(socket.read_u8().await?);
                }
                let line = String::from_utf8_lossy(&head);
                noted
                    .lock()
                    .expect("lock")
                    .extend(line.lines().next().map(str::to_owned));
                socket.write_all(b"HTTP/1.1 200 go on\r\n\r\n").await?;
                let mut gateway = TcpStream::connect(("127.0.0.1", to)).await?;
                copy_bidirectional(&mut socket, &mut gateway).await
            });
        }
    });
    (format!("http://{address}"), asked)
}

/// What a process with this environment hears when it asks that gateway for its terminals.
async fn heard(url: &str, environment: &[(&str, &str)]) -> String {
    let program = std::env::current_exe().expect("this program");
    let child = Command::new(program)
        .args(["--exact", "tls::a_client_asks_for_terminals", "--nocapture"])
        .env_clear()
        .envs(environment.iter().copied())
        .env(URL, url)
        .stdout(Stdio::piped())
        .output()
        .await
        .expect("a child");
    String::from_utf8_lossy(&child.stdout).into_owned()
}

/// The other half of the tests here, which start it in a process of its own. By itself it asks a gateway of its own.
#[tokio::test]
async fn a_client_asks_for_terminals() {
    if let Ok(url) = std::env::var(URL) {
        let client = builder(&url).build().expect("client");
        println!("heard {:?}", client.terminals().await);
    } else {
        let client = builder(&serve(Arc::default()).await).build().expect("client");
        assert_eq!(client.terminals().await, Ok(vec![]));
    }
}

#[tokio::test]
async fn a_gateway_is_believed_by_the_platforms_certificates_and_no_others() {
    for versions in [&[&version::TLS12], &[&version::TLS13]] {
        let gateway = secure(versions).await;
        let url = format!("https://localhost:{}", gateway.port);
        let trusted = gateway.authority.to_str().expect("path");
        let answer = heard(&url, &[("SSL_CERT_FILE", trusted)]).await;
        assert!(answer.contains("heard Ok([])"), "{versions:?}: {answer}");
        assert!(gateway.handshakes.load(Ordering::SeqCst) > 0);

        let stranger = secure(versions).await;
        let trusted = stranger.authority.to_str().expect("path");
        let answer = heard(&url, &[("SSL_CERT_FILE", trusted)]).await;
        assert!(
            answer.contains("heard Err(Unreachable") && answer.contains("certificate"),
            "{answer}"
        );
    }
}

/// No library at hand speaks TLS 1.1, so its first answer is written out: a `ServerHello` of that version.
#[tokio::test]
async fn a_gateway_that_speaks_no_tls_1_2_is_refused() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("bind");
    let url = format!("https://{}", listener.local_addr().expect("address"));
    let served = tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.expect("accept");
        let mut hello = vec![0x16, 3, 2, 0, 42, 2, 0, 0, 38, 3, 2];
        hello.extend([7; 32]);
        // No session, TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA, no compression.
        hello.extend([0, 0xc0, 0x13, 0]);
        socket.write_all(&hello).await.expect("write");
        let mut said = Vec::new();
        socket.read_to_end(&mut said).await.expect("read");
        said
    });
    let folder = tempfile::tempdir().expect("folder");
    let path = folder.path().join("authority.pem");
    std::fs::write(&path, authority().pem()).expect("written");
    let answer = heard(&url, &[("SSL_CERT_FILE", path.to_str().expect("path"))]).await;
    assert!(answer.contains("heard Err(Unreachable"), "{answer}");
    let said = served.await.expect("served");
    // An alert, fatal: protocol_version.
    assert!(said.ends_with(&[2, 70]), "{said:?}");
    assert!(
        !String::from_utf8_lossy(&said).contains("POST"),
        "nothing was asked in the clear"
    );
}

#[tokio::test]
async fn the_systems_proxy_is_used_but_never_to_this_machine() {
    let gateway = secure(&[&version::TLS13, &version::TLS12]).await;
    let (proxy, asked) = proxy(gateway.port).await;
    let environment = [
        ("SSL_CERT_FILE", gateway.authority.to_str().expect("path")),
        ("HTTPS_PROXY", &proxy),
        ("HTTP_PROXY", &proxy),
    ];
    let here = heard(&format!("https://localhost:{}", gateway.port), &environment).await;
    assert!(here.contains("heard Ok([])"), "{here}");
    assert_eq!(
        asked.lock().expect("lock").len(),
        0,
        "this machine needs no proxy"
    );

    let there = heard(&format!("https://{NAME}"), &environment).await;
    assert!(there.contains("heard Ok([])"), "{there}");
    let asked = asked.lock().expect("lock").clone();
    assert!(!asked.is_empty());
    assert!(
        asked
            .iter()
            .all(|line| line.starts_with(&format!("CONNECT {NAME}:443 "))),
        "{asked:?}"
    );
}
