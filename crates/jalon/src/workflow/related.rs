//! Records around the one at hand, as a host gives them.

use super::event::Related;
use super::incoming::EventError;
use crate::value::{Value, json};

/// Records that a record refers to or lists, with their values.
#[derive(Clone, Debug, Default)]
pub struct RelatedRecords(Vec<Known>);

/// A module, an id, and the fields of that record.
type Known = (String, String, Vec<(String, Value)>);

impl RelatedRecords {
    /// Adds a record of a module, which says its `id`.
    ///
    /// ```
    /// use jalon::workflow::RelatedRecords;
    ///
    /// let mut related = RelatedRecords::default();
    /// related.add("Comptes", vec![("id".to_owned(), 7.into())])?;
    /// assert_eq!(related.lent()[0].id, "7");
    /// assert!(related.add("Comptes", vec![]).is_err());
    /// # Ok::<(), jalon::workflow::EventError>(())
    /// ```
    ///
    /// # Errors
    /// The record has no id.
    pub fn add(&mut self, module: &str, fields: Vec<(String, Value)>) -> Result<(), EventError> {
        let id = fields
            .iter()
            .find(|(name, _)| name == "id")
            .and_then(|(_, id)| json::text(&id.to_json()));
        let id = id.ok_or_else(|| EventError::no_id(&format!("related.{module}")))?;
        self.0.push((module.to_owned(), id, fields));
        Ok(())
    }

    /// The records, for a [`super::Context`].
    pub fn lent(&self) -> Vec<Related<'_>> {
        self.0.iter().map(|(module, id, record)| Related { module, id, record }).collect()
    }
}
