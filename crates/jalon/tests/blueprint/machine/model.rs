//! What a blueprint is to do, said as simply as can be: a record, and where it stands.

use std::sync::Arc;

use super::plan::{Actor, After, Asks, Criterion, Field, Kind, Owner, Plan, children, name};

/// A record under a blueprint, and the clock.
#[derive(Clone, Debug)]
pub struct Model {
    pub plan: Arc<Plan>,
    /// As it was created.
    pub created: Values,
    pub record: Values,
    /// Where it stands in its process; also where that is over.
    pub inside: Option<Inside>,
    /// Whether it was taken out: it stays out.
    pub left: bool,
    /// In hours from the beginning.
    pub now: i64,
    /// What the last call came to.
    pub refused: Option<Vec<&'static str>>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Values {
    pub state: Option<usize>,
    pub amount: Option<i64>,
    pub motive: Option<&'static str>,
    pub status: Option<&'static str>,
    pub chief: Option<&'static str>,
}

#[derive(Clone, Debug)]
pub struct Inside {
    pub state: usize,
    pub since: i64,
    /// The steps of this state that are taken care of.
    pub taken: Vec<Step>,
    pub drafts: Vec<(String, Gift)>,
    pub done: Vec<(usize, usize)>,
    pub moves: usize,
}

/// What happens by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    Reminder,
    Escalation(usize),
    Transition(usize),
}

/// What is given for a transition.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Gift {
    pub amount: Option<i64>,
    /// Empty where it is the empty text.
    pub motive: Option<&'static str>,
    pub status: Option<&'static str>,
    /// Something that no transition asks for.
    pub chief: bool,
    pub note: bool,
    pub ticked: bool,
}

/// A transition of the plan, or a child of a parallel one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Which(pub usize, pub Option<usize>);

impl Which {
    pub fn name(self) -> String {
        match self.1 {
            None => name(self.0),
            Some(child) => format!("{}-{child}", name(self.0)),
        }
    }
}

/// What is done to the record.
#[derive(Clone, Debug)]
pub enum Call {
    Create(Values),
    /// Writes fields plainly; the state too, if it says one.
    Update {
        amount: Option<i64>,
        chief: Option<&'static str>,
        state: Option<usize>,
    },
    Press(usize),
    Look(Actor),
    Fire(Which, Actor, Gift),
    Draft(Which, Actor, Gift),
    Wait(i64),
    /// Takes care of what is due first.
    Take,
    Exit,
    /// Lets it in again.
    Enter,
}

impl Gift {
    /// With a draft behind it.
    fn over(&self, draft: Option<&Gift>) -> Gift {
        let Some(draft) = draft else { return self.clone() };
        Gift {
            amount: self.amount.or(draft.amount),
            motive: self.motive.or(draft.motive),
            status: self.status.or(draft.status),
            chief: self.chief || draft.chief,
            note: self.note || draft.note,
            ticked: self.ticked || draft.ticked,
        }
    }

    pub fn is_empty(&self) -> bool {
        *self == Gift::default()
    }

    /// Without what none of these asks for.
    fn asked_by(&self, asked: &[&Asks]) -> Gift {
        let asks = |field: Field| asked.iter().any(|asks| asks.asks(field));
        Gift {
            amount: self.amount.filter(|_| asks(Field::Montant)),
            motive: self.motive.filter(|_| asks(Field::Motif)),
            status: self.status.filter(|_| asks(Field::Statut)),
            ..self.clone()
        }
    }

    /// How many fields are given that none of these asks for.
    fn foreign(&self, asked: &[&Asks]) -> usize {
        let asks = |field: Field| asked.iter().any(|asks| asks.asks(field));
        [
            (self.amount.is_some(), asks(Field::Montant)),
            (self.motive.is_some(), asks(Field::Motif)),
            (self.status.is_some(), asks(Field::Statut)),
            (self.chief, false),
        ]
        .iter()
        .filter(|(given, asked)| *given && !asked)
        .count()
    }
}

