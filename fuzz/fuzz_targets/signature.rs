//! Lets libFuzzer search what [`kaunter_fuzz::targets::signature`] must hold for.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| {
    kaunter_fuzz::targets::signature::check(input);
});
