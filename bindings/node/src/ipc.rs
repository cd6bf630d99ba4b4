//! Frames as Arrow IPC bytes: a stream gives a stream, a file a file.
#![expect(clippy::needless_pass_by_value, reason = "N-API hands over owned values")]

use std::io::Cursor;

use arrow_array::RecordBatchReader;
use arrow_ipc::reader::{FileReader, StreamReader};
use arrow_ipc::writer::{FileWriter, StreamWriter};
use arrow_schema::{ArrowError, Schema};
use jalon::lang::Lang;
use jalon::program as engine;
use jalon_arrow::{FrameError, FrameJob, FrameRun, JobOptions, Now, Out};
use napi::Task;
use napi::bindgen_prelude::{AsyncTask, ClassInstance, Either, Env, Uint8Array};
use napi_derive::napi;

use crate::columns::lang;
use crate::criterion::Criterion;
use crate::failure::{Failure, guard, no_criterion};
use crate::moment;
use crate::program::spoken;
use crate::score::Score;

/// What an Arrow IPC file begins with.
const FILE: &[u8] = b"ARROW1";

/// The clock's moment: milliseconds of UTC, ISO text, or the name of a column.
type When = Option<Either<f64, String>>;

/// What is to be worked out for frames.
#[napi]
#[derive(Clone, Debug)]
pub struct Job {
    what: What,
    out: Out,
    now: When,
    zone: Option<String>,
    options: JobOptions,
}

#[derive(Clone, Debug)]
enum What {
    Score(engine::Score),
    Criteria(Vec<(String, engine::Criterion)>),
    /// The reasons, in a language.
    ScoreReasons(engine::Score, Lang),
    CriterionReasons(engine::Criterion, Lang),
}

impl What {
    /// The program that it is of; none of no criterion.
    fn program(&self) -> Option<&engine::Program> {
        match self {
            What::Score(score) | What::ScoreReasons(score, _) => Some(score.program()),
            What::CriterionReasons(criterion, _) => Some(criterion.program()),
            What::Criteria(criteria) => criteria.first().map(|(_, first)| first.program()),
        }
    }
}

/// A frame, and what is to be worked out for it.
#[derive(Debug)]
pub struct Frame {
    bytes: Vec<u8>,
    job: Job,
}

fn options(lang: Lang, threads: Option<u32>) -> JobOptions {
    JobOptions { lang, threads: threads.unwrap_or(0) as usize, ..JobOptions::default() }
}

#[napi]
impl Job {
    /// Frames with a score and, where that is asked for, the points of each of its lines; all
    /// processors share the work where no number of threads is given.
    #[napi(factory)]
    pub fn score(
        score: &Score,
        now: When,
        zone: Option<String>,
        threads: Option<u32>,
        contributions: bool,
    ) -> Job {
        let options = options(score.score.program().lang(), threads);
        let options = JobOptions { contributions, ..options };
        Job { what: What::Score(score.score.clone()), out: Out::Whole, now, zone, options }
    }

    /// Frames with whether each of some named criteria holds.
    #[napi(factory)]
    pub fn matching(
        names: Vec<String>,
        criteria: Vec<ClassInstance<'_, Criterion>>,
        now: When,
        zone: Option<String>,
        threads: Option<u32>,
    ) -> Job {
        let options = options(lang(&criteria), threads);
        let criteria = names.into_iter().zip(criteria.iter().map(|one| one.0.clone()));
        Job { what: What::Criteria(criteria.collect()), out: Out::Whole, now, zone, options }
    }

    /// The rows on which a criterion holds.
    #[napi(factory)]
    pub fn filter(
        criterion: &Criterion,
        now: When,
        zone: Option<String>,
        threads: Option<u32>,
    ) -> Job {
        let options = options(criterion.0.program().lang(), threads);
        let what = What::Criteria(vec![("matches".to_owned(), criterion.0.clone())]);
        Job { what, out: Out::Kept, now, zone, options }
    }

    /// Frames with a score and its reasons.
    #[napi(factory)]
    pub fn explain_score(
        score: &Score,
        now: When,
        zone: Option<String>,
        asked: Option<String>,
    ) -> napi::Result<Job> {
        let lang = score.score.program().lang();
        guard(lang, || {
            let asked = spoken(asked, lang)?;
            let what = What::ScoreReasons(score.score.clone(), asked);
            Ok(Job { what, out: Out::Whole, now, zone, options: options(lang, None) })
        })
    }

    /// Frames with whether a criterion holds, and why.
    #[napi(factory)]
    pub fn explain_criterion(
        criterion: &Criterion,
        now: When,
        zone: Option<String>,
        asked: Option<String>,
    ) -> napi::Result<Job> {
        let lang = criterion.0.program().lang();
        guard(lang, || {
            let asked = spoken(asked, lang)?;
            let what = What::CriterionReasons(criterion.0.clone(), asked);
            Ok(Job { what, out: Out::Whole, now, zone, options: options(lang, None) })
        })
    }

