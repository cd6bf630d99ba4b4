//! The checked program: names resolved, types known, splits chosen, constants read. `check`
//! builds it, `plan` compiles it, explanations walk it.

pub mod approval;
pub mod blueprint;
pub mod content;
pub(crate) mod form;
pub(crate) mod names;
pub mod on;
pub mod people;
pub mod readings;
pub(crate) mod walk;
pub mod workflow;

use rust_decimal::Decimal;
use serde::Serialize;

pub use names::Names;
pub use on::On;
pub use workflow::{
    Calendar, Chaining, Dependency, Guard, Rule, RuleId, Schedule, Stage, Test as TestCase,
    Validation, Webhook,
};

use crate::currency::Currencies;
use crate::lexicon::{Aggregate, Arithmetic, Function, Op, Quantifier, Unit};
pub use crate::schema::Domain;
use crate::schema::{ModuleId, Schema};
use crate::source::Span;
use crate::template::Escape;
use crate::value::{FieldKey, TimeSpec, Value};

/// Everything declared, resolved.
#[derive(Clone, Debug, Default)]
pub struct CheckedProgram {
    /// Modules and fields.
    pub schema: Schema,
    /// Where declared names lead.
    pub names: Names,
    /// Formula fields, as [`crate::schema::FieldType::Formula`] numbers them.
    pub formulas: Vec<Expr>,
    /// Named constants, in declaration order.
    pub constants: Vec<Constant>,
    /// Scores, in declaration order; [`ScoreId`] is the index.
    pub scores: Vec<Score>,
    /// Rules, in declaration order.
    pub rules: Vec<Rule>,
    /// What records must satisfy, in declaration order.
    pub validations: Vec<Validation>,
    /// Dependent fields, in declaration order.
    pub dependencies: Vec<Dependency>,
    /// Webhooks, in declaration order.
    pub webhooks: Vec<Webhook>,
    /// Consent guards, in declaration order.
    pub guards: Vec<Guard>,
    /// Schedules, in declaration order.
    pub schedules: Vec<Schedule>,
    /// How rules set each other off; none is once per record and event.
    pub chaining: Option<Chaining>,
    /// The order of the stages where it is declared.
    pub pipeline: Option<Vec<Stage>>,
    /// Calendars, in declaration order; the first is the program's.
    pub calendars: Vec<Calendar>,
    /// Currencies and their rates, where they are declared.
    pub currencies: Option<Currencies>,
    /// Blueprints, in declaration order.
    pub blueprints: Vec<blueprint::Blueprint>,
    /// Approvals, in declaration order.
    pub approvals: Vec<approval::Approval>,
    /// Tests, in declaration order.
    pub tests: Vec<TestCase>,
    /// Whom all of it names.
    pub people: Vec<people::Somebody>,
}

impl CheckedProgram {
    /// The calendar of the program: the first declared, else the default one.
    pub fn calendar(&self) -> crate::value::Calendar {
        self.calendars.first().map(|named| named.calendar.clone()).unwrap_or_default()
    }
}

/// Index of a score in [`CheckedProgram::scores`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ScoreId(pub u32);

/// `constante Junk : Casino, Voyance`.
#[derive(Clone, Debug)]
pub struct Constant {
    /// Its name.
    pub name: String,
    /// Where it is declared.
    pub span: Span,
    /// The values as written.
    pub items: Vec<String>,
}

/// A criterion, checked.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// Every part holds.
    All(Vec<Condition>),
    /// At least one part holds.
    Any(Vec<Condition>),
    /// The part does not hold.
    Not(Box<Condition>),
    /// One test.
    Test(Box<Test>),
    /// Of a list of records or events.
    Related(Box<Related>),
}

/// A criterion on related records or events.
#[derive(Clone, Debug, Serialize)]
pub struct Related {
    /// Where it stands.
    #[serde(skip)]
    pub span: Span,
    /// As written.
    #[serde(skip)]
    pub source: String,
    /// At least one, none, or all.
    pub quantifier: Quantifier,
    /// The field that holds them.
    pub list: FieldRef,
    /// What each must satisfy; inside, depth 0 is the related record.
    pub condition: Condition,
}

/// One test: a value against a predicate.
#[derive(Clone, Debug, Serialize)]
pub struct Test {
    /// Where it stands.
    #[serde(skip)]
    pub span: Span,
    /// The leaf as written.
    #[serde(skip)]
    pub source: String,
    /// The operator as written.
    #[serde(skip)]
    pub op: Op,
    /// Whether the operator is the complement of `predicate`.
    pub negated: bool,
    /// What is read.
    pub left: Operand,
    /// The positive test.
    pub predicate: Predicate,
}

