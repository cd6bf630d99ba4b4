//! What stands for a value in usage lines and options, in French.

use clap::builder::Str;

/// The names of values that are other words in French.
const VALUES: &[(&str, &str)] = &[
    ("COLUMN", "COLONNE"),
    ("DATA", "DONNÉES"),
    ("DB", "BASE"),
    ("EVENTS", "ÉVÉNEMENTS"),
    ("FIELD", "CHAMP"),
    ("FIELD=SQL", "CHAMP=SQL"),
    ("FILE", "FICHIER"),
    ("FILES", "FICHIERS"),
    ("FORM", "FORME"),
    ("LOG", "JOURNAL"),
    ("NAME", "NOM"),
    ("NAMES", "NOMS"),
    ("NEW", "NOUVEAU"),
    ("OLD", "ANCIEN"),
    ("OLD=NEW", "ANCIEN=NOUVEAU"),
    ("OUT", "SORTIE"),
    ("OUT.svg", "SORTIE.svg"),
    ("RECORD", "FICHE"),
    ("STATE.json", "ÉTAT.json"),
    ("TEXT", "TEXTE"),
    ("TEXTS", "TEXTES"),
    ("TIME", "HEURE"),
    ("USERS.json", "UTILISATEURS.json"),
    ("ZONE", "FUSEAU"),
];

/// The name of a value in French.
pub(super) fn name(english: &Str) -> Str {
    known(english).map_or_else(|| english.clone(), Str::from)
}

/// A usage line with the names of its values in French.
pub(super) fn usage(english: &str) -> String {
    let is_word = |c: char| c.is_ascii_uppercase();
    let (mut french, mut rest) = (String::new(), english);
    while let Some(start) = rest.find(is_word) {
        let (before, from) = rest.split_at(start);
        let (word, after) = from.split_at(from.find(|c| !is_word(c)).unwrap_or(from.len()));
        french += before;
        french += known(word).unwrap_or(word);
        rest = after;
    }
    french + rest
}

fn known(english: &str) -> Option<&'static str> {
    VALUES.iter().find(|(known, _)| *known == english).map(|(_, french)| *french)
}
