//! Why something cannot be done to a request.

use serde::Serialize;

use super::request::Status;
use crate::lang::Lang;

/// One reason; all of them are given at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Obstacle {
    /// No request of the record is pending.
    NotPending {
        /// How the last one ended, if there was one.
        status: Option<Status>,
    },
    /// A request is pending already.
    Pending,
    /// The record does not need the approval: its condition does not hold.
    NotNeeded,
    /// The approval asks nobody any more.
    Inactive,
    /// The levels have changed since the record was submitted.
    Changed,
    /// Nobody says who is acting.
    NoActor,
    /// The user is not asked on this level.
    NotAsked {
        /// Who.
        by: String,
        /// Who is.
        asked: Vec<String>,
    },
    /// The user has answered already.
    Answered {
        /// Who.
        by: String,
    },
    /// The user handed the vote to somebody.
    HandedOver {
        /// Who.
        by: String,
        /// To whom.
        to: String,
    },
    /// The approval allows no delegation.
    NoDelegation,
    /// Somebody is not known among the users.
    UnknownUser {
        /// Who.
        name: String,
    },
    /// The vote is handed to the one who has it.
    ToOneself,
    /// The request is somebody else's to take back.
    NotTheirs {
        /// Who is acting.
        by: String,
        /// Whose it is.
        of: Vec<String>,
    },
}

impl Obstacle {
    /// The message in a language.
    pub fn message(&self, lang: Lang) -> String {
        let (fr, en) = match self {
            Obstacle::NotPending { status: None } => (
                "la fiche n'a pas été soumise".to_owned(),
                "the record was not submitted".to_owned(),
            ),
            Obstacle::NotPending { status: Some(status) } => (
                format!("la demande est déjà {}", status.word(Lang::Fr)),
                format!("the request is {} already", status.word(Lang::En)),
            ),
            Obstacle::Pending => (
                "une demande est déjà en attente".to_owned(),
                "a request is pending already".to_owned(),
            ),
            Obstacle::NotNeeded => (
                "la fiche n'a pas besoin de cette approbation : sa condition n'est pas remplie"
                    .to_owned(),
                "the record does not need this approval: its condition does not hold".to_owned(),
            ),
            Obstacle::Inactive => {
                ("cette approbation est inactive".to_owned(), "this approval is inactive".to_owned())
            }
            Obstacle::Changed => (
                "les niveaux de cette approbation ont changé depuis ; rappelez la demande et soumettez la fiche à nouveau"
                    .to_owned(),
                "the levels of this approval have changed since; recall the request and submit the record anew"
                    .to_owned(),
            ),
            Obstacle::NoActor => {
                ("dites qui agit (`by`)".to_owned(), "say who acts (`by`)".to_owned())
            }
            Obstacle::NotAsked { by, asked } if asked.is_empty() => (
                format!("{by} n'a rien à répondre : ce niveau n'attend personne"),
                format!("{by} has nothing to answer: this level waits for nobody"),
            ),
            Obstacle::NotAsked { by, asked } => {
                let asked = asked.join(", ");
                (
                    format!("ce niveau n'attend pas {by} ; il attend : {asked}"),
                    format!("this level does not wait for {by}; it waits for: {asked}"),
                )
            }
            Obstacle::Answered { by } => {
                (format!("{by} a déjà répondu"), format!("{by} has answered already"))
            }
            Obstacle::HandedOver { by, to } => (
                format!("{by} a délégué sa voix à {to}"),
                format!("{by} has handed the vote to {to}"),
            ),
            Obstacle::NoDelegation => (
                "cette approbation n'admet pas de délégation".to_owned(),
                "this approval allows no delegation".to_owned(),
            ),
            Obstacle::UnknownUser { name } => (
                format!("« {name} » n'est pas un utilisateur connu"),
                format!("“{name}” is no known user"),
            ),
            Obstacle::ToOneself => (
                "on ne délègue pas sa voix à soi-même".to_owned(),
                "a vote is not handed to oneself".to_owned(),
            ),
            Obstacle::NotTheirs { by, of } => {
                let of = of.join(", ");
                (
                    format!("{by} ne peut pas rappeler cette demande ; le peuvent : {of}"),
                    format!("{by} cannot recall this request; these may: {of}"),
                )
            }
        };
        lang.pick(fr, en)
    }
}
