//! What the places of words are called, for the language reference.

use super::Place;
use crate::lang::Text;

/// What a place is called.
pub(super) fn title(place: Place) -> Text {
    let (fr, en) = match place {
        Place::Type => ("Types", "Types"),
        Place::Property => ("Propriétés", "Properties"),
        Place::Declaration => ("Déclarations", "Declarations"),
        Place::Score => ("Lignes d'un score", "Lines of a score"),
        Place::Rule => ("Lignes d'une règle", "Lines of a rule"),
        Place::Trigger => ("Déclencheurs, après `quand`", "Triggers, after `when`"),
        Place::Action => ("Actions", "Actions"),
        Place::Task => ("Après le sujet d'une tâche", "After the subject of a task"),
        Place::Message => (
            "Après le modèle d'un e-mail ou d'une alerte",
            "After the template of an e-mail or an alert",
        ),
        Place::Meeting => ("Après le titre d'un rendez-vous", "After the title of a meeting"),
        Place::Actor => ("Devant le nom de quelqu'un", "Before somebody's name"),
        Place::Blueprint => ("Lignes d'un parcours", "Lines of a blueprint"),
        Place::State => ("Après un état", "After a state"),
        Place::Owner => ("Après `propriétaires`", "After `owners`"),
        Place::Deadline => ("Après la durée d'un délai", "After the length of a deadline"),
        Place::Approval => ("Lignes d'une approbation", "Lines of an approval"),
        Place::Level => ("Après les approbateurs d'un niveau", "After the approvers of a level"),
        Place::Lapsed => {
            ("Après `ensuite`, à l'échéance d'un niveau", "After `then`, when a level is overdue")
        }
        Place::Test => ("Lignes d'un test", "Lines of a test"),
        Place::Expectation => ("Après `attendu`", "After `expect`"),
        Place::Fires => ("Ce qui est attendu d'une règle", "What is expected of a rule"),
        Place::Offered => {
            ("Ce qui est attendu d'une transition", "What is expected of a transition")
        }
        Place::Handed => ("Sous une transition d'un test", "Below a transition of a test"),
        Place::Calendar => ("Lignes d'un calendrier", "Lines of a calendar"),
        Place::Webhook => ("Lignes d'un webhook", "Lines of a webhook"),
        Place::Method => ("Méthodes d'un webhook", "Methods of a webhook"),
        Place::Format => ("Formats de ce qu'un webhook envoie", "Formats of what a webhook sends"),
        Place::Guard => ("Après `garde`", "After `guard`"),
        Place::Chaining => ("Après `enchaînement`", "After `chaining`"),
        Place::Pipeline => ("Après `pipeline`", "After `pipeline`"),
        Place::Inside => ("Mots qui en joignent d'autres", "Words that join others"),
    };
    Text::new(fr, en)
}
