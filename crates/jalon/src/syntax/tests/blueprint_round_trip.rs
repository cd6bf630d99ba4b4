//! Generated blueprints, with every line and option in both languages, print and read back the
//! same.

use proptest::prelude::*;
use proptest::sample::select;

use super::round_trip::comes_back;
use super::*;

/// Names that are no keyword wherever they stand.
pub(super) fn plain() -> BoxedStrategy<String> {
    select(vec![
        "Qualification",
        "Recueil des besoins",
        "Motif d'abandon",
        "Contrat signé",
        "\"Vente : le jour\"",
        "\"A vers B\"",
        "« Clôture gagnée »",
        "\"a, b\"",
        "Stade 2",
    ])
    .prop_map(str::to_owned)
    .boxed()
}

/// Names that hold keywords: what they make of a line must come back too.
pub(super) fn tricky() -> BoxedStrategy<String> {
    let names = select(vec![
        "Aller vers",
        "Go to market",
        "Retour de stage",
        "Appel depuis le web",
        "sauf depuis",
        "Coming from web",
        "Après-vente",
        "après vente",
        "2 jours après",
        "Ouvert",
        "fermé",
        "Won",
        "final",
        "rappel",
        "escalade Alice",
        "Calendrier",
        "obligatoire",
        "Note facultative",
        "optional",
        "tous",
        "Owner",
        "utilisateur du champ X",
        "profil",
        "rôle",
        "fr",
        "en cours",
        "En",
        "avant",
        "Transition",
        "commune",
        "enfant",
        "forcer X",
        "\"forcer X\"",
        "Force de vente",
        "Délai plus 2 jours",
        "\"tous\"",
        "3 jours",
        "Nom (API)",
        "x += y",
        "1,5",
        "Si besoin",
        "To do",
        "De Gaulle",
    ]);
    prop_oneof![3 => names.prop_map(str::to_owned), 2 => plain()].boxed()
}

pub(super) fn lapse() -> impl Strategy<Value = String> {
    let units = select(vec!["jours", "day", "heures ouvrées", "business days", "mois", "minutes"]);
    (1u32..40, units).prop_map(|(count, unit)| format!("{count} {unit}"))
}

pub(super) fn one_of(words: &'static [&'static str]) -> impl Strategy<Value = String> {
    select(words).prop_map(str::to_owned)
}

pub(super) fn names(name: &BoxedStrategy<String>, most: usize) -> BoxedStrategy<String> {
    proptest::collection::vec(name.clone(), 1..=most).prop_map(|names| names.join(", ")).boxed()
}

pub(super) fn actor(name: &BoxedStrategy<String>) -> impl Strategy<Value = String> + use<> {
    let kind = select(vec!["", "rôle ", "role ", "utilisateur ", "groupe ", "group ", "champ "]);
    (kind, name.clone()).prop_map(|(kind, name)| format!("{kind}{name}"))
}

pub(super) fn criterion(name: &BoxedStrategy<String>) -> impl Strategy<Value = String> + use<> {
    (name.clone(), name.clone()).prop_map(|(field, value)| format!("{field} EST {value} OU X IS b"))
}

/// A line of the blueprint itself.
fn own_line(name: &BoxedStrategy<String>) -> BoxedStrategy<String> {
    let option = prop_oneof![
        one_of(&["défaut", "open", "fermé", "won", "perdu", "final", "probabilité 20 %"]),
        one_of(&["probability 12.5%", "label Qualifié"]),
        (one_of(&["libellé", "label en", "libellé fr"]), name.clone())
            .prop_map(|(word, text)| format!("{word} {text}")),
    ];
    let options = proptest::collection::vec(option, 0..4).prop_map(|options| options.join(", "));
    let words = one_of(&["états", "states", "gagné", "lost", "final", "default"]);
    let told = (one_of(&["escalade", "escalation"]), proptest::option::of(lapse()));
    let told =
        (told, proptest::collection::vec(actor(name), 1..3)).prop_map(|((word, after), people)| {
            let after = after.map_or_else(String::new, |after| format!("{after} après "));
            format!("{word} {after}{}", people.join(", "))
        });
    let reminded = (lapse(), proptest::option::of(actor(name)))
        .prop_map(|(before, who)| format!("rappel {before} before {}", who.unwrap_or_default()));
    let calendar = name.clone().prop_map(|name| format!("calendrier {name}"));
    let parts = proptest::collection::vec(prop_oneof![told, reminded, calendar], 0..4);
    prop_oneof![
        3 => (words, names(name, 3)).prop_map(|(word, names)| format!("{word} {names}")),
        3 => (one_of(&["état", "state"]), name.clone(), options)
            .prop_map(|(word, name, options)| format!("{word} {name}, {options}")),
        2 => (one_of(&["délai", "deadline"]), name.clone(), lapse(), parts)
            .prop_map(|(word, name, after, parts)| format!("{word} {name}, {after}, {}", parts.join(", "))),
    ]
    .boxed()
}

/// The first line of a transition.
fn opening(name: &BoxedStrategy<String>) -> BoxedStrategy<String> {
    let n = || name.clone();
    let words = one_of(&["transition", "transition parallèle", "parallel transition"]);
    let single =
        (words, n(), one_of(&["de", "from"]), names(name, 2), one_of(&["vers", "to"]), n());
    let clause = prop_oneof![
        Just(String::new()),
        (one_of(&[", depuis", ", from", ", sauf depuis", " except from"]), names(name, 2))
            .prop_map(|(word, names)| format!("{word} {names}")),
    ];
    let common = one_of(&["transition commune", "common transition", "transition common"]);
    prop_oneof![
        single.prop_map(|(word, name, from, states, to, state)| {
            let child = if word.contains("par") { "\n    enfant \"X\"" } else { "" };
            format!("{word} {name} {from} {states} {to} {state}{child}")
        }),
        (common, n(), n(), clause)
            .prop_map(|(word, name, state, clause)| format!("{word} {name} vers {state}{clause}")),
        (n(), n(), n(), lapse()).prop_map(|(name, from, to, after)| {
            format!("transition automatique {name} de {from} to {to} after {after}")
        }),
    ]
    .boxed()
}

