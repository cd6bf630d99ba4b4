//! Which values of which field a program names.

use rustc_hash::FxHashMap;

use super::parts::{each_condition, each_expr, each_step};
use crate::checked::names::fold;
use crate::checked::workflow::{ActionKind, Given, StepKind, Target, Update};
use crate::checked::{
    ChangeTest, CheckedProgram, Condition, DynamicTest, Expr, ExprKind, FieldRef, Operand,
    OrderTest, Predicate, Term, Test, TextTest,
};
use crate::plan::mention;
use crate::schema::ModuleId;
use crate::source::Span;
use crate::value::{FieldKey, Value};

/// A field, by its shape and slot.
pub(super) type Slot = (u32, u32);

/// What a program says of the values of a field.
#[derive(Debug, Default)]
pub(super) struct Named {
    /// Values as written, in the order of the program's parts, with where they are compared or
    /// written as a whole; of states there is no such place.
    pub(super) whole: Vec<(String, Option<Span>)>,
    /// Values that only dependencies, defaults and tests name.
    pub(super) mentioned: Vec<String>,
    /// Texts that are looked for inside values.
    pub(super) parts: Vec<String>,
    /// Whether something asks for values that it does not name: a pattern, another field.
    pub(super) any: bool,
}

/// The values that a program names, by field.
#[derive(Debug, Default)]
pub(super) struct Uses {
    pub(super) fields: FxHashMap<Slot, Named>,
}

/// A field's shape and slot, at the end of its path; none where it has none.
pub(super) fn slot(key: &FieldKey) -> Option<Slot> {
    match key.path.as_deref() {
        Some((_, inner)) => slot(inner),
        None => (key.shape != FieldKey::NO_SHAPE).then_some((key.shape, key.slot)),
    }
}

impl Uses {
    pub(super) fn of(program: &CheckedProgram) -> Uses {
        let mut uses = Uses::default();
        each_condition(program, &mut |condition| uses.condition(condition));
        each_expr(program, &mut |expr| uses.read(expr));
        each_step(program, &mut |step| {
            for action in step.actions {
                match &action.kind {
                    ActionKind::Update(update) => uses.update(update, action.span),
                    ActionKind::Create { module, fields } => {
                        for (name, value) in fields {
                            let module = program.names.module(module);
                            uses.given(program, module, name, std::slice::from_ref(value), false);
                        }
                    }
                    _ => {}
                }
            }
        });
        for blueprint in &program.blueprints {
            if let Some(named) = uses.named(&blueprint.field.key) {
                named.whole.extend(blueprint.states.iter().map(|state| (state.name.clone(), None)));
            }
        }
        for dependency in &program.dependencies {
            for (when, allowed) in &dependency.lines {
                for (field, values) in [(&dependency.parent, when), (&dependency.child, allowed)] {
                    if let Some(named) = uses.named(&field.key) {
                        named.mentioned.extend_from_slice(values);
                    }
                }
            }
        }
        for field in program.schema.modules.iter().flat_map(|module| &module.fields) {
            if let (Some(Value::Text(text)), Some(slot)) = (&field.default, slot(&field.key)) {
                uses.fields.entry(slot).or_default().mentioned.push(text.clone());
            }
        }
        uses.tests(program);
        uses
    }

    fn named(&mut self, key: &FieldKey) -> Option<&mut Named> {
        slot(key).map(|slot| self.fields.entry(slot).or_default())
    }

    fn tests(&mut self, program: &CheckedProgram) {
        for test in &program.tests {
            for step in &test.steps {
                let none = Given::new();
                let given = match &step.kind {
                    StepKind::Given(given) | StepKind::Before(given) | StepKind::After(given) => {
                        given
                    }
                    StepKind::Transition(_, handed) | StepKind::Draft(_, handed) => &handed.fields,
                    _ => &none,
                };
                for (name, values) in given {
                    self.given(program, test.on.module(), name, values, true);
                }
            }
        }
    }

    /// A field of a record that is given by name.
    fn given(
        &mut self,
        program: &CheckedProgram,
        module: Option<ModuleId>,
        name: &str,
        values: &[Expr],
        in_test: bool,
    ) {
        let declared = module.and_then(|id| program.schema.module(id));
        let mut fields = declared.iter().flat_map(|module| &module.fields);
        let folded = fold(name);
        if let Some(field) = fields.find(|field| field.key.folded.contains(&folded)) {
            let before = slot(&field.key).and_then(|slot| self.fields.get(&slot));
            let before = before.map_or(0, |named| named.whole.len());
            self.written(&field.key, values, None);
            if let Some(named) = self.named(&field.key).filter(|_| in_test) {
                named.mentioned.extend(named.whole.drain(before..).map(|(text, _)| text));
            }
        }
    }

    fn update(&mut self, update: &Update, span: Span) {
        let (Target::Own(field) | Target::Through { field, .. } | Target::Each { field, .. }) =
            &update.target;
        self.written(&field.key, &update.values, Some(span));
    }

    fn written(&mut self, key: &FieldKey, values: &[Expr], span: Option<Span>) {
        for value in values {
            let text = if let ExprKind::Const(Value::Text(text)) = &value.kind {
                Some(text)
            } else {
                self.read(value);
                None
            };
            let Some(named) = self.named(key) else { continue };
            match text {
                Some(text) => named.whole.push((text.clone(), span)),
                None => named.any = true,
            }
        }
    }

    /// What an expression reads may be any value.
    fn read(&mut self, expr: &Expr) {
        let mut fields = Vec::new();
        mention::of_expr(expr, 0, &mut fields);
        for field in &fields {
            self.any(field);
        }
    }

    fn any(&mut self, field: &FieldRef) {
        if let Some(named) = self.named(&field.key) {
            named.any = true;
        }
    }

    fn condition(&mut self, condition: &Condition) {
        match condition {
            Condition::All(parts) | Condition::Any(parts) => {
                for part in parts {
                    self.condition(part);
                }
            }
            Condition::Not(part) => self.condition(part),
            Condition::Related(related) => self.condition(&related.condition),
            Condition::Test(test) => self.test(test),
        }
    }

    fn test(&mut self, test: &Test) {
        let field = match &test.left {
            Operand::Field(field) => field,
            Operand::Expr(expr) => return self.read(expr),
        };
        match &test.predicate {
            Predicate::Regex { .. } | Predicate::Mask(_) => self.any(field),
            Predicate::Text(how, terms) | Predicate::Dynamic(DynamicTest::Text(how), terms) => {
                self.terms(field, terms, *how == TextTest::Equal, test.span);
            }
            Predicate::Set(_, terms)
            | Predicate::Dynamic(DynamicTest::Order(OrderTest::Equal), terms)
            | Predicate::Change(ChangeTest::Becomes(terms)) => {
                self.terms(field, terms, true, test.span);
            }
            Predicate::Change(ChangeTest::From(from, to)) => {
                self.terms(field, from, true, test.span);
                self.terms(field, to, true, test.span);
            }
            _ => {}
        }
    }

    fn terms(&mut self, field: &FieldRef, terms: &[Term], whole: bool, span: Span) {
        for term in terms {
            if let Term::Expr(expr) = term {
                self.read(expr);
            }
            let Some(named) = self.named(&field.key) else { continue };
            match term {
                Term::Const(Value::Text(text)) | Term::Untyped(text) if whole => {
                    named.whole.push((text.clone(), Some(span)));
                }
                Term::Const(Value::Text(text)) | Term::Untyped(text) => {
                    named.parts.push(text.clone());
                }
                Term::Expr(_) => named.any = true,
                Term::Const(_) | Term::Time(_) => {}
            }
        }
    }
}
