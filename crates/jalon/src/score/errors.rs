//! The values of a record that a score or a criterion could not use, named.

use super::events::{each_event, moment};
use super::runner::Runner;
use crate::checked::Domain;
use crate::eval::explain::errors::{Errors, expected};
use crate::eval::explain::leaf::{field_name, shown};
use crate::eval::value::Frame;
use crate::eval::{Problem, RecordError};
use crate::plan::block::Block;
use crate::plan::code::Code;
use crate::plan::score::{EventPlan, LineKind, Points};
use crate::schema::Schema;
use crate::value::typed::{self, Typed};
use crate::value::{FieldKey, Record, ValueRef};

/// The errors of a record after a run that met some.
pub(crate) fn of_run(runner: &Runner, schema: &Schema, record: &dyn Record) -> Vec<RecordError> {
    let mut errors = Errors::new(schema, runner.context());
    let frame = Frame::new(record);
    for (plan, state) in runner.plan.scores.iter().zip(&runner.scores) {
        if !state.wrong {
            continue;
        }
        errors.block(&plan.block, &frame);
        for (index, line) in plan.lines.iter().enumerate() {
            if !state.lines[index].failed {
                continue;
            }
            match &line.kind {
                LineKind::Fixed { .. } => {}
                LineKind::Computed { points, .. } => {
                    points_errors(&mut errors, &plan.block, points, &frame);
                }
                LineKind::Events(events) => events_errors(&mut errors, events, &frame),
            }
        }
    }
    if let Some(block) = &runner.plan.criterion {
        errors.block(block, &frame);
    }
    errors.into_list()
}

/// The errors of computed points.
fn points_errors(errors: &mut Errors<'_>, block: &Block, code: &Code, frame: &Frame<'_>) {
    let text = match code {
        Code::Field(field) => field_name(field),
        _ => "points".to_owned(),
    };
    errors.code(block, code, &text, frame);
}

/// The errors of events: their lists, their dates, their attributes.
fn events_errors(errors: &mut Errors<'_>, plan: &EventPlan, frame: &Frame<'_>) {
    let problem = |expected: &str| Problem::WrongType { expected: expected.to_owned() };
    let named = |key: &FieldKey, value: ValueRef<'_>, expected: &str| RecordError {
        module: None,
        field: key.names.first().cloned().unwrap_or_default(),
        value: shown(value, false),
        problem: problem(expected),
    };
    for list in &plan.lists {
        let value = frame.record.get(list);
        if matches!(typed::records(value), Typed::Wrong) {
            let error = RecordError {
                module: errors.module(list),
                ..named(list, value, expected(Domain::Records))
            };
            errors.push(error);
        }
    }
    each_event(plan, frame.record, |event| {
        if matches!(moment(event, &plan.at_key), Typed::Wrong) {
            let value = event.get(&plan.at_key);
            let error = named(&plan.at_key, value, expected(Domain::DateTime));
            errors.push(error);
        }
        let inner = Frame { record: event, outer: Some(frame) };
        errors.block(&plan.block, &inner);
        if let Points::Code(code) = &plan.points {
            points_errors(errors, &plan.block, code, &inner);
        }
    });
}
