//! The compiled core of the Python package `jalon`: converts, detaches, calls, converts back.
//! What users see is written in Python, in `python/jalon`.
#![expect(clippy::needless_pass_by_value, reason = "pyo3 hands arguments over by value")]

mod blueprint;
mod clock;
mod criterion;
mod desk;
mod diff;
mod error;
mod format;
mod forms;
mod frame;
mod judge;
mod migration;
mod output;
mod picture;
mod program;
mod reading;
mod reasons;
mod rehearsal;
mod replay;
mod score;
mod simulation;
mod sql;
mod state;
mod template;
mod users;
mod value;
mod workflow;

use pyo3::prelude::*;

/// The compiled core of `jalon`.
#[pymodule(gil_used = false)]
mod _native {
    use pyo3::prelude::*;

    #[pymodule_export]
    use crate::blueprint::{Blueprint, Fired, Instance, Offer, Refusal};
    #[pymodule_export]
    use crate::criterion::{Criterion, match_frame};
    #[pymodule_export]
    use crate::diff::compare;
    #[pymodule_export]
    use crate::format::{format, format_criterion};
    #[pymodule_export]
    use crate::forms::{export_criterion, import_text};
    #[pymodule_export]
    use crate::frame::coded::coded;
    #[pymodule_export]
    use crate::judge::{Judge, Scored};
    #[pymodule_export]
    use crate::migration::{Migration, blueprint_content};
    #[pymodule_export]
    use crate::picture::Picture;
    #[pymodule_export]
    use crate::program::{Program, sources, text_of_json};
    #[pymodule_export]
    use crate::reasons::Reasons;
    #[pymodule_export]
    use crate::rehearsal::Rehearsal;
    #[pymodule_export]
    use crate::replay::{discover, replay};
    #[pymodule_export]
    use crate::score::Score;
    #[pymodule_export]
    use crate::simulation::simulate;
    #[pymodule_export]
    use crate::sql::{fold_text, sql_functions, to_sql};
    #[pymodule_export]
    use crate::state::State;
    #[pymodule_export]
    use crate::template::Template;
    #[pymodule_export]
    use crate::users::Users;
    #[pymodule_export]
    use crate::workflow::{decide, next_run, select, test_rules, unknown_function};

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
