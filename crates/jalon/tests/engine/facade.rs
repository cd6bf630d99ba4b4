//! Loading, names, strictness, messages.

use jalon::value::{Clock, Value};
use jalon::{Criterion, Error, Lang, Loader, Program};
use serde_json::json;

use super::{MODULE, clock};

#[test]
fn unknown_names_offer_the_nearest() {
    let program = Program::parse("score Scorex\n  +1 si A EST VIDE\n").unwrap();
    assert_eq!(program.score_names().collect::<Vec<_>>(), ["Scorex"]);
    let error = program.score(Some("Scorx")).unwrap_err();
    assert_eq!(error.message(Lang::Fr), "score inconnu `Scorx` ; vouliez-vous dire `Scorex` ?");
    assert_eq!(error.to_string(), "unknown score `Scorx`; did you mean `Scorex`?");
    assert!(program.score(Some("SCOREX")).is_ok());
    let error = program.rule("x").unwrap_err();
    assert_eq!(error.message(Lang::Fr), "règle inconnue `x`");
}

#[test]
fn several_modules_must_be_named() {
    let program = Program::parse(MODULE).unwrap();
    let error = program.criterion("Nom EST VIDE", None).unwrap_err();
    assert!(error.message(Lang::Fr).contains("`Prospects`, `Comptes`, `Contacts`"), "{error}");
    assert!(matches!(program.row(Some("Prospect")), Err(Error::Unknown { .. })));
    assert!(program.score(None).unwrap_err().to_string().contains("no score"));
}

#[test]
fn a_rule_is_a_criterion_on_its_module() {
    let text = "règle \"CM5\" sur Prospects\n  quand créé\n  si Pays CONTIENT monaco\n  alors\n    Pays : Monaco\n\nrègle \"Tous\" sur Prospects\n  quand créé\n  alors\n    Pays : x\n";
    let program = Program::parse(text).unwrap();
    assert_eq!(program.rules().collect::<Vec<_>>(), ["CM5", "Tous"]);
    let rule = program.rule("cm5").unwrap();
    assert!(rule.matches(&json!({"Pays": "Monaco (MC)"}), &Clock::default()).unwrap());
    assert!(!rule.matches(&json!({"Pays": "France"}), &Clock::default()).unwrap());
    assert!(program.rule("Tous").unwrap().matches(&json!({}), &Clock::default()).unwrap());
}

#[test]
fn rows_by_slot_and_json_by_name_agree() {
    let program = Program::parse(MODULE).unwrap();
    let criterion = program.criterion("Montant > 5 ET Pays EST France", Some("Leads")).unwrap();
    let mut row = program.row(Some("Prospects")).unwrap();
    row.set("montant", 6).set("Pays", "FRANCE");
    assert!(criterion.matches(&row, &clock()).unwrap());
    row.set("Montant", Value::Empty);
    assert!(!criterion.matches(&row, &clock()).unwrap());
    let names: Vec<_> = criterion.fields().iter().map(|key| key.names[0].as_str()).collect();
    assert_eq!(names, ["Montant", "Pays"]);
}

#[test]
fn strict_mode_refuses_absent_fields_and_wrong_types() {
    let text = format!("{MODULE}\nscore S sur Prospects\n  +1 si Montant > 5\n");
    let program = Loader::default().source("p.jalon", text).strict().load().unwrap();
    let score = program.score(None).unwrap();
    assert_eq!(score.evaluate(&json!({"Montant": 6}), &clock()).unwrap().total, 1.into());
    let Err(Error::Record(errors)) = score.evaluate(&json!({}), &clock()) else { panic!() };
    assert_eq!(
        errors[0].message(Lang::En),
        "`Prospects.Montant`: the record does not carry the field"
    );
    let Err(Error::Record(errors)) = score.evaluate(&json!({"Montant": "x"}), &clock()) else {
        panic!()
    };
    assert_eq!(errors[0].message(Lang::Fr), "`Prospects.Montant` : `x` n'est pas un nombre");
    let mut scorer = score.scorer(&clock()).unwrap();
    assert!(scorer.total(&json!({})).has_errors);
    assert!(!scorer.total(&json!({"Montant": null})).has_errors);
}

