//! A transition that was made: what a host saves, and what it keeps to be told later.

use smallvec::SmallVec;

use crate::blueprint::{Fields, Instance, Offer};
use crate::checked::content::Content;
use crate::desk::keep;
use crate::value::{FieldKey, Record, Value, ValueRef};
use crate::workflow::{Decision, Effect, FieldChange, RecordKey, TimerChange, record_id};

/// A transition that was made. Nothing has been done yet: the host saves the instance and the
/// changes, and performs the effects.
#[derive(Debug)]
pub struct Fired<'a> {
    /// Where the record stands from now on.
    pub instance: Instance,
    pub(super) key: (&'a str, Option<&'a str>),
    pub(super) transition: &'a str,
    pub(super) record: &'a dyn Record,
    pub(super) given: Fields<'a, 'a>,
    /// Of the program that made it.
    pub(super) content: Content,
    /// What is to be done besides; nothing, where there is nothing but the fields.
    pub(super) decision: Option<Box<Decision>>,
}

/// A transition that was made, without what it borrows: what a host keeps that may ask for all of
/// it later. `N` is how it keeps names.
#[derive(Debug)]
pub struct Made<N> {
    /// Where the record stands from now on.
    pub instance: Instance,
    /// What comes of it besides.
    pub outcome: Outcome<N>,
}

/// What comes of a transition besides the instance.
#[derive(Debug)]
pub enum Outcome<N> {
    /// Nothing but new values.
    Written(Written<N>),
    /// All of it.
    Decided(Box<Decision>),
}

/// New values of one record.
#[derive(Debug)]
pub struct Written<N> {
    content: Content,
    transition: N,
    module: N,
    id: String,
    fields: SmallVec<[WrittenField<N>; 2]>,
}

/// The new value of a field.
#[derive(Debug)]
pub struct WrittenField<N> {
    /// Its name.
    pub name: N,
    /// Its value from now on.
    pub new: Value,
    old: Value,
    personal: bool,
}

impl<'a> Fired<'a> {
    /// The new values: what was given, the state, and what actions and rules have written.
    pub fn changes(&self) -> Vec<FieldChange> {
        match &self.decision {
            Some(decision) => decision.changes.clone(),
            None => self.fields(str::to_owned).changes(String::as_str),
        }
    }

    /// The fields that are written with their values before and after, where nothing else is to be
    /// done: what [`Fired::changes`] is made of, without copies.
    pub fn written(&self) -> Option<impl Iterator<Item = (&str, ValueRef<'_>, ValueRef<'_>)>> {
        self.decision.is_none().then(|| {
            let fields = self.given.iter();
            fields.map(move |(field, new)| (name(&field.key), self.record.get(&field.key), *new))
        })
    }

    /// What else is to be done, in order.
    pub fn effects(&self) -> &[Effect] {
        self.decision.as_ref().map_or(&[], |decision| &decision.effects)
    }

    /// Of a process that is `continu`, what is offered from here to who made the transition: each
    /// transition offered or not, and why not; empty at an end. Nothing of another process.
    ///
    /// ```
    /// use jalon::blueprint::Given;
    /// use jalon::program::Firing;
    /// use jalon::users::User;
    /// use jalon::workflow::{Context, State};
    /// use jalon::{Clock, Program};
    /// use serde_json::json;
    ///
    /// let program = Program::parse("
    /// blueprint Call on Leads, field Step, continuous
    ///   states Greeting, Budget
    ///   won Interested
    ///   lost Refused
    ///   transition Ask from Greeting to Budget
    ///   transition Note from Budget to Interested
    ///     before
    ///       if Amount > 1000
    ///   common transition Refuse to Refused
    /// ")?;
    /// let (clock, state) = (Clock::at("2026-06-30T10:30", "Europe/Paris").unwrap(), State::new());
    /// let (context, alice) = (Context::new(&clock, &state), User::named("Alice"));
    /// let lead = json!({"id": 7, "Step": "Greeting", "Amount": 400});
    /// let instance = program.enter(Some("Leads"), &lead, &context)?.unwrap();
    /// let firing = Firing {
    ///     id: "e1", transition: "Ask", given: Given::NONE, record: &lead, record_id: None,
    ///     by: Some(&alice),
    /// };
    /// let fired = program.fire(&instance, &firing, &context)?;
    /// let [note, refuse] = fired.next().unwrap() else { panic!() };
    /// assert!(!note.offered && refuse.offered);
    /// assert_eq!(note.why_not.len(), 1);
    /// # Ok::<(), jalon::program::Error>(())
    /// ```
    pub fn next(&self) -> Option<&[Offer<String>]> {
        self.decision.as_ref()?.next.as_deref()
    }

