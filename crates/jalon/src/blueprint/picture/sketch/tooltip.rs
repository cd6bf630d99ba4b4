//! Everything about a state or a transition, a line each, for whoever points at it.

use crate::checked::FieldRef;
use crate::checked::blueprint::{Blueprint, Deadline, ExtraKind, State, Transition};
use crate::checked::workflow::Actor;
use crate::lang::Lang;

use super::super::figures::StateFigures;
use super::super::words;
use super::{Look, Sources, label};

/// Everything about a state.
pub(super) fn state(state: &State, measured: Option<&StateFigures>, lang: Lang) -> String {
    let mut lines = vec![format!("{} ({})", label(state, lang), Look::of(state).name(lang))];
    if let Some(share) = state.probability {
        let share = words::percent(share, lang);
        lines.push(lang.pick(format!("probabilité {share}"), format!("probability {share}")));
    }
    if let Some(deadline) = &state.deadline {
        of_deadline(deadline, lang, &mut lines);
    }
    if let Some(of) = measured {
        let (times, median) = lang.pick(("entrées", "durée médiane"), ("entries", "median time"));
        lines.push(said(times, &words::count(of.count, lang), lang));
        lines.extend(of.median_seconds.map(|it| said(median, &words::span(it, lang), lang)));
    }
    lines.join("\n")
}

fn of_deadline(deadline: &Deadline, lang: Lang, lines: &mut Vec<String>) {
    let after = words::lapse(deadline.after, lang);
    lines.push(lang.pick(format!("délai {after}"), format!("deadline {after}")));
    for (before, to) in &deadline.reminders {
        let before = words::lapse(*before, lang);
        let when = lang.pick(format!("rappel {before} avant"), format!("reminder {before} before"));
        lines.push(said(&when, &actors(to, lang), lang));
    }
    for (later, to) in &deadline.escalations {
        let later = later.map(|later| words::lapse(later, lang));
        let when = match (later, lang) {
            (None, Lang::Fr) => "escalade".to_owned(),
            (None, Lang::En) => "escalation".to_owned(),
            (Some(later), Lang::Fr) => format!("escalade {later} après"),
            (Some(later), Lang::En) => format!("escalation {later} after"),
        };
        lines.push(said(&when, &actors(to, lang), lang));
    }
}

/// Everything about a transition.
pub(super) fn transition(
    blueprint: &Blueprint,
    transition: &Transition,
    from: &Sources,
    lang: Lang,
) -> String {
    let state = |index: usize| blueprint.states.get(index).map_or("", |state| label(state, lang));
    let sources = match from {
        Sources::States(from) => {
            from.iter().map(|(index, _)| state(*index)).collect::<Vec<_>>().join(", ")
        }
        Sources::Said(said, _) => said.clone(),
    };
    let mut lines =
        vec![transition.name.clone(), format!("{sources} → {}", state(transition.to.0 as usize))];
    asks(transition, lang, &mut lines);
    for child in &transition.children {
        lines.push(format!("∥ {}", child.name));
        asks(child, lang, &mut lines);
    }
    lines.join("\n")
}

/// Who may make a transition, when, and what it asks for and does.
fn asks(transition: &Transition, lang: Lang, lines: &mut Vec<String>) {
    let mut line = |fr: &str, en: &str, list: String| {
        if !list.is_empty() {
            lines.push(said(lang.pick(fr, en), &list, lang));
        }
    };
    line("par", "by", words::owners(&transition.owners, lang).unwrap_or_default());
    let condition = transition.condition.as_ref().map(|it| words::condition(it, lang));
    line("si", "if", condition.unwrap_or_default());
    line("obligatoire", "required", fields(&transition.required));
    line("facultatif", "optional", fields(&transition.optional));
    let extras = transition.extras.iter();
    let extras = extras.map(|extra| match &extra.kind {
        ExtraKind::Note => lang.pick("note", "note").to_owned(),
        ExtraKind::Attachment => lang.pick("pièce jointe", "attachment").to_owned(),
        ExtraKind::Checklist(items) => items.join(" / "),
        ExtraKind::Record(module) => module.clone(),
    });
    line("avec", "with", extras.collect::<Vec<_>>().join(", "));
    let musts = transition.musts.iter().map(|must| must.source.trim().to_owned());
    line("valider", "validate", musts.collect::<Vec<_>>().join(" ; "));
    let after = transition.after.iter().map(|action| action.source.trim().to_owned());
    line("après", "after", after.collect::<Vec<_>>().join(" ; "));
}

fn fields(list: &[FieldRef]) -> String {
    let names = list.iter().filter_map(|field| field.key.names.first().map(String::as_str));
    names.collect::<Vec<_>>().join(", ")
}

fn actors(list: &[Actor], lang: Lang) -> String {
    let name = |actor: &Actor| match actor {
        Actor::Field(field) => field.key.names.first().cloned().unwrap_or_default(),
        Actor::User(name) | Actor::Group(name) | Actor::Address(name) => name.clone(),
        Actor::Role(name) => format!("{} {name}", lang.pick("rôle", "role")),
    };
    list.iter().map(name).collect::<Vec<_>>().join(", ")
}

/// `rappel : Alice`, `reminder: Alice`; the first alone where there is no second.
fn said(what: &str, of: &str, lang: Lang) -> String {
    if of.is_empty() {
        return what.to_owned();
    }
    lang.pick(format!("{what} : {of}"), format!("{what}: {of}"))
}
