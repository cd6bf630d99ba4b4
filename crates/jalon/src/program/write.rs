//! Records held as JSON, written as decisions say.

use serde_json::{Map, Value as Json};

use super::Program;
use crate::checked::names::fold;
use crate::workflow::FieldChange;

impl Program {
    /// Writes a field's new value into a record held as JSON, under the name by which the record
    /// carries the field: its label or any other name that is declared of it, in any case. A record
    /// that does not carry it gets it under its label; what is no object is left as it is.
    ///
    /// ```
    /// use jalon::workflow::{Context, Event, EventKind, State};
    /// use jalon::{Clock, Program};
    /// use serde_json::json;
    ///
    /// let program = Program::parse("
    /// module Leads
    ///   Opted out (opt_out) : checkbox
    ///   Status              : text
    /// rule \"Opt-out\" on Leads
    ///   when Opted out changed
    ///   then
    ///     Status : closed
    ///     Opted out : not selected
    /// ")?;
    /// let (before, mut lead) = (json!({"id": 1}), json!({"id": 1, "opt_out": true}));
    /// let kind = EventKind::Updated { before: &before, after: &lead };
    /// let event = Event { id: "e1", module: None, record: None, kind };
    /// let decision = program.decide(&event, &Context::new(&Clock::default(), &State::new()))?;
    /// for change in &decision.changes {
    ///     program.write(change, &mut lead);
    /// }
    /// assert_eq!(lead, json!({"id": 1, "opt_out": false, "Status": "closed"}));
    /// # Ok::<(), jalon::Error>(())
    /// ```
    pub fn write(&self, change: &FieldChange, record: &mut Json) {
        self.set(&change.record.module, record, &change.field, change.new.to_json());
    }

    /// Sets a field of a record held as JSON, as [`Program::write`] does: for what a host is told,
    /// such as the fields of an update.
    ///
    /// ```
    /// # use serde_json::json;
    /// let program = jalon::Program::parse("module Leads\n  Opted out (opt_out) : checkbox\n")?;
    /// let mut lead = json!({"opt_out": true});
    /// program.set("Leads", &mut lead, "opted OUT", json!(false));
    /// assert_eq!(lead, json!({"opt_out": false}));
    /// let mut new = json!({});
    /// program.set("Leads", &mut new, "opt_out", json!(true));
    /// assert_eq!(new, json!({"Opted out": true}));
    /// # Ok::<(), jalon::Error>(())
    /// ```
    pub fn set(&self, module: &str, record: &mut Json, field: &str, value: Json) {
        if let Some(fields) = record.as_object_mut() {
            let name = self.carried(module, fields, field);
            fields.insert(name, value);
        }
    }

    /// The name by which a record of a module carries a field; its label where it does not, or the name
    /// given where it is not declared.
    pub(crate) fn carried(&self, module: &str, fields: &Map<String, Json>, field: &str) -> String {
        let checked = self.checked();
        let module = checked.names.module(module).and_then(|id| checked.schema.module(id));
        let declared = module.and_then(|module| {
            module.fields.iter().find(|known| known.key.folded.contains(&fold(field)))
        });
        let is_name = |name: &&String| match declared {
            Some(known) => known.key.folded.contains(&fold(name)),
            None => fold(name) == fold(field),
        };
        let new = declared.map_or(field, |known| known.name());
        fields.keys().find(is_name).cloned().unwrap_or_else(|| new.to_owned())
    }
}
