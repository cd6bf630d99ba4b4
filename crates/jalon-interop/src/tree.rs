//! A criterion between two forms: without places, types or a language.

use jalon::lexicon::{Op, Quantifier, Relative};
use rust_decimal::Decimal;

/// A criterion.
#[derive(Clone, Debug, PartialEq)]
pub enum Tree {
    /// Every part holds.
    All(Vec<Tree>),
    /// At least one part holds.
    Any(Vec<Tree>),
    /// The part does not hold.
    Not(Box<Tree>),
    /// Of related records.
    Related(Box<Related>),
    /// One test.
    Leaf(Leaf),
}

/// A criterion on related records.
#[derive(Clone, Debug, PartialEq)]
pub struct Related {
    /// The field that holds them.
    pub list: String,
    /// How many must satisfy it.
    pub how_many: HowMany,
    /// What each must satisfy.
    pub part: Tree,
}

/// How many related records must satisfy a criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HowMany {
    /// At least one, none, all.
    Quantified(Quantifier),
    /// `NOMBRE DE M (…) >= 2`: an order ([`Op::Is`], `<=`, `>=` …) and a number.
    Counted(Op, u32),
}

/// One test of a field.
#[derive(Clone, Debug, PartialEq)]
pub struct Leaf {
    /// Its name, or the path to it.
    pub field: String,
    /// How it is compared; never one that waits for a change, nor one with a number inside.
    pub op: Op,
    /// With what: nothing for `EST VIDE`, two for `ENTRE`, one for an order.
    pub values: Vec<Operand>,
}

/// What a field is compared with.
#[derive(Clone, Debug, PartialEq)]
pub enum Operand {
    /// A text, or a date or a time in ISO form: the field's type tells which.
    Text(String),
    /// A number.
    Number(Decimal),
    /// Ticked or not.
    Tick(bool),
    /// `aujourd'hui`, `le mois dernier`
    Relative(Relative),
    /// `maintenant`
    Now,
    /// Another field of the record.
    Field(String),
}

impl Tree {
    /// Parts that must all hold; one alone is itself.
    pub fn all(parts: Vec<Tree>) -> Tree {
        alone(parts).unwrap_or_else(Tree::All)
    }

    /// Parts of which one must hold; one alone is itself.
    pub fn any(parts: Vec<Tree>) -> Tree {
        alone(parts).unwrap_or_else(Tree::Any)
    }

    /// The same criterion without `NON`: meanings are two-valued, so the opposite of `ET` is the
    /// `OU` of opposites, and the opposite of an order also holds where a side is empty.
    ///
    /// # Errors
    /// What has no opposite.
    pub fn without_not(self) -> Result<Tree, Box<Tree>> {
        Ok(match self {
            Tree::All(parts) => Tree::All(each(parts, Tree::without_not)?),
            Tree::Any(parts) => Tree::Any(each(parts, Tree::without_not)?),
            Tree::Not(part) => part.opposite()?,
            Tree::Related(related) => {
                let part = related.part.without_not()?;
                Tree::Related(Box::new(Related { part, ..*related }))
            }
            Tree::Leaf(leaf) => Tree::Leaf(leaf),
        })
    }

    /// What holds exactly where this does not, without `NON`.
    fn opposite(self) -> Result<Tree, Box<Tree>> {
        Ok(match self {
            Tree::All(parts) => Tree::Any(each(parts, Tree::opposite)?),
            Tree::Any(parts) => Tree::All(each(parts, Tree::opposite)?),
            Tree::Not(part) => part.without_not()?,
            Tree::Related(related) => {
                let opposite = match related.how_many {
                    HowMany::Quantified(Quantifier::Any) => Quantifier::No,
                    HowMany::Quantified(Quantifier::No) => Quantifier::Any,
                    _ => return Err(Box::new(Tree::Related(related))),
                };
                let how_many = HowMany::Quantified(opposite);
                Tree::Related(Box::new(Related {
                    part: related.part.without_not()?,
                    how_many,
                    ..*related
                }))
            }
            Tree::Leaf(leaf) => leaf.opposite()?,
        })
    }

