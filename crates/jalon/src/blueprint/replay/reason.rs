//! Why a move is refused, as data and as a sentence.

use serde::Serialize;

use super::Refusal;
use crate::lang::Lang;

/// Why a move is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// No transition leads from the one state to the other.
    NoTransition,
    /// It leaves an end.
    EndLeft,
    /// One of its states is none of the blueprint.
    UnknownState,
    /// The transition that the log names leads elsewhere, or is none of the blueprint.
    OtherTransition,
    /// Nothing in the blueprint is called so.
    UnknownTransition,
    /// The transition does not leave the state in which the case is.
    NotFromHere,
    /// The child of a parallel transition is done already.
    DoneAlready,
    /// None who may make the transition is the one who did.
    NotOwner,
}

impl Refusal {
    /// Why, in a language.
    pub fn message(&self, lang: Lang) -> String {
        let from = self.from.as_str();
        let to = self.to.as_deref().unwrap_or_default();
        let by = self.transition.as_deref().unwrap_or_default();
        match self.reason {
            Reason::NoTransition if self.to.as_deref() == Some(from) => lang.pick(
                format!("aucune transition ne va de `{from}` à `{from}` : l'état se répète"),
                format!("no transition leads from `{from}` to `{from}`: the state is repeated"),
            ),
            Reason::NoTransition => lang.pick(
                format!("aucune transition ne va de `{from}` à `{to}`"),
                format!("no transition leads from `{from}` to `{to}`"),
            ),
            Reason::EndLeft if self.to.is_some() => lang.pick(
                format!("`{from}` est une fin : rien n'en repart vers `{to}`"),
                format!("`{from}` is an end: nothing leaves it for `{to}`"),
            ),
            Reason::EndLeft => lang.pick(
                format!("`{from}` est une fin : `{by}` n'en repart pas"),
                format!("`{from}` is an end: `{by}` does not leave it"),
            ),
            Reason::UnknownState => {
                let names = self.unknown.iter().map(|name| format!("`{name}`"));
                let names = names.collect::<Vec<_>>().join(", ");
                lang.pick(
                    format!("pas un état du parcours : {names}"),
                    format!("not a state of the blueprint: {names}"),
                )
            }
            Reason::OtherTransition => lang.pick(
                format!("`{by}` ne va pas de `{from}` à `{to}`"),
                format!("`{by}` does not lead from `{from}` to `{to}`"),
            ),
            Reason::UnknownTransition => lang.pick(
                format!("pas une transition du parcours : `{by}`"),
                format!("not a transition of the blueprint: `{by}`"),
            ),
            Reason::NotFromHere => lang.pick(
                format!("`{by}` ne part pas de `{from}`"),
                format!("`{by}` does not leave `{from}`"),
            ),
            Reason::DoneAlready => {
                lang.pick(format!("`{by}` est déjà fait"), format!("`{by}` is done already"))
            }
            Reason::NotOwner => lang.pick(
                format!("faite par quelqu'un d'autre que ses propriétaires : `{by}`"),
                format!("made by somebody who is none of its owners: `{by}`"),
            ),
        }
    }
}
