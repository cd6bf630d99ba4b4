//! Puts names where an index stands, and finds what is named on the way.

use rustc_hash::FxHashMap;
use serde_json::{Map, Value, json};

use super::canonical::hash;
use super::{Content, Declared, data};
use crate::checked::CheckedProgram;
use crate::checked::blueprint::State;
use crate::checked::workflow::Webhook;
use crate::schema::ModuleId;

/// The names of a program and what stands behind them, each looked at once.
#[derive(Debug)]
pub(crate) struct Names<'p> {
    pub(super) program: &'p CheckedProgram,
    scores: FxHashMap<u32, Content>,
    calendars: FxHashMap<u32, Content>,
    webhooks: FxHashMap<(u32, Option<ModuleId>), Content>,
    /// The program's own calendar.
    calendar: Option<Content>,
}

/// What a piece of data names.
#[derive(Debug, Default)]
struct Named {
    scores: Vec<u32>,
    calendars: Vec<u32>,
    webhooks: Vec<u32>,
    /// Whether it counts by the program's calendar.
    counts_worked: bool,
}

impl<'p> Names<'p> {
    /// Those of a program.
    pub(crate) fn new(program: &'p CheckedProgram) -> Names<'p> {
        Names {
            program,
            scores: FxHashMap::default(),
            calendars: FxHashMap::default(),
            webhooks: FxHashMap::default(),
            calendar: None,
        }
    }

    /// The content of some data about records of a module: what it says, and what it names.
    pub(super) fn content(&mut self, data: Value, module: Option<ModuleId>) -> Content {
        self.content_in(data, module, &[])
    }

    /// Likewise inside a blueprint.
    pub(super) fn content_in(
        &mut self,
        mut data: Value,
        module: Option<ModuleId>,
        states: &[State],
    ) -> Content {
        let mut named = Named::default();
        self.resolve(&mut data, states, &mut named);
        let names = self.contents_of(named, module);
        hash(&json!({"says": data, "names": names}))
    }

    /// The contents of what is named, in the order of their names.
    fn contents_of(&mut self, named: Named, module: Option<ModuleId>) -> Value {
        let mut found: Vec<(&str, String, Content)> = Vec::new();
        for id in named.scores {
            let content = self.score(id);
            found.push(("score", self.score_name(id).to_owned(), content));
        }
        for id in named.calendars {
            if let Some(calendar) = self.program.calendars.get(id as usize) {
                let content =
                    *self.calendars.entry(id).or_insert_with(|| hash(&data(&calendar.calendar)));
                found.push(("calendar", calendar.name.clone(), content));
            }
        }
        if named.counts_worked {
            let program = self.program;
            let content = *self.calendar.get_or_insert_with(|| hash(&data(&program.calendar())));
            found.push(("calendar", String::new(), content));
        }
        for id in named.webhooks {
            if let Some(webhook) = self.program.webhooks.get(id as usize) {
                let content = self.webhook(id, webhook, module);
                found.push(("webhook", webhook.name.clone(), content));
            }
        }
        found.sort();
        found.dedup();
        data(&found)
    }

    fn score_name(&self, id: u32) -> &'p str {
        self.program.scores.get(id as usize).map_or("", |score| score.name.as_str())
    }

    /// The content of a score; those it uses come first, however long the chain is.
    fn score(&mut self, id: u32) -> Content {
        if let Some(known) = self.scores.get(&id) {
            return *known;
        }
        let mut waiting = vec![id];
        while let Some(&id) = waiting.last() {
            let Some(score) = self.program.scores.get(id as usize) else {
                self.scores.insert(id, Content::default());
                waiting.pop();
                continue;
            };
            let mut named = Named::default();
            self.resolve(&mut data(score), &[], &mut named);
            let unknown = |used: &u32| !self.scores.contains_key(used) && !waiting.contains(used);
            if let Some(used) = named.scores.into_iter().find(unknown) {
                waiting.push(used);
            } else {
                waiting.pop();
                // Its own entry ends a circle, of which a checked program has none.
                self.scores.entry(id).or_default();
                let content = self.of_score(score);
                self.scores.insert(id, content);
            }
        }
        self.scores.get(&id).copied().unwrap_or_default()
    }

    /// What a webhook sends for the records of a module.
    fn webhook(&mut self, id: u32, webhook: &Webhook, module: Option<ModuleId>) -> Content {
        if let Some(known) = self.webhooks.get(&(id, module)) {
            return *known;
        }
        let content = self.content(webhook_data(webhook, module), module);
        self.webhooks.insert((id, module), content);
        content
    }

    /// Puts names where an index stands.
    fn resolve(&self, value: &mut Value, states: &[State], named: &mut Named) {
        match value {
            Value::Array(values) => {
                for value in values {
                    self.resolve(value, states, named);
                }
            }
            Value::Object(members) => match reference(members) {
                Some((mark, index)) => {
                    let name = self.name(&mark, index, states, named);
                    *value = name;
                }
                // A text may be spelled like a unit.
                None if members.len() == 1 && members.get("text").is_some_and(Value::is_string) => {
                }
                None => {
                    let period = members.get("period").and_then(Value::as_str);
                    named.counts_worked |= matches!(period, Some("week" | "fiscal_year"));
                    members.values_mut().for_each(|value| self.resolve(value, states, named));
                }
            },
            Value::String(word) => {
                named.counts_worked |= matches!(word.as_str(), "business_day" | "business_hour");
            }
            _ => {}
        }
    }

