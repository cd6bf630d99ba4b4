//! What rules have written to a field, as it is now and as it was when waves began.

use std::borrow::Cow;
use std::mem::replace;

use crate::checked::FieldRef;
use crate::eval::compare::same;
use crate::value::{Record, Value, Zone};

/// A field's new value.
#[derive(Debug)]
pub(in crate::workflow) struct Write<'e> {
    pub(in crate::workflow) field: Cow<'e, FieldRef>,
    pub(in crate::workflow) value: Value,
    pub(in crate::workflow) rule: Option<&'e str>,
    /// As this wave found it.
    found: Was,
    /// As the wave before found it.
    prior: Was,
}

/// What was written of a field at an earlier time.
#[derive(Debug)]
enum Was {
    /// The same as at the next time.
    Same,
    /// Nothing.
    Unwritten,
    /// Another value.
    Other(Value),
}

impl Was {
    fn or<'v>(&'v self, next: Option<&'v Value>) -> Option<&'v Value> {
        match self {
            Was::Same => next,
            Was::Unwritten => None,
            Was::Other(value) => Some(value),
        }
    }
}

impl<'e> Write<'e> {
    /// The first that is written of a field.
    pub(super) fn new(field: Cow<'e, FieldRef>, value: Value, rule: Option<&'e str>) -> Write<'e> {
        Write { field, value, rule, found: Was::Unwritten, prior: Was::Unwritten }
    }

    /// Writes another value; the rule of this wave whose value it wrote over.
    pub(super) fn set(&mut self, value: Value, rule: Option<&'e str>) -> Option<&'e str> {
        let is_of_wave = self.found().is_none_or(|found| *found != self.value);
        let over = is_of_wave && self.rule != rule && self.value != value;
        let (last, wrote) = (replace(&mut self.value, value), replace(&mut self.rule, rule));
        if matches!(self.found, Was::Same) {
            self.found = Was::Other(last);
        }
        if over { wrote } else { None }
    }

    /// What had been written when this wave began.
    pub(super) fn found(&self) -> Option<&Value> {
        self.found.or(Some(&self.value))
    }

    /// What had been written when the wave before began.
    pub(super) fn prior(&self) -> Option<&Value> {
        self.prior.or(self.found())
    }

    /// Whether the wave before this one wrote it.
    pub(super) fn is_of_wave_before(&self) -> bool {
        !matches!(self.prior, Was::Same)
    }

    /// Whether this wave has changed it in a record that the event gave so.
    pub(super) fn has_changed(&self, given: &dyn Record, zone: Zone) -> bool {
        if matches!(self.found, Was::Same) {
            return false;
        }
        let found = self.found().map_or_else(|| given.get(&self.field.key), Value::as_ref);
        !same(found, self.value.as_ref(), zone)
    }

    /// Ends the wave: what it found is now what was before.
    pub(super) fn settle(&mut self) {
        self.prior = replace(&mut self.found, Was::Same);
    }

    /// Takes it for a part of what this wave found.
    pub(super) fn accept(&mut self) {
        let found = replace(&mut self.found, Was::Same);
        if matches!(self.prior, Was::Same) {
            self.prior = found;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::checked::Domain;
    use crate::value::FieldKey;

    #[derive(Clone, Debug)]
    enum Step {
        Set(i32),
        Settle,
        Accept,
    }

    fn steps() -> impl Strategy<Value = Vec<Step>> {
        let step = prop_oneof![
            3 => (0..3).prop_map(Step::Set),
            2 => Just(Step::Settle),
            1 => Just(Step::Accept),
        ];
        prop::collection::vec(step, 0..12)
    }

    proptest! {
        #[test]
        fn earlier_values_are_those_that_copies_would_have_kept(first in 0..3, steps in steps()) {
            let key = FieldKey::named(["Source"]);
            let field = FieldRef { depth: 0, key, domain: Domain::Number, personal: false };
            let mut write = Write::new(Cow::Owned(field), Value::from(first), None);
            let (mut now, mut found, mut prior) = (first, None, None);
            for step in steps {
                match step {
                    Step::Set(value) => {
                        write.set(Value::from(value), None);
                        now = value;
                    }
                    Step::Settle => {
                        write.settle();
                        (prior, found) = (found, Some(now));
                    }
                    Step::Accept => {
                        write.accept();
                        found = Some(now);
                    }
                }
                let kept = |value: Option<i32>| value.map(Value::from);
                prop_assert_eq!(&write.value, &Value::from(now));
                prop_assert_eq!(write.found().cloned(), kept(found));
                prop_assert_eq!(write.prior().cloned(), kept(prior));
                prop_assert!(write.is_of_wave_before() || write.prior() == write.found());
            }
        }
    }
}
