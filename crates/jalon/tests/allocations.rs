//! In the steady state a record costs no heap allocation, and its texts are read where they stand.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]
#![allow(unsafe_code, reason = "a global allocator can only be written with it")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use jalon::template::Format;
use jalon::value::Clock;
use jalon::workflow::{Context, Event, EventKind, State};
use jalon::{Program, Record, Value};
use serde_json::json;

/// Counts the allocations of each thread, and their bytes.
struct Counting;

impl Counting {
    fn count(size: usize) {
        ALLOCATIONS.with(|count| count.set(count.get() + 1));
        BYTES.with(|bytes| bytes.set(bytes.get() + size));
    }
}

thread_local! {
    static ALLOCATIONS: Cell<usize> = const { Cell::new(0) };
    static BYTES: Cell<usize> = const { Cell::new(0) };
}

// SAFETY: every call is passed on to the system's allocator unchanged.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        Counting::count(layout.size());
        // SAFETY: as asked for by the caller.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: as asked for by the caller.
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        Counting::count(size);
        // SAFETY: as asked for by the caller.
        unsafe { System.realloc(pointer, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

const PROGRAM: &str = "
module Prospects
  Nom (Last_Name)      : texte
  Ville                : texte, sans accents
  Pays                 : liste France, Monaco
  Salons               : liste multiple Lyon, Nice
  Rejet (Email Opt Out): case
  Montant              : devise
  Budget               : nombre
  Créé                 : date
  Vu                   : date-heure
  Compte               : référence Comptes
  Contacts             : fiches Contacts
  Visites              : événements (Page : url)

module Comptes
  Nom : texte

module Contacts
  Nom : texte
  Âge : entier

score Profil sur Prospects
  +5 si Pays EST France, Monaco OU Ville COMMENCE PAR nî
  +2,5 si Nom CONTIENT directeur, gérant, président ET Rejet N'EST PAS ✓

score Tout sur Prospects
  + score Profil
  +10 si Salons CONTIENT Lyon
  +10 si Salons EST Lyon, Nice
  +1 si Montant > Prospects.Budget ET Montant ENTRE 1 ET 1000
  + Montant / 3 si Nom CORRESPOND À /dir[a-z]+/ ET longueur(Nom) > 3
  +3 si Compte EST Acme ET Créé DANS LES 30 DERNIERS jours ET Vu AVANT aujourd'hui
  +7 si AU MOINS UN Contacts (Âge > 30 ET Nom N'EST PAS Prospects.Nom)
  +8 si Nom EST minuscules(Ville) OU SOMME DE Contacts.Âge (Âge > 0) > 60
  groupe Visites, entre 0 et 60
    +20 par visite, au plus 2 par jour, sur 90 jours, demi-vie 30 jours, si Page CONTIENT tarif, prix
  entre -100 et 100
  étoiles 1 dès 0, 2 dès 50
";

/// Rules of an index, with every kind of key.
const RULES: &[&str] = &[
    "Pays EST France ET Ville N'EST PAS Nice",
    "Nom COMMENCE PAR dir OU Nom FINIT PAR é",
    "Nom CONTIENT général, gérant",
    "Montant ENTRE 1 ET 1000 ET Rejet N'EST PAS ✓",
    "Créé EST 2026-06-12 OU Vu AVANT aujourd'hui",
    "Salons CONTIENT Lyon ET Compte EST Acme",
    "Montant > Prospects.Budget OU AU MOINS UN Contacts (Âge > 30)",
    "NON (Nom CORRESPOND À /dir/) OU Pays EST VIDE",
];

/// How many allocations `run` makes.
fn allocations(run: impl FnOnce()) -> usize {
    let before = ALLOCATIONS.with(Cell::get);
    run();
    ALLOCATIONS.with(Cell::get) - before
}

/// How many bytes `run` allocates.
fn bytes(run: impl FnOnce()) -> usize {
    let before = BYTES.with(Cell::get);
    run();
    BYTES.with(Cell::get) - before
}

fn none_for<R: Record + ?Sized>(program: &Program, records: &[&R]) {
    let clock = Clock::at("2026-06-30T09:00", "Europe/Paris").unwrap();
    let mut scorer = program.score(Some("Tout")).unwrap().scorer(&clock).unwrap();
    let text = "Nom CONTIENT É, directeur, œ OU Montant > 5 OU Créé EST cette semaine";
    let criterion = program.criterion(text, Some("Prospects")).unwrap();
    let mut matcher = criterion.matcher(&clock).unwrap();
    let mut rules = program.index_builder();
    rules.add(&criterion);
    for text in RULES {
        rules.add(&program.criterion(text, Some("Prospects")).unwrap());
    }
    let mut rules = rules.finish().matcher(&clock).unwrap();
    let template = |text, format| {
        let template = program.template(text, format, Some("Prospects")).unwrap();
        template.renderer(&clock).unwrap()
    };
    let mut mail = template(
        "<a href='https://exemple.fr/${Nom}?le=${Vu}' title='${Salons}'>${Nom ou \"x\"} ${Créé}</a>",
        Format::Html,
    );
    let mut body = template("[${Montant}, ${Nom}, ${Créé}, ${Salons}, \"${Vu}\"]", Format::Json);
    let mut text = String::new();
    let mut run = || {
        for record in records {
            text.clear();
            mail.render(*record, &mut text).unwrap();
            body.render(*record, &mut text).unwrap();
            assert!(!scorer.total(*record).has_errors, "{:?}", scorer.errors(*record));
            matcher.test(*record);
            rules.matches(*record);
            rules.affected(*record);
        }
    };
    // Buffers and lazy tables grow to their size.
    for _ in 0..100 {
        run();
    }
    assert_eq!(allocations(run), 0);
}

#[test]
fn json_records_allocate_nothing() {
    let program = Program::parse(PROGRAM).unwrap_or_else(|error| panic!("{error}"));
    let full = json!({
        "Last_Name": "Directeur Général Éric", "Ville": "Nîmes", "Pays": "France",
        "Salons": ["Lyon", "Nice"], "Email Opt Out": false, "Montant": 120.5, "Budget": 100,
        "Créé": "2026-06-12", "Vu": "2026-06-29T10:00Z",
        "Compte": {"id": "7", "name": "Acme"},
        "Contacts": [{"Nom": "a", "Âge": 40}, {"Nom": "b", "Âge": 50}],
        "Visites": [
            {"type": "visit", "at": "2026-06-29T10:00Z", "Page": "/tarifs"},
            {"type": "visite", "at": "2026-06-29", "Page": "/prix"},
            {"type": "visit", "at": "2026-06-29T11:00", "Page": "/prix"},
        ],
    });
    none_for(&program, &[&full, &json!({}), &json!({"Nom": null, "Salons": []})]);
}

#[test]
fn rows_allocate_nothing() {
    let program = Program::parse(PROGRAM).unwrap_or_else(|error| panic!("{error}"));
    let mut row = program.row(Some("Prospects")).unwrap();
    row.set("Nom", "Directeur Général Éric").set("Ville", "Nîmes").set("Pays", "France");
    row.set("Salons", vec!["Lyon", "Nice"]).set("Montant", 120).set("Budget", 100);
    row.set("Créé", jalon::value::Date::parse("2026-06-12").unwrap());
    row.set("Vu", "2026-06-29T10:00Z").set("Compte", "Acme");
    let contact = |name: &str, age: i64| {
        Value::Record(vec![("Nom".into(), name.into()), ("Âge".into(), age.into())])
    };
    row.set("Contacts", Value::List(vec![contact("a", 40), contact("b", 50)]));
    let visit = |page: &str| {
        Value::Record(vec![
            ("type".into(), "visit".into()),
            ("at".into(), "2026-06-29T10:00Z".into()),
            ("Page".into(), page.into()),
        ])
    };
    row.set("Visites", Value::List(vec![visit("/tarifs"), visit("/prix"), visit("/x")]));
    none_for(&program, &[&row, &program.row(Some("Prospects")).unwrap()]);
}

/// How many bytes the first evaluation of eight texts of so many bytes allocates, and how many a
/// later one.
fn bytes_for_texts(question: &str, length: usize) -> (usize, usize) {
    let field = |i| format!("  Texte{i} : texte long\n");
    let line = |i| format!("  +1 si Texte{i} {question}\n");
    let each = |text: &dyn Fn(usize) -> String| (0..8).map(text).collect::<String>();
    let text =
        format!("module Prospects\n{}\nscore S sur Prospects\n{}", each(&field), each(&line));
    let program = Program::parse(&text).unwrap_or_else(|error| panic!("{error}"));
    let mut row = program.row(Some("Prospects")).unwrap();
    for i in 0..8 {
        row.set(&format!("Texte{i}"), "Aé".repeat(length / 3));
    }
    let mut scorer = program.score(Some("S")).unwrap().scorer(&Clock::default()).unwrap();
    // Tables that all programs share are made once.
    scorer.total(&program.row(Some("Prospects")).unwrap().with("Texte0", "Aé"));
    let first = bytes(|| assert!(!scorer.total(&row).has_errors));
    (first, bytes(|| assert!(!scorer.total(&row).has_errors)))
}

#[test]
fn texts_are_read_where_they_stand() {
    const MEGABYTE: usize = 1 << 20;
    for question in
        ["N'EST PAS VIDE", "EST directeur", "CONTIENT directeur, gérant", "COMMENCE PAR dir"]
    {
        let (first, later) = bytes_for_texts(question, MEGABYTE);
        assert_eq!(later, 0, "{question}");
        // One buffer, in which one text after the other is folded: eight copies would take eight.
        assert!(first < 5 * MEGABYTE / 2, "{question}: {first}");
    }
    assert_eq!(bytes_for_texts("N'EST PAS VIDE", MEGABYTE), (0, 0));
}

/// A decision in which nothing fires allocates what it returns and the room for the event's
/// record, however many rules there are.
#[test]
fn a_decision_in_which_nothing_fires_allocates_little() {
    let decisions = [1, 100].map(|count| {
        let rule = |i| {
            format!(
                "règle \"R{i}\" sur Prospects\n  quand créé ou modifié\n  si Montant > {i} ET Ville EST \
                 Nice{i}\n  alors\n    Ville : Nice\n"
            )
        };
        let rules: String = (0..count).map(rule).collect();
        let text = PROGRAM.split("score").next().unwrap_or_default().to_owned() + &rules;
        let program = Program::parse(&text).unwrap_or_else(|error| panic!("{error}"));
        let mut row = program.row(Some("Prospects")).unwrap();
        row.set("id", "42").set("Nom", "Ferrand").set("Montant", 120).set("Ville", "Nîmes");
        let clock = Clock::at("2026-06-30T09:00", "Europe/Paris").unwrap();
        let (state, kind) = (State::new(), EventKind::Created { record: &row });
        let event = Event { id: "e1", module: Some("Prospects"), record: None, kind };
        let context = Context::new(&clock, &state);
        let decide = || {
            let decision = program.decide(&event, &context).unwrap();
            assert!(decision.fired.is_empty() && decision.record.is_some());
        };
        (0..100).for_each(|_| decide());
        allocations(decide)
    });
    assert_eq!(decisions[0], decisions[1]);
    assert!(decisions[1] <= 10, "{decisions:?}");
}

const PIPELINE: &str = "
module Affaires
  Étape : liste Nouvelle, Qualifiée, Proposition, Gagnée, Perdue
  Montant : devise
  Motif : texte

parcours Vente sur Affaires, champ Étape
  états Nouvelle, Qualifiée, Proposition
  gagné Gagnée
  perdu Perdue
  transition Qualifier de Nouvelle vers Qualifiée
    avant
      si Montant > 100
  transition Proposer de Qualifiée vers Proposition
    pendant
      obligatoire Montant
  transition Gagner de Proposition vers Gagnée
  transition commune Perdre vers Perdue
    pendant
      obligatoire Motif
";

#[test]
fn a_step_of_a_process_costs_one_allocation() {
    use jalon::blueprint::{Given, Instance};
    use jalon::program::Firing;
    use jalon::users::Users;

    let program = Program::parse(PIPELINE).unwrap();
    let clock = Clock::at("2026-06-30T10:30", "Europe/Paris").unwrap();
    let state = State::new();
    let context = Context::new(&clock, &state);
    let deal = json!({"Étape": "Nouvelle", "Montant": 2000});
    let instance = program.enter(None, &deal, &context).unwrap().unwrap();
    let (nothing, lost) = (Given::new(), Given::new().with("Motif", "prix"));
    for (transition, given) in [("Qualifier", &nothing), ("Perdre", &lost)] {
        let firing =
            Firing { id: "e1", transition, given, record: &deal, record_id: Some("1"), by: None };
        let fire = || program.fire(&instance, &firing, &context).unwrap().instance.since;
        fire();
        let before = ALLOCATIONS.with(Cell::get);
        fire();
        assert_eq!(ALLOCATIONS.with(Cell::get) - before, 1, "{transition}");
    }
    let available = || program.available(&instance, &deal, None, &context).unwrap().len();
    available();
    let before = ALLOCATIONS.with(Cell::get);
    assert_eq!(available(), 2);
    assert_eq!(ALLOCATIONS.with(Cell::get) - before, 1);
    let mut guide = program.guide(&clock);
    let mut offered = || guide.at(&instance).unwrap().offered(&deal, None, Users::NONE).unwrap();
    offered();
    let before = ALLOCATIONS.with(Cell::get);
    let offered = offered();
    assert_eq!(ALLOCATIONS.with(Cell::get) - before, 0);
    assert_eq!(guide.names(&offered).collect::<Vec<_>>(), ["Qualifier", "Perdre"]);
    assert!(size_of::<Instance>() <= 256);
}
