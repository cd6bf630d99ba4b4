//! What stands around rules: names, values, dates and requests.

use super::{Checked, SCHEMA, checked};
use crate::checked::workflow::{Channel, Expectation, StepKind};
use crate::checked::{ExprKind, On, Operand, Predicate};
use crate::diagnostic::{Severity, catalogue};
use crate::lang::Lang;
use crate::lexicon::Weekday;
use crate::value::{Date, TimeSpec, Value};

/// A schema with two lists that depend on each other, and rules.
const MORE: &str = "\
module Clients
  Nom         : texte
  Téléphone   : téléphone
  Département : liste 06, 83, 98
  Région      : liste Côte-Azur, Monaco
  Étiquettes  : liste multiple A, B
  Montant     : devise
  Taxe        : formule Montant * 2
  Créé le     : date-heure
  Compte      : référence Comptes
  Contacts    : fiches Contacts
  Visites     : événements (Page : url)
module Comptes
  Nom         : texte
  Secteur     : liste a, b
module Contacts
  Nom         : texte
score Points sur Clients
  +5 si Nom N'EST PAS VIDE
règle Accueil sur Clients
  quand créé
  quand manuel
  alors
    Nom : x
règle Suivi sur Clients
  quand modifié
  alors
    webhook SMS
webhook SMS
  POST https://sms.exemple.fr/envoi
  paramètre a, ${Clients.Nom}
";

fn with_more(text: &str) -> Checked {
    checked(&format!("{MORE}{text}"))
}

#[track_caller]
fn clean(text: &str) -> Checked {
    let checked = with_more(text);
    assert_eq!(checked.findings(), [], "{}", checked.rendered(Lang::Fr));
    checked
}

#[test]
fn the_examples_of_the_language_have_no_finding() {
    let text = include_str!("../../syntax/tests/automation.jalon");
    let checked = checked(text);
    let errors: Vec<_> = checked.findings();
    // Only the rules and the score that the example's test names are not declared with it.
    assert_eq!(
        errors,
        [
            ("E0230", "Scorex"),
            ("E0566", "\"MAJ02 : CLIQUEUR\""),
            ("E0566", "\"CM5 : PROSPECT MONACO\""),
        ],
        "{}",
        checked.rendered(Lang::Fr)
    );
    assert!(!checked.notes().iter().any(|(code, _)| *code == "N0204"));
}

#[test]
fn a_validation_is_judged_where_its_fields_hold_something() {
    let checked = clean(
        "validation sur Clients\n  Téléphone SUIT LE FORMAT \"99 99\" ET Nom EST x, message \"pas ${Nom}\"\n  \
         Téléphone EST VIDE OU Nom EST x\n  longueur(Nom) > 3\n",
    );
    let lines = &checked.program.validations[0].lines;
    let fields = |at: usize| lines[at].judged_with.iter().map(|f| f.key.names[0].as_str());
    assert_eq!(fields(0).collect::<Vec<_>>(), ["Téléphone", "Nom"]);
    assert_eq!(fields(1).count(), 0);
    assert_eq!(fields(2).collect::<Vec<_>>(), ["Nom"]);
    assert_eq!(lines[0].source, "Téléphone SUIT LE FORMAT \"99 99\" ET Nom EST x");
    assert!(matches!(lines[0].message.as_ref().map(|m| &m.kind), Some(ExprKind::Template(_))));
}

#[test]
fn a_dependency_keeps_values_as_they_are_declared() {
    let checked = clean(
        "dépendance Région selon Département sur Clients\n  06, 83 : côte-azur\n  98 : Monaco\n",
    );
    let dependency = &checked.program.dependencies[0];
    assert_eq!(dependency.lines[0].0, ["06", "83"]);
    assert_eq!(dependency.lines[0].1, ["Côte-Azur"]);
}