    /// The same criterion where each `CONTIENT`, `COMMENCE PAR` and `FINIT PAR` has one value, and
    /// fields do not stand beside values on one right side.
    #[must_use]
    pub fn spread(self) -> Tree {
        match self {
            Tree::All(parts) => Tree::All(parts.into_iter().map(Tree::spread).collect()),
            Tree::Any(parts) => Tree::Any(parts.into_iter().map(Tree::spread).collect()),
            Tree::Not(part) => Tree::Not(Box::new(part.spread())),
            Tree::Related(related) => {
                let part = related.part.spread();
                Tree::Related(Box::new(Related { part, ..*related }))
            }
            Tree::Leaf(leaf) => leaf.spread(),
        }
    }
}

fn alone(mut parts: Vec<Tree>) -> Result<Tree, Vec<Tree>> {
    match parts.pop() {
        Some(part) if parts.is_empty() => Ok(part),
        last => {
            parts.extend(last);
            Err(parts)
        }
    }
}

fn each<E>(parts: Vec<Tree>, change: fn(Tree) -> Result<Tree, E>) -> Result<Vec<Tree>, E> {
    parts.into_iter().map(change).collect()
}

/// What a negative operator is the complement of stands in [`Op::complement_of`]; here the other
/// way as well.
pub fn complement(op: Op) -> Option<Op> {
    op.complement_of().or(match op {
        Op::Is => Some(Op::IsNot),
        Op::IsEmpty => Some(Op::IsNotEmpty),
        Op::Contains => Some(Op::DoesNotContain),
        Op::StartsWith => Some(Op::DoesNotStartWith),
        Op::EndsWith => Some(Op::DoesNotEndWith),
        Op::Between => Some(Op::NotBetween),
        _ => None,
    })
}

impl Leaf {
    fn opposite(self) -> Result<Tree, Box<Tree>> {
        if let Some(op) = complement(self.op) {
            return Ok(Tree::Leaf(Leaf { op, ..self }));
        }
        let op = match self.op {
            Op::Less => Op::GreaterOrEqual,
            Op::LessOrEqual => Op::Greater,
            Op::Greater => Op::LessOrEqual,
            Op::GreaterOrEqual => Op::Less,
            Op::ContainsAll => match self.spread() {
                Tree::Leaf(leaf) if leaf.op == Op::ContainsAll => {
                    return Err(Box::new(Tree::Leaf(leaf)));
                }
                spread => return spread.opposite(),
            },
            _ => return Err(Box::new(Tree::Leaf(self))),
        };
        let empty = |field: &str| {
            Tree::Leaf(Leaf { field: field.to_owned(), op: Op::IsEmpty, values: Vec::new() })
        };
        let mut parts = vec![empty(&self.field)];
        parts.extend(self.values.iter().filter_map(|value| match value {
            Operand::Field(field) => Some(empty(field)),
            _ => None,
        }));
        parts.insert(0, Tree::Leaf(Leaf { op, ..self }));
        Ok(Tree::Any(parts))
    }

    fn spread(self) -> Tree {
        let (op, all) = match self.op {
            Op::ContainsAll => (Op::Contains, true),
            Op::Contains | Op::StartsWith | Op::EndsWith => (self.op, false),
            Op::DoesNotContain | Op::DoesNotStartWith | Op::DoesNotEndWith => (self.op, true),
            Op::Is | Op::IsNot => return self.parted(),
            _ => return Tree::Leaf(self),
        };
        let Leaf { field, values, .. } = self;
        let parts: Vec<Tree> = values
            .into_iter()
            .map(|value| Tree::Leaf(Leaf { field: field.clone(), op, values: vec![value] }))
            .collect();
        if all { Tree::all(parts) } else { Tree::any(parts) }
    }

    /// The values and the fields of an equality in two.
    fn parted(self) -> Tree {
        let Leaf { field, op, values } = self;
        let (fields, constants): (Vec<_>, Vec<_>) =
            values.into_iter().partition(|value| matches!(value, Operand::Field(_)));
        let parts = [constants, fields].into_iter().filter(|values| !values.is_empty());
        let parts = parts.map(|values| Tree::Leaf(Leaf { field: field.clone(), op, values }));
        let parts = parts.collect();
        if op == Op::IsNot { Tree::all(parts) } else { Tree::any(parts) }
    }
}
