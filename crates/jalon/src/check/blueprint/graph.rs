//! What the transitions of a blueprint come to: states that are never reached or never left,
//! transitions that are never offered, blueprints that never govern.

use rustc_hash::{FxHashMap, FxHashSet};

use super::contrary::contrary;
use super::write::forced;
use super::{FieldId, Written, id, same_field};
use crate::check::automation::spelled;
use crate::check::modules::FIRST;
use crate::check::{Checker, list};
use crate::checked::blueprint::{Blueprint, State, StateId, Transition};
use crate::checked::content::key_of;
use crate::checked::names::fold;
use crate::checked::{
    CheckedProgram, Condition, DynamicTest, Operand, OrderTest, Predicate, Term, Test, TextTest,
};
use crate::diagnostic::catalogue::{
    BLUEPRINTS_OVERLAP, CONTRARY_CRITERIA, DEAD_END, LEAVES_NOTHING, MAKE_END, NEVER_OFFERED,
    NO_TRANSITIONS, UNREACHABLE_STATE,
};
use crate::diagnostic::{Diagnostic, Edit, Fix, Text};
use crate::source::Span;
use crate::value::Value;

impl Checker<'_> {
    pub(super) fn blueprint_graphs(&mut self, program: &CheckedProgram, written: &[Written]) {
        let forced = forced(program);
        let nothing = FxHashSet::default();
        for (blueprint, written) in program.blueprints.iter().zip(written) {
            if blueprint.transitions.is_empty() {
                let warning = Diagnostic::new(&NO_TRANSITIONS, blueprint.span);
                self.report(warning.arg("name", &blueprint.name));
                continue;
            }
            if blueprint.continuous {
                self.pauses(blueprint, written);
            }
            let next = next_states(blueprint);
            self.unreachable(
                blueprint,
                &next,
                forced.get(&id(&blueprint.field)).unwrap_or(&nothing),
            );
            self.dead_ends(blueprint, &next, written);
            for transition in &blueprint.transitions {
                self.never_offered(blueprint, transition);
                for child in &transition.children {
                    self.never_offered(blueprint, child);
                }
            }
        }
    }

    /// Warns of states that no way leads to, from where records begin or are forced into.
    fn unreachable(
        &mut self,
        blueprint: &Blueprint,
        next: &[Vec<StateId>],
        forced: &FxHashSet<String>,
    ) {
        let begin = blueprint.states.iter().position(|state| state.is_default).unwrap_or(0);
        let into = |(_, state): &(usize, &State)| forced.contains(&fold(&state.name));
        let entered = blueprint.states.iter().enumerate().filter(into).map(|(at, _)| at);
        let mut open: Vec<StateId> = entered.chain([begin]).map(|at| StateId(at as u32)).collect();
        let mut reached = vec![false; blueprint.states.len()];
        while let Some(state) = open.pop() {
            let Some(seen) = reached.get_mut(state.0 as usize) else { continue };
            if std::mem::replace(seen, true) {
                continue;
            }
            open.extend(next.get(state.0 as usize).into_iter().flatten());
        }
        let first = blueprint.states.get(begin).map_or("", |state| state.name.as_str());
        for (state, _) in blueprint.states.iter().zip(&reached).filter(|(_, reached)| !**reached) {
            let warning = Diagnostic::new(&UNREACHABLE_STATE, state.span);
            self.report(warning.arg("name", &state.name).arg("state", first));
        }
    }

    /// Warns of states that nothing leaves and that are no ends.
    fn dead_ends(&mut self, blueprint: &Blueprint, next: &[Vec<StateId>], written: &Written) {
        let stuck = |(state, next): &(&State, &Vec<StateId>)| !state.is_end() && next.is_empty();
        for (state, _) in blueprint.states.iter().zip(next).filter(stuck) {
            let mut warning = Diagnostic::new(&DEAD_END, state.span).arg("name", &state.name);
            if let Some(at) = written.head_end {
                let line = format!("final {}", spelled(&state.name, false));
                warning = warning.fix(Fix {
                    title: &MAKE_END,
                    args: [("new", line.clone())].into(),
                    edits: vec![Edit { span: at, text: format!("\n  {line}") }],
                });
            }
            self.report(warning);
        }
    }

    /// Warns of a transition that leaves no state, or none that its own criterion allows.
    fn never_offered(&mut self, blueprint: &Blueprint, transition: &Transition) {
        let name = |id: &StateId| {
            blueprint.states.get(id.0 as usize).map_or("", |state| state.name.as_str())
        };
        let allowed = |id: &StateId, test: &Test| allows(blueprint, name(id), test);
        let tests = transition.condition.as_ref().map(must_hold).unwrap_or_default();
        let offered = transition
            .from
            .iter()
            .any(|id| tests.iter().all(|test| allowed(id, test).unwrap_or(true)));
        if offered {
            let pairs = tests.iter().enumerate().flat_map(|(at, first)| {
                tests.iter().skip(at + 1).map(move |second| (*first, *second))
            });
            // A long criterion is looked at as far as this.
            let mut pairs = pairs.take(MOST_PAIRS);
            if let Some((first, second)) = pairs.find(|(first, second)| contrary(first, second)) {
                let warning = Diagnostic::new(&CONTRARY_CRITERIA, second.span);
                let warning = warning.arg("name", &transition.name).arg("other", &first.source);
                self.report(warning.label(first.span, HERE_FIRST));
            }
            return;
        }
        if transition.from.is_empty() {
            let warning = Diagnostic::new(&LEAVES_NOTHING, transition.span);
            self.report(warning.arg("name", &transition.name));
            return;
        }
        let culprit = tests
            .iter()
            .find(|test| transition.from.iter().all(|id| allowed(id, test) == Some(false)));
        let span: Span = culprit.or(tests.first()).map_or(transition.span, |test| test.span);
        let warning = Diagnostic::new(&NEVER_OFFERED, span).arg("name", &transition.name);
        self.report(warning.arg("known", list(transition.from.iter().map(name))));
    }

    /// Warns of a blueprint whose records an earlier one takes.
    pub(super) fn overlaps(&mut self, program: &CheckedProgram) {
        // Of each field the blueprints that came first, by what their entry says.
        let mut first: FxHashMap<(FieldId, Option<String>), &Blueprint> = FxHashMap::default();
        for blueprint in program.blueprints.iter().filter(|blueprint| !blueprint.inactive) {
            let field = id(&blueprint.field);
            let entry = blueprint.entry.as_ref().map(key_of);
            let all = first.get(&(field, None));
            let other = all.or_else(|| first.get(&(field, entry.clone()))).copied();
            first.entry((field, entry)).or_insert(blueprint);
            if let Some(other) = other {
                let warning = Diagnostic::new(&BLUEPRINTS_OVERLAP, blueprint.span);
                let warning = warning.arg("name", &blueprint.name).arg("other", &other.name);
                self.report(warning.label(other.span, FIRST));
            }
        }
    }
}

