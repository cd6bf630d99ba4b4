//! Finding the operators among the words of a leaf.

use std::borrow::Cow;
use std::ops::Range;

use crate::lexicon::{Form, Op, Unit, key, spellings};
use crate::syntax::normal::Normal;
use crate::syntax::words::{Kind, Token};

/// An operator among the words of a leaf.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    /// Its first token; never the leaf's first.
    pub(crate) start: usize,
    /// One past its last.
    pub(crate) end: usize,
    /// Which operator.
    pub(crate) op: Op,
    /// In words or as a sign.
    pub(crate) form: Form,
    /// In capitals (or a sign) rather than in lower case.
    pub(crate) capitals: bool,
    /// Whether the words it needs behind it are there.
    pub(crate) complete: bool,
    /// The count and unit inside it.
    pub(crate) window: Option<Window>,
}

/// What stands between the words of `DANS LES 7 DERNIERS jours`.
#[derive(Clone, Debug)]
pub(crate) struct Window {
    /// How many, if that is a whole number; where it stands or should.
    pub(crate) count: Result<u32, Range<usize>>,
    /// Of what; what stands there instead.
    pub(crate) unit: Result<Unit, Range<usize>>,
    /// Count and unit.
    pub(crate) range: Range<usize>,
}

/// How the letters of a word are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Case {
    Capitals,
    Lower,
    Mixed,
}

/// A word as operators are looked up.
struct Word<'n> {
    key: Cow<'n, str>,
    case: Case,
}

/// The words of a leaf.
struct Words<'n> {
    /// Nothing where another kind of token stands.
    list: Vec<Option<Word<'n>>>,
    /// Where the last `et` (in lower case, in capitals) has a word behind it; 0 for none.
    and: [usize; 2],
    /// The same for `à`.
    to: [usize; 2],
}

/// Every operator behind the first token, left to right. The words of one are not looked at again,
/// but for `EST ENTRE`, whose `ENTRE` may be the operator of a field `… EST`.
pub(crate) fn find_operators(normal: &Normal, tokens: &[Token]) -> Vec<Found> {
    let words = Words::new(normal, tokens, false);
    let mut found = Vec::new();
    let mut at = 1;
    while at < tokens.len() {
        match words.operator_at(normal, tokens, at) {
            Some(operator) => {
                let both = words.has_optional_is(at, &operator);
                at = if both { at + 1 } else { operator.end };
                found.push(operator);
            }
            None => at += 1,
        }
    }
    found
}

/// The operator at the first token, where a field should stand.
pub(crate) fn leading_operator(normal: &Normal, tokens: &[Token]) -> Option<Found> {
    Words::new(normal, tokens, false).operator_at(normal, tokens, 0)
}

/// The first operator if capitals and lower case did not matter.
pub(crate) fn careless_operator(normal: &Normal, tokens: &[Token]) -> Option<Found> {
    let words = Words::new(normal, tokens, true);
    (1..tokens.len()).find_map(|at| words.operator_at(normal, tokens, at))
}

/// A whole number and a unit of time at the start of some tokens, and how many tokens they take.
pub(crate) fn integer_and_unit(normal: &Normal, tokens: &[Token]) -> Option<(u32, Unit, usize)> {
    let words: Vec<&str> = tokens.iter().take(3).map_while(|t| word_text(normal, t)).collect();
    let (unit, length) = unit_at(&words, 1)?;
    Some((integer(words.first()?)?, unit, 1 + length))
}

fn word_text<'n>(normal: &'n Normal, token: &Token) -> Option<&'n str> {
    matches!(token.kind, Kind::Word).then(|| &normal.text[token.range.clone()])
}

/// The unit at an index, the longest first, and how many words it takes.
fn unit_at(words: &[&str], at: usize) -> Option<(Unit, usize)> {
    let first = words.get(at)?;
    let two = words.get(at + 1).and_then(|second| Unit::parse(&format!("{first} {second}")));
    two.map(|unit| (unit, 2)).or_else(|| Unit::parse(first).map(|unit| (unit, 1)))
}

/// Digits, or the word for one.
fn integer(word: &str) -> Option<u32> {
    if word.bytes().all(|b| b.is_ascii_digit()) {
        return word.parse().ok();
    }
    matches!(key(word).as_ref(), "un" | "une" | "one").then_some(1)
}

