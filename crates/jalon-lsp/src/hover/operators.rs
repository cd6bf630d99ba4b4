//! What each operator does, and what it says of an empty field.

use jalon::lang::Lang;
use jalon::lexicon::reference::{self, OnEmpty};
use jalon::lexicon::{OPERATORS, Op};
use jalon::syntax::vocabulary::begins;

/// Of an operator as written.
pub(super) fn describe(written: &str, lang: Lang) -> Option<String> {
    let op = operator(written)?;
    let (what, empty) = texts(op, lang);
    let spelling = op.spelling(jalon::lexicon::Form::Word, lang);
    let on_empty = lang.pick("Sur un champ vide", "On an empty field");
    let colon = lang.pick(" :", ":");
    let example = reference::operator(op)?.example.criterion(lang);
    Some(format!("**{spelling}**\n\n{what}\n\n{on_empty}{colon} {empty}\n\n`{example}`"))
}

/// Which operator some words are, the longest spelling first.
pub(crate) fn operator(written: &str) -> Option<Op> {
    let written = written.trim();
    let spellings = OPERATORS
        .iter()
        .flat_map(|row| row.fr.iter().chain(row.en).map(move |spelling| (row.op, *spelling)));
    let found = spellings.filter_map(|(op, spelling)| Some((begins(written, spelling)?, op)));
    let (_, op) = found.max_by_key(|(length, _)| *length)?;
    // The words before the number are the same of the past and of what comes.
    let next = ["PROCHAIN", "prochain", "NEXT", "next"].iter().any(|word| written.contains(word));
    let past = ["AGO", "ago"].iter().any(|word| written.contains(word));
    Some(match op {
        Op::InLast | Op::InNext if next => Op::InNext,
        Op::MoreThanAgo | Op::InMoreThan if past => Op::MoreThanAgo,
        op => op,
    })
}

/// What it does, and what it says of an empty field.
pub(crate) fn texts(op: Op, lang: Lang) -> (&'static str, &'static str) {
    let Some(row) = reference::operator(op) else { return ("", "") };
    let empty = match row.on_empty {
        OnEmpty::Fails => lang.pick("faux", "false"),
        OnEmpty::Holds => lang.pick("**vrai**", "**true**"),
        OnEmpty::AsValue => lang.pick("comme une valeur", "as a value is"),
    };
    (row.what.pick(lang), empty)
}
