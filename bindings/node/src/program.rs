//! Programs, criteria and scores as native classes; the package wraps them in its own.
#![expect(clippy::needless_pass_by_value, reason = "N-API hands over owned values")]

use jalon::lang::Lang;
use jalon::program::{self as engine, Loader, Scorer};
use jalon::source::Source;
use jalon::template::Format;
use napi::bindgen_prelude::{AsyncTask, ClassInstance, Either, Env, Uint8Array, Unknown};
use napi_derive::napi;
use serde_json::json;

use crate::batch::{Batch, Light};
use crate::desk::Desk;
use crate::failure::{Failure, diagnostics, guard, to_json};
use crate::js::Js;
use crate::moment;
use crate::picture::Picture;
use crate::reasons::{ExplainRows, Explained, Reasons};
use crate::record;
use crate::template::Template;

/// The moment of an evaluation: milliseconds of UTC, or ISO text.
#[napi]
pub type Now = Option<Either<f64, String>>;

/// A compiled program.
#[napi]
#[derive(Debug)]
pub struct Program(pub(crate) engine::Program);

/// A compiled criterion.
#[napi]
#[derive(Debug)]
pub struct Criterion(pub(crate) engine::Criterion);

/// A compiled score, with the buffers that one thread needs to run it.
#[napi]
#[derive(Debug)]
pub struct Score {
    pub(crate) score: engine::Score,
    scorer: Option<Scorer>,
}

/// Compiles a program of files and folders.
#[napi]
pub fn load(paths: Vec<String>, lang: Option<String>, strict: bool) -> napi::Result<Program> {
    guard(Lang::En, || {
        let loader = jalon_files::with_sources(Loader::default(), &paths)
            .map_err(|error| Failure::File(error.to_string()))?;
        compile(loader, lang, strict)
    })
}

/// Compiles a program of one text; `name` is what diagnostics call it.
#[napi]
pub fn parse(
    text: String,
    name: Option<String>,
    lang: Option<String>,
    strict: bool,
) -> napi::Result<Program> {
    guard(Lang::En, || {
        let name = name.unwrap_or_else(|| "<text>".to_owned());
        compile(Loader::default().source(name, text), lang, strict)
    })
}

/// Compiles a program of its JSON; `name` is what diagnostics call its text.
#[napi]
pub fn parse_json(
    json: String,
    name: Option<String>,
    lang: Option<String>,
    strict: bool,
) -> napi::Result<Program> {
    let said = lang.as_deref().and_then(|code| code.parse().ok()).unwrap_or(Lang::En);
    guard(said, || {
        let name = name.unwrap_or_else(|| "<json>".to_owned());
        let loader = match read_lang(lang.clone())? {
            Some(lang) => Loader::default().lang(lang),
            None => Loader::default(),
        };
        let loader = loader.json(name, &json).map_err(engine::Error::Form)?;
        compile(loader, lang, strict)
    })
}

/// Compiles a criterion without a program.
#[napi]
pub fn criterion(text: String) -> napi::Result<Criterion> {
    guard(Lang::En, || Ok(Criterion(engine::Criterion::parse(&text)?)))
}

fn compile(loader: Loader, lang: Option<String>, strict: bool) -> Result<Program, Failure> {
    let loader = match read_lang(lang)? {
        Some(lang) => loader.lang(lang),
        None => loader,
    };
    let loader = if strict { loader.strict() } else { loader };
    Ok(Program(loader.load()?))
}

pub(crate) fn read_lang(code: Option<String>) -> Result<Option<Lang>, Failure> {
    code.map(|code| {
        code.parse()
            .map_err(|()| Failure::Argument(format!("lang must be \"fr\" or \"en\": {code}")))
    })
    .transpose()
}

