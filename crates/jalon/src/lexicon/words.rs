//! Units, date words, ticks, functions and the other small lists.

use std::borrow::Cow;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::lang::Lang;

/// A keyword as it is looked up: lower case, no accents, one kind of apostrophe, `_` as a space.
pub(crate) fn key(word: &str) -> Cow<'_, str> {
    let word = word.trim();
    let plain = |b: u8| b.is_ascii() && !b.is_ascii_uppercase() && b != b'_';
    if word.bytes().all(|b| plain(b) && (b == b' ' || !b.is_ascii_whitespace())) {
        return Cow::Borrowed(word);
    }
    if word.is_ascii() {
        return Cow::Owned(word.to_ascii_lowercase().replace(['_', '\t', '\n', '\r'], " "));
    }
    Cow::Owned(
        word.nfd()
            .filter(|c| !is_combining_mark(*c))
            .flat_map(char::to_lowercase)
            .map(|c| match c {
                '’' => '\'',
                '_' => ' ',
                c if c.is_whitespace() => ' ',
                c => c,
            })
            .collect(),
    )
}

/// What words stand for, by their [`key`].
pub(super) type Table<T> = LazyLock<FxHashMap<Cow<'static, str>, T>>;

/// Builds a [`Table`]; of two entries with one key the first counts.
pub(super) fn table<T>(
    words: impl IntoIterator<Item = (&'static str, T)>,
) -> FxHashMap<Cow<'static, str>, T> {
    let mut table = FxHashMap::default();
    for (word, meaning) in words {
        table.entry(key(word)).or_insert(meaning);
    }
    table
}

/// Declares a closed list: the enum, its words, `parse` and `word`.
macro_rules! word_list {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident: [$($fr:literal),+], [$($en:literal),+];)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$vdoc])* $variant,)+ }

        impl $name {
            /// Every member with its French and its English words, the printed one first.
            pub const WORDS: &'static [($name, &'static [&'static str], &'static [&'static str])] =
                &[$(($name::$variant, &[$($fr),+], &[$($en),+]),)+];

            /// Reads a word of either language, in any case, with or without accents.
            pub fn parse(word: &str) -> Option<$name> {
                static TABLE: Table<$name> = LazyLock::new(|| {
                    table($name::WORDS.iter().flat_map(|(member, fr, en)| {
                        fr.iter().chain(*en).map(|word| (*word, *member))
                    }))
                });
                TABLE.get(&key(word)).copied()
            }

            /// The printed word.
            pub fn word(self, lang: Lang) -> &'static str {
                Self::WORDS
                    .iter()
                    .find(|(member, ..)| *member == self)
                    .map_or("", |(_, fr, en)| lang.pick(fr, en)[0])
            }
        }
    };
}

word_list! {
    /// Units of time. The printed word is the plural.
    Unit {
        /// Exact minutes.
        Minute: ["minutes", "minute"], ["minutes", "minute"];
        /// Exact hours.
        Hour: ["heures", "heure"], ["hours", "hour"];
        /// Civil days.
        Day: ["jours", "jour"], ["days", "day"];
        /// Days on which the calendar is open.
        BusinessDay: ["jours ouvrés", "jour ouvré"], ["business days", "business day"];
        /// Hours during which the calendar is open.
        BusinessHour: ["heures ouvrées", "heure ouvrée"], ["business hours", "business hour"];
        /// Seven civil days.
        Week: ["semaines", "semaine"], ["weeks", "week"];
        /// Calendar months, clamped to the month's end.
        Month: ["mois"], ["months", "month"];
        /// Calendar years, clamped on 29 February.
        Year: ["années", "année", "ans", "an"], ["years", "year"];
    }
}

impl Unit {
    /// The word as it stands after a number.
    pub(crate) fn after(self, count: u32, lang: Lang) -> &'static str {
        let words = Unit::WORDS.iter().find(|(member, ..)| *member == self);
        let one = words.and_then(|(_, fr, en)| lang.pick(fr, en).get(1)).copied();
        one.filter(|_| count == 1).unwrap_or_else(|| self.word(lang))
    }
}

word_list! {
    /// The spans of the calendar that a relative date word may name.
    Period {
        /// A civil day.
        Day: ["jour"], ["day"];
        /// A week, from the calendar's first weekday.
        Week: ["semaine"], ["week"];
        /// A calendar month.
        Month: ["mois"], ["month"];
        /// A calendar quarter.
        Quarter: ["trimestre"], ["quarter"];
        /// A calendar year.
        Year: ["année"], ["year"];
        /// A fiscal year, from the calendar's first fiscal month.
        FiscalYear: ["exercice"], ["fiscal year"];
    }
}

