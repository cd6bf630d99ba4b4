//! An expression of theirs said in Jalon: a module with the fields it reads, a record, and a
//! criterion or a value.
//!
//! A constant at the left of a comparison is a field that holds it, a computed one a formula; an
//! object is a reference that the host resolved, a list is related records (each with its `value`,
//! where they are plain values).

mod dates;
mod lists;
mod stage;

pub use dates::shown;
pub use stage::{Stage, Ty, bare};

use serde_json::Value as Json;

use crate::outside::{Outside, Why};
use crate::zen::Ast;

/// What a case asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// Whether it holds.
    Criterion(String),
    /// The value of an expression.
    Value(String, Ty),
    /// The start, or the last second, of the interval that a criterion stands for.
    Bound(String, bool),
    /// Fields written, in order.
    Writes(Vec<(String, String)>),
}

impl Said {
    /// On one line.
    pub fn told(&self) -> String {
        match self {
            Said::Criterion(text) | Said::Value(text, _) => text.clone(),
            Said::Bound(text, end) => {
                format!("the {} of {text}", if *end { "end" } else { "start" })
            }
            Said::Writes(lines) => {
                let lines = lines.iter().map(|(name, value)| format!("{name} : {value}"));
                lines.collect::<Vec<_>>().join("; ")
            }
        }
    }
}

type Made<T> = Result<T, Outside>;

/// Says an expression.
pub fn say(stage: &mut Stage, ast: &Ast) -> Made<Said> {
    dates::prepare(stage, ast);
    if let Some(bound) = dates::bound(stage, ast) {
        return bound;
    }
    if let Ast::Assign(..) | Ast::Sequence(_) = ast {
        return writes(stage, ast);
    }
    match stage.ty(ast) {
        Ty::Bool => criterion(stage, ast).map(Said::Criterion),
        ty => Ok(Said::Value(value(stage, ast)?, ty)),
    }
}

fn writes(stage: &mut Stage, ast: &Ast) -> Made<Said> {
    let one = [ast.clone()];
    let steps = if let Ast::Sequence(steps) = ast { steps.as_slice() } else { &one };
    let mut written = Vec::new();
    for step in steps {
        let (name, from) = match step {
            Ast::Assign(target, from) => (path(target).unwrap(), &**from),
            // What stands last is the result.
            result => ("Result".to_owned(), result),
        };
        if name == "Result" && matches!(from, Ast::Name(name) if name == "$root") {
            continue;
        }
        let ty = stage.ty(from);
        let from = if ty == Ty::Bool {
            let Ast::Bool(ticked) = from else { return Err(Why::Operator.of("a test as a value")) };
            ticked.to_string()
        } else {
            value(stage, from)?
        };
        // What an object holds is a field of its own.
        let name = name.replace('.', " ");
        stage.declare_flat(&name, ty);
        written.push((name, from));
    }
    Ok(Said::Writes(written))
}

/// `user.name`
pub fn path(ast: &Ast) -> Option<String> {
    match ast {
        Ast::Name(name) => Some(name.clone()),
        Ast::Field(base, name) => Some(format!("{}.{name}", path(base)?)),
        _ => None,
    }
}

