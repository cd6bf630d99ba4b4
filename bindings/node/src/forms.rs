//! Criteria and rules in other people's forms.
#![expect(clippy::needless_pass_by_value, reason = "N-API hands over owned values")]

use jalon::lang::Lang;
use jalon_interop::{FieldNames, Form, Import, LeftOut};
use napi_derive::napi;
use serde_json::{Value as Json, json};

use crate::failure::{Failure, guard};
use crate::program::{Criterion, Program, read_lang};

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
        let lang = read_lang(lang)?.unwrap_or(own);
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
        let Some(names) = FieldNames::from_name(&names) else {
            let message = format!("names is \"api\" or \"label\", not {names:?}");
            return Err(Failure::Argument(message));
        };
        Ok(match jalon_interop::export(&criterion.0, form, names) {
            Ok(json) => crossed(json.to_string(), &[], lang),
            Err(left_out) => crossed(String::new(), &left_out, lang),
        })
    })
}

fn named(form: &str, lang: Lang) -> Result<Form, Failure> {
    Form::named(form).map_err(|unknown| Failure::Argument(unknown.message(lang)))
}

fn crossed(text: String, left_out: &[LeftOut], lang: Lang) -> Crossed {
    let told = left_out.iter().map(|left_out| {
        json!({
            "at": left_out.at,
            "fr": left_out.message(Lang::Fr),
            "en": left_out.message(Lang::En),
        })
    });
    let left_out = told.collect::<Json>().to_string();
    Crossed { text, left_out, lang: lang.code().to_owned() }
}
