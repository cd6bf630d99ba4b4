//! The tests beside the rules: `test "un cliqueur" sur Prospects` and its steps, run on a stage of
//! their own.

mod coverage;
mod data;
mod found;
mod process;

use serde::Serialize;
use serde_json::{Map, Value as Json, json};

pub use coverage::{Covered, Criterion as CoveredCriterion};
pub use found::Found;
use process::Considered;

use super::Rehearsal;
use crate::checked::blueprint::Blueprint;
use crate::checked::workflow::{Expectation, Given, Step, StepKind, Test};
use crate::lang::Lang;
use crate::program::{Error, Program};
use crate::source::Span;
use crate::users::User;
use crate::value::{Clock, Instant, TimeSpec, Zone};
use crate::workflow::{Decision, Incoming, RecordKey};

/// What running the tests of a program gave.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// The tests, in source order.
    pub tests: Vec<TestResult>,
    /// Every criterion of the rules and scores, and what the tests saw of it.
    pub coverage: Vec<CoveredCriterion>,
}

/// What one test gave.
#[derive(Clone, Debug, Serialize)]
pub struct TestResult {
    /// Its name.
    pub name: String,
    /// Its module, as declared.
    pub module: Option<String>,
    /// Where its name stands.
    #[serde(skip)]
    pub span: Span,
    /// How many expectations it has.
    pub expectations: u32,
    /// What was not as expected.
    pub failures: Vec<Failure>,
}

/// Something that is not as expected.
#[derive(Clone, Debug, Serialize)]
pub struct Failure {
    /// Where the expectation stands.
    #[serde(skip)]
    pub span: Span,
    /// The expectation, as written.
    pub expected: String,
    /// What there was instead.
    pub found: Found,
    /// The zone in which times are told.
    #[serde(skip)]
    pub zone: Zone,
}

impl Failure {
    /// What there was instead, in a language; several lines where there is more to say.
    pub fn message(&self, lang: Lang) -> String {
        self.found.message(lang, self.zone)
    }
}

impl TestResult {
    /// Whether everything was as expected.
    pub fn passed(&self) -> bool {
        self.failures.is_empty()
    }
}

impl Report {
    /// Whether every test passed.
    pub fn passed(&self) -> bool {
        self.tests.iter().all(TestResult::passed)
    }
}

/// The present of a test that says none: the first instant of 2026 in the clock's zone.
const DEFAULT_NOW: &str = "2026-01-01";

/// Runs the tests of a program; `clock` is that of tests that set none, and the zone of all.
/// [`run_on`] runs them among users too.
///
/// ```
/// use jalon::{Clock, Program, rehearsal::test};
///
/// let program = Program::parse("
/// règle \"CM5\"
///   quand créé
///   si Pays CONTIENT monaco
///   alors
///     Pays : Monaco
/// test \"un Monégasque\"
///   avec
///     Pays : Principauté de Monaco
///   attendu règle \"CM5\" se déclenche
///   attendu Pays = Monaco
/// ")?;
/// let report = test::run(&program, &Clock::default());
/// assert!(report.passed());
/// # Ok::<(), jalon::program::Error>(())
/// ```
pub fn run(program: &Program, clock: &Clock) -> Report {
    run_on(&Rehearsal::new(program, clock.clone()))
}

/// Runs the tests of a stage's program, each on a stage like it.
pub fn run_on(stage: &Rehearsal) -> Report {
    let checked = stage.program.checked();
    let mut covered = Covered::new(checked, stage.program.lang());
    let mut stage = stage.clone().tracing();
    let clock = &mut stage.clock;
    if clock.now.is_none() {
        clock.now = crate::value::read::moment(DEFAULT_NOW).map(|now| clock.zone.instant_of(now));
    }
    let tests = checked.tests.iter().map(|test| {
        let mut running = Running::new(&stage, test);
        for step in &test.steps {
            running.step(step);
        }
        running.settle();
        running.cover(&mut covered);
        running.result
    });
    let tests = tests.collect();
    Report { tests, coverage: covered.into_list() }
}

/// A test on its way.
struct Running<'p> {
    program: &'p Program,
    test: &'p Test,
    module: Option<String>,
    stage: Rehearsal,
    /// What is being told of the next event.
    told: Told,
    /// What the last event, and the clock since, gave.
    decisions: Vec<Decision>,
    /// Everything that was decided.
    all: Vec<Decision>,
    events: u32,
    /// Who acts.
    who: Option<User>,
    /// The transitions that were made, or asked about.
    considered: Vec<Considered>,
    /// The blueprints whose entry held of the record, or did not.
    entries: Vec<(&'p Blueprint, bool)>,
    /// What happened that no expectation foresaw.
    trouble: Option<Error>,
    result: TestResult,
}

