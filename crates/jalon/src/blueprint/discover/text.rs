//! A discovered blueprint as text: a document made, then printed as every document is.

use rustc_hash::FxHashSet;

use super::super::log::key;
use super::{Discovered, Naming};
use crate::lang::Lang;
use crate::source::{SourceId, Span};
use crate::syntax::ast::{
    Before, Blueprint, Declaration, DeclarationKind, Document, During, Name, Route, RouteSplit,
    State, StateRole, Transition, TransitionKind,
};
use crate::syntax::{Limits, parse, print};
use crate::value::Zone;

/// What stands nowhere yet.
const SPAN: Span = Span { source: SourceId(0), start: 0, end: 0 };

impl Discovered {
    /// The text of the blueprint, in the canonical form, how often things happen above it as
    /// comments. One transition leads to each state, from all those that it was reached from.
    pub fn text(&self, naming: &Naming) -> String {
        // Names are bare where they read back as they are, as people write them.
        [Quotes::WhereNeeded, Quotes::Everywhere]
            .into_iter()
            .map(|quotes| print(&self.document(naming, quotes), naming.lang))
            .find(|text| self.comes_back(text, naming))
            .unwrap_or_else(|| print(&self.document(naming, Quotes::Everywhere), naming.lang))
    }

    /// How many transitions it is written with.
    pub fn transitions(&self) -> usize {
        let targets: FxHashSet<usize> = self.moves.iter().map(|(_, to, _)| *to).collect();
        targets.len()
    }

    fn document(&self, naming: &Naming, quotes: Quotes) -> Document {
        let name = |text: &str| quotes.name(text);
        let blueprint = Blueprint {
            name: Name { quoted: true, ..name(&naming.name) },
            module: naming.module.as_deref().map(name),
            field: name(&naming.field),
            inactive: false,
            continuous: false,
            entry: None,
            states: self.states(quotes),
            deadlines: Vec::new(),
            transitions: self.transition_lines(naming.lang, quotes),
        };
        let declaration = Declaration {
            span: SPAN,
            doc: self.comments(naming.lang, naming.zone),
            kind: DeclarationKind::Blueprint(blueprint),
        };
        Document { lang: Some(naming.lang), declarations: vec![declaration], ..Document::default() }
    }

    fn states(&self, quotes: Quotes) -> Vec<State> {
        // The first that is no end is the default, unless one says so.
        let default = self.states.iter().position(|state| !state.is_end).unwrap_or(0);
        let states = self.states.iter().enumerate().map(|(at, state)| State {
            name: quotes.name(&state.name),
            roles: [
                (at == 0 && default != 0, StateRole::Default),
                (state.is_end, StateRole::Final),
            ]
            .into_iter()
            .filter_map(|(has, role)| has.then_some((SPAN, role)))
            .collect(),
            probability: None,
            labels: Vec::new(),
        });
        let (ends, others): (Vec<State>, Vec<State>) =
            states.partition(|state| state.roles.iter().any(|(_, role)| *role == StateRole::Final));
        others.into_iter().chain(ends).collect()
    }

    /// One for each state that is reached, from the most frequent on.
    fn transition_lines(&self, lang: Lang, quotes: Quotes) -> Vec<Transition> {
        let mut taken = FxHashSet::default();
        let lines = self.by_target().into_iter().filter_map(|(to, from)| {
            let target = &self.states.get(to)?.name;
            let from: Vec<&str> = from
                .iter()
                .filter_map(|(from, _)| self.states.get(*from))
                .map(|state| state.name.as_str())
                .collect();
            let wanted = match from.as_slice() {
                [only] => lang.pick(format!("{only} vers {target}"), format!("{only} to {target}")),
                _ => lang.pick(format!("Vers {target}"), format!("To {target}")),
            };
            let split = RouteSplit {
                from: from.into_iter().map(|name| quotes.name(name)).collect(),
                to: quotes.name(target),
                except: Vec::new(),
            };
            Some(Transition {
                span: SPAN,
                name: Name { span: SPAN, text: unique(&wanted, &mut taken), quoted: true },
                kind: TransitionKind::Single,
                route: Some(Route {
                    span: SPAN,
                    text: String::new(),
                    split,
                    others: Vec::new(),
                    certain: true,
                }),
                before: Before::default(),
                during: During::default(),
                after: Vec::new(),
                children: Vec::new(),
            })
        });
        lines.collect()
    }

    /// Each state that is reached and from where, both from the most frequent on.
    fn by_target(&self) -> Vec<(usize, Vec<(usize, u64)>)> {
        let mut targets: Vec<Vec<(usize, u64)>> = vec![Vec::new(); self.states.len()];
        for (from, to, count) in &self.moves {
            if let Some(target) = targets.get_mut(*to) {
                target.push((*from, *count));
            }
        }
        let mut targets: Vec<_> =
            targets.into_iter().enumerate().filter(|(_, from)| !from.is_empty()).collect();
        let total = |from: &[(usize, u64)]| from.iter().map(|(_, count)| count).sum::<u64>();
        targets.sort_by_key(|(_, from)| std::cmp::Reverse(total(from)));
        targets
    }

