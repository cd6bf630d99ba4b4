//! The TextMate grammar of the editors' folder, made from the language's own lists of words: what
//! is on disk must be what comes out here. `JALON_BLESS=1` writes it.

mod grammar;

use std::path::{Path, PathBuf};

use jalon::lexicon::OPERATORS;
use jalon::syntax::vocabulary::Place;
use serde_json::{Value, json};

/// For each word, texts of which at least one must show it coloured on its last line.
fn samples() -> Value {
    let mut samples = Vec::new();
    for place in Place::ALL {
        for word in grammar::words(&[*place]) {
            let lines = lines(*place).iter().map(|line| line.replace("{}", word));
            samples.push(json!({"word": word, "texts": lines.collect::<Vec<_>>()}));
        }
    }
    for word in OPERATORS.iter().flat_map(|row| row.fr.iter().chain(row.en)) {
        let word = word.to_uppercase();
        let text = format!("règle R\n  si Pays {word} 3");
        samples.push(json!({"word": word, "texts": [text]}));
    }
    Value::Array(samples)
}

/// Where a word of a place may stand.
fn lines(place: Place) -> &'static [&'static str] {
    match place {
        Place::Declaration => &["{} X"],
        Place::Type => &["module M\n  A : {}"],
        Place::Property => &["module M\n  A : texte, {} 3"],
        Place::Score => &["score S\n  {} 3"],
        Place::Rule | Place::Action => &["règle R\n  {} x"],
        Place::Trigger => &["règle R\n  quand {}"],
        Place::Task | Place::Actor => &["règle R\n  tâche \"x\", {} y"],
        Place::Message => &["règle R\n  e-mail \"x\", {} y"],
        Place::Meeting => &["règle R\n  rendez-vous \"x\", {} y"],
        Place::Blueprint => &["parcours P\n  {} x"],
        Place::State => &["parcours P\n  état X, {}"],
        Place::Owner => &["parcours P\n  propriétaires \"x\", {}"],
        Place::Deadline => &["parcours P\n  délai X, {} 3"],
        Place::Approval => &["approbation A\n  {} x"],
        Place::Level | Place::Lapsed => &["approbation A\n  niveau X, {}"],
        Place::Test => &["test T\n  {} x"],
        Place::Expectation => &["test T\n  attendu {} x"],
        Place::Handed => &["test T\n    {} x"],
        Place::Fires | Place::Offered => &["test T\n  attendu x {}"],
        Place::Calendar => &["calendrier C\n  {} x"],
        Place::Webhook | Place::Method => &["webhook W\n  {} x"],
        Place::Format => &["webhook W\n  corps, {} \"x\""],
        Place::Guard => &["garde {} x"],
        Place::Chaining => &["enchaînement {}"],
        Place::Pipeline => &["pipeline {}, x"],
        Place::Inside => &[
            "{} fr",
            "score S {} M",
            "score S\n  +1 {} x",
            "règle R\n  quand {} x",
            "règle R\n  e-mail \"x\" {} y",
            "parcours P\n  transition \"x\" {} y",
            "parcours P\n  {} x",
            "planification P {} x",
        ],
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../editors/vscode")
}

#[test]
fn the_grammar_has_the_words_of_the_language() {
    let files =
        [("syntaxes/jalon.tmLanguage.json", grammar::grammar()), ("test/words.json", samples())];
    for (file, value) in files {
        let path = folder().join(file);
        let text = serde_json::to_string_pretty(&value).unwrap() + "\n";
        if std::env::var_os("JALON_BLESS").is_some() {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, &text).unwrap();
        }
        let found = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(found == text, "{file} is not what the words give: JALON_BLESS=1 writes it");
    }
}

#[test]
fn what_the_extension_consists_of_is_json() {
    for file in ["package.json", "language-configuration.json", "snippets/jalon.json"] {
        let text = std::fs::read_to_string(folder().join(file)).unwrap();
        let value: Value = serde_json::from_str(&text).unwrap();
        assert!(value.is_object(), "{file}");
    }
}
