//! Approvals as written: who must agree before a record goes on.

use serde::Serialize;

use super::{Action, Criterion, Lapse, Name, Owner, Trigger};
use crate::source::Span;

/// `approbation Remise sur Devis` and its lines.
#[derive(Clone, Debug, Serialize)]
pub struct Approval {
    /// Its name.
    pub name: Name,
    /// The module it governs.
    pub module: Option<Name>,
    /// `inactif`: it keeps its text and asks nobody.
    pub inactive: bool,
    /// The `quand` lines: when records are submitted by themselves.
    pub triggers: Vec<Trigger>,
    /// `si …`: which records need it; none is every one.
    pub criterion: Option<Criterion>,
    /// `verrouillé`, `verrouillé, sauf Commentaire`
    pub lock: Option<Lock>,
    /// `sans délégation`: nobody may hand a vote to another.
    pub no_delegation: bool,
    /// The `niveau` lines, asked one after the other.
    pub levels: Vec<Level>,
    /// `soumis`: done when a record is submitted.
    pub submitted: Vec<Action>,
    /// `approuvé`: done when the last level has agreed.
    pub approved: Vec<Action>,
    /// `refusé`: done when a level has not.
    pub rejected: Vec<Action>,
    /// `rappelé`: done when the request is taken back.
    pub recalled: Vec<Action>,
}

/// `verrouillé, sauf Commentaire, Note`: while it waits, nobody but rules changes the record.
#[derive(Clone, Debug, Serialize)]
pub struct Lock {
    /// Where the word stands.
    pub span: Span,
    /// The fields that may change all the same.
    pub except: Vec<Name>,
}

/// `niveau rôle "Directeur", Alice, unanimité, délai 2 jours ouvrés, ensuite refusé, si Remise > 40`.
#[derive(Clone, Debug, Serialize)]
pub struct Level {
    /// The whole line.
    pub span: Span,
    /// Who is asked, in source order; at least one.
    pub approvers: Vec<Owner>,
    /// `un seul`, `majorité`, `unanimité`; none is the first who answers.
    pub quorum: Option<Quorum>,
    /// `délai …` and what belongs to it.
    pub deadline: Option<LevelDeadline>,
    /// `si …`: where it does not hold, the level is skipped.
    pub criterion: Option<Criterion>,
}

/// How many must agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Quorum {
    /// `un seul`: the first who answers decides.
    One,
    /// `majorité`: more than half agree.
    Majority,
    /// `unanimité`: everyone agrees.
    All,
}

/// How long a level may take, and what happens then.
#[derive(Clone, Debug, Serialize)]
pub struct LevelDeadline {
    /// `délai 2 jours ouvrés`
    pub after: Lapse,
    /// `calendrier Siège`
    pub calendar: Option<Name>,
    /// `rappel 1 jour avant`: those who have not answered are reminded.
    pub reminders: Vec<Lapse>,
    /// `ensuite …`; none reminds them.
    pub then: Option<Lapsed>,
}

/// `ensuite …`: what happens when nobody has decided in time.
#[derive(Clone, Debug, Serialize)]
pub enum Lapsed {
    /// `rappel`: those who have not answered are reminded; the level stays open.
    Remind,
    /// `approuvé`: the level counts as agreed.
    Approve,
    /// `refusé`: the level counts as refused.
    Reject,
    /// `escalade rôle "Direction"`: these may answer too, and the first of them decides.
    Escalate(Vec<Owner>),
}
