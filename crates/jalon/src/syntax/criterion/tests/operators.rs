//! Every operator, in both languages, in capitals and in lower case.

use super::{leaf, parsed, round_trip, shape, split_shape};
use crate::lexicon::{Form, OPERATORS, Op};
use crate::syntax::ast::Criterion;

/// An operand that an operator can read.
fn operand(op: Op, spelling: &str) -> &'static str {
    let english = spelling.contains("between") || spelling.contains("from");
    match op {
        Op::IsEmpty | Op::IsNotEmpty | Op::Changes => "",
        Op::Between | Op::NotBetween if english => "1 and 2",
        Op::Between | Op::NotBetween => "1 et 2",
        Op::ChangesFrom if english => "a to b",
        Op::ChangesFrom => "a à b",
        Op::Matches => "/^a,(b)/",
        Op::FollowsFormat => "\"99 99\"",
        Op::InLast if spelling.starts_with("dans") => "derniers 7 jours",
        Op::InNext if spelling.starts_with("dans") => "prochains 7 jours",
        Op::MoreThanAgo if spelling == "more than" => "7 days ago",
        Op::MoreThanAgo | Op::InMoreThan if spelling.ends_with('\'') => "un mois",
        Op::InLast | Op::InNext | Op::MoreThanAgo | Op::InMoreThan => "7 days",
        _ => "x",
    }
}

#[test]
fn every_spelling_of_every_operator_is_read() {
    for row in OPERATORS {
        for spelling in row.fr.iter().chain(row.en) {
            let operand = operand(row.op, spelling);
            let gap = if spelling.ends_with('\'') { "" } else { " " };
            let lower = format!("{spelling}{gap}{operand}");
            let upper = lower.to_uppercase();
            // `TOUT` is an operator's word only in capitals.
            let lower = if row.op == Op::ContainsAll { upper.clone() } else { lower };
            for written in [lower, without_accents(&upper), upper] {
                let written = written.replace("/^A,(B)/", "/^a,(b)/");
                let leaf = leaf(&format!("Le champ {written}"));
                let found = (leaf.split.op.op, leaf.split.op.form);
                assert_eq!(found, (row.op, row.form), "{written}");
                round_trip(&Criterion::Leaf(Box::new(leaf)));
            }
        }
    }
}

fn without_accents(text: &str) -> String {
    text.replace(['É', 'È'], "E").replace('À', "A")
}

#[test]
fn capitals_and_lower_case_do_not_mix_in_one_operator() {
    assert_eq!(leaf("A EST avant 3").split.op.op, Op::Is);
    assert_eq!(leaf("A EST AVANT 3").split.op.op, Op::Before);
    assert_eq!(leaf("A CONTIENT tout x").split.op.op, Op::Contains);
    assert_eq!(leaf("A contient tout x").split.op.op, Op::Contains);
    assert_eq!(leaf("A contains ALL x").split.op.op, Op::Contains);
    assert_eq!(leaf("A CONTIENT TOUT x").split.op.op, Op::ContainsAll);
    assert_eq!(leaf("A IS not x").split.op.op, Op::Is);
}

#[test]
fn windows_in_all_their_forms() {
    let read = |text: &str| {
        let criterion = parsed(text);
        round_trip(&criterion);
        shape(&criterion)
    };
    for (text, wanted) in [
        ("D DANS LES 7 DERNIERS jours", "InLast:Word 7 Day"),
        ("D DANS LES DERNIERS 7 jours", "InLast:Word 7 Day"),
        ("D dans les 2 dernières semaines", "InLast:Word 2 Week"),
        ("D DANS LES 2 DERNIERES semaines", "InLast:Word 2 Week"),
        ("D DANS LA DERNIÈRE heure", "InLast:Word 1 Hour"),
        ("D DANS LES 3 PROCHAINS jours ouvrés", "InNext:Word 3 BusinessDay"),
        ("D DANS LE PROCHAIN mois", "InNext:Word 1 Month"),
        ("D EST DANS LES 7 DERNIERS jours", "InLast:Word 7 Day"),
        ("D IN THE LAST 7 days", "InLast:Word 7 Day"),
        ("D IS IN THE NEXT 2 business days", "InNext:Word 2 BusinessDay"),
        ("D IN THE LAST week", "InLast:Word 1 Week"),
        ("D IL Y A PLUS DE 3 mois", "MoreThanAgo:Word 3 Month"),
        ("D IL Y A PLUS D'UN an", "MoreThanAgo:Word 1 Year"),
        ("D MORE THAN 30 days AGO", "MoreThanAgo:Word 30 Day"),
        ("D MORE THAN 3 business days AGO", "MoreThanAgo:Word 3 BusinessDay"),
        ("D IN MORE THAN 2 weeks", "InMoreThan:Word 2 Week"),
        ("D DANS PLUS DE 2 semaines", "InMoreThan:Word 2 Week"),
        ("D dans plus d'une année", "InMoreThan:Word 1 Year"),
    ] {
        assert_eq!(read(text), format!("{{[D] {wanted}}}"), "{text}");
    }
    assert_eq!(shape(&parsed("Lieu EST DANS LES bois")), "{[Lieu] Is:Word [DANS LES bois]}");
}

#[test]
fn two_sided_operators_and_patterns() {
    for (text, wanted) in [
        ("A PASSE DE prospect À client", "{[A] ChangesFrom:Word [prospect]..[client]}"),
        ("A PASSE DE a A b", "{[A] ChangesFrom:Word [a]..[b]}"),
        ("A passe de a à b", "{[A] ChangesFrom:Word [a]..[b]}"),
        ("A CHANGES FROM vide TO b", "{[A] ChangesFrom:Word [vide]..[b]}"),
        ("A EST ENTRE 1 ET 2,5", "{[A] Between:Word [1]..[2,5]}"),
        ("A is between 1 and 2", "{[A] Between:Word [1]..[2]}"),
        ("A N'EST PAS ENTRE hier ET demain", "{[A] NotBetween:Word [hier]..[demain]}"),
        (
            "A CORRESPOND A /a\\/b (c|d) \"e\" ET f/i",
            "{[A] Matches:Word /a/b (c|d) \"e\" ET f/true}",
        ),
        ("A matches /x{2,3}/", "{[A] Matches:Word /x{2,3}/false}"),
        ("A SUIT LE FORMAT \"99 99\"", "{[A] FollowsFormat:Word \"99 99\"}"),
        ("A ≠ 3", "{[A] IsNot:Sign [3]}"),
        ("A != 3", "{[A] IsNot:Ascii [3]}"),
        ("A<= 3 = 3", "{[A<= 3] Is:Sign [3]}"),
    ] {
        let criterion = parsed(text);
        assert_eq!(shape(&criterion), wanted, "{text}");
        round_trip(&criterion);
    }
    assert_eq!(leaf("A != 3").split.op.form, Form::Ascii);
    assert!(split_shape(&leaf("A >= 3").split).contains("Ascii"));
}
