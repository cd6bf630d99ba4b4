//! `jalon test`: the tests beside the rules, and what they have seen of the criteria.

use std::io::Write;

use jalon::Program;
use jalon::lang::Lang;
use jalon::rehearsal::test::{self, CoveredCriterion, Report, TestResult};
use jalon::source::{Sources, Span};
use jalon::value::fold::{TextMode, fold};

use crate::args::{Form, TestArgs};
use crate::failure::Failure;
use crate::{clock, number, program};

/// Runs the tests of programs.
pub fn run(args: &TestArgs, lang: Option<Lang>) -> Result<(), Failure> {
    let (program, lang) = program::load(&args.files, lang, false)?;
    let clock = clock::fixed(&args.clock, &program, lang)?;
    let mut report = test::run(&program, &clock);
    if let Some(only) = &args.only {
        let only = fold(only, TextMode::default()).into_owned();
        report.tests.retain(|test| fold(&test.name, TextMode::default()).contains(&only));
        report.coverage.clear();
    }
    let text = match args.format {
        Form::Json => json(&report),
        Form::Text => text(&program, &report, lang),
    };
    std::io::stdout().write_all(text.as_bytes()).map_err(|error| Failure::stdout(error, lang))?;
    if report.passed() { Ok(()) } else { Err(Failure::silent_finding()) }
}

/// The report as JSON, with the counts at the top.
fn json(report: &Report) -> String {
    let passed = report.tests.iter().filter(|test| test.passed()).count();
    let mut json = serde_json::json!({
        "passed": passed,
        "failed": report.tests.len() - passed,
    });
    if let (Some(json), Ok(serde_json::Value::Object(report))) =
        (json.as_object_mut(), serde_json::to_value(report))
    {
        json.extend(report);
    }
    format!("{json:#}\n")
}

/// The report as people read it.
fn text(program: &Program, report: &Report, lang: Lang) -> String {
    let sources = program.diagnostics().sources;
    let mut text = String::new();
    for test in &report.tests {
        one(&mut text, test, &sources, lang);
    }
    coverage(&mut text, &report.coverage, &sources, lang);
    text += &closing(report, lang);
    text.push('\n');
    text
}

fn one(text: &mut String, test: &TestResult, sources: &Sources, lang: Lang) {
    let mark = if test.passed() { '✓' } else { '✗' };
    *text += &format!("{mark} {}\n", test.name);
    for failure in &test.failures {
        let place = place(sources, failure.span);
        let expected = failure.expected.trim();
        *text +=
            &lang.pick(format!("    {place} : {expected}\n"), format!("    {place}: {expected}\n"));
        for line in failure.found.message(lang).lines() {
            *text += &format!("        {line}\n");
        }
    }
}

/// Where something stands, such as `rules.jalon:12`.
fn place(sources: &Sources, span: Span) -> String {
    let name = sources.get(span.source).map_or("", |source| source.name.as_str());
    format!("{name}:{}", sources.position(span).line)
}

/// The criteria that no test has seen hold, or not hold.
fn coverage(text: &mut String, coverage: &[CoveredCriterion], sources: &Sources, lang: Lang) {
    let missed = |criterion: &&CoveredCriterion| !(criterion.seen_true && criterion.seen_false);
    let mut missed = coverage.iter().filter(missed).peekable();
    if missed.peek().is_some() {
        *text += lang.pick("\nCouverture :\n", "\nCoverage:\n");
    }
    for criterion in missed {
        let what = match (criterion.seen_true, criterion.seen_false, lang) {
            (false, false, Lang::Fr) => "jamais examiné",
            (false, false, Lang::En) => "never considered",
            (false, _, Lang::Fr) => "jamais vrai",
            (false, _, Lang::En) => "never true",
            (_, _, Lang::Fr) => "jamais faux",
            (_, _, Lang::En) => "never false",
        };
        let place = place(sources, criterion.span);
        let (of, source) = (&criterion.of, &criterion.text);
        *text += &lang.pick(
            format!("  {what} : {of} : {source} ({place})\n"),
            format!("  {what}: {of}: {source} ({place})\n"),
        );
    }
}

/// How many tests passed.
fn closing(report: &Report, lang: Lang) -> String {
    let failed = report.tests.iter().filter(|test| !test.passed()).count() as u64;
    let tests = number::counted(report.tests.len() as u64, "test", "tests", lang);
    let failures = match (failed, lang) {
        (0, Lang::Fr) => "aucun échec".to_owned(),
        (0, Lang::En) => "no failure".to_owned(),
        (_, Lang::Fr) => number::counted(failed, "échec", "échecs", lang),
        (_, Lang::En) => number::counted(failed, "failure", "failures", lang),
    };
    let both = report.coverage.iter().filter(|c| c.seen_true && c.seen_false).count() as u64;
    let all = report.coverage.len() as u64;
    let mut line = lang.pick(format!("{tests} : {failures}"), format!("{tests}: {failures}"));
    if all > 0 {
        let share = number::percent(both, all, lang);
        line += &lang.pick(
            format!(" ; {both} critères sur {all} vus vrais et faux ({share})"),
            format!("; {both} of {all} criteria seen true and false ({share})"),
        );
    }
    line
}
