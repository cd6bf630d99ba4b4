//! The OMG's compatibility kit for DMN, level 2: decision tables said as rules and scores, their
//! literal expressions as GoRules'.
//!
//! Where one row decides, a table is one rule with a branch for each row; where several do, a rule
//! for each that calls a function with the row's results; a sum or a count is a score.

mod model;

use std::fmt::Write as _;
use std::path::Path;

use jalon::workflow::EffectKind;
use serde_json::Value as Json;

use crate::design::Design;
use crate::outside::Outside;
use crate::run::{Answer, agrees, answer, decide, holds, parse, total};
use crate::said::{Stage, Ty, criterion, say};
use crate::tally::{Tally, Verdict};
use crate::zen;

use model::{Case, Logic, Model, Policy, Row, Table};

#[test]
fn decisions() {
    let mut tally = Tally::default();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/dmn-tck");
    let mut folders: Vec<_> = std::fs::read_dir(root)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    assert_eq!(folders.len(), 28);
    for folder in folders {
        let name = folder.file_name().unwrap().to_str().unwrap();
        let read =
            |end: &str| std::fs::read_to_string(folder.join(format!("{name}{end}"))).unwrap();
        let model = Model::read(&read(".dmn"));
        let part = model.part();
        for case in Case::read(&read("-test-01.xml")) {
            let (said, verdict) = judge(&model, &case);
            tally.add(part, format!("{name}/{} {}", case.id, case.given), said, verdict);
        }
    }
    assert_eq!(tally.counts().iter().sum::<usize>(), 116);
    insta::assert_snapshot!(tally.cases());
    tally.hold("dmn");
}

impl Model {
    /// Its line on the page.
    fn part(&self) -> &'static str {
        match &self.decisions[0].1 {
            Logic::Expression(_) => "expressions",
            Logic::Table(table) => match table.policy {
                Policy::Unique => "UNIQUE",
                Policy::First => "FIRST",
                Policy::Any => "ANY",
                Policy::Priority => "PRIORITY",
                Policy::RuleOrder => "RULE ORDER",
                Policy::OutputOrder => "OUTPUT ORDER",
                Policy::Collect => "COLLECT",
                Policy::Sum => "COLLECT with SUM",
                Policy::Count => "COLLECT with COUNT",
                Policy::Min => "COLLECT with MIN",
            },
        }
    }
}

/// What a case is in Jalon, and how it comes out: it passes where each of its decisions does.
fn judge(model: &Model, case: &Case) -> (String, Verdict) {
    let (mut all, mut differences, mut design) = (Vec::new(), Vec::new(), None);
    for (name, expected) in &case.expected {
        let (_, logic) = model.decisions.iter().find(|(known, _)| known == name).unwrap();
        let mut stage = staged(model, case);
        let found = match logic {
            Logic::Expression(text) => expression(&mut stage, model, text).map(|(said, found)| {
                all.push(said);
                (!agrees(&found, expected, &stage)).then_some(found)
            }),
            Logic::Table(table) => decided(&mut stage, name, table).map(|(said, found)| {
                all.push(said);
                assert!(alike(&found, expected), "{name}: {found} for {expected}\n{all:?}");
                None
            }),
        };
        match found {
            Ok(None) => {}
            Ok(Some(found)) => {
                let why = why_it_differs(&found).unwrap_or_else(|| {
                    panic!("{name}: {found:?} for {expected}\n{all:?}\n{}", stage.program())
                });
                design = Some(why);
                differences.push((format!("{name} {}", found.shown()), expected.to_string()));
            }
            Err(outside) => return (String::new(), Verdict::Outside(outside)),
        }
    }
    let verdict = design.map_or(Verdict::Passed, |why| {
        let (ours, theirs): (Vec<_>, Vec<_>) = differences.into_iter().unzip();
        Verdict::Differs { why, ours: ours.join(" and "), theirs: theirs.join(" and ") }
    });
    (all.join(" | "), verdict)
}

