//! The content of rules and blueprints: what changes a hash, and what does not.

use super::{Checked, checked};
use crate::checked::content::{Content, Names};
use crate::lang::Lang;
use crate::source::SourceId;
use crate::syntax::{Limits, parse, print};

const DEALS: &str = include_str!("deals.jalon");

/// A blueprint that says something of everything.
const ALL: &str = "\
module Affaires
  Étape : liste A, B, C, D, Gagné
  Montant : devise
  Remise : nombre
  Note : texte
  Relu : case
  Chef : utilisateur
  Date : date
score Intérêt sur Affaires
  +10 si Montant > 100
score Chaleur sur Affaires
  +5 si Note EST \"chaud\"
  + score Intérêt
calendrier Siège
  lundi à vendredi 09:00-19:00
  fériés France
webhook SMS
  POST https://exemple.fr/sms
parcours P sur Affaires, champ Étape
  entrée si Montant > 3 ET Relu EST ✓
  états A, B, C, D
  gagné Gagné
  état A, probabilité 10 %, libellé en \"First\"
  délai A, 3 jours ouvrés, rappel 1 jour avant champ Chef, escalade rôle \"Direction\"
  transition \"Un\" de A vers B
    avant
      propriétaires groupe \"Juristes\", champ Chef
      si Date AVANT aujourd'hui plus 3 jours
    pendant
      message \"Relisez ${Note}\"
      obligatoire Montant
      facultatif Note
      valider Montant >= 1000, message \"trop peu\"
      note obligatoire
      cocher \"Signé\", \"Payé\"
    après
      Remise : 3
      Note : \"fait\"
      tâche \"Relire\", échéance dans 2 jours ouvrés, pour champ Chef
      e-mail \"Relu\" à champ Chef
      webhook SMS
  transition \"Deux\" de B vers C
    après
      score Chaleur
  transition automatique \"Trois\" de C vers D après 2 jours ouvrés
  transition parallèle \"Signer\" de D vers Gagné
    enfant \"Juridique\"
      avant
        propriétaires groupe \"Juristes\"
    enfant \"Finance\"
      après
        tâche \"Facturer\"
";

#[track_caller]
fn sound(text: &str) -> Checked {
    let checked = checked(text);
    assert!(
        !checked.findings().iter().any(|(code, _)| code.starts_with('E')),
        "{}\n{text}",
        checked.rendered(Lang::En)
    );
    checked
}

#[track_caller]
fn contents(text: &str) -> Vec<Content> {
    let program = sound(text).program;
    let rules = program.rules.iter().map(|rule| Names::new(&program).of_rule(rule));
    let blueprints = program.blueprints.iter().map(|one| Names::new(&program).of_blueprint(one));
    rules.chain(blueprints).collect()
}

#[track_caller]
fn content(text: &str) -> Content {
    contents(text).pop().unwrap()
}

fn printed(text: &str, lang: Lang) -> String {
    print(&parse(SourceId(0), text, &Limits::default()).0, lang)
}

#[test]
fn formatting_and_translating_change_nothing() {
    for text in [ALL, DEALS] {
        let own = content(text);
        let french = printed(text, Lang::Fr);
        let english = printed(text, Lang::En);
        assert_eq!(content(&french), own, "{french}");
        assert_eq!(content(&english), own, "{english}");
        assert_eq!(content(&printed(&english, Lang::Fr)), own);
        let wide = text.replace("\n  transition", "\n\n  # une transition\n     transition");
        assert_ne!(wide, text);
        assert_eq!(content(&wide), own);
    }
}

#[test]
fn what_stands_around_changes_nothing() {
    let before = "module Autres\n  Étape : liste X\n  Note : texte\nscore Premier sur Autres\n  +1 si Note \
                  EST x\nwebhook Avant\n  POST https://exemple.fr\n\
                  parcours Q sur Autres, champ Étape\n  états X\n";
    assert_eq!(content(&format!("{before}{ALL}")), content(ALL));
    let field = ALL.replacen("  Étape :", "  Avant : texte\n  Étape :", 1);
    assert_eq!(content(&field), content(ALL));
    let value = ALL.replacen("liste A, B", "liste Z, A, B", 1);
    assert_eq!(content(&value), content(ALL));
}

