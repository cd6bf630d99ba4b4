//! The grammar, made.

use jalon::lexicon::{Aggregate, Form, Function, OPERATORS, Quantifier, Weekday};
use jalon::syntax::vocabulary::{Phrase, Place};
use serde_json::{Value, json};

/// What may follow a word.
const ENDS: &str = r#"(?=[\s,:()"«»]|$)"#;
/// No field is written that is spelled like the word.
const NO_UPDATE: &str = r"(?!\s*(?:\+=|:)(?:\s|$))";
const CONTROL: &str = "keyword.control.jalon";
const OPTION: &str = "keyword.other.option.jalon";
const OTHER: &str = "keyword.other.jalon";
const COMPARISON: &str = "keyword.operator.comparison.jalon";

/// A phrase as a pattern: with or without accents, any white space, either apostrophe.
fn pattern(phrase: &str) -> String {
    let mut out = String::new();
    for c in phrase.chars() {
        let class = match c {
            'à' | 'â' => "[aàâ]",
            'é' | 'è' | 'ê' => "[eéèê]",
            'î' => "[iî]",
            'À' => "[AÀ]",
            'É' | 'È' => "[EÉÈ]",
            ' ' => r"\s+",
            '\'' => "['’]",
            _ => "",
        };
        if class.is_empty() { out.push(c) } else { out.push_str(class) }
    }
    out
}

/// Any of some phrases, the longest first.
fn any<S: AsRef<str>>(phrases: &[S]) -> String {
    let mut all: Vec<&str> = phrases.iter().map(AsRef::as_ref).collect();
    all.sort_by_key(|phrase| (std::cmp::Reverse(phrase.chars().count()), phrase.to_string()));
    all.dedup();
    let patterns: Vec<String> = all.into_iter().map(pattern).collect();
    format!("(?:{})", patterns.join("|"))
}

/// Every spelling of the words of some places.
pub fn words(places: &[Place]) -> Vec<&'static str> {
    let phrases = places.iter().flat_map(|place| place.words());
    phrases.flat_map(|phrase| phrase.spellings().collect::<Vec<_>>()).collect()
}

/// The spellings in both languages of a keyword of the first column.
fn declared(keyword: &str) -> Vec<&'static str> {
    let all = Place::Declaration.words();
    all.iter().filter(|phrase| phrase.fr[0] == keyword).flat_map(Phrase::spellings).collect()
}

type Rows<T> = &'static [(T, &'static [&'static str], &'static [&'static str])];

fn spelled<T>(rows: Rows<T>) -> Vec<&'static str> {
    rows.iter().flat_map(|(_, fr, en)| fr.iter().chain(*en).copied()).collect()
}

fn capitals(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| word.to_uppercase()).collect()
}

fn matched(pattern: &str, scope: &str) -> Value {
    json!({"match": pattern, "name": scope})
}

fn include(name: &str) -> Value {
    json!({"include": format!("#{name}")})
}

fn all(patterns: &[Value]) -> Value {
    json!({"patterns": patterns})
}

/// Words at the start of a line.
fn at_start(places: &[Place]) -> Value {
    let pattern = format!(r"(?i)^\s+({}){ENDS}{NO_UPDATE}", any(&words(places)));
    json!({"match": pattern, "captures": {"1": {"name": CONTROL}}})
}

/// A line that begins with one of some words, and what it holds.
fn line(starts: &[&str], inside: &[&str]) -> Value {
    json!({
        "begin": format!(r"(?i)^\s+({}){ENDS}{NO_UPDATE}", any(starts)),
        "beginCaptures": {"1": {"name": CONTROL}},
        "end": "$",
        "patterns": inside.iter().map(|name| include(name)).collect::<Vec<_>>(),
    })
}

/// Words between spaces.
fn between<S: AsRef<str>>(words: &[S], scope: &str) -> Value {
    matched(&format!(r"(?i)(?<=[\s,(]){}{ENDS}", any(words)), scope)
}