/// A test.
pub fn criterion(stage: &mut Stage, ast: &Ast) -> Made<String> {
    Ok(match ast {
        Ast::Not(inner) => format!("NOT ({})", criterion(stage, inner)?),
        Ast::Binary("and", a, b) => {
            format!("({}) AND ({})", criterion(stage, a)?, criterion(stage, b)?)
        }
        Ast::Binary("or", ..) if let Some((subject, values)) = alternatives(ast) => {
            let left = operand(stage, subject)?;
            let values: Vec<String> =
                values.into_iter().map(|one| value(stage, one)).collect::<Made<_>>()?;
            format!("{left} IS {}", values.join(", "))
        }
        Ast::Binary("or", a, b) => {
            format!("({}) OR ({})", criterion(stage, a)?, criterion(stage, b)?)
        }
        Ast::Choice(c, a, b) => {
            let (c, a, b) = (criterion(stage, c)?, criterion(stage, a)?, criterion(stage, b)?);
            format!("(({c}) AND ({a})) OR ((NOT ({c})) AND ({b}))")
        }
        Ast::Binary("in", subject, set) => within(stage, subject, set)?,
        Ast::Binary(sign @ ("==" | "!=" | "<" | "<=" | ">" | ">="), a, b) => {
            compared(stage, sign, a, b)?
        }
        Ast::Call(name, arguments) => called(stage, name, arguments)?,
        Ast::Method(base, name, arguments) => dates::test(stage, base, name, arguments)?,
        _ => format!("{} IS true", operand(stage, ast)?),
    })
}

/// `x == 'a' or x == 'b'`
fn alternatives(ast: &Ast) -> Option<(&Ast, Vec<&Ast>)> {
    match ast {
        Ast::Binary("or", a, b) => {
            let ((subject, mut values), (other, more)) = (alternatives(a)?, alternatives(b)?);
            values.extend(more);
            (subject == other).then_some((subject, values))
        }
        Ast::Binary("==", subject, value) => match &**value {
            Ast::Text(_) | Ast::Number(_) => Some((subject, vec![value])),
            _ => None,
        },
        _ => None,
    }
}

fn compared(stage: &mut Stage, sign: &str, a: &Ast, b: &Ast) -> Made<String> {
    if *b == Ast::Null {
        let is = if sign == "==" { "IS EMPTY" } else { "IS NOT EMPTY" };
        return Ok(format!("{} {is}", operand(stage, a)?));
    }
    let sign = match sign {
        "==" => "IS",
        "!=" => "IS NOT",
        other => other,
    };
    if let (Ty::Bool, Ast::Bool(ticked)) = (stage.ty(a), b) {
        return Ok(format!("{} {sign} {ticked}", operand(stage, a)?));
    }
    if stage.ty(b) == Ty::Bool {
        return Ok(format!("{} {sign} {}", operand(stage, a)?, operand(stage, b)?));
    }
    let left = operand(stage, a)?;
    Ok(format!("{left} {sign} {}", value(stage, b)?))
}

fn within(stage: &mut Stage, subject: &Ast, set: &Ast) -> Made<String> {
    match set {
        Ast::Interval(from, to, starts, ends) => {
            let left = operand(stage, subject)?;
            let (from, to) = (value(stage, from)?, value(stage, to)?);
            Ok(if *starts && *ends {
                format!("{left} BETWEEN {from} AND {to}")
            } else {
                let low = if *starts { ">=" } else { ">" };
                let high = if *ends { "<=" } else { "<" };
                format!("{left} {low} {from} AND {left} {high} {to}")
            })
        }
        Ast::List(items) if items.is_empty() => Err(Why::List.of("an empty one")),
        Ast::List(items) => {
            let left = operand(stage, subject)?;
            let items: Vec<String> =
                items.iter().map(|item| value(stage, item)).collect::<Made<_>>()?;
            Ok(format!("{left} IS {}", items.join(", ")))
        }
        _ => Err(Why::List.into()),
    }
}

fn called(stage: &mut Stage, name: &str, arguments: &[Ast]) -> Made<String> {
    let operator = match name {
        "contains" if stage.ty(&arguments[0]) == Ty::Records => {
            return lists::contains(stage, &arguments[0], &arguments[1]);
        }
        "contains" => "CONTAINS",
        "startsWith" => "STARTS WITH",
        "endsWith" => "ENDS WITH",
        "matches" => {
            let Ast::Text(pattern) = &arguments[1] else { return Err(Why::Function.of(name)) };
            return Ok(format!("{} MATCHES /{pattern}/", operand(stage, &arguments[0])?));
        }
        "some" | "all" | "none" | "one" => return lists::quantified(stage, name, arguments),
        "bool" => return Ok(format!("{} IS true", operand_as(stage, &arguments[0], "checkbox")?)),
        // A number is what a field of numbers can read.
        "isNumeric" => {
            return Ok(format!("{} IS NOT EMPTY", operand_as(stage, &arguments[0], "number")?));
        }
        _ => return Err(Why::Function.of(name)),
    };
    let left = operand(stage, &arguments[0])?;
    Ok(format!("{left} {operator} {}", value(stage, &arguments[1])?))
}

