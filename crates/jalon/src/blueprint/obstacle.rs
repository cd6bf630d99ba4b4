//! Why a transition cannot be made.

use serde::Serialize;
use serde_json::{Value as Json, json};

use crate::eval::Node;
use crate::eval::explain::sentence::Style;
use crate::lang::Lang;

/// One reason why a transition cannot be made; all of them are given at once.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Obstacle {
    /// The record stands elsewhere.
    WrongState {
        /// Where it is.
        state: String,
        /// From where the transition leads.
        from: Vec<String>,
    },
    /// The actor is none of its owners.
    NotAllowed {
        /// Who is asking; none where nobody is named.
        by: Option<String>,
        /// Who may, as the blueprint says.
        owners: Vec<String>,
    },
    /// Its criterion does not hold.
    NotHeld {
        /// Why not, leaf by leaf, where reasons are asked for.
        #[serde(skip_serializing_if = "Option::is_none")]
        why: Option<Box<Node>>,
    },
    /// It is made by itself, after a delay.
    Automatic,
    /// It is done when its children are.
    ByChildren {
        /// Those that are to be done.
        left: Vec<String>,
    },
    /// This child is done already.
    Done,
    /// A field must be given.
    Missing {
        /// Which.
        field: String,
    },
    /// A note must be given.
    MissingNote,
    /// An attachment must be given.
    MissingAttachment,
    /// Items must be ticked.
    Unticked {
        /// Which.
        items: Vec<String>,
    },
    /// A record must be associated.
    MissingRecord {
        /// Of which module.
        module: String,
    },
    /// Something is given that the transition does not ask for.
    NotAsked {
        /// What.
        name: String,
        /// The fields that it asks for.
        asked: Vec<String>,
    },
    /// What is given cannot be, or breaks a validation.
    Invalid {
        /// The field at fault, if there is one.
        field: Option<String>,
        /// What is said.
        message: String,
        /// What must hold, as written; none for a property of the field.
        #[serde(skip_serializing_if = "Option::is_none")]
        rule: Option<String>,
    },
    /// The instance was started under another version of the blueprint: it is to be migrated.
    OtherVersion {
        /// The blueprint.
        blueprint: String,
    },
    /// The record is in no process.
    NotInside,
    /// The blueprint has no transition of that name.
    Unknown {
        /// What was asked for.
        transition: String,
        /// Those there are.
        known: Vec<String>,
    },
}

impl Obstacle {
    /// Obstacles as data, each with what is `told` of it: under `fr` and under `en`.
    pub fn told(found: &[Obstacle]) -> Json {
        let told = |obstacle: &Obstacle| {
            let mut data = json!(obstacle);
            let (fr, en) = (obstacle.message(Lang::Fr), obstacle.message(Lang::En));
            data["told"] = json!({"fr": fr, "en": en});
            data
        };
        found.iter().map(told).collect()
    }

    /// The message in a language.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            Obstacle::WrongState { state, from } => {
                let from = from.join(", ");
                lang.pick(
                    format!(
                        "la fiche est dans l'état « {state} » ; cette transition part de : {from}"
                    ),
                    format!("the record is in state “{state}”; this transition leaves: {from}"),
                )
            }
            Obstacle::NotAllowed { by, owners } => {
                let owners = owners.join(", ");
                match by {
                    Some(by) => lang.pick(
                        format!(
                            "{by} n'est pas propriétaire de cette transition ; le sont : {owners}"
                        ),
                        format!("{by} does not own this transition; its owners: {owners}"),
                    ),
                    None => lang.pick(
                        format!(
                            "dites qui agit ; cette transition a pour propriétaires : {owners}"
                        ),
                        format!("say who acts; the owners of this transition: {owners}"),
                    ),
                }
            }
            Obstacle::NotHeld { .. } => lang.pick(
                "le critère de cette transition n'est pas rempli".to_owned(),
                "the criterion of this transition does not hold".to_owned(),
            ),
            Obstacle::Automatic => lang.pick(
                "cette transition se fait d'elle-même, après son délai".to_owned(),
                "this transition is made by itself, after its delay".to_owned(),
            ),
            Obstacle::ByChildren { left } => {
                let left = left.join(", ");
                lang.pick(
                    format!(
                        "cette transition est faite quand ses enfants le sont ; il reste : {left}"
                    ),
                    format!("this transition is done when its children are; left: {left}"),
                )
            }
            Obstacle::Done => {
                lang.pick("c'est déjà fait".to_owned(), "this is done already".to_owned())
            }
            Obstacle::OtherVersion { blueprint } => lang.pick(
                format!(
                    "le parcours « {blueprint} » a changé depuis que la fiche y est entrée ; \
                     faites-la migrer"
                ),
                format!(
                    "blueprint “{blueprint}” has changed since the record entered it; migrate it"
                ),
            ),
            Obstacle::NotInside => lang.pick(
                "la fiche n'est dans aucun parcours".to_owned(),
                "the record is in no blueprint".to_owned(),
            ),
            Obstacle::Unknown { transition, known } => {
                let known = known.join(", ");
                lang.pick(
                    format!("il n'y a pas de transition « {transition} » (il y a : {known})"),
                    format!("there is no transition “{transition}” (there are: {known})"),
                )
            }
            given => given.about_what_is_given(lang),
        }
    }

    /// The message, and below it the leaves of a criterion that does not hold, as far as reasons
    /// were asked for.
    pub fn lines(&self, lang: Lang) -> Vec<String> {
        let mut lines = vec![self.message(lang)];
        if let Obstacle::NotHeld { why: Some(why) } = self {
            why.lines(Style { lang, iso: true }, 1, &mut lines);
        }
        lines
    }

    fn about_what_is_given(&self, lang: Lang) -> String {
        match self {
            Obstacle::Missing { field } => {
                lang.pick(format!("{field} est obligatoire"), format!("{field} is required"))
            }
            Obstacle::MissingNote => {
                lang.pick("une note est obligatoire".to_owned(), "a note is required".to_owned())
            }
            Obstacle::MissingAttachment => lang.pick(
                "une pièce jointe est obligatoire".to_owned(),
                "an attachment is required".to_owned(),
            ),
            Obstacle::Unticked { items } => {
                let items = items.join(", ");
                lang.pick(format!("reste à cocher : {items}"), format!("left to tick: {items}"))
            }
            Obstacle::MissingRecord { module } => lang.pick(
                format!("une fiche de {module} est obligatoire"),
                format!("a record of {module} is required"),
            ),
            Obstacle::NotAsked { name, asked } if asked.is_empty() => lang.pick(
                format!("« {name} » n'est pas demandé par cette transition"),
                format!("“{name}” is not asked for by this transition"),
            ),
            Obstacle::NotAsked { name, asked } => {
                let asked = asked.join(", ");
                lang.pick(
                    format!(
                        "« {name} » n'est pas demandé par cette transition ; le sont : {asked}"
                    ),
                    format!("“{name}” is not asked for by this transition; it asks for: {asked}"),
                )
            }
            Obstacle::Invalid { message, .. } => message.clone(),
            _ => String::new(),
        }
    }
}