    /// What comes out of a frame.
    #[napi]
    pub fn run(&self, bytes: &[u8]) -> napi::Result<Uint8Array> {
        guard(self.options.lang, || self.answer(bytes).map(Uint8Array::from))
    }

    /// The same on another thread. The bytes are copied, so that they may be changed meanwhile.
    #[napi(ts_return_type = "Promise<Uint8Array>")]
    pub fn run_async(&self, bytes: &[u8]) -> AsyncTask<Frame> {
        AsyncTask::new(Frame { bytes: bytes.to_vec(), job: self.clone() })
    }
}

impl Job {
    /// The bytes of what comes out.
    fn answer(&self, bytes: &[u8]) -> Result<Vec<u8>, Failure> {
        let lang = self.options.lang;
        let failure = |error| failure(error, lang);
        let (file, cursor) = (bytes.starts_with(FILE), Cursor::new(bytes));
        let reader: Box<dyn RecordBatchReader + '_> = if file {
            Box::new(FileReader::try_new(cursor, None).map_err(unreadable)?)
        } else {
            Box::new(StreamReader::try_new(cursor, None).map_err(unreadable)?)
        };
        let run = self.on(&reader.schema())?;
        let schema = run.schema().clone();
        let given = |error: ArrowError| failure(error.into());
        if file {
            let mut writer = FileWriter::try_new(Vec::new(), &schema).map_err(given)?;
            each(reader, run, lang, |batch| writer.write(batch))?;
            writer.into_inner().map_err(given)
        } else {
            let mut writer = StreamWriter::try_new(Vec::new(), &schema).map_err(given)?;
            each(reader, run, lang, |batch| writer.write(batch))?;
            writer.into_inner().map_err(given)
        }
    }

    fn on(&self, schema: &Schema) -> Result<FrameRun, Failure> {
        let program = self.what.program().ok_or_else(no_criterion)?;
        let now = clock(self.now.as_ref(), self.zone.as_ref(), program, schema)?;
        let job = match &self.what {
            What::Score(score) => FrameJob::score(score, now, self.options),
            What::Criteria(criteria) => FrameJob::matching(criteria.clone(), now, self.options),
            What::ScoreReasons(score, asked) => {
                FrameJob::explain_score(score, now, self.options, *asked)
            }
            What::CriterionReasons(criterion, asked) => {
                FrameJob::explain_criterion(criterion, now, *asked)
            }
        };
        let run = job.and_then(|job| job.on(schema, self.out));
        run.map_err(|error| failure(error, self.options.lang))
    }
}

/// Works batches out and writes them.
fn each(
    reader: Box<dyn RecordBatchReader + '_>,
    mut run: FrameRun,
    lang: Lang,
    mut write: impl FnMut(&arrow_array::RecordBatch) -> Result<(), ArrowError>,
) -> Result<(), Failure> {
    for batch in reader {
        let worked = run.batch(&batch.map_err(unreadable)?);
        worked
            .and_then(|batch| write(&batch).map_err(FrameError::from))
            .map_err(|error| failure(error, lang))?;
    }
    Ok(())
}

/// The clock of a frame: `now` may name one of its columns.
fn clock(
    now: Option<&Either<f64, String>>,
    zone: Option<&String>,
    program: &engine::Program,
    schema: &Schema,
) -> Result<Now, Failure> {
    let zone = moment::zone(zone.cloned())?;
    let now = match now {
        Some(Either::B(text)) => {
            let now = Now::of_text(text, schema, program, zone);
            return now.map_err(|error| failure(error, program.lang()));
        }
        Some(Either::A(millis)) => Some(moment::moment(Either::A(*millis))?),
        None => None,
    };
    Ok(Now::Fixed(program.clock(now, zone)))
}

fn unreadable(error: ArrowError) -> Failure {
    Failure::Argument(format!("these bytes are no Arrow IPC stream or file: {error}"))
}

fn failure(error: FrameError, lang: Lang) -> Failure {
    match error {
        FrameError::Program(error) => Failure::Engine(error),
        FrameError::NoNow(_) => Failure::Clock(error.message(lang)),
        other => Failure::Argument(other.message(lang)),
    }
}

impl Task for Frame {
    type Output = Vec<u8>;
    type JsValue = Uint8Array;

    fn compute(&mut self) -> napi::Result<Vec<u8>> {
        guard(self.job.options.lang, || self.job.answer(&self.bytes))
    }

    fn resolve(&mut self, _: Env, bytes: Vec<u8>) -> napi::Result<Uint8Array> {
        Ok(bytes.into())
    }
}
