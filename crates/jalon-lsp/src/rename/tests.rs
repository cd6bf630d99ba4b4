//! Renaming, by what comes out.

use std::sync::Arc;

use jalon::source::SourceId;

use super::rename;
use crate::analysis::{Analysis, SourceFile};
use crate::text::{Encoding, Text};

const TEXT: &str = "\
module Comptes
  Type de compte (Account_Type) : liste Client, Prospect
module Prospects (Leads)
  Nom : texte
  Compte : référence Comptes
  Pays (Country) : texte
constante Junk : Casino, Voyance
score Base sur Leads
  +1 si Nom EST Junk
score Total sur Prospects
  +score Base si Country EST France OU Prospects.Pays EST Nice
règle R sur Prospects
  quand Pays modifié
  si Compte.Type de compte EST Client ET Nom EST Prospects.Pays
  alors
    Pays : Monaco
    tâche \"Voir ${Prospects.Pays} et ${Nom}\"
test T sur Prospects
  avec
    Pays : France
  attendu règle R ne se déclenche pas
  attendu score Base = 0
";

/// What a text becomes when the name at a needle is changed.
#[expect(clippy::mutable_key_type, reason = "the protocol's own type; its hash never changes")]
fn renamed(needle: &str, back: usize, new: &str) -> Result<String, String> {
    let text = Arc::new(Text::new(TEXT));
    let uri: lsp_types::Uri = "file:///a.jalon".parse().unwrap();
    let file = SourceFile { uri: uri.clone(), name: "a".into(), text: text.clone() };
    let analysis = Analysis::new(vec![file], None, Encoding::Utf16);
    let at = TEXT.find(needle).unwrap() + back;
    let edit = rename(&analysis, SourceId(0), at as u32, new)?;
    let changes = edit.changes.unwrap();
    let mut edits = changes.get(&uri).unwrap().clone();
    edits
        .sort_by_key(|edit| std::cmp::Reverse((edit.range.start.line, edit.range.start.character)));
    let mut result = TEXT.to_owned();
    for edit in edits {
        result.replace_range(text.bytes(edit.range, Encoding::Utf16), &edit.new_text);
    }
    Ok(result)
}

/// The lines that differ, as they become.
fn changed(needle: &str, back: usize, new: &str) -> Vec<String> {
    let result = renamed(needle, back, new).unwrap();
    let lines = result.lines().zip(TEXT.lines()).filter(|(new, old)| new != old);
    lines.map(|(new, _)| new.trim().to_owned()).collect()
}

#[test]
fn a_field_is_renamed_where_its_label_stands() {
    assert_eq!(
        changed("Pays (Country)", 0, "Contrée"),
        [
            "Contrée (Country) : texte",
            "+score Base si Country EST France OU Prospects.Contrée EST Nice",
            "quand Contrée modifié",
            "si Compte.Type de compte EST Client ET Nom EST Prospects.Contrée",
            "Contrée : Monaco",
            "tâche \"Voir ${Prospects.Contrée} et ${Nom}\"",
            "Contrée : France",
        ]
    );
}

#[test]
fn a_field_behind_a_reference_and_the_reference_itself() {
    let line = "si Compte.Genre EST Client ET Nom EST Prospects.Pays";
    assert_eq!(
        changed("Type de compte EST", 2, "Genre"),
        ["Genre (Account_Type) : liste Client, Prospect", line]
    );
    let line = "si Société.Type de compte EST Client ET Nom EST Prospects.Pays";
    assert_eq!(changed("Compte.Type", 2, "Société"), ["Société : référence Comptes", line]);
}

#[test]
fn modules_scores_constants_and_rules() {
    assert_eq!(
        changed("Prospects (Leads)", 2, "Pistes"),
        [
            "module Pistes (Leads)",
            "score Total sur Pistes",
            "+score Base si Country EST France OU Pistes.Pays EST Nice",
            "règle R sur Pistes",
            "si Compte.Type de compte EST Client ET Nom EST Pistes.Pays",
            "tâche \"Voir ${Pistes.Pays} et ${Nom}\"",
            "test T sur Pistes",
        ]
    );
    assert_eq!(
        changed("Base sur", 1, "Socle"),
        [
            "score Socle sur Leads",
            "+score Socle si Country EST France OU Prospects.Pays EST Nice",
            "attendu score Socle = 0",
        ]
    );
    assert_eq!(
        changed("Junk :", 1, "À jeter"),
        ["constante À jeter : Casino, Voyance", "+1 si Nom EST À jeter"]
    );
    assert_eq!(
        changed("R sur", 0, "CM1 : Pays"),
        ["règle \"CM1 : Pays\" sur Prospects", "attendu règle \"CM1 : Pays\" ne se déclenche pas"]
    );
}

#[test]
fn what_cannot_be_renamed_says_why() {
    let refused = |needle: &str, back: usize, new: &str| renamed(needle, back, new).unwrap_err();
    assert!(refused("Country EST", 1, "X").contains("nom d'API"));
    assert!(refused("Client ET", 1, "X").contains("données"));
    assert!(refused("Pays (Country)", 0, "Nom").contains("`Nom` existe déjà"));
    assert!(refused("Pays (Country)", 0, "a.b").contains("point"));
    assert!(refused("Base sur", 0, "total").contains("`Total` existe déjà"));
    assert!(refused("quand", 0, "X").contains("rien ici"));
    assert!(refused("Type de compte EST", 1, "Type (HT)").contains("partie de chemin"));
}
