//! What is told of a migration, and the instances written.

use std::io::Write;
use std::path::Path;
use std::time::Instant as Started;

use jalon::blueprint::Instance;
use jalon::blueprint::migration::{Fate, Plan, Refusal};
use jalon::lang::Lang;
use jalon_files::write::Sink;
use jalon_files::{FileError, FileProblem};
use serde::Serialize;
use serde_json::{Map, Value as Json};

use super::MigrateArgs;
use crate::args::Form;
use crate::failure::Failure;
use crate::number;
use crate::objects::Place;
use crate::progress;

/// An instance that is refused.
#[derive(Debug, Serialize)]
pub struct Refused {
    /// Its line, or its place in the array.
    row: u64,
    /// The record's id, where the object says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<Json>,
    blueprint: String,
    state: String,
    #[serde(flatten)]
    because: Refusal,
}

impl Refused {
    /// As the file has it.
    pub fn new(
        place: &Place,
        rest: &Map<String, Json>,
        instance: &Instance,
        because: Refusal,
    ) -> Refused {
        let (blueprint, state) = (instance.blueprint.to_string(), instance.state.to_string());
        Refused { row: place.number(), id: rest.get("id").cloned(), blueprint, state, because }
    }

    fn line(&self, lang: Lang) -> String {
        let row = lang.pick(format!("ligne {}", self.row), format!("row {}", self.row));
        let id = match &self.id {
            Some(Json::String(id)) => format!(" · {id}"),
            Some(id) => format!(" · {id}"),
            None => String::new(),
        };
        format!("  {row}{id} · {} · {}", self.blueprint, self.state)
    }
}

/// What becomes of all of them.
#[derive(Debug, Serialize)]
pub struct Report {
    /// The plan.
    #[serde(flatten)]
    pub plan: Plan,
    /// The first that are refused.
    #[serde(rename = "listed")]
    pub refused: Vec<Refused>,
    /// Objects that are no instances.
    #[serde(rename = "unreadable")]
    pub bad: u64,
    /// Records that are in no process, and stay as they are.
    pub outside: u64,
    /// Whether the migrated instances are written.
    pub applied: bool,
}

impl Report {
    /// Prints it on standard output.
    pub fn print(&self, form: Form, lang: Lang) -> Result<(), Failure> {
        let text = match form {
            Form::Json => serde_json::to_string_pretty(self).unwrap_or_default(),
            Form::Text => self.text(lang),
        };
        let mut out = std::io::stdout();
        out.write_all((text + "\n").as_bytes()).map_err(|error| Failure::stdout(error, lang))
    }

    fn text(&self, lang: Lang) -> String {
        let mut lines = vec![self.plan.report(lang)];
        if !self.refused.is_empty() {
            lines.push(lang.pick("\nRefusées", "\nRefused").to_owned());
            lines.extend(self.refused.iter().map(|refused| refused.line(lang)));
            let more = self.plan.counts.refused - self.refused.len() as u64;
            if more > 0 {
                let more = number::count(more, lang);
                lines.push(lang.pick(
                    format!("… et {more} de plus ; --show N en nomme davantage"),
                    format!("… and {more} more; --show N lists more of them"),
                ));
            }
        }
        let ways = self.ways_out(lang);
        if !ways.is_empty() {
            let head = lang.pick(
                "\nDites où vont leurs fiches (`=` suivi de rien les fait sortir)",
                "\nSay where their records go (`=` with nothing behind lets them out)",
            );
            lines.push(head.to_owned());
            lines.extend(ways.into_iter().map(|way| format!("  {way}")));
        }
        lines.join("\n")
    }

    /// The options that would settle what is refused.
    fn ways_out(&self, lang: Lang) -> Vec<String> {
        let mut ways = Vec::new();
        for group in &self.plan.groups {
            if let Fate::Refused { because: Refusal::StateGone { near } } = &group.fate {
                let to = near.as_deref().unwrap_or(lang.pick("NOUVEAU", "NEW"));
                let way = format!("--map {}", quoted(&format!("{}={to}", group.state)));
                if !ways.contains(&way) {
                    ways.push(way);
                }
            }
        }
        ways
    }

    /// What is said on standard error.
    pub fn aside(&self, args: &MigrateArgs, started: Started, lang: Lang) {
        let mut lines = Vec::new();
        if self.bad > 0 {
            let bad = number::count(self.bad, lang);
            lines.push(lang.pick(
                format!("objets qui ne sont pas des instances : {bad}"),
                format!("objects that are no instances: {bad}"),
            ));
        }
        if self.outside > 0 {
            let outside = number::count(self.outside, lang);
            lines.push(lang.pick(
                format!("objets sans instance, laissés tels quels : {outside}"),
                format!("objects without an instance, left as they are: {outside}"),
            ));
        }
        if let Some(path) = &args.out {
            let path = path.display();
            let counts = self.plan.counts;
            let written = number::count(counts.kept + counts.moved, lang);
            lines.push(if self.applied {
                lang.pick(
                    format!("`{path}` : instances écrites : {written}"),
                    format!("`{path}`: instances written: {written}"),
                )
            } else {
                lang.pick(
                    format!("rien n'est écrit dans `{path}`"),
                    format!("nothing is written to `{path}`"),
                )
            });
        }
        lines.extend(progress::time(started, lang));
        if !lines.is_empty() {
            // Nothing better can be done when standard error is closed.
            let _ = writeln!(std::io::stderr(), "{}", lines.join("\n"));
        }
    }
}

/// A word for a shell.
fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', "'\\''"))
}

/// The instances, written.
pub struct Out {
    sink: Sink,
    name: String,
    is_array: bool,
    written: u64,
}

impl Out {
    /// A file, which takes its place when all is written.
    pub fn create(path: &Path, lang: Lang) -> Result<Out, Failure> {
        let name = path.display().to_string();
        let sink = Sink::create(Some(path)).map_err(|error| failed(&name, error, lang))?;
        let is_array = path.extension().is_some_and(|extension| extension == "json");
        Ok(Out { sink, name, is_array, written: 0 })
    }

    /// Writes an object.
    pub fn write(&mut self, object: &Json, lang: Lang) -> Result<(), Failure> {
        let between = match (self.is_array, self.written) {
            (true, 0) => "[\n",
            (true, _) => ",\n",
            (false, 0) => "",
            (false, _) => "\n",
        };
        self.written += 1;
        let text = format!("{between}{object}");
        self.sink.write_all(text.as_bytes()).map_err(|error| failed(&self.name, error, lang))
    }

    /// Puts the file in its place.
    pub fn finish(mut self, lang: Lang) -> Result<(), Failure> {
        let end = match (self.is_array, self.written) {
            (true, 0) => "[]\n",
            (true, _) => "\n]\n",
            (false, 0) => "",
            (false, _) => "\n",
        };
        let written = self.sink.write_all(end.as_bytes()).and_then(|()| self.sink.finish());
        written.map_err(|error| failed(&self.name, error, lang))
    }
}

fn failed(name: &str, error: std::io::Error, lang: Lang) -> Failure {
    Failure::file(&FileError::new(name.to_owned(), FileProblem::Io(error)), lang)
}
