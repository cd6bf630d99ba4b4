//! Reads `1 and (2 or not 3)` in one pass.

use crate::left_out::{LeftOut, reasons};
use crate::tree::Tree;

/// What `1 and 2 or 3` means without brackets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mixing {
    /// `(1 and 2) or 3`: from left to right, without precedence.
    LeftToRight,
    /// Nothing: it is refused.
    Refused,
}

/// Brackets in brackets.
const MAX_DEPTH: usize = 60;
/// Values of all comparisons that a pattern names, each as often as it does.
const MAX_VALUES: usize = 1_000_000;

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Number(usize),
    And,
    Or,
    Not,
    Open,
    Close,
}

/// One level of brackets.
#[derive(Default)]
struct Level {
    /// What stands to the left, how deep it is, and how it is joined.
    left: Option<(Tree, usize)>,
    all: bool,
    /// The connective that waits for its right side.
    waiting: Option<bool>,
    /// How many `not` wait for what they deny.
    nots: usize,
    mixed: bool,
}

/// Joins comparisons, numbered from 1, as a pattern says.
pub(crate) fn combine(
    pattern: &str,
    leaves: &[Tree],
    mixing: Mixing,
    at: &str,
) -> Result<Tree, Vec<LeftOut>> {
    let mut reader = Reader { levels: vec![Level::default()], used: vec![false; leaves.len()] };
    let read = reader.read(pattern, leaves, mixing);
    let tree = read.map_err(|left_out| vec![LeftOut { at: at.to_owned(), ..left_out }])?;
    let unused: Vec<LeftOut> = reader
        .used
        .iter()
        .enumerate()
        .filter(|(_, used)| !**used)
        .map(|(i, _)| LeftOut::new(at, &reasons::UNUSED_NUMBER).arg("number", i + 1))
        .collect();
    if unused.is_empty() { Ok(tree) } else { Err(unused) }
}

struct Reader {
    levels: Vec<Level>,
    used: Vec<bool>,
}

impl Reader {
    fn read(&mut self, pattern: &str, leaves: &[Tree], mixing: Mixing) -> Result<Tree, LeftOut> {
        let mut rest = pattern;
        let mut values = 0;
        while let Some(token) = token(&mut rest)? {
            match token {
                Token::Number(number) => {
                    let index = number.checked_sub(1);
                    let Some((index, leaf)) = index.and_then(|i| Some((i, leaves.get(i)?))) else {
                        let unknown = LeftOut::new("", &reasons::UNKNOWN_NUMBER);
                        return Err(unknown.arg("number", number).arg("count", leaves.len()));
                    };
                    values += weight(leaf);
                    if values > MAX_VALUES {
                        return Err(LeftOut::new("", &reasons::TOO_LARGE));
                    }
                    self.used[index] = true;
                    self.operand(leaf.clone(), 1)?;
                }
                Token::And | Token::Or => self.connective(token == Token::And, mixing)?,
                Token::Not => self.top(|level| level.nots += 1),
                Token::Open if self.levels.len() > MAX_DEPTH => {
                    return Err(LeftOut::new("", &reasons::TOO_DEEP).arg("limit", MAX_DEPTH));
                }
                Token::Open => self.levels.push(Level::default()),
                Token::Close => {
                    let inner = self.levels.pop().filter(|_| !self.levels.is_empty());
                    let (inner, depth) = inner.ok_or_else(|| unexpected(")"))?.end(")")?;
                    self.operand(inner, depth)?;
                }
            }
        }
        match (self.levels.pop(), self.levels.is_empty()) {
            (Some(level), true) => level.end("…").map(|(tree, _)| tree),
            _ => Err(unexpected("…")),
        }
    }

    fn top(&mut self, change: impl FnOnce(&mut Level)) {
        if let Some(level) = self.levels.last_mut() {
            change(level);
        }
    }

    fn connective(&mut self, all: bool, mixing: Mixing) -> Result<(), LeftOut> {
        let word = if all { "and" } else { "or" };
        let Some(level) = self.levels.last_mut() else { return Ok(()) };
        if level.left.is_none() || level.waiting.is_some() || level.nots > 0 {
            return Err(unexpected(word));
        }
        level.waiting = Some(all);
        if level.mixed && level.all != all && mixing == Mixing::Refused {
            return Err(LeftOut::new("", &reasons::MIXED_PATTERN));
        }
        Ok(())
    }

    fn operand(&mut self, mut tree: Tree, mut depth: usize) -> Result<(), LeftOut> {
        let Some(level) = self.levels.last_mut() else { return Ok(()) };
        if std::mem::take(&mut level.nots) % 2 == 1 {
            tree = Tree::Not(Box::new(tree));
            depth += 1;
        }
        level.left = Some(match (level.left.take(), level.waiting.take()) {
            (None, None) => (tree, depth),
            (Some((left, left_depth)), Some(all)) => {
                let same = level.mixed && level.all == all;
                level.all = all;
                level.mixed = true;
                let deeper = if same { left_depth } else { left_depth + 1 };
                (joined(left, tree, all, same), deeper.max(depth + 1))
            }
            _ => return Err(unexpected("…")),
        });
        match &level.left {
            Some((_, depth)) if *depth > MAX_DEPTH => {
                Err(LeftOut::new("", &reasons::TOO_DEEP).arg("limit", MAX_DEPTH))
            }
            _ => Ok(()),
        }
    }
}

impl Level {
    fn end(self, word: &str) -> Result<(Tree, usize), LeftOut> {
        match self.left {
            Some(left) if self.waiting.is_none() && self.nots == 0 => Ok(left),
            _ => Err(unexpected(word)),
        }
    }
}

/// The left side goes on where it was joined in the same way at this level.
fn joined(left: Tree, right: Tree, all: bool, same: bool) -> Tree {
    match (left, same) {
        (Tree::All(mut parts), true) if all => {
            parts.push(right);
            Tree::All(parts)
        }
        (Tree::Any(mut parts), true) if !all => {
            parts.push(right);
            Tree::Any(parts)
        }
        (left, _) if all => Tree::All(vec![left, right]),
        (left, _) => Tree::Any(vec![left, right]),
    }
}

fn weight(tree: &Tree) -> usize {
    match tree {
        Tree::Leaf(leaf) => 1 + leaf.values.len(),
        Tree::All(parts) | Tree::Any(parts) => parts.iter().map(weight).sum(),
        Tree::Not(part) => weight(part),
        Tree::Related(related) => weight(&related.part),
    }
}

fn unexpected(word: &str) -> LeftOut {
    LeftOut::new("", &reasons::BAD_PATTERN).arg("word", word)
}

fn token(rest: &mut &str) -> Result<Option<Token>, LeftOut> {
    *rest = rest.trim_start();
    let Some(first) = rest.chars().next() else { return Ok(None) };
    let end = match first {
        '(' | ')' => 1,
        c if c.is_ascii_digit() => rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len()),
        c if c.is_ascii_alphabetic() => {
            rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len())
        }
        c => return Err(unexpected(c.encode_utf8(&mut [0; 4]))),
    };
    let (word, after) = rest.split_at(end);
    *rest = after;
    Ok(Some(match word.to_ascii_lowercase().as_str() {
        "(" => Token::Open,
        ")" => Token::Close,
        "and" => Token::And,
        "or" => Token::Or,
        "not" => Token::Not,
        digits => match digits.parse() {
            Ok(number) => Token::Number(number),
            Err(_) => return Err(unexpected(word)),
        },
    }))
}
