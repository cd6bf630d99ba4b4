//! Prints tests.

use super::action::update;
use super::blueprint::owner;
use super::criterion::{criterion, template};
use super::known::Known;
use super::rule::{event_type, value_text};
use super::text::{Node, Text, Word, listed, spaced, text};
use super::{head, label, labels};
use crate::lang::Lang;
use crate::lexicon::Form;
use crate::source::Span;
use crate::syntax::ast::{
    Block, ExpectationKind, Handed, Item, Name, Step, StepKind, Test, Update,
};
use crate::syntax::automation::test::{
    EFFECTS, EXPECTATIONS, ExpectationWord, FIRES, HANDED, HandedWord, NONE, OFFERED, ON, STEPS,
    StepWord,
};
use crate::syntax::keyword::Kind;
use crate::syntax::rule::lapse::AT;

/// The lines of a test.
pub(super) fn print(test: &Test, known: Known<'_>) -> Node {
    let step = |step: &Step| {
        let (word, rest, fields) = parts(&step.kind, known);
        let field = |(span, one): &(Span, Update)| Node::new(update(one, known)).at(*span);
        let mut lines: Vec<Node> =
            fields.into_iter().flat_map(|block| &block.fields).map(field).collect();
        if let StepKind::Transition(_, given) | StepKind::Draft(_, given) = &step.kind {
            lines.extend(handed(given, known));
        }
        Node::new(spaced([text![Word::of(STEPS, &word)], rest])).at(step.span).with(lines)
    };
    Node::new(head(Kind::Test, &test.name, test.module.as_ref())).with(test.steps.iter().map(step))
}

/// What is given for a transition beside fields.
fn handed(given: &Handed, known: Known<'_>) -> Vec<Node> {
    let word = |word| Word::of(HANDED, &word);
    let note = |note| Node::new(text![word(HandedWord::Note), " ", template(note, known)]);
    let mut lines: Vec<Node> = given.notes.iter().map(note).collect();
    let lists = [
        (HandedWord::Attachment, &given.attachments),
        (HandedWord::Ticked, &given.ticked),
        (HandedWord::Record, &given.records),
    ];
    for (keyword, names) in lists.into_iter().filter(|(_, names)| !names.is_empty()) {
        lines.push(Node::new(text![word(keyword), " ", labels(names)]));
    }
    lines
}

/// The word of a step, what follows it, and its fields.
fn parts<'a>(step: &'a StepKind, known: Known<'_>) -> (StepWord, Text, Option<&'a Block>) {
    match step {
        StepKind::On(date) => (StepWord::On, moment(date), None),
        StepKind::Then(date) => (StepWord::Then, moment(date), None),
        StepKind::As(user, belongs) => {
            let all = std::iter::once(label(user)).chain(belongs.iter().map(owner));
            (StepWord::As, listed(all), None)
        }
        StepKind::Given(fields) => (StepWord::Given, Text::default(), Some(fields)),
        StepKind::Before(fields) => (StepWord::Before, Text::default(), Some(fields)),
        StepKind::After(fields) => (StepWord::After, Text::default(), Some(fields)),
        StepKind::Related(name, fields) => (StepWord::Related, label(name), Some(fields)),
        StepKind::Event(name, fields) => (StepWord::Event, event_type(name, known), Some(fields)),
        StepKind::Deleted => (StepWord::Deleted, Text::default(), None),
        StepKind::Transition(name, given) => {
            (StepWord::Transition, label(name), Some(&given.fields))
        }
        StepKind::Draft(name, given) => (StepWord::Draft, label(name), Some(&given.fields)),
        StepKind::Exit => (StepWord::Exit, Text::default(), None),
        StepKind::Manual(rule) => (StepWord::Manual, label(rule), None),
        StepKind::Expect(expected) => (StepWord::Expect, expectation(&expected.kind, known), None),
    }
}

/// `2026-06-30 à 10h30`
fn moment(date: &Name) -> Text {
    match date.text.split_once(char::is_whitespace) {
        Some((day, time)) => {
            let word = Word::pair(AT).at(date.span);
            text![day.to_owned(), " ", word, " ", time.trim_start().to_owned()]
        }
        None => value_text(date),
    }
}

fn expectation(kind: &ExpectationKind, known: Known<'_>) -> Text {
    let word = |word| Word::of(EXPECTATIONS, &word);
    match kind {
        ExpectationKind::Score { score, op, value } => {
            let sign = op.spelling(Form::Sign, Lang::Fr);
            let value = value_text(value);
            text![word(ExpectationWord::Score), " ", label(score), " ", sign, " ", value]
        }
        ExpectationKind::Rule { rule, fires } => {
            let verb = Word::of(FIRES, fires);
            text![word(ExpectationWord::Rule), " ", label(rule), " ", verb]
        }
        ExpectationKind::Criterion(one) => criterion(one, known),
        ExpectationKind::Effect { kind, name, present } => {
            let row = EFFECTS.iter().find(|(key, ..)| key == kind);
            let at = usize::from(!present);
            let word = row.map(|(_, fr, en)| Word::new(fr[at], en[at], [fr, en]));
            let word = word.unwrap_or_else(|| Word::new("", "", [&[], &[]]));
            presence(*present, word, named(name.as_ref(), known))
        }
        ExpectationKind::NoEffect => {
            presence(false, word(ExpectationWord::Effect), Text::default())
        }
        ExpectationKind::Timer { rule, at, present } => {
            let rule = text![rule.as_ref().map(label)];
            let at = at.as_ref().map(|at| text![Word::pair(ON), " ", moment(at)]);
            presence(*present, word(ExpectationWord::Timer), spaced([rule, text![at]]))
        }
        ExpectationKind::Refused { message, present } => {
            let message = named(message.as_ref(), known);
            presence(*present, word(ExpectationWord::Refused), message)
        }
        ExpectationKind::State(Some(state)) => {
            text![word(ExpectationWord::State), " ", label(state)]
        }
        ExpectationKind::State(None) => {
            presence(false, word(ExpectationWord::State), Text::default())
        }
        ExpectationKind::Offered { transition, offered } => {
            let end = Word::of(OFFERED, offered);
            text![word(ExpectationWord::Transition), " ", label(transition), " ", end]
        }
    }
}

fn named(name: Option<&Item>, known: Known<'_>) -> Text {
    text![name.map(|name| template(name, known))]
}

/// `tâche "…"`, `aucune tâche "…"`
fn presence(present: bool, word: Word, rest: Text) -> Text {
    const FEMININE: &[&str] = &[
        "tâche",
        "alerte",
        "fonction",
        "création",
        "étiquette",
        "affectation",
        "conversion",
        "suppression",
        "minuterie",
    ];
    let feminine = FEMININE.contains(&word.in_language(Lang::Fr));
    let (fr, en) = NONE.by_language();
    let none = (!present).then(|| Word::new(fr[usize::from(feminine)], en[0], [fr, en]));
    spaced([text![none], text![word], rest])
}
