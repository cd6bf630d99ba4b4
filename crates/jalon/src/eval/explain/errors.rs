//! The values of a record that could not be used, named.

use super::leaf::{field_name, shown};
use super::{Problem, RecordError};
use crate::checked::{Domain, FieldRef};
use crate::eval::expr::Machine;
use crate::eval::run::{Context, State, fill};
use crate::eval::value::{Buffers, Failure, Frame};
use crate::lexicon::Function;
use crate::plan::block::{Block, Input};
use crate::plan::code::Code;
use crate::plan::logic::is_set;
use crate::schema::{Schema, TextMode};
use crate::value::read::NumberText;
use crate::value::typed::{self, Typed};
use crate::value::{FieldKey, ValueRef, Zone};

/// Collects errors, each once.
#[derive(Debug)]
pub(crate) struct Errors<'e> {
    schema: &'e Schema,
    context: Context<'e>,
    buffers: Buffers,
    list: Vec<RecordError>,
}

impl<'e> Errors<'e> {
    /// None yet.
    pub(crate) fn new(schema: &'e Schema, context: Context<'e>) -> Errors<'e> {
        Errors { schema, context, buffers: Buffers::default(), list: Vec::new() }
    }

    /// Those found.
    pub(crate) fn into_list(self) -> Vec<RecordError> {
        self.list
    }

    /// Adds an error, unless it is known.
    pub(crate) fn push(&mut self, error: RecordError) {
        if !self.list.contains(&error) {
            self.list.push(error);
        }
    }

    /// The module or the list whose shape a key has.
    pub(crate) fn module(&self, key: &FieldKey) -> Option<String> {
        let of_shape = |field: &crate::schema::Field| field.key.shape == key.shape;
        let modules = &self.schema.modules;
        modules.iter().find(|module| module.fields.iter().any(of_shape)).map(|m| m.name.clone())
    }

    fn field(&mut self, field: &FieldRef, value: ValueRef<'_>, problem: Problem) {
        let module = self.module(&field.key);
        let value = shown(value, field.personal);
        self.push(RecordError { module, field: field_name(field), value, problem });
    }

    /// Adds the errors of a block on a frame.
    pub(crate) fn block(&mut self, block: &Block, frame: &Frame<'_>) {
        let mut state = State::new(block);
        fill(block, &mut state, frame, &self.context, &mut self.buffers);
        for source in &block.sources {
            let wrong = is_set(&state.bits, source.error);
            match &source.input {
                Input::Field(field) => self.source(block, field, source.error, &state, frame),
                Input::Code { code, text, .. } if wrong => self.code(block, code, text, frame),
                Input::Code { .. } => {}
            }
        }
        for compare in &block.compares {
            if is_set(&state.bits, compare.error) {
                let before = self.list.len();
                for (code, text) in &compare.terms {
                    self.code(block, code, text, frame);
                }
                if self.list.len() == before {
                    self.incomparable(&block.sources[compare.source].input, frame);
                }
            }
        }
        for related in &block.related {
            if is_set(&state.bits, related.error) {
                self.each(frame.get(&related.list), &block.nested[related.nested], frame);
            }
        }
    }

    /// The error of a field: its own, or that of a test that its value's type does not have.
    fn source(
        &mut self,
        block: &Block,
        field: &FieldRef,
        error: u32,
        state: &State,
        frame: &Frame<'_>,
    ) {
        let value = frame.get(field);
        if is_set(&state.bits, error) {
            let problem = if let Some(conflict) = frame.conflict(field) {
                Problem::Conflict { keys: conflict.keys }
            } else if matches!(value, ValueRef::Absent) {
                Problem::Absent
            } else {
                Problem::WrongType { expected: expected(field.domain).to_owned() }
            };
            return self.field(field, value, problem);
        }
        let source = block.sources.iter().find(|source| source.error == error);
        if let Some(crate::plan::kernel::Kernel::Dynamic(kernel)) = source.map(|s| &s.kernel)
            && let Some(expected) = kernel.expected(&state.bits)
        {
            let problem = Problem::WrongType { expected: expected.to_owned() };
            self.field(field, value, problem);
        }
    }

    fn each(&mut self, list: ValueRef<'_>, block: &Block, frame: &Frame<'_>) {
        let Typed::Value(records) = typed::records(list) else { return };
        for index in 0..records.len() {
            if let Some(record) = typed::record(records.at(index)) {
                self.block(block, &Frame { record, outer: Some(frame) });
            }
        }
    }

    /// An expression that has no value: its arithmetic, or the records inside it. The fields of
    /// its own frame are sources of the block.
    pub(crate) fn code(&mut self, block: &Block, code: &Code, text: &str, frame: &Frame<'_>) {
        let mut nested: Vec<State> = block.nested.iter().map(State::new).collect();
        let mut machine = Machine {
            block,
            nested: &mut nested,
            context: &self.context,
            buffers: &mut self.buffers,
        };
        match machine.eval(code, frame) {
            Ok(_) => {}
            Err(Failure::Arithmetic) => self.push(RecordError {
                module: None,
                field: text.to_owned(),
                value: String::new(),
                problem: Problem::Arithmetic,
            }),
            Err(Failure::Wrong) => {
                let before = self.list.len();
                self.inside(block, code, frame);
                if self.list.len() == before && !self.unfit(code, None, frame) {
                    self.unusable(text);
                }
            }
        }
    }

    /// Names the fields of an expression whose values are not what stands around them asks for;
    /// whether there is any, named now or before.
    fn unfit(&mut self, code: &Code, wanted: Option<Domain>, frame: &Frame<'_>) -> bool {
        match code {
            Code::Field(field) => {
                let value = frame.get(field);
                let name = field_name(field);
                let known = self.list.iter().any(|error| error.field == name);
                let Some(wanted) = wanted.filter(|wanted| !known && !fits(value, *wanted)) else {
                    return known;
                };
                let problem = Problem::WrongType { expected: expected(wanted).to_owned() };
                self.field(field, value, problem);
                true
            }
            Code::Negate(part) => self.unfit(part, Some(Domain::Number), frame),
            Code::Shift { base, .. } => self.unfit(base, Some(Domain::Date), frame),
            Code::Binary(left, _, right) => {
                let left = self.unfit(left, Some(Domain::Number), frame);
                self.unfit(right, Some(Domain::Number), frame) || left
            }
            Code::Call(function, parts) => {
                let wanted = |index| match (function, index) {
                    (Function::Round, _) | (Function::InCurrency, 0) | (Function::Left, 1) => {
                        Domain::Number
                    }
                    (Function::DaysBetween, _) => Domain::Date,
                    _ => Domain::Text(TextMode::default()),
                };
                let parts = parts.iter().enumerate();
                let unfit = parts.filter(|(i, part)| self.unfit(part, Some(wanted(*i)), frame));
                unfit.count() > 0
            }
            Code::If(_, then, otherwise) => {
                let then = self.unfit(then, wanted, frame);
                self.unfit(otherwise, wanted, frame) || then
            }
            Code::Template(parts) => {
                parts.iter().filter(|part| self.unfit(part, None, frame)).count() > 0
            }
            Code::Escaped(part, _) => self.unfit(part, None, frame),
            Code::Const(_) | Code::Time(..) | Code::Score(_) | Code::Aggregate { .. } => false,
        }
    }

    /// The left side of a comparison whose sides are of types that do not compare.
    fn incomparable(&mut self, left: &Input, frame: &Frame<'_>) {
        match left {
            Input::Field(field) => {
                let name = field_name(field);
                if !self.list.iter().any(|error| error.field == name) {
                    let expected = expected(Domain::Dynamic).to_owned();
                    self.field(field, frame.get(field), Problem::WrongType { expected });
                }
            }
            Input::Code { text, .. } => self.unusable(text),
        }
    }

    /// An expression whose value is of the wrong type.
    fn unusable(&mut self, text: &str) {
        let problem = Problem::WrongType { expected: expected(Domain::Dynamic).to_owned() };
        let (field, value) = (text.to_owned(), text.to_owned());
        self.push(RecordError { module: None, field, value, problem });
    }

    /// The errors inside the records and conditions of an expression.
    fn inside(&mut self, block: &Block, code: &Code, frame: &Frame<'_>) {
        match code {
            Code::Const(_) | Code::Time(..) | Code::Field(_) | Code::Score(_) => {}
            Code::Negate(part) | Code::Escaped(part, _) | Code::Shift { base: part, .. } => {
                self.inside(block, part, frame);
            }
            Code::Binary(left, _, right) => {
                self.inside(block, left, frame);
                self.inside(block, right, frame);
            }
            Code::Call(_, parts) | Code::Template(parts) => {
                for part in parts {
                    self.inside(block, part, frame);
                }
            }
            Code::Aggregate { list, field, filter, .. } => {
                if let Some(filter) = filter {
                    self.each(frame.get(list), &block.nested[*filter], frame);
                }
                let Typed::Value(records) = typed::records(frame.get(list)) else { return };
                for index in 0..records.len() {
                    let Some(record) = typed::record(records.at(index)) else { continue };
                    let inner = Frame { record, outer: Some(frame) };
                    if let Some(Code::Field(field)) = field.as_deref() {
                        let value = inner.get(field);
                        if matches!(typed::number(value), Typed::Wrong)
                            && matches!(typed::moment(value), Typed::Wrong)
                        {
                            let expected = expected(Domain::Number).to_owned();
                            self.field(field, value, Problem::WrongType { expected });
                        }
                    }
                }
            }
            Code::If(nested, then, otherwise) => {
                self.block(&block.nested[*nested], frame);
                self.inside(block, then, frame);
                self.inside(block, otherwise, frame);
            }
        }
    }
}