impl Values {
    pub fn with(&self, gift: &Gift) -> Values {
        Values {
            amount: gift.amount.or(self.amount),
            motive: gift.motive.or(self.motive).filter(|motive| !motive.is_empty()),
            status: gift.status.or(self.status),
            ..self.clone()
        }
    }

    fn holds(&self, criterion: Option<Criterion>) -> bool {
        match criterion {
            None => true,
            Some(Criterion::AtLeast(least)) => self.amount.is_some_and(|amount| amount >= least),
            Some(Criterion::Below(most)) => self.amount.is_some_and(|amount| amount < most),
            Some(Criterion::Done) => self.status == Some("fait"),
        }
    }

    fn may(&self, owner: Owner, actor: Actor) -> bool {
        match owner {
            Owner::Unsaid | Owner::Everyone => true,
            Owner::Alice => actor == Actor::Alice,
            Owner::Role => actor == Actor::Bruno,
            Owner::Group => actor == Actor::Claire,
            Owner::OfField => self.chief.is_some() && self.chief == actor.name(),
        }
    }
}

impl Model {
    /// The transitions out of the record's state, and their children.
    pub fn leaving(&self) -> Vec<Which> {
        let Some(inside) = &self.inside else { return Vec::new() };
        let mut found = Vec::new();
        for (number, transition) in self.plan.transitions.iter().enumerate() {
            if self.plan.leaves(transition, inside.state) {
                found.push(Which(number, None));
                found.extend(
                    (0..children(transition).len()).map(|child| Which(number, Some(child))),
                );
            }
        }
        found
    }

    pub fn asks(&self, which: Which) -> &Asks {
        let transition = &self.plan.transitions[which.0];
        which.1.map_or(&transition.asks, |child| &children(transition)[child])
    }

    pub fn is_automatic(&self, which: Which) -> bool {
        matches!(self.plan.transitions[which.0].kind, Kind::Automatic(..))
    }

    /// What is done with a transition: the last child does its parent too.
    fn made(&self, which: Which) -> Vec<Which> {
        let Which(parent, Some(child)) = which else { return vec![which] };
        let done = &self.inside.as_ref().unwrap().done;
        let all = children(&self.plan.transitions[parent]).len();
        let mut others = (0..all).filter(|other| *other != child);
        let mut made = vec![which];
        if others.all(|other| done.contains(&(parent, other))) {
            made.push(Which(parent, None));
        }
        made
    }

