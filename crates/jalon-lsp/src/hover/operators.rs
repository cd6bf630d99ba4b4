//! What each operator does, and what it says of an empty field.

use jalon::lang::Lang;
use jalon::lexicon::{OPERATORS, Op};
use jalon::syntax::vocabulary::begins;

/// Of an operator as written.
pub(super) fn describe(written: &str, lang: Lang) -> Option<String> {
    let op = operator(written)?;
    let (what, empty) = texts(op, lang);
    let spelling = op.spelling(jalon::lexicon::Form::Word, lang);
    let on_empty = lang.pick("Sur un champ vide", "On an empty field");
    let colon = lang.pick(" :", ":");
    Some(format!("**{spelling}**\n\n{what}\n\n{on_empty}{colon} {empty}"))
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
    let (no, yes) = (lang.pick("faux", "false"), lang.pick("**vrai**", "**true**"));
    let empty = match op {
        Op::IsEmpty
        | Op::IsNot
        | Op::DoesNotContain
        | Op::DoesNotStartWith
        | Op::DoesNotEndWith
        | Op::NotBetween => yes,
        Op::Changes | Op::Becomes | Op::ChangesFrom => {
            lang.pick("comme une valeur", "as a value is")
        }
        _ => no,
    };
    let (fr, en) = match op {
        Op::Is => ("égal à l'une des valeurs", "equal to one of the values"),
        Op::IsNot => ("égal à aucune des valeurs", "equal to none of the values"),
        Op::IsEmpty => ("rien, ou des blancs seulement", "nothing, or only white space"),
        Op::IsNotEmpty => ("quelque chose", "something"),
        Op::Contains => ("contient l'un des textes", "contains one of the texts"),
        Op::DoesNotContain => ("ne contient aucun des textes", "contains none of the texts"),
        Op::ContainsAll => ("contient chacun des textes", "contains each of the texts"),
        Op::StartsWith => ("commence par l'un des textes", "starts with one of the texts"),
        Op::DoesNotStartWith => {
            ("ne commence par aucun des textes", "starts with none of the texts")
        }
        Op::EndsWith => ("finit par l'un des textes", "ends with one of the texts"),
        Op::DoesNotEndWith => ("ne finit par aucun des textes", "ends with none of the texts"),
        Op::Matches => (
            "contient ce que l'expression rationnelle décrit ; `/…/i` ignore la casse",
            "contains what the regular expression describes; `/…/i` ignores case",
        ),
        Op::FollowsFormat => (
            "toute la valeur suit le masque : `9` un chiffre, `A` une lettre, `*` n'importe quoi",
            "the whole value follows the mask: `9` a digit, `A` a letter, `*` anything",
        ),
        Op::Less => ("plus petit, ou avant", "less, or before"),
        Op::LessOrEqual => ("au plus", "at most"),
        Op::Greater => ("plus grand, ou après", "greater, or after"),
        Op::GreaterOrEqual => ("au moins", "at least"),
        Op::Between => ("entre les deux, bornes comprises", "between the two, both included"),
        Op::NotBetween => ("hors des deux bornes", "outside the two bounds"),
        Op::Before => ("strictement avant", "strictly before"),
        Op::After => ("strictement après", "strictly after"),
        Op::InLast => {
            ("dans les jours passés, aujourd'hui compris", "in the days past, today included")
        }
        Op::InNext => {
            ("dans les jours à venir, aujourd'hui compris", "in the days to come, today included")
        }
        Op::MoreThanAgo => ("plus loin dans le passé", "further in the past"),
        Op::InMoreThan => ("plus loin dans l'avenir", "further in the future"),
        Op::Changes => ("la valeur change dans l'événement", "the value changes in the event"),
        Op::Becomes => ("la valeur devient l'une de celles-ci", "the value becomes one of these"),
        Op::ChangesFrom => {
            ("la valeur passe de l'une à l'autre", "the value goes from one to the other")
        }
    };
    (lang.pick(fr, en), empty)
}
