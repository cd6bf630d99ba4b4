//! Prints actions.

use super::criterion::lapse;
use super::{label, labels, name, print_item, print_items, quote};
use crate::lang::Lang;
use crate::lexicon::key;
use crate::syntax::ast::{
    Action, ActionKind, Actor, Change, Create, Due, Email, Item, Meeting, Name, Setting, Task,
    Update,
};
use crate::syntax::keyword::{self, Case, Table, printed};
use crate::syntax::rule::action::{ACTIONS, ActionWord, INTO, TO, WITH};
use crate::syntax::rule::options::{ACTORS, IN, MEETING, MESSAGE, ON_DAY, OptionWord, TASK};
use crate::syntax::rule::update::{EACH, FORCE, is_path};

/// The canonical line of an action, its keywords in one language.
pub fn print_action(action: &Action, lang: Lang) -> String {
    let with = |word, rest: String| {
        format!("{} {rest}", keyword::spelling(ACTIONS, &word, lang)).trim_end().to_owned()
    };
    match &action.kind {
        ActionKind::Update(update) => print_update(update, lang),
        ActionKind::Task(task) => with(ActionWord::Task, print_task(task, lang)),
        ActionKind::Email(email) => with(ActionWord::Email, message(email, lang)),
        ActionKind::Alert(alert) => with(ActionWord::Alert, message(alert, lang)),
        ActionKind::Webhook(webhook) => with(ActionWord::Webhook, label(webhook)),
        ActionKind::Function(call) => {
            let arguments = match call.arguments.as_slice() {
                [] => String::new(),
                arguments => format!("({})", print_items(arguments, lang)),
            };
            with(ActionWord::Function, format!("{}{arguments}", label(&call.name)))
        }
        ActionKind::Score(score) => with(ActionWord::Score, label(score)),
        ActionKind::Convert(modules) if modules.is_empty() => {
            with(ActionWord::Convert, String::new())
        }
        ActionKind::Convert(modules) => {
            with(ActionWord::Convert, format!("{} {}", printed(INTO, lang), labels(modules)))
        }
        ActionKind::Create(create) => with(ActionWord::Create, print_create(create, lang)),
        ActionKind::Tag(tags) => with(ActionWord::Tag, labels(tags)),
        ActionKind::Untag(tags) => with(ActionWord::Untag, labels(tags)),
        ActionKind::Assign(assignment) => {
            let to = actor(&assignment.to, lang);
            with(ActionWord::Assign, format!("{} {to}", printed(TO, lang)))
        }
        ActionKind::Meeting(meeting) => with(ActionWord::Meeting, print_meeting(meeting, lang)),
        ActionKind::Delete => with(ActionWord::Delete, String::new()),
    }
}

/// The canonical line of a field update.
pub fn print_update(update: &Update, lang: Lang) -> String {
    let forced = if update.forced { format!("{} ", printed(FORCE, lang)) } else { String::new() };
    let each = if update.each { format!("{} ", printed(EACH, lang)) } else { String::new() };
    let sign = match update.change {
        Change::Set => ":",
        Change::Add => "+=",
        Change::Remove => "-=",
    };
    let values = match update.values.as_slice() {
        [value] if empties(value) => lang.pick("vide", "empty").to_owned(),
        values => print_items(values, lang),
    };
    format!("{forced}{each}{} {sign} {values}", target(update))
}

/// Whether a value alone is the word that empties the field.
fn empties(value: &Item) -> bool {
    let name = &value.name;
    !name.quoted && value.expr.is_none() && matches!(key(&name.text).as_ref(), "vide" | "empty")
}

/// The field of an update, in quotes only where it would not read back bare.
fn target(update: &Update) -> String {
    let text = &update.target.text;
    let each =
        keyword::any(EACH, text, Case::Any).is_some_and(|length| is_path(text[length..].trim()));
    let force = keyword::any(FORCE, text, Case::Strict).is_some_and(|length| length < text.len());
    if force || (each && !update.each) || text.contains("${") {
        quote(text)
    } else {
        name(&update.target)
    }
}

