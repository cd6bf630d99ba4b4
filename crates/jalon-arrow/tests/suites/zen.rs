//! The expressions of the suites (GoRules' ZEN, FEEL, JSON5 as a part of ZEN), read into a tree.

mod parse;
mod scan;

pub use parse::{cell, expression, program, zen};

/// An expression of theirs.
#[derive(Clone, Debug, PartialEq)]
pub enum Ast {
    Null,
    Bool(bool),
    /// As written.
    Number(String),
    Text(String),
    /// A text with expressions in it.
    Template(Vec<Ast>),
    /// `x`, `$` (the cell's value), `#` (the item of a closure).
    Name(String),
    Field(Box<Ast>, String),
    Index(Box<Ast>, Box<Ast>),
    Slice(Box<Ast>, Option<Box<Ast>>, Option<Box<Ast>>),
    List(Vec<Ast>),
    Object(Vec<(Ast, Ast)>),
    /// From, to, and whether the ends are in.
    Interval(Box<Ast>, Box<Ast>, bool, bool),
    Not(Box<Ast>),
    Negate(Box<Ast>),
    Binary(&'static str, Box<Ast>, Box<Ast>),
    /// `c ? a : b`
    Choice(Box<Ast>, Box<Ast>, Box<Ast>),
    Call(String, Vec<Ast>),
    Method(Box<Ast>, String, Vec<Ast>),
    /// `items as i`
    Alias(Box<Ast>, String),
    Assign(Box<Ast>, Box<Ast>),
    /// `a; b`
    Sequence(Vec<Ast>),
}

impl Ast {
    /// A constant as JSON.
    pub fn constant(&self) -> Option<serde_json::Value> {
        use serde_json::Value as Json;
        Some(match self {
            Ast::Null => Json::Null,
            Ast::Bool(truth) => Json::Bool(*truth),
            Ast::Number(written) => serde_json::from_str(&plain(written)).ok()?,
            Ast::Text(text) => Json::String(text.clone()),
            Ast::Negate(inner) => match &**inner {
                Ast::Number(written) => {
                    serde_json::from_str(&format!("-{}", plain(written))).ok()?
                }
                _ => return None,
            },
            Ast::List(items) => items.iter().map(Ast::constant).collect::<Option<Json>>()?,
            Ast::Object(fields) => {
                let mut object = serde_json::Map::new();
                for (key, value) in fields {
                    let Ast::Text(key) = key else { return None };
                    object.insert(key.clone(), value.constant()?);
                }
                Json::Object(object)
            }
            _ => return None,
        })
    }

    /// The parts directly beneath.
    pub fn parts(&self) -> Vec<&Ast> {
        match self {
            Ast::Null | Ast::Bool(_) | Ast::Number(_) | Ast::Text(_) | Ast::Name(_) => vec![],
            Ast::Template(parts)
            | Ast::List(parts)
            | Ast::Call(_, parts)
            | Ast::Sequence(parts) => parts.iter().collect(),
            Ast::Field(base, _) | Ast::Not(base) | Ast::Negate(base) | Ast::Alias(base, _) => {
                vec![base]
            }
            Ast::Index(a, b)
            | Ast::Interval(a, b, ..)
            | Ast::Binary(_, a, b)
            | Ast::Assign(a, b) => vec![a, b],
            Ast::Slice(base, from, to) => [Some(base), from.as_ref(), to.as_ref()]
                .into_iter()
                .flatten()
                .map(|b| &**b)
                .collect(),
            Ast::Object(fields) => fields.iter().flat_map(|(key, value)| [key, value]).collect(),
            Ast::Choice(a, b, c) => vec![a, b, c],
            Ast::Method(base, _, arguments) => std::iter::once(&**base).chain(arguments).collect(),
        }
    }

    /// Whether this or anything beneath is so.
    pub fn any(&self, is: &dyn Fn(&Ast) -> bool) -> bool {
        is(self) || self.parts().into_iter().any(|part| part.any(is))
    }
}

/// A number as JSON writes it.
fn plain(written: &str) -> String {
    if written.starts_with('.') { format!("0{written}") } else { written.to_owned() }
}
