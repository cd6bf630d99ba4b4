//! The values for which an action could not be done, named.

use super::cascade::Cascade;
use super::compile::each_expr;
use super::world::Layer;
use crate::checked::walk::fields_of_expr;
use crate::checked::workflow::{Action, ActionKind, Change, Target};
use crate::checked::{Expr, FieldRef};
use crate::eval::explain::errors::{expected, is_wrong};
use crate::eval::explain::leaf::shown;
use crate::eval::{Problem, RecordError};
use crate::value::{Record, ValueRef};

impl Cascade<'_> {
    /// The fields of the rule's record that an action reads and whose values cannot be used.
    pub(super) fn wrong_values(&self, action: &Action, entity: usize) -> Vec<RecordError> {
        let on = self.automation.on(self.world.entities[entity].module);
        let mut exprs: Vec<Expr> = Vec::new();
        each_expr(self.program, on.module(), &action.kind, &mut |expr| exprs.push(expr.clone()));
        let mut fields: Vec<FieldRef> = Vec::new();
        for expr in &mut exprs {
            fields_of_expr(expr, 0, &mut |field, level| {
                if field.depth == level {
                    fields.push(field.clone());
                }
            });
        }
        if let ActionKind::Update(update) = &action.kind
            && let Target::Own(field) = &update.target
            && update.change != Change::Set
        {
            fields.push(field.clone());
        }
        let record = self.world.view(entity, Layer::Now);
        let mut wrong: Vec<RecordError> = Vec::new();
        for field in fields {
            let value = record.get(&field.key);
            let problem = if let Some(conflict) = record.conflict(&field.key) {
                Problem::Conflict { keys: conflict.keys }
            } else if matches!(value, ValueRef::Absent) && self.strict {
                Problem::Absent
            } else if is_wrong(value, field.domain, self.context.clock.zone) {
                Problem::WrongType { expected: expected(field.domain).to_owned() }
            } else {
                continue;
            };
            let error = RecordError {
                module: on.declared(&self.program.schema).map(|module| module.name.clone()),
                field: field.key.names.first().cloned().unwrap_or_default(),
                value: shown(value, field.personal),
                problem,
            };
            if !wrong.contains(&error) {
                wrong.push(error);
            }
        }
        wrong
    }
}