/// Words behind a comma.
fn behind_comma(words: &[&str], scope: &str) -> Value {
    let pattern = format!(r"(?i)(?<=,)\s*({}){ENDS}", any(words));
    json!({"match": pattern, "captures": {"1": {"name": scope}}})
}

/// A declaration with its lines.
fn block(keywords: &[&str], inside: &[Value]) -> Value {
    let mut patterns = vec![include("comment"), include("string")];
    patterns.extend_from_slice(inside);
    patterns.extend([include("head"), include("template"), include("number")]);
    json!({
        "begin": format!("^({}){ENDS}", any(keywords)),
        "beginCaptures": {"1": {"name": "keyword.control.declaration.jalon"}},
        "end": r"^(?=[^\s#])",
        "patterns": patterns,
    })
}

/// The lines of rules, and of what has actions as they have.
fn ruled(places: &[Place]) -> Vec<Value> {
    vec![
        line(&["quand", "when"], &["string", "triggers", "criterion", "inside", "number"]),
        at_start(places),
        line(&words(&[Place::Action]), &["string", "options", "inside", "number"]),
        include("options"),
        include("joined"),
        include("criterion"),
    ]
}

fn module() -> Value {
    let types = any(&words(&[Place::Type]));
    let of_type = format!(r"(?<=:)\s*({types}){ENDS}");
    block(
        &declared("module"),
        &[
            json!({"match": of_type, "captures": {"1": {"name": "storage.type.jalon"}}}),
            behind_comma(&words(&[Place::Property]), "storage.modifier.jalon"),
            include("criterion"),
        ],
    )
}

fn blueprint() -> Value {
    let lines = words(&[Place::Blueprint]);
    let ways: Vec<&str> = lines.into_iter().filter(|w| w.contains("transition")).collect();
    let mut inside = vec![line(&ways, &["string", "inside", "number"])];
    inside.push(line(&["propriétaires", "owners"], &["string", "people"]));
    inside.extend(ruled(&[Place::Blueprint]));
    block(&declared("parcours"), &inside)
}

fn test() -> Value {
    let holds = ["string", "expectations", "criterion", "inside", "number"];
    block(
        &declared("test"),
        &[
            line(&["attendu", "expect"], &holds),
            at_start(&[Place::Test, Place::Handed]),
            include("inside"),
        ],
    )
}

fn blocks() -> Value {
    let small = |keyword: &str, place: Place| {
        let words = between(&words(&[place]), OPTION);
        block(&declared(keyword), &[words, include("inside"), include("criterion")])
    };
    let verbs = ["ajouter", "soustraire", "retirer", "add", "subtract"];
    let score = [
        at_start(&[Place::Score]),
        line(&verbs, &["string", "criterion", "inside", "number"]),
        include("criterion"),
        include("inside"),
    ];
    let mut approval =
        vec![line(&["niveau", "level"], &["string", "people", "options", "criterion", "number"])];
    approval.extend(ruled(&[Place::Approval]));
    let scheduled = [ruled(&[Place::Rule]), vec![include("inside")]].concat();
    all(&[
        module(),
        blueprint(),
        test(),
        block(&declared("score"), &score),
        block(&declared("règle"), &ruled(&[Place::Rule])),
        block(&declared("affectation"), &ruled(&[Place::Rule])),
        block(&declared("approbation"), &approval),
        block(&declared("planification"), &scheduled),
        block(
            &declared("webhook"),
            &[at_start(&[Place::Webhook, Place::Method]), include("options")],
        ),
        block(
            &declared("calendrier"),
            &[
                at_start(&[Place::Calendar]),
                between(&spelled(Weekday::WORDS), "constant.language.jalon"),
                include("inside"),
            ],
        ),
        small("garde", Place::Guard),
        small("enchaînement", Place::Chaining),
        small("pipeline", Place::Pipeline),
        block(&words(&[Place::Declaration]), &[include("criterion"), include("inside")]),
    ])
}

