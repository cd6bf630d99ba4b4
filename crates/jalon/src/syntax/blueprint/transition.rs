//! Transitions: their first line, and the lines of `avant` and `pendant`.

use std::ops::Range;

use super::{LineWord, route};
use crate::diagnostic::catalogue;
use crate::syntax::ast::{
    Before, During, Extra, ExtraKind, Lapse, Name, Owner, OwnerKind, Transition, TransitionKind,
};
use crate::syntax::automation::{one_item, validation};
use crate::syntax::keyed::Keyed;
use crate::syntax::keyword::{self, Case, Table, Words};
use crate::syntax::reader::Reader;
use crate::syntax::rule::lapse;
use crate::syntax::rule::options::actor;
use crate::syntax::rule::trigger::AFTER;
use crate::syntax::scan;

/// The kinds of transition by their words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KindWord {
    Single,
    Common,
    Automatic,
    Parallel,
}

/// The parts of a transition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Section {
    Before,
    During,
    After,
}

/// The word that an owner is, or begins with, unless it is an actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OwnerWord {
    Everyone,
    RecordOwner,
    OfField,
    Profile,
}

/// The owners that are no actors.
pub(crate) const OWNERS: &Table<OwnerWord> = &[
    (OwnerWord::Everyone, &["tous", "tout le monde"], &["everyone", "everybody"]),
    (
        OwnerWord::RecordOwner,
        &["propriétaire de la fiche", "propriétaire"],
        &["record owner", "owner of the record", "owner"],
    ),
    (OwnerWord::OfField, &["utilisateur du champ"], &["user of field", "user in field"]),
    (OwnerWord::Profile, &["profil"], &["profile"]),
];

/// `obligatoire` and its agreements; the first is printed, behind a feminine noun the second.
pub(crate) const REQUIRED: &Words =
    &Words::new(2, &["obligatoire", "obligatoires", "required", "mandatory"]);
/// `facultatif`
pub(crate) const OPTIONAL: &Words =
    &Words::new(4, &["facultatif", "facultative", "facultatifs", "facultatives", "optional"]);

/// Reads the first line of a transition. Where it is wrong, that is reported and a stand-in takes
/// the lines that follow.
pub(super) fn parse(reader: &mut Reader<'_>, kind: KindWord, line: Keyed) -> Transition {
    let Keyed { whole, keyword, rest } = line;
    let mut transition = empty(reader, whole);
    let name_end = name_end(reader, &rest);
    let named = reader.trim(rest.start..name_end);
    let mut way = reader.trim(name_end..rest.end);
    if named.is_empty() {
        reader.fail::<()>(&catalogue::MISSING_NAME, keyword);
        return transition;
    }
    if let Some(name) = reader.name(named.clone()) {
        transition.name = name;
    }
    transition.kind = match kind {
        KindWord::Single => TransitionKind::Single,
        KindWord::Common => TransitionKind::Common,
        KindWord::Parallel => TransitionKind::Parallel,
        KindWord::Automatic => {
            let Some((before, delay)) = delay(reader, &way) else {
                reader.fail::<()>(&catalogue::MISSING_DELAY, keyword.start..named.end);
                return transition;
            };
            way = before;
            TransitionKind::Automatic(delay)
        }
    };
    if way.is_empty() {
        reader.fail::<()>(&catalogue::NO_ROUTE, keyword.start..named.end);
        return transition;
    }
    transition.route = route::parse(reader, kind == KindWord::Common, &keyword, way);
    transition
}

/// Reads `enfant "Juridique"`.
pub(super) fn child(reader: &mut Reader<'_>, line: Keyed) -> Transition {
    let mut child = empty(reader, line.whole.clone());
    if line.given(reader).is_some()
        && let Some(name) = reader.name(line.rest)
    {
        child.name = name;
    }
    child
}

fn empty(reader: &Reader<'_>, line: Range<usize>) -> Transition {
    let span = reader.span(line);
    Transition {
        span,
        name: Name { span, text: String::new(), quoted: false },
        kind: TransitionKind::Single,
        route: None,
        before: Before::default(),
        during: During::default(),
        after: Vec::new(),
        children: Vec::new(),
    }
}

/// Where the name ends: behind its quote, or before the first word of a route.
fn name_end(reader: &Reader<'_>, rest: &Range<usize>) -> usize {
    if reader.text(rest.clone()).starts_with(['"', '«'])
        && let Some(end) = scan::quote_end(reader.text(0..rest.end), rest.start)
    {
        return end;
    }
    route::first_word(reader, rest).map_or(rest.end, |word| word.start)
}

/// What stands before `après 2 jours` at the end, and how long that is.
fn delay(reader: &Reader<'_>, way: &Range<usize>) -> Option<(Range<usize>, Lapse)> {
    let word = scan::phrases(reader.whole(), way.clone(), AFTER).last()?;
    let length = lapse::lapse(reader, &reader.trim(word.end..way.end))?;
    let before = reader.text(way.start..word.start).trim_end().trim_end_matches(',').len();
    Some((reader.trim(way.start..way.start + before), length))
}

