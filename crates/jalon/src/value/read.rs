//! Reading constants and record texts: numbers, dates, times, durations, ticks.
//!
//! These functions run for each record: they allocate nothing and look at each byte once.

mod cursor;
mod moment;
mod number;

use std::sync::LazyLock;

use crate::lexicon::{TICKED, UNTICKED, Unit};
use crate::value::fold::TextMode;
use crate::value::fold::{fold, folds_to};

pub(crate) use cursor::Cursor;
pub use moment::{DateReading, date, date_time, iso, moment, read_date, time_of_day};
pub(crate) use number::plain_integer;
pub use number::{
    NotANumber, NumberReading, NumberText, decimal_of_float, decimal_text, float, float32, number,
    read_number,
};

/// Reads a duration: `100 jours`, `2 weeks`, `1 business day`.
pub fn duration(text: &str) -> Option<(u32, Unit)> {
    let mut cursor = Cursor::new(text);
    let count = cursor.number(1, 10)?;
    if !cursor.skip_spaces() {
        return None;
    }
    Some((count, Unit::parse(cursor.rest().trim_end())?))
}

/// Reads a tick word of either language, in any case, with or without accents, such as `✓`,
/// `oui`, `not selected`.
pub fn tick(text: &str) -> Option<bool> {
    const MODE: TextMode = TextMode { case_sensitive: false, ignoring_accents: true };
    static WORDS: LazyLock<Vec<(String, bool)>> = LazyLock::new(|| {
        let folded = |word: &&str| fold(word, MODE).into_owned();
        let ticked = TICKED.iter().map(|word| (folded(word), true));
        ticked.chain(UNTICKED.iter().map(|word| (folded(word), false))).collect()
    });
    // As the lexicon spells them first: no folding.
    if TICKED.contains(&text) {
        return Some(true);
    }
    if UNTICKED.contains(&text) {
        return Some(false);
    }
    let text = text.trim();
    WORDS.iter().find(|(word, _)| folds_to(text, word, MODE)).map(|(_, ticked)| *ticked)
}

#[cfg(test)]
mod tests;
