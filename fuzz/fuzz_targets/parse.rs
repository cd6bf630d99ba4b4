//! Any bytes as a program: diagnostics or a program, rendered in both languages; never a panic.
#![no_main]

use jalon::lang::Lang;
use jalon::program::Loader;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let found = Loader::default().source("fuzz.jalon", text).check();
    for lang in [Lang::Fr, Lang::En] {
        let _ = jalon::diagnostic::render(&found.list, &found.sources, lang, false);
    }
});
