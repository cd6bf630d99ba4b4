//! Programs as a native class; the package wraps it in its own.
#![expect(clippy::needless_pass_by_value, reason = "N-API hands over owned values")]

use jalon::lang::Lang;
use jalon::program::{self as engine, Loader};
use jalon::template::Format;
use jalon::value::Clock;
use napi::bindgen_prelude::{ClassInstance, Either, Env, Uint8Array, Unknown};
use napi_derive::napi;
use serde_json::json;

use crate::criterion::Criterion;
use crate::desk::Desk;
use crate::failure::{Failure, diagnostics, guard, to_json};
use crate::js::Js;
use crate::moment;
use crate::picture::Picture;
use crate::record::{self, Fields};
use crate::score::Score;
use crate::template::Template;
use crate::users::Users;

/// The moment of an evaluation: milliseconds of UTC, or ISO text.
#[napi]
pub type Now = Option<Either<f64, String>>;

/// A compiled program.
#[napi]
#[derive(Debug)]
pub struct Program(pub(crate) engine::Program);

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

/// The language asked for, or else that of what is spoken of.
pub(crate) fn spoken(asked: Option<String>, own: Lang) -> Result<Lang, Failure> {
    Ok(read_lang(asked)?.unwrap_or(own))
}

/// Works on a record under a clock; failures are told in the language of the program.
pub(crate) fn of_record<T>(
    program: &engine::Program,
    env: Env,
    record: &Unknown<'_>,
    (now, zone): (Now, Option<String>),
    work: impl FnOnce(&Fields, &Clock) -> Result<T, Failure>,
) -> napi::Result<T> {
    guard(program.lang(), || {
        let clock = moment::clock(program, now, zone)?;
        work(&record::read(Js::new(env), record)?, &clock)
    })
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
    pub fn check(&self, users: Option<&Users>) -> napi::Result<String> {
        guard(self.0.lang(), || Ok(diagnostics(&self.0.check(Users::of(users))).to_string()))
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
            let format = Format::named(&format)?;
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
        guard(self.0.lang(), || to_json(&self.0.say(spoken(lang, self.0.lang())?)))
    }

    /// What a rule says.
    #[napi]
    pub fn say_rule(&self, name: String, lang: Option<String>) -> napi::Result<String> {
        guard(self.0.lang(), || Ok(self.0.say_rule(&name, spoken(lang, self.0.lang())?)?))
    }

    /// What a blueprint says.
    #[napi]
    pub fn say_blueprint(&self, name: String, lang: Option<String>) -> napi::Result<String> {
        guard(self.0.lang(), || Ok(self.0.say_blueprint(&name, spoken(lang, self.0.lang())?)?))
    }

    /// What a score says; without a name, the only one.
    #[napi]
    pub fn say_score(&self, name: Option<String>, lang: Option<String>) -> napi::Result<String> {
        guard(self.0.lang(), || {
            let lang = spoken(lang, self.0.lang())?;
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
        of_record(&self.0, env, &record, (now, zone), |row, clock| {
            let names = self.0.matching(row, clock, module.as_deref())?;
            Ok(names.into_iter().map(str::to_owned).collect())
        })
    }
}