/// Reads a line of `avant` or `pendant`; `None` when an error was reported.
pub(super) fn line(
    reader: &mut Reader<'_>,
    transition: &mut Transition,
    word: LineWord,
    line: Keyed,
) -> Option<()> {
    let Transition { before, during, .. } = transition;
    match word {
        LineWord::If => {
            let whole = line.whole.clone();
            let criterion = line.criterion(reader)?;
            if before.criterion.is_some() {
                return reader.fail(&catalogue::SECOND_CRITERION, whole);
            }
            before.criterion = Some(criterion);
        }
        LineWord::Note => during.extras.push(extra(reader, ExtraKind::Note, line)?),
        LineWord::Attachment => {
            during.extras.push(extra(reader, ExtraKind::Attachment, line)?);
        }
        _ => {
            line.given(reader)?;
            match word {
                LineWord::Owners => {
                    for item in scan::items(reader.whole(), line.rest) {
                        before.owners.push(owner(reader, item)?);
                    }
                }
                LineWord::Message => {
                    during.messages.push(one_item(reader, line.rest, &catalogue::ONE_NAME)?);
                }
                LineWord::Required => during.required.extend(reader.names(line.rest)?),
                LineWord::Optional => during.optional.extend(reader.names(line.rest)?),
                LineWord::Must => during.musts.push(validation::must(reader, line.rest)?),
                LineWord::Checklist => during.extras.push(checklist(reader, line)?),
                LineWord::Record => during.extras.push(record(reader, line)?),
                _ => {}
            }
        }
    }
    Some(())
}

/// Reads who may make a transition.
pub(crate) fn owner(reader: &mut Reader<'_>, item: Range<usize>) -> Option<Owner> {
    let span = reader.span(item.clone());
    let text = reader.text(item.clone());
    let found = keyword::longest(OWNERS, text, Case::Any);
    let rest = found.map(|(_, length)| reader.trim(item.start + length..item.end));
    let kind = match (found.map(|(word, _)| word), rest) {
        (Some(OwnerWord::Everyone), Some(rest)) if rest.is_empty() => OwnerKind::Everyone,
        (Some(OwnerWord::RecordOwner), Some(rest)) if rest.is_empty() => OwnerKind::RecordOwner,
        (Some(OwnerWord::OfField), Some(rest)) if !rest.is_empty() => {
            OwnerKind::OfField(reader.name(rest)?)
        }
        (Some(OwnerWord::Profile), Some(rest)) if !rest.is_empty() => {
            OwnerKind::Profile(reader.name(rest)?)
        }
        _ => OwnerKind::Actor(actor(reader, item)?),
    };
    Some(Owner { span, kind })
}

/// Whether a whole text is the word that something must, or may, be given.
fn requirement(text: &str) -> Option<bool> {
    let is = |words: &[&str]| keyword::any(words, text, Case::Any) == Some(text.len());
    if is(REQUIRED) {
        return Some(true);
    }
    is(OPTIONAL).then_some(false)
}

/// `note obligatoire`; alone it is so too.
fn extra(reader: &mut Reader<'_>, kind: ExtraKind, line: Keyed) -> Option<Extra> {
    let (span, rest) = (line.span(reader), line.rest);
    let required = match requirement(reader.text(rest.clone())) {
        Some(required) => required,
        None if rest.is_empty() => true,
        None => return reader.fail(&catalogue::REQUIRED_OR_OPTIONAL, rest),
    };
    Some(Extra { span, kind, required })
}

/// `cocher "Contrat signé", "RIB reçu", facultatif`
fn checklist(reader: &mut Reader<'_>, line: Keyed) -> Option<Extra> {
    let span = line.span(reader);
    let mut items = scan::items(reader.whole(), line.rest);
    let last = items.last().and_then(|last| requirement(reader.text(last.clone())));
    if last.is_some() && items.len() > 1 {
        items.pop();
    }
    let names: Vec<Option<Name>> = items.into_iter().map(|item| reader.name(item)).collect();
    let names = names.into_iter().collect::<Option<Vec<Name>>>()?;
    Some(Extra { span, kind: ExtraKind::Checklist(names), required: last.unwrap_or(true) })
}

/// `fiche Devis obligatoire`
fn record(reader: &mut Reader<'_>, line: Keyed) -> Option<Extra> {
    let (span, rest) = (line.span(reader), line.rest);
    let words = |reader: &Reader<'_>, words| {
        reader.without_last(words, rest.clone()).filter(|module| !module.is_empty())
    };
    let (module, required) = match (words(reader, REQUIRED), words(reader, OPTIONAL)) {
        (Some(module), _) => (module, true),
        (None, Some(module)) => (module, false),
        (None, None) => (rest, true),
    };
    let module = reader.name(module)?;
    Some(Extra { span, kind: ExtraKind::Record(module), required })
}
