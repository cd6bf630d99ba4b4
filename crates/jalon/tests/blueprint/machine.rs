//! Any blueprint and any sequence of calls, against a model of what they are to do.
//!
//! After every call the record, its instance, its drafts, its timers and what stands in the way are
//! those of the model; so no sequence reaches a state that is not declared, skips a field that must
//! be given, fires for somebody who may not, or loses a draft. Every call is made twice, on what was
//! written and read back, and both ways of asking ([`jalon::Program::fire`] with an instance,
//! [`jalon::Program::decide`] with a state) must agree.

mod host;
mod model;
mod plan;

use std::sync::Arc;

use jalon::Clock;
use jalon::blueprint::Given;
use jalon::value::Instant;
use jalon::workflow::{EventKind, State};
use proptest::prelude::*;
use proptest::strategy::Union;
use proptest_state_machine::{ReferenceStateMachine, StateMachineTest, prop_state_machine};
use serde_json::{Value as Json, json};

use super::program;
use host::{HOUR, Host, codes};
use model::{Call, Gift, Model, Values, Which};
use plan::{Actor, Field, children, plan, state};

struct Reference;

impl ReferenceStateMachine for Reference {
    type State = Model;
    type Transition = Call;

    fn init_state() -> BoxedStrategy<Model> {
        let made = plan().prop_flat_map(|plan| {
            let states = plan.states();
            let values = (proptest::option::of(0..states), amount(), chief());
            (Just(plan), values)
        });
        let made = made.prop_map(|(plan, (state, amount, chief))| {
            let record = Values { state, amount, motive: None, status: None, chief };
            let mut model = Model {
                plan: Arc::new(plan),
                created: record.clone(),
                record,
                inside: None,
                left: false,
                now: 0,
                refused: None,
            };
            model.apply(&Call::Create(model.created.clone()));
            model
        });
        made.boxed()
    }

    fn transitions(model: &Model) -> BoxedStrategy<Call> {
        let all: Vec<Which> = (0..model.plan.transitions.len())
            .flat_map(|number| {
                let children = children(&model.plan.transitions[number]).len();
                let children = (0..children).map(move |child| Which(number, Some(child)));
                std::iter::once(Which(number, None)).chain(children)
            })
            .collect();
        let mut leaving = model.leaving();
        leaving.retain(|which| !model.is_automatic(*which));
        let update = (amount(), chief(), proptest::option::weighted(0.3, 0..model.plan.states()));
        let mut calls: Vec<(u32, BoxedStrategy<Call>)> = vec![
            (1, given(model, all, Call::Fire)),
            (1, actor().prop_map(Call::Look).boxed()),
            (2, (1..20i64).prop_map(Call::Wait).boxed()),
            (2, Just(Call::Take).boxed()),
            (1, Just(Call::Exit).boxed()),
            (1, Just(Call::Enter).boxed()),
            (
                1,
                update
                    .prop_map(|(amount, chief, state)| Call::Update { amount, chief, state })
                    .boxed(),
            ),
        ];
        if !leaving.is_empty() {
            calls.push((8, given(model, leaving.clone(), Call::Fire)));
            calls.push((2, given(model, leaving, Call::Draft)));
        }
        let pressed =
            (0..model.plan.rules.len()).filter(|rule| model.plan.rules[*rule].when.is_none());
        let pressed: Vec<usize> = pressed.collect();
        if !pressed.is_empty() {
            calls.push((1, proptest::sample::select(pressed).prop_map(Call::Press).boxed()));
        }
        Union::new_weighted(calls).boxed()
    }

    /// A plan that has shrunk may not have it any more.
    fn preconditions(model: &Model, call: &Call) -> bool {
        match call {
            Call::Fire(which, ..) | Call::Draft(which, ..) => {
                let transition = model.plan.transitions.get(which.0);
                transition
                    .is_some_and(|one| which.1.is_none_or(|child| child < children(one).len()))
            }
            Call::Press(rule) => {
                model.plan.rules.get(*rule).is_some_and(|rule| rule.when.is_none())
            }
            Call::Update { state, .. } => state.is_none_or(|state| state < model.plan.states()),
            _ => true,
        }
    }

    fn apply(mut model: Model, call: &Call) -> Model {
        model.apply(call);
        model
    }
}

fn amount() -> impl Strategy<Value = Option<i64>> {
    proptest::option::of(proptest::sample::select(vec![0, 5, 10, 25]))
}

fn chief() -> impl Strategy<Value = Option<&'static str>> {
    proptest::option::of(proptest::sample::select(vec!["Alice", "Bruno", "Claire"]))
}

fn actor() -> impl Strategy<Value = Actor> {
    proptest::sample::select(vec![Actor::Nobody, Actor::Alice, Actor::Bruno, Actor::Claire])
}

/// A call that gives something for a transition: mostly what it asks for.
fn given(
    model: &Model,
    of: Vec<Which>,
    call: fn(Which, Actor, Gift) -> Call,
) -> BoxedStrategy<Call> {
    let text = |of: [&'static str; 2]| {
        proptest::option::weighted(0.7, proptest::sample::select(of.to_vec()))
    };
    let gift = (
        proptest::option::weighted(0.7, proptest::sample::select(vec![5, 10, 25])),
        text(["cher", ""]),
        text(["fait", "reste"]),
        proptest::bool::weighted(0.05),
        proptest::bool::weighted(0.7),
        proptest::bool::weighted(0.7),
    );
    let model = model.clone();
    (proptest::sample::select(of), actor(), gift, proptest::bool::weighted(0.85))
        .prop_map(move |(which, actor, gift, fits)| {
            let (amount, motive, status, chief, note, ticked) = gift;
            let mut gift = Gift { amount, motive, status, chief, note, ticked };
            if fits {
                let parent = model.asks(Which(which.0, None));
                let asks =
                    [model.asks(which), if which.1.is_some() { parent } else { model.asks(which) }];
                let asked = |field: Field| asks.iter().any(|asks| asks.asks(field));
                gift.amount = gift.amount.filter(|_| asked(Field::Montant));
                gift.motive = gift.motive.filter(|_| asked(Field::Motif));
                gift.status = gift.status.filter(|_| asked(Field::Statut));
            }
            call(which, actor, gift)
        })
        .boxed()
}

