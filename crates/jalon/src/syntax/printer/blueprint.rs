//! Prints blueprints: two spaces a level, a blank line above each transition.

use super::action::{actor, actors};
use super::automation::{condition, must};
use super::criterion::{criterion, lapse, template};
use super::known::Known;
use super::rule::{actions, value_text};
use super::text::{Node, Piece, Text, Word, listed, spaced, text};
use super::{head, label, labels};
use crate::syntax::ast::{
    Blueprint, Deadline, Extra, ExtraKind, Item, Must, Owner, OwnerKind, Route, State, StateRole,
    Transition, TransitionKind,
};
use crate::syntax::blueprint::deadline::{PARTS, PartWord};
use crate::syntax::blueprint::route::{EXCEPT, FROM, SINCE, TO};
use crate::syntax::blueprint::state::{OPTIONS, OptionWord};
use crate::syntax::blueprint::transition::{
    KindWord, OPTIONAL, OWNERS, OwnerWord, REQUIRED, Section,
};
use crate::syntax::blueprint::{LINES, LineWord};
use crate::syntax::keyword::Kind;
use crate::syntax::rule::trigger::{AFTER, BEFORE};

/// The lines of a blueprint.
pub(super) fn print(blueprint: &Blueprint, known: Known<'_>) -> Node {
    let mut first = vec![
        head(Kind::Blueprint, &blueprint.name, blueprint.module.as_ref()),
        text![word(LineWord::Field), " ", label(&blueprint.field)],
    ];
    first.extend(blueprint.inactive.then(|| text![word(LineWord::Inactive)]));
    first.extend(blueprint.continuous.then(|| text![word(LineWord::Continuous)]));
    let mut lines = Vec::new();
    if let Some(entry) = &blueprint.entry {
        lines.push(Node::new(text![word(LineWord::Entry), " ", criterion(entry, known)]));
    }
    lines.extend(states(&blueprint.states));
    lines.extend(blueprint.deadlines.iter().map(|one| Node::new(deadline(one)).at(one.span)));
    lines.extend(blueprint.transitions.iter().map(|one| transition(one, known)));
    Node::new(listed(first)).with(lines)
}

fn word(word: LineWord) -> Word {
    Word::of(LINES, &word)
}

/// Neighbours of one role share a line; a state with options has its own.
fn states(states: &[State]) -> Vec<Node> {
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
    let mut lines = Vec::new();
    let mut rest = states;
    while let Some(first) = rest.first() {
        let keyword = shared(first);
        let alike = match keyword {
            Some(_) => rest.iter().take_while(|state| shared(state) == keyword).count(),
            None => 1,
        };
        let (line, others) = rest.split_at(alike);
        rest = others;
        lines.push(Node::new(match keyword {
            Some(keyword) => {
                let names = listed(line.iter().map(|state| label(&state.name)));
                text![word(keyword), " ", names]
            }
            None => with_options(first),
        }));
    }
    lines
}

/// `état A, fermé, probabilité 20 %, libellé en "…"`
fn with_options(state: &State) -> Text {
    let option = |word| Word::of(OPTIONS, &word);
    let mut parts = vec![text![word(LineWord::State), " ", label(&state.name)]];
    let roles = state.roles.iter();
    parts.extend(roles.map(|(span, role)| text![option(OptionWord::Role(*role)).at(*span)]));
    parts.extend(state.probability.as_ref().map(|number| {
        let percent = Word::new(" %", "%", [&[], &[]]);
        text![option(OptionWord::Probability), " ", value_text(number), percent]
    }));
    for (of, text) in &state.labels {
        let of = of.map(|of| text![of.code(), " "]);
        parts.push(text![option(OptionWord::Label), " ", of, label(text)]);
    }
    listed(parts)
}

fn deadline(deadline: &Deadline) -> Text {
    let part = |word| text![Word::of(PARTS, &word)];
    let mut parts =
        vec![text![word(LineWord::Deadline), " ", label(&deadline.state)], lapse(deadline.after)];
    let calendar = deadline.calendar.as_ref();
    parts.extend(calendar.map(|name| text![part(PartWord::Calendar), " ", label(name)]));
    for (before, people) in &deadline.reminders {
        let word = text![Word::pair(BEFORE)];
        parts.push(spaced([part(PartWord::Reminder), lapse(*before), word, actors(people)]));
    }
    for (after, people) in &deadline.escalations {
        let after = after.map(|after| text![lapse(after), " ", Word::pair(AFTER), " "]);
        parts.push(text![part(PartWord::Escalation), " ", after, actors(people)]);
    }
    listed(parts)
}

fn transition(one: &Transition, known: Known<'_>) -> Node {
    let mut lines = sections(one, known);
    lines.extend(one.children.iter().map(|child| {
        Node::new(text![word(LineWord::Child), " ", label(&child.name)])
            .at(child.span)
            .with(sections(child, known))
    }));
    Node { apart: true, ..Node::new(opening(one)).at(one.span).with(lines) }
}

