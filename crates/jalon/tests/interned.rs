//! Interned texts give what the same texts give as they are.

#![allow(clippy::unwrap_used, reason = "tests")]

use jalon::value::{
    Cell, FieldKey, Instant, Interned, Interner, Picked, Record, Symbol, Value, ValueRef, Zone,
};
use jalon::{Clock, Program};
use proptest::prelude::*;

const PROGRAM: &str = "
module Prospects
  Pays    : texte
  Ville   : texte, casse stricte
  Secteur : texte

score S sur Prospects
  +1     si Pays EST France, Monaco
  +10    si Pays N'EST PAS VIDE
  +100   si Ville EST Nice OU Ville CONTIENT ice
  +1000  si Secteur EST VIDE
  +10000 si Secteur COMMENCE PAR ban ET Pays EST VIDE
";

const TEXTS: [&str; 12] = [
    "France", "FRANCE", "monaco", "", "  ", "\u{a0}", "Nice", "nice", "Venice", "Banque", "BÂN",
    "été",
];

#[derive(Clone, Debug, jalon::Record)]
struct Plain {
    pays: String,
    ville: Option<String>,
    secteur: String,
}

#[derive(Clone, Debug, jalon::Record)]
struct Numbered {
    pays: Interned,
    ville: Option<Interned>,
    secteur: Interned,
}

fn plain() -> impl Strategy<Value = Plain> {
    let text = || prop::sample::select(&TEXTS[..]).prop_map(str::to_owned);
    (text(), prop::option::of(text()), text()).prop_map(|(pays, ville, secteur)| Plain {
        pays,
        ville,
        secteur,
    })
}

fn numbered(plain: &Plain, texts: &mut Interner) -> Numbered {
    Numbered {
        pays: texts.intern(&plain.pays),
        ville: plain.ville.as_deref().map(|ville| texts.intern(ville)),
        secteur: texts.intern(&plain.secteur),
    }
}

proptest! {
    #[test]
    fn the_same_answers(leads in prop::collection::vec((plain(), any::<bool>()), 1..40)) {
        let program = Program::parse(PROGRAM).unwrap();
        let score = program.score(None).unwrap();
        let criterion = program.criterion("Pays EST France OU Ville EST VIDE", None).unwrap();
        let clock = Clock::default();
        let mut scorer = score.scorer(&clock).unwrap();
        let mut matcher = criterion.matcher(&clock).unwrap();
        let mut judge = program.judge(Some(&score), &[criterion], &clock).unwrap();
        let (by_text, by_number) = (program.bind(None).unwrap(), program.bind(None).unwrap());
        // Two sets of numbers, which mean different texts.
        let mut texts = [Interner::new(), Interner::new()];
        texts[1].intern("elsewhere");
        for (lead, other) in &leads {
            let interned = numbered(lead, &mut texts[usize::from(*other)]);
            let (lead, interned) = (by_text.record(lead), by_number.record(&interned));
            let expected = scorer.total(&lead).total;
            prop_assert_eq!(scorer.total(&interned).total, expected);
            prop_assert_eq!(score.evaluate(&interned, &clock).unwrap().total, expected);
            prop_assert_eq!(matcher.test(&interned).holds, matcher.test(&lead).holds);
            judge.run(&interned);
            prop_assert_eq!(judge.total(), expected);
        }
    }
}

#[test]
fn a_text_is_kept_once() {
    let mut texts = Interner::new();
    let (one, same, other) = (texts.intern("a"), texts.intern("a"), texts.intern("b"));
    assert_eq!(one, same);
    assert_eq!(one.symbol(), same.symbol());
    assert_ne!(one.symbol(), other.symbol());
    assert_eq!(texts.len(), 2);
    let elsewhere = Interner::new().intern("a");
    assert_eq!(one, elsewhere);
    assert_ne!(one.symbol(), elsewhere.symbol());
}

