//! What is said of the words of declarations.

use std::sync::Arc;

use jalon::lang::Lang;

use super::words::describe;
use crate::text::Text;

const FRENCH: &str = "\
module Prospects
  Nom : texte, obligatoire
  Score : nombre
score Scorex sur Prospects
  +25 si Nom EST quand
  étoiles 1 dès 10
règle \"quand alors\" sur Prospects
  quand créé ou modifié
  si Nom EST a
    OU Nom EST si
  alors
    tâche \"Appeler\", échéance dans 1 jour, pour rôle \"Vendeur\"
    note : créé  # alors
  puis 3 jours après
    Score : 3
parcours \"P\" sur Prospects, champ Nom
  états A, B
  transition commune \"Perdre\" vers B
    avant
      propriétaires propriétaire de la fiche
enchaînement profondeur 3
test \"t\" sur Prospects
  avec
    Nom : a
  attendu règle \"quand alors\" ne se déclenche pas
";

/// What is said at the first letter of a needle.
fn said(text: &str, needle: &str, lang: Lang) -> Option<(String, String)> {
    let text = Arc::new(Text::new(text));
    let offset = text.as_str().find(needle).unwrap();
    let (said, range) = describe(&text, offset, lang)?;
    Some((said, text.as_str()[range].to_owned()))
}

#[test]
fn words_are_said_where_they_stand() {
    for (needle, word, means) in [
        ("module", "module", "les champs d'un type de fiche"),
        ("texte,", "texte", ""),
        ("obligatoire", "obligatoire", ""),
        ("score", "score", "des points"),
        ("si Nom EST quand", "si", "à quelle condition"),
        ("étoiles", "étoiles", "combien d'étoiles"),
        ("règle", "règle", "ce qui est fait quand"),
        ("quand créé", "quand", "à quoi la règle réagit"),
        ("créé ou", "créé ou modifié", "l'un ou l'autre"),
        ("alors\n    tâche", "alors", "ce qui est fait alors"),
        ("tâche", "tâche", "une tâche pour quelqu'un"),
        ("échéance", "échéance", "pour quand"),
        ("rôle", "rôle", "tous ceux qui ont un rôle"),
        ("puis", "puis", "ce qui est fait plus tard"),
        ("parcours", "parcours", "d'étape en étape"),
        ("transition", "transition commune", "tous les états"),
        ("propriétaires", "propriétaires", ""),
        ("propriétaire de", "propriétaire de la fiche", "à qui est la fiche"),
        ("profondeur", "profondeur", "tant de vagues"),
        ("attendu", "attendu", "ce qui doit en être"),
        ("ne se déclenche", "ne se déclenche pas", "elle n'agit pas"),
    ] {
        let (said, found) = said(FRENCH, needle, Lang::Fr).unwrap_or_else(|| panic!("{needle}"));
        assert_eq!(found, word, "{needle}");
        assert!(
            said.starts_with(&format!("**{word}**")) && said.contains(means),
            "{needle}: {said}"
        );
    }
}

#[test]
fn names_values_and_comments_are_not_words() {
    for needle in
        ["quand\n  étoiles", "quand alors", "note :", "créé  #", "alors\n  puis", "OU Nom", "A, B"]
    {
        assert_eq!(said(FRENCH, needle, Lang::Fr), None, "{needle}");
    }
}

#[test]
fn a_word_is_said_in_the_language_of_its_file() {
    let english = "rule \"R\" on Leads\n  when created\n  then\n    task \"x\", due in 1 day\n";
    let (rule, _) = said(english, "rule", Lang::En).unwrap();
    assert_eq!(rule, "**rule** (`règle`)\n\nwhat is done when something happens to a record");
    let (due, word) = said(english, "due", Lang::En).unwrap();
    assert!(due.contains("by when") && word == "due", "{due}");
}

#[test]
fn no_place_of_a_text_is_too_odd() {
    for at in 0..FRENCH.len() {
        if FRENCH.is_char_boundary(at) {
            let cut = Text::new(&FRENCH[..at]);
            describe(&cut, at, Lang::Fr);
            describe(&Text::new(FRENCH), at, Lang::En);
        }
    }
}
