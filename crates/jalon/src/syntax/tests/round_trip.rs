//! What is printed reads back as the same document; nothing that is written makes the parser panic.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::automation::AUTOMATION;
use super::*;

/// A document as data, without what the printer puts otherwise.
pub(super) fn data(document: &Document) -> Value {
    fn strip(value: &mut Value) {
        match value {
            Value::Object(map) if map.contains_key("quoted") => {}
            Value::Object(map) => {
                for (key, value) in map.iter_mut() {
                    match value {
                        // Of a value that is written quotes say what it is: none are added.
                        Value::Array(values) if key == "values" => {
                            let kept =
                                |value: &Value| value.as_str().is_some_and(|text| !is_empty(text));
                            values.iter_mut().filter(|value| !kept(value)).for_each(strip);
                        }
                        _ => strip(value),
                    }
                }
                // The left side of a leaf or of an update loses quotes that it does not need, and
                // a bound that holds the word between the two gets quotes.
                for key in ["left", "target", "from", "to"] {
                    map.get_mut(key).into_iter().for_each(bare);
                }
            }
            Value::Array(values) => values.iter_mut().for_each(strip),
            // `vide` is in the language of the text.
            Value::String(text) if is_empty(text) => *value = "vide".into(),
            // A name that needs quotes gets them.
            Value::String(text) if needs_quotes(text) => *value = json!({"quoted": text}),
            _ => {}
        }
    }
    fn bare(value: &mut Value) {
        if let Some(text) = value.get_mut("quoted") {
            let mut text = text.take();
            bare(&mut text);
            *value = text;
        }
    }
    let mut value = form::to_json(document);
    strip(&mut value);
    value
}

fn is_empty(text: &str) -> bool {
    ["vide", "empty"].contains(&text.to_lowercase().as_str())
}

fn needs_quotes(text: &str) -> bool {
    let span = crate::source::Span { source: SourceId(0), start: 0, end: 0 };
    printer::value(&ast::Name { span, text: text.to_owned(), quoted: false }) != text
}

pub(super) fn comes_back(text: &str, lang: Lang) {
    let first = document(text);
    let printed = print(&first, lang);
    let again = document(&printed);
    let mut before = data(&first);
    if first.lang.is_some() {
        before["language"] = lang.code().into();
    }
    assert_eq!(before, data(&again), "{printed}");
    assert_eq!(print(&again, lang), printed);
    comes_back_from_json(&first);
    comes_back_from_json(&again);
}

/// Its JSON says all that its text does.
fn comes_back_from_json(document: &Document) {
    let json = form::to_json(document);
    let again = match form::from_json(&json.to_string()) {
        Ok(again) => again,
        Err(error) => panic!("{}\n{json:#}", error.message(Lang::En)),
    };
    assert_eq!(form::to_json(&again), json);
    for lang in [Lang::Fr, Lang::En] {
        assert_eq!(print(&again, lang), print(document, lang), "{json:#}");
    }
}

#[test]
fn samples_come_back() {
    let kept = include_str!("kept.jalon");
    for text in [MODULES, SCORE, RULES, kept, include_str!("kickoff.jalon"), AUTOMATION] {
        for lang in [Lang::Fr, Lang::En] {
            comes_back(text, lang);
        }
    }
}

#[test]
fn printed_samples() {
    let text = format!("langue fr\n{MODULES}\n{SCORE}\n{RULES}");
    let document = document(&text);
    insta::assert_snapshot!("printed_fr", print(&document, Lang::Fr));
    insta::assert_snapshot!("printed_en", print(&document, Lang::En));
}

#[test]
fn a_list_value_that_another_language_would_misread_gets_quotes() {
    let document = document("module M\n  A : picklist multiple choix, b\n");
    let printed = print(&document, Lang::Fr);
    assert_eq!(printed, "module M\n  A : liste \"multiple choix\", b\n");
}

/// A name as people write it, quoted or not.
pub(super) fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[A-ZÉ][a-zé']{0,6}( [A-Z][a-z]{1,5}){0,2}",
        1 => "\"[A-Za-z ,:()#«»é]{1,12}\"",
        1 => "[A-Z][a-z]{1,4}_[0-9]{1,3}",
    ]
    .prop_filter("a keyword", |name| {
        const KEYWORDS: &[&str] = &[
            "sur", "on", "si", "if", "par", "per", "dès", "from", "et", "and", "alors", "then",
            "within", "entre", "between",
        ];
        name.starts_with('"')
            || name.split(' ').all(|word| !KEYWORDS.contains(&word.to_lowercase().as_str()))
    })
}

fn property() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("obligatoire".to_owned()),
        Just("unique".to_owned()),
        Just("personal".to_owned()),
        Just("sans accents".to_owned()),
        Just("case-sensitive".to_owned()),
        (1u32..999).prop_map(|n| format!("au plus {n} caractères")),
        name().prop_map(|n| format!("default {n}")),
    ]
}

fn ty() -> impl Strategy<Value = String> {
    prop_oneof![
        proptest::sample::select(vec![
            "texte",
            "long text",
            "e-mail",
            "case",
            "datetime",
            "nombre"
        ])
        .prop_map(str::to_owned),
        proptest::collection::vec(name(), 1..4).prop_map(|v| format!("liste {}", v.join(", "))),
        proptest::collection::vec(name(), 1..4)
            .prop_map(|v| format!("multi-picklist {}", v.join(", "))),
        name().prop_map(|n| format!("référence {n}")),
        (name(), name()).prop_map(|(a, b)| format!("events ({a} : texte, {b} : url, unique)")),
        name().prop_map(|n| format!("formule {n}")),
    ]
}

