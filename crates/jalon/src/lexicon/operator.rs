//! Operators of criteria and their spellings.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::words::key;
use crate::lang::Lang;

/// The operators of criteria (language reference, §3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Op {
    /// `EST a, b`
    Is,
    /// `N'EST PAS a, b`
    IsNot,
    /// `EST VIDE`
    IsEmpty,
    /// `N'EST PAS VIDE`
    IsNotEmpty,
    /// `CONTIENT a, b`
    Contains,
    /// `NE CONTIENT PAS a, b`
    DoesNotContain,
    /// `CONTIENT TOUT a, b`
    ContainsAll,
    /// `COMMENCE PAR a, b`
    StartsWith,
    /// `NE COMMENCE PAS PAR a, b`
    DoesNotStartWith,
    /// `FINIT PAR a, b`
    EndsWith,
    /// `NE FINIT PAS PAR a, b`
    DoesNotEndWith,
    /// `CORRESPOND À /regex/`
    Matches,
    /// `SUIT LE FORMAT "99 99"`
    FollowsFormat,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `ENTRE a ET b`
    Between,
    /// `N'EST PAS ENTRE a ET b`
    NotBetween,
    /// `AVANT`
    Before,
    /// `APRÈS`
    After,
    /// `DANS LES n DERNIERS jours`
    InLast,
    /// `DANS LES n PROCHAINS jours`
    InNext,
    /// `IL Y A PLUS DE n jours`
    MoreThanAgo,
    /// `DANS PLUS DE n jours`
    InMoreThan,
    /// `CHANGE`
    Changes,
    /// `DEVIENT a, b`
    Becomes,
    /// `PASSE DE a À b`
    ChangesFrom,
}

/// Which of its spellings an operator was written with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// In words.
    #[default]
    Word,
    /// As a sign: `=`, `≠`, `≤`.
    Sign,
    /// As a sign spelled in ASCII where that differs: `!=`, `<=`.
    Ascii,
}

/// The spellings of one operator in one form.
#[derive(Clone, Copy, Debug)]
pub struct OperatorWords {
    /// Which operator.
    pub op: Op,
    /// Which form.
    pub form: Form,
    /// In French, the printed one first.
    pub fr: &'static [&'static str],
    /// In English, the printed one first.
    pub en: &'static [&'static str],
}

const fn words(op: Op, fr: &'static [&'static str], en: &'static [&'static str]) -> OperatorWords {
    OperatorWords { op, form: Form::Word, fr, en }
}

const fn sign(op: Op, form: Form, sign: &'static [&'static str]) -> OperatorWords {
    OperatorWords { op, form, fr: sign, en: sign }
}

/// Every operator with its spellings. `EST VIDE` stands here as two words; the operators with a
/// number inside (`DANS LES n DERNIERS`) as the words before it: the parser reads the rest.
pub const OPERATORS: &[OperatorWords] = &[
    words(Op::Is, &["est"], &["is"]),
    sign(Op::Is, Form::Sign, &["="]),
    words(Op::IsNot, &["n'est pas"], &["isn't", "is not"]),
    sign(Op::IsNot, Form::Sign, &["≠"]),
    sign(Op::IsNot, Form::Ascii, &["!="]),
    words(Op::IsEmpty, &["est vide"], &["is empty"]),
    words(
        Op::IsNotEmpty,
        &["n'est pas vide", "est non vide"],
        &["isn't empty", "is not empty", "is non empty"],
    ),
    words(Op::Contains, &["contient"], &["contains"]),
    words(Op::DoesNotContain, &["ne contient pas"], &["doesn't contain", "does not contain"]),
    words(Op::ContainsAll, &["contient tout"], &["contains all"]),
    words(Op::StartsWith, &["commence par"], &["starts with"]),
    words(
        Op::DoesNotStartWith,
        &["ne commence pas par"],
        &["doesn't start with", "does not start with"],
    ),
    words(Op::EndsWith, &["finit par"], &["ends with"]),
    words(Op::DoesNotEndWith, &["ne finit pas par"], &["doesn't end with", "does not end with"]),
    words(Op::Matches, &["correspond à"], &["matches"]),
    words(Op::FollowsFormat, &["suit le format"], &["follows format"]),
    sign(Op::Less, Form::Sign, &["<"]),
    sign(Op::LessOrEqual, Form::Sign, &["≤"]),
    sign(Op::LessOrEqual, Form::Ascii, &["<="]),
    sign(Op::Greater, Form::Sign, &[">"]),
    sign(Op::GreaterOrEqual, Form::Sign, &["≥"]),
    sign(Op::GreaterOrEqual, Form::Ascii, &[">="]),
    words(Op::Between, &["entre", "est entre"], &["between", "is between"]),
    words(
        Op::NotBetween,
        &["n'est pas entre"],
        &["not between", "isn't between", "is not between"],
    ),
    words(Op::Before, &["avant", "est avant"], &["before", "is before"]),
    words(Op::After, &["après", "est après"], &["after", "is after"]),
    words(Op::InLast, &["dans les", "dans le", "dans la"], &["in the last"]),
    words(Op::InNext, &["dans les", "dans le", "dans la"], &["in the next"]),
    words(Op::MoreThanAgo, &["il y a plus de", "il y a plus d'"], &["more than"]),
    words(Op::InMoreThan, &["dans plus de", "dans plus d'"], &["in more than"]),
    words(Op::Changes, &["change"], &["changes"]),
    words(Op::Becomes, &["devient"], &["becomes"]),
    words(Op::ChangesFrom, &["passe de"], &["changes from"]),
];

