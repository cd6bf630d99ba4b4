//! Inside a criterion: fields, operators, values, connectives.

use jalon::lexicon::{Aggregate, Form, Function, OPERATORS, Op, Quantifier, reference};
use jalon::schema::{Field, FieldType};
use jalon::syntax::vocabulary::begins;
use lsp_types::CompletionItemKind;

use super::items::{Items, KEYWORDS, Offer};
use super::line::Line;
use super::scope::Scope;
use super::values;

/// What a criterion may hold beyond its place.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Allowed {
    /// `CHANGE`, `DEVIENT`: where there is a record before.
    pub(super) changes: bool,
}

/// The criterion that begins at a byte of the line.
pub(super) fn criterion<'a>(
    items: &mut Items<'a>,
    line: &Line<'_>,
    from: usize,
    scope: &Scope<'a>,
    allowed: Allowed,
) {
    let program = &items.analysis.draft.checked;
    let masked = &line.masked;
    let mut scopes = vec![(scope.clone(), from)];
    let mut leaf = from;
    let mut at = from;
    while let Some(c) = masked.get(at..).and_then(|rest| rest.chars().next()) {
        match c {
            '(' => {
                let before = line.text.get(leaf..at).unwrap_or("").trim();
                let (around, _) = scopes.last().cloned().unwrap_or_default();
                let inner = match records(before) {
                    Some(list) => around.inside(program, list),
                    None => around,
                };
                scopes.push((inner, leaf));
                leaf = at + 1;
            }
            ')' if scopes.len() > 1 => {
                leaf = scopes.pop().map_or(leaf, |(_, outer)| outer);
            }
            _ if !c.is_whitespace() && starts_word(masked, at) => {
                let word = masked[at..].split([' ', '\n', '(', ')']).next().unwrap_or("");
                let and = matches!(word, "ET" | "AND");
                let range = and && awaits_second(&masked[leaf..at]);
                if (and || matches!(word, "OU" | "OR")) && !range {
                    leaf = at + word.len();
                }
            }
            _ => {}
        }
        at += c.len_utf8();
    }
    let (scope, _) = scopes.pop().unwrap_or_default();
    self::leaf(items, line, leaf, &scope, allowed);
}

fn starts_word(masked: &str, at: usize) -> bool {
    masked[..at].chars().next_back().is_none_or(|c| c.is_whitespace() || matches!(c, '(' | ')'))
}

/// Whether an `ENTRE` of this leaf has no `ET` yet.
fn awaits_second(leaf: &str) -> bool {
    let mut awaits = false;
    for word in leaf.split_whitespace() {
        match word {
            "ENTRE" | "BETWEEN" => awaits = true,
            "ET" | "AND" => awaits = false,
            _ => {}
        }
    }
    awaits
}

/// The list that a bracket behind a quantifier or an aggregate is about.
fn records(before: &str) -> Option<&str> {
    let quantifiers = Quantifier::WORDS.iter().flat_map(|(_, fr, en)| fr.iter().chain(*en));
    let aggregates = Aggregate::WORDS.iter().flat_map(|(_, fr, en)| fr.iter().chain(*en));
    let words: Vec<&str> = quantifiers.chain(aggregates).copied().collect();
    let length = words.iter().filter_map(|word| begins(before, word)).max()?;
    before.get(length..).map(str::trim)
}

/// The test that begins at a byte of the line.
pub(super) fn leaf<'a>(
    items: &mut Items<'a>,
    line: &Line<'_>,
    from: usize,
    scope: &Scope<'a>,
    allowed: Allowed,
) {
    let program = &items.analysis.draft.checked;
    let text = line.text.get(from..).unwrap_or("");
    let start = from + (text.len() - text.trim_start().len());
    let masked = line.masked.get(start..).unwrap_or("");
    let left = |end: usize| scope.field(program, line.text.get(start..start + end).unwrap_or(""));
    let Some(found) = operator(masked, &|end| left(end).is_some()) else {
        fields(items, line, start, scope);
        let ends = masked.char_indices().rev().filter(|(_, c)| c.is_whitespace());
        let field = ends
            .map(|(at, c)| (at, c.len_utf8()))
            .find_map(|(at, space)| Some((at + space, left(at)?)));
        match field {
            Some((at, field)) => {
                let rest = masked.get(at..).unwrap_or("");
                let white = rest.len() - rest.trim_start().len();
                operators(items, start + at + white, Some(field), allowed);
            }
            None => openers(items, start),
        }
        return;
    };
    let field = left(found.start);
    let rest = masked.get(found.end..).unwrap_or("");
    if !rest.starts_with(char::is_whitespace) {
        operators(items, start + found.start, field, allowed);
        if found.form == Form::Word || rest.is_empty() {
            return;
        }
    }
    let value = start + found.end + item_start(rest, found.op);
    values::values(items, value, scope, field, Some(found.op));
    let given = line.text.get(value..).unwrap_or("");
    let said = matches!(found.op, Op::IsEmpty | Op::IsNotEmpty | Op::Changes);
    if said
        || given.trim_end().contains(char::is_whitespace)
        || given.ends_with(' ') && !given.trim().is_empty()
    {
        connectives(items, line);
    }
}

