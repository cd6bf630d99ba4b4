//! The façade: texts in, a [`Program`] out; records in, verdicts and scores out.
//!
//! A program is loaded once and shared: it never changes, and cloning it copies a pointer. A
//! [`Score`] or a [`Criterion`] is one of its parts, compiled; it answers for one record at a
//! time, with reasons where they are asked for. For many records under one clock, a [`Scorer`]
//! or a [`Matcher`] reuses its buffers, so that a record costs no allocation.
//!
//! ```
//! use jalon::{Clock, Program};
//! use serde_json::json;
//!
//! let program = Program::parse(
//!     "score Intérêt\n  +25 si Adresse e-mail N'EST PAS VIDE\n  +10 si Pays EST France, Monaco\n",
//! )?;
//! let lead = json!({"Adresse e-mail": "a@exemple.fr", "Pays": "MONACO"});
//! let result = program.score(None)?.evaluate(&lead, &Clock::default())?;
//! assert_eq!(result.total.to_string(), "35");
//!
//! let criterion = program.criterion("Pays EST France OU Pays EST VIDE", None)?;
//! assert!(!criterion.matches(&lead, &Clock::default())?);
//! # Ok::<(), jalon::program::Error>(())
//! ```

mod blueprint;
mod content;
mod criterion;
mod error;
mod fired;
pub mod format;
mod guide;
mod judge;
mod loader;
mod migration;
mod picture;
mod replay;
mod rules;
mod say;
mod scope;
mod score;
mod template;
#[cfg(test)]
mod tests;
mod unreadable;
mod workflow;
mod write;

pub use blueprint::Firing;
pub use error::{Diagnostics, Error};
pub use fired::{Fired, Made, Outcome, Written, WrittenField};
pub use guide::{Guide, Offered, Stand};
pub use loader::Draft;
pub use rules::RuleIndexBuilder;
pub use scope::BlueprintScope;
pub use unreadable::Unreadable;

use std::sync::{Arc, OnceLock};

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use crate::check;
use crate::checked::content::{Content, Contents};
use crate::checked::{CheckedProgram, Condition, ScoreId};
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::eval::RecordError;
use crate::eval::run::State;
use crate::eval::value::Buffers;
use crate::lang::Lang;
use crate::plan::entry::{Place, Plan};
use crate::plan::logic::Tree;
use crate::plan::pool::Pool;
use crate::plan::value::ValuePlan;
use crate::schema::ModuleId;
use crate::score::runner::Runner;
use crate::source::Sources;
use crate::syntax;
use crate::users::Users;
use crate::value::fold::same_name;
use crate::value::{
    Binding, Clock, FieldKey, Fields, Interval, Lent, Moment, Record, Row, Shape, Zone,
};
use crate::workflow::Automation;

/// Collects texts (and later a host's schema), then checks and compiles them together.
///
/// ```
/// use jalon::Loader;
///
/// let diagnostics = Loader::default()
///     .source("leads.jalon", "score Intérêt\n  +10 si Pays EST France ET Ville EST Nice OU Nom EST x\n")
///     .check();
/// assert!(diagnostics.has_errors());
/// assert!(diagnostics.render(false).contains("leads.jalon"));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Loader {
    sources: Sources,
    users: Users,
    lang: Option<Lang>,
    strict: bool,
}

/// A compiled program: immutable, `Send + Sync`, cheap to clone.
#[derive(Clone, Debug)]
pub struct Program(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    sources: Sources,
    checked: CheckedProgram,
    diagnostics: Vec<Diagnostic>,
    lang: Lang,
    strict: bool,
    /// The predicates of all rules.
    pool: Pool,
    /// The conditions of rules over the pool.
    rules: Vec<Tree>,
    /// The plan of each score, compiled when it is first asked for.
    scores: Vec<OnceLock<Arc<Plan>>>,
    /// The hash of what each score says, computed when it is first asked for.
    score_contents: Vec<OnceLock<Content>>,
    /// The hashes of what all of it says, likewise.
    contents: OnceLock<Contents>,
    /// The indexes of rules, built when they are first asked for.
    indexes: rules::Indexes,
    /// What it does about events, compiled when it is first asked for.
    automation: OnceLock<Automation>,
    /// What rows are built for, by number.
    shapes: FxHashMap<u32, Arc<Shape>>,
}

