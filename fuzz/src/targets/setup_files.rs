//! Files that a person writes for a program: the simulator's setup. It is taken whole or every mistake is told; what was
//! taken makes sense, and is the same when it is written and read again.

use cloudecr_simulator::Config;

/// Reads a setup.
pub fn check(input: &[u8]) {
    let Ok(text) = str::from_utf8(input) else {
        return;
    };
    match Config::from_json(text) {
        Ok(config) => {
            assert_eq!(config.check(), Ok(()), "{text}");
            let written = config.to_json();
            let again = Config::from_json(&written.to_string()).map(|config| config.to_json());
            assert_eq!(again, Ok(written), "a round trip");
        }
        Err(error) => assert!(
            !error.problems.is_empty() && error.problems.iter().all(|problem| !problem.trim().is_empty()),
            "refused without a word"
        ),
    }
}

/// The setup that the simulator prints to start from, and small ones with a mistake each.
#[must_use]
pub fn seeds() -> Vec<Vec<u8>> {
    let mut seeds: Vec<Vec<u8>> = [
        "{}",
        "[]",
        "",
        r#"{"accounts":[{"posId":"till1","password":"sample"}]}"#,
        r#"{"accounts":[]}"#,
        r#"{"acounts":[]}"#,
        r#"{"merchantId":"","secretKey":"k","currency":"myr"}"#,
        r#"{"terminals":[{"id":"a","isVT":false,"boundTo":"nobody"},{"id":"a","unbound":true}]}"#,
        r#"{"channels":[{"name":"tng","status":2,"currencies":["MYR","MYR"]}]}"#,
        r#"{"limits":{"rate":"today","cashOut":"500.00","latencyMs":18446744073709551615}}"#,
        r#"{"habits":{"exclusiveSessions":true,"signatureCode":40026}}"#,
    ]
    .into_iter()
    .map(|text| text.as_bytes().to_vec())
    .collect();
    seeds.push(Config::default().to_json().to_string().into_bytes());
    seeds
}
