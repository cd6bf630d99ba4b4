//! What makes a process wait that is to be run through in one go.

use super::Written;
use crate::check::Checker;
use crate::checked::blueprint::{Blueprint, TransitionKind};
use crate::diagnostic::catalogue::{PAUSE_OF_STATE, PAUSE_OF_TRANSITION, REMOVE};
use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::lexicon::Unit;
use crate::source::Span;

impl Checker<'_> {
    /// Warns of what waits for time to pass: who is led through a process without a pause is not
    /// there any more. A deadline of minutes or hours is no pause but a bound.
    pub(super) fn pauses(&mut self, blueprint: &Blueprint, written: &Written) {
        let transitions = blueprint.transitions.iter();
        let automatic = transitions.filter(|one| matches!(one.kind, TransitionKind::Automatic(..)));
        let automatic = automatic.map(|one| (&PAUSE_OF_TRANSITION, one.span, &one.name));
        let states = blueprint.states.iter();
        let long = states.filter_map(|state| {
            let deadline = state.deadline.as_ref().filter(|one| !is_short(one.after.1))?;
            Some((&PAUSE_OF_STATE, deadline.span, &state.name))
        });
        let found: Vec<_> = automatic.chain(long).collect();
        for (code, span, name) in found {
            let mut warning = Diagnostic::new(code, span);
            warning = warning.arg("blueprint", &blueprint.name).arg("name", name);
            if let Some(span) = written.continuous {
                let old = self.sources.slice(span).trim_start_matches([',', ' ', '\n', '\r', '\t']);
                warning = warning.fix(Fix {
                    title: &REMOVE,
                    args: [("old", old.to_owned())].into(),
                    edits: vec![Edit { span, text: String::new() }],
                });
            }
            self.report(warning);
        }
    }

    /// Where a declaration says that it is run through in one go: behind a comma of its first line,
    /// or on a line of its own; with that comma, or the end of the line before.
    pub(super) fn continuous(&self, span: Span) -> Option<Span> {
        let text = self.sources.slice(span);
        let part = |start: usize, end: usize| {
            let at = |place: usize| span.start + place as u32;
            Some(Span { start: at(start), end: at(end), ..span })
        };
        let head = text.split('\n').next().unwrap_or_default();
        for (comma, _) in head.match_indices(',') {
            let item = head[comma + 1..].split(',').next().unwrap_or_default();
            if is_said(item) {
                return part(comma, comma + 1 + item.trim_end().len());
            }
        }
        let mut lines = text.match_indices('\n');
        let (at, line) = lines.find_map(|(at, _)| {
            let line = text[at + 1..].split('\n').next().unwrap_or_default();
            // The item of a head that goes on is left to its writer.
            let alone = !text[..at].trim_end().ends_with(',');
            (alone && is_said(line)).then_some((at, line))
        })?;
        part(at, at + 1 + line.trim_end().len())
    }
}

/// Whether a time of this unit can pass while somebody is at it.
fn is_short(unit: Unit) -> bool {
    matches!(unit, Unit::Minute | Unit::Hour | Unit::BusinessHour)
}

/// Whether a part of a declaration says it.
fn is_said(part: &str) -> bool {
    ["continu", "continuous"].iter().any(|word| part.trim().eq_ignore_ascii_case(word))
}