    /// What the log says, in lines.
    fn comments(&self, lang: Lang, zone: Zone) -> Vec<String> {
        let moves: u64 = self.moves.iter().map(|(.., count)| count).sum();
        let (cases, events, states) = (self.cases, self.events, self.states.len());
        let mut lines = vec![lang.pick(
            format!("Découvert dans un journal : {cases} cas, {events} événements, {moves} passages entre {states} états"),
            format!("Discovered in a log: {cases} cases, {events} events, {moves} moves between {states} states"),
        )];
        if let Some((first, last)) = self.period {
            let (first, last) = (zone.date_at(first), zone.date_at(last));
            lines.push(
                lang.pick(format!("Du {first} au {last}"), format!("From {first} to {last}")),
            );
        }
        if self.left_out > 0 {
            let (left, least) = (self.left_out, self.min_count);
            lines.push(lang.pick(
                format!("Laissés de côté, vus moins de {least} fois : {left} passages"),
                format!("Left out, seen less than {least} times: {left} moves"),
            ));
        }
        lines.push(format!(
            "{} {}",
            lang.pick("Débuts :", "Beginnings:"),
            self.listed(|state| state.begins)
        ));
        lines.push(format!("{} {}", lang.pick("Fins :", "Ends:"), self.listed(|state| state.ends)));
        let name = |place: usize| self.states.get(place).map_or("", |state| state.name.as_str());
        for (to, from) in self.by_target() {
            let total: u64 = from.iter().map(|(_, count)| count).sum();
            let from: Vec<String> =
                from.iter().map(|(from, count)| format!("{} {count}", name(*from))).collect();
            lines.push(lang.pick(
                format!("{total} vers {} : {}", name(to), from.join(", ")),
                format!("{total} to {}: {}", name(to), from.join(", ")),
            ));
        }
        lines
    }

    /// The states of which there are some, from the most frequent on.
    fn listed(&self, count: impl Fn(&super::DiscoveredState) -> u64) -> String {
        let mut counted: Vec<(&str, u64)> = self
            .states
            .iter()
            .map(|state| (state.name.as_str(), count(state)))
            .filter(|(_, count)| *count > 0)
            .collect();
        counted.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let counted: Vec<String> =
            counted.into_iter().map(|(name, count)| format!("{name} {count}")).collect();
        counted.join(", ")
    }

    /// Whether a text is read as this blueprint.
    fn comes_back(&self, text: &str, naming: &Naming) -> bool {
        let (read, found) = parse(SourceId(0), text, &Limits::default());
        let made = self.document(naming, Quotes::Everywhere);
        match (read.declarations.as_slice(), made.declarations.as_slice()) {
            ([read], [made]) => match (&read.kind, &made.kind) {
                (DeclarationKind::Blueprint(read), DeclarationKind::Blueprint(made)) => {
                    found.is_empty() && is_same(read, made)
                }
                _ => false,
            },
            _ => false,
        }
    }
}

/// Whether two blueprints have the same names in the same places.
fn is_same(a: &Blueprint, b: &Blueprint) -> bool {
    let name = |a: &Name, b: &Name| key(&a.text) == key(&b.text);
    let roles = |state: &State| state.roles.iter().map(|(_, role)| *role).collect::<Vec<_>>();
    let split = |one: &Transition| {
        let route = one.route.as_ref().filter(|route| route.certain)?;
        Some(route.split.names().map(|name| key(&name.text)).collect::<Vec<_>>())
    };
    let modules = (&a.module, &b.module);
    name(&a.name, &b.name)
        && name(&a.field, &b.field)
        && matches!(modules, (None, None) | (Some(_), Some(_)))
        && modules.0.iter().zip(modules.1).all(|(a, b)| name(a, b))
        && a.states.len() == b.states.len()
        && a.states
            .iter()
            .zip(&b.states)
            .all(|(a, b)| name(&a.name, &b.name) && roles(a) == roles(b))
        && a.transitions.len() == b.transitions.len()
        && a.transitions
            .iter()
            .zip(&b.transitions)
            .all(|(a, b)| name(&a.name, &b.name) && split(a).is_some() && split(a) == split(b))
}

/// Which names stand in quotes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Quotes {
    WhereNeeded,
    Everywhere,
}

/// Words that part the names on a line: a name that holds one stands in quotes.
const WORDS: &[&str] =
    &["de", "vers", "depuis", "sauf", "sur", "champ", "from", "to", "except", "on", "field"];

impl Quotes {
    fn name(self, text: &str) -> Name {
        let usual = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '\'' | '’');
        let parts = |word: &str| WORDS.contains(&word.to_lowercase().as_str());
        let plain = text.chars().all(usual) && !text.split(' ').any(parts);
        let quoted = self == Quotes::Everywhere || !plain;
        Name { span: SPAN, text: text.to_owned(), quoted }
    }
}

/// A name that none before it bears.
fn unique(wanted: &str, taken: &mut FxHashSet<String>) -> String {
    let mut name = wanted.to_owned();
    let mut number = 2;
    while !taken.insert(key(&name)) {
        name = format!("{wanted} ({number})");
        number += 1;
    }
    name
}
