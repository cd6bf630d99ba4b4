//! Reasons as they cross to Python: data as JSON, sentences as text.

use std::collections::HashMap;

use jalon::diagnostic::Units;
use jalon::eval::Explanation;
use jalon::lang::Lang;
use jalon::program::Diagnostics;
use jalon::score::ScoreResult;
use jalon::value::Zone;
use jalon::workflow::Decision;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use serde::Serialize;

/// What pickled reasons keep: their JSON, their sentences by language, their own language.
type Kept = (String, HashMap<&'static str, String>, &'static str);

/// The reasons of a criterion or of a score, or a decision.
#[pyclass(frozen, module = "jalon._native")]
#[derive(Debug)]
pub struct Reasons {
    core: Core,
    lang: Lang,
    /// Whose local times the sentences say.
    zone: Zone,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Core {
    Criterion(Explanation),
    Score(ScoreResult),
    Decision(Box<Decision>),
}

impl Reasons {
    pub fn of_criterion(core: Explanation, lang: Lang) -> Reasons {
        Reasons { core: Core::Criterion(core), lang, zone: Zone::UTC }
    }

    pub fn of_score(core: ScoreResult, lang: Lang) -> Reasons {
        Reasons { core: Core::Score(core), lang, zone: Zone::UTC }
    }

    pub fn of_decision(core: Decision, lang: Lang, zone: Zone) -> Reasons {
        Reasons { core: Core::Decision(Box::new(core)), lang, zone }
    }

    fn told(&self, lang: Lang) -> String {
        match &self.core {
            Core::Criterion(explanation) => explanation.sentence(lang),
            Core::Score(result) => result.explain(lang),
            Core::Decision(decision) => decision.report_in(lang, self.zone),
        }
    }
}

#[pymethods]
impl Reasons {
    #[getter]
    fn lang(&self) -> &'static str {
        self.lang.code()
    }

    /// As JSON.
    fn json(&self) -> PyResult<String> {
        json(&self.core)
    }

    /// As text.
    #[pyo3(signature = (lang=None))]
    fn sentence(&self, lang: Option<&str>) -> PyResult<String> {
        Ok(self.told(self::lang(lang)?.unwrap_or(self.lang)))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, Kept)> {
        let class = py.import("jalon._reading")?.getattr("Kept")?;
        let sentences = [Lang::Fr, Lang::En].map(|lang| (lang.code(), self.told(lang)));
        Ok((class, (self.json()?, sentences.into(), self.lang.code())))
    }
}

/// A result as JSON.
pub fn json(result: &impl Serialize) -> PyResult<String> {
    serde_json::to_string(result).map_err(|error| PyValueError::new_err(error.to_string()))
}

/// Findings as JSON, places counted as Python counts them.
pub fn diagnostics(found: &Diagnostics) -> String {
    found.form(found.lang, Units::Characters).to_string()
}

/// A language by its code.
pub fn lang(code: Option<&str>) -> PyResult<Option<Lang>> {
    let read = |code: &str| {
        code.parse()
            .map_err(|()| PyValueError::new_err(format!("lang= is \"fr\" or \"en\", not {code:?}")))
    };
    code.map(read).transpose()
}