/// The left side of a test: a field.
pub fn operand(stage: &mut Stage, ast: &Ast) -> Made<String> {
    if let Some(name) = stage.field_of(ast) {
        return Ok(name);
    }
    if let Some(constant) = ast.constant().filter(|constant| !constant.is_array()) {
        if stage.in_item() && (constant.is_boolean() || constant.is_null()) {
            return Err(Why::Operator.of("a constant as a test"));
        }
        if stage.in_item() {
            let written = value(stage, ast)?;
            return Ok(stage.formula(&written));
        }
        return Ok(stage.constant(&constant));
    }
    match ast {
        Ast::Call(name, arguments) if matches!(name.as_str(), "number" | "bool") => {
            let ty = if name == "bool" { "checkbox" } else { "number" };
            operand_as(stage, &arguments[0], ty)
        }
        _ if stage.ty(ast) == Ty::Bool => Err(Why::Operator.of("a test as a value")),
        _ => {
            if let Some(field) = dates::plain(stage, ast) {
                return field;
            }
            let written = value(stage, ast)?;
            Ok(stage.formula(&written))
        }
    }
}

/// A constant, or a field's value, held by a field of a type.
fn operand_as(stage: &mut Stage, ast: &Ast, ty: &str) -> Made<String> {
    let held = match ast {
        Ast::Text(text) => Json::String(text.clone()),
        _ => ast.constant().ok_or(Why::TypeAsked)?,
    };
    Ok(stage.held(ty, held))
}

/// An expression.
pub fn value(stage: &mut Stage, ast: &Ast) -> Made<String> {
    if let Some(made) = dates::value(stage, ast) {
        return made;
    }
    Ok(match ast {
        Ast::Null | Ast::Bool(_) => {
            let name = operand(stage, ast)?;
            stage.qualified(&name)
        }
        Ast::Number(written) if written.contains(['e', 'E']) => operand(stage, ast)?,
        Ast::Number(written) if written.starts_with('.') => format!("0{written}"),
        Ast::Number(written) => written.clone(),
        Ast::Text(text) => format!("\"{}\"", text.replace('"', "\\\"")),
        Ast::Template(parts) => template(stage, &parts.iter().collect::<Vec<_>>())?,
        Ast::Name(_) | Ast::Field(..) => match stage.field_of(ast) {
            Some(name) => stage.qualified(&name),
            None => return Err(Why::Object.into()),
        },
        Ast::Negate(inner) => match &**inner {
            Ast::Number(_) => {
                let written = value(stage, inner)?;
                if written.starts_with(|c: char| c.is_ascii_digit()) {
                    format!("-{written}")
                } else {
                    format!("(- {written})")
                }
            }
            inner => format!("(- {})", value(stage, inner)?),
        },
        Ast::Binary("+", ..) if stage.ty(ast) == Ty::Text => {
            let mut parts = Vec::new();
            summands(ast, &mut parts);
            // Each is a field, so that the texts are joined when they are read; a field of white
            // space alone would be empty.
            let mut text = String::new();
            for part in parts {
                match part {
                    Ast::Text(blank) if blank.trim().is_empty() => text.push_str(blank),
                    part => text.extend(["${", &operand(stage, part)?, "}"]),
                }
            }
            format!("\"{text}\"")
        }
        Ast::Binary(sign @ ("+" | "-" | "*" | "/"), a, b) => {
            format!("({} {sign} {})", number(stage, a)?, number(stage, b)?)
        }
        Ast::Binary("??", a, b) => {
            // What has no type of its own has that of what stands for it.
            let a =
                if **a == Ast::Null { stage.held_as(b, Json::Null) } else { operand(stage, a)? };
            let written = stage.qualified(&a);
            format!("(if ({a} IS NOT EMPTY) then {written} else {})", value(stage, b)?)
        }
        Ast::Binary(sign, ..) => return Err(Why::Operator.of(sign)),
        Ast::Choice(c, a, b) => {
            if stage.ty(a) != stage.ty(b) {
                return Err(Why::Operator.of("? with values of two types"));
            }
            let condition = criterion(stage, c)?;
            format!("(if ({condition}) then {} else {})", value(stage, a)?, value(stage, b)?)
        }
        // Their last place is in.
        Ast::Slice(text, from, Some(to))
            if from.as_ref().is_none_or(|from| **from == Ast::Number("0".into())) =>
        {
            format!("left({}, {} + 1)", value(stage, text)?, value(stage, to)?)
        }
        Ast::Slice(..) | Ast::Index(..) => return Err(Why::Place.into()),
        Ast::List(_) | Ast::Interval(..) => return Err(Why::List.into()),
        Ast::Object(_) => return Err(Why::Object.into()),
        Ast::Call(name, arguments) => function(stage, name, arguments)?,
        Ast::Method(_, name, _) => return Err(Why::Function.of(name)),
        Ast::Not(_) | Ast::Alias(..) | Ast::Assign(..) | Ast::Sequence(_) => {
            return Err(Why::Operator.of("a test as a value"));
        }
    })
}

