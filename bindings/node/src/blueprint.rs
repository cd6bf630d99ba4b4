//! Records in their blueprints, asked one at a time with instances that the host keeps.
#![expect(clippy::needless_pass_by_value, reason = "N-API hands over owned values")]

mod offering;
mod quick;

use jalon::blueprint::{Due, Given, Instance, Obstacle, Offer};
use jalon::lang::Lang;
use jalon::program::{self as engine, BlueprintScope, Firing};
use jalon::users::{User, Users as Known};
use jalon::value::{Clock, Value};
use jalon::workflow::{Context, Decision, RelatedRecords, State as Kept};
use napi::bindgen_prelude::{Env, Uint8Array, Unknown};
use napi_derive::napi;
use quick::Quick;
use serde::Serialize;
use serde_json::{Map, Value as Json, json};

use crate::failure::{Failure, guard, to_json};
use crate::js::Js;
use crate::moment;
use crate::program::{Now, Program};
use crate::reasons::Reasons;
use crate::record;
use crate::state::State;
use crate::users::Users;

/// A blueprint, or all of a program, under one clock.
#[napi]
#[derive(Debug)]
pub struct Blueprint {
    core: engine::Program,
    scope: BlueprintScope,
    clock: Clock,
    users: Known,
    nothing: Kept,
}

/// What was done: the instance from now on and the record's own new values, as JSON.
#[napi(object, object_from_js = false)]
#[derive(Debug)]
pub struct Done {
    /// The instance.
    pub instance: String,
    /// The fields, each with its value.
    pub fields: String,
    /// All of it.
    pub decision: Reasons,
}

/// What goes with a transition, besides the record.
#[derive(Debug)]
struct Around {
    id: String,
    record_id: Option<String>,
    related: RelatedRecords,
}

/// What a host wrote of an instance, read and written again.
#[napi]
pub fn read_instance(text: String) -> napi::Result<String> {
    guard(Lang::En, || to_json(&Instance::read(&text)?))
}

#[napi]
impl Blueprint {
    /// A blueprint by name, or all.
    #[napi(constructor)]
    pub fn new(
        program: &Program,
        name: Option<String>,
        users: Option<&Users>,
        now: Now,
        zone: Option<String>,
    ) -> napi::Result<Blueprint> {
        let core = program.0.clone();
        guard(core.lang(), || {
            Ok(Blueprint {
                scope: core.blueprint_scope(name.as_deref())?,
                clock: moment::clock(&core, now, zone)?,
                users: Users::of(users).clone(),
                nothing: Kept::new(),
                core,
            })
        })
    }

    /// Its name, as declared.
    #[napi(getter)]
    pub fn name(&self) -> Option<String> {
        self.scope.name().map(str::to_owned)
    }

    /// The short way, through memory that is shared.
    #[napi]
    pub fn quick(&self, memory: Uint8Array, slip: Uint8Array) -> Quick {
        Quick::new(self, memory, slip)
    }

    /// The present of its clock, as ISO text.
    #[napi]
    pub fn now(&self) -> Option<String> {
        self.clock.now.map(|now| now.to_string())
    }

    /// Lets a record into the blueprint that takes it: the instance as JSON.
    #[napi]
    pub fn enter(
        &self,
        env: Env,
        record: Unknown<'_>,
        module: Option<String>,
    ) -> napi::Result<Option<String>> {
        guard(self.core.lang(), || {
            let record = record::read(Js::new(env), &record)?;
            let context = self.context(&self.nothing);
            let entered = self.scope.enter(module.as_deref(), &record, &context)?;
            entered.map(|instance| to_json(&instance)).transpose()
        })
    }

