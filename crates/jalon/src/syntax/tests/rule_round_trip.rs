//! Generated rules, with every trigger, action and option in both languages, print and read back
//! the same.

use proptest::prelude::*;
use proptest::sample::select;

use super::round_trip::comes_back;
use super::*;

/// Names that are no keyword wherever they stand.
pub(super) fn plain() -> BoxedStrategy<String> {
    select(vec![
        "Pays",
        "Statut Lead",
        "Date Prochain Push",
        "Montant",
        "Secteur d'activité",
        "Compte.Type",
        "\"Vente : le jour\"",
        "\"a, b\"",
        "« Clôture gagnée »",
        "C15_Lead",
        "\"Compte.Type\"",
    ])
    .prop_map(str::to_owned)
    .boxed()
}

/// Names that hold keywords, quoted and not: what they make of a line must come back too.
pub(super) fn tricky() -> BoxedStrategy<String> {
    let names = select(vec![
        "Plan A",
        "Si besoin",
        "Tâche ouverte",
        "Rôle",
        "Groupe Ventes",
        "Le Jour",
        "le Durée",
        "dans 2 jours",
        "Dans le coup",
        "Alors",
        "Chaque mois",
        "chaque A.B",
        "Prix plus TVA",
        "Prix plus 2 jours",
        "\"x += y\"",
        "x += y",
        "\"chaque A.B\"",
        "Région Est",
        "Score",
        "Score atteint",
        "E-mail",
        "alerte e-mail",
        "Avant Après",
        "À bientôt",
        "Retour à Nice",
        "Go to market",
        "Avec ou sans",
        "Texte",
        "Objet",
        "description",
        "terminée",
        "vide",
        "Empty",
        "non vide",
        "10h30",
        "05 :00",
        "12",
        "#3",
        "+5",
        "- 5",
        "a = b",
        "Statut devient x",
        "Taux CHANGE",
        "Dossier modifié",
        "Entre nous",
        "ENTRE nous",
        "\"Entre et sur\"",
        "puis 3 jours après",
        "Nom (API)",
        "\"$x ${Nom}\"",
        "${Nom}",
        "1,5",
        "Casino,Voyance",
        "visite",
        "e-mail ouvert",
        "Sur Mer",
        "en cours",
        "To do",
    ]);
    prop_oneof![3 => names.prop_map(str::to_owned), 1 => plain()].boxed()
}

fn lapse() -> impl Strategy<Value = String> {
    let units = select(vec!["jours", "day", "heures ouvrées", "business days", "mois", "minutes"]);
    (1u32..40, units).prop_map(|(count, unit)| format!("{count} {unit}"))
}

fn time() -> impl Strategy<Value = &'static str> {
    select(vec!["10h30", "9H", "05 :00", "23:59"])
}

/// A clause behind `quand`.
fn trigger(name: &BoxedStrategy<String>) -> BoxedStrategy<String> {
    let word = select(vec![
        "créé",
        "updated",
        "créer ou modifier",
        "supprimé",
        "manual",
        "e-mail ouvert",
        "visit",
        "\"salon visité\"",
    ]);
    let n = || name.clone();
    let offset = (lapse(), select(vec!["avant", "after"]));
    let date = (
        proptest::option::of(offset),
        n(),
        proptest::option::of((select(vec!["à", "at"]), time())),
        proptest::option::of(select(vec![", chaque mois", " every year", ", chaque an"])),
    );
    prop_oneof![
        word.prop_map(str::to_owned),
        n().prop_map(|a| format!("{a} modifié")),
        (n(), n()).prop_map(|(a, b)| format!("{a}, {b} changed")),
        (n(), n()).prop_map(|(a, b)| format!("{a} DEVIENT {b}")),
        (n(), n(), n()).prop_map(|(a, b, c)| format!("{a} CHANGES FROM {b} TO {c}")),
        (n(), select(vec!["atteint", "falls below"]), -5..90)
            .prop_map(|(a, verb, number)| format!("score {a} {verb} {number}")),
        lapse().prop_map(|lapse| format!("sans modification depuis {lapse}")),
        date.prop_map(|(offset, field, at, every)| {
            let offset = offset.map_or_else(String::new, |(lapse, way)| format!("{lapse} {way} "));
            let at = at.map_or_else(String::new, |(word, time)| format!(" {word} {time}"));
            format!("{offset}{field}{at}{}", every.unwrap_or_default())
        }),
    ]
    .boxed()
}

fn actor(name: &BoxedStrategy<String>) -> BoxedStrategy<String> {
    let kinds = select(vec!["", "utilisateur ", "rôle ", "group ", "field "]);
    (kinds, name.clone()).prop_map(|(kind, name)| format!("{kind}{name}")).boxed()
}

