//! Tests of declarations: modules, constants, rules.

use super::{Checked, SCHEMA, checked};
use crate::check::check;
use crate::checked::CheckedProgram;
use crate::diagnostic::render;
use crate::lang::Lang;
use crate::schema::FieldType;
use crate::source::Sources;
use crate::syntax::{Limits, parse};

#[test]
fn names_are_declared_once() {
    let twice = |text: &str, code: &str, underlined: &str| {
        let checked = checked(text);
        assert_eq!(checked.findings(), [(code, underlined)]);
        assert_eq!(checked.diagnostics.iter().map(|d| d.labels.len()).sum::<usize>(), 1);
    };
    twice("module M\n  A : texte\nmodule m\n  B : texte\n", "E0204", "m");
    twice("module M (N)\n  A : texte\nmodule O (n)\n  B : texte\n", "E0204", "n");
    twice("module M\n  A : texte\n  B (a) : texte\n", "E0205", "a");
    twice("module M\n  E : événements (A : texte, A : nombre)\n", "E0205", "A");
    twice("constante C : 1\nconstante c : 2\n", "E0206", "c");
    let score = "score S sur M\n  +1\n";
    twice(&format!("module M\n  A : texte\n{score}{}", score.replace('S', "s")), "E0207", "s");
    let rule = "règle \"R\" sur M\n  si A EST 1\n";
    twice(&format!("module M\n  A : texte\n{rule}{rule}"), "E0208", "\"R\"");
}

#[test]
fn rules_of_two_modules_may_share_a_name() {
    let text = format!(
        "{SCHEMA}règle R sur Prospects\n  si Nom EST a\nrègle R sur Comptes\n  si Nom EST a\n"
    );
    assert_eq!(checked(&text).findings(), []);
}

#[test]
fn modules_must_be_declared_where_others_are() {
    let found = checked(&format!("{SCHEMA}règle R sur Prospect\n  si Nom EST a\n"));
    assert_eq!(found.findings(), [("E0201", "Prospect")]);
    assert!(found.fixed(0).contains("sur Prospects\n"));
}

#[test]
fn a_module_with_a_syntax_error_is_not_unknown() {
    let text = "module A\n  N : texte\nmodule B (Bs)\n  N : txt\nrègle R sur Bs\n  si N EST a\n";
    let mut sources = super::Sources::default();
    let id = sources.add("test.jalon", text);
    let (document, syntax) = super::parse(id, text, &super::Limits::default());
    assert_eq!(syntax.len(), 1);
    assert!(super::check(&[document], &sources).1.is_empty());
}

#[test]
fn the_module_is_said_where_there_are_several() {
    let found = checked(&format!("{SCHEMA}score S\n  +1 si Nom EST a\n"));
    assert_eq!(found.findings(), [("E0202", "S")]);
    assert_eq!(checked("module M\n  A : texte\nscore S\n  +1 si A EST a\n").findings(), []);
}

#[test]
fn values_are_listed_once() {
    let found = checked("module M\n  A : liste x, y, X\n");
    assert_eq!(found.findings(), [("W0201", "X")]);
    assert_eq!(found.fixed(0), "module M\n  A : liste x, y\n");
    let FieldType::Picklist(values) = &found.program.schema.modules[0].fields[0].ty else {
        panic!()
    };
    assert_eq!(values, &["x", "y"]);
}

#[test]
fn properties_that_the_type_ignores() {
    let found = checked("module M\n  A : nombre, sans accents\n");
    assert_eq!(found.findings(), [("W0205", "sans accents")]);
}

#[test]
fn defaults_are_read_as_the_type() {
    let found = checked("module M\n  A : nombre, par défaut beaucoup\n");
    assert_eq!(found.findings(), [("E0253", "beaucoup")]);
    assert_eq!(checked("module M\n  A : liste x, y, par défaut y\n").findings(), []);
}

#[test]
fn references_may_lead_to_what_is_not_declared() {
    let text = "module M\n  C : référence Comptes\nrègle R sur M\n  si C.Type EST client\n";
    let checked = checked(text);
    assert_eq!(checked.findings(), []);
    assert_eq!(checked.notes(), [("N0203", "Comptes")]);
}