/// `transition "Relire" de A vers B`
fn opening(transition: &Transition) -> Text {
    let kind = match transition.kind {
        TransitionKind::Single => KindWord::Single,
        TransitionKind::Common => KindWord::Common,
        TransitionKind::Automatic(_) => KindWord::Automatic,
        TransitionKind::Parallel => KindWord::Parallel,
    };
    let common = kind == KindWord::Common;
    let mut words = vec![text![word(LineWord::Transition(kind))], label(&transition.name)];
    words.extend(transition.route.as_ref().map(|one| route(one, common)));
    if let TransitionKind::Automatic(after) = transition.kind {
        words.push(text![Word::pair(AFTER), " ", lapse(after)]);
    }
    spaced(words)
}

/// A route of which more than one reading is possible stays as it is written.
fn route(route: &Route, common: bool) -> Text {
    if !route.certain {
        return text![Piece::Kept(route.text.clone(), route.span)];
    }
    let to = text![Word::pair(TO), " ", label(&route.split.to)];
    let (from, except) = (labels(&route.split.from), labels(&route.split.except));
    if !common {
        return text![Word::pair(FROM), " ", from, " ", to];
    }
    match (from.is_empty(), except.is_empty()) {
        (true, true) => to,
        (false, _) => text![to, Piece::Comma, Word::pair(SINCE), " ", from],
        (true, false) => text![to, Piece::Comma, Word::pair(EXCEPT), " ", except],
    }
}

/// `avant`, `pendant` and `après`, those that say something.
fn sections(transition: &Transition, known: Known<'_>) -> Vec<Node> {
    let parts = [
        (Section::Before, before(transition, known)),
        (Section::During, during(transition, known)),
        (Section::After, actions(&transition.after, known)),
    ];
    let parts = parts.into_iter().filter(|(_, lines)| !lines.is_empty());
    let section = |section| Node::new(text![word(LineWord::Section(section))]);
    parts.map(|(which, lines)| section(which).with(lines)).collect()
}

fn before(transition: &Transition, known: Known<'_>) -> Vec<Node> {
    let mut lines = Vec::new();
    let before = &transition.before;
    if !before.owners.is_empty() {
        let owners = listed(before.owners.iter().map(owner));
        lines.push(Node::new(text![word(LineWord::Owners), " ", owners]));
    }
    lines.extend(before.criterion.as_ref().map(|one| Node::new(condition(one, known))));
    lines
}

pub(super) fn owner(owner: &Owner) -> Text {
    let word = |word| Word::of(OWNERS, &word);
    let whole = |one| text![word(one).at(owner.span)];
    match &owner.kind {
        OwnerKind::Everyone => whole(OwnerWord::Everyone),
        OwnerKind::RecordOwner => whole(OwnerWord::RecordOwner),
        OwnerKind::OfField(name) => text![word(OwnerWord::OfField), " ", label(name)],
        OwnerKind::Profile(name) => text![word(OwnerWord::Profile), " ", label(name)],
        OwnerKind::Actor(one) => actor(one),
    }
}

fn during(transition: &Transition, known: Known<'_>) -> Vec<Node> {
    let during = &transition.during;
    let message =
        |text: &Item| Node::new(text![word(LineWord::Message), " ", template(text, known)]);
    let mut lines: Vec<Node> = during.messages.iter().map(message).collect();
    for (keyword, names) in
        [(LineWord::Required, &during.required), (LineWord::Optional, &during.optional)]
    {
        if !names.is_empty() {
            lines.push(Node::new(text![word(keyword), " ", labels(names)]));
        }
    }
    let must =
        |one: &Must| Node::new(text![word(LineWord::Must), " ", must(one, known)]).at(one.span);
    lines.extend(during.musts.iter().map(must));
    lines.extend(during.extras.iter().map(|one| Node::new(extra(one)).at(one.span)));
    lines
}

fn extra(extra: &Extra) -> Text {
    let agreed = |feminine: usize| {
        let (fr, en) = if extra.required { REQUIRED } else { OPTIONAL }.by_language();
        let printed = if extra.required { fr[0] } else { fr[feminine] };
        Word::new(printed, en[0], [fr, en])
    };
    match &extra.kind {
        ExtraKind::Note => text![word(LineWord::Note), " ", agreed(1)],
        ExtraKind::Attachment => text![word(LineWord::Attachment), " ", agreed(1)],
        ExtraKind::Record(module) => {
            text![word(LineWord::Record), " ", label(module), " ", agreed(1)]
        }
        ExtraKind::Checklist(items) => {
            let optional = (!extra.required).then(|| text![Piece::Comma, agreed(0)]);
            text![word(LineWord::Checklist), " ", labels(items), optional]
        }
    }
}
