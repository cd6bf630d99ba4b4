//! Event types: what a person did, as scores count it.

use std::sync::LazyLock;

use super::words::{Table, key, table};

/// One event type: its id in data and its labels.
#[derive(Clone, Copy, Debug)]
pub struct EventType {
    /// The id in data, such as `email_opened`.
    pub id: &'static str,
    /// French labels, the printed one first.
    pub fr: &'static [&'static str],
    /// English labels, the printed one first.
    pub en: &'static [&'static str],
}

/// The event types that need no quotes. Any other may be named in quotes.
pub const EVENT_TYPES: &[EventType] = &[
    EventType { id: "email_opened", fr: &["e-mail ouvert"], en: &["email opened"] },
    EventType { id: "email_clicked", fr: &["e-mail cliqué"], en: &["email clicked"] },
    EventType {
        id: "email_replied",
        fr: &["e-mail répondu", "réponse à un e-mail reçue"],
        en: &["email replied"],
    },
    EventType { id: "email_bounced", fr: &["e-mail non remis"], en: &["email bounced"] },
    EventType {
        id: "email_unsubscribed",
        fr: &["e-mail désabonné", "désabonnement"],
        en: &["email unsubscribed"],
    },
    EventType { id: "call", fr: &["appel"], en: &["call"] },
    EventType { id: "call_missed", fr: &["appel manqué"], en: &["call missed"] },
    EventType { id: "visit", fr: &["visite"], en: &["visit"] },
    EventType { id: "meeting", fr: &["réunion"], en: &["meeting"] },
    EventType { id: "form", fr: &["formulaire"], en: &["form"] },
    EventType { id: "survey", fr: &["enquête"], en: &["survey"] },
];

/// The id that a word names, whether it is written as an id or as a label in either language;
/// compared without case or accents. `None` when it is none of the known ones.
pub fn event_type(word: &str) -> Option<&'static str> {
    static TABLE: Table<&'static str> =
        LazyLock::new(|| {
            table(EVENT_TYPES.iter().flat_map(|e| {
                std::iter::once(&e.id).chain(e.fr).chain(e.en).map(|word| (*word, e.id))
            }))
        });
    TABLE.get(&key(word)).copied()
}

/// The label of an id, or the id itself when it is not a known one.
pub fn event_label(id: &str, lang: crate::lang::Lang) -> &str {
    EVENT_TYPES.iter().find(|e| e.id == id).map_or(id, |e| lang.pick(e.fr, e.en)[0])
}