/// A program crosses threads freely.
const _: () = {
    const fn crosses_threads<T: Send + Sync>() {}
    crosses_threads::<Program>();
    crosses_threads::<Criterion>();
    crosses_threads::<Score>();
};

/// A compiled criterion.
#[derive(Clone, Debug)]
pub struct Criterion {
    program: Program,
    condition: Option<Arc<Condition>>,
    plan: Arc<Plan>,
    diagnostics: Arc<Diagnostics>,
    content: Arc<OnceLock<Content>>,
}

/// A compiled score.
#[derive(Clone, Debug)]
pub struct Score {
    program: Program,
    id: ScoreId,
    plan: Arc<Plan>,
}

/// A score ready to run over many records under one clock: reuses its buffers, so that a record
/// costs no allocation.
#[derive(Clone, Debug)]
pub struct Scorer {
    score: Score,
    runner: Runner,
}

/// A criterion ready to run over many records under one clock.
#[derive(Clone, Debug)]
pub struct Matcher {
    criterion: Criterion,
    runner: Runner,
}

/// A score and criteria ready to run together over many records under one clock: a test that
/// several criteria share is made once.
#[derive(Clone, Debug)]
pub struct Judge {
    program: Program,
    score: Option<Score>,
    /// Where the criteria stand.
    places: Vec<Place>,
    runner: Runner,
}

/// A compiled text with fields.
#[derive(Clone, Debug)]
pub struct Template {
    program: Program,
    plan: Arc<ValuePlan>,
    fields: Arc<[FieldKey]>,
    diagnostics: Arc<Diagnostics>,
}

/// A template ready to be rendered for many records under one clock: reuses its buffers, so that
/// a record costs no allocation but its text.
#[derive(Clone, Debug)]
pub struct Renderer {
    template: Template,
    clock: Clock,
    times: Vec<Interval>,
    state: State,
    buffers: Buffers,
}

/// The quick answer of a [`Scorer`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Total {
    /// The score.
    pub total: Decimal,
    /// Whether a value of the wrong type was met; [`Score::evaluate`] names it.
    pub has_errors: bool,
}

/// The quick answer of a [`Matcher`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Whether the criterion holds.
    pub holds: bool,
    /// Whether a value of the wrong type was met; then `holds` is false.
    pub has_errors: bool,
}

impl Loader {
    /// Adds a text; `name` is what diagnostics call it.
    #[must_use]
    pub fn source(mut self, name: impl Into<String>, text: impl Into<String>) -> Loader {
        self.sources.add(name, text);
        self
    }

    /// The language of messages; without it, that of the program's `langue` line or keywords.
    #[must_use]
    pub fn lang(mut self, lang: Lang) -> Loader {
        self.lang = Some(lang);
        self
    }

    /// Strict mode: at run time a value of the wrong type or an absent field is an error
    /// ([`Error::Record`]) instead of a criterion that does not hold.
    #[must_use]
    pub fn strict(mut self) -> Loader {
        self.strict = true;
        self
    }
}

impl Program {
    /// A program of one text.
    ///
    /// # Errors
    /// Everything that is wrong with it, as [`Error::Diagnostics`].
    pub fn parse(text: &str) -> Result<Program, Error> {
        Loader::default().source("<text>", text).load()
    }

    /// The warnings and notes it was loaded with.
    pub fn diagnostics(&self) -> Diagnostics {
        Diagnostics {
            sources: self.0.sources.clone(),
            list: self.0.diagnostics.clone(),
            lang: self.0.lang,
        }
    }

    /// The language of its messages.
    pub fn lang(&self) -> Lang {
        self.0.lang
    }

    /// The checked program: schema, scores, rules.
    pub fn checked(&self) -> &CheckedProgram {
        &self.0.checked
    }

    /// A clock for this program: the zone is the host's, else that of the first calendar it
    /// declares, else UTC; that calendar says which days are worked.
    ///
    /// ```
    /// use jalon::Program;
    ///
    /// let program = Program::parse("calendrier Siège, fuseau Europe/Paris\n  lundi à samedi 09:00-19:00\n")?;
    /// let clock = program.clock(jalon::value::read::moment("2026-06-30T10:30"), None);
    /// assert_eq!(clock.now.unwrap().to_string(), "2026-06-30T08:30Z");
    /// # Ok::<(), jalon::program::Error>(())
    /// ```
    pub fn clock(&self, now: Option<Moment>, zone: Option<Zone>) -> Clock {
        let calendar = self.0.checked.calendar();
        let zone = calendar.zone_or(zone);
        Clock { now: now.map(|now| zone.instant_of(now)), zone, calendar }
    }

