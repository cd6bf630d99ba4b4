//! Programs and sequences of events, made at random.

use std::collections::BTreeSet;
use std::fmt::Write;

use jalon::Program;
use proptest::prelude::*;
use serde_json::{Value as Json, json};

pub(super) const MODULES: &str = "
module Prospects (Leads)
  Nom     : texte
  Statut  : liste A, B, C
  Montant : nombre
  Total   : entier
  Tags    : liste multiple x, y, z
  Rejet   : case
  Push    : date
  Vu      : date-heure
  Compte  : référence Comptes
  Fit     : nombre
  Suite   : liste un, deux, trois

module Comptes
  Nom       : texte
  Type      : liste A, B, C
  Effectif  : nombre
  Prospects : fiches Prospects

score Fit sur Prospects
  +20 si Statut EST A
  +5 si Montant > 2
  -7 si Rejet EST ✓
";

/// What stands around the rules.
const AROUND: &[&str] = &[
    "",
    "garde e-mail sur Prospects, au plus 1 par 2 jours, si Rejet EST non sélectionné\n",
    "validation sur Prospects\n  Montant < 6, message \"trop pour ${Nom}\"\n",
    "dépendance Suite selon Statut sur Prospects\n  A : un, deux\n  B : trois\n",
    "pipeline score, workflow\n",
];

pub(super) const CHAINING: &[&str] = &["", "aucun", "profondeur 1", "profondeur 3", "une fois"];

const TRIGGERS: [&[&str]; 2] = [
    &[
        "créé",
        "modifié",
        "créé ou modifié",
        "créé ou modifié",
        "supprimé",
        "manuel",
        "Statut modifié",
        "Montant, Total modifiés",
        "Statut DEVIENT B",
        "Statut PASSE DE A À B",
        "Push à 10h30",
        "2 jours avant Push",
        "Push, chaque mois",
        "1 heure après Vu",
        "e-mail ouvert",
        "sans modification depuis 2 jours",
        "score Fit atteint 10",
        "score Fit descend sous 10",
    ],
    &["créé ou modifié", "Type modifié", "Effectif modifié", "Type DEVIENT B", "modifié"],
];

pub(super) const CONDITIONS: [&[&str]; 2] = [
    &[
        "Statut EST A, B",
        "Statut N'EST PAS C",
        "Montant > 1",
        "Montant < Prospects.Total + 3",
        "Tags CONTIENT x",
        "Rejet EST non sélectionné",
        "Nom EST VIDE OU Montant = 2",
        "Push DANS LES 7 PROCHAINS jours",
        "Compte.Type EST A",
        "NON (Statut EST B ET Montant > 2)",
    ],
    &["Type EST A, B", "Effectif > 2", "AU MOINS UN Prospects (Statut EST A)", "Nom EST VIDE"],
];

const ACTIONS: [&[&str]; 2] = [
    &[
        "Statut : A",
        "Statut : B",
        "Statut : vide",
        "Suite : trois",
        "Nom : trois",
        "Montant : 2",
        "Montant += 1",
        "Montant : Prospects.Total",
        "Total : Prospects.Montant / 2",
        "Tags += x",
        "Tags : vide",
        "Rejet : ✓",
        "Push : aujourd'hui plus 3 jours",
        "Push : Prospects.Push plus 1 jour",
        "Push : vide",
        "Compte.Type : Prospects.Statut",
        "Compte.Effectif += 1",
        "score Fit",
        "tâche \"Relancer ${Prospects.Nom}\", échéance dans 1 jour ouvré",
        "e-mail \"Bonjour\" à Nom",
        "alerte \"${Prospects.Nom}\" à Nom",
        "webhook Appel",
        "fonction Calcul(Montant)",
        "étiqueter chaud",
        "supprimer",
    ],
    &[
        "Type : A",
        "Type : B",
        "Effectif += 1",
        "chaque Prospects.Statut : Comptes.Type",
        "chaque Prospects.Montant += 1",
        "étiqueter compte",
    ],
];

/// Those that give the same when they are done once more.
pub(super) const IDEMPOTENT: &[&str] =
    &["Statut : A", "Nom : trois", "Montant : 2", "Tags += x", "Rejet : ✓", "étiqueter chaud"];

const LATER: &[&str] = &[
    "puis 1 jour après",
    "puis 3 heures après",
    "puis 2 jours ouvrés après",
    "puis 1 jour après à 9h",
];

const REPETITION: &[&str] = &["", "au passage", "une seule fois"];

pub(super) fn one(list: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
    prop::sample::select(list)
}

/// Some of a list, in any order.
pub(super) fn some(
    list: &'static [&'static str],
    count: std::ops::Range<usize>,
) -> impl Strategy<Value = Vec<&'static str>> {
    prop::collection::vec(one(list), count)
}

