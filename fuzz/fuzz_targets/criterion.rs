//! Any text as a criterion: what parses prints, and the print reads back as the same print.
#![no_main]

use jalon::lang::Lang;
use jalon::source::SourceId;
use jalon::syntax;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let Ok(criterion) = syntax::parse_criterion(SourceId(0), &text) else { return };
    for lang in [Lang::Fr, Lang::En] {
        let printed = syntax::print_criterion(&criterion, lang);
        let again = syntax::parse_criterion(SourceId(0), &printed)
            .unwrap_or_else(|e| panic!("{text:?} prints as {printed:?}, which fails: {e:?}"));
        assert_eq!(syntax::print_criterion(&again, lang), printed, "{text:?}");
    }
});
