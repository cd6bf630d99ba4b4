//! What a log implies is a blueprint that accepts all of it.

use jalon::Clock;
use jalon::blueprint::discover::{Naming, NoBlueprint, discover};
use jalon::blueprint::log::{Event, Log, LogBuilder};
use jalon::blueprint::replay::{Reading, Replay, replay};
use jalon::lang::Lang;
use jalon::source::SourceId;
use jalon::syntax::{Limits, parse, print};
use jalon::value::fold::same_name;
use jalon::value::{Instant, Zone};
use proptest::prelude::*;
use proptest::sample::select;

use super::blueprint;

fn log(rows: &[(&str, &str)]) -> Log {
    let mut log = LogBuilder::default();
    for (case, what) in rows {
        log.push(&Event { case, what, ..Event::default() }).unwrap();
    }
    log.build()
}

fn naming(lang: Lang) -> Naming {
    Naming {
        name: "Support".to_owned(),
        module: None,
        field: "Statut".to_owned(),
        lang,
        zone: Zone::UTC,
    }
}

fn replayed(text: &str, log: &Log) -> Replay {
    replay(&blueprint(text), log, Reading::States, &Clock::default())
}

const ROWS: &[(&str, &str)] = &[
    ("1", "Ouvert"),
    ("1", "En cours"),
    ("1", "Résolu"),
    ("2", "Ouvert"),
    ("2", "En cours"),
    ("2", "En attente"),
    ("2", "En cours"),
    ("2", "Résolu"),
    ("3", "En cours"),
    ("3", "En attente"),
    ("3", "En attente"),
];

#[test]
fn a_log_becomes_a_text_that_people_read() {
    let log = log(ROWS);
    let discovered = discover(&log, 1).unwrap();
    insta::assert_snapshot!("french", discovered.text(&naming(Lang::Fr)));
    let naming = Naming { module: Some("Demandes".to_owned()), ..naming(Lang::En) };
    insta::assert_snapshot!("english", discovered.text(&naming));
}

#[test]
fn what_is_discovered_accepts_all_and_is_canonical() {
    let log = log(ROWS);
    for lang in [Lang::Fr, Lang::En] {
        let text = discover(&log, 1).unwrap().text(&naming(lang));
        let report = replayed(&text, &log);
        assert_eq!((report.accepted, report.refused), (8, 0), "{text}");
        let (document, _) = parse(SourceId(0), &text, &Limits::default());
        assert_eq!(print(&document, lang), text);
    }
}

#[test]
fn rare_moves_are_left_out_and_refused() {
    let log = log(ROWS);
    let discovered = discover(&log, 2).unwrap();
    assert_eq!(discovered.left_out, 2);
    let report = replayed(&discovered.text(&naming(Lang::Fr)), &log);
    assert_eq!((report.accepted, report.refused), (6, 2));
    let nothing = discover(&log, 100).unwrap();
    assert_eq!((nothing.states.len(), nothing.moves.len()), (1, 0));
    blueprint(&nothing.text(&naming(Lang::En)));
}

#[test]
fn a_log_without_events_or_with_too_many_states_says_so() {
    assert_eq!(discover(&log(&[]), 1), Err(NoBlueprint::Empty));
    let names: Vec<String> = (0..300).map(|number| format!("S{number}")).collect();
    let mut rows: Vec<(&str, &str)> = names.iter().map(|name| ("1", name.as_str())).collect();
    let none = discover(&log(&rows), 1);
    assert_eq!(none, Err(NoBlueprint::TooMany { states: 300, enough_from: None }));
    rows.extend(names.iter().take(150).map(|name| ("2", name.as_str())));
    let error = discover(&log(&rows), 1).unwrap_err();
    assert_eq!(error, NoBlueprint::TooMany { states: 300, enough_from: Some(2) });
    assert!(error.message(Lang::Fr, "--min-count ").contains("--min-count 2"));
    assert_eq!(discover(&log(&rows), 2).unwrap().states.len(), 150);
}