/// The module and the record of a case; what holds nothing is of the type that the model says.
fn staged(model: &Model, case: &Case) -> Stage {
    let mut stage = Stage::new(&case.given);
    for (name, ty) in &model.given {
        if case.given[name].is_null() {
            stage.retype(name, if ty == "boolean" { "checkbox" } else { ty }, Ty::Bool);
        }
    }
    for (_, logic) in &model.decisions {
        let Logic::Table(table) = logic else { continue };
        for input in &table.inputs {
            if let Some(values) = &input.values {
                stage.retype(&input.name, &format!("picklist {values}"), Ty::Text);
            }
        }
    }
    stage
}

fn expression(stage: &mut Stage, model: &Model, text: &str) -> Result<(String, Answer), Outside> {
    let names: Vec<&str> = model.given.iter().map(|(name, _)| name.as_str()).collect();
    let said = say(stage, &zen::expression(text, &names))?;
    let found = answer(stage, &said);
    Ok((said.told() + &stage.made(), found))
}

fn why_it_differs(found: &Answer) -> Option<Design> {
    match found {
        Answer::Holds(_) => Some(Design::TwoValued),
        Answer::Nothing(Some("arithmetic")) => Some(Design::ErrorIsTold),
        _ => None,
    }
}

/// A row as a criterion; none where it always holds.
fn row_criterion(stage: &mut Stage, table: &Table, row: &Row) -> Result<Option<String>, Outside> {
    let mut tests = Vec::new();
    for (input, cell) in table.inputs.iter().zip(&row.cells) {
        if cell != "-" {
            stage.cell.clone_from(&input.name);
            tests.push(criterion(stage, &zen::cell(cell))?);
        }
    }
    Ok((!tests.is_empty()).then(|| tests.join(" AND ")))
}

/// A table as rules or as a score, and what it decides.
fn decided(stage: &mut Stage, name: &str, table: &Table) -> Result<(String, Json), Outside> {
    let mut rows = Vec::new();
    for row in &table.rows {
        rows.push((row_criterion(stage, table, row)?, row));
    }
    let program = parse(&stage.program());
    let held: Vec<usize> = (0..rows.len())
        .filter(|row| rows[*row].0.as_ref().is_none_or(|text| holds(&program, stage, text).0))
        .collect();
    match table.policy {
        Policy::Unique => assert_eq!(held.len(), 1),
        Policy::Any => {
            let one = &rows[held[0]].1.results;
            assert!(held.iter().all(|row| rows[*row].1.results == *one));
        }
        _ => {}
    }
    match table.policy {
        Policy::Priority | Policy::OutputOrder => rows.sort_by_key(|(_, row)| table.rank(row)),
        Policy::Min => {
            rows.sort_by_key(|(_, row)| row.results[0].parse::<rust_decimal::Decimal>().unwrap());
        }
        _ => {}
    }
    Ok(match table.policy {
        Policy::Sum | Policy::Count => scored(stage, table, &rows),
        Policy::RuleOrder | Policy::OutputOrder | Policy::Collect => {
            each(stage, table, &rows, held.len())
        }
        _ => one(stage, name, table, &rows),
    })
}

impl Table {
    /// How good the results of a row are: the best is the least.
    fn rank(&self, row: &Row) -> Vec<usize> {
        let results = self.outputs.iter().zip(&row.results);
        let ranked = results.filter(|(output, _)| !output.values.is_empty());
        let place = |(output, result): (&model::Output, &String)| {
            output.values.iter().position(|value| value == result.trim_matches('"')).unwrap()
        };
        ranked.map(place).collect()
    }

    /// The results of a row by the names of the outputs.
    fn named(&self, results: Vec<Json>) -> Json {
        if self.outputs.len() == 1 {
            return results.into_iter().next().unwrap();
        }
        let names = self.outputs.iter().map(|output| output.name.clone().unwrap());
        Json::Object(names.zip(results).collect())
    }
}

