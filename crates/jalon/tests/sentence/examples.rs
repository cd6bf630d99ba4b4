//! Every program of the repository.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use jalon::program::Loader;
use jalon::{Lang, Program};
use serde_json::Value as Json;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|it| it == extension) {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn load(paths: &[PathBuf]) -> Program {
    let with = |loader: Loader, path: &PathBuf| {
        loader.source(path.display().to_string(), std::fs::read_to_string(path).unwrap())
    };
    paths.iter().fold(Loader::default(), with).load().unwrap_or_else(|error| panic!("{error}"))
}

fn everything(program: &Program, lang: Lang) -> String {
    let mut text = String::new();
    for told in program.say(lang) {
        let _ = writeln!(text, "{:?} {}\n{}\n", told.kind, told.name, told.text);
    }
    text
}

#[test]
fn the_examples_read_well() {
    for name in ["tables", "approvals", "blueprints", "support"] {
        let program = load(&files(&root().join("examples").join(name), "jalon"));
        insta::assert_snapshot!(format!("{name}_fr"), everything(&program, Lang::Fr));
        insta::assert_snapshot!(format!("{name}_en"), everything(&program, Lang::En));
    }
    let bank = load(&[root().join("examples/bank-marketing/score.jalon")]);
    insta::assert_snapshot!("bank_fr", everything(&bank, Lang::Fr));
    let bank = load(&[root().join("examples/bank-marketing/score.en.jalon")]);
    insta::assert_snapshot!("bank_en", everything(&bank, Lang::En));
}

/// A text given as lines, or as one.
fn lines(text: &Json) -> String {
    match text {
        Json::Array(lines) => {
            lines.iter().map(|line| line.as_str().unwrap().to_owned() + "\n").collect()
        }
        Json::String(text) => text.clone(),
        _ => String::new(),
    }
}

/// What sees a program, a criterion and its module.
type See<'a> = &'a mut dyn FnMut(&Program, Option<&str>, Option<&str>);

/// Every program and criterion of the vectors that loads.
fn vectors(see: See<'_>) {
    for path in files(&root().join("tests/vectors"), "json") {
        let file: Json = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let cases = file["cases"].as_array().cloned().unwrap_or_default();
        for case in cases.iter().chain([&file]) {
            let program =
                if case["program"].is_null() { &file["program"] } else { &case["program"] };
            let text = lines(program) + &lines(&case["rules"]);
            if let Ok(program) = Program::parse(&text) {
                let module = case["module"].as_str().or_else(|| file["module"].as_str());
                match &case["criterion"] {
                    Json::Array(all) => {
                        for one in all {
                            see(&program, one.as_str(), module);
                        }
                    }
                    one => see(&program, one.as_str(), module),
                }
            }
        }
    }
}

#[test]
fn every_vector_says_something_again_and_again_and_in_one_language() {
    let (mut rules, mut scores, mut criteria, mut blueprints) = (0, 0, 0, 0);
    vectors(&mut |program, criterion, module| {
        for lang in [Lang::Fr, Lang::En] {
            let told = program.say(lang);
            assert_eq!(told, program.say(lang));
            for told in &told {
                one_language(&told.text, lang);
                match told.kind {
                    jalon::sentence::Kind::Rule => rules += 1,
                    jalon::sentence::Kind::Score => scores += 1,
                    jalon::sentence::Kind::Blueprint => blueprints += 1,
                }
            }
            let Some(Ok(criterion)) = criterion.map(|text| program.criterion(text, module)) else {
                continue;
            };
            let said = criterion.sentence(lang);
            assert!(!said.is_empty());
            one_language(&said, lang);
            criteria += 1;
        }
    });
    assert!(rules > 100 && scores > 100 && criteria > 1000, "{rules} {scores} {criteria}");
    assert!(blueprints > 5, "{blueprints}");
}

/// No verb of the other language.
pub(super) fn one_language(text: &str, lang: Lang) {
    let others: &[&str] = lang.pick(
        &[" is not ", " contains ", " does not ", " neither ", "when a record", " points if "][..],
        &[" n'est ", " contient ", " ne ", " dépasse ", "quand une fiche", " points si ", "alors"],
    );
    for other in others {
        assert!(!text.contains(other), "`{other}` in {text}");
    }
}