/// The subject, and what follows it between commas.
fn print_task(task: &Task, lang: Lang) -> String {
    let word = |word| keyword::spelling(TASK, &word, lang);
    let mut parts = vec![print_item(&task.subject, lang)];
    parts.extend(
        task.due
            .as_ref()
            .map(|due| format!("{} {}", word(OptionWord::Due), moment(due, TASK, lang))),
    );
    let priority = task.priority.as_ref();
    parts.extend(priority.map(|name| format!("{} {}", word(OptionWord::Priority), label(name))));
    let to = task.to.as_ref();
    parts.extend(to.map(|to| format!("{} {}", word(OptionWord::For), actor(to, lang))));
    parts.extend(task.done.then(|| word(OptionWord::Done).to_owned()));
    parts.extend(settings(&task.settings, TASK, lang));
    parts.join(", ")
}

/// The template, its recipients without a comma, and the other options.
fn message(email: &Email, lang: Lang) -> String {
    let template = print_item(&email.template, lang);
    let first = match email.to.as_slice() {
        [] => template,
        to => format!("{template} {} {}", printed(TO, lang), actors(to, lang)),
    };
    let mut parts = vec![first];
    parts.extend(settings(&email.settings, MESSAGE, lang));
    parts.join(", ")
}

fn print_meeting(meeting: &Meeting, lang: Lang) -> String {
    let word = |word| keyword::spelling(MEETING, &word, lang);
    let mut parts = vec![print_item(&meeting.title, lang), moment(&meeting.start, MEETING, lang)];
    let length = meeting.length;
    parts.extend(
        length.map(|length| format!("{} {}", word(OptionWord::Length), lapse(length, lang))),
    );
    if !meeting.with.is_empty() {
        parts.push(format!("{} {}", word(OptionWord::With), actors(&meeting.with, lang)));
    }
    parts.extend(settings(&meeting.settings, MEETING, lang));
    parts.join(", ")
}

/// `dans 2 jours`, `demain`; `le` before a date, and before what would read as an option.
fn moment(due: &Due, table: &Table<OptionWord>, lang: Lang) -> String {
    match due {
        Due::In(length) => format!("{} {}", printed(IN, lang), lapse(*length, lang)),
        Due::At(item) => {
            let text = print_item(item, lang);
            let option = keyword::longest(table, &text, Case::Any).is_some()
                || keyword::any(IN, &text, Case::Any).is_some()
                || keyword::any(ON_DAY, &text, Case::Strict).is_some();
            if option || text.starts_with(|c: char| c.is_ascii_digit()) {
                format!("{} {text}", printed(ON_DAY, lang))
            } else {
                text
            }
        }
    }
}

/// `objet "…"`
fn settings(settings: &[Setting], table: &Table<OptionWord>, lang: Lang) -> Vec<String> {
    let print = |setting: &Setting| {
        let word = keyword::whole(table, &setting.key, Case::Any);
        let word = word.map_or(setting.key.as_str(), |word| keyword::spelling(table, &word, lang));
        format!("{word} {}", print_items(&setting.values, lang))
    };
    settings.iter().map(print).collect()
}

/// `Affaires avec Nom = "${Société}"`
fn print_create(create: &Create, lang: Lang) -> String {
    if create.fields.is_empty() {
        return label(&create.module);
    }
    let field =
        |(field, value): &(Name, Item)| format!("{} = {}", label(field), print_item(value, lang));
    let fields: Vec<_> = create.fields.iter().map(field).collect();
    format!("{} {} {}", label(&create.module), printed(WITH, lang), fields.join(", "))
}

/// `Alice`, `rôle "Directeur commercial"`
pub(super) fn actor(actor: &Actor, lang: Lang) -> String {
    match actor.kind {
        Some(kind) => format!("{} {}", keyword::spelling(ACTORS, &kind, lang), label(&actor.name)),
        None => label(&actor.name),
    }
}

pub(super) fn actors(all: &[Actor], lang: Lang) -> String {
    all.iter().map(|one| actor(one, lang)).collect::<Vec<_>>().join(", ")
}
