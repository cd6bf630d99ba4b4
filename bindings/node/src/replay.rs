//! Logs replayed through blueprints, and the blueprints that logs imply.
#![expect(clippy::needless_pass_by_value, reason = "N-API hands over owned values")]

use jalon::blueprint::discover::{Naming, discover as discover_in};
use jalon::blueprint::log::{Event, Log, LogBuilder, Missing};
use jalon::blueprint::replay::Reading;
use jalon::lang::Lang;
use jalon::program::Loader;
use jalon::value::Zone;
use napi_derive::napi;

use crate::failure::{Failure, guard, to_json};
use crate::moment;
use crate::program::{Now, Program, read_lang};

/// The columns of a log; those that it does not have are empty.
#[napi(object)]
#[derive(Debug)]
pub struct LogColumns {
    /// The case of each row.
    pub cases: Vec<Option<String>>,
    /// The state or the activity of each row.
    pub what: Vec<Option<String>>,
    /// The transition of each row.
    pub transitions: Vec<Option<String>>,
    /// Who, of each row.
    pub by: Vec<Option<String>>,
    /// When, of each row.
    pub times: Vec<Now>,
}

/// A replay as JSON, and what is to be written on a picture, as JSON.
#[napi(object, object_from_js = false)]
#[derive(Debug)]
pub struct Replayed {
    /// What was found.
    pub report: String,
    /// The figures.
    pub figures: String,
}

/// Replays a log.
#[napi]
pub fn replay(
    program: &Program,
    blueprint: Option<String>,
    columns: LogColumns,
    reading: Option<String>,
    zone: Option<String>,
    lang: Option<String>,
) -> napi::Result<Replayed> {
    let program = &program.0;
    guard(program.lang(), || {
        let lang = read_lang(lang)?.unwrap_or(program.lang());
        let clock = moment::clock(program, None, zone)?;
        let reading = match reading.as_deref() {
            None => None,
            Some("states") => Some(Reading::States),
            Some("transitions") => Some(Reading::Transitions),
            Some(other) => {
                let message = format!("reading is \"states\" or \"transitions\", not {other:?}");
                return Err(Failure::Argument(message));
            }
        };
        let log = columns.log(clock.zone, lang)?;
        let report = program.replay(blueprint.as_deref(), &log, reading, &clock)?;
        let figures = to_json(&report.figures())?;
        Ok(Replayed { report: to_json(&report.told(lang))?, figures })
    })
}

/// The text of the blueprint that a log implies.
#[napi]
pub fn discover(
    columns: LogColumns,
    name: Option<String>,
    module: Option<String>,
    field: String,
    min_count: u32,
    zone: Option<String>,
    lang: Option<String>,
) -> napi::Result<String> {
    let lang = guard(Lang::En, || Ok(read_lang(lang)?.unwrap_or_default()))?;
    guard(lang, || {
        let zone = moment::zone(zone)?.unwrap_or_default();
        let found = discover_in(&columns.log(zone, lang)?, u64::from(min_count))
            .map_err(|error| Failure::Argument(error.message(lang, "minCount: ")))?;
        let naming = Naming {
            name: name.unwrap_or_else(|| {
                lang.pick("Parcours découvert", "Discovered blueprint").to_owned()
            }),
            module,
            field,
            lang,
            zone,
        };
        let text = found.text(&naming);
        // What is wrong with a name that was asked for is said, not given back.
        Loader::default().lang(lang).source("<discover>", text.clone()).load()?;
        Ok(text)
    })
}

impl LogColumns {
    fn log(self, zone: Zone, lang: Lang) -> Result<Log, Failure> {
        let mut log = LogBuilder::default();
        let mut times = self.times.into_iter();
        for (row, (case, what)) in self.cases.iter().zip(&self.what).enumerate() {
            let at = times.next().flatten().map(|at| moment::moment(at, "a time")).transpose()?;
            let event = Event {
                case: case.as_deref().unwrap_or_default(),
                what: what.as_deref().unwrap_or_default(),
                transition: text_at(&self.transitions, row),
                by: text_at(&self.by, row),
                at: at.map(|at| zone.instant_of(at)),
            };
            log.push(&event).map_err(|missing| lacks(row + 1, missing, lang))?;
        }
        Ok(log.build())
    }
}

fn text_at(column: &[Option<String>], row: usize) -> Option<&str> {
    column.get(row)?.as_deref()
}

/// A row that is no event.
fn lacks(row: usize, missing: Missing, lang: Lang) -> Failure {
    let what = match missing {
        Missing::Case => lang.pick("le cas", "the case"),
        Missing::What => lang.pick("l'état ou l'activité", "the state or the activity"),
    };
    Failure::Argument(
        lang.pick(
            format!("ligne {row} : il manque {what}"),
            format!("row {row}: {what} is missing"),
        ),
    )
}
