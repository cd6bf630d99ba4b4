//! Actions, one a line.

mod parts;

use std::ops::Range;

use super::options::actor;
use super::update::{self, Shorthand};
use crate::diagnostic::{Fix, catalogue, did_you_mean};
use crate::syntax::ast::{Action, ActionKind, Assignment, Call, Change, Create, Item, Name};
use crate::syntax::keyword::{self, Case, Table, Words};
use crate::syntax::printer::quote;
use crate::syntax::reader::Reader;
use crate::syntax::scan;

/// The word that an action begins with, unless it is a field update.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ActionWord {
    Task,
    Email,
    Alert,
    Webhook,
    Function,
    Score,
    Convert,
    Create,
    Tag,
    Untag,
    Assign,
    Meeting,
    Delete,
}

/// The actions. The tables write an e-mail as `alerte e-mail`, in all spellings of both languages:
/// printing an alert in the other one changes no reading.
pub(crate) const ACTIONS: &Table<ActionWord> = &[
    (ActionWord::Task, &["tâche"], &["task"]),
    (
        ActionWord::Email,
        &["e-mail", "alerte e-mail", "alerte email"],
        &["email", "alert email", "alert e-mail"],
    ),
    (ActionWord::Alert, &["alerte"], &["alert"]),
    (ActionWord::Webhook, &["webhook"], &["webhook"]),
    (ActionWord::Function, &["fonction"], &["function"]),
    (ActionWord::Score, &["score"], &["score"]),
    (ActionWord::Convert, &["convertir"], &["convert"]),
    (ActionWord::Create, &["créer"], &["create"]),
    (ActionWord::Tag, &["étiqueter"], &["tag"]),
    (ActionWord::Untag, &["retirer l'étiquette", "retirer les étiquettes"], &["untag"]),
    (ActionWord::Assign, &["affecter"], &["assign"]),
    (ActionWord::Meeting, &["rendez-vous"], &["meeting"]),
    (ActionWord::Delete, &["supprimer"], &["delete"]),
];

/// `convertir en Contacts`
pub(crate) const INTO: &Words = &Words::new(1, &["en", "to"]);
/// `affecter à Alice`
pub(crate) const TO: &Words = &Words::new(1, &["à", "to"]);
/// `créer Affaires avec …`
pub(crate) const WITH: &Words = &Words::new(1, &["avec", "with"]);

/// Reads one action; an error where the range is none.
pub(crate) fn parse(reader: &mut Reader<'_>, range: Range<usize>) -> Option<Action> {
    let range = reader.trim(range);
    let span = reader.span(range.clone());
    if let Some(sign) = update::sign(reader, &range) {
        colon_in_option(reader, &range)?;
        unquoted_template(reader, &range)?;
        let kind = ActionKind::Update(update::parse(reader, range, sign)?);
        return Some(Action { span, kind });
    }
    let found = keyword::longest(ACTIONS, reader.text(range.clone()), Case::Any);
    let kind = match found {
        Some((ActionWord::Create, _)) if creates_action(reader, &range) => {
            return unknown(reader, range);
        }
        Some((word, length)) => {
            let keyword = range.start..range.start + length;
            let rest = reader.trim(keyword.end..range.end);
            kind(reader, word, &keyword, rest)?
        }
        None => match Shorthand::find(reader, &range) {
            Some(update) => ActionKind::Update(update.read(reader)?),
            None => return unknown(reader, range),
        },
    };
    Some(Action { span, kind })
}

/// `tâche ${Prospect.Nom} : Visiteur URL` is no update of a field `tâche ${Prospect.Nom}`: quotes
/// are missing.
fn unquoted_template(reader: &mut Reader<'_>, line: &Range<usize>) -> Option<()> {
    let Some((sign, _)) = update::sign(reader, line) else { return Some(()) };
    let mut places = scan::outside(reader.whole(), line.start..sign.start);
    if !places.any(|place| place.c == '$' && reader.text(place.end..sign.start).starts_with('{')) {
        return Some(());
    }
    let keyword = keyword::longest(ACTIONS, reader.text(line.clone()), Case::Any);
    let text = reader.trim(line.start + keyword.map_or(0, |(_, length)| length)..line.end);
    let quoted = quote(reader.text(text.clone()));
    let mut wrong = reader.diagnostic(&catalogue::TEMPLATE_AS_FIELD, line.start..sign.start);
    if keyword.is_some() {
        wrong = wrong.fix(Fix::replace(&catalogue::QUOTE, reader.span(text), &quoted));
    }
    reader.report(wrong);
    None
}