/// What a test reads.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Operand {
    /// A field.
    Field(FieldRef),
    /// A function call, an aggregate or a formula.
    Expr(Expr),
}

/// A field as seen from inside a criterion.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldRef {
    /// 0: the record at hand; 1: the record that holds it, when the criterion is on a related
    /// record or an event; and so on outward.
    pub depth: u8,
    /// How records carry it.
    pub key: FieldKey,
    /// How its values are read.
    pub domain: Domain,
    /// Whether explanations must mask it.
    pub personal: bool,
}

/// The positive tests. Constants are already read and folded by domain; negative operators are
/// [`Test::negated`].
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Predicate {
    /// Nothing there: absent, null, white space, an empty list. On a checkbox `check` refuses it.
    Empty,
    /// A checkbox that is (or is not) ticked.
    Ticked(bool),
    /// Text, list and reference tests: any of the terms (all of them for `ContainsAll`).
    Text(TextTest, Vec<Term>),
    /// A regular expression anywhere in the unfolded text.
    Regex {
        /// The pattern as written; it compiles within the size bound.
        pattern: String,
        /// `/…/i`
        ignore_case: bool,
    },
    /// A mask on the whole value: `9` digit, `A` letter, `*` any, others themselves.
    Mask(String),
    /// Number tests; `Equal` holds for any of the terms, the others have one, `Between` two.
    Number(OrderTest, Vec<Term>),
    /// Date tests, on civil dates or instants by the left side's domain. `Equal` means inside.
    Time(OrderTest, Vec<Term>),
    /// Multi-list tests on whole items.
    Set(SetTest, Vec<Term>),
    /// Tests on a field without a declared type.
    Dynamic(DynamicTest, Vec<Term>),
    /// Tests on the change of a value. Not evaluated outside events; `check` refuses them there.
    Change(ChangeTest),
}

/// How a text is compared with each term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TextTest {
    /// Equal to any.
    Equal,
    /// Contains any.
    Contains,
    /// Contains each.
    ContainsAll,
    /// Starts with any.
    StartsWith,
    /// Ends with any.
    EndsWith,
}

/// How a number or a time is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderTest {
    /// Equal to any; a time is inside any.
    Equal,
    /// Below; before the start.
    Less,
    /// At most; before the end.
    LessOrEqual,
    /// Above; from the end.
    Greater,
    /// At least; from the start.
    GreaterOrEqual,
    /// From the first to the second, both included.
    Between,
}

impl OrderTest {
    /// Every one, in order.
    pub const ALL: [OrderTest; 6] = [
        OrderTest::Equal,
        OrderTest::Less,
        OrderTest::LessOrEqual,
        OrderTest::Greater,
        OrderTest::GreaterOrEqual,
        OrderTest::Between,
    ];
}

/// How a set is compared with the terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SetTest {
    /// Exactly these.
    Equal,
    /// Any of these.
    ContainsAny,
    /// Each of these.
    ContainsAll,
}

/// The tests of fields without a declared type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DynamicTest {
    /// By text where the value is text (or a set), as [`SetTest`] on lists.
    Text(TextTest),
    /// By order.
    Order(OrderTest),
}

/// The tests on changes.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeTest {
    /// `CHANGE`
    Changes,
    /// `DEVIENT a, b`
    Becomes(Vec<Term>),
    /// `PASSE DE a À b`
    From(Vec<Term>, Vec<Term>),
}

/// What a value is compared with.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Term {
    /// A constant of the left side's domain: text as written, number. Against a field without a
    /// declared type, a text in quotes.
    #[serde(serialize_with = "form::constant")]
    Const(Value),
    /// A date, a time or a date word, resolved with the clock.
    Time(TimeSpec),
    /// A bare constant against a field without a declared type: the value's type decides how
    /// the text is read.
    Untyped(String),
    /// Computed for each record: another field, arithmetic, a function.
    Expr(Expr),
}

/// An expression, checked.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Expr {
    /// Where it stands.
    #[serde(skip)]
    pub span: Span,
    /// As written.
    #[serde(skip)]
    pub source: String,
    /// What it gives.
    pub domain: Domain,
    /// What it is.
    pub kind: ExprKind,
}

