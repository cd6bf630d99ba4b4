//! What criteria, rules, scores and blueprints say, as sentences that people read aloud, in French
//! or in English.
//!
//! They are made from the checked program, so a tick is “is selected” and not a value, and how a
//! rule was written makes no difference. Names and values stay as they are declared; where one
//! could be taken for words of the sentence, it stands in quotes. Two criteria that ask for
//! different things are different sentences.

mod action;
mod blueprint;
mod clause;
mod criterion;
mod expr;
mod predicate;
mod rule;
mod score;
mod words;

pub(crate) use criterion::Joined;

use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::checked::{CheckedProgram, Condition, Expr, FieldRef};
use crate::lang::Lang;
use crate::value::Value;

/// What one declaration of a program says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// What it is.
    pub kind: Kind,
    /// Its name.
    pub name: String,
    /// What it says, on one or several lines.
    pub text: String,
}

/// What is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A rule.
    Rule,
    /// A score.
    Score,
    /// A blueprint.
    Blueprint,
}

/// Says things in one language.
#[derive(Clone, Debug)]
pub(crate) struct Speech<'p> {
    pub(crate) lang: Lang,
    program: &'p CheckedProgram,
    /// From the record outward in: the lists whose records or events are spoken of.
    within: Vec<String>,
    /// Another record is spoken of than the one whose fields are read.
    elsewhere: bool,
    /// Fields that go by another name, by their shape and slot.
    renamed: Option<Arc<Renamed>>,
}

/// Names of fields, by their shape and slot.
pub(crate) type Renamed = FxHashMap<(u32, u32), String>;

impl<'p> Speech<'p> {
    pub(crate) fn new(program: &'p CheckedProgram, lang: Lang) -> Speech<'p> {
        Speech { lang, program, within: Vec::new(), elsewhere: false, renamed: None }
    }

    /// Calls some fields by other names.
    pub(crate) fn renaming(self, renamed: &Arc<Renamed>) -> Speech<'p> {
        Speech { renamed: Some(renamed.clone()), ..self }
    }

    /// What a criterion says.
    pub(crate) fn criterion(&self, criterion: Option<&Condition>) -> String {
        match criterion {
            Some(criterion) => self.condition(criterion).text(),
            None => self.pick("toujours", "always"),
        }
    }

    /// What a formula computes.
    pub(crate) fn formula(&self, formula: &Expr) -> String {
        self.operand(formula)
    }

    /// A constant.
    pub(crate) fn constant(&self, value: &Value) -> String {
        self.value(value)
    }

    /// Everything that the program's rules, scores and blueprints say, in source order of each.
    pub(crate) fn everything(&self) -> Vec<Told> {
        let program = self.program;
        let mut all = Vec::new();
        for rule in &program.rules {
            let text = self.rule(rule);
            all.push(Told { kind: Kind::Rule, name: rule.name.clone(), text });
        }
        for score in &program.scores {
            let text = self.score(score);
            all.push(Told { kind: Kind::Score, name: score.name.clone(), text });
        }
        for blueprint in &program.blueprints {
            let text = self.blueprint(blueprint);
            all.push(Told { kind: Kind::Blueprint, name: blueprint.name.clone(), text });
        }
        all
    }

    /// Speaks of the records or events of a list of this name.
    fn within(&self, list: String) -> Speech<'p> {
        let mut inside = self.clone();
        inside.within.push(list);
        inside
    }

    fn pick(&self, fr: &str, en: &str) -> String {
        self.lang.pick(fr, en).to_owned()
    }

    /// The declared name of a field, and whose it is where it is not of what is spoken of.
    pub(crate) fn field(&self, field: &FieldRef) -> String {
        let key = &field.key;
        let renamed = self.renamed.as_ref().and_then(|all| all.get(&(key.shape, key.slot)));
        let name = renamed.or_else(|| key.names.first()).map_or("", String::as_str);
        let name = words::name(name, self.lang);
        let depth = usize::from(field.depth);
        match self.within.len().checked_sub(depth) {
            Some(0) if self.elsewhere => self.lang.pick(
                format!("{name} de la fiche de départ"),
                format!("{name} of the original record"),
            ),
            _ if depth == 0 => name,
            Some(0) | None => {
                self.lang.pick(format!("{name} de la fiche"), format!("{name} of the record"))
            }
            Some(level) => {
                let list = &self.within[level - 1];
                self.lang.pick(format!("{name} de « {list} »"), format!("{name} of “{list}”"))
            }
        }
    }
}