#[test]
fn more_texts_than_are_remembered() {
    let program = Program::parse(PROGRAM).unwrap();
    let mut scorer = program.score(None).unwrap().scorer(&Clock::default()).unwrap();
    let binding = program.bind(None).unwrap();
    let mut texts = Interner::new();
    let empty = texts.intern("");
    for number in 0..70_000 {
        texts.intern(&format!("text {number}"));
    }
    let lead = |pays: Interned| Numbered { pays, ville: None, secteur: empty.clone() };
    let late = lead(texts.intern("Monaco"));
    for _ in 0..2 {
        assert_eq!(scorer.total(&binding.record(&late)).total, 1011.into());
    }
}

/// Every way in which a text is read, by tests whose answers depend on the clock too.
const ALL_KINDS: &str = "
module Prospects
  Pays    : texte
  Compte  : référence Comptes
  Salons  : liste multiple Lyon, Nice, Paris
  Montant : devise
  Rejet   : case
  Créé    : date
  Appelé  : date-heure

module Comptes
  Type : texte

score S sur Prospects
  +1    si Pays EST France, Monaco
  +2    si Compte EST Nice, France
  +4    si Salons CONTIENT Nice
  +8    si Salons EST VIDE
  +16   si Montant ENTRE 100 ET 2000
  +32   si Montant EST VIDE
  +64   si Rejet EST sélectionné
  +128  si Créé DANS LES 30 DERNIERS jours
  +256  si Créé EST VIDE OU Créé AVANT 2026-01-01
  +512  si Appelé APRÈS hier
";

/// The same of fields that nobody declared: what a value is decides.
const UNDECLARED: &str = "
score S
  +1  si Pays EST France, Monaco
  +2  si Compte EST Nice, France
  +4  si Salons EST VIDE
  +8  si Montant ENTRE 100 ET 2000
  +16 si Créé DANS LES 30 DERNIERS jours
  +32 si Appelé APRÈS hier OU Appelé > 50
";

const FIELDS: [&str; 7] = ["Pays", "Compte", "Salons", "Montant", "Rejet", "Créé", "Appelé"];

const ALL_TEXTS: [&str; 20] = [
    "",
    " ",
    "France",
    "MONACO",
    "Nice",
    "nice; Lyon",
    "Nice, Paris",
    "1 500,50",
    "99",
    "-3",
    "oui",
    "true",
    "faux",
    "2026-06-12",
    "12/06/2026",
    "2026-06-29T23:30:00",
    "2026-06-30T01:00:00Z",
    "hier",
    "\u{a0}",
    "été \u{301}𝕏",
];

/// A record of texts, with their numbers or without.
#[derive(Debug)]
struct Texts<'t> {
    texts: &'t [Option<Interned>; 7],
    with_numbers: bool,
}

impl Texts<'_> {
    fn find(&self, key: &FieldKey) -> Option<&Option<Interned>> {
        let place = FIELDS.iter().position(|name| key.names.iter().any(|known| known == name))?;
        Some(&self.texts[place])
    }
}

impl Record for Texts<'_> {
    fn get(&self, key: &FieldKey) -> ValueRef<'_> {
        match self.find(key) {
            None => key.through(|reference| self.get(reference)),
            Some(None) => ValueRef::Empty,
            Some(Some(text)) => ValueRef::Text(text),
        }
    }

    fn conflict(&self, _: &FieldKey) -> Option<jalon::value::Conflict> {
        None
    }

    fn may_conflict(&self) -> bool {
        false
    }

    fn symbol(&self, key: &FieldKey) -> Option<Symbol> {
        self.find(key)?.as_ref().filter(|_| self.with_numbers).map(Interned::symbol)
    }
}

/// What a lead holds: its texts, of which set they are, and whether it is judged later.
type Lead = ([Option<usize>; 7], bool, bool);

fn lead() -> impl Strategy<Value = Lead> {
    let text = prop::option::weighted(0.8, 0..ALL_TEXTS.len());
    (prop::array::uniform7(text), any::<bool>(), prop::bool::weighted(0.1))
}