#[test]
fn a_calendar_is_built_and_the_first_is_the_programs() {
    let checked = clean(
        "calendrier Siège, fuseau europe/paris\n  lundi à jeudi 09:00-12:00, 14:00-19:00\n  vendredi 9h-24h\n  \
         samedi, dimanche fermé\n  fériés France, 2026-12-24\n  2026-07-14 09:00-12:00\n  semaine commence dimanche\n  \
         exercice commence avril\ncalendrier Autre\n  lundi 9h-10h\n",
    );
    let calendar = checked.program.calendar();
    let day = |text| Date::parse(text).unwrap();
    assert_eq!(calendar.zone().map(crate::value::Zone::name), Some("Europe/Paris"));
    assert_eq!(calendar.week_start(), Weekday::Sunday);
    assert!(calendar.is_business_day(day("2026-06-30")));
    assert!(calendar.is_business_day(day("2026-07-14")));
    for closed in ["2026-12-24", "2026-12-25", "2026-07-04"] {
        assert!(!calendar.is_business_day(day(closed)), "{closed}");
    }
    assert_eq!(checked.program.calendars.len(), 2);
}

#[test]
fn currencies_have_rates() {
    let checked = clean("devises EUR\n  USD 1,17\n  GBP 0,8723\n");
    let currencies = checked.program.currencies.unwrap();
    assert_eq!(currencies.convert(2.into(), "eur", "USD").unwrap().to_string(), "2.34");
}

#[test]
fn a_schedule_has_its_recurrence_its_order_and_its_actions() {
    let checked = clean(
        "planification P chaque jour à 19:00 sauf samedi, dimanche\n  au plus 400 Clients, triés par Créé le, Nom décroissant\n  \
         si Nom EST VIDE\n  alors\n    Nom : x\n",
    );
    let schedule = &checked.program.schedules[0];
    assert_eq!(
        schedule.recurrence.sentence(Lang::En),
        "every day at 19:00 except Saturday, Sunday"
    );
    assert_eq!(schedule.sort.iter().map(|(_, down)| *down).collect::<Vec<_>>(), [false, true]);
    assert_eq!(schedule.actions.len(), 1);
}

#[test]
fn webhooks_are_checked_for_each_module_that_calls_them() {
    let checked = clean(
        "règle Autre sur Comptes\n  quand créé\n  alors\n    webhook W\nrègle Encore sur Contacts\n  quand créé\n  \
         alors\n    webhook W\nwebhook W\n  GET https://a.fr/?n=${Nom}\n  en-tête X-Nom, \"${Nom}\"\n",
    );
    let modules = |at: usize| checked.program.webhooks[at].requests.iter().map(|(m, _)| *m);
    assert_eq!(modules(0).count(), 1);
    assert_eq!(modules(1).count(), 2);
    let found = with_more(
        "règle Autre sur Comptes\n  quand créé\n  alors\n    webhook W\nwebhook W\n  GET https://a.fr/?n=${Montant}\n",
    );
    assert_eq!(found.findings(), [("E0203", "Montant")]);
}

#[test]
fn a_guard_without_a_module_is_of_every_record() {
    let checked = clean("garde webhook SMS, au plus 1 par jour\n");
    let guard = &checked.program.guards[0];
    assert_eq!(guard.channel, Channel::Webhook(crate::checked::workflow::WebhookId(0)));
    assert_eq!(guard.on, On::Any);
    let open = super::checked("garde e-mail sur Prospects\n");
    assert_eq!(open.program.guards[0].on, On::named("Prospects"));
}

