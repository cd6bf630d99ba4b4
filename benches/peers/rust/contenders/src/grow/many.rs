//! Rules of which ever more hold: those of the engine's own benchmark of its index, with the
//! index that is written by hand there.

use std::rc::Rc;
use std::time::Instant;

use jalon::index::{LoweredRules, RuleIndex};
use jalon::{Clock, Program, Row};
use race::job::version;
use race::worker::Contender;
use serde_json::json;

use super::checksum;
use crate::by_hand::ByHand;
use crate::rules::{Kind, MODULE, Rule, Rules};

/// Records that are asked about.
const RECORDS: usize = 1_000;
/// Rules that are lowered together: their conditions take more room than their index.
const PORTION: usize = 1_000;
/// Beyond, the index by hand takes long.
const BY_HAND_AT_MOST: usize = 100_000;

/// Jalon's index of so many rules, and the one by hand.
pub fn contenders(count: usize) -> Vec<Contender> {
    let module = MODULE.replace("texte", "texte, casse stricte");
    let program = Program::parse(&module).unwrap_or_else(|error| panic!("{error}"));
    let mut generator = Rules::new(Kind::Growing, count, &program);
    let leads: Vec<_> = (0..RECORDS).map(|_| generator.lead()).collect();
    let rows: Vec<Row> = leads.iter().map(|lead| lead.row(&program)).collect();
    let by_hand = count <= BY_HAND_AT_MOST;
    let mut rules = Vec::new();
    let (index, built) = index(&mut generator, count, &program, by_hand.then_some(&mut rules));
    let bytes = index.size() as f64 / count as f64;
    let mut matcher = index.matcher(&Clock::default()).unwrap();
    let fire = rows.iter().map(|row| matcher.matches(row).len()).sum::<usize>() as f64;
    let fire = fire / RECORDS as f64;

    let question = format!("{count} rules");
    let mut all = Vec::new();
    if by_hand {
        let start = Instant::now();
        let mut by_hand = ByHand::new(&rules);
        let built = start.elapsed().as_secs_f64() * 1e3;
        let leads = Rc::new(leads);
        let ask = move |i: usize| checksum(by_hand.matches(&leads[i]).iter().copied());
        all.push(
            Contender::by_lead("hand-written index", "", &question, "struct", RECORDS, ask)
                .figures(json!({ "built_ms": built, "fire": fire })),
        );
    }
    let ask = move |i: usize| checksum(matcher.matches(&rows[i]).iter().map(|rule| rule.0));
    let name = "Jalon, index";
    all.push(
        Contender::by_lead(name, &version("jalon"), &question, "native row", RECORDS, ask)
            .figures(json!({ "built_ms": built, "fire": fire, "bytes": bytes })),
    );
    all
}

/// The index, and the milliseconds that it took; the rules are kept where they are wanted.
fn index(
    generator: &mut Rules,
    count: usize,
    program: &Program,
    mut keep: Option<&mut Vec<Rule>>,
) -> (RuleIndex, f64) {
    let (mut builder, mut built) = (program.index_builder(), 0.0);
    for start in (0..count).step_by(PORTION) {
        let portion: Vec<Rule> =
            (start..count.min(start + PORTION)).map(|_| generator.rule()).collect();
        let conditions: Vec<_> = portion.iter().map(|rule| generator.condition(rule)).collect();
        let clock = Instant::now();
        builder.add_lowered(&LoweredRules::new(conditions.iter().map(Some)));
        built += clock.elapsed().as_secs_f64();
        if let Some(keep) = &mut keep {
            keep.extend(portion);
        }
    }
    let clock = Instant::now();
    let index = builder.finish();
    (index, (built + clock.elapsed().as_secs_f64()) * 1e3)
}
