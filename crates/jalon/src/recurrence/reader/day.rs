//! Reading the days of a list: `le lundi`, `15`, `2nd Tuesday`, `14 juillet`.

use super::{Read, Reader};
use crate::lexicon::{Month, Weekday};
use crate::recurrence::pattern::is_month_day;
use crate::recurrence::words::{self, number, ordinal_word};
use crate::recurrence::{Day, Expected, Frequency, Problem};

/// A day of a list.
#[derive(Clone, Copy, Debug)]
pub(super) enum Item {
    Weekday(Day),
    MonthDay(i8),
}

impl Reader<'_> {
    /// Whether a day begins some tokens ahead.
    pub(super) fn is_day(&self, ahead: usize) -> bool {
        let word = self.key(ahead);
        let numbered = number(word).is_some() && !words::TIMES.contains(&self.key(ahead + 1));
        numbered
            || Weekday::parse(word).is_some()
            || ordinal_word(word).is_some()
            || words::LAST.contains(&word)
            || words::LAST_BUT_ONE.contains(&word)
            || (Month::parse(word).is_some() && number(self.key(ahead + 1)).is_some())
    }

    /// A day, and its month if it names one.
    pub(super) fn day(&mut self, frequency: Frequency) -> Read<(Item, Option<Month>)> {
        // `July 14`
        if let Some(month) = Month::parse(self.key(0)) {
            self.at += 1;
            let Some((day, _)) = number(self.key(0)) else { return self.expected(Expected::Day) };
            return Ok((Item::MonthDay(self.month_day(i64::from(day))?), Some(month)));
        }
        let item = self.day_itself()?;
        Ok((item, self.month_after(frequency)?))
    }

    fn day_itself(&mut self) -> Read<Item> {
        if let Some(weekday) = Weekday::parse(self.key(0)) {
            self.at += 1;
            return Ok(Item::Weekday(Day::every(weekday)));
        }
        let counted = number(self.key(0));
        let mut rank = ordinal_word(self.key(0)).or(counted.map(|(number, _)| number));
        let place = self.at;
        self.at += usize::from(rank.is_some());
        let mut back = false;
        if self.eat(words::LAST_BUT_ONE) {
            (rank, back) = (Some(2), true);
        } else if self.eat(words::LAST) {
            (rank, back) = (Some(rank.unwrap_or(1)), true);
        }
        let Some(rank) = rank else { return self.expected(Expected::Day) };
        let signed = if back { -i64::from(rank) } else { i64::from(rank) };
        if let Some(weekday) = Weekday::parse(self.key(0)) {
            let Some(nth) = i8::try_from(signed).ok().filter(|nth| *nth != 0) else {
                self.at = place;
                return self.error(Problem::Ordinal(signed, 5));
            };
            self.at += 1;
            return Ok(Item::Weekday(Day::nth(nth, weekday)));
        }
        let named = self.eat(words::DAY);
        if !named && (back || counted.is_none()) {
            return self.expected(Expected::Weekday);
        }
        let after = std::mem::replace(&mut self.at, place);
        let day = self.month_day(signed)?;
        self.at = after;
        Ok(Item::MonthDay(day))
    }

    /// The number of a day of a month, at the next token, which it passes.
    fn month_day(&mut self, day: i64) -> Read<i8> {
        match i8::try_from(day) {
            Ok(day) if is_month_day(day) => {
                self.at += 1;
                Ok(day)
            }
            _ => self.error(Problem::DayOfMonth(day)),
        }
    }

    /// The month after a day: `14 juillet`, `2e mardi de mars`, `of March`; or `du mois`, which
    /// says nothing more.
    fn month_after(&mut self, frequency: Frequency) -> Read<Option<Month>> {
        if let Some(month) = month_of(self.key(0)) {
            self.at += 1;
            return Ok(Some(month));
        }
        if !words::OF.contains(&self.key(0)) {
            return Ok(None);
        }
        let article = usize::from(matches!(self.key(1), "the" | "chaque" | "every" | "each"));
        let unit = words::unit(self.key(1 + article));
        if unit.is_some() {
            if unit != Some(frequency) {
                self.at += 1 + article;
                return self.error(Problem::Word(self.text[self.here()].to_owned()));
            }
            self.at += 2 + article;
            return Ok(None);
        }
        // `en juin, juillet` is a clause of its own.
        if words::IN.contains(&self.key(0)) {
            return Ok(None);
        }
        self.at += 1;
        match month_of(self.key(0)) {
            Some(month) => {
                self.at += 1;
                Ok(Some(month))
            }
            None => self.expected(Expected::Month),
        }
    }
}

/// `juillet`, `d'avril`
pub(super) fn month_of(word: &str) -> Option<Month> {
    Month::parse(word.strip_prefix("d'").unwrap_or(word))
}