word_list! {
    /// The days of the week.
    Weekday {
        /// Monday, the first.
        Monday: ["lundi", "lundis"], ["Monday", "Mondays"];
        /// Tuesday.
        Tuesday: ["mardi", "mardis"], ["Tuesday", "Tuesdays"];
        /// Wednesday.
        Wednesday: ["mercredi", "mercredis"], ["Wednesday", "Wednesdays"];
        /// Thursday.
        Thursday: ["jeudi", "jeudis"], ["Thursday", "Thursdays"];
        /// Friday.
        Friday: ["vendredi", "vendredis"], ["Friday", "Fridays"];
        /// Saturday.
        Saturday: ["samedi", "samedis"], ["Saturday", "Saturdays"];
        /// Sunday.
        Sunday: ["dimanche", "dimanches"], ["Sunday", "Sundays"];
    }
}

impl Weekday {
    /// Monday to Sunday.
    pub const ALL: [Weekday; 7] = [
        Weekday::Monday,
        Weekday::Tuesday,
        Weekday::Wednesday,
        Weekday::Thursday,
        Weekday::Friday,
        Weekday::Saturday,
        Weekday::Sunday,
    ];

    /// Days after Monday: 0 to 6.
    pub const fn index(self) -> usize {
        self as usize
    }
}

word_list! {
    /// The months of the year.
    Month {
        /// The first.
        January: ["janvier"], ["January"];
        /// The second.
        February: ["février"], ["February"];
        /// The third.
        March: ["mars"], ["March"];
        /// The fourth.
        April: ["avril"], ["April"];
        /// The fifth.
        May: ["mai"], ["May"];
        /// The sixth.
        June: ["juin"], ["June"];
        /// The seventh.
        July: ["juillet"], ["July"];
        /// The eighth.
        August: ["août"], ["August"];
        /// The ninth.
        September: ["septembre"], ["September"];
        /// The tenth.
        October: ["octobre"], ["October"];
        /// The eleventh.
        November: ["novembre"], ["November"];
        /// The twelfth.
        December: ["décembre"], ["December"];
    }
}

impl Month {
    /// Its number in the year: 1 to 12.
    pub const fn number(self) -> u32 {
        self as u32 + 1
    }

    /// The month of a number from 1 to 12.
    pub fn of(number: u32) -> Option<Month> {
        let index = usize::try_from(number.checked_sub(1)?).ok()?;
        Month::WORDS.get(index).map(|(month, ..)| *month)
    }
}

word_list! {
    /// How many of a list of records must satisfy a criterion.
    Quantifier {
        /// At least one.
        Any: ["au moins un", "au moins une"], ["any"];
        /// None.
        No: ["aucun", "aucune"], ["no"];
        /// Every one; true when there is none.
        All: ["tous les", "toutes les"], ["all"];
    }
}

word_list! {
    /// Aggregates over related records.
    Aggregate {
        /// How many; 0 of none.
        Count: ["nombre de", "nombre d'"], ["count of", "number of"];
        /// Their sum; 0 of none.
        Sum: ["somme de", "somme d'"], ["sum of"];
        /// Their mean; empty of none.
        Average: ["moyenne de", "moyenne d'"], ["average of"];
        /// The least; empty of none.
        Min: ["min de", "min d'"], ["min of"];
        /// The greatest; empty of none.
        Max: ["max de", "max d'"], ["max of"];
    }
}

word_list! {
    /// Functions of expressions, always called with brackets.
    Function {
        /// `arrondi(x, n)`: half to even at n decimals.
        Round: ["arrondi"], ["round"];
        /// `minuscules(t)`
        Lower: ["minuscules"], ["lower"];
        /// `majuscules(t)`
        Upper: ["majuscules"], ["upper"];
        /// `capitales(t)`: the first letter of each word in capitals.
        Capitalize: ["capitales"], ["capitalize"];
        /// `sans espaces(t)`: without white space.
        WithoutSpaces: ["sans espaces"], ["without spaces"];
        /// `longueur(t)`: in characters.
        Length: ["longueur"], ["length"];
        /// `gauche(t, n)`: the first n characters.
        Left: ["gauche"], ["left"];
        /// `domaine(e-mail)`: what follows the last `@`.
        Domain: ["domaine"], ["domain"];
        /// `jours entre(a, b)`: civil days from a to b.
        DaysBetween: ["jours entre"], ["days between"];
        /// `en devise(montant, USD)`: from the main currency; `en devise(montant, Devise, EUR)`:
        /// from another.
        InCurrency: ["en devise"], ["in currency"];
    }
}

