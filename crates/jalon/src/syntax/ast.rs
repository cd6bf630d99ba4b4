//! The document: what was written, with places, before anything is resolved.
//!
//! Names and values are kept as text. The parser has no schema, so a leaf such as
//! `Région Est EST Monaco` carries its first split (field, operator, value) and the other
//! splits that its words allow; `check` chooses among them.

mod approval;
mod automation;
mod blueprint;
mod criterion;
mod expr;
pub(crate) mod form;
mod module;
mod rule;
mod score;
mod test;

use serde::{Deserialize, Serialize};

pub use approval::{Approval, Lapsed, Level, LevelDeadline, Lock, Quorum};
pub use automation::{
    Calendar, CalendarLine, Chaining, Channel, Currencies, Days, Dependency, DependencyLine,
    Format, Guard, HttpMethod, Must, Opening, Parameter, Pipeline, Rate, Schedule, SortKey, Stage,
    Validation, Webhook,
};
pub use blueprint::{
    Before, Blueprint, Deadline, During, Extra, ExtraKind, Owner, OwnerKind, Route, RouteSplit,
    State, StateRole, Transition, TransitionKind,
};
pub use criterion::{Criterion, Item, Leaf, Left, Not, Operator, Related, Right, Split};
pub use expr::{Expr, ExprKind};
pub use module::{Field, Module, Property, PropertyKind, Type};
pub use rule::{
    Action, ActionKind, Actor, ActorKind, Assignment, Branch, Call, Change, Create, DateTrigger,
    Due, Email, Later, Meeting, Offset, Repetition, Rule, Setting, Task, Trigger, TriggerKind,
    Update,
};
pub use score::{Events, Group, Limits, Line, Score, Threshold};
pub use test::{Block, Expectation, ExpectationKind, Handed, Step, StepKind, Test};

use crate::lang::Lang;
use crate::lexicon::Unit;
use crate::source::{SourceId, Span};

/// One source file, parsed.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// The text it came from.
    pub source: SourceId,
    /// The `langue` line, if there is one.
    pub lang: Option<Lang>,
    /// Everything declared, in source order; a declaration with a syntax error is left out, of a
    /// score only the line with the error.
    pub declarations: Vec<Declaration>,
    /// Comments that document no declaration.
    pub comments: Vec<Comment>,
}

impl Document {
    /// Each declaration with the comments that stand above it or inside it and do not document
    /// it; then the comments behind the last one.
    pub(crate) fn with_comments(&self) -> (Vec<(&Declaration, &[Comment])>, &[Comment]) {
        let mut rest = self.comments.as_slice();
        let starts = self.declarations.iter().skip(1).map(|next| next.span.start);
        let starts = starts.chain([u32::MAX]);
        let pairs = self.declarations.iter().zip(starts).map(|(declaration, next)| {
            // What stands behind or below the last line of a declaration may be its own, too.
            let of = |one: &&Comment| {
                let start = one.span.start;
                start < declaration.span.end || one.inside && start < next
            };
            let (own, others) = rest.split_at(rest.iter().take_while(of).count());
            rest = others;
            (declaration, own)
        });
        (pairs.collect(), rest)
    }
}

/// A `#` comment, without the `#` and the spaces around its text.
#[derive(Clone, Debug)]
pub struct Comment {
    /// Where it stands.
    pub span: Span,
    /// Its text.
    pub text: String,
    /// Whether it is indented or behind something on its line: it is then of what stands before it.
    pub inside: bool,
}

/// A name or a value as written: quotes removed, escapes resolved, NFC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// Where it stands, quotes included.
    pub span: Span,
    /// The text.
    pub text: String,
    /// Whether it stood in quotes (then it is never a field, a keyword or a tick).
    pub quoted: bool,
}

/// One declaration.
#[derive(Clone, Debug)]
pub struct Declaration {
    /// From its keyword to its last line.
    pub span: Span,
    /// The comment lines directly above it.
    pub doc: Vec<String>,
    /// What is declared.
    pub kind: DeclarationKind,
}

/// What a declaration declares.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum DeclarationKind {
    /// `module Prospects (Leads)` and its fields.
    Module(Module),
    /// `constante Junk : Casino, Voyance`.
    Constant(Constant),
    /// `score Scorex sur Prospects` and its lines.
    Score(Score),
    /// `règle "CM3" sur Prospects`, its triggers, conditions and actions.
    Rule(Rule),
    /// `validation sur Prospects`
    Validation(Validation),
    /// `dépendance Région selon Département sur Prospects`
    Dependency(Dependency),
    /// `calendrier Siège, fuseau Europe/Paris`
    Calendar(Calendar),
    /// `devises EUR`
    Currencies(Currencies),
    /// `planification "E-mails automatiques" chaque jour à 19:00`
    Schedule(Schedule),
    /// `webhook SMS`
    Webhook(Webhook),
    /// `garde e-mail sur Prospects, au plus 2 par 7 jours, si …`
    Guard(Guard),
    /// `enchaînement une fois`
    Chaining(Chaining),
    /// `pipeline validation, affectation, workflow`
    Pipeline(Pipeline),
    /// `parcours "Parcours Affaire" sur Affaires, champ Étape`
    Blueprint(Blueprint),
    /// `approbation Remise sur Devis`
    Approval(Approval),
    /// `test "un cliqueur" sur Prospects`
    Test(Test),
    /// A declaration that this version recognises and keeps, but does not run.
    Verbatim(Verbatim),
}

/// `constante Junk : Casino, Voyance`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Constant {
    /// Its name.
    pub name: Name,
    /// What it stands for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<Item>,
}

/// A length of time as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Lapse {
    /// Where it stands.
    #[serde(skip)]
    pub span: Span,
    /// How many.
    pub count: u32,
    /// Of what.
    pub unit: Unit,
}

/// A declaration kept as written.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Verbatim {
    /// Its keyword as the lexicon spells it in French, such as `parcours`.
    #[serde(with = "form::kept")]
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub keyword: String,
    /// Its text, from the keyword to its last line.
    pub text: String,
}
