//! The document: what was written, with places, before anything is resolved.
//!
//! Names and values are kept as text. The parser has no schema, so a leaf such as
//! `Région Est EST Monaco` carries its first split (field, operator, value) and the other
//! splits that its words allow; `check` chooses among them.

mod approval;
mod automation;
mod blueprint;
mod rule;
mod test;

use serde::Serialize;

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
pub use rule::{
    Action, ActionKind, Actor, ActorKind, Assignment, Branch, Call, Change, Create, DateTrigger,
    Due, Email, Later, Meeting, Offset, Repetition, Rule, Setting, Task, Trigger, TriggerKind,
    Update,
};
pub use test::{Block, Expectation, ExpectationKind, Handed, Step, StepKind, Test};

use crate::lang::Lang;
use crate::lexicon::{Aggregate, Arithmetic, Form, Function, Op, Quantifier, Unit};
use crate::source::{SourceId, Span};

/// One source file, parsed.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Document {
    /// The text it came from.
    #[serde(skip)]
    pub source: SourceId,
    /// The `langue` line, if there is one.
    pub lang: Option<Lang>,
    /// Everything declared, in source order; a declaration with a syntax error is left out, of a
    /// score only the line with the error.
    pub declarations: Vec<Declaration>,
    /// Comments that document no declaration.
    pub comments: Vec<Comment>,
}

/// A `#` comment, without the `#` and the spaces around its text.
#[derive(Clone, Debug, Serialize)]
pub struct Comment {
    /// Where it stands.
    pub span: Span,
    /// Its text.
    pub text: String,
}

/// A name or a value as written: quotes removed, escapes resolved, NFC.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Name {
    /// Where it stands, quotes included.
    pub span: Span,
    /// The text.
    pub text: String,
    /// Whether it stood in quotes (then it is never a field, a keyword or a tick).
    pub quoted: bool,
}

/// One declaration.
#[derive(Clone, Debug, Serialize)]
pub struct Declaration {
    /// From its keyword to its last line.
    pub span: Span,
    /// The comment lines directly above it.
    pub doc: Vec<String>,
    /// What is declared.
    pub kind: DeclarationKind,
}

/// What a declaration declares.
#[derive(Clone, Debug, Serialize)]
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

/// A module: a kind of record and its fields.
#[derive(Clone, Debug, Serialize)]
pub struct Module {
    /// Its label.
    pub name: Name,
    /// API names and synonyms, in brackets in the source.
    pub aliases: Vec<Name>,
    /// Its fields, in source order.
    pub fields: Vec<Field>,
}

/// A field of a module, or an attribute of its events.
#[derive(Clone, Debug, Serialize)]
pub struct Field {
    /// The whole line.
    pub span: Span,
    /// Its label.
    pub name: Name,
    /// API names and synonyms.
    pub aliases: Vec<Name>,
    /// Its type.
    pub ty: Type,
    /// Where the type stands.
    pub ty_span: Span,
    /// What follows the type.
    pub properties: Vec<Property>,
}

/// A field's type as written.
#[derive(Clone, Debug, Serialize)]
pub enum Type {
    /// `texte`
    Text,
    /// `texte long`
    LongText,
    /// `e-mail`
    Email,
    /// `téléphone`
    Phone,
    /// `url`
    Url,
    /// `entier`
    Integer,
    /// `nombre`
    Number,
    /// `pourcentage`
    Percent,
    /// `devise`
    Money,
    /// `case`
    Checkbox,
    /// `liste M., Mme`
    Picklist(Vec<Name>),
    /// `liste multiple Salon, Web`
    MultiPicklist(Vec<Name>),
    /// `date`
    Date,
    /// `date-heure`
    DateTime,
    /// `référence Comptes`
    Reference(Name),
    /// `utilisateur`
    User,
    /// `fiches Contacts`
    Records(Name),
    /// `événements (Page : url)`
    Events(Vec<Field>),
    /// `formule Montant * 2`
    Formula(Expr),
}

/// A property of a field, with its place.
#[derive(Clone, Debug, Serialize)]
pub struct Property {
    /// Where it stands.
    pub span: Span,
    /// Which one.
    pub kind: PropertyKind,
}

