//! What programs say as data and as hashes.

use serde_json::Value;

use super::{Criterion, Error, Loader, Program};
use crate::checked::ScoreId;
use crate::checked::content::{Content, Contents, Names};
use crate::syntax::{self, Limits, form};

impl Loader {
    /// Adds a program as [JSON](crate::form): it is printed as text, which is then a source like
    /// any other, and diagnostics point into it.
    ///
    /// # Errors
    /// JSON that is none of a program.
    pub fn json(self, name: impl Into<String>, json: &str) -> Result<Loader, form::Error> {
        let document = form::read(json)?;
        let lang = document.lang.or(self.lang).unwrap_or_default();
        form::check(&document)?;
        Ok(self.source(name, syntax::print(&document, lang)))
    }
}

impl Program {
    /// A program of one JSON text, as [`Program::to_json`] gives it.
    ///
    /// ```
    /// use jalon::Program;
    ///
    /// let program = Program::parse("score Intérêt\n  +25 si Pays EST France\n")?;
    /// let again = Program::from_json(&program.to_json().to_string())?;
    /// assert_eq!(again.content(), program.content());
    ///
    /// let error = Program::from_json(r#"{"version": 1, "declarations": [{"scor": {}}]}"#);
    /// assert!(error.unwrap_err().to_string().starts_with("/declarations/0/scor: unknown `scor`"));
    /// # Ok::<(), jalon::program::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Form`] where the JSON is none of a program, [`Error::Diagnostics`] where the
    /// program has mistakes.
    pub fn from_json(json: &str) -> Result<Program, Error> {
        Loader::default().json("<json>", json).map_err(Error::Form)?.load()
    }

    /// The program as [JSON](crate::form): what its texts say, in their order, without places.
    pub fn to_json(&self) -> Value {
        let limits = Limits::default();
        let sources = self.0.sources.iter();
        let documents: Vec<_> =
            sources.map(|(id, source)| syntax::parse(id, &source.text, &limits).0).collect();
        form::to_json(&form::joined(documents))
    }

    /// The checked program as canonical JSON: names resolved, splits chosen, constants as values;
    /// what [`Program::contents`] are the hashes of.
    pub fn checked_json(&self) -> Value {
        self.0.checked.json()
    }

    /// The hash of all that the program says: the same for every layout of it and in either
    /// language. Every decision carries it. Computed when it is first asked for.
    ///
    /// ```
    /// use jalon::Program;
    ///
    /// let one = Program::parse("score Intérêt\n  +25 si Pays EST France\n")?;
    /// let two = Program::parse("score Intérêt\n  +26 si Pays EST France\n")?;
    /// assert_ne!(one.content(), two.content());
    /// let declared = &one.contents().declarations[0];
    /// assert_eq!((declared.kind, declared.name.as_str()), ("score", "Intérêt"));
    /// assert_eq!(declared.content, one.score(None)?.content());
    /// # Ok::<(), jalon::program::Error>(())
    /// ```
    pub fn content(&self) -> Content {
        self.contents().program
    }

    /// The hashes of the program and of each of its declarations.
    pub fn contents(&self) -> &Contents {
        self.0.contents.get_or_init(|| Names::new(&self.0.checked).all())
    }

    /// The hash of a score.
    pub(super) fn score_content(&self, id: ScoreId) -> Content {
        let (at, checked) = (id.0 as usize, &self.0.checked);
        let Some((known, score)) = self.0.score_contents.get(at).zip(checked.scores.get(at)) else {
            return Content::default();
        };
        *known.get_or_init(|| Names::new(checked).of_score(score))
    }
}

impl Criterion {
    /// The hash of what it says, with what it names; of everything where it is empty. Computed
    /// when it is first asked for.
    pub fn content(&self) -> Content {
        let checked = &self.program.0.checked;
        let compute = || match &self.condition {
            Some(condition) => Names::new(checked).of_condition(condition, None),
            None => Content::default(),
        };
        *self.content.get_or_init(compute)
    }
}
