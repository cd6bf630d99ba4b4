//! Events as JSON, the one form that files and bindings share.

use std::fmt;

use serde_json::{Map, Value as Json};

use super::event::{Event, EventKind, Related};
use crate::approval::Verdict;
use crate::diagnostic::did_you_mean;
use crate::lang::Lang;
use crate::users::User;
use crate::value::{Instant, Moment, Zone, read};

/// An event read from JSON.
///
/// ```
/// use jalon::workflow::Incoming;
/// use serde_json::json;
///
/// let event = Incoming::read(&json!({
///     "id": "e1", "type": "updated", "module": "Prospects", "now": "2026-06-30T10:30",
///     "before": {"id": 42, "Pays": "France"}, "after": {"Pays": "Monaco"},
///     "related": {"Comptes": [{"id": 7, "Type": "Client"}]},
/// }))?;
/// assert_eq!(event.event().id, "e1");
/// # Ok::<(), jalon::workflow::EventError>(())
/// ```
///
/// The keys: `id` (text; needed), `type` (`created`, `updated`, `deleted`, `activity`, `manual`,
/// `due`, `scheduled`, `submit`, `vote`, `delegate`, `recall`, `arm`, `tick`; `field` is `updated`), `module`, `record_id` (else the record's `id`), `now`, `record`
/// (of an update `before` and `after`, which may hold only what changes, or `record` and
/// `changes`), `activity` (its type), `rule` (of a button), `timer` (its id), `schedule` (its
/// name), `approval` (its name; of a vote also `verdict`, `approve` or `reject`, of a delegation
/// `to`, and of both `comment`), `user` (who acts: a name, or an object with `name`, `roles`,
/// `groups`, `profiles`, `email`), `related` (records
/// by module, each with an `id`).
#[derive(Clone, Debug)]
pub struct Incoming {
    id: String,
    module: Option<String>,
    record_id: Option<String>,
    now: Option<Moment>,
    kind: Kind,
    /// Who acts.
    by: Option<User>,
    /// The record now; of an update what changes.
    record: Json,
    related: Vec<(String, String, Json)>,
}

#[derive(Clone, Debug)]
enum Kind {
    Created,
    Updated { before: Json },
    Deleted,
    Activity(String),
    Manual(String),
    Due(String),
    Scheduled(String),
    Submit(String),
    Vote { approval: String, verdict: Verdict, comment: Option<String> },
    Delegate { approval: String, to: String, comment: Option<String> },
    Recall { approval: String, comment: Option<String> },
    Arm,
    Tick,
}

/// What is wrong with an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventError {
    /// The key at fault; empty for the whole.
    pub key: String,
    kind: Fault,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Fault {
    NotAnObject,
    Missing,
    NotText,
    NotARecord,
    UnknownType { given: String, near: Option<String> },
    UnknownKey { near: Option<String> },
    NoVerdict { given: String },
    NotAUser,
    NoTime { given: String },
    NoId,
}

const KEYS: [&str; 19] = [
    "id",
    "type",
    "module",
    "record_id",
    "now",
    "record",
    "before",
    "after",
    "changes",
    "activity",
    "rule",
    "timer",
    "schedule",
    "related",
    "user",
    "approval",
    "verdict",
    "to",
    "comment",
];
const TYPES: [&str; 14] = [
    "created",
    "updated",
    "field",
    "deleted",
    "activity",
    "manual",
    "due",
    "scheduled",
    "submit",
    "vote",
    "delegate",
    "recall",
    "arm",
    "tick",
];