impl Op {
    /// For a negative operator the positive one that it is the exact complement of.
    pub fn complement_of(self) -> Option<Op> {
        Some(match self {
            Op::IsNot => Op::Is,
            Op::IsNotEmpty => Op::IsEmpty,
            Op::DoesNotContain => Op::Contains,
            Op::DoesNotStartWith => Op::StartsWith,
            Op::DoesNotEndWith => Op::EndsWith,
            Op::NotBetween => Op::Between,
            _ => return None,
        })
    }

    /// Whether it compares a record before and after a change.
    pub fn is_change(self) -> bool {
        matches!(self, Op::Changes | Op::Becomes | Op::ChangesFrom)
    }

    /// The printed spelling, in capitals, such as `N'EST PAS`.
    pub fn spelling(self, form: Form, lang: Lang) -> String {
        let row = OPERATORS
            .iter()
            .find(|row| row.op == self && row.form == form)
            .or_else(|| OPERATORS.iter().find(|row| row.op == self));
        row.map_or_else(String::new, |row| lang.pick(row.fr, row.en)[0].to_uppercase())
    }
}

/// One spelling of an operator whose words stand together and before its operand: every row of
/// [`OPERATORS`] but `EST VIDE` (an operand decides) and those with a number inside.
#[derive(Clone, Debug)]
pub(crate) struct Spelling {
    /// Its words as they are looked up, in order.
    pub(crate) words: Vec<String>,
    /// Which operator.
    pub(crate) op: Op,
    /// Which form.
    pub(crate) form: Form,
}

/// The spellings that begin with a word (given as its [`key`]), the longest first.
pub(crate) fn spellings(first_word: &str) -> &'static [Spelling] {
    static TABLE: LazyLock<FxHashMap<String, Vec<Spelling>>> = LazyLock::new(|| {
        let mut table: FxHashMap<String, Vec<Spelling>> = FxHashMap::default();
        for row in OPERATORS.iter().filter(|row| stands_together(row.op)) {
            for text in row.fr.iter().chain(row.en) {
                // The key of `≠` would be `=`: a sign stands for itself.
                let words = if row.form == Form::Word { key(text) } else { (*text).into() };
                let words: Vec<String> = words.split(' ').map(str::to_owned).collect();
                let spellings = table.entry(words[0].clone()).or_default();
                spellings.push(Spelling { words, op: row.op, form: row.form });
            }
        }
        for spellings in table.values_mut() {
            spellings.sort_by_key(|spelling| std::cmp::Reverse(spelling.words.len()));
        }
        table
    });
    TABLE.get(first_word).map_or(&[], Vec::as_slice)
}

fn stands_together(op: Op) -> bool {
    !matches!(
        op,
        Op::IsEmpty | Op::IsNotEmpty | Op::InLast | Op::InNext | Op::MoreThanAgo | Op::InMoreThan
    )
}