    /// The transitions that leave the state of a record, as JSON.
    #[napi]
    pub fn available(
        &self,
        env: Env,
        instance: String,
        record: Unknown<'_>,
        by: Unknown<'_>,
        why: bool,
    ) -> napi::Result<String> {
        guard(self.core.lang(), || {
            let (from, by) = (self.known(&instance)?, Blueprint::user(env, &by)?);
            let record = record::read(Js::new(env), &record)?;
            let context = self.context(&self.nothing).trace(why);
            let offers = self.core.available(&from, &record, by.as_ref(), &context)?;
            to_json(&self::offers(&offers))
        })
    }

    /// Makes a transition.
    #[napi]
    #[allow(clippy::too_many_arguments, reason = "they are named ones in JavaScript")]
    pub fn fire(
        &self,
        env: Env,
        instance: String,
        transition: String,
        given: Unknown<'_>,
        record: Unknown<'_>,
        by: Unknown<'_>,
        around: Unknown<'_>,
        state: Option<&State>,
        trace: bool,
    ) -> napi::Result<Done> {
        guard(self.core.lang(), || {
            let (from, by) = (self.known(&instance)?, Blueprint::user(env, &by)?);
            let (given, record) = (read_given(env, &given)?, record::read(Js::new(env), &record)?);
            let around = Around::read(env, &around, self.core.lang())?;
            let firing = Firing {
                id: &around.id,
                transition: &transition,
                given: &given,
                record: &record,
                record_id: around.record_id.as_deref(),
                by: by.as_ref(),
            };
            let related = around.related.lent();
            let state = state.map_or(&self.nothing, |state| &state.0);
            let context = self.context(state).related(&related).trace(trace);
            let fired = self.core.fire(&from, &firing, &context)?;
            self.done(fired.instance.clone(), fired.into_decision(&around.id))
        })
    }

    /// What a transition tells and asks for, as JSON.
    #[napi]
    pub fn form(
        &self,
        env: Env,
        instance: String,
        transition: String,
        record: Unknown<'_>,
    ) -> napi::Result<String> {
        guard(self.core.lang(), || {
            let from = self.known(&instance)?;
            let record = record::read(Js::new(env), &record)?;
            to_json(&self.core.form(&from, &transition, &record, &self.clock)?)
        })
    }

    /// Keeps what is given so far for a transition: the instance as JSON.
    #[napi]
    pub fn save_draft(
        &self,
        env: Env,
        instance: String,
        transition: String,
        given: Unknown<'_>,
        by: Unknown<'_>,
    ) -> napi::Result<String> {
        guard(self.core.lang(), || {
            let (from, by) = (self.known(&instance)?, Blueprint::user(env, &by)?);
            let given = read_given(env, &given)?;
            to_json(&self.core.save_draft(&from, &transition, &given, by.as_ref(), &self.clock)?)
        })
    }

    /// What happens to an instance by itself, as JSON.
    #[napi]
    pub fn steps(&self, instance: String) -> napi::Result<String> {
        guard(self.core.lang(), || to_json(&self.core.steps(&self.known(&instance)?, &self.clock)))
    }

    /// Does what has become due, given as JSON.
    #[napi]
    #[allow(clippy::too_many_arguments, reason = "they are named ones in JavaScript")]
    pub fn take_step(
        &self,
        env: Env,
        instance: String,
        due: String,
        record: Unknown<'_>,
        around: Unknown<'_>,
        state: Option<&State>,
        trace: bool,
    ) -> napi::Result<Done> {
        guard(self.core.lang(), || {
            let from = self.known(&instance)?;
            let due: Due = serde_json::from_str(&due)
                .map_err(|error| Failure::Argument(format!("this is no step: {error}")))?;
            let record = record::read(Js::new(env), &record)?;
            let around = Around::read(env, &around, self.core.lang())?;
            let firing = Firing {
                id: &around.id,
                transition: "",
                given: Given::NONE,
                record: &record,
                record_id: around.record_id.as_deref(),
                by: None,
            };
            let related = around.related.lent();
            let state = state.map_or(&self.nothing, |state| &state.0);
            let context = self.context(state).related(&related).trace(trace);
            let (after, decision) = self.core.take_step(&from, &due, &firing, &context)?;
            self.done(after, decision)
        })
    }

