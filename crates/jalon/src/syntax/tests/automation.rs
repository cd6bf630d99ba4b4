//! What stands around rules: what is read, and what is said of what is wrong.

use super::*;
use crate::diagnostic::apply;
use crate::lexicon::{Op, Unit, Weekday};
use crate::syntax::ast::{
    CalendarLine, Chaining, Channel, Days, ExpectationKind, Format, HttpMethod, Stage, StepKind,
};

/// The examples of the language's description.
pub(super) const AUTOMATION: &str = include_str!("automation.jalon");

macro_rules! declared {
    ($text:expr, $kind:ident) => {
        match only($text) {
            DeclarationKind::$kind(declared) => declared,
            other => panic!("{other:?}"),
        }
    };
}

#[test]
fn the_examples_print_as_they_are_written() {
    let document = document(AUTOMATION);
    assert!(!document.declarations.iter().any(|d| matches!(d.kind, DeclarationKind::Verbatim(_))));
    assert_eq!(print(&document, Lang::Fr), AUTOMATION);
    insta::assert_snapshot!("automation_en", print(&document, Lang::En));
}

#[test]
fn a_line_of_a_validation_may_end_in_a_message() {
    let text =
        "validation Formes sur Prospects\n  A EST message, b, message \"non\"\n  A EST message\n";
    let validation = declared!(text, Validation);
    assert_eq!(validation.name.map(|n| n.text).as_deref(), Some("Formes"));
    assert_eq!(validation.lines[0].message.as_ref().map(|m| m.name.text.as_str()), Some("non"));
    assert!(validation.lines[1].message.is_none());
    assert!(declared!("validation\n  A EST b\n", Validation).module.is_none());
}

#[test]
fn days_are_spans_lists_and_dates() {
    use Weekday::{Friday, Monday, Saturday, Sunday};
    let text = "calendrier C\n  du vendredi au lundi 9h-12h, 14:00 – 18:00\n  mardi, jeudi fermé\n  \
                24/12/2026 09:00-12:00\n  exercice commence avril\n";
    let calendar = declared!(text, Calendar);
    let open = |at: usize| match &calendar.lines[at] {
        CalendarLine::Open(opening) => opening,
        other => panic!("{other:?}"),
    };
    assert!(matches!(&open(0).days, Days::Week(d) if *d == [Friday, Saturday, Sunday, Monday]));
    assert_eq!(open(0).hours[1].1.text, "18:00");
    assert!(matches!(&open(1).days, Days::Week(d) if d.len() == 2));
    assert!(open(1).hours.is_empty());
    assert!(matches!(&open(2).days, Days::Date(d) if d.text == "24/12/2026"));
}

#[test]
fn a_schedule_has_clauses_in_any_order_and_actions() {
    let text = "schedule Relances every day at 10:00\n  sorted by Created, Amount descending, at most 1 000 Leads\n  \
                if A IS b then\n    A : c\n";
    let schedule = declared!(text, Schedule);
    assert_eq!(schedule.when.text, "every day at 10:00");
    assert_eq!(schedule.at_most, Some(1000));
    assert_eq!(schedule.module.map(|m| m.text).as_deref(), Some("Leads"));
    assert_eq!(schedule.sort.iter().map(|k| k.descending).collect::<Vec<_>>(), [false, true]);
    assert_eq!(schedule.actions.len(), 1);
    assert!(schedule.criterion.is_some());
}

#[test]
fn a_webhook_has_an_address_headers_parameters_and_a_body() {
    let text = "webhook SMS sur Contacts\n  post https://a.fr/x?n=${Contacts.Nom ou \"a b\"}\n  \
                en-tête Authorization, \"Bearer ${Clé}\"\n  parameter a, json\n  paramètre b, xml \"<a/>\"\n  \
                body json \"{}\"\n";
    let webhook = declared!(text, Webhook);
    assert_eq!(webhook.method, HttpMethod::Post);
    assert_eq!(webhook.url.text, "https://a.fr/x?n=${Contacts.Nom ou \"a b\"}");
    assert_eq!(webhook.headers[0].0.text, "Authorization");
    assert_eq!(webhook.parameters[0].format, Format::Text);
    assert_eq!(webhook.parameters[0].value.name.text, "json");
    assert_eq!(webhook.parameters[1].format, Format::Xml);
    assert_eq!(webhook.body.map(|(format, _)| format), Some(Format::Json));
}

