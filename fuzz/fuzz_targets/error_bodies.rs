//! Lets libFuzzer search what [`kaunter_fuzz::targets::error_bodies`] must hold for.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| {
    drop(kaunter_fuzz::targets::error_bodies::check(input));
});
