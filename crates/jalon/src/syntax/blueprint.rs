//! Blueprints: states, deadlines, and transitions with what comes before, during and after.
//!
//! Lines have no depth: `transition` begins the next one, `enfant` a child of a parallel one, and
//! `avant`, `pendant`, `après` alone on a line say what the lines below belong to.

pub(crate) mod deadline;
pub(crate) mod route;
pub(crate) mod state;
pub(crate) mod transition;

use std::ops::Range;

use super::ast::{Blueprint, Criterion, Deadline, Name, State, StateRole, Transition};
use super::automation::unknown;
use super::keyword::{self, Case, Table};
use super::layout::Block;
use super::reader::Reader;
use super::rule::{action, update};
use super::scan;
use crate::diagnostic::{Fix, catalogue};
use crate::lang::Lang;
use crate::source::Span;
use transition::{KindWord, Section};

/// The word that a line of a blueprint begins with, unless it is an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LineWord {
    Field,
    Inactive,
    Continuous,
    Entry,
    States,
    State,
    Role(StateRole),
    Deadline,
    Transition(KindWord),
    Child,
    Section(Section),
    Owners,
    If,
    Message,
    Required,
    Optional,
    Must,
    Note,
    Attachment,
    Checklist,
    Record,
}

/// The lines that are no actions.
pub(crate) const LINES: &Table<LineWord> = &[
    (LineWord::Field, &["champ"], &["field"]),
    (LineWord::Inactive, &["inactif"], &["inactive"]),
    (LineWord::Continuous, &["continu"], &["continuous"]),
    (LineWord::Entry, &["entrée si"], &["entry if"]),
    (LineWord::States, &["états"], &["states"]),
    (LineWord::State, &["état"], &["state"]),
    (LineWord::Role(StateRole::Default), &["défaut"], &["default"]),
    (LineWord::Role(StateRole::Won), &["gagné"], &["won"]),
    (LineWord::Role(StateRole::Lost), &["perdu"], &["lost"]),
    (LineWord::Role(StateRole::Final), &["final"], &["final"]),
    (LineWord::Deadline, &["délai"], &["deadline"]),
    (LineWord::Transition(KindWord::Single), &["transition"], &["transition"]),
    (
        LineWord::Transition(KindWord::Common),
        &["transition commune"],
        &["common transition", "transition common"],
    ),
    (
        LineWord::Transition(KindWord::Automatic),
        &["transition automatique"],
        &["automatic transition", "transition automatic"],
    ),
    (
        LineWord::Transition(KindWord::Parallel),
        &["transition parallèle"],
        &["parallel transition", "transition parallel"],
    ),
    (LineWord::Child, &["enfant"], &["child"]),
    (LineWord::Section(Section::Before), &["avant"], &["before"]),
    (LineWord::Section(Section::During), &["pendant"], &["during"]),
    (LineWord::Section(Section::After), &["après"], &["after"]),
    (LineWord::Owners, &["propriétaires"], &["owners"]),
    (LineWord::If, &["si"], &["if"]),
    (LineWord::Message, &["message"], &["message"]),
    (LineWord::Required, &["obligatoire", "obligatoires"], &["required", "mandatory"]),
    (LineWord::Optional, &["facultatif", "facultatifs"], &["optional"]),
    (LineWord::Must, &["valider"], &["validate"]),
    (LineWord::Note, &["note"], &["note"]),
    (LineWord::Attachment, &["pièce jointe"], &["attachment"]),
    (LineWord::Checklist, &["cocher"], &["check"]),
    (LineWord::Record, &["fiche", "fiches"], &["record", "records"]),
];

impl LineWord {
    /// The part of a transition that its line belongs to.
    fn section(self) -> Option<Section> {
        match self {
            LineWord::Owners | LineWord::If => Some(Section::Before),
            LineWord::Message
            | LineWord::Required
            | LineWord::Optional
            | LineWord::Must
            | LineWord::Note
            | LineWord::Attachment
            | LineWord::Checklist
            | LineWord::Record => Some(Section::During),
            _ => None,
        }
    }
}

