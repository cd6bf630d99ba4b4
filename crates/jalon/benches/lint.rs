//! What the lints of a program cost: ten thousand rules of several kinds, and programs made to be
//! hard.
//!
//! `cargo bench -p jalon --bench lint -- [rules] [part of a kind's name…]`. The best round counts, of the
//! time that its thread had of a processor where the system tells.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark")]

use std::fmt::Write;
use std::time::{Duration, Instant};

use jalon::diagnostic::{Diagnostic, Severity};
use jalon::source::Sources;
use jalon::syntax::{Limits, parse};
use jalon::{check, lint};

/// Rounds; the best counts.
const ROUNDS: usize = 3;

const MODULE: &str = "module Prospects
  Nom     : texte
  Titre   : texte
  Pays    : texte
  Code    : texte
  Secteur : texte
  Montant : nombre
  Rang    : entier
  Rejet   : case
  Appel   : date
  Statut  : texte
  Note    : texte
";

/// A kind of program: its name, and the rule of a number among so many.
type Kind = (&'static str, fn(usize, usize) -> String);

const KINDS: &[Kind] = &[
    ("tables as people write them", people),
    ("one value each", |at, _| rule(at, &format!("Code EST c{at}"), "Statut", at)),
    ("ranges side by side", |at, _| {
        rule(at, &format!("Montant ENTRE {} ET {}", at * 10, at * 10 + 9), "Statut", at)
    }),
    ("all overlap", |at, _| rule(at, &format!("Montant > {at}"), "Statut", at)),
    ("alternatives of alternatives", |at, _| {
        let pair =
            |n: usize| format!("(Nom CONTIENT a{n} OU Titre CONTIENT b{n} OU Montant > {n})");
        let all: Vec<String> = (0..12).map(|n| pair(at + n)).collect();
        rule(at, &all.join(" ET "), "Statut", at % 3)
    }),
    ("many branches", branches),
    ("chains that go round", |at, rules| chained(at, &format!("v{}", (at + 1) % rules))),
    ("one great circle", |at, rules| {
        let next = (at + 1) % rules;
        format!(
            "règle R{at} sur Prospects\n  quand Statut modifié\n  si Statut EST v{at}\n  alors\n    Statut : v{next}\n"
        )
    }),
    ("a great circle of numbers", |at, rules| {
        let (next, to) = ((at + 1) % rules * 10 + 5, at * 10 + 9);
        format!(
            "règle R{at} sur Prospects\n  quand Montant modifié\n  si Montant ENTRE {at}0 ET {to}\n  alors\n    Montant : {next}\n"
        )
    }),
    ("what others listen to", |at, _| chained(at, &format!("w{}", at % 6))),
];

fn rule(at: usize, criterion: &str, field: &str, value: usize) -> String {
    format!(
        "règle R{at} sur Prospects\n  quand créé ou modifié\n  si {criterion}\n  alors\n    {field} : v{value}\n"
    )
}

/// A rule that waits for a value of a field, and writes one of the next field.
fn chained(at: usize, value: &str) -> String {
    let field = ["Statut", "Note", "Secteur", "Code"][at % 4];
    let text = ["Statut", "Note", "Secteur", "Code"][(at + 1) % 4];
    format!(
        "règle R{at} sur Prospects\n  quand {field} modifié\n  si {field} EST v{at}\n  alors\n    {text} : {value}\n"
    )
}

/// Three or four tests on several fields, written to one of two fields.
fn people(at: usize, _: usize) -> String {
    let pick = |salt: usize, of: usize| (at * 7919 + salt * 104_729) % of;
    let mut parts = vec![format!("Pays EST p{}, p{}", pick(1, 40), pick(2, 40) + 40)];
    match pick(3, 4) {
        0 => parts.push(format!(
            "Titre CONTIENT directeur{}, gérant, achat{}",
            pick(4, 50),
            pick(5, 50)
        )),
        1 => parts.push(format!("Montant > {} ET Rejet EST non sélectionné", pick(6, 1000))),
        2 => parts.push(format!(
            "(Secteur EST s{} OU Nom COMMENCE PAR n{})",
            pick(7, 30),
            pick(8, 99)
        )),
        _ => parts.push("Appel DANS LES 30 DERNIERS jours ET Titre N'EST PAS VIDE".to_owned()),
    }
    parts.push(format!("Code NE COMMENCE PAS PAR {}", pick(9, 99)));
    rule(at, &parts.join(" ET "), if pick(10, 2) == 0 { "Statut" } else { "Note" }, pick(11, 6))
}

/// Rules of a hundred branches.
fn branches(at: usize, rules: usize) -> String {
    if at * 100 >= rules {
        return String::new();
    }
    let mut text = format!("règle R{at} sur Prospects\n  quand créé\n");
    for branch in 0..100 {
        let word = if branch == 0 { "si" } else { "sinon si" };
        let _ = write!(
            text,
            "  {word} Code EST c{branch} ET Montant > {at}\n  alors\n    Statut : v{branch}\n"
        );
    }
    text
}

/// What this thread had of a processor so far, where the system tells: others are at work too.
fn had() -> Option<Duration> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    told.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}

fn main() {
    let mut args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let rules = args.first().and_then(|arg| arg.parse().ok());
    if rules.is_some() {
        args.remove(0);
    }
    let rules: usize = rules.unwrap_or(10_000);
    for (name, of) in KINDS {
        if !args.is_empty() && !args.iter().any(|arg| name.contains(arg.as_str())) {
            continue;
        }
        let text = (0..rules).fold(MODULE.to_owned(), |text, at| text + &of(at, rules));
        let mut sources = Sources::default();
        let id = sources.add("bench.jalon", text.as_str());
        let limits = Limits::default();
        let (document, wrong) = parse(id, &text, &limits);
        let documents = [document];
        let (program, found) = check::check(&documents, &sources);
        let wrong: Vec<&Diagnostic> =
            wrong.iter().chain(&found).filter(|d| d.severity() == Severity::Error).collect();
        assert!(wrong.is_empty(), "{name}: {:?}", wrong.first());
        let mut best = Duration::MAX;
        let mut said = 0;
        for _ in 0..ROUNDS {
            let (begun, had) = (Instant::now(), had());
            said = lint::lint(&program, &documents, &sources).len();
            best = best.min(
                had.zip(self::had()).map_or(begun.elapsed(), |(from, to)| to.saturating_sub(from)),
            );
        }
        let undecided = lint::analyse(&program, &sources).undecided;
        let took = best.as_secs_f64();
        println!(
            "{name:<32} {rules:>7} rules {took:>7.3} s  {said:>6} findings  {undecided:>6} undecided"
        );
    }
}
