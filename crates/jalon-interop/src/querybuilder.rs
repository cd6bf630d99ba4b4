//! The query of [react-querybuilder](https://react-querybuilder.js.org): `RuleGroupType`, and
//! `RuleGroupTypeIC`, where the combinators stand between the rules.

mod reader;
mod writer;

use jalon::lexicon::Op;

pub use reader::read;
pub use writer::write;

/// The operators, as react-querybuilder spells them. Those with a list of values stand last:
/// when writing, one value takes the first spelling of its operator.
const OPERATORS: &[(&str, Op)] = &[
    ("=", Op::Is),
    ("!=", Op::IsNot),
    ("<", Op::Less),
    ("<=", Op::LessOrEqual),
    (">", Op::Greater),
    (">=", Op::GreaterOrEqual),
    ("contains", Op::Contains),
    ("beginsWith", Op::StartsWith),
    ("endsWith", Op::EndsWith),
    ("doesNotContain", Op::DoesNotContain),
    ("doesNotBeginWith", Op::DoesNotStartWith),
    ("doesNotEndWith", Op::DoesNotEndWith),
    ("null", Op::IsEmpty),
    ("notNull", Op::IsNotEmpty),
    ("between", Op::Between),
    ("notBetween", Op::NotBetween),
    ("in", Op::Is),
    ("notIn", Op::IsNot),
];