/// Reads a blueprint: `parcours "Parcours Affaire" sur Affaires, champ Étape` and its lines.
pub(crate) fn parse(reader: &mut Reader<'_>, block: &Block) -> Option<Blueprint> {
    let english = reader.text(block.range.clone()).starts_with("blueprint");
    let mut body = Body { lang: if english { Lang::En } else { Lang::Fr }, ..Body::default() };
    let head = body.head(reader, block);
    for line in &block.lines {
        // Each line says what is wrong with it: the others are read all the same.
        let _ = body.line(reader, line.clone());
    }
    body.close_parallel(reader);
    let (name, module) = head?;
    let Body { field, inactive, continuous, entry, states, deadlines, mut transitions, .. } = body;
    let Some((_, field)) = field else {
        let place = block.head.clone().unwrap_or(block.range.clone());
        if !block.broken {
            reader.fail_named::<()>(&catalogue::MISSING_STATE_FIELD, place, Some(&name));
        }
        return None;
    };
    route::by_states(&mut transitions, &states);
    Some(Blueprint {
        name,
        module,
        field,
        inactive: inactive.is_some(),
        continuous: continuous.is_some(),
        entry: entry.map(|(_, criterion)| criterion),
        states,
        deadlines,
        transitions,
    })
}

/// What the lines of a blueprint say, so far.
#[derive(Default)]
struct Body {
    field: Option<(Span, Name)>,
    inactive: Option<Span>,
    continuous: Option<Span>,
    entry: Option<(Span, Criterion)>,
    states: Vec<State>,
    deadlines: Vec<Deadline>,
    transitions: Vec<Transition>,
    /// Where the words of the last parallel transition stand, until a child comes.
    childless: Option<Range<usize>>,
    /// Whether lines belong to a transition at all.
    inside: bool,
    section: Option<Section>,
    /// The language of its head, for the words that fixes insert.
    lang: Lang,
}

impl Body {
    /// The name, the module, and the options behind them.
    fn head(&mut self, reader: &mut Reader<'_>, block: &Block) -> Option<(Name, Option<Name>)> {
        let head = reader.head_range(block)?;
        let mut items = scan::items(reader.whole(), head.clone()).into_iter();
        let first = items.next().unwrap_or(head);
        let mut good = true;
        for item in items {
            good &= self.option(reader, item).is_some();
        }
        let on = reader.on(&first).filter(|on| on.start > first.start);
        let named = reader.trim(first.start..on.as_ref().map_or(first.end, |on| on.start));
        let name = reader.name(named);
        let module = match on {
            Some(on) => Some(reader.module_after(&on, first.end)?),
            None => None,
        };
        good.then_some((name?, module))
    }

    /// `champ Étape`, `inactif`, `continu` behind the name.
    fn option(&mut self, reader: &mut Reader<'_>, item: Range<usize>) -> Option<()> {
        const OPTIONS: [LineWord; 3] = [LineWord::Field, LineWord::Inactive, LineWord::Continuous];
        let found = keyword::longest(LINES, reader.text(item.clone()), Case::Any);
        let Some((word, length)) = found.filter(|(word, _)| OPTIONS.contains(word)) else {
            let words = LINES.iter().filter(|(word, ..)| OPTIONS.contains(word));
            let words = words.flat_map(|(_, fr, en)| fr.iter().chain(*en).copied());
            return unknown(reader, &catalogue::UNKNOWN_BLUEPRINT_OPTION, item, words);
        };
        let rest = reader.trim(item.start + length..item.end);
        self.setting(reader, word, item, rest)
    }