#[test]
fn everything_that_is_said_counts() {
    let own = content(ALL);
    let changes = [
        ("sur Affaires, champ", "sur Affaires, inactif, champ"),
        ("Montant > 3 ET", "Montant > 4 ET"),
        ("Relu EST ✓", "Relu EST non sélectionné"),
        ("  gagné Gagné", "  perdu Gagné"),
        ("probabilité 10 %", "probabilité 20 %"),
        ("\"First\"", "\"Second\""),
        ("délai A, 3 jours", "délai A, 4 jours"),
        ("rappel 1 jour avant", "rappel 2 jours avant"),
        ("rôle \"Direction\"", "groupe \"Direction\""),
        ("fériés France", "fériés Alsace-Moselle"),
        ("\"Un\" de A vers B", "\"Un\" de A, C vers B"),
        ("\"Un\" de A vers B", "\"Uns\" de A vers B"),
        ("propriétaires groupe \"Juristes\", champ", "propriétaires groupe \"Notaires\", champ"),
        ("plus 3 jours", "plus 4 jours"),
        ("Relisez ${Note}", "Lisez ${Note}"),
        ("obligatoire Montant", "obligatoire Montant, Remise"),
        ("      facultatif Note\n", ""),
        (">= 1000", ">= 1001"),
        ("trop peu", "pas assez"),
        ("note obligatoire", "note facultative"),
        ("\"Signé\", \"Payé\"", "\"Signé\""),
        ("Remise : 3", "Remise : 3,5"),
        ("Note : \"fait\"", "Note : \"faite\""),
        ("dans 2 jours ouvrés, pour", "dans 3 jours ouvrés, pour"),
        ("      webhook SMS\n", ""),
        ("      score Chaleur", "      score Intérêt"),
        ("+5 si Note", "+6 si Note"),
        ("si Montant > 100\n", "si Montant > 200\n"),
        ("après 2 jours ouvrés", "après 2 jours"),
        ("    enfant \"Finance\"", "    enfant \"Compta\""),
        ("tâche \"Facturer\"", "tâche \"Payer\""),
    ];
    let mut seen = vec![own];
    for (old, new) in changes {
        let text = ALL.replacen(old, new, 1);
        assert_ne!(text, ALL, "{old}");
        let other = content(&text);
        assert!(!seen.contains(&other), "{old} → {new}");
        seen.push(other);
    }
}

#[test]
fn a_number_is_its_value() {
    for (old, new) in [("Montant > 3 ET", "Montant > 3,0 ET"), ("Remise : 3", "Remise : 3,00")] {
        assert_eq!(content(&ALL.replacen(old, new, 1)), content(ALL), "{new}");
    }
    let rule = "règle R sur Affaires\n  quand créé\n  si Montant > 3\n  alors\n    Remise : 3\n";
    let text = format!("{ALL}{rule}");
    let other = text.replace("Montant > 3\n", "Montant > 3,0\n").replace("Remise : 3\n  ", "");
    assert_eq!(contents(&other)[0], contents(&text)[0]);
    // A text is its letters.
    let text = ALL.replace("\"fait\"", "\"3\"");
    assert_ne!(content(&text), content(&text.replace("Note : \"3\"", "Note : \"3,0\"")));
}

#[test]
fn a_rule_does_not_change_with_the_order_of_what_it_names() {
    let rule = "règle R sur Affaires\n  quand créé\n  alors\n    webhook SMS\n    score Chaleur\n    \
                affecter à champ Chef\n";
    let webhook = "webhook Avant\n  POST https://exemple.fr\n";
    let score = "score Premier sur Affaires\n  +1 si Note EST x\n";
    let own = contents(&format!("{ALL}{rule}"))[0];
    assert_eq!(contents(&format!("{webhook}{score}{ALL}{rule}"))[0], own);
    let other = rule.replace("score Chaleur", "score Intérêt");
    assert_ne!(contents(&format!("{ALL}{other}"))[0], own);
}
