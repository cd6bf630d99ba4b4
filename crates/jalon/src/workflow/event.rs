//! What happened, and what the engine may look at.

use super::state::State;
use crate::approval::Verdict;
use crate::blueprint::{Due, Given};
use crate::users::{User, Users};
use crate::value::merged::Nothing;
use crate::value::{Clock, Record};

/// Something that happened, as the host tells it.
#[derive(Clone, Copy, Debug)]
pub struct Event<'e> {
    /// The host's id of it. Effects carry it, so that doing one twice can be noticed.
    pub id: &'e str,
    /// The module of the record; `None` is the only one.
    pub module: Option<&'e str>,
    /// The record's id; `None` takes the record's field `id`.
    pub record: Option<&'e str>,
    /// What happened.
    pub kind: EventKind<'e>,
}

/// The kinds of event.
#[derive(Clone, Copy, Debug)]
pub enum EventKind<'e> {
    /// A record is created.
    Created {
        /// As created.
        record: &'e dyn Record,
    },
    /// A record is changed.
    Updated {
        /// As it was.
        before: &'e dyn Record,
        /// As it is now; a field that is absent here has not changed.
        after: &'e dyn Record,
    },
    /// A record is deleted.
    Deleted {
        /// As it was.
        record: &'e dyn Record,
    },
    /// Somebody did something: an e-mail was opened, a page visited.
    Activity {
        /// The event type, as its id or its label in either language.
        kind: &'e str,
        /// The record now.
        record: &'e dyn Record,
    },
    /// Somebody pressed the button of a rule.
    Manual {
        /// The rule's name.
        rule: &'e str,
        /// The record now.
        record: &'e dyn Record,
    },
    /// A schedule has chosen the record.
    Scheduled {
        /// The schedule's name.
        schedule: &'e str,
        /// The record now.
        record: &'e dyn Record,
    },
    /// Somebody makes a transition of the record's process.
    Transition {
        /// The transition's name.
        transition: &'e str,
        /// What is given for it.
        given: &'e Given,
        /// Who makes it; where nobody is named, only what belongs to everybody can be made.
        by: Option<&'e User>,
        /// The record now.
        record: &'e dyn Record,
    },
    /// Somebody saves a transition of the record's process half filled in.
    Draft {
        /// The transition's name.
        transition: &'e str,
        /// What is given so far; nothing at all drops the draft.
        given: &'e Given,
        /// Who saves it.
        by: Option<&'e User>,
        /// The record now.
        record: &'e dyn Record,
    },
    /// A step of the record's process has become due, for a host that asks for
    /// [steps](crate::Program::steps) itself and keeps no timers.
    Step {
        /// Which.
        due: &'e Due,
        /// The record now.
        record: &'e dyn Record,
    },
    /// The record is let into the blueprint that takes it, if it is in none: one that was there
    /// before its blueprint, or was taken out.
    Enter {
        /// The record now.
        record: &'e dyn Record,
    },
    /// The record is taken out of its process, and stays out until it is let in again.
    Exit {
        /// The record now.
        record: &'e dyn Record,
    },
    /// Somebody submits the record to an approval.
    Submit {
        /// The approval's name.
        approval: &'e str,
        /// Who.
        by: Option<&'e User>,
        /// The record now.
        record: &'e dyn Record,
    },
    /// Somebody answers a request for approval.
    Vote {
        /// The approval's name.
        approval: &'e str,
        /// Who; where nobody is named, nobody is allowed.
        by: Option<&'e User>,
        /// What is answered.
        verdict: Verdict,
        /// What is said with it.
        comment: Option<&'e str>,
        /// The record now.
        record: &'e dyn Record,
    },
    /// Somebody hands a vote to another.
    Delegate {
        /// The approval's name.
        approval: &'e str,
        /// Who.
        by: Option<&'e User>,
        /// To whom.
        to: &'e str,
        /// What is said with it.
        comment: Option<&'e str>,
        /// The record now.
        record: &'e dyn Record,
    },
    /// A request for approval is taken back.
    Recall {
        /// The approval's name.
        approval: &'e str,
        /// By whom; nobody named is the host itself.
        by: Option<&'e User>,
        /// What is said with it.
        comment: Option<&'e str>,
        /// The record now.
        record: &'e dyn Record,
    },
    /// The record was there before its rules: their timers are armed, nothing else is done.
    Arm {
        /// The record now.
        record: &'e dyn Record,
    },
    /// Time has passed, and nothing happened to any record: what is due is taken care of until now.
    Tick,
    /// A timer of the record's state is due.
    Due {
        /// The timer's id.
        timer: &'e str,
        /// The record now.
        record: &'e dyn Record,
    },
}

