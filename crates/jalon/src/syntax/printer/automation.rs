//! Prints what stands around rules.

use super::criterion::{criterion, item, lapse, unit};
use super::known::Known;
use super::rule::{actions, value_text};
use super::text::{Node, Piece, Text, Word, listed, text};
use super::{head, label, labels};
use crate::lexicon::Weekday;
use crate::syntax::ast::{
    Calendar, CalendarLine, Chaining, Channel, Criterion, Currencies, Days, Dependency,
    DependencyLine, Format, Guard, Item, Must, Name, Opening, Pipeline, Rate, Schedule, Validation,
    Webhook,
};
use crate::syntax::automation::calendar::{self, CLOSED, MONTHS, TO, WEEKDAYS, ZONE, next};
use crate::syntax::automation::dependency::BY;
use crate::syntax::automation::guard::{self, CHANNELS, ChannelWord};
use crate::syntax::automation::schedule::{DESCENDING, SORTED_BY};
use crate::syntax::automation::settling::{CHAINING, ChainingWord, STAGES};
use crate::syntax::automation::validation::MESSAGE;
use crate::syntax::automation::webhook::{self, FORMATS, METHODS};
use crate::syntax::keyword::{self, AT_MOST, Case, DECLARATIONS, IF, Kind, ON, THEN};

fn word(kind: Kind) -> Word {
    Word::of(DECLARATIONS, &kind)
}

/// ` sur Prospects`, or nothing.
fn on(module: Option<&Name>) -> Option<Text> {
    module.map(|module| text![" ", Word::pair(ON), " ", label(module)])
}

/// `si …`
pub(super) fn condition(criterion: &Criterion, known: Known<'_>) -> Text {
    text![Word::pair(IF), " ", self::criterion(criterion, known)]
}

/// A criterion that must hold, and its message.
pub(super) fn must(must: &Must, known: Known<'_>) -> Text {
    let message = must.message.as_ref();
    let message =
        message.map(|text| text![Piece::Comma, Word::pair(MESSAGE), " ", item(text, known)]);
    text![criterion(&must.criterion, known), message]
}

pub(super) fn validation(validation: &Validation, known: Known<'_>) -> Node {
    let name = validation.name.as_ref().map(|name| text![" ", label(name)]);
    let on = on(validation.module.as_ref());
    let line = |one: &Must| Node::new(must(one, known)).at(one.span);
    Node::new(text![word(Kind::Validation), name, on]).with(validation.lines.iter().map(line))
}

pub(super) fn dependency(dependency: &Dependency) -> Node {
    let Dependency { child, parent, module, lines } = dependency;
    let (child, by, parent) = (label(child), Word::pair(BY), label(parent));
    let on = on(module.as_ref());
    let line = |line: &DependencyLine| {
        Node::new(text![labels(&line.when), " : ", labels(&line.allowed)]).at(line.span)
    };
    Node::new(text![word(Kind::Dependency), " ", child, " ", by, " ", parent, on])
        .with(lines.iter().map(line))
}

pub(super) fn calendar(calendar: &Calendar) -> Node {
    let zone = calendar.zone.as_ref();
    let zone = zone.map(|zone| text![Piece::Comma, Word::pair(ZONE), " ", label(zone)]);
    let keyword = |word| Word::of(calendar::LINES, &word);
    let line = |line: &CalendarLine| match line {
        CalendarLine::Open(opening) => Node::new(self::opening(opening)).at(opening.span),
        CalendarLine::Holidays(names) => {
            Node::new(text![keyword(calendar::LineWord::Holidays), " ", labels(names)])
        }
        CalendarLine::WeekStarts(day) => {
            let day = Word::of(WEEKDAYS, day);
            Node::new(text![keyword(calendar::LineWord::Week), " ", day])
        }
        CalendarLine::FiscalYearStarts(month) => {
            let month = Word::of(MONTHS, month);
            Node::new(text![keyword(calendar::LineWord::FiscalYear), " ", month])
        }
    };
    Node::new(text![word(Kind::Calendar), " ", label(&calendar.name), zone])
        .with(calendar.lines.iter().map(line))
}

/// `lundi à vendredi 09:00-12:00, 14:00-19:00`
fn opening(opening: &Opening) -> Text {
    let days = match &opening.days {
        Days::Week(days) => week(days),
        Days::Date(date) => value_text(date),
    };
    if opening.hours.is_empty() {
        return text![days, " ", Word::pair(CLOSED)];
    }
    let hours = opening.hours.iter();
    let hours = hours.map(|(from, to)| text![value_text(from), "-", value_text(to)]);
    text![days, " ", listed(hours)]
}

/// `lundi à vendredi`, `samedi, dimanche`: three days on end are a span.
fn week(days: &[Weekday]) -> Text {
    let day = |day: &Weekday| Word::of(WEEKDAYS, day);
    let mut parts = Vec::new();
    let mut rest = days;
    while let Some(first) = rest.first() {
        let run = rest.windows(2).take(6).take_while(|pair| next(pair[0]) == pair[1]).count() + 1;
        let length = if run >= 3 { run } else { 1 };
        parts.push(match rest.get(length - 1) {
            Some(last) if length > 1 => {
                text![day(first), " ", Word::pair(TO), " ", day(last)]
            }
            _ => text![day(first)],
        });
        rest = &rest[length..];
    }
    listed(parts)
}

