//! Where the rows and cells of CSV text are.

/// What a byte of each eight is compared with.
const ONES: u64 = 0x0101_0101_0101_0101;
const LOW: u64 = 0x7f7f_7f7f_7f7f_7f7f;

/// Splits text at one delimiter. Rows end with `\n`, `\r` or both; blank lines are no rows; a
/// cell that begins with a quote goes on to the next single quote.
#[derive(Clone, Copy, Debug)]
pub(super) struct Splitter {
    delimiter: u8,
    needles: [u64; 4],
}

/// A row that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Row {
    /// None: only line ends are left.
    Nothing,
    /// One whose end is not there yet.
    Unended,
    /// One without quotes: cells are as they stand. Where it ends.
    Plain(usize),
    /// One whose cells were copied, their quotes undone. Where it ends.
    Copied(usize),
}

impl Splitter {
    pub(super) fn new(delimiter: u8) -> Splitter {
        let needles = [delimiter, b'"', b'\n', b'\r'].map(|byte| ONES * u64::from(byte));
        Splitter { delimiter, needles }
    }

    pub(super) fn delimiter(self) -> u8 {
        self.delimiter
    }

    /// Finds the row that begins at `from`, line ends before it aside, and adds to `starts` where
    /// its cells start, and one more: each cell ends one byte before the next start. Of a copied
    /// row these are places in `copies`, to which its cells are added. `at_end` says that no more
    /// text comes. Nothing is added but for a whole row.
    pub(super) fn row(
        self,
        text: &[u8],
        from: usize,
        at_end: bool,
        starts: &mut Vec<u32>,
        copies: &mut Vec<u8>,
    ) -> Row {
        let mut first = from;
        while let Some(b'\n' | b'\r') = text.get(first) {
            first += 1;
        }
        if first >= text.len() {
            return Row::Nothing;
        }
        let before = starts.len();
        starts.push(first as u32);
        match self.plain(text, first, starts) {
            Some(Ok(end)) => return Row::Plain(end),
            Some(Err(_)) => {
                starts.truncate(before);
                return self.quoted(text, first, at_end, starts, copies);
            }
            None if at_end => {
                starts.push(text.len() as u32 + 1);
                return Row::Plain(text.len());
            }
            None => {}
        }
        starts.truncate(before);
        Row::Unended
    }

    /// Where a row without quotes ends, or that it has a quote; `None` when it does not end.
    #[inline]
    fn plain(
        self,
        text: &[u8],
        first: usize,
        starts: &mut Vec<u32>,
    ) -> Option<Result<usize, Quote>> {
        let mut place = first;
        while place < text.len() {
            let mut eight = [0; 8];
            match text.get(place..place + 8) {
                Some(bytes) => eight.copy_from_slice(bytes),
                None => eight[..text.len() - place].copy_from_slice(&text[place..]),
            }
            let mut hits = self.hits(u64::from_le_bytes(eight));
            while hits != 0 {
                let at = hits.trailing_zeros() as usize / 8;
                hits &= hits - 1;
                let byte = eight[at];
                if byte == b'"' {
                    return Some(Err(Quote));
                }
                starts.push((place + at) as u32 + 1);
                if byte != self.delimiter {
                    return Some(Ok(place + at));
                }
            }
            place += 8;
        }
        None
    }

    /// The highest bit of each byte that is a delimiter, a quote or a line end.
    #[inline]
    fn hits(self, word: u64) -> u64 {
        let other = |needle: u64| {
            let differs = word ^ needle;
            ((differs & LOW) + LOW) | differs
        };
        let [a, b, c, d] = self.needles;
        !(other(a) & other(b) & other(c) & other(d)) & !LOW
    }

    /// Copies the cells of a row with quotes.
    fn quoted(
        self,
        text: &[u8],
        first: usize,
        at_end: bool,
        starts: &mut Vec<u32>,
        copies: &mut Vec<u8>,
    ) -> Row {
        let (starts_before, copies_before) = (starts.len(), copies.len());
        let mut cell = Cell::Start;
        starts.push(copies.len() as u32);
        for (place, &byte) in text.iter().enumerate().skip(first) {
            let inside = cell == Cell::Quoted;
            match byte {
                b'"' if cell == Cell::Start => cell = Cell::Quoted,
                b'"' if inside => cell = Cell::Closed,
                b'"' if cell == Cell::Closed => {
                    copies.push(byte);
                    cell = Cell::Quoted;
                }
                b'\n' | b'\r' if !inside => {
                    self.end_cell(starts, copies);
                    return Row::Copied(place);
                }
                byte if byte == self.delimiter && !inside => {
                    self.end_cell(starts, copies);
                    cell = Cell::Start;
                }
                byte => {
                    copies.push(byte);
                    cell = if inside { Cell::Quoted } else { Cell::Bare };
                }
            }
        }
        if at_end {
            self.end_cell(starts, copies);
            return Row::Copied(text.len());
        }
        starts.truncate(starts_before);
        copies.truncate(copies_before);
        Row::Unended
    }

    fn end_cell(self, starts: &mut Vec<u32>, copies: &mut Vec<u8>) {
        copies.push(self.delimiter);
        starts.push(copies.len() as u32);
    }
}

/// A row that is not plain.
struct Quote;

/// Where reading is in a cell.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cell {
    Start,
    Bare,
    Quoted,
    /// After a quote inside quotes: the end of the quotes, or a quote.
    Closed,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// All rows, read with no more than `step` bytes more at a time.
    fn rows(text: &[u8], step: usize) -> Vec<Vec<Vec<u8>>> {
        let splitter = Splitter::new(b',');
        let (mut found, mut from, mut seen) = (Vec::new(), 0, 0);
        loop {
            let at_end = seen == text.len();
            let (mut starts, mut copies) = (Vec::new(), Vec::new());
            let row = splitter.row(&text[..seen], from, at_end, &mut starts, &mut copies);
            let (bytes, end) = match row {
                Row::Nothing if at_end => return found,
                Row::Nothing | Row::Unended => {
                    assert!(starts.is_empty() && copies.is_empty() && !at_end);
                    seen = text.len().min(seen + step);
                    continue;
                }
                Row::Plain(end) => (text, end),
                Row::Copied(end) => (copies.as_slice(), end),
            };
            let cells = starts.windows(2);
            let cell = |place: &[u32]| bytes[place[0] as usize..place[1] as usize - 1].to_vec();
            found.push(cells.map(cell).collect());
            from = end;
        }
    }

    fn expected(text: &[u8]) -> Vec<Vec<Vec<u8>>> {
        let mut reader =
            csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text);
        let row = |row: csv::ByteRecord| row.iter().map(<[u8]>::to_vec).collect();
        reader.byte_records().map(|record| row(record.unwrap())).collect()
    }

    proptest! {
        #[test]
        fn rows_are_those_of_the_csv_crate(
            text in prop::collection::vec(
                prop::sample::select(b"ab,,\"\"\n\r\xc3\xa9 12345678".to_vec()), 0..60),
            step in 1_usize..70,
        ) {
            prop_assert_eq!(rows(&text, step), expected(&text));
        }
    }
}
