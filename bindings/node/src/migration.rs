//! Instances taken over from an older program.
#![expect(clippy::needless_pass_by_value, reason = "N-API hands over owned values")]

use jalon::blueprint::Instance;
use jalon::blueprint::migration::{self as engine, Mapping};
use jalon::lang::Lang;
use jalon::program::{self, Error};
use napi_derive::napi;

use crate::failure::{Failure, guard, to_json};
use crate::moment;
use crate::program::{Now, Program};

/// What becomes of instances under a new program.
#[napi]
#[derive(Debug)]
pub struct Migration {
    core: engine::Migration,
    program: program::Program,
}

/// A plan as JSON, and its reports.
#[napi(object, object_from_js = false)]
#[derive(Debug)]
pub struct Planned {
    /// The plan.
    pub plan: String,
    /// In French.
    pub fr: String,
    /// In English.
    pub en: String,
}

#[napi]
impl Migration {
    /// `map` is a JSON object of states, `renamed` one of names of blueprints.
    #[napi(constructor)]
    pub fn new(
        old: Option<&Program>,
        new: &Program,
        map: String,
        renamed: String,
    ) -> napi::Result<Migration> {
        let program = new.0.clone();
        let lang = program.lang();
        guard(lang, || {
            let states = serde_json::from_str(&map).unwrap_or_default();
            let mut mapping = Mapping::default().read(&states)?;
            let renamed: Vec<(String, String)> = serde_json::from_str(&renamed)
                .map_err(|_| Failure::Argument("renamed must lead to names".to_owned()))?;
            for (from, to) in &renamed {
                mapping = mapping.renamed(from, to);
            }
            let core = program.migration(old.map(|old| &old.0), mapping)?;
            Ok(Migration { core, program: program.clone() })
        })
    }

    /// What becomes of instances, given as a JSON array.
    #[napi]
    pub fn plan(&self, instances: Vec<String>) -> napi::Result<Planned> {
        guard(self.program.lang(), || {
            let mut planner = self.core.planner();
            for instance in &instances {
                planner.add(&Instance::read(instance)?);
            }
            let plan = planner.finish();
            let [fr, en] = [Lang::Fr, Lang::En].map(|lang| plan.report(lang));
            Ok(Planned { plan: to_json(&plan)?, fr, en })
        })
    }

    /// What becomes of an instance, as JSON.
    #[napi]
    pub fn step(&self, instance: String) -> napi::Result<String> {
        guard(self.program.lang(), || to_json(&self.core.step(&Instance::read(&instance)?)))
    }

    /// The instance under the new program, as JSON; nothing where it leaves its process.
    #[napi]
    pub fn apply(
        &self,
        instance: String,
        now: Now,
        zone: Option<String>,
        by: Option<String>,
    ) -> napi::Result<Option<String>> {
        let lang = self.program.lang();
        guard(lang, || {
            let clock = moment::clock(&self.program, now, zone)?;
            let now = clock.now.ok_or(Error::ClockNeeded)?;
            let applied = self
                .core
                .apply(&Instance::read(&instance)?, now, by.as_deref())
                .map_err(|refusal| Failure::Migration(refusal.sentence(lang)))?;
            applied.map(|instance| to_json(&instance)).transpose()
        })
    }
}

/// The content of a blueprint, by which its instances know it again.
#[napi]
pub fn blueprint_content(program: &Program, name: String) -> napi::Result<String> {
    guard(program.0.lang(), || Ok(program.0.blueprint_content(&name)?.to_string()))
}
