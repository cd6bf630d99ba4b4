//! Prints what stands around rules.

use super::criterion::{lapse, unit_word};
use super::{head, label, labels, print_action, print_criterion, print_item};
use crate::lang::Lang;
use crate::lexicon::Weekday;
use crate::syntax::ast::{
    Calendar, CalendarLine, Chaining, Channel, Criterion, Currencies, Days, Dependency, Format,
    Guard, Item, Name, Opening, Pipeline, Schedule, Validation, Webhook,
};
use crate::syntax::automation::calendar::{self, CLOSED, MONTHS, TO, WEEKDAYS, ZONE, next};
use crate::syntax::automation::dependency::BY;
use crate::syntax::automation::guard::{self, CHANNELS, ChannelWord};
use crate::syntax::automation::schedule::{DESCENDING, SORTED_BY};
use crate::syntax::automation::settling::{CHAINING, ChainingWord, STAGES};
use crate::syntax::automation::validation::MESSAGE;
use crate::syntax::automation::webhook::{self, FORMATS, METHODS};
use crate::syntax::keyword::{self, AT_MOST, Case, DECLARATIONS, IF, Kind, ON, THEN, printed};

fn word(kind: Kind, lang: Lang) -> &'static str {
    keyword::spelling(DECLARATIONS, &kind, lang)
}

/// ` sur Prospects`, or nothing.
fn on(module: Option<&Name>, lang: Lang) -> String {
    module.map_or_else(String::new, |module| format!(" {} {}", printed(ON, lang), label(module)))
}

/// `si …`
fn condition(criterion: &Criterion, lang: Lang) -> String {
    format!("{} {}", printed(IF, lang), print_criterion(criterion, lang))
}

pub(super) fn validation(out: &mut Vec<String>, validation: &Validation, lang: Lang) {
    let name = validation.name.as_ref().map(|name| format!(" {}", label(name)));
    let on = on(validation.module.as_ref(), lang);
    out.push(format!("{}{}{on}", word(Kind::Validation, lang), name.unwrap_or_default()));
    for line in &validation.lines {
        let message = line.message.as_ref().map_or_else(String::new, |message| {
            format!(", {} {}", printed(MESSAGE, lang), print_item(message, lang))
        });
        out.push(format!("  {}{message}", print_criterion(&line.criterion, lang)));
    }
}

pub(super) fn dependency(out: &mut Vec<String>, dependency: &Dependency, lang: Lang) {
    let Dependency { child, parent, module, lines } = dependency;
    let (child, by, parent) = (label(child), printed(BY, lang), label(parent));
    let on = on(module.as_ref(), lang);
    out.push(format!("{} {child} {by} {parent}{on}", word(Kind::Dependency, lang)));
    out.extend(lines.iter().map(|l| format!("  {} : {}", labels(&l.when), labels(&l.allowed))));
}

pub(super) fn calendar(out: &mut Vec<String>, calendar: &Calendar, lang: Lang) {
    let zone = calendar
        .zone
        .as_ref()
        .map_or_else(String::new, |zone| format!(", {} {}", printed(ZONE, lang), label(zone)));
    out.push(format!("{} {}{zone}", word(Kind::Calendar, lang), label(&calendar.name)));
    for line in &calendar.lines {
        let keyword = |word| keyword::spelling(calendar::LINES, &word, lang);
        out.push(match line {
            CalendarLine::Open(opening) => format!("  {}", self::opening(opening, lang)),
            CalendarLine::Holidays(names) => {
                format!("  {} {}", keyword(calendar::LineWord::Holidays), labels(names))
            }
            CalendarLine::WeekStarts(day) => {
                let day = keyword::spelling(WEEKDAYS, day, lang);
                format!("  {} {day}", keyword(calendar::LineWord::Week))
            }
            CalendarLine::FiscalYearStarts(month) => {
                let month = keyword::spelling(MONTHS, month, lang);
                format!("  {} {month}", keyword(calendar::LineWord::FiscalYear))
            }
        });
    }
}

/// `lundi à vendredi 09:00-12:00, 14:00-19:00`
fn opening(opening: &Opening, lang: Lang) -> String {
    let days = match &opening.days {
        Days::Week(days) => week(days, lang),
        Days::Date(date) => date.text.clone(),
    };
    if opening.hours.is_empty() {
        return format!("{days} {}", printed(CLOSED, lang));
    }
    let hours = opening.hours.iter().map(|(from, to)| format!("{}-{}", from.text, to.text));
    format!("{days} {}", hours.collect::<Vec<_>>().join(", "))
}

/// `lundi à vendredi`, `samedi, dimanche`: three days on end are a span.
fn week(days: &[Weekday], lang: Lang) -> String {
    let day = |day: &Weekday| keyword::spelling(WEEKDAYS, day, lang);
    let mut parts = Vec::new();
    let mut rest = days;
    while let Some(first) = rest.first() {
        let run = rest.windows(2).take(6).take_while(|pair| next(pair[0]) == pair[1]).count() + 1;
        let length = if run >= 3 { run } else { 1 };
        parts.push(match rest.get(length - 1) {
            Some(last) if length > 1 => {
                format!("{} {} {}", day(first), printed(TO, lang), day(last))
            }
            _ => day(first).to_owned(),
        });
        rest = &rest[length..];
    }
    parts.join(", ")
}

