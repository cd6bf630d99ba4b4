//! Tables for people: the first column to the left, numbers to the right.

use console::measure_text_width;

/// Columns with their heads; those in which no row says anything are left out.
#[derive(Debug)]
pub struct Table {
    heads: Vec<&'static str>,
    rows: Vec<Vec<String>>,
    /// How many columns stand to the left.
    left: usize,
}

impl Table {
    /// One with these heads, the first `left` of them over texts, the others over numbers.
    pub fn new(left: usize, heads: &[&'static str]) -> Table {
        Table { heads: heads.to_vec(), rows: Vec::new(), left }
    }

    /// Adds a row.
    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// The lines, each two spaces in.
    pub fn text(&self) -> String {
        let said = |column: usize| {
            self.rows.iter().any(|row| row.get(column).is_some_and(|cell| !cell.is_empty()))
        };
        let columns: Vec<usize> = (0..self.heads.len()).filter(|column| said(*column)).collect();
        let cell = |row: &[String], column: usize| row.get(column).cloned().unwrap_or_default();
        let width = |column: usize| {
            let cells = self.rows.iter().map(|row| measure_text_width(&cell(row, column)));
            cells.chain([measure_text_width(self.heads[column])]).max().unwrap_or(0)
        };
        let line = |cells: &dyn Fn(usize) -> String| {
            let cells = columns.iter().map(|column| {
                let text = cells(*column);
                let space = " ".repeat(width(*column).saturating_sub(measure_text_width(&text)));
                if *column < self.left { text + &space } else { space + &text }
            });
            format!("  {}", cells.collect::<Vec<_>>().join("  ")).trim_end().to_owned() + "\n"
        };
        let head = line(&|column| self.heads[column].to_owned());
        let rows = self.rows.iter().map(|row| line(&|column| cell(row, column)));
        std::iter::once(head).chain(rows).collect()
    }
}