impl<'e> EventKind<'e> {
    /// The record now; of a tick, one that carries nothing.
    pub fn record(&self) -> &'e dyn Record {
        match self {
            EventKind::Created { record }
            | EventKind::Deleted { record }
            | EventKind::Activity { record, .. }
            | EventKind::Manual { record, .. }
            | EventKind::Scheduled { record, .. }
            | EventKind::Transition { record, .. }
            | EventKind::Draft { record, .. }
            | EventKind::Step { record, .. }
            | EventKind::Enter { record }
            | EventKind::Exit { record }
            | EventKind::Submit { record, .. }
            | EventKind::Vote { record, .. }
            | EventKind::Delegate { record, .. }
            | EventKind::Recall { record, .. }
            | EventKind::Arm { record }
            | EventKind::Due { record, .. } => *record,
            EventKind::Updated { after, .. } => *after,
            EventKind::Tick => &Nothing,
        }
    }

    /// The approval that it is about.
    pub(crate) fn approval(&self) -> Option<&'e str> {
        match self {
            EventKind::Submit { approval, .. }
            | EventKind::Vote { approval, .. }
            | EventKind::Delegate { approval, .. }
            | EventKind::Recall { approval, .. } => Some(approval),
            _ => None,
        }
    }

    /// Who acts, if it says so.
    pub(crate) fn by(&self) -> Option<&'e User> {
        match self {
            EventKind::Transition { by, .. }
            | EventKind::Draft { by, .. }
            | EventKind::Submit { by, .. }
            | EventKind::Vote { by, .. }
            | EventKind::Delegate { by, .. }
            | EventKind::Recall { by, .. } => *by,
            _ => None,
        }
    }

    /// Its name in data, such as `updated`.
    pub fn name(&self) -> &'static str {
        match self {
            EventKind::Created { .. } => "created",
            EventKind::Updated { .. } => "updated",
            EventKind::Deleted { .. } => "deleted",
            EventKind::Activity { .. } => "activity",
            EventKind::Manual { .. } => "manual",
            EventKind::Scheduled { .. } => "scheduled",
            EventKind::Transition { .. } => "transition",
            EventKind::Draft { .. } => "draft",
            EventKind::Step { .. } => "step",
            EventKind::Enter { .. } => "enter",
            EventKind::Exit { .. } => "exit",
            EventKind::Submit { .. } => "submit",
            EventKind::Vote { .. } => "vote",
            EventKind::Delegate { .. } => "delegate",
            EventKind::Recall { .. } => "recall",
            EventKind::Arm { .. } => "arm",
            EventKind::Tick => "tick",
            EventKind::Due { .. } => "due",
        }
    }
}

/// What a decision may look at beside the event. [`Context::new`] makes one that knows nothing
/// more than it must.
///
/// ```
/// use jalon::users::{User, Users};
/// use jalon::workflow::{Context, State};
/// use jalon::Clock;
///
/// let (clock, state) = (Clock::default(), State::new());
/// let users = Users::new(vec![User::named("Alice").role("Directrice")]);
/// let context = Context::new(&clock, &state).users(&users).trace(true);
/// assert_eq!(context.users.with_role("directrice").count(), 1);
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Context<'c> {
    /// The present, the zone and the calendar.
    pub clock: &'c Clock,
    /// What was remembered: of the records that the event concerns, or of all.
    pub state: &'c State,
    /// Records that the event's record refers to or lists, as far as rules read or write them.
    pub related: &'c [Related<'c>],
    /// Who is who: the roles and groups of effects are told as the users in them. Of no users,
    /// as what they are called.
    pub users: &'c Users,
    /// Who is at the record, where the event itself does not say: the next transitions of a
    /// process that is `continu` are offered to them.
    pub by: Option<&'c User>,
    /// Whether to say why each rule fired or did not.
    pub trace: bool,
}

impl<'c> Context<'c> {
    /// A clock and what was remembered; no related records, no users, no trace.
    pub fn new(clock: &'c Clock, state: &'c State) -> Context<'c> {
        Context { clock, state, related: &[], users: Users::NONE, by: None, trace: false }
    }

    /// With records that the event's record refers to or lists.
    #[must_use]
    pub fn related(self, related: &'c [Related<'c>]) -> Context<'c> {
        Context { related, ..self }
    }

    /// With the host's users.
    #[must_use]
    pub fn users(self, users: &'c Users) -> Context<'c> {
        Context { users, ..self }
    }

    /// With who is at the record.
    #[must_use]
    pub fn by(self, by: Option<&'c User>) -> Context<'c> {
        Context { by, ..self }
    }

    /// With or without why each rule fired or did not.
    #[must_use]
    pub fn trace(self, trace: bool) -> Context<'c> {
        Context { trace, ..self }
    }
}

/// A record that another refers to or lists.
#[derive(Clone, Copy, Debug)]
pub struct Related<'c> {
    /// Its module.
    pub module: &'c str,
    /// Its id.
    pub id: &'c str,
    /// Its fields.
    pub record: &'c dyn Record,
}
