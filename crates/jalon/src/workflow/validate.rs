//! What a record must satisfy before its change is saved.

use std::borrow::Cow;

use smallvec::SmallVec;

use super::cascade::Cascade;
use super::decision::Refusal;
use super::event::EventKind;
use super::world::Layer;
use crate::checked::FieldRef;
use crate::checked::workflow::Dependency;
use crate::eval::compare::same;
use crate::eval::explain::leaf::MASK;
use crate::eval::functions::print;
use crate::lang::Lang;
use crate::schema::{Field, FieldType, TextKind};
use crate::value::fold::same_name;
use crate::value::{FieldKey, NoClock, Record, Value, typed};

impl<'e> Cascade<'e> {
    /// Fills in dependent fields, and refuses a change that breaks what is declared.
    pub(super) fn validate(&mut self) -> Result<(), NoClock> {
        let kind = &self.event.kind;
        if !matches!(
            kind,
            EventKind::Created { .. } | EventKind::Updated { .. } | EventKind::Transition { .. }
        ) {
            return Ok(());
        }
        self.fill_dependent(0);
        self.world.accept();
        self.judge_fields();
        self.judge_dependent();
        self.judge_musts()
    }

    /// Ends a wave: dependent fields follow what rules have written, then the records that have
    /// changed are told.
    pub(super) fn end_wave(&mut self) -> SmallVec<[usize; 4]> {
        for entity in 0..self.world.entities.len() {
            self.fill_dependent(entity);
        }
        self.world.settle()
    }

    fn dependencies(&self, entity: usize) -> impl Iterator<Item = &'e Dependency> + use<'e> {
        let program = self.program;
        let module = self.automation.modules.get(self.world.entities[entity].module);
        let numbers = module.map_or(&[][..], |plan| plan.dependencies.as_slice());
        numbers.iter().filter_map(|index| program.dependencies.get(*index))
    }

    /// Whether the event changes a field.
    fn is_changed(&self, key: &FieldKey) -> bool {
        matches!(self.event.kind, EventKind::Created { .. }) || self.differs(0, key, Layer::Before)
    }

    /// Whether a field is not as it was.
    pub(super) fn differs(&self, entity: usize, key: &FieldKey, was: Layer) -> bool {
        let view = |layer| self.world.view(entity, layer);
        let (now, then) = (view(Layer::Now), view(was));
        !same(now.get(key), then.get(key), self.context.clock.zone)
    }

    /// The text of a field now.
    fn text_of(&self, entity: usize, key: &FieldKey) -> String {
        let mut text = String::new();
        print(self.world.view(entity, Layer::Now).get(key), &mut text);
        text
    }

    /// Where a parent's value allows one value only, the child gets it.
    fn fill_dependent(&mut self, entity: usize) {
        for dependency in self.dependencies(entity) {
            if !self.differs(entity, &dependency.parent.key, Layer::Prior) {
                continue;
            }
            let allowed = self.allowed(entity, dependency);
            let Some([only]) = allowed.as_deref() else { continue };
            let child = self.text_of(entity, &dependency.child.key);
            let given = !child.trim().is_empty()
                && self.differs(entity, &dependency.child.key, Layer::Prior);
            if !given && !same_name(&child, only) {
                let child = Cow::Borrowed(&dependency.child);
                self.write(entity, child, Value::Text((*only).to_owned()), None);
            }
        }
    }