fn value(name: &BoxedStrategy<String>) -> BoxedStrategy<String> {
    prop_oneof![
        4 => name.clone(),
        1 => Just("vide".to_owned()),
        1 => Just("✓".to_owned()),
        1 => Just("\"${Nom} : x, y\"".to_owned()),
        1 => (name.clone(), lapse()).prop_map(|(name, lapse)| format!("{name} plus {lapse}")),
        1 => name.clone().prop_map(|name| format!("{name} * 2")),
        1 => name.clone().prop_map(|name| format!("minuscules({name})")),
    ]
    .boxed()
}

fn due(name: &BoxedStrategy<String>) -> BoxedStrategy<String> {
    prop_oneof![
        lapse().prop_map(|lapse| format!("dans {lapse}")),
        Just("demain".to_owned()),
        Just("le 2026-07-01 à 10h30".to_owned()),
        value(name),
    ]
    .boxed()
}

/// Some of an action's options, in any order.
fn options(all: Vec<BoxedStrategy<String>>) -> BoxedStrategy<String> {
    let count = all.len();
    let order = proptest::sample::subsequence((0..count).collect::<Vec<_>>(), 0..=count);
    (all, order.prop_shuffle())
        .prop_map(|(texts, order)| {
            order.into_iter().fold(String::new(), |all, index| all + ", " + &texts[index])
        })
        .boxed()
}

fn under(word: &'static str, value: BoxedStrategy<String>) -> BoxedStrategy<String> {
    value.prop_map(move |value| format!("{word} {value}")).boxed()
}

fn update(name: &BoxedStrategy<String>) -> BoxedStrategy<String> {
    let n = || name.clone();
    let values = proptest::collection::vec(value(name), 1..3);
    prop_oneof![
        (n(), select(vec![" :", ":", " +=", " -="]), values)
            .prop_map(|(field, sign, values)| format!("{field}{sign} {}", values.join(", "))),
        value(name).prop_map(|value| format!("chaque Contacts.Code postal : {value}")),
        (n(), select(vec!["plus", "moins", "minus"]), lapse())
            .prop_map(|(a, way, lapse)| format!("{a} {way} {lapse}")),
    ]
    .boxed()
}

fn with_options(name: &BoxedStrategy<String>) -> BoxedStrategy<String> {
    let n = || name.clone();
    let a = || actor(name);
    let two = || (a(), a()).prop_map(|(one, two)| format!("{one}, {two}")).boxed();
    let task = options(vec![
        under("échéance", due(name)),
        under("priority", n()),
        under("pour", a()),
        Just("done".to_owned()).boxed(),
        under("description", value(name)),
    ]);
    let message = || {
        options(vec![
            under("objet", value(name)),
            under("text", value(name)),
            under("html", n()),
            under("copie", (value(name), n()).prop_map(|(a, b)| format!("{a}, {b}")).boxed()),
        ])
    };
    let meeting = options(vec![
        under("durée", lapse().boxed()),
        under("with", two()),
        under("lieu", n()),
        under("description", n()),
    ]);
    prop_oneof![
        (select(vec!["tâche", "task"]), value(name), task)
            .prop_map(|(word, subject, options)| format!("{word} {subject}{options}")),
        (select(vec!["e-mail", "alerte e-mail", "alert"]), n(), two(), message())
            .prop_map(|(word, template, to, options)| format!("{word} {template} à {to}{options}")),
        (select(vec!["email", "alerte"]), n(), message())
            .prop_map(|(word, template, options)| format!("{word} {template}{options}")),
        (n(), due(name), meeting)
            .prop_map(|(title, start, options)| format!("rendez-vous {title}, {start}{options}")),
    ]
    .boxed()
}

fn action(name: &BoxedStrategy<String>) -> BoxedStrategy<String> {
    let n = || name.clone();
    let two = || (n(), n()).prop_map(|(a, b)| format!("{a}, {b}"));
    prop_oneof![
        4 => update(name),
        6 => with_options(name),
        1 => n().prop_map(|a| format!("webhook {a}")),
        1 => n().prop_map(|a| format!("fonction {a}")),
        1 => (n(), value(name), value(name)).prop_map(|(a, b, c)| format!("function {a}({b}, {c})")),
        1 => n().prop_map(|a| format!("score {a}")),
        1 => select(vec!["convertir", "delete"]).prop_map(str::to_owned),
        1 => two().prop_map(|names| format!("convert to {names}")),
        1 => (n(), n(), value(name), n(), value(name)).prop_map(|(module, a, x, b, y)| {
            format!("créer {module} avec {a} = {x}, {b} = {y}")
        }),
        1 => n().prop_map(|module| format!("create {module}")),
        1 => two().prop_map(|names| format!("étiqueter {names}")),
        1 => two().prop_map(|names| format!("retirer l'étiquette {names}")),
        1 => actor(name).prop_map(|to| format!("affecter à {to}")),
    ]
    .boxed()
}