fn connectives(items: &mut Items<'_>, line: &Line<'_>) {
    let word = line.word();
    for text in items.lang.pick(["ET", "OU", "alors"], ["AND", "OR", "then"]) {
        items.keyword(word, text);
    }
}

/// The fields at hand, or those behind a dot.
pub(super) fn fields<'a>(items: &mut Items<'a>, line: &Line<'_>, from: usize, scope: &Scope<'a>) {
    let program = &items.analysis.draft.checked;
    let text = line.text.get(from..).unwrap_or("");
    if let Some(dot) = text.rfind('.')
        && let Some(frame) = scope.step(program, &text[..dot])
    {
        for field in Scope(vec![frame]).fields(program) {
            items.field(from + dot + 1, field);
        }
    }
    for field in scope.fields(program) {
        items.field(from, field);
    }
}

/// What a test may begin with besides a field.
fn openers(items: &mut Items<'_>, from: usize) {
    let lang = items.lang;
    items.keyword(from, lang.pick("NON (", "NOT ("));
    for (quantifier, ..) in Quantifier::WORDS {
        items.keyword(from, &quantifier.word(lang).to_uppercase());
    }
    for (aggregate, ..) in Aggregate::WORDS {
        items.keyword(from, &aggregate.word(lang).to_uppercase());
    }
    functions(items, from);
}

/// The functions.
pub(super) fn functions(items: &mut Items<'_>, from: usize) {
    for (function, ..) in Function::WORDS {
        let word = function.word(items.lang);
        let text = format!("{word}(");
        let mut offer = Offer::new(word, text, CompletionItemKind::FUNCTION, KEYWORDS + 1);
        offer.snippet = Some(format!("{word}($1)"));
        let what = reference::function(*function).map(|row| row.what.pick(items.analysis.lang));
        offer.detail = what.map(str::to_owned);
        items.add(from, offer);
    }
}

/// An operator in a leaf.
struct Found {
    start: usize,
    end: usize,
    op: Op,
    form: Form,
}

/// The operator of a leaf: in capitals before lower case, behind a declared field before others.
fn operator(masked: &str, is_field: &dyn Fn(usize) -> bool) -> Option<Found> {
    let places: Vec<usize> = super::line::words(masked).filter(|at| *at > 0).collect();
    let at = |start: usize, capitals: bool| {
        let rest = masked.get(start..)?;
        let spellings = OPERATORS
            .iter()
            .flat_map(|row| row.fr.iter().chain(row.en).map(move |spelling| (row, *spelling)));
        let fits = spellings.filter_map(|(row, spelling)| {
            let length = match row.form {
                Form::Word => begins(rest, spelling)?,
                _ => rest.strip_prefix(spelling).map(|_| spelling.len())?,
            };
            let lower = rest.get(..length)?.chars().any(char::is_lowercase);
            let found = Found { start, end: start + length, op: row.op, form: row.form };
            (lower != capitals).then_some(found)
        });
        fits.max_by_key(|found| found.end)
    };
    let field = |start: usize| is_field(masked.get(..start).map_or(0, |t| t.trim_end().len()));
    let all = |capitals| places.iter().copied().filter_map(move |start| at(start, capitals));
    let mut capitals: Vec<Found> = all(true).collect();
    if let Some(known) = capitals.iter().position(|found| field(found.start)) {
        return Some(capitals.swap_remove(known));
    }
    let lower = all(false).find(|found| field(found.start));
    lower.or_else(|| (!capitals.is_empty()).then(|| capitals.swap_remove(0)))
}

/// Where the value at the end of what follows an operator begins.
fn item_start(rest: &str, op: Op) -> usize {
    let part = |words: &[&str]| super::line::find_words(rest, words).map_or(0, |(_, end)| end);
    let from = match op {
        Op::Between | Op::NotBetween => part(&["et", "and"]),
        Op::ChangesFrom => part(&["à", "to"]),
        _ => rest.rfind(", ").map_or(0, |at| at + 1),
    };
    let tail = rest.get(from..).unwrap_or("");
    from + (tail.len() - tail.trim_start().len())
}

