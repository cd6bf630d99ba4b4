//! Criteria that ask for different things are different sentences.

use jalon::{Criterion, Lang, Program};
use proptest::prelude::*;
use proptest::sample::select;

use super::program;

/// Tests, no two of which ask for the same.
const LEAVES: &[&str] = &[
    "Nom EST VIDE",
    "Nom N'EST PAS VIDE",
    "Nom EST \"vide\"",
    "Nom EST a, b",
    "Nom EST a",
    "Nom EST \"a ou b\"",
    "Nom EST \"a, b\"",
    "Nom N'EST PAS a, b",
    "Nom EST Prospects.Ville",
    "Nom EST \"la valeur de Ville\"",
    "Nom CONTIENT a, b",
    "Nom CONTIENT \"a ou b\"",
    "Nom CONTIENT TOUT a, b",
    "Nom NE CONTIENT PAS a, b",
    "Nom COMMENCE PAR a",
    "Nom FINIT PAR a",
    "Nom CORRESPOND À /a/",
    "Nom CORRESPOND À /a/i",
    "Nom SUIT LE FORMAT \"99\"",
    "Salons EST Lyon, Nice",
    "Salons CONTIENT Lyon, Nice",
    "Salons CONTIENT TOUT Lyon, Nice",
    "Rejet EST ✓",
    "Rejet EST non",
    "Montant > 5",
    "Montant >= 5",
    "Montant < 5",
    "Montant <= 5",
    "Montant = 5",
    "Montant ENTRE 5 ET 6",
    "Montant = 5, 6",
    "Montant > Prospects.Budget",
    "Montant > Budget + 1",
    "Montant > Budget * 2 + 1",
    "Montant > Budget * (2 + 1)",
    "Créé EST hier",
    "Créé AVANT hier",
    "Créé <= hier",
    "Créé APRÈS hier",
    "Créé >= hier",
    "Créé DANS LES 7 DERNIERS jours",
    "Créé DANS LES 7 PROCHAINS jours",
    "Créé IL Y A PLUS DE 7 jours",
    "Créé DANS PLUS DE 7 jours",
    "Créé EST 2026-06-30",
    "AU MOINS UN Contacts (Ville EST Nice)",
    "AUCUN Contacts (Ville EST Nice)",
    "TOUS LES Contacts (Ville EST Nice)",
    "TOUS LES Contacts (Ville N'EST PAS Nice OU Âge > 3)",
    "AU MOINS UN Contacts (Ville EST Prospects.Ville)",
    "AU MOINS UN Contacts (AU MOINS UN Amis (Ville EST Nice))",
    "NOMBRE DE Contacts (Ville EST Nice) > 3",
    "NOMBRE DE Contacts > 3",
];

#[test]
fn no_two_tests_sound_alike() {
    for lang in [Lang::Fr, Lang::En] {
        let mut seen: Vec<(String, &str)> = Vec::new();
        for leaf in LEAVES {
            let said = super::criterion(leaf).sentence(lang);
            if let Some((_, other)) = seen.iter().find(|(known, _)| *known == said) {
                panic!("`{leaf}` and `{other}` are both: {said}");
            }
            seen.push((said, leaf));
        }
    }
}

/// A criterion over five independent tests, as a truth table and as a text.
#[derive(Clone, Debug)]
enum Tree {
    Leaf(usize),
    Not(Box<Tree>),
    All(Vec<Tree>),
    Any(Vec<Tree>),
}

const INDEPENDENT: [&str; 5] =
    ["Nom EST a, b", "Rejet EST ✓", "Montant > 5", "Salons CONTIENT Lyon, Nice", "Ville EST VIDE"];

impl Tree {
    fn holds(&self, bits: u32) -> bool {
        match self {
            Tree::Leaf(index) => bits >> index & 1 == 1,
            Tree::Not(part) => !part.holds(bits),
            Tree::All(parts) => parts.iter().all(|part| part.holds(bits)),
            Tree::Any(parts) => parts.iter().any(|part| part.holds(bits)),
        }
    }

    /// What it asks for.
    fn table(&self) -> u32 {
        (0..32).filter(|bits| self.holds(*bits)).fold(0, |table, bits| table | 1 << bits)
    }