#[napi]
impl Program {
    /// What it declares and what was found in it, as JSON.
    #[napi]
    pub fn about(&self) -> napi::Result<String> {
        guard(self.0.lang(), || {
            let found = self.0.diagnostics();
            let checked = self.0.checked();
            let about = json!({
                "lang": found.lang,
                "modules": checked.schema.modules.iter().map(|m| &m.name).collect::<Vec<_>>(),
                "scores": checked.scores.iter().map(|s| &s.name).collect::<Vec<_>>(),
                "schedules": self.0.schedules().collect::<Vec<_>>(),
                "blueprints": self.0.blueprints().collect::<Vec<_>>(),
                "rules": checked.rules.iter().map(|r| &r.name).collect::<Vec<_>>(),
                "diagnostics": diagnostics(&found),
                "sources": found.sources.iter().map(|(_, s)| json!({ "name": s.name, "text": s.text })).collect::<Vec<_>>(),
            });
            Ok(about.to_string())
        })
    }

    /// Warnings, notes and doubts, as JSON.
    #[napi]
    pub fn check(&self) -> napi::Result<String> {
        guard(self.0.lang(), || {
            let texts = self.0.diagnostics().sources;
            let loader = Loader::default().lang(self.0.lang());
            let add = |loader: Loader, text: &Source| loader.source(&text.name, &text.text);
            let found = texts.iter().map(|(_, text)| text).fold(loader, add).check();
            Ok(diagnostics(&found).to_string())
        })
    }

    /// What its texts say, as JSON.
    #[napi]
    pub fn to_json(&self) -> napi::Result<String> {
        guard(self.0.lang(), || Ok(self.0.to_json().to_string()))
    }

    /// The hashes of the program and of its declarations, as JSON.
    #[napi]
    pub fn contents(&self) -> napi::Result<String> {
        guard(self.0.lang(), || to_json(self.0.contents()))
    }

    /// A score by name; without one, the only one.
    #[napi]
    pub fn score(&self, name: Option<String>) -> napi::Result<Score> {
        guard(self.0.lang(), || Ok(Score { score: self.0.score(name.as_deref())?, scorer: None }))
    }

    /// A criterion against the program's modules and constants.
    #[napi]
    pub fn criterion(&self, text: String, module: Option<String>) -> napi::Result<Criterion> {
        guard(self.0.lang(), || Ok(Criterion(self.0.criterion(&text, module.as_deref())?)))
    }

    /// A score and criteria, for records that are packed into `memory`.
    #[napi]
    pub fn desk(
        &self,
        score: Option<&Score>,
        criteria: Vec<ClassInstance<'_, Criterion>>,
        memory: Uint8Array,
    ) -> napi::Result<Desk> {
        guard(self.0.lang(), || {
            let criteria = criteria.iter().map(|criterion| criterion.0.clone()).collect();
            Desk::new(&self.0, score.map(|score| score.score.clone()), criteria, memory)
        })
    }

    /// The picture of a blueprint; of the only one by default.
    #[napi]
    pub fn picture(&self, name: Option<String>) -> napi::Result<Picture> {
        let lang = self.0.lang();
        guard(lang, || Ok(Picture { core: self.0.picture(name.as_deref())?, lang }))
    }

    /// A text with fields, compiled.
    #[napi]
    pub fn template(
        &self,
        text: String,
        format: String,
        module: Option<String>,
    ) -> napi::Result<Template> {
        guard(self.0.lang(), || {
            let Some(format) = Format::from_word(&format) else {
                let known = Format::ALL.map(|format| format.word(Lang::En)).join(", ");
                let message = format!("format must be one of {known}, not {format:?}");
                return Err(Failure::Argument(message));
            };
            Ok(Template(self.0.template(&text, format, module.as_deref())?))
        })
    }

    /// The condition of a rule.
    #[napi]
    pub fn rule(&self, name: String) -> napi::Result<Criterion> {
        guard(self.0.lang(), || Ok(Criterion(self.0.rule(&name)?)))
    }

    /// What rules, scores and blueprints say, as JSON.
    #[napi]
    pub fn say(&self, lang: Option<String>) -> napi::Result<String> {
        guard(self.0.lang(), || to_json(&self.0.say(read_lang(lang)?.unwrap_or(self.0.lang()))))
    }

    /// What a rule says.
    #[napi]
    pub fn say_rule(&self, name: String, lang: Option<String>) -> napi::Result<String> {
        guard(self.0.lang(), || {
            Ok(self.0.say_rule(&name, read_lang(lang)?.unwrap_or(self.0.lang()))?)
        })
    }