/// `tâche "Appeler", priorité : haute` is no update: the text behind the keyword is quoted and
/// something follows it. Nor is `créer Affaires avec Nom : x`.
fn colon_in_option(reader: &mut Reader<'_>, line: &Range<usize>) -> Option<()> {
    let Some((sign, Change::Set)) = update::sign(reader, line) else { return Some(()) };
    let found = keyword::longest(ACTIONS, reader.text(line.clone()), Case::Any);
    let Some((word, length)) = found else { return Some(()) };
    let text = reader.trim(line.start + length..sign.start);
    let with = scan::phrases(reader.whole(), text.clone(), WITH).find(|w| w.start > text.start);
    if let (ActionWord::Create, Some(with)) = (word, with) {
        let fields = reader.trim(with.end..line.end);
        let place = reader.span(text.end..sign.end);
        let wrong = reader.diagnostic(&catalogue::NO_FIELD_VALUE, fields);
        reader.report(wrong.fix(Fix::replace(&catalogue::REPLACE_WITH, place, " =")));
        return None;
    }
    let quoted = reader.text(text.clone()).starts_with(['"', '«']);
    let mut after = scan::outside(reader.whole(), text);
    if !quoted || !after.any(|place| place.c == ',') {
        return Some(());
    }
    let before = reader.trim(line.start..sign.start);
    let place = reader.span(before.end..sign.end);
    let wrong = reader.diagnostic(&catalogue::COLON_IN_OPTION, sign);
    let mut fix = Fix::replace(&catalogue::REMOVE, place, "");
    fix.args.insert("old", ":".to_owned());
    reader.report(wrong.fix(fix));
    None
}

/// Whether a line reads as an action, sound or not.
pub(crate) fn is_action(reader: &Reader<'_>, line: &Range<usize>) -> bool {
    update::is_update(reader, line)
        || keyword::longest(ACTIONS, reader.text(line.clone()), Case::Any).is_some()
        || Shorthand::find(reader, line).is_some()
}

fn kind(
    reader: &mut Reader<'_>,
    word: ActionWord,
    keyword: &Range<usize>,
    rest: Range<usize>,
) -> Option<ActionKind> {
    let optional = matches!(word, ActionWord::Convert | ActionWord::Delete);
    if rest.is_empty() && !optional {
        return reader.fail(&catalogue::INCOMPLETE_ACTION, keyword.clone());
    }
    Some(match word {
        ActionWord::Task => ActionKind::Task(parts::task(reader, keyword, rest)?),
        ActionWord::Email => ActionKind::Email(parts::message(reader, keyword, rest)?),
        ActionWord::Alert => ActionKind::Alert(parts::message(reader, keyword, rest)?),
        ActionWord::Meeting => ActionKind::Meeting(parts::meeting(reader, keyword, rest)?),
        ActionWord::Webhook => ActionKind::Webhook(reader.name(rest)?),
        ActionWord::Score => ActionKind::Score(reader.name(rest)?),
        ActionWord::Function => ActionKind::Function(call(reader, rest)?),
        ActionWord::Convert => ActionKind::Convert(convert(reader, keyword, rest)?),
        ActionWord::Create => ActionKind::Create(create(reader, rest)?),
        ActionWord::Tag => ActionKind::Tag(reader.names(rest)?),
        ActionWord::Untag => ActionKind::Untag(reader.names(rest)?),
        ActionWord::Assign => {
            let to = behind(reader, TO, keyword, rest)?;
            ActionKind::Assign(Assignment { to: actor(reader, to)? })
        }
        ActionWord::Delete if !rest.is_empty() => {
            return reader.fail(&catalogue::NOTHING_FOLLOWS, rest);
        }
        ActionWord::Delete => ActionKind::Delete,
    })
}

