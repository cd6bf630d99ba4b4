//! The module, the record and the clock that a case needs.

use std::fmt::Write as _;

use jalon::value::{Clock, Instant, Zone};
use serde_json::{Map, Value as Json, json};

use crate::zen::Ast;

/// What an expression gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ty {
    Bool,
    Number,
    Text,
    Date,
    Records,
    Other,
}

/// A field of a module.
#[derive(Clone, Debug)]
struct Field {
    name: String,
    written: String,
    ty: Ty,
    /// Of which module the records or the record are.
    of: Option<usize>,
}

/// A module with its fields.
#[derive(Clone, Debug, Default)]
struct Module {
    name: String,
    fields: Vec<Field>,
}

/// Inside a list: what its item is called, its module, and the field that stands for the whole.
#[derive(Clone, Debug)]
struct Item {
    alias: Option<String>,
    module: usize,
    value: Option<String>,
}

/// A program on its way, with its record.
#[derive(Clone, Debug)]
pub struct Stage {
    modules: Vec<Module>,
    pub record: Map<String, Json>,
    items: Vec<Item>,
    /// The field that a cell speaks of.
    pub cell: String,
    pub now: Option<Instant>,
    pub zone: Zone,
    /// Whether dates are points in time.
    pub timed: bool,
    /// The modules of which each record is a plain value.
    plain: Vec<usize>,
    made: usize,
}

impl Stage {
    pub fn new(data: &Json) -> Stage {
        let mut stage = Stage {
            modules: vec![Module { name: "M".to_owned(), fields: Vec::new() }],
            record: Map::new(),
            items: Vec::new(),
            cell: "Cell".to_owned(),
            now: Instant::parse("2026-06-30T10:30Z"),
            zone: Zone::UTC,
            timed: false,
            plain: Vec::new(),
            made: 0,
        };
        for (name, value) in data.as_object().into_iter().flatten() {
            // The value of a cell.
            let name = if name == "$" { "Cell" } else { name };
            let held = stage.declare(0, name, value);
            stage.record.insert(name.to_owned(), held);
        }
        stage
    }

    /// Declares a field for a value; the value as a record holds it.
    fn declare(&mut self, module: usize, name: &str, value: &Json) -> Json {
        let (written, ty, of, held) = match value {
            Json::Bool(_) => ("checkbox".to_owned(), Ty::Bool, None, value.clone()),
            Json::Number(_) => ("number".to_owned(), Ty::Number, None, value.clone()),
            Json::String(_) | Json::Null => {
                ("text, case-sensitive".to_owned(), Ty::Text, None, value.clone())
            }
            Json::Object(fields) => {
                let of = self.module();
                let mut held = Map::new();
                held.insert("id".to_owned(), json!(1));
                for (name, value) in fields {
                    let value = self.declare(of, name, value);
                    held.insert(name.clone(), value);
                }
                let written = format!("reference {}", self.modules[of].name);
                (written, Ty::Other, Some(of), Json::Object(held))
            }
            Json::Array(items) => {
                let of = self.module();
                if items.iter().any(|item| !item.is_object()) {
                    self.plain.push(of);
                }
                let mut held = Vec::new();
                for item in items {
                    let plain = json!({"value": item});
                    let fields = if item.is_object() { item } else { &plain };
                    let mut one = Map::new();
                    for (name, value) in fields.as_object().into_iter().flatten() {
                        let value = self.declare(of, name, value);
                        one.insert(name.clone(), value);
                    }
                    held.push(Json::Object(one));
                }
                let written = format!("records {}", self.modules[of].name);
                (written, Ty::Records, Some(of), Json::Array(held))
            }
        };
        let fields = &mut self.modules[module].fields;
        if !fields.iter().any(|field| field.name == name) {
            fields.push(Field { name: name.to_owned(), written, ty, of });
        }
        held
    }

    fn module(&mut self) -> usize {
        let name = format!("Item{}", self.modules.len());
        self.modules.push(Module { name, fields: Vec::new() });
        self.modules.len() - 1
    }

    fn here(&self) -> usize {
        self.items.last().map_or(0, |item| item.module)
    }

    pub fn in_item(&self) -> bool {
        !self.items.is_empty()
    }

    fn add(&mut self, module: usize, written: String, ty: Ty) -> String {
        self.made += 1;
        let name = format!("F{}", self.made);
        self.modules[module].fields.push(Field { name: name.clone(), written, ty, of: None });
        name
    }

    /// A field that holds a constant.
    pub fn constant(&mut self, held: &Json) -> String {
        self.made += 1;
        let name = format!("F{}", self.made);
        let held = self.declare(0, &name, held);
        self.record.insert(name.clone(), held);
        name
    }

