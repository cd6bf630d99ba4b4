//! A chart laid flat: each set of states that are active together, with the events it has sent to
//! itself and not seen yet, is one state; its variables, and what its histories remember, are fields.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::chart::{Beyond, Chart, Do, Sent};
use super::script::{Expr, field};
use super::step::{Active, Memory, Stepped, Which, waits_for};

/// A blueprint has at most so many states.
const MOST: usize = 200;

/// What is one state of a blueprint.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub active: Active,
    /// What was raised, then what was sent without a delay.
    pub raised: Vec<String>,
    pub sent: Vec<String>,
    /// What comes after so many milliseconds in this state.
    pub timers: Vec<(u32, String)>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum On {
    Event(String),
    /// At once, by itself.
    Itself,
    /// By itself, after so many milliseconds.
    After(u32),
}

/// A way from one place to another.
#[derive(Clone, Debug, PartialEq)]
pub struct Way {
    pub from: usize,
    pub on: On,
    /// All of them must hold.
    pub guard: Vec<String>,
    pub to: usize,
    /// The fields that are written, in order.
    pub written: Vec<(String, String)>,
}

#[derive(Debug)]
pub struct Flat {
    pub names: Vec<String>,
    /// Which states are active in each.
    pub active: Vec<Vec<String>>,
    pub ways: Vec<Way>,
    /// What is written at first.
    pub first: Vec<(String, String)>,
}

struct Laying<'c> {
    chart: &'c Chart,
    events: &'c BTreeSet<String>,
    places: Vec<Place>,
    ways: Vec<Way>,
    seen: BTreeSet<(usize, Memory)>,
    open: VecDeque<(usize, Memory)>,
}

/// What is known of tests on variables.
type Known = Vec<(Expr, bool)>;

impl Flat {
    /// Lays a chart flat, as far as these events lead.
    pub fn of(chart: &Chart, events: &BTreeSet<String>) -> Result<Flat, Beyond> {
        let mut laying = Laying {
            chart,
            events,
            places: Vec::new(),
            ways: Vec::new(),
            seen: BTreeSet::new(),
            open: VecDeque::new(),
        };
        let nowhere = Place {
            active: Active::new(),
            raised: Vec::new(),
            sent: Vec::new(),
            timers: Vec::new(),
        };
        let (_, first) = laying.arrive(&nowhere, &Memory::new(), chart.begin())?;
        while let Some((at, memory)) = laying.open.pop_front() {
            laying.leave(at, &memory)?;
        }
        let leaves = |place: &Place| -> Vec<String> {
            let leaves = place.active.iter().filter(|at| chart.is_atomic(**at));
            leaves.map(|at| chart.states[*at].id.clone()).collect()
        };
        let active: Vec<_> = laying.places.iter().map(leaves).collect();
        let named = |(place, active): (&Place, &Vec<String>)| {
            let mut name = active.join(" + ");
            let timers = place.timers.iter().map(|(after, event)| format!("{event} à {after}"));
            let pending: Vec<_> =
                place.raised.iter().chain(&place.sent).cloned().chain(timers).collect();
            if !pending.is_empty() {
                name.extend([" (", &pending.join("; "), ")"]);
            }
            name
        };
        let names = laying.places.iter().zip(&active).map(named).collect();
        Ok(Flat { names, active, ways: laying.ways, first })
    }

    /// The ways out of a place.
    pub fn leaving(&self, place: usize) -> impl Iterator<Item = (usize, &Way)> {
        self.ways.iter().enumerate().filter(move |(_, way)| way.from == place)
    }
}

