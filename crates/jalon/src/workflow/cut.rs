//! Whether a rule that is held back would have changed anything.

use super::cascade::Cascade;
use super::compile::RulePlan;
use super::desk::{Desk, keep};
use super::world::{Layer, id_of};
use crate::checked::FieldRef;
use crate::checked::workflow::{ActionKind, Rule, Target, Update};
use crate::eval::compare::same;
use crate::schema::ModuleId;
use crate::value::typed::{self, Typed};
use crate::value::{Record, Value, ValueRef};

impl<'e> Cascade<'e> {
    /// Whether a rule that is held back would have changed a value of its record, or of one it writes to.
    pub(super) fn would_change(
        &self,
        rule: &Rule,
        plan: &RulePlan,
        branch: usize,
        entity: usize,
        desk: &mut Desk,
    ) -> bool {
        let (Some(branch), Some(codes)) = (rule.branches.get(branch), plan.branches.get(branch))
        else {
            return false;
        };
        let all = &self.automation.modules[self.world.entities[entity].module].codes;
        let (record, before) =
            (self.world.view(entity, Layer::Now), self.world.view(entity, Layer::Prior));
        branch.actions.iter().zip(&codes.actions).any(|(action, first)| {
            let ActionKind::Update(update) = &action.kind else { return false };
            let codes = all.iter().skip(*first).take(update.values.len());
            let values = codes.map(|code| desk.value(code, &record, &before, keep));
            let Ok(values) = values.collect::<Result<Vec<Value>, _>>() else { return false };
            self.update_would_change(&record, update, &values)
        })
    }

    fn update_would_change(&self, record: &dyn Record, update: &Update, values: &[Value]) -> bool {
        let changes = |field: &FieldRef, old: ValueRef<'_>| {
            let new = self.read_as(field, old, update.change, values);
            new.is_ok_and(|new| !same(old, new.as_ref(), self.context.clock.zone))
        };
        match &update.target {
            Target::Own(field) => changes(field, record.get(&field.key)),
            Target::Through { reference, module, field } => {
                let held = record.get(&reference.key);
                self.with_held(*module, held, |other| changes(field, other.get(&field.key)))
            }
            Target::Each { list, module, field } => match typed::records(record.get(&list.key)) {
                Typed::Value(records) => (0..records.len()).any(|index| {
                    let held = records.at(index);
                    self.with_held(*module, held, |other| changes(field, other.get(&field.key)))
                }),
                _ => false,
            },
        }
    }

    /// Looks at a record that another holds, as it is now; false where nothing is known of it.
    fn with_held(
        &self,
        module: ModuleId,
        held: ValueRef<'_>,
        look: impl FnOnce(&dyn Record) -> bool,
    ) -> bool {
        let Some(id) = id_of(held) else { return false };
        if let Some(known) = self.world.found(module, &id) {
            return look(&self.world.view(known, Layer::Now));
        }
        self.world.related(module, &id).or_else(|| typed::record(held)).is_some_and(look)
    }
}
