//! Instances taken over from an older program.

use jalon::blueprint;
use jalon::blueprint::migration::{self, Mapping};
use jalon::lang::Lang;
use jalon::program;
use jalon::value::Value;
use pyo3::prelude::*;

use crate::blueprint::Instance;
use crate::clock::{When, clock};
use crate::error::{raise, read, run};
use crate::program::Program;
use crate::reasons::json;
use crate::value;

/// What becomes of instances under a new program.
#[pyclass(frozen, module = "jalon._native")]
#[derive(Debug)]
pub struct Migration {
    core: migration::Migration,
    program: program::Program,
    lang: Lang,
}

#[pymethods]
impl Migration {
    /// `map` is a JSON object of states, `renamed` pairs of names of blueprints.
    #[new]
    fn new(
        py: Python<'_>,
        old: Option<&Program>,
        new: &Program,
        map: &str,
        renamed: Vec<(String, String)>,
    ) -> PyResult<Migration> {
        let (program, lang) = (new.core.clone(), new.lang);
        let old = old.map(|old| old.core.clone());
        let core = run(py, || {
            let states = serde_json::from_str(map).unwrap_or_default();
            let mut mapping = Mapping::default().read(&states)?;
            for (from, to) in &renamed {
                mapping = mapping.renamed(from, to);
            }
            program.migration(old.as_ref(), mapping)
        })?;
        Ok(Migration { core: read(py, core, lang)?, program, lang })
    }

    /// What becomes of instances, looked at one by one: the plan as JSON, and its reports in
    /// French and in English.
    fn plan(&self, instances: &Bound<'_, PyAny>) -> PyResult<(String, String, String)> {
        let mut planner = self.core.planner();
        for instance in instances.try_iter()? {
            planner.add(&self.instance(&instance?)?);
        }
        let py = instances.py();
        let plan = run(py, || planner.finish())?;
        Ok((json(&plan)?, plan.report(Lang::Fr), plan.report(Lang::En)))
    }

    /// What becomes of an instance, as JSON.
    fn step(&self, instance: &Bound<'_, PyAny>) -> PyResult<String> {
        json(&self.core.step(&self.instance(instance)?))
    }

    /// The instance under the new program; nothing where it leaves its process.
    fn apply(
        &self,
        instance: &Bound<'_, PyAny>,
        when: When<'_>,
        by: Option<&str>,
    ) -> PyResult<Option<Instance>> {
        let py = instance.py();
        let instance = self.instance(instance)?;
        let clock = clock(py, &when, &self.program, self.lang)?;
        let now = read(py, clock.now.ok_or(program::Error::ClockNeeded), self.lang)?;
        let applied = self
            .core
            .apply(&instance, now, by)
            .map_err(|refusal| raise(py, "MigrationError", refusal.sentence(self.lang)))?;
        Ok(applied.map(Instance::of))
    }

    /// The language of its messages.
    #[getter]
    fn lang(&self) -> &'static str {
        self.lang.code()
    }
}

impl Migration {
    /// An instance, or what one is as data: a dict, or anything with named values.
    fn instance(&self, given: &Bound<'_, PyAny>) -> PyResult<blueprint::Instance> {
        if let Ok(instance) = given.cast_exact::<Instance>() {
            return Ok(instance.get().core.clone());
        }
        let json = Value::Record(value::fields(given)?).to_json();
        read(given.py(), blueprint::Instance::from_json(json), self.lang)
    }
}

/// The content of a blueprint.
#[pyfunction]
pub fn blueprint_content(py: Python<'_>, program: &Program, name: &str) -> PyResult<String> {
    crate::error::try_run(py, program.lang, || {
        Ok(program.core.blueprint_content(name)?.to_string())
    })
}
