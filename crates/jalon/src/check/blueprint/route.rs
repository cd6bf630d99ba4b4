//! Routes: which of the readings of `de A vers B` names states.

use super::Ground;
use crate::check::automation::spelled;
use crate::check::{Checker, list};
use crate::checked::blueprint::StateId;
use crate::diagnostic::catalogue::{ADD_STATE, END_LEFT, READ_AS, TWO_ROUTES, UNKNOWN_STATE};
use crate::diagnostic::{Diagnostic, Edit, Fix, Text};
use crate::source::Span;
use crate::syntax::ast::{Name, Route, RouteSplit};

/// Where a state is marked.
const DECLARED: Text = Text { fr: "état déclaré ici", en: "state declared here" };

impl Checker<'_> {
    /// From which states to which; `None` where that has an error, which is reported.
    pub(super) fn route(
        &mut self,
        ground: &Ground<'_>,
        route: &Route,
        common: bool,
    ) -> Option<(Vec<StateId>, StateId)> {
        let sound =
            |split: &&RouteSplit| split.names().all(|name| ground.state(&name.text).is_some());
        let readings: Vec<&RouteSplit> = route.splits().filter(sound).collect();
        match readings.as_slice() {
            [only] => self.resolved(ground, only, common),
            [] => {
                // The reading with the fewest unknown names is the one that was meant.
                let unknown = |split: &&RouteSplit| {
                    split.names().filter(|name| ground.state(&name.text).is_none()).count()
                };
                let meant = route.splits().min_by_key(unknown)?;
                for name in meant.names() {
                    self.state_named(ground, name);
                }
                None
            }
            several => {
                self.two_routes(route, several);
                None
            }
        }
    }

    fn resolved(
        &mut self,
        ground: &Ground<'_>,
        split: &RouteSplit,
        common: bool,
    ) -> Option<(Vec<StateId>, StateId)> {
        split.names().for_each(|name| self.note_state(ground, name));
        let to = ground.state(&split.to.text)?;
        let except: Vec<StateId> =
            split.except.iter().filter_map(|name| ground.state(&name.text)).collect();
        if common && split.from.is_empty() {
            let all = (0..ground.states.len() as u32).map(StateId);
            let from = all.filter(|id| {
                let end = ground.get(*id).is_some_and(crate::checked::blueprint::State::is_end);
                *id != to && !end && !except.contains(id)
            });
            return Some((from.collect(), to));
        }
        let mut from = Vec::with_capacity(split.from.len());
        for name in &split.from {
            let id = ground.state(&name.text)?;
            if let Some(state) = ground.get(id).filter(|state| state.is_end()) {
                let error = Diagnostic::new(&END_LEFT, name.span).arg("name", &state.name);
                self.report(error.label(state.span, DECLARED));
            }
            if !from.contains(&id) {
                from.push(id);
            }
        }
        Some((from, to))
    }

    /// A state by its name; `None` where it is none, which is reported.
    pub(super) fn state_named(&mut self, ground: &Ground<'_>, name: &Name) -> Option<StateId> {
        if let Some(id) = ground.state(&name.text) {
            self.note_state(ground, name);
            return Some(id);
        }
        let states = ground.states.iter().map(|state| state.name.as_str());
        let near = self.found.near(&name.text, states);
        let mut error = Diagnostic::new(&UNKNOWN_STATE, name.span)
            .arg("name", &name.text)
            .arg("known", ground.known())
            .suggest(near);
        let listed = ground
            .list
            .is_none_or(|field| self.names.has_value(&field.key, &name.text, ground.mode));
        if let Some(end) = ground.states_end.filter(|_| listed) {
            let state = spelled(&name.text, name.quoted);
            let place = Span { start: end.end, ..end };
            error = error.fix(Fix {
                title: &ADD_STATE,
                args: [("new", state.clone())].into(),
                edits: vec![Edit { span: place, text: format!(", {state}") }],
            });
        }
        self.report(error);
        None
    }

    /// Shows the readings, each with the fix that puts its names in quotes.
    fn two_routes(&mut self, route: &Route, readings: &[&RouteSplit]) {
        let shown: Vec<String> = readings.iter().map(|split| shown(split)).collect();
        let mut error = Diagnostic::new(&TWO_ROUTES, route.span)
            .arg("known", list(shown.iter().map(String::as_str)));
        for (split, shown) in readings.iter().zip(&shown) {
            let bare = split.names().filter(|name| !name.quoted);
            let edits = bare.map(|name| Edit { span: name.span, text: spelled(&name.text, true) });
            error = error.fix(Fix {
                title: &READ_AS,
                args: [("new", shown.clone())].into(),
                edits: edits.collect(),
            });
        }
        self.report(error);
    }
}

/// `A, B → C`
fn shown(split: &RouteSplit) -> String {
    let names =
        |names: &[Name]| names.iter().map(|name| name.text.as_str()).collect::<Vec<_>>().join(", ");
    match (split.from.is_empty(), split.except.is_empty()) {
        (false, _) => format!("{} → {}", names(&split.from), split.to.text),
        (true, true) => format!("→ {}", split.to.text),
        (true, false) => format!("≠ {} → {}", names(&split.except), split.to.text),
    }
}
