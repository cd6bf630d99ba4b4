//! `test "un cliqueur" sur Prospects`: what happens, and what is expected.

mod expectation;
mod handed;

use std::ops::Range;

pub(crate) use expectation::{EFFECTS, EXPECTATIONS, ExpectationWord, FIRES, NONE, OFFERED, ON};
pub(crate) use handed::{HANDED, HandedWord};

use super::unknown;
use crate::diagnostic::{Fix, catalogue};
use crate::lexicon::clock;
use crate::syntax::ast::{Block as Fields, Handed, Name, Step, StepKind, Test};
use crate::syntax::keyword::{self, Case, Table};
use crate::syntax::layout::Block;
use crate::syntax::reader::Reader;
use crate::syntax::rule::lapse::AT;
use crate::syntax::rule::update;
use crate::syntax::scan;

/// The word that a step begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StepWord {
    On,
    Then,
    As,
    Given,
    Before,
    After,
    Related,
    Event,
    Deleted,
    Manual,
    Transition,
    Draft,
    Exit,
    Expect,
}

/// The steps.
pub(crate) const STEPS: &Table<StepWord> = &[
    (StepWord::On, &["le"], &["on"]),
    (StepWord::Then, &["puis le"], &["then on"]),
    (StepWord::As, &["en tant que"], &["as"]),
    (StepWord::Given, &["avec"], &["given"]),
    (StepWord::Before, &["avant"], &["before"]),
    (StepWord::After, &["après"], &["after"]),
    (StepWord::Related, &["fiche"], &["record"]),
    (StepWord::Event, &["événement"], &["event"]),
    (StepWord::Deleted, &["supprimé", "supprimée"], &["deleted"]),
    (StepWord::Manual, &["manuel"], &["manual"]),
    (StepWord::Transition, &["transition"], &["transition"]),
    (StepWord::Draft, &["brouillon"], &["draft"]),
    (
        StepWord::Exit,
        &["sortie du parcours", "sortie"],
        &["exit from the blueprint", "exit from blueprint", "exit"],
    ),
    (StepWord::Expect, &["attendu"], &["expect"]),
];

/// Reads a test: its name, its module, and its steps.
pub(crate) fn parse(reader: &mut Reader<'_>, block: &Block) -> Option<Test> {
    let head = reader.head(block);
    let mut steps: Vec<Step> = Vec::new();
    let mut good = true;
    for line in &block.lines {
        good &= self::line(reader, &mut steps, line.clone()).is_some();
    }
    let (name, module) = head?;
    good.then_some(Test { name, module, steps })
}

/// Reads one line: a field of the step before it, or a step.
fn line(reader: &mut Reader<'_>, steps: &mut Vec<Step>, line: Range<usize>) -> Option<()> {
    if let Some((sign, change)) = update::sign(reader, &line) {
        expectation_with_colon(reader, &line, sign.clone())?;
        let update = update::parse(reader, line.clone(), (sign, change));
        let Some(fields) = steps.last_mut().and_then(fields_of) else {
            return reader.fail(&catalogue::FIELD_OUTSIDE_STEP, line);
        };
        fields.fields.push((reader.span(line), update?));
        return Some(());
    }
    if let Some(StepKind::Transition(_, given) | StepKind::Draft(_, given)) =
        steps.last_mut().map(|step| &mut step.kind)
        && let Some((word, rest)) = handed::word(reader, &line)
    {
        return handed::parse(reader, given, word, line, rest);
    }
    let span = reader.span(line.clone());
    let kind = step(reader, line.clone());
    // The fields of a broken step are read all the same.
    let broken = || StepKind::Given(Fields::default());
    let good = kind.is_some();
    steps.push(Step { span, kind: kind.unwrap_or_else(broken) });
    good.then_some(())
}