impl Incoming {
    /// Reads an event.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn read(json: &Json) -> Result<Incoming, EventError> {
        let object = json.as_object().ok_or_else(|| fault("", Fault::NotAnObject))?;
        if let Some(key) = object.keys().find(|key| !KEYS.contains(&key.as_str())) {
            let near = did_you_mean(key, KEYS);
            return Err(fault(key, Fault::UnknownKey { near }));
        }
        let id = text(object, "id")?.ok_or_else(|| fault("id", Fault::Missing))?;
        let now = match text(object, "now")? {
            Some(given) => {
                Some(read::moment(&given).ok_or_else(|| fault("now", Fault::NoTime { given }))?)
            }
            None => None,
        };
        let (kind, record) = kind(object)?;
        let by = user(object)?;
        Ok(Incoming {
            id,
            module: text(object, "module")?,
            record_id: text(object, "record_id")?,
            now,
            kind,
            by,
            record,
            related: related(object)?,
        })
    }

    /// The event, to be decided.
    pub fn event(&self) -> Event<'_> {
        let (record, by) = (&self.record, self.by.as_ref());
        let kind = match &self.kind {
            Kind::Created => EventKind::Created { record },
            Kind::Updated { before } => EventKind::Updated { before, after: record },
            Kind::Deleted => EventKind::Deleted { record },
            Kind::Activity(kind) => EventKind::Activity { kind, record },
            Kind::Manual(rule) => EventKind::Manual { rule, record },
            Kind::Due(timer) => EventKind::Due { timer, record },
            Kind::Scheduled(schedule) => EventKind::Scheduled { schedule, record },
            Kind::Submit(approval) => EventKind::Submit { approval, by, record },
            Kind::Vote { approval, verdict, comment } => {
                let comment = comment.as_deref();
                EventKind::Vote { approval, by, verdict: *verdict, comment, record }
            }
            Kind::Delegate { approval, to, comment } => {
                EventKind::Delegate { approval, by, to, comment: comment.as_deref(), record }
            }
            Kind::Recall { approval, comment } => {
                EventKind::Recall { approval, by, comment: comment.as_deref(), record }
            }
            Kind::Arm => EventKind::Arm { record },
            Kind::Tick => EventKind::Tick,
        };
        Event {
            id: &self.id,
            module: self.module.as_deref(),
            record: self.record_id.as_deref(),
            kind,
        }
    }

    /// The related records.
    pub fn related(&self) -> Vec<Related<'_>> {
        self.related.iter().map(|(module, id, record)| Related { module, id, record }).collect()
    }

    /// The related records: module, id and fields.
    pub(crate) fn given(&self) -> impl Iterator<Item = (&str, &str, &Json)> {
        self.related.iter().map(|(module, id, record)| (module.as_str(), id.as_str(), record))
    }

    /// The record now (of an update, what changes), and of an update the record before.
    pub(crate) fn records(&self) -> (&Json, Option<&Json>) {
        match &self.kind {
            Kind::Updated { before } => (&self.record, Some(before)),
            _ => (&self.record, None),
        }
    }

    /// The module it names.
    pub(crate) fn module(&self) -> Option<&str> {
        self.module.as_deref()
    }

    /// The id of its record.
    pub(crate) fn record_id(&self) -> Option<String> {
        let (record, before) = self.records();
        let own = |record: &Json| text(record.as_object()?, "id").ok().flatten();
        self.record_id.clone().or_else(|| own(record)).or_else(|| own(before?))
    }

    /// Replaces its record by what `whole` makes of it; of an update the record before. A record
    /// that is created is whole as it is.
    pub(crate) fn complete(&mut self, whole: impl Fn(&Json) -> Json) {
        match &mut self.kind {
            Kind::Created => {}
            Kind::Updated { before } => *before = whole(before),
            _ => self.record = whole(&self.record),
        }
    }

    /// Replaces its record, of an update the one before, by what `new` makes of it; and of an
    /// update what changes by what `changed` makes of it.
    pub(crate) fn replace(&mut self, new: impl Fn(&Json) -> Json, changed: impl Fn(&Json) -> Json) {
        if let Kind::Updated { before } = &mut self.kind {
            *before = new(before);
            self.record = changed(&self.record);
        } else {
            self.record = new(&self.record);
        }
    }

    /// Whether it deletes its record.
    pub(crate) fn deletes(&self) -> bool {
        matches!(self.kind, Kind::Deleted)
    }

    /// When it happened, if it says so.
    pub fn now(&self, zone: Zone) -> Option<Instant> {
        self.now.map(|now| zone.instant_of(now))
    }
}

fn fault(key: &str, kind: Fault) -> EventError {
    EventError { key: key.to_owned(), kind }
}

/// A text, or a number as its text.
fn text(object: &Map<String, Json>, key: &str) -> Result<Option<String>, EventError> {
    match object.get(key) {
        None | Some(Json::Null) => Ok(None),
        Some(Json::String(text)) => Ok(Some(text.clone())),
        Some(Json::Number(number)) => Ok(Some(number.to_string())),
        Some(_) => Err(fault(key, Fault::NotText)),
    }
}

fn needed(object: &Map<String, Json>, key: &str) -> Result<String, EventError> {
    text(object, key)?.ok_or_else(|| fault(key, Fault::Missing))
}

fn record(object: &Map<String, Json>, key: &str) -> Result<Json, EventError> {
    match object.get(key) {
        None | Some(Json::Null) => Err(fault(key, Fault::Missing)),
        Some(record @ Json::Object(_)) => Ok(record.clone()),
        Some(_) => Err(fault(key, Fault::NotARecord)),
    }
}

