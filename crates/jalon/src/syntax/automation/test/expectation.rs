//! What a test expects.

use std::ops::Range;

use super::moment;
use crate::diagnostic::catalogue;
use crate::lexicon::{Form, OPERATORS, Op};
use crate::syntax::ast::{Expectation, ExpectationKind, Item};
use crate::syntax::automation::{one_item, unknown};
use crate::syntax::keyword::{self, Case, Table, Words};
use crate::syntax::leaf::operator_place;
use crate::syntax::reader::Reader;
use crate::syntax::scan;

/// The word that an expectation begins with, unless it is an effect or a criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ExpectationWord {
    Score,
    Rule,
    Effect,
    Timer,
    Refused,
    State,
    Transition,
}

/// The words.
pub(crate) const EXPECTATIONS: &Table<ExpectationWord> = &[
    (ExpectationWord::Score, &["score"], &["score"]),
    (ExpectationWord::Rule, &["règle"], &["rule"]),
    (ExpectationWord::Effect, &["effet"], &["effect"]),
    (ExpectationWord::Timer, &["minuterie"], &["timer"]),
    (ExpectationWord::Refused, &["refus"], &["refusal"]),
    (ExpectationWord::State, &["état"], &["state"]),
    (ExpectationWord::Transition, &["transition"], &["transition"]),
];

/// `minuterie "AP1" le 2026-09-28`, the printed ones first.
pub(crate) const ON: &Words = &Words::new(1, &["le", "on"]);

/// `aucun effet`; in French the first is printed before a masculine noun, the second before a
/// feminine one.
pub(crate) const NONE: &Words = &Words::new(4, &["aucun", "aucune", "pas de", "pas d'", "no"]);

/// Whether a rule fires: the end of `règle "MAJ02" se déclenche`.
pub(crate) const FIRES: &Table<bool> = &[
    (true, &["se déclenche"], &["fires"]),
    (false, &["ne se déclenche pas"], &["does not fire", "doesn't fire"]),
];

/// Whether a transition is offered: the end of `transition "Perdre" offerte`.
pub(crate) const OFFERED: &Table<bool> =
    &[(true, &["offerte", "offert"], &["offered"]), (false, &["refusée", "refusé"], &["refused"])];

/// The kinds of effect, by their French keyword: first as they are expected, then as they are
/// not (`aucune création`).
pub(crate) const EFFECTS: &Table<&str> = &[
    ("tâche", &["tâche", "tâche"], &["task", "task"]),
    ("e-mail", &["e-mail", "e-mail"], &["email", "email"]),
    ("alerte", &["alerte", "alerte"], &["alert", "alert"]),
    ("webhook", &["webhook", "webhook"], &["webhook", "webhook"]),
    ("fonction", &["fonction", "fonction"], &["function", "function"]),
    ("créer", &["créer", "création"], &["create", "creation"]),
    ("étiqueter", &["étiqueter", "étiquette"], &["tag", "tag"]),
    (
        "affecter",
        &["affecter à", "affectation", "affecter"],
        &["assign to", "assignment", "assign"],
    ),
    ("convertir", &["convertir", "conversion"], &["convert", "conversion"]),
    ("rendez-vous", &["rendez-vous", "rendez-vous"], &["meeting", "meeting"]),
    ("supprimer", &["supprimer", "suppression"], &["delete", "deletion"]),
];

/// Reads what follows `attendu`.
pub(super) fn parse(reader: &mut Reader<'_>, range: Range<usize>) -> Option<Expectation> {
    Some(Expectation { kind: kind(reader, range)? })
}

fn kind(reader: &mut Reader<'_>, range: Range<usize>) -> Option<ExpectationKind> {
    let none = reader.after(NONE, &range, Case::Any);
    let present = none.is_none();
    let rest = none.unwrap_or(range.clone());
    if let Some((word, named)) = worded(reader, &rest, present) {
        return match word {
            ExpectationWord::Rule => rule(reader, named),
            ExpectationWord::Score => score(reader, named),
            ExpectationWord::Effect => Some(ExpectationKind::NoEffect),
            ExpectationWord::Timer => timer(reader, named, present),
            ExpectationWord::Refused => {
                let named = Some(named).filter(|named| !named.is_empty());
                let message = named_item(reader, named).ok()?;
                Some(ExpectationKind::Refused { message, present })
            }
            ExpectationWord::State if named.is_empty() => Some(ExpectationKind::State(None)),
            ExpectationWord::State => Some(ExpectationKind::State(Some(reader.name(named)?))),
            ExpectationWord::Transition => offered(reader, named),
        };
    }
    if let Some((kind, name)) = effect(reader, &rest) {
        let name = named_item(reader, name).ok()?;
        return Some(ExpectationKind::Effect { kind: kind.to_owned(), name, present });
    }
    if !present && operator_place(reader.text(range.clone())).is_none() {
        let words = keyword::spellings(EFFECTS).chain(keyword::spellings(EXPECTATIONS));
        return unknown(reader, &catalogue::UNKNOWN_EFFECT, rest, words);
    }
    Some(ExpectationKind::Criterion(reader.criterion(range)?))
}