    /// Why somebody is not offered a transition out of the record's state.
    pub fn shut(&self, which: Which, actor: Actor) -> Vec<&'static str> {
        let inside = self.inside.as_ref().unwrap();
        let mut codes = Vec::new();
        match which {
            Which(number, None) if !children(&self.plan.transitions[number]).is_empty() => {
                codes.push("by_children");
            }
            Which(parent, Some(child)) if inside.done.contains(&(parent, child)) => {
                codes.push("done");
            }
            _ => {}
        }
        let parent = which.1.map(|_| Which(which.0, None));
        for which in parent.into_iter().chain([which]) {
            let asks = self.asks(which);
            if !self.record.may(asks.owner, actor) {
                codes.push("not_allowed");
            }
            if !self.record.holds(asks.criterion) {
                codes.push("not_held");
            }
        }
        codes
    }

    /// All that stands in the way of a transition.
    pub fn obstacles(&self, which: Which, actor: Actor, gift: &Gift) -> Vec<&'static str> {
        let Some(inside) = &self.inside else { return vec!["not_inside"] };
        if !self.leaving().contains(&which) {
            return vec!["wrong_state"];
        }
        let mut codes = self.shut(which, actor);
        if self.is_automatic(which) {
            codes.push("automatic");
        }
        let made = self.made(which);
        let asked: Vec<&Asks> = made.iter().map(|which| self.asks(*which)).collect();
        let draft = inside.drafts.iter().find(|(name, _)| *name == which.name());
        let both = gift.over(draft.map(|(_, gift)| gift));
        codes.extend((0..both.foreign(&asked)).map(|_| "not_asked"));
        let filled = self.record.with(&both.asked_by(&asked));
        for asks in asked {
            if asks.note && !both.note {
                codes.push("missing_note");
            }
            if asks.ticked && !both.ticked {
                codes.push("unticked");
            }
            for field in &asks.required {
                let given = match field {
                    Field::Montant => filled.amount.is_some(),
                    Field::Motif => filled.motive.is_some(),
                    Field::Statut => filled.status.is_some(),
                };
                if !given {
                    codes.push("missing");
                }
            }
            if asks.least.is_some_and(|least| filled.amount.is_some_and(|amount| amount < least)) {
                codes.push("invalid");
            }
        }
        codes.sort_unstable();
        codes
    }

    /// What is due by now or later, the earliest first.
    pub fn steps(&self) -> Vec<(i64, Step)> {
        let Some(inside) = &self.inside else { return Vec::new() };
        let mut steps = Vec::new();
        if let Some(Some(deadline)) = self.plan.deadlines.get(inside.state) {
            let end = inside.since + deadline.after;
            steps.extend(deadline.reminder.map(|before| (end - before, Step::Reminder)));
            let levels = deadline.levels.iter().enumerate();
            steps.extend(levels.map(|(level, after)| (end + after, Step::Escalation(level))));
        }
        for (number, transition) in self.plan.transitions.iter().enumerate() {
            if let Kind::Automatic(from, hours) = transition.kind
                && from == inside.state
            {
                steps.push((inside.since + hours, Step::Transition(number)));
            }
        }
        steps.retain(|(_, step)| !inside.taken.contains(step));
        steps.sort_unstable();
        steps
    }

    pub fn apply(&mut self, call: &Call) {
        self.refused = None;
        match call {
            Call::Create(values) => {
                self.record = values.clone();
                self.settle(None, None);
            }
            Call::Update { amount, chief, state } => {
                let before = self.record.state;
                if state.is_some() && *state != before && self.is_guarded() {
                    self.refused = Some(vec!["protected"]);
                    return;
                }
                self.record.amount = amount.or(self.record.amount);
                self.record.chief = chief.or(self.record.chief);
                self.record.state = state.or(before);
                self.settle(before, None);
            }
            Call::Press(rule) => {
                let before = self.record.state;
                self.write_state(*rule);
                self.settle(before, Some(*rule));
            }
            Call::Look(_) => {}
            Call::Wait(hours) => self.now += hours,
            Call::Enter => {
                self.left = false;
                self.settle(self.record.state, None);
            }
            Call::Exit => self.left |= self.inside.take().is_some(),
            Call::Fire(which, actor, gift) => {
                let codes = self.obstacles(*which, *actor, gift);
                if codes.is_empty() {
                    self.pass(*which, gift);
                } else {
                    self.refused = Some(codes);
                }
            }
            Call::Draft(which, _, gift) => self.draft(*which, gift),
            Call::Take => {
                if let Some((_, step)) = self.due() {
                    self.inside.as_mut().unwrap().taken.push(step);
                    match step {
                        Step::Transition(number)
                            if self.record.holds(self.plan.transitions[number].asks.criterion) =>
                        {
                            self.pass(Which(number, None), &Gift::default());
                        }
                        _ => self.settle(self.record.state, None),
                    }
                }
            }
        }
    }

    /// What is due by now and first.
    pub fn due(&self) -> Option<(i64, Step)> {
        self.steps().into_iter().next().filter(|(at, _)| *at <= self.now)
    }

    fn draft(&mut self, which: Which, gift: &Gift) {
        self.refused = match &self.inside {
            None => Some(vec!["not_inside"]),
            Some(_) if !self.leaving().contains(&which) => Some(vec!["wrong_state"]),
            Some(_) => {
                let made = self.made(which);
                let asked: Vec<&Asks> = made.iter().map(|which| self.asks(*which)).collect();
                let foreign = gift.foreign(&asked);
                (foreign > 0).then(|| vec!["not_asked"; foreign])
            }
        };
        if self.refused.is_none() {
            let drafts = &mut self.inside.as_mut().unwrap().drafts;
            drafts.retain(|(name, _)| *name != which.name());
            if !gift.is_empty() {
                drafts.push((which.name(), gift.clone()));
            }
        }
    }

    /// Makes a transition that nothing stands in the way of.
    fn pass(&mut self, which: Which, gift: &Gift) {
        let made = self.made(which);
        let before = self.record.state;
        let inside = self.inside.as_mut().unwrap();
        let draft = inside.drafts.iter().find(|(name, _)| *name == which.name());
        self.record = self.record.with(&gift.over(draft.map(|(_, gift)| gift)));
        for which in made {
            let inside = self.inside.as_mut().unwrap();
            inside.moves += 1;
            if let Some(child) = which.1 {
                inside.done.push((which.0, child));
                inside.drafts.retain(|(name, _)| *name != which.name());
            } else {
                let to = self.plan.transitions[which.0].to;
                self.record.state = Some(to);
                inside.stand(to, self.now);
            }
            if self.asks(which).after == After::Mark {
                self.record.status = Some("fait");
            }
        }
        self.settle(before, None);
    }

    /// Lets rules do what they do, and the process follow; then a blueprint may take the record.
    fn settle(&mut self, before: Option<usize>, pressed: Option<usize>) {
        let mut fired: Vec<usize> = pressed.into_iter().collect();
        self.waves(before, &mut fired);
        self.follow();
        let state = self.record.state.unwrap_or(0);
        let takes = !self.plan.entry || self.record.amount.is_some_and(|amount| amount > 0);
        if !self.left && !self.is_guarded() && takes && !self.plan.is_end(state) {
            let before = self.record.state;
            let mut inside = Inside::new();
            inside.stand(state, self.now);
            self.inside = Some(inside);
            self.record.state = Some(state);
            self.waves(before, &mut fired);
            self.follow();
        }
    }

    fn waves(&mut self, mut before: Option<usize>, fired: &mut Vec<usize>) {
        while self.record.state != before {
            let now = self.record.state;
            for rule in 0..self.plan.rules.len() {
                let when = self.plan.rules[rule].when;
                if when.is_some() && when == now && !fired.contains(&rule) {
                    fired.push(rule);
                    self.write_state(rule);
                }
            }
            before = now;
        }
    }

    /// What a rule writes; plainly, not inside a process.
    fn write_state(&mut self, rule: usize) {
        let rule = &self.plan.rules[rule];
        if rule.forced || !self.is_guarded() {
            self.record.state = Some(rule.to);
        }
    }

    /// A forced state is followed.
    fn follow(&mut self) {
        let Some(state) = self.record.state.filter(|_| self.is_guarded()) else { return };
        let now = self.now;
        if let Some(inside) = self.inside.as_mut().filter(|inside| inside.state != state) {
            inside.moves += 1;
            inside.stand(state, now);
        }
    }

    /// Whether the record is in a process that is not over.
    pub fn is_guarded(&self) -> bool {
        self.inside.as_ref().is_some_and(|inside| !self.plan.is_end(inside.state))
    }
}

impl Inside {
    fn new() -> Inside {
        let (drafts, done) = (Vec::new(), Vec::new());
        Inside { state: 0, since: 0, taken: Vec::new(), drafts, done, moves: 1 }
    }

    fn stand(&mut self, state: usize, now: i64) {
        (self.state, self.since) = (state, now);
        (self.taken, self.drafts, self.done) = (Vec::new(), Vec::new(), Vec::new());
    }
}
