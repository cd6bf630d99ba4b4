//! Tasks, e-mails, alerts and meetings: a head and options.

use std::ops::Range;

use crate::diagnostic::{Fix, catalogue};
use crate::syntax::ast::{Email, Meeting, Task};
use crate::syntax::printer::quote;
use crate::syntax::reader::Reader;
use crate::syntax::rule::lapse;
use crate::syntax::rule::options::{
    MEETING, MESSAGE, OptionWord, Part, Parts, Said, TASK, actor, actors, cut, due, filled, item,
    setting, unknown,
};
use crate::syntax::scan;

/// `tâche "Relancer", échéance dans 1 jour ouvré, priorité haute`
pub(super) fn task(
    reader: &mut Reader<'_>,
    keyword: &Range<usize>,
    rest: Range<usize>,
) -> Option<Task> {
    let parts = cut(reader, rest, TASK);
    let subject = head(reader, keyword, &parts);
    let mut said = Said::default();
    let mut task = Task {
        subject: subject?,
        due: None,
        priority: None,
        to: None,
        done: false,
        settings: Vec::new(),
    };
    for part in &parts.options {
        task_option(reader, keyword, part, &mut said, &mut task)?;
    }
    Some(task)
}

fn task_option(
    reader: &mut Reader<'_>,
    keyword: &Range<usize>,
    part: &Part,
    said: &mut Said,
    task: &mut Task,
) -> Option<()> {
    let Some(word) = part.word else {
        let action = reader.text(keyword.clone());
        return unknown(reader, part, action, TASK);
    };
    said.once(reader, part, word)?;
    if word == OptionWord::Done {
        if !part.value.is_empty() {
            return reader.fail(&catalogue::NOTHING_FOLLOWS, part.value.clone());
        }
        task.done = true;
        return Some(());
    }
    filled(reader, part)?;
    match word {
        OptionWord::Due => task.due = Some(due(reader, part)?),
        OptionWord::Priority => task.priority = Some(reader.name(part.value.clone())?),
        OptionWord::For => task.to = Some(actor(reader, part.value.clone())?),
        _ => task.settings.push(setting(reader, part, word, TASK)?),
    }
    Some(())
}

/// `e-mail "Écosystème" à Adresse e-mail, objet "…"`, and alerts.
pub(super) fn message(
    reader: &mut Reader<'_>,
    keyword: &Range<usize>,
    rest: Range<usize>,
) -> Option<Email> {
    let parts = recipients(reader, cut(reader, rest, MESSAGE))?;
    let mut read =
        Email { template: head(reader, keyword, &parts)?, to: Vec::new(), settings: Vec::new() };
    let mut said = Said::default();
    for part in &parts.options {
        message_option(reader, keyword, part, &mut said, &mut read)?;
    }
    Some(read)
}

fn message_option(
    reader: &mut Reader<'_>,
    keyword: &Range<usize>,
    part: &Part,
    said: &mut Said,
    email: &mut Email,
) -> Option<()> {
    let Some(word) = part.word else {
        let action = reader.text(keyword.clone());
        return unknown(reader, part, action, MESSAGE);
    };
    said.once(reader, part, word)?;
    filled(reader, part)?;
    match word {
        OptionWord::To => email.to = actors(reader, part.value.clone())?,
        _ => email.settings.push(setting(reader, part, word, MESSAGE)?),
    }
    Some(())
}

/// `à` behind a template without quotes; which one, if there are several, quotes say.
fn recipients(reader: &mut Reader<'_>, mut parts: Parts) -> Option<Parts> {
    let head = parts.head.clone();
    if reader.text(head.clone()).starts_with(['"', '«']) {
        return Some(parts);
    }
    let found: Vec<_> = scan::phrases(reader.whole(), head.clone(), super::TO)
        .filter(|word| word.start > head.start)
        .collect();
    // `a` is also a verb: it counts only where there is no `à`.
    let exact: Vec<_> = found
        .iter()
        .filter(|word| !reader.text((*word).clone()).eq_ignore_ascii_case("a"))
        .cloned()
        .collect();
    let found = if exact.is_empty() { found } else { exact };
    let Some(to) = found.first().cloned() else { return Some(parts) };
    if found.len() > 1 {
        let mut two = reader.diagnostic(&catalogue::WHICH_TO, head.clone());
        for to in found.iter().take(3) {
            let template = reader.trim(head.start..to.start);
            let new = quote(reader.text(template.clone()));
            two = two.fix(Fix::replace(&catalogue::REPLACE_WITH, reader.span(template), &new));
        }
        reader.report(two);
        return None;
    }
    // The items that follow belong to the list until one begins with an option's word.
    let mut end = head.end;
    let listed = parts.options.iter().take_while(|part| part.word.is_none()).count();
    for part in parts.options.drain(..listed) {
        end = part.whole.end;
    }
    let value = reader.trim(to.end..end);
    let part = Part { word: Some(OptionWord::To), whole: to.start..end, value };
    parts.options.insert(0, part);
    parts.head = reader.trim(head.start..to.start);
    Some(parts)
}

/// `rendez-vous "Démo", dans 2 jours ouvrés, durée 30 minutes, avec Alice`
pub(super) fn meeting(
    reader: &mut Reader<'_>,
    keyword: &Range<usize>,
    rest: Range<usize>,
) -> Option<Meeting> {
    let mut parts = cut(reader, rest, MEETING);
    let title = head(reader, keyword, &parts);
    let start = parts.options.iter().position(|part| part.word.is_none());
    let start = start.map(|at| parts.options.remove(at));
    let begins = if let Some(part) = &start {
        due(reader, part)
    } else {
        let place = keyword.start..parts.head.end.max(keyword.end);
        reader.fail(&catalogue::MISSING_START, place)
    };
    let mut read =
        Meeting { title: title?, start: begins?, length: None, with: Vec::new(), settings: vec![] };
    let mut said = Said::default();
    for part in &parts.options {
        meeting_option(reader, keyword, part, &mut said, &mut read)?;
    }
    Some(read)
}

fn meeting_option(
    reader: &mut Reader<'_>,
    keyword: &Range<usize>,
    part: &Part,
    said: &mut Said,
    meeting: &mut Meeting,
) -> Option<()> {
    let Some(word) = part.word else {
        let action = reader.text(keyword.clone());
        return unknown(reader, part, action, MEETING);
    };
    said.once(reader, part, word)?;
    filled(reader, part)?;
    let value = part.value.clone();
    match word {
        OptionWord::Length => {
            meeting.length = Some(lapse::required(reader, &value, &part.whole)?);
        }
        OptionWord::With => meeting.with = actors(reader, value)?,
        _ => meeting.settings.push(setting(reader, part, word, MEETING)?),
    }
    Some(())
}

/// The subject, template or title; an error where an option stands in its place.
fn head(
    reader: &mut Reader<'_>,
    keyword: &Range<usize>,
    parts: &Parts,
) -> Option<crate::syntax::ast::Item> {
    if parts.head.is_empty() {
        return reader.fail(&catalogue::INCOMPLETE_ACTION, keyword.clone());
    }
    item(reader, parts.head.clone())
}