prop_compose! {
    fn field()(n in name(), aliases in proptest::collection::vec(name(), 0..3), ty in ty(),
               property in proptest::option::of(property()), doc in any::<bool>()) -> String {
        let aliases = if aliases.is_empty() { String::new() } else { format!(" ({})", aliases.join(", ")) };
        let property = property.map_or_else(String::new, |p| format!(", {p}"));
        format!("  {n}{aliases} : {ty}{property}{}\n", if doc { " # noté" } else { "" })
    }
}

pub(super) fn number() -> impl Strategy<Value = String> {
    prop_oneof!["[1-9][0-9]{0,3}", "[0-9]{1,2},[0-9]{1,2}", "[0-9]{1,2}\\.[0-9]"]
}

fn points() -> impl Strategy<Value = String> {
    (number(), 0..5u8).prop_map(|(n, form)| match form {
        0 => format!("+{n}"),
        1 => format!("-{n}"),
        2 => format!("Ajouter {n} points"),
        3 => format!("subtract {n} points"),
        _ => "+ score Profil".to_owned(),
    })
}

prop_compose! {
    fn clauses()(event in proptest::option::of(proptest::sample::select(vec!["e-mail ouvert", "visit", "\"salon, stand\""])),
                 cap in proptest::option::of(number()), day in proptest::option::of(1u32..5),
                 window in proptest::option::of(1u32..90), half in proptest::option::of(1u32..5),
                 field in proptest::option::of(name())) -> String {
        let mut clauses = Vec::new();
        let is_event = event.is_some();
        clauses.extend(event.map(|e| format!("par {e}")));
        clauses.extend(window.filter(|_| is_event).map(|n| format!("within {n} days")));
        clauses.extend(cap.map(|n| format!("au plus {n}")));
        clauses.extend(day.filter(|_| is_event).map(|n| format!("at most {n} per day")));
        clauses.extend(half.filter(|_| is_event).map(|n| format!("demi-vie {n} mois")));
        clauses.extend(field.map(|f| format!("si {f} N'EST PAS VIDE")));
        clauses.join(", ")
    }
}

prop_compose! {
    pub(super) fn generated_module()(n in name(), fields in proptest::collection::vec(field(), 0..6)) -> String {
        format!("# doc\nmodule {n}\n{}", fields.concat())
    }
}

prop_compose! {
    pub(super) fn generated_score()(n in name(), m in proptest::option::of(name()),
                lines in proptest::collection::vec((points(), clauses()), 1..4),
                group in proptest::option::of((name(), proptest::collection::vec((points(), clauses()), 0..3))),
                limits in any::<bool>(), label in proptest::option::of(name())) -> String {
        let on = m.map_or_else(String::new, |m| format!(" sur {m}"));
        let mut text = vec![format!("score {n}{on}")];
        text.extend(lines.into_iter().map(|(points, clauses)| format!("  {points} {clauses}")));
        if let Some((n, lines)) = group {
            text.push(format!("  groupe {n}, between -1,5 et 60"));
            text.extend(lines.into_iter().map(|(points, clauses)| format!("    {points} {clauses}")));
        }
        if limits {
            text.push("  entre -100 et 1 000\n  stars 1 from 0, 2 dès 0,5".to_owned());
        }
        text.extend(label.map(|label| format!("  mentions {label} dès -5")));
        text.join("\n") + "\n"
    }
}

proptest! {
    #[test]
    fn modules_come_back(text in generated_module()) {
        comes_back(&text, Lang::Fr);
        comes_back(&text, Lang::En);
    }

    #[test]
    fn scores_come_back(text in generated_score()) {
        comes_back(&text, Lang::Fr);
        comes_back(&text, Lang::En);
    }

    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,40}(\n\\PC{0,40}){0,6}") {
        let (_, diagnostics) = parse(SourceId(0), &text, &Limits::default());
        rendered(&text, &diagnostics);
    }

    #[test]
    fn no_text_of_its_own_words_makes_it_panic(words in proptest::collection::vec(
        proptest::sample::select(vec![
            "module", "score", "règle", "constante", "parcours", "langue", "fr", "sur", "M", "\n", "\n  ",
            "\n", " : ", ":", ",", ", ", "(", ")", "\"", "«", "»", "#", " # ", "+5", "-", "+", "par",
            "visite", "au plus", "1 par jour", "si", "alors", "étoiles", "1 dès 0", "entre", "et", "groupe",
            "quand", "modifié", "liste", "événements", "unique", "é", "${", "}", "\\", "/", "MATCHES", "\r\n",
            "calendrier", "lundi", "à", "09:00-12:00", "webhook", "POST", "planification", "chaque jour",
            "triés par", "test", "attendu", "aucun", "tâche", "le", "avec", "garde", "e-mail", "devises",
            "dépendance", "selon", "validation", "message", "pipeline", "fermé", "minuterie",
            "ET", "\u{a0}", "\u{301}", "EST", "VIDE", "texte",
        ]), 0..40), spaced in any::<bool>()) {
        let text = words.join(if spaced { " " } else { "" });
        let (document, diagnostics) = parse(SourceId(0), &text, &Limits::default());
        rendered(&text, &diagnostics);
        print(&document, Lang::En);
    }
}