#[test]
fn the_steps_of_a_test_are_typed() {
    let checked = clean(
        "test T sur Clients\n  le 2026-06-30 à 10h30\n  en tant que Alice\n  avant\n    Montant : 1 234,5\n    \
         Étiquettes : A, B\n    Créé le : aujourd'hui\n    Région : monaco\n    Nom : vide\n  fiche Compte\n    Nom : ACME\n  \
         fiche Contacts\n    Nom : Bob\n  après\n    Nom : y\n  événement visite\n    Page : https://a.fr\n  manuel Accueil\n  \
         puis le 2026-07-03\n  attendu score Points >= 5\n  attendu règle accueil se déclenche\n  attendu Montant > 3\n  \
         attendu aucune tâche \"x\"\n  attendu minuterie Suivi le 2026-07-04 à 9h\n",
    );
    let steps: Vec<_> = checked.program.tests[0].steps.iter().map(|step| &step.kind).collect();
    assert!(matches!(steps[0], StepKind::On(TimeSpec::Local(_))));
    let StepKind::Before(fields) = steps[2] else { panic!("{:?}", steps[2]) };
    let number = Value::Number("1234.5".parse().unwrap());
    assert!(
        matches!(&fields[0], (name, values) if name == "Montant" && values[0].kind == ExprKind::Const(number))
    );
    assert_eq!(fields[1].1.len(), 2);
    assert!(matches!(fields[2].1[0].kind, ExprKind::Time(_)));
    assert!(matches!(&fields[3].1[0].kind, ExprKind::Const(Value::Text(text)) if text == "Monaco"));
    assert!(fields[4].1.is_empty());
    assert!(matches!(steps[3], StepKind::Related(field, _) if field.key.names[0] == "Compte"));
    assert!(matches!(steps[6], StepKind::Event(id, _) if id == "visit"));
    assert!(matches!(steps[8], StepKind::Then(TimeSpec::Day(_))));
    assert!(matches!(steps[10], StepKind::Expect(Expectation::Rule(rule, true)) if rule.0 == 0));
    let StepKind::Expect(Expectation::Criterion(criterion)) = steps[11] else { panic!() };
    let crate::checked::Condition::Test(test) = criterion else { panic!("{criterion:?}") };
    assert!(matches!((&test.left, &test.predicate), (Operand::Field(_), Predicate::Number(..))));
}

#[test]
fn without_modules_everything_is_kept_and_noted() {
    let checked = super::checked(
        "validation sur P\n  A EST b\ndépendance A selon B sur P\n  x : y\ngarde e-mail sur P, si A EST b\n\
         planification S chaque jour\n  au plus 3 P, triés par A\n  alors\n    A : b\ntest T sur P\n  avec\n    A : ✓\n  \
         fiche Compte\n    B : c\n  événement visite\n    Page : x\n  attendu A EST b\n",
    );
    assert_eq!(checked.findings(), [], "{}", checked.rendered(Lang::Fr));
    assert_eq!(checked.program.validations[0].on, On::named("P"));
    assert_eq!(checked.program.dependencies[0].lines[0].0, ["x"]);
    assert_eq!(checked.program.tests[0].steps.len(), 4);
}

