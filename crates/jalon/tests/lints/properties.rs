//! Whatever is said of a criterion, the executor says on every record.

use std::fmt::Write;

use jalon::diagnostic::apply;
use jalon::program::Program;
use jalon::value::Clock;
use proptest::prelude::*;
use serde_json::Value as Json;

use crate::check;
use crate::random::{MODULES, criterion, now, record};

/// Each criterion on each record.
fn verdicts(program: &Program, criteria: &[&str], record: &Json, clock: &Clock) -> Vec<bool> {
    let holds = |criterion: &&str| {
        program.criterion(criterion, Some("P")).unwrap().matches(record, clock).unwrap()
    };
    criteria.iter().map(holds).collect()
}

fn criterion_of(text: &str) -> &str {
    text.split_once("+1 si ").unwrap().1.trim_end()
}

/// Whether a finding is of the analysis.
fn is_lint(code: &str) -> bool {
    code.starts_with("W08") || code.starts_with("W020")
}

/// The record that a witness names.
fn witness(text: &str) -> Json {
    let mut record = serde_json::Map::new();
    for pair in text.split("`, `") {
        let Some((field, value)) = pair.trim_matches('`').split_once("` = `") else { continue };
        let value = match field {
            "Montant" | "Rang" => Json::from(value.parse::<f64>().unwrap()),
            "Rejet" => Json::from(value == "✓"),
            "Salons" => value.split(" + ").collect::<Vec<_>>().into(),
            _ => value.into(),
        };
        record.insert(field.to_owned(), value);
    }
    Json::Object(record)
}

proptest! {
    #![proptest_config(ProptestConfig { max_global_rejects: 1 << 20, ..ProptestConfig::default() })]

    #[test]
    fn what_is_said_of_a_criterion_is_so(
        criterion in criterion(),
        records in prop::collection::vec(record(), 40),
        now in now(),
    ) {
        let mut text = format!("{MODULES}score S sur P\n  +1 si {criterion}\n");
        let clock = Clock::at(now, "UTC").unwrap();
        let program = Program::parse(&text).unwrap_or_else(|e| panic!("{criterion}: {e}"));
        let before: Vec<bool> = records.iter().map(|r| verdicts(&program, &[&criterion], r, &clock)[0]).collect();
        // Every fix is applied, one after the other, until nothing is left to say.
        for _ in 0..20 {
            let found: Vec<_> = check(&text).into_iter().filter(|d| is_lint(d.code.id)).collect();
            for finding in &found {
                match finding.code.id {
                    "W0801" => prop_assert!(!before.contains(&true), "{finding:?}"),
                    "W0802" => prop_assert!(!before.contains(&false), "{finding:?}"),
                    _ => {}
                }
            }
            let never = found.iter().any(|d| matches!(d.code.id, "W0801" | "W0802" | "W0207"));
            let Some(finding) = found.iter().find(|d| !never && !d.fixes.is_empty()) else { break };
            let fixed = apply(&text, &finding.fixes[0].edits);
            let criteria = [criterion_of(&fixed)];
            for (record, before) in records.iter().zip(&before) {
                let after = verdicts(&program, &criteria, record, &clock)[0];
                prop_assert_eq!(after, *before, "{}\n  {}\n  {}", finding.code.id, criteria[0], record);
            }
            text = fixed;
        }
    }

    #[test]
    fn a_branch_that_is_never_reached_is_not(
        criteria in prop::collection::vec(criterion(), 2..4),
        records in prop::collection::vec(record(), 40),
        now in now(),
    ) {
        let mut text = format!("{MODULES}règle R sur P\n  quand créé\n");
        let mut starts = Vec::new();
        for (at, criterion) in criteria.iter().enumerate() {
            text += if at == 0 { "  si " } else { "  sinon si " };
            starts.push(text.len());
            let _ = write!(text, "{criterion}\n  alors\n    Cible : v{at}\n");
        }
        starts.push(text.len());
        text += "  sinon\n    Cible : autre\n";
        let clock = Clock::at(now, "UTC").unwrap();
        let program = Program::parse(&text).unwrap_or_else(|e| panic!("{text}: {e}"));
        let criteria: Vec<&str> = criteria.iter().map(String::as_str).collect();
        for finding in check(&text).iter().filter(|d| d.code.id == "W0806") {
            let at = starts.iter().rposition(|start| *start <= finding.span.end as usize).unwrap();
            for record in &records {
                let verdicts = verdicts(&program, &criteria, record, &clock);
                let reached = verdicts.get(at).copied().unwrap_or(true);
                prop_assert!(!reached || verdicts[..at].contains(&true), "{text}\n{record}");
            }
        }
    }

    #[test]
    fn a_record_on_which_rules_clash_is_one(one in criterion(), two in criterion()) {
        let rule = |name: &str, criterion: &str| {
            format!("règle {name} sur P\n  quand créé\n  si {criterion}\n  alors\n    Cible : {name}\n")
        };
        let text = format!("{MODULES}{}{}", rule("R1", &one), rule("R2", &two));
        let program = Program::parse(&text).unwrap_or_else(|e| panic!("{text}: {e}"));
        let clock = Clock::at("2026-06-17T10:00", "UTC").unwrap();
        for finding in check(&text).iter().filter(|d| matches!(d.code.id, "W0810" | "N0811")) {
            let record = witness(&finding.args["witness"]);
            let verdicts = verdicts(&program, &[&one, &two], &record, &clock);
            prop_assert_eq!(verdicts, [true, true], "{}\n{}", text, record);
        }
    }
}
