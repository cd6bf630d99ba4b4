//! Instances taken over from an older program.

use super::{Error, Program, unknown};
use crate::blueprint::migration::{Mapping, MappingError, Migration};
use crate::checked::content::{Content, Names};
use crate::value::fold::same_name;

impl Program {
    /// The content of a blueprint, by which its instances know it again: the same however it is
    /// formatted, and in which language. An instance that carries another is to be migrated.
    ///
    /// # Errors
    /// [`Error::Unknown`] with the nearest name.
    pub fn blueprint_content(&self, name: &str) -> Result<Content, Error> {
        let checked = &self.0.checked;
        let found = checked.blueprints.iter().find(|one| same_name(&one.name, name));
        let names = checked.blueprints.iter().map(|one| one.name.as_str());
        found
            .map(|one| Names::new(checked).of_blueprint(one))
            .ok_or_else(|| unknown("blueprint", name, names))
    }

    /// What becomes of instances that were started under an older program, under this one. Where
    /// the older one is known, what changes is told, and instances of neither are refused.
    ///
    /// # Errors
    /// The map names what is not there, or says two things of one state.
    pub fn migration(
        &self,
        old: Option<&Program>,
        mapping: Mapping,
    ) -> Result<Migration, MappingError> {
        Migration::new(old.map(|old| &old.0.checked), &self.0.checked, mapping)
    }
}