    fn text(&self) -> String {
        let joined = |parts: &[Tree], word: &str| {
            let parts: Vec<String> =
                parts.iter().map(|part| format!("({})", part.text())).collect();
            parts.join(word)
        };
        match self {
            Tree::Leaf(index) => INDEPENDENT[*index].to_owned(),
            Tree::Not(part) => format!("NON ({})", part.text()),
            Tree::All(parts) => joined(parts, " ET "),
            Tree::Any(parts) => joined(parts, " OU "),
        }
    }
}

fn trees() -> impl Strategy<Value = Tree> {
    let leaf = (0..INDEPENDENT.len()).prop_map(Tree::Leaf);
    leaf.prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            inner.clone().prop_map(|part| Tree::Not(Box::new(part))),
            prop::collection::vec(inner.clone(), 2..4).prop_map(Tree::All),
            prop::collection::vec(inner, 2..4).prop_map(Tree::Any),
        ]
    })
}

fn said(program: &Program, tree: &Tree, lang: Lang) -> String {
    program.criterion(&tree.text(), Some("Prospects")).unwrap().sentence(lang)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn groups_that_ask_for_different_things_sound_different(a in trees(), b in trees()) {
        let program = program();
        for lang in [Lang::Fr, Lang::En] {
            let (first, second) = (said(&program, &a, lang), said(&program, &b, lang));
            prop_assert!(!first.is_empty());
            prop_assert_eq!(&first, &said(&program, &a, lang));
            if a.table() != b.table() {
                prop_assert_ne!(first, second, "{} | {}", a.text(), b.text());
            }
        }
    }

    /// A connective or a negation changed somewhere is heard.
    #[test]
    fn one_change_is_heard(tree in trees(), at in 0..8_usize) {
        let program = program();
        let changed = change(&tree, &mut at.clone());
        if tree.table() != changed.table() {
            for lang in [Lang::Fr, Lang::En] {
                prop_assert_ne!(said(&program, &tree, lang), said(&program, &changed, lang));
            }
        }
    }

    /// Whatever a value holds, two different ones sound different.
    #[test]
    fn values_are_told_apart(a in values(), b in values(), op in select(&["EST", "CONTIENT", "COMMENCE PAR"][..])) {
        let criterion = |values: &[String]| {
            let values: Vec<String> =
                values.iter().map(|value| format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))).collect();
            Criterion::parse(&format!("Nom {op} {}", values.join(", ")))
        };
        if let (Ok(first), Ok(second)) = (criterion(&a), criterion(&b))
            && a != b
        {
            for lang in [Lang::Fr, Lang::En] {
                prop_assert_ne!(first.sentence(lang), second.sentence(lang));
            }
        }
    }
}

fn values() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec("[a-c»”“« ,;ouet\"\\\\.]{1,6}", 1..3)
}

/// The same tree with one of its nodes turned into another.
fn change(tree: &Tree, at: &mut usize) -> Tree {
    if *at == 0 {
        *at = usize::MAX;
        return match tree {
            Tree::Leaf(_) => Tree::Not(Box::new(tree.clone())),
            Tree::Not(part) => part.as_ref().clone(),
            Tree::All(parts) => Tree::Any(parts.clone()),
            Tree::Any(parts) => Tree::All(parts.clone()),
        };
    }
    if *at != usize::MAX {
        *at -= 1;
    }
    match tree {
        Tree::Leaf(_) => tree.clone(),
        Tree::Not(part) => Tree::Not(Box::new(change(part, at))),
        Tree::All(parts) => Tree::All(parts.iter().map(|part| change(part, at)).collect()),
        Tree::Any(parts) => Tree::Any(parts.iter().map(|part| change(part, at)).collect()),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    /// Whatever a program holds, it is said in one language, each action on a line of its own.
    #[test]
    fn every_program_says_itself(text in super::made::programs()) {
        let program = super::made::parsed(&text);
        for lang in [Lang::Fr, Lang::En] {
            let told = program.say(lang);
            prop_assert_eq!(&told, &program.say(lang));
            for (told, rule) in told.iter().zip(&program.checked().rules) {
                super::examples::one_language(&told.text, lang);
                let later = |branch: &jalon::checked::workflow::Branch| {
                    branch.later.iter().map(|later| later.actions.len()).sum::<usize>()
                };
                let actions: usize =
                    rule.branches.iter().map(|branch| branch.actions.len() + later(branch)).sum();
                let lines = told.text.lines().filter(|line| line.trim_start().starts_with('–'));
                prop_assert!(lines.count() >= actions, "{}", told.text);
                prop_assert!(!told.text.contains("  , ") && !told.text.contains(" ,"), "{}", told.text);
            }
        }
    }
}
