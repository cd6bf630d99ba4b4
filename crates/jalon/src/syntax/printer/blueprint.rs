//! Prints blueprints: two spaces a level, a blank line above each transition.

use super::action::{actor, actors};
use super::criterion::lapse;
use super::{head, label, labels, print_action, print_criterion, print_item};
use crate::lang::Lang;
use crate::syntax::ast::{
    Blueprint, Deadline, Extra, ExtraKind, Owner, OwnerKind, Route, State, StateRole, Transition,
    TransitionKind,
};
use crate::syntax::automation::validation::MESSAGE;
use crate::syntax::blueprint::deadline::{PARTS, PartWord};
use crate::syntax::blueprint::route::{EXCEPT, FROM, SINCE, TO};
use crate::syntax::blueprint::state::{OPTIONS, OptionWord};
use crate::syntax::blueprint::transition::{
    KindWord, OPTIONAL, OWNERS, OwnerWord, REQUIRED, Section,
};
use crate::syntax::blueprint::{LINES, LineWord};
use crate::syntax::keyword::{self, Kind, printed};
use crate::syntax::rule::trigger::{AFTER, BEFORE};

/// The lines of a blueprint.
pub(super) fn print(out: &mut Vec<String>, blueprint: &Blueprint, lang: Lang) {
    let mut first = vec![
        head(Kind::Blueprint, &blueprint.name, blueprint.module.as_ref(), lang),
        format!("{} {}", word(LineWord::Field, lang), label(&blueprint.field)),
    ];
    first.extend(blueprint.inactive.then(|| word(LineWord::Inactive, lang).to_owned()));
    first.extend(blueprint.continuous.then(|| word(LineWord::Continuous, lang).to_owned()));
    out.push(first.join(", "));
    if let Some(entry) = &blueprint.entry {
        out.push(format!("  {} {}", word(LineWord::Entry, lang), print_criterion(entry, lang)));
    }
    states(out, &blueprint.states, lang);
    out.extend(blueprint.deadlines.iter().map(|one| format!("  {}", deadline(one, lang))));
    for one in &blueprint.transitions {
        out.push(String::new());
        out.push(format!("  {}", opening(one, lang)));
        sections(out, one, "    ", lang);
        for child in &one.children {
            out.push(format!("    {} {}", word(LineWord::Child, lang), label(&child.name)));
            sections(out, child, "      ", lang);
        }
    }
}

fn word(word: LineWord, lang: Lang) -> &'static str {
    keyword::spelling(LINES, &word, lang)
}

/// Neighbours of one role share a line; a state with options has its own.
fn states(out: &mut Vec<String>, states: &[State], lang: Lang) {
    /// The word of a line that may say this of several states; `None` for a state with options.
    fn shared(state: &State) -> Option<LineWord> {
        let plain = state.probability.is_none() && state.labels.is_empty();
        match state.roles.as_slice() {
            _ if !plain => None,
            [] => Some(LineWord::States),
            [(_, StateRole::Open | StateRole::Closed)] => None,
            [(_, role)] => Some(LineWord::Role(*role)),
            _ => None,
        }
    }
    let mut rest = states;
    while let Some(first) = rest.first() {
        let keyword = shared(first);
        let alike = match keyword {
            Some(_) => rest.iter().take_while(|state| shared(state) == keyword).count(),
            None => 1,
        };
        let (line, others) = rest.split_at(alike);
        rest = others;
        out.push(match keyword {
            Some(keyword) => {
                let names: Vec<_> = line.iter().map(|state| label(&state.name)).collect();
                format!("  {} {}", word(keyword, lang), names.join(", "))
            }
            None => format!("  {}", with_options(first, lang)),
        });
    }
}

/// `état A, fermé, probabilité 20 %, libellé en "…"`
fn with_options(state: &State, lang: Lang) -> String {
    let option = |word| keyword::spelling(OPTIONS, &word, lang);
    let mut parts = vec![format!("{} {}", word(LineWord::State, lang), label(&state.name))];
    parts.extend(state.roles.iter().map(|(_, role)| option(OptionWord::Role(*role)).to_owned()));
    let percent = lang.pick(" %", "%");
    parts.extend(
        state
            .probability
            .as_ref()
            .map(|number| format!("{} {}{percent}", option(OptionWord::Probability), number.text)),
    );
    for (of, text) in &state.labels {
        let of = of.map_or_else(String::new, |of| format!("{} ", of.code()));
        parts.push(format!("{} {of}{}", option(OptionWord::Label), label(text)));
    }
    parts.join(", ")
}

fn deadline(deadline: &Deadline, lang: Lang) -> String {
    let part = |word| keyword::spelling(PARTS, &word, lang);
    let mut parts = vec![
        format!("{} {}", word(LineWord::Deadline, lang), label(&deadline.state)),
        lapse(deadline.after, lang),
    ];
    parts.extend(
        deadline
            .calendar
            .as_ref()
            .map(|name| format!("{} {}", part(PartWord::Calendar), label(name))),
    );
    for (before, people) in &deadline.reminders {
        let (before, word) = (lapse(*before, lang), printed(BEFORE, lang));
        let people = actors(people, lang);
        parts.push(
            format!("{} {before} {word} {people}", part(PartWord::Reminder)).trim().to_owned(),
        );
    }
    for (after, people) in &deadline.escalations {
        let after = after.map_or_else(String::new, |after| {
            format!("{} {} ", lapse(after, lang), printed(AFTER, lang))
        });
        parts.push(format!("{} {after}{}", part(PartWord::Escalation), actors(people, lang)));
    }
    parts.join(", ")
}

