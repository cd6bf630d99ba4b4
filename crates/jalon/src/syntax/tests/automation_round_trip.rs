//! What stands around rules, printed in either language, reads back as the same document.

use proptest::prelude::*;

use super::round_trip::{comes_back, name, number};
use super::*;

/// Lines of a declaration.
fn lines(lines: impl IntoIterator<Item = String>) -> String {
    lines.into_iter().map(|line| ["  ", line.trim_end(), "\n"].concat()).collect()
}

/// Both ways.
fn comes_back_in_both(text: &str) {
    for lang in [Lang::Fr, Lang::En] {
        comes_back(text, lang);
    }
}

fn one_of(words: &'static [&'static str]) -> impl Strategy<Value = String> {
    proptest::sample::select(words).prop_map(str::to_owned)
}

fn names(most: usize) -> impl Strategy<Value = String> {
    proptest::collection::vec(name(), 1..=most).prop_map(|names| names.join(", "))
}

fn on() -> impl Strategy<Value = String> {
    proptest::option::of(name()).prop_map(|m| m.map_or_else(String::new, |m| format!(" sur {m}")))
}

fn criterion() -> impl Strategy<Value = String> {
    (name(), name(), 0..4u8).prop_map(|(field, value, form)| match form {
        0 => format!("{field} EST {value}"),
        1 => format!("{field} ISN'T EMPTY ET {field} CONTIENT {value}, x"),
        2 => format!("{field} > 1 000,5"),
        _ => format!("NON ({field} IS {value})"),
    })
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("\"dix chiffres, quatre espaces\"".to_owned()),
        Just("\"${Prospects.Nom ou \"x\"} : <a>\"".to_owned()),
        Just("« à rappeler »".to_owned()),
    ]
}

fn update() -> impl Strategy<Value = String> {
    (name(), name(), 0..4u8).prop_map(|(field, value, form)| match form {
        0 => format!("{field} : {value}"),
        1 => format!("{field} : vide"),
        2 => format!("{field} : ✓"),
        _ => format!("{field} : 2026-06-30"),
    })
}

prop_compose! {
    fn validation()(n in proptest::option::of(name()), on in on(),
                    lines in proptest::collection::vec((criterion(), proptest::option::of(text())), 0..4)) -> String {
        let name = n.map_or_else(String::new, |n| format!(" {n}"));
        let line = |(criterion, message): (String, Option<String>)| {
            criterion + &message.map_or_else(String::new, |text| format!(", message {text}"))
        };
        format!("validation{name}{on}\n{}", self::lines(lines.into_iter().map(line)))
    }
}

prop_compose! {
    fn dependency()(child in name(), parent in name(), on in on(),
                    lines in proptest::collection::vec((names(3), names(3)), 0..4)) -> String {
        let lines = self::lines(lines.into_iter().map(|(a, b)| format!("{a} : {b}")));
        format!("dépendance {child} by {parent}{on}\n{lines}")
    }
}

fn hours() -> impl Strategy<Value = String> {
    one_of(&["09:00-19:00", "9h-12h30, 14:00 à 18h", "fermé", "closed", "00:00 – 24:00"])
}

fn opening() -> impl Strategy<Value = String> {
    let day = || one_of(&["lundi", "Tuesday", "mercredi", "jeudi", "Friday", "samedi", "dimanche"]);
    let days = (day(), proptest::option::of(day())).prop_map(|(first, last)| match last {
        Some(last) if last != first => format!("{first} à {last}"),
        _ => first,
    });
    let date = one_of(&["2026-12-24", "24/12/2026"]);
    let week = proptest::collection::vec(days, 1..4).prop_map(|days| days.join(", "));
    (prop_oneof![week, date], hours()).prop_map(|(days, hours)| format!("{days} {hours}"))
}

prop_compose! {
    fn calendar()(n in name(), zone in any::<bool>(), week in any::<bool>(), year in any::<bool>(),
                  lines in proptest::collection::vec(opening(), 0..5)) -> String {
        let zone = if zone { ", fuseau Europe/Paris" } else { "" };
        let mut out = format!("calendrier {n}{zone}\n");
        out.push_str(&self::lines(lines));
        if week {
            out.push_str("  week starts on Sunday\n  fériés France, 2026-12-24\n");
        }
        if year {
            out.push_str("  exercice commence avril\n");
        }
        out
    }
}

