//! The pages of types and of declarations: every word where it may stand.

use jalon::lang::Lang;
use jalon::lexicon::{TICKED, UNTICKED};
use jalon::syntax::vocabulary::{Phrase, Place};

use super::{codes, head, row};

/// Field types, their properties, ticks.
pub(super) fn types(lang: Lang) -> String {
    let mut text = head(lang.pick("Types de champ", "Field types"));
    text += lang.pick(
        "Un module déclare ses champs : `Montant (Amount) : devise, obligatoire`. Les noms entre parenthèses sont ceux des données et des synonymes.\n",
        "A module declares its fields: `Amount (Montant) : money, required`. The names in brackets are those of the data, and synonyms.\n",
    );
    text += &place(Place::Type, lang.pick("Types", "Types"), lang);
    text += &place(Place::Property, lang.pick("Propriétés", "Properties"), lang);
    text += lang.pick("\n## Cases\n\n", "\n## Ticks\n\n");
    text += lang.pick(
        "Ces mots cochent une case ou ne la cochent pas, dans toutes les casses ; sur un texte ou une liste ce sont des textes.\n\n| | |\n|---|---|\n",
        "These words tick a box or do not, in any case; on a text or a picklist they are texts.\n\n| | |\n|---|---|\n",
    );
    let (ticked, unticked) = lang.pick(("cochée", "non cochée"), ("ticked", "not ticked"));
    text += &row([ticked, &codes(TICKED.iter().copied())]);
    text += &row([unticked, &codes(UNTICKED.iter().copied())]);
    text
}

/// Declarations and their lines.
pub(super) fn page(lang: Lang) -> String {
    let mut text = head(lang.pick("Déclarations et lignes", "Declarations and lines"));
    text += lang.pick(
        "Le mot d'une déclaration commence à la première colonne ; ses autres lignes sont en retrait. Les mots français et anglais se mêlent librement, les accents peuvent manquer.\n",
        "The word of a declaration stands in the first column; its other lines are indented. French and English words mix freely, accents may be missing.\n",
    );
    for (of, fr, en) in PLACES {
        text += &place(*of, lang.pick(fr, en), lang);
    }
    text
}

const PLACES: &[(Place, &str, &str)] = &[
    (Place::Declaration, "Déclarations", "Declarations"),
    (Place::Score, "Lignes d'un score", "Lines of a score"),
    (Place::Rule, "Lignes d'une règle", "Lines of a rule"),
    (Place::Trigger, "Déclencheurs, après `quand`", "Triggers, after `when`"),
    (Place::Action, "Actions", "Actions"),
    (Place::Task, "Après le sujet d'une tâche", "After the subject of a task"),
    (
        Place::Message,
        "Après le modèle d'un e-mail ou d'une alerte",
        "After the template of an e-mail or an alert",
    ),
    (Place::Meeting, "Après le titre d'un rendez-vous", "After the title of a meeting"),
    (Place::Actor, "Devant le nom de quelqu'un", "Before somebody's name"),
    (Place::Blueprint, "Lignes d'un parcours", "Lines of a blueprint"),
    (Place::State, "Après un état", "After a state"),
    (Place::Owner, "Après `propriétaires`", "After `owners`"),
    (Place::Deadline, "Après la durée d'un délai", "After the length of a deadline"),
    (Place::Approval, "Lignes d'une approbation", "Lines of an approval"),
    (Place::Level, "Après les approbateurs d'un niveau", "After the approvers of a level"),
    (
        Place::Lapsed,
        "Après `ensuite`, à l'échéance d'un niveau",
        "After `then`, when a level is overdue",
    ),
    (Place::Test, "Lignes d'un test", "Lines of a test"),
    (Place::Expectation, "Après `attendu`", "After `expect`"),
    (Place::Fires, "Ce qui est attendu d'une règle", "What is expected of a rule"),
    (Place::Offered, "Ce qui est attendu d'une transition", "What is expected of a transition"),
    (Place::Handed, "Sous une transition d'un test", "Below a transition of a test"),
    (Place::Calendar, "Lignes d'un calendrier", "Lines of a calendar"),
    (Place::Webhook, "Lignes d'un webhook", "Lines of a webhook"),
    (Place::Method, "Méthodes d'un webhook", "Methods of a webhook"),
    (Place::Format, "Formats de ce qu'un webhook envoie", "Formats of what a webhook sends"),
    (Place::Guard, "Après `garde`", "After `guard`"),
    (Place::Chaining, "Après `enchaînement`", "After `chaining`"),
    (Place::Pipeline, "Après `pipeline`", "After `pipeline`"),
];

fn place(place: Place, title: &str, lang: Lang) -> String {
    let mut text = format!("\n## {title}\n\n");
    text += lang.pick(
        "| En français | En anglais | |\n|---|---|---|\n",
        "| In English | In French | |\n|---|---|---|\n",
    );
    for Phrase { fr, en } in place.words() {
        let (ours, theirs) = lang.pick((fr, en), (en, fr));
        let meaning = place.meaning(fr[0]).map_or("", |meaning| meaning.pick(lang));
        let (ours, theirs) = (codes(ours.iter().copied()), codes(theirs.iter().copied()));
        text += &row([&ours, &theirs, meaning]);
    }
    text
}