/// What a rule says, but for its head.
fn body(module: usize) -> impl Strategy<Value = String> {
    let branch = move || {
        let condition = prop::option::weighted(0.7, one(CONDITIONS[module]));
        let later = (one(LATER), some(ACTIONS[module], 1..3));
        (condition, some(ACTIONS[module], 1..4), prop::option::weighted(0.3, later))
    };
    let branches = prop::collection::vec(branch(), 1..3);
    (some(TRIGGERS[module], 1..3), one(REPETITION), branches).prop_map(
        |(triggers, repetition, branches)| {
            let mut text = String::new();
            for trigger in triggers.into_iter().collect::<BTreeSet<_>>() {
                let _ = writeln!(text, "  quand {trigger}");
            }
            if !repetition.is_empty() {
                let _ = writeln!(text, "  {repetition}");
            }
            let count = branches.len();
            for (index, (condition, actions, later)) in branches.into_iter().enumerate() {
                match (index, condition) {
                    (0, None) if count > 1 => text += "  si Statut EST C OU Nom EST VIDE\n",
                    (0, None) => {}
                    (0, Some(condition)) => {
                        let _ = writeln!(text, "  si {condition}");
                    }
                    (_, None) => text += "  sinon\n",
                    (_, Some(condition)) => {
                        let _ = writeln!(text, "  sinon si {condition}");
                    }
                }
                text += "  alors\n";
                for action in &actions {
                    let _ = writeln!(text, "    {action}");
                }
                if let Some((later, actions)) = later {
                    let _ = writeln!(text, "  {later}");
                    for action in &actions {
                        let _ = writeln!(text, "    {action}");
                    }
                }
            }
            text
        },
    )
}

/// The text of a program: its rules are `R0`, `R1` and so on.
pub(super) fn programs() -> impl Strategy<Value = String> {
    let rules = prop::collection::vec(
        prop_oneof![
            3 => body(0).prop_map(|body| ("Prospects", body)),
            1 => body(1).prop_map(|body| ("Comptes", body.replace("Statut EST C", "Type EST C"))),
        ],
        1..6,
    );
    let texts = (rules, one(CHAINING), one(AROUND)).prop_map(|(rules, chaining, around)| {
        let mut text =
            format!("{MODULES}\n{around}\nwebhook Appel\n  GET https://a.fr/?n=${{Nom}}\n\n");
        if !chaining.is_empty() {
            let _ = writeln!(text, "enchaînement {chaining}\n");
        }
        for (index, (module, body)) in rules.iter().enumerate() {
            let _ = writeln!(text, "règle \"R{index}\" sur {module}\n{body}");
        }
        text
    });
    texts.prop_filter("a rule that cannot do what it says", |text| Program::parse(text).is_ok())
}

pub(super) fn parsed(text: &str) -> Program {
    Program::parse(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

pub(super) fn fields() -> impl Strategy<Value = Json> {
    let field = prop_oneof![
        prop::sample::select(vec!["", "un", "Dupont & Fils <SARL>"])
            .prop_map(|v| ("Nom", json!(v))),
        prop::sample::select(vec!["A", "B", "C", "b"]).prop_map(|v| ("Statut", json!(v))),
        prop::sample::select(vec!["un", "trois"]).prop_map(|v| ("Suite", json!(v))),
        (0..5).prop_map(|v| ("Montant", json!(v))),
        (0..50).prop_map(|v| ("Montant", json!(f64::from(v) / 10.0))),
        (0..5).prop_map(|v| ("Total", json!(v))),
        prop::sample::subsequence(vec!["x", "y", "z"], 0..3).prop_map(|v| ("Tags", json!(v))),
        any::<bool>().prop_map(|v| ("Rejet", json!(v))),
        (1..20).prop_map(|v| ("Push", json!(format!("2026-07-{v:02}")))),
        (1..20).prop_map(|v| ("Vu", json!(format!("2026-07-{v:02}T08:00Z")))),
        prop::sample::select(vec!["k1", "k2", "k3"]).prop_map(|v| ("Compte", json!(v))),
        Just(("Push", Json::Null)),
    ];
    prop::collection::vec(field, 0..6).prop_map(|fields| {
        let fields = fields.into_iter().map(|(name, value)| (name.to_owned(), value));
        Json::Object(fields.collect())
    })
}

/// Something that happens.
#[derive(Clone, Debug)]
pub(super) enum Happens {
    Created(u8, Json),
    Updated(u8, Json),
    Account(u8, Json),
    Deleted(u8),
    Opened(u8),
    Pressed(u8, u8),
    Hours(i64),
}

pub(super) fn events() -> impl Strategy<Value = Vec<Happens>> {
    let account = (prop::sample::select(vec!["A", "B", "C"]), 0..5)
        .prop_map(|(ty, size)| json!({"Type": ty, "Effectif": size}));
    let event = prop_oneof![
        3 => (0..3_u8, fields()).prop_map(|(id, fields)| Happens::Created(id, fields)),
        5 => (0..3_u8, fields()).prop_map(|(id, fields)| Happens::Updated(id, fields)),
        2 => (1..3_u8, account).prop_map(|(id, fields)| Happens::Account(id, fields)),
        1 => (0..3_u8).prop_map(Happens::Deleted),
        1 => (0..3_u8).prop_map(Happens::Opened),
        1 => (0..3_u8, 0..6_u8).prop_map(|(id, rule)| Happens::Pressed(id, rule)),
        3 => (1..100_i64).prop_map(Happens::Hours),
    ];
    prop::collection::vec(event, 1..8)
}