/// The actions of a branch: `alors`, actions, and delays with theirs.
fn doing(name: &BoxedStrategy<String>) -> BoxedStrategy<Vec<String>> {
    let actions = || proptest::collection::vec(action(name), 1..4);
    let later = (
        lapse(),
        proptest::option::of(time()),
        any::<bool>(),
        select(vec![("puis", " après"), ("then after", ""), ("then", " after")]),
        actions(),
    );
    (actions(), proptest::option::of(later))
        .prop_map(|(actions, later)| {
            let mut lines: Vec<String> = actions.iter().map(|a| format!("    {a}")).collect();
            if let Some((lapse, at, unchecked, (before, after), actions)) = later {
                let at = at.map_or_else(String::new, |at| format!(" à {at}"));
                let unchecked = if unchecked { ", sans revérifier" } else { "" };
                lines.push(format!("  {before} {lapse}{after}{at}{unchecked}"));
                lines.extend(actions.iter().map(|a| format!("    {a}")));
            }
            lines
        })
        .boxed()
}

pub(super) fn generated_rule(name: &BoxedStrategy<String>) -> BoxedStrategy<String> {
    let criterion = || plain().prop_map(|field| format!("{field} EST a, b OU {field} EST VIDE"));
    let repetition = proptest::option::of(select(vec![
        "chaque fois",
        "au passage",
        "only once",
        "uniquement la première fois",
    ]));
    (
        proptest::collection::vec(trigger(name), 1..4),
        proptest::option::of(criterion()),
        repetition,
        doing(name),
        proptest::collection::vec((criterion(), doing(name)), 0..2),
        proptest::option::of(doing(name)),
    )
        .prop_map(|(triggers, si, repetition, first, others, last)| {
            let mut lines = vec!["règle \"R\" sur M".to_owned()];
            lines.extend(triggers.iter().map(|trigger| format!("  quand {trigger}")));
            lines.extend(repetition.map(|repetition| format!("  {repetition}")));
            lines.extend(si.iter().map(|criterion| format!("  si {criterion}")));
            lines.push("  alors".to_owned());
            lines.extend(first);
            if si.is_some() {
                for (criterion, actions) in others {
                    lines.push(format!("  sinon si {criterion} alors"));
                    lines.extend(actions);
                }
                if let Some(actions) = last {
                    lines.push("  else".to_owned());
                    lines.extend(actions);
                }
            }
            lines.join("\n") + "\n"
        })
        .boxed()
}

/// The text without the lines that are wrong.
fn sound(text: &str) -> Option<String> {
    let mut text = text.to_owned();
    for _ in 0..20 {
        let (_, diagnostics) = parse(SourceId(0), &text, &Limits::default());
        let Some(wrong) = diagnostics.first() else { return Some(text) };
        let at = wrong.span.start as usize;
        let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
        let end = text[at..].find('\n').map_or(text.len(), |end| at + end + 1);
        text.replace_range(start..end, "");
    }
    None
}

#[test]
fn a_field_may_be_called_as_what_recurs() {
    for lang in [Lang::Fr, Lang::En] {
        comes_back("règle R sur M\n  quand Chaque mois, chaque mois\n  alors\n    A : 1\n", lang);
        comes_back("règle R sur M\n  quand chaque année, A à 10h30\n  alors\n    A : 1\n", lang);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn rules_come_back(text in generated_rule(&plain())) {
        comes_back(&text, Lang::Fr);
        comes_back(&text, Lang::En);
    }

    #[test]
    fn rules_with_keywords_in_their_names_come_back(text in generated_rule(&tricky())) {
        if let Some(text) = sound(&text) {
            comes_back(&text, Lang::Fr);
            comes_back(&text, Lang::En);
        }
    }

    #[test]
    fn no_rule_of_its_own_words_makes_it_panic(words in proptest::collection::vec(select(vec![
        "\n  ", "\n    ", "quand", "créé", "modifié", "A", "à", "10h30", "3 jours", "avant", "chaque", "mois",
        "score", "atteint", "50", "si", "alors", "sinon", "sinon si", "puis", "après", "sans revérifier",
        "une seule fois", "tâche", "\"x\"", ",", ", ", "échéance", "dans", "le", "pour", "e-mail", "objet",
        "alerte", "webhook", "fonction", "(", ")", "convertir", "en", "créer", "avec", "=", " = ", "étiqueter",
        "affecter", "rendez-vous", "durée", "supprimer", ":", " : ", "+=", " -= ", "plus", "vide", "✓", "chaque A.B",
        "EST", "DEVIENT", "CHANGE", "sans modification depuis", "${", "é", "»",
    ]), 0..40), spaced in any::<bool>()) {
        let text = format!("règle R sur M{}", words.join(if spaced { " " } else { "" }));
        let (document, diagnostics) = parse(SourceId(0), &text, &Limits::default());
        rendered(&text, &diagnostics);
        print(&document, Lang::En);
    }
}
