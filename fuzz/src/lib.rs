//! What must hold for every byte that reaches Kaunter from outside, whoever sent it.
//!
//! Each module of [`targets`] has one rule: `check` feeds an input to the real parser and panics when the rule is broken.
//! `cargo xtask fuzz` lets libFuzzer search for such an input, starting from the corpus and the seeds; the corpus that it
//! leaves in `fuzz/corpus/` is replayed by this crate's tests, on the stable tool chain and without libFuzzer. Where
//! it can, a rule is not "it did not crash" but a second, slower opinion ([`slow`]) that has to agree.

pub mod corpus;
pub mod messages;
pub mod slow;
pub mod targets;

use targets::{
    amounts, answers, callbacks, dates, error_bodies, images, listings, log_lines, provision, requests,
    setup_files, signature, tables, tokens,
};

/// One rule and the inputs that a search for its breach begins with.
pub struct Target {
    /// Its name: of its module, of its program in `fuzz_targets/`, and of its corpus.
    pub name: &'static str,
    /// Panics when the rule does not hold for an input.
    pub check: fn(&[u8]),
    /// Inputs that lead deep into the parser.
    pub seeds: fn() -> Vec<Vec<u8>>,
}

/// Every target, by name.
pub const TARGETS: &[Target] = &[
    Target {
        name: "amounts",
        check: amounts::check,
        seeds: amounts::seeds,
    },
    Target {
        name: "answers",
        check: |input| drop(answers::check(input)),
        seeds: answers::seeds,
    },
    Target {
        name: "callbacks",
        check: callbacks::check,
        seeds: callbacks::seeds,
    },
    Target {
        name: "dates",
        check: dates::check,
        seeds: dates::seeds,
    },
    Target {
        name: "error_bodies",
        check: |input| drop(error_bodies::check(input)),
        seeds: error_bodies::seeds,
    },
    Target {
        name: "images",
        check: |input| {
            images::check(input);
        },
        seeds: images::seeds,
    },
    Target {
        name: "listings",
        check: listings::check,
        seeds: listings::seeds,
    },
    Target {
        name: "log_lines",
        check: log_lines::check,
        seeds: log_lines::seeds,
    },
    Target {
        name: "provision",
        check: provision::check,
        seeds: provision::seeds,
    },
    Target {
        name: "requests",
        check: |input| drop(requests::check(input)),
        seeds: requests::seeds,
    },
    Target {
        name: "setup_files",
        check: setup_files::check,
        seeds: setup_files::seeds,
    },
    Target {
        name: "signature",
        check: signature::check,
        seeds: signature::seeds,
    },
    Target {
        name: "tables",
        check: tables::check,
        seeds: tables::seeds,
    },
    Target {
        name: "tokens",
        check: tokens::check,
        seeds: tokens::seeds,
    },
];

/// The target of this name.
#[must_use]
pub fn target(name: &str) -> Option<&'static Target> {
    TARGETS.iter().find(|target| target.name == name)
}
