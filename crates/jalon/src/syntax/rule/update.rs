//! Field updates: `Statut Lead : off`, `Étiquettes += VIP`, `Date Auto plus 100 jours`.

use std::ops::Range;

use super::lapse::lapse;
use crate::diagnostic::{Fix, catalogue};
use crate::lang::Lang;
use crate::lexicon::{Period, Relative, Unit, key};
use crate::syntax::ast::{Change, Expr, ExprKind, Item, Lapse, Name, Update};
use crate::syntax::keyword::{Case, Words};
use crate::syntax::printer::print_expr;
use crate::syntax::reader::Reader;
use crate::syntax::scan;

/// `chaque Contacts.Adresse`
pub(crate) const EACH: &Words = &Words::new(1, &["chaque", "each"]);
/// `forcer Étape : Négociation`; only in lower case, `Forcer` begins a name.
pub(crate) const FORCE: &Words = &Words::new(1, &["forcer", "force"]);
/// `Date Auto plus 100 jours`
const PLUS: &[&str] = &["plus"];
const SHIFT: &[&str] = &["plus", "moins", "minus"];

/// Whether a line is a field update, whatever its first word.
pub(crate) fn is_update(reader: &Reader<'_>, range: &Range<usize>) -> bool {
    sign(reader, range).is_some()
}

/// Where the first `:`, `+=` or `-=` outside quotes and brackets stands.
pub(crate) fn sign(reader: &Reader<'_>, range: &Range<usize>) -> Option<(Range<usize>, Change)> {
    let whole = reader.whole();
    let colon = scan::field_colon(whole, range.clone()).map(|at| (at..at + 1, Change::Set));
    let end = colon.as_ref().map_or(range.end, |(colon, _)| colon.start);
    let mut spaced = true;
    let signed = scan::outside(whole, range.start..end).find_map(|place| {
        let after_space = std::mem::replace(&mut spaced, place.c.is_whitespace());
        let change = match place.c {
            '+' => Change::Add,
            '-' | '−' => Change::Remove,
            _ => return None,
        };
        let rest = whole.get(place.end..range.end)?.strip_prefix('=')?;
        let alone = rest.chars().next().is_none_or(char::is_whitespace);
        (after_space && alone && place.depth == 0).then_some((place.at..place.end + 1, change))
    });
    signed.or(colon)
}

/// Reads a field update, whose [`sign`] was found.
pub(crate) fn parse(
    reader: &mut Reader<'_>,
    range: Range<usize>,
    (sign, change): (Range<usize>, Change),
) -> Option<Update> {
    let target = reader.trim(range.start..sign.start);
    let values = reader.trim(sign.end..range.end);
    let target = if target.is_empty() {
        reader.fail(&catalogue::MISSING_FIELD_NAME, sign.clone())
    } else {
        read_target(reader, target)
    };
    let values =
        if values.is_empty() { no_values(reader, sign, change) } else { reader.items(values) };
    let (forced, each, target) = target?;
    Some(Update { forced, each, target, change, values: values? })
}

/// Whether it is forced, whether it is of each related record, and the field. `chaque` before a
/// path, also one in quotes, is a keyword, elsewhere a word of the name.
fn read_target(reader: &mut Reader<'_>, range: Range<usize>) -> Option<(bool, bool, Name)> {
    let forced = reader.after(FORCE, &range, Case::Strict).filter(|rest| !rest.is_empty());
    let (forced, range) = forced.map_or((false, range), |rest| (true, rest));
    match reader.after(EACH, &range, Case::Any) {
        Some(path) if is_path(without_quotes(reader.text(path.clone()))) => {
            let path = reader.name(path)?;
            Some((forced, true, Name { quoted: false, ..path }))
        }
        _ => Some((forced, false, reader.name(range)?)),
    }
}

/// The inside of a text that is one quoted text, else the text.
fn without_quotes(text: &str) -> &str {
    let inside = |open, close| text.strip_prefix(open)?.strip_suffix(close);
    let inside = inside('"', '"').or_else(|| inside('«', '»')).map(str::trim);
    inside.filter(|inside| !inside.contains(['"', '«', '»'])).unwrap_or(text)
}

