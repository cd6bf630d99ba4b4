//! Whole texts in and out: what the command line and the bindings call.

use jalon::lang::Lang;
use jalon::program::{Criterion, Error, Program};
use jalon::syntax::print_criterion;
use serde_json::Value as Json;

use crate::build::Setting;
use crate::carry::FieldNames;
use crate::form::{Form, export_criterion, import_criterion, import_rules};
use crate::left_out::{LeftOut, reasons};
use crate::salesforce::Wanted;

/// How a text of another form is read.
///
/// ```
/// use jalon_interop::{Form, Import};
///
/// let import = Import::new(Form::Zoho);
/// let read = import.read(r#"{"field": "City", "comparator": "equal", "value": "Nice"}"#)?;
/// assert_eq!(read.text, "City IS Nice\n");
/// assert!(read.left_out.is_empty());
/// assert_eq!(import.read("{")?.left_out.len(), 1);
/// # Ok::<(), jalon::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Import<'p> {
    /// The form of the text.
    pub form: Form,
    /// The program that it is for, if there is one.
    pub program: Option<&'p Program>,
    /// The module, where there are several.
    pub module: Option<&'p str>,
    /// The language of keywords and words.
    pub lang: Lang,
    /// Also rules that are switched off.
    pub inactive: bool,
}

/// What was read: text of Jalon, and what is not in it.
#[derive(Clone, Debug, Default)]
pub struct Imported {
    /// A criterion, or rules; empty where nothing could be carried.
    pub text: String,
    /// Everything that was left out.
    pub left_out: Vec<LeftOut>,
}

impl<'p> Import<'p> {
    /// Without a program, in English.
    pub fn new(form: Form) -> Import<'p> {
        Import { form, program: None, module: None, lang: Lang::En, inactive: false }
    }

    /// Reads a text: JSON, or for a form of rules the text itself.
    ///
    /// # Errors
    /// A module that the program does not have, or that must be named.
    pub fn read(&self, text: &str) -> Result<Imported, Error> {
        let setting = match self.program {
            // Rules tell their module themselves.
            Some(program) if self.form.imports_rules() && self.module.is_none() => {
                Setting::of(program.checked(), None)
            }
            Some(program) => Setting::for_program(program, self.module)?,
            None => Setting::default(),
        };
        let setting = setting.lang(self.lang);
        if self.form.imports_rules() {
            let wanted = Wanted { setting, module: self.module, inactive: self.inactive };
            return Ok(match import_rules(self.form, text, &wanted) {
                Ok(rules) => Imported { text: rules.text(self.lang), left_out: rules.left_out },
                Err(left_out) => Imported { left_out: vec![left_out], ..Imported::default() },
            });
        }
        let read = serde_json::from_str::<Json>(text)
            .map_err(|error| {
                let wrong = LeftOut::new("", &reasons::NOT_JSON).arg("line", error.line());
                vec![wrong.arg("column", error.column())]
            })
            .and_then(|value| import_criterion(self.form, &value, &setting));
        Ok(match read {
            Ok(criterion) => {
                let text = print_criterion(&criterion, self.lang) + "\n";
                Imported { text, left_out: Vec::new() }
            }
            Err(left_out) => Imported { left_out, ..Imported::default() },
        })
    }
}

/// A compiled criterion in a form; that of a rule without `si`, which holds of every record, is
/// `null`.
///
/// # Errors
/// Everything that the form does not have.
pub fn export(criterion: &Criterion, form: Form, names: FieldNames) -> Result<Json, Vec<LeftOut>> {
    match criterion.condition() {
        Some(condition) => export_criterion(condition, form, names),
        None => Ok(Json::Null),
    }
}
