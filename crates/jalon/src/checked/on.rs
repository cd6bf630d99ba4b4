//! The module that a declaration stands on: `sur Prospects`.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::names::fold;
use crate::schema::{Module, ModuleId, Schema};

/// The module that a declaration stands on.
///
/// ```
/// use jalon::Program;
///
/// let program = Program::parse("règle Tri sur Prospects\n  si Pays EST France\n")?;
/// let on = &program.checked().rules[0].on;
/// assert_eq!(on.name(&program.checked().schema), Some("Prospects"));
/// assert_eq!(on.module(), None);
/// # Ok::<(), jalon::program::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum On {
    /// None is named, and none is declared.
    #[default]
    Any,
    /// A declared module.
    Declared(ModuleId),
    /// A module that is named and not declared.
    Named(OpenName),
}

/// The name of a module that is not declared: as written, and equal where names are.
#[derive(Clone, Debug)]
pub struct OpenName {
    written: Arc<str>,
    folded: Arc<str>,
}

impl On {
    /// A module that is not declared, by its name; none where that is blank.
    pub fn named(name: &str) -> On {
        let folded = fold(name);
        if folded.is_empty() {
            return On::Any;
        }
        On::Named(OpenName { written: name.trim().into(), folded: folded.into() })
    }

    /// The declared module.
    pub fn module(&self) -> Option<ModuleId> {
        match self {
            On::Declared(module) => Some(*module),
            On::Any | On::Named(_) => None,
        }
    }

    /// The declared module, as it is declared.
    pub fn declared<'s>(&self, schema: &'s Schema) -> Option<&'s Module> {
        schema.module(self.module()?)
    }

    /// Whether what stands on the one is about records of the other: it is the same module, or
    /// one of them may be any.
    pub fn meets(&self, other: &On) -> bool {
        self == other || *self == On::Any || *other == On::Any
    }

    /// The name of the module as people read it: as declared, else as written.
    pub fn name<'a>(&'a self, schema: &'a Schema) -> Option<&'a str> {
        match self {
            On::Named(name) => Some(&name.written),
            _ => self.declared(schema).map(|module| module.name.as_str()),
        }
    }

    /// The folded name of a module that is not declared; none is empty.
    pub(crate) fn open(&self) -> &str {
        match self {
            On::Named(name) => &name.folded,
            On::Any | On::Declared(_) => "",
        }
    }

    /// The name by which its records are known again: as declared, else folded; none is empty.
    pub fn key<'a>(&'a self, schema: &'a Schema) -> &'a str {
        self.declared(schema).map_or(self.open(), |module| &module.name)
    }
}

impl PartialEq for OpenName {
    fn eq(&self, other: &OpenName) -> bool {
        self.folded == other.folded
    }
}

impl Eq for OpenName {}

impl Hash for OpenName {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.folded.hash(state);
    }
}

/// The declared module, or the folded name of another; nothing where there is neither.
impl Serialize for On {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        match self {
            On::Any => {}
            On::Declared(module) => map.serialize_entry("module", module)?,
            On::Named(name) => map.serialize_entry("open_module", &*name.folded)?,
        }
        map.end()
    }
}