prop_compose! {
    fn currencies()(rates in proptest::collection::vec((one_of(&["USD", "GBP", "CHF"]), number()), 0..3)) -> String {
        let rates = lines(rates.into_iter().map(|(currency, rate)| format!("{currency} {rate}")));
        format!("devises EUR\n{rates}")
    }
}

prop_compose! {
    fn schedule()(n in name(), most in proptest::option::of(1u32..999), module in proptest::option::of(name()),
                  sort in proptest::collection::vec((name(), any::<bool>()), 0..3),
                  condition in proptest::option::of(criterion()),
                  actions in proptest::collection::vec(update(), 0..3)) -> String {
        let mut clauses = Vec::new();
        match (most, module) {
            (Some(most), Some(module)) => clauses.push(format!("au plus {most} {module}")),
            (Some(most), None) => clauses.push(format!("at most {most}")),
            (None, Some(module)) => clauses.push(format!("sur {module}")),
            (None, None) => {}
        }
        for (i, (field, down)) in sort.into_iter().enumerate() {
            let by = if i == 0 { "triés par " } else { "" };
            clauses.push(format!("{by}{field}{}", if down { " décroissant" } else { "" }));
        }
        clauses.extend(condition.map(|c| format!("si {c}")));
        let mut out = format!("planification {n} chaque jour à 19:00 sauf samedi, dimanche\n");
        if !clauses.is_empty() {
            out.push_str(&lines([clauses.join(", ")]));
        }
        if !actions.is_empty() {
            out.push_str("  alors\n");
        }
        out + &lines(actions)
    }
}

fn value() -> impl Strategy<Value = String> {
    prop_oneof![text(), name(), one_of(&["json", "texte json", "xml \"<a>${B}</a>\"", "url x"])]
}

prop_compose! {
    fn webhook()(n in name(), on in on(), method in one_of(&["GET", "POST", "put", "Patch", "DELETE"]),
                 url in one_of(&["https://a.fr/x?b=${C.D}", "\"https://a.fr/(x)\"", "http://localhost:80"]),
                 headers in proptest::collection::vec((name(), text()), 0..3),
                 parameters in proptest::collection::vec((name(), value()), 0..3),
                 body in proptest::option::of(value())) -> String {
        let mut out = format!("webhook {n}{on}\n  {method} {url}\n");
        out.push_str(&lines(headers.into_iter().map(|(name, value)| format!("header {name}, {value}"))));
        out.push_str(&lines(parameters.into_iter().map(|(name, value)| format!("paramètre {name}, {value}"))));
        out + &lines(body.map(|body| format!("corps {body}")))
    }
}

prop_compose! {
    fn guard()(channel in one_of(&["e-mail", "alert", "webhook SMS", "webhook \"a b\""]), on in on(),
               most in proptest::option::of((0u32..9, one_of(&["7 jours", "1 business day", "jour", "une heure"]))),
               condition in proptest::option::of(criterion())) -> String {
        let most = most.map_or_else(String::new, |(n, lapse)| format!(", au plus {n} par {lapse}"));
        let condition = condition.map_or_else(String::new, |c| format!(", si {c}"));
        format!("garde {channel}{on}{most}{condition}\n")
    }
}

fn expectation() -> impl Strategy<Value = String> {
    prop_oneof![
        (name(), number()).prop_map(|(score, n)| format!("score {score} >= {n}")),
        (name(), any::<bool>()).prop_map(|(rule, fires)| {
            format!("règle {rule} {}", if fires { "fires" } else { "ne se déclenche pas" })
        }),
        criterion(),
        (one_of(&["", "aucune ", "no "]), effect(), proptest::option::of(text())).prop_map(
            |(none, effect, name)| format!("{none}{effect} {}", name.unwrap_or_default())
        ),
        one_of(&[
            "aucun effet",
            "no effect",
            "aucune minuterie",
            "refus",
            "état Qualification",
            "no state"
        ]),
        (name(), one_of(&["offerte", "refused"]))
            .prop_map(|(name, end)| format!("transition {name} {end}")),
        name().prop_map(|state| format!("state {state}")),
        name().prop_map(|rule| format!("minuterie {rule} le 2026-09-28 à 10h30")),
    ]
}