fn kind(object: &Map<String, Json>) -> Result<(Kind, Json), EventError> {
    let given = needed(object, "type")?;
    Ok(match given.as_str() {
        "created" => (Kind::Created, record(object, "record")?),
        "updated" | "field" => {
            let both = object.contains_key("before") || object.contains_key("after");
            let (before, after) = if both { ("before", "after") } else { ("record", "changes") };
            (Kind::Updated { before: record(object, before)? }, record(object, after)?)
        }
        "deleted" => (Kind::Deleted, record(object, "record")?),
        "activity" => (Kind::Activity(needed(object, "activity")?), record(object, "record")?),
        "manual" => (Kind::Manual(needed(object, "rule")?), record(object, "record")?),
        "due" => (Kind::Due(needed(object, "timer")?), record(object, "record")?),
        "scheduled" => (Kind::Scheduled(needed(object, "schedule")?), record(object, "record")?),
        "submit" => (Kind::Submit(needed(object, "approval")?), record(object, "record")?),
        "vote" => {
            let (approval, comment) = (needed(object, "approval")?, text(object, "comment")?);
            let verdict = verdict(&needed(object, "verdict")?)?;
            (Kind::Vote { approval, verdict, comment }, record(object, "record")?)
        }
        "delegate" => {
            let (approval, comment) = (needed(object, "approval")?, text(object, "comment")?);
            let to = needed(object, "to")?;
            (Kind::Delegate { approval, to, comment }, record(object, "record")?)
        }
        "recall" => {
            let (approval, comment) = (needed(object, "approval")?, text(object, "comment")?);
            (Kind::Recall { approval, comment }, record(object, "record")?)
        }
        "arm" => (Kind::Arm, record(object, "record")?),
        "tick" => (Kind::Tick, Json::Null),
        _ => {
            let near = did_you_mean(&given, TYPES);
            return Err(fault("type", Fault::UnknownType { given, near }));
        }
    })
}

/// `approve` or `reject`, also as the language says it.
fn verdict(given: &str) -> Result<Verdict, EventError> {
    match given.trim().to_lowercase().as_str() {
        "approve" | "approved" | "approuver" | "approuvé" => Ok(Verdict::Approve),
        "reject" | "rejected" | "refuser" | "refusé" => Ok(Verdict::Reject),
        _ => Err(fault("verdict", Fault::NoVerdict { given: given.to_owned() })),
    }
}

/// Who acts: a name, or a user with roles and groups.
fn user(object: &Map<String, Json>) -> Result<Option<User>, EventError> {
    match object.get("user") {
        None | Some(Json::Null) => Ok(None),
        Some(user @ Json::Object(_)) => {
            let user = serde_json::from_value(user.clone());
            user.map(Some).map_err(|_| fault("user", Fault::NotAUser))
        }
        Some(_) => Ok(text(object, "user")?.map(|name| User::named(&name))),
    }
}

fn related(object: &Map<String, Json>) -> Result<Vec<(String, String, Json)>, EventError> {
    let modules = match object.get("related") {
        None | Some(Json::Null) => return Ok(Vec::new()),
        Some(Json::Object(modules)) => modules,
        Some(_) => return Err(fault("related", Fault::NotARecord)),
    };
    let mut all = Vec::new();
    for (module, records) in modules {
        let key = format!("related.{module}");
        let records = records.as_array().ok_or_else(|| fault(&key, Fault::NotARecord))?;
        for record in records {
            let fields = record.as_object().ok_or_else(|| fault(&key, Fault::NotARecord))?;
            let id = text(fields, "id").ok().flatten();
            let id = id.ok_or_else(|| fault(&key, Fault::NoId))?;
            all.push((module.clone(), id, record.clone()));
        }
    }
    Ok(all)
}

impl EventError {
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
            Fault::UnknownKey { near } => {
                let (near, list) = (did_you_mean(near), KEYS.join(", "));
                lang.pick(
                    format!("clé inconnue `{key}` dans l'événement{near} (il y a : {list})"),
                    format!("unknown key `{key}` in the event{near} (there are: {list})"),
                )
            }
            Fault::NoVerdict { given } => lang.pick(
                format!("`verdict` : `{given}` n'est ni \"approve\" ni \"reject\""),
                format!("`verdict`: `{given}` is neither \"approve\" nor \"reject\""),
            ),
            Fault::NotAUser => lang.pick(
                "`user` doit être un nom, ou un objet tel que {\"name\": \"Alice\", \"roles\": [\"Directeur\"]}".to_owned(),
                "`user` must be a name, or an object such as {\"name\": \"Alice\", \"roles\": [\"Director\"]}".to_owned(),
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
        "rule" => lang.pick("nommez la règle".to_owned(), "name the rule".to_owned()),
        "timer" => {
            lang.pick("donnez l'id de la minuterie".to_owned(), "give the timer's id".to_owned())
        }
        "approval" => lang.pick("nommez l'approbation".to_owned(), "name the approval".to_owned()),
        "verdict" => lang.pick(
            "dites \"approve\" ou \"reject\"".to_owned(),
            "say \"approve\" or \"reject\"".to_owned(),
        ),
        "to" => lang.pick("dites à qui".to_owned(), "say to whom".to_owned()),
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