#[test]
fn names_that_hold_words_of_the_language_or_signs_come_back() {
    let names = [
        "Aller vers B",
        "B",
        "Go to market",
        "A, B",
        "A \"dit\" B",
        "C:\\x",
        "${Champ}",
        "# note",
        "De A vers B",
        "état X",
        "final",
        "x : y",
        "ET",
        "   deux   espaces  ",
        "a\tb\nc",
        "Délai plus 2 jours",
        "transition",
        "« guillemets »",
        "(x)",
        "1,5",
        "A.B",
        "l’état",
        "sauf depuis B",
        "défaut",
        "après",
        "🙂",
        "\u{200b}",
        "e\u{301}tat",
        "/x/",
        "-",
        "=",
        "+=",
    ];
    let rows: Vec<(&str, &str)> = names.iter().map(|name| ("1", *name)).collect();
    let log = log(&rows);
    for lang in [Lang::Fr, Lang::En] {
        // A dot in the name of a field leads to a field of another module.
        for field in names.into_iter().filter(|name| !name.contains('.')) {
            let naming = Naming {
                name: field.into(),
                module: None,
                field: field.into(),
                lang,
                zone: Zone::UTC,
            };
            let text = discover(&log, 1).unwrap().text(&naming);
            let report = replayed(&text, &log);
            assert_eq!((report.accepted, report.refused), (names.len() as u64 - 1, 0), "{text}");
        }
    }
}

fn name() -> impl Strategy<Value = String> {
    let words = select(vec![
        "A",
        "B",
        "a",
        "vers",
        "to",
        "de",
        "Clôture gagnée",
        "Won",
        "En cours",
        "sauf depuis",
        "\"",
        ",",
        "${x}",
        "\\",
        "#",
        "après 2 jours",
        "état",
        ":",
        "É",
        "(",
        "final",
        "default",
        "from",
        "ß",
        "ss",
    ]);
    prop_oneof![
        3 => proptest::collection::vec(words, 1..4).prop_map(|words| words.join(" ")),
        1 => "\\PC{1,8}",
        1 => any::<String>(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_a_log_implies_accepts_every_move_of_it(
        names in proptest::collection::vec(name(), 1..8),
        rows in proptest::collection::vec((0u8..5, 0usize..8, 0i64..50), 1..60),
        english in any::<bool>(),
    ) {
        let mut log = LogBuilder::default();
        let mut pushed = 0;
        for (case, what, day) in rows {
            let what = &names[what % names.len()];
            let at = Some(Instant::from_micros(day * 86_400_000_000));
            pushed += u64::from(log.push(&Event { case: &case.to_string(), what, at, ..Event::default() }).is_ok());
        }
        let log = log.build();
        if pushed == 0 {
            return Ok(());
        }
        let lang = if english { Lang::En } else { Lang::Fr };
        let discovered = discover(&log, 1).unwrap();
        let text = discovered.text(&naming(lang));
        let report = replayed(&text, &log);
        prop_assert_eq!(report.refused, 0, "{}", text);
        prop_assert_eq!(report.accepted, pushed - log.cases());
        // One pair less, and just its moves are refused.
        if let Some((from, to, count)) = discovered.moves.last().copied() {
            let mut less = discovered.clone();
            less.moves.pop();
            for (at, state) in less.states.iter_mut().enumerate() {
                state.is_end = less.moves.iter().all(|(from, ..)| *from != at);
            }
            let report = replayed(&less.text(&naming(lang)), &log);
            prop_assert_eq!(report.refused, count);
            prop_assert_eq!(report.accepted, pushed - log.cases() - count);
            let only = &report.refusals[..];
            let [only] = only else { panic!("{only:?}") };
            prop_assert!(same_name(&only.from, &discovered.states[from].name));
            let reached = only.to.as_deref().unwrap();
            prop_assert!(same_name(reached, &discovered.states[to].name));
        }
    }
}
