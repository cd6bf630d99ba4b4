//! Criteria: what parses, how it splits, and that it prints back.

mod errors;
mod kickoff;
mod operators;
pub(in crate::syntax) mod properties;

use super::super::ast::{Criterion, Expr, ExprKind, Item, Leaf, Left, Name, Right, Split};
use crate::diagnostic::{Diagnostic, render};
use crate::lang::Lang;
use crate::lexicon::Op;
use crate::source::Sources;
use crate::syntax::{parse_criterion, print_criterion};

/// Parses what must parse.
fn parsed(text: &str) -> Criterion {
    parse_criterion(crate::source::SourceId(0), text)
        .unwrap_or_else(|found| panic!("{}", rendered(text, &found, Lang::En)))
}

/// The diagnostics of what must not parse, for people.
fn errors(text: &str, lang: Lang) -> String {
    match parse_criterion(crate::source::SourceId(0), text) {
        Ok(criterion) => panic!("parsed as {}", shape(&criterion)),
        Err(found) => rendered(text, &found, lang),
    }
}

fn rendered(text: &str, found: &[Diagnostic], lang: Lang) -> String {
    let mut sources = Sources::default();
    sources.add("<text>", text);
    render(found, &sources, lang, false).trim_end().to_owned()
}

/// The one leaf of a criterion.
fn leaf(text: &str) -> Leaf {
    match parsed(text) {
        Criterion::Leaf(leaf) => *leaf,
        other => panic!("no leaf: {}", shape(&other)),
    }
}

/// The structure alone: what a round trip must keep.
pub(in crate::syntax) fn shape(criterion: &Criterion) -> String {
    let all = |parts: &[Criterion]| parts.iter().map(shape).collect::<Vec<_>>().join(" ");
    match criterion {
        Criterion::All(parts) => format!("(all {})", all(parts)),
        Criterion::Any(parts) => format!("(any {})", all(parts)),
        Criterion::Not(not) => format!("(not {})", shape(&not.criterion)),
        Criterion::Related(r) => {
            format!("({:?} [{}] {})", r.quantifier, r.of.text, shape(&r.criterion))
        }
        Criterion::Leaf(leaf) => split_shape(&leaf.split),
    }
}

fn split_shape(split: &Split) -> String {
    let left = match &split.left {
        Left::Field(name) => format!("[{}]", name.text),
        Left::Expr(expr) => expr_shape(expr),
    };
    let right = match &split.right {
        Right::Nothing => String::new(),
        Right::Items(items) => items.iter().map(item_shape).collect::<Vec<_>>().join(" "),
        Right::Range(low, high) => format!("{}..{}", item_shape(low), item_shape(high)),
        Right::Period { count, unit, .. } => format!("{count} {unit:?}"),
        Right::Regex { pattern, ignore_case, .. } => format!("/{pattern}/{ignore_case}"),
    };
    format!("{{{left} {:?}:{:?} {right}}}", split.op.op, split.op.form)
}

fn item_shape(item: &Item) -> String {
    match &item.expr {
        Some(expr) => expr_shape(expr),
        None => value_shape(&item.name),
    }
}

fn value_shape(name: &Name) -> String {
    if name.quoted { format!("{:?}", name.text) } else { format!("[{}]", name.text) }
}

/// The structure of an expression.
pub(in crate::syntax) fn expr_shape(expr: &Expr) -> String {
    match &expr.kind {
        ExprKind::Name(name) => value_shape(name),
        ExprKind::Score(name) => format!("(score [{}])", name.text),
        ExprKind::Negate(inner) => format!("(neg {})", expr_shape(inner)),
        ExprKind::Binary(a, sign, b) => {
            format!("({} {} {})", expr_shape(a), sign.sign(), expr_shape(b))
        }
        ExprKind::Shift { base, forward, count, unit } => {
            let sign = if *forward { '+' } else { '-' };
            format!("({} {sign} {count} {unit:?})", expr_shape(base))
        }
        ExprKind::Call(function, arguments) => {
            let arguments: Vec<_> = arguments.iter().map(expr_shape).collect();
            format!("({function:?} {})", arguments.join(" "))
        }
        ExprKind::Aggregate { aggregate, path, filter } => {
            let filter = filter.as_ref().map(|filter| shape(filter)).unwrap_or_default();
            format!("({aggregate:?} [{}] {filter})", path.text)
        }
        ExprKind::If(criterion, a, b) => {
            format!("(if {} {} {})", shape(criterion), expr_shape(a), expr_shape(b))
        }
    }
}

