//! What changes from one program to another.

use jalon::diff;
use jalon::lang::Lang;
use napi::bindgen_prelude::ClassInstance;
use napi_derive::napi;

use crate::failure::{guard, to_json};
use crate::program::Program;

/// What changes, as JSON; its report and its summary, each in French and in English.
#[napi(object)]
#[derive(Debug)]
pub struct Compared {
    pub diff: String,
    pub report: Vec<String>,
    pub summary: Vec<String>,
}

/// Compares two programs.
#[napi]
pub fn compare(
    old: ClassInstance<'_, Program>,
    new: ClassInstance<'_, Program>,
) -> napi::Result<Compared> {
    guard(new.0.lang(), || {
        let found = diff::diff(&old.0, &new.0);
        let each = [Lang::Fr, Lang::En];
        Ok(Compared {
            diff: to_json(&found)?,
            report: each.map(|lang| found.report(lang)).to_vec(),
            summary: each.map(|lang| found.summary(lang)).to_vec(),
        })
    })
}
