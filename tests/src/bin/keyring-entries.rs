//! Prints what the Secret Service on this message bus holds, as JSON. A program of its own, because the bus is found by
//! the environment, and a test's environment is not its desk's.

use secret_service::EncryptionType;
use secret_service::blocking::SecretService;
use std::error::Error;
use std::io::Write;

fn main() -> Result<(), Box<dyn Error>> {
    let service = SecretService::connect(EncryptionType::Dh)?;
    let mut entries = Vec::new();
    for collection in service.get_all_collections()? {
        for item in collection.get_all_items()? {
            let secret = String::from_utf8_lossy(&item.get_secret()?).into_owned();
            entries.push(serde_json::json!({ "label": item.get_label()?, "secret": secret }));
        }
    }
    writeln!(std::io::stdout(), "{}", serde_json::Value::Array(entries))?;
    Ok(())
}
