//! Lists: related records that are tested, counted, added up and compared.

use serde_json::Value as Json;

use super::{Made, Stage, criterion, dates, operand, stage::bare, value};
use crate::outside::Why;
use crate::zen::Ast;

/// The records of a list.
struct List {
    field: String,
    module: usize,
    /// The field of each that stands for the item.
    value: Option<String>,
    /// Which of them count.
    filter: Option<String>,
    alias: Option<String>,
}

impl List {
    fn filtered(&self) -> String {
        self.filter.as_ref().map(|filter| format!(" ({filter})")).unwrap_or_default()
    }
}

/// Whether a list is one of dates.
pub fn of_dates(ast: &Ast) -> bool {
    let date = |part: &Ast| matches!(part, Ast::Call(name, _) if name == "d");
    matches!(ast, Ast::List(items) if items.iter().all(|item| item.any(&date)))
}

fn list(stage: &mut Stage, ast: &Ast) -> Made<List> {
    let (field, module) = match ast {
        Ast::Alias(inner, name) => {
            return Ok(List { alias: Some(name.clone()), ..list(stage, inner)? });
        }
        Ast::Call(name, arguments) if name == "filter" => {
            let list = list(stage, &arguments[0])?;
            let filter = inside(stage, &list, |stage| criterion(stage, &arguments[1]))?;
            return Ok(List { filter: Some(bare(&filter).to_owned()), ..list });
        }
        Ast::Call(name, arguments) if name == "map" => {
            let list = list(stage, &arguments[0])?;
            let made = inside(stage, &list, |stage| operand(stage, &arguments[1]))?;
            return Ok(List { value: Some(made), ..list });
        }
        _ if of_dates(ast) => {
            let Ast::List(items) = ast else { return Err(Why::List.into()) };
            let held: Option<Vec<Json>> =
                items.iter().map(|item| dates::literal(item).map(Json::String)).collect();
            let ty = if stage.timed { "datetime" } else { "date" };
            stage.list_of(ty, held.ok_or(Why::List.of("of computed dates"))?)
        }
        Ast::List(_) => {
            let Some(Json::Array(items)) = ast.constant() else { return Err(Why::List.into()) };
            if items.iter().any(Json::is_object) {
                let name = stage.constant(&Json::Array(items));
                return list(stage, &Ast::Name(name));
            }
            stage.list_of(type_of(&items), items)
        }
        Ast::Interval(from, to, starts, ends) => {
            let whole = |ast: &Ast| ast.constant().and_then(|number| number.as_i64());
            let (Some(from), Some(to)) = (whole(from), whole(to)) else {
                return Err(Why::List.into());
            };
            let items = from + i64::from(!starts)..to + i64::from(*ends);
            stage.list_of("number", items.map(Json::from).collect())
        }
        Ast::Call(name, _) if name == "values" => return Err(Why::Object.of(name)),
        Ast::Call(name, _) => return Err(Why::List.of(name)),
        _ => match stage.resolved(ast) {
            Some((field, Some(module))) => (field, module),
            _ => return Err(Why::List.into()),
        },
    };
    let value = stage.plain(module).then(|| "value".to_owned());
    Ok(List { field, module, value, filter: None, alias: None })
}

fn type_of(items: &[Json]) -> &'static str {
    match items.first() {
        Some(Json::Number(_)) => "number",
        Some(Json::Bool(_)) => "checkbox",
        _ => "text, case-sensitive",
    }
}

fn inside<T>(stage: &mut Stage, list: &List, make: impl FnOnce(&mut Stage) -> Made<T>) -> Made<T> {
    stage.enter(list.module, list.alias.as_deref(), list.value.as_deref());
    let made = make(stage);
    stage.leave();
    made
}

/// `some`, `all`, `none`, `one`
pub fn quantified(stage: &mut Stage, name: &str, arguments: &[Ast]) -> Made<String> {
    let list = list(stage, &arguments[0])?;
    let holds = inside(stage, &list, |stage| criterion(stage, &arguments[1]))?;
    let holds = bare(&holds);
    assert!(list.filter.is_none(), "of some of a list: {arguments:?}");
    let field = &list.field;
    Ok(match name {
        "some" => format!("ANY {field} ({holds})"),
        "all" => format!("ALL {field} ({holds})"),
        "none" => format!("NO {field} ({holds})"),
        _ => format!("COUNT OF {field} ({holds}) = 1"),
    })
}

/// Whether a value is among those of a list; texts as a multi-picklist.
pub fn contains(stage: &mut Stage, ast: &Ast, wanted: &Ast) -> Made<String> {
    if let (Some(Json::Array(items)), Ast::Text(_)) = (ast.constant(), wanted) {
        let name = stage.held("multi-picklist a, b, c, d", Json::Array(items));
        return Ok(format!("{name} CONTAINS {}", value(stage, wanted)?));
    }
    let list = list(stage, ast)?;
    let Some(item) = &list.value else { return Err(Why::List.into()) };
    Ok(format!("ANY {} ({item} IS {})", list.field, value(stage, wanted)?))
}

/// `len`, `count`, `sum`, `avg`, `min`, `max`
pub fn aggregate(stage: &mut Stage, name: &str, arguments: &[Ast]) -> Made<String> {
    let mut list = list(stage, &arguments[0])?;
    if name == "count" {
        let filter = inside(stage, &list, |stage| criterion(stage, &arguments[1]))?;
        list.filter = Some(bare(&filter).to_owned());
    }
    let word = match name {
        "sum" => "SUM OF",
        "avg" => "AVERAGE OF",
        "min" => "MIN OF",
        "max" => "MAX OF",
        _ => return Ok(format!("COUNT OF {}{}", list.field, counted(&list))),
    };
    let Some(item) = &list.value else { return Err(Why::List.into()) };
    Ok(format!("{word} {}.{item}{}", list.field, list.filtered()))
}

fn counted(list: &List) -> String {
    if list.filter.is_some() { list.filtered() } else { " ()".to_owned() }
}