    /// What a blueprint says.
    #[napi]
    pub fn say_blueprint(&self, name: String, lang: Option<String>) -> napi::Result<String> {
        guard(self.0.lang(), || {
            Ok(self.0.say_blueprint(&name, read_lang(lang)?.unwrap_or(self.0.lang()))?)
        })
    }

    /// What a score says; without a name, the only one.
    #[napi]
    pub fn say_score(&self, name: Option<String>, lang: Option<String>) -> napi::Result<String> {
        guard(self.0.lang(), || {
            let lang = read_lang(lang)?.unwrap_or(self.0.lang());
            Ok(self.0.score(name.as_deref())?.sentence(lang))
        })
    }

    /// The names of the rules that hold on a record.
    #[napi]
    pub fn matching(
        &self,
        env: Env,
        record: Unknown<'_>,
        module: Option<String>,
        now: Now,
        zone: Option<String>,
    ) -> napi::Result<Vec<String>> {
        guard(self.0.lang(), || {
            let clock = moment::clock(&self.0, now, zone)?;
            let row = record::read(Js::new(env), &record)?;
            let names = self.0.matching(&row, &clock, module.as_deref())?;
            Ok(names.into_iter().map(str::to_owned).collect())
        })
    }
}

#[napi]
impl Criterion {
    /// What was found in it, as JSON.
    #[napi]
    pub fn diagnostics(&self) -> napi::Result<String> {
        guard(self.0.program().lang(), || Ok(diagnostics(self.0.diagnostics()).to_string()))
    }

    /// What it says.
    #[napi]
    pub fn sentence(&self, lang: Option<String>) -> napi::Result<String> {
        let own = self.0.program().lang();
        guard(own, || Ok(self.0.sentence(read_lang(lang)?.unwrap_or(own))))
    }

    /// The criterion by itself, for records that are packed into `memory`.
    #[napi]
    pub fn desk(&self, memory: Uint8Array) -> napi::Result<Desk> {
        guard(self.0.program().lang(), || {
            Desk::new(self.0.program(), None, vec![self.0.clone()], memory)
        })
    }

    /// Whether it is one of a program.
    #[napi]
    pub fn is_of(&self, program: &Program) -> bool {
        self.0.program().is(&program.0)
    }

    /// Whether it reads the clock.
    #[napi(getter)]
    pub fn reads_clock(&self) -> bool {
        self.0.reads_clock()
    }

    /// Whether it holds on a record.
    #[napi]
    pub fn matches(
        &self,
        env: Env,
        record: Unknown<'_>,
        now: Now,
        zone: Option<String>,
    ) -> napi::Result<bool> {
        guard(self.0.program().lang(), || {
            let clock = moment::clock(self.0.program(), now, zone)?;
            let row = record::read(Js::new(env), &record)?;
            Ok(self.0.matches(&row, &clock)?)
        })
    }

    /// Why it holds or does not.
    #[napi]
    pub fn explain(
        &self,
        env: Env,
        record: Unknown<'_>,
        now: Now,
        zone: Option<String>,
    ) -> napi::Result<Reasons> {
        guard(self.0.program().lang(), || {
            let clock = moment::clock(self.0.program(), now, zone)?;
            let row = record::read(Js::new(env), &record)?;
            Ok(self.0.explain(&row, &clock)?.into())
        })
    }

    /// Why it holds or does not on each of many records.
    #[napi]
    pub fn explain_rows(
        &self,
        env: Env,
        records: Unknown<'_>,
        first: u32,
        now: Now,
        zone: Option<String>,
    ) -> napi::Result<Vec<Explained>> {
        guard(self.0.program().lang(), || {
            ExplainRows::read(env, self.0.clone(), &records, first, now, zone)?.run()
        })
    }

    /// The same on another thread; only the records are read on this one.
    #[napi(ts_return_type = "Promise<Explained[]>")]
    pub fn explain_rows_async(
        &self,
        env: Env,
        records: Unknown<'_>,
        first: u32,
        now: Now,
        zone: Option<String>,
    ) -> napi::Result<AsyncTask<ExplainRows>> {
        guard(self.0.program().lang(), || {
            let rows = ExplainRows::read(env, self.0.clone(), &records, first, now, zone)?;
            Ok(AsyncTask::new(rows))
        })
    }
}

