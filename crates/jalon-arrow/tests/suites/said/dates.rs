//! Dates and times: fields that hold them, offsets, and the clock's intervals.

use jalon::value::{Instant, LocalDateTime, Moment, Zone, read};
use serde_json::Value as Json;

use super::stage::bare;
use super::{Made, Said, Stage, operand};
use crate::outside::Why;
use crate::zen::Ast;

/// The text of a date that stands for itself: `d('2023-10-15')`.
pub fn literal(ast: &Ast) -> Option<String> {
    match ast {
        Ast::Call(name, arguments) if name == "d" || name == "date" => match arguments.first() {
            Some(Ast::Text(text)) if Zone::parse(text).is_err() => Some(text.clone()),
            _ => None,
        },
        _ => None,
    }
}

/// Whether a case speaks of points in time, and of which zone.
pub fn prepare(stage: &mut Stage, ast: &Ast) {
    let timed = |part: &Ast| match part {
        Ast::Call(name, arguments) if name == "d" || name == "date" => {
            arguments.len() != 1 || literal(part).is_none_or(|text| text.contains(':'))
        }
        Ast::Call(name, arguments) if name == "duration" => {
            matches!(&arguments[0], Ast::Text(text) if text.contains(['h', 'm']))
        }
        Ast::Call(name, _) => name == "startOf" || name == "endOf",
        Ast::Method(_, name, arguments) => match (name.as_str(), arguments.first()) {
            ("add" | "sub", Some(Ast::Text(text))) => text.contains(['h', 'm']),
            ("tz", _) => true,
            _ => false,
        },
        _ => false,
    };
    stage.timed = ast.any(&timed);
    if let Some(zone) = zone(ast) {
        stage.zone = zone;
    }
}

/// The zone that the outermost part names.
fn zone(ast: &Ast) -> Option<Zone> {
    let named = match ast {
        Ast::Method(_, name, arguments) if name == "tz" => arguments.first(),
        Ast::Call(name, arguments) if name == "d" => arguments.last(),
        _ => None,
    };
    let own = match named {
        Some(Ast::Text(text)) => Zone::parse(text).ok(),
        _ => None,
    };
    own.or_else(|| ast.parts().into_iter().find_map(zone))
}

/// A date as a field: one that holds it.
pub fn plain(stage: &mut Stage, ast: &Ast) -> Option<Made<String>> {
    let Ast::Call(name, arguments) = ast else { return None };
    if name != "d" && name != "date" {
        return None;
    }
    let held = match (literal(ast), arguments.first()) {
        (Some(text), _) => Json::String(text),
        (None, Some(Ast::Null)) => Json::Null,
        _ => return None,
    };
    let ty = if stage.timed { "datetime" } else { "date" };
    Some(Ok(stage.held(ty, held)))
}

/// What is a date, or computed from dates.
pub fn value(stage: &mut Stage, ast: &Ast) -> Option<Made<String>> {
    Some(match ast {
        Ast::Call(name, arguments) if name == "d" || name == "date" => {
            match (literal(ast), arguments.first()) {
                (Some(text), _) if !stage.timed => Ok(text),
                (Some(_), _) => plain(stage, ast)?.map(|name| stage.qualified(&name)),
                // Now, in whichever zone.
                (None, None | Some(Ast::Text(_))) => Ok("now".to_owned()),
                _ => return None,
            }
        }
        Ast::Call(name, arguments) if name == "dateString" => super::value(stage, &arguments[0]),
        Ast::Method(base, name, _) if name == "tz" || name == "timestamp" => {
            super::value(stage, base)
        }
        Ast::Method(base, name, arguments) if name == "add" || name == "sub" => {
            let steps = match arguments.as_slice() {
                [Ast::Text(text)] => text.split(' ').map(step).collect(),
                [Ast::Number(count), Ast::Text(unit)] => vec![step(&format!("{count}{unit}"))],
                _ => return None,
            };
            shifted(stage, base, &steps, name == "add")
        }
        Ast::Binary(sign @ ("+" | "-"), base, duration) => match &**duration {
            Ast::Call(name, arguments) if name == "duration" => {
                let Ast::Text(text) = &arguments[0] else { return None };
                let steps: Vec<String> = text.split(' ').map(step).collect();
                shifted(stage, base, &steps, *sign == "+")
            }
            _ => return None,
        },
        Ast::Method(base, name, arguments) if name == "diff" => match arguments.as_slice() {
            [from, Ast::Text(unit)] if unit == "day" => between(stage, from, base),
            [_, Ast::Text(unit)] => Err(Why::Function.of(&format!("diff in {unit}s"))),
            _ => return None,
        },
        Ast::Method(_, name, _) if name == "format" || name == "offsetName" => {
            Err(Why::DateText.of(name))
        }
        _ => return None,
    })
}