    /// Takes a record out of its process: the instance as JSON.
    #[napi]
    pub fn exit(&self, instance: String) -> napi::Result<String> {
        guard(self.core.lang(), || to_json(&self.core.exit(&self.known(&instance)?, &self.clock)?))
    }

    fn context<'c>(&'c self, state: &'c Kept) -> Context<'c> {
        Context::new(&self.clock, state).users(&self.users)
    }

    /// An instance that may be asked about here.
    fn known(&self, text: &str) -> Result<Instance, Failure> {
        let instance = Instance::read(text)?;
        self.scope.expect(&instance)?;
        Ok(instance)
    }

    /// Who acts: a name, or what is known of a user.
    fn user(env: Env, by: &Unknown<'_>) -> Result<Option<User>, Failure> {
        match record::value(Js::new(env), by, "by")? {
            Value::Empty => Ok(None),
            user => Ok(Some(User::read(&user.to_json())?)),
        }
    }

    fn done(&self, instance: Instance, decision: Decision) -> Result<Done, Failure> {
        let own = decision.own_changes();
        let fields: Map<String, Json> =
            own.map(|change| (change.field.clone(), change.new.to_json())).collect();
        Ok(Done {
            instance: to_json(&instance)?,
            fields: to_json(&fields)?,
            decision: Reasons::of_decision(decision, self.clock.zone),
        })
    }
}

impl Around {
    /// An object with `id`, `recordId` and `related`.
    fn read(env: Env, around: &Unknown<'_>, lang: Lang) -> Result<Around, Failure> {
        let mut fields = record::named(Js::new(env), around, "the options")?;
        let mut take = |name: &str| {
            let place = fields.iter().position(|(known, _)| known == name);
            place.map_or(Value::Empty, |place| fields.swap_remove(place).1)
        };
        let mut related = RelatedRecords::default();
        if let Value::Record(modules) = take("related") {
            for (module, records) in modules {
                let Value::List(records) = records else { continue };
                for record in records {
                    let Value::Record(fields) = record else { continue };
                    let added = related.add(&module, fields);
                    added.map_err(|error| Failure::Argument(error.message(lang)))?;
                }
            }
        }
        let (id, record_id) = (text(&take("id")).unwrap_or_default(), text(&take("recordId")));
        Ok(Around { id, record_id, related })
    }
}

/// A text, or a number as its text.
fn text(value: &Value) -> Option<String> {
    match value.to_json() {
        Json::Null => None,
        Json::String(text) => Some(text),
        other => Some(other.to_string()),
    }
}

/// What is given: an object with `fields`, `note`, `attachments`, `ticked`, `records`.
fn read_given(env: Env, given: &Unknown<'_>) -> Result<Given, Failure> {
    let texts = |value: Value| match value {
        Value::List(items) => items.iter().filter_map(text).collect(),
        value => text(&value).into_iter().collect(),
    };
    let mut read = Given::new();
    for (part, value) in record::named(Js::new(env), given, "what is given")? {
        match (part.as_str(), value) {
            ("fields", Value::Record(fields)) => read.fields = fields,
            ("note", note) => read.note = text(&note),
            ("attachments", names) => read.attachments = texts(names),
            ("ticked", items) => read.ticked = texts(items),
            ("records", Value::Record(modules)) => {
                let each = modules.into_iter().flat_map(|(module, ids)| {
                    texts(ids).into_iter().map(move |id: String| (module.clone(), id))
                });
                read.records = each.collect();
            }
            _ => {}
        }
    }
    Ok(read)
}

/// Offers with what is said of what stands in their way.
pub(crate) fn offers<N: Serialize>(offers: &[Offer<N>]) -> Json {
    let told = |offer: &Offer<N>| {
        let mut data = json!(offer);
        data["why_not"] = Obstacle::told(&offer.why_not);
        data
    };
    offers.iter().map(told).collect()
}
