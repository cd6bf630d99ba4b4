//! Reading a sentence: how often, then clauses in any order.

mod day;

use std::borrow::Cow;
use std::ops::Range;

use crate::lexicon::{Month, Weekday, key};
use crate::recurrence::words::{self, number};
use crate::recurrence::{
    Day, End, Expected, Frequency, Pattern, Problem, Recurrence, RecurrenceError,
};
use crate::value::read;
use crate::value::time::TimeOfDay;

use day::{Item, month_of};

type Read<T> = Result<T, RecurrenceError>;

impl Recurrence {
    /// Reads a sentence in French or in English, whatever its case and accents.
    ///
    /// ```
    /// use jalon::{Lang, recurrence::Recurrence};
    /// let last_friday = Recurrence::from_sentence("Chaque mois, le dernier vendredi à 9h").unwrap();
    /// assert_eq!(last_friday.sentence(Lang::En), "every month on the last Friday at 09:00");
    ///
    /// let error = Recurrence::from_sentence("chaque semaine le lunid").unwrap_err();
    /// assert_eq!(error.range, 18..23);
    /// assert_eq!(error.suggestion.as_deref(), Some("lundi"));
    /// ```
    pub fn from_sentence(text: &str) -> Read<Recurrence> {
        let mut reader = Reader::new(text);
        let mut sentence = Sentence::new(reader.head()?);
        if let Some(weekdays) = reader.head_days.take() {
            sentence.pattern.weekdays = weekdays;
        }
        while reader.at < reader.tokens.len() {
            if !reader.eat(words::AND) {
                sentence.clause(&mut reader)?;
            }
        }
        let Sentence { pattern, .. } = sentence;
        let whole = reader.whole();
        Recurrence::new(pattern).map_err(|problem| RecurrenceError::new(whole, problem))
    }
}

/// A word or a comma.
#[derive(Clone, Debug)]
struct Token<'t> {
    range: Range<usize>,
    key: Cow<'t, str>,
}

/// A text, and how far it is read.
#[derive(Debug)]
struct Reader<'t> {
    text: &'t str,
    tokens: Vec<Token<'t>>,
    at: usize,
    /// The days that the head names itself: `chaque lundi`.
    head_days: Option<Vec<Day>>,
}

/// What is read so far.
struct Sentence {
    pattern: Pattern,
    said: Vec<&'static str>,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str) -> Reader<'t> {
        let mut tokens = Vec::new();
        let mut word: Option<usize> = None;
        let mut push = |from: usize, to: usize| {
            tokens.push(Token { range: from..to, key: key(&text[from..to]) });
        };
        for (at, c) in text.char_indices() {
            let comma = c == ',' || c == ';';
            if c.is_whitespace() || comma {
                if let Some(from) = word.take() {
                    push(from, at);
                }
                if comma {
                    push(at, at + 1);
                }
            } else if word.is_none() {
                word = Some(at);
            }
        }
        if let Some(from) = word {
            push(from, text.len());
        }
        // A sentence may end with a full stop.
        if let Some(last) = tokens.last_mut()
            && let Some(bare) = text[last.range.clone()].strip_suffix('.')
        {
            last.range.end -= 1;
            last.key = key(bare);
        }
        for token in &mut tokens {
            if token.key == ";" {
                token.key = ",".into();
            } else if let Some(bare) = token.key.strip_prefix("l'") {
                token.key = bare.to_owned().into();
            }
        }
        Reader { text, tokens, at: 0, head_days: None }
    }

    fn key(&self, ahead: usize) -> &str {
        self.tokens.get(self.at + ahead).map_or("", |token| &token.key)
    }

    fn eat(&mut self, words: &[&str]) -> bool {
        let found = self.at < self.tokens.len() && words.contains(&self.key(0));
        self.at += usize::from(found);
        found
    }

    /// The place of the next token; the end of the text if there is none.
    fn here(&self) -> Range<usize> {
        let end = self.tokens.last().map_or(0, |token| token.range.end);
        self.tokens.get(self.at).map_or(end..end, |token| token.range.clone())
    }

    fn whole(&self) -> Range<usize> {
        let from = self.tokens.first().map_or(0, |token| token.range.start);
        from..self.tokens.last().map_or(from, |token| token.range.end)
    }

    fn error<T>(&self, problem: Problem) -> Read<T> {
        Err(RecurrenceError::new(self.here(), problem))
    }

    /// What should stand here does not; perhaps the word that does is misspelt.
    fn expected<T>(&self, expected: Expected) -> Read<T> {
        let range = self.here();
        let suggestion = words::meant(&self.text[range.clone()]);
        Err(RecurrenceError { range, problem: Problem::Expected(expected), suggestion })
    }

