//! What records in their blueprints are offered, many of them under one clock.

use std::ptr;

use super::blueprint::refused;
use super::{Error, Program};
use crate::blueprint::{Instance, Open, Process, checked};
use crate::checked::CheckedProgram;
use crate::checked::blueprint::{Owner, StateId};
use crate::desk::Desk;
use crate::users::{User, Users};
use crate::value::{Clock, FieldKey, Record, Wanted};
use crate::workflow::Automation;

/// Says what records in their blueprints are offered, many under one clock.
///
/// It answers as [`Program::available`] does, in fewer steps: with no list of offers made, and
/// with the room to judge guards kept from record to record.
#[derive(Debug)]
pub struct Guide {
    program: Program,
    clock: Clock,
    stands: Vec<Kept>,
}

/// A state of a blueprint, and the room to judge its guards once that was needed.
#[derive(Debug)]
struct Kept {
    process: usize,
    state: StateId,
    desk: Option<Box<Desk>>,
}

/// Where an instance stands.
#[derive(Debug)]
pub struct Stand<'g> {
    program: &'g Program,
    clock: &'g Clock,
    instance: &'g Instance,
    process: &'g Process,
    state: StateId,
    index: usize,
    desk: &'g mut Option<Box<Desk>>,
}

/// The transitions that a record is offered. Small, and equal where they are the same, so that a
/// host may keep what it makes of them; [`Guide::names`] tells them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Offered {
    stand: usize,
    open: Open,
}

impl Program {
    /// What records in their blueprints are offered, ready for many under one clock.
    ///
    /// ```
    /// use jalon::users::Users;
    /// use jalon::workflow::{Context, State};
    /// use jalon::{Clock, Program};
    /// use serde_json::json;
    ///
    /// let program = Program::parse("
    /// blueprint Sale on Deals, field Stage
    ///   states New, Qualified
    ///   lost Lost
    ///   transition Qualify from New to Qualified
    ///     before
    ///       if Amount > 100
    ///   transition Lose from New to Lost
    /// ")?;
    /// let clock = Clock::at("2026-06-30T10:30", "Europe/Paris").unwrap();
    /// let deal = json!({"Stage": "New", "Amount": 20});
    /// let state = State::new();
    /// let instance = program.enter(Some("Deals"), &deal, &Context::new(&clock, &state))?.unwrap();
    ///
    /// let mut guide = program.guide(&clock);
    /// let offered = guide.at(&instance)?.offered(&deal, None, Users::NONE)?;
    /// assert_eq!(guide.names(&offered).collect::<Vec<_>>(), ["Lose"]);
    /// # Ok::<(), jalon::program::Error>(())
    /// ```
    pub fn guide(&self, clock: &Clock) -> Guide {
        let processes = self.automation().processes().iter().enumerate();
        let stands = processes.flat_map(|(process, plan)| {
            let states = (0..plan.states.len() as u32).map(StateId);
            states.map(move |state| Kept { process, state, desk: None })
        });
        Guide { stands: stands.collect(), program: self.clone(), clock: clock.clone() }
    }
}

impl Guide {
    /// Where an instance stands.
    ///
    /// # Errors
    /// [`Error::Refused`] where the instance runs under another version of its blueprint or has
    /// left it.
    pub fn at<'g>(&'g mut self, instance: &'g Instance) -> Result<Stand<'g>, Error> {
        let Guide { program, clock, stands } = self;
        let run = program.running(clock, Users::NONE, false);
        let (process, state) = run.place(instance).map_err(refused)?;
        let before = run.processes.iter().take_while(|other| !ptr::eq(*other, process));
        let index = before.map(|other| other.states.len()).sum::<usize>() + state.0 as usize;
        let desk = &mut stands[index].desk;
        Ok(Stand { program, clock, instance, process, state, index, desk })
    }

    /// The program that it belongs to.
    pub fn program(&self) -> &Program {
        &self.program
    }

    /// The names of offered transitions, in the order of the blueprint.
    pub fn names<'g>(&'g self, offered: &'g Offered) -> impl Iterator<Item = &'g str> {
        self.offers(offered.stand)
            .filter(|(index, _)| offered.open.contains(*index))
            .map(|(_, name)| name)
    }

    /// The transitions out of a state that do not go by themselves, numbered.
    fn offers(&self, stand: usize) -> impl Iterator<Item = (usize, &str)> {
        let place = self.stands.get(stand).into_iter();
        let leaving = place.flat_map(|kept| {
            let process = &self.program.automation().processes()[kept.process];
            let blueprint = process.declared(&self.program.0.checked);
            let leaving = process.state_plan(kept.state).leaving_by_hand(blueprint);
            leaving.map(|leaving| &*process.plan(leaving.which).name)
        });
        leaving.enumerate()
    }
}

impl Stand<'_> {
    /// The number of the state among those of all blueprints.
    pub fn index(&self) -> usize {
        self.index
    }

    /// The fields of a record that are read to say what is offered in this state: those of guards,
    /// and those that name owners.
    pub fn wanted(&self) -> Wanted {
        let is_here = |process: &&Process| process.id == self.process.id;
        Wanted::of_plan(&self.program.0, |inner, visit| {
            let processes = inner.automation.get().map_or(&[][..], Automation::processes);
            if let Some(process) = processes.iter().find(is_here) {
                each_field(&inner.checked, process, self.state, visit);
            }
        })
    }

    /// Which transitions a record is offered now; `by` is who looks at it.
    ///
    /// # Errors
    /// [`Error::ClockNeeded`].
    pub fn offered(
        &mut self,
        record: &dyn Record,
        by: Option<&User>,
        users: &Users,
    ) -> Result<Offered, Error> {
        let run = self.program.running(self.clock, users, false);
        let place = (self.process, self.state);
        let open = run.open(place, self.instance, record, by, self.desk)?;
        Ok(Offered { stand: self.index, open })
    }
}

/// The fields that say what is offered in a state, and whether only blankness is asked of them.
fn each_field<'p>(
    program: &'p CheckedProgram,
    process: &'p Process,
    state: StateId,
    visit: &mut dyn FnMut(&'p FieldKey, bool),
) {
    let plan = process.state_plan(state);
    if let Some(desks) = &plan.desks {
        desks.plan().each_field(&mut |key, asks_little| visit(key, asks_little));
    }
    let blueprint = process.declared(program);
    let leaving = plan.leaving_by_hand(blueprint);
    for owner in leaving.flat_map(|leaving| &checked(blueprint, leaving.which).owners) {
        if let Owner::RecordOwner(field) | Owner::OfField(field) = owner {
            visit(&field.key, false);
        }
    }
}