#[test]
fn triggers_name_fields() {
    let text = format!("{SCHEMA}règle R sur Prospects\n  quand Nom, Vile modifiés\n");
    let found = checked(&text);
    assert_eq!(found.findings(), [("E0203", "Vile")]);
}

#[test]
fn what_is_kept_as_written_is_noted() {
    let text = format!("{SCHEMA}doublons sur Prospects\n  même Nom\n");
    let notes = checked(&text);
    let notes = notes.notes();
    assert_eq!(notes, [("N0204", "doublons sur Prospects")]);
}

#[test]
fn slots_number_the_fields_of_each_module() {
    let program = checked(SCHEMA).program;
    let mut shapes = Vec::new();
    for module in &program.schema.modules {
        for (slot, field) in module.fields.iter().enumerate() {
            assert_eq!(field.key.slot as usize, slot);
            assert_eq!(field.key.shape, module.fields[0].key.shape);
        }
        shapes.push(module.fields[0].key.shape);
    }
    shapes.dedup();
    assert_eq!(shapes.len(), 3);
    assert_eq!(program.names.module("LEADS").map(|m| m.0), Some(0));
}

/// What beginners write: the code, the text at fault, and the lines with the first way out.
#[test]
fn slips_of_beginners_have_a_way_out() {
    const MODULE: &str = "module P\n  Nom : texte\n  Montant : nombre\n  Rappel : date\n";
    let rule = |lines: &str| format!("{MODULE}règle R sur P\n  quand créé\n  alors\n    {lines}\n");
    let cases = [
        (rule("envoyer e-mail \"x\" à Nom"), "E0310", "    e-mail \"x\" à Nom\n"),
        (rule("send email \"x\" to Nom"), "E0310", "    email \"x\" to Nom\n"),
        (rule("créer une tâche \"x\""), "E0310", "    tâche \"x\"\n"),
        (rule("set Montant to 5"), "E0310", "    Montant : 5\n"),
        (rule("mettre Montant à 5"), "E0310", "    Montant : 5\n"),
        (rule("wait 3 days"), "E0310", "    then after 3 days\n"),
        (rule("tâche \"x\", priorité : haute"), "E0332", "    tâche \"x\", priorité haute\n"),
        (rule("Rappel : dans 3 jours"), "E0215", "    Rappel : aujourd'hui plus 3 jours\n"),
        (rule("Rappel : in 3 days"), "E0215", "    Rappel : today plus 3 days\n"),
        (rule("tâche \"x\", échéance 3 jours"), "E0216", "échéance aujourd'hui plus 3 jours\n"),
        (rule("Rappel : Rappel + 3 jours"), "E0289", "    Rappel : Rappel plus 3 jours\n"),
        (
            format!("{MODULE}règle R sur P\n  si Montant > 5\n  alors\n    Nom : x\n"),
            "W0406",
            "règle R sur P\n  quand créé ou modifié\n",
        ),
        (
            rule("Nom : y").replace("alors", "si Nom EST a et Rappel EST VIDE\n  alors"),
            "W0208",
            "si Nom EST a ET Rappel EST VIDE",
        ),
    ];
    for (text, code, mended) in cases {
        let mut sources = Sources::default();
        let id = sources.add("test.jalon", &text);
        let (document, mut found) = parse(id, &text, &Limits::default());
        if found.is_empty() {
            found = check(&[document], &sources).1;
        }
        let shown = render(&found, &sources, Lang::Fr, false);
        let codes: Vec<_> = found.iter().map(|d| d.code.id).collect();
        assert_eq!(codes, [code], "{shown}");
        let program = CheckedProgram::default();
        let fixed = Checked { sources, program, diagnostics: found }.fixed(0);
        assert!(fixed.contains(mended), "{fixed}");
    }
}

#[test]
fn an_unknown_module_names_those_that_are_known() {
    let text = "module M\n  A : texte\nmodule Autres\n  A : texte\nrègle R sur X\n  si A EST 1\n";
    let shown = checked(text).rendered(Lang::Fr);
    assert!(shown.contains("modules déclarés : `M`, `Autres`"), "{shown}");
}
