//! What each branch of a rule writes and what it listens to.

use rustc_hash::FxHashMap;

use super::Node;
use crate::checked::names::fold;
use crate::checked::workflow::{
    Action, ActionKind, Branch, Chaining, Change, Repetition, Target, TriggerKind, Update,
};
use crate::checked::{CheckedProgram, Condition, Domain, Expr, ExprKind, FieldRef, On, Rule};
use crate::lint::whole::answers::{Answers, Given};
use crate::lint::whole::fields::Fields;
use crate::plan::mention;
use crate::schema::FieldType;
use crate::source::Span;
use crate::value::fold::same_name;
use crate::value::typed::{self, Typed};
use crate::value::{FieldKey, Value, read};

/// How an effect reaches the rules that it sets off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Way {
    /// In the next wave.
    Now,
    /// When a timer is due: `puis 3 jours après`.
    Later,
    /// When the date that was written comes.
    Date,
    /// As a new record.
    Creates,
}

/// A branch that listens to a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Listener {
    pub(super) node: u32,
    pub(super) how: Listens,
}

/// Why a branch acts when a field changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Listens {
    /// Its trigger, its criterion or its values read the field.
    Reads,
    /// The field is the date that it waits for.
    Waits,
    /// It is asked at every save, and writes the field back to this value, where that is fixed.
    Restores(Option<u32>),
}

/// A field that a branch writes, or a record that it creates.
#[derive(Debug)]
pub(super) struct Effect {
    pub(super) node: u32,
    /// The field; of a record the number of its module among those created.
    pub(super) field: u32,
    /// The number of the value, where it is fixed.
    pub(super) value: Option<u32>,
    pub(super) way: Way,
    pub(super) on: On,
    /// The action.
    pub(super) span: Span,
    /// Of a created record, all that is known of it.
    pub(super) given: Vec<Given>,
}

/// What the rules of a program write and listen to.
#[derive(Debug, Default)]
pub(super) struct Effects<'p> {
    pub(super) nodes: Vec<Node>,
    pub(super) places: Vec<On>,
    pub(super) fields: Fields,
    pub(super) answers: Answers<'p>,
    /// In the order of the program.
    pub(super) list: Vec<Effect>,
    /// For each rule, the fields whose change its triggers name.
    pub(super) changed: Vec<Vec<u32>>,
    /// For each field, the branches that listen to it.
    pub(super) listeners: FxHashMap<u32, Vec<Listener>>,
    /// For each module, the branches that wait for new records.
    pub(super) births: FxHashMap<On, Vec<u32>>,
}

