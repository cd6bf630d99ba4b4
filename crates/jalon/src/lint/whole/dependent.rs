//! Dependent fields against what the rest of the program asks of them and writes into them.

use rustc_hash::FxHashMap;

use super::parts::{each_condition, each_step};
use super::uses::{Slot, slot};
use crate::checked::names::fold;
use crate::checked::workflow::{ActionKind, Change, Dependency, Target, Update};
use crate::checked::{
    ChangeTest, CheckedProgram, Condition, ExprKind, FieldRef, Operand, Predicate, Term, Test,
    TextTest,
};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::catalogue::{
    EXCLUDED_TESTED, EXCLUDED_WRITTEN, GOES_WITH, PARENT_NOT_NAMED,
};
use crate::schema::FieldType;
use crate::source::Span;
use crate::syntax::ast::{DeclarationKind, Document};
use crate::value::Value;

pub(super) fn lint(program: &CheckedProgram, documents: &[Document], out: &mut Vec<Diagnostic>) {
    if program.dependencies.is_empty() {
        return;
    }
    let declarations = documents.iter().flat_map(|document| &document.declarations);
    let places: FxHashMap<Span, Span> = declarations
        .filter_map(|declaration| match &declaration.kind {
            DeclarationKind::Dependency(written) => Some((declaration.span, written.parent.span)),
            _ => None,
        })
        .collect();
    for dependency in &program.dependencies {
        if let Some(place) = places.get(&dependency.span) {
            out.extend(parent_not_named(program, dependency, *place));
        }
    }
    let mut by_child: FxHashMap<Slot, Vec<&Dependency>> = FxHashMap::default();
    for dependency in &program.dependencies {
        if let Some(slot) = slot(&dependency.child.key) {
            by_child.entry(slot).or_default().push(dependency);
        }
    }
    let place = |dependency: &Dependency| places.get(&dependency.span).copied();
    each_condition(program, &mut |condition| {
        tested(condition, &mut Vec::new(), &mut |known, test| {
            let Some((slot, values)) = required(test) else { return };
            for dependency in by_child.get(&slot).into_iter().flatten() {
                let given = known_of(known, dependency);
                let found = given.and_then(|given| excluded(dependency, &given, &values));
                out.extend(found.map(|d| d.tell(&EXCLUDED_TESTED, test.span, place(dependency))));
            }
        });
    });
    each_step(program, &mut |step| {
        let mut known: Vec<OneOf> = Vec::new();
        if let Some(condition) = step.condition {
            always(condition, &mut known);
        }
        // What the step itself writes holds in the end, whatever was asked.
        let mut written = Vec::new();
        for action in step.actions {
            let ActionKind::Update(update) = &action.kind else { continue };
            let Target::Own(field) = &update.target else { continue };
            let Some(slot) = slot(&field.key) else { continue };
            known.retain(|(known, _)| *known != slot);
            written.retain(|(known, ..): &(Slot, _, _)| *known != slot);
            if let Some(value) = constant(update) {
                known.push((slot, vec![value.to_owned()]));
                written.push((slot, value.to_owned(), action.span));
            }
        }
        for (slot, value, span) in written {
            for dependency in by_child.get(&slot).into_iter().flatten() {
                let given = super::uses::slot(&dependency.parent.key).and_then(|parent| {
                    known.iter().find(|(known, _)| *known == parent).map(|(_, values)| values)
                });
                let value = std::slice::from_ref(&value);
                let found = given.and_then(|given| excluded(dependency, given, value));
                out.extend(found.map(|d| d.tell(&EXCLUDED_WRITTEN, span, place(dependency))));
            }
        }
    });
}

/// A field, and the values of which it must have one.
type OneOf = (Slot, Vec<String>);

/// Values of a dependency that exclude each other.
struct Excluded<'p> {
    dependency: &'p Dependency,
    given: Vec<String>,
    values: Vec<String>,
    allowed: Vec<&'p str>,
}

impl Excluded<'_> {
    fn tell(
        &self,
        code: &'static crate::diagnostic::Code,
        span: Span,
        place: Option<Span>,
    ) -> Diagnostic {
        let quoted = |values: &[String]| {
            values.iter().map(|value| format!("`{value}`")).collect::<Vec<_>>().join(", ")
        };
        let label = |field: &FieldRef| field.key.names.first().cloned().unwrap_or_default();
        let d = Diagnostic::new(code, span)
            .arg("child", label(&self.dependency.child))
            .arg("parent", label(&self.dependency.parent))
            .arg("values", quoted(&self.values))
            .arg("given", quoted(&self.given))
            .arg("allowed", self.allowed.join(", "));
        match place {
            Some(place) => d.label(place, GOES_WITH),
            None => d,
        }
    }
}

