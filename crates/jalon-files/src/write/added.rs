//! Columns that are added to the rows.

use std::fmt::Write;
use std::sync::Arc;

use rust_decimal::Decimal;

/// A column that is added to every row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddedColumn {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub kind: AddedKind,
}

/// What an added column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddedKind {
    /// Whole numbers.
    Whole,
    /// Numbers of up to four decimals.
    Decimal,
    /// Texts.
    Text,
    /// JSON: a value inside JSON, its text elsewhere.
    Json,
}

/// The value of an added column in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Added {
    /// Nothing.
    Empty,
    /// A whole number.
    Whole(i64),
    /// A number.
    Number(Decimal),
    /// A text, or JSON as text; the same one may stand in many rows.
    Text(Arc<str>),
}

/// The values of the added columns in the rows of a batch. Rows with the same values may share
/// them, which are then written out once.
///
/// ```
/// # use jalon_files::write::{Added, AddedRows};
/// let mut added = AddedRows::default();
/// let hot = added.keep(vec![Added::Whole(90), Added::Text("hot".into())]);
/// added.push(hot);
/// added.push(hot);
/// assert_eq!((added.len(), added.kept().len()), (2, 1));
/// ```
#[derive(Clone, Debug, Default)]
pub struct AddedRows {
    kept: Vec<Vec<Added>>,
    rows: Vec<u32>,
}

impl AddedRows {
    /// Forgets all rows and values.
    pub fn clear(&mut self) {
        self.kept.clear();
        self.rows.clear();
    }

    /// Keeps the values of the columns for rows to come; the number under which they are kept.
    pub fn keep(&mut self, values: Vec<Added>) -> u32 {
        self.kept.push(values);
        self.kept.len() as u32 - 1
    }

    /// Adds a row with the values kept under a number.
    pub fn push(&mut self, number: u32) {
        self.rows.push(number);
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The values that rows share.
    pub fn kept(&self) -> &[Vec<Added>] {
        &self.kept
    }

    /// The number under which a row's values are kept.
    pub fn number(&self, row: usize) -> usize {
        self.rows.get(row).map_or(usize::MAX, |number| *number as usize)
    }

    /// The values of a row; none beyond the last row.
    pub fn row(&self, row: usize) -> &[Added] {
        self.kept.get(self.number(row)).map_or(&[], Vec::as_slice)
    }

    /// The values of one column in all rows.
    pub(super) fn column(&self, column: usize) -> impl ExactSizeIterator<Item = &Added> {
        self.rows.iter().map(move |number| {
            let values = self.kept.get(*number as usize);
            values.and_then(|values| values.get(column)).unwrap_or(&Added::Empty)
        })
    }
}

impl Added {
    /// As plain text; nothing where it is empty.
    pub(super) fn text(&self, text: &mut String) {
        match self {
            Added::Empty => {}
            Added::Whole(number) => {
                let _ = write!(text, "{number}"); // writing into a string cannot fail
            }
            Added::Number(number) => text.push_str(&number.normalize().to_string()),
            Added::Text(string) => text.push_str(string),
        }
    }
}
