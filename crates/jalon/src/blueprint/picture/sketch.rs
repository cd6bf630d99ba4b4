//! What there is to draw, in words of one language; every format starts from it.

mod tooltip;

use crate::checked::blueprint::{Blueprint, State, StateId, StateRole, Transition, TransitionKind};
use crate::lang::Lang;

use super::figures::{Figures, TransitionFigures};
use super::words;

/// Of so many states or more, a transition that is not common is also drawn without a line from
/// each.
const MANY_SOURCES: usize = 6;

/// The picture of a blueprint, before it has a form.
#[derive(Debug)]
pub(super) struct Sketch {
    /// The blueprint's name.
    pub title: String,
    /// What it governs, and whether it is inactive or continuous.
    pub about: Vec<String>,
    /// Which records it takes.
    pub entry: Option<String>,
    /// Its states, in source order.
    pub spots: Vec<Spot>,
    /// Where it begins.
    pub start: Option<usize>,
    /// Its transitions, in source order.
    pub arrows: Vec<Arrow>,
    /// The language of its words.
    pub lang: Lang,
}

/// A state.
#[derive(Debug)]
pub(super) struct Spot {
    /// Its label in the language.
    pub name: String,
    /// What it is in the process.
    pub look: Look,
    /// How likely a record in it is to be won.
    pub probability: Option<String>,
    /// How long it may last.
    pub deadline: Option<String>,
    /// How many times it was entered, and for how long.
    pub figures: Option<String>,
    /// Everything about it.
    pub tooltip: String,
}

/// How a state is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Look {
    /// Where records begin.
    Default,
    /// Work goes on.
    Open,
    /// Work is over, the process is not.
    Closed,
    /// An end.
    Won,
    /// An end.
    Lost,
    /// An end.
    Final,
}

impl Look {
    /// Every one, in the order of the legend.
    pub(super) const ALL: [Look; 6] =
        [Look::Default, Look::Open, Look::Closed, Look::Won, Look::Lost, Look::Final];

    fn of(state: &State) -> Look {
        match state.role {
            _ if state.is_default => Look::Default,
            StateRole::Default | StateRole::Open => Look::Open,
            StateRole::Closed => Look::Closed,
            StateRole::Won => Look::Won,
            StateRole::Lost => Look::Lost,
            StateRole::Final => Look::Final,
        }
    }

    /// Its word in the pictures' code, such as `won`.
    pub(super) fn word(self) -> &'static str {
        match self {
            Look::Default => "default",
            Look::Open => "open",
            Look::Closed => "closed",
            Look::Won => "won",
            Look::Lost => "lost",
            Look::Final => "final",
        }
    }

    /// Its word for people.
    pub(super) fn name(self, lang: Lang) -> &'static str {
        let (fr, en) = match self {
            Look::Default => ("par défaut", "default"),
            Look::Open => ("ouvert", "open"),
            Look::Closed => ("fermé", "closed"),
            Look::Won => ("gagné", "won"),
            Look::Lost => ("perdu", "lost"),
            Look::Final => ("final", "final"),
        };
        lang.pick(fr, en)
    }

    /// Fill, line and text on light.
    pub(super) fn colours(self) -> [&'static str; 3] {
        match self {
            Look::Default => ["#e0e7ff", "#4f46e5", "#312e81"],
            Look::Open => ["#eff6ff", "#60a5fa", "#1e3a8a"],
            Look::Closed => ["#f1f5f9", "#94a3b8", "#334155"],
            Look::Won => ["#dcfce7", "#22a35a", "#14532d"],
            Look::Lost => ["#fee2e2", "#e2605f", "#7f1d1d"],
            Look::Final => ["#f3e8ff", "#a46be8", "#4c1d95"],
        }
    }

    /// Fill, line and text on dark.
    pub(super) fn dark_colours(self) -> [&'static str; 3] {
        match self {
            Look::Default => ["#312e81", "#a5b4fc", "#eef2ff"],
            Look::Open => ["#172f5c", "#5b9bf0", "#dbeafe"],
            Look::Closed => ["#273244", "#7d8da3", "#e2e8f0"],
            Look::Won => ["#123f28", "#4ac781", "#dcfce7"],
            Look::Lost => ["#4f1d1f", "#f08a87", "#fee2e2"],
            Look::Final => ["#3a2263", "#bd94f2", "#f3e8ff"],
        }
    }
}

/// A transition.
#[derive(Debug)]
pub(super) struct Arrow {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: TransitionKind,
    /// From where.
    pub from: Sources,
    /// To which state.
    pub to: usize,
    /// After how long, of an automatic one.
    pub wait: Option<String>,
    /// Who may make it, unless it is everybody.
    pub owners: Option<String>,
    /// Whether it is offered only where a criterion holds.
    pub conditional: bool,
    /// The children of a parallel one.
    pub children: Vec<String>,
    /// How often it was made.
    pub count: Option<u64>,
    /// How often it was made, and how long it took.
    pub figures: Option<String>,
    /// How often it was refused.
    pub refused: Option<String>,
    /// Everything about it.
    pub tooltip: String,
}

