//! Who acts in a test, and what is given for a transition beside fields.

use std::ops::Range;

use crate::diagnostic::catalogue;
use crate::syntax::ast::{ActorKind, Handed, OwnerKind, StepKind};
use crate::syntax::automation::one_item;
use crate::syntax::blueprint::transition::owner;
use crate::syntax::keyword::{self, Case, Table};
use crate::syntax::reader::Reader;
use crate::syntax::scan;

/// The word that a line under a transition begins with, unless it is a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum HandedWord {
    Note,
    Attachment,
    Ticked,
    Record,
}

/// The words, as the blueprint has them that asks for it.
pub(crate) const HANDED: &Table<HandedWord> = &[
    (HandedWord::Note, &["note"], &["note"]),
    (HandedWord::Attachment, &["pièce jointe", "pièces jointes"], &["attachment", "attachments"]),
    (HandedWord::Ticked, &["cocher"], &["check"]),
    (HandedWord::Record, &["fiche", "fiches"], &["record", "records"]),
];

/// The word of a line, and what follows it.
pub(super) fn word(reader: &Reader<'_>, line: &Range<usize>) -> Option<(HandedWord, Range<usize>)> {
    let (word, length) = keyword::longest(HANDED, reader.text(line.clone()), Case::Any)?;
    Some((word, reader.trim(line.start + length..line.end)))
}

/// Reads what is given.
pub(super) fn parse(
    reader: &mut Reader<'_>,
    given: &mut Handed,
    word: HandedWord,
    line: Range<usize>,
    rest: Range<usize>,
) -> Option<()> {
    if rest.is_empty() {
        return reader.fail(&catalogue::INCOMPLETE_STEP, line);
    }
    match word {
        HandedWord::Note => given.notes.push(one_item(reader, rest, &catalogue::ONE_NAME)?),
        HandedWord::Attachment => given.attachments.extend(reader.names(rest)?),
        HandedWord::Ticked => given.ticked.extend(reader.names(rest)?),
        HandedWord::Record => given.records.extend(reader.names(rest)?),
    }
    Some(())
}

/// `Alice, groupe "Juristes", rôle "Directrice"`.
pub(super) fn actor(reader: &mut Reader<'_>, rest: Range<usize>) -> Option<StepKind> {
    let mut items = scan::items(reader.whole(), rest).into_iter();
    let name = reader.name(items.next()?)?;
    let mut belongs = Vec::new();
    for item in items {
        let owner = owner(reader, item.clone())?;
        let belonging = match &owner.kind {
            OwnerKind::Profile(_) => true,
            OwnerKind::Actor(actor) => {
                matches!(actor.kind, Some(ActorKind::Role | ActorKind::Group))
            }
            _ => false,
        };
        if !belonging {
            return reader.fail(&catalogue::NO_BELONGING, item);
        }
        belongs.push(owner);
    }
    Some(StepKind::As(name, belongs))
}
