//! One of a program's blueprints, or all of them, for hosts that ask for it by name.

use super::{Error, Program};
use crate::blueprint::{Instance, InstanceError};
use crate::value::Record;
use crate::workflow::Context;

/// A blueprint of a program, or all of them.
#[derive(Clone, Debug)]
pub struct BlueprintScope {
    program: Program,
    /// The only one that is meant, and its module.
    only: Option<(String, String)>,
}

impl Program {
    /// A blueprint by name; without one, all of them.
    ///
    /// # Errors
    /// [`Error::Unknown`] with the nearest name.
    pub fn blueprint_scope(&self, name: Option<&str>) -> Result<BlueprintScope, Error> {
        let only = match name {
            Some(name) => {
                let (name, module) = self.blueprint(name)?;
                Some((name.to_owned(), module.to_owned()))
            }
            None => None,
        };
        Ok(BlueprintScope { program: self.clone(), only })
    }
}

impl BlueprintScope {
    /// The name of the only one, as declared.
    pub fn name(&self) -> Option<&str> {
        self.only.as_ref().map(|(name, _)| name.as_str())
    }

    /// Lets a record into the blueprint that takes it, if that is one of these. The module of the
    /// only one counts before `module`.
    ///
    /// # Errors
    /// As [`Program::enter`].
    pub fn enter(
        &self,
        module: Option<&str>,
        record: &dyn Record,
        context: &Context<'_>,
    ) -> Result<Option<Instance>, Error> {
        let module = self.only.as_ref().map(|(_, module)| module.as_str()).or(module);
        let entered = self.program.enter(module, record, context)?;
        Ok(entered.filter(|instance| self.has(instance)))
    }

    /// Whether an instance is of one of these.
    pub fn has(&self, instance: &Instance) -> bool {
        self.name().is_none_or(|name| *name == *instance.blueprint)
    }

    /// Refuses an instance that is of another.
    ///
    /// # Errors
    /// It is of another, as [`Error::Unreadable`].
    pub fn expect(&self, instance: &Instance) -> Result<(), Error> {
        match self.name() {
            Some(name) if !self.has(instance) => {
                Err(InstanceError::elsewhere(instance, name).into())
            }
            _ => Ok(()),
        }
    }
}
