//! Why a text is no recurrence, as data, with a sentence in each language.

use std::fmt;
use std::ops::Range;

use crate::lang::Lang;
use crate::recurrence::Recurrence;

/// Why a text is no recurrence, and where.
#[derive(Clone, PartialEq, Eq)]
pub struct RecurrenceError {
    /// The bytes of the text that are at fault.
    pub range: Range<usize>,
    /// What is wrong.
    pub problem: Problem,
    /// What to write in place of these bytes, where that is clear.
    pub suggestion: Option<String>,
}

/// What a sentence should go on with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// `chaque jour`
    Unit,
    /// `lundi`, `le 15`, `le dernier vendredi`
    Day,
    /// `lundi`
    Weekday,
    /// `juillet`
    Month,
    /// `19:00`
    Time,
    /// `2030-12-31`
    Date,
    /// `5 fois`
    Count,
}

/// What is wrong with a recurrence.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    /// It does not begin by saying how often.
    Start,
    /// A word that says nothing here.
    Word(String),
    /// Something else should follow.
    Expected(Expected),
    /// Days worked are those of a calendar.
    BusinessDays,
    /// Something is said twice.
    Twice(String),
    /// The interval is not 1 to 1 000 000.
    Interval,
    /// The count is not 1 to [`Recurrence::MOST`].
    Count,
    /// No month has such a day.
    DayOfMonth(i64),
    /// A month or year never has so many of a weekday; and the most it has.
    Ordinal(i64, u8),
    /// More times of day than a day has minutes.
    TooManyTimes,
    /// Times of day where hours or minutes recur.
    TimesOfSmallUnit,
    /// Days of the month where weeks recur.
    DaysOfMonthInWeeks,
    /// Days of the month together with days of the week.
    DaysAndWeekdays,
    /// `le 2e mardi` where neither months nor years recur.
    OrdinalOutsideMonth,
    /// `sauf` where nothing says on which days.
    ExceptWithoutDays,
    /// `chaque année le 15`
    WhichMonth,
    /// `le 14 juillet et le 15 août`
    SeveralDates,
    /// It never happens.
    Never,
    /// A rule has both `COUNT` and `UNTIL`.
    CountAndUntil,
    /// A rule has no `FREQ`.
    NoFrequency,
    /// A part that no rule has.
    RulePart(String),
    /// A value that a part of a rule cannot have.
    RuleValue {
        /// The part.
        part: String,
        /// The value.
        value: String,
    },
    /// A part of a rule that no sentence can say.
    Unsayable(String),
    /// A part that a rule leaves to its start, which is not known.
    NeedsStart(&'static str),
    /// Times of day that no one rule can say.
    TimesOfSeveralRules,
    /// Fractions of a second, which no rule can say.
    FinerThanSeconds,
}

impl RecurrenceError {
    pub(super) fn new(range: Range<usize>, problem: Problem) -> RecurrenceError {
        RecurrenceError { range, problem, suggestion: None }
    }

    /// The message in a language, with the suggestion if there is one.
    pub fn message(&self, lang: Lang) -> String {
        let message = self.problem.message(lang);
        match &self.suggestion {
            Some(text) => lang.pick(
                format!("{message} ; vouliez-vous dire `{text}` ?"),
                format!("{message}; did you mean `{text}`?"),
            ),
            None => message,
        }
    }
}

impl Expected {
    fn message(self, lang: Lang) -> &'static str {
        match self {
            Expected::Unit => lang.pick(
                "après `chaque` vient une unité (jour, semaine, mois, année, heure, minute) ou un jour de la semaine",
                "after `every` comes a unit (day, week, month, year, hour, minute) or a day of the week",
            ),
            Expected::Day => lang.pick(
                "il manque un jour ; écrivez `le lundi`, `le 15`, `le dernier vendredi` ou `le 14 juillet`",
                "a day is missing; write `on Monday`, `on the 15th`, `on the last Friday` or `on 14 July`",
            ),
            Expected::Weekday => lang.pick(
                "il manque un jour de la semaine, par exemple `samedi`",
                "a day of the week is missing, for example `Saturday`",
            ),
            Expected::Month => lang.pick(
                "il manque un mois, par exemple `juillet`",
                "a month is missing, for example `July`",
            ),
            Expected::Time => lang.pick(
                "il manque une heure du jour, par exemple `19:00` ou `9h30`",
                "a time of day is missing, for example `19:00`",
            ),
            Expected::Date => lang.pick(
                "il manque une date, par exemple `2030-12-31` ou `2030-12-31T18:00`",
                "a date is missing, for example `2030-12-31` or `2030-12-31T18:00`",
            ),
            Expected::Count => lang.pick(
                "ce nombre n'a pas de sens ici ; écrivez `5 fois` ou `le 5`",
                "this number means nothing here; write `5 times` or `on the 5th`",
            ),
        }
    }
}

