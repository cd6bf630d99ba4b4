//! What two programs do not say alike.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

#[path = "../workflow/properties/made.rs"]
#[allow(dead_code, reason = "events are made for other tests")]
mod made;

use std::path::{Path, PathBuf};

use jalon::diff::{Change, Diff, How, Part, diff};
use jalon::lang::Lang;
use jalon::program::{Loader, Program};
use jalon::source::SourceId;
use jalon::syntax::{Limits, parse, print};
use proptest::prelude::*;

const OLD: &str = include_str!("old.jalon");
const NEW: &str = include_str!("new.jalon");

fn program(text: &str) -> Program {
    Program::parse(text).unwrap_or_else(|error| panic!("{error}"))
}

fn compared(old: &str, new: &str) -> Diff {
    diff(&program(old), &program(new))
}

#[test]
fn what_changes_reads_well_in_both_languages() {
    let diff = compared(OLD, NEW);
    insta::assert_snapshot!("french", diff.report(Lang::Fr) + &diff.summary(Lang::Fr));
    insta::assert_snapshot!("english", diff.report(Lang::En) + &diff.summary(Lang::En));
}

#[test]
fn backwards_what_was_added_is_removed() {
    let (there, back) = (compared(OLD, NEW), compared(NEW, OLD));
    let count = |diff: &Diff, how: How| diff.changes.iter().filter(|one| one.change == how).count();
    assert_eq!(count(&there, How::Added), count(&back, How::Removed));
    assert_eq!(count(&there, How::Removed), count(&back, How::Added));
    assert_eq!(there.changes.len(), back.changes.len());
}

#[test]
fn it_is_data() {
    let diff = compared(OLD, NEW);
    let json = serde_json::to_string(&diff).unwrap();
    assert_eq!(serde_json::from_str::<Diff>(&json).unwrap(), diff);
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|it| it == "jalon") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The examples, each as its texts.
fn examples() -> Vec<Vec<String>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let text = |path: &PathBuf| std::fs::read_to_string(path).unwrap();
    let folder = |name: &str| files(&root.join(name)).iter().map(text).collect::<Vec<_>>();
    vec![
        folder("tables"),
        folder("approvals"),
        folder("blueprints"),
        folder("support"),
        vec![text(&root.join("bank-marketing/score.jalon"))],
        vec![OLD.to_owned()],
        vec![NEW.to_owned()],
    ]
}

fn load(texts: &[String]) -> Program {
    let with = |loader: Loader, (name, text): (usize, &String)| {
        loader.source(format!("{name}.jalon"), text.clone())
    };
    let loader = texts.iter().enumerate().fold(Loader::default(), with);
    loader.load().unwrap_or_else(|error| panic!("{error}"))
}

/// Comments, spaces and the language of keywords say nothing.
#[test]
fn formatting_comments_and_language_are_no_change() {
    for texts in examples() {
        let program = load(&texts);
        assert_eq!(diff(&program, &program), Diff::default());
        for lang in [Lang::Fr, Lang::En] {
            let printed: Vec<String> = texts
                .iter()
                .map(|text| {
                    let (document, _) = parse(SourceId(0), text, &Limits::default());
                    format!("# another comment\n\n{}", print(&document, lang))
                })
                .collect();
            let found = diff(&program, &load(&printed));
            assert!(found.is_empty(), "{}", found.report(Lang::En));
        }
    }
}

const MODULE: &str =
    "module M (Ms)\n  Nom : texte\n  Prix : nombre\n  Lu : case\n  L : liste x, y, z\n";

fn rule(criterion: &str) -> String {
    format!("{MODULE}règle R sur M\n  quand créé\n  si {criterion}\n  alors\n    Nom : b\n")
}

#[test]
fn the_order_of_what_has_none_is_no_change() {
    for (old, new) in [
        ("Nom EST a, b", "Nom EST b, a"),
        ("Nom EST a ET Prix > 1", "Prix > 1 ET Nom EST a"),
        ("Nom EST a ET (Prix > 1 OU Lu EST ✓)", "(Lu EST oui OU Prix > 1,0) ET Nom = a"),
        ("NON (Nom EST VIDE)", "Nom N'EST PAS VIDE"),
        ("Nom EST a ET (Prix > 1 ET Lu EST ✓)", "Nom EST a ET Prix > 1 ET Lu EST ✓"),
    ] {
        let found = compared(&rule(old), &rule(new));
        assert!(found.is_empty(), "{old} | {new}\n{}", found.report(Lang::En));
    }
    let list = |values: &str| MODULE.replace("x, y, z", values);
    assert!(compared(MODULE, &list("z, x, y")).is_empty());
    assert!(!compared(MODULE, &list("x, y")).is_empty());
}