word_list! {
    /// How much a task matters.
    Priority {
        /// Can wait.
        Low: ["basse", "faible"], ["low"];
        /// As others.
        Normal: ["normale", "moyenne"], ["normal", "medium"];
        /// Comes first.
        High: ["haute", "élevée"], ["high"];
    }
}

/// The arithmetic signs, written between spaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Arithmetic {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`: half to even at 12 decimals.
    Divide,
}

impl Arithmetic {
    /// The sign.
    pub fn sign(self) -> &'static str {
        match self {
            Arithmetic::Add => "+",
            Arithmetic::Subtract => "-",
            Arithmetic::Multiply => "*",
            Arithmetic::Divide => "/",
        }
    }
}

/// A relative date word: `aujourd'hui`, `la semaine dernière`, `next fiscal year`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Relative {
    /// Which span of the calendar.
    pub period: Period,
    /// Which one from the current: -1 the last, 0 this, 1 the next.
    pub offset: i8,
}

/// Every relative date word: the meaning, then French and English, the printed one first.
pub const RELATIVES: &[(Relative, &[&str], &[&str])] = &[
    (rel(Period::Day, 0), &["aujourd'hui"], &["today"]),
    (rel(Period::Day, -1), &["hier"], &["yesterday"]),
    (rel(Period::Day, 1), &["demain"], &["tomorrow"]),
    (rel(Period::Week, 0), &["cette semaine"], &["this week"]),
    (rel(Period::Week, -1), &["la semaine dernière", "semaine dernière"], &["last week"]),
    (rel(Period::Week, 1), &["la semaine prochaine", "semaine prochaine"], &["next week"]),
    (rel(Period::Month, 0), &["ce mois", "ce mois-ci"], &["this month"]),
    (rel(Period::Month, -1), &["le mois dernier", "mois dernier"], &["last month"]),
    (rel(Period::Month, 1), &["le mois prochain", "mois prochain"], &["next month"]),
    (rel(Period::Quarter, 0), &["ce trimestre"], &["this quarter"]),
    (rel(Period::Quarter, -1), &["le trimestre dernier", "trimestre dernier"], &["last quarter"]),
    (rel(Period::Quarter, 1), &["le trimestre prochain", "trimestre prochain"], &["next quarter"]),
    (rel(Period::Year, 0), &["cette année"], &["this year"]),
    (rel(Period::Year, -1), &["l'année dernière", "année dernière"], &["last year"]),
    (rel(Period::Year, 1), &["l'année prochaine", "année prochaine"], &["next year"]),
    (rel(Period::FiscalYear, 0), &["cet exercice"], &["this fiscal year"]),
    (
        rel(Period::FiscalYear, -1),
        &["l'exercice dernier", "exercice dernier"],
        &["last fiscal year"],
    ),
    (
        rel(Period::FiscalYear, 1),
        &["l'exercice prochain", "exercice prochain"],
        &["next fiscal year"],
    ),
];

const fn rel(period: Period, offset: i8) -> Relative {
    Relative { period, offset }
}

impl Relative {
    /// The printed word.
    pub fn word(self, lang: Lang) -> &'static str {
        RELATIVES.iter().find(|(r, ..)| *r == self).map_or("", |(_, fr, en)| lang.pick(fr, en)[0])
    }
}

/// Reads a relative date word of either language, in any case, with or without accents.
pub fn relative_word(word: &str) -> Option<Relative> {
    static TABLE: Table<Relative> = LazyLock::new(|| {
        table(
            RELATIVES
                .iter()
                .flat_map(|(relative, fr, en)| fr.iter().chain(*en).map(|word| (*word, *relative))),
        )
    });
    TABLE.get(&key(word)).copied()
}

/// The word for the instant of the clock, in French and in English.
pub const NOW: &[&str] = &["maintenant", "now"];

/// The words for a ticked box, the printed ones (French, English) first.
pub const TICKED: &[&str] =
    &["sélectionné", "selected", "✓", "coché", "oui", "vrai", "yes", "checked", "true"];

/// The words for a box that is not ticked, the printed ones (French, English) first.
pub const UNTICKED: &[&str] = &[
    "non sélectionné",
    "not selected",
    "décoché",
    "non coché",
    "non",
    "faux",
    "no",
    "unchecked",
    "not checked",
    "false",
];

/// Reads a tick word of either language, in any case, with or without accents.
pub fn tick(word: &str) -> Option<bool> {
    static TABLE: Table<bool> = LazyLock::new(|| {
        let ticked = TICKED.iter().map(|word| (*word, true));
        table(ticked.chain(UNTICKED.iter().map(|word| (*word, false))))
    });
    TABLE.get(&key(word)).copied()
}