/// The word of its own that an expectation begins with, and what follows it; nothing where the
/// text is an effect, or a criterion on a field of that name.
fn worded(
    reader: &Reader<'_>,
    range: &Range<usize>,
    present: bool,
) -> Option<(ExpectationWord, Range<usize>)> {
    let text = reader.text(range.clone());
    let (word, length) = keyword::longest(EXPECTATIONS, text, Case::Any)?;
    let rest = reader.trim(range.start + length..range.end);
    let meant = match word {
        ExpectationWord::Rule => {
            let quoted = reader.text(rest.clone()).starts_with(['"', '«']);
            present
                && (ending(reader, FIRES, &rest).is_some()
                    || (quoted && operator_place(text).is_none()))
        }
        ExpectationWord::Score => present && sign(reader, &rest).is_some(),
        ExpectationWord::Effect => !present && rest.is_empty(),
        ExpectationWord::Timer | ExpectationWord::Refused => operator_place(text).is_none(),
        ExpectationWord::State => present != rest.is_empty() && operator_place(text).is_none(),
        ExpectationWord::Transition => {
            present && !rest.is_empty() && operator_place(text).is_none()
        }
    };
    meant.then_some((word, rest))
}

/// Where `se déclenche` or `offerte` stands, behind a name.
fn ending(reader: &Reader<'_>, words: &Table<bool>, rest: &Range<usize>) -> Option<Range<usize>> {
    let ends = scan::words(reader.whole(), rest.clone(), |text| {
        keyword::longest(words, text, Case::Any).map(|(_, length)| length)
    });
    ends.filter(|word| word.end == rest.end && word.start > rest.start).min_by_key(|w| w.start)
}

/// `"MAJ02 : CLIQUEUR" se déclenche`.
fn rule(reader: &mut Reader<'_>, rest: Range<usize>) -> Option<ExpectationKind> {
    let Some(end) = ending(reader, FIRES, &rest) else {
        return reader.fail(&catalogue::FIRES_OR_NOT, rest);
    };
    let fires = keyword::whole(FIRES, reader.text(end.clone()), Case::Any).unwrap_or(true);
    let name = reader.trim(rest.start..end.start);
    Some(ExpectationKind::Rule { rule: reader.name(name)?, fires })
}

/// `"Perdre" refusée`.
fn offered(reader: &mut Reader<'_>, rest: Range<usize>) -> Option<ExpectationKind> {
    let Some(end) = ending(reader, OFFERED, &rest) else {
        return reader.fail(&catalogue::OFFERED_OR_NOT, rest);
    };
    let offered = keyword::whole(OFFERED, reader.text(end.clone()), Case::Any).unwrap_or(true);
    let name = reader.trim(rest.start..end.start);
    Some(ExpectationKind::Offered { transition: reader.name(name)?, offered })
}

/// Where the sign of `Scorex = 50` stands.
fn sign(reader: &Reader<'_>, rest: &Range<usize>) -> Option<Range<usize>> {
    let signs = scan::words(reader.whole(), rest.clone(), |text| {
        let end = text.find(char::is_whitespace)?;
        comparison(&text[..end]).map(|_| end)
    });
    signs.last().filter(|sign| sign.start > rest.start)
}

/// `Scorex = 50`.
fn score(reader: &mut Reader<'_>, rest: Range<usize>) -> Option<ExpectationKind> {
    let sign = sign(reader, &rest)?;
    let op = comparison(reader.text(sign.clone())).unwrap_or(Op::Is);
    let name = reader.trim(rest.start..sign.start);
    let (score, value) = (reader.name(name), reader.number(sign.end..rest.end));
    Some(ExpectationKind::Score { score: score?, op, value: value? })
}

/// The operator that a sign, or `EST`, stands for.
fn comparison(word: &str) -> Option<Op> {
    let signs = OPERATORS.iter().filter(|row| row.form != Form::Word);
    let sign = signs.into_iter().find(|row| row.fr.contains(&word)).map(|row| row.op);
    sign.or_else(|| matches!(word, "EST" | "IS" | "est" | "is").then_some(Op::Is))
}

/// `"AP1" le 2026-09-28 à 10h30`.
fn timer(reader: &mut Reader<'_>, rest: Range<usize>, present: bool) -> Option<ExpectationKind> {
    let on = scan::phrases(reader.whole(), rest.clone(), ON).find(|on| {
        let date = reader.trim(on.end..rest.end);
        reader.text(date).starts_with(|c: char| c.is_ascii_digit())
    });
    let name = reader.trim(rest.start..on.as_ref().map_or(rest.end, |on| on.start));
    let rule = if name.is_empty() { None } else { Some(reader.name(name)?) };
    let at = match on {
        Some(on) => {
            let date = reader.trim(on.end..rest.end);
            Some(moment(reader, date)?)
        }
        None => None,
    };
    Some(ExpectationKind::Timer { rule, at, present })
}

/// An error was reported.
struct Reported;

/// The name of an effect or a message, where there is one.
fn named_item(
    reader: &mut Reader<'_>,
    range: Option<Range<usize>>,
) -> Result<Option<Item>, Reported> {
    let Some(range) = range else { return Ok(None) };
    one_item(reader, range, &catalogue::ONE_NAME).map(Some).ok_or(Reported)
}

/// The kind of an effect and the place of its name; nothing where a text is a criterion on a
/// field of that name.
fn effect(
    reader: &Reader<'_>,
    range: &Range<usize>,
) -> Option<(&'static str, Option<Range<usize>>)> {
    let (kind, length) = keyword::longest(EFFECTS, reader.text(range.clone()), Case::Any)?;
    let name = reader.trim(range.start + length..range.end);
    if name.is_empty() {
        return Some((kind, None));
    }
    let text = reader.text(name.clone());
    let quoted = text.starts_with(['"', '«']) && scan::quote_end(text, 0) == Some(text.len());
    let plain = quoted || operator_place(reader.text(range.clone())).is_none();
    plain.then_some((kind, Some(name)))
}
