//! Interned texts give what the same texts give as they are.

#![allow(clippy::unwrap_used, reason = "tests")]

use jalon::value::{Interned, Interner};
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
