//! A recurrence as a sentence.

use std::fmt::{Display, Write};

use crate::lang::Lang;
use crate::lexicon::Weekday;
use crate::recurrence::{Day, End, Frequency, Pattern, Recurrence};

impl Recurrence {
    /// The sentence in a language; [`Recurrence::from_sentence`] reads it back.
    pub fn sentence(&self, lang: Lang) -> String {
        let pattern = self.pattern();
        let mut text = head(pattern, lang);
        // Writing to a string cannot fail.
        let _ = write_days(&mut text, pattern, lang);
        if !pattern.times.is_empty() {
            let times = and(pattern.times.iter(), lang);
            let _ = write!(text, " {} {times}", lang.pick("à", "at"));
        }
        if !pattern.except.is_empty() {
            let names: Vec<&str> = pattern.except.iter().map(|day| day.word(lang)).collect();
            let _ = write!(text, " {} {}", lang.pick("sauf", "except"), names.join(", "));
        }
        let _ = match pattern.end {
            End::Never => Ok(()),
            End::Count(1) => write!(text, ", 1 {}", lang.pick("fois", "time")),
            End::Count(count) => write!(text, ", {count} {}", lang.pick("fois", "times")),
            End::Until(until) => write!(text, ", {} {until}", lang.pick("jusqu'au", "until")),
        };
        if pattern.week_start != Weekday::Monday {
            let words = lang.pick("semaine commence", "week starts");
            let _ = write!(text, ", {words} {}", pattern.week_start.word(lang));
        }
        text
    }
}

/// `chaque jour`, `toutes les 2 semaines`
fn head(pattern: &Pattern, lang: Lang) -> String {
    let (one, many, feminine) = match (pattern.frequency, lang) {
        (Frequency::Minutely, Lang::Fr) => ("minute", "minutes", true),
        (Frequency::Hourly, Lang::Fr) => ("heure", "heures", true),
        (Frequency::Daily, Lang::Fr) => ("jour", "jours", false),
        (Frequency::Weekly, Lang::Fr) => ("semaine", "semaines", true),
        (Frequency::Monthly, Lang::Fr) => ("mois", "mois", false),
        (Frequency::Yearly, Lang::Fr) => ("année", "ans", false),
        (Frequency::Minutely, Lang::En) => ("minute", "minutes", false),
        (Frequency::Hourly, Lang::En) => ("hour", "hours", false),
        (Frequency::Daily, Lang::En) => ("day", "days", false),
        (Frequency::Weekly, Lang::En) => ("week", "weeks", false),
        (Frequency::Monthly, Lang::En) => ("month", "months", false),
        (Frequency::Yearly, Lang::En) => ("year", "years", false),
    };
    match pattern.interval {
        1 => format!("{} {one}", lang.pick("chaque", "every")),
        n if feminine => format!("toutes les {n} {many}"),
        n => format!("{} {n} {many}", lang.pick("tous les", "every")),
    }
}

/// ` le lundi et le jeudi`, ` le 14 juillet`, ` le 1 et le dernier jour en juin et juillet`
fn write_days(text: &mut String, pattern: &Pattern, lang: Lang) -> std::fmt::Result {
    let Pattern { frequency, months, month_days, weekdays, .. } = pattern;
    let of_month = *frequency == Frequency::Yearly && months.len() == 1;
    if !month_days.is_empty() {
        let limits = *frequency < Frequency::Monthly;
        if limits {
            write!(text, " {}", lang.pick("seulement", "only"))?;
        }
        if of_month && month_days.len() == 1 && month_days[0] > 0 {
            let (day, month) = (month_days[0], months[0].word(lang));
            return match (day, lang) {
                (1, Lang::Fr) => write!(text, " le 1er {month}"),
                (_, Lang::Fr) => write!(text, " le {day} {month}"),
                (_, Lang::En) => write!(text, " on {day} {month}"),
            };
        }
        let days = month_days.iter().map(|day| month_day(*day, lang));
        write!(text, "{} {}", lang.pick("", " on"), and(days, lang))?;
    } else if !weekdays.is_empty() {
        let days = weekdays.iter().map(|day| weekday(*day, lang));
        write!(text, "{} {}", lang.pick("", " on"), and(days, lang))?;
    }
    if !months.is_empty() {
        let names = and(months.iter().map(|month| month.word(lang)), lang);
        write!(text, " {} {names}", lang.pick("en", "in"))?;
    }
    Ok(())
}

/// `le 15`, `le 1er`, `le dernier jour`, `the 3rd last day`
fn month_day(day: i8, lang: Lang) -> String {
    match (day, lang) {
        (1, Lang::Fr) => "le 1er".to_owned(),
        (1.., Lang::Fr) => format!("le {day}"),
        (1.., Lang::En) => format!("the {}", ordinal_en(day)),
        (-2, Lang::Fr) => "l'avant-dernier jour".to_owned(),
        (_, Lang::Fr) => format!("le {} jour", rank(day, lang)),
        (_, Lang::En) => format!("the {} day", rank(day, lang)),
    }
}

/// `le lundi`, `Monday`, `le 2e mardi`, `the last Friday`
fn weekday(day: Day, lang: Lang) -> String {
    let name = day.weekday.word(lang);
    match (day.nth, lang) {
        (None, Lang::Fr) => format!("le {name}"),
        (None, Lang::En) => name.to_owned(),
        (Some(-2), Lang::Fr) => format!("l'avant-dernier {name}"),
        (Some(nth), Lang::Fr) => format!("le {} {name}", rank(nth, lang)),
        (Some(nth), Lang::En) => format!("the {} {name}", rank(nth, lang)),
    }
}

/// `1er`, `2e`, `dernier`, `3e dernier`
fn rank(nth: i8, lang: Lang) -> String {
    match (nth, lang) {
        (1, Lang::Fr) => "1er".to_owned(),
        (1.., Lang::Fr) => format!("{nth}e"),
        (-1, Lang::Fr) => "dernier".to_owned(),
        (_, Lang::Fr) => format!("{}e dernier", nth.unsigned_abs()),
        (1.., Lang::En) => ordinal_en(nth),
        (-1, Lang::En) => "last".to_owned(),
        (_, Lang::En) => format!("{} last", ordinal_en(nth)),
    }
}

/// `1st`, `2nd`, `13th`, `21st`
fn ordinal_en(number: i8) -> String {
    let number = number.unsigned_abs();
    let suffix = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{suffix}")
}

/// `a`, `a et b`, `a, b et c`
fn and<T: Display>(items: impl ExactSizeIterator<Item = T>, lang: Lang) -> String {
    series(items, lang.pick(" et ", " and "))
}

/// Several things in one text, with commas and a word before the last.
pub(crate) fn series<T: Display>(
    items: impl ExactSizeIterator<Item = T>,
    before_last: &str,
) -> String {
    let last = items.len().saturating_sub(1);
    let mut text = String::new();
    for (index, item) in items.enumerate() {
        let before = match index {
            0 => "",
            index if index == last => before_last,
            _ => ", ",
        };
        let _ = write!(text, "{before}{item}");
    }
    text
}
