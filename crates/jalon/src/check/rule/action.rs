//! Actions: what they name and what they are given.

use crate::check::Checker;
use crate::check::kind;
use crate::check::scope::{Frame, Scope};
use crate::check::template::whole;
use crate::checked::names::fold;
use crate::checked::readings::Meaning;
use crate::checked::workflow::{
    Action, ActionKind, Due, Meeting, Message, Target, Task, WebhookId,
};
use crate::checked::{Domain, Expr, ExprKind, ScoreId};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::catalogue::{
    GONE_RECORD, REQUIRED_NOT_GIVEN, UNGUARDED_DELETE, UNKNOWN_MODULE, UNKNOWN_PRIORITY,
    UNKNOWN_WEBHOOK, WRITTEN_TWICE,
};
use crate::lexicon::Priority;
use crate::schema::{Field, ModuleId};
use crate::source::Span;
use crate::syntax::ast::{self, Name};
use crate::template::Format;

/// A module named by an action.
pub(in crate::check) enum Named {
    Declared(ModuleId),
    /// Not declared; the key of its names.
    Open(String),
}

impl Checker<'_> {
    /// Checks an action on a record of the scope; `None` where it has an error, which is
    /// reported.
    pub(in crate::check) fn action(
        &mut self,
        scope: &Scope,
        action: &ast::Action,
    ) -> Option<Action> {
        use ast::ActionKind as Written;
        let kind = match &action.kind {
            Written::Update(update) => ActionKind::Update(self.update(scope, update)?),
            Written::Task(task) => ActionKind::Task(self.task(scope, task)?),
            Written::Email(email) => ActionKind::Email(self.message(scope, "e-mail", email)?),
            Written::Alert(alert) => ActionKind::Alert(self.message(scope, "alerte", alert)?),
            Written::Webhook(name) => ActionKind::Webhook(self.webhook_named(scope, name)?),
            Written::Function(call) => {
                let arguments: Vec<Option<Expr>> =
                    call.arguments.iter().map(|item| self.argument(scope, item)).collect();
                let arguments = arguments.into_iter().collect::<Option<Vec<Expr>>>()?;
                ActionKind::Function { name: call.name.text.clone(), arguments }
            }
            Written::Score(name) => {
                let module = scope.module_key();
                ActionKind::Score(ScoreId(self.known_score(name, module.as_deref())?))
            }
            Written::Convert(modules) => {
                let known: Vec<bool> =
                    modules.iter().map(|name| self.module_named(name).is_some()).collect();
                let modules = modules.iter().map(|name| name.text.clone()).collect();
                known.into_iter().all(|known| known).then_some(ActionKind::Convert(modules))?
            }
            Written::Create(create) => self.create(scope, create, action.span)?,
            Written::Tag(tags) => ActionKind::Tag(texts(tags)),
            Written::Untag(tags) => ActionKind::Untag(texts(tags)),
            Written::Assign(assign) => ActionKind::Assign(self.actor(scope, &assign.to)?),
            Written::Meeting(meeting) => ActionKind::Meeting(self.meeting(scope, meeting)?),
            Written::Delete => ActionKind::Delete,
        };
        Some(Action { span: action.span, source: self.text(action.span), kind })
    }

    /// Checks actions that stand together; those with an error are left out.
    pub(in crate::check) fn actions(
        &mut self,
        scope: &Scope,
        actions: &[ast::Action],
    ) -> Vec<Action> {
        let checked: Vec<Action> =
            actions.iter().filter_map(|action| self.action(scope, action)).collect();
        self.written_twice(&checked);
        checked
    }

    /// Reports `supprimer` where no criterion says which records.
    pub(in crate::check) fn guard_deletes(&mut self, actions: &[Action]) {
        for action in actions.iter().filter(|a| matches!(a.kind, ActionKind::Delete)) {
            self.error(&UNGUARDED_DELETE, action.span);
        }
    }

    /// Reports what cannot be done to a record that is deleted.
    pub(super) fn on_gone_record(&mut self, actions: &[Action]) {
        for action in actions {
            let own = match &action.kind {
                ActionKind::Update(update) => matches!(update.target, Target::Own(_)),
                ActionKind::Score(_)
                | ActionKind::Convert(_)
                | ActionKind::Tag(_)
                | ActionKind::Untag(_)
                | ActionKind::Assign(_)
                | ActionKind::Delete => true,
                _ => false,
            };
            if own {
                self.error(&GONE_RECORD, action.span);
            }
        }
    }

    fn task(&mut self, scope: &Scope, task: &ast::Task) -> Option<Task> {
        let before = self.found.list.len();
        let subject = self.text_item(scope, "tâche", &task.subject);
        let due = task.due.as_ref().and_then(|due| self.due(scope, "échéance", due));
        let priority = task.priority.as_ref().and_then(|name| self.priority(name));
        let to = task.to.as_ref().and_then(|to| self.actor(scope, to));
        let settings = self.settings(scope, &task.settings);
        let subject = subject.filter(|_| self.no_errors_since(before))?;
        Some(Task { subject, due, priority, to, done: task.done, settings })
    }

    fn message(&mut self, scope: &Scope, what: &str, email: &ast::Email) -> Option<Message> {
        let before = self.found.list.len();
        let template = self.text_item(scope, what, &email.template);
        let to = self.actors(scope, &email.to);
        let settings = self.settings(scope, &email.settings);
        let template = template.filter(|_| self.no_errors_since(before))?;
        Some(Message { template, to, settings })
    }

    fn meeting(&mut self, scope: &Scope, meeting: &ast::Meeting) -> Option<Meeting> {
        let before = self.found.list.len();
        let title = self.text_item(scope, "rendez-vous", &meeting.title);
        let start = self.due(scope, "rendez-vous", &meeting.start);
        let length = meeting.length.map(|length| (length.count, length.unit));
        let with = self.actors(scope, &meeting.with);
        let settings = self.settings(scope, &meeting.settings);
        let (title, start) = title.zip(start).filter(|_| self.no_errors_since(before))?;
        Some(Meeting { title, start, length, with, settings })
    }

    /// When something is due: so long after now, or a date.
    fn due(&mut self, scope: &Scope, what: &str, due: &ast::Due) -> Option<Due> {
        match due {
            ast::Due::In(lapse) => Some(Due::In(lapse.count, lapse.unit)),
            ast::Due::At(item) => {
                let lang = self.written_in();
                let target = kind::Target {
                    name: what.to_owned(),
                    domain: Domain::DateTime,
                    field: None,
                    lang,
                };
                self.written_one(scope, &target, item).map(Due::At)
            }
        }
    }

    /// A priority.
    fn priority(&mut self, name: &Name) -> Option<Priority> {
        if let Some(priority) = Priority::parse(&name.text) {
            return Some(priority);
        }
        let words = Priority::WORDS.iter().flat_map(|(_, fr, en)| fr.iter().chain(*en).copied());
        let near = self.found.near(&name.text, words);
        let error = Diagnostic::new(&UNKNOWN_PRIORITY, name.span).arg("name", &name.text);
        self.report(error.suggest(near));
        None
    }

    /// Named options, one entry for each value. Who gets a copy is a field or an address.
    fn settings(&mut self, scope: &Scope, settings: &[ast::Setting]) -> Vec<(String, Expr)> {
        let mut checked = Vec::new();
        for setting in settings {
            for item in &setting.values {
                let field =
                    (setting.key == "copie" && !item.name.quoted && !scope.is_dynamic(self))
                        .then(|| self.field(scope, &item.name))
                        .flatten();
                let value = match field {
                    Some(found) => Some(self.field_expr(found, item.name.span)),
                    None if setting.key == "html" => self.html(scope, item),
                    None => self.text_item(scope, &setting.key, item),
                };
                checked.extend(value.map(|value| (setting.key.clone(), value)));
            }
        }
        checked
    }

    /// The text of an e-mail in HTML: quoted a template, otherwise as `"${…}"`.
    fn html(&mut self, scope: &Scope, item: &ast::Item) -> Option<Expr> {
        if item.name.quoted {
            return self.template_in(scope, &item.name, Format::Html);
        }
        let value = self.text_item(scope, "html", item)?;
        let written = matches!(value.kind, ExprKind::Const(_));
        Some(if written { value } else { whole(value, Format::Html) })
    }

    /// An argument of a host's function: a field, a constant, an expression.
    fn argument(&mut self, scope: &Scope, item: &ast::Item) -> Option<Expr> {
        match &item.expr {
            Some(expr) if !item.name.quoted => self.expr(scope, expr),
            _ => self.bare(scope, &item.name),
        }
    }

    /// A webhook that is declared; that rules of this scope call it is kept.
    pub(in crate::check) fn webhook_named(
        &mut self,
        scope: &Scope,
        name: &Name,
    ) -> Option<WebhookId> {
        let id = WebhookId(self.webhook_id(name)?);
        if self.called.insert((id, scope.module_key())) {
            self.webhook_calls.push((id, scope.clone()));
        }
        Some(id)
    }

    /// The index of a webhook that is declared.
    pub(in crate::check) fn webhook_id(&mut self, name: &Name) -> Option<u32> {
        if let Some(index) = self.names.webhook(&name.text) {
            self.note(name.span, || Meaning::Webhook(WebhookId(index)));
            return Some(index);
        }
        if self.broken_webhooks.contains(&fold(&name.text)) {
            return None;
        }
        let near = self.found.near(&name.text, self.webhooks.iter().map(String::as_str));
        let error = Diagnostic::new(&UNKNOWN_WEBHOOK, name.span).arg("name", &name.text);
        self.report(error.suggest(near));
        None
    }

    /// `créer M avec …`: the fields are those of the new record, what they get is read on the
    /// rule's.
    fn create(&mut self, scope: &Scope, create: &ast::Create, span: Span) -> Option<ActionKind> {
        let before = self.found.list.len();
        let named = self.module_named(&create.module);
        let inside = match &named {
            Some(Named::Declared(module)) => Some(Scope::record(*module)),
            Some(Named::Open(key)) => {
                Some(Scope::of(Frame::Dynamic { key: key.clone(), module: Some(key.clone()) }))
            }
            None => None,
        };
        let mut fields: Vec<(String, Expr)> = Vec::with_capacity(create.fields.len());
        for (name, item) in &create.fields {
            let found = inside.as_ref().and_then(|inside| self.field(inside, name));
            let Some(found) = found else {
                if let Some(inside) = &inside {
                    self.unknown_field(inside, name);
                }
                self.without_place(scope, name, std::slice::from_ref(item));
                continue;
            };
            let label = found.declared.map_or(&*name.text, Field::name).to_owned();
            let target = self.target(name, found.field.domain, found.declared);
            if found.is_far() && matches!(named, Some(Named::Declared(_))) {
                self.of_another_record(name);
            }
            if fields.iter().any(|(given, _)| *given == label) {
                let warning = Diagnostic::new(&WRITTEN_TWICE, name.span);
                self.report(warning.arg("name", &name.text));
            }
            let writable = self.is_writable(&target, name.span);
            let value = self.written_one(scope, &target, item);
            fields.extend(value.filter(|_| writable).map(|value| (label, value)));
        }
        if !self.no_errors_since(before) {
            return None;
        }
        if let Some(Named::Declared(module)) = named {
            self.all_given(module, &fields, span);
        }
        Some(ActionKind::Create { module: create.module.text.clone(), fields })
    }

    /// Warns of a new record without a field that it must have.
    fn all_given(&mut self, module: ModuleId, given: &[(String, Expr)], span: Span) {
        let Some(module) = self.schema.module(module) else { return };
        let is_given = |field: &Field| given.iter().any(|(name, _)| name == field.name());
        let missing =
            |field: &&Field| field.required && field.default.is_none() && !is_given(field);
        for field in module.fields.iter().filter(missing) {
            let warning = Diagnostic::new(&REQUIRED_NOT_GIVEN, span);
            self.report(warning.arg("module", &module.name).arg("name", field.name()));
        }
    }

    /// A module that an action names; one that is not declared is an error only where others
    /// are.
    pub(in crate::check) fn module_named(&mut self, name: &Name) -> Option<Named> {
        let key = fold(&name.text);
        let id = self.names.module(&name.text);
        if let Some(id) = id {
            self.note(name.span, || Meaning::Module(id));
        }
        let open = |id| self.schema.module(id).is_none_or(|module| module.open);
        if let Some(id) = id {
            return Some(if open(id) { Named::Open(key) } else { Named::Declared(id) });
        }
        if self.broken.contains(&key) || self.schema.declared().next().is_none() {
            return Some(Named::Open(key));
        }
        let known = self.schema.declared();
        let known = known.flat_map(|(_, m)| std::iter::once(&m.name).chain(&m.aliases));
        let near = self.found.near(&name.text, known.map(String::as_str));
        let error = Diagnostic::new(&UNKNOWN_MODULE, name.span).arg("name", &name.text);
        self.report(error.arg("known", self.known_modules()).suggest(near));
        None
    }
}

fn texts(names: &[Name]) -> Vec<String> {
    names.iter().map(|name| name.text.clone()).collect()
}
