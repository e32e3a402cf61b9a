//! Every input that a search has kept, and every seed, through the same rules as in the search: on the stable tool chain,
//! without libFuzzer, with every `cargo test`.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use cloudecr::Verdict;
use kaunter_fuzz::targets::{answers, error_bodies, images, requests};
use kaunter_fuzz::{TARGETS, corpus, target};

/// The kept inputs and the seeds of a target.
fn inputs(name: &str) -> Vec<Vec<u8>> {
    let target = target(name).expect("a target");
    let mut inputs = corpus::read(name).expect("the corpus can be read");
    inputs.extend((target.seeds)());
    inputs
}

/// Runs them all, and names each that breaks the rule as it stands in the corpus.
fn replay(name: &str) {
    let check = target(name).expect("a target").check;
    let inputs = inputs(name);
    assert!(inputs.len() >= 10, "{name} has hardly an input");
    let broken: Vec<String> = inputs
        .iter()
        .filter(|input| catch_unwind(AssertUnwindSafe(|| check(input))).is_err())
        .map(|input| input.escape_ascii().to_string())
        .collect();
    assert!(broken.is_empty(), "{name}:\n  {}", broken.join("\n  "));
}

macro_rules! replayed {
    ($($test:ident: $name:literal),* $(,)?) => {
        $(#[test]
        fn $test() {
            replay($name);
        })*

        #[test]
        fn every_target_is_replayed_here_and_has_its_program_and_its_corpus() {
            let replayed: BTreeSet<&str> = [$($name),*].into();
            let targets: BTreeSet<&str> = TARGETS.iter().map(|target| target.name).collect();
            assert_eq!(replayed, targets);
            let manifest = include_str!("../Cargo.toml");
            for name in targets {
                let program = format!("path = \"fuzz_targets/{name}.rs\"");
                assert!(manifest.contains(&program), "{name} has no program");
                assert!(corpus::file(name).is_file(), "{name} has no corpus");
            }
        }
    };
}

replayed! {
    amounts_are_read_exactly_or_refused: "amounts",
    no_answer_is_an_approval_but_a_signed_one_to_this_request: "answers",
    no_callback_is_taken_without_our_signature_and_about_this_pos: "callbacks",
    times_are_read_exactly_or_refused: "dates",
    no_error_body_is_a_yes_or_a_better_no_than_its_worst_reading: "error_bodies",
    no_picture_is_kept_but_a_small_one_that_the_till_wrote_itself: "images",
    no_row_of_a_list_is_made_up: "listings",
    no_log_shows_a_card_number_or_a_secret: "log_lines",
    nobody_is_charged_in_the_simulator_by_a_request_that_was_not_signed_and_let_in: "requests",
    a_setup_is_taken_whole_or_refused_with_words: "setup_files",
    a_till_is_provisioned_whole_or_not_at_all_and_no_mistake_tells_a_secret: "provision",
    two_implementations_sign_every_json_alike: "signature",
    items_that_were_read_are_the_same_when_they_are_written_and_read_again: "tables",
    what_was_kept_as_a_token_never_harms_a_till: "tokens",
}

fn kind(verdict: &Verdict) -> &'static str {
    match verdict {
        Verdict::Approved(_) => "approved",
        Verdict::Declined(_) => "declined",
        Verdict::Check(_) => "check",
        Verdict::Pending(_) => "pending",
        Verdict::NotCharged(_) => "not charged",
        Verdict::Conflict(_) => "conflict",
        Verdict::Unknown(_) => "unknown",
    }
}

#[test]
fn the_inputs_lead_to_every_verdict() {
    let answers: BTreeSet<&str> = inputs("answers")
        .iter()
        .filter_map(|input| answers::check(input))
        .map(|verdict| kind(&verdict))
        .collect();
    let every = BTreeSet::from([
        "approved",
        "check",
        "conflict",
        "declined",
        "not charged",
        "pending",
        "unknown",
    ]);
    assert_eq!(answers, every);
    let errors: BTreeSet<&str> = inputs("error_bodies")
        .iter()
        .filter_map(|input| error_bodies::check(input))
        .map(|verdict| kind(&verdict))
        .collect();
    assert_eq!(
        errors,
        BTreeSet::from(["check", "declined", "not charged", "unknown"])
    );
}

#[test]
fn the_inputs_have_the_simulator_charge_refuse_and_keep_silent() {
    let statuses: BTreeSet<Option<u16>> = inputs("requests")
        .iter()
        .flat_map(|input| requests::check(input))
        .map(|status| status.map(|status| status.as_u16()))
        .collect();
    for wanted in [Some(200), Some(204), Some(400), Some(401), Some(404), None] {
        assert!(statuses.contains(&wanted), "{wanted:?} is not among {statuses:?}");
    }
}

#[test]
fn the_inputs_have_a_logo_kept_a_code_read_and_a_till_provisioned() {
    let taken: Vec<_> = inputs("images")
        .iter()
        .map(|input| images::check(input))
        .collect();
    assert!(taken.iter().any(|taken| taken.as_logo && !taken.as_code));
    assert!(taken.iter().any(|taken| taken.as_code));
    assert!(taken.iter().any(|taken| !taken.as_logo && !taken.as_code));
    let files = inputs("provision");
    assert!(files.iter().any(|file| till::ProvisionFile::parse(file).is_ok()));
}

#[test]
fn every_input_can_be_kept_as_a_line_of_text() {
    let every: Vec<u8> = (0..=255).collect();
    let line = every.escape_ascii().to_string();
    assert!(!line.contains('\n'));
    assert_eq!(corpus::parse(&line), Some(every));
    for broken in [r"\", r"\q", r"\x", r"\xf", r"\xé"] {
        assert_eq!(corpus::parse(broken), None, "{broken}");
    }
}