#[test]
fn a_guard_is_one_line() {
    let guard = declared!("guard webhook SMS on Leads, at most 2 per day, if A IS b, c\n", Guard);
    assert!(matches!(guard.channel, Channel::Webhook(name) if name.text == "SMS"));
    let (count, within) = guard.at_most.unwrap();
    assert_eq!((count, within.count, within.unit), (2, 1, Unit::Day));
    assert!(guard.criterion.is_some());
}

#[test]
fn chaining_and_the_pipeline() {
    assert_eq!(declared!("enchaînement profondeur 5\n", Chaining), Chaining::Depth(5));
    assert_eq!(declared!("chaining none\n", Chaining), Chaining::None);
    let pipeline = declared!("pipeline workflow, assignment\n", Pipeline);
    let stages: Vec<_> = pipeline.stages.iter().map(|(_, stage)| *stage).collect();
    assert_eq!(stages, [Stage::Workflow, Stage::Assignment]);
}

/// The expectation of a line.
fn expected(line: &str) -> ExpectationKind {
    let mut test = declared!(&format!("test T\n  attendu {line}\n"), Test);
    match test.steps.remove(0).kind {
        StepKind::Expect(expectation) => expectation.kind,
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_expectation_with_an_operator_is_a_criterion() {
    use ExpectationKind as E;
    for line in [
        "Score = 50",
        "E-mail EST VIDE",
        "Tâche CONTIENT x",
        "état EST x",
        "Règle = x",
        "refus = x",
    ] {
        assert!(matches!(expected(line), E::Criterion(_)), "{line}: {:?}", expected(line));
    }
    assert!(matches!(expected("score Score = 50"), E::Score { op: Op::Is, .. }));
    assert!(matches!(expected("score S ≠ -1,5"), E::Score { op: Op::IsNot, .. }));
    assert!(matches!(
        expected("tâche \"A EST b\""),
        E::Effect { present: true, name: Some(_), .. }
    ));
    assert!(matches!(expected("aucune étiquette VIP"), E::Effect { present: false, .. }));
    assert!(matches!(expected("règle Une règle EST fires"), E::Rule { fires: true, .. }));
    assert!(matches!(
        expected("no timer \"AP1\""),
        E::Timer { rule: Some(_), at: None, present: false }
    ));
    assert!(matches!(
        expected("minuterie le 2026-07-01"),
        E::Timer { rule: None, at: Some(_), .. }
    ));
    assert!(matches!(expected("refusal"), E::Refused { message: None, present: true }));
    assert!(matches!(expected("transition \"Perdre\" offerte"), E::Offered { offered: true, .. }));
}

/// One text for each code, French then English.
const WRONG: &[(&str, &str, &str)] = &[
    ("E0501", "dépendance Région sur Prospects\n  a : b\n", "dependency by A on Leads\n  a : b\n"),
    ("E0502", "dépendance A selon B\n  06, 83 Côte\n", "dependency A by B\n  : x\n"),
    ("E0503", "calendrier C\n  lundi\n", "calendar C\n  holiday France\n"),
    ("E0504", "calendrier C\n  lundi 9h12h\n", "calendar C\n  Monday 9:00-\n"),
    ("E0505", "calendrier C\n  lundy 09:00-12:00\n", "calendar C\n  week starts Moonday\n"),
    ("E0506", "calendrier C\n  exercice commence avrile\n", "calendar C\n  fiscal year starts 4\n"),
    ("E0507", "devises EUR\n  USD\n", "currencies EUR\n  : 1.17\n"),
    (
        "E0508",
        "planification \"E-mails\"\n  alors\n    A : b\n",
        "schedule Emails\n  then\n    A : b\n",
    ),
    ("E0509", "planification E chaque jour\n  tri par A\n", "schedule E every day\n  first 400\n"),
    ("E0510", "webhook S\n  POTS https://a.fr\n", "webhook S\n  headers A, b\n"),
    ("E0511", "webhook S\n  corps \"x\"\n", "webhook S\n  POST\n"),
    (
        "E0512",
        "webhook S\n  POST https://a.fr\n  en-tête A\n",
        "webhook S\n  GET https://a.fr\n  parameter A, b, c\n",
    ),
    ("E0513", "garde SMS sur Prospects\n", "guard webhook, at most 2 per day\n"),
    ("E0514", "garde e-mail, au plus 2\n", "guard email, at most 2 per moon\n"),
    ("E0515", "enchaînement deux fois\n", "chaining depth\n"),
    ("E0516", "pipeline validation, afectation\n", "pipeline validation, scoring\n"),
    (
        "E0517",
        "validation\n  A EST b, message \"x\", c\n",
        "validation\n  A IS b, message \"x\", at most 2\n",
    ),
    (
        "E0518",
        "calendrier C, Europe/Paris\n  lundi 9h-12h\n",
        "calendar C, zne Europe/Paris\n  Monday 9h-12h\n",
    ),
    ("E0519", "test T\n  atendu A = b\n", "test T\n  given x\n"),
    ("E0521", "test T\n  transition T\n    note\n", "test T\n  draft T\n    attachment\n"),
    ("E0520", "test T\n  A : b\n", "test T\n  on 2026-06-30\n    A : b\n"),
    ("E0521", "test T\n  le\n", "test T\n  expect\n"),
    ("E0522", "test T\n  avec\n  attendu Statut : x\n", "test T\n  given\n  expect Status: x\n"),
    ("E0523", "test T\n  attendu règle \"R\"\n", "test T\n  expect rule \"R\" fired\n"),
    (
        "E0525",
        "test T\n  attendu transition \"Perdre\"\n",
        "test T\n  expect transition \"Lose\" offerred\n",
    ),
    ("E0526", "test T\n  en tant que Alice, utilisateur Bruno\n", "test T\n  as Alice, Lawyers\n"),
    ("E0524", "test T\n  attendu aucune tache2\n", "test T\n  expect no alarms\n"),
];

#[test]
fn every_error_has_its_words_in_both_languages() {
    let mut all = String::new();
    for (code, fr, en) in WRONG {
        for (text, lang) in [(fr, Lang::Fr), (en, Lang::En)] {
            let (_, diagnostics) = parse(SourceId(0), text, &Limits::default());
            let mut sources = Sources::default();
            sources.add("leads.jalon", *text);
            let said = crate::diagnostic::render(&diagnostics, &sources, lang, false);
            assert!(said.contains(code), "{code}: {text}\n{said}");
            all.push_str(&said);
        }
    }
    insta::assert_snapshot!("automation_errors", all);
}

#[test]
fn each_code_is_tested() {
    let tested: Vec<_> = WRONG.iter().map(|(code, ..)| *code).collect();
    for code in crate::diagnostic::catalogue::all() {
        let ours = ("E0501"..="E0539").contains(&code.id);
        assert!(!ours || tested.contains(&code.id), "{} has no example", code.id);
    }
}

#[test]
fn one_broken_line_hides_no_other() {
    let text =
        "webhook S\n  POTS https://a.fr\n  en-tête A\ntest T\n  le\n  attendu aucune alarme\n";
    let (_, diagnostics) = parse(SourceId(0), text, &Limits::default());
    let codes: Vec<_> = diagnostics.iter().map(|d| d.code.id).collect();
    assert_eq!(codes, ["E0510", "E0512", "E0521", "E0524"]);
}

#[test]
fn a_number_that_is_missing_is_said_where_it_should_stand() {
    for (text, code, place) in [
        ("planification P chaque jour\n  au plus Prospects\n", "E0166", "Prospects"),
        ("garde e-mail, au plus par jour\n", "E0514", "au plus par jour"),
        ("test T\n  avec\n  attendu Étiquettes += A\n", "E0522", "+="),
    ] {
        let (_, diagnostics) = parse(SourceId(0), text, &Limits::default());
        let span = diagnostics[0].span;
        let found = (diagnostics[0].code.id, &text[span.start as usize..span.end as usize]);
        assert_eq!((diagnostics.len(), found), (1, (code, place)), "{text}");
    }
}

#[test]
fn a_clause_after_the_criterion_is_moved_before_it() {
    for text in [
        "garde e-mail sur M, si A EST b, au plus 2 par jour\n",
        "planification P chaque jour\n  si A EST b, triés par C\n",
    ] {
        let (_, diagnostics) = parse(SourceId(0), text, &Limits::default());
        assert_eq!(diagnostics.iter().map(|d| d.code.id).collect::<Vec<_>>(), ["E0173"]);
        document(&apply(text, &diagnostics[0].fixes[0].edits));
    }
}
