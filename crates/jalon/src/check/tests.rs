//! Checking, by text: which code, on which words, with which way out.

mod actions;
mod approvals;
mod automation;
mod blueprints;
mod contents;
mod declarations;
mod dynamic;
mod expressions;
mod kickoff;
mod leaves;
mod limits;
mod readings;
mod rendered;
mod scores;
mod tables;
mod templates;
mod triggers;
mod updates;

use super::{Context, check, criterion};
use crate::checked::{CheckedProgram, Condition, Test};
use crate::diagnostic::{Code, Diagnostic, Severity, apply, catalogue, render};
use crate::lang::Lang;
use crate::source::{SourceId, Sources};
use crate::syntax::{Limits, parse};

/// The schema of most tests.
const SCHEMA: &str = "\
module Prospects (Leads)
  Nom (Last_Name)                : texte, obligatoire
  Société (Company)              : texte
  Pays                           : texte
  Ville                          : texte, sans accents
  Code postal                    : texte
  Rejet des mails (Email Opt Out, Rejet Mail) : case
  No-Com                         : case
  Statut Membre                  : liste Clic CRM, Clic ZC, Open CRM, Opted Out, Désabonné
  Centres d'intérêt              : liste multiple Salon, Web, Golf
  Montant                        : devise
  Budget                         : nombre
  Date Prochain Push             : date
  Créé le                        : date-heure
  Compte (Account_Name)          : référence Comptes
  Propriétaire                   : utilisateur
  Contacts liés                  : fiches Contacts
  E-mails                        : événements (Objet : texte)
  Visites                        : événements (Page : url, Durée : nombre)
module Comptes (Accounts)
  Nom                            : texte
  Type                           : liste client actif, prospect
  Chiffre                        : devise
module Contacts
  Nom                            : texte
  Âge                            : entier
  Né le                          : date
";

/// What came of checking a text.
struct Checked {
    sources: Sources,
    program: CheckedProgram,
    diagnostics: Vec<Diagnostic>,
}

fn checked(text: &str) -> Checked {
    let mut sources = Sources::default();
    let id = sources.add("test.jalon", text);
    let (document, syntax) = parse(id, text, &Limits::default());
    let errors = syntax.iter().filter(|d| d.severity() == Severity::Error);
    assert_eq!(errors.count(), 0, "{}", render(&syntax, &sources, Lang::En, false));
    let (program, diagnostics) = check(&[document], &sources);
    Checked { sources, program, diagnostics }
}

impl Checked {
    /// Codes and underlined texts, notes left out.
    fn findings(&self) -> Vec<(&'static str, &str)> {
        let findings = self.diagnostics.iter().filter(|d| d.severity() != Severity::Note);
        findings.map(|d| (d.code.id, self.sources.slice(d.span))).collect()
    }

    fn notes(&self) -> Vec<(&'static str, &str)> {
        let notes = self.diagnostics.iter().filter(|d| d.severity() == Severity::Note);
        notes.map(|d| (d.code.id, self.sources.slice(d.span))).collect()
    }

    /// The text after the fix of a number of the first finding.
    fn fixed(&self, number: usize) -> String {
        let first = self.diagnostics.iter().find(|d| d.severity() != Severity::Note);
        let fix = first.and_then(|d| d.fixes.get(number)).expect("a fix");
        apply(self.sources.get(SourceId(0)).map_or("", |source| &source.text), &fix.edits)
    }

    /// The condition of the last rule.
    fn condition(&self) -> &Condition {
        assert_eq!(self.findings(), [], "{}", self.rendered(Lang::Fr));
        let rule = self.program.rules.last().expect("a rule");
        rule.condition().expect("a condition")
    }

    /// The only test of the last rule.
    fn test(&self) -> &Test {
        match self.condition() {
            Condition::Test(test) => test,
            other => panic!("{other:?}"),
        }
    }

    fn rendered(&self, lang: Lang) -> String {
        render(&self.diagnostics, &self.sources, lang, false)
    }
}

/// A rule on prospects with a criterion, under the usual schema.
fn with_schema(criterion: &str) -> Checked {
    checked(&format!("{SCHEMA}règle \"R\" sur Prospects\n  si {criterion}\n"))
}

/// A rule without any schema.
fn without_schema(criterion: &str) -> Checked {
    checked(&format!("règle \"R\" sur Prospects\n  si {criterion}\n"))
}

/// Asserts the one finding of a criterion, and the text after its first fix.
#[track_caller]
fn finds(criterion: &str, code: &str, underlined: &str) -> Checked {
    let checked = with_schema(criterion);
    assert_eq!(checked.findings(), [(code, underlined)], "{}", checked.rendered(Lang::En));
    checked
}

/// The criterion after a fix of a number.
#[track_caller]
fn fixed(criterion: &str, number: usize) -> String {
    let text = with_schema(criterion).fixed(number);
    text.rsplit_once("\n  si ").map(|(_, criterion)| criterion.trim().to_owned()).expect("si")
}

/// Asserts that a criterion has no finding.
#[track_caller]
fn clean(criterion: &str) {
    let checked = with_schema(criterion);
    assert_eq!(checked.findings(), [], "{criterion}\n{}", checked.rendered(Lang::En));
}

#[test]
fn a_criterion_on_its_own_is_checked_against_a_program() {
    let program = checked(SCHEMA).program;
    let mut sources = Sources::default();
    let text = "règle R sur Prospects\n  si Pay EST France\n";
    let id = sources.add("<criterion>", text);
    let (document, _) = parse(id, text, &Limits::default());
    let crate::syntax::ast::DeclarationKind::Rule(rule) = &document.declarations[0].kind else {
        panic!("a rule")
    };
    let written = rule.criterion().expect("a criterion");
    let context = Context { sources: &sources, changes: false, lang: None };
    let module = program.names.module("leads");
    let (_, found) = criterion(&program, written, module, context);
    let found: Vec<_> = found.iter().map(|d| (d.code.id, sources.slice(d.span))).collect();
    assert_eq!(found, [("E0203", "Pay")]);
}

#[test]
fn every_code_is_tested() {
    let tests = concat!(
        include_str!("tests/actions.rs"),
        include_str!("tests/declarations.rs"),
        include_str!("tests/dynamic.rs"),
        include_str!("tests/expressions.rs"),
        include_str!("tests/leaves.rs"),
        include_str!("tests/limits.rs"),
        include_str!("tests/scores.rs"),
        include_str!("tests/triggers.rs"),
        include_str!("tests/updates.rs"),
        include_str!("tests/templates.rs"),
    );
    let checked = |code: &&Code| ["02", "04"].contains(&&code.id[1..3]);
    for code in catalogue::all().into_iter().filter(checked) {
        assert!(tests.contains(code.id), "no test of {}", code.id);
    }
}