#[napi]
impl Score {
    /// Its name, as declared.
    #[napi(getter)]
    pub fn name(&self) -> String {
        self.score.name().to_owned()
    }

    /// Its lines as written.
    #[napi(getter)]
    pub fn lines(&self) -> Vec<String> {
        let lines = self.score.declaration().map_or(&[][..], |score| &score.lines);
        lines.iter().map(|line| line.source.clone()).collect()
    }

    /// The score by itself, for records that are packed into `memory`.
    #[napi]
    pub fn desk(&self, memory: Uint8Array) -> napi::Result<Desk> {
        guard(self.score.program().lang(), || {
            Desk::new(self.score.program(), Some(self.score.clone()), Vec::new(), memory)
        })
    }

    /// The total of a record without its reasons, as JSON.
    #[napi]
    pub fn quick(
        &mut self,
        env: Env,
        record: Unknown<'_>,
        now: Now,
        zone: Option<String>,
    ) -> napi::Result<String> {
        guard(self.score.program().lang(), || {
            let clock = moment::clock(self.score.program(), now, zone)?;
            let row = record::read(Js::new(env), &record)?;
            // Taken out meanwhile, so that a call that fails leaves no half-filled buffers.
            let mut scorer = self.scorer.take().map_or_else(|| self.score.scorer(&clock), Ok)?;
            scorer.set_clock(&clock)?;
            let json = to_json(&Light::of(&self.score, &mut scorer, &row, &clock)?);
            self.scorer = Some(scorer);
            json
        })
    }

    /// The total of a record with its reasons.
    #[napi]
    pub fn evaluate(
        &self,
        env: Env,
        record: Unknown<'_>,
        now: Now,
        zone: Option<String>,
    ) -> napi::Result<Reasons> {
        guard(self.score.program().lang(), || {
            let clock = moment::clock(self.score.program(), now, zone)?;
            let row = record::read(Js::new(env), &record)?;
            Ok(self.score.evaluate(&row, &clock)?.into())
        })
    }

    /// The totals of many records with their reasons.
    #[napi]
    pub fn explain_rows(
        &self,
        env: Env,
        records: Unknown<'_>,
        first: u32,
        now: Now,
        zone: Option<String>,
    ) -> napi::Result<Vec<Explained>> {
        guard(self.score.program().lang(), || {
            ExplainRows::read(env, self.score.clone(), &records, first, now, zone)?.run()
        })
    }

    /// The same on another thread; only the records are read on this one.
    #[napi(ts_return_type = "Promise<Explained[]>")]
    pub fn explain_rows_async(
        &self,
        env: Env,
        records: Unknown<'_>,
        first: u32,
        now: Now,
        zone: Option<String>,
    ) -> napi::Result<AsyncTask<ExplainRows>> {
        guard(self.score.program().lang(), || {
            let rows = ExplainRows::read(env, self.score.clone(), &records, first, now, zone)?;
            Ok(AsyncTask::new(rows))
        })
    }

    /// The totals of many records, as a JSON array. `first` is the number of the first record,
    /// for messages.
    #[napi]
    pub fn many(
        &self,
        env: Env,
        records: Unknown<'_>,
        first: u32,
        now: Now,
        zone: Option<String>,
    ) -> napi::Result<String> {
        guard(self.score.program().lang(), || self.batch(env, &records, first, now, zone)?.run())
    }

    /// The same on another thread; only the records are read on this one.
    #[napi(ts_return_type = "Promise<string>")]
    pub fn many_async(
        &self,
        env: Env,
        records: Unknown<'_>,
        first: u32,
        now: Now,
        zone: Option<String>,
    ) -> napi::Result<AsyncTask<Batch>> {
        guard(self.score.program().lang(), || {
            Ok(AsyncTask::new(self.batch(env, &records, first, now, zone)?))
        })
    }

    fn batch(
        &self,
        env: Env,
        records: &Unknown<'_>,
        first: u32,
        now: Now,
        zone: Option<String>,
    ) -> Result<Batch, Failure> {
        let clock = moment::clock(self.score.program(), now, zone)?;
        let rows = record::read_all(Js::new(env), records, first)?;
        Ok(Batch { score: self.score.clone(), clock, rows })
    }
}