    /// `chaque jour`, `toutes les 2 semaines`, `every other month`, `chaque lundi`, `daily`
    fn head(&mut self) -> Read<Pattern> {
        if let Some(frequency) = words::adverb(self.key(0)) {
            self.at += 1;
            return Ok(Pattern::every(1, frequency));
        }
        let each = self.eat(words::EACH);
        if !each && words::ALL.contains(&self.key(0)) && self.key(1) == "les" {
            self.at += 2;
        } else if !each {
            let range = self.here();
            let suggestion = words::meant(&self.text[range.clone()]);
            return Err(RecurrenceError { range, problem: Problem::Start, suggestion });
        }
        let mut interval = 1;
        let digits = self.key(0).bytes().next().is_some_and(|b| b.is_ascii_digit());
        if digits {
            match self.key(0).parse() {
                Ok(number) => interval = number,
                Err(_) => return self.error(Problem::Interval),
            }
            if interval == 0 || interval > 1_000_000 {
                return self.error(Problem::Interval);
            }
            self.at += 1;
        } else if self.key(0) == "other" {
            interval = 2;
            self.at += 1;
        }
        if words::WORKED.contains(&self.key(0)) || words::WORKED.contains(&self.key(1)) {
            return self.error(Problem::BusinessDays);
        }
        if let Some(frequency) = words::unit(self.key(0)) {
            self.at += 1;
            return Ok(Pattern::every(interval, frequency));
        }
        if Weekday::parse(self.key(0)).is_some() {
            let days = self.weekdays()?;
            self.head_days = Some(days.into_iter().map(Day::every).collect());
            return Ok(Pattern::every(interval, Frequency::Weekly));
        }
        self.expected(Expected::Unit)
    }

    /// The token after a separator of a list and articles, if what follows goes on with the list.
    fn goes_on(&self, is_next: impl Fn(&Reader<'t>, usize) -> bool) -> Option<usize> {
        let mut ahead = 0;
        while words::AND.contains(&self.key(ahead)) {
            ahead += 1;
        }
        if ahead == 0 {
            return None;
        }
        while words::ARTICLES.contains(&self.key(ahead)) {
            ahead += 1;
        }
        is_next(self, ahead).then_some(ahead)
    }

    /// `samedi, dimanche`, `le lundi et le jeudi`
    fn weekdays(&mut self) -> Read<Vec<Weekday>> {
        let mut days = Vec::new();
        while self.eat(words::ARTICLES) {}
        loop {
            let Some(day) = Weekday::parse(self.key(0)) else {
                return self.expected(Expected::Weekday);
            };
            days.push(day);
            self.at += 1;
            let next = |r: &Reader, ahead| Weekday::parse(r.key(ahead)).is_some();
            match self.goes_on(next) {
                Some(ahead) => self.at += ahead,
                None => return Ok(days),
            }
        }
    }

    /// `en juin, juillet et août`
    fn months(&mut self) -> Read<Vec<Month>> {
        let mut months = Vec::new();
        loop {
            let Some(month) = month_of(self.key(0)) else {
                return self.expected(Expected::Month);
            };
            months.push(month);
            self.at += 1;
            let next = |r: &Reader, ahead| month_of(r.key(ahead)).is_some();
            match self.goes_on(next) {
                Some(ahead) => self.at += ahead,
                None => return Ok(months),
            }
        }
    }

    /// `19:00`, `9h et 14h30`, `noon`, `7:30 pm`
    fn times(&mut self) -> Read<Vec<TimeOfDay>> {
        let mut times = Vec::new();
        loop {
            let Some((time, tokens)) = self.time(0) else {
                return self.expected(Expected::Time);
            };
            times.push(time);
            self.at += tokens;
            let next = |r: &Reader, ahead| r.time(ahead).is_some();
            match self.goes_on(next) {
                Some(ahead) => self.at += ahead,
                None => return Ok(times),
            }
            self.eat(words::AT);
        }
    }

    /// A time of day some tokens ahead, and how many tokens it has: the most that make one, since
    /// `9:00` goes on in `9:00 am`.
    fn time(&self, mut ahead: usize) -> Option<(TimeOfDay, usize)> {
        if words::AT.contains(&self.key(ahead)) {
            // `à 9h et à 14h`: the word is eaten by the list.
            ahead += 1;
        }
        let first = self.tokens.get(self.at + ahead)?.range.start;
        (1..=MOST_OF_TIME).rev().find_map(|used| {
            let last = self.tokens.get(self.at + ahead + used - 1)?;
            read::time_of_day(&self.text[first..last.range.end]).map(|time| (time, used))
        })
    }
}

/// How many tokens a time of day has at most: `9 h 30`, `9 :00 am`.
const MOST_OF_TIME: usize = 3;

impl Sentence {
    fn new(pattern: Pattern) -> Sentence {
        Sentence { pattern, said: Vec::new() }
    }

    /// Notes that something is said, once.
    fn say(&mut self, what: &'static str, range: Range<usize>) -> Read<()> {
        if self.said.contains(&what) {
            return Err(RecurrenceError::new(range, Problem::Twice(what.to_owned())));
        }
        self.said.push(what);
        Ok(())
    }