/// So many pairs of tests of one criterion are compared.
const MOST_PAIRS: usize = 1000;

/// Where the other test stands.
const HERE_FIRST: Text = Text { fr: "demandé ici", en: "asked for here" };

/// Where the transitions of each state lead.
fn next_states(blueprint: &Blueprint) -> Vec<Vec<StateId>> {
    let mut next = vec![Vec::new(); blueprint.states.len()];
    for transition in &blueprint.transitions {
        for from in &transition.from {
            if let Some(next) = next.get_mut(from.0 as usize) {
                next.push(transition.to);
            }
        }
    }
    next
}

/// The tests that must all hold.
fn must_hold(condition: &Condition) -> Vec<&Test> {
    match condition {
        Condition::Test(test) => vec![test],
        Condition::All(parts) => parts.iter().flat_map(must_hold).collect(),
        _ => Vec::new(),
    }
}

/// Whether a test on the field of the state holds in a state; `None` where it is another test.
fn allows(blueprint: &Blueprint, state: &str, test: &Test) -> Option<bool> {
    let Operand::Field(field) = &test.left else { return None };
    if field.depth > 0 || !same_field(field, &blueprint.field) {
        return None;
    }
    let holds = match &test.predicate {
        Predicate::Empty => false,
        Predicate::Text(TextTest::Equal, terms)
        | Predicate::Dynamic(
            DynamicTest::Text(TextTest::Equal) | DynamicTest::Order(OrderTest::Equal),
            terms,
        ) => {
            let state = fold(state);
            let mut same = false;
            for term in terms {
                match term {
                    Term::Const(Value::Text(text)) | Term::Untyped(text) => {
                        same |= fold(text) == state;
                    }
                    _ => return None,
                }
            }
            same
        }
        _ => return None,
    };
    Some(holds != test.negated)
}