    /// The values of the child that the parent's value allows; `None` where no line names it.
    fn allowed(&self, entity: usize, dependency: &'e Dependency) -> Option<Vec<&'e str>> {
        let parent = self.text_of(entity, &dependency.parent.key);
        let mut named = false;
        let mut allowed: Vec<&str> = Vec::new();
        for (when, values) in &dependency.lines {
            if when.iter().any(|value| same_name(value, &parent)) {
                named = true;
                allowed.extend(values.iter().map(String::as_str));
            }
        }
        named.then_some(allowed)
    }

    fn judge_dependent(&mut self) {
        for dependency in self.dependencies(0) {
            let (child, parent) = (&dependency.child, &dependency.parent);
            if !self.is_changed(&child.key) && !self.is_changed(&parent.key) {
                continue;
            }
            let value = self.text_of(0, &child.key);
            let Some(allowed) = self.allowed(0, dependency) else { continue };
            let shown = |field: &FieldRef, text: String| {
                if field.personal { MASK.to_owned() } else { text }
            };
            if value.trim().is_empty() || allowed.iter().any(|known| same_name(known, &value)) {
                continue;
            }
            let (name, of) = (label(child), label(parent));
            let (value, given) = (shown(child, value), shown(parent, self.text_of(0, &parent.key)));
            let list = if parent.personal { MASK.to_owned() } else { allowed.join(", ") };
            let message = self.lang.pick(
                format!("{name} : « {value} » ne va pas avec {of} « {given} » ; possible : {list}"),
                format!("{name}: “{value}” does not go with {of} “{given}”; possible: {list}"),
            );
            self.refuse_with(Some(name), message, None);
        }
    }

    /// What the declared fields ask for, of those that change.
    fn judge_fields(&mut self) {
        let Some(plan) = self.automation.modules.get(self.world.entities[0].module) else { return };
        let declared = plan.on.declared(&self.program.schema);
        let Some(declared) = declared else { return };
        for field in plan.judged.iter().filter_map(|index| declared.fields.get(*index)) {
            if !self.is_changed(&field.key) {
                continue;
            }
            let view = self.world.view(0, Layer::Now);
            let empty = typed::is_empty(view.get(&field.key));
            if let Some(message) = fault(field, empty, &self.text_of(0, &field.key), self.lang) {
                self.refuse_with(Some(field.name().to_owned()), message, None);
            }
        }
    }

    fn judge_musts(&mut self) -> Result<(), NoClock> {
        let module = self.world.entities[0].module;
        let automation = self.automation;
        let Some(plan) = automation.modules.get(module).filter(|plan| !plan.musts.is_empty())
        else {
            return Ok(());
        };
        self.open_desk(module)?;
        let Some(mut desk) = self.take_desk(module) else { return Ok(()) };
        let (record, before) = (self.world.view(0, Layer::Now), self.world.view(0, Layer::Before));
        desk.judge(&record, &before);
        let mut refusals = Vec::new();
        for must in &plan.musts {
            let Some(line) = self.program.validations.get(must.validation) else { continue };
            let Some(line) = line.lines.get(must.line) else { continue };
            let message = must.message.and_then(|code| plan.codes.get(code));
            let broken = desk.broken(line, (must.root, message), &record, &before, self.lang);
            if let Some((field, message)) = broken {
                let rule = Some(line.source.clone());
                refusals.push(Refusal { field, message, rule, obstacle: None });
            }
        }
        self.put_desk(module, desk);
        self.decision.refusals.extend(refusals);
        Ok(())
    }

    pub(super) fn refuse_with(
        &mut self,
        field: Option<String>,
        message: String,
        rule: Option<String>,
    ) {
        self.decision.refusals.push(Refusal { field, message, rule, obstacle: None });
    }
}

fn label(field: &FieldRef) -> String {
    field.key.names.first().cloned().unwrap_or_default()
}

/// Whether a declared field has something to ask of its value.
pub(super) fn asks(field: &Field) -> bool {
    use TextKind::{Email, Phone, Url};
    let kind = matches!(field.ty, FieldType::Text(Email | Phone | Url));
    field.required || field.max_length.is_some() || kind
}

/// What a declared field has against its value.
fn fault(field: &Field, empty: bool, text: &str, lang: Lang) -> Option<String> {
    let name = field.name();
    if empty {
        return field
            .required
            .then(|| lang.pick(format!("{name} est obligatoire"), format!("{name} is required")));
    }
    let length = text.chars().count();
    if let Some(most) = field.max_length.filter(|most| length > *most as usize) {
        return Some(lang.pick(
            format!("{name} : {length} caractères, au plus {most}"),
            format!("{name}: {length} characters, at most {most}"),
        ));
    }
    let (good, fr, en) = match field.ty {
        FieldType::Text(TextKind::Email) => {
            (is_email(text), "une adresse e-mail", "an e-mail address")
        }
        FieldType::Text(TextKind::Phone) => {
            (is_phone(text), "un numéro de téléphone", "a phone number")
        }
        FieldType::Text(TextKind::Url) => (is_url(text), "une adresse de page", "a web address"),
        _ => return None,
    };
    (!good).then(|| {
        let text = if field.personal { MASK } else { text };
        lang.pick(
            format!("{name} : « {text} » n'est pas {fr}"),
            format!("{name}: “{text}” is not {en}"),
        )
    })
}

/// One `@` with something before it and a domain with a dot after it, and no space.
fn is_email(text: &str) -> bool {
    let Some((name, domain)) = text.trim().rsplit_once('@') else { return false };
    let labels = || domain.split('.');
    !name.is_empty()
        && !name.contains('@')
        && !text.trim().contains(char::is_whitespace)
        && labels().count() > 1
        && labels().all(|label| !label.is_empty())
}

/// At least three digits, and of other signs only those that people write between them.
fn is_phone(text: &str) -> bool {
    text.chars().filter(char::is_ascii_digit).count() >= 3
        && text.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || "+-./()".contains(c))
}

/// No space, and a dot or a scheme somewhere.
fn is_url(text: &str) -> bool {
    let text = text.trim();
    !text.contains(char::is_whitespace) && (text.contains('.') || text.contains("://"))
}