/// The properties a field may have.
#[derive(Clone, Debug, Serialize)]
pub enum PropertyKind {
    /// `obligatoire`
    Required,
    /// `unique`
    Unique,
    /// `au plus 255 caractères`
    MaxLength(u32),
    /// `personnel`: masked in traces.
    Personal,
    /// `par défaut V`
    Default(Name),
    /// `sans accents`
    IgnoringAccents,
    /// `casse stricte`
    CaseSensitive,
}

/// `constante Junk : Casino, Voyance`.
#[derive(Clone, Debug, Serialize)]
pub struct Constant {
    /// Its name.
    pub name: Name,
    /// What it stands for.
    pub items: Vec<Item>,
}

/// A criterion: leaves joined by connectives. `All` and `Any` have at least two parts.
#[derive(Clone, Debug, Serialize)]
pub enum Criterion {
    /// `A ET B`
    All(Vec<Criterion>),
    /// `A OU B`
    Any(Vec<Criterion>),
    /// `NON (A)`
    Not(Box<Not>),
    /// `AU MOINS UN Contacts (A)`
    Related(Box<Related>),
    /// `Pays EST France`
    Leaf(Box<Leaf>),
}

/// `NON (A)`.
#[derive(Clone, Debug, Serialize)]
pub struct Not {
    /// From the keyword to the closing bracket.
    pub span: Span,
    /// What is negated.
    pub criterion: Criterion,
}

/// A criterion on related records or events.
#[derive(Clone, Debug, Serialize)]
pub struct Related {
    /// From the keyword to the closing bracket.
    pub span: Span,
    /// At least one, none, or all.
    pub quantifier: Quantifier,
    /// The field that holds them.
    pub of: Name,
    /// What each must satisfy.
    pub criterion: Criterion,
}

/// One test. `text` is the whole leaf; `split` the split that the capitals rule chooses;
/// `others` the splits at the other operators in it, at most [`Leaf::MAX_SPLITS`].
#[derive(Clone, Debug, Serialize)]
pub struct Leaf {
    /// The whole leaf.
    pub span: Span,
    /// Its text, typography normalised, white space collapsed outside quotes.
    pub text: String,
    /// Field, operator and value by the capitals rule.
    pub split: Split,
    /// The other ways to read it, left to right.
    #[serde(skip)]
    pub others: Vec<Split>,
}

impl Leaf {
    /// More operators than this in one leaf is an error that asks for quotes.
    pub const MAX_SPLITS: usize = 16;
}

/// One reading of a leaf.
#[derive(Clone, Debug, Serialize)]
pub struct Split {
    /// What is read.
    pub left: Left,
    /// How it is compared.
    pub op: Operator,
    /// With what.
    pub right: Right,
}

/// The left side: a field or path, or one function call or aggregate.
#[derive(Clone, Debug, Serialize)]
pub enum Left {
    /// `Pays`, `Compte.Type`
    Field(Name),
    /// `jours entre(Créé le, maintenant)`, `NOMBRE DE Contacts (…)`
    Expr(Expr),
}

/// An operator as written.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Operator {
    /// Where it stands.
    pub span: Span,
    /// Which one.
    pub op: Op,
    /// As a word or as a sign: printing does not swap synonyms.
    pub form: Form,
}

/// The right side.
#[derive(Clone, Debug, Serialize)]
pub enum Right {
    /// `EST VIDE`, `CHANGE`
    Nothing,
    /// `EST a, b`; never empty
    Items(Vec<Item>),
    /// `ENTRE a ET b`, `PASSE DE a À b`
    Range(Box<Item>, Box<Item>),
    /// `DANS LES 7 DERNIERS jours`
    Period {
        /// How many.
        count: u32,
        /// Of what.
        unit: Unit,
        /// Where the count and the unit stand.
        span: Span,
    },
    /// `CORRESPOND À /regex/i`
    Regex {
        /// Between the slashes.
        pattern: String,
        /// Whether `i` follows.
        ignore_case: bool,
        /// Where it stands, slashes included.
        span: Span,
    },
}

/// One value on the right. Which reading holds depends on the left side's type, so both are
/// kept: the text, and the expression it spells where it spells more than a name or a number.
#[derive(Clone, Debug, Serialize)]
pub struct Item {
    /// Text, place, quotes.
    pub name: Name,
    /// `Budget * 2`, `aujourd'hui plus 100 jours`, `minuscules(Ville)`; a bare name is `None`.
    pub expr: Option<Box<Expr>>,
}

