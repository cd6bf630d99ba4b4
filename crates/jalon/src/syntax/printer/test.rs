//! Prints tests.

use super::blueprint::owner;
use super::{head, label, labels, print_criterion, print_item, print_update};
use crate::lang::Lang;
use crate::lexicon::Form;
use crate::syntax::ast::{Block, ExpectationKind, Handed, Item, Name, StepKind, Test};
use crate::syntax::automation::test::{
    EFFECTS, EXPECTATIONS, ExpectationWord, FIRES, HANDED, HandedWord, NONE, OFFERED, ON, STEPS,
    StepWord,
};
use crate::syntax::keyword::{self, Kind, printed};
use crate::syntax::rule::lapse::AT;

/// The lines of a test.
pub(super) fn print(out: &mut Vec<String>, test: &Test, lang: Lang) {
    out.push(head(Kind::Test, &test.name, test.module.as_ref(), lang));
    for step in &test.steps {
        let (word, rest, fields) = parts(&step.kind, lang);
        let keyword = keyword::spelling(STEPS, &word, lang);
        out.push(format!("  {keyword} {rest}").trim_end().to_owned());
        for (_, update) in fields.into_iter().flat_map(|block| &block.fields) {
            out.push(format!("    {}", print_update(update, lang)));
        }
        if let StepKind::Transition(_, given) | StepKind::Draft(_, given) = &step.kind {
            handed(out, given, lang);
        }
    }
}

/// What is given for a transition beside fields.
fn handed(out: &mut Vec<String>, given: &Handed, lang: Lang) {
    let word = |word| keyword::spelling(HANDED, &word, lang);
    for note in &given.notes {
        out.push(format!("    {} {}", word(HandedWord::Note), print_item(note, lang)));
    }
    let lists = [
        (HandedWord::Attachment, &given.attachments),
        (HandedWord::Ticked, &given.ticked),
        (HandedWord::Record, &given.records),
    ];
    for (keyword, names) in lists.into_iter().filter(|(_, names)| !names.is_empty()) {
        out.push(format!("    {} {}", word(keyword), labels(names)));
    }
}

/// The word of a step, what follows it, and its fields.
fn parts(step: &StepKind, lang: Lang) -> (StepWord, String, Option<&Block>) {
    match step {
        StepKind::On(date) => (StepWord::On, moment(date, lang), None),
        StepKind::Then(date) => (StepWord::Then, moment(date, lang), None),
        StepKind::As(user, belongs) => {
            let belongs = belongs.iter().map(|one| format!(", {}", owner(one, lang)));
            (StepWord::As, label(user) + &belongs.collect::<String>(), None)
        }
        StepKind::Given(fields) => (StepWord::Given, String::new(), Some(fields)),
        StepKind::Before(fields) => (StepWord::Before, String::new(), Some(fields)),
        StepKind::After(fields) => (StepWord::After, String::new(), Some(fields)),
        StepKind::Related(name, fields) => (StepWord::Related, label(name), Some(fields)),
        StepKind::Event(name, fields) => (StepWord::Event, label(name), Some(fields)),
        StepKind::Deleted => (StepWord::Deleted, String::new(), None),
        StepKind::Transition(name, given) => {
            (StepWord::Transition, label(name), Some(&given.fields))
        }
        StepKind::Draft(name, given) => (StepWord::Draft, label(name), Some(&given.fields)),
        StepKind::Exit => (StepWord::Exit, String::new(), None),
        StepKind::Manual(rule) => (StepWord::Manual, label(rule), None),
        StepKind::Expect(expectation) => {
            (StepWord::Expect, self::expectation(&expectation.kind, lang), None)
        }
    }
}

/// `2026-06-30 à 10h30`
fn moment(date: &Name, lang: Lang) -> String {
    match date.text.split_once(' ') {
        Some((date, time)) => format!("{date} {} {time}", printed(AT, lang)),
        None => date.text.clone(),
    }
}

fn expectation(kind: &ExpectationKind, lang: Lang) -> String {
    let word = |word| keyword::spelling(EXPECTATIONS, &word, lang);
    match kind {
        ExpectationKind::Score { score, op, value } => {
            let sign = op.spelling(Form::Sign, lang);
            format!("{} {} {sign} {}", word(ExpectationWord::Score), label(score), value.text)
        }
        ExpectationKind::Rule { rule, fires } => {
            let verb = keyword::spelling(FIRES, fires, lang);
            format!("{} {} {verb}", word(ExpectationWord::Rule), label(rule))
        }
        ExpectationKind::Criterion(criterion) => print_criterion(criterion, lang),
        ExpectationKind::Effect { kind, name, present } => {
            let row = EFFECTS.iter().find(|(key, ..)| key == kind);
            let words = row.map_or(&[][..], |(_, fr, en)| lang.pick(fr, en));
            let word = words.get(usize::from(!present)).copied().unwrap_or("");
            presence(*present, word, &named(name.as_ref(), lang), lang)
        }
        ExpectationKind::NoEffect => presence(false, word(ExpectationWord::Effect), "", lang),
        ExpectationKind::Timer { rule, at, present } => {
            let rule = rule.as_ref().map_or_else(String::new, label);
            let at = at.as_ref().map_or_else(String::new, |at| {
                format!(" {} {}", printed(ON, lang), moment(at, lang))
            });
            presence(*present, word(ExpectationWord::Timer), &format!("{rule}{at}"), lang)
        }
        ExpectationKind::Refused { message, present } => {
            let message = named(message.as_ref(), lang);
            presence(*present, word(ExpectationWord::Refused), &message, lang)
        }
        ExpectationKind::State(Some(state)) => {
            format!("{} {}", word(ExpectationWord::State), label(state))
        }
        ExpectationKind::State(None) => presence(false, word(ExpectationWord::State), "", lang),
        ExpectationKind::Offered { transition, offered } => {
            let end = keyword::spelling(OFFERED, offered, lang);
            format!("{} {} {end}", word(ExpectationWord::Transition), label(transition))
        }
    }
}

fn named(name: Option<&Item>, lang: Lang) -> String {
    name.map_or_else(String::new, |name| print_item(name, lang))
}

/// `tâche "…"`, `aucune tâche "…"`
fn presence(present: bool, word: &str, rest: &str, lang: Lang) -> String {
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
    let none = match lang {
        _ if present => "",
        Lang::En => NONE.get(2).copied().unwrap_or(""),
        Lang::Fr => NONE.get(usize::from(FEMININE.contains(&word))).copied().unwrap_or(""),
    };
    let parts = [none, word, rest.trim()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}
