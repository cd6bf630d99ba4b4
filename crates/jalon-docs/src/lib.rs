//! The books under `docs/en` and `docs/fr`: their examples run, their reference is written, their
//! pages are put together.
//!
//! A [`page::Page`] is read once; [`programs`], [`console`] and [`script`] run its examples by
//! their fences, [`links`] holds what leads from page to page. The Rust examples are doctests of
//! this crate, made by its build script.
#![forbid(unsafe_code)]

pub mod assemble;
pub mod books;
pub mod compare;
pub mod console;
pub mod folder;
pub mod links;
pub mod page;
pub mod programs;
pub mod reference;
pub mod script;

#[cfg(doctest)]
include!(concat!(env!("OUT_DIR"), "/pages.rs"));

use std::fmt;

/// An example that is not what its page says.
#[derive(Clone, Debug)]
pub struct Failure {
    /// The page, from the root of the repository.
    pub page: String,
    /// The line of the page.
    pub line: usize,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.page, self.line, self.message.trim_end())
    }
}

/// All failures as one text, for people; `None` where there is none.
pub fn told(failures: &[Failure]) -> Option<String> {
    let all: Vec<String> = failures.iter().map(ToString::to_string).collect();
    let count = match all.len() {
        0 => return None,
        1 => "1 example fails".into(),
        n => format!("{n} examples fail"),
    };
    Some(format!("\n{}\n\n{count}", all.join("\n\n")))
}
