//! What somebody did, as scores count it.

use crate::lang::Text;

/// What an event type is, by its id.
pub fn events(id: &str) -> Option<Text> {
    Some(match id {
        "email_opened" => Text::new("un e-mail a été ouvert", "an e-mail was opened"),
        "email_clicked" => {
            Text::new("un lien d'un e-mail a été suivi", "a link of an e-mail was followed")
        }
        "email_replied" => Text::new("il a été répondu à un e-mail", "an e-mail was replied to"),
        "email_bounced" => {
            Text::new("un e-mail n'a pas pu être remis", "an e-mail could not be delivered")
        }
        "email_unsubscribed" => Text::new(
            "quelqu'un s'est désabonné depuis un e-mail",
            "somebody unsubscribed from an e-mail",
        ),
        "call" => Text::new("un appel a eu lieu", "a call took place"),
        "call_missed" => Text::new("un appel est resté sans réponse", "a call was not answered"),
        "visit" => Text::new("une page du site a été visitée", "a page of the site was visited"),
        "meeting" => Text::new("une réunion a eu lieu", "a meeting took place"),
        "form" => Text::new("un formulaire a été envoyé", "a form was sent in"),
        "survey" => Text::new("une enquête a été remplie", "a survey was filled in"),
        _ => return None,
    })
}