    fn clause(&mut self, reader: &mut Reader) -> Read<()> {
        let place = reader.here();
        if reader.eat(words::EXCEPT) {
            self.say("sauf", place)?;
            self.pattern.except = reader.weekdays()?;
        } else if reader.eat(words::UNTIL) {
            self.end(place)?;
            let range = reader.here();
            let Some(until) = reader.text.get(range).and_then(read::moment) else {
                return reader.expected(Expected::Date);
            };
            reader.at += 1;
            self.pattern.end = End::Until(until);
        } else if words::TIMES.contains(&reader.key(1)) && number(reader.key(0)).is_some() {
            self.end(place)?;
            match reader.key(0).parse() {
                Ok(count) if (1..=Recurrence::MOST).contains(&count) => {
                    self.pattern.end = End::Count(count);
                }
                _ => return reader.error(Problem::Count),
            }
            reader.at += 2;
        } else if matches!(reader.key(0), "semaine" | "semaines" | "week" | "weeks") {
            self.week_start(reader)?;
        } else if reader.eat(words::AT) {
            self.say("à", place)?;
            self.pattern.times = reader.times()?;
        } else if reader.eat(words::IN) {
            self.say("en", place)?;
            self.pattern.months = reader.months()?;
        } else {
            self.days(reader)?;
        }
        Ok(())
    }

    fn end(&mut self, place: Range<usize>) -> Read<()> {
        if self.pattern.end == End::Never {
            Ok(())
        } else {
            Err(RecurrenceError::new(place, Problem::CountAndUntil))
        }
    }

    /// `semaine commence dimanche`, `week starts on Sunday`
    fn week_start(&mut self, reader: &mut Reader) -> Read<()> {
        self.say("semaine commence", reader.here())?;
        reader.at += 1;
        if !reader.eat(&["commence", "commencent", "starts", "start"]) {
            return reader.error(Problem::Word(reader.text[reader.here()].to_owned()));
        }
        while reader.eat(words::ARTICLES) {}
        let Some(day) = Weekday::parse(reader.key(0)) else {
            return reader.expected(Expected::Weekday);
        };
        reader.at += 1;
        self.pattern.week_start = day;
        Ok(())
    }

    /// `le lundi et le jeudi`, `le 14 juillet`, `seulement le 1 et le 15`
    fn days(&mut self, reader: &mut Reader) -> Read<()> {
        let first = reader.at;
        let place = reader.here();
        let only = reader.eat(words::ONLY);
        let mut article = false;
        while reader.eat(words::ARTICLES) {
            article = true;
        }
        if !reader.is_day(0) {
            if only || article {
                return reader.expected(Expected::Day);
            }
            let word = reader.text[place.clone()].to_owned();
            let suggestion = words::meant(&word);
            return Err(RecurrenceError { range: place, problem: Problem::Word(word), suggestion });
        }
        // A bare number says nothing: `chaque mois 5`.
        let bare = number(reader.key(0)).is_some_and(|(_, ordinal)| !ordinal);
        if bare && !article && month_of(reader.key(1)).is_none() {
            return reader.expected(Expected::Count);
        }
        self.say("le", place.clone())?;
        let frequency = self.pattern.frequency;
        let mut dates: Vec<(Item, Option<Month>)> = Vec::new();
        loop {
            dates.push(reader.day(frequency)?);
            match reader.goes_on(Reader::is_day) {
                Some(ahead) => reader.at += ahead,
                None => break,
            }
        }
        let last = reader.tokens.get(reader.at.max(first + 1) - 1);
        let range = place.start..last.map_or(place.end, |token| token.range.end);
        self.add(&dates).map_err(|problem| RecurrenceError::new(range, problem))
    }

    /// Adds dates that are all days of the same months: `le 1 et le 15 juillet`.
    fn add(&mut self, dates: &[(Item, Option<Month>)]) -> Result<(), Problem> {
        for (item, _) in dates {
            match item {
                Item::Weekday(day) => self.pattern.weekdays.push(*day),
                Item::MonthDay(day) => self.pattern.month_days.push(*day),
            }
        }
        let mut months: Vec<Month> = dates.iter().filter_map(|(_, month)| *month).collect();
        if months.is_empty() {
            return Ok(());
        }
        if !self.pattern.months.is_empty() || self.pattern.frequency < Frequency::Monthly {
            return Err(Problem::SeveralDates);
        }
        if !matches!(dates.last(), Some((_, Some(_)))) {
            return Err(Problem::SeveralDates);
        }
        months.sort_unstable();
        months.dedup();
        if let [_] = months.as_slice() {
            self.pattern.months = months;
            return Ok(());
        }
        // Of several months each must name the same days.
        let of = |wanted: Month| {
            let mut days: Vec<String> = Vec::new();
            for (item, month) in dates {
                if *month == Some(wanted) {
                    days.push(format!("{item:?}"));
                }
            }
            days.sort_unstable();
            days.dedup();
            days
        };
        let named = dates.iter().all(|(_, month)| month.is_some());
        if !named || months.iter().any(|month| of(*month) != of(months[0])) {
            return Err(Problem::SeveralDates);
        }
        self.pattern.months = months;
        Ok(())
    }
}