impl<'n> Words<'n> {
    fn new(normal: &'n Normal, tokens: &[Token], careless: bool) -> Words<'n> {
        let word = |token: &Token| {
            let text = &normal.text[token.range.clone()];
            match token.kind {
                Kind::Sign => Some(Word { key: Cow::Borrowed(text), case: Case::Capitals }),
                Kind::Word => {
                    let case = if careless { Case::Lower } else { Case::of(text) };
                    let key = match case {
                        Case::Mixed => Cow::Borrowed(""),
                        _ => key(text),
                    };
                    Some(Word { key, case })
                }
                _ => None,
            }
        };
        let words: Vec<_> = tokens.iter().map(word).collect();
        let last = |keys: [&str; 2]| {
            [Case::Lower, Case::Capitals].map(|case| {
                let before_last = words.split_last().map_or(&[][..], |(_, before)| before);
                let is = |word: &Option<Word<'_>>| {
                    word.as_ref().is_some_and(|w| w.case == case && keys.contains(&w.key.as_ref()))
                };
                before_last.iter().rposition(is).unwrap_or(0)
            })
        };
        let (and, to) = (last(["et", "and"]), last(["a", "to"]));
        Words { list: words, and, to }
    }

    fn key_at(&self, at: usize, case: Case) -> Option<&str> {
        let word = self.list.get(at)?.as_ref()?;
        (word.case == case).then_some(word.key.as_ref())
    }

    /// Whether some words stand at an index, all written in one way.
    fn stand_at(&self, at: usize, case: Case, expected: &[&str]) -> bool {
        expected.iter().enumerate().all(|(i, word)| self.key_at(at + i, case) == Some(word))
    }

    fn operator_at(&self, normal: &Normal, tokens: &[Token], at: usize) -> Option<Found> {
        let word = self.list.get(at)?.as_ref()?;
        if word.case == Case::Mixed {
            return None;
        }
        let case = word.case;
        let is = usize::from(matches!(word.key.as_ref(), "est" | "is"));
        self.window_at(normal, tokens, at + is, case)
            .filter(|found| is == 0 || found.complete)
            .map(|found| Found { start: at, ..found })
            .or_else(|| self.spelled_at(at, case))
    }

    fn spelled_at(&self, at: usize, case: Case) -> Option<Found> {
        let spelling = spellings(self.key_at(at, case)?).iter().find(|spelling| {
            // `TOUT` is a word of a value unless it is in capitals.
            (spelling.op != Op::ContainsAll || case == Case::Capitals)
                && spelling
                    .words
                    .iter()
                    .enumerate()
                    .all(|(i, w)| self.key_at(at + i, case) == Some(w))
        })?;
        let end = at + spelling.words.len();
        let complete = self.is_complete(spelling.op, end, case);
        let capitals = case == Case::Capitals;
        let (op, form) = (spelling.op, spelling.form);
        Some(Found { start: at, end, op, form, capitals, complete, window: None })
    }

    /// Whether what an operator needs stands behind it.
    fn is_complete(&self, op: Op, end: usize, case: Case) -> bool {
        let something = end < self.list.len();
        match op {
            Op::Changes => !something,
            Op::Between | Op::NotBetween | Op::ChangesFrom => {
                let separators = if op == Op::ChangesFrom { &self.to } else { &self.and };
                separators[usize::from(case == Case::Capitals)] > end
            }
            _ => something,
        }
    }

    fn has_optional_is(&self, at: usize, found: &Found) -> bool {
        let is = self.list[at].as_ref().is_some_and(|w| matches!(w.key.as_ref(), "est" | "is"));
        is && (found.window.is_some() || matches!(found.op, Op::Between | Op::Before | Op::After))
    }

    /// An operator with a number inside.
    fn window_at(&self, normal: &Normal, tokens: &[Token], at: usize, case: Case) -> Option<Found> {
        let stand = |words: &[&str]| self.stand_at(at, case, words);
        let reader = WindowReader { words: self, normal, tokens, case, at };
        match self.key_at(at, case)? {
            "dans" if stand(&["dans", "plus", "de"]) => Some(reader.then(Op::InMoreThan, 3)),
            "dans" if stand(&["dans", "plus"]) => reader.elided(Op::InMoreThan, 2),
            "dans" => reader.last_or_next(),
            "il" if stand(&["il", "y", "a", "plus", "de"]) => Some(reader.then(Op::MoreThanAgo, 5)),
            "il" if stand(&["il", "y", "a", "plus"]) => reader.elided(Op::MoreThanAgo, 4),
            "in" if stand(&["in", "more", "than"]) => Some(reader.then(Op::InMoreThan, 3)),
            "in" if stand(&["in", "the", "last"]) => Some(reader.then(Op::InLast, 3)),
            "in" if stand(&["in", "the", "next"]) => Some(reader.then(Op::InNext, 3)),
            "more" if stand(&["more", "than"]) => reader.ago(),
            _ => None,
        }
    }
}