/// An operand of arithmetic: nothing is a number that is not there.
fn number(stage: &mut Stage, ast: &Ast) -> Made<String> {
    if *ast == Ast::Null {
        let name = stage.held("number", Json::Null);
        return Ok(stage.qualified(&name));
    }
    value(stage, ast)
}

fn summands<'a>(ast: &'a Ast, parts: &mut Vec<&'a Ast>) {
    match ast {
        Ast::Binary("+", a, b) => {
            summands(a, parts);
            summands(b, parts);
        }
        other => parts.push(other),
    }
}

/// Texts one after the other.
fn template(stage: &mut Stage, parts: &[&Ast]) -> Made<String> {
    let mut text = String::from("\"");
    for part in parts {
        match part {
            Ast::Text(plain) => text.push_str(&plain.replace('"', "\\\"")),
            part => {
                let name = operand(stage, part)?;
                text.extend(["${", &name, "}"]);
            }
        }
    }
    text.push('"');
    Ok(text)
}

fn function(stage: &mut Stage, name: &str, arguments: &[Ast]) -> Made<String> {
    let ours = match name {
        "lower" => "lower",
        "upper" => "upper",
        "round" => "round",
        "len" if stage.ty(&arguments[0]) == Ty::Text => "length",
        "len" | "count" | "sum" | "avg" | "min" | "max" => {
            return lists::aggregate(stage, name, arguments);
        }
        "string" => return template(stage, &[&arguments[0]]),
        "number" => {
            let name = operand_as(stage, &arguments[0], "number")?;
            return Ok(stage.qualified(&name));
        }
        "rand" => return Err(Why::Chance.into()),
        "type" => return Err(Why::TypeAsked.into()),
        "map" | "filter" | "flatMap" | "split" | "extract" | "merge" => {
            return Err(Why::List.of(name));
        }
        "keys" | "values" | "mergeDeep" => return Err(Why::Object.of(name)),
        other => return Err(Why::Function.of(other)),
    };
    let arguments: Vec<String> =
        arguments.iter().map(|argument| value(stage, argument)).collect::<Made<_>>()?;
    Ok(format!("{ours}({})", arguments.join(", ")))
}
