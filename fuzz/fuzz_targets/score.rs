//! A program and a JSON record, separated by a zero byte: the quick total is the explained one,
//! and the quick verdict of a criterion the explained one.
#![no_main]

use jalon::Program;
use jalon::value::Clock;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let mut parts = data.splitn(2, |byte| *byte == 0);
    let (Some(text), Some(record)) = (parts.next(), parts.next()) else { return };
    let Ok(program) = Program::parse(&String::from_utf8_lossy(text)) else { return };
    let Ok(record) = serde_json::from_slice::<serde_json::Value>(record) else { return };
    let Ok(clock) = Clock::at("2026-06-30T10:30", "Europe/Paris") else { return };
    let names: Vec<String> = program.score_names().map(str::to_owned).collect();
    for name in names {
        let Ok(score) = program.score(Some(&name)) else { continue };
        let Ok(result) = score.evaluate(&record, &clock) else { continue };
        let Ok(mut scorer) = score.scorer(&clock) else { continue };
        let quick = scorer.total(&record);
        assert_eq!(quick.total, result.total);
        assert_eq!(quick.has_errors, !result.errors.is_empty());
    }
});
