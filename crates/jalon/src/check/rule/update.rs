//! Field updates: which field of which record, and what it gets.

use rustc_hash::FxHashMap;

use crate::check::Checker;
use crate::check::kind;
use crate::check::scope::{Found, Scope};
use crate::checked::walk::fields_of_expr;
use crate::checked::workflow::{Action, ActionKind, Due, Target, Update};
use crate::checked::{Domain, Expr, FieldRef};
use crate::diagnostic::catalogue::{
    CANNOT_ADD, EACH_NEEDED, FAR_FIELD, INSERT, OTHER_RECORD_FIELD, READ_ONLY_FIELD, Text,
    WRITTEN_TWICE,
};
use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::schema::{Field, FieldType, ModuleId};
use crate::source::Span;
use crate::syntax::ast::{self, Change, Name};
use crate::value::FieldKey;

/// Where a field is written first.
const FIRST: Text = Text { fr: "écrit ici d'abord", en: "first written here" };

/// The field that an update writes, and how its values are read.
struct Place<'a> {
    target: Target,
    domain: Domain,
    declared: Option<&'a Field>,
}

impl<'a> Checker<'a> {
    /// Checks a field update; `None` where it has an error, which is reported.
    pub(in crate::check) fn update(
        &mut self,
        scope: &Scope,
        update: &ast::Update,
    ) -> Option<Update> {
        let place = if update.each {
            self.each(scope, &update.target)
        } else {
            self.own_or_through(scope, &update.target)
        };
        let Some(place) = place else {
            self.without_place(scope, &update.target, &update.values);
            return None;
        };
        let target = self.target(&update.target, place.domain, place.declared);
        let writable = self.is_writable(&target, update.target.span);
        let added = self.can_add(&target, update);
        if !writable || !added {
            return None;
        }
        let values = self.written(scope, &target, update.change, &update.values)?;
        let forced = update.forced;
        Some(Update { forced, target: place.target, change: update.change, values })
    }

    /// Looks at what an unknown field gets, as far as no type is needed to read it.
    pub(super) fn without_place(&mut self, scope: &Scope, name: &Name, items: &[ast::Item]) {
        let target = self.target(name, Domain::Dynamic, None);
        for item in items.iter().filter(|item| item.name.quoted || item.expr.is_some()) {
            self.written(scope, &target, Change::Set, std::slice::from_ref(item));
        }
    }