/// A text for each finding: its code, and what is underlined.
const WRONG: &[(&str, &str, &str)] = &[
    ("E0540", "enchaînement aucun", "enchaînement une fois\nenchaînement aucun\n"),
    ("E0540", "devises USD", "devises EUR\ndevises USD\n"),
    ("E0541", "Nom", "dépendance Région selon Nom sur Clients\n  x : Monaco, Côte-Azur\n"),
    (
        "E0542",
        "Compte.Secteur",
        "dépendance Compte.Secteur selon Région sur Clients\n  Monaco : a\n",
    ),
    (
        "E0543",
        "région",
        "dépendance Région selon région sur Clients\n  Monaco : Monaco, Côte-Azur\n",
    ),
    (
        "E0544",
        "06",
        "dépendance Région selon Département sur Clients\n  06 : Monaco\n  06 : Côte-Azur\n",
    ),
    ("E0218", "07", "dépendance Région selon Département sur Clients\n  07 : Monaco, Côte-Azur\n"),
    ("E0545", "siège", "calendrier Siège\n  lundi 9h-12h\ncalendrier siège\n  lundi 9h-12h\n"),
    ("E0546", "Europe/Pari", "calendrier C, fuseau Europe/Pari\n  lundi 9h-12h\n"),
    ("E0547", "Frnce", "calendrier C\n  fériés Frnce\n"),
    ("E0548", "9h-26h", "calendrier C\n  lundi 9h-26h\n"),
    ("E0549", "22:00-06:00", "calendrier C\n  lundi 22:00-06:00\n"),
    ("E0550", "10h-11h", "calendrier C\n  lundi à mercredi 9h-12h\n  mardi 10h-11h\n"),
    ("E0550", "2026-12-24 fermé", "calendrier C\n  2026-12-24 9h-12h\n  2026-12-24 fermé\n"),
    ("E0551", "calendrier C", "calendrier C\n  lundi à dimanche fermé\n"),
    ("E0215", "2026-13-24", "calendrier C\n  2026-13-24 9h-12h\n"),
    ("E0552", "EURO", "devises EURO\n"),
    ("E0553", "-1", "devises EUR\n  USD -1\n"),
    ("E0554", "usd", "devises EUR\n  USD 1,17\n  usd 1,2\n"),
    (
        "E0555",
        "p",
        "planification P chaque jour\n  sur Clients\n  alors\n    Nom : x\nplanification p chaque jour\n  sur Clients\n  alors\n    Nom : x\n",
    ),
    (
        "E0556",
        "lindi",
        "planification P chaque semaine le lindi\n  sur Clients\n  alors\n    Nom : x\n",
    ),
    (
        "E0557",
        "Étiquettes",
        "planification P chaque jour\n  sur Clients, triés par Étiquettes\n  alors\n    Nom : x\n",
    ),
    ("E0237", "0 jours", "garde e-mail, au plus 1 par 0 jours\n"),
    ("E0576", "en devise(1, USD)", "module A\n  M : devise\n  F : formule en devise(1, USD)\n"),
    (
        "E0577",
        "USB",
        "devises EUR\n  USD 1,17\nmodule A\n  M : devise\n  F : formule en devise(M, USB)\n",
    ),
    ("E0558", "ftp://a.fr", "webhook W sur Clients\n  POST ftp://a.fr\n"),
    ("E0558", "https://a.fr/a b", "webhook W sur Clients\n  POST https://a.fr/a b\n"),
    (
        "E0559",
        "Clé secrète",
        "webhook W sur Clients\n  POST https://a.fr\n  en-tête Clé secrète, x\n",
    ),
    (
        "E0560",
        "accept",
        "webhook W sur Clients\n  POST https://a.fr\n  en-tête Accept, x\n  en-tête accept, y\n",
    ),
    (
        "E0561",
        "le 2026-06-30",
        "test T sur Clients\n  avec\n    Nom : x\n  le 2026-06-30\n  attendu aucun effet\n",
    ),
    (
        "E0562",
        "2026-06-29",
        "test T sur Clients\n  le 2026-06-30\n  avec\n    Nom : x\n  puis le 2026-06-29\n  attendu aucun effet\n",
    ),
    (
        "E0563",
        "avant",
        "test T sur Clients\n  avec\n    Nom : x\n  avant\n    Nom : x\n  attendu aucun effet\n",
    ),
    ("E0564", "après", "test T sur Clients\n  après\n    Nom : x\n  attendu aucun effet\n"),
    (
        "E0565",
        "attendu aucun effet",
        "test T sur Clients\n  avant\n    Nom : x\n  attendu aucun effet\n",
    ),
    (
        "E0566",
        "Acueil",
        "test T sur Clients\n  avec\n    Nom : x\n  attendu règle Acueil se déclenche\n",
    ),
    ("E0567", "Suivi", "test T sur Clients\n  manuel Suivi\n  attendu aucun effet\n"),
    (
        "E0568",
        "Étiquettes",
        "test T sur Clients\n  avec\n    Étiquettes += A\n  attendu aucun effet\n",
    ),
    (
        "E0569",
        "Compte.Nom",
        "test T sur Clients\n  avec\n    Compte.Nom : A\n  attendu aucun effet\n",
    ),
    ("E0570", "Taxe", "test T sur Clients\n  avec\n    Montant : Taxe\n  attendu aucun effet\n"),
    (
        "E0571",
        "Nom",
        "test T sur Clients\n  avec\n    Nom : x\n  fiche Nom\n    Nom : x\n  attendu aucun effet\n",
    ),
    ("E0572", "EUR", "devises EUR\n  EUR 1\n"),
    (
        "E0165",
        "nom : y",
        "test T sur Clients\n  avec\n    Nom : x\n    nom : y\n  attendu aucun effet\n",
    ),
    (
        "E0573",
        "2026-06-31",
        "test T sur Clients\n  le 2026-06-31\n  avec\n    Nom : x\n  attendu aucun effet\n",
    ),
    ("E0203", "Nim", "test T sur Clients\n  avec\n    Nim : x\n  attendu aucun effet\n"),
    (
        "E0574",
        "Comptes",
        "règle A sur Contacts\n  quand créé\n  alors\n    webhook W\nwebhook W sur Comptes\n  POST https://a.fr\n",
    ),
    (
        "E0578",
        "Alller",
        "parcours P sur Clients, champ Région\n  états Côte-Azur\n  final Monaco\n  transition Aller de Côte-Azur vers Monaco\ntest T sur Clients\n  avec\n    Nom : x\n  transition Alller\n  attendu état Monaco\n",
    ),
    (
        "E0578",
        "\"Venir\"",
        "parcours P sur Clients, champ Région\n  états Côte-Azur\n  final Monaco\n  transition Aller de Côte-Azur vers Monaco\ntest T sur Clients\n  avec\n    Nom : x\n  attendu transition \"Venir\" offerte\n",
    ),
    (
        "E0579",
        "Menton",
        "parcours P sur Clients, champ Région\n  états Côte-Azur\n  final Monaco\n  transition Aller de Côte-Azur vers Monaco\ntest T sur Clients\n  avec\n    Nom : x\n  attendu état Menton\n",
    ),
    (
        "E0580",
        "Aller",
        "test T sur Comptes\n  avec\n    Nom : x\n  transition Aller\n  attendu aucun effet\n",
    ),
    (
        "E0564",
        "sortie du parcours",
        "parcours P sur Clients, champ Région\n  états Côte-Azur\n  final Monaco\n  transition Aller de Côte-Azur vers Monaco\ntest T sur Clients\n  sortie du parcours\n  attendu aucun état\n",
    ),
    ("W0540", "validation sur Clients", "validation sur Clients\n"),
    ("W0541", "Région", "dépendance Région selon Département sur Clients\n  06 : Côte-Azur\n"),
    ("W0542", "pipeline validation, workflow", "pipeline validation, workflow\n"),
    ("W0543", "x", "webhook W sur Clients\n  GET https://a.fr\n  corps x\n"),
    (
        "W0544",
        "t",
        "test T sur Clients\n  avec\n    Nom : x\n  attendu aucun effet\ntest t sur Clients\n  avec\n    Nom : x\n  attendu aucun effet\n",
    ),
    ("W0545", "T", "test T sur Clients\n  avec\n    Nom : x\n"),
    ("N0540", "W", "webhook W\n  POST https://a.fr\n"),
];

