//! Criteria and rules of Jalon in other people's forms, and theirs in Jalon's.
//!
//! What cannot be carried from one form to another is listed, with its place and the reason; it
//! is never approximated: a criterion is carried whole or not at all.
//!
//! ```
//! use jalon::{Lang, syntax::print_criterion};
//! use jalon_interop::{Form, Setting, import_criterion};
//! use serde_json::json;
//!
//! let theirs = json!({"combinator": "and", "rules": [
//!     {"field": "Pays", "operator": "in", "value": ["France", "Monaco"]},
//!     {"field": "Montant", "operator": ">", "value": 1000},
//! ]});
//! let criterion = import_criterion(Form::QueryBuilder, &theirs, &Setting::default()).unwrap();
//! assert_eq!(print_criterion(&criterion, Lang::Fr), "Pays EST France, Monaco ET Montant > 1000");
//! ```
//!
//! Every form is reached by way of a [`tree`]: a criterion without places, types or a language.
//! [`build`] makes what Jalon's printer prints of it, [`carry`] makes it of a checked criterion;
//! a form reads and writes trees.
#![forbid(unsafe_code)]

pub mod build;
pub mod carry;
mod exchange;
mod form;
mod json;
pub mod jsonlogic;
mod left_out;
pub mod pattern;
pub mod querybuilder;
pub mod salesforce;
pub mod sql;
pub mod tree;
pub mod zoho;

pub use build::Setting;
pub use carry::FieldNames;
pub use exchange::{Import, Imported, export};
pub use form::{Form, export_criterion, import_criterion, import_rules};
pub use left_out::{LeftOut, Place, reasons};