/// What stands behind a word that must be there; it is not empty.
fn behind(
    reader: &mut Reader<'_>,
    words: &'static [&'static str],
    keyword: &Range<usize>,
    rest: Range<usize>,
) -> Option<Range<usize>> {
    match reader.after(words, &rest, Case::Any) {
        Some(found) if found.is_empty() => {
            reader.fail(&catalogue::INCOMPLETE_ACTION, keyword.start..rest.end)
        }
        Some(found) => Some(found),
        None => {
            let (fr, en) = (words.first()?, words.get(1)?);
            let french =
                keyword::any(&["affecter", "convertir"], reader.text(keyword.clone()), Case::Any);
            let word = if french.is_some() { fr } else { en };
            let at = reader.span(rest.start..rest.start);
            let fix = Fix::replace(&catalogue::INSERT, at, &format!("{word} "));
            let missing = reader.diagnostic(&catalogue::MISSING_WORD, keyword.clone());
            reader.report(missing.arg("word_fr", fr).arg("word_en", en).fix(fix));
            None
        }
    }
}

/// `convertir`, `convertir en Contacts, Comptes`
fn convert(
    reader: &mut Reader<'_>,
    keyword: &Range<usize>,
    rest: Range<usize>,
) -> Option<Vec<Name>> {
    if rest.is_empty() {
        return Some(Vec::new());
    }
    let modules = behind(reader, INTO, keyword, rest)?;
    reader.names(modules)
}

/// `Calcul(Montant, 2)`, `Calcul`
fn call(reader: &mut Reader<'_>, range: Range<usize>) -> Option<Call> {
    let open = scan::outside(reader.whole(), range.clone()).find(|place| place.c == '(');
    let Some(open) = open else {
        return Some(Call { name: reader.name(range)?, arguments: Vec::new() });
    };
    let name = reader.trim(range.start..open.at);
    if name.is_empty() || scan::bracket_end(reader.whole(), open.at..range.end) != Some(range.end) {
        return reader.fail(&catalogue::BAD_CALL, range);
    }
    let inside = reader.trim(open.end..range.end - 1);
    let name = reader.name(name);
    let arguments = if inside.is_empty() { Some(Vec::new()) } else { reader.items(inside) };
    Some(Call { name: name?, arguments: arguments? })
}

/// `Affaires avec Nom = "${Société}", Montant = 1000`
fn create(reader: &mut Reader<'_>, range: Range<usize>) -> Option<Create> {
    let with = scan::phrases(reader.whole(), range.clone(), WITH).find(|w| w.start > range.start);
    let Some(with) = with else {
        return Some(Create { module: reader.name(range)?, fields: Vec::new() });
    };
    let fields = reader.trim(with.end..range.end);
    let items = scan::items(reader.whole(), fields);
    if items.is_empty() {
        return reader.fail(&catalogue::MISSING_PART, with);
    }
    let module = reader.name(reader.trim(range.start..with.start));
    let fields: Vec<_> = items.into_iter().map(|item| field(reader, item)).collect();
    Some(Create { module: module?, fields: fields.into_iter().collect::<Option<_>>()? })
}

/// `Nom = "${Société}"`
fn field(reader: &mut Reader<'_>, range: Range<usize>) -> Option<(Name, Item)> {
    let Some(sign) = equals(reader, &range) else {
        return reader.fail(&catalogue::NO_FIELD_VALUE, range);
    };
    let (name, value) = (reader.trim(range.start..sign), reader.trim(sign + 1..range.end));
    if name.is_empty() || value.is_empty() {
        return reader.fail(&catalogue::NO_FIELD_VALUE, range);
    }
    let name = reader.name(name);
    let value = super::options::item(reader, value);
    Some((name?, value?))
}

