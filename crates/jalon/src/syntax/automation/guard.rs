//! `garde e-mail sur Prospects, au plus 2 par 7 jours, si …`.

use std::ops::Range;

use super::{no_lines, once, unknown};
use crate::diagnostic::catalogue;
use crate::source::Span;
use crate::syntax::ast::{Channel, Guard, Lapse, Name};
use crate::syntax::condition;
use crate::syntax::keyword::{self, AT_MOST, Case, Table, Words};
use crate::syntax::layout::Block;
use crate::syntax::reader::Reader;
use crate::syntax::scan;

/// The word that a channel begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ChannelWord {
    Email,
    Alert,
    Webhook,
}

/// The channels.
pub(crate) const CHANNELS: &Table<ChannelWord> = &[
    (ChannelWord::Email, &["e-mail"], &["email"]),
    (ChannelWord::Alert, &["alerte"], &["alert"]),
    (ChannelWord::Webhook, &["webhook"], &["webhook"]),
];

/// The middle of `au plus 2 par 7 jours`.
pub(crate) const PER: &Words = &Words::new(3, &["par", "sur", "en", "per", "within", "in"]);

/// Reads a guard, all of it on its head.
pub(crate) fn parse(reader: &mut Reader<'_>, block: &Block) -> Option<Guard> {
    let only = no_lines(reader, block);
    let head = reader.head_range(block)?;
    let word = condition::find(reader, head.clone());
    let clauses = head.start..word.as_ref().map_or(head.end, |word| word.start);
    let mut items = scan::items(reader.whole(), clauses).into_iter();
    let Some(first) = items.next() else {
        return reader.fail(&catalogue::UNKNOWN_CHANNEL, head);
    };
    let channel = channel(reader, first);
    let mut at_most: Option<(Span, (u32, Lapse))> = None;
    let mut good = only.is_some();
    for item in items {
        let Some(limit) = quota(reader, &item) else {
            good = false;
            continue;
        };
        let span = reader.span(item);
        good &= once(reader, &mut at_most, span, limit).is_some();
    }
    let criterion = match word {
        Some(word) => Some(condition::read(reader, word, head.end, is_clause)?.1),
        None => None,
    };
    let (span, channel, module) = channel?;
    let at_most = at_most.map(|(_, limit)| limit);
    good.then_some(Guard { span, channel, module, at_most, criterion })
}

/// `e-mail sur Prospects`, `webhook SMS`.
fn channel(reader: &mut Reader<'_>, item: Range<usize>) -> Option<(Span, Channel, Option<Name>)> {
    let on = reader.on(&item).filter(|on| on.start > item.start);
    let module = match &on {
        Some(on) => Some(reader.module_after(on, item.end)?),
        None => None,
    };
    let range = reader.trim(item.start..on.map_or(item.end, |on| on.start));
    let Some((word, length)) = keyword::longest(CHANNELS, reader.text(range.clone()), Case::Any)
    else {
        return unknown(reader, &catalogue::UNKNOWN_CHANNEL, range, keyword::spellings(CHANNELS));
    };
    let rest = reader.trim(range.start + length..range.end);
    let channel = match word {
        ChannelWord::Webhook if !rest.is_empty() => Channel::Webhook(reader.name(rest)?),
        ChannelWord::Email if rest.is_empty() => Channel::Email,
        ChannelWord::Alert if rest.is_empty() => Channel::Alert,
        _ => return reader.fail(&catalogue::UNKNOWN_CHANNEL, range),
    };
    Some((reader.span(range), channel, module))
}

/// `au plus 2 par 7 jours`.
fn quota(reader: &mut Reader<'_>, item: &Range<usize>) -> Option<(u32, Lapse)> {
    let Some(limit) = reader.after(AT_MOST, item, Case::Any) else {
        let words = AT_MOST.iter().chain(keyword::IF).copied();
        return unknown(reader, &catalogue::UNREADABLE_QUOTA, item.clone(), words);
    };
    let per = scan::phrases(reader.whole(), limit.clone(), PER).next();
    let Some(per) = per else {
        return reader.fail(&catalogue::UNREADABLE_QUOTA, item.clone());
    };
    if per.start == limit.start {
        return reader.fail(&catalogue::UNREADABLE_QUOTA, item.clone());
    }
    let count = reader.count(limit.start..per.start)?;
    let lapse = reader.trim(per.end..limit.end);
    // `par jour` is one day.
    if let Some(unit) = crate::lexicon::Unit::parse(reader.text(lapse.clone())) {
        return Some((count, Lapse { span: reader.span(lapse), count: 1, unit }));
    }
    match crate::syntax::rule::lapse::lapse(reader, &lapse) {
        Some(lapse) => Some((count, lapse)),
        None => reader.fail(&catalogue::UNREADABLE_QUOTA, item.clone()),
    }
}

/// Whether a value of the criterion is spelled like the limit.
fn is_clause(reader: &Reader<'_>, item: &Range<usize>) -> bool {
    let limit = reader.after(AT_MOST, item, Case::Any);
    limit.is_some_and(|limit| reader.text(limit).starts_with(|c: char| c.is_ascii_digit()))
}
