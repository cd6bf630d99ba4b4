//! Blueprints: their field, states, deadlines and transitions, then what they do to each other and
//! what rules do to them.

mod contrary;
mod deadline;
mod graph;
mod pause;
mod route;
mod state;
mod transition;
mod write;

use rustc_hash::{FxHashMap, FxHashSet};

use super::calendars::Calendars;
use super::modules::duplicate;
use super::scope::Scope;
use super::{Checker, list};
use crate::checked::blueprint::{Blueprint, MAX_STATES, State, StateId, Transition};
use crate::checked::names::fold;
use crate::checked::readings::{FieldId as ReadField, Meaning};
use crate::checked::{CheckedProgram, FieldRef, On};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::catalogue::{
    BLUEPRINT_TOO_LARGE, BLUEPRINT_TWICE, NO_STATES, STATE_FIELD_NO_LIST,
};
use crate::lang::Lang;
use crate::schema::{Field, FieldType, TextMode};
use crate::source::Span;
use crate::syntax::ast::{self, DeclarationKind};

/// Where the values of each declared list end, by the place of the field's name.
type ListEnds = FxHashMap<Span, Span>;

/// What the parts of a blueprint are checked against.
struct Ground<'a> {
    scope: Scope,
    /// The field that holds the state; `None` where it has an error.
    field: Option<FieldRef>,
    /// Its declaration, where it is a list.
    list: Option<&'a Field>,
    /// How its values compare.
    mode: TextMode,
    /// The states so far.
    states: Vec<State>,
    /// By folded name.
    index: FxHashMap<String, StateId>,
    /// Those of which a line says whether they are open or an end.
    marked: FxHashSet<StateId>,
    /// Behind the last state of the last `états` line.
    states_end: Option<Span>,
}

impl Ground<'_> {
    fn state(&self, name: &str) -> Option<StateId> {
        self.index.get(&fold(name)).copied()
    }

    fn get(&self, id: StateId) -> Option<&State> {
        self.states.get(id.0 as usize)
    }

    fn name(&self, id: StateId) -> &str {
        self.get(id).map_or("", |state| state.name.as_str())
    }

    fn known(&self) -> String {
        list(self.states.iter().map(|state| state.name.as_str()))
    }

    /// Whether this is the field that holds the state.
    fn holds_state(&self, field: &FieldRef) -> bool {
        self.field.as_ref().is_some_and(|own| same_field(own, field))
    }
}

/// What tells a field from all others: its shape and slot.
type FieldId = (u32, u32);

fn id(field: &FieldRef) -> FieldId {
    (field.key.shape, field.key.slot)
}

/// Whether two fields are one field of the same module.
fn same_field(a: &FieldRef, b: &FieldRef) -> bool {
    id(a) == id(b)
}

/// What stands around blueprints.
struct Around {
    ends: ListEnds,
    calendars: Calendars,
    /// Where each name stands first, by module.
    names: FxHashMap<(On, String), Span>,
}

/// A blueprint has at most so many transitions, children included.
const MAX_TRANSITIONS: usize = 1000;

/// What the findings about a checked blueprint need of its text.
struct Written {
    /// The language of its keywords.
    lang: Lang,
    /// The end of its first line, where that ends its head.
    head_end: Option<Span>,
    /// Where it says `continu`, with what goes when that goes.
    continuous: Option<Span>,
}

impl<'a> Checker<'a> {
    /// Checks all blueprints, after the rules and calendars that they go with.
    pub(super) fn all_blueprints(
        &mut self,
        documents: &[ast::Document],
        program: &mut CheckedProgram,
    ) {
        let declarations = documents.iter().flat_map(|document| {
            document.declarations.iter().filter_map(move |declaration| match &declaration.kind {
                DeclarationKind::Blueprint(blueprint) => {
                    Some((document.lang, declaration.span, blueprint))
                }
                _ => None,
            })
        });
        let all: Vec<_> = declarations.collect();
        let lines = self.sources.iter().flat_map(|(_, source)| source.text.lines());
        let begins = |line: &&str| line.starts_with("parcours ") || line.starts_with("blueprint ");
        self.once.unread_blueprints = lines.filter(begins).count() > all.len();
        if all.is_empty() {
            return;
        }
        let mut around = Around {
            ends: list_ends(documents),
            calendars: Calendars::new(self.sources, program),
            names: FxHashMap::default(),
        };
        let mut written = Vec::new();
        for (lang, span, blueprint) in all {
            self.lang = lang;
            let english = self.sources.slice(span).starts_with("blueprint");
            self.last_lang = Some(if english { Lang::En } else { Lang::Fr });
            let Some(checked) = self.blueprint(blueprint, &mut around) else {
                continue;
            };
            let (head_end, lang) = (self.head_end(span), self.last_lang.unwrap_or_default());
            let continuous = checked.continuous.then(|| self.continuous(span)).flatten();
            written.push(Written { lang, head_end, continuous });
            program.blueprints.push(checked);
        }
        self.blueprint_writes(program, &written);
        self.blueprint_graphs(program, &written);
        self.overlaps(program);
    }

