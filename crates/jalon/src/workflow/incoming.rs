//! Events as JSON, the one form that files and bindings share.

mod fault;
mod process;
mod read;

use serde_json::Value as Json;

use super::event::{Event, EventKind, Related};
use crate::approval::Verdict;
use crate::blueprint::Given;
use crate::users::User;
use crate::value::{Instant, Moment, Zone};

pub use fault::EventError;

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
/// `transition`, `draft`, `enter`, `exit`, `submit`, `vote`, `delegate`, `recall`, `due`, `scheduled`, `arm`,
/// `tick`; `field` is `updated`), `module`, `record_id` (else the record's `id`), `now`, `record` (of
/// an update `before` and `after`, which may hold only what changes, or `record` and `changes`),
/// `activity` (its type), `rule` (of a button), `timer` (its id), `schedule` (its name), `approval`
/// (its name; of a vote also `verdict`, `approve` or `reject`, of a delegation `to`, and of both
/// `comment`), `related` (records by module, each with an `id`), `by` (who acts: a name, or an object
/// as [`User::read`] has it). A transition or a draft of one has `transition` (its name) and `given`:
///
/// ```
/// # use jalon::workflow::Incoming;
/// # use serde_json::json;
/// let event = Incoming::read(&json!({
///     "id": "e2", "type": "transition", "module": "Affaires", "record": {"id": 7},
///     "transition": "Faire relire", "by": {"name": "Alice", "groups": ["Équipe juridique"]},
///     "given": {
///         "fields": {"Montant": 4000}, "note": "Relu deux fois", "attachments": ["contrat.pdf"],
///         "ticked": ["Contrat signé"], "records": {"Devis": [12]},
///     },
/// }))?;
/// # Ok::<(), jalon::workflow::EventError>(())
/// ```
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
    Transition(Box<Asked>),
    Draft(Box<Asked>),
    Enter,
    Exit,
    Arm,
    Tick,
}

/// What is asked of a record's process.
#[derive(Clone, Debug)]
struct Asked {
    transition: String,
    given: Given,
}

impl Incoming {
    /// Reads an event.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn read(json: &Json) -> Result<Incoming, EventError> {
        read::incoming(json)
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
            Kind::Transition(asked) => {
                let Asked { transition, given } = &**asked;
                EventKind::Transition { transition, given, by, record }
            }
            Kind::Draft(asked) => {
                let Asked { transition, given } = &**asked;
                EventKind::Draft { transition, given, by, record }
            }
            Kind::Enter => EventKind::Enter { record },
            Kind::Exit => EventKind::Exit { record },
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

    /// Who acts, if it says so.
    pub fn by(&self) -> Option<&User> {
        self.by.as_ref()
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
        let own = |record: &Json| read::text(record.as_object()?, "id").ok().flatten();
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
