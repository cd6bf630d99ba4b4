//! `jalon blueprint migrate`: instances under an edited blueprint.

mod map;
mod output;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant as Started;

use clap::Args;
use jalon::blueprint::migration::{Fate, Migration, Planner};
use jalon::blueprint::{Instance, InstanceError};
use jalon::lang::Lang;
use jalon::program::{Error, Program};
use jalon::value::Instant;
use serde_json::{Map, Value as Json};

use crate::args::{FixedClockArgs, Form};
use crate::failure::Failure;
use crate::objects::{INSTANCE, Objects, Place, Read};
use crate::progress::Bar;
use crate::run::store;
use crate::{clock, program};
use output::{Out, Refused, Report};

/// So many instances that cannot be read are named; the others are counted.
const MOST_NAMED: u64 = 10;

/// `jalon blueprint migrate`
#[derive(Debug, Args)]
#[command(after_help = "\
Each instance is a JSON object (blueprint, content, state, since, …); other keys, such as the id of
the record, go with it; or a record that has one under `process`. One whose blueprint has not
changed does not change; another keeps its state if the new blueprint still has it, unless --map
leads elsewhere. A state that is gone and of which --map says nothing is refused, and with --old
also an instance that was not started under the old program. Without --apply nothing is written;
with it everything is, or nothing where an instance is refused.

Examples:
  jalon blueprint migrate rules/ --old old/ --instances inside.ndjson
  jalon blueprint migrate rules/ --instances inside.ndjson --map 'Review=Check' --map 'Stale='
  jalon blueprint migrate rules/ --instances inside.ndjson --map 'Sales/Quote=Offer'
  jalon blueprint migrate rules/ --instances inside.ndjson --apply --now now -o after.ndjson

Exit codes: 0 fine, 1 an instance is refused or cannot be read, or findings in a program, 2 usage or
files.")]
#[command(override_usage = "jalon blueprint migrate [OPTIONS] --instances FILE FILES...")]
pub struct MigrateArgs {
    /// The new program: `.jalon` files, or folders of them
    #[arg(required = true, value_name = "FILES")]
    pub files: Vec<PathBuf>,
    /// The instances: one JSON object a line, or a JSON array; `-` reads them from standard input
    #[arg(long, required = true, value_name = "FILE")]
    pub instances: PathBuf,
    /// The old program: a `.jalon` file or a folder; as often as there are several
    #[arg(long, value_name = "FILES")]
    pub old: Vec<PathBuf>,
    /// Where a state leads: `Old=New`, `Old=` out of the process, `Blueprint/Old=New` of one
    /// blueprint, or a JSON file such as {"Old": "New", "Gone": null}
    #[arg(long, value_name = "OLD=NEW")]
    pub map: Vec<String>,
    /// A blueprint that has another name now: `Old=New`
    #[arg(long, value_name = "OLD=NEW")]
    pub rename: Vec<String>,
    /// Write the migrated instances to --out
    #[arg(long, requires = "out")]
    pub apply: bool,
    /// Where they go: a JSON array if the name ends in .json, else one object a line
    #[arg(short = 'o', long = "out", value_name = "OUT", requires = "apply")]
    pub out: Option<PathBuf>,
    /// Who migrates them, for their history
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
    #[command(flatten)]
    pub clock: FixedClockArgs,
    /// List so many that are refused; all are counted
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub show: usize,
    /// Text for people, or JSON
    #[arg(long, value_enum, default_value_t = Form::Text)]
    pub format: Form,
}

/// Plans, and migrates where that is asked for.
pub fn run(args: &MigrateArgs, lang: Option<Lang>) -> Result<(), Failure> {
    let started = Started::now();
    program::refuse_as_data(&args.instances, lang)?;
    let (new, lang) = program::load(&args.files, lang, false)?;
    let old = match args.old.as_slice() {
        [] => None,
        files => Some(program::load(files, Some(lang), false)?.0),
    };
    let migration = migration(args, old.as_ref(), &new, lang)?;
    let now = clock::fixed(&args.clock, &new, lang)?.now;
    if args.apply && now.is_none() {
        return Err(Failure::program(Error::ClockNeeded, Some(lang)));
    }
    if store::is_kept(&args.instances) {
        return Err(a_state(&args.instances, lang));
    }
    let instances = Objects::open(&args.instances, INSTANCE, lang)?;
    let mut bar = Bar::of_instances(instances.progress(), lang);
    let out = args.out.as_deref().map(|path| Out::create(path, lang)).transpose()?;
    let planner = migration.planner();
    let mut work =
        Work { args, migration, planner, now, lang, out, refused: Vec::new(), bad: 0, outside: 0 };
    for read in instances {
        match read? {
            Read::Object(object, place) => work.one(object, &place)?,
            Read::Bad(message) => work.bad(&message),
        }
        bar.tick(work.planner.instances());
    }
    bar.clear();
    work.close(started)
}

fn migration(
    args: &MigrateArgs,
    old: Option<&Program>,
    new: &Program,
    lang: Lang,
) -> Result<Migration, Failure> {
    let mapping = map::mapping(args, old, new, lang)?;
    new.migration(old, mapping).map_err(|error| Failure::usage(lang, &error.message(lang)))
}

