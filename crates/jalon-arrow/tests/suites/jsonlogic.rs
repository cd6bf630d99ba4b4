//! JSONLogic's own suites as expressions: what their importer leaves out because it tests no field
//! of a record is a value, or a test of constants, here.

use std::path::{Path, PathBuf};

use serde_json::Value as Json;

use crate::design::Design;
use crate::outside::{Outside, Why};
use crate::run::{Answer, agrees, answer};
use crate::said::{Stage, Ty, say};
use crate::tally::{Tally, Verdict};
use crate::zen::Ast;

#[test]
fn rules() {
    let mut tally = Tally::default();
    for case in cases() {
        let data = case.get("data").cloned().unwrap_or(Json::Null);
        let (said, verdict) = judge(&case["rule"], &data, case.get("result"));
        tally.add("rules", format!("{} {data}", case["rule"]), said, verdict);
    }
    assert_eq!(tally.counts().iter().sum::<usize>(), 1138);
    insta::assert_snapshot!(tally.cases());
    tally.hold("jsonlogic-expressions");
}

fn cases() -> Vec<Json> {
    let data = "../jalon-interop/tests/data/jsonlogic-compat/suites";
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(data)];
    let mut files: Vec<PathBuf> = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    let read = |path: &PathBuf| -> Vec<Json> {
        serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
    };
    files.iter().flat_map(read).filter(Json::is_object).collect()
}

fn judge(rule: &Json, data: &Json, expected: Option<&Json>) -> (String, Verdict) {
    let outside = |outside: Outside| (String::new(), Verdict::Outside(outside));
    let Some(expected) = expected else { return outside(Why::Raised.into()) };
    let mut stage = Stage::new(data);
    let reader = Reader { in_item: false };
    let said = reader.read(rule, &mut stage).and_then(|ast| say(&mut stage, &ast));
    let said = match said {
        Ok(said) => said,
        Err(why) => return outside(why),
    };
    let found = answer(&mut stage, &said);
    let told = said.told() + &stage.made();
    if agrees(&found, expected, &stage) {
        return (told, Verdict::Passed);
    }
    let blank = found == Answer::Nothing(None) && *expected == "";
    assert!(blank, "{rule} {data}: {found:?} for {expected}\n{told}");
    let why = Design::BlankIsEmpty;
    (told, Verdict::Differs { why, ours: found.shown(), theirs: expected.to_string() })
}

/// Reads a rule as an expression.
#[derive(Clone, Copy)]
struct Reader {
    /// Whether names are of the item of a list.
    in_item: bool,
}

impl Reader {
    fn read(self, rule: &Json, stage: &mut Stage) -> Result<Ast, Outside> {
        Ok(match rule {
            Json::Null => Ast::Null,
            Json::Bool(truth) => Ast::Bool(*truth),
            Json::String(text) => Ast::Text(text.clone()),
            Json::Number(number) => match number.to_string().strip_prefix('-') {
                Some(positive) => Ast::Negate(Box::new(Ast::Number(positive.to_owned()))),
                None => Ast::Number(number.to_string()),
            },
            Json::Array(items) => Ast::List(self.all(items, stage)?),
            Json::Object(object) => {
                let mut entries = object.iter();
                let (Some((operator, given)), None) = (entries.next(), entries.next()) else {
                    return Err(Why::Object.into());
                };
                let one = std::slice::from_ref(given);
                let given = given.as_array().map_or(one, Vec::as_slice);
                self.operation(operator, given, stage)?
            }
        })
    }

    fn all(self, items: &[Json], stage: &mut Stage) -> Result<Vec<Ast>, Outside> {
        items.iter().map(|item| self.read(item, stage)).collect()
    }

