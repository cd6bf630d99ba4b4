//! Rows that could be read only in part, or not at all.

use jalon::lang::Lang;

use crate::error::Broken;

/// Something wrong with a row, which stops nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// The row's number, as [`super::Batch::row_number`] counts.
    pub row: u64,
    /// What is wrong.
    pub kind: IssueKind,
}

/// What is wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IssueKind {
    /// Fewer or more cells than the header; the missing are empty, the extra left out.
    Ragged {
        /// Cells in the row.
        cells: usize,
        /// Cells in the header.
        header: usize,
    },
    /// Bytes that are not UTF-8 in a file that is; the row was read as Windows-1252.
    Encoding,
    /// A line that is not a JSON object; it was left out.
    NotJson(Broken),
}

impl Issue {
    /// What is wrong, without the row.
    pub fn message(&self, lang: Lang) -> String {
        match &self.kind {
            IssueKind::Ragged { cells, header } => lang.pick(
                format!("{cells} cellule{} au lieu de {header}", if *cells < 2 { "" } else { "s" }),
                format!("{cells} cell{} instead of {header}", if *cells == 1 { "" } else { "s" }),
            ),
            IssueKind::Encoding => lang
                .pick(
                    "pas de l'UTF-8 comme le reste ; lue comme du Windows-1252",
                    "not UTF-8 as the rest is; read as Windows-1252",
                )
                .to_owned(),
            IssueKind::NotJson(why) => {
                let why = why.message(lang);
                lang.pick(format!("{why} ; laissée de côté"), format!("{why}; left out"))
            }
        }
    }
}