fn criterion() -> Value {
    let signs = r"(?<=\s)(?:<=|>=|!=|≤|≥|≠|<|>|=)(?=\s|$)";
    let own = |words: &[&str]| format!(r"(?<=[\s()]){}{ENDS}", any(words));
    let loud = |words: &[&str]| format!(r"(?<=[\s()]){}{ENDS}", any(&capitals(words)));
    let rows = OPERATORS.iter().filter(|row| row.form == Form::Word);
    let operators: Vec<&str> = rows.flat_map(|row| row.fr.iter().chain(row.en).copied()).collect();
    let rest = [
        "VIDE",
        "EMPTY",
        "À",
        "TO",
        "DERNIERS",
        "DERNIÈRES",
        "DERNIER",
        "DERNIÈRE",
        "PROCHAINS",
        "PROCHAINES",
        "PROCHAIN",
        "PROCHAINE",
        "AGO",
    ];
    let called = format!(r"(?i){}(?=\()", any(&spelled(Function::WORDS)));
    all(&[
        include("comment"),
        include("string"),
        matched(&own(&["ET", "OU", "AND", "OR", "NON", "NOT"]), "keyword.operator.logical.jalon"),
        matched(&loud(&operators), COMPARISON),
        matched(signs, COMPARISON),
        matched(&own(&rest), COMPARISON),
        matched(&loud(&spelled(Quantifier::WORDS)), "keyword.operator.quantifier.jalon"),
        matched(&loud(&spelled(Aggregate::WORDS)), "support.function.jalon"),
        matched(&called, "support.function.jalon"),
        matched("✓", "constant.language.jalon"),
        between(&["si", "if", "alors", "then", "sinon", "else"], CONTROL),
    ])
}

/// The grammar.
pub fn grammar() -> Value {
    use Place::{
        Actor, Deadline, Expectation, Fires, Format, Handed, Inside, Lapsed, Level, Meeting,
        Message, Offered, Owner, State, Task, Trigger,
    };
    let options =
        words(&[Task, Message, Meeting, Actor, State, Owner, Deadline, Level, Lapsed, Format]);
    let template = matched(r"\$\{[^}\n]*\}", "variable.other.template.jalon");
    let escape = matched(r#"\\["\\n$]"#, "constant.character.escape.jalon");
    let quote = |begin: &str, end: &str, scope: &str| {
        let patterns = [template.clone(), escape.clone()];
        json!({"begin": begin, "end": format!("{end}|$"), "name": scope, "patterns": patterns})
    };
    let alone = json!({"1": {"name": "comment.line.number-sign.jalon"}});
    let changed = ["modifié", "modifiés", "modifiée", "modifiées", "changed"];
    let heads = ["sur", "on", "champ", "field", "selon", "by"];
    json!({
        "name": "Jalon",
        "scopeName": "source.jalon",
        "fileTypes": ["jalon"],
        "patterns": [
            include("comment"),
            matched(r"^(?:langue|language)\s+(?:fr|en)\b", "keyword.control.declaration.jalon"),
            blocks(),
        ],
        "repository": {
            "comment": all(&[
                json!({"match": r"^\s*(#.*)$", "captures": alone}),
                matched(r"(?<=\s)#(?:\s.*)?$", "comment.line.number-sign.jalon"),
            ]),
            "string": all(&[
                quote("\"", "\"", "string.quoted.double.jalon"),
                quote("«", "»", "string.quoted.other.jalon"),
            ]),
            "template": template,
            "number": matched(
                r"(?<=[\s(+\-])[+\-]?\d+(?:[.,]\d+)?(?=[\s,)%]|$)",
                "constant.numeric.jalon",
            ),
            "head": between(&heads, OTHER),
            "triggers": all(&[
                between(&words(&[Trigger]), "keyword.other.trigger.jalon"),
                between(&changed, "keyword.other.trigger.jalon"),
            ]),
            "expectations": between(&words(&[Expectation, Fires, Offered, Handed]), OPTION),
            "options": behind_comma(&options, OPTION),
            "people": between(&words(&[Owner, Actor]), OPTION),
            "inside": between(&words(&[Inside]), OTHER),
            "joined": behind_comma(&words(&[Inside]), OTHER),
            "criterion": criterion(),
        },
    })
}