    fn operation(self, name: &str, given: &[Json], stage: &mut Stage) -> Result<Ast, Outside> {
        match name {
            "var" | "val" => return self.field(given, stage),
            "some" | "all" | "none" => return self.quantified(name, given, stage),
            "map" | "filter" | "reduce" | "merge" => return Err(Why::List.of(name)),
            _ => {}
        }
        let given = self.all(given, stage)?;
        let every = |stage: &mut Stage, ty: Ty| {
            let alike = given.iter().all(|one| stage.ty(one) == ty);
            if alike { Ok(()) } else { Err(Why::Coerced.of(name)) }
        };
        let sign = SIGNS.iter().find(|sign| **sign == name).copied();
        match (name, given.as_slice()) {
            ("==" | "===" | "!=" | "!==", [a, b]) => {
                let ty = stage.ty(a);
                if ty != stage.ty(b) || !matches!(ty, Ty::Number | Ty::Text | Ty::Bool) {
                    return Err(Why::Coerced.of(name));
                }
                Ok(binary(if name.starts_with('=') { "==" } else { "!=" }, a, b))
            }
            ("<" | "<=" | ">" | ">=", [_, _, ..]) => {
                if given.iter().all(|one| stage.ty(one) == Ty::Text) {
                    return Err(Why::Operator.of("the order of texts"));
                }
                every(stage, Ty::Number)?;
                let pairs = given.windows(2).map(|pair| binary(sign.unwrap(), &pair[0], &pair[1]));
                Ok(pairs.reduce(|a, b| binary("and", &a, &b)).unwrap())
            }
            ("and" | "or", [_, ..]) => {
                every(stage, Ty::Bool)?;
                Ok(folded(sign.unwrap(), &given))
            }
            ("!", [one]) => {
                every(stage, Ty::Bool)?;
                Ok(Ast::Not(Box::new(one.clone())))
            }
            ("!!", [one]) => {
                every(stage, Ty::Bool)?;
                Ok(one.clone())
            }
            ("if" | "?:", [_, _, _, ..]) if given.len() % 2 == 1 => choice(&given, stage),
            ("-", [one]) => {
                every(stage, Ty::Number)?;
                Ok(Ast::Negate(Box::new(one.clone())))
            }
            ("+" | "*" | "-" | "/" | "%", [_, _, ..]) => {
                every(stage, Ty::Number)?;
                Ok(folded(sign.unwrap(), &given))
            }
            ("max" | "min", [_, ..]) => {
                every(stage, Ty::Number)?;
                Ok(Ast::Call(name.to_owned(), vec![Ast::List(given)]))
            }
            ("cat", [_, ..]) => {
                every(stage, Ty::Text)?;
                Ok(folded("+", &given))
            }
            ("in", [a, b]) if stage.ty(a) == Ty::Text && stage.ty(b) == Ty::Text => {
                Ok(Ast::Call("contains".to_owned(), vec![b.clone(), a.clone()]))
            }
            ("in", [a, b @ Ast::List(items)])
                if items.iter().all(|i| stage.ty(i) == stage.ty(a)) =>
            {
                Ok(binary("in", a, b))
            }
            ("in", _) => Err(Why::Coerced.of(name)),
            ("??", [.., last]) => {
                let ty = stage.ty(last);
                if given.iter().any(|one| *one != Ast::Null && stage.ty(one) != ty) {
                    return Err(Why::Operator.of("? with values of two types"));
                }
                let from_the_end = given.iter().cloned().rev();
                Ok(from_the_end.reduce(|rest, one| binary("??", &one, &rest)).unwrap())
            }
            ("substr", [text, Ast::Number(from), Ast::Number(count)])
                if from == "0" && stage.ty(text) == Ty::Text =>
            {
                // As far as this place, which is in.
                let to = count.parse::<u32>().ok().and_then(|count| count.checked_sub(1));
                let to = Ast::Number(to.ok_or(Why::Place)?.to_string());
                Ok(Ast::Slice(Box::new(text.clone()), None, Some(Box::new(to))))
            }
            ("substr", _) => Err(Why::Place.of(name)),
            _ if KNOWN.contains(&name) => Err(Why::Arguments.of(name)),
            _ => Err(Why::Function.of(name)),
        }
    }

    fn field(self, given: &[Json], stage: &mut Stage) -> Result<Ast, Outside> {
        let [Json::String(path)] = given else { return Err(Why::Place.into()) };
        if path.is_empty() && self.in_item {
            return Ok(Ast::Name("#".to_owned()));
        }
        let mut ast = self.in_item.then(|| Ast::Name("#".to_owned()));
        for name in path.split('.') {
            let plain = |c: char| c.is_ascii_alphabetic() || c == '_';
            if name.is_empty() || !name.chars().all(plain) {
                return Err(Why::Place.into());
            }
            ast = Some(match ast {
                Some(base) => Ast::Field(Box::new(base), name.to_owned()),
                None => Ast::Name(name.to_owned()),
            });
        }
        let ast = ast.ok_or(Why::Place)?;
        if !self.in_item && stage.field_of(&ast).is_none() {
            return Err(Why::Coerced.of("a field that is not there"));
        }
        // A whole record.
        if stage.ty(&ast) == Ty::Other { Err(Why::Object.into()) } else { Ok(ast) }
    }

    fn quantified(self, name: &str, given: &[Json], stage: &mut Stage) -> Result<Ast, Outside> {
        let [list, test] = given else { return Err(Why::Function.of(name)) };
        let list = self.read(list, stage)?;
        if stage.ty(&list) != Ty::Records || self.in_item {
            return Err(Why::Coerced.of(name));
        }
        let test = Reader { in_item: true }.read(test, stage)?;
        Ok(Ast::Call(name.to_owned(), vec![list, test]))
    }
}

const SIGNS: &[&str] = &["and", "or", "<", "<=", ">", ">=", "+", "-", "*", "/", "%"];

/// Operations that are said where they have the arguments that one expects.
const KNOWN: &[&str] = &[
    "+", "-", "*", "/", "%", "==", "===", "!=", "!==", "<", "<=", ">", ">=", "and", "or", "!",
    "!!", "if", "?:", "max", "min", "cat", "??",
];

fn binary(sign: &'static str, a: &Ast, b: &Ast) -> Ast {
    Ast::Binary(sign, Box::new(a.clone()), Box::new(b.clone()))
}

fn folded(sign: &'static str, given: &[Ast]) -> Ast {
    given.iter().cloned().reduce(|a, b| binary(sign, &a, &b)).unwrap()
}

fn choice(given: &[Ast], stage: &mut Stage) -> Result<Ast, Outside> {
    let [condition, then, rest @ ..] = given else { return Ok(given[0].clone()) };
    if stage.ty(condition) != Ty::Bool {
        return Err(Why::Coerced.of("if"));
    }
    let otherwise = choice(rest, stage)?;
    Ok(Ast::Choice(Box::new(condition.clone()), Box::new(then.clone()), Box::new(otherwise)))
}