/// `transition "Relire" de A vers B`
fn opening(transition: &Transition, lang: Lang) -> String {
    let kind = match transition.kind {
        TransitionKind::Single => KindWord::Single,
        TransitionKind::Common => KindWord::Common,
        TransitionKind::Automatic(_) => KindWord::Automatic,
        TransitionKind::Parallel => KindWord::Parallel,
    };
    let common = kind == KindWord::Common;
    let mut words =
        vec![word(LineWord::Transition(kind), lang).to_owned(), label(&transition.name)];
    words.extend(transition.route.as_ref().map(|one| route(one, common, lang)));
    if let TransitionKind::Automatic(after) = transition.kind {
        words.push(format!("{} {}", printed(AFTER, lang), lapse(after, lang)));
    }
    words.join(" ")
}

/// A route of which more than one reading is possible stays as it is written.
fn route(route: &Route, common: bool, lang: Lang) -> String {
    if !route.certain {
        return route.text.clone();
    }
    let to = format!("{} {}", printed(TO, lang), label(&route.split.to));
    let (from, except) = (labels(&route.split.from), labels(&route.split.except));
    if !common {
        return format!("{} {from} {to}", printed(FROM, lang));
    }
    match (from.is_empty(), except.is_empty()) {
        (true, true) => to,
        (false, _) => format!("{to}, {} {from}", printed(SINCE, lang)),
        (true, false) => format!("{to}, {} {except}", printed(EXCEPT, lang)),
    }
}

/// `avant`, `pendant` and `après`, those that say something.
fn sections(out: &mut Vec<String>, transition: &Transition, indentation: &str, lang: Lang) {
    let parts = [
        (Section::Before, before(transition, lang)),
        (Section::During, during(transition, lang)),
        (Section::After, transition.after.iter().map(|one| print_action(one, lang)).collect()),
    ];
    for (section, lines) in parts {
        if !lines.is_empty() {
            out.push(format!("{indentation}{}", word(LineWord::Section(section), lang)));
        }
        out.extend(lines.into_iter().map(|line| format!("{indentation}  {line}")));
    }
}

fn before(transition: &Transition, lang: Lang) -> Vec<String> {
    let mut lines = Vec::new();
    let before = &transition.before;
    if !before.owners.is_empty() {
        let owners: Vec<_> = before.owners.iter().map(|one| owner(one, lang)).collect();
        lines.push(format!("{} {}", word(LineWord::Owners, lang), owners.join(", ")));
    }
    lines.extend(
        before
            .criterion
            .as_ref()
            .map(|c| format!("{} {}", word(LineWord::If, lang), print_criterion(c, lang))),
    );
    lines
}

pub(super) fn owner(owner: &Owner, lang: Lang) -> String {
    let word = |word| keyword::spelling(OWNERS, &word, lang);
    match &owner.kind {
        OwnerKind::Everyone => word(OwnerWord::Everyone).to_owned(),
        OwnerKind::RecordOwner => word(OwnerWord::RecordOwner).to_owned(),
        OwnerKind::OfField(name) => format!("{} {}", word(OwnerWord::OfField), label(name)),
        OwnerKind::Profile(name) => format!("{} {}", word(OwnerWord::Profile), label(name)),
        OwnerKind::Actor(one) => actor(one, lang),
    }
}

fn during(transition: &Transition, lang: Lang) -> Vec<String> {
    let during = &transition.during;
    let mut lines: Vec<String> = Vec::new();
    let message =
        |text: &_| format!("{} {}", word(LineWord::Message, lang), print_item(text, lang));
    lines.extend(during.messages.iter().map(message));
    for (keyword, names) in
        [(LineWord::Required, &during.required), (LineWord::Optional, &during.optional)]
    {
        if !names.is_empty() {
            lines.push(format!("{} {}", word(keyword, lang), labels(names)));
        }
    }
    for must in &during.musts {
        let message = must.message.as_ref().map_or_else(String::new, |text| {
            format!(", {} {}", printed(MESSAGE, lang), print_item(text, lang))
        });
        let criterion = print_criterion(&must.criterion, lang);
        lines.push(format!("{} {criterion}{message}", word(LineWord::Must, lang)));
    }
    lines.extend(during.extras.iter().map(|one| extra(one, lang)));
    lines
}

fn extra(extra: &Extra, lang: Lang) -> String {
    let agreed = |feminine: usize| match (lang, extra.required) {
        (Lang::Fr, true) => REQUIRED[0],
        (Lang::Fr, false) => OPTIONAL[feminine],
        (Lang::En, true) => REQUIRED[2],
        (Lang::En, false) => OPTIONAL[4],
    };
    match &extra.kind {
        ExtraKind::Note => format!("{} {}", word(LineWord::Note, lang), agreed(1)),
        ExtraKind::Attachment => format!("{} {}", word(LineWord::Attachment, lang), agreed(1)),
        ExtraKind::Record(module) => {
            format!("{} {} {}", word(LineWord::Record, lang), label(module), agreed(1))
        }
        ExtraKind::Checklist(items) => {
            let optional = if extra.required { String::new() } else { format!(", {}", agreed(0)) };
            format!("{} {}{optional}", word(LineWord::Checklist, lang), labels(items))
        }
    }
}
