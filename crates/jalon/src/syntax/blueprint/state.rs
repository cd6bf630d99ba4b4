//! States: `états A, B`, `gagné C`, `état D, fermé, probabilité 20 %, libellé en "…"`.

use std::ops::Range;

use crate::diagnostic::catalogue;
use crate::lang::Lang;
use crate::source::Span;
use crate::syntax::ast::{Name, State, StateRole};
use crate::syntax::automation::unknown;
use crate::syntax::keyword::{self, Case, Table};
use crate::syntax::reader::Reader;
use crate::syntax::scan;

/// The word that an option of a state begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OptionWord {
    Role(StateRole),
    Probability,
    Label,
}

/// The options of `état`.
pub(crate) const OPTIONS: &Table<OptionWord> = &[
    (OptionWord::Role(StateRole::Default), &["défaut"], &["default"]),
    (OptionWord::Role(StateRole::Open), &["ouvert"], &["open"]),
    (OptionWord::Role(StateRole::Closed), &["fermé"], &["closed"]),
    (OptionWord::Role(StateRole::Won), &["gagné"], &["won"]),
    (OptionWord::Role(StateRole::Lost), &["perdu"], &["lost"]),
    (OptionWord::Role(StateRole::Final), &["final"], &["final"]),
    (OptionWord::Probability, &["probabilité"], &["probability"]),
    (OptionWord::Label, &["libellé"], &["label"]),
];

/// States between commas, all of one role.
pub(super) fn several(
    reader: &mut Reader<'_>,
    rest: Range<usize>,
    role: Option<(Span, StateRole)>,
) -> Option<Vec<State>> {
    let state = |name| State {
        name,
        roles: role.into_iter().collect(),
        probability: None,
        labels: Vec::new(),
    };
    Some(reader.names(rest)?.into_iter().map(state).collect())
}

/// One state and its options.
pub(super) fn one(reader: &mut Reader<'_>, rest: Range<usize>) -> Option<State> {
    let mut items = scan::items(reader.whole(), rest.clone()).into_iter();
    let name = reader.name(items.next().unwrap_or(rest))?;
    let mut state = State { name, roles: Vec::new(), probability: None, labels: Vec::new() };
    let mut good = true;
    for item in items {
        good &= option(reader, &mut state, item).is_some();
    }
    good.then_some(state)
}

fn option(reader: &mut Reader<'_>, state: &mut State, item: Range<usize>) -> Option<()> {
    let found = keyword::longest(OPTIONS, reader.text(item.clone()), Case::Any);
    let Some((word, length)) = found else {
        let words = keyword::spellings(OPTIONS);
        return unknown(reader, &catalogue::UNKNOWN_STATE_OPTION, item, words);
    };
    let rest = reader.trim(item.start + length..item.end);
    match word {
        OptionWord::Role(role) => {
            if !rest.is_empty() {
                return reader.fail(&catalogue::NOTHING_FOLLOWS, rest);
            }
            let span = reader.span(item);
            let first = state.roles.iter().find(|(_, said)| *said == role);
            reader.once(first.map(|(first, _)| *first), span)?;
            state.roles.push((span, role));
        }
        OptionWord::Probability => {
            let span = reader.span(item);
            reader.once(state.probability.as_ref().map(|first| first.span), span)?;
            let text = reader.text(rest.clone());
            let bare = text.strip_suffix('%').unwrap_or(text).trim_end().len();
            state.probability = Some(reader.number(rest.start..rest.start + bare)?);
        }
        OptionWord::Label => {
            let (lang, name) = label(reader, rest)?;
            let first = state.labels.iter().find(|(other, _)| *other == lang);
            reader.once(first.map(|(_, first)| first.span), name.span)?;
            state.labels.push((lang, name));
        }
    }
    Some(())
}

/// `en "Qualified"`, `"Qualifié"`.
fn label(reader: &mut Reader<'_>, rest: Range<usize>) -> Option<(Option<Lang>, Name)> {
    let text = reader.text(rest.clone());
    let code = text.split(char::is_whitespace).next().unwrap_or("");
    let lang = code.to_lowercase().parse::<Lang>().ok();
    let behind = reader.trim(rest.start + code.len()..rest.end);
    match lang.filter(|_| !behind.is_empty()) {
        Some(lang) => Some((Some(lang), reader.name(behind)?)),
        None => Some((None, reader.name(rest)?)),
    }
}
