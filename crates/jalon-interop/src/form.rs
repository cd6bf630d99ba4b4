//! The forms there are, and the way to each.

use jalon::checked::Condition;
use jalon::syntax::ast::Criterion;
use serde_json::Value as Json;

use crate::build::Setting;
use crate::carry::{self, FieldNames};
use crate::jsonlogic;
use crate::left_out::{LeftOut, Place};
use crate::querybuilder;

/// Other people's forms of criteria and rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// The query of react-querybuilder, with groups or with independent combinators.
    QueryBuilder,
    /// JSONLogic.
    JsonLogic,
}

impl Form {
    /// Every one.
    pub const ALL: [Form; 2] = [Form::QueryBuilder, Form::JsonLogic];

    /// Its name on the command line and in bindings.
    pub fn name(self) -> &'static str {
        match self {
            Form::QueryBuilder => "querybuilder",
            Form::JsonLogic => "jsonlogic",
        }
    }

    /// What it is called in messages.
    pub fn title(self) -> &'static str {
        match self {
            Form::QueryBuilder => "react-querybuilder",
            Form::JsonLogic => "JSONLogic",
        }
    }

    /// The form of a name.
    ///
    /// ```
    /// use jalon_interop::Form;
    ///
    /// assert_eq!(Form::from_name("querybuilder"), Some(Form::QueryBuilder));
    /// assert_eq!(Form::from_name("excel"), None);
    /// ```
    pub fn from_name(name: &str) -> Option<Form> {
        Form::ALL.into_iter().find(|form| form.name().eq_ignore_ascii_case(name.trim()))
    }

    /// Whether [`import_criterion`] reads it.
    pub fn imports_criteria(self) -> bool {
        match self {
            Form::QueryBuilder | Form::JsonLogic => true,
        }
    }

    /// Whether [`export_criterion`] writes it.
    pub fn exports_criteria(self) -> bool {
        match self {
            Form::QueryBuilder | Form::JsonLogic => true,
        }
    }
}

/// A criterion from a form, whole or not at all.
///
/// ```
/// use jalon_interop::{Form, Setting, import_criterion};
/// use serde_json::json;
///
/// let theirs = json!({"combinator": "and", "rules": [
///     {"field": "Ville", "operator": "soundsLike", "value": "Nice"},
/// ]});
/// let left_out = import_criterion(Form::QueryBuilder, &theirs, &Setting::default()).unwrap_err();
/// assert_eq!(left_out[0].at, "/rules/0/operator");
/// ```
///
/// # Errors
/// Everything that cannot be carried, with its place.
pub fn import_criterion(
    form: Form,
    value: &Json,
    setting: &Setting<'_>,
) -> Result<Criterion, Vec<LeftOut>> {
    let tree = match form {
        Form::QueryBuilder => querybuilder::read(value, setting)?,
        Form::JsonLogic => jsonlogic::read(value, setting)?,
    };
    setting.criterion(&tree, &Place::Root)
}

/// A checked criterion in a form, whole or not at all.
///
/// ```
/// use jalon::Program;
/// use jalon_interop::{FieldNames, Form, export_criterion};
/// use serde_json::json;
///
/// let program = Program::parse("module Prospects (Leads)\n  Rejet (Opt_Out) : case\n")?;
/// let criterion = program.criterion("Rejet EST non sélectionné", None)?;
/// let condition = criterion.condition().unwrap();
/// let theirs = export_criterion(condition, Form::QueryBuilder, FieldNames::Api).unwrap();
/// assert_eq!(theirs["rules"][0], json!({"field": "Opt_Out", "operator": "=", "value": false}));
/// # Ok::<(), jalon::Error>(())
/// ```
///
/// # Errors
/// Everything that the form does not have, with the words of the criterion.
pub fn export_criterion(
    condition: &Condition,
    form: Form,
    names: FieldNames,
) -> Result<Json, Vec<LeftOut>> {
    match form {
        Form::QueryBuilder => querybuilder::write(carry::tree(condition, names, form.title())?),
        Form::JsonLogic => jsonlogic::write(condition, names),
    }
}
