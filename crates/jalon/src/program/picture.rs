//! Blueprints, drawn.

use super::{Error, Program, ambiguous, find};
use crate::blueprint::picture::Picture;

impl Program {
    /// The picture of a blueprint by name; `None` means the only one.
    ///
    /// # Errors
    /// [`Error::Unknown`] with the nearest name, [`Error::Ambiguous`] when one must be named.
    pub fn picture(&self, blueprint: Option<&str>) -> Result<Picture, Error> {
        let checked = &self.0.checked;
        let index = match blueprint {
            Some(name) => find("blueprint", name, || self.blueprints())?,
            None if checked.blueprints.len() == 1 => 0,
            None => return Err(ambiguous("blueprint", self.blueprints())),
        };
        let blueprint = checked.blueprints[index].clone();
        let module = blueprint.on.name(&checked.schema).map(str::to_owned);
        Ok(Picture::new(blueprint, module))
    }
}

#[cfg(test)]
mod tests;