#[test]
fn all_errors_in_one_go_in_the_language_of_the_text() {
    let text =
        format!("{MODULE}\nscore S sur Prospects\n  +1 si Montan > 5\n  +2 si Pay EST France\n");
    let Err(Error::Diagnostics(diagnostics)) = Program::parse(&text) else { panic!() };
    assert_eq!(diagnostics.list.len(), 2);
    assert_eq!(diagnostics.lang, Lang::Fr);
    assert!(diagnostics.has_errors() && diagnostics.has_findings());
    assert!(diagnostics.render(false).contains("vouliez-vous dire `Montant` ?"));
    let english = Loader::default().source("x", text.clone()).lang(Lang::En).check();
    assert!(english.render(false).contains("did you mean `Pays`?"));
    let plain = Loader::default().source("x", "score S\n  +1 if A IS b AND C IS EMPTY OR D IS e\n");
    assert_eq!(plain.check().lang, Lang::En);
}

#[test]
fn a_judge_answers_as_its_parts() {
    // Fields that are not declared: those of each criterion are numbered by themselves.
    let text = "
score A
  +1 si Nom CONTIENT x

score B
  + score A
  +2,5 si Montant > 3

règle \"Toujours\" sur Prospects
  quand créé
";
    let program = Program::parse(text).unwrap();
    let clock = Clock::default();
    let criteria = [
        program.criterion("Nom CONTIENT x ET Autre EST y", None).unwrap(),
        program.criterion("score B > 1 OU Nom EST VIDE", None).unwrap(),
        program.criterion("Encore EST y", None).unwrap(),
        program.rule("Toujours").unwrap(),
    ];
    for name in ["A", "B"] {
        let score = program.score(Some(name)).unwrap();
        let mut judge = program.judge(Some(&score), &criteria, &clock).unwrap();
        for record in [
            json!({}),
            json!({"Nom": "X", "Montant": "cher", "Autre": "y"}),
            json!({"NAME": "ax", "Montant": 4, "Encore": "Y"}),
            json!({"Nom": "x", "Autre": "x", "Montant": 4}),
        ] {
            let wrong = judge.run(&record);
            assert_eq!(judge.total(), score.evaluate(&record, &clock).unwrap().total, "{record}");
            let held = criteria.iter().map(|c| c.matches(&record, &clock).unwrap());
            assert_eq!(judge.held().collect::<Vec<_>>(), held.collect::<Vec<_>>(), "{record}");
            assert_eq!(wrong, !judge.errors(&record).is_empty(), "{record}");
        }
    }
    let other = Criterion::parse("Nom EST x").unwrap();
    assert!(program.judge(None, &[other], &clock).is_err());
}

#[test]
fn of_a_text_that_must_not_be_blank_no_more_is_asked() {
    let program = Program::parse(
        "
module M
  Nom     : texte
  Email   : e-mail
  Pays    : texte
  Ville   : texte
  Montant : nombre
  Tel (Phone, Mobile) : téléphone

score S sur M
  +1 si Nom N'EST PAS VIDE
  +1 si Email N'EST PAS VIDE ET Email CONTIENT exemple
  +1 si Pays EST VIDE
  +LONGUEUR(Pays) si Pays N'EST PAS VIDE
  +1 si Ville N'EST PAS VIDE OU Nom EST VIDE
  +1 si Montant N'EST PAS VIDE
  +1 si Tel N'EST PAS VIDE
",
    );
    let program = program.unwrap();
    let score = program.score(None).unwrap();
    let criteria = [program.criterion("Ville EST Nice", None).unwrap()];
    let asked = |criteria: &[Criterion], names: &[&str]| {
        let judge = program.judge(Some(&score), criteria, &Clock::default()).unwrap();
        let layout = judge.wanted().layout(names.iter().copied());
        (0..layout.cells()).map(|cell| layout.asks_for_text(cell)).collect::<Vec<_>>()
    };
    let names = ["Nom", "Email", "Pays", "Ville", "Montant", "Tel"];
    assert_eq!(asked(&[], &names), [false, true, true, false, true, false]);
    assert_eq!(asked(&criteria, &names), [false, true, true, true, true, false]);
    // Of two that are one field, the values are compared.
    assert_eq!(asked(&[], &["Phone", "Mobile"]), [true, true]);
}