/// The first `=` that stands alone.
fn equals(reader: &Reader<'_>, range: &Range<usize>) -> Option<usize> {
    let whole = reader.whole();
    let space = |c: Option<char>| c.is_none_or(char::is_whitespace);
    scan::outside(whole, range.clone())
        .find(|place| {
            place.c == '='
                && place.depth == 0
                && space(reader.text(range.start..place.at).chars().next_back())
                && space(reader.text(place.end..range.end).chars().next())
        })
        .map(|place| place.at)
}

/// Says that a line is no action, and what may have been meant.
fn unknown<T>(reader: &mut Reader<'_>, line: Range<usize>) -> Option<T> {
    let first = reader.first_word(&line);
    let words = keyword::spellings(ACTIONS).chain(keyword::spellings(super::CLAUSES));
    let sentence = reworded(reader, &line);
    let meant = did_you_mean(reader.text(first.clone()), words).filter(|_| sentence.is_none());
    if meant.is_some() {
        let wrong = reader.diagnostic(&catalogue::NO_ACTION, first).suggest(meant);
        reader.report(wrong);
        return None;
    }
    let fix = sentence.or_else(|| mended(reader, &line));
    let mut wrong = reader.diagnostic(&catalogue::NO_ACTION, line);
    wrong.fixes.extend(fix);
    reader.report(wrong);
    None
}

/// What people write before an action.
const VERBS: &[&str] = &[
    "envoyer un",
    "envoyer",
    "send an",
    "send",
    "créer une",
    "créer un",
    "créer",
    "create a",
    "create",
    "ajouter une",
    "ajouter un",
    "ajouter",
    "add a",
    "add",
];

/// `créer une tâche "Rappeler"`: what is created is an action of its own.
fn creates_action(reader: &Reader<'_>, line: &Range<usize>) -> bool {
    let Some(rest) = reader.after(VERBS, line, Case::Any) else { return false };
    let rest = reader.text(rest);
    let found = keyword::longest(ACTIONS, rest, Case::Any);
    found.is_some_and(|(_, length)| rest[length..].trim_start().starts_with(['"', '«']))
}

/// What people write in a sentence: `envoyer e-mail …`, `set Status to Hot`, `wait 3 days`.
fn reworded(reader: &Reader<'_>, line: &Range<usize>) -> Option<Fix> {
    const SET: &[&str] = &["mettre", "set", "changer", "change", "passer"];
    const WAIT: &[&str] = &["attendre", "wait", "wait for"];
    let text = |range: &Range<usize>| reader.text(range.clone()).to_owned();
    let new = if let Some(rest) = reader.after(VERBS, line, Case::Any) {
        keyword::longest(ACTIONS, reader.text(rest.clone()), Case::Any)?;
        text(&rest)
    } else if let Some(rest) = reader.after(WAIT, line, Case::Any) {
        super::lapse::lapse(reader, &rest)?;
        let lapse = text(&rest);
        let english = reader.text(line.clone()).to_lowercase().starts_with('w');
        if english { format!("then after {lapse}") } else { format!("puis {lapse} après") }
    } else {
        let rest = reader.after(SET, line, Case::Any)?;
        let to = scan::phrases(reader.whole(), rest.clone(), &["à", "to", "en", "sur"]).last()?;
        let field = reader.trim(rest.start..to.start);
        let value = reader.trim(to.end..rest.end);
        if field.is_empty() || value.is_empty() {
            return None;
        }
        format!("{} : {}", text(&field), text(&value))
    };
    Some(Fix::replace(&catalogue::REPLACE_WITH, reader.span(line.clone()), &new))
}

/// `Statut = off` and `Statut:off` are meant for field updates.
fn mended(reader: &Reader<'_>, line: &Range<usize>) -> Option<Fix> {
    if let Some(sign) = equals(reader, line) {
        let place = reader.span(sign..sign + 1);
        return Some(Fix::replace(&catalogue::REPLACE_WITH, place, ":"));
    }
    if let Some(grown) = update::grown(reader, line) {
        return Some(grown);
    }
    let colon = scan::outside(reader.whole(), line.clone())
        .find(|place| place.c == ':' && place.depth == 0 && place.at > line.start)?;
    let after = reader.span(colon.at..colon.end);
    Some(Fix::replace(&catalogue::REPLACE_WITH, after, " : "))
}