/// `attendu Statut : x` is meant as `attendu Statut = x`.
fn expectation_with_colon(
    reader: &mut Reader<'_>,
    line: &Range<usize>,
    sign: Range<usize>,
) -> Option<()> {
    let word = keyword::longest(STEPS, reader.text(line.clone()), Case::Any);
    if !matches!(word, Some((StepWord::Expect, length)) if line.start + length < sign.start) {
        return Some(());
    }
    let before = reader.text(line.start..sign.start).ends_with(char::is_whitespace);
    let equals = if before { "=" } else { " =" };
    let fix = Fix::replace(&catalogue::REPLACE_WITH, reader.span(sign.clone()), equals);
    let error = reader.diagnostic(&catalogue::EXPECTED_SIGN, sign).fix(fix);
    reader.report(error);
    None
}

/// The fields of a step that has some.
fn fields_of(step: &mut Step) -> Option<&mut Fields> {
    match &mut step.kind {
        StepKind::Given(fields)
        | StepKind::Before(fields)
        | StepKind::After(fields)
        | StepKind::Related(_, fields)
        | StepKind::Event(_, fields) => Some(fields),
        StepKind::Transition(_, given) | StepKind::Draft(_, given) => Some(&mut given.fields),
        StepKind::On(_)
        | StepKind::Then(_)
        | StepKind::As(..)
        | StepKind::Deleted
        | StepKind::Exit
        | StepKind::Manual(_)
        | StepKind::Expect(_) => None,
    }
}

/// What a step says.
fn step(reader: &mut Reader<'_>, line: Range<usize>) -> Option<StepKind> {
    let Some((word, length)) = keyword::longest(STEPS, reader.text(line.clone()), Case::Any) else {
        return unknown(reader, &catalogue::NO_TEST_STEP, line, keyword::spellings(STEPS));
    };
    let rest = reader.trim(line.start + length..line.end);
    let alone = matches!(
        word,
        StepWord::Given | StepWord::Before | StepWord::After | StepWord::Deleted | StepWord::Exit
    );
    if alone && !rest.is_empty() {
        return reader.fail(&catalogue::NO_TEST_STEP, line);
    }
    if !alone && rest.is_empty() {
        return reader.fail(&catalogue::INCOMPLETE_STEP, line);
    }
    Some(match word {
        StepWord::On => StepKind::On(moment(reader, rest)?),
        StepWord::Then => StepKind::Then(moment(reader, rest)?),
        StepWord::As => handed::actor(reader, rest)?,
        StepWord::Given => StepKind::Given(Fields::default()),
        StepWord::Before => StepKind::Before(Fields::default()),
        StepWord::After => StepKind::After(Fields::default()),
        StepWord::Related => StepKind::Related(reader.name(rest)?, Fields::default()),
        StepWord::Event => StepKind::Event(reader.name(rest)?, Fields::default()),
        StepWord::Deleted => StepKind::Deleted,
        StepWord::Manual => StepKind::Manual(reader.name(rest)?),
        StepWord::Transition => StepKind::Transition(reader.name(rest)?, Handed::default()),
        StepWord::Draft => StepKind::Draft(reader.name(rest)?, Handed::default()),
        StepWord::Exit => StepKind::Exit,
        StepWord::Expect => StepKind::Expect(expectation::parse(reader, rest)?),
    })
}

/// `2026-06-30 à 10h30`, kept as `2026-06-30 10h30`.
fn moment(reader: &mut Reader<'_>, range: Range<usize>) -> Option<Name> {
    let Some(at) = scan::phrases(reader.whole(), range.clone(), AT).last() else {
        let name = reader.name(range)?;
        let text = name.text.split_whitespace().collect::<Vec<_>>().join(" ");
        return Some(Name { text, ..name });
    };
    let (date, time) = (reader.trim(range.start..at.start), reader.trim(at.end..range.end));
    if date.is_empty() || time.is_empty() {
        return reader.fail(&catalogue::INCOMPLETE_STEP, range);
    }
    let time = reader.text(time);
    let text = format!("{} {}", reader.text(date), clock::kept(time).as_deref().unwrap_or(time));
    Some(Name { span: reader.span(range), text, quoted: false })
}
