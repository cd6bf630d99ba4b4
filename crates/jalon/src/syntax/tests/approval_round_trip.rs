//! Generated approvals, with every line and option in both languages, print and read back the
//! same.

use proptest::prelude::*;
use proptest::sample::select;

use super::blueprint_round_trip::{actor, criterion, lapse, names, one_of, plain, sound, tricky};
use super::round_trip::comes_back;
use super::*;

/// Somebody who approves.
fn approver(name: &BoxedStrategy<String>) -> BoxedStrategy<String> {
    prop_oneof![
        3 => actor(name),
        1 => one_of(&["propriétaire de la fiche", "owner", "tous"]),
        1 => (one_of(&["profil", "user of field"]), name.clone())
            .prop_map(|(word, name)| format!("{word} {name}")),
    ]
    .boxed()
}

fn level(name: &BoxedStrategy<String>) -> BoxedStrategy<String> {
    let people =
        || proptest::collection::vec(approver(name), 1..3).prop_map(|people| people.join(", "));
    let then = prop_oneof![
        one_of(&["rappel", "reminder", "approuvé", "approved", "refusée", "rejected"]),
        (one_of(&["escalade", "escalation"]), people())
            .prop_map(|(word, people)| format!("{word} {people}")),
    ];
    let part = prop_oneof![
        one_of(&["unanimité", "majority", "un seul", "any one", "first response"]),
        (one_of(&["rappel", "reminder"]), lapse())
            .prop_map(|(w, lapse)| format!("{w} {lapse} avant")),
        (one_of(&["calendrier", "calendar"]), name.clone())
            .prop_map(|(w, name)| format!("{w} {name}")),
        (one_of(&["ensuite", "then"]), then).prop_map(|(word, then)| format!("{word} {then}")),
        people(),
    ];
    (
        people(),
        proptest::option::of(lapse()),
        proptest::collection::vec(part, 0..4),
        proptest::option::of(criterion(name)),
    )
        .prop_map(|(people, deadline, parts, criterion)| {
            let mut all = vec![people];
            all.extend(deadline.map(|lapse| format!("délai {lapse}")));
            all.extend(parts);
            all.extend(criterion.map(|criterion| format!("if {criterion}")));
            format!("niveau {}", all.join(", "))
        })
        .boxed()
}

fn line(name: &BoxedStrategy<String>) -> BoxedStrategy<String> {
    let n = || name.clone();
    let trigger = prop_oneof![
        one_of(&["créé", "updated", "créé ou modifié", "manuel"]),
        names(name, 2).prop_map(|names| format!("{names} modifiés")),
        (n(), n()).prop_map(|(field, value)| format!("{field} DEVIENT {value}")),
    ];
    let action = prop_oneof![
        (n(), n()).prop_map(|(field, value)| format!("{field} : {value}")),
        Just("tâche \"Relire\", échéance dans 2 jours".to_owned()),
        (n(), lapse()).prop_map(|(field, lapse)| format!("{field} plus {lapse}")),
    ];
    let section = one_of(&["soumis", "approved", "refusé", "recalled"]);
    prop_oneof![
        4 => level(name),
        2 => trigger.prop_map(|trigger| format!("quand {trigger}")),
        1 => criterion(name).prop_map(|criterion| format!("si {criterion}")),
        1 => one_of(&["inactif", "sans délégation", "no delegation", "locked", "verrouillé"]),
        1 => names(name, 2).prop_map(|names| format!("verrouillé, sauf {names}")),
        3 => (section, action).prop_map(|(section, action)| format!("{section}\n    {action}")),
    ]
    .boxed()
}

pub(super) fn generated(name: &BoxedStrategy<String>) -> BoxedStrategy<String> {
    let lines = proptest::collection::vec(line(name), 1..7);
    lines
        .prop_map(|lines| {
            let mut text = "approbation \"A\" sur M\n".to_owned();
            text.extend(lines.into_iter().map(|line| format!("  {line}\n")));
            text
        })
        .boxed()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn approvals_come_back(text in generated(&plain())) {
        if let Some(text) = sound(&text) {
            comes_back(&text, Lang::Fr);
            comes_back(&text, Lang::En);
        }
    }

    #[test]
    fn approvals_with_keywords_in_their_names_come_back(text in generated(&tricky())) {
        if let Some(text) = sound(&text) {
            comes_back(&text, Lang::Fr);
            comes_back(&text, Lang::En);
        }
    }

    #[test]
    fn no_approval_of_its_own_words_makes_it_panic(words in proptest::collection::vec(select(vec![
        "\n  ", "\n    ", "niveau", "rôle", "\"x\"", "A", ",", ", ", "délai", "2 jours", "rappel", "avant",
        "ensuite", "refusé", "approuvé", "escalade", "unanimité", "majorité", "un seul", "calendrier", "si", "EST",
        "quand", "créé", "verrouillé", "sauf", "sans délégation", "inactif", "soumis", "rappelé", " : ", "+=",
        "(", ")", "«", "é", "tâche",
    ]), 0..40), spaced in any::<bool>()) {
        let text = format!("approbation A sur M\n  {}", words.join(if spaced { " " } else { "" }));
        let (document, diagnostics) = parse(SourceId(0), &text, &Limits::default());
        rendered(&text, &diagnostics);
        print(&document, Lang::En);
    }
}
