//! Programs.

use std::io;
use std::path::PathBuf;

use jalon::lang::Lang;
use jalon::program::{self, Error, Loader};
use jalon::template::Format;
use jalon::{form, syntax};
use jalon_files::FileProblem;
use pyo3::prelude::*;

use crate::clock::{When, clock};
use crate::criterion::Criterion;
use crate::error::{raise, read, run, try_run};
use crate::picture::Picture;
use crate::score::Score;
use crate::template::Template;
use crate::users::Users;
use crate::{reasons, value};

/// A compiled program.
#[pyclass(frozen, module = "jalon._native")]
#[derive(Debug)]
pub struct Program {
    pub core: program::Program,
    pub lang: Lang,
}

#[pymethods]
impl Program {
    #[new]
    #[pyo3(signature = (sources, lang=None, strict=false))]
    fn new(
        py: Python<'_>,
        sources: Vec<(String, String)>,
        lang: Option<&str>,
        strict: bool,
    ) -> PyResult<Program> {
        let lang = reasons::lang(lang)?;
        let mut loader = Loader::default();
        if let Some(lang) = lang {
            loader = loader.lang(lang);
        }
        if strict {
            loader = loader.strict();
        }
        let core = try_run(py, lang.unwrap_or_default(), || {
            sources
                .into_iter()
                .fold(loader, |loader, (name, text)| loader.source(name, text))
                .load()
        })?;
        let lang = core.lang();
        Ok(Program { core, lang })
    }

    #[getter]
    fn scores(&self) -> Vec<&str> {
        self.core.score_names().collect()
    }

    #[getter]
    fn modules(&self) -> Vec<&str> {
        self.core.checked().schema.modules.iter().map(|module| module.name.as_str()).collect()
    }

    #[getter]
    fn rules(&self) -> Vec<&str> {
        self.core.checked().rules.iter().map(|rule| rule.name.as_str()).collect()
    }

    /// What its texts say, as JSON.
    fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        run(py, || self.core.to_json().to_string())
    }

    /// The hashes of the program and of its declarations, as JSON.
    fn contents(&self, py: Python<'_>) -> PyResult<String> {
        reasons::json(run(py, || self.core.contents())?)
    }

    /// Warnings and notes, as JSON.
    fn diagnostics(&self) -> String {
        reasons::diagnostics(&self.core.diagnostics())
    }

    /// Warnings, notes and doubts, as JSON.
    fn check(&self, py: Python<'_>, users: Option<Bound<'_, Users>>) -> PyResult<String> {
        let users = Users::of(users.as_ref());
        run(py, || reasons::diagnostics(&self.core.check(users)))
    }

    /// A score by name; the only one by default.
    fn score(&self, py: Python<'_>, name: Option<&str>) -> PyResult<Score> {
        let core = try_run(py, self.lang, || self.core.score(name))?;
        Ok(Score::of(core, self.lang))
    }

    /// A criterion compiled against the program.
    fn criterion(&self, py: Python<'_>, text: &str, module: Option<&str>) -> PyResult<Criterion> {
        let core = try_run(py, self.lang, || self.core.criterion(text, module))?;
        Ok(Criterion::of(core, self.lang))
    }

    /// The condition of a rule.
    fn rule(&self, py: Python<'_>, name: &str) -> PyResult<Criterion> {
        let core = try_run(py, self.lang, || self.core.rule(name))?;
        Ok(Criterion::of(core, self.lang))
    }

    #[getter]
    fn lang(&self) -> &'static str {
        self.lang.code()
    }

    #[getter]
    fn schedules(&self) -> Vec<&str> {
        self.core.schedules().collect()
    }

    #[getter]
    fn blueprints(&self) -> Vec<&str> {
        self.core.blueprints().collect()
    }

    /// The picture of a blueprint; of the only one by default.
    fn picture(&self, py: Python<'_>, name: Option<&str>) -> PyResult<Picture> {
        let core = try_run(py, self.lang, || self.core.picture(name))?;
        Ok(Picture::of(core, self.lang))
    }

    /// A text with fields, compiled.
    fn template(
        &self,
        py: Python<'_>,
        text: &str,
        format: &str,
        module: Option<&str>,
    ) -> PyResult<Template> {
        let format = read(py, Format::named(format), self.lang)?;
        let core = try_run(py, self.lang, || self.core.template(text, format, module))?;
        Ok(Template::of(core, self.lang))
    }

    /// What rules, scores and blueprints say, as JSON.
    fn say(&self, py: Python<'_>, lang: Option<&str>) -> PyResult<String> {
        let lang = reasons::lang(lang)?.unwrap_or(self.lang);
        let told = run(py, || self.core.say(lang))?;
        reasons::json(&told)
    }

    /// What a rule says.
    fn say_rule(&self, py: Python<'_>, name: &str, lang: Option<&str>) -> PyResult<String> {
        let lang = reasons::lang(lang)?.unwrap_or(self.lang);
        try_run(py, self.lang, || self.core.say_rule(name, lang))
    }

    /// What a blueprint says.
    fn say_blueprint(&self, py: Python<'_>, name: &str, lang: Option<&str>) -> PyResult<String> {
        let lang = reasons::lang(lang)?.unwrap_or(self.lang);
        try_run(py, self.lang, || self.core.say_blueprint(name, lang))
    }

    /// What a score says; the only one by default.
    fn say_score(
        &self,
        py: Python<'_>,
        name: Option<&str>,
        lang: Option<&str>,
    ) -> PyResult<String> {
        let lang = reasons::lang(lang)?.unwrap_or(self.lang);
        try_run(py, self.lang, || Ok(self.core.score(name)?.sentence(lang)))
    }

    /// The name by which a record of a module, given by its names, carries a field.
    fn name_in(&self, module: &str, names: Vec<String>, field: &str) -> String {
        self.core.name_in(module, names.iter().map(String::as_str), field).to_owned()
    }

    /// The names of the rules that hold of a record.
    fn matching(
        &self,
        py: Python<'_>,
        record: &Bound<'_, PyAny>,
        module: Option<&str>,
        when: When<'_>,
    ) -> PyResult<Vec<&str>> {
        let clock = clock(py, &when, &self.core, self.lang)?;
        let record = value::fields(record)?;
        try_run(py, self.lang, || self.core.matching(&record, &clock, module))
    }
}

/// The text that a program's JSON says.
#[pyfunction]
pub fn text_of_json(py: Python<'_>, json: &str, lang: Option<&str>) -> PyResult<String> {
    let lang = reasons::lang(lang)?;
    try_run(py, lang.unwrap_or_default(), || {
        let document = form::from_json(json).map_err(Error::Form)?;
        Ok(syntax::print(&document, document.lang.or(lang).unwrap_or_default()))
    })
}

/// The names and texts of the program files among files and folders.
#[pyfunction]
pub fn sources(py: Python<'_>, paths: Vec<PathBuf>) -> PyResult<Vec<(String, String)>> {
    run(py, || jalon_files::sources(paths))?.map_err(|error| match error.problem() {
        FileProblem::Io(io) => io::Error::new(io.kind(), error.to_string()).into(),
        FileProblem::NoProgram => io::Error::new(io::ErrorKind::NotFound, error.to_string()).into(),
        _ => raise(py, "SyntaxError", error.to_string()),
    })
}
