//! Prints actions.

use super::criterion::{empties_field, empty, item, items, lapse, template};
use super::known::Known;
use super::text::{Piece, Text, Word, bracketed, listed, spaced, text};
use super::{label, labels, name, quote};
use crate::lang::Lang;
use crate::syntax::ast::{
    Action, ActionKind, Actor, Change, Create, Due, Email, Meeting, Name, Setting, Task, Update,
};
use crate::syntax::keyword::{self, Case, Table};
use crate::syntax::rule::action::{ACTIONS, ActionWord, INTO, TO, WITH};
use crate::syntax::rule::options::{ACTORS, IN, MEETING, MESSAGE, ON_DAY, OptionWord, TASK};
use crate::syntax::rule::update::{EACH, FORCE, is_path};

/// The canonical line of an action, its keywords in one language.
pub fn print_action(action: &Action, lang: Lang) -> String {
    self::action(action, Known::NOTHING).in_language(lang)
}

pub(super) fn action(action: &Action, known: Known<'_>) -> Text {
    let with = |word, rest: Text| spaced([text![Word::of(ACTIONS, &word)], rest]);
    match &action.kind {
        ActionKind::Update(one) => update(one, known),
        ActionKind::Task(one) => with(ActionWord::Task, task(one, known)),
        ActionKind::Email(email) => with(ActionWord::Email, message(email, known)),
        ActionKind::Alert(alert) => with(ActionWord::Alert, message(alert, known)),
        ActionKind::Webhook(webhook) => with(ActionWord::Webhook, label(webhook)),
        ActionKind::Function(call) => {
            let arguments = match call.arguments.as_slice() {
                [] => None,
                arguments => Some(bracketed(items(arguments, known))),
            };
            with(ActionWord::Function, text![label(&call.name), arguments])
        }
        ActionKind::Score(score) => with(ActionWord::Score, label(score)),
        ActionKind::Convert(modules) if modules.is_empty() => {
            with(ActionWord::Convert, Text::default())
        }
        ActionKind::Convert(modules) => {
            with(ActionWord::Convert, text![Word::pair(INTO), " ", labels(modules)])
        }
        ActionKind::Create(one) => with(ActionWord::Create, create(one, known)),
        ActionKind::Tag(tags) => with(ActionWord::Tag, labels(tags)),
        ActionKind::Untag(tags) => with(ActionWord::Untag, labels(tags)),
        ActionKind::Assign(assignment) => {
            with(ActionWord::Assign, text![Word::pair(TO), " ", actor(&assignment.to)])
        }
        ActionKind::Meeting(one) => with(ActionWord::Meeting, meeting(one, known)),
        ActionKind::Delete => with(ActionWord::Delete, Text::default()),
    }
}

/// The canonical line of a field update.
pub fn print_update(update: &Update, lang: Lang) -> String {
    self::update(update, Known::NOTHING).in_language(lang)
}

pub(super) fn update(update: &Update, known: Known<'_>) -> Text {
    let forced = update.forced.then(|| text![Word::pair(FORCE), " "]);
    let each = update.each.then(|| text![Word::pair(EACH), " "]);
    let sign = match update.change {
        Change::Set => " : ",
        Change::Add => " += ",
        Change::Remove => " -= ",
    };
    let values = match update.values.as_slice() {
        // Behind `+=` it is a text like any other.
        [value]
            if update.change == Change::Set
                && value.expr.is_none()
                && empties_field(&value.name) =>
        {
            empty(&value.name)
        }
        values => items(values, known),
    };
    text![forced, each, target(update), sign, values]
}

/// The field of an update, in quotes only where it would not read back bare.
fn target(update: &Update) -> Piece {
    let text = &update.target.text;
    let each =
        keyword::any(EACH, text, Case::Any).is_some_and(|length| is_path(text[length..].trim()));
    let force = keyword::any(FORCE, text, Case::Strict).is_some_and(|length| length < text.len());
    let printed = if force || (each && !update.each) || text.contains("${") {
        quote(text)
    } else {
        name(&update.target)
    };
    Piece::Named(printed, update.target.span)
}