/// Checks that a criterion prints and reads back the same in both languages.
pub(in crate::syntax) fn round_trip(criterion: &Criterion) {
    for lang in [Lang::Fr, Lang::En] {
        let text = print_criterion(criterion, lang);
        assert_eq!(shape(&parsed(&text)), shape(criterion), "printed as: {text}");
    }
}

#[track_caller]
fn reads_as(text: &str, field: &str, op: Op, value: &str) {
    let leaf = leaf(text);
    let Left::Field(name) = &leaf.split.left else { panic!("no field: {text}") };
    assert_eq!((name.text.as_str(), leaf.split.op.op), (field, op), "{text}");
    let Right::Items(items) = &leaf.split.right else {
        assert_eq!(value, "", "{text}");
        return;
    };
    let values: Vec<_> = items.iter().map(|item| item.name.text.as_str()).collect();
    assert_eq!(values.join("|"), value, "{text}");
    round_trip(&Criterion::Leaf(Box::new(leaf)));
}

#[test]
fn operators_in_capitals_win() {
    reads_as("Région Est EST Monaco", "Région Est", Op::Is, "Monaco");
    reads_as("Département est 98", "Département", Op::Is, "98");
    reads_as("Date avant vente EST 2026", "Date avant vente", Op::Is, "2026");
    reads_as("Taux est contient > 3", "Taux est contient", Op::Greater, "3");
    reads_as("Titre est CONTIENT x", "Titre est", Op::Contains, "x");
    reads_as(
        "Secteur EST Recherche et développement",
        "Secteur",
        Op::Is,
        "Recherche et développement",
    );
    reads_as("Taux de CHANGE EST 3", "Taux de CHANGE", Op::Is, "3");
    reads_as("EST EST Monaco", "EST", Op::Is, "Monaco");
    reads_as("N'EST N'EST PAS Monaco", "N'EST", Op::IsNot, "Monaco");
}

#[test]
fn the_other_splits_are_kept() {
    let lefts = |text: &str| -> Vec<String> {
        let leaf = leaf(text);
        std::iter::once(&leaf.split)
            .chain(&leaf.others)
            .map(|split| match &split.left {
                Left::Field(name) => format!("{} {:?}", name.text, split.op.op),
                Left::Expr(expr) => expr_shape(expr),
            })
            .collect()
    };
    assert_eq!(lefts("Région est EST Monaco"), ["Région est Is", "Région Is"]);
    assert_eq!(lefts("RÉGION EST EST MONACO"), ["RÉGION Is", "RÉGION EST Is"]);
    assert_eq!(lefts("RÉGION EST ENTRE 1 ET 3"), ["RÉGION Between", "RÉGION EST Between"]);
    assert_eq!(lefts("Pays N'EST PAS Monaco"), ["Pays IsNot"]);
    assert_eq!(lefts("Titre NE CONTIENT PAS x"), ["Titre DoesNotContain"]);
}

#[test]
fn values_are_cut_at_commas() {
    reads_as("Ville EST Nice, Cannes , ,Antibes,", "Ville", Op::Is, "Nice|Cannes|Antibes");
    reads_as("Prix > 1 234,5", "Prix", Op::Greater, "1 234,5");
    reads_as("Dép EST 06,83", "Dép", Op::Is, "06,83");
    reads_as("Nom EST \"Dupont, Martin\", « a (b) »", "Nom", Op::Is, "Dupont, Martin|a (b)");
    reads_as("Nom EST \"dit \\\"le\\\" \\\\ \\n\"", "Nom", Op::Is, "dit \"le\" \\ \n");
    reads_as("Objet EST \"${Nom ou \"client\"} !\"", "Objet", Op::Is, "${Nom ou \"client\"} !");
    reads_as("Note EST ${Prospects.Nom}", "Note", Op::Is, "${Prospects.Nom}");
    reads_as("\"Montant (HT)\" >= 10", "Montant (HT)", Op::GreaterOrEqual, "10");
    reads_as("Nom EST  a  b ", "Nom", Op::Is, "a  b");
    reads_as("Nom EST a\n  b,\n c", "Nom", Op::Is, "a b|c");
    assert_eq!(leaf("Nom   EST  \"a  b\",\n c").text, "Nom EST \"a  b\", c");
}

