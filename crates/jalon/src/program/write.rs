//! Records held as JSON, written as decisions say.

use serde_json::Value as Json;

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
            let name = self.name_in(module, fields.keys().map(String::as_str), field).to_owned();
            fields.insert(name, value);
        }
    }

    /// The name by which a record of a module, given by its names, carries a field; the field's label
    /// where it does not, or the name asked for where it is not declared. For records that are no JSON.
    ///
    /// ```
    /// let program = jalon::Program::parse("module Leads\n  Opted out (opt_out) : checkbox\n")?;
    /// assert_eq!(program.name_in("Leads", ["id", "opt_out"], "Opted out"), "opt_out");
    /// assert_eq!(program.name_in("Leads", ["id"], "opt_out"), "Opted out");
    /// # Ok::<(), jalon::Error>(())
    /// ```
    pub fn name_in<'n>(
        &'n self,
        module: &str,
        names: impl IntoIterator<Item = &'n str>,
        field: &'n str,
    ) -> &'n str {
        let checked = self.checked();
        let module = checked.names.module(module).and_then(|id| checked.schema.module(id));
        let asked = fold(field);
        let declared = module.and_then(|module| {
            module.fields.iter().find(|known| known.key.folded.contains(&asked))
        });
        let is_name = |name: &&str| match declared {
            Some(known) => known.key.folded.contains(&fold(name)),
            None => fold(name) == asked,
        };
        let new = declared.map_or(field, |known| known.name());
        names.into_iter().find(is_name).unwrap_or(new)
    }
}