impl Problem {
    /// The message in a language.
    pub fn message(&self, lang: Lang) -> String {
        let text = match self {
            Problem::Expected(expected) => expected.message(lang),
            Problem::Word(word) => {
                return lang.pick(
                    format!("`{word}` n'est pas compris dans une récurrence"),
                    format!("`{word}` is not understood in a recurrence"),
                );
            }
            Problem::Twice(what) => {
                return lang.pick(
                    format!("`{what}` est dit deux fois"),
                    format!("`{what}` is said twice"),
                );
            }
            Problem::Count => {
                let most = Recurrence::MOST;
                return lang.pick(
                    format!("le nombre de fois va de 1 à {most}"),
                    format!("the number of times goes from 1 to {most}"),
                );
            }
            Problem::DayOfMonth(day) => {
                return lang.pick(
                    format!("aucun mois n'a de jour {day} ; les jours vont de 1 à 31"),
                    format!("no month has a day {day}; days go from 1 to 31"),
                );
            }
            Problem::Ordinal(nth, most) => {
                return lang.pick(
                    format!("le rang {nth} d'un jour de la semaine n'existe pas ; il va de 1 à {most}, ou du dernier en arrière"),
                    format!("no day of the week has the rank {nth}; it goes from 1 to {most}, or back from the last"),
                );
            }
            Problem::RulePart(part) => {
                return lang.pick(
                    format!("`{part}` n'est pas une partie d'une règle RFC 5545"),
                    format!("`{part}` is no part of an RFC 5545 rule"),
                );
            }
            Problem::RuleValue { part, value } => {
                return lang.pick(
                    format!("`{part}` ne peut valoir `{value}`"),
                    format!("`{part}` cannot be `{value}`"),
                );
            }
            Problem::Unsayable(part) => {
                return lang.pick(
                    format!("`{part}` n'a pas de phrase équivalente ; la règle n'est pas reprise plutôt que d'être déformée"),
                    format!("`{part}` has no equivalent sentence; the rule is refused rather than bent"),
                );
            }
            Problem::NeedsStart(part) => {
                return lang.pick(
                    format!("`{part}` manque et le début n'est pas connu ; ajoutez {part}=0 ou donnez le début"),
                    format!("`{part}` is missing and the start is not known; add {part}=0 or give the start"),
                );
            }
            other => other.fixed(lang),
        };
        text.to_owned()
    }

    /// The messages that name nothing.
    fn fixed(&self, lang: Lang) -> &'static str {
        match self {
            Problem::Start => lang.pick(
                "une récurrence commence par `chaque jour`, `tous les 3 jours`, `chaque semaine le lundi`, `chaque mois le 15` …",
                "a recurrence begins with `every day`, `every 3 days`, `every week on Monday`, `every month on the 15th` …",
            ),
            Problem::BusinessDays => lang.pick(
                "les jours ouvrés dépendent d'un calendrier et ne font pas une récurrence ; écrivez `chaque jour sauf samedi, dimanche`",
                "business days depend on a calendar and make no recurrence; write `every day except Saturday, Sunday`",
            ),
            Problem::Interval => lang.pick(
                "l'intervalle va de 1 à 1000000",
                "the interval goes from 1 to 1000000",
            ),
            Problem::TooManyTimes => lang.pick(
                "il y a plus d'heures qu'un jour n'a de minutes ; écrivez `toutes les n minutes`",
                "there are more times than a day has minutes; write `every n minutes`",
            ),
            Problem::TimesOfSmallUnit => lang.pick(
                "ce qui revient toutes les heures ou minutes n'a pas d'heure du jour ; écrivez `chaque jour à 9:00`",
                "what recurs by hours or minutes has no time of day; write `every day at 09:00`",
            ),
            Problem::DaysOfMonthInWeeks => lang.pick(
                "un jour du mois ne va pas avec des semaines ; écrivez `chaque mois le 15`",
                "a day of the month does not go with weeks; write `every month on the 15th`",
            ),
            Problem::DaysAndWeekdays => lang.pick(
                "des jours du mois et des jours de la semaine ne vont pas ensemble ; écrivez deux récurrences, ou retirez des jours par `sauf`",
                "days of the month and days of the week do not go together; write two recurrences, or take days away with `except`",
            ),
            Problem::OrdinalOutsideMonth => lang.pick(
                "le rang d'un jour se compte dans un mois ou une année ; écrivez `chaque mois le 2e mardi`",
                "the rank of a day is counted in a month or year; write `every month on the 2nd Tuesday`",
            ),
            Problem::ExceptWithoutDays => lang.pick(
                "dites d'abord quels jours, par exemple `chaque jour sauf samedi, dimanche`",
                "say first on which days, for example `every day except Saturday, Sunday`",
            ),
            Problem::WhichMonth => lang.pick(
                "dites de quel mois, par exemple `chaque année le 15 janvier`",
                "say of which month, for example `every year on 15 January`",
            ),
            Problem::SeveralDates => lang.pick(
                "ces dates n'ont pas le même jour dans chaque mois ; écrivez une récurrence pour chacune",
                "these dates have not the same days in each month; write one recurrence for each",
            ),
            Problem::Never => lang.pick(
                "cette récurrence n'arrive jamais",
                "this recurrence never happens",
            ),
            Problem::CountAndUntil => lang.pick(
                "une récurrence finit après un nombre de fois ou à une date, pas les deux",
                "a recurrence ends after a number of times or on a date, not both",
            ),
            Problem::NoFrequency => lang.pick(
                "la règle ne dit pas à quelle fréquence ; commencez par FREQ=DAILY, WEEKLY, MONTHLY ou YEARLY",
                "the rule does not say how often; begin with FREQ=DAILY, WEEKLY, MONTHLY or YEARLY",
            ),
            Problem::TimesOfSeveralRules => lang.pick(
                "ces heures du jour demandent plusieurs règles RFC 5545 : chaque heure y va avec chaque minute",
                "these times of day need several RFC 5545 rules: each hour goes with each minute in one",
            ),
            _ => lang.pick(
                "une règle RFC 5545 compte en secondes entières",
                "an RFC 5545 rule counts in whole seconds",
            ),
        }
    }
}

impl fmt::Display for RecurrenceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl std::error::Error for RecurrenceError {}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl std::error::Error for Problem {}