fn between(stage: &mut Stage, from: &Ast, to: &Ast) -> Made<String> {
    let (from, to) = (super::value(stage, from)?, super::value(stage, to)?);
    Ok(format!("days between({}, {})", bare(&from), bare(&to)))
}

/// `5h` as `5 hours`.
fn step(text: &str) -> String {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let unit = match &text[end..] {
        "d" => "days",
        "h" => "hours",
        "m" => "minutes",
        "w" => "weeks",
        "M" => "months",
        "y" => "years",
        other => panic!("a unit `{other}`"),
    };
    format!("{} {unit}", &text[..end])
}

fn shifted(stage: &mut Stage, base: &Ast, steps: &[String], forward: bool) -> Made<String> {
    let mut written = super::value(stage, base)?;
    for step in steps {
        written.extend([if forward { " plus " } else { " minus " }, step]);
    }
    Ok(format!("({written})"))
}

/// `today`, `this month`: the clock's interval of a unit.
fn interval(unit: &Ast) -> Made<&'static str> {
    let Ast::Text(unit) = unit else { return Err(Why::Function.of("startOf")) };
    Ok(match unit.as_str() {
        "day" | "d" => "today",
        "week" | "w" => "this week",
        "month" | "M" => "this month",
        "quarter" => "this quarter",
        "year" | "y" => "this year",
        _ => return Err(Why::Function.of("startOf, endOf of hours and minutes")),
    })
}

/// A test of a date.
pub fn test(stage: &mut Stage, base: &Ast, name: &str, arguments: &[Ast]) -> Made<String> {
    let word = match name {
        "isBefore" => "BEFORE",
        "isAfter" => "AFTER",
        "isSame" => "IS",
        "isSameOrBefore" => "<=",
        "isSameOrAfter" => ">=",
        "isToday" => "IS today",
        "isYesterday" => "IS yesterday",
        "isTomorrow" => "IS tomorrow",
        // A date is what a field of dates can read.
        "isValid" => "IS NOT EMPTY",
        _ => return Err(Why::Function.of(name)),
    };
    let left = operand(stage, base)?;
    Ok(match arguments {
        [] => format!("{left} {word}"),
        [other] => format!("{left} {word} {}", bare(&super::value(stage, other)?)),
        // The other date is now: the interval is the clock's.
        [other, unit] => {
            if let Some(text) = literal(other) {
                stage.now = instant(&text, stage.zone);
            }
            format!("{left} {word} {}", interval(unit)?)
        }
        _ => return Err(Why::Function.of(name)),
    })
}

fn instant(text: &str, zone: Zone) -> Option<Instant> {
    read::moment(text).map(|moment| zone.instant_of(moment))
}

/// `startOf(x, 'week')`: where the clock's interval begins or ends while x is now.
pub fn bound(stage: &mut Stage, ast: &Ast) -> Option<Made<Said>> {
    let (name, of, unit) = match ast {
        Ast::Call(name, arguments) if name == "dateString" => return bound(stage, &arguments[0]),
        Ast::Call(name, arguments) if name == "startOf" || name == "endOf" => {
            (name, Ast::Call("d".to_owned(), vec![arguments[0].clone()]), &arguments[1])
        }
        Ast::Method(base, name, arguments) if name == "startOf" || name == "endOf" => {
            (name, (**base).clone(), &arguments[0])
        }
        _ => return None,
    };
    let text = literal(&of)?;
    stage.now = instant(&text, stage.zone);
    let interval = match interval(unit) {
        Ok(interval) => interval,
        Err(outside) => return Some(Err(outside)),
    };
    let made = plain(stage, &of)?;
    Some(made.map(|field| Said::Bound(format!("{field} IS {interval}"), name == "endOf")))
}

/// A moment that an interval shows.
pub fn shown(text: &str) -> LocalDateTime {
    match read::moment(text) {
        Some(Moment::Date(date)) => Zone::UTC.local(Zone::UTC.start_of(date)),
        Some(Moment::Local(local)) => local,
        other => panic!("{text}: {other:?}"),
    }
}
