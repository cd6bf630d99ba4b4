//! What is no content, taken away: places, texts as written, slots, indexes, zeros that end a
//! number. What is named by an index is kept beside, by its name or by its own content.

use super::Hash;
use crate::checked::walk::{fields_of_condition, fields_of_expr};
use crate::checked::workflow::{
    Action, ActionKind, Actor, Branch, Due, Must, Target, Update, WebhookId,
};
use crate::checked::{
    ChangeTest, CheckedProgram, Condition, Expr, ExprKind, FieldRef, Operand, Predicate, Score,
    ScoreId, Term,
};
use crate::schema::ModuleId;
use crate::source::Span;
use crate::value::{FieldKey, Value};

/// Scores that use scores are followed so far.
const MAX_DEPTH: usize = 32;

/// Takes away what is no content, and notes what is named on the way.
pub(super) struct Bare<'p> {
    program: Option<&'p CheckedProgram>,
    /// Whether scores count by what they say, not by their names.
    deep: bool,
    /// How many scores this is within.
    depth: usize,
    /// What was named so far, in order.
    named: Vec<String>,
}

impl<'p> Bare<'p> {
    /// Within one program, where an index says enough.
    pub(super) fn alone() -> Bare<'p> {
        Bare { program: None, deep: false, depth: 0, named: Vec::new() }
    }

    /// What is named counts by its name.
    pub(super) fn by_name(program: &'p CheckedProgram) -> Bare<'p> {
        Bare { program: Some(program), ..Bare::alone() }
    }

    /// What is named counts by what it says, where it says what is decided.
    pub(super) fn by_content(program: &'p CheckedProgram) -> Bare<'p> {
        Bare { program: Some(program), deep: true, ..Bare::alone() }
    }

    /// What was named.
    pub(super) fn named(&self) -> &[String] {
        &self.named
    }

    pub(super) fn condition(&mut self, bare: &mut Condition) {
        fields_of_condition(bare, 0, &mut |of, _| field(of));
        self.in_condition(bare);
    }

    pub(super) fn expr(&mut self, bare: &mut Expr) {
        fields_of_expr(bare, 0, &mut |of, _| field(of));
        self.in_expr(bare);
    }

    pub(super) fn must(&mut self, must: &mut Must) {
        must.span = Span::default();
        must.source.clear();
        self.condition(&mut must.condition);
        must.judged_with.iter_mut().for_each(field);
        if let Some(message) = &mut must.message {
            self.expr(message);
        }
    }

    pub(super) fn branch(&mut self, branch: &mut Branch) {
        branch.span = Span::default();
        if let Some(condition) = &mut branch.condition {
            self.condition(condition);
        }
        for action in &mut branch.actions {
            self.action(action);
        }
        for later in &mut branch.later {
            later.span = Span::default();
            for action in &mut later.actions {
                self.action(action);
            }
        }
    }

    pub(super) fn action(&mut self, action: &mut Action) {
        action.span = Span::default();
        action.source.clear();
        match &mut action.kind {
            ActionKind::Update(update) => self.update(update),
            ActionKind::Task(task) => {
                self.expr(&mut task.subject);
                if let Some(due) = &mut task.due {
                    self.due(due);
                }
                task.to.iter_mut().for_each(actor);
                self.settings(&mut task.settings);
            }
            ActionKind::Email(message) | ActionKind::Alert(message) => {
                self.expr(&mut message.template);
                message.to.iter_mut().for_each(actor);
                self.settings(&mut message.settings);
            }
            ActionKind::Webhook(webhook) => self.webhook(webhook),
            ActionKind::Function { arguments, .. } => {
                for argument in arguments {
                    self.expr(argument);
                }
            }
            ActionKind::Score(score) => self.score(score),
            ActionKind::Create { fields, .. } => self.settings(fields),
            ActionKind::Assign(to) => actor(to),
            ActionKind::Meeting(meeting) => {
                self.expr(&mut meeting.title);
                self.due(&mut meeting.start);
                meeting.with.iter_mut().for_each(actor);
                self.settings(&mut meeting.settings);
            }
            ActionKind::Convert(_)
            | ActionKind::Tag(_)
            | ActionKind::Untag(_)
            | ActionKind::Delete => {}
        }
    }

    fn update(&mut self, update: &mut Update) {
        for value in &mut update.values {
            self.expr(value);
        }
        match &mut update.target {
            Target::Own(own) => field(own),
            Target::Through { reference: list, field: of, module }
            | Target::Each { list, field: of, module } => {
                field(list);
                field(of);
                self.module(module);
            }
        }
    }

    fn due(&mut self, due: &mut Due) {
        if let Due::At(at) = due {
            self.expr(at);
        }
    }

    fn settings(&mut self, settings: &mut [(String, Expr)]) {
        for (_, value) in settings {
            self.expr(value);
        }
    }

    fn module(&mut self, id: &mut ModuleId) {
        if let Some(module) = self.program.and_then(|program| program.schema.module(*id)) {
            self.named.push(module.name.clone());
            id.0 = 0;
        }
    }

    fn webhook(&mut self, id: &mut WebhookId) {
        let webhooks = self.program.map_or(&[][..], |program| &program.webhooks);
        if let Some(webhook) = webhooks.get(id.0 as usize) {
            self.named.push(webhook.name.clone());
            id.0 = 0;
        }
    }

    pub(super) fn score(&mut self, id: &mut ScoreId) {
        let scores = self.program.map_or(&[][..], |program| &program.scores);
        let Some(score) = scores.get(id.0 as usize) else { return };
        id.0 = 0;
        self.named.push(score.name.clone());
        if self.deep && self.depth < MAX_DEPTH {
            let content = self.of_score(score);
            self.named.push(content);
        }
    }

    /// What a score says.
    fn of_score(&self, score: &Score) -> String {
        let mut inside = Bare { depth: self.depth + 1, named: Vec::new(), ..*self };
        let mut lines = score.lines.clone();
        for line in &mut lines {
            line.span = Span::default();
            line.source.clear();
            inside.expr(&mut line.points);
            line.cap = line.cap.map(|cap| cap.normalize());
            if let Some(condition) = &mut line.condition {
                inside.condition(condition);
            }
            if let Some(events) = &mut line.events {
                events.lists.iter_mut().for_each(key);
                key(&mut events.type_key);
                key(&mut events.at_key);
            }
        }
        let limits = |limits: Option<(rust_decimal::Decimal, rust_decimal::Decimal)>| {
            limits.map(|(least, most)| (least.normalize(), most.normalize()))
        };
        let groups = score.groups.iter().map(|group| (&group.name, limits(group.limits)));
        let groups: Vec<_> = groups.collect();
        let stars: Vec<_> = score.stars.iter().map(|(at, stars)| (at.normalize(), stars)).collect();
        let labels = score.labels.iter().map(|(at, label)| (at.normalize(), label));
        let labels: Vec<_> = labels.collect();
        let limits = limits(score.limits);
        Hash::of(&(lines, groups, limits, stars, labels, inside.named())).digits()
    }

    /// Takes places and the texts as written away.
    fn in_condition(&mut self, bare: &mut Condition) {
        match bare {
            Condition::All(parts) | Condition::Any(parts) => {
                for part in parts {
                    self.in_condition(part);
                }
            }
            Condition::Not(part) => self.in_condition(part),
            Condition::Related(related) => {
                related.span = Span::default();
                related.source.clear();
                self.in_condition(&mut related.condition);
            }
            Condition::Test(test) => {
                test.span = Span::default();
                test.source.clear();
                if let Operand::Expr(left) = &mut test.left {
                    self.in_expr(left);
                }
                self.in_predicate(&mut test.predicate);
            }
        }
    }

    fn in_predicate(&mut self, predicate: &mut Predicate) {
        match predicate {
            Predicate::Text(_, terms)
            | Predicate::Number(_, terms)
            | Predicate::Time(_, terms)
            | Predicate::Set(_, terms)
            | Predicate::Dynamic(_, terms)
            | Predicate::Change(ChangeTest::Becomes(terms)) => self.terms(terms),
            Predicate::Change(ChangeTest::From(from, to)) => {
                self.terms(from);
                self.terms(to);
            }
            Predicate::Empty
            | Predicate::Ticked(_)
            | Predicate::Regex { .. }
            | Predicate::Mask(_)
            | Predicate::Change(ChangeTest::Changes) => {}
        }
    }

    fn terms(&mut self, terms: &mut [Term]) {
        for term in terms {
            match term {
                Term::Expr(expr) => self.in_expr(expr),
                Term::Const(constant) => value(constant),
                Term::Time(_) | Term::Untyped(_) => {}
            }
        }
    }

    fn in_expr(&mut self, bare: &mut Expr) {
        bare.span = Span::default();
        bare.source.clear();
        match &mut bare.kind {
            ExprKind::Const(constant) => value(constant),
            ExprKind::Time(_) | ExprKind::Field(_) => {}
            ExprKind::Score(score) => self.score(score),
            ExprKind::Negate(inner)
            | ExprKind::Escaped(inner, _)
            | ExprKind::Shift { base: inner, .. } => self.in_expr(inner),
            ExprKind::Binary(left, _, right) => {
                self.in_expr(left);
                self.in_expr(right);
            }
            ExprKind::Call(_, parts) | ExprKind::Template(parts) => {
                for part in parts {
                    self.in_expr(part);
                }
            }
            ExprKind::Aggregate { field, filter, .. } => {
                if let Some(field) = field {
                    self.in_expr(field);
                }
                if let Some(filter) = filter {
                    self.in_condition(filter);
                }
            }
            ExprKind::If(condition, yes, no) => {
                self.in_condition(condition);
                self.in_expr(yes);
                self.in_expr(no);
            }
        }
    }
}

/// Leaves of a field its declared name only.
pub(super) fn field(field: &mut FieldRef) {
    key(&mut field.key);
}

fn key(key: &mut FieldKey) {
    (key.shape, key.slot) = (0, 0);
    key.names.truncate(1);
    key.folded.clear();
    key.path = None;
}

pub(super) fn actor(actor: &mut Actor) {
    if let Actor::Field(of) = actor {
        field(of);
    }
}

/// A number is a number, however many zeros end it.
fn value(constant: &mut Value) {
    match constant {
        Value::Number(number) => *number = number.normalize(),
        Value::List(items) => items.iter_mut().for_each(value),
        Value::Record(fields) => fields.iter_mut().for_each(|(_, inner)| value(inner)),
        _ => {}
    }
}
