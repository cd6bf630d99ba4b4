//! Texts: the declared ones, those that a test names, and words made of the parts that tests ask
//! for, with a character between them that no test names.

use super::cells::holding;
use super::{Answer, Cell, Demand, MOST_COMPARED, Purpose};
use crate::plan::atom::ConstantTest;
use crate::plan::text::LiteralTest;
use crate::schema::{self, FieldType, TextMode};
use crate::value::Value;
use crate::value::fold::{fold, fold_into, is_blank};

/// So many ways to choose one text of each list are tried.
const MOST_CHOICES: usize = 512;

/// Characters that may stand between parts; one that no test names is taken.
const BETWEEN: &[char] = &['-', '/', '~', '_', '=', '+', '§', '¤', '¦', '¬', '†', '‡', '中'];

/// The demands on a text, by what they ask.
struct Demands<'a> {
    wanted: Vec<(LiteralTest, &'a [String])>,
    unwanted: Vec<(LiteralTest, &'a [String])>,
    /// Whether a pattern is among them: what fits the others need not fit it.
    patterns: bool,
    size: usize,
}

impl<'a> Demands<'a> {
    /// Sorts demands; `None` where one is not on texts.
    fn of(demands: &[Demand<'a>]) -> Option<Demands<'a>> {
        let (mut wanted, mut unwanted) = (Vec::new(), Vec::new());
        let (mut patterns, mut size) = (false, 0);
        for demand in demands {
            match demand.test {
                ConstantTest::Empty => {}
                ConstantTest::Regex { .. } | ConstantTest::Mask(_) => patterns = true,
                ConstantTest::Text(test, texts) => {
                    size += texts.len();
                    let side = if demand.negated { &mut unwanted } else { &mut wanted };
                    side.push((*test, texts.as_slice()));
                }
                _ => return None,
            }
        }
        Some(Demands { wanted, unwanted, patterns, size })
    }

    /// Whether a folded text meets them.
    fn met_by(&self, text: &str) -> bool {
        let passes = |(test, texts): &(LiteralTest, &[String])| {
            texts.iter().any(|literal| test.passes(text, literal))
        };
        !is_blank(text) && self.wanted.iter().all(passes) && !self.unwanted.iter().any(passes)
    }

    fn literals(&self) -> impl Iterator<Item = &String> {
        self.wanted.iter().chain(&self.unwanted).flat_map(|(_, texts)| *texts)
    }
}

/// A text that is not blank.
pub(super) fn solve(
    demands: &[Demand<'_>],
    declared: Option<&schema::Field>,
    mode: TextMode,
) -> Answer {
    let Some(demands) = Demands::of(demands) else { return Answer::Perhaps };
    let values: &[String] = match declared.map(|field| &field.ty) {
        Some(FieldType::Picklist(values)) => values,
        _ => &[],
    };
    let found = |text: &str| {
        if demands.patterns { Answer::Perhaps } else { Answer::Yes(Value::Text(text.to_owned())) }
    };
    if values.len() * demands.size <= MOST_COMPARED
        && let Some(value) = values.iter().find(|value| demands.met_by(&fold(value, mode)))
    {
        return found(value);
    }
    match made(&demands, mode) {
        // A text that is none of the declared values is reported where a record has it.
        Answer::Yes(_) if !values.is_empty() || demands.patterns => Answer::Perhaps,
        answer => answer,
    }
}

/// A reference has a name and an id, and one of them is enough for a test. That no text meets one
/// wanted test and all the others proves that no reference does.
pub(super) fn solve_reference(demands: &[Demand<'_>], mode: TextMode) -> Answer {
    match solve(demands, None, mode) {
        Answer::No => {}
        answer => return answer,
    }
    let (wanted, unwanted): (Vec<_>, Vec<_>) =
        demands.iter().copied().partition(|demand| !demand.negated);
    let alone = wanted.iter().any(|demand| {
        let mut one = unwanted.clone();
        one.push(*demand);
        solve(&one, None, mode) == Answer::No
    });
    if alone { Answer::No } else { Answer::Perhaps }
}

/// Of more parts it is not looked whether they hold each other.
const MOST_TIDIED: usize = 4;

/// Of more declared values, or of texts that tests name, the rest is not taken as examples.
const MOST_NAMED: usize = 64;

/// Adds texts: declared ones, those of `EST`, all that can stand together, and for each test in
/// `apart` all of these but it, and it alone.
pub(super) fn cells(
    tests: &[&ConstantTest],
    purpose: Purpose,
    values: &[String],
    mode: TextMode,
    out: &mut Vec<Cell>,
) -> Option<()> {
    let mut wanted: Vec<(LiteralTest, &[String])> = Vec::with_capacity(tests.len());
    for test in tests {
        match test {
            ConstantTest::Empty => wanted.push((LiteralTest::Equal, &[])),
            ConstantTest::Text(test, texts) => wanted.push((*test, texts)),
            _ => return None,
        }
    }
    let mut add = |value: String, text: Option<&str>, usual: bool| {
        let mut each = wanted.iter();
        let holds = holding(tests, |_| {
            let text = text.unwrap_or(&value);
            let passes = |(test, texts): &(LiteralTest, &[String])| {
                texts.iter().any(|t| test.passes(text, t))
            };
            each.next().is_some_and(passes)
        });
        out.push(Cell { value: Value::Text(value), holds, usual });
    };
    for value in values.iter().take(MOST_NAMED) {
        add(value.clone(), Some(&fold(value, mode)), true);
    }
    let usual = values.is_empty();
    let literals = || wanted.iter().flat_map(|(_, texts)| *texts);
    let between = BETWEEN.iter().find(|c| !literals().any(|text| text.contains(**c)));
    let between = between.map_or_else(|| " ".to_owned(), char::to_string);
    // What is made must be folded as it stands; of parts that are, apart, it is.
    let mut folded = String::new();
    let mut made = |without: Option<usize>| {
        let parts = Parts::together(&wanted, without);
        let text = parts.joined(&between, &between, purpose.shown);
        fold_into(&text, mode, &mut folded);
        if folded == text && !is_blank(&text) {
            add(text, None, usual);
        }
    };
    made(None);
    let apart = |at: usize| purpose.apart >> at & 1 == 1;
    (0..wanted.len()).filter(|at| apart(*at)).for_each(|at| made(Some(at)));
    add(between.clone(), None, usual && !is_blank(&between));
    let alone = wanted
        .iter()
        .enumerate()
        .filter(|(at, (test, _))| apart(*at) || *test == LiteralTest::Equal);
    for text in alone.flat_map(|(_, (_, texts))| *texts).take(MOST_NAMED) {
        if !is_blank(text) {
            add(text.clone(), None, usual);
        }
    }
    Some(())
}

/// A text that tests name, or that is made of what they name.
fn made(demands: &Demands<'_>, mode: TextMode) -> Answer {
    let equal = demands.wanted.iter().filter(|(test, _)| *test == LiteralTest::Equal);
    if let Some((_, texts)) = equal.min_by_key(|(_, texts)| texts.len()) {
        if texts.len() * demands.size > MOST_COMPARED {
            return Answer::Perhaps;
        }
        let text = texts.iter().find(|text| demands.met_by(text));
        return text.map_or(Answer::No, |text| Answer::Yes(Value::Text(text.clone())));
    }
    let choices =
        demands.wanted.iter().try_fold(1_usize, |all, (_, texts)| all.checked_mul(texts.len()));
    let complete = choices
        .is_some_and(|choices| choices <= MOST_CHOICES && choices * demands.size <= MOST_COMPARED);
    let Some(between) = BETWEEN.iter().find(|c| !demands.literals().any(|text| text.contains(**c)))
    else {
        return Answer::Perhaps;
    };
    let mut proven = complete;
    for choice in 0..choices.unwrap_or(usize::MAX).min(if complete { MOST_CHOICES } else { 8 }) {
        let parts = Parts::chosen(&demands.wanted, choice);
        let [plain, apart] = [
            parts.joined(" ", "", true),
            parts.joined(&between.to_string(), &between.to_string(), true),
        ];
        for text in [plain, apart.clone()] {
            if fold(&text, mode) == text && demands.met_by(&text) {
                return Answer::Yes(Value::Text(text));
            }
        }
        // Apart by what no test names, a text has only the parts that it must have.
        proven &= fold(&apart, mode) == apart;
    }
    if proven { Answer::No } else { Answer::Perhaps }
}

/// What a text must begin with, hold and end with.
#[derive(Debug, Default)]
struct Parts<'a> {
    start: &'a str,
    inside: Vec<&'a str>,
    end: &'a str,
}

impl<'a> Parts<'a> {
    /// One text of each list; `choice` numbers the ways.
    fn chosen(wanted: &[(LiteralTest, &'a [String])], mut choice: usize) -> Parts<'a> {
        let mut parts = Parts::default();
        for (test, texts) in wanted {
            let Some(text) = texts.get(choice % texts.len().max(1)) else { continue };
            choice /= texts.len();
            parts.add(*test, text);
        }
        parts
    }

    /// The first text of each list that may hold beside others; `without` is a test that must not
    /// hold.
    fn together(wanted: &[(LiteralTest, &'a [String])], without: Option<usize>) -> Parts<'a> {
        let avoided = without.map(|at| wanted[at]);
        let avoids = |text: &&'a String| {
            let passes = |(test, texts): (LiteralTest, &[String])| {
                texts.iter().any(|other| match test {
                    LiteralTest::Starts => text.starts_with(other.as_str()),
                    LiteralTest::Ends => text.ends_with(other.as_str()),
                    LiteralTest::Contains | LiteralTest::Equal => text.contains(other.as_str()),
                })
            };
            !avoided.is_some_and(passes)
        };
        let mut parts = Parts { inside: Vec::with_capacity(wanted.len()), ..Parts::default() };
        for (at, (test, texts)) in wanted.iter().enumerate() {
            if without == Some(at) {
                continue;
            }
            let Some(text) = texts.iter().find(avoids) else { continue };
            parts.add(*test, text);
        }
        parts
    }

    fn add(&mut self, test: LiteralTest, text: &'a str) {
        match test {
            LiteralTest::Starts if text.len() > self.start.len() => self.start = text,
            LiteralTest::Ends if text.len() > self.end.len() => self.end = text,
            LiteralTest::Contains => self.inside.push(text),
            LiteralTest::Starts | LiteralTest::Ends | LiteralTest::Equal => {}
        }
    }

    /// The parts with something between them, and at an end that may be anything; where people
    /// see them, none that another one holds.
    fn joined(&self, between: &str, edge: &str, shown: bool) -> String {
        let inside: usize = self.inside.iter().map(|part| part.len() + between.len()).sum();
        let ends = self.start.len() + self.end.len() + between.len() + edge.len() * 2;
        let mut text = String::with_capacity(inside + ends);
        text.push_str(if self.start.is_empty() { edge } else { self.start });
        let mut add = |part: &str| {
            if !text.is_empty() && !text.ends_with(between) {
                text.push_str(between);
            }
            text.push_str(part);
        };
        for (at, part) in self.inside.iter().enumerate() {
            // That the same stands twice harms only the eye.
            let before = &self.inside[..at.min(MOST_TIDIED)];
            let twice = || before.iter().any(|before| before.contains(part));
            if !shown || !twice() && !self.start.contains(part) && !self.end.contains(part) {
                add(part);
            }
        }
        if !self.end.is_empty() && (self.end != self.start || !self.inside.is_empty()) {
            add(self.end);
        }
        if self.end.is_empty() {
            text.push_str(edge);
        }
        text
    }
}