/// Reads the count and the unit of an operator that begins at a word.
struct WindowReader<'w, 'n> {
    words: &'w Words<'n>,
    normal: &'n Normal,
    tokens: &'w [Token],
    case: Case,
    at: usize,
}

impl WindowReader<'_, '_> {
    fn text(&self, at: usize) -> Option<&str> {
        self.tokens.get(at).and_then(|token| word_text(self.normal, token))
    }

    /// A word after `at` words, then count and unit.
    fn then(&self, op: Op, length: usize) -> Found {
        let count_at = self.at + length;
        let count = self.text(count_at).and_then(integer);
        let one = count.is_none() && self.unit(count_at).is_some();
        let optional = one && matches!(op, Op::InLast | Op::InNext);
        let unit_at = if optional { count_at } else { count_at + 1 };
        let count = if optional { Ok(1) } else { count.ok_or_else(|| self.place(count_at)) };
        self.found(op, count, count_at, unit_at, count_at)
    }

    /// `PLUS D'UN mois`: the number hangs on the elided word.
    fn elided(&self, op: Op, length: usize) -> Option<Found> {
        let at = self.at + length;
        let rest = self.words.key_at(at, self.case)?.strip_prefix("d'")?.to_owned();
        let count = integer(&rest).ok_or_else(|| self.place(at));
        Some(self.found(op, count, at, at + 1, at))
    }

    /// `DANS LES 7 DERNIERS jours`, `DANS LES DERNIERS 7 jours`, `DANS LA DERNIÈRE heure`.
    fn last_or_next(&self) -> Option<Found> {
        let article = self.words.key_at(self.at + 1, self.case)?;
        if !matches!(article, "les" | "le" | "la") {
            return None;
        }
        let (which_at, op) =
            [2, 3].into_iter().find_map(|i| Some((self.at + i, self.which(self.at + i)?)))?;
        let first = self.at + 2;
        if which_at > first {
            let count = self.text(first).and_then(integer).ok_or_else(|| self.place(first));
            return Some(self.found(op, count, first, which_at + 1, which_at + 1));
        }
        Some(self.then(op, which_at + 1 - self.at))
    }

    fn which(&self, at: usize) -> Option<Op> {
        match self.words.key_at(at, self.case)? {
            "derniers" | "dernieres" | "dernier" | "derniere" => Some(Op::InLast),
            "prochains" | "prochaines" | "prochain" | "prochaine" => Some(Op::InNext),
            _ => None,
        }
    }

    /// `MORE THAN 30 days AGO`: an operator only with its `AGO`.
    fn ago(&self) -> Option<Found> {
        let ago = (self.at + 3..self.at + 6)
            .find(|at| self.words.key_at(*at, self.case) == Some("ago"))?;
        let found = self.then(Op::MoreThanAgo, 2);
        let end = if found.end <= ago { ago + 1 } else { found.end };
        Some(Found { end, complete: true, ..found })
    }

    fn unit(&self, at: usize) -> Option<(Unit, usize)> {
        let words: Vec<&str> = [at, at + 1].into_iter().map_while(|at| self.text(at)).collect();
        unit_at(&words, 0)
    }

    /// The token at an index, or the end of the last one.
    fn place(&self, at: usize) -> Range<usize> {
        let end = self.tokens.last().map_or(0, |token| token.range.end);
        self.tokens.get(at).map_or(end..end, |token| token.range.clone())
    }

    fn found(
        &self,
        op: Op,
        count: Result<u32, Range<usize>>,
        count_at: usize,
        unit_at: usize,
        complete_at: usize,
    ) -> Found {
        let (unit, length) = match self.unit(unit_at) {
            Some((unit, length)) => (Ok(unit), length),
            None => (Err(self.place(unit_at)), usize::from(unit_at < self.tokens.len())),
        };
        let end = (unit_at + length).min(self.tokens.len());
        let last = self.place(end.saturating_sub(1));
        let range = self.place(count_at).start.min(last.end)..last.end;
        let complete = count.is_ok() || complete_at > count_at;
        let capitals = self.case == Case::Capitals;
        let window = Some(Window { count, unit, range });
        Found { start: self.at, end, op, form: Form::Word, capitals, complete, window }
    }
}

impl Case {
    fn of(word: &str) -> Case {
        let (mut upper, mut lower) = (false, false);
        for c in word.chars() {
            upper |= c.is_uppercase();
            lower |= c.is_lowercase();
        }
        match (upper, lower) {
            (true, false) => Case::Capitals,
            (false, true) => Case::Lower,
            _ => Case::Mixed,
        }
    }
}