impl Laying<'_> {
    /// Adds the ways out of a place.
    fn leave(&mut self, at: usize, memory: &Memory) -> Result<(), Beyond> {
        let place = self.places[at].clone();
        for (known, made) in self.decide(&place, memory, None, Vec::new()) {
            if !made.is_empty() {
                self.way((at, &place), memory, On::Itself, &known, &made)?;
                continue;
            }
            let mut rest = place.clone();
            let next = if rest.raised.is_empty() { &mut rest.sent } else { &mut rest.raised };
            if !next.is_empty() {
                let event = next.remove(0);
                self.see((at, &rest), memory, On::Itself, &event, &known)?;
                continue;
            }
            for event in self.events {
                for (known, made) in self.decide(&place, memory, Some(event), known.clone()) {
                    if !made.is_empty() {
                        let left = self.without_timers(&place, &made)?;
                        self.way((at, &left), memory, On::Event(event.clone()), &known, &made)?;
                    }
                }
            }
            if let Some((first, event)) = place.timers.iter().min_by_key(|(after, _)| *after) {
                let mut rest = place.clone();
                rest.timers.retain(|timer| timer != &(*first, event.clone()));
                rest.timers.iter_mut().for_each(|(after, _)| *after -= first);
                self.see((at, &rest), memory, On::After(*first), event, &known)?;
            }
        }
        Ok(())
    }

    /// Lets a place see an event that it sent to itself, or drops it.
    fn see(
        &mut self,
        (at, rest): (usize, &Place),
        memory: &Memory,
        on: On,
        event: &str,
        known: &Known,
    ) -> Result<(), Beyond> {
        for (known, made) in self.decide(rest, memory, Some(event), known.clone()) {
            self.way((at, rest), memory, on.clone(), &known, &made)?;
        }
        Ok(())
    }

    /// What is made for an event, by what tests on variables give.
    fn decide(
        &self,
        place: &Place,
        memory: &Memory,
        event: Option<&str>,
        known: Known,
    ) -> Vec<(Known, Vec<Which>)> {
        match self.chart.selected((&place.active, memory), event, &known) {
            Ok(made) => vec![(known, made)],
            Err(Expr::Bool(holds)) => {
                let known = [known, vec![(Expr::Bool(holds), holds)]].concat();
                self.decide(place, memory, event, known)
            }
            Err(test) => {
                let branch = |holds| [known.clone(), vec![(test.clone(), holds)]].concat();
                let mut all = self.decide(place, memory, event, branch(true));
                all.extend(self.decide(place, memory, event, branch(false)));
                all
            }
        }
    }

    /// A place that is left by hand: when it was entered is not known then, so that its timers end
    /// with it; elsewhere nothing may wait for them.
    fn without_timers(&self, place: &Place, made: &[Which]) -> Result<Place, Beyond> {
        let after = self.chart.step(&place.active, &Memory::new(), made).active;
        for (_, event) in &place.timers {
            for (at, state) in self.chart.states.iter().enumerate() {
                let waits = |events: &Vec<String>| waits_for(events, event);
                let awaited =
                    state.transitions.iter().any(|one| one.events.as_ref().is_some_and(waits));
                if awaited && (after.contains(&at) || !place.active.contains(&at)) {
                    return Err(Beyond::Timer);
                }
            }
        }
        Ok(Place { timers: Vec::new(), ..place.clone() })
    }

    fn way(
        &mut self,
        (from, place): (usize, &Place),
        memory: &Memory,
        on: On,
        known: &Known,
        made: &[Which],
    ) -> Result<(), Beyond> {
        let stepped = self.chart.step(&place.active, memory, made);
        let mut guard: Vec<String> = known
            .iter()
            .map(|(test, holds)| match (test, *holds) {
                (Expr::Bool(_), false) => format!("NON ({})", test.criterion()),
                (test, true) => test.criterion(),
                (test, false) => format!("NON ({})", test.criterion()),
            })
            .collect();
        for history in &stepped.looked {
            // One that was left just now is known.
            if stepped.memory.get(history) == memory.get(history) {
                let name = self.history(*history);
                guard.push(match memory.get(history) {
                    Some(kept) => format!("{name} EST \"{}\"", self.ids(kept)),
                    None => format!("{name} EST VIDE"),
                });
            }
        }
        let (to, written) = self.arrive(place, memory, stepped)?;
        let way = Way { from, on, guard, to, written };
        if !self.ways.contains(&way) {
            self.ways.push(way);
        }
        Ok(())
    }

    /// The place that a step leads to, and the fields that it writes.
    fn arrive(
        &mut self,
        before: &Place,
        memory: &Memory,
        stepped: Stepped,
    ) -> Result<(usize, Vec<(String, String)>), Beyond> {
        let mut place = Place { active: stepped.active, ..before.clone() };
        let (mut written, mut cases) = (Vec::new(), 0);
        write(&stepped.done, "", &mut cases, &mut written, &mut |sent| match sent.after {
            None => place.raised.push(sent.event.clone()),
            Some(0) => place.sent.push(sent.event.clone()),
            Some(after) => place.timers.push((after, sent.event.clone())),
        });
        for (history, kept) in &stepped.memory {
            if memory.get(history) != Some(kept) {
                written.push((self.history(*history), format!("\"{}\"", self.ids(kept))));
            }
        }
        let at = self.places.iter().position(|known| *known == place).unwrap_or_else(|| {
            self.places.push(place);
            self.places.len() - 1
        });
        if self.places.len() > MOST {
            return Err(Beyond::Large);
        }
        if self.seen.insert((at, stepped.memory.clone())) {
            self.open.push_back((at, stepped.memory));
        }
        Ok((at, written))
    }

    fn history(&self, at: usize) -> String {
        format!("Histoire {}", self.chart.states[at].id)
    }

    fn ids(&self, states: &[usize]) -> String {
        let ids: Vec<_> = states.iter().map(|at| self.chart.states[*at].id.as_str()).collect();
        ids.join(" + ")
    }
}