/// The forms of expressions.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ExprKind {
    /// A constant.
    #[serde(serialize_with = "form::constant")]
    Const(Value),
    /// A date or a time, resolved with the clock.
    Time(TimeSpec),
    /// A field.
    Field(FieldRef),
    /// Another score of the same record.
    Score(ScoreId),
    /// `- x`
    Negate(Box<Expr>),
    /// `a + b`
    Binary(Box<Expr>, Arithmetic, Box<Expr>),
    /// `Date Auto moins 2 jours`
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
    /// `SOMME DE Factures.Montant (…)`
    Aggregate {
        /// Which.
        aggregate: Aggregate,
        /// The field with the records.
        list: FieldRef,
        /// The related record's field; `None` for a count.
        #[serde(skip_serializing_if = "Option::is_none")]
        field: Option<Box<Expr>>,
        /// Which records count; depth 0 is the related record.
        #[serde(skip_serializing_if = "Option::is_none")]
        filter: Option<Box<Condition>>,
    },
    /// `si (critère) alors a sinon b`
    If(Box<Condition>, Box<Expr>, Box<Expr>),
    /// A text with `${…}`: its parts, each printed as text, nothing where empty.
    Template(Vec<Expr>),
    /// A part of such a text, written as its place asks.
    Escaped(Box<Expr>, Escape),
}

impl PartialEq for Condition {
    /// Conditions inside expressions compare by place: one place, one condition.
    fn eq(&self, other: &Condition) -> bool {
        fn place(condition: &Condition) -> Option<Span> {
            match condition {
                Condition::All(parts) | Condition::Any(parts) => parts.first().and_then(place),
                Condition::Not(part) => place(part),
                Condition::Test(test) => Some(test.span),
                Condition::Related(related) => Some(related.span),
            }
        }
        place(self) == place(other)
    }
}

/// A score, checked. Its lines are flat; a group is a range of them.
#[derive(Clone, Debug, Serialize)]
pub struct Score {
    /// Its name.
    #[serde(skip)]
    pub name: String,
    /// Where it is declared.
    #[serde(skip)]
    pub span: Span,
    /// The module it scores.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub module: Option<ModuleId>,
    /// Its lines, in source order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<Line>,
    /// Its groups, in source order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<Group>,
    /// Bounds of the total.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "form::limits")]
    pub limits: Option<(Decimal, Decimal)>,
    /// Rising thresholds and the stars from each.
    #[serde(skip_serializing_if = "Vec::is_empty", serialize_with = "form::thresholds")]
    pub stars: Vec<(Decimal, u32)>,
    /// Rising thresholds and the label from each.
    #[serde(skip_serializing_if = "Vec::is_empty", serialize_with = "form::thresholds")]
    pub labels: Vec<(Decimal, String)>,
}

/// A group of lines with its own limits.
#[derive(Clone, Debug, Serialize)]
pub struct Group {
    /// Its name.
    pub name: String,
    /// Bounds of its sum.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "form::limits")]
    pub limits: Option<(Decimal, Decimal)>,
}

/// One line of a score.
#[derive(Clone, Debug, Serialize)]
pub struct Line {
    /// Where it stands.
    #[serde(skip)]
    pub span: Span,
    /// As written.
    #[serde(skip)]
    pub source: String,
    /// Index of its group in [`Score::groups`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<u32>,
    /// Its points, for one record or for one event.
    pub points: Expr,
    /// Bound of its sum, in absolute value.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "form::limit")]
    pub cap: Option<Decimal>,
    /// One time for each event of this kind; then depth 0 of `condition` and `points` is the
    /// event and depth 1 the record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub events: Option<Events>,
    /// `si …`
    #[serde(skip_serializing_if = "Option::is_none")]
    pub condition: Option<Condition>,
}

/// Which events a line counts.
#[derive(Clone, Debug, Serialize)]
pub struct Events {
    /// The id in data, such as `email_opened`.
    pub id: String,
    /// Other spellings that data may carry: the labels in both languages.
    #[serde(skip)]
    pub labels: Vec<String>,
    /// The fields that hold events: those declared, or the keys `événements` and `events`.
    #[serde(serialize_with = "form::keys")]
    pub lists: Vec<FieldKey>,
    /// The event's type attribute.
    #[serde(serialize_with = "form::key")]
    pub type_key: FieldKey,
    /// The event's date attribute.
    #[serde(serialize_with = "form::key")]
    pub at_key: FieldKey,
    /// `au plus N par jour`
    #[serde(skip_serializing_if = "Option::is_none")]
    pub per_day: Option<u32>,
    /// `sur n jours`: days, weeks, months or years back from today, that day included.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub window: Option<(u32, Unit)>,
    /// `demi-vie n jours`, in civil days (a week is seven).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub half_life_days: Option<u32>,
}