fn at(day: i32) -> Clock {
    let noon = 43_200_000_000;
    Clock::new(Some(Instant::from_micros(i64::from(day) * 86_400_000_000 + noon)), Zone::default())
}

proptest! {
    #[test]
    fn whatever_a_text_is_read_as(
        leads in prop::collection::vec(lead(), 1..60),
        declared: bool,
    ) {
        let program = Program::parse(if declared { ALL_KINDS } else { UNDECLARED }).unwrap();
        let score = program.score(None).unwrap();
        let module = declared.then_some("Prospects");
        let criteria = ["Créé AVANT aujourd'hui", "Montant EST VIDE", "Salons EST Lyon, Nice"]
            .map(|text| program.criterion(text, module).unwrap());
        let mut day = 20_633;
        let judge = || program.judge(Some(&score), &criteria, &at(20_633)).unwrap();
        let (mut by_text, mut by_number) = (judge(), judge());
        let mut sets = [Interner::new(), Interner::new()];
        sets[1].intern("elsewhere");
        for (texts, set, later) in &leads {
            if *later {
                day += 20;
                by_text.set_clock(&at(day)).unwrap();
                by_number.set_clock(&at(day)).unwrap();
            }
            let set = &mut sets[usize::from(*set)];
            let texts = &texts.map(|text| text.map(|text| set.intern(ALL_TEXTS[text])));
            let wrong = by_text.run(&Texts { texts, with_numbers: false });
            prop_assert_eq!(by_number.run(&Texts { texts, with_numbers: true }), wrong);
            prop_assert_eq!(by_number.total(), by_text.total());
            let held = by_text.held().collect::<Vec<_>>();
            prop_assert_eq!(by_number.held().collect::<Vec<_>>(), held);
        }
    }
}

/// A cell of a picked record.
#[derive(Debug)]
struct Held(Option<Interned>);

impl Cell for Held {
    fn lend(&self) -> ValueRef<'_> {
        self.0.as_ref().map_or(ValueRef::Empty, |text| ValueRef::Text(text))
    }

    fn to_value(&self) -> Value {
        self.0.as_ref().map_or(Value::Empty, |text| Value::from(text.as_str()))
    }

    fn symbol(&self) -> Option<Symbol> {
        self.0.as_ref().map(Interned::symbol)
    }
}

#[test]
fn cells_lend_numbers() {
    let program = Program::parse(PROGRAM).unwrap();
    let score = program.score(None).unwrap();
    let mut judge = program.judge(Some(&score), &[], &Clock::default()).unwrap();
    let wanted = judge.wanted();
    // Under two names a text is looked at as it is.
    for (names, texts, total) in [
        (vec!["Ville", "Pays"], vec!["Nice", "MONACO"], 1111),
        (vec!["Ville", "Pays"], vec!["Nice", "Italie"], 1110),
        (vec!["Pays", "VILLE", "Ville"], vec!["France", "Nice", "Nice"], 1111),
    ] {
        let mut known = Interner::new();
        let layout = wanted.layout(names);
        for _ in 0..3 {
            let cells: Vec<_> = texts.iter().map(|text| Held(Some(known.intern(text)))).collect();
            let picked = Picked::new(&wanted, &layout, &cells[..]);
            assert!(!judge.run(&picked));
            assert_eq!(judge.total(), total.into());
            assert!(picked.missed().is_none());
        }
    }
}

#[test]
fn texts_give_way_to_others_that_stay() {
    let program = Program::parse(PROGRAM).unwrap();
    let mut scorer = program.score(None).unwrap().scorer(&Clock::default()).unwrap();
    let binding = program.bind(None).unwrap();
    for _ in 0..5 {
        let mut texts = Interner::new();
        let empty = texts.intern("");
        for round in 0..200 {
            let (text, total) = if round % 3 == 0 { ("Monaco", 1011) } else { ("Italie", 1010) };
            let lead = Numbered { pays: texts.intern(text), ville: None, secteur: empty.clone() };
            assert_eq!(scorer.total(&binding.record(&lead)).total, total.into());
        }
    }
}