#[test]
fn what_is_wrong_is_found_and_placed() {
    let mut wrong = Vec::new();
    for (code, underlined, text) in WRONG {
        let checked = with_more(text);
        let own = |c: &&crate::diagnostic::Diagnostic| {
            c.code.severity != Severity::Note || c.code.id == "N0540"
        };
        let found: Vec<_> = checked
            .diagnostics
            .iter()
            .filter(own)
            .map(|d| (d.code.id, checked.sources.slice(d.span).to_owned()))
            .collect();
        if found != [((*code), (*underlined).to_owned())] {
            wrong.push(format!("{code} {underlined}: {found:?}\n{text}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_code_of_these_declarations_is_tested() {
    for code in catalogue::all() {
        let ours = ("40".."81").contains(&&code.id[3..]) && &code.id[1..3] == "05";
        let tested = WRONG.iter().any(|(tested, ..)| *tested == code.id);
        assert!(!ours || tested, "no test of {}", code.id);
    }
}

#[test]
fn as_people_see_them() {
    let french = with_more(
        "dépendance Région selon Département sur Clients\n  06, 07 : Côte-Azur\n  06 : Mona\n\
         calendrier C, fuseau Europe/Pari\n  lundi 9h-12h, 11h-13h\n  fériés Frence\n\
         planification P chaque semaine le lindi\n  sur Clients, triés par Étiquettes\n  alors\n    Nom : x\n\
         test T sur Clients\n  après\n    Nom : x\n  attendu règle \"Acueil\" se déclenche\n",
    );
    insta::assert_snapshot!("automation_fr", french.rendered(Lang::Fr));
    let english = checked(&format!(
        "{SCHEMA}webhook W on Prospects\n  GET ftp://a.fr\n  header my key, \"${{Nim}}\"\n  body json \"x\"\n\
         guard webhook V on Prospects, at most 2 per 0 days, if Pay IS France\npipeline validation, score\n\
         schedule S every fortnight\n  at most 10 Prospects\n  then\n    Pays : x\n\
         test T on Prospects\n  given\n    Montant : lots\n    Compte.Nom : x\n  then on yesterday\n  expect score Scorex = 5\n"
    ));
    insta::assert_snapshot!("automation_en", english.rendered(Lang::En));
}

/// A text of many lines takes no longer than its length.
#[test]
fn many_of_each_take_no_time() {
    const MANY: usize = 3_000;
    let lines = |line: &dyn Fn(usize) -> String| (0..MANY).map(line).collect::<String>();
    let values = (0..MANY).map(|i| format!("v{i}")).collect::<Vec<_>>().join(", ");
    let text = [
        format!("module M\n  A : liste {values}\n  B : liste {values}\n  C : texte\n"),
        "dépendance A selon B sur M\n".to_owned(),
        lines(&|i| format!("  v{i} : V{i}\n")),
        "webhook W sur M\n  POST https://a.fr\n".to_owned(),
        lines(&|i| format!("  en-tête H{i}, \"${{C}}\"\n")),
        lines(&|i| format!("règle R{i} sur M\n  quand manuel\n  alors\n    webhook W\n")),
        lines(&|i| format!("calendrier C{i}\n  lundi 9h-12h\n")),
        lines(&|i| format!("test T{i} sur M\n  manuel R{i}\n  attendu règle R{i} se déclenche\n")),
    ];
    let start = std::time::Instant::now();
    let checked = checked(&text.concat());
    assert_eq!(checked.findings(), []);
    assert!(start.elapsed().as_secs() < 20);
}

#[test]
fn types_and_stages_are_named_in_the_language_of_their_declaration() {
    let schema = "module Leads\n  Name : text\n  Tags : multi-picklist A, B\n  Area : picklist a\n";
    let said = |text: &str, lang: Lang| super::checked(&format!("{schema}{text}")).rendered(lang);
    for (text, word) in [
        ("dependency Area by Name on Leads\n  a : a\n", "of type `text`"),
        (
            "schedule S every day\n  on Leads, sorted by Tags\n  then\n    tag A\n",
            "`multi-picklist`",
        ),
        ("pipeline validation, score\n", "`assignment`"),
    ] {
        let said = said(text, Lang::En);
        assert!(said.contains(word), "{said}");
    }
    let french = said("dépendance Area selon Name sur Leads\n  a : a\n", Lang::Fr);
    assert!(french.contains("de type `texte`"), "{french}");
}

#[test]
fn a_schedule_that_breaks_off_is_underlined_whole() {
    let found = |when: &str| {
        let text = format!("planification P {when}\n  au plus 4 Prospects\n  alors\n    A : x\n");
        let checked = checked(&text);
        checked.findings().into_iter().map(|(code, place)| (code, place.to_owned())).collect()
    };
    let one = |place: &str| vec![("E0556", place.to_owned())];
    let whole: Vec<_> = found("chaque jour à");
    assert_eq!(whole, one("chaque jour à"));
    let part: Vec<_> = found("chaque jour à 25:00");
    assert_eq!(part, one("25:00"));
}
