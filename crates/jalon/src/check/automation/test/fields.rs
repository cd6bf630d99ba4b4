//! The fields of the records and events that a test describes.

use rustc_hash::FxHashMap;

use crate::check::Checker;
use crate::check::items::quote;
use crate::check::kind::label;
use crate::check::modules::FIRST;
use crate::check::scope::{Frame, Scope};
use crate::checked::names::fold;
use crate::checked::workflow::{Given, Target};
use crate::checked::{Expr, ExprKind, FieldRef};
use crate::diagnostic::catalogue::{
    FIELD_OF_OTHER, NOT_CONSTANT, NOT_RELATED, ONLY_SET, QUOTE, TWICE,
};
use crate::diagnostic::{Diagnostic, Fix};
use crate::schema::{FieldType, ModuleId};
use crate::source::Span;
use crate::syntax::ast::{Block, Change, Name, Update};

impl Checker<'_> {
    /// The fields of a record and their values, each once.
    pub(super) fn given(&mut self, scope: &Scope, block: &Block) -> Given {
        let mut given = Given::new();
        let mut seen: FxHashMap<String, Span> = FxHashMap::default();
        for (span, update) in &block.fields {
            let Some((name, values)) = self.given_field(scope, update) else { continue };
            let key = fold(&name);
            if let Some(first) = seen.get(&key) {
                self.report(Diagnostic::new(&TWICE, *span).label(*first, FIRST));
                continue;
            }
            seen.insert(key, *span);
            given.push((name, values));
        }
        given
    }

    /// One field: of this record, set to constants.
    fn given_field(&mut self, scope: &Scope, update: &Update) -> Option<(String, Vec<Expr>)> {
        if update.change != Change::Set {
            self.error(&ONLY_SET, update.target.span);
            return None;
        }
        if update.each {
            let error = Diagnostic::new(&FIELD_OF_OTHER, update.target.span);
            self.report(error.arg("name", &update.target.text));
            return None;
        }
        let checked = self.update(scope, update)?;
        let Target::Own(field) = &checked.target else {
            let error = Diagnostic::new(&FIELD_OF_OTHER, update.target.span);
            self.report(error.arg("name", &update.target.text));
            return None;
        };
        let constant =
            |value: &&Expr| !matches!(value.kind, ExprKind::Const(_) | ExprKind::Time(_));
        if let Some(value) = checked.values.iter().find(constant) {
            let error = Diagnostic::new(&NOT_CONSTANT, value.span).arg("value", &value.source);
            let fix = matches!(value.kind, ExprKind::Field(_))
                .then(|| Fix::replace(&QUOTE, value.span, &quote(&value.source)));
            self.report(match fix {
                Some(fix) => error.fix(fix),
                None => error,
            });
            return None;
        }
        Some((label(field).to_owned(), checked.values))
    }

    /// The field that refers to or lists a record, and the scope of that record: named by the
    /// field, or by the module where one field only leads there.
    pub(super) fn related_record(
        &mut self,
        scope: &Scope,
        name: &Name,
    ) -> Option<(FieldRef, Scope)> {
        if scope.is_dynamic(self) {
            let found = self.field(scope, name)?;
            let key = fold(&name.text);
            let inside = Scope::of(Frame::Dynamic { key: key.clone(), module: Some(key) });
            return Some((found.field, inside));
        }
        let named = self.field(scope, name).and_then(|found| found.declared);
        let field = named.or_else(|| {
            let module = self.names.module(&name.text)?;
            let here = self.schema.module(scope.module()?)?;
            let mut leads = here.fields.iter().filter(|field| leads_to(&field.ty) == Some(module));
            leads.next().filter(|_| leads.next().is_none())
        });
        let Some(field) = field else {
            self.unknown_field(scope, name);
            return None;
        };
        let Some(module) = leads_to(&field.ty) else {
            let error = Diagnostic::new(&NOT_RELATED, name.span).arg("name", &name.text);
            let lang = self.written_in();
            self.report(error.arg("type", field.ty.keyword(lang)));
            return None;
        };
        let open = self.schema.module(module).filter(|module| module.open);
        let inside = match open {
            Some(open) => {
                let key = fold(&open.name);
                Scope::of(Frame::Dynamic { key: key.clone(), module: Some(key) })
            }
            None => Scope::record(module),
        };
        let field = self.resolve(scope, field.name())?.field;
        Some((field, inside))
    }
}

/// The scope inside an event of the test's record.
pub(super) fn event_scope(scope: &Scope) -> Scope {
    scope.with(match scope.module() {
        Some(module) => Frame::AnyEvent(module),
        None => Frame::Dynamic { key: "événement".to_owned(), module: None },
    })
}

/// The module of the records that a field refers to or lists.
fn leads_to(ty: &FieldType) -> Option<ModuleId> {
    match ty {
        FieldType::Reference(module) | FieldType::Records(module) => Some(*module),
        _ => None,
    }
}