    /// Checks a blueprint; `None` where it has an error, which is reported.
    fn blueprint(&mut self, blueprint: &ast::Blueprint, around: &mut Around) -> Option<Blueprint> {
        let before = self.found.list.len();
        let name = &blueprint.name;
        let scope = self.scope_on(blueprint.module.as_ref(), name);
        let key = scope.on();
        self.once.blueprints.entry(key.clone()).or_default().broken += 1;
        let first = *around.names.entry((key.clone(), fold(&name.text))).or_insert(name.span);
        if first != name.span {
            duplicate(&mut self.found, &BLUEPRINT_TWICE, name, "", first);
        }
        let mut ground = self.ground(scope, blueprint);
        let large = blueprint.states.len() > MAX_STATES
            || blueprint.transitions.iter().map(|t| 1 + t.children.len()).sum::<usize>()
                > MAX_TRANSITIONS
            || ground.list.is_some_and(|field| values(field).len() > MAX_STATES);
        if large {
            self.error(&BLUEPRINT_TOO_LARGE, name.span);
            return None;
        }
        self.blueprint_states(&mut ground, blueprint, &around.ends);
        if ground.states.is_empty() {
            let error = Diagnostic::new(&NO_STATES, name.span);
            self.report(error.arg("name", &name.text));
        }
        self.deadlines(&mut ground, &blueprint.deadlines, around);
        let entry = blueprint.entry.as_ref().map(|c| self.criterion(&ground.scope, c));
        let transitions = self.transitions(&ground, blueprint);
        let field = ground.field.filter(|_| self.no_errors_since(before))?;
        let parts = self.once.blueprints.entry(key).or_default();
        parts.broken -= 1;
        if !blueprint.inactive {
            parts.names.push(name.text.clone());
            let with_children = |one: &Transition| {
                let children = one.children.iter().map(|child| child.name.clone());
                std::iter::once(one.name.clone()).chain(children).collect::<Vec<_>>()
            };
            parts.transitions.extend(transitions.iter().flat_map(with_children));
            parts.states.extend(ground.states.iter().map(|state| state.name.clone()));
            parts.field.get_or_insert(ReadField::of(&field.key));
        }
        Some(Blueprint {
            name: name.text.clone(),
            span: name.span,
            on: ground.scope.on(),
            field,
            inactive: blueprint.inactive,
            continuous: blueprint.continuous,
            entry,
            states: ground.states,
            transitions,
        })
    }

    /// The field that holds the state: a list of the module.
    fn ground(&mut self, scope: Scope, blueprint: &ast::Blueprint) -> Ground<'a> {
        let mut ground = Ground {
            scope,
            field: None,
            list: None,
            mode: TextMode::default(),
            states: Vec::new(),
            index: FxHashMap::default(),
            marked: FxHashSet::default(),
            states_end: None,
        };
        let name = &blueprint.field;
        let Some(found) = self.field(&ground.scope, name) else {
            self.unknown_field(&ground.scope, name);
            return ground;
        };
        if found.is_far() {
            self.of_another_record(name);
            return ground;
        }
        if let Some(declared) = found.declared {
            if !matches!(declared.ty, FieldType::Picklist(_)) {
                let lang = self.written_in();
                let error =
                    Diagnostic::new(&STATE_FIELD_NO_LIST, name.span).arg("name", &name.text);
                self.report(error.arg("type", declared.ty.keyword(lang)));
                return ground;
            }
            ground.mode = declared.mode;
            ground.list = Some(declared);
        }
        ground.field = Some(found.field);
        ground
    }

    /// Notes that a place names a state.
    fn note_state(&mut self, ground: &Ground<'_>, name: &ast::Name) {
        self.note(name.span, || {
            Meaning::Value(ground.field.as_ref().map(|f| ReadField::of(&f.key)))
        });
    }

    /// The end of the first line of a declaration, unless its head goes on.
    fn head_end(&self, span: Span) -> Option<Span> {
        let line = self.first_line(span);
        let goes_on = self.sources.slice(line).ends_with(',');
        (!goes_on).then_some(Span { start: line.end, ..line })
    }
}

/// The declared values of a list.
fn values(field: &Field) -> &[String] {
    match &field.ty {
        FieldType::Picklist(values) => values,
        _ => &[],
    }
}

fn list_ends(documents: &[ast::Document]) -> ListEnds {
    let declarations = documents.iter().flat_map(|document| &document.declarations);
    let fields = declarations.flat_map(|declaration| match &declaration.kind {
        DeclarationKind::Module(module) => module.fields.as_slice(),
        _ => &[],
    });
    let ends = fields.filter_map(|field| match &field.ty {
        ast::Type::Picklist(values) => Some((field.name.span, values.last()?.span)),
        _ => None,
    });
    ends.collect()
}