    /// What may stand in the head and on a line of its own.
    fn setting(
        &mut self,
        reader: &mut Reader<'_>,
        word: LineWord,
        line: Range<usize>,
        rest: Range<usize>,
    ) -> Option<()> {
        let span = reader.span(line.clone());
        if word == LineWord::Field {
            reader.once(self.field.as_ref().map(|(first, _)| *first), span)?;
            given(reader, &line, &rest)?;
            self.field = Some((span, reader.name(rest)?));
            return Some(());
        }
        if !rest.is_empty() {
            return reader.fail(&catalogue::NOTHING_FOLLOWS, rest);
        }
        let kept =
            if word == LineWord::Inactive { &mut self.inactive } else { &mut self.continuous };
        reader.once(*kept, span)?;
        *kept = Some(span);
        Some(())
    }

    /// Reads one line; `None` when an error was reported.
    fn line(&mut self, reader: &mut Reader<'_>, line: Range<usize>) -> Option<()> {
        let text = reader.text(line.clone());
        let found = keyword::longest(LINES, text, Case::Any);
        // `Délai plus 2 jours` is an action, `transition "T" de A vers Délai plus 2 jours` is not.
        let opens = found.is_some_and(|(word, length)| match word {
            LineWord::Transition(_) | LineWord::Child => true,
            LineWord::Section(_) => length == text.len(),
            _ => false,
        });
        let acts = self.section == Some(Section::After) && !opens;
        let is_action = action::is_action(reader, &line);
        if is_action && (acts || update::is_update(reader, &line)) {
            return self.action(reader, line);
        }
        let Some((word, length)) = found else {
            if is_action {
                return self.action(reader, line);
            }
            let code = &catalogue::UNKNOWN_BLUEPRINT_LINE;
            return unknown(reader, code, line, keyword::spellings(LINES));
        };
        let keyword = line.start..line.start + length;
        let rest = reader.trim(keyword.end..line.end);
        match word {
            LineWord::Transition(_) | LineWord::Child | LineWord::Section(_) => {
                self.opening(reader, word, &keyword, line, rest)
            }
            _ if word.section().is_some() => self.part(reader, word, &keyword, line, rest),
            _ => {
                self.close_parallel(reader);
                (self.inside, self.section) = (false, None);
                self.own(reader, word, &keyword, line, rest)
            }
        }
    }

    /// A line of the blueprint itself.
    fn own(
        &mut self,
        reader: &mut Reader<'_>,
        word: LineWord,
        keyword: &Range<usize>,
        line: Range<usize>,
        rest: Range<usize>,
    ) -> Option<()> {
        match word {
            LineWord::Entry => {
                let span = reader.span(line);
                reader.once(self.entry.as_ref().map(|(first, _)| *first), span)?;
                self.entry = Some((span, criterion(reader, keyword, rest)?));
            }
            LineWord::States | LineWord::Role(_) => {
                given(reader, keyword, &rest)?;
                let role = match word {
                    LineWord::Role(role) => Some((reader.span(keyword.clone()), role)),
                    _ => None,
                };
                self.states.extend(state::several(reader, rest, role)?);
            }
            LineWord::State => {
                given(reader, keyword, &rest)?;
                self.states.push(state::one(reader, rest)?);
            }
            LineWord::Deadline => {
                given(reader, keyword, &rest)?;
                self.deadlines.push(deadline::parse(reader, line, rest)?);
            }
            _ => self.setting(reader, word, line, rest)?,
        }
        Some(())
    }

