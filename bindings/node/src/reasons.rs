//! Why: scores and criteria explained, of one record or of many.

use jalon::eval::Explanation;
use jalon::lang::Lang;
use jalon::program as engine;
use jalon::score::ScoreResult;
use jalon::value::{Clock, Zone};
use jalon::workflow::Decision;
use napi::Task;
use napi::bindgen_prelude::{Env, Unknown};
use napi_derive::napi;
use serde_json::json;

use crate::blueprint::offers;
use crate::failure::{Failure, guard, to_json};
use crate::js::Js;
use crate::moment;
use crate::program::{Now, spoken};
use crate::record::{self, Fields};

/// Why: a score or a criterion, explained, or a decision.
#[napi]
#[derive(Debug)]
pub struct Reasons(Why);

#[derive(Debug)]
enum Why {
    Score(ScoreResult),
    Criterion(Explanation),
    /// With whose local times its report says.
    Decision(Box<Decision>, Zone),
}

/// Reasons, and what they are as JSON.
#[napi(object, object_from_js = false)]
#[derive(Debug)]
pub struct Explained {
    /// The reasons.
    pub reasons: Reasons,
    /// The same as data.
    pub json: String,
}

/// Records to be explained.
#[derive(Debug)]
pub struct ExplainRows {
    what: What,
    clock: Clock,
    rows: Vec<Fields>,
}

/// What is explained.
#[derive(Debug)]
pub(crate) enum What {
    Score(engine::Score),
    Criterion(engine::Criterion),
}

impl What {
    fn program(&self) -> &engine::Program {
        match self {
            What::Score(score) => score.program(),
            What::Criterion(criterion) => criterion.program(),
        }
    }
}

impl From<engine::Score> for What {
    fn from(score: engine::Score) -> What {
        What::Score(score)
    }
}

impl From<engine::Criterion> for What {
    fn from(criterion: engine::Criterion) -> What {
        What::Criterion(criterion)
    }
}

impl From<ScoreResult> for Reasons {
    fn from(result: ScoreResult) -> Reasons {
        Reasons(Why::Score(result))
    }
}

impl From<Explanation> for Reasons {
    fn from(explanation: Explanation) -> Reasons {
        Reasons(Why::Criterion(explanation))
    }
}

impl Reasons {
    /// A decision; its report says the local times of the zone.
    pub(crate) fn of_decision(decision: Decision, zone: Zone) -> Reasons {
        Reasons(Why::Decision(Box::new(decision), zone))
    }

    fn to_json(&self) -> Result<String, Failure> {
        match &self.0 {
            Why::Score(result) => to_json(result),
            Why::Criterion(explanation) => to_json(explanation),
            Why::Decision(decision, _) => match &decision.next {
                Some(next) => {
                    let mut data = json!(decision);
                    data["next"] = offers(next);
                    to_json(&data)
                }
                None => to_json(decision),
            },
        }
    }
}

#[napi]
impl Reasons {
    /// As JSON.
    #[napi]
    pub fn json(&self) -> napi::Result<String> {
        guard(Lang::En, || self.to_json())
    }

    /// As text, in French or English: of a score a report line by line.
    #[napi]
    pub fn sentence(&self, lang: Option<String>) -> napi::Result<String> {
        guard(Lang::En, || {
            let lang = spoken(lang, Lang::default())?;
            Ok(match &self.0 {
                Why::Score(result) => result.explain(lang),
                Why::Criterion(explanation) => explanation.sentence(lang),
                Why::Decision(decision, zone) => decision.report_in(lang, *zone),
            })
        })
    }
}

impl ExplainRows {
    pub(crate) fn read(
        env: Env,
        what: impl Into<What>,
        records: &Unknown<'_>,
        first: u32,
        now: Now,
        zone: Option<String>,
    ) -> Result<ExplainRows, Failure> {
        let what = what.into();
        let clock = moment::clock(what.program(), now, zone)?;
        let rows = record::read_all(Js::new(env), records, first)?;
        Ok(ExplainRows { what, clock, rows })
    }

    pub(crate) fn run(&self) -> Result<Vec<Explained>, Failure> {
        self.rows.iter().map(|row| self.explain(row)).collect()
    }

    fn explain(&self, row: &Fields) -> Result<Explained, Failure> {
        let reasons: Reasons = match &self.what {
            What::Score(score) => score.evaluate(row, &self.clock)?.into(),
            What::Criterion(criterion) => criterion.explain(row, &self.clock)?.into(),
        };
        Ok(Explained { json: reasons.to_json()?, reasons })
    }

    fn lang(&self) -> Lang {
        self.what.program().lang()
    }
}

impl Task for ExplainRows {
    type Output = Vec<Explained>;
    type JsValue = Vec<Explained>;

    fn compute(&mut self) -> napi::Result<Vec<Explained>> {
        guard(self.lang(), || self.run())
    }

    fn resolve(&mut self, _: Env, explained: Vec<Explained>) -> napi::Result<Vec<Explained>> {
        Ok(explained)
    }
}
