//! Any text as JSON, XML or a criterion, in and out of other people's forms: never a panic; what is
//! imported is a criterion that prints and reads back; what is exported is imported again.
#![no_main]

use std::sync::LazyLock;

use jalon::syntax::{parse_criterion, print_criterion};
use jalon::{Lang, Program, source::SourceId};
use jalon_interop::{
    FieldNames, Form, Setting, export_criterion, import_criterion, import_rules,
    salesforce::Wanted,
};
use libfuzzer_sys::fuzz_target;
use serde_json::Value as Json;

const MODULE: &str = "
constante Junk : a, b
module Leads
  a (A) : texte
  b : nombre
  c : case
  d : date
  e : liste multiple x, y
  f : fiches Leads
";

static PROGRAM: LazyLock<Program> =
    LazyLock::new(|| Program::parse(MODULE).unwrap_or_else(|e| panic!("{e}")));

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let program = &*PROGRAM;
    let typed = Setting::of(program.checked(), None);
    for setting in [Setting::default(), typed] {
        if let Ok(value) = serde_json::from_str::<Json>(&text) {
            for form in Form::ALL.into_iter().filter(|form| form.imports_criteria()) {
                let Ok(criterion) = import_criterion(form, &value, &setting) else { continue };
                for lang in [Lang::Fr, Lang::En] {
                    let printed = print_criterion(&criterion, lang);
                    assert!(parse_criterion(SourceId(0), &printed).is_ok(), "{printed}");
                }
            }
        }
        let wanted = Wanted { setting, module: None, inactive: true };
        for form in Form::ALL.into_iter().filter(|form| form.imports_rules()) {
            let Ok(rules) = import_rules(form, &text, &wanted) else { continue };
            let printed = rules.text(Lang::Fr);
            let (read, findings) =
                jalon::syntax::parse(SourceId(0), &printed, &jalon::syntax::Limits::default());
            assert_eq!(read.declarations.len(), rules.document.declarations.len(), "{printed}\n{findings:?}");
        }
    }
    let Ok(criterion) = program.criterion(&text, None) else { return };
    let Some(condition) = criterion.condition() else { return };
    for form in Form::ALL.into_iter().filter(|form| form.exports_criteria()) {
        let Ok(theirs) = export_criterion(condition, form, FieldNames::Api) else { continue };
        if form.imports_criteria() {
            let back = import_criterion(form, &theirs, &typed);
            let back = back.unwrap_or_else(|left_out| panic!("{text}\n{theirs}\n{left_out:?}"));
            let printed = print_criterion(&back, Lang::Fr);
            assert!(program.criterion(&printed, None).is_ok(), "{text}\n{theirs}\n{printed}");
        }
    }
});