    /// The names of its scores.
    pub fn score_names(&self) -> impl Iterator<Item = &str> {
        self.0.checked.scores.iter().map(|s| s.name.as_str())
    }

    /// The names of its rules.
    pub fn rules(&self) -> impl Iterator<Item = &str> {
        self.0.checked.rules.iter().map(|rule| rule.name.as_str())
    }

    /// The names of its declared modules.
    pub fn module_names(&self) -> impl Iterator<Item = &str> {
        self.0.checked.schema.declared().map(|(_, module)| module.name.as_str())
    }

    /// A score by name (compared as text is); `None` means the only one.
    ///
    /// # Errors
    /// [`Error::Unknown`] with the nearest name, [`Error::Ambiguous`] when one must be named.
    pub fn score(&self, name: Option<&str>) -> Result<Score, Error> {
        let scores = &self.0.checked.scores;
        let index = match name {
            Some(name) => find("score", name, || self.score_names())?,
            None if scores.len() == 1 => 0,
            None => return Err(ambiguous("score", self.score_names())),
        };
        let id = ScoreId(index as u32);
        let compile = || Arc::new(Plan::of_score(id, &self.0.checked));
        let plan = match self.0.scores.get(index) {
            Some(plan) => plan.get_or_init(compile).clone(),
            None => compile(),
        };
        Ok(Score { program: self.clone(), id, plan })
    }

    /// Compiles a criterion against the program's modules and constants; `module` `None` means
    /// the only one declared, or none.
    ///
    /// # Errors
    /// Everything that is wrong with the text, or a module that is unknown or must be named.
    pub fn criterion(&self, text: &str, module: Option<&str>) -> Result<Criterion, Error> {
        let module = self.module(module)?;
        let mut sources = Sources::default();
        let source = sources.add("<criterion>", text);
        let lang = match Lang::of_texts(sources.texts()) {
            Lang::En => self.0.lang,
            Lang::Fr => Lang::Fr,
        };
        let refused = |mut list: Vec<Diagnostic>, sources: &Sources| {
            for diagnostic in &mut list {
                diagnostic.lang = lang;
            }
            Diagnostics { sources: sources.clone(), list, lang }
        };
        let parsed = syntax::parse_criterion(source, text)
            .map_err(|list| Error::Diagnostics(refused(list, &sources)))?;
        let context = check::Context { sources: &sources, changes: false, lang: None };
        let (condition, list) = check::criterion(&self.0.checked, &parsed, module, context);
        let diagnostics = refused(list, &sources);
        if diagnostics.has_errors() {
            return Err(Error::Diagnostics(diagnostics));
        }
        let plan = Plan::of_condition(Some(&condition), &self.0.checked);
        Ok(Criterion {
            program: self.clone(),
            condition: Some(Arc::new(condition)),
            plan: Arc::new(plan),
            diagnostics: Arc::new(diagnostics),
            content: Arc::default(),
        })
    }

    /// The condition of a rule, by the rule's name.
    ///
    /// # Errors
    /// [`Error::Unknown`] with the nearest name.
    pub fn rule(&self, name: &str) -> Result<Criterion, Error> {
        let index = find("rule", name, || self.rules())?;
        let condition = self.0.checked.rules.get(index).and_then(|rule| rule.condition());
        let plan = match self.0.rules.get(index) {
            Some(tree) => Plan::of_tree(tree, &self.0.pool, condition, &self.0.checked),
            None => Plan::of_condition(condition, &self.0.checked),
        };
        Ok(Criterion {
            program: self.clone(),
            condition: condition.cloned().map(Arc::new),
            plan: Arc::new(plan),
            diagnostics: Arc::default(),
            content: Arc::default(),
        })
    }

    /// An empty record of a module, to be filled by name; `None` means the only module. Where
    /// nothing is declared, any name may be set.
    ///
    /// # Errors
    /// A module that is unknown or must be named.
    pub fn row(&self, module: Option<&str>) -> Result<Row, Error> {
        Ok(Row::new(self.shape(module)?))
    }