/// The operators that a field's type has.
fn operators(items: &mut Items<'_>, from: usize, field: Option<&Field>, allowed: Allowed) {
    use Op::{
        After, Becomes, Before, Between, Changes, ChangesFrom, Contains, ContainsAll,
        DoesNotContain, DoesNotEndWith, DoesNotStartWith, EndsWith, FollowsFormat, Greater,
        GreaterOrEqual, InLast, InMoreThan, InNext, Is, IsEmpty, IsNot, IsNotEmpty, Less,
        LessOrEqual, Matches, MoreThanAgo, NotBetween, StartsWith,
    };
    const EQUAL: &[Op] = &[Is, IsNot];
    const EMPTY: &[Op] = &[IsEmpty, IsNotEmpty];
    const TEXT: &[Op] = &[
        Contains,
        DoesNotContain,
        ContainsAll,
        StartsWith,
        DoesNotStartWith,
        EndsWith,
        DoesNotEndWith,
        Matches,
        FollowsFormat,
    ];
    const SET: &[Op] = &[Contains, DoesNotContain, ContainsAll];
    const ORDER: &[Op] = &[Less, LessOrEqual, Greater, GreaterOrEqual, Between, NotBetween];
    const TIME: &[Op] = &[Before, After, InLast, InNext, MoreThanAgo, InMoreThan];
    const CHANGE: &[Op] = &[Changes, Becomes, ChangesFrom];
    let lists: &[&[Op]] = match field.map(|field| &field.ty) {
        Some(FieldType::Checkbox) => &[EQUAL],
        Some(FieldType::Number(_)) => &[EQUAL, ORDER, EMPTY],
        Some(FieldType::Date | FieldType::DateTime) => &[EQUAL, TIME, ORDER, EMPTY],
        Some(FieldType::MultiPicklist(_)) => &[EQUAL, SET, EMPTY],
        Some(FieldType::Records(_) | FieldType::Events(_)) => &[EMPTY],
        Some(
            FieldType::Text(_) | FieldType::Picklist(_) | FieldType::Reference(_) | FieldType::User,
        ) => &[EQUAL, EMPTY, TEXT],
        Some(FieldType::Formula(_)) | None => &[EQUAL, EMPTY, TEXT, ORDER, TIME],
    };
    let changes: &[&[Op]] = if allowed.changes { &[CHANGE] } else { &[] };
    let lang = items.lang;
    for op in lists.iter().chain(changes).flat_map(|list| list.iter().copied()) {
        let form =
            if matches!(op, LessOrEqual | GreaterOrEqual) { Form::Ascii } else { Form::Word };
        let word = op.spelling(form, lang);
        let (what, empty) = crate::hover::operator_texts(op, items.analysis.lang);
        let window = window(op, lang);
        let label = window.map_or(word, |(text, _)| text.to_owned());
        let kind = CompletionItemKind::OPERATOR;
        let mut offer = Offer::new(&label, label.clone(), kind, KEYWORDS);
        offer.detail = Some(what.to_owned());
        let on_empty = items.analysis.lang.pick("Sur un champ vide :", "On an empty field:");
        offer.doc = Some(format!("{on_empty} {empty}"));
        offer.snippet = window.map(|(_, snippet)| snippet.to_owned());
        items.add(from, offer);
    }
}

/// The operators with a number inside, whole, and with places to fill in.
fn window(op: Op, lang: jalon::lang::Lang) -> Option<(&'static str, &'static str)> {
    let (fr, en) = match op {
        Op::InLast => (
            ("DANS LES 7 DERNIERS jours", "DANS LES ${1:7} DERNIERS ${2:jours}"),
            ("IN THE LAST 7 days", "IN THE LAST ${1:7} ${2:days}"),
        ),
        Op::InNext => (
            ("DANS LES 7 PROCHAINS jours", "DANS LES ${1:7} PROCHAINS ${2:jours}"),
            ("IN THE NEXT 7 days", "IN THE NEXT ${1:7} ${2:days}"),
        ),
        Op::MoreThanAgo => (
            ("IL Y A PLUS DE 7 jours", "IL Y A PLUS DE ${1:7} ${2:jours}"),
            ("MORE THAN 7 days AGO", "MORE THAN ${1:7} ${2:days} AGO"),
        ),
        Op::InMoreThan => (
            ("DANS PLUS DE 7 jours", "DANS PLUS DE ${1:7} ${2:jours}"),
            ("IN MORE THAN 7 days", "IN MORE THAN ${1:7} ${2:days}"),
        ),
        _ => return None,
    };
    Some(lang.pick(fr, en))
}