/// The subject, and what follows it between commas.
fn task(task: &Task, known: Known<'_>) -> Text {
    let word = |word| Word::of(TASK, &word);
    let mut parts = vec![template(&task.subject, known)];
    let due = task.due.as_ref();
    parts.extend(due.map(|due| text![word(OptionWord::Due), " ", moment(due, TASK, known)]));
    let priority = task.priority.as_ref();
    parts.extend(
        priority.map(|name| text![word(OptionWord::Priority), " ", self::priority(name, known)]),
    );
    let to = task.to.as_ref();
    parts.extend(to.map(|to| text![word(OptionWord::For), " ", actor(to)]));
    parts.extend(task.done.then(|| text![word(OptionWord::Done)]));
    parts.extend(settings(&task.settings, TASK, known));
    listed(parts)
}

/// `haute`, in the words of either language if it is written in those that are printed.
fn priority(name: &Name, known: Known<'_>) -> Text {
    let words = crate::lexicon::Priority::WORDS;
    let row = words.iter().find(|(_, fr, en)| fr[0] == name.text || en[0] == name.text);
    match row.filter(|_| !name.quoted && known.translates()) {
        Some((_, fr, en)) => text![Word::row(fr, en).at(name.span)],
        None => label(name),
    }
}

/// The template, its recipients without a comma, and the other options.
fn message(email: &Email, known: Known<'_>) -> Text {
    let template = template(&email.template, known);
    let first = match email.to.as_slice() {
        [] => template,
        to => text![template, " ", Word::pair(TO), " ", actors(to)],
    };
    let mut parts = vec![first];
    parts.extend(settings(&email.settings, MESSAGE, known));
    listed(parts)
}

fn meeting(meeting: &Meeting, known: Known<'_>) -> Text {
    let word = |word| Word::of(MEETING, &word);
    let mut parts = vec![template(&meeting.title, known), moment(&meeting.start, MEETING, known)];
    parts.extend(meeting.length.map(|length| text![word(OptionWord::Length), " ", lapse(length)]));
    if !meeting.with.is_empty() {
        parts.push(text![word(OptionWord::With), " ", actors(&meeting.with)]);
    }
    parts.extend(settings(&meeting.settings, MEETING, known));
    listed(parts)
}

/// `dans 2 jours`, `demain`; `le` before a date, and before what would read as an option.
fn moment(due: &Due, table: &'static Table<OptionWord>, known: Known<'_>) -> Text {
    match due {
        Due::In(length) => text![Word::pair(IN), " ", lapse(*length)],
        Due::At(at) => {
            let text = item(at, known);
            let option = text.either(|text| {
                keyword::longest(table, text, Case::Any).is_some()
                    || keyword::any(IN, text, Case::Any).is_some()
                    || keyword::any(ON_DAY, text, Case::Strict).is_some()
                    || text.starts_with(|c: char| c.is_ascii_digit())
            });
            let on = option.then(|| text![Word::pair(ON_DAY), " "]);
            text![on, text]
        }
    }
}

/// `objet "…"`
fn settings(
    settings: &[Setting],
    table: &'static Table<OptionWord>,
    known: Known<'_>,
) -> Vec<Text> {
    let print = |setting: &Setting| {
        let word = if let Some(word) = keyword::whole(table, &setting.key, Case::Any) {
            text![Word::of(table, &word).at(setting.span)]
        } else {
            text![setting.key.clone()]
        };
        let values = listed(setting.values.iter().map(|value| template(value, known)));
        text![word, " ", values]
    };
    settings.iter().map(print).collect()
}

/// `Affaires avec Nom = "${Société}"`
fn create(create: &Create, known: Known<'_>) -> Text {
    if create.fields.is_empty() {
        return label(&create.module);
    }
    let fields = create.fields.iter();
    let fields =
        listed(fields.map(|(field, value)| text![label(field), " = ", item(value, known)]));
    text![label(&create.module), " ", Word::pair(WITH), " ", fields]
}

/// `Alice`, `rôle "Directeur commercial"`
pub(super) fn actor(actor: &Actor) -> Text {
    let kind = actor.kind.map(|kind| text![Word::of(ACTORS, &kind), " "]);
    text![kind, label(&actor.name)]
}

pub(super) fn actors(all: &[Actor]) -> Text {
    listed(all.iter().map(actor))
}