    /// How the values of a field are read.
    pub(in crate::check) fn target(
        &self,
        name: &Name,
        domain: Domain,
        field: Option<&'a Field>,
    ) -> kind::Target<'a> {
        let lang = self.written_in();
        kind::Target { name: name.text.clone(), domain, field, lang }
    }

    fn own_or_through(&mut self, scope: &Scope, name: &Name) -> Option<Place<'a>> {
        let Some(found) = self.field(scope, name) else {
            if !self.needs_each(scope, name) {
                self.unknown_field(scope, name);
            }
            return None;
        };
        let Some(module) = scope.module().filter(|_| found.is_far()) else {
            return Some(own(found));
        };
        let Some((reference, to, inner)) = self.referenced(module, &name.text) else {
            return self.too_far(name);
        };
        if inner.is_far() {
            return self.too_far(name);
        }
        let reference = self.declared(reference).field;
        Some(Place {
            domain: inner.field.domain,
            declared: inner.declared,
            target: Target::Through { reference, module: to, field: inner.field },
        })
    }

    fn too_far<T>(&mut self, name: &Name) -> Option<T> {
        let error = Diagnostic::new(&FAR_FIELD, name.span);
        self.report(error.arg("name", &name.text));
        None
    }

    /// Reports a field of another record, where only those of the record itself have a place.
    pub(in crate::check) fn of_another_record(&mut self, name: &Name) {
        let error = Diagnostic::new(&OTHER_RECORD_FIELD, name.span);
        self.report(error.arg("name", &name.text));
    }

    /// Reports `Contacts.Adresse` without `chaque`.
    fn needs_each(&mut self, scope: &Scope, name: &Name) -> bool {
        let many = name.text.match_indices('.').take(8).any(|(at, _)| {
            let list = name.text[..at].trim();
            let named =
                self.resolve(scope, list).is_some_and(|f| f.field.domain == Domain::Records);
            named || self.only_list_of(scope, list).is_some()
        });
        if many {
            let each = self.written_in().pick("chaque", "each");
            let at = Span { end: name.span.start, ..name.span };
            let mut fix = Fix::replace(&INSERT, at, each);
            fix.edits = vec![Edit { span: at, text: format!("{each} ") }];
            let error = Diagnostic::new(&EACH_NEEDED, name.span).arg("name", &name.text);
            self.report(error.fix(fix));
        }
        many
    }

    /// `chaque Contacts.Adresse`
    fn each(&mut self, scope: &Scope, name: &Name) -> Option<Place<'a>> {
        if scope.is_dynamic(self) {
            return self.field(scope, name).map(own);
        }
        let (of, rest) = self.list_and_field(scope, name)?;
        let (list, frame) = self.records(scope, &of)?;
        if list.key.path.is_some() {
            return self.too_far(name);
        }
        let declared = scope.module().and_then(|module| self.list_field(module, &list))?;
        let FieldType::Records(module) = declared.ty else {
            let target = self.target(&of, Domain::Records, Some(declared));
            self.read_only(&target, of.span);
            return None;
        };
        let inside = Scope::of(frame);
        let Some(found) = self.field(&inside, &rest) else {
            self.unknown_field(&inside, &rest);
            return None;
        };
        if found.is_far() {
            return self.too_far(name);
        }
        Some(Place {
            domain: found.field.domain,
            declared: found.declared,
            target: Target::Each { list, module, field: found.field },
        })
    }

    /// The declaration of a list of a module.
    fn list_field(&self, module: ModuleId, list: &FieldRef) -> Option<&'a Field> {
        let slot = |key: &FieldKey| (key.shape, key.slot);
        let fields = &self.schema.module(module)?.fields;
        fields.iter().find(|field| slot(&field.key) == slot(&list.key))
    }

    /// Whether a field may be written at all.
    pub(in crate::check) fn is_writable(&mut self, target: &kind::Target<'_>, span: Span) -> bool {
        let computed = target.field.is_some_and(|f| matches!(f.ty, FieldType::Formula(_)));
        if computed || target.domain == Domain::Records {
            self.read_only(target, span);
            return false;
        }
        true
    }

    fn read_only(&mut self, target: &kind::Target<'_>, span: Span) {
        let ty = match target.field {
            Some(field) => field.ty.keyword(target.lang),
            None => target.keyword(),
        };
        let error = Diagnostic::new(&READ_ONLY_FIELD, span).arg("name", &target.name);
        self.report(error.arg("type", ty));
    }

    /// Whether `+=` and `-=` stand before a number or a multi-list.
    fn can_add(&mut self, target: &kind::Target<'_>, update: &ast::Update) -> bool {
        let sign = match update.change {
            Change::Set => return true,
            Change::Add => "+=",
            Change::Remove => "-=",
        };
        if matches!(
            target.domain,
            Domain::Number | Domain::Set(_) | Domain::Dynamic | Domain::Records
        ) {
            return true;
        }
        let error = Diagnostic::new(&CANNOT_ADD, update.target.span).arg("sign", sign);
        self.report(error.arg("name", &target.name).arg("type", target.keyword()));
        false
    }

    /// Warns of fields that one branch writes twice, where nothing between reads the first value.
    pub(super) fn written_twice(&mut self, actions: &[Action]) {
        let mut first: FxHashMap<_, Span> = FxHashMap::default();
        for action in actions {
            if matches!(action.kind, ActionKind::Webhook(_) | ActionKind::Score(_)) {
                first.clear();
            }
            for expr in exprs(&action.kind) {
                let mut read = expr.clone();
                fields_of_expr(&mut read, 0, &mut |field, _| {
                    first.remove(&(None, (field.key.shape, field.key.slot)));
                });
            }
            let ActionKind::Update(update) = &action.kind else { continue };
            let id = |field: &FieldRef| (field.key.shape, field.key.slot);
            let (of, field) = match &update.target {
                Target::Own(field) => (None, field),
                Target::Through { reference, field, .. } => (Some(id(reference)), field),
                Target::Each { list, field, .. } => (Some(id(list)), field),
            };
            let before = first.insert((of, id(field)), action.span);
            if let Some(before) = before.filter(|_| update.change == Change::Set) {
                let warning = Diagnostic::new(&WRITTEN_TWICE, action.span);
                let warning = warning.arg("name", kind::label(field));
                self.report(warning.label(before, FIRST));
            }
        }
    }
}

/// The expressions of an action, but for those of a webhook.
fn exprs(action: &ActionKind) -> Vec<&Expr> {
    match action {
        ActionKind::Update(update) => update.values.iter().collect(),
        ActionKind::Task(task) => {
            let at = task.due.iter().filter_map(at_expr);
            let settings = task.settings.iter().map(|(_, expr)| expr);
            std::iter::once(&task.subject).chain(at).chain(settings).collect()
        }
        ActionKind::Email(message) | ActionKind::Alert(message) => {
            let settings = message.settings.iter().map(|(_, expr)| expr);
            std::iter::once(&message.template).chain(settings).collect()
        }
        ActionKind::Function { arguments, .. } => arguments.iter().collect(),
        ActionKind::Create { fields, .. } => fields.iter().map(|(_, expr)| expr).collect(),
        ActionKind::Meeting(meeting) => {
            let settings = meeting.settings.iter().map(|(_, expr)| expr);
            std::iter::once(&meeting.title).chain(at_expr(&meeting.start)).chain(settings).collect()
        }
        _ => Vec::new(),
    }
}

fn at_expr(due: &Due) -> Option<&Expr> {
    match due {
        Due::At(expr) => Some(expr),
        Due::In(..) => None,
    }
}

fn own(found: Found<'_>) -> Place<'_> {
    Place { domain: found.field.domain, declared: found.declared, target: Target::Own(found.field) }
}