impl Gift {
    fn given(&self) -> Given {
        let mut given = Given::new();
        if let Some(amount) = self.amount {
            given = given.with("Montant", amount);
        }
        if let Some(motive) = self.motive {
            given = given.with("Motif", motive);
        }
        if let Some(status) = self.status {
            given = given.with("Statut", status);
        }
        if self.chief {
            given = given.with("Chef", "Alice");
        }
        given.note = self.note.then(|| "vu".to_owned());
        given.ticked = self.ticked.then(|| "Lu".to_owned()).into_iter().collect();
        given
    }
}

impl Values {
    fn json(&self) -> Json {
        let Values { state: at, amount, motive, status, chief } = self;
        json!({"id": 1, "Étape": at.map(state), "Montant": amount, "Motif": motive, "Statut": status,
            "Chef": chief})
    }
}

struct Machine;

impl StateMachineTest for Machine {
    type SystemUnderTest = Host;
    type Reference = Reference;

    fn init_test(model: &Model) -> Host {
        let clock = Clock::at("2026-06-30T10:30", "UTC").unwrap();
        let record = model.created.json();
        let mut host = Host {
            program: program(&model.plan.text()),
            start: clock.now.unwrap(),
            clock,
            state: State::new(),
            record: record.clone(),
            calls: 0,
        };
        host.decide(EventKind::Created { record: &record });
        host
    }

    fn apply(mut host: Host, model: &Model, call: Call) -> Host {
        host.calls += 1;
        let record = host.record.clone();
        let codes = match &call {
            Call::Create(_) => Vec::new(),
            Call::Update { amount, chief, state: to } => host.update(*amount, *chief, *to),
            Call::Press(rule) => {
                let rule = format!("R{rule}");
                codes(&host.decide(EventKind::Manual { rule: &rule, record: &record }))
            }
            Call::Look(actor) => host.look(*actor, model),
            Call::Fire(which, actor, gift) => host.fire(*which, *actor, gift),
            Call::Draft(which, actor, gift) => host.draft(*which, *actor, gift),
            Call::Wait(hours) => {
                let later = host.start.micros() + (model.now * HOUR);
                assert!(*hours > 0);
                host.clock.now = Some(Instant::from_micros(later));
                Vec::new()
            }
            Call::Take => host.take(),
            Call::Enter => codes(&host.decide(EventKind::Enter { record: &record })),
            Call::Exit => codes(&host.decide(EventKind::Exit { record: &record })),
        };
        let text = model.plan.text();
        match &model.refused {
            Some(expected) if expected == &["wrong_state"] => {
                assert!(codes.contains(&"wrong_state".to_owned()), "{call:?} {codes:?}\n{text}");
            }
            expected => {
                assert_eq!(codes, *expected.as_deref().unwrap_or_default(), "{call:?}\n{text}");
            }
        }
        host
    }

    fn check_invariants(host: &Host, model: &Model) {
        let text = model.plan.text();
        assert_eq!(host.record, model.record.json(), "{text}");
        let instance = host.instance();
        let (Some(instance), Some(inside)) = (&instance, &model.inside) else {
            assert_eq!(instance.is_some(), model.inside.is_some(), "{text}");
            assert_eq!(host.timers(), [], "{text}");
            return;
        };
        assert_eq!(*instance.state, *state(inside.state), "{text}");
        assert_eq!(host.hours(instance.since), inside.since, "{text}");
        assert_eq!(instance.history.len(), inside.moves, "{text}");
        assert_eq!(instance.history.last().unwrap().to, instance.state, "{text}");
        let drafts = instance.drafts.iter();
        let drafts: Vec<_> =
            drafts.map(|one| (one.transition.to_string(), one.given.clone())).collect();
        let expected = inside.drafts.iter().map(|(name, gift)| (name.clone(), gift.given()));
        assert_eq!(drafts, expected.collect::<Vec<_>>(), "{text}");
        let mut done: Vec<_> = instance.progress.iter().flat_map(|one| &one.done).collect();
        let mut expected: Vec<_> =
            inside.done.iter().map(|(parent, child)| Which(*parent, Some(*child)).name()).collect();
        done.sort();
        expected.sort();
        assert!(
            done.iter().map(|name| &***name).eq(expected.iter()),
            "{done:?} {expected:?}\n{text}"
        );
        let steps = host.program.steps(instance, &host.clock);
        let steps: Vec<_> =
            steps.iter().map(|due| (host.hours(due.at), due.step.clone())).collect();
        let expected = model.steps();
        let expected: Vec<_> = expected.into_iter().map(|(at, step)| (at, step.due())).collect();
        assert_eq!(steps, expected, "{text}");
        assert_eq!(host.timers(), expected, "{text}");
    }
}

prop_state_machine! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 600, ..ProptestConfig::default() })]

    #[test]
    fn any_calls_of_any_blueprint_do_what_the_model_does(sequential 1..40 => Machine);
}
