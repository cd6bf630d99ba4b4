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
        let one = checked(process.declared(self.program), leaving.which);
        let mut messages = Vec::new();
        if let Some(during) = plan.during.as_ref().filter(|during| !during.texts.is_empty()) {
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
        let field = |required: bool| {
            move |field: &'p FieldRef| AskedField {
                field: field.key.names.first().map_or("", String::as_str),
                required,
            }
        };
        let fields = one.required.iter().map(field(true));
        let fields = fields.chain(one.optional.iter().map(field(false))).collect();
        let extras = one.extras.iter().map(|extra| {
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
