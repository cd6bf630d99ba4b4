//! What somebody did, as scores count it.

use super::{Both, both};

/// What an event type is, by its id.
pub fn events(id: &str) -> Option<Both> {
    Some(match id {
        "email_opened" => both("un e-mail a été ouvert", "an e-mail was opened"),
        "email_clicked" => {
            both("un lien d'un e-mail a été suivi", "a link of an e-mail was followed")
        }
        "email_replied" => both("il a été répondu à un e-mail", "an e-mail was replied to"),
        "email_bounced" => {
            both("un e-mail n'a pas pu être remis", "an e-mail could not be delivered")
        }
        "email_unsubscribed" => both(
            "quelqu'un s'est désabonné depuis un e-mail",
            "somebody unsubscribed from an e-mail",
        ),
        "call" => both("un appel a eu lieu", "a call took place"),
        "call_missed" => both("un appel est resté sans réponse", "a call was not answered"),
        "visit" => both("une page du site a été visitée", "a page of the site was visited"),
        "meeting" => both("une réunion a eu lieu", "a meeting took place"),
        "form" => both("un formulaire a été envoyé", "a form was sent in"),
        "survey" => both("une enquête a été remplie", "a survey was filled in"),
        _ => return None,
    })
}