    /// The name behind an index; a formula says what it is.
    fn name(&self, mark: &str, index: u32, states: &[State], named: &mut Named) -> Value {
        let at = index as usize;
        let program = self.program;
        let name = match mark {
            "$module" => program.schema.modules.get(at).map(|module| &module.name),
            "$state" => states.get(at).map(|state| &state.name),
            "$rule" => program.rules.get(at).map(|rule| &rule.name),
            "$score" => {
                named.scores.push(index);
                program.scores.get(at).map(|score| &score.name)
            }
            "$webhook" => {
                named.webhooks.push(index);
                program.webhooks.get(at).map(|webhook| &webhook.name)
            }
            "$calendar" => {
                named.calendars.push(index);
                program.calendars.get(at).map(|calendar| &calendar.name)
            }
            "$formula" => {
                let mut formula = program.formulas.get(at).map_or(Value::Null, data);
                self.resolve(&mut formula, states, named);
                return formula;
            }
            _ => None,
        };
        name.map_or(Value::Null, |name| name.as_str().into())
    }

    /// Every declaration, kind by kind.
    pub(super) fn declarations(&mut self) -> Vec<Declared> {
        let program = self.program;
        let mut all = Vec::new();
        for (kind, name, module, states, says) in declared(program) {
            let content = self.content_in(says, module, states);
            all.push(Declared { kind, name, content });
        }
        all
    }

    /// What is said of the program as a whole.
    pub(super) fn program(&self) -> Value {
        let program = self.program;
        json!({
            "calendar": program.calendars.first().map(|calendar| &calendar.name),
            "chaining": program.chaining,
            "pipeline": program.pipeline,
            "currencies": program.currencies,
        })
    }

    /// All of it, with names.
    pub(super) fn json(&self) -> Value {
        let mut declarations = Vec::new();
        for (kind, name, _, states, mut says) in declared(self.program) {
            self.resolve(&mut says, states, &mut Named::default());
            declarations.push(json!({"kind": kind, "name": name, "says": says}));
        }
        json!({"version": 1, "program": self.program(), "declarations": declarations})
    }
}

/// The index that an object stands for.
fn reference(members: &Map<String, Value>) -> Option<(String, u32)> {
    let (mark, index) = members.iter().next().filter(|_| members.len() == 1)?;
    let index = u32::try_from(index.as_u64()?).ok()?;
    mark.starts_with('$').then(|| (mark.clone(), index))
}

/// A declaration: kind, name, module of its records, its states, what it says.
type Said<'p> = (&'static str, String, Option<ModuleId>, &'p [State], Value);

/// Every declaration that decides something.
fn declared(program: &CheckedProgram) -> Vec<Said<'_>> {
    let mut all: Vec<Said<'_>> = Vec::new();
    let mut say =
        |kind, name: &str, module, says| all.push((kind, name.to_owned(), module, &[][..], says));
    for (_, module) in program.schema.declared() {
        let mut fields: Vec<_> = module.fields.iter().collect();
        fields.sort_by_key(|field| field.name());
        say("module", &module.name, None, json!({"aliases": module.aliases, "fields": fields}));
    }
    for constant in &program.constants {
        let items = program.names.constant(&constant.name);
        say("constant", &constant.name, None, json!({"items": items}));
    }
    for score in &program.scores {
        say("score", &score.name, score.module, data(score));
    }
    for calendar in &program.calendars {
        say("calendar", &calendar.name, None, data(&calendar.calendar));
    }
    for webhook in &program.webhooks {
        let requests = webhook.requests.iter().map(|(module, _)| webhook_data(webhook, *module));
        let requests: Vec<_> = requests.collect();
        say(
            "webhook",
            &webhook.name,
            None,
            json!({"method": webhook.method, "requests": requests}),
        );
    }
    for dependency in &program.dependencies {
        let name = dependency.child.key.names.first().cloned().unwrap_or_default();
        say("dependency", &name, dependency.on.module(), data(dependency));
    }
    for validation in &program.validations {
        let name = validation.on.key(&program.schema);
        say("validation", name, validation.on.module(), data(validation));
    }
    for rule in &program.rules {
        say("rule", &rule.name, rule.on.module(), data(rule));
    }
    for guard in &program.guards {
        let name = guard.on.key(&program.schema);
        say("guard", name, guard.on.module(), data(guard));
    }
    for schedule in &program.schedules {
        say("schedule", &schedule.name, schedule.on.module(), data(schedule));
    }
    for approval in &program.approvals {
        say("approval", &approval.name, approval.on.module(), data(approval));
    }
    for one in &program.blueprints {
        all.push(("blueprint", one.name.clone(), one.on.module(), &one.states, data(one)));
    }
    all
}

/// What a webhook sends for the records of a module.
fn webhook_data(webhook: &Webhook, module: Option<ModuleId>) -> Value {
    json!({"method": webhook.method, "module": module, "request": webhook.request(module)})
}