/// Whether none of the values of the child goes with any of the parent's; a value of the parent
/// that no line names goes with all.
fn excluded<'p>(
    dependency: &'p Dependency,
    given: &[String],
    values: &[String],
) -> Option<Excluded<'p>> {
    let mut allowed: Vec<&str> = Vec::new();
    for parent in given {
        let parent = fold(parent);
        let lines = dependency.lines.iter();
        let naming = lines.filter(|(when, _)| when.iter().any(|value| fold(value) == parent));
        let before = allowed.len();
        allowed.extend(naming.flat_map(|(_, allowed)| allowed.iter().map(String::as_str)));
        if allowed.len() == before {
            return None;
        }
    }
    let goes = |value: &String| {
        let value = fold(value);
        allowed.iter().any(|allowed| fold(allowed) == value)
    };
    if given.is_empty() || values.is_empty() || values.iter().any(goes) {
        return None;
    }
    allowed.sort_unstable();
    allowed.dedup();
    Some(Excluded { dependency, given: given.to_vec(), values: values.to_vec(), allowed })
}

/// Values of the parent's list that no line names.
fn parent_not_named(
    program: &CheckedProgram,
    dependency: &Dependency,
    place: Span,
) -> Option<Diagnostic> {
    let module = dependency.on.declared(&program.schema)?;
    let parent = module.fields.iter().find(|field| field.key.is(&dependency.parent.key))?;
    let FieldType::Picklist(values) = &parent.ty else { return None };
    let named = dependency.lines.iter().flat_map(|(when, _)| when);
    let named: Vec<String> = named.map(|value| fold(value)).collect();
    let rest: Vec<&str> =
        values.iter().filter(|v| !named.contains(&fold(v))).map(String::as_str).collect();
    let child = dependency.child.key.names.first().cloned().unwrap_or_default();
    (!rest.is_empty()).then(|| {
        let d = Diagnostic::new(&PARENT_NOT_NAMED, place).arg("parent", parent.name());
        d.arg("child", child).arg("values", rest.join(", "))
    })
}

/// A value that an update writes, where it is always the same.
fn constant(update: &Update) -> Option<&str> {
    match (&update.values[..], update.change) {
        ([value], Change::Set) => match &value.kind {
            ExprKind::Const(Value::Text(text)) => Some(text),
            _ => None,
        },
        _ => None,
    }
}

/// The values of which a field must have one for a test to hold.
fn required(test: &Test) -> Option<OneOf> {
    let Operand::Field(field) = &test.left else { return None };
    let (Predicate::Text(TextTest::Equal, terms)
    | Predicate::Change(ChangeTest::Becomes(terms) | ChangeTest::From(_, terms))) = &test.predicate
    else {
        return None;
    };
    if test.negated || field.depth > 0 || field.key.path.is_some() {
        return None;
    }
    let text = |term: &Term| match term {
        Term::Const(Value::Text(text)) => Some(text.clone()),
        _ => None,
    };
    Some((slot(&field.key)?, terms.iter().map(text).collect::<Option<_>>()?))
}

/// What must hold of fields wherever a criterion does.
fn always(condition: &Condition, known: &mut Vec<OneOf>) {
    match condition {
        Condition::All(parts) => {
            for part in parts {
                always(part, known);
            }
        }
        Condition::Test(test) => known.extend(required(test)),
        _ => {}
    }
}

/// Calls `visit` with each test and what must hold of fields beside it.
fn tested<'p>(
    condition: &'p Condition,
    known: &mut Vec<OneOf>,
    visit: &mut dyn FnMut(&[OneOf], &'p Test),
) {
    match condition {
        Condition::All(parts) => {
            let before = known.len();
            for part in parts {
                if let Condition::Test(test) = part {
                    known.extend(required(test));
                }
            }
            for part in parts {
                tested(part, known, visit);
            }
            known.truncate(before);
        }
        Condition::Any(parts) => {
            for part in parts {
                tested(part, known, visit);
            }
        }
        Condition::Test(test) => visit(known, test),
        // What is not to hold, and what is asked of other records, is not asked of this one.
        Condition::Not(_) | Condition::Related(_) => {}
    }
}

/// The values that the parent of a dependency must have one of.
fn known_of(known: &[OneOf], dependency: &Dependency) -> Option<Vec<String>> {
    let parent = slot(&dependency.parent.key)?;
    known.iter().find(|(slot, _)| *slot == parent).map(|(_, values)| values.clone())
}
