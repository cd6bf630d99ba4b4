//! A request for approval, as it is kept.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::checked::approval::Quorum;
use crate::lang::Lang;
use crate::users::User;
use crate::value::Instant;
use crate::value::fold::same_name;

/// One record's request for one approval.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Approval {
    /// The approval's name.
    pub approval: Arc<str>,
    /// The content of the levels under which it was submitted: under others it does not go on.
    pub content: Arc<str>,
    /// Whether it waits, or how it ended.
    pub status: Status,
    /// The level that is asked, from 1; of one that has ended, the last that was; 0 is none.
    pub level: u32,
    /// Since when that level is asked.
    pub since: Instant,
    /// Until when it may answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Instant>,
    /// Who submitted the record; none is by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Arc<str>>,
    /// When it was submitted.
    pub submitted: Instant,
    /// How many of the level must agree.
    pub quorum: Quorum,
    /// Those who are asked on that level.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub seats: Vec<Seat>,
    /// The votes of that level that were handed over, in the order they were.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub delegations: Vec<Delegation>,
    /// Everything that has happened, also in earlier requests of the record for the same approval.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub history: Vec<Entry>,
}

/// Where a request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// A level is asked.
    Pending,
    /// Every level has agreed.
    Approved,
    /// A level has refused.
    Rejected,
    /// It was taken back.
    Recalled,
}

/// What somebody answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Agreed.
    Approve,
    /// Refused.
    Reject,
}

/// Somebody who is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seat {
    /// Who.
    pub who: Approver,
    /// Whether the level was escalated to them: the first of these decides.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub escalated: bool,
    /// The answer, once there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vote: Option<Cast>,
}

/// A user, or any one of several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Approver {
    /// A user, by name or address.
    User(Arc<str>),
    /// Any one of a role.
    Role(Arc<str>),
    /// Any one of a group.
    Group(Arc<str>),
    /// Any one of a profile.
    Profile(Arc<str>),
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cast {
    /// Whose.
    pub by: Arc<str>,
    /// Which.
    pub verdict: Verdict,
}

/// A vote handed to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delegation {
    /// By whom.
    pub from: Arc<str>,
    /// To whom.
    pub to: Arc<str>,
    /// For which seats, by their place.
    pub seats: Vec<u32>,
}

/// Something that has happened to a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// When.
    pub at: Instant,
    /// The level that was asked then; 0 is none.
    pub level: u32,
    /// By whom; none is by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Arc<str>>,
    /// What.
    #[serde(flatten)]
    pub act: Act,
    /// What was said with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
}

/// What may happen to a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum Act {
    /// The record was submitted.
    Submitted,
    /// The level's condition did not hold: it was not asked.
    Skipped,
    /// The level was asked.
    Asked,
    /// Somebody answered.
    Voted {
        /// What.
        verdict: Verdict,
    },
    /// Somebody handed a vote to another.
    Delegated {
        /// To whom.
        to: Arc<str>,
    },
    /// Those who had not answered were reminded.
    Reminded,
    /// The deadline passed, and others were asked too.
    Escalated,
    /// The deadline passed, and answered in their place.
    Lapsed {
        /// What.
        verdict: Verdict,
    },
    /// It ended so.
    Ended {
        /// How.
        status: Status,
    },
}

/// Something that a level waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum Lapse {
    /// Those who have not answered are reminded.
    Reminder {
        /// Which of the deadline's reminders.
        number: u32,
    },
    /// The deadline.
    Deadline,
}

/// When something is due that a level waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// When.
    pub at: Instant,
    /// What.
    pub lapse: Lapse,
}

impl Approval {
    /// Whether it waits for somebody.
    pub fn is_pending(&self) -> bool {
        self.status == Status::Pending
    }

    /// The seats that are open, and that a user may vote for.
    pub fn seats_of(&self, user: &User) -> Vec<usize> {
        let open = |index: &usize| self.seats.get(*index).is_some_and(|seat| seat.vote.is_none());
        (0..self.seats.len()).filter(open).filter(|index| self.holds(*index, user)).collect()
    }

    /// Whether a seat is a user's: as it was given, or handed over since.
    pub(super) fn holds(&self, index: usize, user: &User) -> bool {
        let Some(seat) = self.seats.get(index) else { return false };
        let of_seat = |d: &&Delegation| d.seats.contains(&(index as u32));
        let last = self
            .delegations
            .iter()
            .rev()
            .filter(of_seat)
            .find(|delegation| user.is(&delegation.from) || user.is(&delegation.to));
        match last {
            Some(delegation) => user.is(&delegation.to),
            None => seat.who.includes(user),
        }
    }

    /// Those whose answer is awaited, as effects name them: roles and groups as `role:`, `group:`
    /// and `profile:` and their name.
    pub fn awaited(&self) -> Vec<String> {
        let mut all: Vec<String> = Vec::new();
        for (index, seat) in self.seats.iter().enumerate().filter(|(_, seat)| seat.vote.is_none()) {
            let of_seat = |d: &&Delegation| d.seats.contains(&(index as u32));
            let mut given = self.delegations.iter().filter(of_seat).peekable();
            let mut add = |name: String| {
                if !all.iter().any(|known| same_name(known, &name)) {
                    all.push(name);
                }
            };
            let user = matches!(seat.who, Approver::User(_));
            if !user || given.peek().is_none() {
                add(seat.who.named());
            }
            if let Some(last) = given.last() {
                add(last.to.to_string());
            }
        }
        all
    }
}

impl Approver {
    /// Whether a user is meant.
    pub fn includes(&self, user: &User) -> bool {
        match self {
            Approver::User(name) => user.is(name),
            Approver::Role(role) => user.has_role(role),
            Approver::Group(group) => user.is_in(group),
            Approver::Profile(profile) => user.has_profile(profile),
        }
    }

    /// As effects name it.
    pub(super) fn named(&self) -> String {
        match self {
            Approver::User(name) => name.to_string(),
            Approver::Role(name) => format!("role:{name}"),
            Approver::Group(name) => format!("group:{name}"),
            Approver::Profile(name) => format!("profile:{name}"),
        }
    }

    /// For people.
    pub fn shown(&self, lang: Lang) -> String {
        match self {
            Approver::User(name) => name.to_string(),
            Approver::Role(name) => lang.pick(format!("rôle {name}"), format!("role {name}")),
            Approver::Group(name) => lang.pick(format!("groupe {name}"), format!("group {name}")),
            Approver::Profile(name) => {
                lang.pick(format!("profil {name}"), format!("profile {name}"))
            }
        }
    }
}

impl Status {
    /// In a language.
    pub fn word(self, lang: Lang) -> &'static str {
        match self {
            Status::Pending => lang.pick("en attente", "pending"),
            Status::Approved => lang.pick("approuvée", "approved"),
            Status::Rejected => lang.pick("refusée", "rejected"),
            Status::Recalled => lang.pick("rappelée", "recalled"),
        }
    }
}

impl Verdict {
    /// As a request ends with it.
    pub fn status(self) -> Status {
        match self {
            Verdict::Approve => Status::Approved,
            Verdict::Reject => Status::Rejected,
        }
    }
}
