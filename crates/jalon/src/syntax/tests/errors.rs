//! What is said of wrong texts, in both languages.

use super::*;
use crate::diagnostic::apply;

/// Parses and renders in a language.
pub(super) fn said(text: &str, lang: Lang) -> String {
    let (_, diagnostics) = parse(SourceId(0), text, &Limits::default());
    let mut sources = Sources::default();
    sources.add("leads.jalon", text);
    crate::diagnostic::render(&diagnostics, &sources, lang, false)
}

/// One text for each code, French then English.
const WRONG: &[(&str, &str, &str)] = &[
    ("E0102", "Règle \"CM3\" sur Prospects\n  quand créé\n", "modul Leads\n  Name : text\n"),
    ("E0103", "module M\nNom : texte\n", "score S\n+5 if Name IS x\n"),
    ("E0104", "  +5 si Nom EST x\n", "Name : text\n"),
    ("E0105", "  module M\n    Nom : texte\n", "\n  score S on Leads\n  +5\n"),
    ("E0109", "langue de\nmodule M\n", "langue\nmodule M\n"),
    ("E0150", "module M\nlangue fr\n", "module M\n  Name : text\nlanguage en\n"),
    ("E0151", "module\n  Nom : texte\n", "score S\n  group\n    +5\n"),
    ("E0152", "score A, B sur Prospects\n", "rule A, B on M\n  when created\n"),
    ("E0153", "score A sur\n", "rule R on\n  when created\n"),
    ("E0154", "module M\n  Nom (API) long : texte\n", "module M\n  (Name) : text\n"),
    ("E0155", "constante Junk\n", "constant Junk :\n"),
    ("E0156", "constante Junk : Casino\n  Voyance\n", "constant Junk : A\n  B, C\n"),
    ("E0157", "module M\n  Nom texte\n", "module M\n  Name :\n"),
    ("E0158", "module M\n  : texte\n", "module M\n   : text, unique\n"),
    ("E0159", "module M\n  Nom : txte, obligatoire\n", "module M\n  Name : varchar\n"),
    ("E0182", "module M\n  Montant : devise EUR\n", "module M\n  Name : text short, unique\n"),
    ("E0160", "module M\n  Nom : texte, obligatoir\n", "module M\n  Name : text, in bold\n"),
    ("E0161", "module M\n  Civilité : liste\n", "module M\n  Account : lookup, required\n"),
    ("E0162", "module M\n  Visites : événements Page\n", "module M\n  V : events of Page\n"),
    (
        "E0163",
        "module M\n  V : événements (A : fiches B)\n",
        "module M\n  V : events (A : events (B : text))\n",
    ),
    ("E0164", "module M\n  Pays : texte, par défaut\n", "module M\n  A : text, default, unique\n"),
    (
        "E0165",
        "module M\n  A : texte, unique, unique\n",
        "score S\n  between 0 and 5\n  between 0 and 9\n",
    ),
    (
        "E0166",
        "module M\n  A : texte, au plus dix caractères\n",
        "score S\n  +5 per visit, at most 1.5 per day\n",
    ),
    ("E0167", "score S\n  +5 par visite, au plus beaucoup\n", "score S\n  between low and 10\n"),
    ("E0170", "score S\n  10 si Nom EST x\n", "score S\n  adds 10 if Name IS x\n"),
    ("E0171", "score S\n  + si Nom EST x\n", "score S\n  subtract points per visit\n"),
    (
        "E0172",
        "score S\n  +5 par visite, depuis 3 jours\n",
        "score S\n  +5 per visit, witin 3 days\n",
    ),
    (
        "E0173",
        "score S\n  +20 par visite, si Page CONTIENT tarif, au plus 1 par jour\n",
        "score S\n  +20 if Page CONTAINS price, demo, per visit\n",
    ),
    ("E0174", "score S\n  +5, sur 90 jours\n", "score S\n  +5, at most 1 per day, if Name IS x\n"),
    ("E0175", "score S\n  +5 par\n", "score S\n  +5 per, at most 10\n"),
    (
        "E0176",
        "score S\n  +5 par visite, sur longtemps\n",
        "score S\n  +5 per visit, half-life 3 moons\n",
    ),
    ("E0177", "score S\n  entre 0\n", "score S\n  group G, 0 to 60\n"),
    ("E0178", "score S\n  étoiles 1 dès 0, 2\n", "score S\n  labels cold, hot from 60\n"),
    ("E0181", "règle R sur M\n  quand\n", "rule R on M\n  when\n  when created\n"),
];

#[test]
fn every_error_has_its_words_in_both_languages() {
    let mut all = String::new();
    for (code, fr, en) in WRONG {
        for (text, lang) in [(fr, Lang::Fr), (en, Lang::En)] {
            let said = said(text, lang);
            assert!(said.contains(code), "{code}: {text}\n{said}");
            all.push_str(&said);
        }
    }
    insta::assert_snapshot!(all);
}

