//! What is wrong with an event, and the way out.

use std::fmt;

use super::read::TYPES;
use crate::lang::Lang;
use crate::users::UsersError;

/// What is wrong with an event.
#[derive(Clone, PartialEq, Eq)]
pub struct EventError {
    /// The key at fault; empty for the whole.
    pub key: String,
    pub(super) kind: Fault,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    NotAnObject,
    Missing,
    NotText,
    NotARecord,
    UnknownType { given: String, near: Option<String> },
    NotTexts,
    User(UsersError),
    NotGiven,
    NotIds,
    NoVerdict { given: String },
    UnknownKey { of: &'static str, keys: &'static [&'static str], near: Option<String> },
    NoTime { given: String },
    NoId,
}

impl EventError {
    /// A record of a module has no id.
    pub(crate) fn no_id(module: &str) -> EventError {
        EventError { key: module.to_owned(), kind: Fault::NoId }
    }

    /// The message in a language.
    pub fn message(&self, lang: Lang) -> String {
        let key = &self.key;
        let did_you_mean = |near: &Option<String>| match near {
            Some(near) => lang.pick(
                format!(" ; vouliez-vous dire `{near}` ?"),
                format!("; did you mean `{near}`?"),
            ),
            None => String::new(),
        };
        match &self.kind {
            Fault::NotAnObject => lang.pick(
                "un événement est un objet JSON".to_owned(),
                "an event is a JSON object".to_owned(),
            ),
            Fault::Missing => {
                let way_out = missing(key, lang);
                lang.pick(
                    format!("il manque `{key}` à l'événement ; {way_out}"),
                    format!("the event lacks `{key}`; {way_out}"),
                )
            }
            Fault::NotText => {
                lang.pick(format!("`{key}` doit être un texte"), format!("`{key}` must be a text"))
            }
            Fault::NotARecord => lang.pick(
                format!("`{key}` doit être un objet avec les champs d'une fiche"),
                format!("`{key}` must be an object with the fields of a record"),
            ),
            Fault::UnknownType { given, near } => {
                let list = TYPES.join(", ");
                let near = did_you_mean(near);
                lang.pick(
                    format!("type d'événement inconnu `{given}`{near} (il y a : {list})"),
                    format!("unknown event type `{given}`{near} (there are: {list})"),
                )
            }
            Fault::UnknownKey { of, keys, near } => {
                let (near, list) = (did_you_mean(near), keys.join(", "));
                let (fr, en) = match *of {
                    "" => ("l'événement".to_owned(), "the event".to_owned()),
                    of => (format!("`{of}`"), format!("`{of}`")),
                };
                let fields = *of == "given" && near.is_empty();
                let fields = match lang {
                    _ if !fields => "",
                    Lang::Fr => " ; les champs de la fiche vont dans `fields`",
                    Lang::En => "; the fields of the record go into `fields`",
                };
                lang.pick(
                    format!("clé inconnue `{key}` dans {fr}{near}{fields} (il y a : {list})"),
                    format!("unknown key `{key}` in {en}{near}{fields} (there are: {list})"),
                )
            }
            Fault::NotTexts => lang.pick(
                format!("`{key}` doit être une liste de textes"),
                format!("`{key}` must be a list of texts"),
            ),
            Fault::User(error) => {
                let error = error.message(lang);
                lang.pick(format!("`{key}` : {error}"), format!("`{key}`: {error}"))
            }
            Fault::NotGiven => lang.pick(
                format!("`{key}` doit être un objet tel que {GIVEN}"),
                format!("`{key}` must be an object such as {GIVEN}"),
            ),
            Fault::NotIds => lang.pick(
                format!("`{key}` donne des listes d'identifiants par module : {{\"Devis\": [12]}}"),
                format!("`{key}` gives lists of ids by module: {{\"Devis\": [12]}}"),
            ),
            Fault::NoVerdict { given } => lang.pick(
                format!("`verdict` : `{given}` n'est ni \"approve\" ni \"reject\""),
                format!("`verdict`: `{given}` is neither \"approve\" nor \"reject\""),
            ),
            Fault::NoTime { given } => lang.pick(
                format!(
                    "`now` : `{given}` n'est ni une date ni une heure ; écrivez 2026-06-30T10:30"
                ),
                format!("`now`: `{given}` is neither a date nor a time; write 2026-06-30T10:30"),
            ),
            Fault::NoId => lang.pick(
                format!("une fiche de `{key}` n'a pas d'`id`"),
                format!("a record of `{key}` has no `id`"),
            ),
        }
    }
}

/// What is given with a transition, as an example.
const GIVEN: &str = r#"{"fields": {"Montant": 4000}, "note": "…"}"#;

/// What to write under a key that is missing.
fn missing(key: &str, lang: Lang) -> String {
    let types = || TYPES.join(", ");
    match key {
        "id" => lang.pick(
            "donnez-lui un texte qui n'est qu'à lui, tel que \"e1\"".to_owned(),
            "give it a text of its own, such as \"e1\"".to_owned(),
        ),
        "type" => {
            lang.pick(format!("dites lequel : {}", types()), format!("say which: {}", types()))
        }
        "activity" => lang.pick(
            "dites ce qui s'est passé, tel que \"e-mail ouvert\"".to_owned(),
            "say what happened, such as \"email opened\"".to_owned(),
        ),
        "transition" => {
            lang.pick("nommez la transition".to_owned(), "name the transition".to_owned())
        }
        "approval" => lang.pick("nommez l'approbation".to_owned(), "name the approval".to_owned()),
        "verdict" => lang.pick(
            "dites \"approve\" ou \"reject\"".to_owned(),
            "say \"approve\" or \"reject\"".to_owned(),
        ),
        "to" => lang.pick("dites à qui".to_owned(), "say to whom".to_owned()),
        "rule" => lang.pick("nommez la règle".to_owned(), "name the rule".to_owned()),
        "timer" => {
            lang.pick("donnez l'id de la minuterie".to_owned(), "give the timer's id".to_owned())
        }
        "schedule" => {
            lang.pick("nommez la planification".to_owned(), "name the schedule".to_owned())
        }
        _ => lang.pick(
            "donnez les champs de la fiche, tels que {\"id\": 1}".to_owned(),
            "give the fields of the record, such as {\"id\": 1}".to_owned(),
        ),
    }
}

impl fmt::Display for EventError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl std::error::Error for EventError {}