pub(super) fn currencies(currencies: &Currencies) -> Node {
    let line = |rate: &Rate| Node::new(text![label(&rate.currency), " ", value_text(&rate.rate)]);
    Node::new(text![word(Kind::Currencies), " ", label(&currencies.main)])
        .with(currencies.rates.iter().map(line))
}

pub(super) fn schedule(schedule: &Schedule, known: Known<'_>) -> Node {
    let when = known.recurrence(&schedule.when);
    let head = text![word(Kind::Schedule), " ", label(&schedule.name), " ", when];
    let mut clauses = Vec::new();
    let module = schedule.module.as_ref().map(label);
    match (schedule.at_most, module) {
        (Some(count), module) => {
            let module = module.map(|module| text![" ", module]);
            clauses.push(text![Word::pair(AT_MOST), " ", count, module]);
        }
        (None, Some(module)) => clauses.push(text![Word::pair(ON), " ", module]),
        (None, None) => {}
    }
    for (index, key) in schedule.sort.iter().enumerate() {
        let by = (index == 0).then(|| text![Word::pair(SORTED_BY), " "]);
        let down = key.descending.then(|| text![" ", Word::pair(DESCENDING)]);
        clauses.push(text![by, label(&key.field), down]);
    }
    clauses.extend(schedule.criterion.as_ref().map(|criterion| condition(criterion, known)));
    let mut lines = Vec::new();
    if !clauses.is_empty() {
        lines.push(Node::new(listed(clauses)));
    }
    if !schedule.actions.is_empty() {
        let actions = actions(&schedule.actions, known);
        lines.push(Node::new(text![Word::pair(THEN)]).with(actions));
    }
    Node::new(head).with(lines)
}

pub(super) fn webhook(webhook: &Webhook, known: Known<'_>) -> Node {
    let Webhook { name, module, method, url, headers, parameters, body } = webhook;
    let url = if url.quoted { label(url) } else { value_text(url) };
    let mut lines = vec![Node::new(text![Word::of(METHODS, method), " ", url])];
    let keyword = |word| Word::of(webhook::LINES, &word);
    for (name, value) in headers {
        let value = item(value, known);
        let header = keyword(webhook::LineWord::Header);
        lines.push(Node::new(text![header, " ", label(name), Piece::Comma, value]));
    }
    for parameter in parameters {
        let value = formatted(parameter.format, &parameter.value, known);
        let keyword = keyword(webhook::LineWord::Parameter);
        lines.push(Node::new(text![keyword, " ", label(&parameter.name), Piece::Comma, value]));
    }
    if let Some((format, value)) = body {
        let value = formatted(*format, value, known);
        lines.push(Node::new(text![keyword(webhook::LineWord::Body), " ", value]));
    }
    Node::new(head(Kind::Webhook, name, module.as_ref())).with(lines)
}

/// `xml "…"`; plain text needs no word unless it begins with one.
fn formatted(format: Format, value: &Item, known: Known<'_>) -> Text {
    let text = item(value, known);
    let begins = text.either(|text| keyword::longest(FORMATS, text, Case::Any).is_some());
    if format == Format::Text && !begins {
        return text;
    }
    text![Word::of(FORMATS, &format), " ", text]
}

pub(super) fn guard(guard: &Guard, known: Known<'_>) -> Node {
    let channel = match &guard.channel {
        Channel::Email => text![Word::of(CHANNELS, &ChannelWord::Email)],
        Channel::Alert => text![Word::of(CHANNELS, &ChannelWord::Alert)],
        Channel::Webhook(name) => {
            text![Word::of(CHANNELS, &ChannelWord::Webhook), " ", label(name)]
        }
    };
    let on = on(guard.module.as_ref());
    let mut clauses = vec![text![word(Kind::Guard), " ", channel, on]];
    if let Some((count, within)) = guard.at_most {
        let (at_most, per) = (Word::pair(AT_MOST), Word::pair(guard::PER));
        let within = match within.count {
            1 => text![unit(within.unit, 1).at(within.span)],
            _ => lapse(within),
        };
        clauses.push(text![at_most, " ", count, " ", per, " ", within]);
    }
    clauses.extend(guard.criterion.as_ref().map(|criterion| condition(criterion, known)));
    Node::new(listed(clauses))
}

pub(super) fn chaining(chaining: Chaining) -> Node {
    let (word, depth) = match chaining {
        Chaining::Once => (ChainingWord::Once, None),
        Chaining::None => (ChainingWord::None, None),
        Chaining::Depth(depth) => (ChainingWord::Depth, Some(depth)),
    };
    let depth = depth.map(|depth| text![" ", depth]);
    Node::new(text![self::word(Kind::Chaining), " ", Word::of(CHAINING, &word), depth])
}

pub(super) fn pipeline(pipeline: &Pipeline) -> Node {
    let stages = pipeline.stages.iter();
    let stages = listed(stages.map(|(span, stage)| text![Word::of(STAGES, stage).at(*span)]));
    Node::new(text![word(Kind::Pipeline), " ", stages])
}
