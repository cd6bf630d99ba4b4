//! The blueprints of a program under a clock: entering, being offered, leaving by itself.

use super::compile::Process;
use super::due::{Due, steps};
use super::instance::{Instance, Move};
use super::obstacle::Obstacle;
use super::offer::{Looked, Offer, Open};
use crate::checked::blueprint::StateId;
use crate::checked::{CheckedProgram, On};
use crate::desk::Desk;
use crate::eval::functions::print;
use crate::lang::Lang;
use crate::users::{User, Users};
use crate::value::merged::Nothing;
use crate::value::{Clock, Instant, NoClock, Record};

/// What every question is asked with.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Run<'p, 'e> {
    pub(crate) program: &'p CheckedProgram,
    pub(crate) processes: &'p [Process],
    pub(crate) clock: &'e Clock,
    pub(crate) users: &'e Users,
    pub(crate) strict: bool,
    pub(crate) lang: Lang,
    /// Whether to say leaf by leaf why a criterion does not hold.
    pub(crate) reasons: bool,
}

impl<'p> Run<'p, '_> {
    pub(crate) fn now(&self) -> Result<Instant, NoClock> {
        self.clock.now.ok_or(NoClock)
    }

    /// The blueprint that takes a record, and the state it begins in: the first whose entry
    /// holds and that has the record's state, if that is no end.
    pub(crate) fn entry(
        &self,
        on: &On,
        record: &dyn Record,
    ) -> Result<Option<(&'p Process, StateId)>, NoClock> {
        for process in self.processes {
            let blueprint = process.declared(self.program);
            if blueprint.on != *on {
                continue;
            }
            if let Some(desks) = &process.entry {
                let mut desk = desks.take(self.clock, self.strict)?;
                desk.judge(record, &Nothing);
                let holds = desk.holds(0);
                desks.give_back(desk);
                if !holds {
                    continue;
                }
            }
            let mut text = String::new();
            print(record.get(&blueprint.field.key), &mut text);
            let state = if text.trim().is_empty() {
                let default = blueprint.states.iter().position(|state| state.is_default);
                default.map(|index| StateId(index as u32))
            } else {
                process.state(text.trim())
            };
            return Ok(state
                .filter(|state| !blueprint.states[state.0 as usize].is_end())
                .map(|state| (process, state)));
        }
        Ok(None)
    }

    /// An instance that begins now.
    pub(crate) fn begun(&self, process: &Process, state: StateId) -> Result<Instance, NoClock> {
        let (now, state) = (self.now()?, process.state_plan(state).name.clone());
        let entered = Move { transition: None, from: None, to: state.clone(), at: now, by: None };
        Ok(Instance {
            blueprint: process.name.clone(),
            content: process.content.clone(),
            state,
            since: now,
            told: Vec::new(),
            left: None,
            drafts: Vec::new(),
            progress: Vec::new(),
            history: super::History::default().and(entered),
        })
    }

    /// The blueprint of an instance and the state it is in; not under another content.
    pub(crate) fn place(&self, instance: &Instance) -> Result<(&'p Process, StateId), Obstacle> {
        if instance.left.is_some() {
            return Err(Obstacle::NotInside);
        }
        let named = |process: &&Process| process.name == instance.blueprint;
        let other = || Obstacle::OtherVersion { blueprint: instance.blueprint.to_string() };
        let process = self.processes.iter().find(named).ok_or_else(other)?;
        if process.content != instance.content {
            return Err(other());
        }
        process.state(&instance.state).map(|state| (process, state)).ok_or_else(other)
    }

    /// The transitions that leave the state of an instance, offered or not.
    pub(crate) fn offers(
        &self,
        instance: &Instance,
        record: &dyn Record,
        by: Option<&User>,
    ) -> Result<Result<Vec<Offer<&'p str>>, Obstacle>, NoClock> {
        let (process, state) = match self.place(instance) {
            Ok(found) => found,
            Err(obstacle) => return Ok(Err(obstacle)),
        };
        let mut looked = Looked::new(self, process, (instance, state), record, by)?;
        let offers = looked.offers();
        looked.done();
        Ok(Ok(offers))
    }

    /// Which of the offers of an instance at a place may be made; the desk is kept between calls.
    pub(crate) fn open(
        &self,
        (process, state): (&'p Process, StateId),
        instance: &Instance,
        record: &dyn Record,
        by: Option<&User>,
        desk: &mut Option<Box<Desk>>,
    ) -> Result<Open, NoClock> {
        if let (None, Some(desks)) = (&desk, &process.state_plan(state).desks) {
            *desk = Some(desks.take(self.clock, self.strict)?);
        }
        let looked = Looked::at(self, process, (instance, state), record, by, desk.take());
        let (kept, open) = looked.open();
        *desk = kept;
        Ok(open)
    }

    /// What an instance waits for, the earliest first: what has been taken care of is not in it.
    pub(crate) fn due(&self, instance: &Instance) -> Vec<Due> {
        let Ok((process, state)) = self.place(instance) else { return Vec::new() };
        steps(self, process, state, instance)
    }
}