/// From where a transition goes.
#[derive(Debug)]
pub(super) enum Sources {
    /// From these states, each by a line; the number of times where it is known.
    States(Vec<(usize, Option<u64>)>),
    /// From so many that it is said and not drawn, such as `de partout`; and those states.
    Said(String, Vec<usize>),
}

impl Sketch {
    /// What there is to draw of a blueprint.
    pub(super) fn of(
        blueprint: &Blueprint,
        module: Option<&str>,
        figures: Option<&Figures>,
        lang: Lang,
    ) -> Sketch {
        let field = blueprint.field.key.names.first().map_or("", String::as_str);
        let governs = [module.unwrap_or(""), field].into_iter().filter(|part| !part.is_empty());
        let mut about: Vec<String> = governs.map(str::to_owned).collect();
        if blueprint.inactive {
            about.push(lang.pick("inactif", "inactive").to_owned());
        }
        if blueprint.continuous {
            about.push(lang.pick("continu", "continuous").to_owned());
        }
        let transitions = blueprint.transitions.iter();
        Sketch {
            title: blueprint.name.clone(),
            about,
            entry: blueprint.entry.as_ref().map(|entry| words::condition(entry, lang)),
            spots: blueprint.states.iter().map(|state| spot(state, figures, lang)).collect(),
            start: blueprint.states.iter().position(|state| state.is_default),
            arrows: transitions
                .filter(|one| blueprint.states.len() > one.to.0 as usize)
                .map(|one| arrow(blueprint, one, figures, lang))
                .collect(),
            lang,
        }
    }
}

fn spot(state: &State, figures: Option<&Figures>, lang: Lang) -> Spot {
    let measured = figures.and_then(|figures| figures.states.get(&state.name));
    let parts = measured.map(|of| {
        let times = Some(words::count(of.count, lang));
        [times, of.median_seconds.map(|seconds| words::span(seconds, lang))]
    });
    Spot {
        name: label(state, lang).to_owned(),
        look: Look::of(state),
        probability: state.probability.map(|share| words::percent(share, lang)),
        deadline: state.deadline.as_ref().map(|deadline| words::lapse(deadline.after, lang)),
        figures: parts.map(|parts| parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")),
        tooltip: tooltip::state(state, measured, lang),
    }
}

/// What a state is called in a language: its name where nothing else is said.
fn label(state: &State, lang: Lang) -> &str {
    let said = state.labels.iter().find(|(of, _)| *of == lang);
    said.map_or(&state.name, |(_, label)| label)
}

fn arrow(
    blueprint: &Blueprint,
    transition: &Transition,
    figures: Option<&Figures>,
    lang: Lang,
) -> Arrow {
    let measured = figures.and_then(|figures| figures.transitions.get(&transition.name));
    let made = measured.map(|of| {
        let median = of.median_seconds.map(|seconds| words::span(seconds, lang));
        [Some(format!("{}\u{a0}×", words::count(of.count, lang))), median]
    });
    let from = sources(blueprint, transition, measured, lang);
    let wait = match transition.kind {
        TransitionKind::Automatic(count, unit) => {
            let lapse = words::lapse((count, unit), lang);
            Some(lang.pick(format!("après {lapse}"), format!("after {lapse}")))
        }
        _ => None,
    };
    let child = |child: &Transition| match words::owners(&child.owners, lang) {
        Some(owners) => format!("{} ({owners})", child.name),
        None => child.name.clone(),
    };
    Arrow {
        name: transition.name.clone(),
        kind: transition.kind,
        to: transition.to.0 as usize,
        wait,
        owners: words::owners(&transition.owners, lang),
        conditional: transition.condition.is_some(),
        children: transition.children.iter().map(child).collect(),
        count: measured.map(|of| of.count),
        figures: made.map(|parts| parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")),
        refused: measured.filter(|of| of.refused > 0).map(|of| words::refused(of.refused, lang)),
        tooltip: tooltip::transition(blueprint, transition, &from, lang),
        from,
    }
}

fn sources(
    blueprint: &Blueprint,
    transition: &Transition,
    measured: Option<&TransitionFigures>,
    lang: Lang,
) -> Sources {
    let states = &blueprint.states;
    let from = transition.from.iter().map(|id| id.0 as usize).filter(|id| *id < states.len());
    let from: Vec<usize> = from.collect();
    if transition.kind != TransitionKind::Common && from.len() < MANY_SOURCES {
        let alone = from.len() == 1;
        let made = |state: usize| {
            let of = measured?;
            of.from.get(&states[state].name).copied().or(alone.then_some(of.count))
        };
        return Sources::States(from.into_iter().map(|state| (state, made(state))).collect());
    }
    let named = |ids: &[usize]| {
        ids.iter().map(|id| label(&states[*id], lang)).collect::<Vec<_>>().join(", ")
    };
    let others: Vec<usize> = (0..states.len())
        .filter(|id| !states[*id].is_end() && StateId(*id as u32) != transition.to)
        .filter(|id| !from.contains(id))
        .collect();
    let said = if others.is_empty() {
        lang.pick("de partout", "from anywhere").to_owned()
    } else if others.len() < from.len() {
        let but = lang.pick("de partout sauf", "from anywhere but");
        format!("{but} {}", named(&others))
    } else {
        format!("{} {}", lang.pick("depuis", "from"), named(&from))
    };
    Sources::Said(said, from)
}