type Rows<'t> = [(Option<String>, &'t Row)];

/// One rule: the first row that holds writes the results.
fn one(stage: &mut Stage, name: &str, table: &Table, rows: &Rows<'_>) -> (String, Json) {
    let mut rule = String::from("rule \"R\" on M\n  when created\n");
    let fields: Vec<&str> =
        table.outputs.iter().map(|output| output.name.as_deref().unwrap_or(name)).collect();
    for (field, result) in fields.iter().zip(&table.rows[0].results) {
        stage.declare_flat(field, if result.starts_with('"') { Ty::Text } else { Ty::Number });
    }
    let mut writes = |head: &str, results: &mut dyn Iterator<Item = &String>| {
        rule.push_str(head);
        for (field, result) in fields.iter().zip(results) {
            rule.extend(["    ", field, " : ", result, "\n"]);
        }
    };
    for (at, (test, row)) in rows.iter().enumerate() {
        let head = match (at, test) {
            (0, Some(test)) => format!("  if {test}\n  then\n"),
            (_, Some(test)) => format!("  else if {test}\n  then\n"),
            (_, None) => "  else\n".to_owned(),
        };
        writes(&head, &mut row.results.iter());
    }
    if table.outputs.iter().all(|output| output.default.is_some()) {
        writes("  else\n", &mut table.outputs.iter().filter_map(|output| output.default.as_ref()));
    }
    let decision = decide(&parse(&format!("{}{rule}", stage.program())), stage);
    let written = |field: &&str| {
        let change = decision.changes.iter().find(|change| change.field == **field);
        change.map_or(Json::Null, |change| change.new.to_json())
    };
    (rule.replace('\n', " "), table.named(fields.iter().map(written).collect()))
}

/// A rule for each row: those that hold call a function with their results, in order.
fn each(stage: &Stage, table: &Table, rows: &Rows<'_>, held: usize) -> (String, Json) {
    let mut rules = String::new();
    for (at, (test, row)) in rows.iter().enumerate() {
        let test = test.as_ref().unwrap();
        let results = row.results.join(", ");
        writeln!(rules, "rule \"{at}\" on M\n  when created\n  if {test}").unwrap();
        writeln!(rules, "  then\n    function Result({results})").unwrap();
    }
    let program = parse(&format!("{}{rules}", stage.program()));
    let decision = decide(&program, stage);
    let found = program.matching(&Json::Object(stage.record.clone()), &stage.clock(), Some("M"));
    assert_eq!(found.unwrap(), decision.fired);
    assert_eq!(decision.fired.len(), held);
    let results = decision.effects.iter().map(|effect| match &effect.kind {
        EffectKind::Function { arguments, .. } => {
            table.named(arguments.iter().map(jalon::Value::to_json).collect())
        }
        other => panic!("{other:?}"),
    });
    (rules.replace('\n', " "), results.collect())
}

/// A score of which each row is a line.
fn scored(stage: &Stage, table: &Table, rows: &Rows<'_>) -> (String, Json) {
    let mut score = String::from("score S on M\n");
    for (test, row) in rows {
        let points = if table.policy == Policy::Sum { row.results[0].as_str() } else { "1" };
        writeln!(score, "  +{points} if {}", test.as_ref().unwrap()).unwrap();
    }
    let program = parse(&format!("{}{score}", stage.program()));
    let total = total(&program, &Json::Object(stage.record.clone()), &stage.clock());
    (score.replace('\n', " "), serde_json::from_str(&total.to_string()).unwrap())
}

/// Whether results are those expected, numbers as numbers.
fn alike(found: &Json, expected: &Json) -> bool {
    match (found, expected) {
        (Json::Number(a), Json::Number(b)) => {
            let exact =
                |number: &serde_json::Number| number.to_string().parse::<rust_decimal::Decimal>();
            exact(a).is_ok_and(|a| Ok(a) == exact(b))
        }
        _ => found == expected,
    }
}
