//! The consultant's rules, as the example carries them.

use crate::diagnostic::{Severity, render};
use crate::lang::Lang;
use crate::source::Sources;
use crate::syntax::{Limits, parse};

const TABLES: &[(&str, &str)] = &[
    ("modules.jalon", include_str!("../../../../../examples/tables/modules.jalon")),
    ("prospects.jalon", include_str!("../../../../../examples/tables/prospects.jalon")),
    ("contacts.jalon", include_str!("../../../../../examples/tables/contacts.jalon")),
    ("comptes.jalon", include_str!("../../../../../examples/tables/comptes.jalon")),
];

#[test]
fn every_rule_of_the_tables_checks() {
    let mut sources = Sources::default();
    let mut documents = Vec::new();
    let mut found = Vec::new();
    for (name, text) in TABLES {
        let id = sources.add(*name, *text);
        let (document, syntax) = parse(id, text, &Limits::default());
        documents.push(document);
        found.extend(syntax);
    }
    let (program, diagnostics) = super::check(&documents, &sources);
    found.extend(diagnostics);
    found.retain(|d| d.severity() != Severity::Note);
    assert!(found.is_empty(), "{}", render(&found, &sources, Lang::Fr, false));
    assert_eq!(program.rules.len(), 10 + 5 + 6);
    for rule in &program.rules {
        assert!(!rule.triggers.is_empty() && !rule.branches[0].actions.is_empty(), "{}", rule.name);
    }
}