/// What is done as fields that are written; under a condition, a field keeps its value where that
/// does not hold. Which branch is gone is decided once, before it is gone.
fn write(
    done: &[Do],
    condition: &str,
    cases: &mut usize,
    written: &mut Vec<(String, String)>,
    send: &mut impl FnMut(&Sent),
) {
    for one in done {
        match one {
            Do::Assign(name, value) => {
                let (name, value) = (field(name), value.formula());
                let value = match condition {
                    "" => value,
                    condition => format!("si ({condition}) alors {value} sinon {name}"),
                };
                written.push((name, value));
            }
            Do::Send(sent) => {
                for (name, value) in &sent.data {
                    written.push((field(name), value.formula()));
                }
                send(sent);
            }
            Do::If(branches) => {
                *cases += 1;
                let case = format!("Cas {cases}");
                let mut number = String::new();
                for (index, (test, _)) in branches.iter().enumerate() {
                    match test {
                        Some(test) => {
                            let test = test.criterion();
                            let place = (index + 1).to_string();
                            number.extend(["si (", &test, ") alors ", &place, " sinon "]);
                        }
                        None => number += &(index + 1).to_string(),
                    }
                }
                if branches.last().is_some_and(|(test, _)| test.is_some()) {
                    number += "0";
                }
                written.push((case.clone(), number));
                for (index, (_, done)) in branches.iter().enumerate() {
                    let taken = format!("{case} = {}", index + 1);
                    let all = if condition.is_empty() {
                        taken
                    } else {
                        format!("{condition} ET {taken}")
                    };
                    write(done, &all, cases, written, send);
                }
            }
        }
    }
}

/// The fields that ways and their guards use, with the type of each.
pub fn fields(flat: &Flat) -> BTreeMap<String, &'static str> {
    let written = flat.ways.iter().flat_map(|way| &way.written).chain(&flat.first);
    let mut fields = BTreeMap::new();
    for (name, value) in written {
        let text = value.starts_with('"');
        let known = fields.entry(name.clone()).or_insert("nombre");
        if text {
            *known = "texte";
        }
    }
    fields
}
