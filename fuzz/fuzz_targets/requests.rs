//! Lets libFuzzer search what [`kaunter_fuzz::targets::requests`] must hold for.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| {
    drop(kaunter_fuzz::targets::requests::check(input));
});