pub(super) fn currencies(out: &mut Vec<String>, currencies: &Currencies, lang: Lang) {
    out.push(format!("{} {}", word(Kind::Currencies, lang), label(&currencies.main)));
    let rates = currencies.rates.iter();
    out.extend(rates.map(|rate| format!("  {} {}", label(&rate.currency), rate.rate.text)));
}

pub(super) fn schedule(out: &mut Vec<String>, schedule: &Schedule, lang: Lang) {
    let keyword = word(Kind::Schedule, lang);
    out.push(format!("{keyword} {} {}", label(&schedule.name), schedule.when.text));
    let mut clauses = Vec::new();
    let module = schedule.module.as_ref().map(label);
    match (schedule.at_most, module) {
        (Some(count), module) => {
            let module = module.map_or_else(String::new, |module| format!(" {module}"));
            clauses.push(format!("{} {count}{module}", printed(AT_MOST, lang)));
        }
        (None, Some(module)) => clauses.push(format!("{} {module}", printed(ON, lang))),
        (None, None) => {}
    }
    for (index, key) in schedule.sort.iter().enumerate() {
        let by = if index == 0 { format!("{} ", printed(SORTED_BY, lang)) } else { String::new() };
        let down = if key.descending { printed(DESCENDING, lang) } else { "" };
        clauses.push(format!("{by}{} {down}", label(&key.field)).trim_end().to_owned());
    }
    clauses.extend(schedule.criterion.as_ref().map(|criterion| condition(criterion, lang)));
    if !clauses.is_empty() {
        out.push(format!("  {}", clauses.join(", ")));
    }
    if !schedule.actions.is_empty() {
        out.push(format!("  {}", printed(THEN, lang)));
    }
    out.extend(schedule.actions.iter().map(|action| format!("    {}", print_action(action, lang))));
}

pub(super) fn webhook(out: &mut Vec<String>, webhook: &Webhook, lang: Lang) {
    let Webhook { name, module, method, url, headers, parameters, body } = webhook;
    out.push(head(Kind::Webhook, name, module.as_ref(), lang));
    let url = if url.quoted { label(url) } else { url.text.clone() };
    out.push(format!("  {} {url}", keyword::spelling(METHODS, method, lang)));
    let keyword = |word| keyword::spelling(webhook::LINES, &word, lang);
    for (name, value) in headers {
        let value = print_item(value, lang);
        out.push(format!("  {} {}, {value}", keyword(webhook::LineWord::Header), label(name)));
    }
    for parameter in parameters {
        let value = formatted(parameter.format, &parameter.value, lang);
        let keyword = keyword(webhook::LineWord::Parameter);
        out.push(format!("  {keyword} {}, {value}", label(&parameter.name)));
    }
    if let Some((format, value)) = body {
        let value = formatted(*format, value, lang);
        out.push(format!("  {} {value}", keyword(webhook::LineWord::Body)));
    }
}

/// `xml "…"`; plain text needs no word unless it begins with one.
fn formatted(format: Format, value: &Item, lang: Lang) -> String {
    let text = print_item(value, lang);
    let begins = keyword::longest(FORMATS, &text, Case::Any).is_some();
    if format == Format::Text && !begins {
        return text;
    }
    format!("{} {text}", keyword::spelling(FORMATS, &format, lang))
}

pub(super) fn guard(out: &mut Vec<String>, guard: &Guard, lang: Lang) {
    let channel = match &guard.channel {
        Channel::Email => keyword::spelling(CHANNELS, &ChannelWord::Email, lang).to_owned(),
        Channel::Alert => keyword::spelling(CHANNELS, &ChannelWord::Alert, lang).to_owned(),
        Channel::Webhook(name) => {
            let word = keyword::spelling(CHANNELS, &ChannelWord::Webhook, lang);
            format!("{word} {}", label(name))
        }
    };
    let on = on(guard.module.as_ref(), lang);
    let mut clauses = vec![format!("{} {channel}{on}", word(Kind::Guard, lang))];
    if let Some((count, within)) = guard.at_most {
        let (at_most, per) = (printed(AT_MOST, lang), printed(guard::PER, lang));
        let within = match within.count {
            1 => unit_word(within.unit, 1, lang).to_owned(),
            _ => lapse(within, lang),
        };
        clauses.push(format!("{at_most} {count} {per} {within}"));
    }
    clauses.extend(guard.criterion.as_ref().map(|criterion| condition(criterion, lang)));
    out.push(clauses.join(", "));
}

pub(super) fn chaining(out: &mut Vec<String>, chaining: Chaining, lang: Lang) {
    let (word, depth) = match chaining {
        Chaining::Once => (ChainingWord::Once, None),
        Chaining::None => (ChainingWord::None, None),
        Chaining::Depth(depth) => (ChainingWord::Depth, Some(depth)),
    };
    let depth = depth.map_or_else(String::new, |depth| format!(" {depth}"));
    let word = keyword::spelling(CHAINING, &word, lang);
    out.push(format!("{} {word}{depth}", self::word(Kind::Chaining, lang)));
}

pub(super) fn pipeline(out: &mut Vec<String>, pipeline: &Pipeline, lang: Lang) {
    let stages: Vec<_> =
        pipeline.stages.iter().map(|(_, stage)| keyword::spelling(STAGES, stage, lang)).collect();
    out.push(format!("{} {}", word(Kind::Pipeline, lang), stages.join(", ")));
}
