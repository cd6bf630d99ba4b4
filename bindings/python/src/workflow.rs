//! Events decided, schedules, the tests beside the rules.

use jalon::diagnostic::did_you_mean;
use jalon::lang::Lang;
use jalon::program::Error;
use jalon::rehearsal::{Rehearsal, test};
use jalon::value::{Record, Value, Zone};
use jalon::workflow::{Context, Decision, EffectKind, Incoming};
use pyo3::prelude::*;

use crate::blueprint::{Instance, Offer};
use crate::clock::{When, clock};
use crate::error::{exception, read, run, try_run};
use crate::program::Program;
use crate::reasons::Reasons;
use crate::state::State;
use crate::users::Users;
use crate::{output, value};

/// A decision as it crosses to Python: its data and report, its values in order, what changes of
/// the state, where the record stands in its blueprint, what is offered there of one that is
/// `continu`.
pub type Decided<'py> =
    (Reasons, Vec<Bound<'py, PyAny>>, State, Option<Instance>, Option<Vec<Offer>>);

/// Decides an event.
#[pyfunction]
pub fn decide<'py>(
    py: Python<'py>,
    program: &Program,
    event: &Bound<'py, PyAny>,
    state: Option<Bound<'py, State>>,
    users: Option<Bound<'py, Users>>,
    when: When<'py>,
    trace: bool,
) -> PyResult<Decided<'py>> {
    let incoming = incoming(event, program.lang)?;
    let mut clock = clock(py, &when, &program.core, program.lang)?;
    clock.now = clock.now.or_else(|| incoming.now(clock.zone));
    let state = state.as_ref().map(Bound::get);
    let users = Users::of(users.as_ref());
    let decision = try_run(py, program.lang, || {
        let nothing = jalon::workflow::State::new();
        let kept = state.map(State::read);
        let state = kept.as_deref().unwrap_or(&nothing);
        let related = incoming.related();
        let context = Context::new(&clock, state)
            .related(&related)
            .by(incoming.by())
            .users(users)
            .trace(trace);
        program.core.decide(&incoming.event(), &context)
    })?;
    decided(py, decision, program.lang, clock.zone)
}

/// An event: a dict, or anything with named values.
pub fn incoming(event: &Bound<'_, PyAny>, lang: Lang) -> PyResult<Incoming> {
    let json = Value::Record(value::fields(event)?).to_json();
    read(event.py(), Incoming::read(&json), lang)
}

/// A decision for Python; its report says the local times of the zone.
pub fn decided(
    py: Python<'_>,
    decision: Decision,
    lang: Lang,
    zone: Zone,
) -> PyResult<Decided<'_>> {
    let values = values(&decision);
    let values = values.into_iter().map(|value| output::python(py, value));
    let values = values.collect::<PyResult<_>>()?;
    let state = State::of(decision.state.clone());
    let process = decision.process.clone().map(Instance::of);
    let next = decision.next.clone();
    let next = next.map(|next| next.into_iter().map(|offer| Offer::of(py, offer, lang)).collect());
    Ok((Reasons::of_decision(decision, lang, zone), values, state, process, next))
}

/// The values of fields in a decision, in its order: old and new of each change, then those of
/// each effect.
fn values(decision: &Decision) -> Vec<&Value> {
    let changes = decision.changes.iter().flat_map(|change| [&change.old, &change.new]);
    let effects = decision.effects.iter().flat_map(|effect| match &effect.kind {
        EffectKind::Task { due, .. } => vec![due],
        EffectKind::Meeting { start, .. } => vec![start],
        EffectKind::Function { arguments, .. } => arguments.iter().collect(),
        EffectKind::Create { fields, .. } => fields.iter().map(|(_, value)| value).collect(),
        _ => Vec::new(),
    });
    changes.chain(effects).collect()
}

/// Which of some records a schedule takes, by their place.
#[pyfunction]
pub fn select(
    py: Python<'_>,
    program: &Program,
    schedule: &str,
    records: Vec<Bound<'_, PyAny>>,
    when: When<'_>,
) -> PyResult<Vec<usize>> {
    let clock = clock(py, &when, &program.core, program.lang)?;
    let records = records.iter().map(value::fields).collect::<PyResult<Vec<_>>>()?;
    try_run(py, program.lang, || {
        let lent: Vec<&dyn Record> = records.iter().map(|record| record as &dyn Record).collect();
        program.core.select(schedule, &lent, &clock)
    })
}

/// When a schedule runs next.
#[pyfunction]
pub fn next_run<'py>(
    py: Python<'py>,
    program: &Program,
    schedule: &str,
    when: When<'py>,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    let clock = clock(py, &when, &program.core, program.lang)?;
    let next = try_run(py, program.lang, || program.core.next_run(schedule, &clock))?;
    next.map(|at| output::instant(py, at)).transpose()
}

/// Runs the tests beside the rules; the report as JSON.
#[pyfunction]
pub fn test_rules(
    py: Python<'_>,
    program: &Program,
    users: Option<Bound<'_, Users>>,
    when: When<'_>,
) -> PyResult<String> {
    let clock = clock(py, &when, &program.core, program.lang)?;
    let stage = Rehearsal::new(&program.core, clock).with_users(Users::of(users.as_ref()).clone());
    run(py, || test::run_on(&stage).data(&program.core).to_string())
}

/// The error that no function has this name.
#[pyfunction]
pub fn unknown_function(py: Python<'_>, name: String, known: Vec<String>, lang: &str) -> PyErr {
    let suggestion = did_you_mean(&name, known.iter().map(String::as_str));
    let error = Error::Unknown { what: "function", name, suggestion };
    exception(py, error, lang.parse().unwrap_or_default())
}
