//! Which rules set off which: what a value cannot set off is left out, and nothing else.

use std::fmt::Write;

use proptest::prelude::*;
use proptest::sample::select;

use crate::check;
use crate::diagnostic::{Diagnostic, Severity};
use crate::lint;
use crate::source::Sources;
use crate::syntax::{self, Limits};

const MODULE: &str = "enchaînement profondeur 9
module A
  X : liste un, deux, trois
  Y : texte
  N : nombre
  C : case
  D : date
  S : liste multiple un, deux, trois
  B : référence B
module B
  X : liste un, deux, trois
";

fn value(field: &str) -> BoxedStrategy<String> {
    match field {
        "N" => select(&["1", "2", "3,5", "10"][..]).prop_map(str::to_owned).boxed(),
        "C" => select(&["✓", "non sélectionné"][..]).prop_map(str::to_owned).boxed(),
        "D" => select(&["2026-06-17", "2026-06-20"][..]).prop_map(str::to_owned).boxed(),
        _ => select(&["un", "deux", "trois"][..]).prop_map(str::to_owned).boxed(),
    }
}

fn operators(field: &str) -> &'static [&'static str] {
    match field {
        "N" => &["=", "!=", ">", "<", "<=", "ENTRE 1 ET"],
        "C" => &["EST"],
        "D" => &["EST", "AVANT", "APRÈS"],
        "S" => &["EST", "CONTIENT", "NE CONTIENT PAS"],
        "X" => &["EST", "N'EST PAS", "DEVIENT", "PASSE DE un À"],
        _ => &["EST", "N'EST PAS", "DEVIENT", "COMMENCE PAR", "CONTIENT", "EST un,"],
    }
}

fn field() -> impl Strategy<Value = &'static str> {
    select(&["X", "X", "Y", "Y", "N", "C", "D", "S"][..])
}

fn leaf() -> BoxedStrategy<String> {
    let test = field().prop_flat_map(|field| {
        (select(operators(field)), value(field))
            .prop_map(move |(op, v)| format!("{field} {op} {v}"))
    });
    prop_oneof![
        8 => test,
        1 => field().prop_map(|field| if field == "C" { "Y EST VIDE".to_owned() } else { format!("{field} EST VIDE") }),
    ]
    .boxed()
}

fn criterion() -> impl Strategy<Value = String> {
    leaf().prop_recursive(2, 6, 3, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} ET {b})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} OU {b})")),
            inner.prop_map(|a| format!("NON ({a})")),
        ]
    })
}

fn action() -> impl Strategy<Value = String> {
    let write = field()
        .prop_flat_map(|field| value(field).prop_map(move |v| format!("    {field} : {v}\n")));
    prop_oneof![
        8 => write,
        1 => field().prop_map(|field| if field == "C" { "    Y : vide\n".to_owned() } else { format!("    {field} : vide\n") }),
        1 => Just("    N += 1\n".to_owned()),
        1 => Just("    X : A.X\n".to_owned()),
        1 => Just("    B.X : un\n".to_owned()),
        1 => Just("  puis 3 jours après\n    X : deux\n".to_owned()),
    ]
}

fn rule() -> impl Strategy<Value = String> {
    let trigger = prop_oneof![
        3 => field().prop_map(|field| format!("{field} modifié")),
        2 => (select(&["X DEVIENT", "Y DEVIENT", "X PASSE DE un À"][..]), value("X"))
            .prop_map(|(op, value)| format!("{op} {value}")),
        2 => criterion(),
        1 => Just("créé ou modifié".to_owned()),
        1 => Just("D à 10h30".to_owned()),
    ];
    let branch = (prop::option::of(criterion()), prop::collection::vec(action(), 1..3));
    (trigger, prop::collection::vec(branch, 1..3)).prop_map(|(trigger, branches)| {
        let mut text = format!("  quand {trigger}\n");
        for (at, (criterion, actions)) in branches.iter().enumerate() {
            if let Some(criterion) = criterion.as_ref().or((at > 0).then_some(&"N > 5".to_owned()))
            {
                let word = if at == 0 { "si" } else { "sinon si" };
                let _ = writeln!(text, "  {word} {criterion}");
            }
            let _ = write!(text, "  alors\n{}", actions.concat());
        }
        text
    })
}

/// The links of a text, found one by one or by what a value can set off; none where it has errors.
fn links(text: &str, by_value: bool) -> Option<Vec<String>> {
    let mut sources = Sources::default();
    let id = sources.add("test.jalon", text);
    let (document, wrong) = syntax::parse(id, text, &Limits::default());
    let (program, found) = check::check(&[document], &sources);
    let is_error = |d: &Diagnostic| d.severity() == Severity::Error;
    if wrong.iter().chain(&found).any(is_error) {
        return None;
    }
    lint::links(&program, by_value)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, max_global_rejects: 1 << 20, ..ProptestConfig::default() })]

    #[test]
    fn the_same_links_are_found_by_value_as_one_by_one(rules in prop::collection::vec(rule(), 1..6)) {
        let mut text = MODULE.to_owned();
        for (number, rule) in rules.iter().enumerate() {
            let _ = write!(text, "règle R{number} sur A\n{rule}");
        }
        let one_by_one = links(&text, false);
        prop_assume!(one_by_one.is_some());
        prop_assert_eq!(links(&text, true), one_by_one, "{}", text);
    }
}

#[test]
fn a_circle_of_ten_thousand_rules_is_found_by_its_values() {
    let mut text = "module A\n  Y : texte\n".to_owned();
    for at in 0..10_000 {
        let next = (at + 1) % 10_000;
        let _ = write!(
            text,
            "règle R{at} sur A\n  quand Y modifié\n  si Y EST v{at}\n  alors\n    Y : v{next}\n"
        );
    }
    assert_eq!(links(&text, true).map(|links| links.len()), Some(10_000));
    assert_eq!(links(&text, false), None);
}
