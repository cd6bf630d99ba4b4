//! What a transition tells and asks for: what a host shows before it is made.

use serde::Serialize;

use super::compile::checked;
use super::firing::{find, no_way_out};
use super::instance::{Given, Instance};
use super::obstacle::Obstacle;
use super::run::Run;
use crate::checked::FieldRef;
use crate::checked::blueprint::ExtraKind;
use crate::eval::functions::print;
use crate::value::merged::Nothing;
use crate::value::{NoClock, Record};

/// What to show to somebody who is about to make a transition.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Form<'p> {
    /// The transition.
    pub transition: &'p str,
    /// What is to be read first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub messages: Vec<String>,
    /// The fields, in the order in which they are asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<AskedField<'p>>,
    /// What else is asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub extras: Vec<AskedExtra<'p>>,
    /// What was given so far.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub draft: Option<Given>,
}

/// A field that a transition asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AskedField<'p> {
    /// The field, as declared.
    pub field: &'p str,
    /// Whether it must be given.
    pub required: bool,
}

/// Something else that a transition asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AskedExtra<'p> {
    /// `note`, `attachment`, `checklist` or `record`.
    pub kind: &'static str,
    /// The items to tick; of a record, its module.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub of: Vec<&'p str>,
    /// Whether it must be given.
    pub required: bool,
}

impl<'p> Run<'p, '_> {
    /// What a transition out of an instance's state tells and asks for.
    pub(crate) fn form(
        &self,
        instance: &Instance,
        transition: &str,
        record: &dyn Record,
    ) -> Result<Result<Form<'p>, Obstacle>, NoClock> {
        let (process, state) = match self.place(instance) {
            Ok(found) => found,
            Err(obstacle) => return Ok(Err(obstacle)),
        };
        let Some(leaving) = find(process, state, transition) else {
            let obstacle = no_way_out(process, state, transition);
            return Ok(Err(obstacle));
        };
        let plan = process.plan(leaving.which);
        // The last child does its parent too, and asks for what that asks for.
        let made = super::firing::done_with(process, instance, leaving.which);
        let mut messages = Vec::new();
        for during in made.iter().filter_map(|which| process.plan(*which).during.as_ref()) {
            if during.texts.is_empty() {
                continue;
            }
            let mut desk = during.desks.take(self.clock, self.strict)?;
            desk.judge(record, &Nothing);
            for code in &during.texts {
                let mut text = String::new();
                // A text whose field is of the wrong type shows what could be read.
                let _ = desk.value(code, record, &Nothing, |value| print(value, &mut text));
                messages.push(text);
            }
            during.desks.give_back(desk);
        }
        let blueprint = process.declared(self.program);
        let asked = || made.iter().map(|which| checked(blueprint, *which));
        let mut fields: Vec<AskedField<'p>> = Vec::new();
        let mut ask = |field: &'p FieldRef, required: bool| {
            let field = field.key.names.first().map_or("", String::as_str);
            if fields.iter().all(|known| known.field != field) {
                fields.push(AskedField { field, required });
            }
        };
        asked().flat_map(|one| &one.required).for_each(|field| ask(field, true));
        asked().flat_map(|one| &one.optional).for_each(|field| ask(field, false));
        let extras = asked().flat_map(|one| &one.extras).map(|extra| {
            let (kind, of) = match &extra.kind {
                ExtraKind::Note => ("note", Vec::new()),
                ExtraKind::Attachment => ("attachment", Vec::new()),
                ExtraKind::Checklist(items) => {
                    ("checklist", items.iter().map(String::as_str).collect())
                }
                ExtraKind::Record(module) => ("record", vec![module.as_str()]),
            };
            AskedExtra { kind, of, required: extra.required }
        });
        Ok(Ok(Form {
            transition: &plan.name,
            messages,
            fields,
            extras: extras.collect(),
            draft: instance.draft(&plan.name).map(|draft| draft.given.clone()),
        }))
    }
}