/// A line of a transition, with the word of its part above it.
fn part(name: &BoxedStrategy<String>) -> BoxedStrategy<String> {
    let n = || name.clone();
    let owner = prop_oneof![
        3 => actor(name),
        1 => one_of(&["tous", "everyone", "propriétaire de la fiche", "owner"]),
        1 => (one_of(&["profil", "user of field"]), n()).prop_map(|(word, name)| format!("{word} {name}")),
    ];
    let owners = proptest::collection::vec(owner, 1..4).prop_map(|owners| owners.join(", "));
    let during = prop_oneof![
        one_of(&["message \"Relisez ${A.B}\"", "note", "note optional", "attachment required"]),
        (
            one_of(&["obligatoire", "mandatory", "facultatif", "optional", "check", "cocher"]),
            names(name, 3)
        )
            .prop_map(|(word, names)| format!("{word} {names}")),
        (criterion(name), proptest::bool::ANY).prop_map(|(criterion, message)| {
            format!("valider {criterion}{}", if message { ", message \"non\"" } else { "" })
        }),
        (one_of(&["fiche", "records"]), n(), one_of(&["", "obligatoires", "optional"]))
            .prop_map(|(word, name, required)| format!("{word} {name} {required}")),
    ];
    let after = prop_oneof![
        (one_of(&["", "forcer ", "force "]), n(), n())
            .prop_map(|(force, field, value)| format!("{force}{field} : {value}")),
        Just("tâche \"Relire\", échéance dans 2 jours".to_owned()),
        (n(), lapse()).prop_map(|(field, lapse)| format!("{field} plus {lapse}")),
    ];
    prop_oneof![
        1 => owners.prop_map(|owners| format!("avant\n      propriétaires {owners}")),
        1 => criterion(name).prop_map(|criterion| format!("before\n      si {criterion}")),
        3 => during.prop_map(|line| format!("pendant\n      {line}")),
        2 => after.prop_map(|line| format!("after\n      {line}")),
        1 => n().prop_map(|name| format!("child {name}")),
    ]
    .boxed()
}

pub(super) fn generated(name: &BoxedStrategy<String>) -> BoxedStrategy<String> {
    let transition = (opening(name), proptest::collection::vec(part(name), 0..5));
    (
        name.clone(),
        one_of(&["", ", inactif", ", continuous", ", inactive, continu"]),
        proptest::option::of(criterion(name)),
        proptest::collection::vec(own_line(name), 0..5),
        proptest::collection::vec(transition, 0..4),
    )
        .prop_map(|(field, options, entry, own, transitions)| {
            let mut text = format!("parcours \"P\" sur M, champ {field}{options}\n");
            text.extend(entry.map(|criterion| format!("  entry if {criterion}\n")));
            text.extend(own.into_iter().map(|line| format!("  {line}\n")));
            for (opening, parts) in transitions {
                text.push_str(&["  ", &opening, "\n"].concat());
                text.extend(parts.into_iter().map(|part| format!("    {part}\n")));
            }
            text
        })
        .boxed()
}

/// The text without the lines that are wrong.
pub(super) fn sound(text: &str) -> Option<String> {
    let mut text = text.to_owned();
    for _ in 0..40 {
        let (_, diagnostics) = parse(SourceId(0), &text, &Limits::default());
        let Some(wrong) = diagnostics.first() else { return Some(text) };
        let at = wrong.span.start as usize;
        let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
        let end = text[at..].find('\n').map_or(text.len(), |end| at + end + 1);
        text.replace_range(start..end, "");
    }
    None
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn blueprints_come_back(text in generated(&plain())) {
        if let Some(text) = sound(&text) {
            comes_back(&text, Lang::Fr);
            comes_back(&text, Lang::En);
        }
    }

    #[test]
    fn blueprints_with_keywords_in_their_names_come_back(text in generated(&tricky())) {
        if let Some(text) = sound(&text) {
            comes_back(&text, Lang::Fr);
            comes_back(&text, Lang::En);
        }
    }

    #[test]
    fn no_blueprint_of_its_own_words_makes_it_panic(words in proptest::collection::vec(select(vec![
        "\n  ", "\n    ", "transition", "commune", "automatique", "parallèle", "enfant", "\"x\"", "de", "A",
        "vers", "B", ",", ", ", "depuis", "sauf depuis", "après", "2 jours", "avant", "pendant", "propriétaires",
        "tous", "rôle", "utilisateur du champ", "si", "EST", "message", "obligatoire", "valider", "note",
        "pièce jointe", "cocher", "fiche", "états", "état", "gagné", "probabilité", "20 %", "libellé", "en",
        "délai", "rappel", "escalade", "calendrier", "entrée si", "inactif", "continu", "champ", "forcer", " : ",
        "(", ")", "«", "é", "tâche", "+=",
    ]), 0..40), spaced in any::<bool>()) {
        let text = format!("parcours P sur M, champ F{}", words.join(if spaced { " " } else { "" }));
        let (document, diagnostics) = parse(SourceId(0), &text, &Limits::default());
        rendered(&text, &diagnostics);
        print(&document, Lang::En);
    }
}
