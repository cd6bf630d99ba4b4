//! Jalon runs what a sales team automates: criteria, scores and rules, written as people write
//! them in French or in English, embedded in your own application.
//!
//! An application hands it rules (text) and records (data it already holds) and gets back
//! decisions with their reasons. It reads no clock, opens no socket and keeps no global.
//!
//! ```
//! use jalon::{Clock, Program, lang::Lang};
//! use serde_json::json;
//!
//! let program = Program::parse("score Scorex\n  +25 si Adresse e-mail N'EST PAS VIDE\n  -100 si Rejet EST ✓\n")?;
//! let score = program.score(Some("Scorex"))?;
//! let result = score.evaluate(&json!({"Adresse e-mail": "a@exemple.fr"}), &Clock::default())?;
//! assert_eq!(result.total.to_string(), "25");
//! assert_eq!(result.sentence(Lang::Fr), "Scorex : 25 points");
//! println!("{}", result.explain(Lang::Fr));
//! # Ok::<(), jalon::Error>(())
//! ```
//!
//! The way of a text: [`syntax`] reads it into a document, [`check`] resolves names and types
//! into a [`checked`] program, which is compiled into a [`Program`]. The way of a record: any
//! [`Record`] (a native [`Row`], a JSON object, your own type) is evaluated in [`eval`] and
//! scored in [`score`], and explained on demand.
#![forbid(unsafe_code)]

pub mod approval;
pub mod blueprint;
pub mod check;
pub mod checked;
pub mod columnar;
pub mod currency;
mod desk;
pub mod diagnostic;
pub mod diff;
pub mod eval;
pub mod index;
pub mod lang;
pub mod lexicon;
pub mod lint;
pub(crate) mod plan;
pub mod program;
pub mod recurrence;
pub mod rehearsal;
pub mod schema;
pub mod score;
pub mod sentence;
pub mod source;
pub mod syntax;
pub mod template;
pub mod users;
pub mod value;
pub mod workflow;

pub use syntax::form;

pub use eval::{Explanation, RecordError};
pub use index::{IndexMatcher, RuleIndex, RuleNumber, SharedIndex};
pub use jalon_derive::Record;
pub use lang::Lang;
pub use program::format;
pub use program::{
    Criterion, Diagnostics, Error, Judge, Loader, Matcher, Program, Renderer, RuleIndexBuilder,
    Score, Scorer, Template, Total, Verdict,
};
pub use score::ScoreResult;
pub use value::{Clock, Record, Row, Value, ValueRef, Zone};

/// The README's examples, compiled and run with the documentation's.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct Readme;