    /// All of it as a decision: changes, effects, timers of rules, and why where it was asked for.
    pub fn into_decision(self, event: &str) -> Decision {
        let Made { instance, outcome } = self.keep(str::to_owned);
        outcome.decision(&instance, event, String::as_str)
    }

    /// The same without what it borrows; `own` keeps a name, which stands in the program.
    pub fn keep<N>(mut self, own: impl FnMut(&'a str) -> N) -> Made<N> {
        let outcome = match self.decision.take() {
            Some(decision) => Outcome::Decided(decision),
            None => Outcome::Written(self.fields(own)),
        };
        Made { instance: self.instance, outcome }
    }

    fn fields<N>(&self, mut own: impl FnMut(&'a str) -> N) -> Written<N> {
        let (module, given) = self.key;
        let id = given.map(str::to_owned).or_else(|| record_id(self.record)).unwrap_or_default();
        let fields = self.given.iter().filter_map(|(field, new)| {
            let (old, new) = (keep(self.record.get(&field.key)), keep(*new));
            let is_other = old != new;
            let personal = field.personal;
            is_other.then(|| WrittenField { name: own(name(&field.key)), new, old, personal })
        });
        let fields = fields.collect();
        let content = self.content;
        Written { content, transition: own(self.transition), module: own(module), id, fields }
    }
}

impl<N> Outcome<N> {
    /// What else is to be done, in order.
    pub fn effects(&self) -> &[Effect] {
        self.decided().map_or(&[], |decision| &decision.effects)
    }

    /// Of a process that is `continu`, what is offered from here, as of [`Fired::next`].
    pub fn next(&self) -> Option<&[Offer<String>]> {
        self.decided()?.next.as_deref()
    }

    /// What happens to timers.
    pub fn timers(&self) -> &[TimerChange] {
        self.decided().map_or(&[], |decision| &decision.timers)
    }

    /// How many values are written, those of other records too.
    pub fn count(&self) -> usize {
        match self {
            Outcome::Written(written) => written.fields.len(),
            Outcome::Decided(decision) => decision.changes.len(),
        }
    }

    fn decided(&self) -> Option<&Decision> {
        match self {
            Outcome::Written(_) => None,
            Outcome::Decided(decision) => Some(decision),
        }
    }

    /// All of it as a decision on an event; `text` gives back a name that was kept.
    pub fn decision(
        &self,
        instance: &Instance,
        event: &str,
        text: impl Fn(&N) -> &str,
    ) -> Decision {
        let written = match self {
            Outcome::Decided(decision) => return (**decision).clone(),
            Outcome::Written(written) => written,
        };
        let changes = written.changes(text);
        Decision {
            event: event.to_owned(),
            content: written.content,
            record: changes.first().map(|change| change.record.clone()),
            changes,
            process: Some(instance.clone()),
            ..Decision::default()
        }
    }
}

impl<N> Written<N> {
    /// The fields whose value is another from now on.
    pub fn fields(&self) -> &[WrittenField<N>] {
        &self.fields
    }

    fn changes(&self, text: impl Fn(&N) -> &str) -> Vec<FieldChange> {
        let record = RecordKey { module: text(&self.module).to_owned(), id: self.id.clone() };
        let changes = self.fields.iter().map(|field| FieldChange {
            record: record.clone(),
            field: text(&field.name).to_owned(),
            old: field.old.clone(),
            new: field.new.clone(),
            rule: text(&self.transition).to_owned(),
            personal: field.personal,
        });
        changes.collect()
    }
}

fn name(key: &FieldKey) -> &str {
    key.names.first().map_or("", String::as_str)
}
