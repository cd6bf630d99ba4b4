//! Logs replayed through blueprints, and the blueprints that logs imply.
#![expect(clippy::needless_pass_by_value, reason = "N-API hands over owned values")]

use jalon::blueprint::discover::{Naming, discover as discover_in};
use jalon::blueprint::log::{Event, Log, LogBuilder};
use jalon::blueprint::replay::Reading;
use jalon::lang::Lang;
use jalon::value::Zone;
use napi_derive::napi;

use crate::failure::{Failure, guard, to_json};
use crate::moment;
use crate::program::{Now, Program, spoken};

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
        let lang = spoken(lang, program.lang())?;
        let clock = moment::clock(program, None, zone)?;
        let reading = reading.as_deref().map(Reading::named).transpose()?;
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
    let lang = guard(Lang::En, || spoken(lang, Lang::default()))?;
    guard(lang, || {
        let zone = moment::zone(zone)?.unwrap_or_default();
        let found = discover_in(&columns.log(zone, lang)?, u64::from(min_count))
            .map_err(|error| Failure::Argument(error.message(lang, "minCount: ")))?;
        let naming = Naming {
            name: name.unwrap_or_else(|| Naming::default_name(lang).to_owned()),
            module,
            field,
            lang,
            zone,
        };
        Ok(found.program_text(&naming)?)
    })
}

impl LogColumns {
    fn log(self, zone: Zone, lang: Lang) -> Result<Log, Failure> {
        let mut log = LogBuilder::default();
        let mut times = self.times.into_iter();
        for (row, (case, what)) in self.cases.iter().zip(&self.what).enumerate() {
            let at = times.next().flatten().map(moment::moment).transpose()?;
            let event = Event {
                case: case.as_deref().unwrap_or_default(),
                what: what.as_deref().unwrap_or_default(),
                transition: text_at(&self.transitions, row),
                by: text_at(&self.by, row),
                at: at.map(|at| zone.instant_of(at)),
            };
            let number = row as u64 + 1;
            log.push(&event).map_err(|lacks| Failure::Argument(lacks.message(number, lang)))?;
        }
        Ok(log.build())
    }
}

fn text_at(column: &[Option<String>], row: usize) -> Option<&str> {
    column.get(row)?.as_deref()
}