/// Whether a value can be read as a domain's, or holds nothing.
fn fits(value: ValueRef<'_>, wanted: Domain) -> bool {
    let mut digits = NumberText::default();
    match wanted {
        Domain::Number => typed::number(value) != Typed::Wrong,
        Domain::Date => typed::moment(value) != Typed::Wrong,
        _ => typed::text(value, &mut digits) != Typed::Wrong,
    }
}

/// Whether a value cannot be read as a field's domain.
pub(crate) fn is_wrong(value: ValueRef<'_>, domain: Domain, zone: Zone) -> bool {
    match domain {
        Domain::Text(_) => typed::text(value, &mut NumberText::default()) == Typed::Wrong,
        Domain::Number => typed::number(value) == Typed::Wrong,
        Domain::Checkbox => typed::checkbox(value) == Typed::Wrong,
        Domain::Date => typed::date(value, zone) == Typed::Wrong,
        Domain::DateTime => typed::date_time(value, zone) == Typed::Wrong,
        Domain::Set(_) => matches!(typed::set(value), Typed::Wrong),
        Domain::Reference(_) => matches!(typed::reference(value), Typed::Wrong),
        Domain::Records => matches!(typed::records(value), Typed::Wrong),
        Domain::Dynamic => false,
    }
}

/// What a field of a domain holds, as its English keyword.
pub(crate) fn expected(domain: Domain) -> &'static str {
    match domain {
        Domain::Text(_) => "text",
        Domain::Number => "number",
        Domain::Checkbox => "checkbox",
        Domain::Set(_) => "multi-picklist",
        Domain::Date => "date",
        Domain::DateTime => "datetime",
        Domain::Reference(_) => "lookup",
        Domain::Records => "records",
        Domain::Dynamic => "value",
    }
}
