//! Criteria and rules in other people's forms.
#![expect(clippy::needless_pass_by_value, reason = "N-API hands over owned values")]

use jalon::lang::Lang;
use jalon_interop::{FieldNames, Form, Import, LeftOut};
use napi_derive::napi;

use crate::criterion::Criterion;
use crate::failure::{Failure, guard};
use crate::program::{Program, spoken};

/// A text that crossed from one form to another, and what was left out as JSON.
#[napi(object, object_from_js = false)]
#[derive(Debug)]
pub struct Crossed {
    /// The text; empty where nothing could be carried.
    pub text: String,
    /// Places, and reasons in both languages.
    pub left_out: String,
    /// The language of messages.
    pub lang: String,
}

/// Reads a text of another form.
#[napi]
pub fn import_text(
    form: String,
    text: String,
    program: Option<&Program>,
    module: Option<String>,
    lang: Option<String>,
    inactive: bool,
) -> napi::Result<Crossed> {
    let program = program.map(|program| &program.0);
    let own = program.map_or(Lang::En, jalon::Program::lang);
    guard(own, || {
        let lang = spoken(lang, own)?;
        let form = named(&form, lang)?;
        let import = Import { form, program, module: module.as_deref(), lang, inactive };
        let read = import.read(&text)?;
        Ok(crossed(read.text, &read.left_out, lang))
    })
}

/// Writes a criterion in another form as JSON.
#[napi]
pub fn export_criterion(
    criterion: &Criterion,
    form: String,
    names: String,
) -> napi::Result<Crossed> {
    let lang = criterion.0.program().lang();
    guard(lang, || {
        let form = named(&form, lang)?;
        Ok(match jalon_interop::export(&criterion.0, form, FieldNames::named(&names)?) {
            Ok(json) => crossed(json.to_string(), &[], lang),
            Err(left_out) => crossed(String::new(), &left_out, lang),
        })
    })
}

fn named(form: &str, lang: Lang) -> Result<Form, Failure> {
    Form::named(form).map_err(|unknown| Failure::Argument(unknown.message(lang)))
}

pub(crate) fn crossed(text: String, left_out: &[LeftOut], lang: Lang) -> Crossed {
    let left_out = LeftOut::told(left_out).to_string();
    Crossed { text, left_out, lang: lang.code().to_owned() }
}
