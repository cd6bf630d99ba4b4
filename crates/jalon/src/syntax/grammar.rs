//! The grammar of the language, compiled from `grammar/jalon.pest`.

/// The parser that pest builds; each rule of the file is a variant of [`Rule`].
#[derive(pest_derive::Parser)]
#[grammar = "../grammar/jalon.pest"]
pub(crate) struct Grammar;