#[test]
fn empty_is_a_whole_operand_in_any_case() {
    for text in ["Nom EST VIDE", "Nom est vide", "Nom EST Vide", "Nom IS Empty", "Nom = VIDE"] {
        reads_as(text, "Nom", Op::IsEmpty, "");
    }
    for text in [
        "Nom N'EST PAS Vide",
        "Nom EST NON VIDE",
        "Nom isn't empty",
        "Nom IS NOT Empty",
        "Nom != vide",
        "Nom n’est pas vide",
    ] {
        reads_as(text, "Nom", Op::IsNotEmpty, "");
    }
    reads_as("Nom EST \"vide\"", "Nom", Op::Is, "vide");
    reads_as("Nom EST vide grenier", "Nom", Op::Is, "vide grenier");
    reads_as("Nom CONTIENT vide", "Nom", Op::Contains, "vide");
}

#[test]
fn connectives_and_brackets() {
    let shape = |text: &str| {
        let criterion = parsed(text);
        round_trip(&criterion);
        super::tests::shape(&criterion)
    };
    assert_eq!(
        shape("A = 1 ET B = 2 AND C = 3"),
        "(all {[A] Is:Sign [1]} {[B] Is:Sign [2]} {[C] Is:Sign [3]})"
    );
    assert_eq!(
        shape("(A = 1 OU B = 2) ET C = 3"),
        "(all (any {[A] Is:Sign [1]} {[B] Is:Sign [2]}) {[C] Is:Sign [3]})"
    );
    assert_eq!(shape("((A = 1))"), "{[A] Is:Sign [1]}");
    assert_eq!(
        shape("NON (A = 1) OR NOT(B = 2)"),
        "(any (not {[A] Is:Sign [1]}) (not {[B] Is:Sign [2]}))"
    );
    assert_eq!(shape("non (A = 1)"), "(not {[A] Is:Sign [1]})");
    assert_eq!(
        shape("AUCUN Contacts (Ville EST Nice)"),
        "(No [Contacts] {[Ville] Is:Word [Nice]})"
    );
    assert_eq!(
        shape("AU MOINS UNE \"Fiches (x)\" (A = 1) ET B = 2"),
        "(all (Any [Fiches (x)] {[A] Is:Sign [1]}) {[B] Is:Sign [2]})"
    );
    assert_eq!(shape("TOUTES LES Factures(A = 1)"), "(All [Factures] {[A] Is:Sign [1]})");
    assert_eq!(
        shape("tous les Comptes.Contacts (A = 1)"),
        "(All [Comptes.Contacts] {[A] Is:Sign [1]})"
    );
    assert_eq!(
        shape("ANY Contacts (A = 1 OR B = 2)"),
        "(Any [Contacts] (any {[A] Is:Sign [1]} {[B] Is:Sign [2]}))"
    );
    assert_eq!(
        shape("TOUS LES chiffres EST arrondi(3, 2)"),
        "{[TOUS LES chiffres] Is:Word (Round [3] [2])}"
    );
    assert_eq!(
        shape("A ENTRE 1 ET 3 ET B = 2"),
        "(all {[A] Between:Word [1]..[3]} {[B] Is:Sign [2]})"
    );
    assert_eq!(
        shape("A entre 1 et 3 OU B = 2"),
        "(any {[A] Between:Word [1]..[3]} {[B] Is:Sign [2]})"
    );
    assert_eq!(
        shape("JOURS ENTRE (a, b) > 3 ET B = 2"),
        "(all {(DaysBetween [a] [b]) Greater:Sign [3]} {[B] Is:Sign [2]})"
    );
    assert_eq!(
        shape("DISTANCE ENTRE VILLES EST 3 OU B = 2"),
        "(any {[DISTANCE ENTRE VILLES] Is:Word [3]} {[B] Is:Sign [2]})"
    );
}