/// The next event, as far as it is told.
#[derive(Default)]
struct Told {
    given: Option<Map<String, Json>>,
    before: Option<Map<String, Json>>,
    after: Option<Map<String, Json>>,
    related: Vec<(String, Json)>,
}

impl<'p> Running<'p> {
    fn new(stage: &'p Rehearsal, test: &'p Test) -> Running<'p> {
        let program = &stage.program;
        let module = test.on.key(&program.checked().schema);
        let module = (!module.is_empty()).then(|| module.to_owned());
        Running {
            program,
            test,
            module: module.clone(),
            stage: stage.clone(),
            told: Told::default(),
            decisions: Vec::new(),
            all: Vec::new(),
            events: 0,
            who: None,
            considered: Vec::new(),
            entries: Vec::new(),
            trouble: None,
            result: TestResult {
                name: test.name.clone(),
                module,
                span: test.span,
                expectations: 0,
                failures: Vec::new(),
            },
        }
    }

    fn step(&mut self, step: &'p Step) {
        match &step.kind {
            StepKind::On(time) => {
                if let Some(now) = self.instant(time) {
                    self.stage.set_now(now);
                }
            }
            StepKind::Then(time) => {
                self.settle();
                if let Some(until) = self.instant(time) {
                    let fired = self.stage.advance(until);
                    self.decisions.clear();
                    match fired {
                        Ok(fired) => {
                            for fired in fired {
                                self.consider(&fired);
                                self.all.push(fired.decision.clone());
                                self.decisions.push(fired.decision);
                            }
                        }
                        Err(error) => self.trouble = Some(error),
                    }
                }
            }
            StepKind::As(who) => {
                self.settle();
                self.who = Some(process::user(who));
            }
            StepKind::Given(fields) => {
                self.settle();
                self.told.given = Some(self.record(fields));
            }
            StepKind::Before(fields) => {
                self.settle();
                self.told.before = Some(self.record(fields));
            }
            StepKind::After(fields) => {
                if self.told.before.is_none() {
                    self.settle();
                }
                self.told.after = Some(self.fields(fields));
            }
            StepKind::Related(field, fields) => {
                let name = field.key.names.first().cloned().unwrap_or_default();
                let record = self.fields(fields);
                self.told.related.push((name, Json::Object(record)));
            }
            StepKind::Event(kind, attributes) => {
                self.settle();
                self.activity(kind, attributes);
            }
            StepKind::Deleted => {
                self.settle();
                let record = self.current();
                self.send(json!({"type": "deleted", "record": record}));
            }
            StepKind::Manual(rule) => {
                self.settle();
                let record = self.current();
                let rule = self.program.checked().rules.get(rule.0 as usize);
                let rule = rule.map_or("", |rule| rule.name.as_str());
                self.send(json!({"type": "manual", "rule": rule, "record": record}));
            }
            StepKind::Transition(transition, handed) => {
                self.settle();
                self.transition("transition", transition, handed);
            }
            StepKind::Draft(transition, handed) => {
                self.settle();
                self.transition("draft", transition, handed);
            }
            StepKind::Exit => {
                self.settle();
                let record = self.current();
                self.send(json!({"type": "exit", "record": record}));
            }
            StepKind::Expect(expectation) => {
                self.settle();
                self.expect(step, expectation);
            }
        }
    }

    /// Sends the event that was told.
    fn settle(&mut self) {
        let Told { given, before, after, related } = std::mem::take(&mut self.told);
        let with_related = |mut record: Map<String, Json>, related: Vec<(String, Json)>| {
            for (name, other) in related {
                place_related(self.program, self.test, &mut record, &name, other);
            }
            Json::Object(record)
        };
        match (given, before, after) {
            (Some(record), ..) => {
                let record = with_related(record, related);
                self.send(json!({"type": "created", "record": record}));
            }
            (None, Some(before), after) => {
                let before = with_related(before, related);
                let after = after.unwrap_or_default();
                self.send(json!({"type": "updated", "before": before, "after": after}));
            }
            (None, None, Some(after)) => {
                let before = self.current();
                self.send(json!({"type": "updated", "before": before, "after": after}));
            }
            (None, None, None) => {}
        }
    }

    /// Somebody did something: it is among the record's events from now on.
    fn activity(&mut self, kind: &str, attributes: &Given) {
        let mut event = self.fields(attributes);
        event.insert("type".to_owned(), kind.into());
        if let Some(now) = self.stage.clock().now {
            event.entry("at").or_insert_with(|| now.to_string().into());
        }
        let mut record = self.current();
        if let Some(fields) = record.as_object_mut() {
            let name = self.events_field().unwrap_or_else(|| "événements".to_owned());
            let list = fields.entry(name).or_insert_with(|| Json::Array(Vec::new()));
            if let Some(list) = list.as_array_mut() {
                list.push(Json::Object(event));
            }
        }
        if let Some(key) = self.key() {
            self.stage.put(key, record.clone());
        }
        self.send(json!({"type": "activity", "activity": kind, "record": record}));
    }

    /// The first field of the module that holds events.
    fn events_field(&self) -> Option<String> {
        let module = self.test.on.declared(&self.program.checked().schema)?;
        let events =
            |field: &&crate::schema::Field| matches!(field.ty, crate::schema::FieldType::Events(_));
        module.fields.iter().find(events).map(|field| field.name().to_owned())
    }

    fn send(&mut self, mut event: Json) {
        self.events += 1;
        if let Some(fields) = event.as_object_mut() {
            fields.insert("id".to_owned(), format!("e{}", self.events).into());
            if let Some(module) = &self.module {
                fields.insert("module".to_owned(), module.clone().into());
            }
        }
        self.decisions.clear();
        let Ok(incoming) = Incoming::read(&event) else { return };
        match self.stage.send(&incoming) {
            Ok(decision) => {
                self.all.push(decision.clone());
                self.decisions.push(decision);
            }
            Err(error) => self.trouble = Some(error),
        }
        self.see_entries();
    }

    /// The key of the test's record.
    fn key(&self) -> Option<RecordKey> {
        self.all.iter().rev().find_map(|decision| decision.record.clone())
    }

    /// The record as it is now.
    fn current(&self) -> Json {
        let record = self.key().and_then(|key| self.stage.record(&key).cloned());
        record.unwrap_or_else(|| json!({"id": RECORD_ID}))
    }

    /// The same with the records that it holds as they are now.
    fn whole(&self) -> Json {
        match self.key() {
            Some(key) => self.stage.resolved(&key, &self.current()),
            None => self.current(),
        }
    }

    /// A whole record, with an id.
    fn record(&mut self, given: &Given) -> Map<String, Json> {
        let mut record = self.fields(given);
        record.entry("id").or_insert_with(|| RECORD_ID.into());
        record
    }

    fn fields(&mut self, given: &Given) -> Map<String, Json> {
        match self.program.values(given, self.stage.clock()) {
            Ok(fields) => fields.into_iter().map(|(name, value)| (name, value.to_json())).collect(),
            Err(error) => {
                self.trouble = Some(error);
                Map::new()
            }
        }
    }

    fn instant(&self, time: &TimeSpec) -> Option<Instant> {
        let interval = time.instant_interval(self.stage.clock()).ok()?;
        Instant::checked_from_micros(interval.from?)
    }

    fn expect(&mut self, step: &Step, expectation: &Expectation) {
        self.result.expectations += 1;
        let found = match self.trouble.take() {
            Some(error) => Some(error.into()),
            None => self.found(expectation).unwrap_or_else(|error| Some(error.into())),
        };
        if let Some(found) = found {
            let (expected, zone) = (step.source.clone(), self.stage.clock().zone);
            self.result.failures.push(Failure { span: step.span, expected, found, zone });
        }
    }

    /// What the tests saw of the criteria.
    fn cover(&mut self, covered: &mut Covered) {
        if let Some(error) = self.trouble.take() {
            let found = error.into();
            let (span, expected) = (self.test.span, self.test.name.clone());
            let zone = self.stage.clock().zone;
            self.result.failures.push(Failure { span, expected, found, zone });
        }
        for decision in &self.all {
            covered.decision(self.program.checked(), decision);
        }
        for (blueprint, held) in &self.entries {
            covered.entry(blueprint, *held);
        }
        for considered in &self.considered {
            covered.transition(self.program.checked(), considered);
        }
        covered.scores(self.program, self.test.on.module(), &self.whole(), self.stage.clock());
    }
}

/// The id of a test's record that is given none.
const RECORD_ID: &str = "1";

/// Puts a related record into the reference or the list of this name.
fn place_related(
    program: &Program,
    test: &Test,
    record: &mut Map<String, Json>,
    name: &str,
    mut other: Json,
) {
    let module = test.on.declared(&program.checked().schema);
    let field = module.and_then(|module| module.fields.iter().find(|field| field.name() == name));
    let is_list = field.is_none_or(|f| matches!(f.ty, crate::schema::FieldType::Records(_)));
    let count = record.get(name).and_then(Json::as_array).map_or(0, Vec::len);
    if let Some(fields) = other.as_object_mut() {
        fields.entry("id").or_insert_with(|| format!("{name} {}", count + 1).into());
    }
    if !is_list {
        record.insert(name.to_owned(), other);
    } else if let Some(list) =
        record.entry(name).or_insert_with(|| Json::Array(Vec::new())).as_array_mut()
    {
        list.push(other);
    }
}