/// What `jalon run` keeps is no list of instances.
fn a_state(path: &Path, lang: Lang) -> Failure {
    let path = path.display();
    Failure::usage(
        lang,
        &lang.pick(
            format!(
                "`{path}` est un état de `jalon run` ; donnez les décisions, qui portent les \
                 instances : `jalon run … --format json -o decisions.ndjson`"
            ),
            format!(
                "`{path}` is a state of `jalon run`; give the decisions, which carry the \
                 instances: `jalon run … --format json -o decisions.ndjson`"
            ),
        ),
    )
}

/// What is being done.
struct Work<'a> {
    args: &'a MigrateArgs,
    migration: Migration,
    planner: Planner,
    now: Option<Instant>,
    lang: Lang,
    out: Option<Out>,
    /// The first that are refused.
    refused: Vec<Refused>,
    /// Objects that are no instances.
    bad: u64,
    /// Records that are in no process.
    outside: u64,
}

impl Work<'_> {
    /// An instance, or a record that may have one.
    fn one(&mut self, object: Json, place: &Place) -> Result<(), Failure> {
        let Held { instance, rest, at } = match Held::read(object) {
            Ok(held) => held,
            Err(Unread::Outside(record)) => {
                self.outside += 1;
                return self.write(&record);
            }
            Err(Unread::Wrong(error)) => {
                self.bad(&place.said(&error.message(self.lang), self.lang));
                return Ok(());
            }
        };
        if let Fate::Refused { because } = self.planner.add(&instance) {
            if self.refused.len() < self.args.show {
                self.refused.push(Refused::new(place, &rest, &instance, because.clone()));
            }
            return Ok(());
        }
        let (Some(now), Some(_)) = (self.now, &self.out) else { return Ok(()) };
        // What is refused was told above.
        let Ok(migrated) = self.migration.apply(&instance, now, self.args.by.as_deref()) else {
            return Ok(());
        };
        match at.with(rest, migrated.as_ref()) {
            Some(object) => self.write(&object),
            None => Ok(()),
        }
    }

    fn write(&mut self, object: &Json) -> Result<(), Failure> {
        self.out.as_mut().map_or(Ok(()), |out| out.write(object, self.lang))
    }

    fn bad(&mut self, message: &str) {
        self.bad += 1;
        if self.bad <= MOST_NAMED {
            // Nothing better can be done when standard error is closed.
            let _ = write!(std::io::stderr(), "{message}");
        }
    }

    /// Tells what becomes of them; the instances are put in their place only where all can be.
    fn close(self, started: Started) -> Result<(), Failure> {
        let Work { args, planner, lang, out, refused, bad, outside, .. } = self;
        let counts = planner.counts();
        let fails = counts.refused > 0 || bad > 0;
        let applied = out.is_some() && !fails;
        let report = Report { plan: planner.finish(), refused, bad, outside, applied };
        report.print(args.format, lang)?;
        if let Some(out) = out.filter(|_| applied) {
            out.finish(lang)?;
        }
        report.aside(args, started, lang);
        if fails { Err(Failure::silent_finding()) } else { Ok(()) }
    }
}

/// An instance, and what stands around it.
struct Held {
    instance: Instance,
    /// The other keys of its object.
    rest: Map<String, Json>,
    at: At,
}

/// Where an instance stands in its object.
#[derive(Clone, Copy)]
enum At {
    /// It is the object.
    Top,
    /// Under `process`.
    Process,
}

/// What is no instance.
enum Unread {
    /// A record that is in no process.
    Outside(Json),
    /// Something else.
    Wrong(InstanceError),
}

const PROCESS: &str = "process";

impl Held {
    fn read(object: Json) -> Result<Held, Unread> {
        let (of, rest, at) = match object {
            Json::Object(mut object) if object.contains_key("blueprint") => {
                let own = Instance::KEYS.iter().filter_map(|key| object.remove_entry(*key));
                (Json::Object(own.collect()), object, At::Top)
            }
            Json::Object(object) if object.get(PROCESS).is_none_or(Json::is_null) => {
                return Err(Unread::Outside(Json::Object(object)));
            }
            Json::Object(mut object) => {
                (object.remove(PROCESS).unwrap_or_default(), object, At::Process)
            }
            other => (other, Map::new(), At::Top),
        };
        let instance = Instance::from_json(of).map_err(Unread::Wrong)?;
        Ok(Held { instance, rest, at })
    }
}

impl At {
    /// The object with a migrated instance; nothing where the object was the instance, and that
    /// has left its process.
    fn with(self, mut rest: Map<String, Json>, instance: Option<&Instance>) -> Option<Json> {
        let json = instance.and_then(|instance| serde_json::to_value(instance).ok());
        match (self, json) {
            (At::Top, None) => return None,
            (At::Top, Some(Json::Object(instance))) => rest.extend(instance),
            (_, json) => {
                rest.insert(PROCESS.to_owned(), json.unwrap_or(Json::Null));
            }
        }
        Some(Json::Object(rest))
    }
}
