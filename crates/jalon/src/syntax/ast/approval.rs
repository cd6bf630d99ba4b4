//! Approvals as written: who must agree before a record goes on.

use serde::{Deserialize, Serialize};

use super::{Action, Criterion, Lapse, Name, Owner, Trigger};
use crate::source::Span;

/// `approbation Remise sur Devis` and its lines.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Approval {
    /// Its name.
    pub name: Name,
    /// The module it governs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub module: Option<Name>,
    /// `inactif`: it keeps its text and asks nobody.
    #[serde(default, skip_serializing_if = "super::form::is_false")]
    pub inactive: bool,
    /// The `quand` lines: when records are submitted by themselves.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub triggers: Vec<Trigger>,
    /// `si …`: which records need it; none is every one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub criterion: Option<Criterion>,
    /// `verrouillé`, `verrouillé, sauf Commentaire`
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lock: Option<Lock>,
    /// `sans délégation`: nobody may hand a vote to another.
    #[serde(default, skip_serializing_if = "super::form::is_false")]
    pub no_delegation: bool,
    /// The `niveau` lines, asked one after the other.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub levels: Vec<Level>,
    /// `soumis`: done when a record is submitted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub submitted: Vec<Action>,
    /// `approuvé`: done when the last level has agreed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub approved: Vec<Action>,
    /// `refusé`: done when a level has not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rejected: Vec<Action>,
    /// `rappelé`: done when the request is taken back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recalled: Vec<Action>,
}

/// `verrouillé, sauf Commentaire, Note`: while it waits, nobody but rules changes the record.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Lock {
    /// Where the word stands.
    #[serde(skip)]
    pub span: Span,
    /// The fields that may change all the same.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub except: Vec<Name>,
}

/// `niveau rôle "Directeur", Alice, unanimité, délai 2 jours ouvrés, ensuite refusé, si Remise > 40`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Level {
    /// The whole line.
    #[serde(skip)]
    pub span: Span,
    /// Who is asked, in source order; at least one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub approvers: Vec<Owner>,
    /// `un seul`, `majorité`, `unanimité`; none is the first who answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quorum: Option<Quorum>,
    /// `délai …` and what belongs to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline: Option<LevelDeadline>,
    /// `si …`: where it does not hold, the level is skipped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub criterion: Option<Criterion>,
}

/// How many must agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Quorum {
    /// `un seul`: the first who answers decides.
    One,
    /// `majorité`: more than half agree.
    Majority,
    /// `unanimité`: everyone agrees.
    All,
}

/// How long a level may take, and what happens then.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LevelDeadline {
    /// `délai 2 jours ouvrés`
    pub after: Lapse,
    /// `calendrier Siège`
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calendar: Option<Name>,
    /// `rappel 1 jour avant`: those who have not answered are reminded.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reminders: Vec<Lapse>,
    /// `ensuite …`; none reminds them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub then: Option<Lapsed>,
}

/// `ensuite …`: what happens when nobody has decided in time.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
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