#[test]
fn each_leaf_of_a_criterion_is_told() {
    let told = |old: &str, new: &str| compared(&rule(old), &rule(new)).report(Lang::Fr);
    assert_eq!(
        told("Nom EST a", "Nom EST a ET Prix > 1"),
        "~ règle « R » sur M\n    ~ critère\n      + Prix dépasse 1\n"
    );
    assert_eq!(
        told("Nom EST a ET Prix > 1", "Nom EST a ET Prix > 2"),
        "~ règle « R » sur M\n    ~ critère\n      ~ condition\n        − Prix dépasse 1\n        + Prix dépasse 2\n"
    );
    assert_eq!(
        told("Nom EST a ET Prix > 1", "Nom EST a OU Prix > 1"),
        "~ règle « R » sur M\n    ~ critère\n      − Nom est a, et Prix dépasse 1\n      + Nom est a, ou Prix dépasse 1\n"
    );
}

fn only(diff: &Diff) -> &Change {
    assert_eq!(diff.changes.len(), 1, "{}", diff.report(Lang::En));
    &diff.changes[0]
}

#[test]
fn a_renamed_rule_is_known_again_and_one_that_fires_once_is_warned_of() {
    let rule = |name: &str, how: &str| {
        format!("règle {name} sur M\n  quand créé\n  si A EST a\n  {how}\n  alors\n    A : b\n")
    };
    let every = compared(&rule("R", "à chaque fois"), &rule("S", "à chaque fois"));
    let change = only(&every);
    assert_eq!((change.change, change.renamed.as_deref()), (How::Renamed, Some("S")));
    assert!(change.warning.is_none() && !change.is_meaning());
    let once = compared(&rule("R", "une seule fois"), &rule("S", "une seule fois"));
    assert!(only(&once).warning.as_ref().unwrap().en.contains("starts afresh"));
    assert!(only(&once).is_meaning());
}

#[test]
fn rules_in_another_order_act_in_another_order() {
    let rule = |name: &str| format!("règle {name} sur M\n  quand créé\n  alors\n    A : {name}\n");
    let found = compared(&(rule("R") + &rule("S")), &(rule("S") + &rule("R")));
    assert_eq!((only(&found).of, only(&found).change), (Part::Rules, How::Reordered));
}

#[test]
fn a_field_with_another_label_is_known_by_its_api_name() {
    let module = |label: &str| format!("module M\n  {label} (Name) : texte\n");
    let found = compared(&module("Nom"), &module("Nom complet"));
    let field = &only(&found).changes[0];
    assert_eq!((field.of, field.renamed.as_deref()), (Part::Field, Some("Nom complet")));
}

#[test]
fn rules_that_name_a_relabelled_field_have_not_changed() {
    let program = |label: &str, least: u32| {
        format!(
            "module M\n  {label} (Name) : texte\n  Prix : nombre\n\
             règle R sur M\n  quand {label} modifié\n  si {label} EST x\n  alors\n    {label} : y\n\
             score S sur M\n  +1 si {label} EST x ET Prix > {least}\n"
        )
    };
    let found = compared(&program("Nom", 1), &program("Raison sociale", 1));
    assert_eq!(only(&found).of, Part::Module);
    let found = compared(&program("Nom", 1), &program("Raison sociale", 2));
    assert_eq!(found.changes.len(), 2, "{}", found.report(Lang::Fr));
    assert!(
        found
            .report(Lang::Fr)
            .contains("− ajouter 1 point si Raison sociale est x, et Prix dépasse 1\n")
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// There and back the same is told, as data too; and a program in the other language is the same.
    #[test]
    fn any_two_programs_are_compared(old in made::programs(), new in made::programs()) {
        let (before, after) = (made::parsed(&old), made::parsed(&new));
        let (there, back) = (diff(&before, &after), diff(&after, &before));
        let count = |diff: &Diff, how: How| diff.changes.iter().filter(|one| one.change == how).count();
        prop_assert_eq!(there.is_empty(), back.is_empty());
        prop_assert_eq!(count(&there, How::Added), count(&back, How::Removed));
        prop_assert_eq!(count(&there, How::Removed), count(&back, How::Added));
        let json = serde_json::to_string(&there).unwrap();
        prop_assert_eq!(&serde_json::from_str::<Diff>(&json).unwrap(), &there);
        for lang in [Lang::Fr, Lang::En] {
            prop_assert_eq!(there.report(lang).is_empty(), there.is_empty());
            let (document, _) = parse(SourceId(0), &old, &Limits::default());
            let found = diff(&before, &made::parsed(&print(&document, lang)));
            prop_assert!(found.is_empty(), "{}\n{old}", found.report(lang));
        }
    }
}

#[test]
fn a_transition_that_is_made_otherwise_is_told_by_its_kinds() {
    let program = |transition: &str| {
        format!(
            "module A\n  E : liste X, Y\nparcours P sur A, champ E\n  états X\n  final Y\n  {transition}\n"
        )
    };
    let single = program("transition T de X vers Y");
    let automatic = program("transition automatique T de X vers Y après 2 jours");
    let diff = compared(&single, &automatic);
    let (fr, en) = (diff.report(Lang::Fr), diff.report(Lang::En));
    assert!(fr.contains("simple") && fr.contains("automatique après 2 jours"), "{fr}");
    assert!(en.contains("single") && en.contains("automatic after 2 days"), "{en}");
    assert!(compared(&single, &single).is_empty());
}