/// An expression.
#[derive(Clone, Debug, Serialize)]
pub struct Expr {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: ExprKind,
}

/// The forms of expressions.
#[derive(Clone, Debug, Serialize)]
pub enum ExprKind {
    /// A bare word: number, date, date word, field, path or constant, as `check` finds; or a
    /// quoted text, which is always a constant (and a template where it holds `${…}`).
    Name(Name),
    /// `score Profil`
    Score(Name),
    /// `- x`
    Negate(Box<Expr>),
    /// `a + b`
    Binary(Box<Expr>, Arithmetic, Box<Expr>),
    /// `aujourd'hui plus 100 jours`
    Shift {
        /// From where.
        base: Box<Expr>,
        /// `plus` or `moins`.
        forward: bool,
        /// How many.
        count: u32,
        /// Of what.
        unit: Unit,
    },
    /// `arrondi(x, 2)`
    Call(Function, Vec<Expr>),
    /// `SOMME DE Factures.Montant (Statut EST Payée)`
    Aggregate {
        /// Which.
        aggregate: Aggregate,
        /// The field with the records, or the path to their field.
        path: Name,
        /// Which records count.
        filter: Option<Box<Criterion>>,
    },
    /// `si (critère) alors a sinon b`
    If(Box<Criterion>, Box<Expr>, Box<Expr>),
}

/// `score Scorex sur Prospects` and its lines.
#[derive(Clone, Debug, Serialize)]
pub struct Score {
    /// Its name.
    pub name: Name,
    /// The module it scores.
    pub module: Option<Name>,
    /// The lines before the first group.
    pub lines: Vec<Line>,
    /// Groups, in source order.
    pub groups: Vec<Group>,
    /// `entre -100 et 100`
    pub limits: Option<Limits>,
    /// `étoiles 1 dès 0, 2 dès 20`
    pub stars: Vec<Threshold>,
    /// `mentions froid dès -100, tiède dès 30`
    pub labels: Vec<Threshold>,
}

/// `groupe Comportement, entre 0 et 60` and its lines.
#[derive(Clone, Debug, Serialize)]
pub struct Group {
    /// Its first line.
    pub span: Span,
    /// Its name.
    pub name: Name,
    /// Its limits.
    pub limits: Option<Limits>,
    /// Its lines.
    pub lines: Vec<Line>,
}

/// `entre a et b`: numbers as written.
#[derive(Clone, Debug, Serialize)]
pub struct Limits {
    /// Where it stands.
    pub span: Span,
    /// Lower bound, included.
    pub low: Name,
    /// Upper bound, included.
    pub high: Name,
}

/// `3 dès 40`, `chaud dès 60`.
#[derive(Clone, Debug, Serialize)]
pub struct Threshold {
    /// The number of stars, or the label.
    pub name: Name,
    /// From which total, as written.
    pub from: Name,
}

/// One line of a score.
#[derive(Clone, Debug, Serialize)]
pub struct Line {
    /// The whole line.
    pub span: Span,
    /// The points; `Soustraire 10 points` and `-10` are a negated expression.
    pub points: Expr,
    /// `par e-mail ouvert …`: one time for each event.
    pub events: Option<Events>,
    /// `au plus 50`: points, in absolute value.
    pub cap: Option<Name>,
    /// `si …`
    pub criterion: Option<Criterion>,
}

/// `par visite, au plus 1 par jour, sur 90 jours, demi-vie 30 jours`.
#[derive(Clone, Debug, Serialize)]
pub struct Events {
    /// Where the type stands.
    pub span: Span,
    /// The event type as written; `lexicon::event_type` reads it.
    pub event: Name,
    /// `au plus 1 par jour`
    pub per_day: Option<u32>,
    /// `sur 90 jours`
    pub window: Option<Lapse>,
    /// `demi-vie 30 jours`
    pub half_life: Option<Lapse>,
}

/// A length of time as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Lapse {
    /// Where it stands.
    pub span: Span,
    /// How many.
    pub count: u32,
    /// Of what.
    pub unit: Unit,
}

/// A declaration kept as written.
#[derive(Clone, Debug, Serialize)]
pub struct Verbatim {
    /// Its keyword as the lexicon spells it in French, such as `parcours`.
    pub keyword: String,
    /// Its text, from the keyword to its last line.
    pub text: String,
}
