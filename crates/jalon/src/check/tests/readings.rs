//! What names and values are taken for.

use super::SCHEMA;
use crate::check::check_with_readings;
use crate::checked::readings::Meaning;
use crate::source::Sources;
use crate::syntax::{Limits, parse};

/// Each reading after the schema: the text and what it was taken for.
fn readings(text: &str) -> Vec<(String, String)> {
    let mut sources = Sources::default();
    let id = sources.add("test", format!("{SCHEMA}{text}"));
    let (document, found) = parse(id, &sources.get(id).unwrap().text, &Limits::default());
    assert!(found.is_empty(), "{found:?}");
    let (program, _, readings) = check_with_readings(&[document], &sources);
    let module = |id: &u32| program.schema.modules[*id as usize].name.clone();
    let field = |shape: u32, slot: u32| {
        let mut fields = program.schema.modules.iter().flat_map(|m| &m.fields);
        let field = fields.find(|f| f.key.shape == shape && f.key.slot == slot);
        field.map_or_else(|| "?".to_owned(), |f| f.name().to_owned())
    };
    readings
        .iter()
        .filter(|reading| reading.span.start as usize >= SCHEMA.len())
        .map(|reading| {
            let meaning = match &reading.meaning {
                Meaning::Module(id) => format!("module {}", module(&id.0)),
                Meaning::Field(path) => {
                    let names: Vec<_> = path.iter().map(|id| field(id.shape, id.slot)).collect();
                    format!("field {}", names.join(" → "))
                }
                Meaning::Score(id) => format!("score {}", program.scores[id.0 as usize].name),
                Meaning::Value(of) => {
                    format!("value of {}", of.map_or("—".to_owned(), |f| field(f.shape, f.slot)))
                }
                other => format!("{other:?}").to_lowercase(),
            };
            (sources.slice(reading.span).to_owned(), meaning)
        })
        .collect()
}

fn assert_read(text: &str, expected: &[(&str, &str)]) {
    let found = readings(text);
    let found: Vec<_> = found.iter().map(|(text, as_)| (text.as_str(), as_.as_str())).collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn a_line_of_a_score_is_read_by_the_types_of_its_fields() {
    assert_read(
        "score S sur Leads\n  +10 si Email Opt Out EST coché ET Compte.Type EST \"prospect\"\n",
        &[
            ("Leads", "module Prospects"),
            ("Email Opt Out", "field Rejet des mails"),
            ("EST", "operator"),
            ("coché", "tick(true)"),
            ("Compte.Type", "field Compte → Type"),
            ("EST", "operator"),
            ("\"prospect\"", "value of Type"),
        ],
    );
}

#[test]
fn of_several_splits_the_one_taken_is_noted() {
    let text = "score S sur Prospects\n  +1 si Nom est bien EST Dupont\n";
    assert_read(
        text,
        &[
            ("Prospects", "module Prospects"),
            ("Nom", "field Nom"),
            ("est", "operator"),
            ("bien EST Dupont", "value of Nom"),
        ],
    );
}

#[test]
fn ticks_are_texts_where_the_type_says_so() {
    assert_read(
        "règle R sur Prospects\n  quand créé\n  si Nom EST oui\n  alors\n    No-Com : oui\n    Nom : oui\n",
        &[
            ("Prospects", "module Prospects"),
            ("Nom", "field Nom"),
            ("EST", "operator"),
            ("oui", "value of Nom"),
            ("No-Com", "field No-Com"),
            ("oui", "tick(true)"),
            ("Nom", "field Nom"),
            ("oui", "value of Nom"),
        ],
    );
}

#[test]
fn constants_dates_fields_and_scores_on_the_right() {
    assert_read(
        "constante Junk : Casino\nscore A sur Prospects\n  +1 si Nom EST Junk\nscore B sur Prospects\n  +score A si Date Prochain Push EST demain ET Ville EST Prospects.Pays\n",
        &[
            ("Prospects", "module Prospects"),
            ("Nom", "field Nom"),
            ("EST", "operator"),
            ("Junk", "constant"),
            ("Prospects", "module Prospects"),
            ("A", "score A"),
            ("Date Prochain Push", "field Date Prochain Push"),
            ("EST", "operator"),
            ("demain", "time"),
            ("Ville", "field Ville"),
            ("EST", "operator"),
            ("Prospects.Pays", "field Pays"),
        ],
    );
}

#[test]
fn states_webhooks_calendars_and_what_tests_name() {
    let text = "calendrier Siège\n  lundi 09:00-12:00\nwebhook SMS\n  POST https://sms.exemple.fr\n\
                règle R sur Prospects\n  quand créé\n  alors\n    webhook SMS\n\
                parcours P sur Prospects, champ Statut Membre\n  états Clic CRM, Clic ZC\n  \
                délai Clic CRM, 2 jours ouvrés, calendrier Siège\n  \
                transition \"T\" de Clic CRM vers Clic ZC\n\
                test T1 sur Prospects\n  avec\n    Nom : x\n  transition \"T\"\n  \
                attendu règle R se déclenche\n  attendu état Clic ZC\n";
    let found = readings(text);
    let has = |text: &str, meaning: &str| {
        let count = found.iter().filter(|(t, m)| t == text && m == meaning).count();
        assert!(count > 0, "{text} as {meaning} in {found:?}");
        count
    };
    has("SMS", "webhook(webhookid(0))");
    has("Siège", "calendar(0)");
    has("R", "rule(ruleid(0))");
    has("\"T\"", "transition");
    assert_eq!(has("Clic CRM", "value of Statut Membre"), 3);
    assert_eq!(has("Clic ZC", "value of Statut Membre"), 3);
}