#[test]
fn each_code_of_layout_and_declarations_is_tested() {
    let tested: Vec<_> = WRONG.iter().map(|(code, ..)| *code).chain(["E0101"]).collect();
    for code in crate::diagnostic::catalogue::all() {
        let ours = ("E0101"..="E0109").contains(&code.id) || ("E0150"..="E0199").contains(&code.id);
        assert!(!ours || tested.contains(&code.id), "{} has no example", code.id);
    }
}

#[test]
fn a_text_over_the_limit_is_one_error() {
    let limits = Limits { bytes: 10, ..Limits::default() };
    let (document, diagnostics) = parse(SourceId(0), "module Prospects\n", &limits);
    assert!(document.declarations.is_empty());
    assert_eq!(diagnostics.len(), 1);
    assert_eq!(diagnostics[0].code.id, "E0101");
    assert_eq!(diagnostics[0].message(Lang::Fr), "le texte fait 17 octets, la limite est de 10");
}

#[test]
fn one_broken_line_hides_no_other_error_and_no_other_declaration() {
    let text = include_str!("many_errors.jalon");
    let (document, diagnostics) = parse(SourceId(0), text, &Limits::default());
    insta::assert_snapshot!(said(text, Lang::Fr));
    assert_eq!(document.declarations.len(), 3);
    assert!(diagnostics.iter().all(|d| d.lang == Lang::Fr));
}

#[test]
fn a_fix_mends_the_text() {
    for text in [
        "score S\n  +20 par visite, si Page CONTIENT tarif, au plus 1 par jour\n",
        "module M\nNom : texte\n",
        "  module M\n",
        "modul M\n  Nom : texte\n",
        "module M\n  Nom : txte, obligatoir\n",
        "constante A : \"x\nconstante B : « y\n",
        "score S\n  10 si Nom EST x\n",
    ] {
        let mut mended = text.to_owned();
        // An unknown type hides its properties: a second round may be needed.
        for round in 0..2 {
            let (_, diagnostics) = parse(SourceId(0), &mended, &Limits::default());
            assert!(round > 0 || !diagnostics.is_empty(), "{text}");
            let fixes = diagnostics.iter().flat_map(|d| d.fixes.iter().take(1));
            mended = apply(&mended, fixes.flat_map(|fix| &fix.edits));
        }
        let (_, diagnostics) = parse(SourceId(0), &mended, &Limits::default());
        assert!(diagnostics.is_empty(), "{mended}\n{}", rendered(&mended, &diagnostics));
    }
}

#[test]
fn hostile_texts_give_at_most_one_error_a_line() {
    let n = 2_000;
    for (name, text) in [
        ("brackets", format!("score S\n  +5 si {}\n", "(".repeat(n * 5))),
        ("lines of brackets", format!("module M\n{}", "  (\n".repeat(n))),
        ("quotes", format!("module M\n{}", "  \" \" \"\n".repeat(n))),
        ("unindented", format!("module M\n{}", "x y\n".repeat(n))),
        ("near misses", "modul M\n".repeat(n)),
        ("clauses", format!("score S\n  +5 par visite{}\n", ", au plus x".repeat(n))),
        ("items", format!("module M\n  A : liste {}\n", "a, ".repeat(n * 4))),
        ("comments", "# a\n".repeat(n * 4)),
        ("templates", format!("règle R sur M\n  alors\n    A : \"{}\n", "${".repeat(n * 4))),
        ("ifs", format!("score S\n  +5 {}\n", "si (a) alors ".repeat(n))),
        (
            "rules",
            "règle R sur M\n  quand créé\n  si A N'EST PAS VIDE\n  alors\n    B : 1\n\n".repeat(n),
        ),
        ("clauses of rules", format!("règle R sur M\n{}", "  quand a à 1h à\n".repeat(n))),
        (
            "a long trigger",
            format!("règle R sur M\n  quand {}\n", "a à chaque est devient ".repeat(n * 4)),
        ),
        (
            "a long update",
            format!("règle R sur M\n  alors\n    A {}\n", "plus 1 jour ".repeat(n * 4)),
        ),
        (
            "a long e-mail",
            format!("règle R sur M\n  alors\n    e-mail {}\n", "a à à, ".repeat(n * 4)),
        ),
        (
            "a long task",
            format!("règle R sur M\n  alors\n    tâche a{}\n", ", échéance dans".repeat(n)),
        ),
        ("else", format!("règle R sur M\n{}", "  sinon\n  alors\n".repeat(n))),
        ("later", format!("règle R sur M\n  alors\n{}", "  puis 1 jour après à\n".repeat(n))),
        ("signs", format!("règle R sur M\n  alors\n    {}\n", "+= - += ".repeat(n * 4))),
        ("events", format!("module M\n  A : {}", "événements (a : ".repeat(n))),
    ] {
        let (_, diagnostics) = parse(SourceId(0), &text, &Limits::default());
        rendered(&text, &diagnostics);
        let lines = text.lines().count();
        assert!(diagnostics.len() <= lines, "{name}: {} in {lines}", diagnostics.len());
    }
}
