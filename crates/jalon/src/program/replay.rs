//! Logs, replayed; blueprints discovered in them.

use super::{Error, Loader, Program, ambiguous, find};
use crate::blueprint::discover::{Discovered, Naming};
use crate::blueprint::log::Log;
use crate::blueprint::replay::{Reading, Replay, replay};
use crate::value::Clock;

impl Program {
    /// Replays a log through a blueprint by name; `None` means the only one. Without a reading the
    /// names in the log tell whether they are states or transitions.
    ///
    /// # Errors
    /// [`Error::Unknown`] with the nearest name, [`Error::Ambiguous`] when one must be named.
    pub fn replay(
        &self,
        blueprint: Option<&str>,
        log: &Log,
        reading: Option<Reading>,
        clock: &Clock,
    ) -> Result<Replay, Error> {
        let blueprints = &self.0.checked.blueprints;
        let index = match blueprint {
            Some(name) => find("blueprint", name, || self.blueprints())?,
            None if blueprints.len() == 1 => 0,
            None => return Err(ambiguous("blueprint", self.blueprints())),
        };
        let blueprint = &blueprints[index];
        let reading = reading.unwrap_or_else(|| Reading::of(blueprint, log));
        Ok(replay(blueprint, log, reading, clock))
    }
}

impl Discovered {
    /// The text of the blueprint, as [`Discovered::text`] writes it, if it is one: a name that was
    /// asked for may be wrong.
    ///
    /// # Errors
    /// What is wrong with the text.
    pub fn program_text(&self, naming: &Naming) -> Result<String, Error> {
        let text = self.text(naming);
        let name = naming.lang.pick("<parcours découvert>", "<discovered blueprint>");
        let found = Loader::default().lang(naming.lang).source(name, text.clone()).check();
        if found.has_errors() { Err(Error::Diagnostics(found)) } else { Ok(text) }
    }
}
