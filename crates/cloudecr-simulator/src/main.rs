//! The simulator as a program: listens, prints one line of JSON with what a POS needs to know, and serves until it is
//! stopped.

mod arguments;

use std::{
    error::Error,
    io::{self, Write},
    process::ExitCode,
    sync::Arc,
};

use arguments::{Arguments, HELP};
use cloudecr_simulator::{Config, Simulator, SystemClock, TerminalSetup, serve};
use serde_json::json;
use tokio::net::TcpListener;

fn main() -> ExitCode {
    let outcome = match Arguments::read(std::env::args_os().skip(1)) {
        Ok(Arguments::Help) => say(HELP).map_err(Into::into),
        Ok(Arguments::PrintConfig(options)) => options.setup().and_then(|config| print(&config)),
        Ok(Arguments::Serve(options)) => options
            .setup()
            .and_then(|config| run(options.listen.as_deref().unwrap_or("127.0.0.1:0"), config)),
        Err(error) => Err(format!("{error}\n\n{HELP}").into()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // If even this cannot be written, the exit status still tells.
            let _unwritable = writeln!(io::stderr(), "cloudecr-simulator: {error}");
            ExitCode::FAILURE
        }
    }
}

#[tokio::main]
async fn run(listen: &str, config: Config) -> Result<(), Box<dyn Error>> {
    let listener = TcpListener::bind(listen)
        .await
        .map_err(|error| format!("cannot listen on {listen}: {error}; choose another address or port 0"))?;
    let account = config
        .accounts
        .first()
        .ok_or("there is no POS account to sign in with")?;
    let is_seen = |terminal: &&TerminalSetup| {
        let owner = terminal.bound_to.as_ref();
        owner.is_none_or(|owner| *owner == account.pos_id)
    };
    let terminals: Vec<&String> = config
        .terminals
        .iter()
        .filter(is_seen)
        .map(|terminal| &terminal.id)
        .collect();
    let ready = json!({
        "listening": format!("http://{}", listener.local_addr()?),
        "posId": account.pos_id,
        "password": account.password,
        "merchantId": config.merchant_id,
        "secretKey": config.secret_key,
        "terminals": terminals,
    });
    say(&ready.to_string())?;
    serve(listener, Simulator::new(config, Arc::new(SystemClock))).await?;
    Ok(())
}

/// The setup as a file.
fn print(config: &Config) -> Result<(), Box<dyn Error>> {
    say(&serde_json::to_string_pretty(&config.to_json())?)?;
    Ok(())
}

/// One line for whoever started this program, at once: it may be waiting for it.
fn say(line: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{}", line.trim_end())?;
    out.flush()
}
