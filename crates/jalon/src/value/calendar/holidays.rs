//! Public holidays as data: days of a month, and days counted from Easter, for every year.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::lang::Lang;
use crate::lexicon::key;
use crate::value::near::nearest;
use crate::value::time::Date;

/// The public holidays of a country or of a part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Holidays {
    /// The eleven of metropolitan France.
    France,
    /// Those of France, Good Friday and 26 December: Haut-Rhin, Bas-Rhin and Moselle.
    AlsaceMoselle,
}

/// A public holiday of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holiday {
    /// When.
    pub date: Date,
    rule: &'static Rule,
}

/// A name that is none of the built-in lists of holidays.
#[derive(Clone, PartialEq, Eq)]
pub struct UnknownHolidays {
    /// The name.
    pub name: String,
    /// The lists that may have been meant.
    pub candidates: Vec<Holidays>,
}

/// When a holiday falls, and its French and English names.
#[derive(Debug, PartialEq, Eq)]
struct Rule(Day, &'static str, &'static str);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Day {
    /// The same day of the same month.
    Of(u32, u32),
    /// So many days after Easter Sunday.
    Easter(i32),
}

const FRANCE: &[Rule] = &[
    Rule(Day::Of(1, 1), "1er janvier", "New Year's Day"),
    Rule(Day::Easter(1), "Lundi de Pâques", "Easter Monday"),
    Rule(Day::Of(5, 1), "1er mai", "Labour Day"),
    Rule(Day::Of(5, 8), "8 mai", "Victory in Europe Day"),
    Rule(Day::Easter(39), "Ascension", "Ascension Day"),
    Rule(Day::Easter(50), "Lundi de Pentecôte", "Whit Monday"),
    Rule(Day::Of(7, 14), "14 juillet", "Bastille Day"),
    Rule(Day::Of(8, 15), "Assomption", "Assumption Day"),
    Rule(Day::Of(11, 1), "Toussaint", "All Saints' Day"),
    Rule(Day::Of(11, 11), "11 novembre", "Armistice Day"),
    Rule(Day::Of(12, 25), "Jour de Noël", "Christmas Day"),
];

const ALSACE_MOSELLE: &[Rule] = &[
    Rule(Day::Easter(-2), "Vendredi saint", "Good Friday"),
    Rule(Day::Of(12, 26), "2ème jour de Noël", "Boxing Day"),
];

impl Holidays {
    /// Every list with its French and its English names, the printed one first.
    pub const NAMES: &'static [(Holidays, &'static [&'static str], &'static [&'static str])] = &[
        (Holidays::France, &["France", "Métropole"], &["France", "French"]),
        (
            Holidays::AlsaceMoselle,
            &["France (Alsace-Moselle)", "Alsace-Moselle"],
            &["France (Alsace-Moselle)", "Alsace-Moselle"],
        ),
    ];

    /// Reads a name of either language, in any case, with or without accents.
    pub fn parse(name: &str) -> Result<Holidays, UnknownHolidays> {
        let names = || {
            Holidays::NAMES
                .iter()
                .flat_map(|(list, fr, en)| fr.iter().chain(*en).map(|name| (*name, *list)))
        };
        let wanted = key(name);
        names().find(|(name, _)| key(name) == wanted).map(|(_, list)| list).ok_or_else(|| {
            let mut candidates = nearest(name, names());
            if candidates.is_empty() {
                candidates = Holidays::NAMES.iter().map(|(list, ..)| *list).collect();
            }
            UnknownHolidays { name: name.trim().to_owned(), candidates }
        })
    }

    /// The printed name.
    pub fn name(self, lang: Lang) -> &'static str {
        Holidays::NAMES
            .iter()
            .find(|(list, ..)| *list == self)
            .map_or("", |(_, fr, en)| lang.pick(fr, en)[0])
    }

    /// The holiday that a date is; the first of the list if it is two of them.
    pub fn on(self, date: Date) -> Option<Holiday> {
        let (year, month, day) = (date.year(), date.month(), date.day());
        let after_easter = date.days() - easter(year)?.days();
        self.rules()
            .find(|rule| match rule.0 {
                Day::Of(m, d) => (m, d) == (month, day),
                Day::Easter(days) => days == after_easter,
            })
            .map(|rule| Holiday { date, rule })
    }

    /// The holidays of a year, in order; none outside the years 1 to 9999. The rules of today are
    /// applied to every year.
    pub fn in_year(self, year: i32) -> Vec<Holiday> {
        let mut days: Vec<Holiday> = self.of_year(year).collect();
        days.sort_by_key(|holiday| holiday.date);
        days
    }

    /// The dates of the holidays of a year, in any order.
    pub(super) fn dates(self, year: i32) -> impl Iterator<Item = Date> {
        self.of_year(year).map(|holiday| holiday.date)
    }

    fn of_year(self, year: i32) -> impl Iterator<Item = Holiday> {
        let easter = easter(year);
        self.rules().filter_map(move |rule| {
            let date = match rule.0 {
                Day::Of(month, day) => Date::ymd(year, month, day),
                Day::Easter(days) => easter?.plus_days(days.into()),
            };
            date.map(|date| Holiday { date, rule })
        })
    }

    fn rules(self) -> impl Iterator<Item = &'static Rule> {
        let more = if self == Holidays::AlsaceMoselle { ALSACE_MOSELLE } else { &[] };
        FRANCE.iter().chain(more)
    }
}

impl Holiday {
    /// Its name.
    pub fn name(self, lang: Lang) -> &'static str {
        lang.pick(self.rule.1, self.rule.2)
    }
}

/// Easter Sunday of the Gregorian calendar.
fn easter(year: i32) -> Option<Date> {
    // The method that Nature published in 1876: epact, then the Sunday after the full moon.
    let golden = year % 19;
    let (century, of_century) = (year / 100, year % 100);
    let correction = (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * golden + century - century / 4 - correction + 15) % 30;
    let sunday =
        (32 + 2 * (century % 4) + 2 * (of_century / 4) - epact - of_century % 4).rem_euclid(7);
    let late = (golden + 11 * epact + 22 * sunday) / 451;
    let days = epact + sunday - 7 * late + 114;
    Date::ymd(year, (days / 31) as u32, (days % 31 + 1) as u32)
}

impl UnknownHolidays {
    /// The message in a language.
    pub fn message(&self, lang: Lang) -> String {
        let names: Vec<&str> = self.candidates.iter().map(|list| list.name(lang)).collect();
        let (name, names) = (&self.name, names.join(", "));
        lang.pick(
            format!("jours fériés inconnus `{name}` ; vouliez-vous dire {names} ?"),
            format!("unknown holidays `{name}`; did you mean {names}?"),
        )
    }
}

impl fmt::Display for UnknownHolidays {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl std::error::Error for UnknownHolidays {}
