//! Lets libFuzzer search what [`kaunter_fuzz::targets::tables`] must hold for.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| {
    kaunter_fuzz::targets::tables::check(input);
});