    /// A field of a type that holds a value.
    pub fn held(&mut self, ty: &str, held: Json) -> String {
        let name = self.add(0, ty.to_owned(), Ty::Other);
        self.record.insert(name.clone(), held);
        name
    }

    /// A field of the type of an expression that holds a value.
    pub fn held_as(&mut self, like: &Ast, held: Json) -> String {
        let ty = match self.ty(like) {
            Ty::Number => "number",
            Ty::Date => "datetime",
            _ => "text, case-sensitive",
        };
        self.held(ty, held)
    }

    /// A formula of the module in which the expression stands.
    pub fn formula(&mut self, written: &str) -> String {
        let written = bare(written);
        self.add(self.here(), format!("formula {written}"), Ty::Other)
    }

    /// A field that rules write, if it is not there.
    pub fn declare_flat(&mut self, name: &str, ty: Ty) {
        let fields = &self.modules[0].fields;
        if let Some(field) = fields.iter().find(|field| field.name == name) {
            assert_eq!(field.ty, ty, "{name}");
            return;
        }
        let written = self.type_word(ty).to_owned();
        let field = Field { name: name.to_owned(), written, ty, of: None };
        self.modules[0].fields.push(field);
    }

    /// Declares a field of the record otherwise than by its value.
    pub fn retype(&mut self, name: &str, written: &str, ty: Ty) {
        let mut fields = self.modules[0].fields.iter_mut();
        if let Some(field) = fields.find(|field| field.name == name) {
            (field.written, field.ty) = (written.to_owned(), ty);
        }
    }

