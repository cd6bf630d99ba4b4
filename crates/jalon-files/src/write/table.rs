//! A table for people: the first rows, the columns that fit, the added ones always.

use std::io::{self, Write};

use super::cells::{Cells, Columns};
use super::sink::Sink;
use super::{AddedColumn, AddedRows};
use crate::data::Batch;

/// The widest that a cell is shown.
const MOST_CELL: usize = 32;

/// Keeps the first rows and shows them at the end.
#[derive(Debug)]
pub(super) struct TablePen {
    sink: Sink,
    names: Vec<String>,
    added: usize,
    shown: Vec<Vec<String>>,
    most: usize,
    width: usize,
}

impl TablePen {
    pub(super) fn new(
        sink: Sink,
        columns: &Columns,
        added: &[AddedColumn],
        most: usize,
        width: usize,
    ) -> TablePen {
        let names = columns.names.iter().chain(added.iter().map(|column| &column.name));
        let names = names.cloned().collect();
        TablePen { sink, names, added: added.len(), shown: Vec::new(), most, width }
    }

    pub(super) fn write(
        &mut self,
        batch: &Batch,
        columns: &Columns,
        keep: Option<&[bool]>,
        added: &AddedRows,
    ) -> u64 {
        let mut cells = Cells::new(batch, columns);
        let mut written = 0;
        for row in (0..batch.len()).filter(|row| keep.is_none_or(|keep| keep[*row])) {
            written += 1;
            if self.shown.len() >= self.most {
                continue;
            }
            cells.move_to(row);
            let mut texts = vec![String::new(); columns.names.len()];
            for (column, text) in texts.iter_mut().enumerate() {
                cells.text(column, text);
            }
            for value in added.row(row) {
                let mut text = String::new();
                value.text(&mut text);
                texts.push(text);
            }
            self.shown.push(texts);
        }
        written
    }

    pub(super) fn finish(mut self) -> io::Result<Sink> {
        let table = draw(&self.names, self.added, &self.shown, self.width);
        self.sink.write_all(table.as_bytes())?;
        Ok(self.sink)
    }
}

/// Draws rows under their names; columns that do not fit are left out, the added ones stay.
fn draw(names: &[String], added: usize, rows: &[Vec<String>], width: usize) -> String {
    let widths: Vec<usize> = (0..names.len())
        .map(|column| {
            let cells = rows.iter().filter_map(|row| row.get(column));
            cells
                .chain([&names[column]])
                .map(|cell| shorten(cell).chars().count())
                .max()
                .unwrap_or(0)
        })
        .collect();
    let first_added = names.len() - added.min(names.len());
    let shown = fitting(&widths, first_added, width);
    let left_out = first_added - shown.iter().filter(|column| **column < first_added).count();
    let numeric = |column: usize| {
        rows.iter()
            .filter_map(|row| row.get(column))
            .filter(|cell| !cell.is_empty())
            .all(|cell| cell.starts_with(|c: char| c.is_ascii_digit() || c == '-'))
    };
    let mut table = String::new();
    let mut line = |cells: &dyn Fn(usize) -> String, gap: &str| {
        let mut text = String::new();
        for (place, &column) in shown.iter().enumerate() {
            if place > 0 {
                text.push_str("  ");
            }
            if left_out > 0 && column == first_added {
                text.push_str(gap);
                text.push_str("  ");
            }
            let cell = cells(column);
            let pad = " ".repeat(widths[column].saturating_sub(cell.chars().count()));
            if numeric(column) { text.extend([pad, cell]) } else { text.extend([cell, pad]) }
        }
        if left_out > 0 && added == 0 {
            text.push_str("  ");
            text.push_str(gap);
        }
        table.push_str(text.trim_end());
        table.push('\n');
    };
    line(&|column| shorten(&names[column]), "…");
    line(&|column| "─".repeat(widths[column]), "─");
    for row in rows {
        line(&|column| row.get(column).map(|cell| shorten(cell)).unwrap_or_default(), " ");
    }
    table
}

/// The columns to show: the added ones, and as many of the others, from the left, as fit.
fn fitting(widths: &[usize], first_added: usize, width: usize) -> Vec<usize> {
    let wanted = |columns: &[usize]| columns.iter().map(|column| column + 2).sum::<usize>();
    let mut room = width.saturating_sub(wanted(&widths[first_added..]));
    if wanted(&widths[..first_added]) > room + 2 {
        room = room.saturating_sub(3);
    }
    let mut shown = Vec::new();
    for (column, cell) in widths[..first_added].iter().enumerate() {
        if cell + 2 > room {
            break;
        }
        room -= cell + 2;
        shown.push(column);
    }
    shown.extend(first_added..widths.len());
    shown
}

/// A cell on one line, cut where it is long.
fn shorten(cell: &str) -> String {
    let clean = |c: char| if c.is_control() { ' ' } else { c };
    if cell.chars().count() <= MOST_CELL {
        return cell.chars().map(clean).collect();
    }
    cell.chars().take(MOST_CELL - 1).map(clean).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(rows: &[&[&str]]) -> Vec<Vec<String>> {
        rows.iter().map(|row| row.iter().map(|&cell| cell.to_owned()).collect()).collect()
    }

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|&name| name.to_owned()).collect()
    }

    #[test]
    fn numbers_stand_right_and_texts_left() {
        let shown = rows(&[&["Léa", "7", "100"], &["Maximilien", "12", "-5"]]);
        let table = draw(&names(&["Nom", "Âge", "scorex"]), 1, &shown, 80);
        let expected = "\
Nom         Âge  scorex
──────────  ───  ──────
Léa           7     100
Maximilien   12      -5
";
        assert_eq!(table, expected);
    }

    #[test]
    fn what_does_not_fit_is_marked_where_nothing_is_added() {
        let shown = rows(&[&["aaaaaaaaaa", "bbbbbbbbbb", "cccccccccc"]]);
        let table = draw(&names(&["a", "b", "c"]), 0, &shown, 30);
        let expected = "\
a           b           …
──────────  ──────────  ─
aaaaaaaaaa  bbbbbbbbbb
";
        assert_eq!(table, expected);
    }

    #[test]
    fn what_does_not_fit_is_left_out_but_never_the_score() {
        let shown = rows(&[&["aaaaaaaaaa", "bbbbbbbbbb", "cccccccccc", "1"]]);
        let table = draw(&names(&["a", "b", "c", "s"]), 1, &shown, 30);
        let expected = "\
a           b           …  s
──────────  ──────────  ─  ─
aaaaaaaaaa  bbbbbbbbbb     1
";
        assert_eq!(table, expected);
    }
}
