//! GoRules' tables of expressions, each said in Jalon, with the answer they expect.

use serde_json::Value as Json;

use crate::design::Design;
use crate::run::{Answer, agrees, answer};
use crate::said::{Stage, say};
use crate::tally::{Tally, Verdict};
use crate::zen::{self, Ast};

/// A row of a table.
struct Row<'t> {
    expression: &'t str,
    input: Json,
    expected: Json,
}

fn rows(table: &str) -> Vec<Row<'_>> {
    let lines = table.lines().skip(1).map(str::trim);
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    let json = |text: &str| match text.trim() {
        "" => Json::Null,
        text => zen::zen(text).constant().unwrap_or_else(|| panic!("{text}")),
    };
    lines
        .map(|line| {
            // An expression in quotes may hold semicolons.
            let (expression, rest) = match line.strip_prefix('"') {
                Some(quoted) => quoted.split_once("\";").unwrap(),
                None => line.split_once(';').unwrap(),
            };
            // Some rows leave out the input with its semicolon.
            let (input, expected) = rest.split_once(';').unwrap_or(("", rest));
            Row { expression: expression.trim(), input: json(input), expected: json(expected) }
        })
        .collect()
}

#[test]
fn expressions() {
    let mut tally = Tally::default();
    for (name, table, cells) in [
        ("standard", include_str!("../data/gorules/standard.csv"), false),
        ("unary", include_str!("../data/gorules/unary.csv"), true),
        ("date", include_str!("../data/gorules/date.csv"), false),
    ] {
        for row in rows(table) {
            let ast = if cells { zen::cell(row.expression) } else { zen::program(row.expression) };
            let (said, verdict) = judge(&ast, &row);
            tally.add(name, row.expression.to_owned(), said, verdict);
        }
    }
    assert_eq!(tally.counts().iter().sum::<usize>(), 517 + 89 + 210);
    insta::assert_snapshot!(tally.cases());
    tally.hold("gorules");
}

/// What a case is in Jalon, and how it comes out.
fn judge(ast: &Ast, row: &Row<'_>) -> (String, Verdict) {
    let mut stage = Stage::new(&row.input);
    let said = match say(&mut stage, ast) {
        Ok(said) => said,
        Err(outside) => return (String::new(), Verdict::Outside(outside)),
    };
    let found = answer(&mut stage, &said);
    let verdict = if agrees(&found, &row.expected, &stage) {
        Verdict::Passed
    } else {
        let why = why_it_differs(ast, &found).unwrap_or_else(|| {
            panic!(
                "{}: {found:?} for {}\n{said:?}\n{}",
                row.expression,
                row.expected,
                stage.program()
            )
        });
        Verdict::Differs { why, ours: found.shown(), theirs: row.expected.to_string() }
    };
    (said.told() + &stage.made(), verdict)
}

/// By design; none where nothing of the kind is in the case.
fn why_it_differs(ast: &Ast, answer: &Answer) -> Option<Design> {
    let calls = |wanted: &'static [&'static str]| {
        move |part: &Ast| match part {
            Ast::Call(name, _) | Ast::Method(_, name, _) => wanted.contains(&name.as_str()),
            _ => false,
        }
    };
    if ast.any(&|part| matches!(part, Ast::Binary("/", _, by) if **by == Ast::Number("0".into()))) {
        return (*answer == Answer::Nothing(Some("arithmetic"))).then_some(Design::ErrorIsTold);
    }
    if ast.any(&calls(&["number", "bool"])) {
        return Some(Design::TickIsNoNumber);
    }
    if ast.any(&calls(&["round"])) {
        return Some(Design::HalfToEven);
    }
    ast.any(&calls(&["diff"])).then_some(Design::CivilDays)
}