    /// The type of a field that takes a value.
    fn type_word(&self, ty: Ty) -> &'static str {
        match ty {
            Ty::Bool => "checkbox",
            Ty::Number => "number",
            Ty::Date if self.timed => "datetime",
            Ty::Date => "date",
            _ => "text",
        }
    }

    /// A name that is surely a field: `M.x`.
    pub fn qualified(&self, name: &str) -> String {
        format!("{}.{name}", self.modules[self.here()].name)
    }

    /// Goes into the items of a list; `value` is the field that stands for an item.
    pub fn enter(&mut self, module: usize, alias: Option<&str>, value: Option<&str>) {
        let (alias, value) = (alias.map(str::to_owned), value.map(str::to_owned));
        self.items.push(Item { alias, module, value });
    }

    /// Whether the items of a list are plain values.
    pub fn plain(&self, module: usize) -> bool {
        self.plain.contains(&module)
    }

    /// Related records, one for each value of a type; the field with them and their module.
    pub fn list_of(&mut self, ty: &str, values: Vec<Json>) -> (String, usize) {
        let module = self.module();
        self.plain.push(module);
        let field =
            Field { name: "value".to_owned(), written: ty.to_owned(), ty: Ty::Other, of: None };
        self.modules[module].fields.push(field);
        self.made += 1;
        let name = format!("F{}", self.made);
        let written = format!("records {}", self.modules[module].name);
        let list = Field { name: name.clone(), written, ty: Ty::Records, of: Some(module) };
        self.modules[0].fields.push(list);
        let items = values.into_iter().map(|value| json!({"value": value})).collect();
        self.record.insert(name.clone(), Json::Array(items));
        (name, module)
    }

    pub fn leave(&mut self) {
        self.items.pop();
    }

    /// The field that a path leads to, as the module here calls it.
    pub fn field_of(&mut self, ast: &Ast) -> Option<String> {
        self.resolved(ast).map(|(name, _)| name)
    }

    /// The name, and the module of the records or the record it holds.
    pub fn resolved(&mut self, ast: &Ast) -> Option<(String, Option<usize>)> {
        let (name, ty_of) = self.look(ast)?;
        Some((name, ty_of.1))
    }

    fn look(&mut self, ast: &Ast) -> Option<(String, (Ty, Option<usize>))> {
        let mut steps = Vec::new();
        let mut base = ast;
        while let Ast::Field(inner, name) = base {
            steps.push(name.as_str());
            base = inner;
        }
        let Ast::Name(root) = base else { return None };
        steps.reverse();
        let (mut module, mut path): (usize, Vec<String>) = (0, Vec::new());
        if let Some(item) = self.items.last().cloned() {
            if root != "#" && item.alias.as_ref() != Some(root) {
                return None;
            }
            module = item.module;
            if let (Some(value), true) = (&item.value, steps.is_empty()) {
                path.push(value.clone());
            }
        } else {
            path.push(if root == "$" { self.cell.clone() } else { root.clone() });
        }
        path.extend(steps.into_iter().map(str::to_owned));
        let mut found = None;
        for (depth, name) in path.iter().enumerate() {
            let last = depth + 1 == path.len();
            let known = self.modules[module].fields.iter().find(|field| field.name == *name);
            let (ty, of) = match known {
                Some(field) => (field.ty, field.of),
                None if depth == 0 && !self.in_item() => return self.written(&path),
                // The record does not have it; its kind may.
                None => {
                    self.declare(module, name, &if last { Json::Null } else { json!({}) });
                    let field = self.modules[module].fields.last()?;
                    (field.ty, field.of)
                }
            };
            found = Some((ty, of));
            match of {
                Some(next) if !last => module = next,
                _ if !last => return None,
                _ => {}
            }
        }
        Some((path.join("."), found?))
    }

    /// A field that was written before.
    fn written(&self, path: &[String]) -> Option<(String, (Ty, Option<usize>))> {
        let flat = path.join(" ");
        let field = self.modules[0].fields.iter().find(|field| field.name == flat)?;
        Some((flat, (field.ty, None)))
    }

    /// What an expression gives, as far as can be seen.
    pub fn ty(&mut self, ast: &Ast) -> Ty {
        match ast {
            Ast::Bool(_) | Ast::Not(_) => Ty::Bool,
            Ast::Text(_) | Ast::Template(_) | Ast::Slice(..) => Ty::Text,
            Ast::List(_) => Ty::Records,
            Ast::Name(_) | Ast::Field(..) => self.look(ast).map_or(Ty::Other, |(_, (ty, _))| ty),
            Ast::Binary("and" | "or" | "==" | "!=" | "<" | "<=" | ">" | ">=" | "in", ..) => {
                Ty::Bool
            }
            Ast::Binary("+", a, b) => match (self.ty(a), self.ty(b)) {
                (Ty::Text, _) | (_, Ty::Text) => Ty::Text,
                (Ty::Date, _) | (_, Ty::Date) => Ty::Date,
                _ => Ty::Number,
            },
            Ast::Binary("-", a, _) if self.ty(a) == Ty::Date => Ty::Date,
            Ast::Binary("??", _, b) | Ast::Choice(_, b, _) => self.ty(b),
            Ast::Number(_) | Ast::Negate(_) | Ast::Binary(..) => Ty::Number,
            Ast::Call(name, arguments) => match name.as_str() {
                "contains" | "startsWith" | "endsWith" | "matches" | "some" | "all" | "none"
                | "one" | "bool" | "isNumeric" => Ty::Bool,
                "lower" | "upper" | "trim" | "string" => Ty::Text,
                "d" | "date" | "startOf" | "endOf" | "dateString" => Ty::Date,
                "min" | "max" if super::lists::of_dates(&arguments[0]) => Ty::Date,
                "map" | "filter" => Ty::Records,
                _ => Ty::Number,
            },
            Ast::Method(_, name, _) => match name.as_str() {
                "add" | "sub" | "startOf" | "endOf" | "tz" | "set" | "timestamp" => Ty::Date,
                name if name.starts_with("is") => Ty::Bool,
                "format" | "offsetName" => Ty::Text,
                _ => Ty::Number,
            },
            _ => Ty::Other,
        }
    }

    /// The modules as text.
    pub fn program(&self) -> String {
        let mut text = String::new();
        for Module { name, fields } in self.modules.iter().filter(|m| !m.fields.is_empty()) {
            text.extend(["module ", name, "\n"]);
            for field in fields {
                text.extend(["  ", &field.name, " : ", &field.written, "\n"]);
            }
        }
        text
    }

    /// What the fields are that were made for the case: `F1 = 5`, `F2 : formula floor(F1)`.
    pub fn made(&self) -> String {
        let mut told = String::new();
        for field in self.modules.iter().flat_map(|module| &module.fields) {
            let made =
                field.name.strip_prefix('F').is_some_and(|rest| rest.parse::<usize>().is_ok());
            match self.record.get(&field.name).filter(|_| made) {
                Some(held) => write!(told, "; {} = {held}", field.name).unwrap(),
                None if made => write!(told, "; {} : {}", field.name, field.written).unwrap(),
                None => {}
            }
        }
        told
    }

    pub fn clock(&self) -> Clock {
        Clock::new(self.now, self.zone)
    }
}

/// Without brackets around the whole.
pub fn bare(written: &str) -> &str {
    let inner = written.strip_prefix('(').and_then(|inner| inner.strip_suffix(')'));
    let closes_early = |inner: &str| {
        let mut depth = 0_i32;
        inner.chars().any(|c| {
            depth += i32::from(c == '(') - i32::from(c == ')');
            depth < 0
        })
    };
    inner.filter(|inner| !closes_early(inner)).unwrap_or(written)
}