    /// A line that opens a transition, a child, or a part of one.
    fn opening(
        &mut self,
        reader: &mut Reader<'_>,
        word: LineWord,
        keyword: &Range<usize>,
        line: Range<usize>,
        rest: Range<usize>,
    ) -> Option<()> {
        match word {
            LineWord::Section(section) => {
                if !rest.is_empty() {
                    self.section = Some(section);
                    return reader.fail(&catalogue::SECTION_ALONE, rest);
                }
                self.section = Some(section);
                if !self.inside {
                    return reader.fail(&catalogue::OUTSIDE_TRANSITION, line);
                }
            }
            LineWord::Child => {
                self.section = None;
                self.childless = None;
                let child = transition::child(reader, keyword, line, rest);
                let parent = self.transitions.last_mut().filter(|_| self.inside);
                let Some(parent) = parent.filter(|parent| parent.kind.is_parallel()) else {
                    return reader.fail(&catalogue::CHILD_WITHOUT_PARENT, keyword.clone());
                };
                parent.children.push(child);
            }
            LineWord::Transition(kind) => {
                self.close_parallel(reader);
                (self.inside, self.section) = (true, None);
                if kind == KindWord::Parallel {
                    self.childless = Some(keyword.clone());
                }
                self.transitions.push(transition::parse(reader, kind, keyword, line, rest));
            }
            _ => {}
        }
        Some(())
    }

    /// A line of `avant` or of `pendant`.
    fn part(
        &mut self,
        reader: &mut Reader<'_>,
        word: LineWord,
        keyword: &Range<usize>,
        line: Range<usize>,
        rest: Range<usize>,
    ) -> Option<()> {
        let belongs = word.section()?;
        if self.section != Some(belongs) {
            self.misplaced(reader, &catalogue::OUTSIDE_SECTION, belongs, keyword.clone());
        }
        let transition = current(&mut self.transitions)?;
        transition::line(reader, transition, word, keyword, line, rest)
    }

    fn action(&mut self, reader: &mut Reader<'_>, line: Range<usize>) -> Option<()> {
        if self.section != Some(Section::After) {
            let text = reader.text(line.clone());
            let first = text.split([' ', '\n', ',']).next().unwrap_or(text);
            let place = line.start..line.start + first.len();
            self.misplaced(reader, &catalogue::ACTION_OUTSIDE_AFTER, Section::After, place);
        }
        let action = action::parse(reader, line)?;
        current(&mut self.transitions)?.after.push(action);
        Some(())
    }

    /// Says which part of a transition a line belongs to, and takes the lines that follow for it.
    fn misplaced(
        &mut self,
        reader: &mut Reader<'_>,
        code: &'static crate::diagnostic::Code,
        belongs: Section,
        place: Range<usize>,
    ) {
        let word = keyword::spelling(LINES, &LineWord::Section(belongs), self.lang);
        let mut wrong = reader.diagnostic(code, place.clone()).arg("section", word);
        if self.inside {
            let at = reader.span(place.start..place.start);
            let above = format!("{word}\n      ");
            let mut fix = Fix::replace(&catalogue::PUT_ABOVE, at, &above);
            fix.args.insert("new", word.to_owned());
            wrong = wrong.fix(fix);
        }
        reader.report(wrong);
        self.section = Some(belongs);
    }

    /// Says that a parallel transition has no child.
    fn close_parallel(&mut self, reader: &mut Reader<'_>) {
        if let Some(keyword) = self.childless.take() {
            reader.fail::<()>(&catalogue::NO_CHILDREN, keyword);
        }
    }
}

/// The transition that lines belong to: the last one, or its last child.
fn current(transitions: &mut [Transition]) -> Option<&mut Transition> {
    let last = transitions.last_mut()?;
    if last.children.is_empty() { Some(last) } else { last.children.last_mut() }
}

/// An error when nothing stands behind a word.
pub(super) fn given(
    reader: &mut Reader<'_>,
    keyword: &Range<usize>,
    rest: &Range<usize>,
) -> Option<()> {
    if rest.is_empty() {
        return reader.fail(&catalogue::NOTHING_GIVEN, keyword.clone());
    }
    Some(())
}

/// The criterion behind `si`.
pub(super) fn criterion(
    reader: &mut Reader<'_>,
    keyword: &Range<usize>,
    rest: Range<usize>,
) -> Option<Criterion> {
    if rest.is_empty() {
        return reader.fail(&catalogue::MISSING_CRITERION, keyword.clone());
    }
    reader.criterion(rest)
}
