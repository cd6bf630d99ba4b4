//! New rules while the server runs.

use std::path::Path;

use jalon::Program;
use jalon::blueprint::migration::Mapping;
use jalon::rehearsal::{Rehearsal, test};
use jalon::users::Users;
use jalon::value::Instant;
use jalon::{Lang, diff};
use serde_json::{Value as Json, json};

use super::Host;
use crate::problem::Problem;
use crate::store::Desk;

/// Loads the rules of a folder and runs the tests beside them.
pub(super) fn tested(folder: &Path, users: &Users) -> Result<Program, Problem> {
    let program = jalon_files::load([folder])?;
    let stage = Rehearsal::new(&program, program.clock(None, None)).with_users(users.clone());
    let report = test::run_on(&stage);
    if report.passed() { Ok(program) } else { Err(Problem::Tests(report)) }
}

/// Takes records that stand in a blueprint along to new rules: all of them, or none where the state
/// of one is gone.
pub(super) fn take_along(
    desk: &Desk<'_>,
    old: Option<&Program>,
    new: &Program,
    now: Instant,
) -> Result<(), Problem> {
    let migration = new.migration(old, Mapping::default())?;
    let mut planner = migration.planner();
    for (key, mut kept) in desk.remembered()? {
        let Some(mut state) = kept.remembered.of(&key) else { continue };
        let Some(instance) = state.process.take().filter(|instance| instance.left.is_none()) else {
            continue;
        };
        planner.add(&instance);
        // what cannot go on is told below, of all records at once
        let Ok(migrated) = migration.apply(&instance, now, None) else { continue };
        if migrated.as_ref() != Some(&instance) {
            state.process = migrated;
            kept.remembered.put(&key, &state);
            desk.save(&key, &kept)?;
        }
    }
    let plan = planner.finish();
    if plan.counts.refused == 0 { Ok(()) } else { Err(Problem::Migration(Box::new(plan))) }
}

impl Host {
    /// Loads the rules anew. What does not load, fails its tests or leaves records behind replaces
    /// nothing: the old rules go on.
    ///
    /// # Errors
    /// Everything that is wrong with the new rules.
    pub fn reload(&self, lang: Lang) -> Result<Json, Problem> {
        let fresh = tested(&self.settings.rules, &self.users)?; // nobody waits for the compiler
        let mut store = self.store(); // no decision is under way
        let old = self.rules();
        let desk = store.begin()?;
        take_along(&desk, Some(&old), &fresh, (self.settings.now)())?;
        desk.commit()?;
        let changes = diff::diff(&old, &fresh).report(lang);
        let content = fresh.content();
        *self.rules.write().unwrap_or_else(std::sync::PoisonError::into_inner) = fresh;
        Ok(json!({"content": content, "changes": changes}))
    }
}
