//! Files as people write them, and as they get damaged on the way.

use serde_json::{Value, json};

use super::*;

fn whole() -> Value {
    json!({
        "gateway": "production", "posId": "fiuuPos1", "password": "p@ss", "merchantId": "fiuuMerch1", "secretKey": "k3y",
        "terminal": "VT-0001",
        "store": {"name": "Kedai", "header": ["1 Jalan Tun Razak"], "currency": "MYR"},
        "staff": [{"name": "Mei Ling", "role": "manager", "pin": "739164"}, {"name": "Aina", "role": "cashier", "pin": "1111"}],
    })
}

fn mistakes(value: &Value) -> Vec<String> {
    match ProvisionFile::parse(value.to_string().as_bytes()) {
        Ok(_) => Vec::new(),
        Err(mistakes) => mistakes.iter().map(ToString::to_string).collect(),
    }
}

#[test]
fn a_whole_file_is_taken_also_with_a_byte_order_mark_and_the_line_ends_of_windows() {
    let text = serde_json::to_string_pretty(&whole())
        .unwrap()
        .replace('\n', "\r\n");
    let file =
        ProvisionFile::parse(format!("\u{feff}{text}").as_bytes()).unwrap_or_else(|_| panic!("refused"));
    assert_eq!(file.connection.gateway, "production");
    assert_eq!(file.store.header, ["1 Jalan Tun Razak"]);
    assert_eq!(file.staff.len(), 2);
}

#[test]
fn header_and_currency_may_be_left_out() {
    let mut file = whole();
    file["store"] = json!({"name": "Kedai"});
    assert_eq!(mistakes(&file), Vec::<String>::new());
}

#[test]
fn every_mistake_is_told_at_once_with_its_place_and_none_repeats_a_secret() {
    let file = json!({
        "gateway": "http://10.0.0.1", "posId": "x".repeat(25), "password": "", "secretKey": 7,
        "terminal": "a\nb", "extra": true,
        "store": {"name": " ", "header": "x", "currency": "EUR", "motto": "hidden-s3cret"},
        "staff": [{"name": "A", "role": "boss", "pin": "12"}, {"name": "A", "role": "cashier", "pin": 1234}, 5],
    });
    let told = mistakes(&file);
    let places: Vec<&str> = told.iter().map(|line| line.split(": ").next().unwrap()).collect();
    let expected = [
        "extra",
        "gateway",
        "posId",
        "password",
        "merchantId",
        "secretKey",
        "terminal",
        "store.motto",
        "store.name",
        "store.currency",
        "store.header",
        "staff[0].role",
        "staff[0].pin",
        "staff[1].pin",
        "staff[2]",
        "staff",
    ];
    assert_eq!(places, expected, "{told:#?}");
    let all = told.join("\n");
    for secret in ["hidden-s3cret", "1234", "\"12\""] {
        assert!(!all.contains(secret), "{secret} was repeated: {all}");
    }
}

#[test]
fn two_people_of_one_name_and_a_staff_without_a_manager_are_refused() {
    let mut file = whole();
    file["staff"] = json!([{"name": "Aina", "role": "cashier", "pin": "1111"}, {"name": " Aina ", "role": "cashier", "pin": "2222"}]);
    let told = mistakes(&file);
    assert!(
        told.iter().any(|line| line.starts_with("staff[1].name: ")),
        "{told:?}"
    );
    assert!(told.iter().any(|line| line.starts_with("staff: ")), "{told:?}");
}

#[test]
fn what_is_no_such_file_is_refused_in_words_that_quote_nothing_of_it() {
    let parse = |bytes: &[u8]| match ProvisionFile::parse(bytes) {
        Ok(_) => panic!("taken"),
        Err(mistakes) => mistakes[0].to_string(),
    };
    let broken = parse(br#"{"password": "p@ss" "posId": 1}"#);
    assert!(broken.contains("line 1") && !broken.contains("p@ss"), "{broken}");
    assert!(parse(b"\xff\xfe{\0").contains("UTF-8"));
    assert!(parse(&vec![b' '; usize::try_from(FILE_LIMIT).unwrap() + 1]).contains("larger than"));
    assert!(parse(b"[]").contains("object"));
    assert!(parse(b"").contains("not valid JSON"));
}

#[test]
fn any_text_is_taken_or_refused_and_never_panics() {
    use proptest::prelude::*;
    let mut runner = proptest::test_runner::TestRunner::default();
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::String)
    ];
    let keys = prop_oneof![
        Just("store"),
        Just("staff"),
        Just("name"),
        Just("header"),
        Just("pin"),
        Just("gateway"),
        Just("x")
    ];
    let any_json = leaf.prop_recursive(4, 40, 6, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::Array),
            proptest::collection::hash_map(keys.clone(), inner, 0..6).prop_map(|map| map
                .into_iter()
                .map(|(key, value)| (key.to_owned(), value))
                .collect::<Value>())
        ]
    });
    runner
        .run(&any_json, |value| {
            prop_assert!(ProvisionFile::parse(value.to_string().as_bytes()).is_err());
            Ok(())
        })
        .unwrap();
}