/// Whether a bare text has a dot inside.
pub(crate) fn is_path(text: &str) -> bool {
    let mut parts = text.split('.');
    let sound = |part: &str| !part.is_empty() && !part.starts_with(' ') && !part.ends_with(' ');
    let first = parts.next().is_some_and(sound);
    !text.starts_with(['"', '«']) && first && parts.next().is_some_and(sound)
}

fn no_values<T>(reader: &mut Reader<'_>, sign: Range<usize>, change: Change) -> Option<T> {
    let mut missing = reader.diagnostic(&catalogue::MISSING_NEW_VALUE, sign.clone());
    if change == Change::Set {
        let at = reader.span(sign.end..sign.end);
        let lang = Lang::of_text(reader.whole()).unwrap_or_default();
        let empty = lang.pick(" vide", " empty");
        missing = missing.fix(Fix::replace(&catalogue::INSERT, at, empty));
    }
    reader.report(missing);
    None
}

/// `Date Auto plus 100 jours`, which is short for `Date Auto : aujourd'hui plus 100 jours`.
pub(super) struct Shorthand {
    target: Range<usize>,
    /// `plus` to the end.
    shift: Range<usize>,
    forward: bool,
    lapse: Lapse,
    lang: Lang,
}

impl Shorthand {
    /// A range that ends in `plus` or `moins` and a length of time.
    pub(super) fn find(reader: &Reader<'_>, range: &Range<usize>) -> Option<Shorthand> {
        let word = scan::phrases(reader.whole(), range.clone(), SHIFT).last()?;
        let length = reader.trim(word.end..range.end);
        let lapse = lapse(reader, &length)?;
        let target = reader.trim(range.start..word.start);
        let forward = reader.after(PLUS, &word, Case::Any).is_some();
        let lang = language(reader.text(length), lapse.unit);
        let shift = word.start..range.end;
        (!target.is_empty()).then_some(Shorthand { target, shift, forward, lapse, lang })
    }

    /// What it is short for.
    pub(super) fn read(self, reader: &mut Reader<'_>) -> Option<Update> {
        let Shorthand { target, shift, forward, lapse: Lapse { count, unit, .. }, lang } = self;
        let span = reader.span(shift);
        let today = Relative { period: Period::Day, offset: 0 }.word(lang).to_owned();
        let today = ExprKind::Name(Name { span, text: today, quoted: false });
        let base = Box::new(Expr { span, kind: today });
        let expr = Expr { span, kind: ExprKind::Shift { base, forward, count, unit } };
        let name = Name { span, text: print_expr(&expr, lang), quoted: false };
        Some(Update {
            forced: false,
            each: false,
            target: reader.name(target)?,
            change: Change::Set,
            values: vec![Item { name, expr: Some(Box::new(expr)) }],
        })
    }
}

/// `Montant +5`, `Montant plus 5`: what grows or shrinks is written with `+=` or `-=`.
pub(super) fn grown(reader: &Reader<'_>, line: &Range<usize>) -> Option<Fix> {
    let whole = reader.whole();
    let sign = scan::outside(whole, line.clone())
        .filter(|place| place.depth == 0 && matches!(place.c, '+' | '-' | '−'))
        .last();
    let (place, grows) = if let Some(sign) = sign {
        (sign.at..sign.end, sign.c == '+')
    } else {
        let word = scan::phrases(whole, line.clone(), SHIFT).last()?;
        let grows = reader.after(PLUS, &word, Case::Any).is_some();
        (word, grows)
    };
    let amount = reader.text(place.end..line.end).trim();
    let is_number = amount.starts_with(|c: char| c.is_ascii_digit())
        && amount.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | ' ' | '\u{a0}'));
    let follows_field = reader.text(line.start..place.start).ends_with(char::is_whitespace);
    let new = format!("{} {amount}", if grows { "+=" } else { "-=" });
    let place = reader.span(place.start..line.end);
    (is_number && follows_field).then(|| Fix::replace(&catalogue::REPLACE_WITH, place, &new))
}

/// The language in which a length of time is written.
fn language(lapse: &str, unit: Unit) -> Lang {
    let words = Unit::WORDS.iter().find(|(member, ..)| *member == unit);
    let lapse = key(lapse);
    let french = words.is_some_and(|(_, fr, _)| fr.iter().any(|word| lapse.ends_with(&*key(word))));
    if french { Lang::Fr } else { Lang::En }
}