    /// A struct's fields bound to those of a module: its records then need no look at names.
    /// `None` means the only module.
    ///
    /// ```
    /// use jalon::{Clock, Program, Record};
    ///
    /// #[derive(Debug, Record)]
    /// struct Lead {
    ///     #[jalon(name = "Adresse e-mail")]
    ///     email: Option<String>,
    ///     #[jalon(name = "Pays")]
    ///     country: &'static str,
    ///     visits: u32,
    /// }
    ///
    /// let program = Program::parse(
    ///     "module Prospects\n  Adresse e-mail : e-mail\n  Pays : texte\n  Visits : entier\n\
    ///      score Intérêt sur Prospects\n  +25 si Adresse e-mail N'EST PAS VIDE\n  +10 si Visits > 3\n",
    /// )?;
    /// let leads = program.bind::<Lead>(None)?;
    /// assert_eq!(leads.missing().count(), 0);
    /// let lead = Lead { email: Some("a@exemple.fr".into()), country: "Monaco", visits: 4 };
    /// let mut scorer = program.score(None)?.scorer(&Clock::default())?;
    /// assert_eq!(scorer.total(&leads.record(&lead)).total.to_string(), "35");
    /// # Ok::<(), jalon::program::Error>(())
    /// ```
    ///
    /// # Errors
    /// A module that is unknown or must be named.
    pub fn bind<F: Fields>(&self, module: Option<&str>) -> Result<Binding<F>, Error> {
        Ok(Binding::new(self.shape(module)?))
    }

    /// The shape of a module, or of the fields that are read where none is declared.
    fn shape(&self, module: Option<&str>) -> Result<Arc<Shape>, Error> {
        let checked = &self.0.checked;
        let shape = if let Some(id) = self.module(module)? {
            let fields = checked.schema.module(id).map_or(&[][..], |m| m.fields.as_slice());
            fields.first().map(|field| field.key.shape)
        } else {
            let name = crate::checked::names::fold(module.unwrap_or_default());
            checked.names.dynamic.get(&name).map(|names| names.shape)
        };
        Ok(shape.and_then(|shape| self.0.shapes.get(&shape)).cloned().unwrap_or_default())
    }

    /// A module by name; `None` where none is declared.
    fn module(&self, name: Option<&str>) -> Result<Option<ModuleId>, Error> {
        let checked = &self.0.checked;
        let Some(name) = name else {
            return match checked.schema.only_module() {
                Some(module) => Ok(Some(module)),
                None if checked.schema.declared().next().is_none() => Ok(None),
                None => Err(ambiguous("module", self.module_names())),
            };
        };
        match checked.names.module(name) {
            Some(module) => Ok(Some(module)),
            None if checked.schema.declared().next().is_none() => Ok(None),
            None => Err(unknown("module", name, self.module_names())),
        }
    }

    /// Runs a plan once on one record.
    fn run<R: Record + ?Sized>(
        &self,
        plan: &Arc<Plan>,
        record: &R,
        clock: &Clock,
    ) -> Result<Runner, Error> {
        let mut runner = Runner::new(plan.clone(), clock, self.0.strict)?;
        let record = &Lent(record);
        if runner.run(record) && self.0.strict {
            return Err(Error::Record(self.errors(&runner, record)));
        }
        Ok(runner)
    }

    fn errors(&self, runner: &Runner, record: &dyn Record) -> Vec<RecordError> {
        crate::score::errors::of_run(runner, &self.0.checked.schema, record)
    }
}

/// The index of a name, compared as text is.
fn find<'p, I: Iterator<Item = &'p str>>(
    what: &'static str,
    name: &str,
    names: impl Fn() -> I,
) -> Result<usize, Error> {
    let found = names().position(|known| same_name(known, name));
    found.ok_or_else(|| unknown(what, name, names()))
}

fn unknown<'p>(what: &'static str, name: &str, names: impl Iterator<Item = &'p str>) -> Error {
    Error::Unknown { what, name: name.to_owned(), suggestion: did_you_mean(name, names) }
}

fn ambiguous<'p>(what: &'static str, names: impl Iterator<Item = &'p str>) -> Error {
    Error::Ambiguous { what, names: names.map(str::to_owned).collect() }
}
