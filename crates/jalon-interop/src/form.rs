//! The forms there are, and the way to each.

use jalon::checked::Condition;
use jalon::diagnostic::Text;
use jalon::syntax::ast::Criterion;
use serde_json::Value as Json;

use crate::build::Setting;
use crate::carry::{self, FieldNames};
use crate::left_out::{LeftOut, Place, reasons};
use crate::salesforce::{ImportedRules, Wanted};
use crate::{pattern, querybuilder, salesforce, zoho};

/// Other people's forms of criteria and rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// The query of react-querybuilder, with groups or with independent combinators.
    QueryBuilder,
    /// Criteria of Zoho CRM's interfaces.
    Zoho,
    /// A numbered list and a pattern: `1 and (2 or 3)`.
    Pattern,
    /// Workflow rules of Salesforce's metadata, as XML.
    Salesforce,
}

impl Form {
    /// Every one.
    pub const ALL: [Form; 4] = [Form::QueryBuilder, Form::Zoho, Form::Pattern, Form::Salesforce];

    /// Its name on the command line and in bindings.
    pub fn name(self) -> &'static str {
        match self {
            Form::QueryBuilder => "querybuilder",
            Form::Zoho => "zoho",
            Form::Pattern => "pattern",
            Form::Salesforce => "salesforce",
        }
    }

    /// What it is called in messages.
    pub fn title(self) -> &'static str {
        match self {
            Form::QueryBuilder => "react-querybuilder",
            Form::Zoho => "Zoho",
            Form::Pattern => "`pattern`",
            Form::Salesforce => "Salesforce",
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

    /// The form of a name, or what is to be said of a name that is none.
    ///
    /// # Errors
    /// A name that is none, with those that are.
    pub fn named(name: &str) -> Result<Form, LeftOut> {
        Form::from_name(name).ok_or_else(|| {
            let known = Form::ALL.map(Form::name).join(", ");
            LeftOut::new("", &reasons::UNKNOWN_FORM).arg("form", name).arg("known", known)
        })
    }

    /// Whether [`import_criterion`] reads it.
    pub fn imports_criteria(self) -> bool {
        match self {
            Form::QueryBuilder | Form::Zoho | Form::Pattern => true,
            Form::Salesforce => false,
        }
    }

    /// Whether it holds rules, and is text: [`import_rules`] reads it.
    pub fn imports_rules(self) -> bool {
        self == Form::Salesforce
    }

    /// Whether [`export_criterion`] writes it.
    pub fn exports_criteria(self) -> bool {
        match self {
            Form::QueryBuilder | Form::Zoho | Form::Pattern => true,
            Form::Salesforce => false,
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
        Form::Zoho => zoho::read(value, setting)?,
        Form::Pattern => pattern::read(value, setting)?,
        Form::Salesforce => return Err(vec![other_way(form, &reasons::NOT_READ)]),
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
    let tree = || carry::tree(condition, names, form.title());
    match form {
        Form::QueryBuilder => querybuilder::write(tree()?),
        Form::Zoho => zoho::write(tree()?),
        Form::Pattern => pattern::write(tree()?),
        Form::Salesforce => Err(vec![other_way(form, &reasons::NOT_WRITTEN)]),
    }
}

/// Rules from a form that is text.
///
/// ```
/// use jalon_interop::{Form, import_rules, salesforce::Wanted};
///
/// let rules = import_rules(Form::Salesforce, "<Workflow/>", &Wanted::default()).unwrap();
/// assert!(rules.document.declarations.is_empty() && rules.left_out.is_empty());
/// ```
///
/// # Errors
/// A form without rules.
pub fn import_rules(form: Form, text: &str, wanted: &Wanted<'_>) -> Result<ImportedRules, LeftOut> {
    match form {
        Form::Salesforce => Ok(salesforce::read(text, wanted)),
        Form::QueryBuilder | Form::Zoho | Form::Pattern => Err(other_way(form, &reasons::NOT_READ)),
    }
}

fn other_way(form: Form, reason: &'static Text) -> LeftOut {
    LeftOut::new("", reason).arg("form", form.title())
}
