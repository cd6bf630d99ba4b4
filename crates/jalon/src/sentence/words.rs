//! The small words: lists, elisions, lengths of time, names and values that need quotes.

use crate::lang::{Lang, quoted};
use crate::lexicon::{Unit, key, relative_word, tick};
use crate::recurrence::series;

/// Words of sentences: a name or a value that holds one stands in quotes.
const OF_SENTENCES: &[&str] = &[
    "a la fois",
    "and",
    "any",
    "aucun",
    "au moins",
    "au plus",
    "between",
    "both",
    "change",
    "changes",
    "contains",
    "contient",
    "depasse",
    "devient",
    "becomes",
    "either",
    "empty",
    "ends",
    "entre",
    "est",
    "et",
    "field",
    "finit",
    "commence",
    "is",
    "it",
    "le score",
    "n'est",
    "ne",
    "neither",
    "ni",
    "nor",
    "not",
    "of",
    "or",
    "ou",
    "passe",
    "remonte",
    "score",
    "selected",
    "selectionne",
    "soit",
    "starts",
    "the",
    "tombe",
    "falls",
    "toujours",
    "jamais",
    "always",
    "never",
    "valeur",
    "value",
    "vaut",
    "vide",
    "where",
    "de la fiche",
    "divided",
    "divise",
    "fois",
    "times",
    "plus",
    "moins",
    "minus",
    "now",
    "maintenant",
    "pas",
];

/// The words before names and values that are part of them.
fn is_plain(text: &str) -> bool {
    let sign = |c: char| " -'’._/&%€★@°:+!?#*~^=|$<>".contains(c);
    let marks = text.chars().all(|c| c.is_alphanumeric() || sign(c));
    let spaced = text.trim() != text || text.contains("  ");
    let words = format!(" {} ", key(text));
    marks
        && !text.is_empty()
        && !spaced
        && !OF_SENTENCES.iter().any(|word| words.contains(&format!(" {word} ")))
}

/// Words after which more is awaited: `Créé le` is no end.
const OPEN_ENDS: &[&str] = &[
    "a", "at", "au", "aux", "avec", "by", "chez", "dans", "de", "des", "du", "en", "for", "from",
    "in", "la", "le", "les", "on", "par", "pour", "sur", "to", "un", "une", "with",
];

/// A declared name, in quotes where it could be taken for words of the sentence.
pub(super) fn name(text: &str, lang: Lang) -> String {
    let last = text.rsplit(' ').next().unwrap_or_default();
    if is_plain(text) && !OPEN_ENDS.contains(&&*key(last)) {
        text.to_owned()
    } else {
        nested(text, lang)
    }
}

/// A value that is a text, in quotes where it could be taken for something else.
pub(super) fn literal(text: &str, lang: Lang) -> String {
    let is_date = text.strip_prefix("le ").is_some_and(|rest| rest.starts_with(char::is_numeric));
    let is_word = relative_word(text).is_some() || tick(text).is_some();
    if is_plain(text) && !is_date && !is_word { text.to_owned() } else { nested(text, lang) }
}

/// A value whose type only the record tells: a tick or a date word may be meant.
pub(super) fn untyped(text: &str, lang: Lang) -> String {
    let is_word = relative_word(text).is_some() || tick(text).is_some();
    if is_plain(text) || is_word { text.to_owned() } else { nested(text, lang) }
}

/// A text in quotes, its own quotes marked.
pub(super) fn nested(text: &str, lang: Lang) -> String {
    let close = lang.pick('»', '”');
    quoted(&text.replace('\\', "\\\\").replace(close, &format!("\\{close}")), lang)
}

/// `a`, `a ou b`, `a, b ou c`
pub(super) fn or(items: &[String], lang: Lang) -> String {
    series(items.iter(), lang.pick(" ou ", " or "))
}

/// `a`, `a et b`, `a, b et c`
pub(super) fn and(items: &[String], lang: Lang) -> String {
    series(items.iter(), lang.pick(" et ", " and "))
}

/// `ni a ni b`, `neither a nor b`
pub(super) fn nor(items: &[String], lang: Lang) -> String {
    match lang {
        Lang::Fr => items.iter().map(|item| format!("ni {item}")).collect::<Vec<_>>().join(" "),
        Lang::En => format!("neither {}", series(items.iter(), " nor ")),
    }
}

/// `de Pays`, `d'Adresse`, `du score`
pub(super) fn de(text: &str) -> String {
    if let Some(rest) = text.strip_prefix("le ") {
        return format!("du {rest}");
    }
    if let Some(rest) = text.strip_prefix("les ") {
        return format!("des {rest}");
    }
    if elides(text) { format!("d'{text}") } else { format!("de {text}") }
}

/// `à Pays`, `au score`
pub(super) fn to(text: &str) -> String {
    if let Some(rest) = text.strip_prefix("le ") {
        return format!("au {rest}");
    }
    if let Some(rest) = text.strip_prefix("les ") {
        return format!("aux {rest}");
    }
    format!("à {text}")
}

fn elides(text: &str) -> bool {
    let first =
        key(text.get(..text.chars().next().map_or(0, char::len_utf8)).unwrap_or("")).into_owned();
    matches!(first.as_str(), "a" | "e" | "i" | "o" | "u" | "y" | "œ" | "æ")
        && !(first == "y" && text.chars().nth(1).is_none_or(|second| "aeiou".contains(second)))
}

/// Whether a unit is feminine in French.
pub(super) fn is_feminine(unit: Unit) -> bool {
    matches!(unit, Unit::Minute | Unit::Hour | Unit::BusinessHour | Unit::Week | Unit::Year)
}

/// `3 jours ouvrés`, `2 ans`, `1 year`
pub(super) fn lapse((count, of): (u32, Unit), lang: Lang) -> String {
    let word = match (of, lang, count) {
        (Unit::Year, Lang::Fr, 1) => "an",
        (Unit::Year, Lang::Fr, _) => "ans",
        _ => of.after(count, lang),
    };
    format!("{count} {word}")
}

/// `les 90 derniers jours`, `le dernier mois`, `the last 90 days`
pub(super) fn last((count, of): (u32, Unit), lang: Lang) -> String {
    let word = of.after(count, lang);
    match (lang, count, is_feminine(of)) {
        (Lang::Fr, 1, true) => format!("la dernière {word}"),
        (Lang::Fr, 1, false) => format!("le dernier {word}"),
        (Lang::Fr, _, true) => format!("les {count} dernières {word}"),
        (Lang::Fr, _, false) => format!("les {count} derniers {word}"),
        (Lang::En, 1, _) => format!("the last {word}"),
        (Lang::En, ..) => format!("the last {count} {word}"),
    }
}

/// `les 90 prochains jours`, `le prochain mois`, `the next 90 days`
pub(super) fn next((count, of): (u32, Unit), lang: Lang) -> String {
    let word = of.after(count, lang);
    match (lang, count, is_feminine(of)) {
        (Lang::Fr, 1, true) => format!("la prochaine {word}"),
        (Lang::Fr, 1, false) => format!("le prochain {word}"),
        (Lang::Fr, _, true) => format!("les {count} prochaines {word}"),
        (Lang::Fr, _, false) => format!("les {count} prochains {word}"),
        (Lang::En, 1, _) => format!("the next {word}"),
        (Lang::En, ..) => format!("the next {count} {word}"),
    }
}