fn effect() -> impl Strategy<Value = String> {
    one_of(&[
        "tâche",
        "email",
        "alerte",
        "webhook",
        "function",
        "créer",
        "tag",
        "affecter à",
        "assignment",
        "convertir",
        "rendez-vous",
        "deletion",
        "timer",
        "refusal",
    ])
}

fn step() -> impl Strategy<Value = String> {
    let fields = proptest::collection::vec(update(), 0..3).prop_map(|updates| {
        updates.into_iter().map(|update| ["\n    ", &update].concat()).collect::<String>()
    });
    let head = prop_oneof![
        one_of(&["avec", "before", "après"]),
        name().prop_map(|module| format!("fiche {module}")),
        one_of(&["événement e-mail ouvert", "event \"salon visité\""]),
    ];
    prop_oneof![
        3 => (head, fields).prop_map(|(head, fields)| format!("{head}{fields}")),
        1 => one_of(&["le 2026-06-30 à 10h30", "on 2026-06-30", "puis le 2026-07-03 at 05 :00", "supprimé"]),
        1 => (name(), belonging()).prop_map(|(user, of)| format!("en tant que {user}{of}")),
        2 => (one_of(&["transition", "brouillon", "draft"]), name(), handed())
            .prop_map(|(word, name, handed)| format!("{word} {name}{handed}")),
        1 => one_of(&["sortie", "exit from the blueprint"]),
        1 => name().prop_map(|rule| format!("manual {rule}")),
        4 => expectation().prop_map(|expectation| format!("attendu {expectation}")),
    ]
}

fn belonging() -> impl Strategy<Value = String> {
    let one = (one_of(&["rôle", "group", "profil"]), name());
    proptest::collection::vec(one, 0..3)
        .prop_map(|all| all.iter().flat_map(|(word, name)| [", ", word, " ", name]).collect())
}

/// What is given for a transition, in any order.
fn handed() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        3 => update(),
        1 => text().prop_map(|note| format!("note {note}")),
        1 => names(2).prop_map(|names| format!("pièces jointes {names}")),
        1 => names(3).prop_map(|names| format!("check {names}")),
        1 => names(2).prop_map(|names| format!("fiche {names}")),
    ];
    proptest::collection::vec(line, 0..5)
        .prop_map(|lines| lines.into_iter().map(|line| ["\n    ", &line].concat()).collect())
}

prop_compose! {
    fn test()(n in name(), on in on(), steps in proptest::collection::vec(step(), 0..8)) -> String {
        format!("test {n}{on}\n{}", lines(steps))
    }
}

/// Any of these, and a constant.
pub(super) fn anything() -> BoxedStrategy<String> {
    let constant =
        (name(), names(4)).prop_map(|(name, items)| format!("constante {name} : {items}\n"));
    prop_oneof![
        (constant, guard()).prop_map(|(a, b)| format!("{a}{b}")),
        validation(),
        dependency(),
        calendar(),
        currencies(),
        schedule(),
        webhook(),
        test(),
    ]
    .boxed()
}

#[test]
fn a_field_called_by_stands_before_one_in_quotes() {
    for head in
        ["É By by \":\"", "A By by \"é\"", "\"A by\" by By by", "By by By", "A by « By by »"]
    {
        comes_back_in_both(&format!("dépendance {head}\n"));
    }
}

proptest! {
    #[test]
    fn validations_and_dependencies_come_back(a in validation(), b in dependency()) {
        comes_back_in_both(&format!("{a}\n# doc\n{b}"));
    }

    #[test]
    fn calendars_currencies_and_guards_come_back(a in calendar(), b in currencies(), c in guard()) {
        comes_back_in_both(&format!("{a}\n{b}\n{c}"));
    }

    #[test]
    fn schedules_and_webhooks_come_back(a in schedule(), b in webhook()) {
        comes_back_in_both(&format!("{a}\n{b}"));
    }

    #[test]
    fn tests_come_back(text in test()) {
        comes_back_in_both(&text);
    }
}