impl<'p> Effects<'p> {
    pub(super) fn of(program: &'p CheckedProgram) -> Effects<'p> {
        let mut effects = Effects::default();
        for (index, rule) in program.rules.iter().enumerate() {
            let on = &rule.on;
            let changed = effects.changed_of(on, rule);
            effects.changed.push(changed);
            for (branch, written) in rule.branches.iter().enumerate() {
                let node = effects.nodes.len() as u32;
                effects.nodes.push(Node { rule: index as u32, branch: branch as u32 });
                effects.places.push(on.clone());
                effects.listen(program, node, rule, branch);
                for action in &written.actions {
                    effects.action(program, node, on, action, Way::Now);
                }
                for action in written.later.iter().flat_map(|later| &later.actions) {
                    effects.action(program, node, on, action, Way::Later);
                }
            }
        }
        if matches!(program.chaining, Some(Chaining::Depth(_))) {
            effects.listen_to_own(program);
        }
        for rule in &program.rules {
            let conditions = rule.branches.iter().filter_map(|branch| branch.condition.as_ref());
            let triggers = rule.triggers.iter().filter_map(|trigger| match &trigger.kind {
                TriggerKind::Criterion(condition) => Some(condition),
                _ => None,
            });
            for condition in conditions.chain(triggers) {
                effects.answers.file(&rule.on, condition, &effects.fields);
            }
        }
        effects.answers.ask(program);
        effects
    }

    /// Whether an effect that is had again changes nothing.
    pub(super) fn stays(&self, effect: u32) -> bool {
        self.list[effect as usize].value.is_some()
    }

    fn changed_of(&mut self, on: &On, rule: &Rule) -> Vec<u32> {
        let fields = rule.triggers.iter().filter_map(|trigger| match &trigger.kind {
            TriggerKind::Changed(fields) => Some(fields),
            _ => None,
        });
        fields.flatten().map(|field| self.fields.id(on, &field.key)).collect()
    }

    fn listen(&mut self, program: &'p CheckedProgram, node: u32, rule: &'p Rule, branch: usize) {
        let on = &rule.on;
        let mut heard: Vec<(u32, Listens)> = Vec::new();
        let mut born = false;
        // What the criteria up to this branch read, and what it writes is made of.
        let mut criteria = Vec::new();
        for condition in rule.branches[..=branch].iter().filter_map(|b| b.condition.as_ref()) {
            self.reads_of(on, condition, &mut criteria);
        }
        for trigger in &rule.triggers {
            match &trigger.kind {
                TriggerKind::Created => born = true,
                TriggerKind::Updated | TriggerKind::CreatedOrUpdated => {
                    born |= matches!(trigger.kind, TriggerKind::CreatedOrUpdated);
                    heard.extend(criteria.iter().map(|field| (*field, Listens::Reads)));
                    let mut made_of = Vec::new();
                    self.values(program, on, &rule.branches[branch], &mut made_of);
                    heard.extend(made_of.iter().map(|field| (*field, Listens::Reads)));
                }
                TriggerKind::Changed(fields) => {
                    for field in fields {
                        heard.push((self.fields.id(on, &field.key), Listens::Reads));
                    }
                }
                TriggerKind::Criterion(condition) => {
                    born = true;
                    let mut read = Vec::new();
                    self.reads_of(on, condition, &mut read);
                    heard.extend(read.iter().map(|field| (*field, Listens::Reads)));
                }
                TriggerKind::Date(date) => {
                    heard.push((self.fields.id(on, &date.field.key), Listens::Waits));
                }
                TriggerKind::Deleted
                | TriggerKind::Manual
                | TriggerKind::Score { .. }
                | TriggerKind::Event(_)
                | TriggerKind::Idle(..) => {}
            }
        }
        if rule.repetition == Repetition::OnEntering {
            // Only what its criterion reads can make it hold anew, whatever else changes with it.
            let asked = heard.iter().any(|(_, how)| *how == Listens::Reads);
            heard.retain(|(_, how)| *how != Listens::Reads);
            heard.extend(criteria.iter().filter(|_| asked).map(|field| (*field, Listens::Reads)));
        }
        heard.sort_unstable();
        heard.dedup();
        for (field, how) in heard {
            self.listeners.entry(field).or_default().push(Listener { node, how });
        }
        if born {
            self.births.entry(on.clone()).or_default().push(node);
        }
    }

    /// Rules that are asked at every save fight for the fields that they write: where rules go on
    /// until nothing changes, that may go on.
    fn listen_to_own(&mut self, program: &CheckedProgram) {
        for effect in self.list.iter().filter(|effect| effect.way == Way::Now) {
            let rule = &program.rules[self.nodes[effect.node as usize].rule as usize];
            let own = self.places[effect.node as usize] == effect.on;
            if own && is_asked_at_every_save(rule) && rule.repetition != Repetition::OnEntering {
                let how = Listens::Restores(effect.value);
                let node = effect.node;
                self.listeners.entry(effect.field).or_default().push(Listener { node, how });
            }
        }
    }

    /// The fields that a criterion reads of its own record.
    fn reads_of(&mut self, on: &On, condition: &Condition, out: &mut Vec<u32>) {
        mention::each_of_condition(condition, &mut |field, depth| {
            if depth == 0 {
                let key = field.key.path.as_ref().map_or(&field.key, |path| &path.0);
                out.push(self.fields.id(on, key));
            }
        });
    }

    /// The fields that something reads of its own record.
    fn reads(&mut self, on: &On, mention: impl FnOnce(&mut Vec<FieldRef>), out: &mut Vec<u32>) {
        let mut reads = Vec::new();
        mention(&mut reads);
        for field in reads.iter().filter(|field| field.depth == 0) {
            let key = field.key.path.as_ref().map_or(&field.key, |path| &path.0);
            out.push(self.fields.id(on, key));
        }
    }

    /// The fields that the values of a branch are made of.
    fn values(
        &mut self,
        program: &'p CheckedProgram,
        on: &On,
        branch: &'p Branch,
        out: &mut Vec<u32>,
    ) {
        for action in &branch.actions {
            match &action.kind {
                ActionKind::Update(update) => {
                    for value in &update.values {
                        self.reads(on, |reads| mention::of_expr(value, 0, reads), out);
                    }
                    if let (Target::Own(field), Change::Add | Change::Remove) =
                        (&update.target, update.change)
                    {
                        out.push(self.fields.id(on, &field.key));
                    }
                }
                ActionKind::Score(id) => {
                    for line in program.scores.get(id.0 as usize).iter().flat_map(|s| &s.lines) {
                        let level = u8::from(line.events.is_some());
                        if let Some(condition) = &line.condition {
                            let of = |reads: &mut Vec<FieldRef>| {
                                mention::of_condition(condition, level, reads);
                            };
                            self.reads(on, of, out);
                        }
                        let of = |reads: &mut Vec<FieldRef>| {
                            mention::of_expr(&line.points, level, reads);
                        };
                        self.reads(on, of, out);
                    }
                }
                _ => {}
            }
        }
    }

    fn action(
        &mut self,
        program: &'p CheckedProgram,
        node: u32,
        on: &On,
        action: &'p Action,
        way: Way,
    ) {
        let push = |effects: &mut Self, on: &On, key: &FieldKey, value: Option<Value>| {
            let field = effects.fields.id(on, key);
            let value = value.map(|value| effects.answers.value(field, &value));
            let given = Vec::new();
            let (on, span) = (on.clone(), action.span);
            effects.list.push(Effect { node, field, value, way, on, span, given });
        };
        match &action.kind {
            ActionKind::Update(update) => match &update.target {
                // The records of modules that nobody declares are not known.
                Target::Own(field) if field.key.path.is_some() => {}
                Target::Own(field) => push(self, on, &field.key, fixed(update, field)),
                Target::Through { module, field, .. } | Target::Each { module, field, .. } => {
                    push(self, &On::Declared(*module), &field.key, fixed(update, field));
                }
            },
            ActionKind::Score(id) => {
                let module = on.declared(&program.schema);
                let score = program.scores.get(id.0 as usize);
                let named = |key: &FieldKey| {
                    score.is_some_and(|s| key.names.iter().any(|name| same_name(name, &s.name)))
                };
                let mut fields = module.iter().flat_map(|module| &module.fields);
                let is_number = |ty: &FieldType| matches!(ty, FieldType::Number(_));
                if let Some(field) = fields.find(|f| is_number(&f.ty) && named(&f.key)) {
                    push(self, on, &field.key, None);
                }
            }
            ActionKind::Create { module, fields } => {
                self.creation(program, (node, action.span), module, fields);
            }
            _ => {}
        }
    }

    /// A record that is created: what is not said of it is empty, or the default.
    fn creation(
        &mut self,
        program: &'p CheckedProgram,
        (node, span): (u32, Span),
        module: &str,
        written: &'p [(String, Expr)],
    ) {
        // Of a module that is not declared nothing is known.
        let Some(id) = program.names.module(module) else { return };
        let Some(declared) = program.schema.module(id).filter(|module| !module.open) else {
            return;
        };
        let on = On::Declared(id);
        let mut given = Vec::new();
        for field in &declared.fields {
            let Some(domain) = field.ty.domain(field.mode) else { continue };
            let by = written.iter().find(|(name, _)| field.key.folded.contains(&fold(name)));
            let value = match by {
                Some((_, expr)) => constant(expr, domain),
                None => Some(field.default.clone().unwrap_or(empty(domain))),
            };
            let id = self.fields.id(&on, &field.key);
            given.push((id, value.map(|value| self.answers.value(id, &value))));
        }
        let way = Way::Creates;
        self.list.push(Effect { node, field: u32::MAX, value: None, way, on, span, given });
    }
}

/// Whether a rule is asked at every save, whatever changes.
pub(super) fn is_asked_at_every_save(rule: &Rule) -> bool {
    let every =
        |kind: &TriggerKind| matches!(kind, TriggerKind::Updated | TriggerKind::CreatedOrUpdated);
    rule.triggers.iter().any(|trigger| every(&trigger.kind))
}

/// The value that an update gives, where it is always the same.
fn fixed(update: &Update, field: &FieldRef) -> Option<Value> {
    if update.change != Change::Set {
        return None;
    }
    match (&update.values[..], field.domain) {
        ([], domain) => Some(empty(domain)),
        (values, Domain::Set(_)) => {
            let text = |value: &Expr| match &value.kind {
                ExprKind::Const(Value::Text(text)) => Some(text.clone()),
                _ => None,
            };
            values.iter().map(text).collect::<Option<Vec<_>>>().map(Value::from)
        }
        ([value], domain) => constant(value, domain),
        _ => None,
    }
}

/// A constant as a field of a domain holds it.
fn constant(expr: &Expr, domain: Domain) -> Option<Value> {
    let ExprKind::Const(value) = &expr.kind else { return None };
    let held = match (domain, value) {
        (Domain::Text(_), Value::Text(text)) if text.trim().is_empty() => false,
        (Domain::Dynamic, Value::Text(text)) => {
            // Read as what is there: only a plain text is always one.
            let number = typed::number(value.as_ref());
            read::tick(text).is_none() && !matches!(number, Typed::Value(_))
        }
        (Domain::Text(_) | Domain::Reference(_), Value::Text(_))
        | (Domain::Number, Value::Number(_))
        | (Domain::Checkbox, Value::Bool(_))
        | (Domain::Date, Value::Date(_)) => true,
        _ => false,
    };
    held.then(|| value.clone())
}

/// Nothing, as a field of a domain holds it.
fn empty(domain: Domain) -> Value {
    if domain == Domain::Checkbox { Value::Bool(false) } else { Value::Empty }
}
