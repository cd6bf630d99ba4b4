//! Frames as Arrow IPC bytes: a stream gives a stream, a file a file.
#![expect(clippy::needless_pass_by_value, reason = "N-API hands over owned values")]

use std::io::Cursor;

use arrow_array::RecordBatchReader;
use arrow_ipc::reader::{FileReader, StreamReader};
use arrow_ipc::writer::{FileWriter, StreamWriter};
use arrow_schema::{ArrowError, Schema};
use jalon::lang::Lang;
use jalon::program as engine;
use jalon::value::Zone;
use jalon::value::fold::same_name;
use jalon_arrow::{FrameError, FrameJob, FrameRun, Now, Out};
use napi::Task;
use napi::bindgen_prelude::{AsyncTask, ClassInstance, Either, Env, Uint8Array};
use napi_derive::napi;

use crate::columns::lang;
use crate::failure::{Failure, guard};
use crate::moment;
use crate::program::{Criterion, Score};

/// What an Arrow IPC file begins with.
const FILE: &[u8] = b"ARROW1";

/// The clock's moment: milliseconds of UTC, ISO text, or the name of a column.
type When = Option<Either<f64, String>>;

/// A frame and what is to be worked out for it.
#[derive(Debug)]
pub struct Frame {
    bytes: Vec<u8>,
    what: What,
    now: When,
    zone: Option<String>,
    lang: Lang,
}

#[derive(Debug)]
enum What {
    Score(engine::Score),
    Criteria(Vec<(String, engine::Criterion)>),
}

/// A frame with its score.
#[napi]
pub fn score_frame(
    score: &Score,
    bytes: &[u8],
    now: When,
    zone: Option<String>,
) -> napi::Result<Uint8Array> {
    let what = What::Score(score.score.clone());
    let lang = score.score.program().lang();
    guard(lang, || run(bytes, &what, now.as_ref(), zone.as_ref(), lang).map(Uint8Array::from))
}

/// The same on another thread. The bytes are copied, so that they may be changed meanwhile.
#[napi(ts_return_type = "Promise<Uint8Array>")]
pub fn score_frame_async(
    score: &Score,
    bytes: &[u8],
    now: When,
    zone: Option<String>,
) -> AsyncTask<Frame> {
    let what = What::Score(score.score.clone());
    let lang = score.score.program().lang();
    AsyncTask::new(Frame { bytes: bytes.to_vec(), what, now, zone, lang })
}

/// A frame with whether each of some named criteria holds.
#[napi]
pub fn match_frame(
    names: Vec<String>,
    criteria: Vec<ClassInstance<'_, Criterion>>,
    bytes: &[u8],
    now: When,
    zone: Option<String>,
) -> napi::Result<Uint8Array> {
    let (what, lang) = (named(names, &criteria), lang(&criteria));
    guard(lang, || run(bytes, &what, now.as_ref(), zone.as_ref(), lang).map(Uint8Array::from))
}

/// The same on another thread. The bytes are copied, so that they may be changed meanwhile.
#[napi(ts_return_type = "Promise<Uint8Array>")]
pub fn match_frame_async(
    names: Vec<String>,
    criteria: Vec<ClassInstance<'_, Criterion>>,
    bytes: &[u8],
    now: When,
    zone: Option<String>,
) -> AsyncTask<Frame> {
    let (what, lang) = (named(names, &criteria), lang(&criteria));
    AsyncTask::new(Frame { bytes: bytes.to_vec(), what, now, zone, lang })
}

fn named(names: Vec<String>, criteria: &[ClassInstance<'_, Criterion>]) -> What {
    What::Criteria(names.into_iter().zip(criteria.iter().map(|one| one.0.clone())).collect())
}

/// Works a frame out: its bytes with columns added.
fn run(
    bytes: &[u8],
    what: &What,
    now: Option<&Either<f64, String>>,
    zone: Option<&String>,
    lang: Lang,
) -> Result<Vec<u8>, Failure> {
    let failure = |error| failure(error, lang);
    let (file, cursor) = (bytes.starts_with(FILE), Cursor::new(bytes));
    let reader: Box<dyn RecordBatchReader + '_> = if file {
        Box::new(FileReader::try_new(cursor, None).map_err(unreadable)?)
    } else {
        Box::new(StreamReader::try_new(cursor, None).map_err(unreadable)?)
    };
    let schema = reader.schema();
    let now = clock(now, zone, &schema)?;
    let job = match what {
        What::Score(score) => FrameJob::score(score, now, lang),
        What::Criteria(criteria) => FrameJob::matching(criteria.clone(), &now),
    };
    let run = job.and_then(|job| job.on(&schema, Out::Whole)).map_err(failure)?;
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
    schema: &Schema,
) -> Result<Now, Failure> {
    if let Some(Either::B(name)) = now
        && schema.fields().iter().any(|field| same_name(field.name(), name))
    {
        let zone = zone.map_or(Ok(Zone::default()), |name| Zone::parse(name));
        let zone = zone.map_err(|error| Failure::Clock(error.to_string()))?;
        return Ok(Now::Column { name: name.clone(), zone });
    }
    let now = now.map(|now| match now {
        Either::A(millis) => Either::A(*millis),
        Either::B(text) => Either::B(text.clone()),
    });
    moment::clock(now, zone.cloned()).map(Now::Fixed)
}

fn unreadable(error: ArrowError) -> Failure {
    Failure::Argument(format!("these bytes are no Arrow IPC stream or file: {error}"))
}

fn failure(error: FrameError, lang: Lang) -> Failure {
    match error {
        FrameError::Program(error) => Failure::Engine(error),
        other => Failure::Argument(other.message(lang)),
    }
}

impl Task for Frame {
    type Output = Vec<u8>;
    type JsValue = Uint8Array;

    fn compute(&mut self) -> napi::Result<Vec<u8>> {
        guard(self.lang, || {
            run(&self.bytes, &self.what, self.now.as_ref(), self.zone.as_ref(), self.lang)
        })
    }

    fn resolve(&mut self, _: Env, bytes: Vec<u8>) -> napi::Result<Uint8Array> {
        Ok(bytes.into())
    }
}
